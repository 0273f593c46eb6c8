"""OUT: the times of outcomes against their titles and the length of the study."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint.api import MEDIUM, NOTE, WARNING, Context, Node, Problem, bad, good, pattern, rule
from lint.rules.readers.durations import Duration, durations
from lint.rules.readers.facts import STOPPED, both_titles, study_facts
from lint.rules.readers.outcomes import outcome_measures
from lint.rules.readers.timeline import timeline

_MODULE = "$.protocolSection.outcomesModule"
_PRIMARY = "/protocolSection/outcomesModule/primaryOutcomes/0"

_TIME_AT_END = pattern(
    r"\b(?:at|after|by|until|through|to)(?: the| end of| about| approximately){0,2} ?$", re.IGNORECASE
)
_NAME_OF_MEASURE = pattern(r"survival|mortality|free|walk|risk|rate of|\bage\b", re.IGNORECASE)
_TOLERANCE = pattern(r" ?(?:±|\+/-|\+-) ?[0-9]+")
_SHORTEST_DAYS = 2
"""Hours and minutes are often part of a name: 24-hour urine, 6-minute walk."""


@rule(
    "OUT009",
    "time-frame-in-title",
    severity=NOTE,
    confidence=MEDIUM,
    at=_MODULE,
    examples=[
        bad({"outcomesModule.primaryOutcomes[0].measure": "Headache days at 6 months",
             "outcomesModule.primaryOutcomes[0].timeFrame": "3 months"}, path=_PRIMARY + "/timeFrame"),
        bad({"outcomesModule.primaryOutcomes[0].measure": "Headache days at 6 months",
             "outcomesModule.primaryOutcomes[0].timeFrame": "6 weeks"}, note="another unit"),
        bad({"outcomesModule.primaryOutcomes[0].measure": "Use of rescue medication at week 24",
             "outcomesModule.primaryOutcomes[0].timeFrame": "Weeks 4, 8 and 12"}),
        good(),
        good({"outcomesModule.primaryOutcomes[0].measure": "Headache days at 6 months",
              "outcomesModule.primaryOutcomes[0].timeFrame": "26 weeks"}, note="the same time in weeks"),
        good({"outcomesModule.primaryOutcomes[0].measure": "Distance in the 6-minute walk test",
              "outcomesModule.primaryOutcomes[0].timeFrame": "12 weeks"}, note="the name of a test"),
        good({"outcomesModule.primaryOutcomes[0].measure": "24-hour urine protein",
              "outcomesModule.primaryOutcomes[0].timeFrame": "1 day"}),
        good({"outcomesModule.primaryOutcomes[0].measure": "Disease-free survival at 5 years",
              "outcomesModule.primaryOutcomes[0].timeFrame": "From surgery to relapse"}),
        good({"outcomesModule.primaryOutcomes[0].measure": "Headache days at 6 months",
              "outcomesModule.primaryOutcomes[0].timeFrame": "Up to 12 months"}),
        good({"outcomesModule.primaryOutcomes[0].measure": "Headache at 90 days",
              "outcomesModule.primaryOutcomes[0].timeFrame": "90±7 days"}, note="a window"),
        good({"outcomesModule.primaryOutcomes[0].measure": "Headache days at week 8",
              "outcomesModule.primaryOutcomes[0].timeFrame": "Week 4 adn 8"}, note="a slip in the frame"),
        good({"outcomesModule.primaryOutcomes[0].measure": "Events by age group (51 to 64 years)",
              "outcomesModule.primaryOutcomes[0].timeFrame": "2 years"}, note="an age"),
    ],
)  # fmt: skip
def time_frame_in_title(module: Node, ctx: Context) -> Iterator[Problem]:
    """The title of an outcome names a time that its time frame does not reach.

    Why: the time frame decides when the outcome is read; a title that says another time leaves open which is right.
    What to do: write the time into the time frame only.
    False positives: hours and minutes, which are often part of a name (24-hour urine, 6-minute walk), survival at
    some years and time frames that reach beyond the time of the title are left alone.
    Source: PRS protocol definitions, Time Frame, https://clinicaltrials.gov/policy/protocol-definitions#PrimaryOMTimeFrame
    """
    for outcome in ctx.memo(outcome_measures):
        end = outcome.measure[-14:].lower()
        if not ("year" in end or "month" in end or "week" in end or "day" in end):
            continue
        named = _time_at_end(outcome.measure)
        frame = outcome.value.get("timeFrame") or ""
        if named is None or not frame or _NAME_OF_MEASURE().search(outcome.measure):
            continue
        stated = durations(_TOLERANCE().sub("", frame))
        if stated and max(stated).days < 0.8 * named.days and not _is_numbered(named, frame):
            yield outcome.node.problem(
                f"the title says '{named.text}', but the time frame is '{frame.strip()[:60]}'",
                "timeFrame",
                hint="write the time when the outcome is read into the time frame only",
                related=[outcome.title],
            )


def _is_numbered(named: Duration, frame: str) -> bool:
    """Say whether the last number of a time stands in a frame with its unit, if only in words that are not read."""
    numbers, told = _NUMBERS().findall(named.text), named.text.lower()
    unit = next((unit for unit in ("year", "month", "week", "day") if unit in told), "")
    return bool(numbers) and unit in frame.lower() and numbers[-1] in _NUMBERS().findall(frame)


def _time_at_end(measure: str) -> Duration | None:
    """Return the time with which a title ends, as in "pain at 6 months"."""
    for found in durations(measure):
        before, after = measure[: found.span[0]], measure[found.span[1] :]
        if found.days >= _SHORTEST_DAYS and not after.strip(" .)") and _TIME_AT_END().search(before):
            return found
    return None


_NOT_IN_STUDY = pattern(
    r"\bage\b|\bold\b|up ?to|until|prior|before|past|last|retro|history|previous|maximum|average|median|\bpre-?|birth"
    r"|post (?:first|after)|approx|more than|at most|within|follow-up study|first dose in|extension"
    r"|(?:after|post|since|following|years?).{0,40}(?:vaccin|immuni[sz]|booster|primary series)",
    re.IGNORECASE,
)
_BACKWARDS = frozenset({"RETROSPECTIVE", "CROSS_SECTIONAL", "OTHER"})
_SLACK_DAYS = 31


@rule(
    "OUT015",
    "time-frame-longer-than-study",
    severity=WARNING,
    confidence=MEDIUM,
    at="$.protocolSection.outcomesModule.primaryOutcomes",
    examples=[
        bad({"outcomesModule.primaryOutcomes[0].timeFrame": "5 years",
             "statusModule.completionDateStruct.date": "2024-03"}, path=_PRIMARY + "/timeFrame"),
        bad({"outcomesModule.primaryOutcomes[0].timeFrame": "Baseline and month 36"}),
        good(),
        good({"outcomesModule.primaryOutcomes[0].timeFrame": "6 months"}),
        good({"outcomesModule.primaryOutcomes[0].timeFrame": "Until progression, up to 5 years"},
             note="an upper limit that nobody may reach"),
        good({"outcomesModule.primaryOutcomes[0].timeFrame": "5 years",
              "identificationModule.briefTitle": "Extension Study of Exampline"}, note="counts from the main study"),
        good({"outcomesModule.primaryOutcomes[0].timeFrame": "At the age of 10 years"}),
        good({"outcomesModule.primaryOutcomes[0].timeFrame": "5 years", "statusModule.overallStatus": "TERMINATED",
              "statusModule.completionDateStruct": {"date": "2024-03", "type": "ACTUAL"}}, note="stopped early"),
        good({"outcomesModule.primaryOutcomes[0].timeFrame": "Through study completion"}, note="no length"),
        good({"outcomesModule.primaryOutcomes[0].timeFrame": "Years 6, 7 and 8 after the first vaccine dose"},
             note="given in an earlier study"),
        good({"outcomesModule.primaryOutcomes[0].timeFrame": "5 years",
              "designModule.designInfo.timePerspective": "RETROSPECTIVE",
              "outcomesModule.primaryOutcomes[0].measure": "Survival"}, base="observational", note="files of the past"),
    ],
)  # fmt: skip
def time_frame_longer_than_study(outcomes: Node, ctx: Context) -> Iterator[Problem]:
    """A primary outcome is to be read after a longer time than the study lasts.

    Why: nobody can be followed for longer than from the first participant's start to the end of the study; a date or
    the time frame is wrong.
    What to do: correct the completion date or the time frame.
    False positives: upper limits ("up to 5 years"), ages, times before the study, retrospective studies, extensions
    and studies that were stopped are left alone; a tenth more than the length of the study is tolerated.
    Source: PRS protocol definitions, Time Frame and Study Completion Date,
    https://clinicaltrials.gov/policy/protocol-definitions#PrimaryOMTimeFrame
    """
    frames = [(index, frame) for index, frame in enumerate(map(_frame, outcomes.value)) if frame]
    if not frames:
        return
    dates = ctx.memo(timeline)
    start, end = dates.start, dates.completion or dates.primary_completion
    if start is None or end is None or ctx.memo(study_facts).status in STOPPED:
        return
    if ctx.get("designModule.designInfo.timePerspective") in _BACKWARDS or _EXTENSION().search(both_titles(ctx)):
        return
    days = (end.date.last - start.date.first).days
    limit = days * 1.1 + _SLACK_DAYS
    frames = [(index, frame) for index, frame in frames if _may_last(frame, limit)]
    long = [(index, frame) for index, frame in frames if _longest(frame) > limit and not _NOT_IN_STUDY().search(frame)]
    if long and days >= 0:
        index, frame = long[0]
        more = f" and {len(long) - 1} more are" if len(long) > 1 else " is"
        yield outcomes.problem(
            f"the time frame '{frame.strip()[:60]}'{more} longer than the study, which lasts from {start} to {end}",
            index,
            "timeFrame",
            hint="correct the completion date or the time frame",
            related=[start, end, *(outcomes.child(other, "timeFrame") for other, _ in long[1:])],
        )


_EXTENSION = pattern(r"extension|rollover|roll-over|long[- ]term follow|continuation", re.IGNORECASE)
"""Titles of studies that count from the beginning of an earlier one."""


def _frame(outcome: dict[str, str]) -> str:
    """Return the time frame if it speaks of months or years."""
    frame = outcome.get("timeFrame") or ""
    return frame if "ear" in frame or "onth" in frame or "week" in frame.lower() else ""


_NUMBERS = pattern("[0-9]+")
_NUMBER_IN_WORDS = 12
"""The greatest number that ``durations`` reads in words."""


def _may_last(frame: str, days: float) -> bool:
    """Say whether the greatest number of a frame, counted in its longest unit, comes to more than some days."""
    lowered = frame.lower()
    unit = 366 if "year" in lowered or "yr" in lowered else 31 if "mo" in lowered else 7
    return unit * max(_NUMBER_IN_WORDS, *map(int, _NUMBERS().findall(lowered)), 0) > days


def _longest(frame: str) -> float:
    return max((found.days for found in durations(frame)), default=0.0)
