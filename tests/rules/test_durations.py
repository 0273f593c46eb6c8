"""Durations in time frames."""

import pytest

from lint.rules.readers.durations import durations


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("12 weeks", [84]),
        ("12-week treatment", [84]),
        ("Week 12", [84]),
        ("Weeks 4, 8 and 12", [84]),
        ("Days 1-28", [28]),
        ("baseline and month 36", [36 * 30.44]),
        ("two years", [730.5]),
        ("two (2) years and 6 hours", [730.5, 0.25]),
        ("the 3rd day", [3]),
        ("90 min", [0.0625]),
        ("Until discharge", []),
        ("Visit 5", []),
        ("2019", []),
        ("", []),
    ],
)
def test_durations_are_read_in_days(text, days):
    assert [found.days for found in durations(text)] == pytest.approx(days)


def test_a_duration_knows_its_place():
    text = "Pain at 6 months"
    (found,) = durations(text)
    assert text[slice(*found.span)] == found.text == "6 months"
