"""A strict stand-in for Telegram's Bot API on a local port, and the Person who talks to the bot through it.

It refuses what Telegram or its documentation refuses. Simplified: private chats, inline keyboards of data and
link buttons, HTML as the only parse mode and not returned as entities, plain HTTP webhooks, no scopes.
"""
# ruff: noqa: ASYNC109  # a person's patience is a parameter of every wait, as in Telegram's own long polling

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import defaultdict, deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partialmethod
from itertools import chain, count
from typing import Any, NamedTuple, Self
from urllib.parse import parse_qsl, urlsplit
from urllib.request import ProxyHandler, Request, build_opener
from xml.etree import ElementTree

Json = dict[str, Any]
ACTIONS = "typing|choose_sticker|find_location|(record|upload)_(video(_note)?|voice)|upload_(photo|document)"
TYPED = "(chat|message)_id|offset|limit|timeout|(allowed|drop_pending)_updates|reply_markup|commands|show_.*"
TAGS = {"a": {"href"}, "blockquote": {"expandable"}, "code": {"class"}}
TAGS |= {tag: set() for tag in ("b", "strong", "i", "em", "u", "s", "pre", "tg-spoiler")}
UNKNOWN_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);)\S{0,8}|<[!?]")
CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")
COMMAND = re.compile(r"(?<!\S)/\w{1,32}", re.ASCII)
PICTURE = {"file_id": "file", "file_unique_id": "unique", "width": 90, "height": 90}
STICKER = PICTURE | {"type": "regular", "is_animated": False, "is_video": False}


@dataclass
class Garbled(Exception):
    """An answer that is not Telegram's: these bytes under status 200."""

    body: bytes


@dataclass
class ApiError(Exception):
    """A refusal in Telegram's words; parameters such as retry_after (seconds)."""

    status: int
    description: str
    parameters: Json = field(default_factory=dict)


class Upload(NamedTuple):
    """A file sent by the bot."""

    filename: str
    content: bytes


@dataclass
class Message:
    """One message; content holds Telegram's own fields (text, document, …), dates are unix seconds."""

    message_id: int
    chat: Json
    sender: Json
    content: Json
    html: str = ""
    keyboard: list[list[Json]] = field(default_factory=list)
    upload: Upload | None = None
    date: int = field(default_factory=lambda: int(time.time()))
    edit_date: int | None = None

    @property
    def text(self) -> str:
        """Text or caption as a person sees it, without tags."""
        return self.content.get("text", self.content.get("caption", ""))

    @property
    def buttons(self) -> list[list[str]]:
        """Labels of the buttons, row by row."""
        return [[button["text"] for button in row] for row in self.keyboard]

    def as_json(self) -> Json:
        base = {"message_id": self.message_id, "chat": self.chat, "from": self.sender, "date": self.date}
        markup = {"reply_markup": {"inline_keyboard": self.keyboard}} if self.keyboard else {}
        return base | self.content | markup | ({"edit_date": self.edit_date} if self.edit_date else {})


def require(condition: object, reason: str) -> None:
    """Refuse as a bad request unless the condition holds."""
    if not condition:
        raise ApiError(400, f"Bad Request: {reason}")


