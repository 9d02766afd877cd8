"""`kibon-bot serve` as a process: it says where it listens, and in one line why it cannot."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from bot.__main__ import main

COMMAND = [sys.executable, "-m", "bot", "serve"]


def test_it_prints_its_address_answers_and_stops(tmp_path: Path) -> None:
    environment = {**os.environ, "KIBON_BOT_DATABASE": str(tmp_path / "served.sqlite3")}
    command = [*COMMAND, "--port", "0", "--today", "2026-11-22"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout and server.stderr
        printed = server.stdout.readline()
        assert printed.startswith("kiBon-Bot: http://127.0.0.1:")
        with urllib.request.urlopen(printed.split()[1] + "/de/", timeout=20) as answer:
            assert "Guten Tag" in answer.read().decode() and answer.headers["server"] is None
        server.send_signal(signal.SIGINT)
        assert server.wait(20) == 0 and server.stderr.read() == ""


def test_a_port_that_is_taken_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KIBON_BOT_DATABASE", str(tmp_path / "served.sqlite3"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["serve", "--port", str(taken.getsockname()[1])]) == 1
    assert main(["serve", "--host", "no.such.host.invalid"]) == 1
    errors = capsys.readouterr().err.splitlines()
    assert len(errors) == 2 and all("choose another --host or --port" in error for error in errors)


@pytest.mark.parametrize("port", ["99999", "-1", "web"])
def test_a_port_that_is_none_is_wrong_usage(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["serve", f"--port={port}"])
    assert "is not a port like 8080" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WEB_EMBEDDED_IN", "example.ch"),
        ("WEB_SESSION_HOURS", "0"),
        ("WEB_REQUESTS_PER_MINUTE", "many"),
        ("DATABASE", "/dev/null/x"),
    ],
)
def test_a_wrong_setting_is_told_in_one_line(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(f"KIBON_BOT_{name}", value)
    assert main(["serve", "--port=0"]) == 1
    error = capsys.readouterr().err
    assert f"KIBON_BOT_{name}" in error and error.count("\n") == 1
