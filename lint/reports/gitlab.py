"""``gitlab``: a code quality report, which GitLab shows in merge requests.

The format is described at https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import hashlib
from typing import TextIO

from lint.model import Finding, Outcome, Severity
from lint.reports import About
from lint.reports.members import dumps
from lint.reports.text import clean, relative_path
from lint.runner import Summary

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


class Report:
    def __init__(self, out: TextIO, about: About) -> None:
        self.out = out
        self.separator = "[\n"

    def add(self, outcome: Outcome) -> None:
        for finding in outcome.findings:
            self.out.write(self.separator + dumps(_issue(finding)))
            self.separator = ",\n"

    def end(self, summary: Summary) -> None:
        self.out.write("[]\n" if self.separator == "[\n" else "\n]\n")


def _issue(finding: Finding) -> dict[str, object]:
    """Return an issue. Its fingerprint names the file too: the same record may stand in two."""
    path = relative_path(finding.file)
    record = f"{clean(finding.record)}: " if finding.record else ""
    mark = hashlib.blake2b(f"{finding.fingerprint}\x1f{path}".encode("utf-8", "replace"), digest_size=16)
    return {
        "description": record + clean(finding.message),
        "check_name": finding.code,
        "fingerprint": mark.hexdigest(),
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": path,
            "positions": {
                "begin": {"line": finding.line, "column": finding.column},
                "end": {"line": finding.end_line, "column": finding.end_column},
            },
        },
    }
