"""``concise``: one line a finding, ``file:line:col: CODE severity message``."""

from __future__ import annotations

from typing import TextIO

from lint.model import Outcome
from lint.reports import About
from lint.reports.text import clean, paint, place_of
from lint.runner import Summary


class Report:
    def __init__(self, out: TextIO, about: About) -> None:
        self.out = out
        self.colour = about.colour

    def add(self, outcome: Outcome) -> None:
        for finding in outcome.findings:
            severity = paint(finding.severity.label, finding.severity.label, self.colour)
            self.out.write(f"{place_of(finding)}: {finding.code} {severity} {clean(finding.message)}\n")

    def end(self, summary: Summary) -> None:
        """Nothing more is said: the lines are the format."""
