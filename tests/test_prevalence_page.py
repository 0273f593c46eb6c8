"""The definitions that docs/prevalence.md counts by."""

import sys
from pathlib import Path

import pytest

from lint.testing import minimal_record, patched

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import build_prevalence  # noqa: E402

from tools.prevalence.definitions import TABLES, layout  # noqa: E402


def counts(*patches):
    rows = build_prevalence.count(patched(minimal_record(), patch) for patch in patches)
    return {(key, period): (hit, records) for key, period, hit, records in rows}


def test_records_count_before_or_after_by_start_or_else_by_first_submission():
    found = counts(
        {"statusModule.startDateStruct.date": "2017-01"},
        {"statusModule.startDateStruct.date": "2017-01-18", "identificationModule.officialTitle": None},
        {"statusModule.startDateStruct": None, "statusModule.studyFirstSubmitDate": "2016-12-31"},
        {"designModule.studyType": "OBSERVATIONAL"},
    )
    assert found["official title", "before"] == (0, 2)
    assert found["official title", "after"] == (1, 1)
    assert found["start", "before"] == (1, 2)
    assert found["arm type", "all"] == (0, 4)


def test_false_is_an_answer_and_a_missing_list_lacks_its_items():
    found = counts(
        {"eligibilityModule.healthyVolunteers": False},
        {"eligibilityModule.healthyVolunteers": None, "outcomesModule.primaryOutcomes": None},
        {"outcomesModule.primaryOutcomes": [{"measure": "Pain", "timeFrame": "4 weeks"}, {"measure": "Sleep"}]},
    )
    totals = {
        key: tuple(map(sum, zip(found[key, "before"], found[key, "after"]))) for key, when in found if when != "all"
    }
    assert totals["healthy volunteers"] == (1, 3)
    assert totals["primary outcome"] == (1, 3)
    assert totals["time frame"] == (2, 3)
    assert totals["place"] == (0, 3)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Inclusion Criteria:\n\n* Adults\n* Migraine\n\nExclusion Criteria:\n\n- Stroke", "good"),
        ("Inclusion Criteria:\n\n* Adults\n\nExclusion Criteria:\n\n1. Stroke", "no list"),
        ("Inclusion Criteria: adults\n\nExclusion Criteria: none", "no list"),
        ("Inclusion Criteria:\n\n* Adults", "no headings"),
        ("Adults with migraine", "no headings"),
        (" ", "missing"),
    ],
)
def test_the_layout_of_criteria(text, kind):
    assert layout(patched(minimal_record(), {"eligibilityModule.eligibilityCriteria": text})) == kind


def test_the_page_has_a_row_for_every_definition_and_its_figures():
    page = build_prevalence.page()
    assert "<!--" not in page
    assert "| 1,323 of 192,985: 0.69 % |" in page
    rows = [line for line in page.splitlines() if line.startswith("| ") and " of " in line]
    assert len(rows) == sum(2 if one.split else 1 for table in TABLES.values() for one in table)
