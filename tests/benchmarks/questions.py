"""Asks the assistant the questions of a data folder or file: python -m tests.benchmarks.questions DATA [--verbose].

The whole reply is graded, without its buttons. A question of the kind "answer" is right when every fact and nothing
forbidden stands in it, be it in an answer or in what is shown of the titles offered ("direct" counts answers only);
"refuse" when it gets titles or a do-not-know; "check" when the named check opens.
"""

import argparse
import time
from collections import defaultdict
from datetime import date
from pathlib import Path

from bot.conversation import reply
from bot.messages import Message, Reply, without_choices
from bot.session import Session
from tests.benchmarks.sets import Asked, questions, right

TODAY = date(2026, 11, 22)


def main() -> None:
    """Ask, grade and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="a questions file, or a folder with questions_dev.json")
    parser.add_argument("--verbose", action="store_true", help="name every question that went wrong")
    chosen = parser.parse_args()
    report(chosen.data, chosen.verbose)


def report(data: Path, verbose: bool = False) -> None:
    """Print the share of right replies by kind, language and style, and how long a question takes."""
    graded: dict[tuple[str, str, str], list[bool]] = defaultdict(list)
    times = []
    for lang, greeting in (("fr", "Qu'est-ce qu'un bon de garde ?"), ("de", "Was ist ein Betreuungsgutschein?")):
        begin = time.perf_counter()
        ask(greeting, lang)
        print(f"first question in {lang}: {time.perf_counter() - begin:.2f} s")
    for asked in questions(data):
        begin = time.perf_counter()
        answered = ask(asked.text, asked.lang)
        times.append(time.perf_counter() - begin)
        good = is_right(asked, answered)
        for key in ((asked.kind, "", ""), (asked.kind, asked.lang, ""), (asked.kind, "", asked.style)):
            graded[key].append(good)
        if asked.kind == "answer":
            graded["direct", "", ""].append(good and answered.kind == "answer")
        if verbose and not good:
            print(f"  {asked.kind} {asked.lang} -> {answered.kind} {_named(answered)}: {asked.text}")
    for (kind, lang, style), rows in sorted(graded.items()):
        print(f"{kind:7} {lang or style or 'all':11} {sum(rows)}/{len(rows)} = {100 * sum(rows) / len(rows):.1f} %")
    times.sort()
    print(
        f"question to reply: p50 {times[len(times) // 2] * 1e3:.1f} ms, p99 {times[len(times) * 99 // 100] * 1e3:.1f} ms"
    )


def ask(text: str, lang: str) -> Reply:
    """The first reply to a person who writes only this."""
    return reply(Session(lang=lang), Message(text=text), TODAY)[1]


def is_right(asked: Asked, answered: Reply) -> bool:
    """Whether a reply is what the question should get."""
    if asked.kind == "refuse":
        return answered.kind in ("unknown", "suggest")
    if asked.kind == "check":
        return answered.kind == "ask" and answered.check == asked.check
    return answered.kind in ("answer", "suggest") and right(asked, without_choices(answered))


def _named(answered: Reply) -> str:
    if answered.check:
        return answered.check
    first = answered.passages[0] if answered.passages else None
    return f"{first['article']}#{first['anchor']}" if first else "nothing"


if __name__ == "__main__":
    main()
