"""``table``: all findings in one table."""

from __future__ import annotations

from typing import TextIO

from lint.model import Outcome
from lint.reports import About
from lint.reports.text import clean, place_of
from lint.runner import Summary

_HEADERS = ("record", "place", "rule", "severity", "message")
_SHARE = 0.5


class Report:
    """All rows are held until the end, because a column is as wide as its widest cell."""

    def __init__(self, out: TextIO, about: About) -> None:
        self.out = out
        self.about = about
        self.rows: list[tuple[str, ...]] = []

    def add(self, outcome: Outcome) -> None:
        self.rows += [
            (clean(f.record), place_of(f), f.code, f.severity.label, clean(f.message)) for f in outcome.findings
        ]

    def end(self, summary: Summary) -> None:
        from tabulate import tabulate

        if self.rows:
            limits = [None, None, None, None, max(40, int(self.about.width * _SHARE))]
            table = tabulate(self.rows, _HEADERS, maxcolwidths=limits, disable_numparse=True)
            self.out.write(table + "\n")
