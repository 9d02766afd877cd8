"""An account of the role "applicant": whether a message speaks of one, and how far its applications are."""

from bot.facts.told import Told, meaning

APPLICANT = meaning(
    fr=r"demandeu(?:r|se)s?|auteure? de la demande|(?:compte|login|acces) (?:\w+ )?(?:prive|perso\w*|de parents?)"
    r"|(?:propre|mon|son) login",
    de=r"antragsteller\w*|eltern(?:konto|login|zugang)|(?:eigene|private)\w{0,2} (?:login|konto"
    r"|zugang)",
)
_NOT_DECIDED = meaning(
    fr=r"(?:pas|jamais|non|ni)(?: encore)?(?: ete)? decidee?s?",
    de=r"(?:nicht|noch nicht|nie"
    r"|(?<=freigegeben )noch) (?:verfugt|entschieden)",
)
_DECIDED = meaning(
    fr=r"decidee?s?|cloturee?s?|decisions? (?:\w+ )?(?:tombees?|arrivees?|la|rendues?)",
    de=r"verfugt|entschieden|abgeschlossen|verfugung(?:en)? (?:\w+ ){0,2}da",
)
_NOT_RELEASED = meaning(
    fr=r"(?:pas|non)(?: encore)? (?:ete )?(?:validee?s?|envoyee?s?|liberee?s?)|brouillons?"
    r"|rien n est (?:encore )?valide",
    de=r"(?:nicht|noch nicht|weder) (?:freigegeben|abgeschickt)|entwurf|entwurfe|agfange|angefangen"
    r"|nichts ist freigegeben",
)
_RELEASED = meaning(
    fr=r"validee?s?|liberee?s?|a la commune|aupres de la commune|chez la commune",
    de=r"freigegeben|bei der gemeinde|liegt bei",
)
_MORE = meaning(
    fr=r"deux|trois|quatre|plusieurs|l une|l autre|des demandes", de=r"zwei|drei|vier|mehrere|einer|der andere|antrage"
)
_ALL = meaning(fr=r"toutes?|les deux sont|toutes les deux", de=r"alle|beide sind|alles")


def account_applications(told: Told) -> str | None:
    """How far the most advanced application is; None where another one may be further than those told of."""
    states = _states(told)
    if "decided" in states:
        return "decided"
    if len(states) == 1 and (not told.has(_MORE) or told.has(_ALL)):
        return states.pop()
    return "released" if states == {"released", "draft"} else None


def _states(told: Told) -> set[str]:
    said = _NOT_DECIDED[told.lang].sub("", told.said)
    found = {"decided"} if _DECIDED[told.lang].search(said) else set()
    if _NOT_RELEASED[told.lang].search(said):
        found.add("draft")
    said = _NOT_RELEASED[told.lang].sub("", said)
    return found | ({"released"} if _RELEASED[told.lang].search(said) else set())
