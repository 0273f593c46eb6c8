"""The list of members at the end of a zip archive, read in portions.

``zipfile`` keeps an object for every member, 0.4 GB for the registry's archive. Here only the bytes of the list are
walked over; ``zipfile`` then sees the archive as if it held the members of one portion.
Layout: APPNOTE.TXT 6.3.10, 4.3.12 to 4.3.16, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from struct import Struct
from typing import IO, Any, NamedTuple, TypeAlias

from lint.sources.limits import Account, Refused

_ENTRY = Struct("<4s16xIIHHH12x")
_END = Struct("<4s4H2LH")
_END_64 = Struct("<4sQ2H2L4Q")
_LOCATOR = Struct("<4sLQL")
_LONGEST_COMMENT = (1 << 16) - 1
_IN_64 = 0xFFFFFFFF
_PACKED = 1 << 18
_MEMBERS = 1000
"""A portion ends when its members take so many bytes in the archive, or are so many."""


Source: TypeAlias = Callable[[int, int], bytes]
"""Gives so many bytes from an offset of an archive."""


class Directory(NamedTuple):
    """Where the list of members starts and ends in the file, and where the archive says that it starts."""

    start: int
    end: int
    stated: int


class Portion(NamedTuple):
    """Some members in a row: the bytes of their entries, where these start in the file, the number of members."""

    entries: bytes
    start: int
    members: int


class _Entry(NamedTuple):
    raw: bytes
    name: bytes
    packed: int
    size: int


def find_directory(file: IO[bytes], size: int) -> Directory:
    """Find the list of members of an archive of so many bytes. Raises ``Refused`` (SRC019, SRC020)."""
    before = max(0, size - _LONGEST_COMMENT - _END.size - _LOCATOR.size - _END_64.size)
    file.seek(before)
    tail = file.read(size - before)
    end = tail.rfind(b"PK\5\6")
    if end < 0 or len(tail) < end + _END.size:
        message = "The zip archive is cut off: the list of its members, which stands at its end, is missing."
        raise Refused("SRC019", message, "Download or copy the archive again.")
    _, disk, _, _, _, length, stated, _ = _END.unpack_from(tail, end)
    end_64 = end - _LOCATOR.size - _END_64.size
    if end_64 >= 0 and tail.startswith(b"PK\6\6", end_64) and tail.startswith(b"PK\6\7", end - _LOCATOR.size):
        end = end_64
        *_, disk, _, _, _, length, stated = _END_64.unpack_from(tail, end)
    if disk:
        raise Refused("SRC020", "This is a part of a split zip archive.", "Join its parts, or unpack it.")
    if before + end < length:
        raise _damaged(0)
    return Directory(before + end - length, before + end, stated)


def check_directory(at: Source, found: Directory, account: Account, wanted: Callable[[str], Any]) -> bool:
    """Put all members on the account, by what the list says that they unpack to; more is never read of a member.

    Says whether any member is ``wanted``. Raises ``Refused`` (SRC016). Damage is left to those who read on.
    """
    is_wanted = False
    try:
        for entry in _entries(at, found.start, found.end):
            account.add_members(1)
            account.unpack(entry.size)
            is_wanted = is_wanted or bool(wanted(entry.name.decode("utf-8", "replace")))
    except Refused as refused:
        if refused.problem.code != "SRC019":
            raise
        is_wanted = True
    return is_wanted


def portions(at: Source, start: int, end: int) -> Iterator[Portion]:
    """Yield the members listed between two offsets of the file. Raises ``Refused`` (SRC019) at damage."""
    waiting: list[bytes] = []
    packed = 0
    damage: Refused | None = None
    entries = _entries(at, start, end)
    while True:
        try:
            entry = next(entries, None)
        except Refused as refused:
            entry, damage = None, refused
        if entry:
            waiting.append(entry.raw)
            packed += entry.packed
        if waiting and (not entry or packed >= _PACKED or len(waiting) >= _MEMBERS):
            portion = Portion(b"".join(waiting), start, len(waiting))
            yield portion
            start, waiting, packed = start + len(portion.entries), [], 0
        if damage:
            raise damage
        if not entry:
            return


def singles(portion: Portion) -> Iterator[Portion]:
    """Yield each member of a portion as one of its own."""
    end = portion.start + len(portion.entries)
    place = portion.start
    for entry in _entries(held(portion.entries, portion.start), portion.start, end):
        yield Portion(entry.raw, place, 1)
        place += len(entry.raw)


def entry_name(portion: Portion) -> str:
    """Return the name of the first member of a portion as far as it can be read."""
    entry = next(_entries(held(portion.entries, portion.start), portion.start, portion.start + len(portion.entries)))
    return entry.name.decode("utf-8", "replace")


def from_file(file: IO[bytes]) -> Source:
    """Take the bytes of the list from the archive."""

    def at(offset: int, size: int) -> bytes:
        file.seek(offset)
        return file.read(size)

    return at


def held(raw: bytes, start: int) -> Source:
    """Take the bytes of the list, which starts at an offset of the archive, from memory."""
    return lambda offset, size: raw[offset - start : offset - start + size]


def _entries(at: Source, start: int, end: int) -> Iterator[_Entry]:
    """Yield the entries between two offsets. Raises ``Refused`` (SRC019) where there is something else."""
    while start < end:
        head = at(start, _ENTRY.size)
        if len(head) < _ENTRY.size or not head.startswith(b"PK\1\2"):
            raise _damaged(start)
        _, packed, size, *lengths = _ENTRY.unpack(head)
        more = at(start + len(head), sum(lengths))
        if len(more) < sum(lengths) or start + len(head) + len(more) > end:
            raise _damaged(start)
        start += len(head) + len(more)
        name, extra = more[: lengths[0]], more[lengths[0] : lengths[0] + lengths[1]]
        yield _Entry(head + more, name, packed, _size_64(extra) if size == _IN_64 else size)


def _size_64(extra: bytes) -> int:
    """Return the size of a member of 4 GB or more, which stands first in the extra field number 1."""
    while len(extra) >= 12:
        number, length = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if number == 1:
            return int.from_bytes(extra[4:12], "little")
        extra = extra[4 + length :]
    return _IN_64


def _damaged(offset: int) -> Refused:
    message = f"The list of members of this zip archive is damaged at byte {offset:,}; the members after that are lost."
    return Refused("SRC019", message, "Download or copy the archive again.")


class View(io.RawIOBase):
    """An archive as if its list of members were one portion of it: what ``zipfile`` is given to read."""

    def __init__(self, file: IO[bytes], found: Directory, portion: Portion) -> None:
        self._file = file
        self._start = found.start
        size, count = len(portion.entries), portion.members
        end = _END_64.pack(b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, found.stated)
        locator = _LOCATOR.pack(b"PK\6\7", 0, found.start + size, 1)
        short = _END.pack(b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, _IN_64, _IN_64, 0)
        self._tail = portion.entries + end + locator + short
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        self._at = (0, self._at, self._start + len(self._tail))[whence] + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def read(self, size: int | None = -1, /) -> bytes:
        beyond = self._at - self._start
        size = len(self._tail) + max(0, -beyond) if size is None or size < 0 else size
        if beyond >= 0:
            chunk = self._tail[beyond : beyond + size]
        else:
            self._file.seek(self._at)
            chunk = self._file.read(min(size, -beyond))
        self._at += len(chunk)
        return chunk
