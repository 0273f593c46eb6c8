"""Inputs as bytes that stand for themselves: the same bytes give the same records, wherever they are."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from lint.model import Failure, Record
from lint.sources.archives import Member, members, members_between
from lint.sources.inputs import Stream, in_memory, opened
from lint.sources.limits import Refused, limits_in_force
from lint.sources.names import shown_name
from lint.sources.pieces import SIZE, Piece, bytes_of, has_lines, is_changed, read_piece
from lint.sources.reading import (
    opened_member,
    read_bytes,
    read_lines,
    safely,
    stream_records,
)
from lint.sources.unpacking import archive_of


class Unit(NamedTuple):
    """A line of JSONL, or all that a small file, or a small member of an archive, holds.

    ``read`` gives its records. ``file`` is the name to show and ``line`` the line at which the bytes begin;
    ``is_line`` says that they are one line.
    """

    raw: bytes
    file: str
    read: Callable[[], Iterator[Record | Failure]]
    line: int = 1
    is_line: bool = False


def units(piece: Piece, input_format: str | None = None) -> Iterator[Unit | Record | Failure]:
    """Yield what ``read_piece`` does, with units in the place of records wherever their bytes are at hand."""
    if piece.kind and not _is_as_cut(piece):
        yield from read_piece(piece, input_format)
    elif piece.kind == "lines":
        try:
            yield from _lines(bytes_of(piece), piece)
        except (OSError, Refused):
            yield from read_piece(piece)
    elif piece.kind == "members":
        yield from safely(_portion(piece, input_format), shown_name(piece.file))
    elif piece.kind:
        yield from read_piece(piece, input_format)
    else:
        yield from safely(_file(piece, input_format), shown_name(piece.file))


def _is_as_cut(piece: Piece) -> bool:
    try:
        return not is_changed(piece)
    except OSError:
        return False


def _lines(raw: bytes, piece: Piece) -> Iterator[Unit]:
    name = shown_name(piece.file)
    for number, line in enumerate(raw.split(b"\n"), start=piece.line):
        if line.strip():
            yield Unit(line, name, partial(read_lines, [line], number, piece.file), number, is_line=True)


def _portion(piece: Piece, input_format: str | None) -> Iterator[Unit | Record | Failure]:
    with opened(piece.file, limits_in_force()) as stream:
        for member in members_between(stream, piece.start, piece.end or 0, input_format):
            yield from _member(member, shown_name(piece.file), input_format)


def _file(piece: Piece, input_format: str | None) -> Iterator[Unit | Record | Failure]:
    raw = _small_file(piece.file)
    if raw is not None and has_lines(io.BytesIO(raw), input_format):
        yield from _lines(raw, piece)
        return
    if raw is not None and not _is_archive(raw):
        read = partial(read_bytes, raw, piece.file, input_format=input_format)
        yield Unit(raw, shown_name(piece.file), read)
        return
    if raw is None and not os.path.isfile(piece.file):
        yield from read_piece(piece, input_format)
        return
    with opened(piece.file, limits_in_force()) as stream:
        yield from _contents(stream, shown_name(piece.file), input_format)


def _small_file(file: str) -> bytes | None:
    with suppress(OSError):
        if os.path.isfile(file) and os.path.getsize(file) <= min(SIZE, limits_in_force().max_bytes):
            with open(file, "rb") as handle:
                return handle.read()
    return None


def _is_archive(raw: bytes) -> bool:
    try:
        with in_memory(raw, limits_in_force()) as stream:
            return archive_of(stream.start) is not None
    except Refused:
        return False


def _contents(stream: Stream, file: str, input_format: str | None) -> Iterator[Unit | Record | Failure]:
    kind = archive_of(stream.start)
    if not kind:
        yield from stream_records(stream, file, input_format)
        return
    for member in members(kind, stream, input_format):
        yield from _member(member, file, input_format)


def _member(member: Member, file: str, input_format: str | None) -> Iterator[Unit | Record | Failure]:
    name = shown_name(f"{file}!{member.name}")
    yield from safely(_member_contents(member, name, input_format), name)


def _member_contents(member: Member, name: str, input_format: str | None) -> Iterator[Unit | Record | Failure]:
    stream = opened_member(member, input_format)
    if stream is None:
        return
    if archive_of(stream.start) or stream.size is None or stream.size > SIZE:
        yield from _contents(stream, name, input_format)
        return
    raw = stream.rest()
    again = stream._replace(file=io.BytesIO(raw), size=len(raw))
    yield Unit(raw, name, lambda: safely(stream_records(again, name, input_format), name))
