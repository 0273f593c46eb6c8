"""``jsonl``: one finding a line, as in ``json``."""

from __future__ import annotations

from typing import TextIO

from lint.model import Outcome
from lint.reports import About
from lint.reports.members import dumps, members_of
from lint.runner import Summary


class Report:
    def __init__(self, out: TextIO, about: About) -> None:
        self.out = out

    def add(self, outcome: Outcome) -> None:
        for finding in outcome.findings:
            self.out.write(dumps(members_of(finding)) + "\n")

    def end(self, summary: Summary) -> None:
        """Nothing more is said: the lines are the format."""
