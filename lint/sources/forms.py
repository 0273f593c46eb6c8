"""Telling by their first bytes and lines what inputs are: JSON, JSONL, YAML, a page or neither."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from itertools import pairwise

from lint.expressions import compiled
from lint.sources.jsonfast import load_ordinary
from lint.sources.limits import Refused

FORMS = ("json", "jsonl", "classic", "yaml", "page", "xml")

_UNICODE_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNMARKED = (
    (compiled(rb"[^\0]\0\0\0", re.DOTALL), "utf-32-le"),
    (compiled(rb"\0\0\0[^\0]", re.DOTALL), "utf-32-be"),
    (compiled(rb"[^\0]\0[^\0]\0", re.DOTALL), "utf-16-le"),
    (compiled(rb"\0[^\0]\0[^\0]", re.DOTALL), "utf-16-be"),
)

_UNPACK = "Unpack it and name the files inside."
_EXPORT = "Export the records as JSON and check those."
_API = "Download the record as JSON (API v2) and check that."
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF document", _API),
    (b"\xd0\xcf\x11\xe0", "an old Office document (Word, Excel)", _EXPORT),
    (b"PK\x03\x04", "an Office document (Word, Excel)", _EXPORT),
    (b"7z\xbc\xaf", "a 7z archive", _UNPACK),
    (b"SQLite format 3", "a database file (SQLite)", _EXPORT),
    (b"PAR1", "a table file (Parquet)", _EXPORT),
    (b"{\\rtf", "a document in rich text (RTF)", _EXPORT),
    (b"\x89PNG", "a picture", _API),
    (b"\xff\xd8\xff", "a picture", _API),
)
_YAML_RECORD = compiled(
    r"^(?:- )?(?:protocolSection|resultsSection|derivedSection|identificationModule|studies)[ ]*:",
    re.MULTILINE,
)
_YAML = compiled(r"%YAML|---(?:\s|$)|-\s+\S|[\w$\"'.-][\w $\"'.-]*:(?:\s|$)")
_FAR_ENOUGH = 5_000
_COMMENTS = compiled(r"(?:[ \t]*(?:#.*)?(?:\r\n|\n|\r))*[ \t]*")


def encoding_of(head: bytes) -> str | None:
    """Name the encoding of a text that is UTF-16 or UTF-32 by its first bytes."""
    for mark, name in _UNICODE_MARKS:
        if head.startswith(mark):
            return name
    for pattern, name in _UNMARKED:
        if pattern.match(head):
            return name
    return None


def refuse_other_formats(head: bytes) -> None:
    """Raise ``Refused`` (SRC020) when the first bytes are those of a format that is not read."""
    for signature, look, hint in _SIGNATURES:
        if head.startswith(signature):
            raise _other(look, hint)
    text = head.lstrip()[:2000].lower()
    if text.startswith((b"<!doctype html", b"<html")):
        raise _other("a web page (HTML)", "Copy the text of the study page into a file, or save JSON.")
    if b"\0" in head[:1000]:
        raise _other("a binary file, not a text", _API)


def is_jsonl(lines: Sequence[bytes]) -> bool:
    """Say by its first lines whether a text that starts with a brace is one document a line.

    The first line may be broken. Inside a document, what follows an object that fills a
    line is a comma or a closing bracket; in JSONL it is another object, or nothing: then the
    last of ``lines`` is empty.
    """
    if _is_object(lines[0]):
        return True
    return any(_is_object(line) and following[:1] in (b"{", b"") for line, following in pairwise(lines))


def form_of_text(text: str) -> str:
    """Name the form of a text that does not start like JSON: yaml or page.

    Raises ``Refused`` (SRC020 for tables, SRC004 for other text).
    """
    from lint.registries.ctgov.page import looks_like_page

    if _YAML_RECORD.search(text):
        return "yaml"
    if looks_like_page(text):
        return "page"
    body = text[_after_comments(text) :]
    first = body.partition("\n")[0]
    if first.count("\t") > 1 or (first.count(",") > 1 and ":" not in first):
        raise _other("a table (CSV)", _API)
    if re.match(r"NCT\d{8}\s*(?:[,;\s]|$)", body):
        raise Refused("SRC004", "This is a list of NCT numbers without their records.", _API)
    if _is_yaml(body):
        return "yaml"
    if not body.strip():
        raise Refused("SRC015", "The file is empty.", _API)
    raise Refused("SRC004", "This is a text, but neither a record nor a study page.", _API)


def starts_like_json(line: bytes) -> bool:
    """Say whether a line begins an object, a list, a text in quotes or a comment of JSON5."""
    return line.lstrip()[:1] in (b"{", b"[") or line.lstrip()[:2] in (b"//", b"/*")


def _is_yaml(body: str) -> bool:
    """Say whether a text begins like YAML and goes on so: prose has a colon in its first line by chance."""
    lines = [line for line in body[:_FAR_ENOUGH].splitlines(keepends=True) if line.strip() and line[-1] in "\r\n"]
    return bool(_YAML.match(body)) and all(line[0] in " #%]}." or _YAML.match(line) for line in lines)


def _after_comments(text: str) -> int:
    match = _COMMENTS.match(text)
    return match.end() if match else 0


def _is_object(line: bytes) -> bool:
    if not line.rstrip().endswith(b"}"):
        return False
    try:
        return isinstance(load_ordinary(line), dict)
    except ValueError:
        return False


def _other(look: str, hint: str) -> Refused:
    return Refused("SRC020", f"This is {look}, which cannot be checked.", hint)
