"""Keeps what is slow to build in a folder: files of JSON and plain arrays of numbers.

A file that is missing, damaged, made from other texts or by another version, owned by somebody else or open to the
writing of others is built anew, silently; so is everything where the folder cannot be written.
"""

import json
import os
import stat
import sys
import tempfile
from array import array
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

from knowledge.library import FOLDER

_MAGIC = b"kiBon-Bot 1\n"
_SIZE = 32
_MOST_FILES = 4  # of one name
_ARRAY = "\0array"


def kept(folder: Path | None, name: str, content: object, build: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What `build` gives, from the folder where it was kept for the same `content`; None for a folder keeps nothing.

    The values are dictionaries, JSON values and arrays. `content` is told apart by its repr.
    """
    if folder is None:
        return build()
    key = _digest(_version() + repr(content).encode())
    path = folder / f"{name}-{key.hex()[:12]}.index"
    found = _read(path, key)
    if found is None:
        found = build()
        _write(path, key, found)
        _clear(folder, name)
    return found


@cache
def _version() -> bytes:
    """What else the result depends on: this package's code and word lists, the stemmer, and the Python that runs it."""
    files = sorted([*FOLDER.glob("*.py"), FOLDER / "words.toml"])
    used = f"{version('whoosh-reloaded')}{sys.version}{sys.byteorder}"
    return _digest(b"".join(path.read_bytes() for path in files) + used.encode())


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=_SIZE).digest()


def _read(path: Path, key: bytes) -> dict[str, Any] | None:
    try:
        with path.open("rb") as stream:
            if not _ours(os.fstat(stream.fileno())) or stream.read(len(_MAGIC)) != _MAGIC or stream.read(_SIZE) != key:
                return None
            digest, body = stream.read(_SIZE), stream.read()
    except OSError:
        return None
    if _digest(body) != digest:
        return None
    size = int.from_bytes(body[:8], "big")
    found: dict[str, Any] = _unpacked(json.loads(body[8 : 8 + size]), memoryview(body)[8 + size :])
    return found


def _ours(found: os.stat_result) -> bool:
    if sys.platform == "win32":
        return True
    return found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _write(path: Path, key: bytes, pack: Mapping[str, Any]) -> None:
    blobs: list[bytes] = []
    text = json.dumps(_plain(pack, blobs), ensure_ascii=False, separators=(",", ":")).encode()
    body = len(text).to_bytes(8, "big") + text + b"".join(blobs)
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(_MAGIC + key + _digest(body) + body)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)


def _clear(folder: Path, name: str) -> None:
    """Keep the newest files: bots with other texts, or of another version, may share the folder."""
    with suppress(OSError):
        files = sorted(folder.glob(f"{name}-*.index"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in files[_MOST_FILES:]:
            path.unlink()


def _plain(value: Any, blobs: list[bytes]) -> Any:
    if isinstance(value, array):
        blobs.append(value.tobytes())
        return {_ARRAY: [value.typecode, len(blobs[-1])]}
    if isinstance(value, Mapping):
        return {key: _plain(item, blobs) for key, item in value.items()}
    return value


def _unpacked(value: Any, blob: memoryview) -> Any:
    """The value with its arrays, which follow each other in the order of the JSON text."""
    place = 0

    def unpack(value: Any) -> Any:
        nonlocal place
        if not isinstance(value, dict):
            return value
        if _ARRAY not in value:
            return {key: unpack(item) for key, item in value.items()}
        typecode, size = value[_ARRAY]
        row = array(typecode)
        row.frombytes(blob[place : place + size])
        place += size
        return row

    return unpack(value)
