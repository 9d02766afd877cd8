"""A case for the check of the monthly rate: what happens with a child's place within a month, and what to enter."""

import re
from typing import Any

from bot.facts.days_told import only, roles_of_days
from bot.facts.family import ADAPTATION, known
from bot.facts.institution import HERE, INSTITUTION
from bot.facts.persons import OWN_CHILD
from bot.facts.told import Told, meaning
from checks.monthly_rate import DAY_QUESTIONS
from checks.place_rows import ADAPTATION_UNTIL

_DAYCARE = meaning(fr=r"creches?", de=r"kitas?")
_DAY_FAMILY = meaning(
    fr=r"parents de jour|accueil familial|familles? de jour|mamans? de jour",
    de=r"tageseltern|tagesfamilie\w*|tagesmutter",
)
_SITUATIONS = {
    "adaptation": ADAPTATION,
    "changes": meaning(
        fr=r"passe (?:de|a)|change\w*|augment\w*|diminue\w*|un jour de (?:plus|moins)",
        de=r"wechsel\w*|andert|andern|anderung\w*|steigen|erhoh\w*|reduzier\w*|einen tag (?:mehr|weniger)",
    ),
    "ends": meaning(
        fr=r"quitte\w*|(?<!pas )part|s en va|se terminent?|termine|s arrete|depart|sort|dernier jour",
        de=r"verlass\w*|tritt .{0,50}\baus|austritt|endet|geht .{0,50}\bweg|hort auf|letzter tag",
    ),
    "starts": meaning(
        fr=r"commence\w*|debute\w*|arrive\w*|entree?|nouvel(?:le)?|nouveau|accueill\w*",
        de=r"beginnt|startet|tritt .{0,50}\bein|eintritt|neue[nsr]?|fangt .{0,50}\ban|kommt|nehmen .{0,50}\bauf",
    ),
}
_WISH = meaning(
    fr=r"sais(?:ir|it|issons|is|is je)|inscri\w+|indiqu\w+|entrer|rentr\w+|introduire|mettre|met|mets|mettons",
    de=r"erfass\w*|ein(?:zu)?geben|(?:geben|gebe|gibt) .{0,70}\b(?:ein|ii|an)|was (?:ga|geben|gabe)|gabe"
    r"|eintragen|trag\w* .{0,20}\bein|tipp\w*|kommt in kibon|angeben",
)
_WHAT = meaning(
    fr=r"taux|tarifs?|pourcentage|pct|frais|heures|jours|que|quoi|montant",
    de=r"\w*pensum|tarife?|kosten|stunden|tage|was|betrag|prozent",
)
_BASES = {
    "monthly": meaning(
        fr=r"mois (?:entier|complet)|tout le mois|(?:tarif|forfait|taux) mensuel (?:normal|habituel)",
        de=r"ganzen monat|(?:normale\w?|ubliche\w?) monats(?:pauschale|tarif|kosten)",
    ),
    "part": meaning(
        fr=r"(?:seule\w*|juste|uniquement) (?:les )?(?:\d+ )?(?:heures|jours)"
        r"|facturee? \d+ francs pour \d+ (?:jours|heures)",
        de=r"nur (?:die )?(?:\w+ )?(?:\d+ )?(?:stunden|tage|anwesenheitstage)|\d+ franken fur \d+ (?:tage|stunden)",
    ),
    "own_monthly": meaning(
        fr=r"forfait (?:special|d adaptation|propre|a part)",
        de=r"(?:spezial|eingewohnungs)pauschale|eigene\w? pauschale",
    ),
}
_HOURS = meaning(
    fr=r"(?P<units>\d{1,3}) (?:heures|h) (?:par|chaque|au|le) mois",
    de=r"(?P<units>\d{1,3}) (?:stunden|std|h) (?:im|pro|je|pro) monat",
)
_DAYS = meaning(
    fr=r"(?P<units>\d{1,2}) jours (?:par|chaque|au) mois", de=r"(?P<units>\d{1,2}) tage (?:im|pro|je) monat"
)
_OTHER_SUBJECT = meaning(
    fr=r"pourquoi|vacances|combien paie\w*|quelle date|repas|annoncer|bon (?:est|sera)|1er du mois",
    de=r"warum|ferien|zahlen wir|welches datum|mahlzeit\w*|melden|gutschein (?:ist|wird)",
)


def facts(told: Told) -> dict[str, Any]:
    """The answers that the message gives to the questions of this check."""
    situation = next((code for code, words in _SITUATIONS.items() if told.has(words)), None)
    daycare, day_family = told.has(_DAYCARE), told.has(_DAY_FAMILY)
    offer = None if daycare == day_family else "daycare" if daycare else "day_family"
    if situation is None or told.has(OWN_CHILD):
        return known(place_offer=offer)
    days = [day for found in roles_of_days(told, {}).values() for day in found]
    question = DAY_QUESTIONS[situation]
    first = only(days, question, told)
    if not first and situation != "adaptation":
        first = only(days, question, told, until=True)  # "change au 10 février"
    until = only(days, ADAPTATION_UNTIL, told, until=True) if situation == "adaptation" else None
    return known(
        place_offer=offer,
        rate_situation=situation,
        **{question.id: first},
        **_basis(told, situation),
        adaptation_until=until,
        monthly_hours=_units(told, _HOURS) if offer == "day_family" and situation != "changes" else None,
        monthly_days=_units(told, _DAYS) if offer == "daycare" and situation != "changes" else None,
    )


def fits(told: Told, found: dict[str, Any]) -> bool:
    """Whether an institution asks what to enter for a place on a day that it tells."""
    if not told.has(INSTITUTION, HERE) and not (told.has(_DAYCARE) and told.has(_OURS)):
        return False
    if not told.has(_WISH) or not told.has(_WHAT) or told.has(_OTHER_SUBJECT, OWN_CHILD):
        return False
    return "rate_situation" in found and any(question.id in found for question in DAY_QUESTIONS.values())


_OURS = meaning(fr=r"nous|notre|on", de=r"wir|uns")


def _basis(told: Told, situation: str) -> dict[str, Any]:
    """What is agreed for the days of the month, by the question that asks it; None where two are named."""
    found = [code for code, words in _BASES.items() if told.has(words)]
    if len(found) != 1 or (found == ["own_monthly"] and situation != "adaptation"):
        return {}
    return {"adaptation_basis" if situation == "adaptation" else "rate_basis": found[0]}


def _units(told: Told, words: Any) -> str | None:
    found = {match["units"] for match in re.finditer(words[told.lang], told.said)}
    return found.pop() if len(found) == 1 else None
