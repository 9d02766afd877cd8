"""The web chat in Chromium, as people use it: with and without scripts, by keyboard, across reloads and failures."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from chromium import SECONDS, Open, arrives, needed, presses, reply_of, says, tab_to, to_the_rate
from playwright.sync_api import Browser, Response, expect
from scripts import Script, flat, replies, scripts, text_of
from web_site import Site, letters
from web_states import PHONE, STATES, address, reach

from bot.words import LANGUAGES

pytestmark = needed


# Talks that are played with and without scripts in both languages: ticks, rates, a correction; questions to the library.
BOTH_WAYS = ("minimum_activity_couple", "guidance_questions")
# With these, every check and everything that talks show is met.
ONE_WAY = (
    "adaptation_parents", "documents_support_service", "monthly_rate_adaptation", "period_late", "registration_list",
    "role_wrong_role", "special_need_months", "voucher_short",
)  # fmt: skip
TALKS = [
    pytest.param(script, with_script, id=f"{script.name}-{'script' if with_script else 'plain'}")
    for script in scripts()
    for with_script in (True, False)
    if (script.name.startswith(ONE_WAY) and with_script == (script.lang == "fr")) or script.name.startswith(BOTH_WAYS)
]


@pytest.mark.parametrize(("script", "with_script"), TALKS)
def test_a_talk_says_the_same_words_in_a_browser(script: Script, with_script: bool, opened: Open, site: Site) -> None:
    """A talk of each check with scripts in French and its twin without in German, a few the other way round too.

    tests/test_web.py plays every talk through the same pages and forms; a browser adds what the page makes of each kind
    of reply and each way to answer, and the next test tells that none of them is missing here.
    """
    site.today = script.today
    page = opened(f"/{script.lang}/", scripts=with_script)
    for turn, answered in replies(script):
        if turn.presses:
            presses(page, turn.presses)
        else:
            says(page, turn.says)
        assert letters(reply_of(page)) == letters(text_of(answered)), turn


def shows(script: Script) -> set[tuple[str | None, ...]]:
    """What of a talk looks or works differently in a page: checks, kinds of replies and of parts, ways to answer."""
    found: set[tuple[str | None, ...]] = set()
    for turn, answered in replies(script):
        act = "presses" if turn.presses else "says"
        found |= {(act, answered.kind), (answered.check,), *((block.kind,) for block in answered.blocks)}
        found |= {(answered.file.media,)} if answered.file else set()
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_talks_in_a_browser_show_all_that_talks_show(lang: str) -> None:
    talks = [script for script in scripts() if script.lang == lang]
    played = [script for script in talks if script.name.startswith((*BOTH_WAYS, *ONE_WAY))]
    assert set().union(*map(shows, played)) == set().union(*map(shows, talks))


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


def test_a_result_leads_on_to_what_a_family_asks_next(opened: Open, site: Site) -> None:
    page = opened(STATES["curve"][0].format(lang="de"), scripts=False)
    page.click("main button.main")
    next_ones = page.get_by_role("list", name="Als Nächstes prüfen").get_by_role("button")
    assert next_ones.count() == 2
    next_ones.filter(has_text="Welche Dokumente").click()
    expect(page.locator("#reply")).to_contain_text("Dokumente")
    expect(page.locator(".standing")).to_contain_text("Welche Dokumente brauche ich?")


@pytest.mark.parametrize("with_script", [True, False], ids=["script", "plain"])
def test_answers_are_not_deleted_by_one_press(opened: Open, site: Site, with_script: bool) -> None:
    page = opened(address("result", "fr"), scripts=with_script)
    reach(page, "result", "fr")
    sure = page.get_by_role("button", name="Effacer mes réponses et recommencer")
    expect(sure).to_be_hidden()
    page.locator("summary", has_text="Recommencer").click()
    arrives(page, sure.click)
    assert "Vos réponses sont effacées" in reply_of(page)


@pytest.mark.parametrize("name", ["code", "letter"])
def test_what_is_taken_along_can_be_copied(opened: Open, site: Site, name: str) -> None:
    """With one press, line by line; without scripts it is plain text, and nothing is offered that does not work."""
    page = opened(address("result", "fr"), permissions=["clipboard-read", "clipboard-write"])
    reach(page, "result", "fr")
    arrives(page, lambda: page.locator(f"main button[value='/{name}']").first.click())
    page.get_by_role("button", name="Copier").click()
    expect(page.get_by_role("button", name="C'est copié")).to_be_visible()
    copied = str(page.evaluate("navigator.clipboard.readText()"))
    shown = page.locator("#reply blockquote").inner_text()
    lines = page.locator("#reply blockquote :is(p, li)").count()
    assert letters(copied) == letters(shown) and len(copied.splitlines()) == lines
    plain = opened(scripts=False)
    plain.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]  # what one gives the other takes
    plain.goto(page.url)
    assert letters(plain.locator("#reply blockquote").inner_text()) == letters(shown)
    assert not plain.locator(".copy").is_visible()


def test_a_switch_of_the_language_shows_the_reply_in_it(opened: Open, site: Site) -> None:
    page = opened(address("result", "fr"), viewport=PHONE)
    reach(page, "result", "fr")
    page.locator("a.language").click()
    page.wait_for_url("**/de/**")
    expect(page.locator("#reply[lang=de] h2")).to_be_in_viewport()


def test_a_picture_is_drawn_in_the_page_and_alone(opened: Open, site: Site) -> None:
    """In the colours of the page; the strict policy has nothing to complain about."""
    page = opened(address("year", "fr"), color_scheme="dark")
    reach(page, "year", "fr")
    image = page.locator(".picture img")
    image.evaluate("(own) => own.decode()")  # raises where nothing can be drawn
    assert str(image.evaluate("(own) => own.currentSrc")).endswith("/fr/files/year?scheme=dark")
    image.click()
    page.wait_for_url("**/fr/files/year")
    assert "Février 2027" in (page.locator("svg > desc").text_content() or "")


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
