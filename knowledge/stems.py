"""Word stems: the Snowball stem of a word, with German verb forms and irregular words led to one stem first."""

import re
from collections.abc import Callable, Mapping

_PREFIX = (
    "ab|an|auf|aus|bei|durch|ein|fest|frei|her|hin|hoch|los|mit|nach|nieder|uber|um|vor|weg|weiter|wieder|zu|zuruck"
    "|zusammen"
)
_INFIX = re.compile(rf"({_PREFIX})(?:ge|zu)(?!wohn)(\w{{3,}}(?:t|en))")
_PARTICIPLE = re.compile(r"ge(?!wohn)(\w{3,}[^\Waeiou]t|\w{3,}et)(?:e[mnrs]?)?")
_NO_PARTICIPLE = re.compile(
    r"ge(?:burt|biet|halt|richt|samt|schaft|setzt?|sicht|walt|wicht|recht|stalt|schlecht|rat|bet)"
    r"|\w+(?:heit|keit|schaft)"
)
# "nous habitons": Snowball leaves the ending on.
_WE = re.compile(r"\w{3,}[^\Wi]ons")
_ENDING = re.compile(r"(?<=\w{4})et$|(?<=\w{3}[^\Waeiou])t$")


def stems(lang: str, snowball: Callable[[str], str], forms: Mapping[str, str]) -> Callable[[str], str]:
    """The stem function of a language. `forms` leads irregular folded words to the word they are a form of."""

    def plain(word: str) -> str:
        known = forms.get(word)
        if known is None and _WE.fullmatch(word):
            return snowball(word[:-3] + "er")
        return snowball(known or word)

    def german(word: str) -> str:
        known = forms.get(word)
        if known:
            return _shorter(snowball(known))
        found = _INFIX.fullmatch(word)
        if found:
            word = found[1] + found[2]
        elif not _NO_PARTICIPLE.fullmatch(word):
            found = _PARTICIPLE.fullmatch(word)
            word = found[1] if found else word
        return _shorter(snowball(forms.get(word, word)))

    return german if lang == "de" else plain


def _shorter(stem: str) -> str:
    """Snowball leaves -ung on short words and never cuts the -t of verbs."""
    if len(stem) > 6 and stem.endswith("ung"):
        stem = stem[:-3]
    return _ENDING.sub("", stem)
