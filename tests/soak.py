"""The long run: kills under load, and whether the memory of the process stays flat. Run by `make soak` only."""

import os
from pathlib import Path

from telegram_server import TelegramServer
from test_delivery import STEPS, killed_again_and_again, started

CHATS = int(os.environ.get("SOAK_CHATS", "200"))
KILLS = int(os.environ.get("SOAK_KILLS", "20"))
ROUNDS = int(os.environ.get("SOAK_ROUNDS", "12"))
PEOPLE_A_ROUND = 100
QUESTIONS = (
    "Qui coche la case d'adaptation ?",
    "où acheter un vélo cargo ?",
    "/confidentialite",
    "/exporter",
    "/oublier",
)
REPLIES = len(STEPS) + len(QUESTIONS) + 1  # the export comes with a file
GROWTH = 1.05


async def test_kills_at_random_moments_of_many_talks(server: TelegramServer, tmp_path: Path) -> None:
    await killed_again_and_again(server, tmp_path / "memory.sqlite3", CHATS, KILLS, seed=1)


def own_memory(pid: int) -> int:
    """The process's memory in pages, without those of files: the database grows, and its pages are lent."""
    resident, of_files = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1:3]
    return int(resident) - int(of_files)


async def test_the_memory_of_the_process_stays_flat(server: TelegramServer, tmp_path: Path) -> None:
    process = await started(server, tmp_path / "memory.sqlite3")
    sizes = []
    for _ in range(ROUNDS):
        people = [server.person(language_code="fr") for _ in range(PEOPLE_A_ROUND)]
        for text in (*STEPS, *QUESTIONS):
            for person in people:
                await person.says(text)
        arrived = await server.until(lambda own=people: all(len(one.messages) >= REPLIES for one in own), timeout=300)  # type: ignore[misc]
        assert arrived
        sizes.append(own_memory(process.pid))
        for person in people:
            person.history.clear()
            server.sent.pop(person.chat_id)
        server.calls.clear()
    process.terminate()
    await process.wait()
    begin = max(sizes[: ROUNDS // 3])
    print(f"\nmemory by round of {PEOPLE_A_ROUND * (len(STEPS) + len(QUESTIONS))} messages, in pages: {sizes}")
    assert max(sizes[ROUNDS // 3 :]) <= GROWTH * begin, sizes
