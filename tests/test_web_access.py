"""Whether everybody can use the web chat: axe, and what of WCAG 2.2 AA axe does not see. Leaves pictures of the states."""

import json
import re
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from chromium import Open, needed, presses, reply_of, says
from contrast import contrast
from playwright.sync_api import Page, expect
from scripts import flat
from web_site import Site
from web_states import ADAPTATION, DESKTOP, PHONE, STATES, address, picture, reach

from bot.words import LANGUAGES, words

pytestmark = needed
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = ((320, 640), (640, 480), (3840, 2160))  # a small phone or 400 %, a laptop at 200 %, 4K


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", list(STATES))
def test_no_page_has_a_barrier(opened: Open, site: Site, lang: str, name: str) -> None:
    """axe finds nothing, light and dark; nothing is wider than its window or too small to press."""
    page = opened(address(name, lang), quiet=True, viewport=DESKTOP, bypass_csp=True)
    reach(page, name, lang)
    picture(page, name, lang, "desktop", "light")
    found = Axe().run(page, options={"runOnly": RULES})
    assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size(PHONE)
    picture(page, name, lang, "phone", "light")
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    picture(page, name, lang, "phone", "dark")
    assert page.evaluate(CONTRAST) == []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert json.loads(page.evaluate(SMALL)) == []


CONTRAST = """axe.run({ runOnly: ["color-contrast"] })
    .then((found) => found.violations.flatMap((one) => one.nodes.map((node) => node.html)))"""  # axe is there already
# Everything that is pressed, but links within a sentence (WCAG 2.5.8).
SMALL = """JSON.stringify([...document.querySelectorAll(
    "button, summary, label:has(input), textarea, nav a, .brand, .button, .keep a, .list a, .foot a, .picture")]
    .map((one) => [one.textContent.trim() || one.id, one.getBoundingClientRect()])
    .filter(([, box]) => box.width && Math.min(box.width, box.height) < 24))"""


def test_motion_stops_where_it_is_not_wanted(opened: Open, site: Site) -> None:
    moving = opened(reduced_motion="no-preference")
    assert moving.evaluate("getComputedStyle(document.getElementById('reply')).animationName") != "none"
    still = opened()
    assert still.evaluate("getComputedStyle(document.getElementById('reply')).animationName") == "none"
    assert still.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.mark.parametrize("touch", [False, True], ids=["keyboard", "touch"])
def test_each_reply_is_read_aloud_once(opened: Open, site: Site, touch: bool) -> None:
    """By the focus that goes to it, or, where writing goes on, by the region for news: then the field, which keeps the
    focus, does not tell the same again. A telephone's keyboard would cover the reply: there it is the focus."""
    page = opened(has_touch=touch, is_mobile=touch)
    news, reply, field = page.locator("#news"), page.locator("#reply"), page.locator("#text")
    assert news.text_content() == ""
    page.evaluate(LISTEN)
    presses(page, "Y a-t-il un bon pendant l'adaptation")
    expect(reply).to_be_focused()
    assert news.text_content() == "" and page.evaluate("window.heard") == []
    says(page, "maman")
    if touch:
        expect(reply).to_be_focused()
        assert page.evaluate("window.heard") == []
        return
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description("")
    says(page, "non")
    heard = [flat(text) for text in page.evaluate("window.heard")]
    assert len(heard) == 2 and "Parent" in heard[0] and "Parent" not in heard[1]
    assert heard[1] == flat(reply.inner_text())
    page.keyboard.press("Shift+Tab")
    expect(field).to_have_accessible_description(flat(page.locator("#reply h2").inner_text()))


def test_a_result_is_read_from_its_beginning(opened: Open, site: Site) -> None:
    """Whoever typed the last answer finds themselves at the result, to read it line by line."""
    page = opened(f"/fr/checks/adaptation?{ADAPTATION.rpartition('&')[0]}")
    page.click("main button.main")
    says(page, "31.1.2027")
    expect(page.locator("#reply.result")).to_be_focused()
    assert page.locator("#news").text_content() == ""


