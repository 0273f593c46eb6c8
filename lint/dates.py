"""Registry dates as intervals: ``2013-05`` is some day of May 2013, never a made-up one."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from lint.expressions import compiled

_SHAPE = compiled(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?(?![^T])")


class PartialDate(NamedTuple):
    """A date with day or month precision, from ``first`` to ``last`` possible day.

    Comparisons say yes only when every day of the interval agrees; what the interval
    leaves open is neither before nor after.
    """

    first: date
    last: date
    text: str

    @property
    def exact(self) -> bool:
        return self.first == self.last

    def certainly_before(self, other: PartialDate | date) -> bool:
        return self.last < (other.first if isinstance(other, PartialDate) else other)

    def certainly_after(self, other: PartialDate | date) -> bool:
        return self.first > (other.last if isinstance(other, PartialDate) else other)

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=4096)
def parse_date(text: str) -> PartialDate | None:
    """Read ``YYYY-MM`` or ``YYYY-MM-DD``; None for anything else or for impossible days."""
    match = _SHAPE.match(text)
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2]), match[3]
    try:
        if day is not None:
            exact = date(year, month, int(day))
            return PartialDate(exact, exact, text)
        return PartialDate(date(year, month, 1), date(year, month, monthrange(year, month)[1]), text)
    except ValueError:
        return None


def days_later(day: date, days: int) -> date:
    """Return the day some days later (earlier if negative), the last or first there is at most."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def months_later(day: date, months: int) -> date:
    """Return the same day some months later (earlier if negative), clipped to the month's end.

    Beyond what the calendar holds it is the last or first day there is.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.max if months > 0 else date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
