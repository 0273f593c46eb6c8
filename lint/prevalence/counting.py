"""Counting records and findings by what they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from lint.errors import UsageError, did_you_mean
from lint.model import Severity
from lint.prevalence.dataset import Dataset
from lint.prevalence.shares import Share, share_of
from lint.quality import PERIODS

Key: TypeAlias = tuple[str, ...]

OF_FINDINGS = {"rule": "code", "family": "code", "severity": "severity", "confidence": "confidence"}
"""What findings can be grouped by, and the member of a finding that tells it."""
OF_RECORDS = {
    "year": "year", "period": "year", "sponsor-class": "sponsor_class", "sponsor": "sponsor",
    "study-type": "study_type", "status": "status", "results": "has_results", "form": "form",
}  # fmt: skip
"""What records can be grouped by, and the column of the dataset that tells it."""
GROUPS = (*OF_FINDINGS, *OF_RECORDS)
UNKNOWN = "(not given)"

_RANKED = frozenset(("rule", "family", "sponsor"))
"""Groups in the order of how much is in them; all others have an order of their own."""
_SEVERITIES = {severity.label: -severity for severity in Severity}
_MOST_ROWS = 200_000


class Row(NamedTuple):
    """A group: its values in the order asked for, its findings, and its records with at least one.

    ``share`` is None where the number of records is unknown.
    """

    key: Key
    findings: int
    hit: int
    share: Share | None


class Asked(NamedTuple):
    """What to count: the groups, which rules (codes; None is all), and which records.

    ``where`` maps what records are grouped by to the values wanted, in lower case. ``top`` keeps so
    many values of the first group of findings (or of records, if there is none); 0 keeps all.
    """

    by: Key
    rules: frozenset[str] | None = None
    where: Mapping[str, frozenset[str]] = {}
    top: int = 0

    @property
    def of_findings(self) -> Key:
        return tuple(name for name in self.by if name in OF_FINDINGS)

    @property
    def of_records(self) -> Key:
        return tuple(name for name in self.by if name in OF_RECORDS)


class Counted(NamedTuple):
    """The rows; how many records they are about, None if unknown; values that ``top`` left out.

    ``unread`` counts inputs that gave no record: their findings are about no record and not counted.
    """

    rows: list[Row]
    records: int | None
    left_out: int = 0
    unread: int = 0


class _Tally:
    """Records by their groups; findings, and records with one, by both kinds of groups."""

    def __init__(self) -> None:
        self.records: Counter[Key] = Counter()
        self.findings: Counter[tuple[Key, Key]] = Counter()
        self.hits: Counter[tuple[Key, Key]] = Counter()
        self.unread = 0


def count(dataset: Dataset, asked: Asked) -> Counted:
    """Count a dataset in memory that grows with the groups and not with the records.

    Raises UsageError if the dataset cannot tell what was asked for, or no record is left.
    """
    complete = dataset.described.complete
    untold = sorted({*asked.of_records, *asked.where})
    if untold and not complete:
        hint = "write a dataset with 'lint run --format parquet:FILE'"
        raise UsageError(f"findings alone do not tell the {untold[0]} of records", hint)
    tally = _tally(dataset, asked)
    if not tally.records:
        what = "no record that fits" if asked.where else "no record" if complete else "no finding"
        raise UsageError(f"'{dataset.path}' holds {what}", "look at what 'lint run' said, or ask for other records")
    rank = _ranks(asked, tally)
    leading = (*asked.of_findings, *asked.by)[0]
    kept = _first(rank[leading], asked.top)
    rows = list(_rows(asked, tally, leading, kept, complete))
    rows.sort(key=lambda row: [rank[name][value] for name, value in zip(asked.by, row.key)])
    records = sum(tally.records.values()) if complete else None
    return Counted(rows, records, len(rank[leading]) - len(kept), tally.unread)


def chosen_rules(words: Sequence[str], described: Mapping[str, str]) -> frozenset[str]:
    """Return the codes that codes, names or families stand for; raise UsageError for an unknown one."""
    chosen: set[str] = set()
    for word in words:
        found = {code for code, name in described.items() if word.lower() in _words_of(code, name)}
        if not found:
            known = sorted({known for code, name in described.items() for known in _words_of(code, name)})
            hint = did_you_mean(word.lower(), known, "give the code, name or family of a rule that was run")
            raise UsageError(f"the dataset knows no rule '{word}'", hint)
        chosen |= found
    return frozenset(chosen)


def _words_of(code: str, name: str) -> tuple[str, str, str]:
    return code.lower(), name, code.rstrip("0123456789").lower()


def _tally(dataset: Dataset, asked: Asked) -> _Tally:
    import pyarrow.compute as pc

    tally = _Tally()
    names = sorted({*asked.of_records, *asked.where})
    columns = sorted({OF_RECORDS[name] for name in names})
    apart = dataset.apart()
    for part in dataset.parts(["record", "file", "is_record", *columns], ["record", "code", "severity", "confidence"]):
        values = {name: _values(name, part[OF_RECORDS[name]]) for name in names}
        wanted = part["is_record"]
        tally.unread += _unread(part)
        for name, choice in asked.where.items():
            wanted = pc.and_(wanted, pc.is_in(pc.utf8_lower(values[name]), _array(choice)))
        grouped = _grouped({name: values[name] for name in asked.of_records}, wanted)
        for key, total, _ in grouped:
            tally.records[key] += total
        rows, found = _found(part, apart)
        groups = {name: _values(name, found.field(OF_FINDINGS[name])) for name in asked.of_findings}
        groups |= {name: values[name].take(rows) for name in asked.of_records}
        shown = wanted.take(rows)
        if asked.rules is not None:
            shown = pc.and_(shown, pc.is_in(found.field("code"), _array(asked.rules)))
        for key, total, hit in _grouped(groups, shown, rows):
            both = key[: len(asked.of_findings)], key[len(asked.of_findings) :]
            tally.findings[both] += total
            tally.hits[both] += hit
    return tally


def _unread(part: Any) -> int:
    """Return how many rows stand for inputs that gave no record; other rows without one name records."""
    import pyarrow.compute as pc

    rows = pc.list_parent_indices(part["findings"])
    naming = rows.filter(pc.not_equal(part["findings"].flatten().field("record"), ""))
    beside = pc.unique(naming.filter(pc.invert(part["is_record"].take(naming))))
    records: int = pc.sum(part["is_record"]).as_py() or 0
    rest: int = part.num_rows - records - len(beside)
    return rest


def _found(part: Any, apart: Any) -> tuple[Any, Any]:
    """Return the findings about records of a part, and the row of each.

    Findings that come from comparing records stand ``apart`` and are given to the record they name.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    rows, found = pc.list_parent_indices(part["findings"]), part["findings"].flatten()
    if not apart.num_rows:
        return rows, found
    here = pa.table({"record": part["record"], "file": part["file"], "row": pa.array(range(part.num_rows), rows.type)})
    here = here.filter(part["is_record"])
    joined = apart.join(here, ["record", "file"], join_type="inner").combine_chunks()
    members = ["code", "severity", "confidence"]
    found = pa.StructArray.from_arrays([found.field(member) for member in members], members)
    columns = [joined[name].combine_chunks() for name in members]
    added = pa.StructArray.from_arrays(columns, members)
    return pa.concat_arrays([rows, joined["row"].combine_chunks()]), pa.concat_arrays([found, added])


