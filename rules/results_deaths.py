"""RES: deaths, which stand in three places of the results."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lint.api import LOW, NOTE, STRICT, WARNING, Context, Node, Problem, bad, good, pattern, rule
from lint.rules.readers.measures import title_key
from lint.rules.readers.results import EVENTS, and_more, flow, participants, shown_group

_PATH = "/resultsSection/adverseEventsModule/"
_MODULE = "resultsSection.adverseEventsModule"
_GROUP = _MODULE + ".eventGroups[0]"
_SERIOUS = _MODULE + ".seriousEvents[0]"
_REASON = "resultsSection.participantFlowModule.periods[0].dropWithdraws[0]"

_death = pattern(r"(?i)^(?:sudden |cardiac |unexplained |sudden cardiac )?death(?: nos)?$")


def _left_by_death(ctx: Context) -> dict[str, float]:
    """Return how many of each group left because they died, by the key of its title."""
    study = ctx.memo(flow)
    found: dict[str, float] = {}
    for period in study.periods:
        for reason, counts in period.reasons:
            if reason.casefold() == "death":
                for group, count in counts.items():
                    key = title_key(study.titles.get(group, ""))
                    found[key] = found.get(key, 0) + count.number
    return found


def _periods(ctx: Context) -> Node:
    return ctx.root.child("resultsSection", "participantFlowModule", "periods")


def _died_as_event(module: Node) -> dict[str, int]:
    """Return how many participants of each group had a serious event that is death."""
    found: dict[str, int] = {}
    for event in module.get("seriousEvents") or ():
        term = event.get("term") or ""
        if "eath" in term.casefold() and _death().match(term):
            for stats in event.get("stats") or ():
                group, affected = stats.get("groupId") or "", stats.get("numAffected") or 0
                found[group] = max(found.get(group, 0), affected)
    return found


@rule(
    "RES011",
    "deaths-inconsistent",
    severity=WARNING,
    at=EVENTS,
    when=lambda module: any("deathsNumAffected" in group for group in module.get("eventGroups") or ()),
    examples=[
        bad({_REASON + ".type": "Death"}, base="results", path=_PATH + "eventGroups/0/deathsNumAffected"),
        bad({_SERIOUS + ".term": "Death"}, base="results", path=_PATH + "eventGroups/0/deathsNumAffected"),
        good(base="results"),
        good({_REASON + ".type": "Death", _GROUP + ".deathsNumAffected": 3,
              _MODULE + ".eventGroups[1].deathsNumAffected": 1}, base="results",
             note="one more died after the end of the treatment"),
        good({_SERIOUS + ".term": "Death of Relative"}, base="results"),
        good({_REASON + ".type": "Death", _GROUP + ".deathsNumAffected": None,
              _MODULE + ".eventGroups[1].deathsNumAffected": None}, base="results", note="not given: that is RES039"),
        good({_REASON + ".type": "Death", _GROUP + ".title": "All Who Took a Dose", _GROUP + ".deathsNumAffected": 5,
              _MODULE + ".eventGroups[1].title": "All Others"}, base="results", note="more deaths in all"),
    ],
)  # fmt: skip
def deaths_inconsistent(module: Node, ctx: Context) -> Iterator[Problem]:
    """Fewer deaths are reported than participants who left because they died, or had death as a serious event.

    Why: deaths stand in three places of the results; all-cause mortality has to count all of them.
    What to do: correct the number of deaths, or the other numbers.
    False positives: more deaths than elsewhere are usual, since follow-up windows differ; groups whose titles differ
    are compared in sum only; terms such as brain death or death of a relative are left alone.
    Source: ClinicalTrials.gov results data elements, All-Cause Mortality,
    https://clinicaltrials.gov/policy/results-definitions#MortalityAffected
    """
    left, as_event = ctx.memo(_left_by_death), _died_as_event(module)
    groups = [group for group in module.items("eventGroups") if group.get("deathsNumAffected") is not None]
    found = False
    for group in groups:
        died = group.get("deathsNumAffected")
        listed, gone = as_event.get(group.get("id") or "", 0), left.get(title_key(group.text("title")), 0)
        if max(listed, gone) > died:
            found = True
            where = "had death as a serious adverse event" if listed > died else "left the study because they died"
            yield group.problem(
                f"{participants(died)} of {shown_group(group.text('title'))} died, but {max(listed, gone):g} {where}",
                "deathsNumAffected",
                hint="correct the number of deaths due to any cause, or the other number",
                related=[
                    ctx.root.child("resultsSection", "participantFlowModule", "periods"),
                    module.child("seriousEvents"),
                ],
            )
    total = sum(group.get("deathsNumAffected") for group in groups)
    if not found and len(groups) == len(module.items("eventGroups")) and sum(left.values()) > total:
        yield groups[0].problem(
            f"{participants(total)} died in all, but {sum(left.values()):g} left the study because they died",
            "deathsNumAffected",
            hint="correct the number of deaths due to any cause, or the reasons not completed",
            related=[_periods(ctx)],
        )


def _died_without_event(group: Any) -> bool:
    return (group.get("deathsNumAffected") or 0) > 0 and group.get("seriousNumAffected") == 0


@rule(
    "RES103",
    "deaths-without-serious-events",
    severity=NOTE,
    confidence=LOW,
    profiles=STRICT,
    at=EVENTS + ".eventGroups",
    when=lambda groups: any(map(_died_without_event, groups)),
    examples=[
        bad({_MODULE + ".eventGroups[1].deathsNumAffected": 2}, base="results",
            path=_PATH + "eventGroups/1/seriousNumAffected"),
        bad({_MODULE + ".eventGroups[0].deathsNumAffected": 1, _MODULE + ".eventGroups[0].seriousNumAffected": 0},
            base="results"),
        good(base="results"),
        good({_MODULE + ".eventGroups[0].deathsNumAffected": 1}, base="results"),
        good({_MODULE + ".eventGroups[1].deathsNumAffected": 2, _MODULE + ".description":
              "Deaths after the end of the treatment are counted as mortality only."}, base="results"),
        good({_MODULE + ".eventGroups[1].deathsNumAffected": 2, "armsInterventionsModule.interventions": [
              {"type": "BEHAVIORAL", "name": "Distress Screening"}]}, base="results",
             note="a programme whose participants die of their disease"),
    ],
)  # fmt: skip
def deaths_without_serious_events(groups: Node, ctx: Context) -> Iterator[Problem]:
    """Participants of a group died, but nobody had a serious adverse event.

    Why: an event that leads to death is serious by definition; the serious events may be missing.
    What to do: list the events that led to death, or say in the description why deaths are not counted as events.
    False positives: a description of the adverse events that speaks of deaths or of the disease counts as the reason;
    studies of behavioural interventions only are left alone.
    Source: ClinicalTrials.gov results data elements, Serious Adverse Events,
    https://clinicaltrials.gov/policy/results-definitions#SeriousTotalAffected
    """
    module = ctx.root.child("resultsSection", "adverseEventsModule")
    kinds = {one.get("type") for one in ctx.get("armsInterventionsModule.interventions") or ()}
    if kinds == {"BEHAVIORAL"} or _about_death().search(module.text("description") + module.text("timeFrame")):
        return
    found = [group for group in groups.items() if _died_without_event(group.value)]
    died = participants(found[0].get("deathsNumAffected"))
    yield found[0].problem(
        f"{died} of {shown_group(found[0].text('title'))} died, but nobody had a serious adverse event"
        f"{and_more(len(found) - 1, 'groups')}",
        "seriousNumAffected",
        hint="list the events that led to death, or say in the description why they are not counted",
        related=[group.child("deathsNumAffected") for group in found],
    )


_about_death = pattern(r"(?i)death|mortality|died|progression|surviv")
