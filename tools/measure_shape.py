"""Count how real records are made up, for the records that ``lint generate`` makes up.

    python tools/measure_shape.py RECORDS.jsonl.gz ...

Only shares of designs, statuses, years and sizes are kept, in ``lint/synthetic/shape.tsv``.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lint.paths import value_at
from lint.testing import corpus

TABLE = Path(__file__).parent.parent / "lint" / "synthetic" / "shape.tsv"
STEP = 5
"""Numbers above 10 are counted in steps of so many."""


def features(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is counted of a record."""

    def get(*steps: str) -> Any:
        return value_at(record, ("protocolSection", *steps))

    kind = get("designModule", "studyType")
    yield "type", kind
    yield "status", get("statusModule", "overallStatus")
    yield "year", str(get("statusModule", "studyFirstSubmitDate"))[:4]
    yield "results", "yes" if "resultsSection" in record else "no"
    if kind == "INTERVENTIONAL":
        yield "model", get("designModule", "designInfo", "interventionModel")
        yield "masking", get("designModule", "designInfo", "maskingInfo", "masking")
        yield "phases", " ".join(get("designModule", "phases") or ["NA"])
    for name, place in (
        ("arms", ("armsInterventionsModule", "armGroups")),
        ("primary outcomes", ("outcomesModule", "primaryOutcomes")),
        ("secondary outcomes", ("outcomesModule", "secondaryOutcomes")),
        ("sites", ("contactsLocationsModule", "locations")),
        ("keywords", ("conditionsModule", "keywords")),
    ):
        yield name, _rounded(len(get(*place) or ()))
    criteria = get("eligibilityModule", "eligibilityCriteria") or ""
    yield "criteria", _rounded(len(criteria) // 80)
    yield "description", _rounded(len(get("descriptionModule", "detailedDescription") or "") // 90)


def _rounded(number: int) -> str:
    return str(number if number <= 10 else min(200, number - number % STEP))


def main() -> None:
    counts: Counter[tuple[str, str]] = Counter()
    records = 0
    for record in corpus(sys.argv[1:]):
        records += 1
        counts.update(pair for pair in features(record.data) if pair[1])
    lines = [f"# Shares in {records:,} real records, made by tools/measure_shape.py\n"]
    lines += [f"{feature}\t{value}\t{count}\n" for (feature, value), count in sorted(counts.items())]
    TABLE.write_text("".join(lines), encoding="utf-8")
    print(f"{TABLE}: {len(lines) - 1} shares of {records:,} records")


if __name__ == "__main__":
    main()
