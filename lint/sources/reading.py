"""Reading inputs: bytes in, records and failures out, one at a time."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from lint.errors import UsageError
from lint.model import Failure, Locator, Record, Region, SourceProblem
from lint.paths import ROOT, Path
from lint.registries.ctgov.boxes import unbox
from lint.registries.ctgov.recognise import left_out
from lint.sources.forms import (
    FORMS,
    encoding_of,
    form_of_text,
    is_jsonl,
    refuse_other_formats,
    starts_like_json,
)
from lint.sources.found import Found, Item, Unread, not_a_record, with_problems
from lint.sources.inputs import Stream, in_memory, opened, peeked
from lint.sources.jsonlists import Segment, is_long_list, is_page, segments
from lint.sources.jsonrecords import json_items, segment_items
from lint.sources.limits import Limits, Refused, limits_in_force
from lint.sources.names import DOUBTFUL, PEEK, is_ours, shown_name
from lint.sources.text import TextLocator, decode
from lint.sources.unpacking import archive_of

if TYPE_CHECKING:
    from lint.sources.archives import Member

T = TypeVar("T")

LISTED = (None, "json", "classic")
"""The input formats of which an input may be one long list."""
_LOOK_AHEAD = 4
_BLOCK = 1 << 16
_UTF8_MARK = b"\xef\xbb\xbf"
_NOTHING = SourceProblem("SRC015", "The input is empty.", "Check that the right file was saved.", unreadable=True)


def read(
    path: str,
    *,
    input_format: str | None = None,
    stdin_filename: str | None = None,
    limits: Limits | None = None,
) -> Iterator[Record | Failure]:
    """Yield the records of an input and, in their order, what of it could not be read.

    ``path`` is a file or ``-`` for standard input, which is shown as ``stdin_filename``.
    ``input_format`` (json, jsonl, yaml, page, xml) overrides what the content looks like. Whatever
    the bytes are, nothing is raised but ``UsageError`` for an unknown format.
    """
    shown = stdin_filename or "<stdin>" if path == "-" else path
    yield from _records(partial(opened, path, limits or limits_in_force()), shown, input_format)


def read_bytes(
    raw: bytes, name: str, *, input_format: str | None = None, limits: Limits | None = None
) -> Iterator[Record | Failure]:
    """Yield the records of some bytes as ``read`` does those of a file of that name."""
    yield from _records(partial(in_memory, raw, limits or limits_in_force()), name, input_format)


def read_lines(lines: Iterable[bytes], first: int, name: str) -> Iterator[Record | Failure]:
    """Yield what some lines of a JSONL file hold as ``read`` does; ``first`` is the number of the first line."""
    file = shown_name(name)
    for index, item in enumerate(_line_items(lines, first), start=first - 1):
        yield _result(item, file, index, "jsonl")


def read_segment(segment: Segment, start: bytes, name: str) -> Iterator[Record | Failure]:
    """Yield the records of a segment of a list as ``read`` does; ``start`` are the first bytes of the file."""
    file = shown_name(name)
    for index, item in enumerate(segment_items(segment, in_page=is_page(start))):
        yield (
            Failure(file, item.problem, item.locator)
            if isinstance(item, Unread)
            else _record(item, file, index, "json")
        )


def _records(
    open_stream: Callable[[], AbstractContextManager[Stream]], name: str, input_format: str | None
) -> Iterator[Record | Failure]:
    if input_format is not None and input_format not in FORMS:
        raise UsageError(f"'{input_format}' is no input format", f"use {', '.join(FORMS)}")
    file = shown_name(name)
    yield from safely(_opened_records(open_stream, file, input_format), file)


def read_members(file: str, start: int, end: int, input_format: str | None = None) -> Iterator[Record | Failure]:
    """Yield as ``read`` does the records of those members of a zip archive that ``members_between`` gives."""
    yield from safely(_some_members(file, start, end, input_format), shown_name(file))


def _some_members(file: str, start: int, end: int, input_format: str | None) -> Iterator[Record | Failure]:
    from lint.sources.archives import members_between

    with opened(file, limits_in_force()) as stream:
        for member in members_between(stream, start, end, input_format):
            yield from _read_member(member, shown_name(file), input_format)


def _read_member(member: Member, file: str, input_format: str | None) -> Iterator[Record | Failure]:
    """Yield the records of a member of an archive, which is shown as ``archive!member``."""
    name = shown_name(f"{file}!{member.name}")
    yield from safely(_member_records(member, name, input_format), name)


def safely(results: Iterator[T], file: str) -> Iterator[T | Failure]:
    """Yield results, and a failure in the place of those that cannot be read."""
    try:
        yield from results
    except Refused as refused:
        yield Failure(file, refused.problem)
    except (MemoryError, RecursionError):
        message = "This input is too large or too deeply nested for the memory of this computer."
        hint = "Split it, or save it as JSONL: one record a line."
        yield Failure(file, SourceProblem("SRC016", message, hint, unreadable=True))


def _opened_records(
    open_stream: Callable[[], AbstractContextManager[Stream]], file: str, input_format: str | None
) -> Iterator[Record | Failure]:
    with open_stream() as stream:
        yield from stream_records(stream, file, input_format)


def _member_records(member: Member, file: str, input_format: str | None) -> Iterator[Record | Failure]:
    stream = opened_member(member, input_format)
    if stream is not None:
        yield from stream_records(stream, file, input_format)


def opened_member(member: Member, input_format: str | None) -> Stream | None:
    """Open a member of an archive; None if it is something else than records. Raises ``Refused``."""
    stream = member.open()
    if not input_format and member.ending in DOUBTFUL:
        head, rejoined = peeked(stream.file, PEEK)
        if not is_ours(member.ending, head):
            return None
        stream = stream._replace(file=rejoined)
    return stream


def stream_records(stream: Stream, file: str, input_format: str | None) -> Iterator[Record | Failure]:
    """Yield what an opened input holds, or each member of it if it is an archive. Raises ``Refused``."""
    kind = archive_of(stream.start)
    if kind:
        from lint.sources.archives import members

        for member in members(kind, stream, input_format):
            yield from _read_member(member, file, input_format)
        return
    index = 0
    for form, item in _stream_items(stream, input_format):
        yield _result(item, file, index, form)
        index += not isinstance(item, Unread) or item.problem.unreadable
    if not index:
        yield Failure(file, _NOTHING)


def _stream_items(stream: Stream, input_format: str | None) -> Iterator[tuple[str, Item]]:
    taken = b""
    if input_format in LISTED:
        is_list, taken = is_long_list(stream.start, stream.file)
        if is_list:
            for item in _long_list_items(stream, taken):
                yield "json", item
            return
    first = taken or stream.line()
    problems: tuple[SourceProblem, ...] = ()
    encoding = encoding_of(first)
    if encoding:
        stream, problems = _transcoded(first + stream.rest(len(first)), encoding, stream)
        first = stream.line()
    elif first.startswith(_UTF8_MARK):
        first = first[len(_UTF8_MARK) :]
        message = "The file begins with a byte order mark, which JSON does not allow."
        hint = "Save it as UTF-8 without BOM."
        problems = (SourceProblem("SRC006", message, hint),)
    head = _until_text(first, stream, 1)
    if head[-1].lstrip().startswith(b"<"):
        head += _until_text(stream.line(), stream, 2)
    refuse_other_formats(b"".join(head))
    form, items = _form_and_items(head, stream, input_format)
    if form in ("xml", "page"):
        problems = ()  # XML allows byte order marks and UTF-16, and Windows saves copied text so
    for item in with_problems(items, problems):
        yield form, item


def _long_list_items(stream: Stream, taken: bytes) -> Iterator[Item]:
    most = stream.account.limits.max_bytes
    for segment in segments(stream.block, taken, most=most):
        yield from segment_items(segment, in_page=is_page(stream.start))


def _transcoded(raw: bytes, encoding: str, stream: Stream) -> tuple[Stream, tuple[SourceProblem, ...]]:
    """Return UTF-16 or UTF-32 text as UTF-8, with a word about it."""
    text = raw.decode(encoding, "replace").removeprefix("\ufeff")
    data = text.encode("utf-8", "replace")
    message = f"The file is written in {encoding.upper()}, which JSON does not allow; it was converted."
    hint = "Save it with the encoding UTF-8."
    return stream._replace(file=io.BytesIO(data), size=None), (SourceProblem("SRC005", message, hint),)


def _form_and_items(head: list[bytes], stream: Stream, input_format: str | None) -> tuple[str, Iterator[Item]]:
    """Return the form and the items of a stream whose first lines, up to some text, are ``head``."""
    form = "json" if input_format == "classic" else input_format
    if form is None and starts_like_json(head[-1]):
        form = "json"
        if head[-1].lstrip().startswith(b"{"):
            if not is_jsonl(head[-1:]):
                head += _until_text(stream.line(), stream, _LOOK_AHEAD)
            form = "jsonl" if is_jsonl([line for line in head if line.strip() or not line]) else "json"
    elif form is None and b"".join(head).lstrip().startswith(b"<"):
        form = "xml"
    if form == "jsonl":
        return form, _line_items(chain(head, iter(stream.line, b"")))
    raw = b"".join(head)
    if form == "xml":
        from lint.sources.xmlforms import xml_items

        rest = iter(partial(stream.block, _BLOCK), b"")
        return form, xml_items(raw, rest, stream.account.limits.max_bytes) if raw.strip() else iter(())
    raw += stream.rest(len(raw))
    if form == "json":
        return form, json_items(raw) if raw.strip() else iter(())
    text, problems = decode(raw)
    if form is None:
        form = form_of_text(text)
    return form, with_problems(_text_items(text, form), problems)


def _until_text(line: bytes, stream: Stream, count: int) -> list[bytes]:
    """Return a line and those after it up to ``count`` lines that are not blank.

    At the end of the input the last of them is empty.
    """
    lines = [line]
    count -= bool(line.strip())
    while line and count:
        line = stream.line()
        lines.append(line)
        count -= bool(line.strip())
    return lines


def _line_items(lines: Iterable[bytes], first: int = 1) -> Iterator[Item]:
    for number, line in enumerate(lines, start=first):
        if line.strip():
            yield from json_items(line.rstrip(b"\r\n"), number)


def _text_items(text: str, form: str) -> Iterator[Item]:
    if form == "yaml":
        from lint.sources.yamlrecords import yaml_items

        yield from yaml_items(text)
    elif text.strip():
        from lint.registries.ctgov.page import PageLocator, read_page

        page = read_page(text)
        if not page.data:
            yield Unread(not_a_record(text, Region(1, 1, 1, 2)), TextLocator(text))
            return
        yield Found(page.data, PageLocator(text, page), page.problems, page.not_shown)


_WHOLE = ("page", "upload", "history")
"""Forms that never carry chosen fields only: what is missing there is missing."""


def _result(item: Item, file: str, index: int, form: str) -> Record | Failure:
    return Failure(file, item.problem, item.locator) if isinstance(item, Unread) else _record(item, file, index, form)


def _record(found: Found, file: str, index: int, form: str) -> Record:
    data, locator = found.data, found.locator
    problems = list(found.problems)
    boxes = unbox(data)
    if boxes:
        problems.append(_boxed(boxes, locator))
    form = found.form or form
    missing = left_out(data) if form not in _WHOLE and not found.partial else []
    if missing:
        problems.append(_partial(missing, locator))
    partial = found.partial or bool(missing)
    return Record(data, file, index, locator, form, tuple(problems), partial, found.not_shown, found.ignores)


def _boxed(boxes: Sequence[Path], locator: Locator) -> SourceProblem:
    more = f" (and {len(boxes) - 1} more)" if len(boxes) > 1 else ""
    message = (
        f"'{boxes[0][-1]}'{more} is not in the registry's shape: "
        "a list was mixed up with its only entry or with nothing. It was read as it was meant."
    )
    hint = "Export the record again without changing its shape, or write lists in [ ]."
    return SourceProblem("SRC014", message, hint, locator.locate(boxes[0]), path=boxes[0])


def _partial(missing: Sequence[str], locator: Locator) -> SourceProblem:
    shown = ", ".join(missing[:3]) + (" and more" if len(missing) > 3 else "")
    message = f"The record carries only some fields ({shown} left out); what is missing is not checked."
    hint = "Export the whole record to have it checked in full."
    return SourceProblem("SRC013", message, hint, locator.locate(ROOT))
