"""Whole conversations in French and German, with the same words in every channel."""

import pytest
from conftest import Serving
from scripts import FOLDER, Script, data_of, flat, replies, scripts, text_of
from telegram_server import TelegramServer

from bot.channels.terminal import chat
from bot.messages import Reply, plain

ALL = scripts()
each_script = pytest.mark.parametrize("script", ALL, ids=[script.name for script in ALL])


def test_every_talk_has_a_twin_in_the_other_language() -> None:
    fr = {path.name.removesuffix(".fr.txt") for path in FOLDER.glob("*.fr.txt")}
    de = {path.name.removesuffix(".de.txt") for path in FOLDER.glob("*.de.txt")}
    assert fr == de and fr


@each_script
def test_a_talk_goes_as_written(script: Script) -> None:
    for turn, answered in replies(script):
        for fragment in turn.reads:
            assert fragment in flat(plain(answered)), f"{turn}\n{plain(answered)}"


@each_script
def test_the_terminal_says_the_same_words(script: Script, capsys: pytest.CaptureFixture[str]) -> None:
    lines: list[str] = []
    expected: list[Reply] = []
    for turn, answered in replies(script):
        lines.append(turn.says or _typed(expected[-1], turn.presses))
        expected.append(answered)
    chat(script.lang, lambda: script.today, plain_lines=True, lines=lines)
    assert capsys.readouterr().out == "".join(f"{plain(answered)}\n\n" for answered in expected)


def _typed(answered: Reply, label: str) -> str:
    """What a person at a terminal types for a button: the number of a choice, or the words of an action."""
    labels = [flat(button.label) for button in answered.choices]
    found = [number for number, own in enumerate(labels, 1) if own.startswith(label)]
    return str(found[0]) if found else label


@each_script
async def test_telegram_says_the_same_words(script: Script, server: TelegramServer, serving: Serving) -> None:
    person = server.person(language_code=script.lang)
    async with serving(script.today):
        before: Reply | None = None
        for turn, answered in replies(script):
            if turn.presses and before:
                await person.presses_data(data_of(before, turn.presses))
            else:
                await person.says(turn.says)
            expected, read = text_of(answered).replace("- ", ""), ""
            while read != expected:
                message = await person.reads()
                read = f"{read} {_words(message.text)}".strip()
                assert expected.startswith(read), f"{turn}: {read!r} is not how {expected!r} begins"
            before = answered


def _words(text: str) -> str:
    return flat(text.replace("• ", "").replace("- ", "").replace("↗", ""))
