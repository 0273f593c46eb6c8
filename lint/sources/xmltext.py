"""Reads XML safely: bytes in, the elements of one study at a time out, each with its exact place.

expat, of the standard library, never opens a file or a connection. Declarations inside of a document
(entities, default attributes), by which a few bytes can stand for gigabytes, are refused; depth, elements,
attributes and tags are bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple
from xml.parsers import expat

from lint.markup import unescape
from lint.model import Region, SourceProblem, Span
from lint.paths import ROOT, Path, value_at
from lint.registries.xmltree import Draft, Element, Place
from lint.sources.flaws import MAX_DEPTH
from lint.sources.text import Mark, advance, decode, line_text, region

MAX_ELEMENTS = 1_000_000
"""Elements of one study; the largest records of the registry have about a third of that."""
MAX_ATTRIBUTES = 100
MAX_TAG = 1 << 20
"""Bytes of one tag or comment."""

_CHUNK = 1 << 16
_LINE_CONTEXT = 1 << 12
_EXPORT_AGAIN = "Download or export the file again; no program can read it like this."


class Study(NamedTuple):
    """One study of a document: its element, the name of the document's root, and its source text."""

    element: Element
    root: str
    source: XmlSource


class Broken(Exception):
    """The document, from the byte ``at`` on, cannot be read."""

    def __init__(self, code: str, message: str, hint: str, at: int) -> None:
        super().__init__(message)
        self.code, self.message, self.hint, self.at = code, message, hint, at


def studies(text: str, names: frozenset[str]) -> Iterator[Study | SourceProblem]:
    """Yield the elements of some names as they end, then a problem where the document cannot be read further.

    An element of such a name inside of another is part of that. Of what lies between them nothing is kept.
    """
    raw = text.encode("utf-8", "replace")
    builder = _Builder(names)
    mark = Mark()
    try:
        for element in builder.elements(raw):
            source = XmlSource.cut(raw, element, mark)
            mark = source.end(element)
            yield Study(element, builder.root, source)
    except Broken as broken:
        place = _region_of_byte(raw, mark, broken.at)
        yield SourceProblem(broken.code, broken.message, broken.hint, place, unreadable=True)


class _Builder:
    """Turns what expat reports into elements."""

    def __init__(self, names: frozenset[str]) -> None:
        self.root = ""
        self._names = names
        self._open: list[tuple[Element, list[str]]] = []
        self._depth = self._count = 0
        self._finished: list[Element] = []
        self._parser = parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.buffer_size = _CHUNK
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        parser.SkippedEntityHandler = self._unknown_entity

    def elements(self, raw: bytes) -> Iterator[Element]:
        """Yield the elements of a document that are asked for as they end. Raises ``Broken`` after the last one."""
        for at in range(0, len(raw) + _CHUNK, _CHUNK):
            broken = self._parse(raw[at : at + _CHUNK], at)
            finished, self._finished = self._finished, []
            yield from finished
            if broken:
                raise broken

    def _parse(self, chunk: bytes, at: int) -> Broken | None:
        """Parse the next stretch, or with an empty one the end; return what stops the reading."""
        try:
            self._parser.Parse(chunk, not chunk)
        except Broken as broken:
            return broken
        except expat.ExpatError as error:
            return _malformed(error, self._parser.ErrorByteIndex, [one.name for one, _ in self._open])
        if at + len(chunk) - self._parser.CurrentByteIndex > MAX_TAG:
            return self._too_large(f"a tag or comment of more than {MAX_TAG:,} bytes")
        return None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        self.root = self.root or name
        self._depth += 1
        if self._depth > MAX_DEPTH:
            hint = "A registry record is about 12 deep; this file is damaged or no record."
            raise Broken("SRC011", f"Elements are nested more than {MAX_DEPTH} deep.", hint, self._at())
        if len(attributes) > MAX_ATTRIBUTES:
            raise self._too_large(f"an element with more than {MAX_ATTRIBUTES} attributes")
        if not self._open and name not in self._names:
            return
        self._count = self._count + 1 if self._open else 1
        if self._count > MAX_ELEMENTS:
            raise self._too_large(f"a study of more than {MAX_ELEMENTS:,} elements")
        element = Element(name, attributes, self._at())
        if self._open:
            self._open[-1][0].children.append(element)
        self._open.append((element, []))

    def _end(self, name: str) -> None:
        self._depth -= 1
        if not self._open:
            return
        element, parts = self._open.pop()
        element.stop = self._at()
        element.text = "".join(parts)
        if element.children and element.text.isspace():
            element.text = ""
        if not self._open:
            self._finished.append(element)

    def _characters(self, data: str) -> None:
        if self._open:
            self._open[-1][1].append(data)

    def _doctype(self, name: str, system: str | None, public: str | None, has_declarations: int) -> None:
        if has_declarations:
            message = "The document brings declarations of its own (<!DOCTYPE ... [ ... ]>), which are not followed."
            hint = "Delete them: a record needs none, and a few of them can fill the memory of a computer."
            raise Broken("SRC031", message, hint, self._at())

    def _unknown_entity(self, name: str, is_parameter: bool) -> None:
        raise Broken("SRC030", f"'&{name};' stands for nothing that XML knows.", _AMPERSAND, self._at())

    def _too_large(self, what: str) -> Broken:
        return Broken("SRC016", f"The document has {what}.", "No record has; split the file or check it.", self._at())

    def _at(self) -> int:
        return self._parser.CurrentByteIndex


