"""Outcomes as bytes: back again, for another place, they are what linting there gives."""

import json
from datetime import date
from functools import cache

import pytest

from lint.engine import Plan, lint_item
from lint.entries import pack, unpack
from lint.rulebook import load_rulebook
from lint.sources import read_bytes
from lint.sources.reading import read_lines
from lint.sources.units import Unit
from lint.testing import minimal_record, patched

BOOK = load_rulebook(local_code=False)
ALWAYS = (date.min, date.max)


@cache
def plan_of(day, **options):
    return Plan(BOOK.by_code, date.fromisoformat(day), "strict", excerpts=True, replacements=True, **options)


def lint_line(raw, file, line, plan):
    return [lint_item(item, plan)._replace(holds=ALWAYS) for item in read_lines([raw], line, file)]


@pytest.mark.parametrize("family", sorted(BOOK.families))
def test_a_line_elsewhere_is_what_linting_it_there_gives(family):
    """So it is for every example of every rule that comes as a record."""
    for rule in BOOK.families[family]:
        for example in rule.examples:
            if example.source is None:
                record = patched(minimal_record(example.base), example.patch)
                plan = plan_of(example.as_of)
                raw = json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass")
                first = lint_line(raw, "a.jsonl", 7, plan)
                entry = pack(first, Unit(raw, "a.jsonl", list, 7, is_line=True), plan)
                if entry is None:
                    assert any(outcome.unreadable or not outcome.records for outcome in first)
                    continue
                there = Unit(raw, "b.jsonl", list, 3, is_line=True)
                expected = lint_line(raw, "b.jsonl", 3, plan)
                if all(outcome.record for outcome in expected):
                    assert unpack(entry, there, plan, ALWAYS) == expected
                else:
                    assert unpack(entry, there, plan, ALWAYS) is None
                    assert unpack(entry, there._replace(file="a.jsonl"), plan, ALWAYS)


def test_a_small_file_of_several_records_with_waivers_comes_back_whole():
    text = "studies:\n" + "".join(
        f"- protocolSection:\n    identificationModule:\n      nctId: NCT0000000{n}\n"
        "      briefTitle: A study of a drug # lint: ignore TXT027 the sponsor wants it so\n"
        for n in range(3)
    )
    plan = plan_of("2024-06-30")
    outcomes = [lint_item(item, plan)._replace(holds=ALWAYS) for item in read_bytes(text.encode(), "a.yaml")]
    assert len(outcomes) == 3 and all(outcome.findings and outcome.waived for outcome in outcomes)
    entry = pack(outcomes, Unit(text.encode(), "a.yaml", list), plan)
    moved = [lint_item(item, plan)._replace(holds=ALWAYS) for item in read_bytes(text.encode(), "b.yaml")]
    assert entry and unpack(entry, Unit(text.encode(), "b.yaml", list), plan, ALWAYS) == moved


@pytest.mark.parametrize("raw", [b'{"protocolSection": {', b"[]", b'{"x": 1}', b"\xff\xfe{"])
def test_what_could_not_be_read_gives_no_entry(raw):
    plan = plan_of("2024-06-30")
    outcomes = lint_line(raw, "a.jsonl", 1, plan)
    assert pack(outcomes, Unit(raw, "a.jsonl", list, 1, is_line=True), plan) is None


def test_a_record_over_several_lines_is_no_line():
    """A carriage return between two values ends a line for people, but not for JSONL."""
    raw = json.dumps(minimal_record()).replace('"statusModule"', '\r"statusModule"').encode()
    plan = plan_of("2030-06-30")
    outcomes = lint_line(raw, "a.jsonl", 1, plan)
    assert any(finding.line == 2 for finding in outcomes[0].findings)
    assert pack(outcomes, Unit(raw, "a.jsonl", list, 1, is_line=True), plan) is None


def test_the_text_of_a_record_that_no_finding_quotes_is_not_in_its_entry():
    import zlib

    record = patched(minimal_record(), {"descriptionModule.detailedDescription": "Nobody else may read this sentence."})
    raw = json.dumps(record).encode()
    plan = plan_of("2030-06-30")
    outcomes = lint_line(raw, "a.jsonl", 1, plan)
    entry = pack(outcomes, Unit(raw, "a.jsonl", list, 1, is_line=True), plan)
    assert any("Nobody else" in (finding.excerpt or "") for finding in outcomes[0].findings)
    assert entry and b"Nobody else" not in zlib.decompress(entry)
