"""Records that were read before, read once more: only those that are asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from lint.model import Failure, Record
from lint.paths import ROOT
from lint.registries.ctgov.recognise import record_id
from lint.sources.pieces import pieces
from lint.sources.reading import read, read_lines

Find: TypeAlias = Callable[[int, str], Record | None]
"""Gives the record that begins at a line and has an id; lines must not go back from one call to the next."""


def finder(
    file: str,
    *,
    input_format: str | None = None,
    reading: Callable[..., Iterator[Record | Failure]] = read,
) -> Find:
    """Return what finds the records of a file again.

    It finds none in what cannot be read twice, such as a pipe or the member of an archive, and none that
    has changed its place or its id since. Of a large JSONL file only the lines asked for are parsed.
    """
    if not os.path.isfile(file):
        return lambda line, identifier: None
    try:
        is_cut = reading is read and next(pieces(file, input_format)).kind == "lines"
    except OSError:
        return lambda line, identifier: None
    if is_cut:
        lines = _numbered(file)
        return lambda line, identifier: _matching(_on_line(lines, line, file), line, identifier)
    items = reading(file, input_format=input_format)
    return lambda line, identifier: _matching(items, line, identifier)


def _numbered(file: str) -> Iterator[tuple[int, bytes]]:
    with open(file, "rb") as lines:
        yield from enumerate(lines, start=1)


def _on_line(lines: Iterable[tuple[int, bytes]], line: int, file: str) -> Iterator[Record | Failure]:
    raw = next((raw for number, raw in lines if number == line), b"")
    return read_lines([raw], line, file)


def _matching(items: Iterable[Record | Failure], line: int, identifier: str) -> Record | None:
    for item in items:
        if isinstance(item, Record) and record_id(item.data) == identifier and item.locator.locate(ROOT).line == line:
            return item
    return None
