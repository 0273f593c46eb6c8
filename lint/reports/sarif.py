"""``sarif``: SARIF 2.1.0 (OASIS), which GitHub code scanning and other viewers read.

Results are written as they come; the rules that gave any stand behind them. Fixes are given as
changes of the text where the form of the record allows that (JSON), and always as edits of the
record (``properties.fix``).
"""

from __future__ import annotations

import os
from typing import Any, TextIO
from urllib.parse import quote

from lint.model import Confidence, Finding, Fix, Outcome, Region, RelatedPlace, Rule
from lint.reports import About
from lint.reports.members import dumps, members_of
from lint.reports.text import clean, relative_path
from lint.rulepages import FALSE_POSITIVES, SOURCE, WHAT_TO_DO, WHY, capitalised, sections
from lint.runner import Summary

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_PRECISION = {Confidence.HIGH: "high", Confidence.MEDIUM: "medium", Confidence.LOW: "low"}
_TITLES = {WHY: "Why", WHAT_TO_DO: "What to do", FALSE_POSITIVES: "False positives", SOURCE: "Source"}


class Report:
    def __init__(self, out: TextIO, about: About) -> None:
        self.out = out
        self.about = about
        self.indexes: dict[str, int] = {}
        self.notices: list[dict[str, Any]] = []
        self.separator = "\n"
        self.out.write(
            f'{{"$schema":"{_SCHEMA}","version":"2.1.0","runs":[{{"columnKind":"unicodeCodePoints","results":['
        )

    def add(self, outcome: Outcome) -> None:
        for finding in outcome.findings:
            self._write(self._result(finding))
            if outcome.unreadable and finding.code.startswith("SRC"):
                self.notices.append(_notice(finding))
        for waived in outcome.waived:
            suppression = {"kind": "external", "status": "accepted", "justification": waived.reason or waived.by}
            self._write({**self._result(waived.finding), "suppressions": [suppression]})

    def end(self, summary: Summary) -> None:
        rules = [_rule(code, self.about.catalogue.get(code)) for code in self.indexes]
        driver = {
            "name": "registry-lint",
            "version": self.about.version,
            "semanticVersion": self.about.version,
            "rules": rules,
        }
        complete = not (summary.unreadable or summary.crashes)
        invocation = {"executionSuccessful": complete, "toolExecutionNotifications": self.notices}
        properties = {"profile": self.about.profile, "asOf": self.about.as_of, "records": summary.records}
        self.out.write(
            f'\n],"tool":{dumps({"driver": driver})},"invocations":[{dumps(invocation)}],'
            f'"properties":{dumps(properties)}}}]}}\n'
        )

    def _write(self, result: dict[str, Any]) -> None:
        self.out.write(self.separator + dumps(result))
        self.separator = ",\n"

    def _result(self, finding: Finding) -> dict[str, Any]:
        index = self.indexes.setdefault(finding.code, len(self.indexes))
        hint = f". {finding.hint[:1].upper()}{finding.hint[1:]}." if finding.hint else ""
        result = {
            "ruleId": finding.code,
            "ruleIndex": index,
            "level": finding.severity.label,
            "message": {"text": clean(finding.message).rstrip(".") + clean(hint)},
            "locations": [_location(finding)],
            "partialFingerprints": {"registryLint/v1": finding.fingerprint},
        }
        if finding.related:
            result["relatedLocations"] = [_related(finding, number) for number in range(len(finding.related))]
        if finding.fix is not None:
            result["properties"] = {"fix": members_of(finding)["fix"]}
            if finding.replacements:
                result["fixes"] = [_fix(finding, finding.fix)]
        return result


def _location(finding: Finding) -> dict[str, Any]:
    region = _region(Region(finding.line, finding.column, finding.end_line, finding.end_column))
    if finding.excerpt is not None and finding.line == finding.end_line:
        region["snippet"] = {"text": clean(finding.excerpt[finding.column - 1 : finding.end_column - 1])}
    physical = {"artifactLocation": {"uri": uri_of(finding.file)}, "region": region}
    return {"physicalLocation": physical, "logicalLocations": [_logical(finding.record, finding.path)]}


def _region(place: Region) -> dict[str, Any]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _fix(finding: Finding, fix: Fix) -> dict[str, Any]:
    changes: list[dict[str, Any]] = []
    for region, text in finding.replacements:
        inserted = {"insertedContent": {"text": text}} if text else {}
        changes.append({"deletedRegion": _region(region), **inserted})
    return {
        "description": {"text": clean(fix.description)},
        "artifactChanges": [{"artifactLocation": {"uri": uri_of(finding.file)}, "replacements": changes}],
    }


def _related(finding: Finding, number: int) -> dict[str, Any]:
    other: RelatedPlace = finding.related[number]
    return {
        "id": number + 1,
        "message": {"text": clean(other.message or other.path) or "the record"},
        "physicalLocation": {
            "artifactLocation": {"uri": uri_of(other.file or finding.file)},
            "region": {"startLine": other.line, "startColumn": other.column},
        },
        "logicalLocations": [_logical(finding.record, other.path)],
    }


def _logical(record: str, pointer: str) -> dict[str, str]:
    return {"kind": "member", "name": pointer.rpartition("/")[2], "fullyQualifiedName": clean(f"{record}#{pointer}")}


def uri_of(file: str) -> str:
    """Return a file as a URI reference: relative below the current folder, else absolute."""
    shown = relative_path(file)
    if "://" in shown:
        return quote(shown, safe="/:?&=#%@+,;~")
    if os.path.isabs(file) and shown == clean(file.replace(os.sep, "/")):
        return "file://" + quote(shown if shown.startswith("/") else f"/{shown}")
    return quote(shown)


def _notice(finding: Finding) -> dict[str, Any]:
    return {
        "level": "error",
        "message": {"text": clean(finding.message)},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri_of(finding.file)}}}],
        "associatedRule": {"id": finding.code},
    }


def _rule(code: str, rule: Rule | None) -> dict[str, Any]:
    if rule is None:
        return {"id": code}
    parts = {title: text for title, text in sections(rule.doc).items() if title in _TITLES}
    text = "\n\n".join([rule.summary, *[f"{_TITLES[title]}: {text}" for title, text in parts.items()]])
    markdown = "\n\n".join(
        [rule.summary, *[f"**{_TITLES[title]}.** {capitalised(text)}" for title, text in parts.items()]]
    )
    described = {
        "id": code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "help": {"text": text, "markdown": markdown},
        "defaultConfiguration": {"level": rule.severity.label},
        "properties": {"tags": [rule.family, *rule.tags], "precision": _PRECISION[rule.confidence]},
    }
    return {**described, "helpUri": rule.url} if rule.url else described
