"""A case for the check of the documents: how a family lives, what it does, how it applies; which papers it needs."""

from typing import Any

from bot.facts.activities import activities, answers_of
from bot.facts.family import CARE, SEPARATED, care_start, household, known
from bot.facts.persons import FIRST_PERSON
from bot.facts.special_need import KINDS
from bot.facts.told import Told, meaning

_WISH = meaning(
    fr=r"(?:quel(?:le)?s?|quoi|de quels|comme|liste (?:des|de)) (?:sont )?(?:les )?(?:documents?|papiers?"
    r"|justificatifs?"
    r"|pieces|attestations)|documents? (?:me|nous|il)|(?:faut|dois|devons) (?:\w+ )?joindre",
    de=r"(?:welche|was fur|alle) (?:unterlagen|dokumente?|papiere?|belege?|bestatigung)|unterlagen|dokumenten?"
    r"|(?:muss|mussen) (?:\w+ )?beilegen",
)
_WAYS = {
    "online": meaning(fr=r"en ligne|sur kibon", de=r"online|im internet"),
    "paper": meaning(fr=r"(?:sur|en|version|demande) papier", de=r"auf papier|papierform\w*"),
    "support_service": meaning(
        fr=r"(?:service social|assistante? sociale?) (?:\w+ )?(?:depose|fait|remplit|saisit)|par le service social",
        de=r"(?:sozialdienst|sozialarbeiter\w*) (?:\w+ )?(?:reicht|stellt|fullt|macht)|durch den sozialdienst",
    ),
}
_BASES = {
    "social_assistance": meaning(
        fr=r"(?<!pas )(?:a|de|touch\w+|recev\w+|recois) l aide sociale",
        de=r"(?:beziehe\w*|bekomme\w*|erhalte\w*) sozialhilfe",
    ),
    "tax_import": meaning(
        fr=r"repren\w* (?:mes |nos |les )?donnees fiscales",
        de=r"(?:ubernimmt|importiert) (?:\w+ )?steuerdaten|steuerdaten (?:ubernimmt|importiert)",
    ),
    "none": meaning(
        fr=r"(?:ne veux|ne voulons) pas (?:indiquer|donner|declarer) (?:mon|notre|nos) revenus?",
        de=r"(?:mein|unser) einkommen nicht (?:angeben|offenlegen|deklarieren)",
    ),
}
_TAX_PAPERS = {
    "assessment": meaning(
        fr=r"(?:recu|ai|avons) (?:l |notre |mon )?avis de taxation",
        de=r"(?:habe|haben) (?:\w+ ){0,2}(?:veranlagung\w*|steuerveranlagung)(?! noch nicht)",
    ),
    "return": meaning(
        fr=r"(?<!pas de )(?<!sans )declaration d impots? (?:est |deja )*(?:remplie|faite|envoyee)",
        de=r"(?<!keine )steuererklarung (?:ist |schon |bereits )*(?:ausgefullt|gemacht|eingereicht)",
    ),
}
_INCOME_FALL = meaning(
    fr=r"(?:nos|mes|notre|mon) revenus? (?:ont|a) (?:\w+ )?(?:baisse|diminue)",
    de=r"(?:unser|mein) einkommen (?:\w+ ){0,6}(?:gesunken|zuruckgegangen)",
)
_CHILDREN = {
    code: meaning(
        fr=rf"(?:mes|nos|avec|marie\w?) {fr} enfants", de=rf"(?:mit|meine\w?|unsere\w?|fur) (?:meinen )?{de} kindern?"
    )
    for code, fr, de in (
        ("two", "(?:deux|2)", "(?:zwei|2)"),
        ("three", "(?:trois|3)", "(?:drei|3)"),
        ("four", "(?:quatre|4)", "(?:vier|4)"),
    )
}
_SPECIAL = meaning(fr=r"besoins particuliers|handicap\w*", de=r"besondere\w? bedurfnisse\w?|behinder\w*")
_NEED = tuple(KINDS.values())
_OTHER_SUBJECT = meaning(
    fr=r"format|oubli\w+|ou (?:dois|envoyer|deposer)|pourquoi|prouver|la creche doit|signer|proteg\w+|combien",
    de=r"format|vergess\w*|wohin|warum|nachweis\w*|unterschreib\w*|geschutzt|muss die kita|wie lange",
)


def facts(told: Told) -> dict[str, Any]:
    """The answers that the message gives to the questions of this check."""
    ways = [code for code, words in _WAYS.items() if told.has(words)]
    bases = [code for code, words in _BASES.items() if told.has(words)]
    papers = [code for code, words in (("need", _NEED), ("special_needs", (_SPECIAL,))) if told.has(*words)]
    taxes = [code for code, words in _TAX_PAPERS.items() if told.has(words)]
    children = [code for code, words in _CHILDREN.items() if told.has(words)]
    return known(
        care_start=care_start(told) if told.has(CARE) else None,
        filing_way=ways[0] if len(ways) == 1 else None,
        income_basis=bases[0] if len(bases) == 1 else None,
        household=household(told),
        tax_papers=taxes[-1] if taxes else None,
        income_fall=told.has(_INCOME_FALL) or None,
        child_papers=papers or None,
        number_of_children=children[0] if len(children) == 1 else None,
        **answers_of(activities(told), rated=False),
    )


def fits(told: Told, found: dict[str, Any]) -> bool:
    """Whether a family tells enough of itself that a list of its own says more than a passage."""
    if not told.has(_WISH) or not told.has(FIRST_PERSON) or told.has(_OTHER_SUBJECT):
        return False
    if told.has(SEPARATED) and "household" not in found:
        return False
    by_the_way = {"household"} if found.get("household") == "married" and not told.has(_SAID_MARRIED) else set()
    basis = found.get("income_basis") in ("tax_import", "none")
    return basis or len(found.keys() - by_the_way) > 1 or bool(found.keys() & {"tax_papers", "income_fall"})


_SAID_MARRIED = meaning(fr=r"mariee?s?", de=r"verheiratet")  # not only "my husband"
