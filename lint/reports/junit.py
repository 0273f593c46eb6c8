"""``junit``: XML of test cases, one for each record, which fails by its findings.

Notes do not fail a case; they stand in its output. The members are those that readers agree on:
https://github.com/testmoapp/junitxml
"""

from __future__ import annotations

from shutil import copyfileobj
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from lint.model import Outcome, Severity
from lint.reports import About
from lint.reports.scratch import let_go, scratch_file
from lint.reports.text import clean, place_of, relative_path
from lint.runner import Summary


class Report:
    """Test cases wait in a file of their own, because their number stands at the beginning."""

    def __init__(self, out: TextIO, about: About) -> None:
        self.out = out
        self.about = about
        self.cases = scratch_file()
        self.tests = 0
        self.failures = 0
        self.errors = 0

    def __enter__(self) -> Report:
        return self

    def __exit__(self, *_fault: object) -> None:
        let_go(self.cases)

    def add(self, outcome: Outcome) -> None:
        if not (outcome.records or outcome.findings):
            return
        self.tests += 1
        file = relative_path(outcome.file)
        name = clean(outcome.record) or file
        failed = [finding for finding in outcome.findings if finding.severity > Severity.NOTE]
        lines = [
            f"{place_of(one)}: {one.code} {one.severity.label} {clean(one.message)}"
            + (f" ({clean(one.hint)})" if one.hint else "")
            for one in outcome.findings
        ]
        case = f"    <testcase name={quoteattr(name)} classname={quoteattr(file)} file={quoteattr(file)}"
        if not lines:
            self.cases.write(case + "/>\n")
            return
        text = escape("\n".join(lines))
        if outcome.unreadable or outcome.crashes:
            self.errors += 1
            body = f"<error message={quoteattr(clean(outcome.findings[0].message))}>{text}</error>"
        elif failed:
            self.failures += 1
            codes = ", ".join(dict.fromkeys(finding.code for finding in failed))
            body = f'<failure message="{codes}" type="{failed[0].severity.label}">{text}</failure>'
        else:
            body = f"<system-out>{text}</system-out>"
        self.cases.write(f"{case}>\n      {body}\n    </testcase>\n")

    def end(self, summary: Summary) -> None:
        counts = f'tests="{self.tests}" failures="{self.failures}" errors="{self.errors}" skipped="0" time="0"'
        self.out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="registry-lint" {counts}>\n')
        self.out.write(f'  <testsuite name="registry-lint {self.about.profile}" {counts}>\n')
        self.cases.seek(0)
        copyfileobj(self.cases, self.out)
        self.out.write("  </testsuite>\n</testsuites>\n")
