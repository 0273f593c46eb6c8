"""A count of records as a share of all, with its interval."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

Z = 1.959963984540054
"""The normal deviate that 95 % of a normal distribution lies within."""


class Share(NamedTuple):
    """``hit`` records of ``records``; the share and the ends of its 95 % interval lie between 0 and 1."""

    hit: int
    records: int
    share: float
    low: float
    high: float


def share_of(hit: int, records: int) -> Share | None:
    """Return a share with its Wilson score interval, None of no records.

    Unlike the normal approximation it stays within 0 and 1 and keeps its coverage for rare flaws
    and small groups. Source: Wilson 1927, https://doi.org/10.1080/01621459.1927.10502953; Brown,
    Cai and DasGupta 2001 recommend it, https://doi.org/10.1214/ss/1009213286.
    """
    if not records:
        return None
    share = hit / records
    square = Z * Z / records
    middle = share + square / 2
    spread = Z * sqrt((share * (1 - share) + square / 4) / records)
    low = 0.0 if hit == 0 else max(0.0, (middle - spread) / (1 + square))
    high = 1.0 if hit == records else min(1.0, (middle + spread) / (1 + square))
    return Share(hit, records, share, low, high)
