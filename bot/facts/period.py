"""A case for the check of the period: when care, adaptation and work begin, and which application by when."""

from datetime import date
from typing import Any

from bot.facts.adaptation_days import days_of_adaptation
from bot.facts.days_told import only, roles_of_days
from bot.facts.family import ADAPTATION, care_start, known
from bot.facts.institution import COMMUNE, SUPPORT_SERVICE
from bot.facts.persons import FIRST_PERSON, OWN_CHILD
from bot.facts.told import Told, meaning
from checks.adaptation_dates import FILED_ON
from checks.law.calendar import period_start

_PERIOD = meaning(
    fr=r"quelles? (?:periode|annee)s?|(?:une|1) ou (?:deux|2) demandes?|combien de demandes",
    de=r"welche\w? (?:perioden?|jahr)|einen oder zwei antrage?|ein oder zwei antrage|wie viele antrage",
)
_BY_WHEN = meaning(
    fr=r"jusqu a quand|jusque quand|quand (?:est ce que )?(?:\w+ ){0,4}(?:depos\w+|demande)|trop tard|delai|a temps"
    r"|date limite|au plus tard|(?:des|a partir de) quand (?:\w+ ){0,3}(?:demande|deposer)|encore possible",
    de=r"bis wann|bis wenn|zu spat|frist|rechtzeitig|wann (?:\w+ ){0,4}(?:einreich\w*|antrag)|letzter? termin"
    r"|spatestens"
    r"|ab wann (?:\w+ ){0,3}antrag|geht das noch",
)
_WHAT_TO_DO = meaning(
    fr=r"que faire|que dois je (?:faire|deposer)|que devons nous (?:faire|deposer)|comment faire",
    de=r"was (?:muss|mussen|soll|sollen) (?:ich|wir) (?:\w+ )?(?:tun|machen|einreichen)|was tun|wie gehe ich vor",
)
_RENEWAL = meaning(fr=r"renouvel\w+|prolong\w+", de=r"erneuer\w*|verlanger\w*")
_NEXT = meaning(
    fr=r"(?:prochaine|nouvelle) periode|periode prochaine|aout prochain|annee prochaine|termine (?:a la )?fin juillet",
    de=r"(?:nachste|neue|kommende)\w? (?:periode|jahr)|lauft (?:\w+ )?ende juli",
)
_RUNNING = meaning(fr=r"periode (?:en cours|actuelle)", de=r"(?:laufende|aktuelle|jetzige)\w? periode")
_FIRST = meaning(fr=r"premiere demande|nouvelle place", de=r"erste\w? antrag|neue[nr]? platz")
_PAPER = meaning(
    fr=r"(?:je|nous|on) (?:\w+ ){0,4}demande (?:\w+ )?sur papier",
    de=r"(?:ich|wir) (?:\w+ ){0,4}(?:auf papier|papierantrag)",
)
_FILED = meaning(
    fr=r"(?:ai|avons|a) (?:\w+ )?(?:depose|envoye|remis|valide)",
    de=r"(?:habe|haben) .{0,40}\b(?:eingereicht|abgeschickt)",
)
_FILING = meaning(
    fr=r"(?:je|on|nous) (?:la |le )?(?:depos\w+|envoi\w*|envoyons|enverr\w+)|(?:ai|avons) (?:\w+ )?(?:depose|envoye)",
    de=r"(?:reiche|reichen|reich) (?:ich|wir|den|unser\w*|meinen)|antrag|eingereicht",
)
_OTHER_SUBJECT = meaning(
    fr=r"recours|decision|reponse|(?:je|nous|on) demenag\w*|(?:mon|notre) demenagement|ferm\w+|vacances|documents?"
    r"|papiers|confirmation|pourquoi|montant|francs?"
    r"|besoin \w+|inscri\w+",
    de=r"beschwerde|einsprache|verfugung|antwort|umzug|ziehe\w*|ferien|unterlagen|dokumente|bestatig\w*|warum|betrag"
    r"|franken|indikation|anmeld\w*",
)


def facts(told: Told) -> dict[str, Any]:
    """The answers that the message gives to the questions of this check."""
    care = care_start(told)
    days = {} if care else days_of_adaptation(told)
    renewal = told.has(_RENEWAL) and not told.has(ADAPTATION)
    running, following = told.has(_RUNNING), told.has(_NEXT)
    renewed = None if not renewal or running == following else "running" if running else "next"
    first = told.has(_FIRST) and not renewal and care
    occasion = "adaptation" if {"adaptation_begins", "work_begins"} <= set(days) else None
    return {
        **known(
            filing_occasion=occasion or ("renewal" if renewal else "first" if first else None),
            renewed_period=renewed,
            care_start=care,
            filed_on=_filed_on(told),
            filed_by=_filed_by(told),
        ),
        **days,
    }


def fits(told: Told, found: dict[str, Any]) -> bool:
    """Whether the days of a case are told, and nothing is asked but which application by when."""
    if told.has(_OTHER_SUBJECT):
        return False
    if found.get("filing_occasion") == "adaptation":
        return told.has(_PERIOD, _BY_WHEN) or (told.has(_WHAT_TO_DO) and _across_august(found))
    if not told.has(_PERIOD, _BY_WHEN):
        return False
    own = "renewed_period" in found and told.has(FIRST_PERSON)
    return own or ("care_start" in found and (told.has(OWN_CHILD) or "filed_by" in found))


def _filed_by(told: Told) -> str | None:
    """Who files and how, where somebody speaks for a commune or a support service, or writes of paper."""
    speakers = (("commune", COMMUNE), ("support_service", SUPPORT_SERVICE), ("parents_paper", _PAPER))
    found = [code for code, words in speakers if told.has(words)]
    return found[0] if len(found) == 1 else None


def _filed_on(told: Told) -> str | None:
    """The day of filing: one that is past where it is told as done."""
    days = roles_of_days(told, {"filing": _FILING, "other": _CARE_OR_WORK}).get("filing", [])
    return only(days, FILED_ON, told, past=told.has(_FILED))


_CARE_OR_WORK = meaning(
    fr=r"creches?|place|accueilli\w*|adaptation|travail\w*|maman de jour|decision|nee?|commence",
    de=r"kita\w*|\w*platz|betreu\w*|\w*eingewohn\w*|arbeit\w*|tagesfamilie|verfug\w*|geboren|beginn\w*|startet",
)


def _across_august(found: dict[str, Any]) -> bool:
    """Whether the adaptation begins in the period before that of the work."""
    begins, work = (date.fromisoformat(found[name]) for name in ("adaptation_begins", "work_begins"))
    return period_start(begins) < period_start(work)
