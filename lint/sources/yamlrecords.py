"""YAML to records, one document after the other, every value with its place.

Documents are built from the parser's events, so that nothing of the file is executed, dates
stay the text that they were, and depth and aliases are bounded while reading.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from lint.model import SourceProblem
from lint.paths import ROOT, Path
from lint.sources.flaws import (
    LARGEST,
    MAX_DEPTH,
    TOO_DEEP,
    Flaw,
    as_problems,
    duplicate_name,
    not_a_number,
    number_out_of_range,
)
from lint.sources.found import Found, Item, Unread, sort_out
from lint.sources.text import START, Mark, TextLocator, advance, region
from lint.sources.yamlcomments import read_comments
from lint.sources.yamlplaces import Place, YamlText

MAX_REPEATED = 100_000
"""How many values aliases may repeat in one document."""

_DOCUMENT = re.compile(r"^---(?=\s|\Z)", re.MULTILINE)
_TAG = "tag:yaml.org,2002:"
_TEXT_TAGS = {f"{_TAG}{name}" for name in ("str", "timestamp", "value", "merge")}
_TYPED_TAGS = {f"{_TAG}{name}" for name in ("null", "bool", "int", "float")}
_CONTAINER_TAGS = {None, "!", f"{_TAG}map", f"{_TAG}seq"}
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DROPPED: Any = object()
_CHECK = "Correct this place; indents must be spaces, and texts with ': ' or '#' need quotes."


class _Refused(Exception):
    """A document that cannot be read: what is wrong, what to do and the offset of the place."""

    def __init__(self, code: str, message: str, hint: str, offset: int) -> None:
        super().__init__(message)
        self.code, self.message, self.hint, self.offset = code, message, hint, offset


class _Built(NamedTuple):
    value: Any
    size: int


def yaml_items(text: str) -> Iterator[Item]:
    """Yield the records of a YAML text; a broken document does not hide the others."""
    starts = sorted({0, *(match.start() for match in _DOCUMENT.finditer(text))})
    mark = START
    for start, end in zip(starts, [*starts[1:], len(text)]):
        mark = advance(text, mark, start)
        part = text[start:end]
        if any(not _is_furniture(line) for line in part.splitlines()):
            yield from _part_items(text, part, mark)


def _is_furniture(line: str) -> bool:
    return not line.strip() or line.startswith(("#", "%", "..."))


def _part_items(text: str, part: str, mark: Mark) -> Iterator[Item]:
    builder = _Builder(part, mark)
    while True:
        try:
            if not builder.next_document():
                return
            value = builder.document()
        except _Refused as refused:
            offset = min(refused.offset, len(text))
            place = region(text, mark, offset, min(offset + 1, len(text)))
            problem = SourceProblem(refused.code, refused.message, refused.hint, place, unreadable=True)
            yield Unread(problem, TextLocator(text, mark))
            return
        if value is not None:
            locator = YamlText(text, mark, builder.places)
            ignores, unclear = read_comments(text, mark, mark.offset + len(part), builder.places)
            for item in sort_out(value, locator, [*as_problems(builder.flaws, text, mark), *unclear]):
                yield item._replace(ignores=ignores) if isinstance(item, Found) else item


class _Builder:
    """Builds the documents of a part of a file, noting the places of values and what is odd."""

    def __init__(self, part: str, mark: Mark) -> None:
        self._part = part
        self._start = mark.offset
        self._events = yaml.parse(part, Loader=_LOADER)
        self._constructor = yaml.constructor.SafeConstructor()
        self._resolver: Any = yaml.resolver.Resolver()

    def next_document(self) -> bool:
        """Step to the next document; False at the end."""
        self.places: dict[Path, Place] = {}
        self.flaws: list[Flaw] = []
        self._anchors: dict[str, _Built] = {}
        self._repeated = 0
        while True:
            event = self._event()
            if isinstance(event, yaml.StreamEndEvent):
                return False
            if isinstance(event, yaml.DocumentStartEvent):
                return True

    def document(self) -> Any:
        """Build the document that was stepped to."""
        value = self._build(self._event(), ROOT).value
        return None if value is _DROPPED else value

    def _event(self) -> Any:
        try:
            return next(self._events)
        except yaml.YAMLError as error:
            raise self._worded(error) from None

    def _build(self, event: Any, path: Path) -> _Built:
        place = self._place(event)
        self.places[path] = place
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, place)
        if len(path) >= MAX_DEPTH:
            raise _Refused(*TOO_DEEP, place.start)
        if isinstance(event, yaml.ScalarEvent):
            built = _Built(self._scalar(event, place, path), 1)
        elif event.tag not in _CONTAINER_TAGS:
            raise self._unknown_tag(event.tag, place)
        elif isinstance(event, yaml.SequenceStartEvent):
            built = self._sequence(path)
        else:
            built = self._mapping(path)
        if event.anchor:
            self._anchors[event.anchor] = built
        return built

    def _alias(self, event: Any, place: Place) -> _Built:
        built = self._anchors.get(event.anchor)
        if built is None:
            message = f"'*{event.anchor}' repeats something that does not stand before it."
            raise _Refused("SRC017", message, "Write the values out instead.", place.start)
        self._repeated += built.size
        if self._repeated > MAX_REPEATED:
            message = f"Aliases such as '*{event.anchor}' repeat more than {MAX_REPEATED:,} values."
            hint = "Write the values out instead; a file like this can fill the memory."
            raise _Refused("SRC018", message, hint, place.start)
        return built

    def _sequence(self, path: Path) -> _Built:
        items: list[Any] = []
        size = 1
        while not isinstance(event := self._event(), yaml.SequenceEndEvent):
            built = self._build(event, (*path, len(items)))
            items.append(None if built.value is _DROPPED else built.value)
            size += built.size
        return _Built(items, size)

    def _mapping(self, path: Path) -> _Built:
        members: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        size = 1
        while not isinstance(event := self._event(), yaml.MappingEndEvent):
            name = self._name(event, path)
            is_merge = name == "<<" and event.implicit[0]
            if name in members:
                place = self._place(event)
                self.flaws.append(duplicate_name(name, place.start, place.end, (*path, name)))
            built = self._build(self._event(), (*path, name))
            size += built.size
            if is_merge:
                self._merge(merged, built.value, self._place(event))
            elif built.value is not _DROPPED:
                members[name] = built.value
            else:
                members.pop(name, None)
        return _Built({**merged, **members}, size)

    def _merge(self, merged: dict[str, Any], value: Any, place: Place) -> None:
        for source in value if isinstance(value, list) else [value]:
            if not isinstance(source, dict):
                message = "'<<' must be followed by an object, or a list of them."
                raise _Refused("SRC017", message, _CHECK, place.start)
            for name, member in source.items():
                merged.setdefault(name, member)

    def _name(self, event: Any, path: Path) -> str:
        place = self._place(event)
        if not isinstance(event, yaml.ScalarEvent):
            message = "A list, an object or an alias stands where the name of a field belongs."
            raise _Refused("SRC017", message, _CHECK, place.start)
        name = str(event.value)
        if self._tag(event) not in _TEXT_TAGS:
            message = f"'{name}' is no text for YAML; it is read as the name '{name}'."
            hint = "Put the name in quotes."
            self.flaws.append(Flaw("SRC017", message, hint, place.start, place.end, (*path, name)))
        return name

    def _scalar(self, event: Any, place: Place, path: Path) -> Any:
        tag = self._tag(event)
        if tag in _TEXT_TAGS:
            return event.value
        if tag not in _TYPED_TAGS:
            raise self._unknown_tag(tag, place)
        try:
            node = yaml.ScalarNode(tag, event.value)
            value = self._constructor.construct_object(node)
        except (ValueError, KeyError, OverflowError, IndexError, yaml.YAMLError):
            return event.value
        return self._number(value, place, path) if isinstance(value, int | float) else value

    def _number(self, value: float, place: Place, path: Path) -> Any:
        shown = self._part[place.start - self._start : place.end - self._start]
        if isinstance(value, float) and not math.isfinite(value):
            self.flaws.append(not_a_number(shown, place.start, place.end, path))
            return _DROPPED
        if isinstance(value, int) and not -LARGEST // 2 <= value < LARGEST:
            self.flaws.append(number_out_of_range(shown, place.start, place.end, path))
            return float(value) if value.bit_length() < 1000 else _DROPPED
        return value

    def _tag(self, event: Any) -> str:
        if event.tag not in (None, "!"):
            return str(event.tag)
        return str(self._resolver.resolve(yaml.ScalarNode, event.value, event.implicit))

    def _place(self, event: Any) -> Place:
        start, end = event.start_mark.index, event.end_mark.index
        written = self._part[start:end].rstrip()
        text = event.value if isinstance(event, yaml.ScalarEvent) else None
        return Place(self._start + start, self._start + start + len(written), text)

    def _unknown_tag(self, tag: str, place: Place) -> _Refused:
        message = f"The tag '{tag.replace(_TAG, '!!')}' is not allowed in a record."
        return _Refused("SRC017", message, "Delete the tag (it begins with !).", place.start)

    def _worded(self, error: yaml.YAMLError) -> _Refused:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        character = getattr(error, "character", None)
        if mark is None and isinstance(character, int):
            offset = max(self._part.find(chr(character)), 0)
            message = f"The character U+{character:04X} may not stand in YAML."
            return _Refused("SRC017", message, "Delete it.", self._start + offset)
        offset = mark.index if mark else 0
        problem = str(getattr(error, "problem", None) or "it is no YAML")
        if "end of stream" in problem or not self._part[offset:].strip():
            message = "The text ends in the middle of a record: a quote or bracket is not closed."
            hint = "Save or download the file again, or close the quote or bracket."
            return _Refused("SRC003", message, hint, self._start + offset)
        return _Refused("SRC017", f"This cannot be read as YAML: {problem}.", _CHECK, self._start + offset)
