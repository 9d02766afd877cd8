"""The web chat in Chromium, as people use it: with and without scripts, by keyboard, across reloads and failures.

Needs Chromium on this machine (Debian: apt install chromium); without it these tests are skipped.
"""

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect, sync_playwright
from scripts import Script, flat, replies, scripts, text_of
from web_site import Site, letters

from bot.words import LANGUAGES

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine (Debian: apt install chromium)")
SECONDS = 15_000
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        flags = ["--no-sandbox"] if os.getuid() == 0 else []
        own = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*flags, "--disable-dev-shm-usage", "--disable-gpu"]
        )
        yield own
        own.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    own = Site(tmp_path_factory.mktemp("site") / "web.sqlite3")
    own.start()
    yield own
    own.stop()


@pytest.fixture
def opened(browser: Browser, site: Site) -> Iterator[Open]:
    """Opens a page in a fresh browser profile; whatever its console complains about fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_(path: str = "/fr/", scripts: bool = True, quiet: bool = False, **options: object) -> Page:
        context = browser.new_context(java_script_enabled=scripts, reduced_motion="reduce", **options)  # type: ignore[arg-type]
        context.set_default_timeout(SECONDS)
        contexts.append(context)
        page = context.new_page()
        if not quiet:
            page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(site.url + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not complaints


def says(page: Page, text: str) -> None:
    """Write and send; returns when the reply is there."""
    page.fill("#text", text)
    arrives(page, lambda: page.click(".write button"))


def presses(page: Page, label: str) -> None:
    """Press what a person finds under this label: an answer, an action, an option that can be ticked, a link."""
    at = re.compile("^" + re.escape(label).replace(r"\ ", r"\s"))
    options = page.locator(".several label").filter(has_text=at)
    if options.count():
        options.first.click()
        arrives(page, lambda: page.click(".several button.main"))
    else:
        arrives(page, lambda: page.locator("main button[name=button]").filter(has_text=at).first.click())


def arrives(page: Page, act: Callable[[], object]) -> None:
    """Do something that sends a message, and wait until the page shows what it led to."""
    with page.expect_response(lambda answer: "/messages" not in answer.url and "turn=" in answer.url) as found:
        act()
    number = re.search(r"turn=(\d+)", found.value.url)
    assert number
    page.wait_for_url(re.compile(rf"turn={number[1]}\b"))
    page.wait_for_selector("main:not([aria-busy]) #reply")


def reply_of(page: Page) -> str:
    return page.locator("#reply").text_content() or ""


@pytest.mark.parametrize("script", scripts(), ids=[script.name for script in scripts()])
def test_a_talk_says_the_same_words_in_a_browser(script: Script, opened: Open, site: Site) -> None:
    """Every talk with scripts in French, and its twin without in German (tests/test_web.py plays all as plain forms)."""
    site.today = script.today
    page = opened(f"/{script.lang}/", scripts=script.lang == "fr")
    for turn, answered in replies(script):
        if turn.presses:
            presses(page, turn.presses)
        else:
            says(page, turn.says)
        assert letters(reply_of(page)) == letters(text_of(answered)), turn


def to_the_rate(page: Page) -> None:
    """The adaptation check up to its question on the rate, by pressing."""
    for label in ("Y a-t-il un bon pendant l'adaptation", "Parent", "Non, ou son adaptation", "Pas encore confirmée"):
        presses(page, label)
    assert "À quel taux de prise en charge" in reply_of(page)


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the focus is on an element with this text or name."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focus = page.locator("*:focus")
        if focus.count() and wanted in flat(f"{focus.text_content()} {focus.get_attribute('name')}"):
            return
    raise AssertionError(f"{wanted!r} cannot be reached with Tab")


@pytest.mark.parametrize("with_script", [True, False], ids=["script", "plain"])
def test_a_check_can_be_done_with_the_keyboard_alone(opened: Open, site: Site, with_script: bool) -> None:
    page = opened(scripts=with_script)
    page.keyboard.press("Tab")
    assert "Aller à la dernière réponse" in (page.locator("*:focus").text_content() or "")
    for label in ("Y a-t-il un bon", "Parent", "Non, ou son adaptation", "Pas encore confirmée", "60"):
        tab_to(page, label)
        arrives(page, lambda: page.keyboard.press("Enter"))
    tab_to(page, "text")
    page.keyboard.type("1er septembre 2026")
    if not with_script:
        page.keyboard.press("Tab")
    arrives(page, lambda: page.keyboard.press("Enter"))
    assert "À partir de quel jour le travail" in reply_of(page)
    tab_to(page, "Taux accordé dès le travail")
    page.keyboard.press("Enter")
    tab_to(page, "text")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("80")
    arrives(page, lambda: page.keyboard.press("Enter"))
    assert "80" in (page.locator("#answers").text_content() or "")
    assert "À partir de quel jour le travail" in reply_of(page)


def test_focus_goes_on_from_the_new_reply_and_stays_in_the_field_while_writing(opened: Open, site: Site) -> None:
    page = opened()
    presses(page, "Y a-t-il un bon pendant l'adaptation")
    expect(page.locator("#reply")).to_be_focused()
    says(page, "maman")
    expect(page.locator("#text")).to_be_focused()


def test_only_the_new_reply_is_read_aloud(opened: Open, site: Site) -> None:
    page = opened()
    news = page.locator("#news")
    assert news.text_content() == ""
    says(page, "Qui coche la case de l'adaptation ?")
    says(page, "merci")
    assert flat(news.text_content() or "") == flat(page.locator("#reply").inner_text())
    assert "coche" not in (news.text_content() or "")
    assert page.locator("[aria-live], [role=status], [role=alert], [role=log]").count() == 2


@pytest.mark.parametrize("with_script", [True, False], ids=["script", "plain"])
def test_the_back_button_shows_the_earlier_question_and_answers_go_there(
    opened: Open, site: Site, with_script: bool
) -> None:
    page = opened(scripts=with_script)
    to_the_rate(page)
    presses(page, "60")
    assert "Quel est le premier jour de l'adaptation" in reply_of(page)
    page.go_back()
    expect(page.locator("#reply")).to_contain_text("À quel taux de prise en charge")
    says(page, "80")
    assert "Quel est le premier jour de l'adaptation" in reply_of(page)
    assert "80" in (page.locator("#answers").text_content() or "")
    page.go_back()
    page.go_forward()
    expect(page.locator("#reply")).to_contain_text("Quel est le premier jour de l'adaptation")


def test_a_reload_keeps_the_talk_and_asks_nothing(opened: Open, site: Site) -> None:
    page = opened()
    to_the_rate(page)
    before = page.locator(".talk").inner_text()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.reload()
    assert page.locator(".talk").inner_text() == before


def test_two_tabs_answer_their_own_questions(opened: Open, site: Site) -> None:
    one = opened()
    to_the_rate(one)
    other = one.context.new_page()
    other.goto(one.url)
    presses(one, "60")
    says(one, "1er septembre 2026")
    says(other, "80")
    assert "À partir de quel jour le travail" in reply_of(other)
    other.reload()
    answers = flat(other.locator("#answers").text_content() or "")
    assert "80 %" in answers and "1er septembre 2026" in answers


def test_an_expired_session_begins_anew_and_says_so(opened: Open, site: Site) -> None:
    page = opened()
    to_the_rate(page)
    cookie = next(own for own in page.context.cookies() if own["name"] == "kibon-bot")
    expired = "00000001" + cookie["value"][8:]
    page.context.add_cookies([{"name": "kibon-bot", "value": expired, "url": site.url}])
    page.reload()
    expect(page.locator(".notice")).to_contain_text("Votre session précédente a pris fin")
    presses(page, "Mon taux d'activité")
    assert "À partir de quand" in reply_of(page)


@pytest.mark.parametrize("with_script", [True, False], ids=["script", "plain"])
def test_a_restart_of_the_server_loses_no_answer(opened: Open, site: Site, with_script: bool) -> None:
    page = opened(scripts=with_script)
    to_the_rate(page)
    site.restart()
    presses(page, "60")
    assert "Quel est le premier jour de l'adaptation" in reply_of(page)
    assert "Parent" in (page.locator("#answers").text_content() or "")


def test_a_message_written_offline_goes_out_when_the_connection_is_back(opened: Open, site: Site) -> None:
    page = opened(quiet=True)
    to_the_rate(page)
    page.context.set_offline(True)
    page.fill("#text", "60")
    page.click(".write button")
    expect(page.locator("#problem")).to_contain_text("Le message n'est pas parti")
    assert page.input_value("#text") == "60"
    with page.expect_response(lambda answer: "turn=" in answer.url):
        page.context.set_offline(False)
    expect(page.locator("#reply")).to_contain_text("Quel est le premier jour de l'adaptation")


def test_a_refused_message_keeps_what_was_typed(opened: Open, site: Site) -> None:
    page = opened(quiet=True)
    page.route(
        "**/messages", lambda route: route.continue_(headers={**route.request.headers, "content-type": "text/x"})
    )
    page.fill("#text", "bonjour")
    page.click(".write button")
    expect(page.locator("#problem")).to_contain_text("Envoyez un formulaire")
    assert page.input_value("#text") == "bonjour"


def test_a_half_written_text_survives_a_pressed_button(opened: Open, site: Site) -> None:
    page = opened()
    page.fill("#text", "à moitié")
    presses(page, "Y a-t-il un bon pendant l'adaptation")
    assert page.input_value("#text") == "à moitié"


def test_answers_are_changed_in_the_list(opened: Open, site: Site) -> None:
    page = opened()
    to_the_rate(page)
    page.locator("summary", has_text="L'enfant et l'institution").click()
    page.get_by_label("Oui, il y revient après une pause").check()
    arrives(page, lambda: page.locator("details[open] button").click())
    assert "Oui, il y revient" in (page.locator("#answers").text_content() or "")


FAMILY = "care_start=2027-02-01&school_stage=preschool&commune=other&household=married"
DATES = "adaptation_begins=2026-09-01&work_begins=2026-10-01&filed_on=2026-08-31"
ADAPTATION = f"adaptation_role=parents&child_at_institution=new&adaptation_box=open&entitled_rate=60&{DATES}"
PAGES = {
    "start": ("/{lang}/", ()),
    "answer": ("/{lang}/", ("adaptation ?",)),
    "unknown": ("/{lang}/", ("Kaiserschmarrn ?",)),
    "refusal": ("/{lang}/checks/minimum_activity", ("", "abc")),
    "several": (f"/{{lang}}/checks/minimum_activity?{FAMILY}", ("",)),
    "result": (f"/{{lang}}/checks/adaptation?{ADAPTATION}", ("",)),
    "print": (f"/{{lang}}/checks/adaptation?{ADAPTATION}", ("", "print")),
    "checks": ("/{lang}/checks/", ()),
    "prefilled": ("/{lang}/checks/adaptation?adaptation_role=parents&entitled_rate=900", ()),
    "about": ("/{lang}/about", ()),
    "missing": ("/{lang}/nothing", ()),
    "embedded": ("/embed/{lang}/", ()),
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = ((320, 640), (640, 480), (3840, 2160))  # a small phone, a laptop at 200 %, 4K


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", list(PAGES))
def test_no_page_has_a_barrier(opened: Open, site: Site, lang: str, name: str) -> None:
    """axe finds nothing, light and dark; nothing is wider than its window or too small to press."""
    path, steps = PAGES[name]
    page = opened(path.format(lang=lang), quiet=True, viewport={"width": 1280, "height": 900}, bypass_csp=True)
    for step in steps:
        if step == "print":
            page.goto(f"{site.url}/{lang}/print")
        elif step:
            says(page, step)
        else:
            page.click("main button.main")
            page.wait_for_selector("#reply")
    for details in page.locator("summary").all()[:1]:
        details.click()
    found = Axe().run(page, options={"runOnly": RULES})
    assert found.violations_count == 0, found.generate_report()
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found = Axe().run(page, options={"runOnly": ["color-contrast"]})
    assert found.violations_count == 0, found.generate_report()
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(SMALLEST) >= 24


SMALLEST = """Math.min(...[...document.querySelectorAll("button, summary, nav a, .several label, .button")]
    .map((one) => one.getBoundingClientRect()).filter((box) => box.width).map((box) => Math.min(box.width, box.height)))"""


def test_motion_stops_where_it_is_not_wanted(opened: Open, site: Site) -> None:
    page = opened()
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_a_page_asks_nobody_else_and_weighs_little(opened: Open, site: Site) -> None:
    page = opened()
    to_the_rate(page)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.reload(wait_until="networkidle")
    assert {answer.url.split("/")[2] for answer in answers} == {f"127.0.0.1:{site.port}"}
    assert sum(answer.request.sizes()["responseBodySize"] for answer in answers) < 60_000


@contextmanager
def page_of_a_commune() -> Iterator[tuple[int, list[str]]]:
    """Another web server of this machine; its port, and the list that holds its page."""
    body = [""]

    class Commune(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name that http.server calls
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body[0].encode())

        def log_message(self, format: str, *args: object) -> None:
            """Nothing to log."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Commune) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1], body
        server.shutdown()
        thread.join()


def test_the_talk_works_in_a_frame_of_a_named_site_only(browser: Browser, tmp_path: Path) -> None:
    with page_of_a_commune() as (port, body):
        site = Site(tmp_path / "embed.sqlite3", web_embedded_in=f"http://localhost:{port}")
        site.start()
        body[0] = f'<!doctype html><h1>Gemeinde</h1><script src="{site.url}/embed.js" data-lang="de" async></script>'
        context = browser.new_context()
        context.set_default_timeout(SECONDS)
        try:
            page = context.new_page()
            page.goto(f"http://localhost:{port}/")
            frame = page.frame_locator("iframe")
            frame.get_by_role("button", name="Gibt es einen Gutschein").click()
            frame.get_by_role("button", name="Eltern").click()
            expect(frame.locator("#reply")).to_contain_text("Kennt das Kind diese Institution schon?")
            expect(frame.locator("#answers")).to_contain_text("Eltern")
            page.goto(f"http://127.0.0.1:{port}/", wait_until="networkidle")
            assert page.locator("iframe").count() == 1 and frame.locator("#reply").count() == 0
        finally:
            context.close()
            site.stop()
