"""What is kept of a conversation: the language, the open check and the answers. Nothing else."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class Session(BaseModel):
    """The state of one chat. `answers` are by question, for all checks together; `offered` is the data of the numbered
    choices of the last reply, so that a number picks one of them."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    lang: str = ""
    check: str | None = None
    answers: dict[str, Any] = {}
    offered: tuple[str, ...] = ()

    def with_(self, **changes: Any) -> "Session":
        """The same session with some fields changed."""
        return self.model_copy(update=changes)
