"""Asks the library the questions of a data folder or file: python -m tests.benchmarks.questions DATA [--verbose].

A question of the kind "answer" is right when it is answered and the quoted passages hold every fact and nothing
forbidden; one of the kind "refuse" when it is not answered. Guided checks are not graded here.
"""

import argparse
import time
from collections import defaultdict
from pathlib import Path

from knowledge.search import Finding, find
from tests.benchmarks.sets import Asked, questions, right


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
    for lang, greeting in (("fr", "Bonjour à tous"), ("de", "Guten Tag zusammen")):
        begin = time.perf_counter()
        find(greeting, lang)
        print(f"first question in {lang}: {time.perf_counter() - begin:.2f} s")
    for asked in questions(data):
        begin = time.perf_counter()
        finding = find(asked.text, asked.lang)
        times.append(time.perf_counter() - begin)
        if asked.kind not in ("answer", "refuse"):
            continue
        good = is_right(asked, finding)
        for key in ((asked.kind, "", ""), (asked.kind, asked.lang, ""), (asked.kind, "", asked.style)):
            graded[key].append(good)
        if verbose and not good:
            print(f"  {asked.kind} {asked.lang} -> {finding.kind} {_named(finding)}: {asked.text}")
    for (kind, lang, style), rows in sorted(graded.items()):
        print(f"{kind:7} {lang or style or 'all':11} {sum(rows)}/{len(rows)} = {100 * sum(rows) / len(rows):.1f} %")
    times.sort()
    print(
        f"question to finding: p50 {times[len(times) // 2] * 1e3:.1f} ms, p99 {times[len(times) * 99 // 100] * 1e3:.1f} ms"
    )


def is_right(asked: Asked, finding: Finding) -> bool:
    """Whether a finding is what the question should get."""
    if asked.kind == "refuse":
        return finding.kind != "answer"
    quoted = " ".join(hit.passage.text for hit in finding.hits[: finding.quoted])
    return finding.kind == "answer" and right(asked, quoted)


def _named(finding: Finding) -> str:
    return f"{finding.hits[0].passage.article}#{finding.hits[0].passage.anchor}" if finding.hits else "nothing"


if __name__ == "__main__":
    main()
