"""The dates of a study as rules see them."""

from datetime import date

import pytest

from lint.api import Context
from lint.paths import value_at
from lint.rules.readers.timeline import overdue, past_completion, shown_date, timeline

TODAY = date(2024, 6, 30)


def context(**status):
    return Context({"protocolSection": {"statusModule": status}}, TODAY)


def test_every_date_leads_to_its_place():
    ctx = context(
        startDateStruct={"date": "2013-05"},
        completionDateStruct={"date": "2014-01-20", "type": "ACTUAL"},
        statusVerifiedDate="2013-06",
        lastUpdatePostDateStruct={"date": "2013-07-02"},
    )
    dates = ctx.memo(timeline)
    found = [node for node in dates if node is not None]
    assert [str(node) for node in found] == [value_at(ctx.record, node.path) for node in found]
    assert [str(node) for node in found] == ["2013-05", "2014-01-20", "2013-06", "2013-07-02"]
    assert [name for name, _ in dates.planned()] == ["start", "completion"]
    assert shown_date(dates.completion) == "2014-01-20 (actual)" and shown_date(dates.start) == "2013-05"


def test_the_submission_of_an_update_comes_before_its_posting():
    ctx = context(lastUpdateSubmitDate="2013-07-01", lastUpdatePostDateStruct={"date": "2013-07-02"})
    assert str(ctx.memo(timeline).touched) == "2013-07-01"


@pytest.mark.parametrize("status", [{}, {"startDateStruct": {}}, {"startDateStruct": {"date": "soon"}}])
def test_what_is_no_date_is_none(status):
    assert not any(context(**status).memo(timeline))


@pytest.mark.parametrize(
    ("day", "late"), [("2024-05-31", False), ("2024-05-30", True), ("2024-05", False), ("2024-04", True)]
)
def test_an_update_may_take_thirty_days(day, late):
    ctx = context(completionDateStruct={"date": day})
    assert overdue(ctx.memo(timeline).completion, ctx) is late
    assert past_completion(ctx) is late
    assert not overdue(None, ctx)


def test_a_study_that_follows_up_is_not_over():
    both = {"primaryCompletionDateStruct": {"date": "2025-01"}, "completionDateStruct": {"date": "2014-01"}}
    assert not past_completion(context(**both))
    assert not past_completion(context(primaryCompletionDateStruct={"date": "2014-01"}))
