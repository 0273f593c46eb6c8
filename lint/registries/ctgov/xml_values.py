"""Texts of XML records as values of a record in canonical shape, each put there with its place.

What is written differs from the value by white space only, so that a character of the one can be found in the other;
dates, labels and numbers are translated as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lint.registries.ctgov.words import read_value
from lint.registries.xmltree import Element, Group

_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_ITEM = re.compile(r"(-|[0-9]{1,2}\.)( +)")
_INDENT = 5
"""Characters by which the registry's layout indents each level of a list."""


def one_line(text: str) -> str:
    """Return a text without line breaks and repeated blanks."""
    return as_markdown(" ".join(text.split()))


def several_lines(text: str) -> str:
    """Return a text with its own line breaks, trimmed."""
    return as_markdown("\n".join(line.rstrip() for line in text.strip().splitlines()))


def unwrapped(block: str) -> str:
    """Undo the layout of a text block: lines of about 100 characters, list items with hanging indents.

    Paragraphs become one line each, blank lines between them stay; items of lists follow each other
    line by line, inner lists are indented, as API v2 writes them.
    """
    lines = block.replace("\r", "").expandtabs().split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    markers: list[str] = []
    text, before = "", None
    for paragraph in _paragraphs(line[margin:] for line in lines):
        first = paragraph[0]
        indent = len(first) - len(first.lstrip())
        words = " ".join(" ".join(paragraph).split())
        item = _ITEM.match(first, indent)
        if item and len(item[0]) + indent >= _INDENT:
            level = (indent + len(item[0])) // _INDENT
            marker = "*" if item[1] == "-" else item[1]
            words = marker + words[len(item[1]) :]
            markers = [*markers[: level - 1], marker]
            margin_left = sum(len(one) + 1 for one in markers[:-1])
        else:
            level = 0
            margin_left = sum(len(one) + 1 for one in markers[: indent // _INDENT])
        if before is not None:
            text += "\n" if 0 < level <= before else "\n\n"
        text += " " * margin_left + words
        before = level
    return as_markdown(text)


def _paragraphs(lines: Iterable[str]) -> Iterable[list[str]]:
    """Yield the runs of lines between blank lines."""
    run: list[str] = []
    for line in lines:
        if line.strip():
            run.append(line)
        elif run:
            yield run
            run = []
    if run:
        yield run


def as_markdown(text: str) -> str:
    """Double the backslashes that rules would otherwise take for escapes of the API."""
    return _BACKSLASH.sub(r"\\\\", text) if "\\" in text else text


def put_line(group: Group, name: str, element: Element | None) -> None:
    """Set a text of one line, if there is any."""
    if element is not None and not element.text.isspace() and element.text:
        group.put(name, one_line(element.text), element)


def put_text(group: Group, name: str, element: Element | None) -> None:
    """Set a text of several lines, if there is any."""
    if element is not None and not element.text.isspace() and element.text:
        group.put(name, several_lines(element.text), element)


def put_block(group: Group, name: str, parent: Element | None) -> None:
    """Set the text of a ``textblock`` inside an element, if there is any."""
    block = parent.first("textblock") if parent is not None else None
    if block is not None and block.text.strip():
        group.put(name, unwrapped(block.text), block)


def put_kind(group: Group, name: str, element: Element | None, kind: str, attribute: str = "") -> None:
    """Set a value of a kind that ``read_value`` knows, if there is any; it may stand in an attribute."""
    if element is None:
        return
    text = element.attributes.get(attribute, "") if attribute else element.text
    if text.strip():
        group.put(name, read_value(kind, one_line(text)), element, attribute)


def put_date(group: Group, name: str, element: Element | None) -> None:
    """Set a group of a date and, from the attribute ``type``, its type."""
    if element is not None and element.text.strip():
        inner = group.group(name, element)
        put_kind(inner, "date", element, "date")
        put_kind(inner, "type", element, "DateType", "type")


def put_attribute(group: Group, name: str, element: Element, attribute: str) -> None:
    """Set a text that stands in an attribute, if it is given."""
    if attribute in element.attributes:
        group.put(name, element.attributes[attribute].strip(), element, attribute)
