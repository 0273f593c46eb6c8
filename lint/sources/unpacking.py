"""Packed inputs by their first bytes; what comes out of gzip, bzip2, xz and zstd, as a stream within limits."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import IO, Any

from lint.expressions import compiled
from lint.sources.limits import Account, Refused

_BLOCK = 1 << 16
_STARTS = (
    ("gzip", compiled(rb"\x1f\x8b")),
    ("zstd", compiled(rb"\x28\xb5\x2f\xfd")),
    ("xz", compiled(rb"\xfd7zXZ\0")),
    ("bzip2", compiled(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")),
)
_MODULES = {
    "gzip": "gzip",
    "bzip2": "bz2",
    "xz": "lzma",
    "zstd": "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd",
}
_AGAIN = "Download or pack the file again."


def packing_of(start: bytes) -> str | None:
    """Name the packing of an input by its first bytes."""
    return next((name for name, pattern in _STARTS if pattern.match(start)), None)


def archive_of(start: bytes) -> str | None:
    """Name the kind of an archive, zip or tar, by its first bytes; Office documents are none."""
    if start.startswith((b"PK\3\4", b"PK\5\6")):
        is_office = b"[Content_Types].xml" in start or b"_rels/" in start or b"mimetypeapplication/" in start
        return None if is_office else "zip"
    if len(start) >= 512 and b"\0" in start[:512]:
        from tarfile import TarError, TarInfo

        try:
            TarInfo.frombuf(start[:512], "utf-8", "replace")
        except TarError:
            return None
        return "tar"
    return None


def unpacked(packing: str, file: IO[bytes], account: Account) -> IO[bytes]:
    """Return the stream that a packed one holds.

    Raises ``Refused``: SRC020 if the library for it is missing, else while the stream is read
    (SRC016 for too much, SRC019 for damage).
    """
    try:
        module = import_module(_MODULES[packing])
    except ImportError as error:
        hint = f"Install it with: pip install 'registry-lint[{packing}]', or unpack the file."
        raise Refused("SRC020", f"This file is packed by {packing}, for which a library is missing.", hint) from error
    return io.BufferedReader(Guarded(module.open(file), f"The {packing} file", account), _BLOCK)


class Guarded(io.RawIOBase):
    """Passes on what a reader of packed data gives, and words its failures as ``Refused`` (SRC019).

    What comes out is put on the ``account``, if one is given.
    """

    def __init__(self, reader: IO[bytes], what: str, account: Account | None = None, *, seekable: bool = False) -> None:
        self._reader = reader
        self._what = what
        self._account = account
        self._seekable = seekable

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._seekable

    def seek(self, offset: int, whence: int = 0, /) -> int:
        with wording(self._what):
            return self._reader.seek(offset, whence)

    def tell(self) -> int:
        return self._reader.tell()

    def readinto(self, buffer: Any, /) -> int:
        with wording(self._what):
            chunk = self._reader.read(len(buffer))
        if self._account:
            self._account.unpack(len(chunk))
        buffer[: len(chunk)] = chunk
        return len(chunk)


@contextmanager
def wording(what: str) -> Iterator[None]:
    """Turn what readers of packed data raise into ``Refused`` (SRC019); ``what`` begins its sentence."""
    try:
        yield
    except (Refused, MemoryError):
        raise
    except EOFError as error:
        raise Refused("SRC019", f"{what} ends too early.", _AGAIN) from error
    except Exception as error:
        if isinstance(error, OSError) and error.errno:
            raise  # of the disk or the network
        raise Refused("SRC019", f"{what} is damaged.", _AGAIN) from error
