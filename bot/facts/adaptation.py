"""A case for the check of the adaptation: when it begins, when the work begins, and whether there is a voucher."""

import re
from typing import Any

from bot.facts.adaptation_days import ROLES, days_of_adaptation
from bot.facts.days_told import roles_of_days
from bot.facts.family import known
from bot.facts.institution import INSTITUTION
from bot.facts.persons import FIRST_PERSON, OWN_CHILD, SOMEBODY_ELSE
from bot.facts.told import Told, meaning

_OWN_WORK = meaning(
    fr=r"(?:je|j|nous|on) (?:(?:re)?(?:travaill|boss|commenc|embauch)\w*|aurai\w* droit|ai droit|avons droit"
    r"|reprend\w*)"
    r"|(?:mon|ma|mes|nos) (?:travail|poste|formation|conge)",
    de=r"(?:arbeite|beginne|starte|steige|fange|habe|hatte|nehme) ich"
    r"|ich (?:\w+ )?(?:arbeite|beginne|starte|steige|fange|nehme)|haben wir anspruch|wir haben anspruch"
    r"|mein\w{0,2} (?:neue\w? )?(?:arbeit|stelle|job|ausbildung|studium|mutterschaftsurlaub)",
)
_RIGHT = meaning(
    fr=r"droit (?:a |de |est de )+(?:un taux de )?(?P<rate>\d{1,3}) pct",
    de=r"anspruch (?:auf |von |ist )?(?P<rate>\d{1,3}) pct",
)
_BOX = {
    "unticked": meaning(
        fr=r"case (?:\w+ ){0,3}(?:pas|oubliee|manque)(?: \w+){0,2}|pas (?:ete )?coche\w*|oublie\w* de cocher",
        de=r"hakchen (?:\w+ ){0,4}(?:fehlt|nicht|vergessen)|vergessen (?:\w+ ){0,6}hakchen",
    ),
    "ticked": meaning(
        fr=r"(?:a|est|ete|bien) (?:bien |deja )?cochee?|case (?:\w+ ){0,2}cochee",
        de=r"hakchen (?:\w+ ){0,3}gesetzt|hat (?:\w+ )?das hakchen",
    ),
    "open": meaning(
        fr=r"confirmation (?:de place )?n est pas (?:encore )?(?:faite|envoyee|remplie)"
        r"|place (?:n est )?pas encore confirmee",
        de=r"platzbestatigung (?:ist )?(?:noch )?(?:offen|nicht (?:gemacht|ausgefullt))"
        r"|platz (?:\w+ )?noch nicht bestatigt",
    ),
}
_CHILD = {
    "new": meaning(fr=r"(?:accueill\w+|avons|recevons) un nouvel enfant", de=r"neues kind"),
    "settled": meaning(
        fr=r"va deja .{0,30}(?:creche|maman de jour)|(?:creche|maman de jour) depuis (?:un|deux|trois|\d) ans?"
        r"|adaptation (?:est |deja )+terminee",
        de=r"(?:geht|ist) (?:schon|bereits) .{0,30}(?:kita|tagesmutter)|eingewohnung (?:ist )?(?:schon )?abgeschlossen",
    ),
    "back": meaning(
        fr=r"(?:retourne|revient|de retour) .{0,60}\b(?:apres|pause|arret)",
        de=r"(?:nach .{0,30}(?:pause|unterbruch) .{0,30}zuruck|(?:kommt|geht) .{0,40}zuruck)",
    ),
}
_WISH = meaning(
    fr=r"bon|paye\w*|paie\w*|droit|combien|couvr\w*|case|coch\w*|taux|prise? en charge|rembours\w*",
    de=r"gutschein\w*|bezahl\w*|zahlt?|zahlen|anspruch|wie viel|wieviel|hakchen|pensum|vergutet|bekommen wir"
    r"|kriegen wir",
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
        **known(child_at_institution=_child(told)),
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


def _child(told: Told) -> str | None:
    """Whether the institution knows the child, where a word says so of one child."""
    found = [code for code, words in _CHILD.items() if told.has(words)]
    return found[0] if len(found) == 1 else None


def _box(told: Told) -> str | None:
    if told.has(SOMEBODY_ELSE):
        return None
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
