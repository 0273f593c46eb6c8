"""Show what a change of the rules gains and loses on real records.

    python tools/compare_findings.py take before.tsv RECORDS.jsonl.gz ...      (before the change)
    python tools/compare_findings.py compare before.tsv RECORDS.jsonl.gz ...   (after it)

For each rule it prints how many findings are gained and lost, and some of each to look at.
"""

from __future__ import annotations

import argparse
import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from lint.engine import Plan, lint_item
from lint.model import PROFILES
from lint.rulebook import load_rulebook
from lint.testing import corpus


class Line(NamedTuple):
    """A finding as it is kept: equal lines are the same finding."""

    code: str
    severity: str
    record: str
    path: str
    message: str


def findings(files: list[str], profile: str, as_of: date) -> Iterator[Line]:
    book = load_rulebook(local_code=False)
    chosen = {rule.code: rule for rule in book.rules if profile in rule.profiles}
    plan = Plan(chosen, as_of, profile)
    for record in corpus(files):
        for one in lint_item(record, plan).findings:
            yield Line(one.code, one.severity.label, one.record, one.path, " ".join(one.message.split()))


def by_rule(lines: set[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = defaultdict(list)
    for line in sorted(lines):
        found[line.code].append(line)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=("take", "compare"))
    parser.add_argument("snapshot", type=Path)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--profile", default="strict", choices=PROFILES)
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 11, 1))
    parser.add_argument("--show", type=int, default=3, help="findings to show of each rule")
    options = parser.parse_args()
    now = set(findings(options.files, options.profile, options.as_of))
    if options.action == "take":
        with options.snapshot.open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle, delimiter="\t").writerows(sorted(now))
        print(f"{len(now):,} findings kept in {options.snapshot}")
        return 0
    with options.snapshot.open(encoding="utf-8", newline="") as handle:
        before = {Line(*row) for row in csv.reader(handle, delimiter="\t")}
    gained, lost = by_rule(now - before), by_rule(before - now)
    for code in sorted({*gained, *lost}):
        print(f"{code}: +{len(gained[code])} -{len(lost[code])}")
        for sign, lines in (("+", gained[code]), ("-", lost[code])):
            for line in lines[: options.show]:
                print(f"  {sign} {line.record} [{line.severity}] {line.path}\n      {line.message}")
    print(f"{len(before):,} findings before, {len(now):,} now")
    return int(bool(gained or lost))


if __name__ == "__main__":
    raise SystemExit(main())
