"""A case for the check of the amount: what a family has, where its child is cared for, and what its voucher pays."""

import re
from collections.abc import Iterator
from typing import Any

from bot.facts.days_told import only, roles_of_days
from bot.facts.family import household, known, school_stage
from bot.facts.persons import FIRST_PERSON
from bot.facts.told import Told, meaning
from bot.numbers import spelled
from checks.amount_figures import TOGETHER_MONTHLY
from checks.voucher import MONTH

_NUMBER = r"\d{3,7}|\d{1,3}(?:x000)"
_TWO_ENDS = {
    "fr": rf"(?:entre |de )?(?P<low>{_NUMBER}|\d\d)(?: francs?| chf)? (?:et|a) (?P<high>{_NUMBER})",
    "de": rf"(?:zwischen |von )?(?P<low>{_NUMBER}|\d\d)(?: franken| chf)? (?:und|bis) (?P<high>{_NUMBER})",
}
_AMOUNT = {
    lang: re.compile(rf"\b(?:{ends}|(?P<alone>{_NUMBER}))\b(?! (?:pct|jahre|ans|jours|tage))")
    for lang, ends in _TWO_ENDS.items()
}
_PER = {
    "fr": re.compile(r"^(?: \w+){0,3}? (?:par|pour|au|chaque) "
                     r"(?:(?P<month>mois)|(?P<other>jour|heure|semaine))\b"),
    "de": re.compile(r"^(?: \w+){0,3}? (?:(?:im|pro|per|den|jeden|je) (?:(?P<month>monat)|(?P<other>tag|stunde|woche))"
                     r"|(?P<monthly>monatlich))\b"),
}  # fmt: skip
_AND_SPOUSE = meaning(
    fr=r"gagne [^|]{0,30}\d\w*[^|]{0,20}\|? ?(?:et )?(?:mon mari|ma femme|mon conjoint|ma conjointe)(?: gagne)?"
    r"(?: \w+)? \d+",
    de=r"verdiene [^|]{0,30}\d\w*[^|]{0,20}\|? ?(?:und )?(?:mein mann|meine frau)(?: verdient)?(?: \w+)? \d+",
)
_DETERMINING = meaning(fr=r"revenu determinant", de=r"massgebende\w{0,2} einkommen")
_INCOME = meaning(
    fr=r"gagn\w+|revenus?|on a|touchons",
    de=r"verdien\w*|\w*einkommen|wir haben|haben wir|einnahmen",
)
_COST = meaning(
    fr=r"cout\w*|prix|tarif|factur\w*|frais|creches?|garderie|maman de jour|famille de jour",
    de=r"kost\w*|preis|tarif|rechnung|kitas?|krippe|tagesmutter|tagesfamilie",
)
_NO_INCOME = meaning(
    fr=r"fortune|dettes?|loyer|deduction|brut\w*|revenus? imposables?|avant|baisse\w*|limite|plus de|moins de|jusqu a",
    de=r"(?<!kein )vermogen|schulden|miete|abzug|\w*brutto\w*|steuerbare\w* \w*einkommen|vorher|gesunken|sank|grenze"
    r"|mehr als|weniger als",
)
_ASSISTANCE = meaning(
    fr=r"(?:recevons|recois|touchons|touche|vi[st]|vivons|avons|a|suis a)(?: de)? l aide sociale",
    de=r"(?:erhalte\w*|bekomme\w*|beziehe\w*|lebe\w*|haben|habe) (?:\w+ ){0,2}sozialhilfe",
)
_TOGETHER = meaning(
    fr=r"gagnons (?:\w+ )?(?:ensemble|a (?:nous )?deux)|ensemble nous gagnons|a (?:deux|2)|mon mari et moi"
    r"|ma femme et moi|deux adultes",
    de=r"verdienen (?:\w+ )?(?:zusammen|zu zweit|zame)|verdiene zame|(?:zusammen|zame) verdien\w+ wir|zu zweit"
    r"|mein mann und ich|meine frau und ich|zwei erwachsene|monat zusammen",
)
_ALONE = meaning(fr=r"seule? avec (?:mon|ma|mes)|maman seule|papa seul", de=r"allein mit mein\w*")
_COUNT = {"fr": r"\d|une?|deux|trois|quatre", "de": r"\d|ein|zwei|drei|vier|zwoi"}
_HEADS = {
    "fr": re.compile(rf"\b(?P<count>{_COUNT['fr']}) (?:enfants?|gosses?)\b"),
    "de": re.compile(rf"\b(?P<count>{_COUNT['de']}|einem) (?:kind(?:er|ern)?|chind)\b"),
}
_WORDS = {"zwoi": 2, "einem": 1}
_DAYCARE = meaning(fr=r"creches?|garderie|nurserie", de=r"kitas?|krippen?")
_DAY_FAMILY = meaning(
    fr=r"parents de jour|accueil familial|familles? de jour|mamans? de jour",
    de=r"tageseltern|tagesfamilien?|tagesmutter",
)
_WEEK = {
    "fr": re.compile(rf"\b(?P<count>[1-5]|{_COUNT['fr']}|cinq) ?(?:jours?|j)\b"
                     r"(?! (?:par|chaque) mois| (?:ouv|de travail))"),
    "de": re.compile(rf"\b(?P<count>[1-5]|{_COUNT['de']}|einen|funf) (?:tage?n?|tag)\b(?! (?:im|pro) monat| arbeit)"),
}  # fmt: skip
_RATE = re.compile(r"\b(?P<rate>\d{1,3}) pct\b")
_GRANTED = meaning(
    fr=r"taux accorde|droit a|taux de droit|accorde\w*", de=r"anspruchsberechtigt\w*|anspruch(?:spensum)?(?: auf| von)?"
)
_AT_CARE = meaning(
    fr=rf"{_DAYCARE['fr'].pattern}|{_DAY_FAMILY['fr'].pattern}|garde",
    de=rf"{_DAYCARE['de'].pattern}|{_DAY_FAMILY['de'].pattern}|betreu\w*",
)
_WISH = meaning(
    fr=r"combien|quel(?:le)? (?:\w+ )?montant|quel serait|sur quel montant|que (?:nous )?paie|que (?:nous )?resterait"
    r"|a combien",
    de=r"wie ?(?:viel|hoch)|was (?:zahlt|bezahlt|wurde|mussten|muss)|welcher betrag|mit wie ?viel",
)
_OF_US = meaning(
    fr=r"(?:notre|mon) bon|bon|recevr\w+|touch\w+|charge|recois|recevons",
    de=r"\w*gutschein\w*|gibt es|bekomm\w*|bekam\w*|bechome|selber|selbst|erhalten|erhalte",
)
_ANY_FAMILY = meaning(fr=r"une famille|un couple|des parents", de=r"eine familie|ein paar|eltern")
_OTHER_SUBJECT = meaning(
    fr=r"pourquoi|documents?|justificatifs?|annonc\w+|devons nous declarer|dois je declarer|baiss\w+|deduction|maximal"
    r"|minimum|jusqu a quel|compte t elle|delai|canton|recoit on",
    de=r"warum|unterlagen|belege?|melden|gesunken|abzug\w*|hochst\w*|mindestens|bis zu welche\w*|zahlt unser|frist"
    r"|kanton|bekommt man|angeben",
)


