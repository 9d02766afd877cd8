"""Reads what a page or a program sends: small bodies only, forms and JSON, every field checked."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from bot.channels.web.place import Place, place
from bot.channels.web.problems import Problem
from bot.messages import Message
from bot.words import LANGUAGES

MOST_BYTES = 65_536  # 4,000 characters as a form may need 50,000
MOST_FIELDS = 60
SECONDS = 10  # for a body to arrive
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@dataclass(frozen=True)
class Sent:
    """A message with the language of the page it comes from ("" where there is none) and the question shown there."""

    message: Message
    lang: str
    seen: Place


async def sent(request: Request) -> Sent:
    """The message of a request; Problem where it holds none."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    hint = request.headers.get("accept-language", "")[:2].lower()
    if kind == JSON:
        fields = _json(await _body(request))
    elif kind == FORM:
        fields = form(await _body(request))
    else:
        raise Problem(415, "kind")
    text, button, lang = fields.get("text", ""), fields.get("button", ""), fields.get("lang", "")
    if (text and button) or not {"text", "button"} & set(fields) or lang not in ("", *LANGUAGES):
        raise Problem(400, "fields")
    return Sent(Message(text, button, hint), lang, place(fields.get("question", "")))


def form(body: bytes) -> dict[str, str]:
    """The fields of a form. The numbers of ticked options are one text, "1, 3"; `several` is the text for none."""
    try:
        fields = parse_qsl(body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise Problem(400, "fields") from None
    ticked = [value for name, value in fields if name == "option"]
    found = {name: value for name, value in fields if name != "option"}
    if "several" in found and "button" not in found:
        found["text"] = ", ".join(ticked) or found["several"]
    return found


def _json(body: bytes) -> dict[str, str]:
    try:
        fields: Any = json.loads(body)
    except (ValueError, RecursionError):
        raise Problem(400, "json") from None
    known = {"text", "button", "lang"}
    if not isinstance(fields, dict) or not set(fields) <= known or not all(isinstance(v, str) for v in fields.values()):
        raise Problem(400, "json")
    return fields


async def _body(request: Request) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(SECONDS):
            async for part in request.stream():
                body += part
                if len(body) > MOST_BYTES:
                    raise Problem(413, "too_large")
    except TimeoutError:
        raise Problem(408, "too_slow") from None
    except ClientDisconnect:
        raise Problem(400, "fields") from None
    return bytes(body)
