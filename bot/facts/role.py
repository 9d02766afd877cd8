"""A case for the check of the roles of a support service: one's own role, what was filed with it, whom to invite."""

from typing import Any

from bot.facts.applicant_account import APPLICANT, account_applications
from bot.facts.family import known
from bot.facts.institution import INSTITUTION
from bot.facts.persons import FIRST_PERSON
from bot.facts.told import Told, meaning

_SERVICE = meaning(
    fr=r"services? de soutien|service social|assistante? sociale?|travailleu(?:r|se) sociale?|puericult\w+"
    r"|(?:notre|mon) service|aide aux refugies|education precoce|accompagne des familles",
    de=r"unterstutzungsdienst\w*|sozialdienst\w*|sozialarbeiter\w*|sozialberat\w*|vaterberatung|fruherziehung"
    r"|unser\w{0,2} dienst\w*|begleite (?:\w+ )?familien",
)
_FAMILIES = meaning(
    fr=r"(?:une?|deux|trois|quatre|plusieurs|des|de|les|d autres|\d) (?:autres )?familles?",
    de=r"(?:eine?r?|ne|re|zwei|drei|vier|mehrere|andere|fremde|von|fur|\d) familien?",
)
_OWN_FAMILY = meaning(fr=r"(?:ma|sa) propre famille", de=r"(?:meine|ihre|seine) eigene familie")
_ADMIN = meaning(
    fr=r"(?:suis|comme|en tant qu) (?:l |une? )?(?:administrat(?:rice|eur)|admin)",
    de=r"(?:bin|als) (?:die |der |eine? )?(?:administrator(?:in)?|admin)",
)
_STAFF = meaning(
    fr=r"(?:suis|comme) (?:une? )?collabora(?:trice|teur) specialisee?",
    de=r"(?:bin|als) (?:eine? )?sachbearbeiter(?:in)?",
)
_NO_ACCESS = meaning(
    fr=r"(?:pas encore|pas|sans|aucun) (?:d |un )?acces|aucun role|pas (?:encore )?de role",
    de=r"(?:noch )?kein\w{0,2} (?:zugang|rolle|zugriff)|ohne zugang",
)
_INVITE = meaning(fr=r"inviter|invite une?|j invite", de=r"einladen|lade .{0,40} ein|einzuladen")
_FILE = meaning(
    fr=r"(?:deposer|faire|saisir|remplir) (?:une|la|des) demandes?|deposer pour",
    de=r"antrage? (?:ein(?:zu)?reichen|erfassen|stellen|machen)",
)
_COLLEAGUE = meaning(
    fr=r"(?:une?|ma|mon|notre) collegue\b.{0,90}\b(?:demandeu\w+)",
    de=r"(?:eine?|meine?|unsere?) kolleg\w+\b.{0,90}\bantragsteller\w*",
)
_ADDRESSES = {
    "private": meaning(fr=r"adresse (?:\w+ )?privee", de=r"private\w{0,2} (?:mail)?adresse"),
    "shared": meaning(fr=r"info (?:de|du)|adresse commune|adresse info", de=r"info adresse|gemeinsame\w{0,2} adresse"),
    "applicant_account": meaning(
        fr=r"(?:a|ayant) deja un (?:compte|role) (?:de |d |comme )?demandeu\w+",
        de=r"schon (?:eine? )?antragsteller\w*|bereits (?:eine? )?antragsteller\w*",
    ),
}
_SIGNED = meaning(
    fr=r"procuration (?:est |deja )?signee|(?:ai|avons|avec) (?:une|la) procuration(?! pas)",
    de=r"unterschriebene\w? vollmacht|vollmacht (?:ist |schon )?unterschrieben|vollmacht unterzeichnet",
)
_NOT_SIGNED = meaning(
    fr=r"(?:pas|sans|aucune)(?: encore)?(?: de)? procuration|procuration (?:\w+ ){0,2}pas",
    de=r"(?:keine|ohne|noch keine) (?:\w+ )?vollmacht|vollmacht (?:\w+ ){0,2}(?:nicht|fehlt)",
)
_WISH = meaning(
    fr=r"que (?:dois|devons|faire|se passe)|fais quoi|quoi faire|et maintenant|quel role|possible|puis je|ca marche"
    r"|comment|peut on|que puis",
    de=r"was (?:muss|mussen|mache|passiert|tun|soll|nun|jetzt)|welche rolle|geht das|darf ich|wie (?:kann|mache|muss)"
    r"|kann ich|und jetzt|ist das moglich",
)
_OTHER_SUBJECT = meaning(
    fr=r"pourquoi|mot de passe|(?:mes|nos) (?:\w+ )?enfants|creche|garderie|courriel du canton|mail du canton"
    r"|supprimer",
    de=r"warum|passwort|(?:meine|unsere) (?:\w+ )?kinder|kita|krippe|mail vom kanton|loschen",
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
        attorney_signed=_signed(told) if topic == "file" else None,
        invited_address=_address(told) if topic == "invite" else None,
        account_applications=account_applications(told) if of_account else None,
        filed_for=None if not of_account or families == own else "other_families" if families else "own_family",
    )


def fits(told: Told, found: dict[str, Any]) -> bool:
    """Whether a role and what is to be done with it are told, and what to do is asked."""
    if not told.has(_WISH) or not told.has(FIRST_PERSON) or told.has(_OTHER_SUBJECT):
        return False
    return len(found) > 1 or found.get("service_role") == "none"


def _role(told: Told) -> str | None:
    found = [code for code, words in (("admin", _ADMIN), ("staff", _STAFF), ("none", _NO_ACCESS)) if told.has(words)]
    if told.has(APPLICANT) and not found and not _of_colleague(told) and not told.has(_ADDRESSES["applicant_account"]):
        return "applicant"
    return found[0] if len(found) == 1 else None


def _of_colleague(told: Told) -> bool:
    return told.has(_COLLEAGUE) and not told.has(_INVITE)


def _topic(told: Told) -> str | None:
    found = [code for code, words in (("file", _FILE), ("invite", _INVITE)) if told.has(words)]
    if found == ["file"] and not told.has(_FAMILIES):
        return None
    return found[0] if len(found) == 1 else None


def _address(told: Told) -> str | None:
    found = [code for code, words in _ADDRESSES.items() if told.has(words)]
    return found[0] if len(found) == 1 else None


def _signed(told: Told) -> bool | None:
    if told.has(_NOT_SIGNED):
        return False
    return True if told.has(_SIGNED) else None
