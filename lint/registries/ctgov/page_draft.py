"""The record that is being read from a page: values together with their places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, NamedTuple

from lint.model import Region, SourceProblem
from lint.paths import Path
from lint.registries.ctgov.page_text import Text

NOT_UNDERSTOOD = "SRC021"
_SHOWN = 60
BULLET = re.compile(r"(?:[*•·◦▪-]|[0-9]{1,2}\\?[.)]|[a-z]\\?[.)])\s")


class Strand(NamedTuple):
    """Characters of a value that stand together on one line: from where in the value, to where on the page."""

    start: int
    line: int
    column: int
    length: int


class Draft:
    """A record under construction; every value that is put into it brings its place along."""

    def __init__(self) -> None:
        self.data: dict[str, Any] = {}
        self.regions: dict[Path, Region] = {}
        self.strands: dict[Path, tuple[Strand, ...]] = {}
        self.problems: list[SourceProblem] = []

    def put(self, path: Path, value: Any, place: Text) -> bool:
        """Set a value; say whether it was free. A value that stands twice on the page is noted."""
        holder: Any = self.data
        for step, following in pairwise(path):
            holder = _member(holder, step, [] if isinstance(following, int) else {})
        if not _is_free(holder, path[-1]):
            if not isinstance(path[-1], int) and holder[path[-1]] == value:
                return False
            self.note(place, "stands where the page already had a value for the same thing; the first one was read.")
            return False
        _member(holder, path[-1], value)
        self.regions[path] = place.region
        return True

    def put_text(self, path: Path, text: Text, prefix: str = "") -> None:
        """Set a text as it stands on the page, behind a ``prefix`` that only the record has."""
        if self.put(path, prefix + text.text, text) and prefix:
            self.strands[path] = (Strand(len(prefix), text.line, text.column, len(text.text)),)

    def put_prose(self, path: Path, lines: list[Text], headings: Iterable[str] = ()) -> None:
        """Set a text of several lines; blank lines and nested bullets stay, ``headings`` get a colon."""
        value = ""
        strands: list[Strand] = []
        margin = min((line.column for line in lines if BULLET.match(line.text)), default=0)
        for line in lines:
            if strands:
                value += "\n\n" if line.gap else "\n"
            if BULLET.match(line.text):
                value += " " * (line.column - margin)
            strands.append(Strand(len(value), line.line, line.column, len(line.text)))
            value += line.text + (":" if line.text.casefold() in headings else "")
        if lines and self.put(path, value, lines[0]):
            first, last = lines[0].region, lines[-1].region
            self.regions[path] = Region(first.line, first.column, last.end_line, last.end_column)
            self.strands[path] = tuple(strands)

    def add(self, path: Path, place: Text) -> Path:
        """Append an empty object to the list at a path and return the path of the object."""
        holder: Any = self.data
        for step in path[:-1]:
            holder = _member(holder, step, {})
        item = (*path, len(_member(holder, path[-1], [])))
        self.put(item, {}, place)
        return item

    def anchor(self, path: Path, place: Text) -> None:
        """Say where a container, or a value left blank, stands; an earlier word on it holds."""
        self.regions.setdefault(path, place.region)

    def note(self, line: Text, what: str, hint: str = "Look at the page whether the record misses something.") -> None:
        """Note something about a line that could not be read, so that nothing is dropped in silence."""
        shown = line.text if len(line.text) <= _SHOWN else line.text[:_SHOWN].rstrip() + " ..."
        self.problems.append(SourceProblem(NOT_UNDERSTOOD, f"'{shown}' {what}", hint, line.region))

    def stray(self, lines: Iterable[Text], heading: Text | None) -> None:
        """Note lines of a section of which the meaning is not clear."""
        where = f"in the section '{heading.text}'" if heading else "at the top of the page"
        for line in lines:
            self.note(line, f"stands {where}, but what it means there is not clear, so it was left out.")

    def place_containers(self) -> None:
        """Give every container without a place that of its first value."""
        for path, region in sorted(self.regions.items(), key=lambda item: (item[1].line, item[1].column)):
            for size in range(len(path)):
                self.regions.setdefault(path[:size], region)


def _is_free(holder: Any, step: str | int) -> bool:
    return step == len(holder) if isinstance(step, int) else step not in holder


def _member(holder: Any, step: str | int, value: Any) -> Any:
    """Return the member of a container, set to ``value`` where it is free."""
    if isinstance(step, int):
        if step == len(holder):
            holder.append(value)
        return holder[step]
    return holder.setdefault(step, value)
