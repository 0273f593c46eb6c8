"""Edits of a record as changes of the text that it was read from, every other character kept.

Places come from the record's locator, so this works for JSON, JSONL and YAML. Whoever applies
the changes reads the text again and compares: what ``changes_for`` cannot know (an odd layout,
an alias) shows there.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from lint.markup import unescape
from lint.model import Edit, Record, Region, Replacement
from lint.paths import Path, value_at
from lint.sources.found import InnerLocator
from lint.sources.jsonplaces import JsonText, removal, value_end
from lint.sources.text import START, Mark, region

_LINE_END = re.compile(r"\r\n|\n|\r")


class Change(NamedTuple):
    """Replace the characters from ``start`` to ``end`` (exclusive)."""

    start: int
    end: int
    text: str


class Text:
    """A text whose places from ``origin`` on, up to the offset ``end``, are known by line and column."""

    def __init__(self, text: str, origin: Mark = START, end: int = sys.maxsize) -> None:
        self.text = text
        self._first = origin.line
        self._starts = [origin.offset - origin.column + 1]
        self._starts += [match.end() for match in _LINE_END.finditer(text, origin.offset, end)]

    def span(self, region: Region) -> tuple[int, int]:
        """Return the offsets of a region."""
        return self._offset(region.line, region.column), self._offset(region.end_line, region.end_column)

    def lines(self, first: int, last: int) -> tuple[int, int]:
        """Return the offsets of some lines with their ends; lines count from 1."""
        behind = last + 1 - self._first
        end = self._starts[behind] if behind < len(self._starts) else len(self.text)
        return self._offset(first, 1), end

    def _offset(self, line: int, column: int) -> int:
        return self._starts[line - self._first] + column - 1


def changes_for(source: Text, record: Record, edits: Sequence[Edit]) -> list[Change] | None:
    """Return the changes of the text that make some edits together, or None if none can be told."""
    changes = [change for edit in edits if (change := _change_for(source, record, edit))]
    changes.sort()
    if len(changes) < len(edits) or any(left.end > right.start for left, right in pairwise(changes)):
        return None
    return changes


def replacements(record: Record, edits: Sequence[Edit]) -> tuple[Replacement, ...]:
    """Return what makes some edits in the file that a record stands in; nothing if that cannot be told.

    Only JSON is sure to say afterwards what was meant: YAML has aliases, and a record that was boxed
    was read as something else than it says.
    """
    locator = record.locator
    while isinstance(locator, InnerLocator):
        locator = locator.outer
    if not isinstance(locator, JsonText) or any(problem.code == "SRC014" for problem in record.problems):
        return ()
    text, origin = locator.text, locator.origin
    changes = changes_for(Text(text, origin, value_end(text, origin.offset)), record, edits) or ()
    return tuple(Replacement(region(text, origin, change.start, change.end), change.text) for change in changes)


def _change_for(source: Text, record: Record, edit: Edit) -> Change | None:
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
