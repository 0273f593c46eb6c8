"""Lines and columns in a text: where an offset stands, and what a line says.

A line ends with ``\\n``, ``\\r\\n`` or ``\\r``; columns count characters from 1.
"""

from __future__ import annotations

from typing import NamedTuple

from lint.expressions import compiled
from lint.model import Region, SourceProblem, Span
from lint.paths import Path

_LINE_END = compiled(r"\r\n|\n|\r")


class Mark(NamedTuple):
    """An offset into a text together with the line and column where it stands."""

    offset: int = 0
    line: int = 1
    column: int = 1


START = Mark()


def advance(text: str, mark: Mark, offset: int) -> Mark:
    """Return the mark of a later offset of the same text."""
    lines = text.count("\n", mark.offset, offset)
    last = text.rfind("\n", mark.offset, offset)
    returns = text.count("\r", mark.offset, offset)
    if returns:
        lines += returns - text.count("\r\n", mark.offset, offset)
        last = max(last, text.rfind("\r", mark.offset, offset))
    column = mark.column + offset - mark.offset if last < 0 else offset - last
    return Mark(offset, mark.line + lines, column)


def region(text: str, origin: Mark, start: int, end: int) -> Region:
    """Return the region between two offsets; ``origin`` lies at or before both."""
    first = advance(text, origin, start)
    last = advance(text, first, end)
    return Region(first.line, first.column, last.line, last.column)


def line_text(text: str, origin: Mark, line: int) -> str | None:
    """Return a line without its end, or None when it lies before ``origin`` or past the text."""
    start = origin.offset - origin.column + 1
    if line < origin.line or start < 0:
        return None
    for _ in range(line - origin.line):
        ending = _LINE_END.search(text, start)
        if ending is None:
            return None
        start = ending.end()
    ending = _LINE_END.search(text, start)
    return text[start : ending.start() if ending else len(text)]


def decode(raw: bytes, origin: Mark = START) -> tuple[str, tuple[SourceProblem, ...]]:
    """Decode UTF-8; what is none becomes U+FFFD and gives a problem at the first such place."""
    try:
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        text = raw.decode("utf-8", "replace")
        start = len(raw[: error.start].decode("utf-8"))
        count = text.count("\ufffd")
        message = (
            f"The file is not in UTF-8: {count} character{'s'[: count > 1]} cannot be read, "
            f"the first one here (byte {raw[error.start]:#04x})."
        )
        hint = "Save the file with the encoding UTF-8; this one may be in Windows-1252 or Latin-1."
        place = region(text, origin, start, start + 1)
        return text, (SourceProblem("SRC005", message, hint, place),)


class TextLocator:
    """The locator of a text in which nothing can be told apart: all stands at its start."""

    def __init__(self, text: str, origin: Mark = START) -> None:
        self._text = text
        self._origin = origin

    def locate(self, path: Path, span: Span | None = None) -> Region:
        """Return the first character of the text."""
        _, line, column = self._origin
        return Region(line, column, line, column + 1)

    def source_line(self, line: int) -> str | None:
        """Return a line of the text; None if out of reach."""
        return line_text(self._text, self._origin, line)