def facts(told: Told) -> dict[str, Any]:
    """The answers that the message gives to the questions of this check."""
    daycare, day_family = told.has(_DAYCARE), told.has(_DAY_FAMILY)
    days = roles_of_days(told, {})
    return known(
        voucher_month=_first_of(only([day for found in days.values() for day in found], MONTH, told)),
        **_income(told),
        family_adults=_adults(told),
        family_children=_children(told),
        school_stage=school_stage(told),
        provider=None if daycare == day_family else "daycare" if daycare else "day_family",
        **_rates(told),
        care_cost=_only([amount for amount, of, per in _amounts(told) if of == "cost" and per == "month"]),
    )


def fits(told: Told, found: dict[str, Any]) -> bool:
    """Whether an income and more is told, and what the voucher would pay is asked."""
    if "income_way" not in found or told.has(_OTHER_SUBJECT):
        return False
    if told.has(_ANY_FAMILY) and not told.has(FIRST_PERSON):
        return False
    if found["income_way"] == "social_assistance" and not {"booked_rate", "care_cost"} & set(found):
        return False  # the articles say that the voucher is the highest
    return told.has(_WISH) and told.has(_OF_US) and len(found) > len({"income_way", "income_sum"} & set(found))


def _first_of(day: str | None) -> str | None:
    return day if day and day.endswith("-01") else None


