"""What a reader of answers says to a text that tries to answer, but not in a way that fits."""

from typing import Any


class Unclear(ValueError):
    """The text is a bad answer; `expected` is a code of the catalogues, `facts` are the figures of its sentence."""

    def __init__(self, expected: str, **facts: Any):
        super().__init__(expected)
        self.expected, self.facts = expected, facts
