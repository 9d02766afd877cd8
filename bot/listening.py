"""Where and how the web server listens."""

import resource
import socket

import uvicorn
from starlette.types import ASGIApp

from bot.channels.web.connections import Impatient

MOST_HEADER = 16_384  # bytes of a request before its body


class Unusable(RuntimeError):
    """The address cannot be listened at; the message says why in one line."""


def listen_at(host: str, port: int) -> socket.socket:
    """A listening socket; Unusable where the address is taken or does not exist."""
    try:
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as problem:
        raise Unusable(f"{host}:{port}: {problem}") from problem
    # Connections inherit it. Without it the body of an answer waits up to 40 ms for the confirmation of its head.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
    return listening


def address_of(listening: socket.socket) -> str:
    """The address to open in a browser."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def config(app: ASGIApp) -> uvicorn.Config:
    """How uvicorn serves: without a log of addresses, and without waiting for those who do not speak."""
    return uvicorn.Config(
        app,
        http=Impatient,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        h11_max_incomplete_event_size=MOST_HEADER,
        timeout_graceful_shutdown=5,
    )


def allow_many_connections() -> None:
    """As many open connections as the system grants."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
