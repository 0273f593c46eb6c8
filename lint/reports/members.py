"""A finding as JSON members: the contract of ``schemas/findings.schema.json``."""

from __future__ import annotations

from typing import Any

import orjson

from lint.model import Edit, Finding, Fix
from lint.paths import to_pointer


def members_of(finding: Finding) -> dict[str, Any]:
    """Return the members of a finding, in the order of the contract."""
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.label,
        "confidence": finding.confidence.label,
        "message": finding.message,
        "hint": finding.hint,
        "record": finding.record,
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "end_line": finding.end_line,
        "end_column": finding.end_column,
        "path": finding.path,
        "related": [
            {"path": other.path, "line": other.line, "column": other.column, "message": other.message}
            for other in finding.related
        ],
        "fix": None if finding.fix is None else _fix(finding.fix),
        "fingerprint": finding.fingerprint,
        "url": finding.url,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [_edit(edit) for edit in fix.edits]
    return {"description": fix.description, "safe": fix.safe, "edits": edits}


def _edit(edit: Edit) -> dict[str, Any]:
    change = {"remove": True} if edit.remove else {"value": edit.value}
    return {"path": to_pointer(edit.path), **change}


def dumps(value: Any) -> str:
    """Write a value as one line of JSON, whatever characters a record or file name holds."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:  # a lone surrogate, which only an escape can carry
        import json

        return json.dumps(value, separators=(",", ":"))
