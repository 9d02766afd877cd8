"""A case for the check of a social or linguistic need: what was confirmed for one's child, and what follows."""

import re
from typing import Any

from bot.facts.days_told import DayTold, Roles, only, roles_of_days
from bot.facts.family import CARE, known, provider, school_stage
from bot.facts.institution import COMMUNE
from bot.facts.persons import FIRST_PERSON, OWN_CHILD
from bot.facts.told import Told, meaning
from checks.special_need import BORN, CONFIRMED_FROM

KINDS = {
    "social": meaning(
        fr=r"(?<!pas de )(?<!pas un )(?:besoin (?:d ordre )?social|indication sociale)|(?:confirmation"
        r"|attestation) (?:\w+ )?sociale|raisons sociales",
        de=r"(?<!kein )(?<!keine )(?<!keinen )sozial\w{0,2} (?:indikation|bedarf|bedurfnis|bestatigung)"
        r"|sozialen grunden",
    ),
    "language": meaning(
        fr=r"(?<!pas de )(?<!pas un )besoin (?:d ordre )?linguistique|besoin (?:de |d ordre de )?langue"
        r"|(?:confirm\w*|attest\w*) .{0,40}\blangue",
        de=r"(?<!kein )(?<!keine )(?<!keinen )sprachlich\w{0,2} (?:indikation|bedarf|bedurfnis)|sprachbedarf\w*"
        r"|bestatigung .{0,20}\bsprache",
    ),
}
_NEED = meaning(
    fr=r"besoin|indication|valable|confirm\w*|attest\w*|consultation|service \w+",
    de=r"\w*indikation|\w*bedarf|gultig|bestatig\w*|fachstelle",
)
_TWO = meaning(
    fr=r"(?:deux|2) (?:\w+ )?(?:confirmations?|attestations?|indications?)"
    r"|premiere (?:confirmation|attestation|indication) .*\b(?:nouvelle|deuxieme|seconde)",
    de=r"(?:zwei|2) (?:\w+ )?(?:bestatigung\w*|indikationen)"
    r"|erste (?:\w+ )?(?:bestatigung|indikation) .*\b(?:neue|zweite)",
)
_BORN = meaning(fr=r"nee?s?|naissance", de=r"geboren\w*|geburt\w*|geb")
_OTHER_DAY = meaning(
    fr=r"travail\w*|adaptation|demenag\w*|depos\w+|entree?|recu\w*|vacances|ecole|malade|commenc\w*",
    de=r"arbeit\w*|\w*eingewohn\w*|umzug|einreich\w*|ferien|kindergarten|schule|krank|kommt",
)
_HIGHER = meaning(fr=r"plus (?:eleve|haut)\w*|superieur\w*", de=r"hoher\w*")
_EQUAL = meaning(fr=r"(?:au |le )?meme taux|identique", de=r"(?:gleich\w*|dasselbe|selben) (?:pensum|hoh)")
_LOWER = meaning(fr=r"plus bas\w*|inferieur\w*", de=r"tiefer\w*|niedriger\w*")
_AT_CARE = meaning(
    fr=r"creche|vient|maman de jour|famille de jour|accueilli\w*|gardee?",
    de=r"kita|betreut|kommt|tagesfamilie",
)
_NOT_CONFIRMED = meaning(
    fr=r"droit a|travaill\w*|bosse|employe\w*|salari\w*|au lieu|recev\w*",
    de=r"anspruch auf|arbeite\w*|bekommen wir|statt",
)
_AGAIN = meaning(
    fr=r"service (?:\w+ )?a (?:re)?confirme (?:le besoin )?(?:pour la suite|a nouveau|de nouveau)",
    de=r"fachstelle hat (?:\w+ ){0,3}(?:erneut|weiterhin|wieder|fur die folge\w*) bestatigt",
)
_RIGHT = meaning(
    fr=r"droit|combien|(?:recevoir|recoit|recevons|obtenir|avoir)|avons nous|quel (?:taux|bon)|bon possible"
    r"|encore un bon"
    r"|(?:nous |ca )donne|marche|que se passe t il|fais quoi|que faire",
    de=r"anspruch|wie ?viel|bekomm\w*|zugut|erhalten|welches pensum|welcher gutschein|gutschein (?:haben|moglich)"
    r"|noch einen gutschein|bringt|geht das|passiert|was mache",
)
_DATES = meaning(
    fr=r"quelles? dates?|dates? (?:\w+ ){0,3}(?:saisi\w*|justes)|comment (?:\w+ ){0,3}saisi\w*|chevauch\w*",
    de=r"welche (?:daten|datum)|stimmen die daten|erfass\w*|uberschneid\w*",
)
_WHAT_TO_DO = meaning(
    fr=r"que (?:faire|devons|dois|peut)|comment",
    de=r"was (?:muss|mussen|konnen|tun)|wie (?:gehen|machen|behalt|erfass\w*)",
)
_OTHER_SUBJECT = meaning(
    fr=r"pourquoi|formulaire|documents?|demi mois|lequel vaut|perdons|perdrons|on perd|depuis quand|francs?|supplement",
    de=r"warum|formular|unterlagen|halben? monat|verlieren wir|verliere ich|wo |franken|zuschlag|lade",
)


