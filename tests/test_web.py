"""The web chat without a browser: pages, forms, JSON, cookies, links, sessions."""

import html
import json
import re
from collections.abc import AsyncIterator, Callable
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pytest
from conftest import TODAY
from scripts import Script, data_of, flat, replies, scripts, text_of
from web_site import Page, letters, visitor, words_of

from bot.channels.web.place import Place
from bot.channels.web.visits import MOST_EXCHANGES, Visits
from bot.documents.hand_over import PICTURES
from bot.documents.picture import DARK, LIGHT
from bot.memory import Memory
from bot.messages import Message, Reply
from bot.session import Session
from bot.words import LANGUAGES, words
from checks.guided import guided

AT_RESULT = {
    "adaptation_role": "parents", "child_at_institution": "new", "adaptation_box": "open", "entitled_rate": "60",
    "adaptation_begins": "2027-02-01", "work_begins": "2027-03-01", "filed_on": "2027-01-31",
}  # fmt: skip


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with visitor(tmp_path / "web.sqlite3") as own:
        yield own


async def says(browser: httpx.AsyncClient, text: str, page: Page | None = None, lang: str = "fr") -> Page:
    """Send the form below the talk, as a browser does."""
    place = {"question": page.place} if page and page.place else {}
    return Page(await browser.post("/messages", data={"lang": lang, "text": text, **place}))


async def presses(browser: httpx.AsyncClient, data: str, lang: str = "fr") -> Page:
    return Page(await browser.post("/messages", data={"lang": lang, "button": data}))


async def at_the_rate(browser: httpx.AsyncClient) -> Page:
    """The adaptation check up to its question on the rate."""
    await presses(browser, "/start.adaptation")
    for data in ("adaptation_role.parents", "child_at_institution.new", "adaptation_box.open"):
        page = await presses(browser, f"adaptation.{data}")
    assert page.place == "adaptation.entitled_rate"
    return page


@pytest.mark.parametrize("script", scripts(), ids=[script.name for script in scripts()])
async def test_a_talk_says_the_same_words_in_pages_and_as_json(script: Script, tmp_path: Path) -> None:
    before: Reply | None = None
    page: Page | None = None
    async with (
        visitor(tmp_path / "form.sqlite3", script.today) as person,
        visitor(tmp_path / "json.sqlite3", script.today) as program,
    ):
        for turn, answered in replies(script):
            if turn.presses and before:
                button = data_of(before, turn.presses)
                page = await presses(person, button, script.lang)
                sent = {"button": button}
            else:
                page = await says(person, turn.says, page, before.lang if before else script.lang)
                sent = {"text": turn.says}
            assert letters(page.reply) == letters(text_of(answered)), turn
            found = (
                await program.post("/messages", json={**sent, "lang": before.lang if before else script.lang})
            ).json()
            assert flat(found["text"]).startswith(text_of(answered)) and found["kind"] == answered.kind
            assert [one["data"] for one in found["choices"]] == [one.data for one in answered.choices]
            before = answered


async def test_the_first_page_needs_no_cookie_and_sets_none(browser: httpx.AsyncClient) -> None:
    for lang in LANGUAGES:
        answer = await browser.get(f"/{lang}/")
        assert answer.status_code == 200 and "set-cookie" not in answer.headers
        page = Page(answer)
        assert flat(words(lang)("greeting.title")) in page.reply
        assert {f"/start.{name}" for name in guided()} <= set(page.buttons.values())


async def test_the_front_page_follows_the_language_of_the_browser(browser: httpx.AsyncClient) -> None:
    for accepted, lang in (("de-CH,de;q=0.9", "de"), ("fr-CH", "fr"), ("en", "fr"), ("", "fr")):
        answer = await browser.get("/", headers={"Accept-Language": accepted})
        assert str(answer.url).endswith(f"/{lang}/")


