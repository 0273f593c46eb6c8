"""``html``: one file that holds everything, to be read, filtered, printed and mailed.

The findings stand in it as data that its own script shows; nothing is loaded from elsewhere.
"""

from __future__ import annotations

import os
from collections import Counter
from html import escape
from shutil import copyfileobj
from typing import Any, TextIO

from lint.model import Finding, Outcome, Rule
from lint.reports import About
from lint.reports.members import dumps
from lint.reports.scratch import let_go, scratch_file
from lint.reports.text import clean, counted, relative_path, summary_line
from lint.rulepages import WHAT_TO_DO, WHY, sections
from lint.runner import Summary

_BEFORE, _AFTER, _MARKED = 60, 90, 300
"""How many characters of the line are shown around a place, and at most of it."""


class _Strings:
    """Texts that repeat, each stored once and referred to by its number."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        return self.numbers.setdefault(text, len(self.numbers))


class Report:
    """Findings wait in a file of their own; texts that repeat and a line for each record are held until the end."""

    def __init__(self, out: TextIO, about: About) -> None:
        self.out = out
        self.about = about
        self.strings = _Strings()
        self.records: list[list[Any]] = []
        self.rows = scratch_file()
        self.separator = ""

    def __enter__(self) -> Report:
        return self

    def __exit__(self, *_fault: object) -> None:
        let_go(self.rows)

    def add(self, outcome: Outcome) -> None:
        if not outcome.findings:
            return
        number = len(self.records)
        text = self.strings.number
        first = outcome.findings[0]
        self.records.append(
            [
                text(clean(outcome.record or first.record)),
                text(relative_path(outcome.file or first.file)),
                text(clean(outcome.sponsor)),
                text(outcome.registered[:4]),
                text(clean(outcome.title)),
            ]
        )
        for finding in outcome.findings:
            self.rows.write(self.separator + _harmless(dumps(self._row(finding, number))))
            self.separator = ",\n"

    def end(self, summary: Summary) -> None:
        codes = sorted(summary.by_rule)
        data = {
            "strings": list(self.strings.numbers),
            "records": self.records,
            "rules": {code: _rule(self.about.catalogue.get(code)) for code in codes},
            "severities": ["error", "warning", "note"],
        }
        line = summary_line(summary)
        about = f"Profile {self.about.profile}, as of {self.about.as_of}, registry-lint {self.about.version}."
        parts = {
            "title": f"registry-lint: {counted(summary.findings, 'finding')}",
            "summary": f"{line[:1].upper()}{line[1:]}.",
            "about": about,
            "plain": _plain_table(summary, self.about),
        }
        before, _, after = _page().partition("%DATA%")
        self.out.write(_filled(before, parts))
        self.out.write(_harmless(dumps(data))[:-1] + ',"findings":[\n')
        self.rows.seek(0)
        copyfileobj(self.rows, self.out)
        self.out.write("\n]}")
        self.out.write(_filled(after, parts))

    def _row(self, finding: Finding, record: int) -> list[Any]:
        text = self.strings.number
        before, marked, behind = _around(finding)
        return [
            record, text(finding.code), 3 - int(finding.severity), finding.line, finding.column,
            text(clean(finding.path)), clean(finding.message), text(clean(finding.hint)), before, marked, behind,
            finding.fingerprint, int(finding.confidence),
        ]  # fmt: skip


def _around(finding: Finding) -> tuple[str, str, str]:
    """Return what stands before the place in its line, the place itself, and what follows it."""
    line = finding.excerpt
    if line is None:
        return "", "", ""
    start = finding.column - 1
    end = finding.end_column - 1 if finding.end_line == finding.line else len(line)
    end = min(max(end, start + 1), start + _MARKED)
    before, behind = line[max(0, start - _BEFORE) : start].lstrip(), line[end : end + _AFTER].rstrip()
    return (
        ("…" if start - _BEFORE > 0 else "") + clean(before),
        clean(line[start:end]),
        clean(behind) + ("…" if end + _AFTER < len(line) else ""),
    )


def _rule(rule: Rule | None) -> dict[str, str]:
    if rule is None:
        return {"name": "", "summary": "", "why": "", "todo": "", "url": ""}
    parts = sections(rule.doc)
    return {
        "name": rule.name,
        "summary": rule.summary,
        "why": parts.get(WHY, ""),
        "todo": parts.get(WHAT_TO_DO, ""),
        "url": rule.url or "",
    }


def _plain_table(summary: Summary, about: About) -> str:
    """Return what a reader without scripts sees: the counts by rule."""
    counts = Counter(summary.by_rule)
    rows = []
    for code, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        known = about.catalogue.get(code)
        what = escape(known.summary) if known else ""
        rows.append(f"<tr><td>{escape(code)}</td><td>{what}</td><td>{count:,}</td></tr>")
    return "\n".join(rows)


def _page() -> str:
    """Put the page together from its parts beside this module."""
    folder = os.path.join(os.path.dirname(__file__), "page")
    page, style, script = (_read(os.path.join(folder, name)) for name in ("page.html", "page.css", "page.js"))
    return page.replace("%STYLE%", style).replace("%SCRIPT%", script)


def _read(file: str) -> str:
    with open(file, encoding="utf-8") as handle:
        return handle.read()


def _filled(page: str, parts: dict[str, str]) -> str:
    for name, text in parts.items():
        page = page.replace(f"%{name.upper()}%", text if name == "plain" else escape(text))
    return page


def _harmless(data: str) -> str:
    """Keep a text in the data from ending the script element that holds it."""
    return data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
