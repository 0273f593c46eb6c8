"""Where output goes and how it may look there."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, TextIO

from lint.errors import UsageError

WIDTH = 100


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
    with (
        _replacing(path) as scratch,
        open(scratch, "w", encoding="utf-8", errors="backslashreplace", newline="") as out,
    ):
        yield out


@contextmanager
def opened_binary(path: str) -> Iterator[BinaryIO]:
    """Open a file for bytes as ``opened`` does for text."""
    with _replacing(path) as scratch, open(scratch, "wb") as out:
        yield out


@contextmanager
def _replacing(path: str) -> Iterator[str]:
    """Give the name of a file to write, which takes the place of ``path`` in the end."""
    target = os.path.realpath(path)
    in_place = os.path.exists(target) and not os.path.isfile(target)
    scratch = target if in_place else f"{target}.{os.getpid()}.part"
    try:
        yield scratch
        if not in_place:
            if os.path.exists(target):
                shutil.copymode(target, scratch)
            os.replace(scratch, target)
    except OSError as error:
        raise UsageError(f"'{path}' cannot be written: {error.strerror}") from error
    finally:
        if not in_place and os.path.exists(scratch):
            os.remove(scratch)


def speak_utf8(out: TextIO) -> None:
    """Make standard output UTF-8 for formats that machines read."""
    if hasattr(out, "reconfigure"):
        out.reconfigure(encoding="utf-8", errors="backslashreplace")
