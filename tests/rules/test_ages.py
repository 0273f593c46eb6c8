"""Ages in fields and in criteria."""

import pytest

from lint.rules.readers.ages import age_in_days, stated_ages
from lint.rules.readers.criteria import sections_of


def stated(*criteria):
    text = (
        "Inclusion Criteria:\n" + "\n".join(f"* {one}" for one in criteria) + "\nExclusion Criteria:\n* Age > 99 years"
    )
    ages = stated_ages(tuple(sections_of(text)))
    if ages is None:
        return None
    assert ages.text in text
    return ages.low, ages.low_open, ages.high


@pytest.mark.parametrize(
    ("criterion", "expected"),
    [
        ("Aged 18~65 years", (18, False, 65)),
        ("Age: 18 to 75 years old (inclusive)", (18, False, 75)),
        ("18-80 years", (18, False, 80)),
        ("Patients between 20 years and 60 years of age", (20, False, 60)),
        ("Male or female, aged ≥ 18 years", (18, False, None)),
        ("At least 21 years of age", (21, False, None)),
        ("18 years or older", (18, False, None)),
        ("Age > 18", (18, True, None)),
        ("Older than 40 years of age", (40, True, None)),
    ],
)
def test_plain_statements_are_read(criterion, expected):
    assert stated(criterion, "Migraine") == expected


@pytest.mark.parametrize(
    "criteria",
    [
        ["Caregivers aged 21 to 60 years"],
        ["Onset of migraine at 10 to 15 years of age"],
        ["Cohort 1: aged 18-30 years", "Cohort 2: aged 60-75 years"],
        ["Aged 18-65 years", "Children aged 6-12 years"],
        ["At least 3 years since the first attack"],
        ["Written consent"],
        ["Disease for 5 to 10 years"],
    ],
)
def test_doubtful_statements_are_not(criteria):
    assert stated(*criteria) is None


@pytest.mark.parametrize(
    ("field", "days"), [("1 Year", 365.25), ("2 Weeks", 14), ("12 Hours", 0.5), ("18", None), ("N/A", None), ("", None)]
)
def test_age_fields_become_days(field, days):
    assert age_in_days(field) == days
