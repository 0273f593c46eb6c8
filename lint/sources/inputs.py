"""Opening inputs: files, pipes and standard input, packed by gzip or not, within limits."""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, NamedTuple

from lint import pace
from lint.model import SourceProblem


class Limits(NamedTuple):
    """What an input may cost.

    ``max_bytes`` bounds what is held in memory at once: a whole file, or one line of JSONL.
    ``max_ratio`` bounds how many times larger than its file a gzip file may become, from
    ``ratio_from`` bytes on.
    """

    max_bytes: int = 1 << 30
    max_ratio: int = 200
    ratio_from: int = 1 << 26


DEFAULT_LIMITS = Limits()


class Refused(Exception):
    """An input, or the rest of it, that cannot be read; ``problem`` says why."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.problem = SourceProblem(code, message, hint, unreadable=True)


class Stream(NamedTuple):
    """The bytes of an input after unpacking; ``size`` is known for plain files only."""

    file: IO[bytes]
    size: int | None
    limits: Limits

    def line(self) -> bytes:
        """Read a line with its end; nothing at the end of the input."""
        line = self.file.readline(self.limits.max_bytes + 1)
        if len(line) > self.limits.max_bytes:
            raise _too_large("A line of this file", self.limits)
        pace.count(len(line))
        return line

    def rest(self, before: int = 0) -> bytes:
        """Read all that follows the ``before`` bytes that were read already."""
        if self.size is not None and self.size > self.limits.max_bytes:
            raise _too_large("This file", self.limits)
        rest = self.file.read(self.limits.max_bytes + 1 - before)
        if before + len(rest) > self.limits.max_bytes:
            raise _too_large("This file", self.limits)
        pace.count(len(rest))
        return rest


@contextmanager
def opened(path: str, limits: Limits) -> Iterator[Stream]:
    """Open an input, ``-`` being standard input, and close it in the end.

    Raises ``Refused`` (SRC001, SRC016, SRC019), also while the stream is being read.
    """
    try:
        if path == "-":
            yield _unpacked(_standard_input(), None, limits)
        else:
            with open(_checked(path), "rb") as file:
                size = os.fstat(file.fileno()).st_size
                yield _unpacked(file, size if os.path.isfile(path) else None, limits)
    except OSError as error:
        raise _unreadable(error) from error


@contextmanager
def in_memory(raw: bytes, limits: Limits) -> Iterator[Stream]:
    """Give bytes the form of an opened input."""
    yield _unpacked(io.BytesIO(raw), len(raw), limits)


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


def _unreadable(error: OSError) -> Refused:
    message, hint = _REASONS.get(
        error.errno or 0,
        (f"The file cannot be read: {error.strerror or error}.", "Copy the file, then try again."),
    )
    return Refused("SRC001", message, hint)


def _too_large(what: str, limits: Limits) -> Refused:
    message = f"{what} is larger than {limits.max_bytes:,} bytes, the most that is read at once."
    return Refused("SRC016", message, "Split it, or save it as JSONL: one record a line.")


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


def _unpacked(file: Any, size: int | None, limits: Limits) -> Stream:
    start = file.peek(2)[:2] if hasattr(file, "peek") else file.getvalue()[:2]
    if start != b"\x1f\x8b":
        return Stream(file, size, limits)
    return Stream(io.BufferedReader(_Unpacking(file, limits), 1 << 16), None, limits)


class _Unpacking(io.RawIOBase):
    """The unpacked bytes of a gzip file; refuses broken files and those that grow too much."""

    def __init__(self, packed: IO[bytes], limits: Limits) -> None:
        self._packed = packed
        self._limits = limits
        self._unpacker = _unpacker()
        self._input = b""
        self._taken = self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        try:
            chunk = self._next(len(buffer))
        except zlib.error as error:
            raise _broken_gzip("is damaged") from error
        buffer[: len(chunk)] = chunk
        self._given += len(chunk)
        limits = self._limits
        if self._given > max(limits.ratio_from, self._taken * limits.max_ratio):
            message = f"This gzip file unpacks to more than {limits.max_ratio} times its size."
            raise Refused("SRC016", message, "No real record does; unpack it yourself to look inside.")
        return len(chunk)

    def _next(self, size: int) -> bytes:
        while True:
            if not self._input:
                self._input = self._packed.read(1 << 16)
                self._taken += len(self._input)
            if self._unpacker.eof:
                if not self._input.strip(b"\0"):
                    return b""
                self._unpacker = _unpacker()
            elif not self._input:
                raise _broken_gzip("ends too early")
            chunk: bytes = self._unpacker.decompress(self._input, size)
            is_done = self._unpacker.eof
            self._input = self._unpacker.unused_data if is_done else self._unpacker.unconsumed_tail
            if chunk:
                return chunk


def _unpacker() -> Any:
    return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)


def _broken_gzip(what: str) -> Refused:
    return Refused("SRC019", f"The gzip file {what}.", "Download or pack the file again.")
