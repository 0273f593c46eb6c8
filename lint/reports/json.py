"""``json``: one document with the tool, the findings and the counts.

Written as the outcomes come in, so the summary stands at the end; each finding is on a line.
"""

from __future__ import annotations

from typing import TextIO

from lint.model import Outcome
from lint.reports import About
from lint.reports.members import dumps, members_of
from lint.runner import Summary


class Report:
    def __init__(self, out: TextIO, about: About) -> None:
        self.out = out
        tool = {
            "name": "registry-lint",
            "version": about.version,
            "rules": about.rules,
            "profile": about.profile,
            "as_of": about.as_of,
        }
        self.out.write(f'{{"version":1,"tool":{dumps(tool)},"findings":[')
        self.separator = "\n"

    def add(self, outcome: Outcome) -> None:
        for finding in outcome.findings:
            self.out.write(self.separator + dumps(members_of(finding)))
            self.separator = ",\n"

    def end(self, summary: Summary) -> None:
        counts = {
            "inputs": summary.inputs,
            "records": summary.records,
            "findings": summary.findings,
            "by_severity": {severity.label: count for severity, count in summary.by_severity.items()},
            "suppressed": summary.suppressed,
            "waived": summary.waived,
            "baselined": summary.baselined,
            "rule_crashes": summary.crashes,
        }
        self.out.write(f'\n],"summary":{dumps(counts)}}}\n')
