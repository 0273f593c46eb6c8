"""What is wrong with broken JSON, in words for people who do not write JSON by hand."""

from __future__ import annotations

from json.decoder import JSONDecodeError

from lint.model import SourceProblem
from lint.sources.text import Mark, region

Words = tuple[str, str, str]
"""Code, message and hint."""

_CUT_OFF = "Save or download the file again: its end is missing."
_COMMENT = "JSON has no comments; delete this one."
_PYTHON = {"True": "true", "False": "false", "None": "null", "undefined": "null"}


class Broken(ValueError):
    """Text that is no JSON; ``problem`` says why and where, ``offset`` where in the text."""

    def __init__(self, problem: SourceProblem, offset: int) -> None:
        super().__init__(problem.message)
        self.problem = problem
        self.offset = offset

    @classmethod
    def at(cls, text: str, origin: Mark, offset: int, words: Words) -> Broken:
        """Make the error for an offset of a text that starts at ``origin``."""
        code, message, hint = words
        offset = min(offset, len(text))
        end = min(offset + 1, len(text))
        place = region(text, origin, offset, end)
        return cls(SourceProblem(code, message, hint, place, unreadable=True), offset)


def unexpected(text: str, at: int, expected: str) -> Words:
    """Word the error that something else than ``expected`` stands at an offset."""
    if not text[at:].strip():
        return "SRC003", f"The text ends in the middle of a record: {expected} must follow.", _CUT_OFF
    return "SRC002", f"Here must be {expected}, but {_shown(text, at)} stands here.", _advice(text, at, expected)


def broken_string(text: str, at: int, error: JSONDecodeError) -> tuple[int, Words]:
    """Word the error inside the string that starts at an offset, and say where it is."""
    if error.msg.startswith("Unterminated"):
        return at, ("SRC003", "The text that begins here is never closed: the file ends first.", _CUT_OFF)
    where = error.pos
    if error.msg.startswith("Invalid control"):
        what = (
            "a line break"
            if text[where] in "\r\n"
            else "a tab"
            if text[where] == "\t"
            else (f"the control character U+{ord(text[where]):04X}")
        )
        return where, (
            "SRC002",
            f"Here stands {what} inside a text in double quotes, or the closing quote is missing.",
            "Close the quote, or write \\n for a line break and \\t for a tab.",
        )
    while where > at and text[where : where + 1] != "\\":
        where -= 1
    return where, (
        "SRC002",
        "A backslash begins an escape that JSON does not know.",
        "Write a backslash that is meant as such twice: \\\\.",
    )


def _shown(text: str, at: int) -> str:
    word = text[at : at + 30].split()[0] if text[at] not in "{}[],:" else text[at]
    return f"'{word[:20]}'"


def _advice(text: str, at: int, expected: str) -> str:
    before = text[:at].rstrip()[-1:] if at < 10_000 else text[at - 10_000 : at].rstrip()[-1:]
    if text[at] in "}]" and before == ",":
        return "Delete the comma before it: nothing follows the last one."
    if text[at] in "'\u2018\u2019\u201c\u201d":
        return 'Use straight double quotes (") around names and texts.'
    if text.startswith(("//", "/*", "#"), at):
        return _COMMENT
    for word, right in _PYTHON.items():
        if text.startswith(word, at):
            return f"Write {right} in place of {word}."
    if expected.startswith("a comma"):
        return "Put a comma between this and what stands before it, or close the text before it."
    if expected == "the end":
        return "Delete what follows the record, or put several records into a list in [ ]."
    if text[at].isalnum():
        return 'Put names and texts in double quotes (").'
    return "Correct this place, or save the file again from the program that it came from."
