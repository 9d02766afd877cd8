"""A short text that holds a check and its answers, so that a person goes on elsewhere without an account.

Nothing is stored for it. The answers are the digits of one number, each in the base of its question: the place of an
option, a rate, days since 1990. Before them stand a checksum and the form of the check's questions, so that a typing
error or a check that has changed since is noticed. Letters that look like digits are read as those.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bot.session import Session
from checks.case import run
from checks.guided import Guided, guided
from checks.questions import Amount, Choice, Day, Percent, Question, Several, WrongAnswer, YesNo
from checks.rate_if_known import UNKNOWN, RateIfKnown

PREFIX = "KIBON"
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECKSUM = 32**4
FORMS = 2**16
FIRST = date(1990, 1, 1)
MOST_CHARACTERS = 600
_READ = str.maketrans("OIL", "011")


class BrokenCode(ValueError):
    """The text is no code, or has a typing error ("mistyped"), or belongs to an older version ("outdated")."""


def code_of(session: Session, today: date, only_asked: bool = True) -> str:
    """The code of the open check and those of its answers that count (or all of them); "" where no check is open."""
    check = guided().get(session.check or "")
    if check is None:
        return ""
    counted = run(check.check, session.answers, today).asked if only_asked else check.questions
    number = 1
    for question in reversed(list(check.questions.values())):
        if question.id in counted and question.id in session.answers:
            number = _packed(question, session.answers[question.id], number) * 2 + 1
        else:
            number *= 2
    number = number * FORMS + _form(check)
    number = number * CHECKSUM + _checksum(number)
    text = "".join(_digits(number))
    return "-".join([PREFIX, *(text[at : at + 4] for at in range(0, len(text), 4))])


def looks_like_code(text: str) -> bool:
    """Whether a text is meant as a code, broken or not."""
    return bool(re.match(rf"\s*{PREFIX}\s*-\s*[0-9A-Za-z]{{4}}\s*(-|\d|$)", text, re.IGNORECASE))


def read_code(text: str) -> tuple[str, dict[str, Any]]:
    """The check and the answers of a code; BrokenCode where it does not hold together."""
    text = re.sub(r"[\s-]", "", text.upper()).removeprefix(PREFIX).translate(_READ)
    if not text or len(text) > MOST_CHARACTERS or any(digit not in DIGITS for digit in text):
        raise BrokenCode("mistyped")
    number = 0
    for digit in text:
        number = number * 32 + DIGITS.index(digit)
    number, checksum = divmod(number, CHECKSUM)
    if checksum != _checksum(number):
        raise BrokenCode("mistyped")
    number, form = divmod(number, FORMS)
    check = next((check for check in guided().values() if _form(check) == form), None)
    if check is None:
        raise BrokenCode("outdated")
    return check.name, _answers(check, number)


def _answers(check: Guided, number: int) -> dict[str, Any]:
    answers = {}
    for question in check.questions.values():
        number, there = divmod(number, 2)
        if there:
            answers[question.id], number = _unpacked(question, number)
            try:
                question.read(answers[question.id])
            except WrongAnswer:
                raise BrokenCode("outdated") from None
    if number != 1:
        raise BrokenCode("mistyped")
    return answers


def _packed(question: Question[Any], answer: Any, number: int) -> int:
    """The number with the answer as its last digits."""
    base, digit = _base(question), _digit(question, answer)
    if digit is not None and 0 <= digit < base and _answer(question, digit) == answer:
        return (number * base + digit) * 2
    data = json.dumps(answer, separators=(",", ":")).encode()
    for byte in reversed(data):
        number = number * 256 + byte
    return (number * 4096 + len(data)) * 2 + 1


def _unpacked(question: Question[Any], number: int) -> tuple[Any, int]:
    """The answer of the last digits, and the number before them."""
    number, as_json = divmod(number, 2)
    if not as_json:
        number, digit = divmod(number, _base(question))
        return _answer(question, digit), number
    number, length = divmod(number, 4096)
    data = bytearray()
    for _ in range(length):
        number, byte = divmod(number, 256)
        data.append(byte)
    try:
        return json.loads(data), number
    except ValueError:
        raise BrokenCode("mistyped") from None


def _base(question: Question[Any]) -> int:
    match question:
        case YesNo():
            return 2
        case Choice():
            return len(question.options)
        case Several():
            return int(2 ** len(question.options))
        case Percent():
            return question.high - question.low + 1
        case RateIfKnown():
            return question.high - question.low + 2
        case Amount():
            return int(question.high) * 100 + 1
        case Day():
            return 2**15
    return 1


def _digit(question: Question[Any], answer: Any) -> int | None:
    """The answer as a digit; None where it is none of those that the question itself names."""
    match question:
        case YesNo():
            return int(answer)
        case Choice():
            return question.options.index(answer) if answer in question.options else None
        case Several():
            known = all(code in question.options for code in answer)
            return sum(2 ** question.options.index(code) for code in answer) if known else None
        case RateIfKnown() if answer == UNKNOWN:
            return question.high - question.low + 1
        case Percent() | RateIfKnown():
            return int(answer) - question.low if question.low <= answer <= question.high else None
        case Amount():
            return int(Decimal(answer) * 100)
        case Day():
            return (date.fromisoformat(answer) - FIRST).days
    return None


def _answer(question: Question[Any], digit: int) -> Any:
    match question:
        case YesNo():
            return digit == 1
        case Choice():
            return question.options[digit]
        case Several():
            return [code for place, code in enumerate(question.options) if digit >> place & 1]
        case RateIfKnown() if digit > question.high - question.low:
            return UNKNOWN
        case Percent() | RateIfKnown():
            return digit + question.low
        case Amount():
            return f"{Decimal(digit) / 100:.2f}"
        case Day():
            return (FIRST + timedelta(days=digit)).isoformat()
    raise BrokenCode("mistyped")


def _form(check: Guided) -> int:
    """A number that changes with the check's version and with anything that a code relies on."""
    bases = [f"{question.id} {type(question).__name__} {_base(question)}" for question in check.questions.values()]
    options = [",".join(getattr(question, "options", ())) for question in check.questions.values()]
    return _hash("\n".join([check.name, str(check.version), *bases, *options])) % FORMS


def _checksum(number: int) -> int:
    return _hash(f"{number:x}") % CHECKSUM


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])


def _digits(number: int) -> Iterator[str]:
    """The digits of a number, highest first."""
    text = []
    while number:
        number, digit = divmod(number, 32)
        text.append(DIGITS[digit])
    return reversed(text)
