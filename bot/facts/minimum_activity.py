"""A case for the check of the minimum activity: who works at which rate, and whether that is enough."""

from typing import Any

from bot.facts.activities import activities, answers_of
from bot.facts.family import ADAPTATION, SEPARATED, care_start, commune, household, known, provider, school_stage
from bot.facts.persons import FIRST_PERSON
from bot.facts.told import Told, meaning

_ENTITLED = meaning(
    fr=r"droit|suffi\w*|assez|minim(?:um|al)|(?:obtenir|recevoir|avoir|toucher) (?:un |le |des )?bons?|pour le bon",
    de=r"anspruch\w*|reicht?|reichen|genug\w*|genugt|berechtigt|zugut|\w*minimum|mindest\w+"
    r"|(?:bekomm|erhalt|krieg)\w* (?:\w+ ){0,3}gutschein|gutschein (?:bekomm|erhalt|krieg|haben)\w*"
    r"|gibt es .{0,20}gutschein|steht (?:mir|uns) (?:\w+ )?(?:gutschein|zu)",
)
_ASKS = meaning(
    fr=r"comment|quel\w*|quand|combien|pourquoi|qui|est ce|faut|peut|doi\w*",
    de=r"wie|was|welche\w*|wann|warum|wer|wo|muss\w*|kann|darf|wieviel\w*",
)
_OTHER_SUBJECT = meaning(
    fr=r"pourquoi|documents?|papiers|justificatifs?|attestation|formulaire|prouv\w+|besoin \w*|indication|service \w+"
    r"|conge|maternite|francs?|chf|revenus?|salaire de|annonc\w+|periode|delai|termine|fin de contrat|exception\w*"
    r"|(?:droit|accord\w+|octroy\w+) (?:a |de |est de )+\d+|employeur|indiquer|heures sup\w*|compt\w+"
    r"|\d+ pct de droit|places? a",
    de=r"warum|unterlagen|dokumente?|papiere|belege?|bestatig\w*|formular|nachweis\w*|weise\w* .* nach|indikation"
    r"|fachstelle|urlaub|mutterschaft\w*|franken|chf|einkommen|melden|periode|frist|endet|ausnahme\w*"
    r"|(?:anspruch|berechtigt) (?:auf|von|ist) \d+|\d+ pct anspruch|arbeitgeber|angeben|uberstunden|zahl(?:t|en)"
    r"|\w*platze?",
)


def facts(told: Told) -> dict[str, Any]:
    """The answers that the message gives to the questions of this check."""
    return known(
        care_start=care_start(told),
        school_stage=school_stage(told),
        commune=commune(told),
        household=household(told),
        provider=provider(told),
        **answers_of(activities(told), rated=True),
    )


def fits(told: Told, found: dict[str, Any]) -> bool:
    """Whether rates are told and nothing is asked but whether they are enough."""
    rates = [name for name, answer in found.items() if isinstance(answer, int)]
    if not rates or not told.has(FIRST_PERSON) or told.has(_OTHER_SUBJECT, ADAPTATION):
        return False
    if told.has(SEPARATED) and "household" not in found:
        return False
    persons = {name[-1] for name in rates}
    return told.has(_ENTITLED) or (len(persons) == 2 and not told.has(_ASKS))
