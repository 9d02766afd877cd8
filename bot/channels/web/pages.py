"""The addresses of the web chat: each handler reads a request, has a turn, and shows where the talk is."""

import asyncio
import json
import logging
from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from bot.channels.web import cookies
from bot.channels.web.links import linked
from bot.channels.web.place import place_of
from bot.channels.web.prefilled import prefilled
from bot.channels.web.problems import Problem, wants_json
from bot.channels.web.requests import sent
from bot.channels.web.static_files import address, embed_script, icon, static
from bot.channels.web.views import choices, left, parts, standing
from bot.channels.web.visits import Exchange, Visit, Visits
from bot.conversation import reply
from bot.documents.hand_over import HAND_OVER, PAPERS, PICTURES
from bot.logs import new_reference
from bot.memory import REPLY
from bot.messages import Message, Reply, plain
from bot.resume_code import code_of, looks_like_code
from bot.session import Session
from bot.words import LANGUAGES, words
from checks.guided import guided

log = logging.getLogger("kibon-bot.web")
FILES = (*HAND_OVER, "export")
TEMPLATES = Environment(
    loader=PackageLoader("bot.channels.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.filters["linked"] = linked
TEMPLATES.globals.update(address=address, parts=parts, choices=choices, pictures=PICTURES, papers=PAPERS)


def routes(visits: Visits) -> list[BaseRoute]:
    """All addresses of the web chat; the same ones stand under /embed for pages that show it in a frame."""
    pages = Pages(visits)
    own: list[BaseRoute] = [
        Route("/", pages.front),
        Route("/messages", pages.message, methods=["POST"]),
        *(
            Route(path, partial(handler, lang), name=f"{name}.{lang}")
            for lang in LANGUAGES
            for name, path, handler in (
                ("talk", f"/{lang}/", pages.talk),
                ("print", f"/{lang}/print", pages.print),
                ("file", f"/{lang}/files/{{name}}", pages.file),
                ("about", f"/{lang}/about", pages.about),
                ("checks", f"/{lang}/checks/", pages.checks),
                ("check", f"/{lang}/checks/{{name}}", pages.check),
            )
        ),
        Route("/static/{version}/{name}", static),
    ]
    return [Mount("/embed", routes=own), Route("/embed.js", embed_script), Route("/favicon.ico", icon), *own]


class Pages:
    """The handlers; each takes the language of its address where it has one."""

    def __init__(self, visits: Visits):
        self._visits = visits

    async def front(self, request: Request) -> Response:
        """To the talk in the language of the visit, else in that of the browser."""
        visit = await self._visits.find(cookies.token(request))
        return RedirectResponse(f"{root(request)}/{visit.session.lang or _language(request)}/", 303)

    async def talk(self, lang: str, request: Request) -> Response:
        """The talk as it stands, or as it stood after the exchange that `turn` names."""
        visit = await self._visits.find(cookies.token(request))
        shown = _until(visit.exchanges, request.query_params.get("turn", ""))
        if not shown or (shown[-1] is visit.last and visit.last.reply.lang != lang):
            shown = (*shown, self._present(visit, lang))
        session = visit.session.with_(lang=lang)
        stands = standing(session, lang, self._visits.today())
        return page(request, "talk.html", lang, exchanges=shown, last=shown[-1], standing=stands, ended=visit.ended)

    def _present(self, visit: Visit, lang: str) -> Exchange:
        """Where the talk stands, said anew: at its beginning, after a restart, or in the other language."""
        session, today = visit.session.with_(lang=lang), self._visits.today()
        begun = visit.session.check or visit.exchanges
        _, said = reply(session, Message(button="/continue" if begun else "/start"), today)
        number = visit.last.number + 1 if visit.exchanges else 0
        return Exchange(number, "", said, place_of(session, today))

    async def message(self, request: Request) -> Response:
        """Answer a message: JSON with JSON, a form with the page where the reply stands."""
        asked, token = await sent(request), cookies.token(request)
        said = _said(asked.message, asked.lang)
        visit = await self._visits.turn(token, asked.message, asked.seen, asked.lang, said)
        if wants_json(request.headers):
            found = left(visit.session, self._visits.today())
            answer: Response = json_response(as_data(visit.last, found, root(request)))
        else:
            place = f"/{visit.last.reply.lang}/?turn={visit.last.number}#reply"
            answer = RedirectResponse(root(request) + place, 303)
        if visit.token != token:
            cookies.give(answer, request, visit.token, self._visits.lasting)
        return answer

    async def file(self, lang: str, request: Request) -> Response:
        """A file that a reply handed over, made anew from the answers; pictures for dark pages with `?scheme=dark`."""
        visit = await self._visits.find(cookies.token(request))
        name = request.path_params["name"]
        if not visit.token or name not in FILES:
            raise Problem(404, "not_found")
        dark = request.query_params.get("scheme") == "dark"
        today, message = self._visits.today(), Message(button=f"/{name}", pictures="svg-dark" if dark else "svg")
        _, said = await asyncio.to_thread(reply, visit.session.with_(lang=lang), message, today)
        if said.file is None:
            raise Problem(404, "not_found")
        headers = {"Content-Disposition": f'inline; filename="{said.file.name}"'}
        return Response(said.file.content, media_type=said.file.media, headers=headers)

    async def print(self, lang: str, request: Request) -> Response:
        """The answers and the result on paper."""
        visit = await self._visits.find(cookies.token(request))
        session, today = visit.session.with_(lang=lang), self._visits.today()
        stands = standing(session, lang, today)
        said = reply(session, Message(button="/continue"), today)[1] if stands else None
        code = code_of(session, today)
        drawn = _drawn(session, today)
        return page(request, "print.html", lang, standing=stands, reply=said, drawn=drawn, today=today, code=code)

    async def about(self, lang: str, request: Request) -> Response:
        """What this is, what is kept, how it is meant to be usable by all."""
        hours = int(self._visits.lasting / timedelta(hours=1))
        _, kept = reply(Session(lang=lang), Message(button="/privacy", kept=self._visits.kept), self._visits.today())
        return page(request, "about.html", lang, hours=hours, kept=kept)

    async def checks(self, lang: str, request: Request) -> Response:
        """All guided checks."""
        return page(request, "checks.html", lang, checks=list(guided()))

    async def check(self, lang: str, request: Request) -> Response:
        """One guided check, to be begun with the answers of the address: only those that fit, read back."""
        name = request.path_params["name"]
        if name not in guided():
            raise Problem(404, "not_found")
        found = prefilled(guided()[name], request.query_params.multi_items(), lang, self._visits.today())
        query = f"?{request.url.query}" if request.url.query else ""
        return page(request, "check.html", lang, name=name, found=found, query=query)


def page(request: Request, template: str, lang: str, status: int = 200, **facts: Any) -> HTMLResponse:
    """A page in a language. `here` is its own address without the language, for its twin in the other one."""
    base = root(request)
    path = request.url.path.removeprefix(base)
    facts = {
        "say": words(lang),
        "lang": lang,
        "other": next(other for other in LANGUAGES if other != lang),
        "other_words": words(next(other for other in LANGUAGES if other != lang)),
        "root": base,
        "embedded": base.endswith("/embed"),
        "here": path.partition(f"/{lang}/")[2],
        "query": "",
        **facts,
    }
    return HTMLResponse(TEMPLATES.get_template(template).render(facts), status)


def refuse(request: Request, problem: Problem) -> Response:
    """The answer to a request that is refused: what happened and what to do, as JSON or as a page."""
    lang = _language(request)
    if wants_json(request.headers):
        return json_response({"error": words(lang)(f"web.problem.{problem.code}.text")}, problem.status)
    return page(request, "problem.html", lang, problem.status, code=problem.code, reference="")


def fail(request: Request, error: Exception) -> Response:
    """The answer where we are at fault: a reference that the log shows too."""
    lang, reference = _language(request), new_reference()
    log.error("reference %s", reference, exc_info=error)
    if wants_json(request.headers):
        return json_response({"error": words(lang)("remark.error", reference=reference)}, 500)
    return page(request, "problem.html", lang, 500, code="failed", reference=reference)


def _language(request: Request) -> str:
    """The language of the address, else that of the browser."""
    named = next((lang for lang in LANGUAGES if f"/{lang}/" in request.url.path), "")
    accepted = request.headers.get("accept-language", "")[:2].lower()
    return named or (accepted if accepted in LANGUAGES else LANGUAGES[0])


def as_data(exchange: Exchange, left: int | None, base: str) -> dict[str, Any]:
    """A reply as JSON: `questions_left` is about how many questions of the open check are left, `file` the address of
    the file that goes with it."""
    file = f"{base}/{exchange.reply.lang}/files/{exchange.file}" if exchange.file else None
    reply = REPLY.dump_python(exchange.reply, mode="json")
    return {**reply, "text": plain(exchange.reply), "questions_left": left, "file": file}


def json_response(data: Mapping[str, Any], status: int = 200) -> Response:
    """JSON that keeps accents readable."""
    return Response(json.dumps(data, ensure_ascii=False), status, media_type="application/json")


def root(request: Request) -> str:
    """Under which path the pages stand: "" or "/embed", or what a proxy puts before them."""
    return str(request.scope.get("root_path", ""))


def _drawn(session: Session, today: date) -> list[tuple[str, str]]:
    """The pictures that a session's result has, by name, each with the words that say the same."""
    replies = ((name, reply(session, Message(button=f"/{name}", pictures="svg"), today)[1]) for name in PICTURES)
    return [(name, _described(said)) for name, said in replies if said.file]


def _described(said: Reply) -> str:
    """The words of a picture: the last paragraph that is no small print."""
    return [block.text for block in said.blocks if block.kind == "text"][-1]


def _until(exchanges: tuple[Exchange, ...], turn: str) -> tuple[Exchange, ...]:
    """The exchanges up to the one of that number; all of them where there is none."""
    if turn.isascii() and turn.isdigit() and len(turn) < 9:
        earlier = tuple(exchange for exchange in exchanges if exchange.number <= int(turn))
        return earlier if earlier and earlier[-1].number == int(turn) else exchanges
    return exchanges


def _said(message: Message, lang: str) -> str:
    """How a message is shown: its text; of a code (also that of a link with answers filled in) and of a button that the
    last reply did not offer, what it is."""
    say = words(lang or LANGUAGES[0])
    if message.text:
        return say("web.said.code") if looks_like_code(message.text) else message.text
    name, _, rest = message.button.partition(".")
    if name == "/start" and rest in guided():
        return say(f"check.{rest}.title")
    key = f"command.{name.removeprefix('/')}.label"
    return say(key) if key in say else ""
