"""What stands below a picture of amounts: that the commune decides, and the rules with their dates."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from bot.documents.picture import HEIGHT, Label

LETTERS = 104  # of a line
SIZE, LINE = 9, 11  # pixels
MOST_LINES = 8
ROOM = MOST_LINES * LINE + 4


def footing(texts: Sequence[str], left: float) -> Iterator[Label]:
    """The texts one below the other, each on as many lines as it needs; the last line at the foot of the picture."""
    lines = [line for text in texts for line in wrap(text, LETTERS)][:MOST_LINES]
    for number, line in enumerate(reversed(lines)):
        yield Label(left, HEIGHT - 5 - number * LINE, line, SIZE, colour="quiet")