def utf16(text: str) -> int:
    """Length in UTF-16 units, in which Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain(source: str) -> str:
    """The text without its HTML; refuses what is not well formed."""
    unknown = UNKNOWN_ENTITY.search(source)
    require(not unknown, f"can't parse entities: unsupported {unknown and unknown[0]!r}")
    try:
        attribute = source.replace("<blockquote expandable>", '<blockquote expandable="">')
        root = ElementTree.fromstring(f"<html>{attribute}</html>")
    except ElementTree.ParseError as error:
        raise ApiError(400, f"Bad Request: can't parse entities: {error}") from None
    for element in root.findall(".//*"):
        known = element.tag in TAGS and TAGS[element.tag] >= set(element.attrib)
        require(known, f"can't parse entities: unsupported start tag {element.tag!r} {element.attrib}")
        require(element.tag != "a" or element.get("href"), "can't parse entities: link without href")
    nested = [*root.findall(".//code/*"), *root.findall(".//blockquote//blockquote")]
    nested += [element for element in root.findall(".//pre/*") if element.tag != "code"]
    require(not nested, "can't parse entities: nested in code, pre or another blockquote")
    return "".join(root.itertext())


def visible(params: Json, key: str, limit: int, too_long: str) -> str:
    """What a person will see of the text or caption in params[key]; limit in UTF-16 units."""
    text, mode = CONTROL_CHARACTER.sub(" ", params.get(key, "")).strip(), params.get("parse_mode", "")
    require(mode.upper() in {"", "HTML"}, "unsupported parse_mode")
    text = plain(text) if mode else text
    require(utf16(text) <= limit, too_long)
    require(text.strip() or key == "caption", "message text is empty")
    return text


def inline_keyboard(params: Json) -> list[list[Json]]:
    """The checked rows of buttons, without empty rows."""
    markup = params.get("reply_markup") or {}
    require(isinstance(markup, dict), "object expected as reply markup")
    rows = [row for row in markup.get("inline_keyboard", []) if row]
    for button in chain(*rows):
        require(button.get("text", "").strip(), "can't parse inline keyboard button: text must be non-empty")
        data = button.get("callback_data", "link" if "url" in button else "")
        require(1 <= len(data.encode()) <= 64, "BUTTON_DATA_INVALID")
    return rows


def language(params: Json) -> str:
    """The language code, "" for all languages without a setting of their own."""
    code = params.get("language_code", "")
    require(re.fullmatch(r"([a-z]{2})?", code), "invalid language code specified")
    return code


def decode_multipart(boundary: str, body: bytes) -> Json:
    params: Json = {}
    for part in body.split(b"--" + boundary.strip('"').encode())[1:-1]:
        head, _, content = part.removesuffix(b"\r\n").partition(b"\r\n\r\n")
        names = dict(re.findall(r'\b(name|filename)="([^"]*)"', head.decode()))
        is_file = "filename" in names
        params[names["name"]] = Upload(names["filename"], content) if is_file else content.decode()
    return params


def decode(target: str, content_type: str, body: bytes) -> Json:
    """Parameters in query string and body; numbers, booleans and objects as such, texts as texts."""
    params: Json = dict(parse_qsl(urlsplit(target).query, keep_blank_values=True))
    if content_type.startswith("multipart/form-data"):
        params |= decode_multipart(content_type.split("boundary=")[1], body)
    elif content_type.startswith("application/json"):
        params |= json.loads(body or "{}")
    else:
        params |= parse_qsl(body.decode(), keep_blank_values=True)
    for name in [name for name in params if re.fullmatch(TYPED, name)]:
        with suppress(ValueError, TypeError):
            params[name] = json.loads(params[name])
    return params


async def read_request(reader: asyncio.StreamReader) -> tuple[str, str, bytes]:
    """Target, content type and body of the next request."""
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").strip().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return first.split(" ")[1], headers.get("content-type", ""), body


def post(url: str, secret: str | None, update: Json) -> None:
    """Deliver an update to a webhook; OSError unless it answers 2xx within 10 seconds."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    request = Request(url, json.dumps(update).encode(), headers | {"Content-Type": "application/json"})
    build_opener(ProxyHandler({})).open(request, timeout=10).close()


