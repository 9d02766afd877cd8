"""Calls over HTTP: by the proxies of the environment, and with no secret in what is said of a failure."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from bot.channels.http_calls import HttpCalls, Unanswered

Server = Callable[[bytes | None], AbstractAsyncContextManager[tuple[str, list[str]]]]


@pytest.fixture
def serving_bytes() -> Server:
    """Starts a server that answers every call with these bytes, or never; its address and the first lines it reads."""

    @asynccontextmanager
    async def start(answer: bytes | None) -> AsyncIterator[tuple[str, list[str]]]:
        lines: list[str] = []
        end = asyncio.Event()

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            lines.append((await reader.readuntil(b"\r\n\r\n")).decode().splitlines()[0])
            if answer is None:
                await end.wait()
            writer.write(answer or b"")
            writer.close()

        async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", lines
            end.set()

    return start


async def post(url: str, patience: float = 5.0) -> tuple[int, bytes]:
    calls = HttpCalls(url, 1, patience, {})
    try:
        return await calls.post(f"{url}/bot123:SECRET/getMe", b"{}")
    finally:
        await calls.close()


@pytest.mark.parametrize(
    "answer", [b"", b"no HTTP at all\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", None]
)
async def test_a_failure_is_told_without_the_secret_in_the_address(serving_bytes: Server, answer: bytes | None) -> None:
    async with serving_bytes(answer) as (url, _):
        with pytest.raises(Unanswered) as failed:
            await post(url, patience=0.1 if answer is None else 5.0)
    assert str(failed.value) and "SECRET" not in str(failed.value)


async def test_a_server_that_is_not_there_is_named(unused_port: int) -> None:
    with pytest.raises(Unanswered, match=str(unused_port)) as failed:
        await post(f"http://127.0.0.1:{unused_port}")
    assert "SECRET" not in str(failed.value)


async def test_an_address_that_is_none_is_told_without_the_secret() -> None:
    with pytest.raises(Unanswered) as failed:
        await post("nonsense")
    assert "SECRET" not in str(failed.value)


async def test_the_proxy_of_the_environment_is_used(serving_bytes: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ALL_PROXY", "NO_PROXY", "no_proxy", "all_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    async with serving_bytes(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok") as (proxy, lines):
        monkeypatch.setenv("http_proxy", proxy.removeprefix("http://"))
        assert await post("http://telegram.invalid") == (200, b"ok")
        assert lines == ["POST http://telegram.invalid/bot123:SECRET/getMe HTTP/1.1"]
        monkeypatch.setenv("no_proxy", "invalid")
        with pytest.raises(Unanswered):
            await post("http://telegram.invalid")
    assert len(lines) == 1
