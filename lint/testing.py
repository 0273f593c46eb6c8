"""Runs the examples of rules: for the tests of this package and of plugins.

::

    from lint.testing import check_examples

    def test_my_rules():
        check_examples(my_rules.RULES)
"""

from __future__ import annotations

import copy
import gzip
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

import lint.rules
from lint.engine import CRASHED, Plan, lint_item
from lint.ledger import Ledger
from lint.model import Example, Failure, Finding, Record, Region, Rule, Span
from lint.paths import Path
from lint.places import STAR
from lint.registries.losses import Loss, paths
from lint.rulebook import Rulebook, load_rulebook
from lint.sources import read_bytes

_SECTIONS = {
    "protocolSection", "resultsSection", "annotationSection", "documentSection", "derivedSection", "hasResults",
}  # fmt: skip

_BEYOND_EXAMPLES = {CRASHED, "SRC001", "SRC016", "SRC023"}
"""What no example can hold: a crash, a file that cannot be opened, one that is too large, one that kills."""


class NoPlaces:
    """A locator for records that were never in a file: everything is at line 1."""

    def locate(self, path: Path, span: Span | None = None) -> Region:
        return Region()

    def source_line(self, line: int) -> str | None:
        return None


def corpus(files: Iterable[str]) -> Iterator[Record]:
    """Yield the records of JSONL files, also packed by gzip, for looking at what rules find in them.

    They know no places in their files, which makes linting them faster.
    """
    for file in files:
        with gzip.open(file, "rb") if file.endswith(".gz") else open(file, "rb") as lines:
            for index, line in enumerate(lines):
                yield Record(json.loads(line), file, index, NoPlaces())


def minimal_record(base: str = "interventional") -> dict[str, Any]:
    """Return a fresh copy of a small clean record: ``interventional``, ``observational``, ..."""
    folder = os.path.join(next(iter(lint.rules.__path__)), "minimal")
    with open(os.path.join(folder, base + ".json"), encoding="utf-8") as handle:
        record: dict[str, Any] = json.load(handle)
    return record


def patched(record: dict[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """Set the dotted paths of a patch in the record, making parents as needed; None removes."""
    for dotted, value in patch.items():
        steps = [int(s[1:-1]) if s[0] == "[" else s for s in re.findall(r"[^.\[\]]+|\[[0-9]+\]", dotted)]
        if steps[0] not in _SECTIONS:
            steps.insert(0, "protocolSection")
        _set(record, steps, copy.deepcopy(value))
    return record


def _set(target: Any, steps: list[str | int], value: Any) -> None:
    for step, following in pairwise(steps):
        if isinstance(step, int):
            if step == len(target):
                target.append({})
        elif step not in target:
            target[step] = [] if isinstance(following, int) else {}
        target = target[step]
    last = steps[-1]
    if value is None and isinstance(target, dict):
        target.pop(last, None)
    elif value is None:
        del target[last]
    elif isinstance(target, list) and last == len(target):
        target.append(value)
    else:
        target[last] = value


def without(record: dict[str, Any], losses: Iterable[Loss]) -> dict[str, Any]:
    """Take out of a record, in place, what a form with some losses cannot carry; return it."""
    for loss in losses:
        for place in paths([loss]):
            _take_out(record, place, loss.kept)
    return record


def _take_out(value: Any, place: Path, kept: tuple[str, ...]) -> None:
    step, *rest = place
    if step == STAR:
        for item in value if isinstance(value, list) else ():
            _take_out(item, tuple(rest), kept)
    elif isinstance(value, dict) and step in value:
        if rest:
            _take_out(value[step], tuple(rest), kept)
        if value[step] == {} or not (rest or value[step] in kept):
            del value[step]


def example_items(example: Example) -> list[Record | Failure]:
    """Return the records (or failures to read one) that an example stands for."""
    if example.source is not None:
        return list(read_bytes(example.source.encode("utf-8", "surrogateescape"), "example"))
    data = patched(minimal_record(example.base), example.patch)
    first = Record(data, "example.json", 0, NoPlaces())
    return [first, *(_further(example, number, patch) for number, patch in enumerate(example.also, start=2))]


def _further(example: Example, number: int, patch: Mapping[str, Any]) -> Record:
    data = patched(minimal_record(example.base), {"identificationModule.nctId": f"NCT9{number:07d}", **patch})
    return Record(data, f"example{number}.json", 0, NoPlaces())


def run_example(rule: Rule, example: Example, rulebook: Rulebook | None = None) -> list[Finding]:
    """Return the findings of one rule, and of crashes, on one of its examples."""
    book = rulebook or load_rulebook()
    chosen = {rule.code: rule, CRASHED: book.by_code[CRASHED]}
    plan = Plan(chosen, date.fromisoformat(example.as_of), rule.profiles[-1])
    return list(findings_of(example_items(example), plan))


def findings_of(items: Iterable[Record | Failure], plan: Plan) -> Iterator[Finding]:
    """Yield what is found in each of some records, then what only several of them show."""
    ledger = Ledger(plan)
    for item in items:
        outcome = lint_item(item, plan)
        ledger.add(outcome)
        yield from outcome.findings
    for outcome, _ in ledger.outcomes():
        yield from outcome.findings


def failures(rule: Rule, rulebook: Rulebook | None = None) -> list[str]:
    """Say in words which examples of a rule do not behave as they should; [] if all do."""
    faults = []
    if rule.code not in _BEYOND_EXAMPLES and not {True, False} <= {example.flagged for example in rule.examples}:
        faults.append(f"{rule.code} needs at least one bad and one good example")
    for number, example in enumerate(rule.examples):
        name = f"{rule.code} example {number} ({'bad' if example.flagged else 'good'}: {example.note})"
        found = run_example(rule, example, rulebook)
        paths = [finding.path for finding in found if finding.code == rule.code]
        if any(finding.code == CRASHED for finding in found):
            faults.append(f"{name}: {found[0].message}")
        elif example.flagged != bool(paths):
            faults.append(f"{name}: {'not ' if example.flagged else ''}flagged {paths}")
        elif example.path is not None and example.path not in paths:
            faults.append(f"{name}: flagged at {paths}, not at '{example.path}'")
    return faults


def check_examples(rules: Iterable[Rule], rulebook: Rulebook | None = None) -> None:
    """Run every example of some rules. Raises AssertionError naming each that fails."""
    faults = [fault for rule in rules for fault in failures(rule, rulebook)]
    if faults:
        raise AssertionError("\n".join(faults))
