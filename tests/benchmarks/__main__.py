"""Prints the figures that stand in the README: paths, replay, cold start, Telegram, web."""

import argparse
import asyncio
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from checks.case import run
from checks.explorer import paths
from checks.guided import guided
from checks.improvements import improvements
from checks.result import TOP
from checks.survey import survey
from tests.benchmarks import documents, left_out, peer_cases, questions, retrieval, stored_sessions, web, worked
from tests.benchmarks.whole_cases import whole_cases

TODAY = date(2026, 11, 22)
ROUNDS = 2000
CASES = 10_000


def main() -> None:
    """Measure everything that needs no outside data, and say what is skipped without it."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--data", type=Path, help="a folder with questions and question sets (optional)")
    data = parser.parse_args().data
    print(f"machine: {os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}")
    checks()
    changes()
    replay()
    assess()
    cold_start()
    subprocess.run([sys.executable, "-m", "tests.benchmarks.latency"], check=True)
    subprocess.run([sys.executable, "-m", "tests.benchmarks.telegram"], check=True)
    documents.report()
    stored_sessions.report()
    asyncio.run(web.report())
    if data is None:
        print(
            "skipped without DATA=folder: amounts of worked examples, answers to questions, retrieval on question sets"
        )
        return
    peer_cases.report(data)
    worked.report(data)
    questions.report(data)
    retrieval.report(data)
    left_out.report(data)


def checks() -> None:
    """Paths of every check, and the questions that change nothing."""
    for name, check in guided().items():
        begin = time.perf_counter()
        found = survey(check.check, TODAY)
        seconds = time.perf_counter() - begin
        print(
            f"check {name}: {found.paths} paths in {seconds:.1f} s, {len(found.questions)} questions, "
            f"longest {found.longest}, needless {len(found.needless)}"
        )


def changes() -> None:
    """What would change every negative or partial result of every check, and the slowest of them."""
    for name, check in guided().items():
        below, named, times = 0, 0, [0.0]
        for path in paths(check.check, TODAY):
            if path.run.result is None or path.run.result.merit[0] >= TOP:
                continue
            begin = time.process_time()
            found = improvements(check.check, path.answers, TODAY)
            times.append(time.process_time() - begin)
            below, named = below + 1, named + bool(found)
        print(
            f"change {name}: {below} results below the best, {named} with what would change them, the others with the "
            f"reason why nothing does; {sum(times):.1f} s, slowest {max(times) * 1000:.0f} ms"
        )


def replay() -> None:
    """The run of a ten-question dialog over its stored answers, beside parsing the same answers from JSON."""
    answers = {
        "care_start": "2026-12-01",
        "school_stage": "preschool",
        "commune": "other",
        "household": "married",
        "activities_1": ["employment"],
        "employment_1": 60,
        "activities_2": ["employment", "training"],
        "employment_2": 40,
        "training_2": 20,
        "unpaid_leave": "nobody",
    }
    check = guided()["minimum_activity"].check
    ours = _median(lambda: run(check, answers, TODAY))
    print(f"replay of {len(answers)} answers: {ours * 1e6:.0f} µs (median of {ROUNDS})")


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def assess() -> None:
    """Whole cases a second from a file to JSON lines, with start, validation and texts, and what memory it takes."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = (_assessed(Path(folder) / f"{count}.jsonl", count) for count in (CASES, 4 * CASES))
    print(
        f"assess: {CASES / few.seconds:.0f} mixed cases/s of {CASES}, {4 * CASES / many.seconds:.0f} of {4 * CASES}; "
        f"memory {few.megabytes:.0f} and {many.megabytes:.0f} MB"
    )


@dataclass(frozen=True)
class Process:
    """What one run of a command took: seconds of processor time, and the most memory in MB."""

    seconds: float
    megabytes: float


def _assessed(file: Path, count: int) -> Process:
    with file.open("w", encoding="utf-8") as stream:
        stream.writelines(f"{line}\n" for line in whole_cases(count))
    work = subprocess.Popen([sys.executable, "-m", "bot", "assess", str(file), "--json"], stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(work.pid, 0)
    if status:
        raise RuntimeError("a case of the benchmark is not right")
    return Process(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def cold_start() -> None:
    """A whole process from start to the first reply, beside an empty Python."""
    empty = _process([sys.executable, "-c", "pass"], "")
    greeting = _process([sys.executable, "-m", "bot", "chat", "--plain"], "bonjour\n")
    question = _process([sys.executable, "-m", "bot", "ask", "Qui coche la case d'adaptation ?"], "")
    print(
        f"cold start: empty Python {empty:.2f} s, to the first prompt {greeting:.2f} s, to a first answer {question:.2f} s"
    )


def _process(command: list[str], text: str) -> float:
    times = []
    for _ in range(5):
        begin = time.perf_counter()
        subprocess.run(command, input=text, text=True, capture_output=True, check=True)
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


if __name__ == "__main__":
    main()
