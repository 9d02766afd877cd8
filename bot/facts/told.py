"""A message as facts are looked for in it: folded, dialect, typing errors and synonyms put right, clauses marked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property

from rapidfuzz import fuzz, process

from bot.numbers import spelled
from knowledge.analysis import fold

Meaning = Mapping[str, re.Pattern[str]]

BORDER = "|"
PERCENT = "pct"
_PERCENT = re.compile(r"(?i)%|\bpour[ -]?cents?\b|\bproz[eä]nt\w*|\bproz\b\.?")
_ORDINAL = {"fr": "", "de": r"(?<!\b\d)(?<!\b\d\d)"}  # "1. August" ends no sentence
_BORDERS = {
    lang: re.compile(rf"[;:!?()\n]|,(?!\d)|{ordinal}\.(?=\s|$)|\s[-\u2013\u2014]\s")
    for lang, ordinal in _ORDINAL.items()
}
_FROM_TO = re.compile(r"(?<=\d)\.? ?[-\u2013] ?(?=\d{1,2}\.? ?[^\W\dx]{3}|\d{1,2}[.x]\d)")  # "3.-28. Mai"
_TO = {"fr": " au ", "de": " bis "}
_NUMERIC_DAY = re.compile(r"(?<=\d)[./](?=\d)")
_DIALECT = {
    "de": {
        "aaspruch": "anspruch", "angewoehnung": "angewohnung", "bi": "bin", "bruch": "brauche",
        "bruchi": "brauche ich", "bub": "sohn",
        "chind": "kind", "eingwohnig": "eingewohnung", "eingwohnung": "eingewohnung", "foht": "beginnt",
        "geit": "geht", "gits": "gibt es", "gutschiin": "gutschein", "gutschin": "gutschein", "ha": "habe",
        "hab": "habe",
        "han": "habe", "hani": "habe ich", "hei": "haben", "hend": "haben", "i": "ich", "ig": "ich",
        "iiga": "einreichen", "iigwohnig": "eingewohnung", "iigwohnung": "eingewohnung", "iilade": "einladen",
        "ir": "in der", "isch": "ist", "langt": "reicht", "ma": "mann", "maa": "mann", "mer": "wir", "mi": "mein",
        "mim": "meinem", "min": "mein", "mini": "meine", "mis": "mein", "mitti": "mitte", "ned": "nicht",
        "nid": "nicht", "no": "noch", "nod": "nicht", "nois": "neues", "schaffe": "arbeite", "schafft": "arbeitet",
        "scho": "schon", "us": "uns", "use": "unser", "usem": "unserem", "usi": "unsere", "usne": "unsere",
        "weles": "welches", "weli": "welche", "wuche": "woche", "zale": "zahlen",
    },
    "fr": {
        "bb": "bebe", "koi": "quoi", "chui": "je suis", "chuis": "je suis", "gamin": "enfant", "gosse": "enfant",
        "jsuis": "je suis",
        "taf": "travail", "taffe": "travaille",
    },
}  # fmt: skip
_OFTEN_MISTYPED = {
    "fr": "adaptation apprentissage apprentie avril chomage compagnon compagne confirmation "
    "decembre documents employee fevrier formation independant independante janvier juillet linguistique "
    "novembre octobre periode procuration salariee septembre travail travaille travailleur travailleuse travaillons",
    "de": "alleinerziehend angestellt anspruch antragsteller arbeite arbeiten arbeitet arbeitslos ausbildung "
    "bestatigung betreuung dezember eingewohnung einreichen februar gutschein indikation november oktober periode "
    "selbstandig september sozialhilfe tragerschaft unterlagen unterstutzungsdienst verheiratet vollmacht",
}
_SYNONYMS = {
    "fr": {
        r"habituations?|familiarisation|acclimatation|accoutumance|(?:phase|periode) d integration": "adaptation",
        r"premiers jours (?=a la creche|a la garderie|chez la maman)": "adaptation ",
        r"s (?:adapter?|habituer?|acclimater?)": "adaptation",
        r"garderie|nurserie|structure d accueil": "creche",
        r"garderies|structures d accueil": "creches",
        r"annees? (?:de bon|scolaire)": "periode",
        r"boulot|emploi|job": "travail",
    },
    "de": {
        r"angewohnung|angewohnen|eingewohnen|eingewohnt|schnuppertage": "eingewohnung",
        r"krippe|kinderkrippe": "kita",
        r"krippen|kinderkrippen": "kitas",
        r"gesuch|gesuchs": "antrag",
        r"gesuche|gesuchen": "antrage",
        r"gutscheinjahr|schuljahr": "periode",
        r"gattin|ehegattin|ehefrau": "frau",
        r"gatte|ehegatte|ehemann": "mann",
        r"gesuchstellers?": "antragsteller",
        r"gesuchstellerin(?:nen)?": "antragstellerin",
        r"kastchen|kreuzchen|haken": "hakchen",
        r"angekreuzt|anzukreuzen|ankreuzen": "hakchen gesetzt",
    },
}
_SAME = {
    lang: [(re.compile(rf"\b(?:{words})\b"), word) for words, word in synonyms.items()]
    for lang, synonyms in _SYNONYMS.items()
}
_IN_A_WORD = {
    "fr": {"mi temps": 50, "plein temps": 100, "temps plein": 100, "temps complet": 100},
    "de": {"halbtags": 50, "vollzeit": 100},
}
_MOST_WORDS = 4  # of a rate in words
_ALIKE = 87  # percent
_LONG_ENOUGH = 6  # letters of a word that may be put right


class _Patterns(dict[str, re.Pattern[str]]):
    """Patterns by language, compiled when first asked for: a start would wait for hundreds of them."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        super().__init__()
        self._sources = sources

    def __missing__(self, lang: str) -> re.Pattern[str]:
        pattern = self[lang] = re.compile(rf"\b(?:{self._sources[lang]})\b")
        return pattern


