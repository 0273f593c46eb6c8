"""Reads XML safely: bytes in, the elements of one study at a time out, each with its exact place.

expat, of the standard library, never opens a file or a connection. Declarations inside of a document
(entities, default attributes), by which a few bytes can stand for gigabytes, are refused; depth, elements,
attributes and tags are bounded.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple
from xml.parsers import expat

from lint.model import SourceProblem
from lint.registries.xmltree import Element
from lint.sources.flaws import MAX_DEPTH
from lint.sources.text import Mark, TextLocator, advance, region
from lint.sources.xmlplaces import XmlSource

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


class Break(NamedTuple):
    """What stops the reading of a document, and the text around it."""

    problem: SourceProblem
    locator: TextLocator


def studies(chunks: Iterable[bytes], names: frozenset[str], max_bytes: int = 1 << 30) -> Iterator[Study | Break]:
    """Yield the elements of some names as they end, then a break if the document cannot be read further.

    ``chunks`` are the document in UTF-8. An element of such a name inside of another is part of that; of what lies
    between them nothing is kept. ``max_bytes`` bounds one study.
    """
    kept, builder = _Kept(), _Builder(names)
    for chunk in chain(_small(chunks), [b""]):
        kept.raw += chunk
        broken = builder.parse(chunk, kept.offset + len(kept.raw))
        for element in builder.finished():
            yield Study(element, builder.root, kept.source(element))
            kept.drop_before(element.stop)
        if not (broken or builder.is_inside):
            kept.drop_before(builder.at)
        elif len(kept.raw) > max_bytes:
            broken = too_large(f"a study of more than {max_bytes:,} bytes", builder.at)
        if broken:
            yield kept.broken(broken)
            return


def _small(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield chunks again, none larger than is good to parse at once and none empty."""
    for chunk in chunks:
        for at in range(0, len(chunk), _CHUNK):
            yield chunk[at : at + _CHUNK]


class _Kept:
    """The part of a document that is still needed: its bytes, and where in the document it begins."""

    def __init__(self) -> None:
        self.raw = bytearray()
        self.offset = 0
        self._mark = Mark()

    def drop_before(self, byte: int) -> None:
        """Let go what lies before a byte, but for the beginning of its line if that is near."""
        start = byte - self.offset
        line = self.raw.rfind(b"\n", max(0, start - _LINE_CONTEXT), start) + 1
        if not line and start > _LINE_CONTEXT:
            line = start
        dropped = self.raw[:line].decode("utf-8", "replace")
        self._mark = advance(dropped, self._mark._replace(offset=0), len(dropped))
        del self.raw[:line]
        self.offset += line

    def source(self, element: Element) -> XmlSource:
        """Return the source of an element that has just ended."""
        end = self.raw.find(b">", element.stop - self.offset) + 1
        return XmlSource(bytes(self.raw[:end]), self.offset, self._mark._replace(offset=0))

    def broken(self, broken: Broken) -> Break:
        """Give a break its place."""
        text = self.raw.decode("utf-8", "replace")
        origin = self._mark._replace(offset=0)
        at = len(self.raw[: max(0, broken.at - self.offset)].decode("utf-8", "replace"))
        problem = SourceProblem(
            broken.code, broken.message, broken.hint, region(text, origin, at, at + 1), unreadable=True
        )
        return Break(problem, TextLocator(text, origin))


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

    @property
    def is_inside(self) -> bool:
        """Say whether a study is open."""
        return bool(self._open)

    @property
    def at(self) -> int:
        """The byte of the document that expat has come to."""
        return max(0, self._parser.CurrentByteIndex)

    def parse(self, chunk: bytes, end: int) -> Broken | None:
        """Parse the next stretch, up to the byte ``end``, or, with an empty one, the end; return what stops it."""
        try:
            self._parser.Parse(chunk, not chunk)
        except Broken as broken:
            return broken
        except expat.ExpatError as error:
            return _malformed(error, self._parser.ErrorByteIndex, [one.name for one, _ in self._open])
        if end - self.at > MAX_TAG:
            return too_large(f"a tag or comment of more than {MAX_TAG:,} bytes", self.at)
        return None

    def finished(self) -> list[Element]:
        """Give away the elements that have ended since the last time."""
        finished, self._finished = self._finished, []
        return finished

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        self.root = self.root or name
        self._depth += 1
        if self._depth > MAX_DEPTH:
            hint = "A registry record is about 12 deep; this file is damaged or no record."
            raise Broken("SRC011", f"Elements are nested more than {MAX_DEPTH} deep.", hint, self.at)
        if len(attributes) > MAX_ATTRIBUTES:
            raise too_large(f"an element with more than {MAX_ATTRIBUTES} attributes", self.at)
        if not self._open and name not in self._names:
            return
        self._count = self._count + 1 if self._open else 1
        if self._count > MAX_ELEMENTS:
            raise too_large(f"a study of more than {MAX_ELEMENTS:,} elements", self.at)
        element = Element(name, attributes, self.at)
        if self._open:
            self._open[-1][0].children.append(element)
        self._open.append((element, []))

    def _end(self, name: str) -> None:
        self._depth -= 1
        if not self._open:
            return
        element, parts = self._open.pop()
        element.stop = self.at
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
            raise Broken("SRC031", message, hint, self.at)

    def _unknown_entity(self, name: str, is_parameter: bool) -> None:
        raise Broken("SRC030", f"'&{name};' stands for nothing that XML knows.", _AMPERSAND, self.at)


