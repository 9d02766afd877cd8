"""Hides what points at a person before a text is logged or shown to the editors.

Numbers by their form (AHV/AVS, IBAN, phone, e-mail, dates, long numbers), names and addresses by the words before them.
Rather too much than too little: a text that is only read to find missing articles loses nothing by it.
"""

import re

_NAME = r"[^\W\d_][\w'’.-]*(?:[ -][A-ZÄÖÜÀ-ÝŒ][\w'’.-]*){0,3}"
_PROPER = r"[A-ZÄÖÜÀ-ÝŒ][\w'’.-]*(?:[ -](?:(?:de|du|von|van|di|da|le|la) )?[A-ZÄÖÜÀ-ÝŒ][\w'’.-]*){0,3}"
_MONTHS = (
    r"janv(?:ier)?|f[ée]vr(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|ao[uû]t|sept(?:embre)?|oct(?:obre)?|"
    r"nov(?:embre)?|d[ée]c(?:embre)?|jan(?:uar)?|j[äa]nner|feb(?:ruar)?|m[äa]rz|apr(?:il)?|juni?|juli?|aug(?:ust)?|"
    r"sep(?:tember)?|okt(?:ober)?|november|dez(?:ember)?"
)
_GAP = r"[\s\u00a0\u202f./\u2010-\u2015-]?"

_SAYS_NAME = "je m['’ ]?appelle|mon nom est|ich heisse|mein name ist|i am called|my name is"
_BEFORE_NAME = (
    r"madame|monsieur|mme|mlle|m\.|herrn?|frau|hr\.|fr\.|pr[ée]nom|vorname|nom|name|"
    r"(?:mon|ma|ton|ta|son|sa|notre|votre) (?:fils|fille|enfant|mari|femme|b[ée]b[ée]|compagn(?:e|on)|partenaire)|"
    r"(?:mein|dein|sein|ihr|unser)(?:e|en|em|er)? (?:sohn|tochter|kind|mann|frau|baby|partner(?:in)?)"
)
_BORN = (
    r"n[ée]{1,2}s? le|geboren am|geb\.?(?: am)?|naissance:?(?: le)?|anniversaire:?(?: le)?|"
    r"geburts(?:tag|datum):?(?: am)?"
)
_STREET_FR = (
    r"(?:rue|avenue|av\.|chemin|ch\.|route|place|impasse|quai|all[ée]e)(?: (?:de la|des|du|de l['’]|de|d['’]))?"
)
_STREET_DE = r"[\w'’-]*(?:strasse|str\.|weg|gasse|platz|rain|matte|halde)"

_MASKS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (mask, re.compile(pattern))
    for mask, pattern in (
        ("[e-mail]", r"[^\s<>()\[\]\"«»;,:/|]+@[^\s<>()\[\]\"«»;,:/|]+\.\w{2,}"),
        ("[e-mail]", r"(?i)[\w.+-]+\s*[\[({]\s*(?:at|ät|@)\s*[\])}]\s*[\w.-]+"),
        ("[IBAN]", r"(?i)\b[A-Z]{2}\d{2}(?:[\s\u00a0-]?[\dA-Z]{4}){2,7}(?:[\s\u00a0-]?[\dA-Z]{1,3})?\b"),
        ("[AHV/AVS]", rf"(?<!\d)756{_GAP}\d{{4}}{_GAP}\d{{4}}{_GAP}\d{{2}}(?!\d)"),
        ("[AHV/AVS]", r"(?<!\d)\d{3}\.\d{2}\.\d{3}\.\d{3}(?!\d)"),
        ("[date]", r"(?<!\d)\d{1,2}\s*[./-]\s*\d{1,2}\s*[./-]\s*(?:\d{4}|\d{2})(?!\d)"),
        ("[date]", r"(?<!\d)\d{4}-\d{1,2}-\d{1,2}(?!\d)"),
        ("[date]", rf"(?i)\b\d{{1,2}}(?:er|\.)?\s*(?:{_MONTHS})\.?\s*\d{{2,4}}(?!\d)"),
        (r"\1 [date]", rf"(?i)\b({_BORN})\s+\d{{1,2}}(?:er|\.)?\s*(?:/?\s*\d{{1,2}}|(?:{_MONTHS}))\b\.?"),
        ("[tel]", rf"(?<![\w.])(?:\+|00)\d{{1,3}}{_GAP}(?:\(0\))?(?:{_GAP}\d){{7,11}}(?!\d)"),
        ("[tel]", rf"(?<![\w.])0(?:{_GAP}\d){{9}}(?!\d)"),
        ("[no]", r"(?<![\d.,'’])\d(?:[\s./-]?\d){7,}(?![\d.,'’]*\d)"),
        (r"\1 [no]", r"(?i)\b((?:dossier|cas|fall|fallnummer|r[ée]f[ée]rence|referenz|no|nr)\b\.?:?)\s*[\d./-]{4,}"),
        (r"\1 [nom]", rf"(?i:\b({_SAYS_NAME})) {_NAME}"),
        (r"\1 [nom]", rf"\b((?i:{_BEFORE_NAME})):? {_PROPER}"),
        ("[nom] [e-mail]", rf"{_PROPER}[\s,:(<-]*\[e-mail\]"),
        (r"\1 [no]", rf"(?i)\b({_STREET_DE})\s+\d{{1,4}}\s?[a-z]?\b"),
        (r"\1 [nom]", rf"(?i)\b((?:\d{{1,4}}[a-z]?,?\s+)?{_STREET_FR})\s?[\w'’-]+,?\s+\d{{1,4}}[a-z]?\b"),
        ("[nom]", rf"(?i)\b\d{{1,4}}[a-z]?,?\s+{_STREET_FR}\s?[\w'’-]+"),
    )
)  # fmt: skip


def masked(text: str) -> str:
    """The text with a word in brackets in the place of everything that points at a person."""
    for mask, pattern in _MASKS:
        text = pattern.sub(mask, text)
    return text
