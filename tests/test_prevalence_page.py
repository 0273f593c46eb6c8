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


def test_false_is_an_answer_and_a_missing_list_has_no_item_that_lacks_something():
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
    assert totals["time frame"] == (1, 3)
    assert totals["place"] == (0, 3)


def test_an_allocation_that_does_not_apply_counts_as_absent_as_it_was_in_the_xml():
    found = counts(*({"designModule.designInfo.allocation": value} for value in ("NA", None, "RANDOMIZED")))
    assert [found["allocation", when][0] for when in ("before", "after")] in ([2, 0], [0, 2])
    assert found["allocation value", "all"] == (0, 3)


def test_a_level_of_masking_is_of_those_records_that_tell_one():
    masking = "designModule.designInfo.maskingInfo"
    found = counts(
        {masking: {"masking": "DOUBLE"}},
        {masking: {"masking": "DOUBLE", "whoMasked": ["PARTICIPANT", "INVESTIGATOR"]}},
        {masking: {"masking": "NONE"}},
        {masking: None},
    )
    assert found["masked roles", "all"] == (1, 3)
    assert found["masking value", "all"] == (0, 4)


def test_people():
    officials, party = "contactsLocationsModule.overallOfficials", "sponsorCollaboratorsModule.responsibleParty"
    found = counts(
        {officials: None, party: {"type": "SPONSOR"}},
        {officials: None, party: {"type": "SPONSOR_INVESTIGATOR"}},
        {officials: [{"name": "Ann Lee", "role": "STUDY_CHAIR"}], party: None},
    )
    assert found["investigator", "all"] == (1, 3)


@pytest.mark.parametrize(("start", "kind"), [("2004-12", "DRUG"), ("2015-01", "DRUG"), ("2010-05", "DEVICE")])
def test_responsible_parties_are_counted_in_the_records_that_the_paper_chose(start, kind):
    fitting = {
        "sponsorCollaboratorsModule.responsibleParty": None,
        "contactsLocationsModule.overallOfficials": [{"name": "Ann Lee", "role": "STUDY_CHAIR"}],
        "armsInterventionsModule.interventions": [{"type": "BIOLOGICAL", "name": "Vaccine"}],
        "statusModule.startDateStruct.date": "2005-01-01",
    }
    other = {
        **fitting,
        "armsInterventionsModule.interventions": [{"type": kind, "name": "X"}],
        "statusModule.startDateStruct.date": start,
    }
    assert counts(fitting, other)["responsible party", "all"] == (1, 1)


def test_outcomes_of_results_are_counted_and_not_those_of_the_protocol():
    record = minimal_record()
    record["resultsSection"] = {
        "outcomeMeasuresModule": {"outcomeMeasures": [{"type": "PRIMARY"}] * 3 + [{"type": "SECONDARY"}] * 9}
    }
    found = {key: (hit, records) for key, _, hit, records in build_prevalence.count([record, minimal_record()])}
    assert found["two outcomes"] == (1, 1)
    assert found["five outcomes"] == (0, 1)


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
