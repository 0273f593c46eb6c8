"""A finding as a row of a table: what ``csv``, ``xlsx`` and ``markdown`` show of it."""

from __future__ import annotations

from lint.model import Finding
from lint.reports.text import clean, relative_path

COLUMNS = (
    "record", "file", "line", "column", "rule", "name", "severity", "confidence", "path", "message", "hint",
    "source", "fingerprint",
)  # fmt: skip


def row_of(finding: Finding) -> tuple[str | int, ...]:
    """Return the cells of a finding in the order of ``COLUMNS``."""
    return (
        clean(finding.record), relative_path(finding.file), finding.line, finding.column, finding.code, finding.name,
        finding.severity.label, finding.confidence.label, clean(finding.path), clean(finding.message),
        clean(finding.hint), finding.url or "", finding.fingerprint,
    )  # fmt: skip