def meaning(fr: str, de: str) -> Meaning:
    """Words of one meaning in both languages, as patterns over folded text."""
    return _Patterns({"fr": fr, "de": de})


HOW = meaning(
    fr=r"comment(?! cela| ca)|que (?:faire|dois|devons)|(?:fais|fait) quoi|quoi faire|quel role"
    r"|quelles (?:sont les )?etapes"
    r"|et maintenant",
    de=r"wie$|wie (?:gehe|gehen|muss|mussen|mache|machen|kann|melden|aktiviere|registrieren)|was (?:muss|mussen"
    r"|mache|machen|tun"
    r"|nun|jetzt)|welche (?:rolle|schritte)|und jetzt",
)


_MAY = meaning(
    fr=r"puis je|peut on|pouvons nous|possible|ai je|avons nous",
    de=r"(?:darf|kann|habe) ich|(?:durfen|konnen) wir|moglich",
)


@dataclass(frozen=True)
class Told:
    """What a person tells, in which language and on which day."""

    text: str
    lang: str
    today: date

    @cached_property
    def said(self) -> str:
        """Folded words between single spaces; "|" stands between clauses, "pct" for per cent, "1x8x2026" for a day."""
        marked = _NUMERIC_DAY.sub("x", _PERCENT.sub(f" {PERCENT} ", self.text.replace("\u2019", "'")))
        marked = _FROM_TO.sub(_TO[self.lang], marked)
        clauses = (fold(clause, self.lang) for clause in _BORDERS[self.lang].split(marked))
        plain = f" {BORDER} ".join(clause for clause in clauses if clause)
        said = " ".join(self._right(word) for word in plain.split())
        for words, word in _SAME[self.lang]:
            said = words.sub(word, said)
        return _rates_in_figures(" ".join(said.split()), self.lang)

    def _right(self, word: str) -> str:
        return _DIALECT[self.lang].get(word) or _put_right(word, self.lang)

    def has(self, *meanings: Meaning) -> bool:
        """Whether the message says any of these."""
        return any(one[self.lang].search(self.said) for one in meanings)

    @cached_property
    def asks(self) -> bool:
        """Whether the message asks something, with or without its question mark."""
        return "?" in self.text or self.has(HOW, _MAY)


@cache
def _vocabulary(lang: str) -> tuple[str, ...]:
    return tuple(_OFTEN_MISTYPED[lang].split())


def _put_right(word: str, lang: str) -> str:
    if len(word) < _LONG_ENOUGH or word.isdigit():
        return word
    hit = process.extractOne(word, _vocabulary(lang), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return hit[0] if hit and word[0] == hit[0][0] else word


def _rates_in_figures(said: str, lang: str) -> str:
    """Rates in words, "half-time" and "full-time" as figures: "achtzig pct" is "80 pct"."""
    for name, rate in _IN_A_WORD[lang].items():
        said = re.sub(rf"\b{name}\b", f"{rate} {PERCENT}", said)
    found = said.split()
    for place in [number for number, word in enumerate(found) if word == PERCENT and number]:
        first = place
        while first and place - first < _MOST_WORDS and found[first - 1].isalpha() and spelled(found[first - 1], lang):
            first -= 1
        written = spelled(" ".join(found[first:place]), lang) if first < place else None
        if written:
            found[first:place] = [str(written), *[""] * (place - first - 1)]
    return " ".join(word for word in found if word)
