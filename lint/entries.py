"""Outcomes as bytes, free of the place where their record stood, and back again for another place.

An entry is a compressed JSON array. It holds what the findings say and quote, their fixes, and what reports tell
of a record (id, title, sponsor, status and the like); the record itself is not in it, and neither are source lines:
those are taken from the input again.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from lint.engine import Plan
from lint.model import (
    Edit,
    Finding,
    Fix,
    Outcome,
    Region,
    RelatedPlace,
    Replacement,
    Rule,
    Severity,
    Waived,
)
from lint.sources.units import Unit

_PLAIN = tuple(name for name in Outcome._fields if name not in ("findings", "waived", "file", "holds", "facts", "line"))
"""What of an outcome is a text or a number, wherever its record stands."""

_LINE_END = re.compile(r"\r\n|\n|\r")


def pack(outcomes: Sequence[Outcome], unit: Unit, plan: Plan) -> bytes | None:
    """Return the entry of some outcomes; None where another run could not do with it.

    So it is for crashed rules, for what could not be read, and for whatever would not come back the same.
    """
    if not all(map(_is_complete, outcomes)) or (unit.is_line and not _stay_in(outcomes, unit.line)):
        return None
    import orjson

    shift = unit.line - 1
    rows = [_outcome_row(outcome, shift) for outcome in outcomes]
    name = "" if all(outcome.record for outcome in outcomes) else unit.file
    try:
        entry = zlib.compress(orjson.dumps([name, rows], default=tuple), 1)
    except TypeError:
        return None
    holds = holding(outcomes)
    same = [outcome._replace(holds=holds) for outcome in outcomes]
    return entry if unpack(entry, unit, plan, holds) == same else None


def unpack(entry: bytes, unit: Unit, plan: Plan, holds: tuple[date, date]) -> list[Outcome] | None:
    """Return the outcomes of a unit with the bytes for which an entry was made.

    None if the entry hangs on the file's name, for want of a record's id, and that is another one.
    """
    import orjson

    name, rows = orjson.loads(zlib.decompress(entry))
    if name and name != unit.file:
        return None
    lines = _Lines(unit) if plan.excerpts else None
    return [_outcome(row, unit, plan.rules, lines, holds) for row in rows]


def holding(outcomes: Iterable[Outcome]) -> tuple[date, date]:
    """Return the first and the last day for which all of some outcomes hold."""
    days = [outcome.holds for outcome in outcomes]
    return max((since for since, _ in days), default=date.min), min((until for _, until in days), default=date.max)


def _is_complete(outcome: Outcome) -> bool:
    return outcome.records == 1 and not outcome.crashes and not outcome.unreadable


def _stay_in(outcomes: Iterable[Outcome], line: int) -> bool:
    """Say whether all places of some outcomes lie in one line."""
    for outcome in outcomes:
        for finding in (*outcome.findings, *(waived.finding for waived in outcome.waived)):
            regions = [replacement.region for replacement in finding.replacements]
            places = {finding.line, finding.end_line, *(related.line for related in finding.related)}
            if places.union(*((region.line, region.end_line) for region in regions)) != {line}:
                return False
    return True


def _outcome_row(outcome: Outcome, shift: int) -> tuple[Any, ...]:
    findings = [_finding_row(finding, shift) for finding in outcome.findings]
    waived = [(_finding_row(one.finding, shift), one.by, one.reason) for one in outcome.waived]
    return findings, waived, [getattr(outcome, name) for name in _PLAIN], outcome.facts, outcome.line - shift


def _outcome(
    row: Any, unit: Unit, rules: Mapping[str, Rule], lines: _Lines | None, holds: tuple[date, date]
) -> Outcome:
    findings, waived, plain, facts, line = row
    told = dict(zip(_PLAIN, plain))
    record = told["record"]
    return Outcome(
        tuple(_finding(one, record, unit, rules, lines) for one in findings),
        file=unit.file,
        waived=tuple(Waived(_finding(one, record, unit, rules, lines), by, reason) for one, by, reason in waived),
        holds=holds,
        facts=tuple((code, key, tuple(path), tuple(values)) for code, key, path, values in facts),
        line=line + unit.line - 1,
        **told,
    )


def _finding_row(finding: Finding, shift: int) -> tuple[Any, ...]:
    related = [(path, line - shift, column, message) for path, line, column, message, _ in finding.related]
    replacements = [
        (region.line - shift, region.column, region.end_line - shift, region.end_column, text)
        for region, text in finding.replacements
    ]
    return (
        finding.code, finding.severity, finding.message, finding.hint,
        finding.line - shift, finding.column, finding.end_line - shift, finding.end_column,
        finding.path, related, finding.fix, finding.fingerprint, replacements,
    )  # fmt: skip


def _finding(row: Any, record: str, unit: Unit, rules: Mapping[str, Rule], lines: _Lines | None) -> Finding:
    code, severity, message, hint, line, column, end_line, end_column, path, related, fix, mark, replacements = row
    rule = rules[code]
    shift = unit.line - 1
    return Finding(
        code, rule.name, Severity(severity), rule.confidence, message, hint, record, unit.file,
        line + shift, column, end_line + shift, end_column, path,
        tuple(RelatedPlace(there, at + shift, where, said) for there, at, where, said in related),
        _fix(fix) if fix else None, mark, rule.url, lines.text(line) if lines else None,
        tuple(
            Replacement(Region(start + shift, first, end + shift, last), text)
            for start, first, end, last, text in replacements
        ),
    )  # fmt: skip


def _fix(row: Any) -> Fix:
    description, edits, safe = row
    return Fix(description, tuple(Edit(tuple(path), value, remove) for path, value, remove in edits), safe)


class _Lines:
    """The lines of a unit, cut when the first is asked for."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._lines: list[str] = []

    def text(self, line: int) -> str | None:
        """Return a line, counted from 1 in the unit, without its end; None if there is none."""
        if not self._lines:
            self._lines = _LINE_END.split(self._unit.raw.decode("utf-8", "replace"))
        return self._lines[line - 1] if 0 < line <= len(self._lines) else None
