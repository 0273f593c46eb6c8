"""How often each rule was right on real records: ``rules/quality.tsv``."""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping
from dataclasses import dataclass

import lint.rules


@dataclass(frozen=True, slots=True)
class Quality:
    """``hits`` of a rule on the corpus; of those ``read`` by another than its author, ``right``.

    ``graded`` is the severity that most hits have; ``remark`` says what the wrong ones were.
    """

    hits: int
    graded: str
    read: int
    right: int
    remark: str


def measured_quality() -> Mapping[str, Quality]:
    """Return the measured quality by rule code."""
    file = os.path.join(next(iter(lint.rules.__path__)), "quality.tsv")
    with open(file, encoding="utf-8", newline="") as handle:
        rows = csv.DictReader(handle, delimiter="\t")
        return {
            row["rule"]: Quality(int(row["hits"]), row["graded"], int(row["read"]), int(row["right"]), row["remark"])
            for row in rows
        }
