"""RES: adverse events: what cannot be, against the totals of the groups and the flow, and groups not watched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lint.api import ERROR, EVERY, WARNING, Context, Node, Problem, bad, good, pattern, rule
from lint.rules.readers.measures import title_key
from lint.rules.readers.reasons import says_as_treated, says_moved
from lint.rules.readers.results import (
    EVENTS,
    Table,
    and_more,
    event_tables,
    final_rule_results,
    flow,
    participants,
    shown_group,
    started_groups,
)

_PATH = "/resultsSection/adverseEventsModule/"
_MODULE = "resultsSection.adverseEventsModule"
_GROUP = _MODULE + ".eventGroups[0]"
_SERIOUS = _MODULE + ".seriousEvents[0]"
_OTHER = _MODULE + ".otherEvents[0]"
_EARLIER = {"statusModule.primaryCompletionDateStruct.date": "2016-12-31"}
_KINDS = (("deaths", "died"), ("serious", "had serious adverse events"), ("other", "had other adverse events"))


def _group_title(ctx: Context, group: str) -> str:
    for one in ctx.root.child("resultsSection", "adverseEventsModule").items("eventGroups"):
        if one.get("id") == group:
            title: str = shown_group(one.text("title"))
            return title
    return "a group that is not listed"


@rule(
    "RES008",
    "adverse-events-affected-exceed-at-risk",
    severity=ERROR,
    profiles=EVERY,
    at=EVENTS,
    examples=[
        bad({_GROUP + ".seriousNumAffected": 31}, base="results", path=_PATH + "eventGroups/0/seriousNumAffected"),
        bad({_GROUP + ".deathsNumAffected": 40}, base="results", path=_PATH + "eventGroups/0/deathsNumAffected"),
        bad({_OTHER + ".stats[1].numAtRisk": 3}, base="results", path=_PATH + "otherEvents/0/stats/1"),
        bad({_OTHER + ".stats[0].numAtRisk": 35}, base="results", path=_PATH + "otherEvents/0/stats/0",
            note="more at risk than in the group"),
        good(base="results"),
        good({_OTHER + ".stats[0].numAtRisk": 20}, base="results", note="an event that only women can have"),
        good({_OTHER + ".stats[0].numAtRisk": None}, base="results"),
        good({_GROUP + ".deathsNumAtRisk": None, _GROUP + ".deathsNumAffected": None}, base="results"),
    ],
)  # fmt: skip
def affected_exceed_at_risk(module: Node, ctx: Context) -> Iterator[Problem]:
    """More participants had adverse events or died than were at risk, or more were at risk than the group has.

    Why: at least one of the numbers is wrong, and so is the percentage that the registry works out from them.
    What to do: correct the number affected or the number at risk.
    False positives: fewer at risk for one term than in the whole group are fine (events of one sex); numbers that are
    not given are left alone.
    Source: PRS major comments, https://clinicaltrials.gov/policy/results-definitions#SeriousTotalAffected
    """
    for group in module.items("eventGroups"):
        for kind, what in _KINDS:
            affected, at_risk = group.get(kind + "NumAffected"), group.get(kind + "NumAtRisk")
            if affected is not None and at_risk is not None and affected > at_risk:
                yield group.problem(
                    f"{participants(affected)} of {shown_group(group.text('title'))} {what}, but only {at_risk} were at"
                    " risk",
                    kind + "NumAffected",
                    hint="correct the number affected or the number at risk",
                    related=[group.child(kind + "NumAtRisk")],
                )
    for table in ctx.memo(event_tables):
        for stats in table.too_many:
            affected, at_risk = stats.get("numAffected") or 0, stats.get("numAtRisk")
            title = _group_title(ctx, stats.get("groupId") or "")
            wrong = "more than the group has" if affected <= at_risk else f"but {affected} were affected"
            yield stats.problem(
                f"'{_term(table, stats)}': {participants(at_risk)} of {title} were at risk, {wrong}",
                hint="correct the number affected or the number at risk",
            )


def _term(table: Table, stats: Node) -> str:
    term: str = table.events.text(stats.path[-3], "term")
    return term


@rule(
    "RES009",
    "events-fewer-than-affected",
    severity=ERROR,
    profiles=EVERY,
    at=EVENTS,
    examples=[
        bad({_OTHER + ".stats[0].numEvents": 3}, base="results", path=_PATH + "otherEvents/0/stats/0/numEvents"),
        bad({_OTHER + ".stats[1].numEvents": 0}, base="results", path=_PATH + "otherEvents/0/stats/1/numEvents"),
        good(base="results"),
        good({_OTHER + ".stats[0].numEvents": None}, base="results", note="events need not be counted"),
        good({_OTHER + ".stats[0].numEvents": 0, _OTHER + ".stats[1].numEvents": 0}, base="results",
             note="0 in all groups: they were not counted"),
    ],
)  # fmt: skip
def events_fewer_than_affected(module: Node, ctx: Context) -> Iterator[Problem]:
    """Fewer events are given than participants who had one.

    Why: everybody who is affected has at least one event; one of the numbers is wrong.
    What to do: correct the number of events, or leave it empty if events were not counted.
    False positives: the number of events is optional, and 0 in all groups of a term means that it was not collected.
    Source: ClinicalTrials.gov results data elements, Number of Events,
    https://clinicaltrials.gov/policy/results-definitions#OtherAEEvents
    """
    for table in ctx.memo(event_tables):
        for stats in table.too_few:
            yield stats.problem(
                f"'{_term(table, stats)}' affected {participants(stats.get('numAffected'))} of"
                f" {_group_title(ctx, stats.get('groupId') or '')}, but the number of events is"
                f" {stats.get('numEvents')}",
                "numEvents",
                hint="correct one of the numbers, or leave the number of events empty if it was not counted",
                related=[stats.child("numAffected")],
            )


def _totals(ctx: Context) -> Iterator[tuple[Node, Table, int, str]]:
    """Yield for each group and table the group, the table, the total number affected and the id."""
    groups = ctx.root.child("resultsSection", "adverseEventsModule").items("eventGroups")
    for table in ctx.memo(event_tables):
        for group in groups:
            total = group.get(table.kind + "NumAffected")
            if total is not None and table.events.value:
                yield group, table, total, group.get("id") or ""


@rule(
    "RES010",
    "total-below-largest-term",
    severity=ERROR,
    profiles=EVERY,
    at=EVENTS + ".eventGroups",
    examples=[
        bad({_GROUP + ".seriousNumAffected": 0}, base="results", path=_PATH + "eventGroups/0/seriousNumAffected"),
        bad({_GROUP + ".otherNumAffected": 4}, base="results", path=_PATH + "eventGroups/0/otherNumAffected"),
        good(base="results"),
        good({_GROUP + ".seriousNumAffected": None}, base="results"),
        good({_SERIOUS + ".stats[0].numEvents": 4}, base="results", note="one participant with four events"),
    ],
)  # fmt: skip
def total_below_largest_term(groups: Node, ctx: Context) -> Iterator[Problem]:
    """Fewer participants of a group had any adverse event than had one of the listed ones.

    Why: whoever had a listed event had any event; one of the two numbers is wrong.
    What to do: correct the total of the group or the number of the event.
    False positives: participants are compared, not events; the threshold of other events does not matter, since the
    total counts the participants with listed events.
    Source: ClinicalTrials.gov results data elements, Total Number Affected,
    https://clinicaltrials.gov/policy/results-definitions#SeriousTotalAffected
    """
    for group, table, total, name in _totals(ctx):
        largest = table.largest.get(name, 0)
        if total < largest:
            event = next(one for one in table.events.items() if _affects(one.value, name, largest))
            yield group.problem(
                f"{participants(total)} of {shown_group(group.text('title'))} had {table.kind} adverse events in all,"
                f" but {largest} had '{event.text('term')}'",
                table.kind + "NumAffected",
                hint="correct the total of the group, or the number affected by the event",
                related=[event],
            )


def _affects(event: Any, group: str, affected: int) -> bool:
    return any(
        (one.get("groupId") or "") == group and one.get("numAffected") == affected for one in event.get("stats") or ()
    )


@rule(
    "RES061",
    "total-above-all-terms",
    severity=ERROR,
    profiles=EVERY,
    at=EVENTS + ".eventGroups",
    examples=[
        bad({_GROUP + ".seriousNumAffected": 2}, base="results", path=_PATH + "eventGroups/0/seriousNumAffected"),
        bad({_GROUP + ".otherNumAffected": 9}, base="results", path=_PATH + "eventGroups/0/otherNumAffected"),
        good(base="results"),
        good({_MODULE + ".otherEvents[1]": {"term": "Vomiting", "stats": [
              {"groupId": "EG000", "numAffected": 5, "numAtRisk": 30}]}}, base="results", note="two events each"),
        good({_MODULE + ".otherEvents": None}, base="results", note="no list: that is RES063"),
    ],
)  # fmt: skip
def total_above_all_terms(groups: Node, ctx: Context) -> Iterator[Problem]:
    """More participants of a group had any adverse event than the listed events can have affected.

    Why: everybody in the total had at least one of the listed events; an event is missing, or the total is wrong.
    What to do: list the missing events, or count in the total only participants with a listed event.
    False positives: the total may be far below the sum, since one participant can have several events.
    Source: ClinicalTrials.gov results data elements, Total Number Affected,
    https://clinicaltrials.gov/policy/results-definitions#OtherTotalAffected
    """
    for group, table, total, name in _totals(ctx):
        most = table.summed.get(name, 0)
        if total > most:
            yield group.problem(
                f"{participants(total)} of {shown_group(group.text('title'))} had {table.kind} adverse events, but the"
                f" listed ones affected {most} at most",
                table.kind + "NumAffected",
                hint="list the missing events, or correct the total",
                related=[table.events],
            )


def _at_risk(group: Any) -> int:
    return max(group.get(kind + "NumAtRisk") or 0 for kind, _ in _KINDS)


@rule(
    "RES101",
    "at-risk-more-than-started",
    severity=WARNING,
    at=EVENTS + ".eventGroups",
    examples=[
        bad({_GROUP + ".seriousNumAtRisk": 33}, base="results", path=_PATH + "eventGroups/0/seriousNumAtRisk"),
        bad({_GROUP + ".deathsNumAtRisk": 60}, base="results", path=_PATH + "eventGroups/0/deathsNumAtRisk"),
        good(base="results"),
        good({_GROUP + ".title": "Exampline or Rescue", _GROUP + ".seriousNumAtRisk": 60}, base="results",
             note="a pooled group of another title"),
        good({_GROUP + ".seriousNumAtRisk": 31, _MODULE + ".description":
              "Participants are counted by the treatment that they received."}, base="results",
             note="one got the treatment of the other group"),
        good({_GROUP + ".seriousNumAtRisk": 50, _MODULE + ".description":
              "By treatment at the time of the event; participants were up-titrated."}, base="results"),
        good({_GROUP + ".seriousNumAtRisk": 28}, base="results", note="two were never treated"),
        good({_GROUP + ".seriousNumAtRisk": 60, "designModule.designInfo.interventionModel": "CROSSOVER"},
             base="results", note="everybody got both treatments"),
    ],
)  # fmt: skip
def at_risk_more_than_started(groups: Node, ctx: Context) -> Iterator[Problem]:
    """More participants of a group were at risk of adverse events than ever started.

    Why: at least one of the numbers is wrong, and so is every frequency of an event.
    What to do: correct the number at risk or the participant flow, or give pooled groups a title of their own.
    False positives: groups are compared only if their titles agree and are unique; studies of several periods and
    crossover studies, in which participants change the group, are left alone, as are groups of which a text says
    that participants were titrated or switched; a few more in groups that are counted by the treatment received got
    the wrong one.
    Source: PRS major comments (adverse events module inconsistent),
    https://prsinfo.clinicaltrials.gov/MajorComments.html
    """
    study = ctx.memo(flow)
    if len(study.periods) != 1 or ctx.get("designModule.designInfo.interventionModel") == "CROSSOVER":
        return
    started = ctx.memo(started_groups)
    found = []
    for group in groups.items():
        begun = started.get(title_key(group.text("title")))
        if begun is None or _at_risk(group.value) <= begun.number:
            continue
        count = begun.number
        if not _counted_by_treatment(group, ctx, few=_at_risk(group.value) - count <= max(2, count / 10)):
            found.append((group, count))
    if found:
        group, count = found[0]
        member = next(kind + "NumAtRisk" for kind, _ in _KINDS if (group.get(kind + "NumAtRisk") or 0) > count)
        yield group.problem(
            f"{participants(group.get(member))} of {shown_group(group.text('title'))} were at risk, but only {count:g}"
            f" started{and_more(len(found) - 1, 'groups')}",
            member,
            hint="correct the number at risk or the participant flow; pooled groups need a title of their own",
            related=[
                ctx.root.child("resultsSection", "participantFlowModule", "periods"),
                *(one for one, _ in found[1:]),
            ],
        )


def _counted_by_treatment(group: Node, ctx: Context, *, few: bool) -> bool:
    """Say whether texts explain that a few more got the treatment, or that participants moved between the groups."""
    described = ctx.root.child("resultsSection", "adverseEventsModule").text("description")
    milestones = ctx.memo(flow).periods[0].node.items("milestones")
    comments = [count.text("comment") for one in milestones for count in one.items("achievements")]
    text = " ".join([described, group.text("description"), *comments])
    return says_moved().search(text) is not None or (few and says_as_treated().search(text) is not None)


_AT_RISK = {
    "seriousNumAtRisk": "serious adverse events", "otherNumAtRisk": "other adverse events", "deathsNumAtRisk": "death",
}  # fmt: skip


def _nobody_at_risk(group: Any) -> bool:
    return any(group.get(member) == 0 for member in _AT_RISK)


_says_not = pattern(r"(?i)\b(?:not?|none|never|unable|only|nobody)\b")
_not_watched = pattern(
    r"(?i)\b(?:not?|none|never) (?:[a-z()-]+ ){0,6}(?:adverse|events?|collect|assess|monitor|treat|receive)"
)


@rule(
    "RES053",
    "zero-at-risk-unexplained",
    severity=ERROR,
    at=EVENTS,
    when=lambda module: any(map(_nobody_at_risk, module.get("eventGroups") or ())),
    examples=[
        bad({_MODULE + ".description": None, _MODULE + ".eventGroups[1].seriousNumAtRisk": 0}, base="results",
            path=_PATH + "eventGroups/1"),
        bad({_MODULE + ".description": "-", _MODULE + ".eventGroups[0].deathsNumAtRisk": 0} | _EARLIER, base="results",
            note="a warning for older results"),
        good(base="results"),
        good({_MODULE + ".description": None}, base="results"),
        good({_MODULE + ".description": "Adverse events of clinicians were not collected.",
              _MODULE + ".eventGroups[1].otherNumAtRisk": 0}, base="results"),
        good({_MODULE + ".description": None, _MODULE + ".eventGroups[1].otherNumAtRisk": 0, _MODULE + ".timeFrame":
              "Events were to be assessed over three months; none of the participants returned."}, base="results"),
        good({_MODULE + ".description": None, _MODULE + ".eventGroups[1].otherNumAtRisk": 0,
              _MODULE + ".eventGroups[1].description":
              "Clinicians, of whom no serious or other adverse events were collected."}, base="results"),
    ],
)  # fmt: skip
def zero_at_risk_unexplained(module: Node, ctx: Context) -> Iterator[Problem]:
    """Nobody of a group was at risk of adverse events or death, and nothing says why.

    Why: zero at risk means that a group was not watched; the registry asks for the reason since June 2018.
    What to do: say in the adverse event reporting description why the group was not assessed, or correct the number.
    False positives: any description of more than a sign counts, as does a time frame or a description of a group that
    says what was not assessed; in results whose primary completion is before 18 January 2017 it is only a warning.
    Source: ClinicalTrials.gov results data elements, Adverse Event Reporting Description,
    https://clinicaltrials.gov/policy/results-definitions#ReportedEventsNotes
    """
    groups = module.items("eventGroups")
    if any(map(str.isalpha, module.text("description"))) or _says_not().search(module.text("timeFrame")):
        return
    if any(_not_watched().search(group.text("description")) for group in groups):
        return
    unwatched = [group for group in groups if _nobody_at_risk(group.value)]
    risks = [risk for member, risk in _AT_RISK.items() if unwatched[0].value.get(member) == 0]
    yield unwatched[0].problem(
        f"nobody of {shown_group(unwatched[0].text('title'))} was at risk of {' or '.join(risks)}, and no"
        f" description says why{and_more(len(unwatched) - 1, 'groups')}",
        hint="say in the adverse event reporting description why the group was not assessed, or correct the number at"
        " risk",
        related=unwatched[1:],
        severity=None if ctx.memo(final_rule_results) else WARNING,
    )
