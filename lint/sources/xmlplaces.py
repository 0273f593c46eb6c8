"""Places in XML text: where elements, attributes and single characters of values are written."""

from __future__ import annotations

import re
from functools import cached_property

from lint.markup import unescape
from lint.model import Region, Span
from lint.paths import ROOT, Path, value_at
from lint.registries.xmltree import Draft, Element, Place
from lint.sources.text import Mark, line_text, region

_TOKEN = re.compile(
    r"<!\[CDATA\[(?P<cdata>.*?)\]\]>|<!--.*?-->|<\?.*?\?>|<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>|&[^;]*;|\r\n|.", re.DOTALL
)
_START_TAG = re.compile(r"<(?:[^>\"']+|\"[^\"]*\"|'[^']*')*>")
_SPACE = re.compile(r"\s+")


class XmlSource:
    """The text of one study, in which elements of it are found again.

    ``raw`` is a part of a file in UTF-8, which begins at its byte ``base``, at the line and column of ``origin``.
    """

    def __init__(self, raw: bytes, base: int, origin: Mark) -> None:
        self._raw = raw
        self._base = base
        self._origin = origin

    @cached_property
    def text(self) -> str:
        return self._raw.decode()

    def tag(self, element: Element) -> Region:
        """Return the region of a start tag."""
        start, end = self._tag(element)
        return region(self.text, self._origin, start, end)

    def value(self, place: Place, value: object = None, span: Span | None = None) -> Region:
        """Return the region of what an element or attribute says, without the white space around it.

        With a ``span`` that of characters of ``value``, where that is the text written here with other white space.
        A value that is not there gives the start tag.
        """
        start, end = self._attribute(place) if place.attribute else self._content(place.element)
        written = _characters(self.text, start, end)
        if not written:
            return self.tag(place.element)
        start, end = written[0][0], written[-1][1]
        if span is not None and isinstance(value, str):
            start, end = _within(unescape(value), span, written) or (start, end)
        return region(self.text, self._origin, start, end)

    def line(self, line: int) -> str | None:
        """Return a line of the file, without its end; None if out of reach."""
        return line_text(self.text, self._origin, line)

    def _offset(self, byte: int) -> int:
        """Return the character of the text at a byte of the file."""
        inside = byte - self._base
        return inside if len(self.text) == len(self._raw) else len(self._raw[:inside].decode())

    def _tag(self, element: Element) -> Span:
        start = self._offset(element.start)
        match = _START_TAG.match(self.text, start)
        return start, match.end() if match else start + 1

    def _content(self, element: Element) -> Span:
        return self._tag(element)[1], self._offset(element.stop)

    def _attribute(self, place: Place) -> Span:
        start, end = self._tag(place.element)
        match = re.compile(rf"\s{re.escape(place.attribute)}\s*=\s*([\"'])(.*?)\1", re.DOTALL).search(
            self.text, start, end
        )
        return match.span(2) if match else (end, end)


def _characters(text: str, start: int, end: int) -> list[Span]:
    """Return where the characters that an element or attribute says stand, white space left out.

    One that is written as a reference has the region of all of it; child elements say nothing here.
    """
    found: list[Span] = []
    depth = 0
    for token in _TOKEN.finditer(text, start, end):
        first, last = token.span()
        written = token[0]
        if token["cdata"] is not None:
            at = token.start("cdata")
            if not depth:
                found += [(at + n, at + n + 1) for n, one in enumerate(token["cdata"]) if not one.isspace()]
        elif written.startswith("<") and len(written) > 1:
            if written[1] not in "!?" and not written.endswith("/>"):
                depth += -1 if written[1] == "/" else 1
        elif not depth and not _says_space(written):
            found.append((first, last))
    return found


def _within(shown: str, span: Span, written: list[Span]) -> Span | None:
    """Return where characters of a text are written, or None if the text differs by more than white space."""
    first, last = (len(_SPACE.sub("", shown[:offset])) for offset in span)
    if len(_SPACE.sub("", shown)) != len(written):
        return None
    after_space = first and (first == len(written) or shown[span[0] : span[0] + 1].isspace())
    start = written[first - 1][1] if after_space else written[first][0]
    before_space = last < len(written) and shown[span[1] - 1 : span[1]].isspace()
    end = written[last][0] if before_space else written[last - 1][1]
    return start, max(start, end)


def _says_space(written: str) -> bool:
    """Say whether a character, perhaps written as a reference, is white space."""
    if len(written) > 3 and written.startswith("&#"):
        number = written[2:-1]
        code = int(number[1:], 16) if number[0] in "xX" else int(number)
        return chr(code).isspace()
    return written.isspace()


class XmlLocator:
    """Finds the values of a record in the XML that it was read from (a ``Locator``)."""

    def __init__(self, source: XmlSource, draft: Draft) -> None:
        self._source = source
        self._draft = draft

    def locate(self, path: Path, span: Span | None = None) -> Region:
        """Return where a value is written; for a container, and a value that is absent, the nearest start tag."""
        places = self._draft.places
        known = next((path[:size] for size in range(len(path), 0, -1) if path[:size] in places), ROOT)
        place = places[known]
        value = value_at(self._draft.data, known)
        if isinstance(value, (dict, list)):
            return self._source.tag(place.element)
        return self._source.value(place, value, span if known == path else None)

    def source_line(self, line: int) -> str | None:
        """Return a line of the file; None if it does not belong to the record."""
        return self._source.line(line)