def _income(told: Told) -> dict[str, Any]:
    """The way in which the income is told, with its one amount; none beside another amount that may be income too."""
    if told.has(_ASSISTANCE):
        return {"income_way": "social_assistance"}
    amounts = [one for one in _amounts(told) if one[2] != "other"]
    found = {(amount, per) for amount, of, per in amounts if of == "income"}
    if both := _of_both(told, amounts):
        return both
    if len(found) != 1 or any(not of for _, of, _ in amounts):
        return {}
    amount, per = found.pop()
    if per == "month" and float(amount.split("-")[-1]) >= TOGETHER_MONTHLY:
        return {}  # the check would take it for that of a year without asking
    if told.has(_DETERMINING):
        return {} if per == "month" else {"income_way": "determining", "determining_income": amount}
    return known(income_way="sum", income_sum=amount, income_per="month" if per == "month" else None)


def _of_both(told: Told, amounts: list[tuple[str, str, str]]) -> dict[str, Any]:
    """The wages of two persons together, where both are told alike: "je gagne 4500 par mois et mon mari 3200"."""
    wages = [(amount, per) for amount, of, per in amounts if of != "cost"]
    if len(wages) != 2 or not _AND_SPOUSE[told.lang].search(told.said) or "-" in wages[0][0] + wages[1][0]:
        return {}
    periods = {per for _, per in wages if per}
    total = sum(float(amount) for amount, _ in wages)
    month = "month" if periods else None
    return known(income_way="sum", income_sum=f"{total:.2f}", income_per=month)


def _amounts(told: Told) -> Iterator[tuple[str, str, str]]:
    """Each amount as an answer, what it is of (income, cost or "") and per what (month, other or "")."""
    start = 0
    for match in _AMOUNT[told.lang].finditer(told.said):
        before = told.said[start : match.start()]
        behind = told.said[match.end() :].partition("|")[0]
        of = _said_of(before, told.lang, last=True) or _said_of(behind, told.lang, last=False)
        per = _PER[told.lang].match(behind)
        period = "" if not per else "other" if per["other"] else "month"
        yield _written(match), of, period
        start = match.end()


def _said_of(said: str, lang: str, last: bool) -> str:
    """What an amount is of, by the last or the first word for it."""
    kinds = {"income": _INCOME, "cost": _COST, "none": _NO_INCOME}
    found = [(hit.end(), kind) for kind, words in kinds.items() for hit in words[lang].finditer(said)]
    return (max(found) if last else min(found))[1] if found else ""


def _written(match: re.Match[str]) -> str:
    """An amount or the two ends of a range as the question takes them."""
    if match["alone"]:
        return f"{_number(match['alone'])}.00"
    low, high = _number(match["low"]), _number(match["high"])
    return f"{low * 1000 if low < 1000 <= high else low}.00-{high}.00"


def _number(said: str) -> int:
    return int(said.replace("x", ""))


def _adults(told: Told) -> str | None:
    alone = household(told) == "alone" or told.has(_ALONE)
    if alone == told.has(_TOGETHER):
        return None if alone or household(told) != "married" else "two"
    return "one" if alone else "two"


def _children(told: Told) -> str | None:
    found = {_counted(match["count"], told.lang) for match in _HEADS[told.lang].finditer(told.said)}
    return str(found.pop()) if len(found) == 1 else None


def _counted(said: str, lang: str) -> int | None:
    return int(said) if said.isdigit() else _WORDS.get(said) or spelled(said, lang)


def _rates(told: Told) -> dict[str, int]:
    """The rate of care and the rate that was granted, each where it is told once."""
    care: list[int] = []
    granted: list[int] = []
    for clause in told.said.split("|"):
        if _AT_CARE[told.lang].search(clause):
            weekly = (_counted(match["count"], told.lang) for match in _WEEK[told.lang].finditer(clause))
            care += [20 * days for days in weekly if days]
        for match in _RATE.finditer(clause):
            if _GRANTED[told.lang].search(clause):
                granted.append(int(match["rate"]))
            elif _AT_CARE[told.lang].search(clause):
                care.append(int(match["rate"]))
    return known(booked_rate=_only(care), granted_rate=_only(granted))


def _only(found: list[Any]) -> Any:
    return found[0] if len(set(found)) == 1 else None
