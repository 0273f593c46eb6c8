"""Reading what ``--format parquet`` or ``--format jsonl`` wrote, a part at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any, NamedTuple

import orjson

from lint.errors import UsageError
from lint.reports.parquet import DATASET, METADATA, NEEDS

_MAGIC = b"PAR1"
_ROWS = 20_000
_LINES = 20_000
_AGAIN = "write it anew with 'lint run --format parquet:FILE'"


class Described(NamedTuple):
    """What a file says of the run that it came from; ``rules`` are codes with their names.

    ``complete`` tells whether records without findings are in it, so that there are rates.
    """

    rules: dict[str, str]
    profile: str = ""
    as_of: str = ""
    version: str = ""
    complete: bool = True


class Dataset:
    """A file of findings, opened. ``parts`` can be read again and again."""

    def __init__(self, path: str, described: Described) -> None:
        self.path = path
        self.described = described

    def parts(self, columns: Sequence[str], members: Sequence[str]) -> Iterator[Any]:
        """Yield ``pyarrow.RecordBatch`` with some columns and some members of their findings.

        The columns are those of ``lint.reports.parquet.schema``. A file of findings alone gives rows
        with ``record``, ``file`` and ``findings`` only.
        """
        if self.described.complete:
            return self._row_groups([*columns, *(f"findings.list.element.{member}" for member in members)])
        return self._runs_of_lines(members)

    def apart(self) -> Any:
        """Return a ``pyarrow.Table`` of findings that stand beside the rows of the records that they name."""
        import pyarrow as pa
        from pyarrow import compute, parquet

        members = ("record", "file", "code", "severity", "confidence")
        leaves = ["is_record", *(f"findings.list.element.{member}" for member in members)]
        tables = [pa.table({member: pa.array([], pa.string()) for member in members})]
        if self.described.complete:
            with _readable(self.path), parquet.ParquetFile(self.path) as file:
                for number in range(file.num_row_groups):
                    if not _all_records(file, number):
                        rows = file.read_row_group(number, columns=leaves)
                        rows = rows.filter(compute.invert(rows["is_record"]))
                        found = compute.list_flatten(rows["findings"]).combine_chunks()
                        tables.append(pa.table({member: found.field(member) for member in members}))
        table = pa.concat_tables(tables)
        return table.filter(compute.not_equal(table["record"], ""))

    def _row_groups(self, leaves: list[str]) -> Iterator[Any]:
        from pyarrow import parquet

        with _readable(self.path), parquet.ParquetFile(self.path) as file:
            yield from file.iter_batches(batch_size=_ROWS, columns=leaves)

    def _runs_of_lines(self, members: Sequence[str]) -> Iterator[Any]:
        """Make a row of the findings that follow each other and are about one record."""
        import pyarrow

        rows: list[dict[str, Any]] = []
        for (file, record), run in groupby(_lines(self.path), key=lambda line: (line["file"], line["record"])):
            found = [{member: finding.get(member, "") for member in members} for finding in run]
            rows.append({"record": record, "file": file, "is_record": True, "findings": found})
            if len(rows) >= _LINES:
                yield pyarrow.RecordBatch.from_pylist(rows)
                rows = []
        if rows:
            yield pyarrow.RecordBatch.from_pylist(rows)


def _all_records(file: Any, row_group: int) -> bool:
    """Say whether every row of a group stands for a record, by the statistics that the file keeps."""
    column = file.schema_arrow.get_field_index("is_record")
    statistics = file.metadata.row_group(row_group).column(column).statistics
    return bool(statistics and statistics.has_min_max and statistics.min)


def open_dataset(path: str) -> Dataset:
    """Open a file by what is in it; raise UsageError if it is no dataset or another version of one."""
    try:
        import pyarrow  # noqa: F401  (reading findings needs it, whatever they are in)
    except ImportError:
        raise UsageError("lint report needs one more package", NEEDS) from None
    try:
        with open(path, "rb") as file:
            start = file.read(4)
    except OSError as error:
        raise UsageError(f"'{path}' cannot be read: {error.strerror}") from error
    if start == _MAGIC:
        return Dataset(path, _described(path))
    if start[:1] == b"{":
        rules = {line["code"]: line["name"] for line in _lines(path)}
        return Dataset(path, Described(dict(sorted(rules.items())), complete=False))
    raise UsageError(f"'{path}' {'is empty' if not start else 'holds no findings'}", _AGAIN)


def _described(path: str) -> Described:
    from pyarrow import parquet

    with _readable(path):
        metadata = parquet.read_schema(path).metadata or {}
    if METADATA not in metadata:
        raise UsageError(f"'{path}' was not written by lint", _AGAIN)
    said = orjson.loads(metadata[METADATA])
    if said["dataset"] != DATASET:
        told = f"version {said['dataset']} of the dataset, and this lint reads version {DATASET}"
        raise UsageError(f"'{path}' is {told}", f"use lint {said['version']}, or {_AGAIN}")
    return Described(said["rules"], said["profile"], said["as_of"], said["version"])


@contextmanager
def _readable(path: str) -> Iterator[None]:
    """Say in one line that a file is damaged."""
    import pyarrow

    try:
        yield
    except (pyarrow.ArrowException, OSError) as error:
        what = str(error).partition("\n")[0][:120]
        raise UsageError(f"'{path}' is damaged: {what}", _AGAIN) from error


def _lines(path: str) -> Iterator[dict[str, Any]]:
    with open(path, "rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                finding = orjson.loads(line)
                if not {"code", "name", "file", "record"} <= finding.keys():
                    raise ValueError("it is no finding")
            except (ValueError, AttributeError):
                told = f"line {number} of '{path}' is not a finding as '--format jsonl' writes it"
                raise UsageError(told, "give findings, or " + _AGAIN) from None
            yield finding
