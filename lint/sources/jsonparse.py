"""Reading one JSON value: fast if it is ordinary, else with a careful parser.

The careful parser takes what other parsers take or overlook (NaN, lone surrogates, duplicate
keys, numbers that do not fit), repairs what it can and says where it did.
"""

from __future__ import annotations

import re
from json.decoder import JSONDecodeError
from typing import Any, NamedTuple

from lint.expressions import compiled
from lint.model import SourceProblem
from lint.paths import Path
from lint.sources.flaws import (
    LARGEST,
    MAX_DEPTH,
    TOO_DEEP,
    Flaw,
    as_problems,
    duplicate_name,
    lone_surrogate,
    not_a_number,
    number_out_of_range,
)
from lint.sources.jsonfast import load_ordinary
from lint.sources.jsonplaces import after_space, scan_string, without_surrogates
from lint.sources.jsonwords import Broken, broken_string, unexpected
from lint.sources.text import START, Mark, decode

_NUMBER = compiled(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_NOT_A_NUMBER = compiled(r"[+-]?(?:NaN|Infinity|nan|inf)\b")
_CONSTANTS = {"true": True, "false": False, "null": None}
_DROPPED: Any = object()


class Loaded(NamedTuple):
    """A JSON value; ``careful`` says that locators must mind duplicates and surrogates."""

    value: Any
    problems: tuple[SourceProblem, ...] = ()
    careful: bool = False
    end: int = -1


def load(raw: bytes, origin: Mark = START) -> Loaded:
    """Read the JSON value that ``raw`` holds, with the problems that were repaired.

    ``origin`` is where its first byte stands in the file. Bytes that are no UTF-8 become U+FFFD.
    Raises ``Broken`` with a problem of code SRC002, SRC003 or SRC011.
    """
    try:
        return Loaded(load_ordinary(raw))
    except ValueError:
        pass
    text, problems = decode(raw, origin)
    loaded = parse(text, origin=origin)
    after = after_space(text, loaded.end)
    if after < len(text):
        raise Broken.at(text, origin, after, unexpected(text, after, "the end"))
    return loaded._replace(problems=problems + loaded.problems)


def parse(text: str, start: int = 0, *, origin: Mark = START) -> Loaded:
    """Read the JSON value that starts at an offset of a text, carefully; ``end`` is its end.

    ``origin`` is the mark that ``text`` itself starts at. Raises ``Broken``.
    """
    parser = _Careful(text, origin)
    value, end = parser.value(after_space(text, start), ())
    problems = as_problems(parser.flaws, text, origin)
    return Loaded(None if value is _DROPPED else value, problems, bool(problems), end)


class _Careful:
    """A strict JSON parser that knows the path and place of every value.

    Beyond the standard it reads NaN and infinities, lone surrogates and numbers that are too
    large, and notes each of them and each duplicate key in ``flaws``.
    """

    def __init__(self, text: str, origin: Mark) -> None:
        self.text = text
        self.origin = origin
        self.flaws: list[Flaw] = []

    def value(self, at: int, path: Path) -> tuple[Any, int]:
        first = self.text[at : at + 1]
        if first == "{":
            return self._object(at, path)
        if first == "[":
            return self._list(at, path)
        if first == '"':
            return self._string(at, path)
        number = _NUMBER.match(self.text, at)
        if number:
            return self._number(number, path), number.end()
        for word, value in _CONSTANTS.items():
            if self.text.startswith(word, at):
                return value, at + len(word)
        infinite = _NOT_A_NUMBER.match(self.text, at)
        if infinite:
            self.flaws.append(not_a_number(infinite.group(), *infinite.span(), path))
            return _DROPPED, infinite.end()
        raise self._broken(at, "a value")

    def _object(self, opening: int, path: Path) -> tuple[dict[str, Any], int]:
        self._check_depth(opening, path)
        members: dict[str, Any] = {}
        names: set[str] = set()
        at = after_space(self.text, opening + 1)
        if self.text[at : at + 1] == "}":
            return members, at + 1
        while True:
            if self.text[at : at + 1] != '"':
                raise self._broken(at, "a name in double quotes")
            name, end = self._string(at, path)
            if name in names:
                self.flaws.append(duplicate_name(name, at, end, (*path, name)))
            names.add(name)
            at = after_space(self.text, end)
            if self.text[at : at + 1] != ":":
                raise self._broken(at, "a colon after the name")
            value, at = self.value(after_space(self.text, at + 1), (*path, name))
            members[name] = value
            if value is _DROPPED:
                del members[name]
            at, closed = self._next(at, "}")
            if closed:
                return members, at

    def _list(self, opening: int, path: Path) -> tuple[list[Any], int]:
        self._check_depth(opening, path)
        items: list[Any] = []
        at = after_space(self.text, opening + 1)
        if self.text[at : at + 1] == "]":
            return items, at + 1
        while True:
            value, at = self.value(at, (*path, len(items)))
            items.append(None if value is _DROPPED else value)
            at, closed = self._next(at, "]")
            if closed:
                return items, at

    def _next(self, at: int, closing: str) -> tuple[int, bool]:
        """Step over the comma to the next member, or over the closing bracket."""
        at = after_space(self.text, at)
        mark = self.text[at : at + 1]
        if mark == closing:
            return at + 1, True
        if mark != ",":
            raise self._broken(at, f"a comma or {closing}")
        return after_space(self.text, at + 1), False

    def _string(self, at: int, path: Path) -> tuple[str, int]:
        try:
            text, end = scan_string(self.text, at + 1, True)
        except JSONDecodeError as error:
            raise Broken.at(self.text, self.origin, *broken_string(self.text, at, error)) from None
        clean = without_surrogates(text)
        if clean != text:
            self.flaws.append(lone_surrogate(at, end, path))
        return clean, end

    def _number(self, match: re.Match[str], path: Path) -> Any:
        digits = match.group()
        if not match.group(1) and not match.group(2) and len(digits) < 4000:
            whole = int(digits)
            if -LARGEST // 2 <= whole < LARGEST:
                return whole
        number = float(digits)
        is_finite = number not in (float("inf"), float("-inf"))
        if not is_finite or not (match.group(1) or match.group(2)):
            self.flaws.append(number_out_of_range(digits, *match.span(), path))
        return number if is_finite else _DROPPED

    def _check_depth(self, at: int, path: Path) -> None:
        if len(path) >= MAX_DEPTH:
            raise Broken.at(self.text, self.origin, at, TOO_DEEP)

    def _broken(self, at: int, expected: str) -> Broken:
        return Broken.at(self.text, self.origin, at, unexpected(self.text, at, expected))
