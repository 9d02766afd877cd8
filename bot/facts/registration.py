"""A case for the check of the registration: where an institution stands with kiBon, and what comes next."""

from typing import Any

from bot.facts.applicant_account import APPLICANT
from bot.facts.family import known
from bot.facts.institution import INSTITUTION
from bot.facts.persons import FIRST_PERSON, OWN_CHILD
from bot.facts.told import HOW, Told, meaning

_NOT_INVITED = meaning(
    fr=r"(?:pas|aucune|sans|jamais) (?:\w+ ){0,2}(?:[dl] )?invit\w+",
    de=r"(?:keine|nie eine|ohne) einladung|nicht eingeladen",
)
_SITUATIONS = {
    "applicant": meaning(
        fr=r"(?:comme|pour) (?:un |des |une )?(?:parents?|maman|mere)|demandeu(?:r|se)|auteure? de la demande",
        de=r"(?:wie|als) (?:ein\w{0,2} )?eltern\w*|antragsteller\w*|halt mich fur (?:eine mutter|ein\w{0,2} eltern\w*)",
    ),
    "users": meaning(
        fr=r"inviter (?:une?|des|d autres|la|ma|mon|notre|nos|deux|trois)|donner (?:un )?acces a",
        de=r"(?:mitarbeiter\w*|kolleg\w*|person\w*|leiterin|leiter) .{0,40}einladen|zugang (?:\w+ ){0,3}geben"
        r"|(?:meine\w|unsere\w) \w+ einen zugang",
    ),
    "activate": meaning(
        fr=r"(?:a|les) activer|activer (?:les|nos|mes)|doivent etre activees|pas actives", de=r"aktivier\w+"
    ),
    "wrong_data": meaning(
        fr=r"(?:est|sont) (?:fausse?s?|faux|errone\w*|incorrecte?s?)|montre encore l ancien\w*",
        de=r"(?:ist|sind) .{0,20}falsch|steht (?:noch )?(?:immer )?(?:der|die|das) alte",
    ),
    "invited": meaning(
        fr=r"invitee?s?(?! une? | des )|(?:recu|ai|avons) (?:l |une? |notre )?(?:mail d )?invitation"
        r"|invitation (?:kibon )?est arrivee|envoye (?:l "
        r"|une )?invitation",
        de=r"eingeladen|einladung .{0,60}(?:erhalten|bekommen|geschickt|da)|einladung kam|(?:erhalten"
        r"|bekommen) .{0,20}einladung",
    ),
    "new": meaning(
        fr=r"(?:pas|pas encore) (?:dans kibon|enregistree?s?|inscrite?s?)|(?:nous|m) enregistrer|pas encore d acces",
        de=r"(?:noch )?nicht (?:in|bei|im) kibon|nicht registriert\w*|noch keinen zugang|(?:uns"
        r"|mich) (?:\w+ ){0,3}(?:zu )?registrieren",
    ),
}
_OTHER_ADDRESS = meaning(fr=r"(?:une )?autre adresse", de=r"andere\w{0,2} adresse")
_PRIVATE = meaning(fr=r"mais .*adresse (?:\w+ )?(?:privee|perso\w*)", de=r"aber .*privat\w{0,2} adresse")
_SHARED = meaning(
    fr=r"(?:adresse|boite) (?:commune|info|partagee)|info (?:de|du)",
    de=r"(?:gemeinsame\w{0,2}|info|geteilte\w{0,2}) adresse",
)
_SAME = meaning(fr=r"(?:la )?meme adresse", de=r"(?:der )?gleiche\w{0,2} adresse|selbe\w{0,2} adresse")
_ADMIN = meaning(
    fr=r"(?:suis|comme) (?:l |une? )?(?:administrat(?:rice|eur)|admin) (?:de l |d un )?organisme",
    de=r"(?:bin|als) (?:die |der )?(?:administrator(?:in)?|admin) (?:der|einer|unserer) tragerschaft",
)
_ADMIN_OF_ONE = meaning(
    fr=r"(?:suis|comme) (?:l |une? )?administrat(?:rice|eur) (?:de l |d une )?institution",
    de=r"(?:bin|als) (?:die |der )?administrator(?:in)? (?:der|einer|unserer) institution",
)
_STAFF = meaning(
    fr=r"suis (?:une? )?collabora(?:trice|teur) specialisee?", de=r"(?:^|ich )?bin (?:eine? )?sachbearbeiter(?:in)?"
)
_ONE = meaning(
    fr=r"d une de nos (?:creches|institutions)|(?:une|d une) seule (?:de (?:nos|ces) )?(?:creches?|institutions?)",
    de=r"einer unserer (?:kitas|institutionen)|nur (?:fur )?(?:eine|einer|einem)",
)
_ALL = meaning(fr=r"toutes (?:les|nos) (?:creches|institutions)", de=r"alle (?:unsere )?(?:kitas|institutionen)")
_ALONE = meaning(fr=r"une seule personne|moi seule?", de=r"(?:eine )?(?:einzige|nur eine) person|nur ich")
_EACH = meaning(fr=r"chaque (?:institution|creche)|chacune", de=r"jede (?:kita|institution)|jede (?:schaut )?fur sich")
_ONE_AND_OTHERS = meaning(
    fr=r"une personne (?:\w+ )?(?:gere\w*|s occupe\w*) (?:de )?tout et (?:\w+ )?(?:deux|trois|d autres|une autre)",
    de=r"eine person (?:\w+ ){0,3}(?:alles|alle) (?:\w+ )?und (?:zwei|drei|weitere|andere)",
)
_MAY_INVITE = meaning(
    fr=r"(?:doit|pourra|puisse) (?:aussi )?(?:pouvoir )?(?:inviter|administrer)",
    de=r"(?:sie|er) (?:soll|darf|muss) (?:\w+ ){0,3}(?:einladen|administrieren)",
)
_NO_ADMIN = meaning(
    fr=r"(?:sans|pas de) droits? d administration|(?:ne doit|doit) pas (?:inviter|administrer)",
    de=r"(?:ohne|keine) administrationsrechte|(?:soll|muss) nicht (?:einladen|administrieren)",
)
_OTHER_SUBJECT = meaning(
    fr=r"bon|bons|place|confirm\w*|refus\w*|services? de soutien|service social|(?<!de )familles?(?! de jour)|groupes"
    r"|pourquoi|taux|cout\w*",
    de=r"gutschein\w*|\w*platz|bestatigt|unterstutzungsdienst\w*|sozialdienst\w*|familien?|pensum|warum|kostet"
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
        own = known(inviter=_inviter(told), works_for=_works_for(told), administers=_administers(told))
    elif situation == "new":
        own = known(who_manages=_who_manages(told))
    return {"registration_situation": situation, **own}


def fits(told: Told, found: dict[str, Any]) -> bool:
    """Whether somebody asks for an own institution what to do next."""
    if len(found) == 1 and not told.has(HOW):
        return False
    return told.has(FIRST_PERSON) and not told.has(_OTHER_SUBJECT, OWN_CHILD)


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
    if shared or other:
        return None if shared == other else "shared" if shared else "other"
    return "invited" if told.has(_SAME) else None


def _inviter(told: Told) -> str | None:
    roles = (("responsible_admin", _ADMIN), ("institution_admin", _ADMIN_OF_ONE), ("staff", _STAFF))
    found = [code for code, words in roles if told.has(words)]
    return found[0] if len(found) == 1 else None


def _works_for(told: Told) -> str | None:
    one, every = told.has(_ONE), told.has(_ALL)
    return None if one == every else "one" if one else "all"


def _who_manages(told: Told) -> str | None:
    ways = (("one_for_all", _ALONE), ("each_its_own", _EACH), ("one_and_others", _ONE_AND_OTHERS))
    found = [code for code, words in ways if told.has(words)]
    return found[0] if len(found) == 1 else None


def _administers(told: Told) -> bool | None:
    return False if told.has(_NO_ADMIN) else True if told.has(_MAY_INVITE) else None
