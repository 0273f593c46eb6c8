"""JSON text to records: one record, a list, an API page, several documents in a row."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator

from lint.expressions import compiled
from lint.paths import ROOT
from lint.sources.found import Item, Unread, sort_out, with_problems, wrapped
from lint.sources.jsonlists import HEAD, Segment, opening_of
from lint.sources.jsonparse import load, parse
from lint.sources.jsonplaces import JsonText, after_space, scan_once
from lint.sources.jsonwords import Broken, unexpected
from lint.sources.text import Mark, TextLocator, advance, decode

_BRACKET = compiled(r'[{}\[\]]|"(?:[^"\\]|\\.)*"', re.DOTALL)
_NEXT_RECORD = compiled(r'\{\s*"(?:protocolSection|resultsSection|derivedSection)"\s*:')


def json_items(raw: bytes, line: int = 1) -> Iterator[Item]:
    """Yield the records of a JSON text whose first byte starts line ``line`` of a file.

    Lists are read one element at a time. What cannot be read becomes ``Unread``, and the
    records after it are found again.
    """
    origin = Mark(0, line, 1)
    lead = len(raw) - len(raw.lstrip(b" \t\n\r"))
    opening = opening_of(raw[lead : lead + HEAD])
    if opening:
        yield from segment_items(Segment(raw, origin), in_page=opening["name"] is not None)
        return
    try:
        loaded = load(raw, origin)
    except Broken:
        text, problems = decode(raw, origin)
        yield from with_problems(_values(text, advance(text, origin, lead)), problems)
    else:
        start = advance(raw[:lead].decode(), origin, lead) if lead else origin
        yield from sort_out(loaded.value, JsonText(raw, start, careful=loaded.careful), loaded.problems)


def segment_items(segment: Segment, *, in_page: bool) -> Iterator[Item]:
    """Yield the records of a segment of a list; ``in_page`` says that the list lies inside an object."""
    origin = segment.mark._replace(offset=0)
    text, problems = decode(segment.raw, origin)
    limit = len(text) if segment.ahead else None
    text += segment.ahead.decode("utf-8", "replace")
    is_first = segment.mark.offset == 0
    items = _list_items(text, origin, limit, opening_of(segment.raw.lstrip()) if is_first else None, in_page=in_page)
    yield from with_problems(items, problems)


def _list_items(
    text: str, start: Mark, limit: int | None, opening: re.Match[str] | None, *, in_page: bool
) -> Iterator[Item]:
    """Yield the records of a list up to a limit, and check what follows the list if it ends before that.

    ``opening`` is what stands before its bracket, if that is in the text.
    """
    first = start
    name = None
    if opening:
        bracket = advance(text, start, after_space(text, 0) + opening.end())
        first = advance(text, bracket, bracket.offset + 1)
        name = opening["name"]
    items = _values(text, advance(text, first, after_space(text, first.offset)), in_list=True, limit=limit)
    if name and name != "studies":
        items = with_problems(items, (wrapped((name,), TextLocator(text, bracket).locate(ROOT)),))
    end = yield from items
    if end is None:
        return
    around = '{"studies": []' if in_page else "[]"
    document = around + text[end:]
    try:
        after = after_space(document, parse(document).end)
        if after == len(document):
            return
        words = unexpected(document, after, "the end")
    except Broken as broken:
        after = broken.offset
        problem = broken.problem
        words = problem.code, problem.message, problem.hint
    error = Broken.at(text, start, after - len(around) + end, words)
    yield Unread(error.problem, TextLocator(text, start))


def _values(
    text: str, start: Mark, *, in_list: bool = False, limit: int | None = None
) -> Generator[Item, None, int | None]:
    """Yield the items of values in a row and return where the row ends, or None if that is lost.

    In a list, commas part the values and a bracket ends the row; otherwise nothing does. Values that begin
    at the ``limit`` or after it are left to others.
    """
    mark, told = start, -1
    while True:
        try:
            end = yield from _one(text, mark)
            following = _following(text, mark, after_space(text, end), in_list=in_list)
            if following < 0:
                return -following
        except Broken as broken:
            if broken.offset != told:
                yield Unread(broken.problem, TextLocator(text, mark))
            told = broken.offset
            too_deep = broken.problem.code == "SRC011"
            again = _NEXT_RECORD.search(text, _bracket_end(text, mark.offset) if too_deep else mark.offset + 1)
            if again is None:
                return None
            following = again.start()
        if limit is not None and following >= limit:
            return None
        mark = advance(text, mark, following)


def _bracket_end(text: str, start: int) -> int:
    """Return where the object or list that starts at an offset is closed, however deep it is."""
    depth = 0
    for sign in _BRACKET.finditer(text, start):
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(sign[0], 0)
        if not depth:
            return sign.end()
    return len(text)


def _following(text: str, mark: Mark, at: int, *, in_list: bool) -> int:
    """Return where the next value of a row starts, or the end of the row as a negative number."""
    sign = text[at : at + 1]
    if in_list:
        if sign == "]":
            return -(at + 1)
        if sign != ",":
            words = unexpected(text, at, "a comma or the ] that ends the list")
            raise Broken.at(text, mark, at, words)
        return after_space(text, at + 1)
    if not sign:
        return -at
    if sign not in "{[":
        raise Broken.at(text, mark, at, unexpected(text, at, "the end"))
    return at


def _one(text: str, mark: Mark) -> Generator[Item, None, int]:
    """Yield the items of the value at a mark and return its end; raises ``Broken``."""
    try:
        end = scan_once(text, mark.offset)[1]
    except (StopIteration, ValueError, RecursionError):
        end = parse(text, mark.offset, origin=mark).end
    try:
        loaded = load(text[mark.offset : end].encode("utf-8"), Mark(0, mark.line, mark.column))
    except Broken as broken:
        yield Unread(broken.problem, TextLocator(text, mark))
    else:
        yield from sort_out(loaded.value, JsonText(text, mark, careful=loaded.careful), loaded.problems)
    return end
