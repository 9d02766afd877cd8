"""What is wrong with a request, told as a page or as JSON: what happened, and what to do."""

from typing import Any


class Problem(Exception):
    """A request that is refused: the HTTP status, and the code of its sentences (`web.problem.<code>`)."""

    def __init__(self, status: int, code: str):
        super().__init__(code)
        self.status, self.code = status, code


def wants_json(headers: Any) -> bool:
    """Whether whoever asks reads JSON: it sent some, or accepts nothing that a person reads."""
    accepted = headers.get("accept", "")
    return headers.get("content-type", "").startswith("application/json") or (
        "application/json" in accepted and "text/html" not in accepted
    )
