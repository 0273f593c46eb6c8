"""The words of results that give a reason, and words that only look like one."""

import pytest

from lint.rules.readers import reasons


@pytest.mark.parametrize(
    ("reader", "text"),
    [
        ("says_no_data", "Samples have not been collected."),
        ("says_no_data", "The measure no longer applied."),
        ("says_who_left", "Four withdrew before treatment."),
        ("says_who_counts", "Only participants with a diary."),
        ("says_who_counts", "The intent-to-treat set."),
        ("says_as_treated", "By the treatment that they received."),
        ("says_moved", "Doses were up-titrated."),
        ("says_later", "Mean age at Year 9"),
        ("says_later", "Age three years after surgery"),
        ("says_joined", "Others were rolled over."),
        ("says_not_analysable", "Never treated"),
    ],
)
def test_a_reason_is_read(reader, text):
    assert getattr(reasons, reader)().search(text)


@pytest.mark.parametrize(
    ("reader", "text"),
    [
        ("says_no_data", "Notes of the diary, collected daily."),
        ("says_who_left", "All who were enrolled started."),
        ("says_who_counts", "The score includes only five items."),
        ("says_moved", "A fixed number of tablets."),
        ("says_later", "Age in years, grouped by year 1 class"),
        ("says_joined", "A single period."),
        ("says_not_analysable", "Adverse Event"),
    ],
)
def test_other_words_are_no_reason(reader, text):
    assert not getattr(reasons, reader)().search(text)


def test_numbers_of_people_are_told_from_dates_and_doses():
    text = "28 January 2008; PCV13 at 5 mg. 40 non-remitters were assigned; 38 treated patients; N=12."
    assert reasons.counts_of_people(text) == ["40", "38", "12"]
