"""Criteria that stand twice."""

from datetime import date

import pytest

from lint.api import Context
from lint.rules.readers.repeated_criteria import repeated_criteria


def repeated(text):
    record = {"protocolSection": {"eligibilityModule": {"eligibilityCriteria": text}}}
    found = Context(record, date(2026, 11, 1)).memo(repeated_criteria)
    return [(one.first_kind, one.second_kind, one.second.text) for one in found]


HEADED = "Inclusion Criteria:\n\n{}\n\nExclusion Criteria:\n\n{}"


def test_numbers_and_capitals_make_no_difference():
    text = HEADED.format(
        "1. Chronic migraine for a year or more\n2. Adults\n3. chronic migraine for a year or more", "* No"
    )
    assert repeated(text) == [("inclusion", "inclusion", "chronic migraine for a year or more")]


def test_the_place_is_that_of_the_copy():
    text = HEADED.format("* Able to keep a diary", "* Pregnancy\n* Able to keep a diary")
    record = {"protocolSection": {"eligibilityModule": {"eligibilityCriteria": text}}}
    (found,) = Context(record, date(2026, 11, 1)).memo(repeated_criteria)
    assert (found.first_kind, found.second_kind) == ("inclusion", "exclusion")
    assert text.rindex("Able to keep a diary") == found.second.start


@pytest.mark.parametrize(
    "inclusion",
    [
        "Cohort A:\n\n* Chronic migraine\n\nCohort B:\n\n* Chronic migraine",
        "Patients\n\n* Chronic migraine\n\nRelatives\n\n* Chronic migraine",
        "1. Group of adults\n2. Chronic migraine\n\n1. Group of children\n2. Chronic migraine",
        "* Women:\n\n  * Not pregnant now\n* Daughters:\n\n  * Not pregnant now",
        "* Adults\n* Adults",
    ],
)
def test_parts_of_a_list_may_repeat_criteria(inclusion):
    assert repeated(HEADED.format(inclusion, "* Stroke")) == []


def test_texts_with_several_lists_of_a_kind_are_left_alone():
    text = HEADED.format("* Chronic migraine", "* Pregnancy")
    assert repeated(f"{text}\n\n{text}") == []


@pytest.mark.parametrize("text", ["", "\n\n", "Chronic migraine\nChronic migraine", "Inclusion Criteria:"])
def test_odd_texts_do_no_harm(text):
    assert repeated(text) == []