async def test_the_cookie_is_random_and_out_of_reach(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/messages", data={"lang": "fr", "text": "bonjour"}, follow_redirects=False)
    cookie = answer.headers["set-cookie"]
    assert answer.status_code == 303
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Secure" not in cookie
    answer = await browser.post("https://kibon.test/messages", data={"text": "salut"}, follow_redirects=False)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-") and "Secure" in cookie and "Path=/" in cookie


async def test_in_a_frame_of_another_site_the_cookie_belongs_to_that_site(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("https://kibon.test/embed/messages", data={"text": "salut"}, follow_redirects=False)
    cookie = answer.headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=None", "Secure", "Partitioned"))
    assert answer.headers["location"].startswith("/embed/fr/")


async def test_a_reload_shows_the_same_and_sends_nothing_again(browser: httpx.AsyncClient) -> None:
    page = await at_the_rate(browser)
    again = Page(await browser.get(page.url))
    assert again.reply == page.reply and again.answers == page.answers


async def test_an_earlier_page_takes_answers_for_its_own_question(browser: httpx.AsyncClient) -> None:
    page = await at_the_rate(browser)
    later = await says(browser, "60 %", page)
    later = await says(browser, "1er septembre 2026", later)
    assert later.place == "adaptation.work_begins"
    again = await says(browser, "80", page)  # from the second tab, or after the back button
    assert "Taux accordé dès le travail 80 %" in again.answers
    assert "Début de l'adaptation 1er septembre 2026" in again.answers and again.place == later.place


async def test_a_bad_answer_on_an_earlier_page_loses_nothing(browser: httpx.AsyncClient) -> None:
    page = await at_the_rate(browser)
    await says(browser, "60 %", page)
    again = await says(browser, "170", page)
    assert "J'attends un taux entier" in again.reply and again.place == page.place
    assert "Taux accordé dès le travail 60 %" in again.answers
    assert "80 %" in (await says(browser, "80", again)).answers


async def test_a_page_of_the_back_button_shows_its_own_question(browser: httpx.AsyncClient) -> None:
    page = await at_the_rate(browser)
    later = await says(browser, "60", page)
    back = Page(await browser.get(page.url))
    assert back.reply == page.reply != later.reply and back.place == page.place


@pytest.mark.parametrize("turn", ["0", "99", "-1", "x", "1e9", "٣", "9" * 400])
async def test_a_turn_that_does_not_exist_shows_the_talk(browser: httpx.AsyncClient, turn: str) -> None:
    page = await at_the_rate(browser)
    assert Page(await browser.get("/fr/", params={"turn": turn})).reply == page.reply


async def test_answers_are_edited_in_place(browser: httpx.AsyncClient) -> None:
    page = await says(browser, "60", await at_the_rate(browser))
    data = {
        "lang": "fr",
        "question": "adaptation.child_at_institution",
        "button": "adaptation.child_at_institution.back",
    }
    after = Page(await browser.post("/messages", data=data))
    assert "Oui, il y revient après une pause" in after.answers and after.reply != page.reply


async def test_several_options_are_ticked_at_once_and_unticked(browser: httpx.AsyncClient) -> None:
    await presses(browser, "/start.minimum_activity")
    page = Page(await browser.get("/fr/"))
    for text in ("1er février 2027", "1", "4", "1"):
        page = await says(browser, text, page)
    ticked = {"lang": "fr", "question": page.place, "option": ["1", "4"], "several": ""}
    after = Page(await browser.post("/messages", data=ticked))
    assert "Emploi à taux fixe, Formation ou perfectionnement" in after.answers
    nothing = {"lang": "fr", "question": page.place, "several": ""}
    assert "Je n'ai pas pu lire de texte" in Page(await browser.post("/messages", data=nothing)).reply
    none = Page(await browser.post("/messages", data={**nothing, "several": "0"}))
    assert "Rien de tout cela" in none.answers


async def test_the_progress_falls_to_nothing(browser: httpx.AsyncClient) -> None:
    page = await at_the_rate(browser)
    assert re.search(r"Encore environ [234] questions", flat(page.html))
    for text in ("60", "1er septembre 2026", "1er octobre 2026", "31 août 2026"):
        page = await says(browser, text, page)
    assert "Toutes les réponses sont là" in page.html


async def test_switching_the_language_keeps_everything(browser: httpx.AsyncClient) -> None:
    page = await at_the_rate(browser)
    german = Page(await browser.get("/de/"))
    assert german.place == page.place and "Auf welches Betreuungspensum" in german.reply
    assert "Sie sind Eltern" in german.answers
    german = await says(browser, "60%", german, lang="de")
    assert "Welches ist der erste Tag der Eingewöhnung?" in german.reply and "/de/" in german.url
    spoken = await says(browser, "français", german, lang="de")
    assert "/fr/" in spoken.url and "Quel est le premier jour de l'adaptation" in spoken.reply


async def test_sources_stand_as_footnotes_with_their_date(browser: httpx.AsyncClient) -> None:
    page = await at_the_rate(browser)
    for text in ("60", "1er septembre 2026", "1er octobre 2026", "31 août 2026"):
        page = await says(browser, text, page)
    assert '<sup><a href="#source-' in page.html
    assert page.words(r'<p class="source" id="source-\d+-1">(.*?)</p>').endswith("2024")
    answer = await says(browser, "Qui coche la case de l'adaptation ?")
    assert 'href="https://blog.kibon.ch/?p=7772"' in answer.html


async def test_the_print_view_holds_answers_result_and_code(browser: httpx.AsyncClient) -> None:
    empty = Page(await browser.get("/fr/print"))
    assert "Il n'y a rien à imprimer" in words_of(empty.html)
    page = await at_the_rate(browser)
    assert "La vérification n'est pas terminée" in words_of((await browser.get("/fr/print")).text)
    for text in ("60", "1er septembre 2026", "1er octobre 2026", "31 août 2026"):
        page = await says(browser, text, page)
    for lang, title in (("fr", "Un bon est possible"), ("de", "Ein Gutschein ab der Eingewöhnung ist möglich")):
        paper = Page(await browser.get(f"/{lang}/print")).html
        assert title in paper and "KIBON-" in paper and "<dt>" in paper and "textarea" not in paper


async def test_a_deep_link_reads_its_answers_back_and_begins_with_them(browser: httpx.AsyncClient) -> None:
    link = "/fr/checks/adaptation?adaptation_role=parents&entitled_rate=60&work_begins=2026-13-01&nonsense=1"
    page = Page(await browser.get(link))
    assert "<dd>Parent</dd>" in page.html and "<dd>60\u00a0%</dd>" in page.html
    assert "J&#39;attends une date possible" in page.html and "pas de question de ce nom" in page.html
    code = page.words(r'name="text" value="([^"]+)"')
    begun = Page(await browser.post("/messages", data={"lang": "fr", "text": code}))
    assert "L'enfant connaît-il déjà cette institution" in begun.reply and "Vous êtes Parent" in begun.answers
    assert code not in begun.html


async def test_a_link_changes_nothing_before_it_is_begun(browser: httpx.AsyncClient) -> None:
    page = await at_the_rate(browser)
    await browser.get("/fr/checks/minimum_activity?household=married")
    assert Page(await browser.get("/fr/")).answers == page.answers


@pytest.mark.parametrize("name", list(guided()))
async def test_every_check_has_a_page_in_both_languages(browser: httpx.AsyncClient, name: str) -> None:
    for lang in LANGUAGES:
        page = Page(await browser.get(f"/{lang}/checks/{name}"))
        assert page.status == 200 and page.buttons[flat(words(lang)("web.check.begin"))] == f"/start.{name}"
    query = "&".join(f"{question}=x" for question in guided()[name].questions)
    assert (await browser.get(f"/fr/checks/{name}?{query}")).status_code == 200


async def test_a_result_is_handed_over_as_files(browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/fr/files/summary")).status_code == 404
    page = await at_the_rate(browser)
    assert (await browser.get("/fr/files/summary")).status_code == 404
    for text in ("60", "1er février 2027", "1er mars 2027", "31 janvier 2027"):
        page = await says(browser, text, page)
    for name, beginning in {"summary": b"%PDF", "calendar": b"BEGIN:VCALENDAR"}.items():
        assert f'<a href="/fr/files/{name}" download>' in page.html
        assert (await browser.get(f"/fr/files/{name}")).content.startswith(beginning)
    page = await presses(browser, "/letter")
    assert page.file == ""
    assert page.words('<p class="source"><a href="mailto:[^"]+">(.*?)</a>') == words("fr")("keep.mail")
    found = (await browser.post("/messages", json={"button": "/summary"})).json()
    assert found["file"] == "/fr/files/summary" and (await browser.get(found["file"])).status_code == 200
    assert (await browser.get("/fr/files/forget")).status_code == 404


VOUCHER = {
    "voucher_month": "2026-12-01", "income_way": "sum", "income_sum": "60000-70000", "family_adults": "two",
    "family_children": "2", "children_by_half": "no", "school_stage": "preschool", "provider": "daycare",
    "birth_month": "2022-03-01", "children_in_care": "1",
    "booked_rate": "60", "granted_rate": "80", "care_cost": "1500-1650", "special_needs_lump_sum": "no",
}  # fmt: skip


async def taken_up(browser: httpx.AsyncClient, check: str, answers: dict[str, str], lang: str = "fr") -> Page:
    """A check begun from a link with these answers."""
    link = Page(await browser.get(f"/{lang}/checks/{check}", params=answers))
    code = link.words(r'name="text" value="([^"]+)"')
    return Page(await browser.post("/messages", data={"lang": lang, "text": code}))


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("lang", LANGUAGES)
async def test_pictures_are_shown_as_svg_with_their_words_light_and_dark(
    browser: httpx.AsyncClient, name: str, lang: str
) -> None:
    check, answers = ("voucher", VOUCHER) if name == "curve" else ("adaptation", AT_RESULT)
    await taken_up(browser, check, answers, lang)
    page = await presses(browser, f"/{name}", lang)
    assert f'<img src="/{lang}/files/{name}" alt="{words(lang)(f"web.file.{name}")}"' in page.html
    assert f'<source srcset="/{lang}/files/{name}?scheme=dark" media="(prefers-color-scheme: dark)">' in page.html
    light, dark = await browser.get(page.file), await browser.get(page.file, params={"scheme": "dark"})
    assert light.headers["content-type"] == dark.headers["content-type"] == "image/svg+xml"
    assert light.headers["content-disposition"].endswith('.svg"') and "default-src 'none'" in light.headers[
        "content-security-policy"
    ]  # fmt: skip
    said = ElementTree.fromstring(light.text).findtext("{http://www.w3.org/2000/svg}desc") or ""
    assert words_of(said) in page.reply
    assert LIGHT["paper"] in light.text and DARK["paper"] in dark.text and LIGHT["paper"] not in dark.text
    paper = (await browser.get(f"/{lang}/print")).text
    assert f'<img src="/{lang}/files/{name}" alt="{said}"' in html.unescape(paper) and "scheme=dark" not in paper


async def test_while_the_assistant_is_switched_off_it_says_so(tmp_path: Path) -> None:
    async with visitor(tmp_path / "web.sqlite3") as browser:
        page = await at_the_rate(browser)
        async with Memory(tmp_path / "web.sqlite3") as office:
            await office.pause({"fr": "Fermé pour entretien.", "de": "Wegen Unterhalts geschlossen."})
        assert "Fermé pour entretien." in (await says(browser, "60", page)).reply
        async with Memory(tmp_path / "web.sqlite3") as office:
            await office.pause({})
        assert "Quel est le premier jour" in (await says(browser, "60", page)).reply


async def test_ended_visits_are_deleted(tmp_path: Path) -> None:
    day = TODAY
    async with Memory(tmp_path / "web.sqlite3", today=lambda: day) as memory:
        visits = Visits(memory, lambda: day, timedelta(hours=24))
        await visits.turn("", Message(button="/start.adaptation"), Place(), "fr", "")
        await memory.save("telegram:1", Session(lang="fr", check="period"))
        day = TODAY + timedelta(days=1)
        await visits.expire()
        assert b"adaptation_role" in stored_in(tmp_path)
        day = TODAY + timedelta(days=2)
        await visits.expire()
        assert b"adaptation_role" not in stored_in(tmp_path) and (await memory.load("telegram:1")).check == "period"


async def test_a_code_goes_on_elsewhere(browser: httpx.AsyncClient, tmp_path: Path) -> None:
    page = await at_the_rate(browser)
    code = (await presses(browser, "/code")).words(r"<blockquote><p>(KIBON-[0-9A-Z-]+)</p>")
    async with visitor(tmp_path / "elsewhere.sqlite3") as other:
        there = await says(other, code)
    assert there.place == page.place and there.answers == page.answers


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (lambda code: code[:-1] + ("0" if code[-1] != "0" else "1"), "code_mistyped"),
        (lambda code: code[:-4], "code_mistyped"),
        (lambda code: "KIBON" + "-ZZZZ" * 700, "code_mistyped"),
    ],
    ids=["one letter", "cut off", "endless"],
)
async def test_a_broken_code_says_what_to_do_and_loses_nothing(
    browser: httpx.AsyncClient, broken: Callable[[str], str], code: str
) -> None:
    page = await at_the_rate(browser)
    right = (await presses(browser, "/code")).words(r"<blockquote><p>(KIBON-[0-9A-Z-]+)</p>")
    after = await says(browser, broken(right), page)
    assert flat(words("fr")(f"refusal.{code}")) in after.reply
    assert after.answers == page.answers and after.place == page.place and "ZZZZ" not in after.html


async def test_programs_get_json_with_accents_and_the_number_of_questions(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/messages", json={"button": "/start.adaptation", "lang": "fr"})
    found = answer.json()
    assert answer.headers["content-type"] == "application/json" and "Êtes" not in found["text"]
    assert "êtes-vous" in answer.text and found["questions_left"] > 2 and found["check"] == "adaptation"
    assert json.loads(answer.text)["choices"][0] == {"label": "Parent", "data": "adaptation.adaptation_role.parents"}
    assert (await browser.post("/messages", json={"text": "Hallo, ich habe eine Frage"})).json()["lang"] in LANGUAGES


async def test_a_visit_goes_on_after_a_restart(tmp_path: Path) -> None:
    async with visitor(tmp_path / "web.sqlite3") as browser:
        page = await at_the_rate(browser)
        cookies = browser.cookies
    async with visitor(tmp_path / "web.sqlite3") as browser:
        browser.cookies = cookies
        again = Page(await browser.get(page.url))
        assert again.place == page.place and again.answers == page.answers
        assert "Quel est le premier jour" in (await says(browser, "60", again)).reply


async def test_a_visit_can_be_erased(browser: httpx.AsyncClient, tmp_path: Path) -> None:
    await at_the_rate(browser)
    before = dict(browser.cookies)
    assert "/forget" in Page(await browser.get("/de/about")).buttons.values()
    page = await presses(browser, "/forget", "de")
    assert flat(words("de")("forget.done")) in page.reply and page.html.count('class="reply') == 1 and not page.answers
    assert dict(browser.cookies) == before and b"adaptation_role" not in stored_in(tmp_path)


async def test_a_visit_ends_after_the_set_time(tmp_path: Path) -> None:
    now = 1_800_000_000.0
    async with Memory(tmp_path / "web.sqlite3") as memory:
        visits = Visits(memory, lambda: TODAY, timedelta(hours=24), now=lambda: now)
        begun = await visits.turn("", Message(button="/start.adaptation"), Place(), "fr", "")
        assert (await visits.find(begun.token)).session.check == "adaptation"
        now += 24 * 3600 - 1
        assert (await visits.find(begun.token)).session.check == "adaptation"
        now += 1
        over = await visits.find(begun.token)
        assert over.ended and not over.token and over.session.check is None
        after = await visits.turn(begun.token, Message(text="bonjour"), Place(), "fr", "")
        assert after.token != begun.token and after.session.check is None


async def test_an_ended_visit_is_told(tmp_path: Path) -> None:
    async with visitor(tmp_path / "web.sqlite3") as browser:
        browser.cookies.set("kibon-bot", "0000ffff." + "x" * 32)
        assert "Votre session précédente a pris fin" in words_of((await browser.get("/fr/")).text)


def stored_in(folder: Path) -> bytes:
    """Everything in the files of a folder."""
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def test_what_is_typed_within_a_check_is_not_stored(tmp_path: Path) -> None:
    async with visitor(tmp_path / "web.sqlite3") as browser:
        page = await at_the_rate(browser)
        await says(browser, "Ma voisine Wilhelmine demande qui coche la case de l'adaptation ?", page)
        cookie = browser.cookies["kibon-bot"]
        stored = stored_in(tmp_path)
    assert b"Wilhelmine" not in stored and cookie.encode() not in stored


async def test_few_exchanges_are_kept(browser: httpx.AsyncClient) -> None:
    for number in range(MOST_EXCHANGES + 3):
        page = await says(browser, f"merci {number}")
    assert page.html.count('class="said"') == MOST_EXCHANGES


async def test_everything_typed_is_shown_as_text(browser: httpx.AsyncClient) -> None:
    page = await says(browser, '<script>alert("x")</script> & <b>gras</b>')
    assert "<script>alert" not in page.html and "<b>gras" not in page.html and "&lt;script&gt;" in page.html


async def test_a_page_weighs_little(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/fr/")
    files = {part for part in answer.text.split('"') if part.startswith("/static/")}
    total = len(answer.content)
    for file in files:
        found = await browser.get(file)
        assert found.status_code == 200 and "immutable" in found.headers["cache-control"]
        total += len(found.content)
    assert len(files) == 4 and total < 60_000


async def test_the_longest_talk_is_packed_small(browser: httpx.AsyncClient) -> None:
    """As many long results as a page shows, with all that the page needs, as it is sent."""
    for number in range(MOST_EXCHANGES):
        page = await taken_up(browser, "voucher", {**VOUCHER, "care_cost": str(1500 + number)}, LANGUAGES[number % 2])
    assert page.html.count('class="reply result"') == MOST_EXCHANGES
    paths = [page.url, *(part for part in page.html.split('"') if part.startswith("/static/"))]
    answers = [await browser.get(path) for path in paths]
    assert sum(answer.num_bytes_downloaded for answer in answers) < 60_000
    assert (await browser.get(page.url, headers={"Accept-Encoding": "identity"})).text == page.html


async def test_the_day_of_the_server_is_the_day_of_the_result(tmp_path: Path) -> None:
    async with visitor(tmp_path / "web.sqlite3", date(2026, 8, 20)) as browser:
        page = await at_the_rate(browser)
        for text in ("60", "1er septembre", "1er octobre", "31 août"):
            page = await says(browser, text, page)
    assert "20 août 2026" in page.reply
