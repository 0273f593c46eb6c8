"""The results of a study as several rules read them: participant flow, adverse events, and since when what is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from lint.api import Context, Node
from lint.rules.readers.facts import FINAL_RULE
from lint.rules.readers.measures import number, title_key
from lint.rules.readers.reasons import counts_of_people, says_not_analysable
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


class Started(NamedTuple):
    """How many participants of a group of the participant flow started, at most, in any period.

    ``excused`` are those of the group who left for a reason that leaves nothing to analyse, ``by_period`` how many
    of it started each period.
    """

    title: str
    number: float
    node: Node
    excused: float
    by_period: frozenset[float]


def started_groups(ctx: Context) -> dict[str, Started]:
    """Return the groups of the participant flow by the key of their title; use it as ``ctx.memo(started_groups)``.

    Groups that share a title are left out: nobody can tell which of them is meant elsewhere.
    """
    study = ctx.memo(flow)
    most: dict[str, Started] = {}
    for group, title in study.titles.items():
        begun = [count for period in study.periods if (count := period.reached("STARTED").get(group))]
        if title_key(title) and begun:
            first = max(begun, key=lambda count: count.number)
            by_period = frozenset(count.number for count in begun)
            most[title_key(title)] = Started(title, first.number, first.node, _excused(study, group), by_period)
    keys = [title_key(title) for title in study.titles.values()]
    return {key: one for key, one in most.items() if keys.count(key) == 1}


def _excused(study: Flow, group: str) -> float:
    """Count those of a group who left for a reason that leaves nothing to analyse."""
    given = [pair for period in study.periods for pair in period.reasons]
    excused = [counts for reason, counts in given if says_not_analysable().search(reason)]
    return sum((counts[group].number for counts in excused if group in counts), 0.0)


def people_told_of(ctx: Context) -> frozenset[str]:
    """Return the numbers of people in texts of the flow and comments on who started; use it with ``ctx.memo``."""
    module = ctx.root.child("resultsSection", "participantFlowModule")
    counts = [count for period in ctx.memo(flow).periods for count in period.reached("STARTED").values()]
    comments = [ctx.root.child(*count.node.path[:-1]).text("comment") for count in counts]
    texts = [module.text("preAssignmentDetails"), module.text("recruitmentDetails"), *comments]
    return frozenset(counts_of_people("\n".join(texts)))


_ADVERSE_EVENTS = ("resultsSection", "adverseEventsModule")
TABLES = (("seriousEvents", "serious"), ("otherEvents", "other"))
"""The two tables of adverse events, and how the members that hold the totals of each begin."""


class Table(NamedTuple):
    """A table of adverse events, added up: ``kind`` is serious or other.

    ``largest`` and ``summed`` are the numbers affected by its terms, by the id of the group. The lists hold where more
    were affected than at risk (or more at risk than in the group), and where fewer events than affected are given.
    """

    events: Node
    kind: str
    largest: dict[str, int]
    summed: dict[str, int]
    too_many: list[Node]
    too_few: list[Node]


def event_tables(ctx: Context) -> list[Table]:
    """Add up the tables of adverse events; use it as ``ctx.memo(event_tables)``."""
    module = ctx.root.child(*_ADVERSE_EVENTS)
    groups = module.get("eventGroups") or ()
    tables = []
    for member, kind in TABLES:
        at_risk = {group.get("id") or "": group.get(kind + "NumAtRisk") for group in groups}
        tables.append(_added_up(module.child(member), kind, at_risk))
    return tables


def _added_up(events: Node, kind: str, at_risk: Mapping[str, int | None]) -> Table:
    table = Table(events, kind, {}, {}, [], [])
    for index, event in enumerate(events.value or ()):
        for place, stats in enumerate(event.get("stats") or ()):
            group, affected = stats.get("groupId") or "", stats.get("numAffected") or 0
            table.summed[group] = table.summed.get(group, 0) + affected
            if affected > table.largest.get(group, -1):
                table.largest[group] = affected
            risk, in_group, number_of = stats.get("numAtRisk"), at_risk.get(group), stats.get("numEvents")
            if risk is not None and (affected > risk or (in_group is not None and risk > in_group)):
                table.too_many.append(events.child(index, "stats", place))
            if number_of is not None and number_of < affected and (number_of or _counts_events(event)):
                table.too_few.append(events.child(index, "stats", place))
    return table


def _counts_events(event: Mapping[str, Any]) -> bool:
    """Say whether the events of a term were counted at all; 0 in all groups means that they were not."""
    return any(stats.get("numEvents") for stats in event.get("stats") or ())


def final_rule_results(ctx: Context) -> bool:
    """Say whether the primary completion is certainly on or after 2017-01-18, from when more is required of results."""
    completed = ctx.memo(timeline).primary_completion
    return completed is not None and completed.date.first >= FINAL_RULE


def participants(count: float) -> str:
    """Write a number of participants: ``1 participant``, ``30 participants``."""
    return f"{count:g} participant" if count == 1 else f"{count:g} participants"


def and_more(others: int, what: str) -> str:
    """Say that a finding stands for more of its kind; "" if it does not."""
    return f" (and {others} more such {what})" if others else ""


def shown_group(title: str) -> str:
    """Name a group in a message; its id would tell nobody anything."""
    return f"'{title}'" if title else "a group without a title"
