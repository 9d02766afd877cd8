"""Messages that tell a personal case, with the facts to be filled in, and general questions that must open no check.

`personal_cases/<check>.<set>.txt`: "fr> message" and below it "= question=answer ..."; "fr- general question".
"~ question=answer ..." stands for "=" where facts that are told are still missed, or the check does not open at all.
Set 1 was written before the code, sets 2 and 3 (traps: other people's rates, negations, what is over) after it; sets 5
to 8 by somebody who had read neither the code (5) nor the messages of sets 1 to 4; 7 holds traps and questions only.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "personal_cases"


@dataclass(frozen=True)
class ToldCase:
    """A message, and the answers it gives to the questions of `check`; no answers where no check may open.

    `missed`: not all of these answers are found.
    """

    check: str
    lang: str
    text: str
    answers: dict[str, Any]
    missed: bool = False

    @property
    def name(self) -> str:
        return f"{self.check}-{self.lang}-{self.text[:60]}"


def told_cases() -> list[ToldCase]:
    """All messages of the folder."""
    return [case for path in sorted(FOLDER.glob("*.txt")) for case in _read(path)]


def _read(path: Path) -> list[ToldCase]:
    check, found = path.name.split(".")[0], []
    for line in path.read_text(encoding="utf-8").splitlines():
        lang, mark, text = line[:2], line[2:3], line[4:]
        if line.startswith(("= ", "~ ")):
            last = found.pop()
            answers = dict(part.split("=", 1) for part in re.findall(r'\S+=(?:"[^"]*"|\S+)', line))
            values = {name: _value(written) for name, written in answers.items()}
            found.append(ToldCase(check, last.lang, last.text, values, line[0] == "~"))
        elif mark in (">", "-"):
            found.append(ToldCase(check, lang, text, {}))
        elif line.strip():
            raise ValueError(f"{path.name}: {line!r}")
    return found


def _value(written: str) -> Any:
    if written.startswith("["):
        return written[1:-1].split(",")
    if written.startswith('"'):
        return written[1:-1]
    if written in ("true", "false"):
        return written == "true"
    return int(written) if written.isdigit() else written
