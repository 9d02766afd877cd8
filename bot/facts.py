"""Facts of a personal case in a free text: whose rates, which check they belong to; nothing else is assumed."""

import re
from dataclasses import dataclass
from typing import Any

from knowledge.analysis import fold

_SELF = {"fr": r"\bje\b|\bj\b|\bmoi\b|\bmon taux\b", "de": r"\bich\b|\bi\b|\bmein pensum\b"}
_OTHER = {
    "fr": r"\bmon (?:mari|conjoint|epoux|partenaire|compagnon|copain|ami)\b"
    r"|\bma (?:femme|conjointe|epouse|partenaire|compagne|copine|amie)\b|\blui\b|\bil\b|\belle\b",
    "de": r"\bmein (?:mann|partner|freund|gatte)\b|\bmeine (?:frau|partnerin|freundin|gattin)\b|\ber\b|\bsie\b",
}
_BOTH = {"fr": r"\bnous\b|\bon\b|\btous les deux\b", "de": r"\bwir\b|\bbeide\b|\bmir\b"}
_MARRIED = {
    "fr": r"\bmon (?:mari|epoux)\b|\bma (?:femme|epouse)\b|\bmari[ee]*s\b",
    "de": r"\bmein (?:mann|gatte)\b|\bmeine (?:frau|gattin)\b|\bverheiratet\b|\bverhuratet\b",
}
_WORK = {
    "fr": r"\btravail\w*\b|\bboss\w*\b|\bemploye\w*\b|\bsalarie\w*\b",
    "de": r"\barbeit\w*\b|\bangestellt\w*\b|\bschaff\w*\b|\bjobb\w*\b",
}
_NO_EMPLOYMENT = {
    "fr": r"\bindependant\w*|\bformation\b|\betud\w+|\bchom\w+|\borp\b|\ba l heure\b|\bbenevol\w+|\bconge\b",
    "de": r"\bselb?st\w*andig\w*|\bausbildung\b|\bweiterbildung\b|\bstudi\w+|\barbeitslos\w*|\brav\b|\bstundenlohn\b"
    r"|\bfreiwillig\w*|\burlaub\b",
}
_ENTITLED = {
    "fr": r"\bdroit\b|\bsuffi\w+|\bassez\b",
    "de": r"\banspruch\w*|\breicht?\b|\breichen\b|\bgenug\w*|\bgenuegt\b|\bgenugt\b|\bberechtigt\b|\bzugut\b",
}
_ASKS = {
    "fr": r"\b(?:comment|quel\w*|quand|combien|pourquoi|qui|est ce|faut|peut|doi\w*)\b",
    "de": r"\b(?:wie|was|welche\w*|wann|warum|wer|wo|muss\w*|kann|darf|wieviel\w*)\b",
}
_RATE = re.compile(r"(?<![\d.,'’])(\d{1,3})(?![\d'’]|[.,]\d)\s*(%|pour ?cents?\b|prozent\b)?", re.IGNORECASE)
_NO_RATE = re.compile(r"\d+\s*(?:ans?|mois|jahre?n?|monate?n?|j(?:ä|ae|a)hrig\w*|francs?|franken|chf|jours?|tage?)\b")


@dataclass(frozen=True)
class PersonalCase:
    """The check that fits a text, and the answers that the text itself gives to its questions."""

    check: str
    answers: dict[str, Any]


def personal_case(text: str, lang: str) -> PersonalCase | None:
    """The case that a text tells: who works at which rate, asking nothing else than whether that is enough, or None."""
    said = fold(text, lang)
    if not re.search(_SELF[lang], said) and not re.search(_BOTH[lang], said):
        return None
    if re.search(_NO_EMPLOYMENT[lang], said):
        return None
    rates = _rates(text, lang)
    told = len(rates) == 2 and not re.search(_ASKS[lang], said)
    if not told and not re.search(_ENTITLED[lang], said):
        return None
    if not rates or not (re.search(_WORK[lang], said) or re.search(r"%|prozent|pour ?cent", text.lower())):
        return None
    answers: dict[str, Any] = {}
    if re.search(_MARRIED[lang], said):
        answers["household"] = "married"
    for person, rate in rates.items():
        answers[f"activities_{person}"] = ["employment"]
        answers[f"employment_{person}"] = rate
    return PersonalCase("minimum_activity", answers)


def _rates(text: str, lang: str) -> dict[int, int]:
    """The rates in percent by person, 1 the one who writes; empty where it is not clear whose they are."""
    found: dict[int, int] = {}
    other = [match.span() for match in _NO_RATE.finditer(text.lower())]
    for match in _RATE.finditer(text):
        rate, percent = int(match[1]), match[2]
        if any(start <= match.start() < end for start, end in other) or rate > 100 or (rate < 10 and not percent):
            continue
        person = _speaker(fold(text[: match.start()], lang), lang) or (1 if 1 not in found else 2)
        if person in found:
            return {}
        found[person] = rate
    return found


def _speaker(before: str, lang: str) -> int:
    """Whose rate follows: 1 for the one who writes, 2 for the other person, 0 for both."""
    last = {
        person: max((match.end() for match in re.finditer(pattern[lang], before)), default=-1)
        for person, pattern in ((1, _SELF), (2, _OTHER), (0, _BOTH))
    }
    return max(last, key=lambda person: last[person])
