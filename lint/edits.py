"""Edits of a record as changes of the text that it was read from, every other character kept.

Places come from the record's locator, so this works for every form that has one: JSON, JSONL
and YAML. Whoever applies the changes reads the text again and compares: what this module
cannot know (an odd layout, an alias) shows there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from lint.markup import unescape
from lint.model import Edit, Record, Region
from lint.paths import Path, value_at
from lint.sources.jsonplaces import removal

_LINE_END = re.compile(r"\r\n|\n|\r")


class Change(NamedTuple):
    """Replace the characters from ``start`` to ``end`` (exclusive)."""

    start: int
    end: int
    text: str


class Text:
    """A text whose places are known by line and column."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def span(self, region: Region) -> tuple[int, int]:
        """Return the offsets of a region."""
        return self._offset(region.line, region.column), self._offset(region.end_line, region.end_column)

    def lines(self, first: int, last: int) -> tuple[int, int]:
        """Return the offsets of some lines with their ends; lines count from 1."""
        end = self._starts[last] if last < len(self._starts) else len(self.text)
        return self._starts[first - 1], end

    def _offset(self, line: int, column: int) -> int:
        return self._starts[line - 1] + column - 1


def change_for(source: Text, record: Record, edit: Edit) -> Change | None:
    """Return the change of the text that makes an edit, or None if none can be told."""
    old = value_at(record.data, edit.path)
    if old is None:
        return None
    if edit.remove:
        return _removed(source, record, edit.path)
    if isinstance(old, str) and isinstance(edit.value, str):
        return _respelt(source, record, edit, old)
    if isinstance(old, (dict, list)):
        return None
    start, end = source.span(record.locator.locate(edit.path))
    return Change(start, end, json.dumps(edit.value, ensure_ascii=False))


def _respelt(source: Text, record: Record, edit: Edit, old: str) -> Change | None:
    """Change only the characters of a text that differ."""
    new: str = edit.value
    start, end = source.span(record.locator.locate(edit.path))
    quote = source.text[start : start + 1]
    head = _common(old, new)
    while head and old[head - 1] == "\\":
        head -= 1
    tail = _common(old[head:][::-1], new[head:][::-1])
    middle = old[head : len(old) - tail]
    span = len(unescape(old[:head])), len(unescape(old[:head])) + len(unescape(middle))
    if unescape(old[:head]) + unescape(middle) == unescape(old[:head] + middle):
        inner = source.span(record.locator.locate(edit.path, span))
        if start <= inner[0] <= inner[1] <= end:
            return Change(*inner, _written(new[head : len(new) - tail], quote))
    if quote not in ("'", '"'):
        return None
    return Change(start, end, quote + _written(new, quote) + quote)


def _common(one: str, other: str) -> int:
    """Return how many characters two texts begin with in common."""
    pairs = enumerate(zip(one, other))
    return next((index for index, (left, right) in pairs if left != right), min(len(one), len(other)))


def _written(text: str, quote: str) -> str:
    """Write characters as they stand between quotes of a kind, or without any."""
    if quote == '"':
        return json.dumps(text, ensure_ascii=False)[1:-1]
    return text.replace("'", "''") if quote == "'" else text


def _removed(source: Text, record: Record, path: Path) -> Change | None:
    container = record.locator.locate(path[:-1])
    start, _ = source.span(container)
    if source.text[start : start + 1] in ("{", "["):
        span = removal(source.text, start, path[-1])
        return Change(*span, "") if span else None
    first = record.locator.locate(path)
    last = max(record.locator.locate(leaf).end_line for leaf in _leaves(value_at(record.data, path), path))
    lead = source.text[source.lines(first.line, first.line)[0] : source.span(first)[0]]
    wanted = r"\s*-\s+" if isinstance(path[-1], int) else rf"\s*(['\"]?){re.escape(str(path[-1]))}\1\s*:\s*[|>]?\s*"
    if not re.fullmatch(wanted, lead):
        return None
    return Change(*source.lines(first.line, last), "")


def _leaves(value: Any, path: Path) -> Iterator[Path]:
    """Yield the path itself and those of everything below it."""
    yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in pairs:
        yield from _leaves(inner, (*path, step))


def edited(data: Any, edits: Sequence[Edit]) -> Any:
    """Return a copy of a record with edits made; removals last, from the end of lists."""
    copy = json.loads(json.dumps(data))
    for edit in sorted(edits, key=lambda one: (one.remove, [-s if isinstance(s, int) else 0 for s in one.path])):
        parent = value_at(copy, edit.path[:-1])
        if edit.remove:
            del parent[edit.path[-1]]
        else:
            parent[edit.path[-1]] = edit.value
    return copy


def apply(text: str, changes: Sequence[Change]) -> str:
    """Make changes that do not overlap."""
    parts, done = [], 0
    for change in sorted(changes):
        parts += [text[done : change.start], change.text]
        done = change.end
    return "".join([*parts, text[done:]])
