"""Opening inputs: files, pipes and standard input, packed or not, within limits."""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, NamedTuple

from lint import pace
from lint.sources.limits import Account, Limits, Refused, too_large
from lint.sources.unpacking import packing_of, unpacked

START = 1 << 12
"""How many bytes of an input are looked at to tell what it is."""


class Stream(NamedTuple):
    """The bytes of an input after unpacking.

    ``start`` are the first of them, up to ``START``; ``size`` is known for what is not packed; ``depth``
    counts the packings and archives around.
    """

    file: IO[bytes]
    start: bytes
    size: int | None
    account: Account
    depth: int = 0

    def line(self) -> bytes:
        """Read a line with its end; nothing at the end of the input."""
        most = self.account.limits.max_bytes
        line = self.file.readline(most + 1)
        if len(line) > most:
            raise too_large("A line of this file", most)
        pace.count(len(line))
        return line

    def block(self, size: int) -> bytes:
        """Read so many bytes, or fewer at the end of the input."""
        block = self.file.read(size)
        pace.count(len(block))
        return block

    def rest(self, before: int = 0) -> bytes:
        """Read all that follows the ``before`` bytes that were read already."""
        most = self.account.limits.max_bytes
        if self.size is not None and self.size > most:
            raise too_large("This file", most)
        rest = self.file.read(most + 1 - before)
        if before + len(rest) > most:
            raise too_large("This file", most)
        pace.count(len(rest))
        return rest


def is_remote(path: str) -> bool:
    """Say whether a path is an address such as https://example.org/records.zip."""
    return "://" in path and not os.path.exists(path)


@contextmanager
def opened(path: str, limits: Limits) -> Iterator[Stream]:
    """Open an input, a path, an address or ``-`` for standard input, and close it in the end.

    Raises ``Refused`` (SRC001, SRC016, SRC019, SRC020), also while the stream is being read.
    """
    try:
        if path == "-":
            yield stream_of(_standard_input(), None, Account(limits))
        elif is_remote(path):
            from lint.sources.remote import opened_remote

            with opened_remote(path) as (far, size):
                yield stream_of(far, size, Account(limits, size or 0))
        else:
            with open(_checked(path), "rb") as file:
                size = os.fstat(file.fileno()).st_size if os.path.isfile(path) else None
                yield stream_of(file, size, Account(limits, size or 0))
    except OSError as error:
        raise unreadable(error) from error


@contextmanager
def in_memory(raw: bytes, limits: Limits) -> Iterator[Stream]:
    """Give bytes the form of an opened input."""
    yield stream_of(io.BytesIO(raw), len(raw), Account(limits, len(raw)))


def stream_of(file: IO[bytes], size: int | None, account: Account, depth: int = 0) -> Stream:
    """Unpack a file, however often it is packed."""
    if not account.packed:
        file = io.BufferedReader(_Counted(file, account))
    start, file = peeked(file, START)
    while packing := packing_of(start):
        depth += 1
        account.check_depth(depth)
        start, file = peeked(unpacked(packing, file, account), START)
        size = None
    return Stream(file, start, size, account, depth)


def peeked(file: IO[bytes], size: int) -> tuple[bytes, IO[bytes]]:
    """Return the first bytes of a file, and the file as if they were not read."""
    start = file.read(size)
    if file.seekable():
        file.seek(0)
        return start, file
    return start, io.BufferedReader(_Rejoined(start, file))


class _Rejoined(io.RawIOBase):
    """A file whose start was read already."""

    def __init__(self, start: bytes, file: Any) -> None:
        self._start = start
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        chunk = self._start[: len(buffer)] or self._file.read1(len(buffer))
        self._start = self._start[len(buffer) :]
        buffer[: len(chunk)] = chunk
        return len(chunk)


class _Counted(io.RawIOBase):
    """A pipe, whose size nobody knows before its end: the account grows as it is read."""

    def __init__(self, file: Any, account: Account) -> None:
        self._file = file
        self._account = account

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        chunk = self._file.read1(len(buffer))
        self._account.packed += len(chunk)
        buffer[: len(chunk)] = chunk
        return len(chunk)


_CHECK_PATH = "Check the path and the spelling of the name."
_REASONS = {
    errno.ENOENT: ("There is no file of this name.", _CHECK_PATH),
    errno.ENOTDIR: ("There is no file of this name.", _CHECK_PATH),
    errno.EACCES: ("The file may not be read.", "Ask for the right to read it, or copy it."),
    errno.EPERM: ("The file may not be read.", "Ask for the right to read it, or copy it."),
    errno.EISDIR: ("This is a folder that cannot be listed.", "Name the files in it."),
    errno.ELOOP: ("The link leads back to itself.", "Name the file that the link should lead to."),
    errno.ENAMETOOLONG: ("The name is too long for a file.", _CHECK_PATH),
}


def unreadable(error: OSError) -> Refused:
    """Word why an input cannot be opened or read on."""
    message, hint = _REASONS.get(
        error.errno or 0,
        (f"The file cannot be read: {error.strerror or error}.", "Copy the file, then try again."),
    )
    return Refused("SRC001", message, hint)


def _checked(path: str) -> str:
    """Return the path unless it leads to a device, which may never end."""
    try:
        mode = os.stat(path).st_mode
    except ValueError as error:
        raise Refused("SRC001", "No file can have this name.", _CHECK_PATH) from error
    if (stat.S_ISCHR(mode) or stat.S_ISBLK(mode)) and path != os.devnull:
        raise Refused("SRC001", "This is a device, not a file.", "Name a file, or use - for a pipe.")
    return path


def _standard_input() -> IO[bytes]:
    buffer: Any = getattr(sys.stdin, "buffer", None)
    if buffer is None:
        raise Refused("SRC001", "There is no standard input.", "Name a file instead of -.")
    return buffer if hasattr(buffer, "peek") else io.BytesIO(buffer.read())