def _grouped(groups: dict[str, Any], wanted: Any, rows: Any = None) -> Iterator[tuple[Key, int, int]]:
    """Yield each combination of values with how often it is wanted, and in how many rows."""
    import pyarrow as pa

    size = len(wanted)
    columns = {"all": pa.array([""]).take(pa.array([0] * size, pa.int8())), **groups}
    columns["row"] = pa.array(range(size), pa.int64()) if rows is None else rows
    table = pa.table(columns).filter(wanted)
    for row in table.group_by(["all", *groups]).aggregate([([], "count_all"), ("row", "count_distinct")]).to_pylist():
        yield tuple(row[name] for name in groups), row["count_all"], row["row_count_distinct"]


def _array(values: frozenset[str]) -> Any:
    import pyarrow as pa

    return pa.array(sorted(values), pa.string())


def _values(name: str, column: Any) -> Any:
    """Return a column as the words by which it is grouped."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if name == "family":
        return pc.replace_substring_regex(column, r"\d+$", "")
    if name == "results":
        return pc.if_else(column, "with results", "without results")
    if name == "period":
        late, middle = pc.greater_equal(column, 2017), pc.greater_equal(column, 2005)
        words = pc.if_else(late, PERIODS[2], pc.if_else(middle, PERIODS[1], PERIODS[0]))
        return pc.fill_null(words, UNKNOWN)
    text = pc.fill_null(column.cast(pa.string()), "")
    return pc.if_else(pc.equal(text, ""), UNKNOWN, text)


def _ranks(asked: Asked, tally: _Tally) -> dict[str, dict[str, int]]:
    """Return by group the place of each of its values: those with the most records first, or their own order."""
    weights: dict[str, Counter[str]] = {name: Counter() for name in asked.by}
    for (of_findings, _), hit in tally.hits.items():
        for name, value in zip(asked.of_findings, of_findings):
            weights[name][value] += hit
    for of_records, total in tally.records.items():
        for name, value in zip(asked.of_records, of_records):
            weights[name][value] += total
    if asked.of_findings == ("rule",):
        for code in asked.rules or ():
            weights["rule"][code] += 0
    ranks = {}
    for name, values in weights.items():
        ordered = sorted(values, key=lambda value: (-values[value], value) if name in _RANKED else _natural(value))
        ranks[name] = {value: place for place, value in enumerate(ordered)}
    return ranks


def _natural(value: str) -> tuple[int, str]:
    return (1, "") if value == UNKNOWN else (_SEVERITIES.get(value, 0), value)


def _first(rank: dict[str, int], top: int) -> frozenset[str]:
    return frozenset(value for value, place in rank.items() if not top or place < top)


def _rows(asked: Asked, tally: _Tally, leading: str, kept: frozenset[str], complete: bool) -> Iterator[Row]:
    """Yield a row for each group of findings in each group of records, also where there is nothing."""
    groups = {of_findings for of_findings, _ in tally.hits}
    if asked.of_findings == ("rule",):
        groups |= {(code,) for code in asked.rules or ()}
    groups = groups if asked.of_findings else {()}
    if len(groups) * len(tally.records) > _MOST_ROWS:
        told = f"there are {len(groups) * len(tally.records):,} groups, more than {_MOST_ROWS:,}"
        raise UsageError(told, "choose rules with --rule, records with --where, or fewer groups")
    for of_findings in groups:
        for of_records, records in tally.records.items():
            both = of_findings, of_records
            values = dict(zip((*asked.of_findings, *asked.of_records), (*of_findings, *of_records)))
            if values[leading] in kept:
                hit = tally.hits[both]
                share = share_of(hit, records) if complete else None
                yield Row(tuple(values[name] for name in asked.by), tally.findings[both], hit, share)
