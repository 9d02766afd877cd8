"""What the web chat refuses, and how: with a page or JSON that says what to do, and nobody else notices."""

import json
import os
import resource
import socket
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from web_site import Page, Site, visitor

from bot.channels.web import connections, guard, pages, requests
from bot.channels.web.guard import Allowance
from bot.settings import Settings
from bot.words import LANGUAGES, words

FUZZ = int(os.environ.get("FUZZ_EXAMPLES", "40"))
BROWSER = {"Accept": "text/html", "Accept-Language": "fr"}


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with visitor(tmp_path / "web.sqlite3") as own:
        yield own


def told(answer: httpx.Response, status: int, code: str) -> None:
    """The refusal has this status, a page or JSON that says what to do, and the headers of every page."""
    assert answer.status_code == status
    text = (
        answer.json()["error"] if "json" in answer.headers["content-type"] else Page(answer).words('id="what">(.*?)<')
    )
    assert text in [words(lang)(f"web.problem.{code}.text").replace("\u00a0", " ") for lang in LANGUAGES] or (
        text in [words(lang)(f"web.problem.{code}.text") for lang in LANGUAGES]
    )
    assert "script-src 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        ({"data": {"text": "x" * 70_000}}, 413, "too_large"),
        ({"json": {"text": "x" * 70_000}}, 413, "too_large"),
        ({"content": b"text=hallo", "headers": {"Content-Type": "text/plain"}}, 415, "kind"),
        ({"content": b"", "headers": {"Content-Type": "multipart/form-data; boundary=x"}}, 415, "kind"),
        ({"content": b""}, 415, "kind"),
        ({"data": {"lang": "fr"}}, 400, "fields"),
        ({"data": {"text": "a", "button": "/help"}}, 400, "fields"),
        ({"data": {"text": "a", "lang": "it"}}, 400, "fields"),
        ({"data": {str(number): "x" for number in range(100)}}, 400, "fields"),
        ({"content": b"text=%ff%fe", "headers": {"Content-Type": requests.FORM}}, 400, "fields"),
        ({"content": b"{", "headers": {"Content-Type": requests.JSON}}, 400, "json"),
        ({"content": b"[" * 30_000, "headers": {"Content-Type": requests.JSON}}, 400, "json"),
        ({"content": b"\xff", "headers": {"Content-Type": requests.JSON}}, 400, "json"),
        ({"json": ["text"]}, 400, "json"),
        ({"json": {"text": 1}}, 400, "json"),
        ({"json": {"text": None}}, 400, "json"),
        ({"json": {"text": "a", "admin": "yes"}}, 400, "json"),
        ({"json": {}}, 400, "fields"),
    ],
)
async def test_malformed_messages_are_refused(
    browser: httpx.AsyncClient, request_: dict[str, Any], status: int, code: str
) -> None:
    answer = await browser.post("/messages", **request_)
    told(answer, status, code)
    assert "set-cookie" not in answer.headers


async def test_a_body_that_lies_about_its_length_is_cut_off(browser: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b"text=" + b"x" * 10_000

    answer = await browser.post("/messages", content=endless(), headers={"Content-Type": requests.FORM})
    told(answer, 413, "too_large")


@pytest.mark.parametrize(
    "path", ["/fr/nothing", "/it/", "/fr/checks/none", "/static/x/../../pages.py", "/static/1/no.js"]
)
async def test_unknown_addresses_get_a_page(browser: httpx.AsyncClient, path: str) -> None:
    told(await browser.get(path, headers=BROWSER), 404, "not_found")


async def test_other_methods_are_refused(browser: httpx.AsyncClient) -> None:
    told(await browser.get("/messages", headers={"Accept": "application/json"}), 405, "method")
    told(await browser.put("/fr/", headers=BROWSER), 405, "method")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://kibon.test.evil.example"},
        {"Origin": "https://kibon.test"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://kibon.test"},
        {"Sec-Fetch-Site": "none"},
    ],
)
@pytest.mark.parametrize("path", ["/messages", "/embed/messages"])
async def test_foreign_origins_are_refused(browser: httpx.AsyncClient, headers: dict[str, str], path: str) -> None:
    await browser.post("/messages", data={"lang": "fr", "button": "/start.adaptation"})
    answer = await browser.post(path, data={"button": "/restart"}, headers=headers)
    told(answer, 403, "foreign")
    assert Page(await browser.get("/fr/")).place == "adaptation.adaptation_role"


