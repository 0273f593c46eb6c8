"""Count the hits of every rule on real records into rules/quality.tsv, and take in readings.

    python tools/measure_hits.py RECORDS.jsonl.gz ... [--readings FILE.tsv ...]

A reading is a table with the columns rule, read, right and remark by someone who did not write
the rule; it replaces those columns. With a column reason instead it tells which rules are not
built. Everything else is counted anew, so a change of what a rule finds shows as a change of
this file.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from lint.engine import Plan
from lint.model import Record
from lint.quality import NOT_BUILT, PERIODS
from lint.registries.ctgov.recognise import record_id
from lint.rulebook import load_rulebook
from lint.testing import corpus, findings_of

TABLE = Path(__file__).parent.parent / "rules" / "quality.tsv"
COLUMNS = ("rule", "hits", *PERIODS, "graded", "read", "right", "remark")


def period_of(data: dict[str, object]) -> str:
    """Return the period in which a record was registered; the oldest if it does not say."""
    section = data.get("protocolSection")
    status = section.get("statusModule") if isinstance(section, dict) else None
    first = str(status.get("studyFirstSubmitDate") or "") if isinstance(status, dict) else ""
    return PERIODS[0] if first < "2005" else PERIODS[1] if first < "2017" else PERIODS[2]


def read_table(file: Path) -> dict[str, dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as handle:
        return {row["rule"]: row for row in csv.DictReader(handle, delimiter="\t")}


def _noted(records: Iterable[Record], periods: dict[str, str]) -> Iterator[Record]:
    """Pass records on, noting the period of each by its id."""
    for record in records:
        periods[record_id(record.data)] = period_of(record.data)
        yield record


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--readings", nargs="*", default=[], type=Path)
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 11, 1))
    options = parser.parse_args()

    book = load_rulebook(local_code=False)
    plan = Plan(book.by_code, options.as_of, "strict")
    hits: Counter[tuple[str, str]] = Counter()
    grades: dict[str, Counter[str]] = {}
    periods: dict[str, str] = {}
    for finding in findings_of(_noted(corpus(options.files), periods), plan):
        hits[finding.code, periods[finding.record]] += 1
        grades.setdefault(finding.code, Counter())[finding.severity.label] += 1
    totals = Counter(periods.values())

    table = read_table(TABLE)
    for file in options.readings:
        for code, row in read_table(file).items():
            if "reason" in row:
                table[code] = {"graded": NOT_BUILT, "remark": row["reason"]}
            else:
                reading = {key: row.get(key) or "" for key in ("read", "right", "remark")}
                table[code] = {**table.get(code, {}), **reading}
    with TABLE.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, delimiter="\t", lineterminator="\n")
        writer.writerow(COLUMNS)
        for rule in book.rules:
            known = table.get(rule.code, {})
            counts = [hits[rule.code, period] for period in PERIODS]
            rates = [f"{1000 * count / max(1, totals[period]):.1f}" for count, period in zip(counts, PERIODS)]
            most = grades.get(rule.code, Counter({rule.severity.label: 1})).most_common(1)[0][0]
            remark = known.get("remark") or ("" if any(counts) else "no record of this sample breaks it")
            readings = (known.get("read") or 0, known.get("right") or 0, remark)
            writer.writerow((rule.code, sum(counts), *rates, most, *readings))
        for code, known in sorted(table.items()):
            if known.get("graded") == NOT_BUILT and code not in book.by_code:
                writer.writerow((code, 0, *(0, 0, 0), NOT_BUILT, 0, 0, known["remark"]))
    print(f"{sum(totals.values()):,} records: " + ", ".join(f"{totals[period]:,} {period}" for period in PERIODS))


if __name__ == "__main__":
    main()
