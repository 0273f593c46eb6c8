"""``full``: every finding with its line of the file, what to do and where that is written."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import TextIO

from lint.model import Finding, Outcome
from lint.reports import About
from lint.reports.excerpt import excerpt
from lint.reports.text import clean, paint, place_of, summary_line
from lint.runner import Summary


class Report:
    def __init__(self, out: TextIO, about: About) -> None:
        self.out = out
        self.about = about
        self.worst: Finding | None = None

    def add(self, outcome: Outcome) -> None:
        if not outcome.findings:
            return
        first = outcome.findings[0]
        title = f"{clean(first.record)} in {clean(first.file)}" if first.record else clean(first.file)
        self._write(self._paint(f"── {title}", "dim"), "")
        for finding in outcome.findings:
            self._write(*self._finding(finding), "")
            if self.worst is None or finding.severity > self.worst.severity:
                self.worst = finding

    def end(self, summary: Summary) -> None:
        if not self.about.summarise:
            return
        line = summary_line(summary)
        self._write(self._paint(line[:1].upper() + line[1:] + ".", "bold"))
        if self.worst is not None:
            self._write(f"To read why {self.worst.code} matters and what to do: lint explain {self.worst.code}")

    def _write(self, *lines: str) -> None:
        self.out.write("\n".join(lines) + "\n")

    def _paint(self, text: str, style: str) -> str:
        return paint(text, style, self.about.colour)

    def _finding(self, finding: Finding) -> Iterator[str]:
        severity = finding.severity.label
        heading = f"{self._paint(finding.code, 'bold')} {finding.name}  {self._paint(severity, severity)}"
        yield f"{place_of(finding)}  {heading}"
        yield from wrap(clean(finding.message), self.about.width, initial_indent="  ", subsequent_indent="  ")
        gutter = " " * max(3, len(str(finding.line)))
        yield from self._excerpt(finding, gutter)
        for other in finding.related:
            place = f"{clean(other.file or finding.file)}:{other.line}:{other.column}"
            yield from self._note(gutter, "related", f"{place} {clean(other.message or other.path)}")
        if finding.hint:
            yield from self._note(gutter, "help", clean(finding.hint))
        if finding.url:
            yield f"{gutter} {self._paint('=', 'place')} source: {finding.url}"

    def _excerpt(self, finding: Finding, gutter: str) -> Iterator[str]:
        if finding.excerpt is None:
            return
        end = finding.end_column - 1 if finding.end_line == finding.line else len(finding.excerpt)
        room = max(20, self.about.width - len(gutter) - 3)
        text, below = excerpt(finding.excerpt, finding.column - 1, end, room)
        bar = self._paint("|", "place")
        yield f"{self._paint(f'{finding.line:>{len(gutter)}}', 'place')} {bar} {text}"
        yield f"{gutter} {bar} {self._paint(below, finding.severity.label)}"

    def _note(self, gutter: str, label: str, text: str) -> Iterator[str]:
        lines = wrap(f"{label}: {text}", self.about.width - len(gutter) - 3, break_long_words=False)
        yield f"{gutter} {self._paint('=', 'place')} {lines[0]}"
        for line in lines[1:]:
            yield f"{gutter}   {line}"
