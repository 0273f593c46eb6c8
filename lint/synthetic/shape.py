"""How registry records are made up: shares of designs, statuses and sizes, measured on real ones."""

from __future__ import annotations

import os
from functools import lru_cache
from itertools import accumulate
from random import Random

_TABLE = os.path.join(os.path.dirname(__file__), "shape.tsv")


@lru_cache(maxsize=1)
def _shares() -> dict[str, tuple[list[str], list[int]]]:
    """Return the values of each feature with their running totals, from ``tools/measure_shape.py``."""
    counts: dict[str, list[tuple[str, int]]] = {}
    with open(_TABLE, encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                feature, value, count = line.rstrip("\n").split("\t")
                counts.setdefault(feature, []).append((value, int(count)))
    return {
        feature: ([value for value, _ in pairs], list(accumulate(count for _, count in pairs)))
        for feature, pairs in counts.items()
    }


def drawn(rng: Random, feature: str) -> str:
    """Draw a value of a feature as often as real records have it."""
    values, totals = _shares()[feature]
    return rng.choices(values, cum_weights=totals)[0]


def drawn_number(rng: Random, feature: str, most: int) -> int:
    """Draw a number, at most ``most``."""
    return min(int(drawn(rng, feature)), most)
