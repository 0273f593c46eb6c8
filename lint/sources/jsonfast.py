"""Ordinary JSON, read fast: by the standard library in a short run, by orjson in a long one.

orjson is silent about duplicate keys and numbers that do not fit, and so is the standard
library about more. So a value is returned only when it is certainly all that was written.
"""

from __future__ import annotations

from json import JSONDecoder
from math import isfinite
from typing import Any, NoReturn

from lint import pace
from lint.sources.flaws import MAX_DEPTH

_LONG_NUMBER = b"0" * 19
_ZEROS = bytes.maketrans(b"123456789", b"000000000")


def load_ordinary(raw: bytes) -> Any:
    """Return the JSON value that ``raw`` holds. Raises ``ValueError`` if anything is out of the ordinary.

    That is broken JSON, bytes that are no UTF-8, duplicate keys, lone surrogates, NaN, numbers
    that do not fit, and nesting of many hundred levels.
    """
    if not pace.is_long():
        try:
            return plain_load(raw)
        except ValueError:
            pass
    return fast_load(raw)


def plain_load(raw: bytes) -> Any:
    """Do what ``load_ordinary`` does without orjson; refuses escapes by number, too."""
    if b"\\u" in raw:
        raise ValueError("surrogates are possible")
    text = raw.decode("utf-8").strip(" \t\n\r")
    try:
        value, end = _decoder.raw_decode(text)
        depth = _depth(value)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if end != len(text) or depth > MAX_DEPTH:
        raise ValueError("it goes on or is nested too deeply")
    return value


def fast_load(raw: bytes) -> Any:
    """Do what ``load_ordinary`` does with orjson.

    Written again, a value has fewer colons when a duplicate key was lost, unless the raw text
    hides colons in escapes; and integers that do not fit have at least 19 digits.
    """
    import orjson

    value = orjson.loads(raw)
    try:
        written = orjson.dumps(value)
    except TypeError as error:
        raise ValueError("nested too deeply") from error
    if written != raw and (
        raw.count(b":") != written.count(b":") or b"\\u003" in raw or _LONG_NUMBER in raw.translate(_ZEROS)
    ):
        raise ValueError("a key or a digit may be lost")
    return value


def _depth(value: Any) -> int:
    if not isinstance(value, (dict, list)):
        return 0
    return 1 + max(map(_depth, value.values() if isinstance(value, dict) else value), default=0)


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a name stands twice")
    return members


def _integer(digits: str) -> int:
    if len(digits) > 18:
        raise ValueError("the number may not fit")
    return int(digits)


def _float(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        raise ValueError("the number does not fit")
    return number


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


_decoder = JSONDecoder(object_pairs_hook=_members, parse_int=_integer, parse_float=_float, parse_constant=_refuse)
