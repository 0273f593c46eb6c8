from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint.dates import days_later, months_later, parse_date


@given(st.dates(), st.dates())
def test_days_compare_as_days(left, right):
    first, second = parse_date(left.isoformat()), parse_date(right.isoformat())
    assert first.certainly_before(second) == (left < right)
    assert first.certainly_after(second) == (left > right)


@given(st.dates(), st.dates())
def test_a_month_is_before_a_day_only_if_each_of_its_days_is(month, day):
    interval = parse_date(f"{month:%Y-%m}") if month.year >= 1000 else None
    if interval:
        assert interval.certainly_before(day) == ((month.year, month.month) < (day.year, day.month))
        assert not (interval.certainly_before(month) or interval.certainly_after(month))


@pytest.mark.parametrize("text", ["", "2013", "2013-13", "2013-02-30", "May 2013", "2013-5-1", "0000-00"])
def test_what_is_no_date_is_none(text):
    assert parse_date(text) is None


def test_months_are_added_within_the_calendar():
    assert months_later(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert months_later(date(2024, 1, 31), -2) == date(2023, 11, 30)


def test_the_ends_of_the_calendar_are_not_passed():
    assert days_later(date.max, 1) == months_later(date.max, 1) == months_later(date(9990, 5, 1), 200) == date.max
    assert days_later(date.min, -1) == months_later(date.min, -1) == date.min
    assert days_later(date(2024, 2, 28), 2) == date(2024, 3, 1)
