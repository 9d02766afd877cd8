"""The one cookie: a random token, for this site alone, out of reach of scripts."""

from datetime import timedelta
from http.cookies import SimpleCookie

from starlette.requests import Request
from starlette.responses import Response

NAME = "kibon-bot"
KEPT_LONGER = timedelta(days=1)  # so that we can say that a visit has ended


def token(request: Request) -> str:
    """The token that the browser sends, or ""."""
    return request.cookies.get(_name(request), "")


def give(answer: Response, request: Request, value: str, lasting: timedelta) -> None:
    """Give the browser the token of its visit."""
    answer.headers.append("set-cookie", _cookie(request, value, int((lasting + KEPT_LONGER).total_seconds())))


def take(answer: Response, request: Request) -> None:
    """Take the token back."""
    answer.headers.append("set-cookie", _cookie(request, "", 0))


def _cookie(request: Request, value: str, seconds: int) -> str:
    """In a frame of another site the cookie belongs to that site alone; otherwise it is sent to our own pages only."""
    name = _name(request)
    cookie = SimpleCookie({name: value})
    own = cookie[name]
    own["path"], own["max-age"], own["httponly"] = "/", seconds, True
    if _embedded(request):
        own["samesite"], own["secure"] = "None", True
        return cookie[name].OutputString() + "; Partitioned"
    own["samesite"] = "Lax"
    if request.scope["scheme"] == "https":
        own["secure"] = True
    return own.OutputString()


def _name(request: Request) -> str:
    """Behind TLS the prefix __Host- keeps other hosts of the same domain from setting it."""
    if _embedded(request):
        return f"__Host-{NAME}-embedded"
    return f"__Host-{NAME}" if request.scope["scheme"] == "https" else NAME


def _embedded(request: Request) -> bool:
    return str(request.scope.get("root_path", "")).endswith("/embed")
