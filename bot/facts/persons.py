"""Who a message speaks of: the one who writes, the partner, both, or somebody whose facts do not count."""

import re
from dataclasses import dataclass

from bot.facts.told import meaning

SELF, PARTNER, BOTH, OTHER = 1, 2, 0, -1

_NEAR_FR = r"mon (?:mari|conjoint|epoux|epouse|partenaire|compagnon|copain|mec|ami|amie|homme)"
_NEAR_FR += r"|ma (?:femme|conjointe|epouse|partenaire|compagne|copine)"
_NEAR_DE = r"mein\w{0,2} (?:mann|partner(?:in)?|freund(?:in)?|frau|lebenspartner(?:in)?)"
_MARKERS = {
    "fr": (
        rf"(?P<both>(?:{_NEAR_FR}) et moi|moi et (?:{_NEAR_FR})|nous|(?<! t )on|tous les deux|les deux)"
        r"|(?P<other>(?:l |mon |son |notre )?ex(?: mari| femme| conjointe?| compagne| copain)?"
        r"|(?:mon|ma|notre|nos|mes|son|sa) (?:fils|filles?|enfants?|bebe|petite?s?|grande?s?|jumeaux)|un enfant"
        r"|(?:le|son|leur) pere|(?:la|sa) mere|(?:ma|une|la|sa) (?:voisine|soeur|collegue|cheffe|belle soeur|creche)"
        r"|(?:mon|un|le) (?:voisin|frere|collegue|chef|employeur|patron)|mes parents)"
        rf"|(?P<partner>{_NEAR_FR})|(?P<third>lui|il|elle)|(?P<self>je|j|moi|mon (?:taux|poste|pensum|travail|contrat))"
    ),
    "de": (
        rf"(?P<both>(?:{_NEAR_DE}) und ich|ich und (?:{_NEAR_DE})|wir|beide|mir (?=haben|sind|arbeite))"
        r"|(?P<other>(?:mein|unser)\w{0,2} (?:sohn\w*|tochter|kind\w*|klein\w*|baby|zwillinge|ex\w*|chef\w*"
        r"|arbeitgeber\w*"
        r"|schwester|bruder|nachbar\w*|kolleg\w*|eltern)|(?:ein|das|dem) kind|der vater|die mutter|ex(?:mann|frau)"
        r"|(?:ein|eine|die) (?:nachbarin|kollegin|bekannte|freundin))"
        rf"|(?P<partner>{_NEAR_DE})|(?P<third>er|sie)|(?P<self>ich|mein (?:pensum|job)|meine stelle|(?=(?:bin"
        rf"|arbeite|lebe|habe|suche|mache)\b))"
    ),
}
_NOT_WITH = {"fr": r"(?<!avec )(?<!pour )", "de": r"(?<!mit )(?<!fur )"}
_PATTERNS = {lang: re.compile(rf"\b{_NOT_WITH[lang]}(?:{markers})\b") for lang, markers in _MARKERS.items()}
_SOMEBODY = {"both": BOTH, "other": OTHER, "partner": PARTNER, "self": SELF}
FIRST_PERSON = meaning(
    fr=r"je|j|moi|m|mon|ma|mes|nous|notre|nos|(?<! t )(?<!peut )(?<!doit )on",
    de=r"ich|mir|mich|mein\w{0,2}|wir|uns|unser\w{0,2}|bin",
)
SOMEBODY_ELSE = meaning(
    fr=r"(?:mon|ma|mes|une?|notre|nos) (?:neveux?|nieces?|voisine?s?|soeurs?|freres?|cousine?s?|amie?s)",
    de=r"(?:mein|unser|eine)\w{0,2} (?:neffe\w*|nichte\w*|nachbar\w*|schwester\w*|bruder\w*|cousin\w*|bekannte\w?)",
)
OWN_CHILD = meaning(
    fr=r"(?:mon|ma|notre|nos|mes) (?:\w+ )?(?:fils|filles?|enfants?|bebe|petite?s?|puce|ainee?|cadette?|jumeaux"
    r"|jumelles|gar[cs]on)",
    de=r"(?:mein|unser)\w{0,2} (?:\w+ )?(?:sohn\w*|tochter|kind(?:er|es|ern)?|klein\w*|baby|zwillinge\w*|alteste\w?"
    r"|jungste\w?)",
)


@dataclass(frozen=True)
class Part:
    """What is said of one person (SELF, PARTNER, BOTH or OTHER), up to the next one."""

    person: int
    said: str


def parts_by_person(text: str, lang: str) -> list[Part]:
    """A folded message, cut where it begins to speak of somebody else; the words before the first person are lost."""
    found: list[Part] = []
    third = PARTNER
    markers = list(_PATTERNS[lang].finditer(text))
    for number, marker in enumerate(markers):
        person = _SOMEBODY.get(str(marker.lastgroup), third)
        third = person if person in (PARTNER, OTHER) else third
        end = markers[number + 1].start() if number + 1 < len(markers) else len(text)
        said = text[marker.end() : end]
        if found and found[-1].person == person:
            found[-1] = Part(person, re.sub(" +", " ", f"{found[-1].said} {said}"))
        else:
            found.append(Part(person, said))
    return found
