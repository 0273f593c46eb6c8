"""``checkstyle``: XML as Checkstyle writes it, which many build servers read."""

from __future__ import annotations

from typing import TextIO
from xml.sax.saxutils import quoteattr

from lint.model import Finding, Outcome, Severity
from lint.reports import About
from lint.reports.text import clean, relative_path
from lint.runner import Summary

_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "info"}


class Report:
    def __init__(self, out: TextIO, about: About) -> None:
        self.out = out
        self.file: str | None = None
        self.out.write('<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n')

    def add(self, outcome: Outcome) -> None:
        for finding in outcome.findings:
            if finding.file != self.file:
                self._close()
                self.file = finding.file
                self.out.write(f"  <file name={quoteattr(relative_path(finding.file))}>\n")
            self.out.write(_error(finding))

    def end(self, summary: Summary) -> None:
        self._close()
        self.out.write("</checkstyle>\n")

    def _close(self) -> None:
        if self.file is not None:
            self.out.write("  </file>\n")


def _error(finding: Finding) -> str:
    record = f" ({finding.record})" if finding.record else ""
    hint = f"; {finding.hint}" if finding.hint else ""
    message = quoteattr(clean(finding.message + record + hint))
    return (
        f'    <error line="{finding.line}" column="{finding.column}" severity="{_SEVERITIES[finding.severity]}"'
        f' message={message} source="registry-lint.{finding.code}"/>\n'
    )
