"""``csv``: a row for each finding, after RFC 4180, for tables and statistics programs."""

from __future__ import annotations

import csv
from typing import TextIO

from lint.model import Outcome
from lint.reports import About
from lint.reports.rows import COLUMNS, row_of
from lint.runner import Summary


class Report:
    def __init__(self, out: TextIO, about: About) -> None:
        self.writer = csv.writer(out, lineterminator="\r\n")
        self.writer.writerow(COLUMNS)

    def add(self, outcome: Outcome) -> None:
        self.writer.writerows(list(map(_harmless, row_of(finding))) for finding in outcome.findings)

    def end(self, summary: Summary) -> None:
        """Nothing more is said: the rows are the format."""


def _harmless(cell: str | int) -> str | int:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@") else cell
