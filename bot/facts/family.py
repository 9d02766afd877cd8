"""What a message tells of a family: how it lives, in which commune, the stage of the child, when care begins."""

from typing import Any

from bot.facts.days_told import only, roles_of_days
from bot.facts.told import Told, meaning
from checks.family import CARE_START

ADAPTATION = meaning(fr=r"adaptation", de=r"\w*eingewohn\w*|gewohn(?:t|en) sich")
CARE = meaning(
    fr=r"creches?|mamans? de jour|familles? de jour|parents de jour|accueillie?s?|nounou|gardee?s?"
    r"|prise? en charge|place",
    de=r"kita\w*|tagesfamilie|tagesmutter|tageseltern|betreu\w*|\w*platz",
)
WORK = meaning(
    fr=r"(?:re)?travail\w*|boss\w+|(?<!la )postes?|contrat|formation|etudes|apprentissage|reprise"
    r"|embauch\w+|fonctions?|repren\w+|recommenc\w+ (?:comme|le|en)",
    de=r"\w*arbeit\w*|schaff\w*|job\w*|\w*stelle\w*|\w*studium|ausbildung|lehre|steige\w*|wiedereinstieg|einstieg"
    r"|mein\w{0,2} pensum|betrieb|tatigkeit|wieder an",
)
NO_CARE = meaning(
    fr=r"nee?s?|naissance|demenag\w*|depos\w+|confirm\w+|decision|ferm\w+|vacances|conge|quitt\w+|part|augment\w+",
    de=r"geboren|geburt\w*|umzug|umgezogen|ziehe\w*|einreich\w*|eingereicht|bestatig\w*|verfug\w*|ferien|urlaub"
    r"|verlass\w*|erhoh\w*",
)
RIGHT = meaning(fr=r"droit", de=r"anspruch")
_MARRIED = meaning(
    fr=r"(?<!ex )mon (?:mari|epoux|epouse)|ma (?:femme|epouse)|(?<!pas )marie(?:e|s|es)?|partenariat enregistre",
    de=r"mein\w{0,2} (?:mann|frau)|(?<!nicht )verheiratet|verhuratet|ehepaar",
)
_ALONE = meaning(
    fr=r"(?:je (?:suis|vis|habite)|vivant) seule?|seule? avec (?:mon|ma|mes)|(?:maman|papa|mere"
    r"|pere)"
    r" (?:solo|seule?)|monoparentale?|(?:eleve|elever) (?:\w+ ){0,3}seule?",
    de=r"alleinerziehend\w*|(?:lebe|wohne) (?:\w+ )?allein\w*|allein mit|erziehe (?:\w+ ){0,3}allein|single",
)
_COUPLE = meaning(
    fr=r"mon (?:mari|conjoint|epoux|partenaire|compagnon|copain)|ma (?:femme|conjointe|epouse|partenaire|compagne"
    r"|copine)",
    de=r"mein\w{0,2} (?:mann|partner(?:in)?|freund(?:in)?|frau)",
)
SEPARATED = meaning(
    fr=r"separ\w+|divorc\w+|quittee?|ex|veu(?:f|ve)",
    de=r"getrennt\w*|trennung|geschieden|scheid\w+|ausgezogen|ex\w{0,5}|verwitwet",
)
_LIVING = meaning(
    fr=r"concubinage|(?:vivons|habitons|on vit|on habite) ensemble|meme toit",
    de=r"konkubinat|(?:leben|wohnen) zusammen",
)
_COMMON = meaning(
    fr=r"enfant (?:en )?commun|(?:enfant|bebe|fille|fils) ensemble",
    de=r"gemeinsame[nms]? kind\w*|(?:kind|baby|tochter|sohn) zusammen",
)
_NOT_COMMON = meaning(fr=r"(?:sans|pas d) enfants? (?:en )?commun", de=r"(?:ohne|kein) gemeinsame[ns]? kind\w*")
_COMMUNES = {
    code: meaning(
        fr=rf"(?:habit|viv|domicili)\w* (?:\w+ )?(?:(?:a|en|dans) (?:la )?(?:ville de )?)?{fr}",
        de=rf"(?:wohn|leb)\w* (?:\w+ ){{0,2}}in (?:der )?(?:stadt )?{de}",
    )
    for code, fr, de in (
        ("bern", "berne", "bern"),
        ("biel", "(?:bienne|biel)", "(?:biel|bienne)"),
        ("thun", "(?:thoune|thun)", "thun"),
    )
}
_STAGES = {
    "preschool": meaning(
        fr=r"pas encore a l ecole(?: enfantine)?|prescolaire|bebe|nourrisson",
        de=r"noch nicht (?:im|in den) kindergarten|vorschulalter|baby|saugling",
    ),
    "kindergarten": meaning(
        fr=r"(?:est|va|vont|sont|entre|commence)(?: deja)? (?:a l |l |en )(?:ecole enfantine|[12]h)",
        de=r"(?<!kind )(?:im|in den|in) (?:kindergarten|chindsgi|chindergarte)",
    ),
    "school": meaning(
        fr=r"(?:est|va) (?:en [3-8]h|a l ecole primaire)", de=r"in (?:der|die) (?:[1-6] klasse|primarschule)"
    ),
}
_TO_FR = (
    r"(?:bon|bons|bon de garde) (?:pour )?(?:la |une )|(?:va|ira|vont|entre|commence\w*|place|gardee?s?"
    r"|accueillie?s?|sera"
    r"|reste|mis|mets) (?:\w+ ){0,2}(?:a|en|dans|chez|par) (?:la |une |cette |notre )?|(?:va|ira) (?:a )?la "
)
_TO_DE = (
    r"gutschein fur (?:die |eine )|(?:geht|kommt|ist|gehen|beginnt|startet|betreut) (?:\w+ ){0,6}(?:in|zu|zur|von|bei)"
    r" (?:der |die |einer |eine )?|in die "
)
_PROVIDERS = {
    "daycare": meaning(fr=rf"(?:{_TO_FR})creche", de=rf"(?:{_TO_DE})kita"),
    "day_family": meaning(
        fr=rf"(?:{_TO_FR}|chez )(?:maman|famille|parents) de jour",
        de=rf"(?:{_TO_DE})(?:tagesmutter|tagesfamilie|tageseltern)",
    ),
}
_SEVERAL = meaning(
    fr=r"(?:deux|trois|quatre|2|3|4|nos|mes) (?:\w+ )?(?:enfants|filles|fils)|jumeaux|jumelles",
    de=r"(?:zwei|drei|vier|2|3|4|unsere|meine) (?:\w+ )?(?:kinder|tochter und|sohne)|zwillinge",
)


