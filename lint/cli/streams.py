"""Where output goes and how it may look there."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO, TextIO

from lint.errors import UsageError

WIDTH = 100
NO_ROOM = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
"""Faults of writing that say: the disk is full, or what the user may take of it."""
_ROOM = "make room there and in the folder for temporary files, or name a file on another disk"


def default_format(out: TextIO, *, to_file: bool) -> str:
    """Return ``full`` for a terminal, ``github`` inside Actions, else ``concise``."""
    if not to_file and out.isatty():
        return "full"
    if not to_file and os.environ.get("GITHUB_ACTIONS") == "true":
        return "github"
    return "concise"


def wants_colour(choice: str, out: TextIO) -> bool:
    """Decide on colour: the option, then NO_COLOR and FORCE_COLOR, then whether it is a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (out.isatty() and os.environ.get("TERM") != "dumb")


def width_of(out: TextIO) -> int:
    """Return the width of the terminal, within reason."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal():
        width = int(columns)
    else:
        try:
            width = os.get_terminal_size(out.fileno()).columns
        except (OSError, ValueError):
            width = WIDTH
    return min(max(width, 40), 140)


@contextmanager
def opened(path: str | None) -> Iterator[TextIO]:
    """Open the output: standard output, or a file that is replaced only when all is written."""
    if path is None:
        yield sys.stdout
        return
    with _replacing(path, mode="w", encoding="utf-8", errors="backslashreplace", newline="") as out:
        yield out


@contextmanager
def opened_binary(path: str) -> Iterator[BinaryIO]:
    """Open a file for bytes as ``opened`` does for text."""
    with _replacing(path, mode="wb") as out:
        yield out


@contextmanager
def writing(path: str) -> Iterator[None]:
    """Turn a fault in writing to a file into one clear line."""
    try:
        yield
    except OSError as error:
        hint = _ROOM if error.errno in NO_ROOM else ""
        raise UsageError(f"'{path}' cannot be written: {error.strerror}", hint) from error


@contextmanager
def _replacing(path: str, **how: Any) -> Iterator[Any]:
    """Open a file to write, which takes the place of ``path`` in the end; after a fault nothing is left of it."""
    target = os.path.realpath(path)
    in_place = os.path.exists(target) and not os.path.isfile(target)
    scratch = target if in_place else f"{target}.{os.getpid()}.part"
    with writing(path):
        out = open(scratch, **how)  # noqa: SIM115 (closed below, where a fault of it can be told)
    try:
        yield out
        with writing(path):
            out.close()
            if not in_place:
                if os.path.exists(target):
                    os.chmod(scratch, stat.S_IMODE(os.stat(target).st_mode))
                os.replace(scratch, target)
    finally:
        with suppress(OSError):
            out.close()
        if not in_place and os.path.exists(scratch):
            os.remove(scratch)


def drop_output() -> None:
    """Let what is left for standard output go nowhere, so that the interpreter cannot fail to write it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def speak_utf8(out: TextIO) -> None:
    """Make standard output UTF-8 for formats that machines read."""
    if hasattr(out, "reconfigure"):
        out.reconfigure(encoding="utf-8", errors="backslashreplace")
