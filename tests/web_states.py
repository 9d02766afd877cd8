"""The main states of the web chat, and how a person comes to each; pictures of them where a folder is named.

SCREENSHOTS=folder makes the tests in a browser leave a picture of every state there, in both languages.
"""

import os
from pathlib import Path

from chromium import arrives, says
from playwright.sync_api import Page

FAMILY = "care_start=2027-02-01&school_stage=preschool&commune=other&household=married"
OPENED = "adaptation_role=parents&child_at_institution=new&adaptation_box=open"
DATES = "adaptation_begins=2027-02-01&work_begins=2027-03-01&filed_on=2027-01-31"
ADAPTATION = f"{OPENED}&entitled_rate=60&{DATES}"
INCOME = "income_way=sum&income_sum=60000-70000&family_adults=two&family_children=2&children_by_half=no"
PLACE = "school_stage=preschool&provider=daycare&children_in_care=1&income_fell=no&birth_month=2022-03-01&booked_rate=60&granted_rate=80"
VOUCHER = f"voucher_month=2026-12-01&{INCOME}&{PLACE}&care_cost=1500-1650&special_needs_lump_sum=no"
QUESTION = {"fr": "Qui coche la case d'adaptation ?", "de": "Wer setzt das Häkchen bei der Eingewöhnung?"}
BEGIN, PRINT, EXPIRE, CHANGE = "(begin)", "(print)", "(expire)", "(change)"

# the address, then what is done there: one of the above, a button by its data, or something to say
STATES: dict[str, tuple[str, ...]] = {
    "start": ("/{lang}/",),
    "question": ("/{lang}/", "{question}"),
    "unknown": ("/{lang}/", "Kaiserschmarrn ?"),
    "choice": ("/{lang}/checks/minimum_activity", BEGIN, "01.02.2027"),
    "several": (f"/{{lang}}/checks/minimum_activity?{FAMILY}", BEGIN),
    "rate": (f"/{{lang}}/checks/adaptation?{OPENED}", BEGIN),
    "refusal": (f"/{{lang}}/checks/adaptation?{OPENED}&entitled_rate=60", BEGIN, "abc"),
    "result": (f"/{{lang}}/checks/adaptation?{ADAPTATION}", BEGIN),
    "year": (f"/{{lang}}/checks/adaptation?{ADAPTATION}", BEGIN, "/year"),
    "curve": (f"/{{lang}}/checks/voucher?{VOUCHER}", BEGIN, "/curve"),
    "code": (f"/{{lang}}/checks/adaptation?{ADAPTATION}", BEGIN, "/code"),
    "answers": (f"/{{lang}}/checks/minimum_activity?{FAMILY}", BEGIN, CHANGE),
    "print": (f"/{{lang}}/checks/adaptation?{ADAPTATION}", BEGIN, PRINT),
    "checks": ("/{lang}/checks/",),
    "prefilled": ("/{lang}/checks/adaptation?adaptation_role=parents&entitled_rate=900",),
    "about": ("/{lang}/about",),
    "missing": ("/{lang}/nothing",),
    "expired": (f"/{{lang}}/checks/adaptation?{OPENED}", BEGIN, EXPIRE),
    "embedded": ("/embed/{lang}/",),
}
SHOWN = (
    "(document.querySelector('#answers details[open]') ?? document.querySelector('li:has(#reply)')).scrollIntoView()"
)
DRAWN = "new Promise(requestAnimationFrame).then(() => Promise.all([...document.images].map((one) => one.decode())))"
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


def address(name: str, lang: str) -> str:
    """Where a state begins."""
    return STATES[name][0].format(lang=lang)


def reach(page: Page, name: str, lang: str) -> None:
    """Do what leads from its address to a state."""
    for step in STATES[name][1:]:
        if step == BEGIN:
            page.click("main button.main")
            page.wait_for_selector("#reply")
        elif step == PRINT:
            answer = page.goto(f"/{lang}/print")
            assert answer and answer.ok
        elif step == CHANGE:
            page.locator("summary").nth(1).click()
        elif step == EXPIRE:
            (cookie,) = page.context.cookies()
            page.context.add_cookies([{**cookie, "value": "00000001" + cookie["value"][8:]}])  # type: ignore[list-item]
            page.reload()
        elif step.startswith("/"):
            button = f"main button[value='{step}']"
            arrives(page, lambda: page.locator(button).first.click())  # noqa: B023  # called at once
        else:
            says(page, step.format(question=QUESTION[lang]))


def picture(page: Page, name: str, lang: str, device: str, scheme: str) -> None:
    """Leave a picture of what a person sees now, where the tests are asked for pictures."""
    if folder := os.environ.get("SCREENSHOTS"):
        if "turn=" in page.url:
            page.evaluate(SHOWN)
        page.evaluate(DRAWN)
        page.screenshot(path=Path(folder) / f"{name}-{lang}-{device}-{scheme}.png", animations="disabled")
