"""The command that assesses whole cases from a file: one case, or one a line."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic_core import from_json, to_json

from bot.assessment import assessed, told
from bot.options import Refused
from bot.words import words
from checks.assess import WholeCase


def assess(options: argparse.Namespace) -> int:
    """Assess one case, or one a line; an invalid one is answered on its own line and the rest go on."""
    if options.schema:
        print(json.dumps(WholeCase.model_json_schema(by_alias=True), ensure_ascii=False, indent=2))
        return 0
    if options.file is None:
        raise Refused('give a file with a case, or "-" for standard input')
    say, wrong, count = words(options.lang), 0, 0
    for case in _cases(options.file):
        answer = assessed(case, say)
        wrong, count = wrong + ("error" in answer), count + 1
        print(to_json(answer).decode() if options.json else "\n".join([*told(answer, say), ""]))
    if wrong:
        sys.stderr.write(f"kibon-bot: {wrong} of {count} cases are not right\n")
    return 1 if wrong else 0


def _cases(file: str) -> Iterator[Any]:
    """The cases of a file: one a line, or one for the whole file where its first line is only a part of it."""
    try:
        with sys.stdin if file == "-" else Path(file).open(encoding="utf-8") as stream:
            first = stream.readline()
            case = _parsed(first)
            if case is None:
                whole = first + stream.read()
                yield from (
                    (_parsed(line) for line in whole.splitlines()) if _parsed(whole) is None else [_parsed(whole)]
                )
                return
            yield case
            yield from (_parsed(line) for line in stream if line.strip())
    except (OSError, UnicodeDecodeError) as problem:
        raise Refused(f"{file}: cannot be read ({problem.__class__.__name__})") from None


def _parsed(text: str) -> Any:
    """The JSON value of a text; None, which is no case, where it is none."""
    try:
        return from_json(text)
    except ValueError:
        return None
