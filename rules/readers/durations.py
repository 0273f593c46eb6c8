"""Durations in time frames and titles of outcomes: ``12 weeks``, ``month 6``, ``days 1, 8 and 15``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from lint.api import Span, pattern

_DAYS = {"year": 365.25, "yr": 365.25, "month": 30.44, "mo": 30.44, "week": 7.0, "wk": 7.0, "day": 1.0, "hour": 1 / 24,
         "hr": 1 / 24, "minute": 1 / 1440, "min": 1 / 1440}  # fmt: skip
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_UNIT = r"(years?|yrs?|months?|mos?|weeks?|wks?|days?|hours?|hrs?|minutes?|mins?)\b"

_COUNTED = pattern(
    rf"\b([0-9]{{1,4}}(?:\.[0-9])?|{'|'.join(_NUMBERS[1:])})(?:st|nd|rd|th)?(?: ?\([0-9a-z]{{1,6}}\))?[ -]?{_UNIT}",
    re.IGNORECASE,
)
_NUMBERED = pattern(
    r"\b(years?|months?|weeks?|wks?|days?|hours?) ?"
    r"((?:[0-9]{1,4}(?:st|nd|rd|th)?(?:, ?and |, ?| ?& ?| and | ?[-–/] ?| to | or )){0,30}[0-9]{1,4})(?![0-9.])",
    re.IGNORECASE,
)
_NUMBER = pattern(r"[0-9]+")


class Duration(NamedTuple):
    """A time in days, as written, with its place in the text."""

    days: float
    text: str
    span: Span


@lru_cache(maxsize=1024)
def durations(text: str) -> tuple[Duration, ...]:
    """Return the durations and numbered times that a text states: ``week 12`` counts as 12 weeks.

    Of a list after one unit (``weeks 4, 8 and 12``) the greatest is returned.
    """
    found = []
    for match in _COUNTED().finditer(text):
        number = match[1].lower()
        count = float(_NUMBERS.index(number)) if number in _NUMBERS else float(number)
        found.append(Duration(count * _days_of(match[2]), match[0], match.span()))
    for match in _NUMBERED().finditer(text):
        counts = [int(one) for one in _NUMBER().findall(match[2])]
        found.append(Duration(max(counts) * _days_of(match[1]), match[0], match.span()))
    return tuple(found)


def _days_of(unit: str) -> float:
    name = unit.lower()
    return _DAYS[name] if name in _DAYS else _DAYS[name[:-1]]
