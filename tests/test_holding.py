"""How long an outcome holds: the days that would give the same one."""

import json
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from lint.api import Context, days_later, parse_date
from lint.engine import Plan, lint_item
from lint.rulebook import load_rulebook
from lint.sources import read_bytes
from lint.testing import minimal_record, patched

BOOK = load_rulebook(local_code=False)
DAYS = st.dates(date(2022, 1, 1), date(2026, 12, 31))
TEXTS = DAYS.flatmap(lambda day: st.sampled_from([day.isoformat(), day.isoformat()[:7]]))
STRUCTS = st.builds(lambda day, kind: {"date": day, "type": kind}, TEXTS, st.sampled_from(["ACTUAL", "ESTIMATED"]))
STATUSES = st.sampled_from(["NOT_YET_RECRUITING", "RECRUITING", "ACTIVE_NOT_RECRUITING", "COMPLETED", "UNKNOWN"])
PATCHES = st.fixed_dictionaries(
    {
        "statusModule.overallStatus": STATUSES,
        "statusModule.startDateStruct": STRUCTS,
        "statusModule.primaryCompletionDateStruct": STRUCTS,
        "statusModule.completionDateStruct": STRUCTS,
        "statusModule.statusVerifiedDate": TEXTS,
        "statusModule.lastUpdateSubmitDate": TEXTS,
    }
)


def outcome_on(day, record):
    plan = Plan(BOOK.by_code, day, "strict")
    (item,) = read_bytes(json.dumps(record).encode(), "r.json")
    return lint_item(item, plan)


@settings(max_examples=60, deadline=None)
@given(PATCHES, DAYS, st.data())
def test_every_day_for_which_an_outcome_holds_gives_the_same_one(patch, today, data):
    record = patched(minimal_record(), patch)
    outcome = outcome_on(today, record)
    since, until = outcome.holds
    assert since <= today <= until
    near = st.dates(max(since, today - timedelta(900)), min(until, today + timedelta(900)))
    for day in {*data.draw(st.lists(near, max_size=3)), max(since, date(2000, 1, 1)), min(until, date(2099, 1, 1))}:
        assert outcome_on(day, record).findings == outcome.findings


def test_a_record_that_says_nothing_of_today_holds_for_years_and_one_that_names_it_for_a_day():
    final = outcome_on(date(2024, 6, 30), minimal_record())
    assert (final.holds[1] - final.holds[0]).days > 30
    late = patched(minimal_record(), {"statusModule.statusVerifiedDate": "2031-01"})
    assert outcome_on(date(2024, 6, 30), late).holds == (date(2024, 6, 30), date(2024, 6, 30))


@given(st.dates(), st.dates())
def test_past_and_ahead_compare_with_today_and_remember_no_more_than_that(today, day):
    for ask, answer in ((Context.past, day < today), (Context.ahead, day > today)):
        ctx = Context({}, today)
        assert ask(ctx, day) is answer
        since, until = ctx.holds
        assert since <= today <= until
        for other in (since, until):
            assert ask(Context({}, other), day) is answer
        assert since in (date.min, day, days_later(day, 1)) and until in (date.max, day, days_later(day, -1))


def test_a_month_is_past_when_it_is_over_and_ahead_until_it_begins():
    june = parse_date("2024-06")
    answers = [(Context({}, date(*day)).past(june), Context({}, date(*day)).ahead(june))
               for day in [(2024, 5, 31), (2024, 6, 1), (2024, 6, 30), (2024, 7, 1)]]  # fmt: skip
    assert answers == [(False, True), (False, False), (False, False), (True, False)]
