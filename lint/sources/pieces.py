"""Cuts inputs into pieces that can be read one by one, in any process, and give the same records."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import IO, NamedTuple

from lint.model import Failure, Record, Region, SourceProblem
from lint.sources.archives import entries_between, portion_lengths
from lint.sources.forms import is_jsonl, starts_like_json
from lint.sources.inputs import START, opened, unreadable
from lint.sources.jsonlists import AHEAD, Segment, is_long_list, segments
from lint.sources.limits import Refused, limits_in_force, too_large
from lint.sources.names import shown_name
from lint.sources.reading import LISTED, read, read_lines, read_members, read_segment
from lint.sources.text import Mark
from lint.sources.unpacking import archive_of

SIZE = 1 << 21
"""Bytes in a piece: large enough that passing it on costs little, small enough that all stay busy."""

_CHANGED = SourceProblem(
    "SRC001",
    "The file was changed while it was being checked; from here on a part of it was left out.",
    "Check it again when nothing writes to it.",
    unreadable=True,
)


class Piece(NamedTuple):
    """A file, or a part of one.

    A part has a ``kind``: ``lines`` of a JSONL file, from byte ``start`` to ``end``; ``elements`` of a JSON list,
    likewise, both with the ``line`` and the ``column`` where the part starts; or ``members`` of a zip archive,
    those between two bytes of its list of members, counted from where that begins. ``stamp`` is when the file was
    last changed before it was cut, in nanoseconds; ``least`` how many records it holds at least, where cutting tells.
    """

    file: str
    start: int = 0
    end: int | None = None
    line: int = 1
    kind: str = ""
    column: int = 1
    stamp: int = 0
    least: int = 0


def pieces(file: str, input_format: str | None = None) -> Iterator[Piece]:
    """Yield the pieces of an input: many for a large JSONL file, JSON list or zip archive, else one."""
    if file == "-" or not os.path.isfile(file):
        yield Piece(file)
        return
    try:
        with open(file, "rb") as handle:
            yield from _cut(Piece(file), handle, input_format)
    except OSError:
        yield Piece(file)


def _cut(whole: Piece, handle: IO[bytes], input_format: str | None) -> Iterator[Piece]:
    status = os.fstat(handle.fileno())
    size = status.st_size
    whole = whole._replace(stamp=status.st_mtime_ns)
    start = handle.read(START) if size > SIZE else b""
    if archive_of(start) == "zip":
        yield from _cut_zip(whole, input_format)
    elif start and _has_elements(start, handle, input_format):
        yield from _cut_list(whole, handle)
    elif start and has_lines(handle, input_format):
        yield from _cut_lines(whole, handle, size)
    else:
        yield whole


def _cut_lines(whole: Piece, handle: IO[bytes], size: int) -> Iterator[Piece]:
    start, line = 0, 1
    handle.seek(0)
    while start < size:
        block = handle.read(SIZE)
        block += handle.readline()
        end = start + len(block) if block else size
        least = sum(bool(text.strip()) for text in block.split(b"\n"))
        yield whole._replace(start=start, end=end, line=line, kind="lines", least=least)
        start = end
        line += block.count(b"\n")


def _cut_list(whole: Piece, handle: IO[bytes]) -> Iterator[Piece]:
    """Yield the segments of a JSON list; one that is too large to be read is left to the reader to refuse."""
    most = limits_in_force().max_bytes
    end = 0
    handle.seek(0)
    try:
        for raw, (start, line, column), _ in segments(handle.read, most=most):
            end = start + len(raw)
            yield whole._replace(start=start, end=end, line=line, column=column, kind="elements")
    except Refused:
        yield whole._replace(start=end, end=end + most + 1, kind="elements")


def _cut_zip(whole: Piece, input_format: str | None) -> Iterator[Piece]:
    """Yield the portions of a zip archive; the archive as one piece if all of it is to be refused."""
    start = 0
    try:
        with opened(whole.file, limits_in_force()) as stream:
            for length in portion_lengths(stream, input_format):
                yield whole._replace(start=start, end=start + length, kind="members")
                start += length
    except Refused:
        yield whole


def _has_elements(start: bytes, handle: IO[bytes], input_format: str | None) -> bool:
    handle.seek(0)
    return input_format in LISTED and is_long_list(start, handle)[0]


def has_lines(handle: IO[bytes], input_format: str | None) -> bool:
    """Say whether a file is JSONL, so that ``read_lines`` gives of its lines what ``read`` gives of all."""
    if input_format not in (None, "jsonl"):
        return False
    handle.seek(0)
    first, second = handle.readline(SIZE), handle.readline(SIZE)
    return starts_like_json(first) and is_jsonl([first, second])


def read_piece(piece: Piece, input_format: str | None = None) -> Iterator[Record | Failure]:
    """Yield the records of a piece; all pieces of a file together give what ``read`` gives."""
    if piece.end is None:
        yield from read(piece.file, input_format=input_format)
    else:
        try:
            yield from _read_part(piece, input_format)
        except OSError as error:
            yield Failure(shown_name(piece.file), unreadable(error).problem)
        except Refused as refused:
            yield Failure(shown_name(piece.file), refused.problem)


def is_changed(piece: Piece) -> bool:
    """Say whether the file of a part was changed after it was cut. Raises OSError if it is gone."""
    return os.stat(piece.file).st_mtime_ns != piece.stamp


def _read_part(piece: Piece, input_format: str | None) -> Iterator[Record | Failure]:
    if is_changed(piece):
        yield Failure(shown_name(piece.file), _CHANGED._replace(region=Region(piece.line, 1, piece.line, 1)))
    elif piece.kind == "members":
        yield from read_members(piece.file, piece.start, piece.end or 0, input_format)
    elif piece.kind == "lines":
        yield from read_lines(bytes_of(piece).split(b"\n"), piece.line, piece.file)
    else:
        with open(piece.file, "rb") as file:
            start = file.read(START)
            file.seek(piece.end or 0)
            ahead = file.read(AHEAD)
        yield from read_segment(Segment(bytes_of(piece), _mark_of(piece), ahead), start, piece.file)


def single(piece: Piece) -> Iterable[Piece]:
    """Cut a piece into one for each of its lines, elements or members; a whole file stays one."""
    if piece.end is None:
        return [piece]
    if piece.kind == "members":
        return _single_members(piece)
    if piece.kind == "elements":
        return _single_elements(piece)
    found, start = [], piece.start
    for number, line in enumerate(bytes_of(piece).splitlines(keepends=True), start=piece.line):
        found.append(piece._replace(start=start, end=start + len(line), line=number, least=0))
        start += len(line)
    return found


def shown(piece: Piece) -> str:
    """Return the name to show for a piece: that of its file, or of its first member."""
    if piece.kind == "members":
        with suppress(Refused):
            return shown_name(f"{piece.file}!{next(_members_of(piece))[2]}")
    return shown_name(piece.file)


def weight(piece: Piece) -> int:
    """Return about how many bytes a piece gives to read."""
    if piece.kind == "members":
        return SIZE
    if piece.end is not None:
        return piece.end - piece.start
    return os.path.getsize(piece.file) if os.path.isfile(piece.file) else 0


def bytes_of(piece: Piece) -> bytes:
    """Return the bytes of lines or elements. Raises ``Refused`` (SRC016) if they are too many, or OSError."""
    most = limits_in_force().max_bytes
    if (piece.end or 0) - piece.start > most:
        raise too_large("This list, in which no place to cut was found,", most)
    with open(piece.file, "rb") as file:
        file.seek(piece.start)
        return file.read((piece.end or 0) - piece.start)


def _single_elements(piece: Piece) -> list[Piece]:
    raw = bytes_of(piece)
    parts = segments(io.BytesIO(raw).read, most=len(raw), mark=_mark_of(piece), size=1)
    return [
        piece._replace(start=start, end=start + len(part), line=line, column=column)
        for part, (start, line, column), _ in parts
        if part
    ]


def _mark_of(piece: Piece) -> Mark:
    return Mark(piece.start, piece.line, piece.column)


def _single_members(piece: Piece) -> list[Piece]:
    found: list[Piece] = []
    place = piece.start
    with suppress(Refused):
        for start, place, _ in _members_of(piece):
            found.append(piece._replace(start=start, end=place))
    if place < (piece.end or 0):  # the list is damaged there, which is for the reader to say
        found.append(piece._replace(start=place))
    return found


def _members_of(piece: Piece) -> Iterator[tuple[int, int, str]]:
    """Yield where the members of a piece are listed, as in a piece, and their names."""
    with opened(piece.file, limits_in_force()) as stream:
        yield from entries_between(stream, piece.start, piece.end or 0)
