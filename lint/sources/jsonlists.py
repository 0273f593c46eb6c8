"""Long JSON lists in segments of some megabytes, so that no list has to be held in memory.

A list of records, bare or inside a page, is cut between two of its elements: where a brace is closed, a comma follows
and an object begins with a section of a record. In JSON no text can hold those signs with a bare quote among them, so
a cut never falls into a text. Where no such place is found the segment grows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple

from lint.expressions import compiled
from lint.registries.ctgov.recognise import SECTIONS
from lint.sources.limits import too_large
from lint.sources.text import START, Mark, advance

SEGMENT = 1 << 21
AHEAD = 64
"""Bytes behind a segment that its reader is shown, so that a break at its end reads as in the whole list."""
_LONG_LINE = 1 << 24
_SPACE = b" \t\r\n"
_GAP = rb"[ \t\r\n]{0,99}"
_CUT = compiled(
    rb"\}" + _GAP + rb",(?=" + _GAP + rb"\{" + _GAP + rb'"(?:' + "|".join((*SECTIONS, "hasResults")).encode() + rb')")'
)
_LONGEST_CUT = 500
HEAD = 2000
"""Bytes that are looked at to see whether a text is a list."""
_LIST = compiled(
    r"""(?:\{\s*
        (?:"\w+"\s*:\s*(?:"[^"\\]*"|[\w.-]+)\s*,\s*)*   # members before the list, such as a total
        "(?P<name>studies|records|data|results|items|trials)"\s*:\s*)?
        (?=\[\s*\{)""",
    re.VERBOSE | re.ASCII,
)


class Segment(NamedTuple):
    """Some elements of a list in a row: their bytes and the mark of the first of these.

    The offset of the mark counts bytes. The first segment begins with what opens the list, the last one ends
    with what closes it; ``ahead`` are the next bytes, which all but the last one have.
    """

    raw: bytes
    mark: Mark
    ahead: bytes = b""


def opening_of(raw: bytes) -> re.Match[str] | None:
    """Match what stands before the bracket of a list of objects, bare or inside a page, at the start of a text."""
    return _LIST.match(raw[:HEAD].decode("utf-8", "replace"))


def is_page(start: bytes) -> bool:
    """Say whether a list lies inside an object, by the first bytes of the input."""
    return start.lstrip(_SPACE).startswith(b"{")


def is_long_list(start: bytes, file: IO[bytes]) -> tuple[bool, bytes]:
    """Say whether an input is one list to be read in segments, and return what was taken from the file to know that.

    A page in a single line may be the first of many, one a line, unless the line is very long.
    """
    opening = opening_of(start.lstrip(_SPACE))
    if opening is None or opening["name"] is None:
        return opening is not None, b""
    line = file.readline(_LONG_LINE)
    return len(line) == _LONG_LINE or not line.rstrip().endswith(b"}"), line


def segments(
    read: Callable[[int], bytes], taken: bytes = b"", *, most: int, mark: Mark = START, size: int | None = None
) -> Iterator[Segment]:
    """Cut what ``taken`` holds and ``read`` gives after it into segments of at least ``size`` bytes (else ``SEGMENT``).

    ``mark`` is that of the first byte. Raises ``Refused`` (SRC016) if a segment would take more than ``most`` bytes.
    """
    held = bytearray(taken)
    seen = 0
    while True:
        block = read(SEGMENT)
        held += block
        while cut := _next_cut(held, max(size or SEGMENT, seen), is_whole=not block):
            segment = Segment(bytes(held[:cut]), mark, bytes(held[cut : cut + AHEAD]))
            yield segment
            mark = _behind(segment)
            del held[:cut]
            seen = 0
        if len(held) > most:
            raise too_large("This list, in which no place to cut was found,", most)
        if not block:
            yield Segment(bytes(held), mark)
            return
        seen = max(0, len(held) - _LONGEST_CUT)


def _next_cut(held: bytearray, start: int, *, is_whole: bool) -> int:
    """Return where the first segment ends, or 0 if that is not to be seen yet."""
    found = _CUT.search(held, start - 1)
    if not found or (found.end() + AHEAD > len(held) and not is_whole):
        return 0
    return found.end()


def _behind(segment: Segment) -> Mark:
    text = segment.raw.decode("utf-8", "replace")
    _, line, column = segment.mark
    _, line, column = advance(text, Mark(0, line, column), len(text))
    return Mark(segment.mark.offset + len(segment.raw), line, column)
