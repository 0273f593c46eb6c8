"""How often each rule was right on real records: ``rules/quality.tsv`` and ``rules/prevalence.tsv``."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import lint.rules

PERIODS = ("before 2005", "from 2005 to 2016", "since 2017")
"""When records were registered; the law and the data elements changed in between."""

NOT_BUILT = "not built"
"""Stands in the column ``graded`` of rules that were considered and left out."""


@dataclass(frozen=True, slots=True)
class Quality:
    """``hits`` of a rule on the corpus; of those ``read`` by another than its author, ``right``.

    ``rates`` are hits per 1,000 records of each of ``PERIODS``. ``graded`` is the severity that
    most hits have; ``remark`` says what the wrong ones were, or why there is no hit.
    """

    hits: int
    graded: str
    read: int
    right: int
    remark: str = ""
    rates: tuple[float, float, float] = (0.0, 0.0, 0.0)

    def members(self) -> dict[str, Any]:
        """Return the figures as JSON members."""
        return {
            "hits": self.hits,
            "per_1000_records": dict(zip(PERIODS, self.rates)),
            "read": self.read,
            "right": self.right,
            "remark": self.remark,
        }


def measured_quality() -> Mapping[str, Quality]:
    """Return the measured quality by rule code."""
    return {
        row["rule"]: Quality(
            int(row["hits"]), row["graded"], int(row["read"]), int(row["right"]), row["remark"],
            (float(row[PERIODS[0]]), float(row[PERIODS[1]]), float(row[PERIODS[2]])),
        )
        for row in _rows("quality.tsv")
        if row["graded"] != NOT_BUILT
    }  # fmt: skip


def published_prevalence() -> Mapping[str, tuple[str, str]]:
    """Return by rule code what a paper counted of the same flaw, and the paper."""
    return {row["rule"]: (row["published"], row["source"]) for row in _rows("prevalence.tsv")}


def not_built() -> Mapping[str, str]:
    """Return by code the rules that were considered and not built, with the reason."""
    return {row["rule"]: row["remark"] for row in _rows("quality.tsv") if row["graded"] == NOT_BUILT}


def _rows(name: str) -> Iterator[dict[str, str]]:
    file = os.path.join(next(iter(lint.rules.__path__)), name)
    with open(file, encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle, delimiter="\t")