def household(told: Told) -> str | None:
    """How the family lives, only where a word says exactly that; a partner alone does not say whether married."""
    married, alone = told.has(_MARRIED), told.has(_ALONE) and not told.has(_COUPLE)
    if told.has(SEPARATED):
        return "alone" if alone else None
    if told.has(_LIVING) and not married and not alone:
        if told.has(_NOT_COMMON):
            return "cohabiting"
        return "common_child" if told.has(_COMMON) else None
    if married == alone:
        return None
    return "married" if married else "alone"


def provider(told: Told) -> str | None:
    """Who looks after the child, where the voucher or the child is said to be for there."""
    found = [code for code, words in _PROVIDERS.items() if told.has(words)]
    return found[0] if len(found) == 1 else None


def commune(told: Told) -> str | None:
    """The commune in which the family lives, where it is named."""
    found = [code for code, words in _COMMUNES.items() if told.has(words)]
    return found[0] if len(found) == 1 else None


def school_stage(told: Told) -> str | None:
    """The stage of the one child; an age does not say it."""
    found = [code for code, words in _STAGES.items() if told.has(words)]
    if "preschool" in found:
        found = ["preschool"]
    return found[0] if len(found) == 1 and not told.has(_SEVERAL) else None


def care_start(told: Told) -> str | None:
    """The first day of care, where no adaptation is told of."""
    if told.has(ADAPTATION):
        return None
    days = roles_of_days(told, {"care": CARE, "work": WORK, "right": RIGHT, "no": NO_CARE}).get("care", [])
    return only(days, CARE_START, told)


def known(**answers: Any) -> dict[str, Any]:
    """The answers that are there."""
    return {name: answer for name, answer in answers.items() if answer is not None}
