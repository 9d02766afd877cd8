"""A case for the check of the roles of a support service: one's own role, what was filed with it, whom to invite."""

from typing import Any

from bot.facts.applicant_account import APPLICANT, account_applications
from bot.facts.family import known
from bot.facts.institution import INSTITUTION
from bot.facts.persons import FIRST_PERSON
from bot.facts.told import Told, meaning

_SERVICE = meaning(
    fr=r"services? de soutien|service social|assistante? sociale?|travailleu(?:r|se) sociale?|puericult\w+"
    r"|(?:notre|mon) service|centre de consultation|aide aux refugies|education precoce|accompagne des familles",
    de=r"unterstutzungsdienst\w*|sozialdienst\w*|sozialarbeiter\w*|sozialberat\w*|vaterberatung|fruherziehung"
    r"|unser\w{0,2} dienst\w*|beratungsstelle|begleite (?:\w+ )?familien",
)
_FAMILIES = meaning(
    fr=r"(?:une?|deux|trois|quatre|plusieurs|des|de|les|nos|d autres|la|\d) (?:autres )?familles?|une (?:mere"
    r"|maman)|un (?:pere|papa)",
    de=r"(?:eine?r?|ne|re|zwei|drei|vier|mehrere|andere|fremde|von|fur|die|unsere|\d) familien?|\w+familien?"
    r"|eine mutter|ein vater",
)
_OWN_FAMILY = meaning(
    fr=r"(?:ma|sa) propre famille|(?:mes|ses) propres enfants", de=r"(?:meine|ihre|seine) eigene\w? (?:familie|kinder)"
)
_ADMIN = meaning(
    fr=r"(?<!pas )(?:suis|comme|en tant qu|role d|role) (?:l |une? |d )?(?:administrat(?:rice|eur)|admin)",
    de=r"(?:bin|als|rolle) (?:die |der |eine? )?(?:administrator(?:in)?|admin)",
)
_STAFF = meaning(
    fr=r"(?:(?:suis|comme) (?:une? )?|role (?:de )?)collabora(?:trice|teur) specialisee?"
    r"|en tant que collabora(?:trice|teur) (?:specialisee? )?du service",
    de=r"(?:bin|als|rolle) (?:eine? )?sachbearbeit(?:er|erin|ung)",
)
_NO_ACCESS = meaning(
    fr=r"(?:pas encore|pas|sans|aucun|personne n a) (?:d |un )?acces|aucun role|pas (?:encore )?de role",
    de=r"(?:noch )?kein\w{0,2} (?:zugang|rolle|zugriff)|ohne zugang|niemand (?:hat )?einen zugang",
)
_INVITE = meaning(fr=r"inviter|invite une?|j invite", de=r"einladen|lade .{0,40} ein|einzuladen")
_FILE = meaning(
    fr=r"(?:depos|fai|saisi|rempli)\w* (?:une|la|des|leur|leurs|sa) (?:demandes?|dossiers?)|deposer pour",
    de=r"antrage? (?:\w+ ){0,2}(?:ausfull\w*|ein(?:zu)?reichen|erfassen|stellen|machen)|(?:erfasse|stelle"
    r"|reiche\w?) (?:\w+ ){0,5}antrag"
    r"|(?:fur die|fur eine) \w+ (?:\w+ )?einreichen",
)
_COLLEAGUE = meaning(
    fr=r"(?:une?|ma|mon|notre) (?:collegue|collabora\w+)|quelqu un de (?:mon|notre)",
    de=r"(?:eine?|meine?|unsere?) (?:kolleg\w+|mitarbeiter\w*)|jemand aus (?:meine|unsere)\w",
)
_ADDRESSES = {
    "private": meaning(fr=r"adresse (?:\w+ )?privee", de=r"private\w{0,2} (?:mail ?)?adresse"),
    "shared": meaning(
        fr=r"info (?:de|du)|adresse commune|adresse info", de=r"info adresse|gemeinsame\w{0,2} \w*adresse"
    ),
    "applicant_account": meaning(
        fr=r"(?:a|ayant) deja un (?:compte|role) (?:de |d |comme )?demandeu\w+|en tant que demandeu\w+"
        r"|son compte (?:de |d )?demandeu\w+",
        de=r"(?:schon|bereits) (?:eine? )?(?:konto als )?antragsteller\w*"
        r"|als antragsteller\w* (?:eine?n? )?antrag",
    ),
}
_NOT_ADDRESS = meaning(fr=r"pas (?:\w+ ){0,3}adresse", de=r"(?:nicht|keine) (?:\w+ ){0,3}\w*adresse")
_SIGNED = meaning(
    fr=r"signe (?:une |la )?procuration|procuration (?:est |deja )?signee|(?:ai|avons|avec) (?:une"
    r"|la) procuration(?! pas)",
    de=r"unterschriebene\w? vollmacht|vollmacht (?:ist |schon |hat sie |hat er )?unterschrieben"
    r"|vollmacht unterzeichnet",
)
_NOT_SIGNED = meaning(
    fr=r"refuse\w* (?:\w+ )?(?:de )?signer|(?:pas|sans|aucune)(?: encore)?(?: signe)?(?: de)? procuration"
    r"|procuration (?:\w+ ){0,2}pas",
    de=r"(?:keine|ohne|noch keine) (?:\w+ )?vollmacht|vollmacht (?:\w+ ){0,2}(?:nicht|fehlt)",
)
_ADMITTED = meaning(
    fr=r"(?:canton|avons ete|ete|est|sommes) (?:\w+ ){0,2}admis", de=r"(?:kanton|sind|wurden) (?:\w+ ){0,4}zugelassen"
)
_NOT_ADMITTED = meaning(
    fr=r"pas (?:encore )?(?:ete )?admis|attend\w* .{0,20}admission",
    de=r"nicht (?:\w+ )?zugelassen|warte\w* .{0,20}zulassung",
)
_SEE = meaning(
    fr=r"(?:je|nous|on) (?:vois|voyons|voit)|qui voit|puis je voir",
    de=r"(?:sehe ich|sehen wir|wer sieht|kann ich .{0,30}sehen)",
)
_OTHER_SUBJECT = meaning(
    fr=r"pourquoi|mot de passe|(?:mes|nos) (?:\w+ )?enfants|creche|courriel du canton|mail du canton"
    r"|supprimer",
    de=r"warum|passwort|(?:meine|unsere) (?:\w+ )?kinder|kita|mail vom kanton|loschen",
)


