"""Count in records what papers counted, and set both side by side in docs/prevalence.md.

    python tools/build_prevalence.py --measure NAME=FILE ... [--measure NAME=FILE ...]
    python tools/build_prevalence.py [--check]

The first form counts in the records of some files, as one sample of that name, and rewrites
tools/prevalence/measured.tsv; the second builds the page from the tables, or says with exit code 1
that it is stale.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from lint.model import Record
from lint.prevalence.shares import share_of
from lint.rulebook import load_rulebook
from lint.sources import read

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
from tools.prevalence.definitions import AFTER, ALL, BEFORE, TABLES, Definition, period  # noqa: E402

HERE = ROOT / "tools" / "prevalence"
PUBLISHED, MEASURED, TEXT = HERE / "published.tsv", HERE / "measured.tsv", HERE / "page.md"
PAGE = ROOT / "docs" / "prevalence.md"
COLUMNS = ("sample", "definition", "period", "hit", "records")
PERIODS = {BEFORE: "before", AFTER: "from then on"}

Row = dict[str, str]


def count(records: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str, int, int]]:
    """Yield definition, period, records with the flaw and records that count, in the order of the tables."""
    definitions = list(chain.from_iterable(TABLES.values()))
    hit: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    for record in records:
        when = period(record)
        for one in definitions:
            if one.concerns(record):
                place = one.key, when if one.split else ALL
                total[place] += 1
                hit[place] += one.has(record)
    for one in definitions:
        for when in PERIODS if one.split else (ALL,):
            yield one.key, when, hit[one.key, when], total[one.key, when]


def measure(samples: Iterable[str]) -> None:
    files: dict[str, list[str]] = {}
    for sample in samples:
        name, _, file = sample.partition("=")
        files.setdefault(name, []).append(file)
    with MEASURED.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter="\t", lineterminator="\n")
        writer.writerow(COLUMNS)
        for name, of_sample in files.items():
            items = chain.from_iterable(map(read, of_sample))
            counts = count(item.data for item in items if isinstance(item, Record))
            writer.writerows((name, *row) for row in counts)


def _rows(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def _percent(share: float) -> str:
    if not share:
        return "0 %"
    if share < 0.0001:
        return "under 0.01 %"
    return f"{100 * share:.1f} %" if share >= 0.0995 else f"{100 * share:.2f} %"


def _published(row: Row) -> str:
    share = int(row["hit"]) / int(row["records"]) if row["hit"] else float(row["share"]) / 100
    number = f"{int(row['hit']):,} of {int(row['records']):,}: " if row["hit"] else f"of {int(row['records']):,}: "
    return number + _percent(share)


def _measured(row: Row | None) -> str:
    share = share_of(int(row["hit"]), int(row["records"])) if row else None
    if share is None:
        return ""
    ends = f"{_percent(share.low).removesuffix(' %')} to {_percent(share.high)}"
    return f"{share.hit:,} of {share.records:,}: {_percent(share.share)} ({ends})"


def table(definitions: Iterable[Definition], samples: list[str]) -> str:
    """Return the table of some definitions: a row for each and period, a column for the paper and for each sample."""
    paper = {(row["definition"], row["period"]): row for row in _rows(PUBLISHED)}
    ours = {(row["sample"], row["definition"], row["period"]): row for row in _rows(MEASURED)}
    known = load_rulebook(local_code=False).by_code
    lines = ["| counted | rule | published | " + " | ".join(f"here: {name}" for name in samples) + " |"]
    lines.append("|---" * (3 + len(samples)) + "|")
    for one in definitions:
        link = f"[{one.rule}](rules/{one.rule}.md)" if one.rule in known else ""
        for when in PERIODS if one.split else (ALL,):
            words = f"{one.words}, {PERIODS[when]}" if one.split else one.words
            cells = [
                _published(paper[one.key, when]),
                *(_measured(ours.get((name, one.key, when))) for name in samples),
            ]
            lines.append(f"| {words} | {link} | {' | '.join(cells)} |")
    return "\n".join(lines)


def page() -> str:
    samples = list(dict.fromkeys(row["sample"] for row in _rows(MEASURED)))
    text = TEXT.read_text("utf-8")
    for name, definitions in TABLES.items():
        text = text.replace(f"<!-- {name} -->", table(definitions, samples))
    return text


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure", nargs="+", metavar="NAME=FILE")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    if options.measure:
        measure(options.measure)
    made = page()
    if not options.check:
        PAGE.write_text(made, encoding="utf-8")
    elif PAGE.read_text("utf-8") != made:
        print("docs/prevalence.md is stale: python tools/build_prevalence.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
