"""A case for the check of the adaptation: when it begins, when the work begins, and whether there is a voucher."""

import re
from typing import Any

from bot.facts.adaptation_days import ROLES, days_of_adaptation
from bot.facts.days_told import roles_of_days
from bot.facts.family import known
from bot.facts.institution import INSTITUTION
from bot.facts.persons import FIRST_PERSON, OWN_CHILD
from bot.facts.told import Told, meaning

_OWN_WORK = meaning(
    fr=r"(?:je|j) (?:re)?(?:travaill\w*|aurai droit|ai droit)|(?:je|j) (?:re)?(?:commence|prends?|travaill\w*"
    r"|boss\w+|aurais droit)|(?:mon|ma) (?:travail|poste|job|boulot"
    r"|emploi|formation)|je reprend\w*",
    de=r"(?:arbeite|beginne|starte|steige|fange|habe|hatte) ich|ich (?:\w+ )?(?:arbeite|beginne|starte|steige|fange)"
    r"|meine (?:arbeit|stelle|ausbildung)|mein studium",
)
_RIGHT = meaning(
    fr=r"droit (?:a |de )(?:un taux de )?(?P<rate>\d{1,3}) pct", de=r"anspruch (?:auf |von )(?P<rate>\d{1,3}) pct"
)
_BOX = {
    "unticked": meaning(
        fr=r"case (?:\w+ ){0,3}(?:pas|oubliee|manque)(?: \w+){0,2}|pas (?:ete )?coche\w*",
        de=r"hakchen (?:\w+ ){0,3}(?:fehlt|nicht|vergessen)",
    ),
    "ticked": meaning(
        fr=r"(?:a|est|ete|bien) (?:bien |deja )?cochee?|case (?:\w+ ){0,2}cochee",
        de=r"hakchen (?:\w+ ){0,3}gesetzt|hat (?:\w+ )?das hakchen",
    ),
}
_WISH = meaning(
    fr=r"bon|paye\w*|paie\w*|droit|combien|couvr\w*|case|coch\w*|taux",
    de=r"gutschein\w*|bezahl\w*|zahlt?|zahlen|anspruch|wie viel|wieviel|hakchen|pensum",
)
_OTHER_SUBJECT = meaning(
    fr=r"pourquoi|periode|demandes?|depos\w+|delai|saisir|dates? .*saisi\w*|frais|francs?|factur\w*|montant"
    r"|document\w*",
    de=r"warum|periode|antrage?|einreich\w*|frist|erfass\w*|kosten|franken|verrechn\w*|betrag|unterlagen|dokumente",
)


def facts(told: Told) -> dict[str, Any]:
    """The answers that the message gives to the questions of this check."""
    return {
        **known(adaptation_role=_role(told), adaptation_box=_box(told), entitled_rate=_rate(told)),
        **days_of_adaptation(told),
    }


def fits(told: Told, found: dict[str, Any]) -> bool:
    """Whether an adaptation and a work have their days, and nothing is asked but whether the voucher is paid."""
    if not told.has(_WISH) or told.has(_OTHER_SUBJECT) or "adaptation_begins" not in found:
        return False
    return "work_begins" in found or _several_steps(told)


def _role(told: Told) -> str | None:
    own, institution = told.has(OWN_CHILD, _OWN_WORK), told.has(INSTITUTION)
    if own == institution:
        return None
    return "parents" if own else "institution"


def _box(told: Told) -> str | None:
    return next((code for code, words in _BOX.items() if told.has(words)), None)


def _rate(told: Told) -> int | None:
    """The entitled rate, where one alone is named as such."""
    rates = {int(match["rate"]) for match in _RIGHT[told.lang].finditer(told.said)}
    further = re.findall(r"\d{1,3} pct", told.said)
    return rates.pop() if len(rates) == 1 and len(further) == 1 else None


def _several_steps(told: Told) -> bool:
    """Whether rights or work from several days on are told of: the first of these days is asked for."""
    days = roles_of_days(told, ROLES)
    return len([*days.get("work", []), *days.get("right", [])]) > 1 and told.has(FIRST_PERSON)
