"""The text form that questions and passages share, so that spelling variants, endings and synonyms meet."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from knowledge.glossary import Expressions, Meanings

_SPECIAL = {"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l"} | dict.fromkeys("«»„“”‚‘’–—·…", " ")
# Most letters with a mark, ready to be replaced at once; the others are taken apart one by one.
_LETTERS = str.maketrans(
    {chr(code): unicodedata.normalize("NFD", chr(code))[0] for code in range(0xE0, 0x180) if chr(code).islower()}
    | _SPECIAL
)
_WORD = re.compile(r"[^\W_]+")
_THOUSANDS = re.compile(r"(?<=\d)['’ \u00a0\u202f](?=\d{3}(?!\d))")
# Not in "neue" or "Steuer", where the u belongs to another sound, nor in "Frequenz".
_UMLAUT = re.compile(r"(?<![aeiouq])([aou])e")
_LINKS = ("", "s", "n", "en", "es", "er", "e")
_SHORTEST_PART = 3


def fold(text: str, lang: str = "") -> str:
    """Lower case without accents, ligatures, apostrophes and hyphens: words between single spaces.

    With `lang` "de" also ae, oe and ue become a, o and u, so that "fuer", "für" and "fur" are one word.
    """
    bare = unicodedata.normalize("NFKC", _THOUSANDS.sub("", text)).lower().translate(_LETTERS)
    if not bare.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFD", bare) if not unicodedata.combining(c))
    joined = " ".join(_WORD.findall(bare))
    return _UMLAUT.sub(r"\1", joined) if lang == "de" else joined


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: folded, its stem, whether it counts little, its compound parts, its glossary groups."""

    word: str
    stem: str
    stop: bool
    parts: tuple[str, ...]
    meanings: tuple[str, ...]


class Analysis:
    """Turns text of one language into tokens.

    `stem` cuts the ending off a folded word; `stop` and `nouns` (what compounds may be made of) are folded;
    `expressions` is the glossary in stems.
    """

    def __init__(
        self,
        lang: str,
        stem: Callable[[str], str],
        stop: Iterable[str],
        nouns: Iterable[str],
        expressions: Expressions,
    ) -> None:
        self.lang = lang
        self._stem = stem
        self._stems: dict[str, str] = {}
        self._stop = frozenset(stop)
        self._nouns = frozenset(noun for noun in nouns if len(noun) >= _SHORTEST_PART)
        self._parts: dict[str, tuple[str, ...]] = {}
        self._meanings = Meanings(expressions)

    def words(self, text: str) -> list[str]:
        """The folded words of a text."""
        return fold(text, self.lang).split()

    def stem(self, word: str) -> str:
        """The stem of a folded word."""
        found = self._stems.get(word)
        if found is None:
            found = self._stems[word] = self._stem(word) if not word.isdigit() else word
        return found

    def stems(self, text: str) -> tuple[str, ...]:
        """The stems of the words of a text."""
        return tuple(self.stem(word) for word in self.words(text))

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a text, in order."""
        return self.tokens_of(self.words(text))

    def tokens_of(self, words: list[str]) -> list[Token]:
        """The tokens of folded words, in order."""
        stems = [self.stem(word) for word in words]
        meanings = self._meanings.at(stems)
        return [
            Token(word, stem, word in self._stop, parts, self._with_parts(meanings.get(place, ()), parts))
            for place, (word, stem) in enumerate(zip(words, stems, strict=True))
            for parts in (self.parts(word),)
        ]

    def parts(self, word: str) -> tuple[str, ...]:
        """The stems of the parts of a German compound; () for a word that is none."""
        if self.lang != "de" or len(word) < 2 * _SHORTEST_PART + 1 or word in self._stop:
            return ()
        found = self._parts.get(word)
        if found is None:
            cut = self._cut(word) or ()
            found = self._parts[word] = tuple(self.stem(part) for part in cut) if len(cut) > 1 else ()
        return found

    def heads(self, word: str) -> list[tuple[str, str]]:
        """Ways to cut a German word after a known noun (with its linking sound), the longest noun first."""
        if self.lang != "de":
            return []
        return [
            (word[: size + len(link)], word[size + len(link) :])
            for size in range(len(word) - _SHORTEST_PART, _SHORTEST_PART, -1)
            if word[:size] in self._nouns
            for link in _LINKS
            if word[size : size + len(link)] == link
        ]

    def _with_parts(self, meanings: tuple[str, ...], parts: tuple[str, ...]) -> tuple[str, ...]:
        if meanings or not parts:
            return meanings
        return tuple(dict.fromkeys(m for part in parts for m in self._meanings.of(part)))

    def _cut(self, word: str) -> tuple[str, ...] | None:
        """The fewest known nouns that make up the word, each with one linking sound at most."""
        best: tuple[str, ...] | None = (word,) if word in self._nouns else None
        for size in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            head = word[:size]
            if head not in self._nouns:
                continue
            for link in _LINKS:
                rest = word[size + len(link) :]
                if len(rest) < _SHORTEST_PART or word[size : size + len(link)] != link:
                    continue
                tail = self._tail(rest)
                if tail and (best is None or best == (word,) or len(tail) + 1 < len(best)):
                    best = (head, *tail)
        return best

    def _tail(self, rest: str) -> tuple[str, ...] | None:
        if rest in self._nouns:
            return (rest,)
        for ending in ("s", "n", "en", "e", "es", "er"):
            if rest.endswith(ending) and rest[: -len(ending)] in self._nouns:
                return (rest[: -len(ending)],)
        return self._cut(rest) if len(rest) > 2 * _SHORTEST_PART else None
