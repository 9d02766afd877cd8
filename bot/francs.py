"""Reads amounts in francs as people write them: "12'500.–", "1.250,50", "60-70'000", "entre 60 000 et 70 000"."""

import re
from datetime import date
from decimal import Decimal

from bot.unclear import Unclear
from bot.words import Words
from checks.amount_range import AmountRange
from checks.questions import Amount

_CURRENCY = re.compile(r"(?i)\b(?:chf|sfr\.?|fr\.?|francs?|franken|stutz)(?![a-z])")
_DASHES = re.compile(r"(?<=\d)\.?\s*[-\u2013\u2014]+\s*$|\.\s*[-\u2013\u2014]+")
_GROUPS = re.compile(r"(?<=\d)[\s'\u00a0\u202f](?=\d{3}(?!\d))")
_AFTER = re.compile(
    r"(?i)(?:\s*(?:nets?|netto|environ|circa|ungefähr|(?:par|pro|im|l'|/|à l')\s*(?:an|année|mois|jahr|monat)"
    r"|jährlich|monatlich|annuel|mensuel))+\s*$"
)
_OF_A_UNIT = re.compile(
    r"(?i)\s*(?:(?:par|pro|per|/|à l'|l')\s*(?P<unit>jour|heure|tag|stunde)|(?P<daily>täglich|am tag)|die stunde)\s*$"
)
_BESIDE = {
    "fr": r"combien|et|avec|pour|si|environ|un|de|mon|notre|le|revenu|est|j'ai|on a|nous|avons|gagne|gagnons|je"
    r"|ensemble|francs?|chf",
    "de": r"wie ?viel|und|mit|bei|einem|von|etwa|rund|circa|ca|mein|unser|das|einkommen|ist|ich|wir|habe|haben"
    r"|verdienen?|zusammen|franken|chf|fr",
}
_ASKED_WITH = {
    lang: re.compile(rf"(?i)(?:(?:{beside})\.?\s+)*(\d(?:[\d.,'\s\u202f]*\d)?)(?:\s*(?:{beside})\.?)*")
    for lang, beside in _BESIDE.items()
}
_ALONE = re.compile(r"\D{0,20}?([-\u2212]?\d[\d.,]*)\s*")
_TWO = re.compile(r"\D{0,20}?(\d[\d.,]*)\s*(?:-|\u2013|\u2014|/|à|et|bis|und|jusqu'à)\s*(\d[\d.,]*)\s*", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_POINT_LAST = re.compile(r"\d{1,3}(?:,\d{3})+\.\d{1,2}")
_COMMA_LAST = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{1,2}")
_THOUSAND = 1000


def asked_with(text: str, lang: str) -> str:
    """The amount that a question is asked with: "80'000 ?", "mon revenu est de 80'000, combien ?"; "" where it is none.

    Words that make it a limit ("ab", "jusqu'à") or another amount are not among those that may stand beside it.
    """
    told = [part for part in re.split(r"[?!;]|,(?!\d)|\.(?!\d)", text) if re.search(r"\d", part)]
    asked = _ASKED_WITH[lang].fullmatch(told[0].strip()) if len(told) == 1 else None
    return asked[1] if asked else ""


def amount(question: Amount, text: str, words: Words, today: date) -> str | None:
    """The JSON answer that `text` gives; None where it names no number, Unclear where it is not one amount."""
    said = _cleaned(text)
    match = _ALONE.fullmatch(said)
    if not match:
        if re.search(r"\d", said):
            raise Unclear("amount")
        return None
    return f"{_decimal(match[1], 'amount'):.2f}"


def amount_range(question: AmountRange, text: str, words: Words, today: date) -> str | None:
    """The JSON answer that `text` gives: an amount, or the two ends of a range; in "60-70'000" both are thousands."""
    said = _cleaned(_OF_A_UNIT.sub("", text) if question.of_a_unit else text)
    two, alone = _TWO.fullmatch(said), _ALONE.fullmatch(said)
    if two:
        low, high = (_decimal(end, "amount_range") for end in two.groups())
        if low < _THOUSAND <= high and low * _THOUSAND <= high:
            low *= _THOUSAND
        return f"{low:.2f}-{high:.2f}"
    if alone:
        return f"{_decimal(alone[1], 'amount_range'):.2f}"
    if re.search(r"\d", said):
        raise Unclear("amount_range")
    return None


def unit_of(text: str) -> str:
    """Whether an amount is told by the "day" or the "hour"; "" where the text does not say."""
    found = _OF_A_UNIT.search(text)
    if not found:
        return ""
    return "day" if found["daily"] or (found["unit"] or "").lower() in ("jour", "tag") else "hour"


def _cleaned(text: str) -> str:
    """Without currency, closing dashes, separators of thousands and what is said of the year or the month."""
    said = _GROUPS.sub("", _DASHES.sub(" ", _CURRENCY.sub(" ", text)).strip().rstrip("."))
    return " ".join(_AFTER.sub("", said).split())


def _decimal(number: str, expected: str) -> Decimal:
    sign = -1 if number[0] in "-\u2212" else 1
    plain = number.lstrip("-\u2212").rstrip(".,")
    if _THOUSANDS.fullmatch(plain):
        plain = re.sub(r"[.,]", "", plain)
    elif _POINT_LAST.fullmatch(plain):
        plain = plain.replace(",", "")
    elif _COMMA_LAST.fullmatch(plain):
        plain = plain.replace(".", "")
    plain = plain.replace(",", ".")
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]+)?", plain):
        raise Unclear(expected)
    return sign * Decimal(plain)
