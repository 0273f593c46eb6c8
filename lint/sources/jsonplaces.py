"""Places in JSON text, found by walking down one path at a time.

Nothing is indexed beforehand: the C scanner of the standard library skips what lies beside
the path, and what was seen of a container is kept for the next path.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from json import JSONDecoder
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

from lint.expressions import compiled
from lint.markup import raw_offset
from lint.model import Region, Span
from lint.paths import Path
from lint.sources.text import START, Mark, line_text, region

_SPACE = compiled(r"[ \t\n\r]*")
_COLON = compiled(r"[ \t\n\r]*:[ \t\n\r]*")
_COMMA = compiled(r"[ \t\n\r]*,?[ \t\n\r]*")
_LITERAL = compiled(r"[^ \t\n\r,\]}]*")
_STRING_PIECE = compiled(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]+",
    re.DOTALL,
)
_SURROGATE = compiled("[\ud800-\udfff]")

scan_string: Callable[[str, int, bool], tuple[str, int]] = scanstring
"""Reads the JSON string whose characters start at an offset and returns it with its end."""

scan_once: Callable[[str, int], tuple[Any, int]]
scan_once = JSONDecoder(strict=False, parse_int=str, parse_float=str).scan_once  # type: ignore[attr-defined]
"""Reads the value at an offset and returns it with its end; numbers stay text."""


def without_surrogates(text: str) -> str:
    """Put U+FFFD in the place of surrogates, which no file can carry."""
    return _SURROGATE.sub("\ufffd", text)


class JsonText:
    """Locates paths in a JSON document, or in one value that stands inside a longer text.

    ``origin`` is the mark of the value's first character, not of white space before it. ``careful`` says that the
    document has duplicate keys or lone surrogates: then the last duplicate counts, as for
    parsers, and the scan takes longer. A list of one element where the path expects an object
    or text is read as its element, because records are unboxed that way.
    """

    def __init__(self, source: str | bytes, origin: Mark = START, *, careful: bool = False) -> None:
        self._source = source
        self.origin = origin
        self._careful = careful
        self._seen: dict[int, dict[str | int, int]] = {}
        self._ahead: dict[int, Iterator[tuple[str | int, int]]] = {}

    @property
    def text(self) -> str:
        """The text that the value stands in; places count from ``origin`` on."""
        if isinstance(self._source, bytes):
            self._source = self._source.decode("utf-8", "replace")
        return self._source

    def locate(self, path: Path, span: Span | None = None) -> Region:
        """Return the place of the value at a path, or of its nearest existing parent.

        The region of an object or list is its opening bracket.
        """
        text = self.text
        start, exists = self._find(path)
        if span is not None and exists:
            place = self._span(start, span)
            if place is not None:
                return region(text, self.origin, *place)
        end = start + 1 if text[start : start + 1] in "{[" else value_end(text, start)
        return region(text, self.origin, start, end)

    def source_line(self, line: int) -> str | None:
        """Return a line of the text that the value stands in."""
        return line_text(self.text, self.origin, line)

    def _find(self, path: Path) -> tuple[int, bool]:
        """Return the offset of the deepest value on a path, and whether it is the path's end."""
        offset = self.origin.offset
        for taken, step in enumerate(path):
            below = self._child(offset, step)
            if below is None:
                return offset, all(rest == 0 for rest in path[taken:])
            offset = below
        return offset, True

    def _child(self, offset: int, step: str | int) -> int | None:
        bracket = self.text[offset : offset + 1]
        if isinstance(step, str) and bracket == "[":
            element = self._only_element(offset)
            return None if element is None else self._child(element, step)
        if bracket != ("{" if isinstance(step, str) else "["):
            return None
        seen = self._seen.setdefault(offset, {})
        if step in seen and not self._careful:
            return seen[step]
        ahead = self._ahead.get(offset)
        if ahead is None:
            ahead = self._ahead[offset] = _members(self.text, offset)
        for name, start in ahead:
            if self._careful and isinstance(name, str):
                name = without_surrogates(name)
            seen[name] = start
            if name == step and not self._careful:
                return start
        return seen.get(step)

    def _only_element(self, offset: int) -> int | None:
        return self._child(offset, 0) if self._child(offset, 1) is None else None

    def _span(self, start: int, span: Span) -> Span | None:
        text = self.text
        if text[start] == "[":
            element = self._only_element(start)
            return None if element is None else self._span(element, span)
        if text[start] != '"':
            return None
        value, end = scan_string(text, start + 1, False)
        first = raw_offset(value, span[0])
        last = max(first, raw_offset(value, span[1]))
        return _in_literal(text, start + 1, first), min(_in_literal(text, start + 1, last), end)


def after_space(text: str, offset: int) -> int:
    """Return the offset of what follows the white space at an offset."""
    return _after(_SPACE, text, offset)


def value_end(text: str, start: int) -> int:
    """Return where the JSON value that starts at an offset ends."""
    first = text[start : start + 1]
    if first == '"':
        return scan_string(text, start + 1, False)[1]
    if first == "{" or first == "[":
        return scan_once(text, start)[1]
    return _after(_LITERAL, text, start)


def removal(text: str, container: int, step: str | int) -> Span | None:
    """Return what to cut from the object or list at an offset to take one member or item out of it.

    The comma goes with it, and the white space in front, so that what remains keeps its layout.
    """
    bounds = _member_bounds(text, container)
    names = [name for name, _, _ in bounds]
    if step not in names:
        return None
    at = len(names) - 1 - names[::-1].index(step)
    _, start, end = bounds[at]
    if at + 1 < len(bounds):
        return start, bounds[at + 1][1]
    if at:
        return bounds[at - 1][2], end
    return container + 1, after_space(text, end)


def _member_bounds(text: str, container: int) -> list[tuple[str | int, int, int]]:
    """Return name or position, first character (of the name) and end of each member or item."""
    found: list[tuple[str | int, int, int]] = []
    end = container + 1
    for name, value in _members(text, container):
        start = _after(_COMMA, text, end)
        end = value_end(text, value)
        found.append((name, start, end))
    return found


def _members(text: str, offset: int) -> Iterator[tuple[str | int, int]]:
    """Yield the name or position and the start of each value of a container."""
    is_object = text[offset] == "{"
    at = after_space(text, offset + 1)
    name: str | int = -1
    while at < len(text) and text[at] not in "]}":
        if is_object:
            name, at = scan_string(text, at + 1, False)
            at = _after(_COLON, text, at)
        else:
            name = int(name) + 1
        yield name, at
        at = _after(_COMMA, text, value_end(text, at))


def _after(pattern: re.Pattern[str], text: str, offset: int) -> int:
    match = pattern.match(text, offset)
    return match.end() if match else offset


def _in_literal(text: str, start: int, count: int) -> int:
    """Return the offset of character number ``count`` of the string literal's value."""
    if "\\" not in text[start : start + count + 1]:
        return start + count
    at, left = start, count
    while left > 0 and (piece := _STRING_PIECE.match(text, at)):
        is_escape = text[at] == "\\"
        at = piece.end() if is_escape else min(piece.end(), at + left)
        left -= 1 if is_escape else at - piece.start()
    return at
