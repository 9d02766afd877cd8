"""A PostgreSQL server of the tests' own, run by an unprivileged user on a free port; skipped where there is none."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def postgres_server(port: int) -> Iterator[str]:
    """The address of an empty database; the server ends with the context."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = programs[-1] if programs else shutil.which("initdb")
    if not found:
        # Nobody needs PostgreSQL to work on the rest; CI installs it.
        pytest.skip("PostgreSQL is not installed (Debian: apt install postgresql)")
    programs_folder = Path(found).parent
    user = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="kibon-bot-postgres-"))
    if user:
        shutil.chown(folder, user, pwd.getpwnam(user).pw_gid)

    def run(program: str, *arguments: str) -> None:
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        subprocess.run(
            [programs_folder / program, *arguments],
            check=True, cwd=folder, env=environment, user=user, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60,
        )  # fmt: skip

    try:
        data = folder / "data"
        run("initdb", "-D", str(data), "-U", "kibon", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
        run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql://kibon@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged() -> str | None:
    """A user to run as where we are root, under whom PostgreSQL refuses to run."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    # PostgreSQL refuses to run as root.
    pytest.skip("no unprivileged user to run PostgreSQL as")