def facts(told: Told) -> dict[str, Any]:
    """The answers that the message gives to the questions of this check."""
    kinds = [code for code, words in KINDS.items() if told.has(words)]
    if told.has(_TWO):
        return _two_confirmations(told)
    if told.has(COMMUNE) and kinds == ["language"]:
        return known(need_topic="months_below", confirmed_again="yes" if told.has(_AGAIN) else None)
    if len(kinds) != 1:
        return {}
    days = _days(told)
    care, confirmed = _rates(told)
    return known(
        need_topic="right",
        need_kind=kinds[0],
        confirmed_from=only(days.get("need", []), CONFIRMED_FROM, told),
        need_stage=school_stage(told),
        provider=provider(told),
        confirmed_rate=confirmed if kinds == ["social"] else None,
        child_born=_month_of(only(days.get("born", []), BORN, told)),
        language_care=care if kinds == ["language"] else None,
    )


def fits(told: Told, found: dict[str, Any]) -> bool:
    """Whether the beginning of what was confirmed is told, and what follows from it is asked."""
    if told.has(_OTHER_SUBJECT) or not told.has(FIRST_PERSON):
        return False
    if found.get("need_topic") == "two_confirmations":
        return "later_from" in found and told.has(_DATES)
    if found.get("need_topic") == "months_below":
        return told.has(_WHAT_TO_DO) and re.search(r"\d+ pct", told.said) is not None
    own = found.keys() & {"confirmed_from", "confirmed_rate", "language_care", "child_born"}
    return bool(own) and told.has(_RIGHT) and (told.has(OWN_CHILD) or "confirmed_from" in found)


def _month_of(day: str | None) -> str | None:
    return day and f"{day[:7]}-01"


def _days(told: Told) -> Roles:
    return roles_of_days(told, {"born": _BORN, "need": _NEED, "care": CARE, "other": _OTHER_DAY})


def _rates(told: Told) -> tuple[int | None, int | None]:
    """The one rate of care and the one rate that was confirmed."""
    care: set[int] = set()
    confirmed: set[int] = set()
    for clause in told.said.split("|"):
        for match in re.finditer(r"\b(\d{1,3}) pct", clause):
            before = clause[: match.start()]
            if _NOT_CONFIRMED[told.lang].search(before):
                continue
            at_care = _AT_CARE[told.lang].search(before) or _AT_CARE[told.lang].search(clause[match.end() :][:12])
            (care if at_care else confirmed).add(int(match[1]))
    return (care.pop() if len(care) == 1 else None, confirmed.pop() if len(confirmed) == 1 else None)


def _two_confirmations(told: Told) -> dict[str, Any]:
    """The two days from which they hold, and which rate is higher."""
    days = [day for role, found in _days(told).items() if role != "born" for day in found]
    days.sort(key=lambda day: day.start)
    begins = [day for day in days if not day.until]
    first, later = (day.answer(CONFIRMED_FROM, told) for day in begins) if len(begins) == 2 else (None, None)
    if not first or not later or first >= later:
        return {"need_topic": "two_confirmations"}
    return known(
        need_topic="two_confirmations",
        earlier_from=first,
        later_from=later,
        later_rate=_later_rate(told, begins[1]),
        **_end_of_first(told, days, later),
    )


def _end_of_first(told: Told, days: list[DayTold], later: str) -> dict[str, Any]:
    """The end of the first confirmation, where one end stands between the two beginnings."""
    ends = [day for day in days if day.until]
    if len(ends) != 1 or days.index(ends[0]) != 1:
        return {}
    until = ends[0].answer(CONFIRMED_FROM, told)
    return {"earlier_ends": True, "earlier_until": until} if until else {}


def _later_rate(told: Told, second: DayTold) -> str | None:
    """What is said of the second rate after its day."""
    behind = told.said[second.end :]
    kinds = (("higher", _HIGHER), ("lower", _LOWER), ("equal", _EQUAL))
    found = [code for code, words in kinds if words[told.lang].search(behind)]
    return found[0] if len(found) == 1 else None
