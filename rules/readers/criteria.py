"""Eligibility criteria as sections, headings and lines.

The registry keeps all criteria in one text. Registrants write the headings in many ways (``Key
Inclusion Criteria``, ``EXCLUSION:``, ``1. Inclusion criteria - ...``) and mark items with dashes,
stars or numbers, or not at all. All offsets count in the text as rules see it, escapes undone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lint.api import Context, Path, Span, pattern, unescape

PATH: Path = ("protocolSection", "eligibilityModule", "eligibilityCriteria")

INCLUSION, EXCLUSION, NEITHER = "inclusion", "exclusion", ""

_HEADING = pattern(
    r"[ \t>*#•·–-]*(?:\(?[0-9]{1,2}[.)][ \t]*)?"
    r"(?P<before>(?:[A-Za-z-]+[ \t]+){0,3}?)(?P<non>non[ -]?)?(?P<kind>in|ex)clusion[ \t]*"
    r"(?P<criteria>criteri(?:a|on|as|ons|um))?(?P<after>[^:\n.]{0,60}?)[ \t]*(?:(?P<colon>:)|[*_]*(?:\n|$))",
    re.IGNORECASE,
)
_MARKER = pattern(r"(?:[-*•·–—◦▪o]|\(?[0-9]{1,2}[.)]|\(?[A-Za-z][.)]|\(?[ivx]{1,4}[.)])(?=[ \t]|$)")
LONGEST_MARKER = 6
"""The length of ``(viii)``."""

_SENTENCE_WORDS = (
    "meet meets meeting fulfil fulfill fulfills the any all no not at before after in of to for with other each "
    "general additional either these see same"
)
_NOT_IN_HEADINGS = frozenset(_SENTENCE_WORDS.split())
_PLAIN_WORDS = frozenset({"", "key", "main", "study", "list of", "subject", "patient", "participant"})


class Line(NamedTuple):
    """One line with its bullet or number (``marker``) taken off; ``start`` is where ``text`` begins."""

    start: int
    text: str
    marker: str
    indent: int


class Section(NamedTuple):
    """A heading and the lines below it, up to the next heading.

    ``kind`` is ``inclusion``, ``exclusion`` or empty: for the text before the first heading and
    for headings that name both. ``plain`` says that the heading names no group or stage.
    ``written`` are the lines as they stand in the text from ``start`` on. Most rules care about few
    of them, so each is read when it is asked for.
    """

    kind: str
    heading: str
    span: Span
    plain: bool
    start: int
    written: list[str]

    def line(self, index: int) -> Line:
        """Read one of the ``written`` lines, which must not be blank."""
        return _line(self.written[index], self.start + sum(len(raw) + 1 for raw in self.written[:index]))

    def read(self) -> Iterator[Line]:
        """Read the lines that are not blank, one after the other."""
        start = self.start
        for raw in self.written:
            if raw and not raw.isspace():
                yield _line(raw, start)
            start += len(raw) + 1

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that are not blank."""
        return tuple(self.read())

    @property
    def filled(self) -> tuple[Line, ...]:
        """The lines that say something."""
        return tuple(line for line in self.read() if line.text)

    @property
    def says_something(self) -> bool:
        return any(map(without_marker, self.written))

    @property
    def bulleted(self) -> bool:
        """Whether there is an item with a bullet or number before it."""
        return any(0 < len(without_marker(raw)) < len(raw.strip()) for raw in self.written)


def criteria_text(ctx: Context) -> str:
    """Return the criteria, escapes undone, "" if absent; use it as ``ctx.memo(criteria_text)``."""
    text = ctx.get("eligibilityModule.eligibilityCriteria")
    return unescape(text) if isinstance(text, str) else ""


def read_sections(ctx: Context) -> tuple[Section, ...]:
    """Read the criteria of a record; use it as ``ctx.memo(read_sections)``."""
    return tuple(sections_of(ctx.memo(criteria_text)))


def sections_of(text: str) -> Iterator[Section]:
    """Yield the sections of a text of criteria; what precedes the first heading has no kind."""
    kind, heading, span, plain, start = NEITHER, "", (0, 0), False, 0
    for match in _headings(text):
        body = text[start : match.start()]
        if heading or body.strip():
            yield Section(kind, heading, span, plain, start, body.split("\n"))
        kind = _kind(match)
        start = match.end("colon") if match["colon"] else match.end("after")
        begin = match.start("before")
        heading = text[begin:start].rstrip()
        span = begin, begin + len(heading)
        plain = _is_plain(match)
    body = text[start:]
    if heading or body.strip():
        yield Section(kind, heading, span, plain, start, body.split("\n"))


def section_at(sections: tuple[Section, ...], offset: int) -> Section | None:
    """Return the section that an offset of the text belongs to."""
    found = None
    for section in sections:
        if section.span[0] > offset:
            break
        found = section
    return found


def _headings(text: str) -> Iterator[re.Match[str]]:
    """Yield the headings. Only lines that hold the letters ``clusion`` are looked at."""
    lowered = text.lower()
    at = lowered.find("clusion")
    while at >= 0:
        line_start = text.rfind("\n", 0, at) + 1
        match = _HEADING().match(text, line_start)
        if match and match.start("kind") <= at and _is_heading(match):
            yield match
        line_end = text.find("\n", at)
        at = lowered.find("clusion", line_end) if line_end >= 0 else -1


def _is_heading(match: re.Match[str]) -> bool:
    if _before(match) not in _PLAIN_WORDS and _NOT_IN_HEADINGS & set(_before(match).split()):
        return False
    after = match["after"].strip().lower()
    if match["colon"]:
        return bool(match["criteria"]) or not after
    return not after or (bool(match["criteria"]) and after[0] in "(-–*_")


def _kind(match: re.Match[str]) -> str:
    if "clusion" in match["after"].lower():
        return NEITHER
    return INCLUSION if match["kind"].lower() == "in" and not match["non"] else EXCLUSION


def _is_plain(match: re.Match[str]) -> bool:
    return _before(match) in _PLAIN_WORDS and not match["after"].strip(" *_-–")


def _before(match: re.Match[str]) -> str:
    return " ".join(match["before"].lower().split())


def without_marker(raw: str) -> str:
    """Return a line as it is written without blanks around it and its bullet or number."""
    body = raw.strip()
    if not body:
        return ""
    match = _MARKER().match(body)
    return body[match.end() :].lstrip() if match else body


def _line(raw: str, start: int) -> Line:
    body = raw.strip()
    indent = raw.find(body)
    match = _MARKER().match(body)
    skipped = match.end() if match else 0
    rest = body[skipped:].lstrip()
    return Line(start + indent + len(body) - len(rest), rest, body[:skipped], indent)
