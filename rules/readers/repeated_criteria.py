"""Criteria that stand twice in the eligibility criteria of a record."""

from __future__ import annotations

from typing import NamedTuple

from lint.api import Context, pattern
from lint.rules.readers.criteria import EXCLUSION, INCLUSION, Line, Section, read_sections

_SHORTEST = 12
"""Shorter lines are answers and headings, not criteria."""

_END = 26
"""Lines that end in other letters are not the same; comparing ends is cheap and leaves out most numbers."""

_FIRST = ("1", "a", "A", "i")
"""Numbers that begin a list."""

_AGAIN = pattern(r"\(?(?:1|a|A|i)[.)]")
"""The same behind a bullet."""

_GROUP = pattern(r"(?i)(?:group|cohort|arm|part|stratum) ?[0-9a-e]\b")
"""The name of a group, which begins a new part of a list."""

_NO_CRITERION = pattern(r"\b(?:see|same as|as above|refer to)\b|\bcriteria$")
"""Lines that point to others, and headings."""

_BULLETS = " \t*-•·–()0123456789."
_MARKS = " .;,:*-"


class Repetition(NamedTuple):
    """Two lines that say the same, with the kinds of their sections (``inclusion``, ``exclusion``)."""

    first: Line
    first_kind: str
    second: Line
    second_kind: str


class _Part(NamedTuple):
    """A part of a section: its number, its sub-heading, the line around an indented one."""

    number: int
    heading: str
    around: str


def repeated_criteria(ctx: Context) -> list[Repetition]:
    """Return the pairs of equal criteria; use it as ``ctx.memo(repeated_criteria)``.

    Texts with several lists of one kind, or with headings that name a group or a part of the study,
    repeat criteria on purpose: nothing is returned for them, nor for lines below different sub-headings.
    """
    sections = [section for section in ctx.memo(read_sections) if section.kind]
    lines = [line for section in sections for line in section.written]
    ends = [line[-_END:] for line in lines if len(line) > _SHORTEST]
    if len(set(ends)) == len(ends) or not _one_list_each(sections):
        return []
    twice = _said_twice(lines, ends)
    if not twice:
        return []
    found: list[Repetition] = []
    seen: dict[str, tuple[Line, str, _Part]] = {}
    for section in sections:
        for line, part in _criteria(section, twice):
            first, kind, place = seen.setdefault(_bare(line.text), (line, section.kind, part))
            if first is not line and (place == part if kind == section.kind else not _are_apart(place, part)):
                found.append(Repetition(first, kind, line, section.kind))
    return found


def _are_apart(one: _Part, other: _Part) -> bool:
    """Say whether parts of two lists have sub-headings that differ, such as prior and concurrent treatment."""
    return bool(one.heading and other.heading) and one.heading != other.heading


def _said_twice(lines: list[str], ends: list[str]) -> set[str]:
    """Return what several lines say, of those that end alike."""
    seen: set[str] = set()
    alike: set[str] = set()
    for end in ends:
        (alike if end in seen else seen).add(end)
    bare = [_bare(line) for line in lines if line[-_END:] in alike and len(line) > _SHORTEST]
    twice = {text for text in bare if len(text) > _SHORTEST and bare.count(text) > 1}
    return {text for text in twice if not _NO_CRITERION().search(text)}


def _bare(line: str) -> str:
    """Return what a line says without bullet, number, marks at its end and capitals."""
    return line.lstrip(_BULLETS).rstrip(_MARKS).lower()


def _one_list_each(sections: list[Section]) -> bool:
    kinds = [section.kind for section in sections]
    return kinds.count(INCLUSION) <= 1 >= kinds.count(EXCLUSION) and all(section.plain for section in sections)


def _criteria(section: Section, twice: set[str]) -> list[tuple[Line, _Part]]:
    """Return the lines that say one of some things, each with the part of the section that it stands in.

    A new part begins at a line without bullet among bulleted ones, at one that ends in a colon where none has
    a bullet, at the name of a group, and where a numbering begins again; what stands indented belongs to the
    line above it.
    """
    found = []
    part, heading = 0, ""
    outer: list[Line] = []
    bulleted = section.bulleted
    for line in section.filled:
        while outer and outer[-1].indent >= line.indent:
            outer.pop()
        is_heading = not line.marker if bulleted else line.text.endswith((":", "："))
        is_heading = is_heading or _GROUP().match(line.text) is not None
        if is_heading:
            heading = _bare(line.text)
        if is_heading or line.marker.strip("().") in _FIRST or _AGAIN().match(line.text):
            part += 1
        if not is_heading and line.text[-1] not in ":：" and _bare(line.text) in twice:
            found.append((line, _Part(part, heading, outer[-1].text if outer else "")))
        outer.append(line)
    return found
