"""Show hits of rules on real records, for reading by someone who did not write the rule.

    python tools/sample_hits.py --rule ARM001 --count 20 RECORDS.jsonl.gz ...
    python tools/sample_hits.py --counts RECORDS.jsonl.gz ...

The sample is seeded, so a reading can be repeated. Each hit shows the message and the values at
its place and at the related places.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from datetime import date

from lint.engine import Plan, lint_item
from lint.model import PROFILES, Finding, Record
from lint.paths import from_pointer, value_at
from lint.rulebook import load_rulebook
from lint.testing import corpus


def shown(record: Record, pointer: str, width: int) -> str:
    text = str(value_at(record.data, from_pointer(pointer, record.data)))
    return text if len(text) <= width else text[:width] + f" ... ({len(text)} characters)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--rule", action="append", default=[], help="code, name or family; all if absent")
    parser.add_argument("--count", type=int, default=20, help="hits to show per rule")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--counts", action="store_true", help="print only hits and records per rule")
    parser.add_argument("--profile", default="strict", choices=PROFILES)
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 11, 1))
    parser.add_argument("--width", type=int, default=300, help="characters of a value to show")
    options = parser.parse_args()

    book = load_rulebook()
    chosen = {r.code: r for s in options.rule or ["ALL"] for r in book.find(s)} | {"LNT900": book.by_code["LNT900"]}
    chosen = {code: rule for code, rule in chosen.items() if options.rule or options.profile in rule.profiles}
    plan = Plan(chosen, options.as_of, options.profile)
    hits: dict[str, list[tuple[Record, Finding]]] = {}
    flagged: Counter[str] = Counter()
    total = 0
    for record in corpus(options.files):
        total += 1
        found = lint_item(record, plan).findings
        for finding in found:
            hits.setdefault(finding.code, []).append((record, finding))
        flagged.update({finding.code for finding in found})
    print(f"{total} records")
    for code in sorted(hits):
        print(f"{code} {book.by_code[code].name}: {len(hits[code])} hits in {flagged[code]} records")
        if options.counts:
            continue
        chosen_hits = random.Random(f"{options.seed}{code}").sample(hits[code], min(options.count, len(hits[code])))
        for number, (record, finding) in enumerate(chosen_hits, 1):
            print(f"\n--- {code} {number}: {finding.record} [{finding.severity.label}] {finding.path}")
            print(f"    {finding.message}\n    hint: {finding.hint}")
            print(f"    value: {shown(record, finding.path, options.width)}")
            for place in finding.related:
                print(f"    {place.path}: {shown(record, place.path, options.width)}")


if __name__ == "__main__":
    main()