@pytest.mark.parametrize("headers", [{"Origin": "http://kibon.test"}, {"Sec-Fetch-Site": "same-origin"}, {}])
async def test_our_own_pages_may_send(browser: httpx.AsyncClient, headers: dict[str, str]) -> None:
    answer = await browser.post("/messages", data={"text": "bonjour"}, headers=headers)
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "forged",
    ["", "x", "0" * 8 + "." + "a" * 32, "ffffffff." + "a" * 32, "zzzzzzzz." + "a" * 32, "'; DROP TABLE session;--", "é" * 9,
     "a" * 3000, "../../etc/passwd"],
)  # fmt: skip
async def test_forged_cookies_open_nothing_and_are_replaced(browser: httpx.AsyncClient, forged: str) -> None:
    header = {"Cookie": f"kibon-bot={forged}".encode()}
    page = await browser.get("/fr/", headers=header)  # type: ignore[arg-type]
    assert page.status_code == 200 and not Page(page).answers
    answer = await browser.post("/messages", data={"text": "bonjour"}, headers=header, follow_redirects=False)  # type: ignore[arg-type]
    assert answer.status_code == 303 and forged not in answer.headers["set-cookie"].split(";")[0].partition("=")[2:1]
    assert "kibon-bot=" in answer.headers["set-cookie"] and f"kibon-bot={forged};" not in answer.headers["set-cookie"]


async def test_security_headers_stand_on_every_answer(browser: httpx.AsyncClient) -> None:
    for path in ("/fr/", "/de/about", "/fr/checks/", "/nothing", "/embed.js"):
        headers = (await browser.get(path)).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "same-origin"
        assert "strict-transport-security" not in headers
    assert "max-age" in (await browser.get("https://kibon.test/fr/")).headers["strict-transport-security"]
    assert (await browser.get("/fr/")).headers["cache-control"] == "no-store"


async def test_only_sites_of_the_setting_may_show_the_talk_in_a_frame(tmp_path: Path) -> None:
    sites = "https://www.biel-bienne.ch https://*.be.ch"
    async with visitor(tmp_path / "web.sqlite3", web_embedded_in=sites) as browser:
        framed, own = await browser.get("/embed/fr/"), await browser.get("/fr/")
    assert f"frame-ancestors {sites}" in framed.headers["content-security-policy"]
    assert "x-frame-options" not in framed.headers and own.headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in own.headers["content-security-policy"]
    assert 'action="/embed/messages"' in framed.text


@pytest.mark.parametrize("sites", ["www.example.ch", "https://a.ch; script-src *", "*", "https://a.ch/path", "'self'"])
def test_a_site_that_is_none_is_no_setting(sites: str) -> None:
    with pytest.raises(ValidationError, match="is not a site"):
        Settings(web_embedded_in=sites)


async def test_one_address_may_not_ask_for_too_much_and_others_do_not_notice(tmp_path: Path) -> None:
    async with visitor(tmp_path / "web.sqlite3", web_requests_per_minute=5) as browser:
        answers = [await browser.get("/fr/about", headers=BROWSER) for _ in range(6)]
        assert [answer.status_code for answer in answers] == [200] * 5 + [429]
        told(answers[-1], 429, "too_many")
        browser._transport.client = ("198.51.100.7", 1)  # type: ignore[attr-defined]
        assert (await browser.get("/fr/about")).status_code == 200


def test_the_allowance_of_an_address_comes_back_with_time() -> None:
    now = 0.0
    allowance = Allowance(60, now=lambda: now)
    assert all(allowance.takes("a") for _ in range(60)) and not allowance.takes("a")
    now = 1.0
    assert allowance.takes("a") and not allowance.takes("a") and allowance.takes("b")


def test_the_allowance_remembers_a_bounded_number_of_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MOST_ADDRESSES", 3)
    allowance = Allowance(1, now=lambda: 0.0)
    assert all(allowance.takes(str(number)) for number in range(100))
    assert len(allowance._left) == 3


@pytest.mark.parametrize(("one", "other"), [("2001:db8::1", "2001:db8::2"), ("::ffff:192.0.2.1", "192.0.2.1")])
async def test_a_network_counts_as_one_address(tmp_path: Path, one: str, other: str) -> None:
    async with visitor(tmp_path / "web.sqlite3", client=(one, 1), web_requests_per_minute=1) as browser:
        assert (await browser.get("/fr/about")).status_code == 200
        browser._transport.client = (other, 1)  # type: ignore[attr-defined]
        assert (await browser.get("/fr/about")).status_code == 429