def too_large(what: str, at: int) -> Broken:
    """Make the break for a document that is larger somewhere than any record."""
    return Broken("SRC016", f"The document has {what}.", "No record has; split the file or check it.", at)


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


_DECLARED = re.compile(rb"\s*<\?xml[^>]*?\sencoding\s*=\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"']")
_KNOWN_ENCODINGS = re.compile(
    r"(?:us-)?ascii|iso-?8859-\d{1,2}|latin-?\d|(?:windows-|cp)125\d|koi8-[ru]|macintosh|"
    r"shift_jis|euc-(?:jp|kr)|gb(?:2312|k|18030)|big5",
    re.IGNORECASE,
)


def utf8(chunks: Iterable[bytes], problems: list[SourceProblem]) -> Iterator[bytes]:
    """Yield a document in UTF-8, whatever encoding it declares; UTF-16 was decoded before, by its first bytes.

    What is no character in that encoding becomes U+FFFD; the first such place is added to ``problems``.
    """
    name, mark = "utf-8", Mark()
    decoder: codecs.IncrementalDecoder = codecs.getincrementaldecoder(name)()
    for number, chunk in enumerate(chain(chunks, [b""])):
        declared = _DECLARED.match(chunk[:1000]) if number == 0 else None
        if declared and _KNOWN_ENCODINGS.fullmatch(declared[1].decode()):
            name = declared[1].decode()
            decoder = codecs.getincrementaldecoder(name)()
        state = decoder.getstate()
        try:
            text = decoder.decode(chunk, not chunk)
        except UnicodeDecodeError as error:
            decoder = codecs.getincrementaldecoder(name)("replace")
            decoder.setstate(state)
            text = decoder.decode(chunk, not chunk)
            problems.append(_wrong_encoding(name, error, text, mark))
        yield text.encode()
        mark = advance(text, mark._replace(offset=0), len(text))


def _wrong_encoding(name: str, error: UnicodeDecodeError, text: str, mark: Mark) -> SourceProblem:
    start = len(error.object[: error.start].decode(name, "replace"))
    byte = error.object[error.start]
    message = f"The document should be in {name.upper()}, but from here on it is not (byte {byte:#04x})."
    hint = "Save the file with the encoding UTF-8, and let its first line say so; it may be in Windows-1252 or Latin-1."
    return SourceProblem("SRC005", message, hint, region(text, mark._replace(offset=0), start, start + 1))
