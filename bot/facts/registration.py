"""A case for the check of the registration: where an institution stands with kiBon, and what comes next."""

from typing import Any

from bot.facts.applicant_account import APPLICANT
from bot.facts.family import known
from bot.facts.institution import INSTITUTION
from bot.facts.persons import FIRST_PERSON, OWN_CHILD
from bot.facts.told import Told, meaning

_NOT_INVITED = meaning(
    fr=r"(?:pas|aucune|sans|jamais) (?:\w+ )?(?:d )?invit\w+", de=r"(?:keine|nie eine|ohne) einladung|nicht eingeladen"
)
_SITUATIONS = {
    "applicant": meaning(
        fr=r"comme (?:un |des |une )?(?:parents?|maman)|demandeu(?:r|se)|auteure? de la demande",
        de=r"wie (?:ein\w{0,2} )?eltern\w*|antragsteller\w*",
    ),
    "users": meaning(
        fr=r"inviter (?:une?|des|d autres|ma|mon|notre|nos|deux|trois)",
        de=r"(?:mitarbeiter\w*|kolleg\w*|person\w*) .{0,40}einladen",
    ),
    "activate": meaning(fr=r"a activer|activer (?:les|nos)|doivent etre activees", de=r"aktivier\w+"),
    "wrong_data": meaning(
        fr=r"(?:est|sont) (?:fausse?s?|faux|errone\w*|incorrecte?s?)", de=r"(?:ist|sind) .{0,20}falsch"
    ),
    "invited": meaning(
        fr=r"invitee?s?(?! une? | des )|(?:recu|ai|avons) (?:l |une? |notre )?(?:mail d )?invitation|envoye (?:l "
        r"|une )?invitation",
        de=r"eingeladen|einladung .{0,30}(?:erhalten|bekommen|geschickt|da)|(?:erhalten|bekommen) .{0,20}einladung",
    ),
    "new": meaning(
        fr=r"(?:pas|pas encore) (?:dans kibon|enregistree?s?|inscrite?s?)|(?:nous|m) enregistrer",
        de=r"(?:noch )?nicht (?:in|bei|im) kibon|nicht registriert|(?:uns|mich) (?:\w+ ){0,3}(?:zu )?registrieren",
    ),
}
_OTHER_ADDRESS = meaning(fr=r"(?:une )?autre adresse", de=r"andere\w{0,2} adresse")
_PRIVATE = meaning(fr=r"mais .*adresse (?:\w+ )?privee", de=r"aber .*privat\w{0,2} adresse")
_SHARED = meaning(
    fr=r"adresse (?:commune|info|partagee)|info (?:de|du)", de=r"(?:gemeinsame\w{0,2}|info|geteilte\w{0,2}) adresse"
)
_SAME = meaning(fr=r"(?:la )?meme adresse", de=r"(?:der )?gleiche\w{0,2} adresse|selbe\w{0,2} adresse")
_ADMIN = meaning(
    fr=r"(?:suis|comme) (?:l |une? )?administrat(?:rice|eur) (?:de l )?organisme",
    de=r"(?:bin|als) (?:die |der )?administrator(?:in)? (?:der|einer|unserer) tragerschaft",
)
_ADMIN_OF_ONE = meaning(
    fr=r"(?:suis|comme) (?:l |une? )?administrat(?:rice|eur) (?:de l |d une )?institution",
    de=r"(?:bin|als) (?:die |der )?administrator(?:in)? (?:der|einer|unserer) institution",
)
_STAFF = meaning(
    fr=r"suis (?:une? )?collabora(?:trice|teur) specialisee?", de=r"(?:^|ich )?bin (?:eine? )?sachbearbeiter(?:in)?"
)
_ONE = meaning(
    fr=r"(?:une|d une) seule (?:de (?:nos|ces) )?(?:creches?|institutions?)", de=r"nur (?:fur )?(?:eine|einer|einem)"
)
_ALL = meaning(fr=r"toutes (?:les|nos) (?:creches|institutions)", de=r"alle (?:unsere )?(?:kitas|institutionen)")
_ALONE = meaning(fr=r"une seule personne|moi seule?", de=r"(?:eine )?(?:einzige|nur eine) person|nur ich")
_EACH = meaning(fr=r"chaque (?:institution|creche)|chacune", de=r"jede (?:kita|institution|krippe)")
_WISH = meaning(
    fr=r"comment|que (?:faire|dois|devons)|fais quoi|fait quoi|quoi faire|quel role|ca marche|et maintenant|possible"
    r"|puis je",
    de=r"wie (?:gehe|gehen|muss|mussen|mache)|was (?:muss|mussen|mache|machen|tun|jetzt)|welche rolle|geht das"
    r"|und jetzt"
    r"|darf ich|kann ich",
)
_OTHER_SUBJECT = meaning(
    fr=r"bon|bons|place|confirm\w*|refus\w*|services? de soutien|service social|familles?|groupes|pourquoi|taux|cout\w*"
    r"|a qui",
    de=r"gutschein\w*|\w*platz|bestatigt|unterstutzungsdienst\w*|sozialdienst\w*|familien?|pensum|warum|kostet|an wen"
    r"|suchen",
)


def facts(told: Told) -> dict[str, Any]:
    """The answers that the message gives to the questions of this check."""
    situation = _situation(told)
    if not told.has(INSTITUTION) or situation is None:
        return {}
    own: dict[str, Any] = {}
    if situation == "invited":
        own = known(login_with=_login(told))
    elif situation == "applicant":
        own = known(logged_in_with="other" if told.has(_OTHER_ADDRESS) else "invited" if told.has(_SAME) else None)
    elif situation == "users":
        own = known(inviter=_inviter(told), works_for=_works_for(told))
    elif situation == "new":
        own = known(who_manages=_who_manages(told))
    return {"registration_situation": situation, **own}


def fits(told: Told, found: dict[str, Any]) -> bool:
    """Whether somebody asks for an own institution what to do next."""
    return told.has(_WISH) and told.has(FIRST_PERSON) and not told.has(_OTHER_SUBJECT, OWN_CHILD)


def _situation(told: Told) -> str | None:
    """Where the institution stands: whoever is treated as an applicant has the invitation behind them."""
    found = [code for code, words in _SITUATIONS.items() if told.has(words)]
    if told.has(_NOT_INVITED):
        return None
    if found[:1] == ["applicant"] and told.has(APPLICANT, _SITUATIONS["applicant"]):
        return "applicant"
    return found[0] if len(found) == 1 else None


def _login(told: Told) -> str | None:
    shared, other = told.has(_SHARED), told.has(_OTHER_ADDRESS, _PRIVATE)
    return None if shared == other else "shared" if shared else "other"


def _inviter(told: Told) -> str | None:
    roles = (("responsible_admin", _ADMIN), ("institution_admin", _ADMIN_OF_ONE), ("staff", _STAFF))
    found = [code for code, words in roles if told.has(words)]
    return found[0] if len(found) == 1 else None


def _works_for(told: Told) -> str | None:
    one, every = told.has(_ONE), told.has(_ALL)
    return None if one == every else "one" if one else "all"


def _who_manages(told: Told) -> str | None:
    alone, each = told.has(_ALONE), told.has(_EACH)
    return None if alone == each else "one_for_all" if alone else "each_its_own"
