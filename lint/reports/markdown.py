"""``markdown``: counts and findings as tables, for comments, wikis and job summaries."""

from __future__ import annotations

import re
from typing import TextIO

from lint.model import Finding, Outcome
from lint.reports import About
from lint.reports.text import clean, counted, relative_path, summary_line
from lint.runner import Summary

_SHOWN = 1000
"""A job summary of GitHub holds 1 MB; more rows help nobody to read."""


class Report:
    def __init__(self, out: TextIO, about: About) -> None:
        self.out = out
        self.about = about
        self.rows: list[str] = []
        self.left_out = 0

    def add(self, outcome: Outcome) -> None:
        for finding in outcome.findings:
            if len(self.rows) < _SHOWN:
                self.rows.append(_row(finding))
            else:
                self.left_out += 1

    def end(self, summary: Summary) -> None:
        line = summary_line(summary)
        self.out.write(f"### registry-lint\n\n{line[:1].upper()}{line[1:]}.\n")
        if not self.rows:
            return
        self.out.write("\n| rule | what | findings |\n|---|---|--:|\n")
        for code, count in sorted(summary.by_rule.items(), key=lambda pair: (-pair[1], pair[0])):
            rule = self.about.catalogue.get(code)
            self.out.write(f"| {code} | {_cell(rule.summary) if rule else ''} | {count:,} |\n")
        self.out.write("\n| place | record | rule | severity | finding |\n|---|---|---|---|---|\n")
        self.out.writelines(self.rows)
        if self.left_out:
            self.out.write(f"\n{counted(self.left_out, 'more finding')} not shown here.\n")


def _row(finding: Finding) -> str:
    place = f"{relative_path(finding.file)}:{finding.line}:{finding.column}"
    rule = f"[{finding.code}]({finding.url})" if finding.url else finding.code
    hint = f"<br>*{_cell(finding.hint)}*" if finding.hint else ""
    cells = (_cell(place), _cell(finding.record), rule, finding.severity.label, _cell(finding.message) + hint)
    return f"| {' | '.join(cells)} |\n"


def _cell(text: str) -> str:
    """Return a text that means nothing to Markdown or HTML and stays in its cell."""
    escaped = re.sub(r"([\\`*_{}\[\]|~#@!])", r"\\\1", clean(text))
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
