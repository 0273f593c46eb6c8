"""The results as several rules read them."""

from datetime import date

from lint.api import Context
from lint.rules.readers.results import (
    and_more,
    event_tables,
    final_rule_results,
    flow,
    participants,
    shown_group,
    started_groups,
)


def context(primary_completion="2020-05-01", **modules):
    status = {"primaryCompletionDateStruct": {"date": primary_completion, "type": "ACTUAL"}}
    return Context({"protocolSection": {"statusModule": status}, "resultsSection": modules}, date(2024, 6, 30))


def milestone(kind, *numbers):
    achieved = [{"groupId": f"FG00{n}", "numSubjects": number} for n, number in enumerate(numbers)]
    return {"type": kind, "achievements": achieved}


def begun(ctx):
    return {title: group.number for title, group in ctx.memo(started_groups).items()}


def test_those_who_left_nothing_to_analyse_are_counted():
    reasons = [
        {"type": "Never Treated", "reasons": [{"groupId": "FG000", "numSubjects": "2"}]},
        {"type": "Adverse Event", "reasons": [{"groupId": "FG000", "numSubjects": "3"}]},
    ]
    periods = [{"milestones": [milestone("STARTED", "30")], "dropWithdraws": reasons}]
    ctx = context(participantFlowModule={"groups": [{"id": "FG000", "title": "Drug"}], "periods": periods})
    assert ctx.memo(started_groups)["drug"].excused == 2


def test_periods_hold_milestones_and_reasons_by_group():
    ctx = context(
        participantFlowModule={
            "groups": [{"id": "FG000", "title": "Drug"}, {"id": "FG001", "title": "Placebo"}],
            "periods": [
                {
                    "milestones": [milestone("STARTED", "30", "29"), milestone("COMPLETED", "28", "NA")],
                    "dropWithdraws": [{"type": "Death", "reasons": [{"groupId": "FG000", "numSubjects": "2"}]}],
                },
                {"milestones": [milestone("STARTED", "28", "31")]},
            ],
        }
    )
    study = ctx.memo(flow)
    first = study.periods[0]
    assert {group: count.number for group, count in first.reached("STARTED").items()} == {"FG000": 30, "FG001": 29}
    assert list(first.reached("COMPLETED")) == ["FG000"], "what is no number is not counted"
    assert first.reached("NOT COMPLETED") == {}
    [(reason, counts)] = first.reasons
    assert (reason, counts["FG000"].number, counts["FG000"].node.path[-3:]) == (
        "Death",
        2,
        ("reasons", 0, "numSubjects"),
    )
    assert begun(ctx) == {"drug": 30, "placebo": 31}, "the most that started in any period"


def test_groups_that_share_a_title_cannot_be_matched():
    groups = [{"id": "FG000", "title": "Drug"}, {"id": "FG001", "title": "drug."}, {"id": "FG002", "title": "Placebo"}]
    periods = [{"milestones": [milestone("STARTED", "10", "20", "30")]}]
    ctx = context(participantFlowModule={"groups": groups, "periods": periods})
    assert begun(ctx) == {"placebo": 30}


def test_nothing_is_read_from_empty_results():
    ctx = context(participantFlowModule={"groups": [{}], "periods": [{}, {"milestones": [{}]}]})
    assert begun(ctx) == {}
    assert [table.summed for table in ctx.memo(event_tables)] == [{}, {}]


def stats(affected, at_risk=30, events=None):
    found = {"groupId": "EG000", "numAffected": affected, "numAtRisk": at_risk}
    return found if events is None else found | {"numEvents": events}


def test_tables_of_events_are_added_up_by_group():
    ctx = context(
        adverseEventsModule={
            "eventGroups": [{"id": "EG000", "seriousNumAtRisk": 30, "otherNumAtRisk": 30}],
            "seriousEvents": [{"stats": [stats(4, events=4)]}, {"stats": [stats(7, events=5)]}],
            "otherEvents": [
                {"stats": [stats(31)]},
                {"stats": [stats(3, at_risk=31)]},
                {"stats": [stats(2, at_risk=12, events=0)]},
            ],
        }
    )
    serious, other = ctx.memo(event_tables)
    assert (serious.kind, serious.largest, serious.summed) == ("serious", {"EG000": 7}, {"EG000": 11})
    assert [node.path[-3:] for node in serious.too_few] == [(1, "stats", 0)]
    assert [node.path[-3] for node in other.too_many] == [0, 1], "too many affected; too many at risk"
    assert other.too_few == [], "0 in all groups means that events were not counted"


def test_more_is_required_from_the_day_of_the_final_rule_on():
    assert context("2017-01-18").memo(final_rule_results)
    assert context("2017-02").memo(final_rule_results)
    assert not context("2017-01").memo(final_rule_results), "it may have been before the 18th"
    assert not context("2016-12-31").memo(final_rule_results)
    assert not Context({}, date(2024, 6, 30)).memo(final_rule_results)


def test_wordings():
    assert (participants(1), participants(30)) == ("1 participant", "30 participants")
    assert (and_more(0, "groups"), and_more(2, "groups")) == ("", " (and 2 more such groups)")
    assert (shown_group("Drug"), shown_group("")) == ("'Drug'", "a group without a title")