def facts(told: Told) -> dict[str, Any]:
    """The answers that the message gives to the questions of this check."""
    if told.has(INSTITUTION) or not (told.has(_SERVICE) or (told.has(APPLICANT) and told.has(_FAMILIES))):
        return {}
    role, topic = _role(told), None
    if role not in ("applicant", "none"):
        topic = "colleague" if _of_colleague(told) else _topic(told)
    of_account = role == "applicant" or topic == "colleague"
    families, own = told.has(_FAMILIES), told.has(_OWN_FAMILY)
    return known(
        service_role=role,
        role_topic=topic,
        service_admitted=_admitted(told),
        attorney_signed=_signed(told) if topic == "file" else None,
        invited_address=_address(told) if topic == "invite" else None,
        account_applications=account_applications(told) if of_account else None,
        filed_for=None if not of_account or families == own else "other_families" if families else "own_family",
    )


def fits(told: Told, found: dict[str, Any]) -> bool:
    """Whether a role and what is to be done with it are told, and what to do is asked."""
    if not told.asks or not told.has(FIRST_PERSON, _COLLEAGUE) or told.has(_OTHER_SUBJECT):
        return False
    return len(found) > 1 or found.get("service_role") == "none"


def _role(told: Told) -> str | None:
    found = [code for code, words in (("admin", _ADMIN), ("staff", _STAFF), ("none", _NO_ACCESS)) if told.has(words)]
    if told.has(APPLICANT) and not found and not _of_colleague(told) and not told.has(_ADDRESSES["applicant_account"]):
        return "applicant"
    return found[0] if len(found) == 1 else None


def _of_colleague(told: Told) -> bool:
    return told.has(_COLLEAGUE) and told.has(APPLICANT) and not told.has(_INVITE)


def _topic(told: Told) -> str | None:
    topics = (("see", _SEE), ("file", _FILE), ("invite", _INVITE))
    found = [code for code, words in topics if told.has(words)][: 1 if told.has(_SEE) else None]
    if found == ["file"] and not told.has(_FAMILIES):
        return None
    return found[0] if len(found) == 1 else None


def _address(told: Told) -> str | None:
    if told.has(_NOT_ADDRESS):
        return None
    found = [code for code, words in _ADDRESSES.items() if told.has(words)]
    return found[0] if len(found) == 1 else None


def _admitted(told: Told) -> bool | None:
    return False if told.has(_NOT_ADMITTED) else True if told.has(_ADMITTED) else None


def _signed(told: Told) -> bool | None:
    if told.has(_NOT_SIGNED):
        return False
    return True if told.has(_SIGNED) else None
