"""The commands of kibon-bot."""

import argparse
import sys
from datetime import date
from importlib import import_module

from platformdirs import user_cache_path

from bot import office
from bot.options import Refused
from bot.words import LANGUAGES
from knowledge.places import Places, use


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Exit status: 0 done, 1 the input is not right, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        settings = office.settings()
        use(Places(settings.texts, settings.cache or user_cache_path("kibon-bot", appauthor=False)))
        module, _, command = options.run.partition(".")
        return getattr(import_module(f"bot.{module}"), command)(options) or 0
    except Refused as problem:
        sys.stderr.write(f"kibon-bot: {problem}\n")
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kibon-bot", description="Questions and pre-checks on childcare vouchers in the canton of Bern."
    )
    commands = parser.add_subparsers(required=True, metavar="command")

    chat = _command(commands, "chat", "talk in the terminal", "talking.chat")
    chat.add_argument("--plain", action="store_true", help="for pipes: one line in, one plain reply out")

    ask = _command(commands, "ask", "answer one question, or a file of them", "tools.ask")
    ask.add_argument("question", nargs="?", help="the question")
    ask.add_argument("--batch", metavar="FILE", help='one {"id", "lang", "question"} a line; "-" for standard input')
    ask.add_argument("--json", action="store_true", help="print JSON")

    checks = _command(commands, "checks", "list the guided checks", "tools.checks")
    checks.add_argument("--json", action="store_true", help="print JSON")

    check = _command(commands, "check", "run a guided check on a file of answers", "tools.check")
    check.add_argument("name", help="the check, as listed by `checks`")
    check.add_argument("--answers", metavar="FILE", required=True, help='{"answers": {…}}; "-" for standard input')
    check.add_argument("--json", action="store_true", help="print JSON")

    assess = _command(commands, "assess", "assess whole cases with kiBon's rules", "assess_cases.assess")
    assess.add_argument("file", nargs="?", help='one case (JSON), or one a line; "-" for standard input')
    assess.add_argument("--json", action="store_true", help="print JSON, one answer a line")
    assess.add_argument("--schema", action="store_true", help="print the JSON Schema of a case")

    diagram = _command(commands, "diagram", "draw a check as a Mermaid diagram", "tools.diagram")
    diagram.add_argument("name", help="the check, as listed by `checks`")

    cases = _command(commands, "cases", "print a check's cases as a table for experts (CSV)", "tools.cases")
    cases.add_argument("name", help="the check, as listed by `checks`")
    cases.add_argument("--all", action="store_true", help="every path instead of one for each distinct result")

    about = "check the articles, show their figures, import official texts"
    of_knowledge = commands.add_parser("knowledge", help=about, description=about)
    _knowledge(of_knowledge.add_subparsers(required=True, metavar="command"))
    inbox = _command(commands, "inbox", "print the questions that found no answer", "office.inbox")
    inbox.add_argument("--json", action="store_true", help="print JSON")

    stats = _command(commands, "stats", "print the counters", "office.stats")
    stats.add_argument("--days", action="store_true", help="for each day too")
    stats.add_argument("--json", action="store_true", help="print JSON")

    doctor = _command(commands, "doctor", "look for what is wrong, and say what to do", "office.doctor")
    doctor.add_argument("--json", action="store_true", help="print JSON")

    switch = _command(
        commands, "switch", "switch the assistant off with a note for users, or on again", "office.switch"
    )
    switch.add_argument("to", choices=("on", "off"))
    for lang in LANGUAGES:
        switch.add_argument(f"--note-{lang}", metavar="TEXT", help=f"what users read in this language ({lang})")

    backup = _command(commands, "backup", "copy the database while it is in use (SQLite)", "office.backup")
    backup.add_argument("file", help="the copy")

    serve = _command(commands, "serve", "serve the web chat, and Telegram where there is a token", "talking.serve")
    serve.add_argument("--host", help="address to listen at (default: this machine only)")
    serve.add_argument("--port", type=_port, help="port to listen at (default: 8080)")

    _command(
        commands,
        "telegram",
        "serve Telegram by long polling, or by webhook where its address is set",
        "talking.telegram",
    )
    return parser


def _knowledge(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    check = _command(commands, "check", "print every mistake of articles, lists and texts", "editors.check")
    check.add_argument("--json", action="store_true", help="print JSON")

    stats = _command(commands, "stats", "print the figures of the library", "editors.stats")
    stats.add_argument("--json", action="store_true", help="print JSON")

    texts = _command(
        commands, "import", "import official texts into the folder KIBON_BOT_TEXTS", "editors.import_texts"
    )
    texts.add_argument("files", nargs="+", metavar="FILE", help="Markdown, text, HTML, PDF or DOCX")
    texts.add_argument("--title", default="", help="title, where the file has none")
    texts.add_argument("--publisher", default="", help="the office that published it")
    texts.add_argument("--date", help='its date (2024, 2024-03 or 2024-03-01); "" if it bears none')
    texts.add_argument("--url", default="", help="its address on the web")
    texts.set_defaults(lang=None)


def _command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, about: str,
             run: str) -> argparse.ArgumentParser:  # fmt: skip
    parser = commands.add_parser(name, help=about, description=about)
    parser.add_argument("--lang", choices=LANGUAGES, default="fr", help="language (default: fr)")
    parser.add_argument("--today", type=_day, metavar="YYYY-MM-DD", help="the day (default: today in Zurich)")
    parser.set_defaults(run=run)
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2026-11-22") from None


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port like 8080")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
