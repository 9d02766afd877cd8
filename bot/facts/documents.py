"""A case for the check of the documents: how a family lives, what it does, how it applies; which papers it needs."""

from typing import Any

from bot.facts.activities import activities, answers_of
from bot.facts.family import CARE, SEPARATED, care_start, household, known
from bot.facts.persons import FIRST_PERSON
from bot.facts.told import Told, meaning

_WISH = meaning(
    fr=r"quels? (?:sont les )?(?:documents?|papiers?|justificatifs?|pieces)|comme (?:documents?|papiers?"
    r"|justificatifs?)"
    r"|documents? (?:me|nous|il)|liste (?:des|de) documents",
    de=r"(?:welche|was fur|alle) (?:unterlagen|dokumente?|papiere?|belege?)|unterlagen|dokumente",
)
_WAYS = {
    "online": meaning(fr=r"en ligne|sur kibon", de=r"online|im internet"),
    "paper": meaning(fr=r"(?:sur|en|version|demande) papier", de=r"auf papier|papierform\w*"),
    "support_service": meaning(
        fr=r"service social (?:\w+ )?(?:depose|fait|remplit|saisit)|par le service social",
        de=r"sozialdienst (?:\w+ )?(?:reicht|stellt|fullt|macht)|durch den sozialdienst",
    ),
}
_BASES = {
    "social_assistance": meaning(
        fr=r"(?:a|de|touch\w+|recev\w+|recois) l aide sociale", de=r"(?:beziehe\w*|bekomme\w*|erhalte\w*) sozialhilfe"
    ),
    "tax_import": meaning(
        fr=r"reprend\w* (?:mes |nos |les )?donnees fiscales", de=r"(?:ubernimmt|importiert) (?:\w+ )?steuerdaten"
    ),
}
_NEED = meaning(fr=r"besoin (?:d ordre )?(?:social|linguistique)", de=r"(?:sozial|sprachlich)\w{0,2} indikation")
_SPECIAL = meaning(fr=r"besoins particuliers|handicap\w*", de=r"besondere\w? bedurfnisse\w?|behinder\w*")
_OTHER_SUBJECT = meaning(
    fr=r"format|oubli\w+|ou (?:dois|envoyer|deposer)|pourquoi|prouver|la creche doit|signer|proteg\w+|combien",
    de=r"format|vergess\w*|wohin|warum|nachweis\w*|unterschreib\w*|geschutzt|muss die kita|wie lange",
)


def facts(told: Told) -> dict[str, Any]:
    """The answers that the message gives to the questions of this check."""
    ways = [code for code, words in _WAYS.items() if told.has(words)]
    bases = [code for code, words in _BASES.items() if told.has(words)]
    papers = [code for code, words in (("need", _NEED), ("special_needs", _SPECIAL)) if told.has(words)]
    return known(
        care_start=care_start(told) if told.has(CARE) else None,
        filing_way=ways[0] if len(ways) == 1 else None,
        income_basis=bases[0] if len(bases) == 1 else None,
        household=household(told),
        child_papers=papers or None,
        **answers_of(activities(told), rated=False),
    )


def fits(told: Told, found: dict[str, Any]) -> bool:
    """Whether a family tells enough of itself that a list of its own says more than a passage."""
    if not told.has(_WISH) or not told.has(FIRST_PERSON) or told.has(_OTHER_SUBJECT, SEPARATED):
        return False
    by_the_way = {"household"} if found.get("household") == "married" and not told.has(_SAID_MARRIED) else set()
    return len(found.keys() - by_the_way) > 1


_SAID_MARRIED = meaning(fr=r"mariee?s?", de=r"verheiratet")  # not only "my husband"