# What a screen reader hears: text that comes into a region that was there when the page was read. A new one is not heard.
LISTEN = """() => {
    window.heard = [];
    for (const region of document.querySelectorAll("[aria-live], [role=status], [role=alert], [role=log]")) {
        new MutationObserver(() => region.isConnected && region.textContent && window.heard.push(region.textContent))
            .observe(region, { childList: true, subtree: true, characterData: true });
    }
}"""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_screen_reader_finds_its_way(opened: Open, site: Site, lang: str) -> None:
    """Chromium's accessibility tree: landmarks, headings in order, one name for everything that can be operated."""
    say = words(lang)
    page = opened(address("result", lang), viewport=PHONE)
    reach(page, "result", lang)
    tree = page.locator("body").aria_snapshot()
    landmarks = re.findall(r"^- (\w+)", tree, re.MULTILINE)
    assert landmarks == [
        "link",
        "banner",
        "main",
        "complementary",
        "status",
        "contentinfo",
    ]  # the link skips to the reply
    assert page.get_by_role("navigation", name=say("web.nav")).count() == 1
    assert page.get_by_role("complementary", name=say("web.answers")).count() == 1
    assert page.get_by_role("region", name=say("web.keep")).count() == 1
    assert page.get_by_role("progressbar", name=say("web.progress")).count() == 1
    levels = [int(level) for level in re.findall(r"- heading .*\[level=(\d)\]", tree)]
    assert levels[:2] == [1, 2] and all(after <= before + 1 for before, after in pairwise(levels))
    assert page.get_by_role("textbox", name=say("web.write.free")).count() == 1
    unnamed = re.findall(r"^ *- (?:button|link|textbox|checkbox|radio)(?: \[.*\])?:?$", tree, re.MULTILINE)
    assert not unnamed and tree.count("- button") > 5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_refused_answer_is_told_with_its_field(opened: Open, site: Site, lang: str) -> None:
    """The field is said to be wrong, what is expected and what was asked (WCAG 3.3.1, 3.3.3)."""
    page = opened(address("refusal", lang))
    reach(page, "refusal", lang)
    field = page.locator("#text")
    assert field.get_attribute("aria-invalid") == "true"
    field.blur()  # where it keeps the focus, it has just been read
    expect(field).to_have_accessible_description(re.compile(r"01\.10\.2026.*\?$"))
    says(page, "1.2.2027")
    assert field.get_attribute("aria-invalid") is None


def test_what_is_in_the_other_language_says_so(opened: Open, site: Site) -> None:
    """WCAG 3.1.2: the invitation and the switch in the other language, and earlier replies after a switch."""
    page = opened("/fr/")
    assert page.locator("#reply [lang=de]").inner_text().startswith("Grüezi")
    assert page.locator("main button[lang=de]").inner_text() == "Deutsch"
    says(page, "Qui coche la case de l'adaptation ?")
    page.locator("a.language").click()
    page.wait_for_url("**/de/**")
    assert page.locator("html").get_attribute("lang") == "de"
    assert page.locator(".reply[lang=fr]").count() == 1 and page.locator("#reply").get_attribute("lang") == "de"


def test_the_focus_is_never_hidden(opened: Open, site: Site) -> None:
    """Whatever Tab and Shift+Tab reach can be seen, though the progress stays at the top (WCAG 2.4.11)."""
    page = opened(address("answers", "fr"), viewport=PHONE)
    reach(page, "answers", "fr")
    for key in ("Tab", "Shift+Tab"):
        for _ in range(24):
            page.keyboard.press(key)
            assert page.evaluate(SEEN), page.evaluate("document.activeElement.outerHTML")


SEEN = """(() => {
    const own = document.activeElement;
    if (own === document.body) return true;
    const box = own.getBoundingClientRect();
    const at = (y) => document.elementFromPoint(box.left + box.width / 2, y);
    return [box.top + 3, box.top + box.height / 2, box.bottom - 3].some((y) => own.contains(at(y)) || at(y)?.contains(own));
})()"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_can_be_told_from_its_ground(opened: Open, site: Site, scheme: str) -> None:
    """The ring has a colour with 3:1 against the page and another with 3:1 against itself (WCAG 2.4.7, 1.4.11)."""
    page = opened(address("several", "fr"), color_scheme=scheme)
    reach(page, "several", "fr")
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    rings = set()
    for _ in range(20):
        page.keyboard.press("Tab")
        width, outline, shadow = page.evaluate(RING)
        colours = [outline, *re.findall(r"rgb\([^)]*\)", shadow)]
        assert width >= 2 and max(contrast(colour, ground) for colour in colours) >= 3
        rings.add(tuple(colours))
    assert len(rings) == 2  # of what is pressed, and of the field


RING = """(() => {
    const look = getComputedStyle(document.activeElement);
    return [look.outlineStyle === "none" ? 0 : parseFloat(look.outlineWidth), look.outlineColor, look.boxShadow];
})()"""


@pytest.mark.parametrize("name", ["result", "several", "answers", "prefilled"])
def test_wider_spacing_of_letters_and_lines_cuts_nothing(opened: Open, site: Site, name: str) -> None:
    """The spacing that WCAG 1.4.12 names, on a small phone."""
    page = opened(address(name, "de"), viewport={"width": 320, "height": 640}, bypass_csp=True)
    reach(page, name, "de")
    page.add_style_tag(content=SPACING)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(CUT) == []


SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
CUT = """[...document.querySelectorAll("body *")].filter((one) => !one.closest(".unseen, .skip, input, textarea") && one.clientWidth &&
    one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== "visible").map((one) => one.outerHTML)"""


def zoomed(page: Page, percent: int) -> None:
    """As a browser's setting for larger text does it."""
    page.add_style_tag(content=f"html {{ font-size: {106.25 * percent / 100}% !important; }}")


@pytest.mark.parametrize("name", ["start", "several", "result", "answers"])
def test_text_twice_as_large_fits_a_phone(opened: Open, site: Site, name: str) -> None:
    """WCAG 1.4.4, where the window does not grow with the text."""
    page = opened(address(name, "de"), viewport=PHONE, bypass_csp=True)
    reach(page, name, "de")
    zoomed(page, 200)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.evaluate(CUT) == []
    assert reply_of(page)
