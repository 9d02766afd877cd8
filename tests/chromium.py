"""Chromium for tests: one browser and one web chat for a file of tests, pages that complain aloud, and what people do.

Needs Chromium on this machine (Debian: apt install chromium); without it these tests are skipped.
"""

import os
import re
from collections.abc import Callable, Iterator

import pytest
from chromium_here import CHROMIUM
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from scripts import flat
from web_site import Site

needed = pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine (Debian: apt install chromium)")
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
        context = browser.new_context(
            java_script_enabled=scripts, base_url=site.url, **{"reduced_motion": "reduce", **options}
        )  # type: ignore[arg-type]  # any of Playwright's options
        context.set_default_timeout(SECONDS)
        contexts.append(context)
        page = context.new_page()
        if not quiet:
            page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        answer = page.goto(path)
        assert answer and answer.status < 500
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
