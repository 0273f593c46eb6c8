"""Measure which of the flaws that ``lint generate`` plants are found, and what is found in clean records.

    python benchmarks/recall.py [--count 30000] [--seed 1]

A flaw counts as found if its rule reports it in its record, and the place or a related one is the planted
place, lies in it or holds it. The planters know nothing of the linter but the codes of its rules.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator

from lint.engine import Plan, lint_item
from lint.model import Finding, Record
from lint.rulebook import load_rulebook
from lint.synthetic import AS_OF, PLANTERS, make
from lint.testing import NoPlaces


def findings_in(record: dict[str, object], plan: Plan) -> tuple[Finding, ...]:
    return lint_item(Record(record, "made-up", 0, NoPlaces()), plan).findings


def is_found(findings: tuple[Finding, ...], code: str, path: str) -> bool:
    """Say whether a rule reports a place, something in it or what holds it."""
    return any(
        _touches(place, path)
        for finding in findings
        if finding.code == code
        for place in (finding.path, *(related.path for related in finding.related))
    )


def _touches(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")


def measure(count: int, seed: int) -> Iterator[str]:
    """Plant a flaw in each of so many records and yield the lines of a Markdown table, then look at clean ones.

    A flaw may be one by several rules: what else is found in the records is told as well.
    """
    book = load_rulebook(local_code=False)
    plan = Plan({rule.code: rule for rule in book.rules if "submission" in rule.profiles}, AS_OF)
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    beside: dict[str, Counter[str]] = {code: Counter() for code in PLANTERS}
    for made in make(count, seed=seed, flaws=1.0):
        findings = findings_in(made.record, plan)
        planted[made.code] += 1
        found[made.code] += is_found(findings, made.code, made.path)
        beside[made.code].update({finding.code for finding in findings} - {made.code})
    yield "| rule | planted | found | recall | other findings in these records |"
    yield "|---|---|---|---|---|"
    for code in sorted(PLANTERS):
        others = ", ".join(f"{other} in {number:,}" for other, number in beside[code].most_common())
        recall = found[code] / max(1, planted[code])
        yield f"| {code} | {planted[code]:,} | {found[code]:,} | {recall:.3f} | {others} |"
    total = sum(planted[code] for code in PLANTERS)
    yield f"| all | {total:,} | {found.total():,} | {found.total() / max(1, total):.4f} | |"
    clean = Counter(
        f"{finding.code} ({finding.severity.label})"
        for made in make(count // 3, seed=seed + 1)
        for finding in findings_in(made.record, plan)
    )
    listed = ", ".join(f"{code} {number:,}" for code, number in sorted(clean.items()))
    yield f"\nFindings in {count // 3:,} records without a planted flaw: {listed or 'none'}."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=30_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for line in measure(options.count, options.seed):
        print(line)


if __name__ == "__main__":
    main()
