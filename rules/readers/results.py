"""The results of a study as several rules read them: participant flow, adverse events, and since when what is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from lint.api import Context, Node, value_at
from lint.rules.readers.facts import FINAL_RULE
from lint.rules.readers.measures import number, title_key
from lint.rules.readers.timeline import timeline

FLOW = "$.resultsSection.participantFlowModule"
BASELINE = "$.resultsSection.baselineCharacteristicsModule"
EVENTS = "$.resultsSection.adverseEventsModule"
MORE_INFO = "$.resultsSection.moreInfoModule"


class Count(NamedTuple):
    """A number of a group, and where it stands."""

    number: float
    node: Node


class Period(NamedTuple):
    """A period of the participant flow: its milestones and why participants left, each by the id of the group.

    ``milestones`` has the keys STARTED, COMPLETED, NOT COMPLETED and those that the study added.
    """

    node: Node
    milestones: Mapping[str, Mapping[str, Count]]
    reasons: Sequence[tuple[str, Mapping[str, Count]]]

    def reached(self, milestone: str) -> Mapping[str, Count]:
        """Return how many of each group reached a milestone; {} if the period does not have it."""
        return self.milestones.get(milestone, {})


class Flow(NamedTuple):
    """The participant flow: the titles of its groups by their ids, and its periods in order."""

    titles: dict[str, str]
    periods: list[Period]

    def started(self) -> dict[str, float]:
        """Return how many of each group started, at most in any period, by the key of its title.

        Groups that share a title are left out: nobody can tell which of them is meant elsewhere.
        """
        keys = {group: title_key(title) for group, title in self.titles.items()}
        most: dict[str, float] = {}
        for period in self.periods:
            for group, count in period.reached("STARTED").items():
                key = keys.get(group, "")
                most[key] = max(most.get(key, 0), count.number)
        once = list(keys.values())
        return {key: most[key] for key in most if key and once.count(key) == 1}


def flow(ctx: Context) -> Flow:
    """Read the participant flow; use it as ``ctx.memo(flow)``."""
    module = ctx.root.child("resultsSection", "participantFlowModule")
    titles = {group.get("id") or "": group.text("title") for group in module.items("groups")}
    return Flow(titles, [_period(period) for period in module.items("periods")])


def _period(period: Node) -> Period:
    milestones: dict[str, Mapping[str, Count]] = {}
    for milestone in period.items("milestones"):
        milestones.setdefault(milestone.text("type"), _counts(milestone, "achievements"))
    reasons = [(reason.text("type"), _counts(reason, "reasons")) for reason in period.items("dropWithdraws")]
    return Period(period, milestones, reasons)


def _counts(holder: Node, member: str) -> dict[str, Count]:
    found = {}
    for one in holder.items(member):
        stated = number(one.get("numSubjects"))
        if stated is not None:
            found[one.get("groupId") or ""] = Count(stated, one.child("numSubjects"))
    return found


_ADVERSE_EVENTS = ("resultsSection", "adverseEventsModule")
TABLES = (("seriousEvents", "serious"), ("otherEvents", "other"))
"""The two tables of adverse events, and how the members that hold the totals of each begin."""


class Table(NamedTuple):
    """A table of adverse events: the largest and the summed number affected by its terms, by group."""

    member: str
    kind: str
    largest: dict[str, int]
    summed: dict[str, int]


def event_tables(ctx: Context) -> list[Table]:
    """Add up the tables of adverse events; use it as ``ctx.memo(event_tables)``."""
    module = value_at(ctx.record, _ADVERSE_EVENTS) or {}
    return [Table(member, kind, *_affected(module.get(member) or ())) for member, kind in TABLES]


def _affected(events: Iterable[dict[str, Any]]) -> tuple[dict[str, int], dict[str, int]]:
    largest: dict[str, int] = {}
    summed: dict[str, int] = {}
    for event in events:
        for stats in event.get("stats") or ():
            group, affected = stats.get("groupId") or "", stats.get("numAffected") or 0
            summed[group] = summed.get(group, 0) + affected
            if affected > largest.get(group, -1):
                largest[group] = affected
    return largest, summed


def final_rule_results(ctx: Context) -> bool:
    """Say whether the primary completion is certainly on or after 2017-01-18, from when more is required of results."""
    completed = ctx.memo(timeline).primary_completion
    return completed is not None and completed.date.first >= FINAL_RULE


def shown_group(title: str) -> str:
    """Name a group in a message; its id would tell nobody anything."""
    return f"'{title}'" if title else "a group without a title"
