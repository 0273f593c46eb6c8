"""Cuts inputs into pieces that can be read one by one, in any process, and give the same records."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lint.model import Failure, Record
from lint.sources.forms import is_jsonl, starts_like_json
from lint.sources.reading import read, read_lines

SIZE = 1 << 21
"""Bytes in a piece: large enough that passing it on costs little, small enough that all stay busy."""


class Piece(NamedTuple):
    """A file, or some lines of a JSONL file: from byte ``start`` to ``end``, the first being line ``line``."""

    file: str
    start: int = 0
    end: int | None = None
    line: int = 1


def pieces(file: str, input_format: str | None = None) -> Iterator[Piece]:
    """Yield the pieces of an input: many for a large JSONL file that is not packed, else one."""
    if file == "-" or not os.path.isfile(file) or os.path.getsize(file) <= SIZE or not _has_lines(file, input_format):
        yield Piece(file)
        return
    size = os.path.getsize(file)
    with open(file, "rb") as lines:
        start, line = 0, 1
        while start < size:
            block = lines.read(SIZE)
            block += lines.readline()
            yield Piece(file, start, start + len(block), line)
            start += len(block)
            line += block.count(b"\n")


def _has_lines(file: str, input_format: str | None) -> bool:
    if input_format not in (None, "jsonl"):
        return False
    with open(file, "rb") as lines:
        first, second = lines.readline(SIZE), lines.readline(SIZE)
    return starts_like_json(first) and is_jsonl([first, second])


def read_piece(piece: Piece, input_format: str | None = None) -> Iterator[Record | Failure]:
    """Yield the records of a piece; all pieces of a file together give what ``read`` gives."""
    if piece.end is None:
        yield from read(piece.file, input_format=input_format)
        return
    with open(piece.file, "rb") as file:
        file.seek(piece.start)
        block = file.read(piece.end - piece.start)
    yield from read_lines(block.split(b"\n"), piece.line, piece.file)


def single(piece: Piece) -> Iterable[Piece]:
    """Cut a piece into one for each of its lines; a whole file stays one."""
    if piece.end is None:
        return [piece]
    with open(piece.file, "rb") as file:
        file.seek(piece.start)
        lines = file.read(piece.end - piece.start).splitlines(keepends=True)
    found, start = [], piece.start
    for number, line in enumerate(lines, start=piece.line):
        found.append(Piece(piece.file, start, start + len(line), number))
        start += len(line)
    return found