async def test_our_own_fault_is_told_with_a_reference_and_without_a_traceback(
    browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken inside")

    monkeypatch.setattr(pages, "standing", broken)
    monkeypatch.setattr(pages, "left", broken)
    answer = await browser.get("/de/")
    told(answer, 500, "failed")
    assert "broken inside" not in answer.text
    reference = Page(answer).words('class="note">(.*?)<').split()[-1]
    assert reference in caplog.text
    answer = await browser.post("/messages", json={"text": "bonjour"})
    assert answer.status_code == 500 and "RuntimeError" not in answer.text


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    own = Site(tmp_path / "site.sqlite3")
    own.start()
    yield own
    own.stop()


# What nobody's browser sends: fields of any name and value, JSON of any form, bytes; cookies and addresses of any text.
anything = st.text(max_size=40) | st.sampled_from(
    ["/start.adaptation", "/back", "/edit.x", "KIBON-0000", "1, 99", "\ud800", "\0"]
)
fields = st.lists(
    st.tuples(st.sampled_from(["text", "button", "lang", "question", "option", "several"]) | anything, anything)
)
values = st.recursive(
    st.none() | st.booleans() | st.floats() | anything, lambda inner: st.lists(inner) | st.dictionaries(anything, inner)
)
forms = fields.map(lambda found: ("x-www-form-urlencoded", urlencode(found, errors="replace").encode()))
objects = (values | st.fixed_dictionaries({"text": anything})).map(lambda found: ("json", json.dumps(found).encode()))
raw = st.tuples(st.sampled_from(["json", "x-www-form-urlencoded", "pdf"]), st.binary(max_size=60))
queries = st.tuples(st.sampled_from(["/fr/", "/de/print", "/fr/files/year", "/de/checks/voucher"]), fields)


async def test_nonsense_of_every_kind_is_refused_and_others_do_not_notice(
    browser: httpx.AsyncClient, tmp_path: Path
) -> None:
    sent: list[tuple[tuple[str, bytes], tuple[str, list[tuple[str, str]]], str]] = []

    @settings(
        max_examples=FUZZ, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(forms | objects | raw, queries, anything)
    def collect(body: tuple[str, bytes], query: tuple[str, list[tuple[str, str]]], cookie: str) -> None:
        sent.append((body, query, cookie))

    collect()
    for data in ("/start.adaptation", "adaptation.adaptation_role.parents"):
        before = Page(await browser.post("/messages", data={"lang": "fr", "button": data}))
    async with visitor(tmp_path / "web.sqlite3") as stranger:
        for (kind, body), (path, query), cookie in sent:
            header = {"Content-Type": f"application/{kind}", "Cookie": f"kibon-bot={cookie}".encode("utf-8", "replace")}
            answer = await stranger.post("/messages", content=body, headers=header)  # type: ignore[arg-type]
            assert answer.status_code in (200, 400, 415), (kind, body, cookie)
            answer = await stranger.get(f"{path}?{urlencode(query, errors='replace')}")
            assert answer.status_code in (200, 404), (path, query)
    after = Page(await browser.get(before.url))
    assert (after.reply, after.answers, after.place) == (before.reply, before.answers, before.place)


def test_a_thousand_open_connections_do_not_disturb_others(site: Site) -> None:
    visit = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

    def says(button: str) -> str:
        with visit.open(f"{site.url}/messages", f"lang=fr&button={button}".encode(), timeout=10) as answer:
            return str(answer.read().decode())

    assert "Qui êtes-vous" in says("/start.adaptation")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 4096)), hard))
    with ExitStack() as opened:
        for number in range(1000):
            silent = opened.enter_context(socket.create_connection(("127.0.0.1", site.port), timeout=10))
            if number % 2:
                silent.sendall(b"POST /messages HTTP/1.1\r\nHost: x\r\n")
        assert "connaît-il déjà cette institution" in says("adaptation.adaptation_role.parents")
    assert "confirmé" in says("adaptation.child_at_institution.new")
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_connection_that_says_nothing_is_closed(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "SECONDS", 0.05)
    for said in (b"", b"GET /fr/ HT"):
        with socket.create_connection(("127.0.0.1", site.port), timeout=10) as silent:
            silent.sendall(said)
            assert silent.recv(100) == b""


def test_a_body_that_never_comes_is_given_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "SECONDS", 0.05)
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as slow:
        slow.sendall(
            b"POST /messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"
        )
        assert slow.recv(1000).startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize(
    "said",
    [
        b"NONSENSE\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET /fr/ HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 40_000,
    ],
)
def test_what_is_no_http_is_refused_quickly(site: Site, said: bytes) -> None:
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as strange:
        strange.sendall(said)
        assert strange.recv(100).startswith(b"HTTP/1.1 400 ")
