"""Puts right what quick typists leave out, before anything is understood: apostrophes in French, stray characters."""

import re
import unicodedata

_GLUED = {
    "jai": "j'ai",
    "javais": "j'avais",
    "jaimerais": "j'aimerais",
    "cest": "c'est",
    "cetait": "c'était",
    "quest": "qu'est",
    "quil": "qu'il",
    "quon": "qu'on",
    "sil": "s'il",
    "lenfant": "l'enfant",
    "lecole": "l'école",
    "ladaptation": "l'adaptation",
    "lactivite": "l'activité",
    "dun": "d'un",
    "dune": "d'une",
    "daccord": "d'accord",
    "nai": "n'ai",
    "nest": "n'est",
    "jusqua": "jusqu'à",
    "aujourdhui": "aujourd'hui",
}
_WORD = re.compile(r"\b(?:" + "|".join(_GLUED) + r")\b", re.IGNORECASE)
_TEXTED = re.compile(r"\bg (?=droit\b)", re.IGNORECASE)


def clean(text: str) -> str:
    """The text without control and direction characters, white space collapsed, French apostrophes put back."""
    kept = (" " if char.isspace() else char for char in unicodedata.normalize("NFKC", text))
    plain = " ".join("".join(char for char in kept if unicodedata.category(char) not in ("Cc", "Cf", "Cs")).split())
    return _WORD.sub(lambda word: _GLUED[word[0].lower()], _TEXTED.sub("j'ai ", plain))
