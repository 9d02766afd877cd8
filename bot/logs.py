"""Logs: one JSON object a line, with the reference that an error reply shows, and nothing that points at a person."""

import json
import logging
import secrets
import sys
from contextvars import ContextVar
from datetime import UTC, datetime

from bot.masks import masked

# Without vowels no word comes about, without figures nothing is masked as a person's number.
_LETTERS, _LENGTH = "bcdfghjkmnpqrstvwxz", 7
_reference: ContextVar[str] = ContextVar("reference", default="")


def new_reference() -> str:
    """Begin a piece of work: its reference is in all log lines from here on, and given back."""
    reference = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    _reference.set(reference)
    return reference


class Lines(logging.Formatter):
    """A record as one line of JSON; of an error only its kind and the places in the code, never its text."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "of": record.name,
            "reference": _reference.get(),
            "text": masked(record.getMessage()),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line |= {"error": type(record.exc_info[1]).__name__, "at": _places(record.exc_info[1])}
        return json.dumps({key: value for key, value in line.items() if value}, ensure_ascii=False)


def _places(error: BaseException) -> str:
    """Where it happened, innermost last: "turn.py:31 take < conversation.py:52 reply"."""
    places, step = [], error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        places.append(f"{code.co_filename.rpartition('/')[2]}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    return " < ".join(places)


def to_standard_error() -> None:
    """Log to standard error, from INFO on for what is ours and from WARNING on for the rest."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("kibon-bot").setLevel(logging.INFO)
    # Its library logs whole messages and answers that it cannot read; the channel says so without them.
    logging.getLogger("telegram").setLevel(logging.CRITICAL + 1)