_AMPERSAND = "Write &amp; for an ampersand, and letters as they are: XML knows only &amp; &lt; &gt; &quot; and &apos;."
_ENDS_EARLY = frozenset((expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
                         expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
                         expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
                         expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR]))  # fmt: skip
_WORDS = {
    expat.errors.XML_ERROR_TAG_MISMATCH: ("an end tag that does not belong here", "Correct the tag that is shown."),
    expat.errors.XML_ERROR_UNDEFINED_ENTITY: ("a reference that stands for nothing that XML knows", _AMPERSAND),
    expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE: ("an attribute that is given twice", "Keep one of them."),
    expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: (
        "something after the end of the document",
        "Put several records into one outer element, or each into a file of its own.",
    ),
    expat.errors.XML_ERROR_MISPLACED_XML_PI: (
        "an XML declaration that is not at the very beginning",
        "Put several records into one outer element, or each into a file of its own.",
    ),
    expat.errors.XML_ERROR_INVALID_TOKEN: (
        "a character that may not stand here",
        "Write &amp; for an ampersand and &lt; for a less-than sign; delete control characters.",
    ),
}


def _malformed(error: expat.ExpatError, at: int, open_names: list[str]) -> Broken:
    if error.code in _ENDS_EARLY:
        inside = f" inside of <{open_names[-1]}>" if open_names else ""
        return Broken("SRC003", f"The document ends too early{inside}.", "Download or save the file again.", at)
    standard = expat.errors.messages[error.code]
    what, hint = _WORDS.get(standard, (f"a fault ({standard})", _EXPORT_AGAIN))
    inside = f", inside of <{open_names[-1]}>" if open_names else ""
    return Broken("SRC030", f"This is no well-formed XML: here stands {what}{inside}.", hint, at)


def _region_of_byte(raw: bytes, mark: Mark, at: int) -> Region:
    """Return the region of the character at a byte; ``mark`` is a byte before it with its line and column."""
    text = raw[mark.offset : max(at, mark.offset)].decode("utf-8", "replace")
    here = advance(text, Mark(0, mark.line, mark.column), len(text))
    return Region(here.line, here.column, here.line, here.column + 1)


_TOKEN = re.compile(
    r"<!\[CDATA\[(?P<cdata>.*?)\]\]>|<!--.*?-->|<\?.*?\?>|<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>|&[^;]*;|\r\n|.", re.DOTALL
)
_START_TAG = re.compile(r"<(?:[^>\"']+|\"[^\"]*\"|'[^']*')*>")
_SPACE = re.compile(r"\s+")


class XmlSource:
    """The text of one study, in which elements of it are found again."""

    def __init__(self, raw: bytes, base: int, origin: Mark) -> None:
        self._raw = raw
        self._base = base
        self._origin = origin

    @classmethod
    def cut(cls, raw: bytes, element: Element, mark: Mark) -> XmlSource:
        """Cut the source of an element out of a file; ``mark`` is a byte before it with its line and column."""
        between = raw[mark.offset : element.start].decode()
        here = advance(between, Mark(0, mark.line, mark.column), len(between))
        line = raw.rfind(b"\n", max(0, element.start - _LINE_CONTEXT), element.start) + 1
        if line == 0 and element.start > _LINE_CONTEXT:
            line = element.start
        column = here.column if line == element.start else 1
        end = raw.find(b">", element.stop) + 1
        return cls(raw[line:end], line, Mark(0, here.line, column))

    def end(self, element: Element) -> Mark:
        """Return the byte of the file at which an element's content ends, with its line and column."""
        stop = advance(self.text, self._origin, self._offset(element.stop))
        return stop._replace(offset=element.stop)

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


_DECLARED = re.compile(rb"\s*<\?xml[^>]*?\sencoding\s*=\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"']")
_KNOWN_ENCODINGS = re.compile(
    r"(?:us-)?ascii|iso-?8859-\d{1,2}|latin-?\d|(?:windows-|cp)125\d|koi8-[ru]|macintosh|"
    r"shift_jis|euc-(?:jp|kr)|gb(?:2312|k|18030)|big5",
    re.IGNORECASE,
)


def decode_xml(raw: bytes) -> tuple[str, tuple[SourceProblem, ...]]:
    """Decode a document by what it declares, else as UTF-8; UTF-16 was decoded before, by its first bytes.

    Characters that are none in that encoding become U+FFFD and give a problem at the first of them.
    """
    declared = _DECLARED.match(raw[:1000])
    name = declared[1].decode() if declared else "utf-8"
    if not _KNOWN_ENCODINGS.fullmatch(name):
        return decode(raw)
    try:
        return raw.decode(name), ()
    except UnicodeDecodeError as error:
        start = len(raw[: error.start].decode(name, "replace"))
        text = raw.decode(name, "replace")
        message = f"The document says that it is in {name}, but from here on it is not: a byte cannot be read."
        hint = "Save the file with the encoding UTF-8, and let its first line say so."
        return text, (SourceProblem("SRC005", message, hint, region(text, Mark(), start, start + 1)),)
