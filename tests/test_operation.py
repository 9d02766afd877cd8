"""What is described for operation fits the program: the unit, the image and the settings they name."""

import json
import re
from pathlib import Path

from bot.__main__ import _parser
from bot.settings import Settings

DEPLOY = Path(__file__).parent.parent / ".deploy"
FILES = {path.name: path.read_text(encoding="utf-8") for path in DEPLOY.iterdir()}


def test_the_unit_and_the_image_start_a_command_that_exists() -> None:
    commands = re.findall(r'kibon-bot"?,? "?([a-z]+)"?\]?$', "\n".join(FILES.values()), re.MULTILINE)
    assert len(commands) >= 2
    for name in set(commands):
        assert _parser().parse_args([name])


def test_every_setting_they_name_exists() -> None:
    named = {name for text in FILES.values() for name in re.findall(r"KIBON_BOT_([A-Z_]+)", text)}
    assert named and {name.lower() for name in named} <= set(Settings.model_fields)


def test_what_watches_the_image_asks_where_it_serves() -> None:
    (asked,) = re.findall(r"HEALTHCHECK .*CMD (\[.*\])$", FILES["Dockerfile"], re.MULTILINE)
    code = json.loads(asked)[2]
    compile(code, "HEALTHCHECK", "exec")
    (port,) = re.findall(r"'KIBON_BOT_PORT', '(\d+)'", code)
    assert int(port) == Settings().port and f"EXPOSE {port}" in FILES["Dockerfile"] and "'/health'" in code
    assert 'CMD ["kibon-bot", "serve"]' in FILES["Dockerfile"]  # the others have no /health by default


def test_neither_runs_as_root() -> None:
    assert "USER kibon-bot" in FILES["Dockerfile"] and "DynamicUser=yes" in FILES["kibon-bot.service"]
