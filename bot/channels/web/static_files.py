"""The few files that a page needs besides itself, read once and named by their content."""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web.problems import Problem

_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
FOREVER = "public, max-age=31536000, immutable"


@cache
def contents() -> Mapping[str, bytes]:
    """The files by name."""
    folder = files("bot.channels.web") / "static"
    return {file.name: file.read_bytes() for file in folder.iterdir() if _kind(file.name)}


@cache
def version() -> str:
    """Changes with any of the files, so that browsers may keep them as long as they like."""
    return hashlib.sha256(b"".join(contents()[name] for name in sorted(contents()))).hexdigest()[:10]


def address(name: str) -> str:
    """Where a file is found under the root."""
    return f"/static/{version()}/{name}"


async def static(request: Request) -> Response:
    """Answer with a file; an older version of an address gives the present one, to be asked for again."""
    name = request.path_params["name"]
    if name not in contents():
        raise Problem(404, "not_found")
    kept = FOREVER if request.path_params["version"] == version() else "no-cache"
    return Response(contents()[name], media_type=_kind(name), headers={"Cache-Control": kept})


async def embed_script(request: Request) -> Response:
    """The script that a commune's page names to show the talk in a frame."""
    return Response(contents()["embed.js"], media_type=_kind("embed.js"), headers={"Cache-Control": "max-age=3600"})


async def icon(request: Request) -> Response:
    """The sign that browsers ask for where a file of ours is opened alone, such as a picture."""
    return Response(contents()["mark.svg"], media_type=_kind("mark.svg"), headers={"Cache-Control": "max-age=3600"})


def _kind(name: str) -> str:
    return next((kind for ending, kind in _KINDS.items() if name.endswith(ending)), "")
