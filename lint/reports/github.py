"""``github``: workflow commands that GitHub Actions shows beside the lines of a change.

The commands are described at
https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

import os
from typing import TextIO

from lint.model import Finding, Outcome, Severity
from lint.reports import About
from lint.reports.text import clean, relative_path
from lint.runner import Summary

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


class Report:
    def __init__(self, out: TextIO, about: About) -> None:
        self.out = out
        self.top = os.environ.get("GITHUB_WORKSPACE", "")

    def add(self, outcome: Outcome) -> None:
        for finding in outcome.findings:
            self.out.write(self._command(finding) + "\n")

    def end(self, summary: Summary) -> None:
        """Nothing more is said: the lines are the format."""

    def _command(self, finding: Finding) -> str:
        file = relative_path(finding.file, self.top)
        properties = {"file": file, "line": finding.line, "endLine": finding.end_line}
        if finding.line == finding.end_line:  # Actions drops columns that span lines
            properties |= {"col": finding.column, "endColumn": finding.end_column}
        properties["title"] = f"{finding.code} {finding.name}"
        written = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
        record = f" ({clean(finding.record)})" if finding.record else ""
        text = clean(finding.message) + record + (f"\n{clean(finding.hint)}" if finding.hint else "")
        return f"::{_COMMANDS[finding.severity]} {written}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
