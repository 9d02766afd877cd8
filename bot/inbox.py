"""The questions that found no answer, for the editors: grouped by likeness, with the articles that come nearest."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from bot.memory import Memory
from knowledge.analysis import fold
from knowledge.search import best

ALIKE = 70  # of 100, by the words two questions share
NEAREST = 3
SHOWN = 20
COMMAND = "/inbox"


@dataclass
class Group:
    """Questions that mean much the same: how often, when last, the wordings, and the nearest passages."""

    lang: str
    number: int = 0
    last: str = ""
    wordings: list[str] = field(default_factory=list)

    def nearest(self) -> list[str]:
        """The passages that come nearest to the first wording, as "article#anchor", best first."""
        return [f"{hit.passage.article}#{hit.passage.anchor}" for hit in best(self.wordings[0], self.lang, NEAREST)]


def grouped(rows: Iterable[tuple[str, str, str, str]]) -> list[Group]:
    """The groups of stored questions (day, language, kind, question), the most frequent first."""
    groups: list[tuple[str, Group]] = []
    for day, lang, _, question in rows:
        said = fold(question, lang)
        near = [(fuzz.token_set_ratio(said, other), group) for other, group in groups if group.lang == lang]
        likeness, group = max(near, key=lambda pair: pair[0], default=(0.0, Group(lang)))
        if likeness < ALIKE:
            group = Group(lang)
            groups.append((said, group))
        group.number += 1
        group.last = max(group.last, day)
        if question not in group.wordings:
            group.wordings.append(question)
    return sorted((group for _, group in groups), key=lambda group: (-group.number, group.last))


def lines(groups: Iterable[Group]) -> Iterator[str]:
    """The groups as plain lines."""
    for group in groups:
        yield f"{group.number} × [{group.lang}] {group.wordings[0]} ({group.last}) → {', '.join(group.nearest())}"
        yield from (f"    {wording}" for wording in group.wordings[1:])


async def overview(memory: Memory) -> str:
    """The most frequent groups for a message to an editor."""
    rows = [(str(day), str(lang), str(kind), str(text)) for day, lang, kind, text in await memory.unanswered()]
    return "\n".join(lines(grouped(rows)[:SHOWN])) or "–"


def is_inbox(text: str) -> bool:
    """Whether a text asks for the inbox."""
    return text.strip().partition("@")[0] == COMMAND
