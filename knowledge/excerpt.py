"""Cuts out of a passage the sentences that say most about a question."""

import re

from knowledge.analysis import Analysis
from knowledge.question import Question

# A sentence ends before a capital, but not with an abbreviation.
_END = re.compile(r"(?<=[\w%)»“]{3}[.!?])(?<!bzw\.)(?<!inkl\.)(?<!exkl\.)\s+(?=[^\W\d_a-zß-ÿ]|[«„])|\n+")
_LEFT_OUT = "…"
_ITEM = re.compile(r"- |\d+\. ")
# So much of a question's weight counts that a cut begins where the passage does, and needs nothing before it.
_OPENING = 0.1


def excerpt(question: Question, text: str, analysis: Analysis, characters: int) -> str:
    """The neighbouring sentences or items of a text that hold most of a question, in at most so many characters.

    `analysis` is that of the text's language. Of a sentence that is longer, the first words. An ellipsis stands for
    what is left out before and after.
    """
    room = characters - 2 * len(f"{_LEFT_OUT} ")
    ends = [*_END.finditer(text)]
    starts = [0, *(end.end() for end in ends)]
    stops = [*(end.start() for end in ends), len(text)]
    held = [_held(question, analysis, text[start:stop]) for start, stop in zip(starts, stops, strict=True)]
    opening = _OPENING * question.total
    best: tuple[float, int, str] = (-1.0, 0, "")
    for first, start in enumerate(starts):
        together: dict[int, float] = {}
        for last in range(first, len(stops)):
            cut = text[start : stops[last]]
            end = stops[last]
            if len(cut) > room:
                if last > first:
                    break
                cut = cut[: room + 1].rpartition(" ")[0]
                end = start + len(cut)
            for number, weight in held[last].items():
                together[number] = max(together.get(number, 0.0), weight)
            weight = sum(together.values()) + (0.0 if first else opening)
            if (weight, len(cut)) > best[:2]:
                best = (weight, len(cut), _before(cut, first) + cut + (f" {_LEFT_OUT}" if end < len(text) else ""))
    return best[2]


def _before(cut: str, first: int) -> str:
    """The ellipsis before what begins with the sentence or item `first`; an item of a list keeps its own line."""
    return "" if not first else f"{_LEFT_OUT}\n" if _ITEM.match(cut) else f"{_LEFT_OUT} "


def _held(question: Question, analysis: Analysis, sentence: str) -> dict[int, float]:
    """The words of the question, by number, that a sentence holds in any form, with their weights."""
    held: dict[int, float] = {}
    for token in analysis.tokens(sentence):
        for term in (token.stem, *token.meanings, *token.parts):
            if term in question.terms:
                number, strength = question.terms[term]
                held[number] = max(held.get(number, 0.0), question.units[number].weight * strength)
    return held
