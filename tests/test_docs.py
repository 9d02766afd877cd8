"""The README names every command, setting and check, and the changelog the version."""

import re
from pathlib import Path

from web_states import STATES

from bot.__main__ import _parser
from bot.settings import Settings
from bot.words import LANGUAGES
from checks.guided import guided

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_is_described() -> None:
    commands = re.findall(r"^    ([a-z]+)", _parser().format_help(), re.MULTILINE)
    assert "ask" in commands
    for name in commands:
        assert f"| `{name}" in README, name


def test_every_setting_is_described_with_its_default() -> None:
    for name, field in Settings.model_fields.items():
        assert f"`KIBON_BOT_{name.upper()}`" in README
        if field.default and "Secret" not in type(field.default).__name__:
            assert f"`{field.default}`" in README


def test_every_picture_is_one_that_the_tests_in_a_browser_take() -> None:
    shown = re.findall(r"\.github/screenshots/(\S+?)\.png", README)
    assert sorted(shown) == sorted(file.stem for file in (ROOT / ".github/screenshots").iterdir())
    for name in shown:
        state, lang, device, scheme = name.split("-")
        assert state in STATES and lang in LANGUAGES and device in ("phone", "desktop") and scheme in ("light", "dark")


def test_every_check_is_described() -> None:
    for name in guided():
        assert f"| `{name}` |" in README


def test_the_changelog_names_the_version() -> None:
    version = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert version and f"## {version[1]}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
