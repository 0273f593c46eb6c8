"""Places in YAML text: where each value stands, and characters inside written scalars."""

from __future__ import annotations

import re
from typing import NamedTuple

from lint.markup import raw_offset
from lint.model import Region, Span
from lint.paths import Path
from lint.sources.text import Mark, line_text, region

_HEADER = re.compile(r"[|>][^\n\r]*(?:\r\n|\n|\r)")
_FOLD = re.compile(r"\\(?:\r\n|\n|\r)[ \t]*")
_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\r\n|.)", re.DOTALL)


class Place(NamedTuple):
    """Where a value stands; ``text`` is what a scalar says, None for containers and aliases."""

    start: int
    end: int
    text: str | None = None


class YamlText:
    """Locates paths in one YAML document by the places noted while it was read."""

    def __init__(self, text: str, origin: Mark, places: dict[Path, Place]) -> None:
        self.text = text
        self.origin = origin
        self._places = places

    def locate(self, path: Path, span: Span | None = None) -> Region:
        """Return the place of the value at a path, or of its nearest existing parent.

        The region of a container is its first character.
        """
        known = path
        while known and known not in self._places:
            known = known[:-1]
        start, end, value = self._places.get(known, Place(self.origin.offset, 0))
        if value is None:
            end = start + 1
        elif span is not None and all(step == 0 for step in path[len(known) :]):
            first = raw_offset(value, span[0])
            last = max(first, raw_offset(value, span[1]))
            start, end = _in_scalar(self.text, start, end, value, (first, last)) or (start, end)
        return region(self.text, self.origin, start, end)

    def source_line(self, line: int) -> str | None:
        """Return a line of the file from the start of the document on."""
        return line_text(self.text, self.origin, line)


def _in_scalar(text: str, start: int, end: int, value: str, span: Span) -> Span | None:
    """Return the source offsets of characters of a scalar, or None if they cannot be told.

    Value and source are walked side by side; white space that only the source has (line folds
    and indents) is stepped over.
    """
    style = text[start : start + 1]
    header = _HEADER.match(text, start, end)
    at = header.end() if header else start + (style in "'\"")
    offsets = []
    for character in value[: span[1]]:
        while True:
            fold = _FOLD.match(text, at, end) if style == '"' else None
            at = fold.end() if fold else at
            if at >= end:
                return None
            width = _width(text, at, style)
            if text[at] == character or width > 1:
                break
            if not text[at].isspace():
                return None
            at += 1
        offsets.append(at)
        at += width
    if span[0] >= len(offsets):
        return (at, at) if span[0] == len(offsets) else None
    return offsets[span[0]], at


def _width(text: str, at: int, style: str) -> int:
    """Return how many source characters write the one at an offset."""
    if style == "'" and text.startswith("''", at):
        return 2
    escape = _ESCAPE.match(text, at) if style == '"' else None
    return len(escape.group()) if escape else 1
