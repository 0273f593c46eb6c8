"""Compare the findings of records that exist in two forms: as API v2 JSON and in another form, such as XML.

What the other form cannot carry is taken out of the JSON record first, and rules that the form cannot decide are left
out. Findings must then be equal, but for those that come from edits between the two versions of a record: a
difference counts as explained when a value that the finding is about, or one beside it, was edited.

python tools/compare_forms.py --json studies.jsonl ... --other records/*.xml ... [--profile audit] [--as-of DATE]
"""

from __future__ import annotations

import argparse
import copy
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from lint.cli.planning import load_settings, make_plan
from lint.engine import Plan, lint_item
from lint.markup import unescape
from lint.model import Finding, Record
from lint.registries.ctgov.recognise import record_id
from lint.registries.forms import lossy_forms, undecided
from lint.rulebook import load_rulebook
from lint.sources import discover, read
from lint.testing import without

MODULE_DEPTH = 2
"""Steps of a path down to a module: an edit anywhere in the module may explain a finding in it."""
READING = "SRC"


def records(paths: Iterable[str]) -> Iterator[Record]:
    for file in discover(list(paths)):
        yield from (item for item in read(file) if isinstance(item, Record))


def findings(record: Record, plan: Plan, form: str) -> dict[tuple[str, str], Finding]:
    """Return the findings that both forms can have, by rule and place."""
    found = lint_item(record, plan).findings
    left_out = undecided(form)
    return {(one.code, one.path): one for one in found if one.code not in left_out and not one.code.startswith(READING)}


def values(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield the plain values of a record with their paths, texts without escapes and layout."""
    if isinstance(value, dict):
        for name, member in value.items():
            yield from values(member, (*path, name))
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from values(item, (*path, str(at)))
    else:
        yield path, " ".join(unescape(value).split()) if isinstance(value, str) else value


def edited(one: dict[str, Any], other: dict[str, Any]) -> set[tuple[str, ...]]:
    """Return the modules in which two versions of a record differ."""
    first, second = dict(values(one)), dict(values(other))
    differing = {path for path in first.keys() | second.keys() if first.get(path) != second.get(path)}
    return {path[:MODULE_DEPTH] for path in differing}


def compare(twin: Record, record: Record, plan: Plan, counts: Counter[str]) -> Iterator[str]:
    """Yield a line for each finding that only one of two forms of a record has and that no edit explains."""
    data = without(copy.deepcopy(twin.data), lossy_forms()[record.form].losses)
    modules = edited(data, record.data)
    of_json = findings(twin._replace(data=data, form=record.form, not_shown=record.not_shown), plan, record.form)
    of_other = findings(record, plan, record.form)
    counts["equal"] += len(of_json.keys() & of_other.keys())
    for key in sorted(of_json.keys() ^ of_other.keys()):
        finding = of_json.get(key) or of_other[key]
        where = "JSON" if key in of_json else record.form
        paths = [finding.path, *(related.path for related in finding.related)]
        touched = {tuple(map(str, pointer.split("/")[1 : MODULE_DEPTH + 1])) for pointer in paths}
        explained = any(module[: len(place)] == place for module in modules for place in touched)
        counts["explained by edits" if explained else "not explained"] += 1
        if not explained:
            yield f"{finding.record} only in {where}: {finding.code} {finding.path} {finding.message}"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--json", nargs="+", required=True, metavar="PATH")
    parser.add_argument("--other", nargs="+", required=True, metavar="PATH")
    parser.add_argument("--profile", default="audit")
    parser.add_argument("--as-of", default="2024-06-30")
    options = parser.parse_args()
    settings = load_settings(None, True, {"as-of": options.as_of, "profile": options.profile})
    plan = make_plan(settings, load_rulebook())
    others = {record_id(record.data): record for record in records(options.other)}
    counts: Counter[str] = Counter()
    for twin in records(options.json):
        record = others.get(record_id(twin.data))
        if record is not None and record.form in lossy_forms():
            counts["records"] += 1
            for line in compare(twin, record, plan, counts):
                print(line)
    print(", ".join(f"{count:,} {what}" for what, count in counts.items()))
    return int(bool(counts["not explained"]))


if __name__ == "__main__":
    sys.exit(main())