class TelegramServer:
    """The Bot API over HTTP: `async with TelegramServer() as server`.

    For inspection: calls = every call as (method, parameters); sent = by chat id the messages as they were
    when sent; queries = by callback query id the parameters of its answer, None while unanswered; updates =
    those not confirmed yet; commands, descriptions = by language code. latency = seconds every call takes.
    """

    token = "123456789:AAstand-in_stand-in_stand-in_stand-"
    base_url = ""
    latency = 0.0
    webhook_retry = 0.1  # seconds until a failed delivery is tried again

    def __init__(self) -> None:
        self.bot: Json = {"id": 123456789, "is_bot": True, "first_name": "Bot", "username": "stand_in_bot"}
        self.calls: list[tuple[str, Json]] = []
        self.chats: dict[int, Person] = {}
        self.sent: dict[int, list[Message]] = defaultdict(list)
        self.queries: dict[str, Json | None] = {}
        self.updates: list[Json] = []
        self.moved: dict[int, int] = {}
        self.commands: dict[str, list[Json]] = {}
        self.descriptions: dict[str, dict[str, str]] = {"description": {}, "short_description": {}}
        self.webhook: Json = {"url": ""}
        self.numbers = count(1001)
        self._faults: dict[str | None, deque[Exception]] = defaultdict(deque)
        self._allowed: list[str] = []
        self._poll = 0
        self._changed = asyncio.Event()
        self._tasks: dict[object, asyncio.Task[None]] = {}

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.base_url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/bot"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in (tasks := list(self._tasks.values())):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._tasks[writer] = asyncio.current_task()
        try:
            while True:
                answer = await self._answer(*await read_request(reader))
                body = answer.pop("garbled", None) or json.dumps(answer).encode()
                head = f"HTTP/1.1 {answer.get('error_code', 200)} -\r\nContent-Type: application/json\r\n"
                writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass
        finally:
            del self._tasks[writer]
            writer.close()

    async def _answer(self, target: str, content_type: str, body: bytes) -> Json:
        try:
            token, _, method = urlsplit(target).path.removeprefix("/bot").partition("/")
            if token != self.token:
                raise ApiError(401, "Unauthorized")
            result = await self._call(method, decode(target, content_type, body))
            return {"ok": True, "result": True if result is None else result}
        except ApiError as refusal:
            answer = {"ok": False, "error_code": refusal.status, "description": refusal.description}
            return answer | ({"parameters": refusal.parameters} if refusal.parameters else {})
        except Garbled as garbled:
            return {"garbled": garbled.body}

    async def _call(self, method: str, params: Json) -> Any:
        self.calls.append((method, params))
        self._notify()
        await asyncio.sleep(self.latency)
        if faults := self._faults[method] or self._faults[None]:
            raise faults.popleft()
        handler = getattr(self, "on_" + re.sub("[A-Z]", lambda capital: f"_{capital[0].lower()}", method), None)
        if not handler or "_" in method:
            raise ApiError(404, "Not Found: method not found")
        result = await handler(params)
        self._notify()
        return result

    def fail_next(self, method: str, status: int, description: str, retry_after: int = 0, times: int = 1) -> None:
        """The next calls of the method fail without effect; retry_after in seconds (for 429)."""
        parameters = {"retry_after": retry_after} if retry_after else {}
        self._faults[method].extend([ApiError(status, description, parameters)] * times)

    def migrate(self, chat_id: int, to: int) -> None:
        """A group becomes a supergroup under another number; what is sent to the old one is refused with the new one."""
        self.chats[to] = self.chats.pop(chat_id)
        self.chats[to].chat_id = to
        self.moved[chat_id] = to

    def drop_next(self, n: int = 1, method: str | None = None) -> None:
        """The next n calls (of the method, else of any) do nothing, their connection closes unanswered."""
        self._faults[method].extend([ConnectionAbortedError()] * n)

    def garble_next(self, method: str, body: bytes) -> None:
        """The next call of the method does nothing and is answered with this body."""
        self._faults[method].append(Garbled(body))

    def person(self, language_code: str = "fr", chat_id: int | None = None, name: str = "Camille") -> Person:
        """A new person, or the one already known under this chat id."""
        person = Person(self, chat_id or next(self.numbers), name, language_code)
        return self.chats.setdefault(person.chat_id, person)

    def push(self, update: Json) -> None:
        """Queue an update; its chat becomes known, a missing update_id is filled in."""
        kind = next(name for name in update if name != "update_id")
        self.person(chat_id=update[kind].get("message", update[kind])["chat"]["id"])
        if kind == "callback_query":
            self.queries[update[kind]["id"]] = None
        if not self._allowed or kind in self._allowed:
            self.updates.append({"update_id": next(self.numbers)} | update)
            self._notify()

    async def until(self, happened: Callable[[], Any], timeout: float | None = 5.0) -> Any:
        """Wait until happened() is true and give its value; after timeout seconds, the value it has then."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                while not happened():
                    await self._changed.wait()
        return happened()

    def _notify(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    def _chat(self, params: Json) -> Person:
        if moved := self.moved.get(params.get("chat_id")):
            reason = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, reason, {"migrate_to_chat_id": moved})
        require(params.get("chat_id") in self.chats, "chat not found")
        if self.chats[params["chat_id"]].blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        return self.chats[params["chat_id"]]

    def _message(self, params: Json, purpose: str) -> Message:
        message = self._chat(params).history.get(params.get("message_id"))
        require(message, f"message to {purpose} not found")
        require(purpose != "edit" or message.sender["is_bot"], "message can't be edited")
        return message

    def _send(self, params: Json, content: Json, source: str, upload: Upload | None = None) -> Json:
        person, keyboard = self._chat(params), inline_keyboard(params)
        message = Message(next(self.numbers), person.chat, self.bot, content, source, keyboard, upload)
        person.history[message.message_id] = message
        person.unread.append(message)
        self.sent[person.chat_id].append(replace(message))
        return message.as_json()

    def _edit(self, params: Json, message: Message, text: str, source: str) -> Json:
        keyboard, unread = inline_keyboard(params), self._chat(params).unread
        same = "specified new message content and reply markup are exactly the same as a current content and"
        rewritten = source.strip() != message.html.strip()
        modified = rewritten or keyboard != message.keyboard
        require(modified, f"message is not modified: {same} reply markup of the message")
        if rewritten:
            message.content, message.html = {"text": text}, source
            unread[:] = [other for other in unread if other is not message] + [message]
        message.keyboard, message.edit_date = keyboard, int(time.time())
        return message.as_json()

    async def _send_file(self, kind: str, params: Json) -> Json:
        file = params.get(kind)
        upload = params.get(file.removeprefix("attach://")) if isinstance(file, str) else file
        require(isinstance(upload, Upload), "wrong file identifier/HTTP URL specified")
        require(upload.content, "file must be non-empty")
        described = PICTURE | {"file_name": upload.filename, "file_size": len(upload.content)}
        caption = visible(params, "caption", 1024, "message caption is too long")
        content = {kind: described if kind == "document" else [described]}
        return self._send(params, content | {"caption": caption}, params.get("caption", ""), upload)

    async def _describe(self, name: str, limit: int, params: Json) -> None:
        require(utf16(params.get(name, "")) <= limit, f"{name} is too long")
        self.descriptions[name][language(params)] = params.get(name, "")

    on_send_document = partialmethod(_send_file, "document")
    on_send_photo = partialmethod(_send_file, "photo")
    on_set_my_description = partialmethod(_describe, "description", 512)
    on_set_my_short_description = partialmethod(_describe, "short_description", 120)

    async def on_get_me(self, params: Json) -> Json:
        return self.bot | {"can_join_groups": False, "can_read_all_group_messages": False}

    async def on_get_updates(self, params: Json) -> list[Json]:
        if self.webhook["url"]:
            raise ApiError(409, "Conflict: can't use getUpdates method while webhook is active")
        self._poll = poll = self._poll + 1
        self._allowed, offset = params.get("allowed_updates", self._allowed), params.get("offset", 0)
        self.updates = [u for u in self.updates[min(offset, 0) :] if u["update_id"] >= offset]
        self._notify()
        await self.until(lambda: self.updates or self._poll != poll, params.get("timeout", 0))
        if self._poll != poll:
            raise ApiError(409, "Conflict: terminated by other getUpdates request")
        return self.updates[: min(params.get("limit", 100), 100)]

    async def on_send_message(self, params: Json) -> Json:
        text = visible(params, "text", 4096, "message is too long")
        return self._send(params, {"text": text}, params["text"])

    async def on_edit_message_text(self, params: Json) -> Json:
        text, message = visible(params, "text", 4096, "message is too long"), self._message(params, "edit")
        require("text" in message.content, "there is no text in the message to edit")
        return self._edit(params, message, text, params["text"])

    async def on_edit_message_reply_markup(self, params: Json) -> Json:
        message = self._message(params, "edit")
        return self._edit(params, message, message.text, message.html)

    async def on_delete_message(self, params: Json) -> None:
        message, person = self._message(params, "delete"), self._chat(params)
        del person.history[message.message_id]
        person.unread[:] = [unread for unread in person.unread if unread is not message]

    async def on_answer_callback_query(self, params: Json) -> None:
        known = params.get("callback_query_id") in self.queries
        require(known, "query is too old and response timeout expired or query ID is invalid")
        require(utf16(params.get("text", "")) <= 200, "MESSAGE_TOO_LONG")
        self.queries[params["callback_query_id"]] = params

    async def on_send_chat_action(self, params: Json) -> None:
        self._chat(params)
        require(re.fullmatch(ACTIONS, params.get("action", "")), "wrong parameter action in request")

    async def on_set_my_commands(self, params: Json) -> None:
        for command in params["commands"]:
            require(re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]), "BOT_COMMAND_INVALID")
            require(1 <= utf16(command["description"]) <= 256, "BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands[language(params)] = params["commands"]

    async def on_get_my_commands(self, params: Json) -> list[Json]:
        return self.commands.get(language(params), [])

    async def on_delete_my_commands(self, params: Json) -> None:
        self.commands.pop(language(params), None)

    async def on_set_webhook(self, params: Json) -> None:
        require(re.match(r"https?://|$", params["url"]), "bad webhook: an HTTPS URL must be provided")
        allowed = re.fullmatch(r"[A-Za-z0-9_-]{1,256}", params.get("secret_token", "-"))
        require(allowed, "secret token contains unallowed characters")
        if delivery := self._tasks.pop("webhook", None):
            delivery.cancel()
        if params.get("drop_pending_updates"):
            self.updates.clear()
        self.webhook, self._allowed = params, params.get("allowed_updates", self._allowed)
        if params["url"]:
            self._tasks["webhook"] = asyncio.create_task(self._deliver())

    async def on_delete_webhook(self, params: Json) -> None:
        await self.on_set_webhook(params | {"url": ""})

    async def on_get_webhook_info(self, params: Json) -> Json:
        base = {"has_custom_certificate": False, "pending_update_count": len(self.updates)}
        return base | {name: value for name, value in self.webhook.items() if name != "secret_token"}

    async def _deliver(self) -> None:
        url, secret = self.webhook["url"], self.webhook.get("secret_token")
        while await self.until(lambda: self.updates, timeout=None):
            try:
                await asyncio.to_thread(post, url, secret, self.updates[0])
                del self.updates[0]
                self._notify()
            except OSError as error:
                self.webhook |= {"last_error_date": int(time.time()), "last_error_message": str(error)}
                await asyncio.sleep(self.webhook_retry)


@dataclass
class Person:
    """A user in a private chat with the bot. Timeouts are the longest wait, in seconds."""

    server: TelegramServer
    chat_id: int
    name: str
    language_code: str
    history: dict[int, Message] = field(default_factory=dict)
    unread: list[Message] = field(default_factory=list)
    blocked: bool = False

    @property
    def chat(self) -> Json:
        return {"id": self.chat_id, "type": "private", "first_name": self.name}

    @property
    def user(self) -> Json:
        spoken = {"language_code": self.language_code} if self.language_code else {}
        return {"id": self.chat_id, "is_bot": False, "first_name": self.name} | spoken

    @property
    def messages(self) -> list[Message]:
        """The bot's messages visible in the chat, oldest first."""
        return [message for message in self.history.values() if message.sender["is_bot"]]

    async def sends(self, **content: Any) -> int:
        """Send a message of Telegram's content fields and give its id, whether or not the bot is running."""
        message = Message(next(self.server.numbers), self.chat, self.user, content)
        self.history[message.message_id] = message
        self.server.push({"message": message.as_json()})
        return message.message_id

    async def says(self, text: str) -> int:
        return await self.sends(text=text, entities=commands_in(text))

    async def edits(self, message_id: int, text: str) -> None:
        message = self.history[message_id]
        message.content = {"text": text, "entities": commands_in(text)}
        message.edit_date = int(time.time())
        self.server.push({"edited_message": message.as_json()})

    sends_sticker = partialmethod(sends, sticker=STICKER)
    sends_photo = partialmethod(sends, photo=[PICTURE])
    sends_location = partialmethod(sends, location={"latitude": 46.8, "longitude": 7.16})
    sends_voice = partialmethod(sends, voice=PICTURE | {"duration": 3})

    async def presses(self, label: str, timeout: float = 5.0) -> str:
        """Press the button with this label, or the only one beginning so, on the newest message that has one.

        Waits for such a message. Gives the callback query id, or the address of a link button.
        """
        message, button = await self.server.until(lambda: self._finds(label), timeout) or (None, {})
        shown = [message.buttons for message in self.messages if message.buttons]
        assert message, f"{self.name} finds no button {label!r}; buttons by message: {shown}"
        return button.get("url") or await self.presses_data(button["callback_data"], message)

    def _finds(self, label: str) -> tuple[Message, Json] | None:
        for message in reversed(self.messages):
            similar = [b for b in chain(*message.keyboard) if b["text"].startswith(label)]
            found = [button for button in similar if button["text"] == label] or similar
            assert len(found) < 2, f"{label!r} fits several buttons: {message.buttons}"
            if found:
                return message, found[0]
        return None

    async def presses_data(self, data: str, message: Message | None = None) -> str:
        """Send any button data, even forged, for a message (default: the newest); gives the query id."""
        assert message or self.messages, f"{self.name} has no message to press on"
        query_id, message = str(next(self.server.numbers)), message or self.messages[-1]
        query = {"id": query_id, "from": self.user, "chat_instance": str(self.chat_id), "data": data}
        self.server.push({"callback_query": query | {"message": message.as_json()}})
        return query_id

    async def reads(self, timeout: float = 5.0) -> Message:
        """The next new message, or message with a new text, as it is now."""
        await self.server.until(lambda: self.unread, timeout)
        texts = [message.text for message in self.messages]
        assert self.unread, f"{self.name} got nothing new within {timeout} s; visible: {texts}"
        return replace(self.unread.pop(0))

    async def reads_until_quiet(self, timeout: float = 5.0, quiet: float = 0.2) -> list[Message]:
        """All new messages, at least one, until nothing new comes for the given quiet seconds."""
        found = [await self.reads(timeout)]
        while await self.server.until(lambda: self.unread, quiet + self.server.latency):
            found.append(await self.reads())
        return found

    async def blocks_bot(self, blocked: bool = True) -> None:
        """Block the bot, or unblock it with False."""
        self.blocked = blocked


def commands_in(text: str) -> list[Json]:
    """Telegram's entities for the commands in a typed text."""
    places = [(utf16(text[: found.start()]), len(found[0])) for found in COMMAND.finditer(text)]
    return [{"type": "bot_command", "offset": offset, "length": length} for offset, length in places]
