"""``parquet``: a dataset of the run, a row for each record with its findings inside.

Records without findings have rows, too: without them no rate can be given. A row that stands for no
record (an input that could not be read, findings that come from comparing records) has ``is_record``
false. ``form`` names the form of a record if that cannot carry all of one. Findings are the members
of ``schemas/findings.schema.json``; ``fix`` is JSON text.
"""

from __future__ import annotations

from typing import Any

from lint.errors import UsageError
from lint.model import Finding, Outcome, Severity
from lint.reports import About
from lint.reports.members import dumps, members_of
from lint.runner import Summary

METADATA = b"registry-lint"
"""The key under which a file says what it holds, as a JSON object."""
DATASET = 1
"""The version of the columns; another one cannot be read by ``lint report``."""
NEEDS = "pip install 'registry-lint[parquet]'"

_MOST_ROWS = 2_500
_MOST_FINDINGS = 5_000


class Report:
    """Writes a row group whenever enough has come in, so that memory does not grow with the run."""

    def __init__(self, out: Any, about: About) -> None:
        try:
            from pyarrow import parquet
        except ImportError:
            raise UsageError("the format parquet needs one more package", NEEDS) from None
        self.schema = schema().with_metadata({METADATA: dumps(_described(about)).encode()})
        self.writer = parquet.ParquetWriter(
            out, self.schema, compression="zstd", write_statistics=["is_record", "year"]
        )
        self.rows: list[dict[str, Any]] = []
        self.findings = 0

    def __enter__(self) -> Report:
        return self

    def __exit__(self, *_error: object) -> None:
        """Leave the file while it is open; a writer that is thrown away later would complain that it is not."""
        self.writer.close()

    def add(self, outcome: Outcome) -> None:
        self.rows.append(row_of(outcome))
        self.findings += len(outcome.findings)
        if len(self.rows) >= _MOST_ROWS or self.findings >= _MOST_FINDINGS:
            self._write()

    def end(self, summary: Summary) -> None:
        self._write()
        self.writer.close()

    def _write(self) -> None:
        import pyarrow

        try:
            batch = pyarrow.RecordBatch.from_pylist(self.rows, schema=self.schema)
        except UnicodeEncodeError:  # a lone surrogate, which only an escape can carry
            batch = pyarrow.RecordBatch.from_pylist([_writable(row) for row in self.rows], schema=self.schema)
        self.writer.write_batch(batch)
        self.rows, self.findings = [], 0


def schema() -> Any:
    """Return the columns of a dataset as a ``pyarrow.Schema``."""
    import pyarrow as pa

    text, number, truth = pa.string(), pa.int32(), pa.bool_()
    place = pa.struct({"path": text, "line": number, "column": number, "message": text})
    finding = pa.struct(
        {
            "code": text, "name": text, "severity": text, "confidence": text, "message": text, "hint": text,
            "record": text, "file": text, "line": number, "column": number, "end_line": number, "end_column": number,
            "path": text, "related": pa.list_(place), "fix": text, "fingerprint": text, "url": text,
        }
    )  # fmt: skip
    return pa.schema(
        {
            "record": text, "file": text, "is_record": truth, "title": text, "sponsor": text, "sponsor_class": text,
            "study_type": text, "status": text, "registered": text, "year": pa.int16(), "posted": text,
            "has_results": truth, "form": text, "errors": number, "warnings": number, "notes": number, "waived": number,
            "findings": pa.list_(finding),
        }
    )  # fmt: skip


def row_of(outcome: Outcome) -> dict[str, Any]:
    """Return the row of an outcome; ``year`` is that of registration, None if the record does not say."""
    severities = [finding.severity for finding in outcome.findings]
    year = outcome.registered[:4]
    return {
        "record": outcome.record,
        "file": outcome.file,
        "is_record": bool(outcome.records),
        "title": outcome.title,
        "sponsor": outcome.sponsor,
        "sponsor_class": outcome.sponsor_class,
        "study_type": outcome.study_type,
        "status": outcome.status,
        "registered": outcome.registered,
        "year": int(year) if len(year) == 4 and year.isascii() and year.isdigit() else None,
        "posted": outcome.posted,
        "has_results": outcome.has_results,
        "form": outcome.form,
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
        "notes": severities.count(Severity.NOTE),
        "waived": len(outcome.waived),
        "findings": [_members(finding) for finding in outcome.findings],
    }


def _members(finding: Finding) -> dict[str, Any]:
    members = members_of(finding)
    if finding.fix is not None:
        members["fix"] = dumps(members["fix"])
    return members


def _described(about: About) -> dict[str, Any]:
    """Say what was run; the names of the rules tell which of them found nothing."""
    rules = {code: about.catalogue[code].name for code in about.codes if code in about.catalogue}
    return {
        "dataset": DATASET,
        "version": about.version,
        "profile": about.profile,
        "as_of": about.as_of,
        "rules": rules,
    }


def _writable(value: Any) -> Any:
    """Return a value with what UTF-8 cannot carry written as an escape."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {key: _writable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_writable(inner) for inner in value]
    return value
