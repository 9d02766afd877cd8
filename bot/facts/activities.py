"""Which activities a message tells of whom, and their rates in percent, as far as both are clear."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.facts.days_told import days_told
from bot.facts.persons import BOTH, OTHER, PARTNER, SELF, Part, parts_by_person
from bot.facts.told import PERCENT, Told, meaning
from checks.family import ACTIVITIES

UNKNOWN = "?"
_KINDS = {
    "fr": {
        UNKNOWN: r"pas (?:une? |en |au )?(?:independante?|salariee?|employee?|chomage|formation|etudiante?)"
        r"|ne (?:travaill|boss)\w+ (?:pas|plus)|travaille pas|sans activite|cours de (?:langue|francais"
        r"|allemand)"
        r"|(?:plus|pas) de (?:travail|poste)|conge|stage|retraite\w*|a la maison|au foyer"
        r"|pere au foyer|employeur",
        "job_search": r"cherch\w+ (?:encore )?(?:une? |du )?(?:nouve\w+ )?(?:travail|poste|place)"
        r"|chom\w+|orp"
        r"|recherche d (?:un )?travail|sans travail",
        "voluntary_work": r"benevol\w+|volontariat",
        "integration_programme": r"(?:programme|cours|mesure) d (?:insertion|occupation|integration)",
        "hourly_employment": r"(?:payee? )?a l heure|salaire horaire|horaires? variables?|sur appel",
        "self_employment": r"independante?s?|a (?:mon|son) (?:propre )?compte|freelance|propre entreprise"
        r"|mon entreprise",
        "training": r"formation|etudi\w+|etudes|etudie|apprentissage|apprentie?s?|universite",
        "health": r"(?:rente|l|a l|de l) (?:d )?(?:ai|invalidite)(?! je)|invalide|raisons? de sante|certificat medical",
        "employment": r"travaill\w*|travail|boss\w+|employee?s?|salariee?s?|embauchee?|contrat|engagee?s?"
        r"|(?<!la )poste|pensum",
    },
    "de": {
        UNKNOWN: r"nicht (?:in |im )?(?:selbst\w+|angestellt\w*|arbeitslos\w*|ausbildung)"
        r"|arbeite[nt]? (?:\w+ )?nicht|nicht (?:arbeite[nt]?|berufstatig)|(?:sprach|deutsch|franzosisch)kurs\w*"
        r"|kein\w* (?:arbeite?|job|stelle)|urlaub|praktikum|pensioniert|zu hause|zuhause|haus(?:frau|mann)"
        r"|arbeitgeber\w*",
        "job_search": r"arbeitslos\w*|(?:auf )?stellensuch\w*|arbeitssuch\w*|such\w* (?:(?:eine?n?|noch"
        r"|neue\w?) )*(?:stelle|arbeite?|job)"
        r"|rav",
        "voluntary_work": r"freiwilligenarbeit|freiwillig|ehrenamt\w*",
        "integration_programme": r"(?:integrations|beschaftigungs)(?:programm|kurs|massnahme)\w*",
        "hourly_employment": r"(?:im )?stundenlohn|auf abruf|stundenweise",
        "self_employment": r"selbst?andig\w*|selbststandig\w*|freischaffend|eigene firma|freelance\w*",
        "training": r"ausbildung|weiterbildung|studi\w+|student(?:in)?|uni\w{0,8}|\w*lehre|lernende\w*|lehrling"
        r"|berufslehre",
        "health": r"iv|iv rente|invalid\w*|gesundheitlich\w* grunde\w*|arztzeugnis",
        "employment": r"arbeit\w*|schaff\w*|angestellt\w*|anstellung|job\w*|stelle|berufstatig|pensum|putze",
    },
}
_FIND = {
    lang: re.compile(
        "|".join(rf"(?P<k{number}>\b(?:{pattern})\b)" for number, pattern in enumerate(kinds.values()))
        + rf"|\b(?P<rate>\d{{1,3}})\b(?P<pct> {PERCENT})?"
    )
    for lang, kinds in _KINDS.items()
}
_NO_RATE = re.compile(
    r"^ ?(?:ans?|mois|semaines?|jours?|heures?|h|enfants?|francs?|frs?|chf|euros|personnes|minutes|points|ects"
    r"|familles?"
    r"|jahre?n?|jahrig\w*|monate?n?|wochen?|tage?n?|stunden?|kind(?:er|ern)|franken|stutz|uhr|km|credits?|e|er|ieme)\b"
)
_NO_ACTIVITY = meaning(
    fr=r"creche|nounou|maman de jour|famille de jour|places?|gard[ee]e?|droit a|droit de|bon de|taux de"
    r"|remise",
    de=r"kita|tagesfamilie|tagesmutter|\w*platze?|betreu\w*|anspruch auf|gutschein von|berechtigt",
)
_OF_CARE = re.compile(r"^ (?:d |de |des )?(?:anspruch|droit|betreuung|creche|kita|garde|gutschein|bon)\b")
# A full week of work has five days.
_WEEKLY = {
    word: 20 * days
    for days, words in enumerate(("1 un einen", "2 deux zwei zwoi", "3 trois drei", "4 quatre vier", "5 cinq funf"), 1)
    for word in words.split()
}
_DAYS_A_WEEK = {
    "fr": re.compile(rf"\b((?:travaill|boss)\w*) ({'|'.join(_WEEKLY)}) jours? (?:par|chaque|la) semaine\b"),
    "de": re.compile(
        rf"\b((?:arbeit|schaff)\w*(?: an)?) ({'|'.join(_WEEKLY)}) tage?n? (?:pro|die|in der|jede) woche\b"
    ),
}
_SMALL = {
    "fr": "a au aussi avec aux aussi de environ est et fait fais le les lui moi par plus presque pour puis seulement "
    "suis un",
    "de": "auch auf bei bin ca circa etwa gegen hat habe ist knapp macht mache mit noch nur rund "
    "sind und ungefahr zu zum",
}
_TOGETHER = meaning(
    fr=r"\d+ pct (?:\w+ )?(?:ensemble|a (?:nous )?deux|au total|en tout|cumules?|en commun)"
    r"|(?:ensemble|a (?:nous )?deux|au total|en tout)(?: a| de)? \d+",
    de=r"\d+ pct (?:\w+ )?(?:zusammen|insgesamt|total|gesamthaft|zu zweit)|(?:zusammen|insgesamt|total|zu zweit) \d+",
)
_EACH = meaning(fr=r"chacune?|tous les deux|toutes les deux|les deux|tous deux", de=r"beide|jeweils|je \d+")
_MOVING = meaning(
    fr=r"augment\w*|redui\w*|reduction|pass\w* de|baiss\w*|diminu\w*|au lieu|avant \d+|entre \d+ et"
    r"|\d+ (?:pct )?a \d+ pct"
    r"|\d+ pct a \d+|de \d+ a \d+|plus tard|etai[ts]|travaillai[ts]|perdu|maintenant (?:il|elle|je)|d abord|changer?",
    de=r"erhoh\w*|reduz\w*|senk\w*|statt|wechsl\w*|von \d+ (?:pct )?auf|zwischen \d+|\d+ bis \d+|\d+ pct bis \d+|spater"
    r"|zuerst|jetzt|fruher|arbeitete\w*|gearbeitet|verloren",
)


Mark = tuple[str, int | None]  # a kind with its rate in percent


@dataclass(frozen=True)
class Own:
    """The activities of one person by kind, each with its rate in percent or None."""

    rates: dict[str, int | None]


@lru_cache(maxsize=2)
def activities(told: Told) -> dict[int, Own]:
    """The activities by person (1 for the one who writes, 2 for the partner); a person is left out where unclear."""
    if told.has(_MOVING, _TOGETHER):
        return {}
    parts = [(part, _marks(part, told.lang)) for part in parts_by_person(_without_days(told), told.lang)]
    kinds = {kind for _, marks in parts for kind, _ in marks}
    ordinary = kinds <= {"", "employment", UNKNOWN} and (PERCENT in told.said or "employment" in kinds)
    found: dict[int, list[Mark] | None] = {}
    for part, marks in parts:
        if part.person == OTHER or not marks:
            continue
        pairs = _pairs(marks, ordinary and _bare(part, told.lang))
        for person, own in _by_person(part, pairs, told).items():
            before = found.get(person, [])
            found[person] = None if own is None or before is None else before + own
    return {person: told_of for person, pairs in found.items() if pairs and (told_of := _own(pairs))}


def _without_days(told: Told) -> str:
    """The folded message with its days blanked out, so that no day is read as a rate; working days a week are one."""
    said = told.said
    for day in days_told(told):
        said = said[: day.start] + "x" * (day.end - day.start) + said[day.end :]
    return _DAYS_A_WEEK[told.lang].sub(lambda found: f"{found[1]} {_WEEKLY[found[2]]} {PERCENT}", said)


def _marks(part: Part, lang: str) -> list[Mark]:
    """Kinds (with None) and rates (with "") of a part in order."""
    kinds = list(_KINDS[lang])
    found: list[Mark] = []
    for match in _FIND[lang].finditer(part.said):
        if match["rate"] is None:
            found.append((kinds[int(str(match.lastgroup)[1:])], None))
        elif _is_rate(match, part.said, lang):
            found.append(("", int(match["rate"])))
    return found


def _is_rate(match: re.Match[str], said: str, lang: str) -> bool:
    rate, percent = int(match["rate"]), match["pct"]
    if rate > 100 or (not percent and (rate < 10 or _NO_RATE.match(said[match.end() :]))):
        return False
    if _OF_CARE.match(said[match.end() :]):
        return False
    clause = said[: match.start()].rpartition("|")[2]
    return _NO_ACTIVITY[lang].search(clause) is None


def _bare(part: Part, lang: str) -> bool:
    """Whether nothing but small words stands before the rate, as in "mon mari à 60 %": the verb before holds on."""
    match = next((match for match in _FIND[lang].finditer(part.said) if match["rate"]), None)
    clause = part.said[: match.start()].rpartition("|")[2] if match else ""
    return set(clause.split()) <= set(_SMALL[lang].split())


def _pairs(marks: list[Mark], ordinary: bool) -> list[Mark] | None:
    """Kinds with their rates; None where it is not clear which rate belongs to which kind."""
    rates = [rate for kind, rate in marks if not kind]
    kinds = list(dict.fromkeys(kind for kind, rate in marks if kind))
    if any(kind not in ("employment", UNKNOWN) for kind in kinds) and len(kinds) > max(len(rates), 1):
        kinds = [kind for kind in kinds if kind != "employment"]
    if not rates:
        return [(kind, None) for kind in kinds if kind != UNKNOWN]
    if not kinds:
        return [("employment", rate) for rate in rates] if ordinary else None
    if len(kinds) == 1:
        return [(kinds[0], rate) for rate in rates]
    if len(kinds) == len(rates):
        return list(zip(kinds, rates, strict=True))
    return None


def _by_person(part: Part, pairs: list[Mark] | None, told: Told) -> dict[int, list[Mark] | None]:
    if part.person != BOTH:
        return {part.person: pairs}
    if pairs is None:
        return {SELF: None, PARTNER: None}
    rates = [rate for _, rate in pairs if rate is not None]
    if not rates or (len(rates) == 1 and told.has(_EACH)):
        return {SELF: pairs, PARTNER: pairs}
    return {SELF: pairs[:1], PARTNER: pairs[1:]} if len(rates) == 2 else {}


def _own(pairs: list[Mark]) -> Own | None:
    """The kinds of one person, or None where one kind has two rates or a kind is unknown."""
    rates: dict[str, int | None] = {}
    for kind, rate in pairs:
        if kind in rates and rate is not None and rates[kind] not in (None, rate):
            return None
        if kind == UNKNOWN:
            return None
        rates[kind] = rate if rate is not None else rates.get(kind)
    return Own(rates)


def answers_of(own_by_person: dict[int, Own], rated: bool) -> dict[str, Any]:
    """The answers about activities; `rated` leaves out whoever has no rate, and adds the rates."""
    found: dict[str, Any] = {}
    for person, own in sorted(own_by_person.items()):
        if rated and all(rate is None for rate in own.rates.values()):
            continue
        found[f"activities_{person}"] = [kind for kind in ACTIVITIES[person].options if kind in own.rates]
        if rated:
            # the rate that a doctor confirms is not that of a pension
            told = {kind: rate for kind, rate in own.rates.items() if rate is not None and kind != "health"}
            found |= {f"{kind}_{person}": rate for kind, rate in told.items()}
    return found
