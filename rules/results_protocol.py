"""RES: outcome measures in the results against those of the protocol and the participants who started."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from lint.api import ERROR, EVERY, MEDIUM, WARNING, Context, Node, Path, Problem, bad, good, pattern, rule
from lint.rules.readers.labels import folded
from lint.rules.readers.measures import number, title_key
from lint.rules.readers.reasons import says_as_treated, says_joined, says_who_counts
from lint.rules.readers.results import Started, people_told_of, started_groups

_MEASURES = "$.resultsSection.outcomeMeasuresModule.outcomeMeasures"
_LIST = "resultsSection.outcomeMeasuresModule.outcomeMeasures"
_PATH = "/resultsSection/outcomeMeasuresModule/outcomeMeasures/"
_FIRST = _LIST + "[0]"
_SECOND = _LIST + "[1]"
_FLOW = "resultsSection.participantFlowModule."


class Compared(NamedTuple):
    """How many of a group were analysed for an outcome (where it stands) and how many of it had started."""

    measure: Node
    place: Node
    analysed: float
    started: Started


def _compared(ctx: Context) -> list[Compared]:
    """Return the groups of which another number was analysed than had started."""
    started = ctx.memo(started_groups)
    found = []
    for measure in (
        ctx.root.child("resultsSection", "outcomeMeasuresModule").items("outcomeMeasures") if started else ()
    ):
        keys = {group.get("id"): title_key(group.get("title") or "") for group in measure.get("groups") or ()}
        for at, denom in enumerate(measure.get("denoms") or ()):
            if (denom.get("units") or "").casefold() != "participants":
                continue
            for index, count in enumerate(denom.get("counts") or ()):
                one, analysed = started.get(keys.get(count.get("groupId"), "")), number(count.get("value"))
                if one is not None and analysed is not None and analysed != one.number:
                    place = measure.child("denoms", at, "counts", index, "value")
                    found.append(Compared(measure, place, analysed, one))
    return found


def _as_treated(measure: Node, excess: float, started: float) -> bool:
    """Say whether participants came from another group, or a few were treated in it by mistake."""
    described = " ".join(measure.text(name) for name in ("title", "populationDescription", "description"))
    if says_joined().search(described):
        return True
    few = excess <= max(2, started / 10)
    return few and ("adverse" in described.casefold() or says_as_treated().search(described) is not None)


@rule(
    "RES005",
    "analysed-more-than-started",
    severity=ERROR,
    profiles=EVERY,
    at=_MEASURES,
    examples=[
        bad({_FIRST + ".denoms[0].counts[0].value": "33"}, base="results",
            path=_PATH + "0/denoms/0/counts/0/value"),
        bad({_SECOND + ".denoms[0].counts[1].value": "39"}, base="results"),
        good(base="results"),
        good({_FIRST + ".denoms[0]": {"units": "Eyes", "counts": [{"groupId": "OG000", "value": "56"}]}},
             base="results", note="people have two eyes"),
        good({_FIRST + ".groups[0].title": "Exampline or Rescue", _FIRST + ".denoms[0].counts[0].value": "60"},
             base="results", note="a pooled group of another title"),
        good({_SECOND + ".denoms[0].counts[1].value": "31",
              _SECOND + ".populationDescription": "Safety population, grouped by the treatment that they received."},
             base="results", note="somebody got the treatment of the other group"),
        good({_SECOND + ".denoms[0].counts[1].value": "31"}, base="results",
             note="adverse events, which are counted by the treatment received"),
        good({_FLOW + "periods[0].milestones[0].achievements[0].numSubjects": "40",
              _FIRST + ".denoms[0].counts[0].value": "40"}, base="results"),
    ],
)  # fmt: skip
def analysed_more_than_started(measures: Node, ctx: Context) -> Iterator[Problem]:
    """More participants of a group were analysed than ever started.

    Why: at least one of the two numbers is wrong, and every percentage that rests on it.
    What to do: correct the number analysed, or the participant flow; give groups that were pooled a title of their own.
    False positives: groups are compared only if their titles agree and are unique; eyes, lesions and other units are
    left alone; of several periods the largest number counts; one or two more in a population that is grouped by the
    treatment received, or for adverse events, are those who got the wrong one; in outcomes of an extension a group is
    joined by others.
    Source: PRS major comments; https://clinicaltrials.gov/policy/results-definitions#SubjectsAnalyzed
    """
    found = [
        one
        for one in ctx.memo(_compared)
        if one.analysed > one.started.number
        and not _as_treated(one.measure, one.analysed - one.started.number, one.started.number)
    ]
    if found:
        _, place, analysed, started = found[0]
        more = f" (and {len(found) - 1} more like it)" if len(found) > 1 else ""
        yield place.problem(
            f"{analysed:g} participants of '{started.title}' were analysed, but only {started.number:g} started{more}",
            hint="correct the number analysed or the participant flow; pooled groups need a title of their own",
            related=[started.node, *(other.place for other in found[1:])],
        )


@rule(
    "RES020",
    "population-difference-unexplained",
    severity=WARNING,
    at=_MEASURES,
    when=lambda measures: any("denoms" in one and not one.get("populationDescription") for one in measures),
    examples=[
        bad({_FIRST + ".populationDescription": None}, base="results", path=_PATH + "0/denoms/0/counts/0/value"),
        bad({_FIRST + ".populationDescription": "", _FIRST + ".denoms[0].counts[0].value": "30"}, base="results",
            path=_PATH + "0/denoms/0/counts/1/value"),
        good(base="results"),
        good({_SECOND + ".populationDescription": None}, base="results", note="all who started were analysed"),
        good({_FIRST + ".populationDescription": None, _FIRST + ".description":
              "Analysed were the participants who kept the diary for at least 20 days."}, base="results",
             note="explained in the description"),
        good({_FIRST + ".populationDescription": None, _FIRST + ".denoms[0].counts[0].value": "28",
              _FLOW + "periods[0].dropWithdraws": [{"type": "Never treated", "reasons": [
                  {"groupId": "FG000", "numSubjects": "2"}]}], _FIRST + ".denoms[0].counts[1].value": "30"},
             base="results", note="two were never treated"),
        good({_FIRST + ".populationDescription": None, _FIRST + ".denoms[0].counts[1].value": "30",
              "resultsSection.participantFlowModule.preAssignmentDetails":
              "28 participants were assigned; two who left before are counted with them."}, base="results",
             note="the flow gives the number"),
        good({_FIRST + ".populationDescription": None, _FIRST + ".denoms[0].counts[1].value": "30",
              _FLOW + "periods[1]": {"title": "Extension", "milestones": [{"type": "STARTED", "achievements": [
                  {"groupId": "FG000", "numSubjects": "28"}]}]}}, base="results", note="all of a later period"),
        good({_FIRST + ".populationDescription": None, _FLOW + "periods[0].milestones[0].achievements[0].numSubjects":
              "29", _FIRST + ".denoms[0].counts[0].value": "30", _FIRST + ".denoms[0].counts[1].value": "29"},
             base="results", note="the numbers of two groups are swapped, which is RES005"),
    ],
)  # fmt: skip
def population_difference_unexplained(measures: Node, ctx: Context) -> Iterator[Problem]:
    """Fewer participants were analysed than started, and no description of the population says why.

    Why: readers cannot tell who is left out, and whether that favours a treatment.
    What to do: say in the analysis population description who was analysed and why others were not.
    False positives: groups are compared only if their titles agree; numbers of 0 are for RES019; a description of
    the outcome that says who was analysed counts, as do reasons not completed that leave nothing to analyse (never
    treated, no data) for just as many, a later period that as many started, and a text of the flow with the number
    analysed; where the numbers of groups are swapped nobody is left out.
    Source: ClinicalTrials.gov results data elements, Analysis Population Description,
    https://clinicaltrials.gov/policy/results-definitions#AnalysisPopulation
    """
    told = ctx.memo(people_told_of)
    swapped = _swapped(ctx.memo(_compared))
    found = [
        one
        for one in ctx.memo(_compared)
        if 0 < one.analysed < one.started.number
        and one.analysed not in one.started.by_period
        and f"{one.analysed:g}" not in told
        and one.place.path[:-2] not in swapped
        and not one.measure.text("populationDescription")
        and not says_who_counts().search(f"{one.measure.text('title')} {one.measure.text('description')}")
        and one.started.number - one.analysed != one.started.excused
    ]
    if found:
        _, place, analysed, started = found[0]
        more = f" (and {len(found) - 1} more like it)" if len(found) > 1 else ""
        yield place.problem(
            f"{analysed:g} of the {started.number:g} participants of '{started.title}' who started were analysed, and"
            f" nothing says why not all{more}",
            hint="say in the analysis population description who was analysed and why others were not",
            related=[started.node, *(other.place for other in found[1:])],
        )


def _swapped(compared: list[Compared]) -> set[Path]:
    """Return the tables in which as many were analysed as had started, but in other groups."""
    tables: dict[Path, list[Compared]] = {}
    for one in compared:
        tables.setdefault(one.place.path[:-2], []).append(one)
    return {
        path
        for path, groups in tables.items()
        if sorted(one.analysed for one in groups) == sorted(one.started.number for one in groups)
    }


_words = pattern(r"[a-z0-9]+")
_IDLE = frozenset((
    "the", "of", "in", "at", "to", "and", "or", "a", "an", "for", "from", "by", "with", "on", "as", "is", "be",
    "are", "number", "percentage", "percent", "change", "baseline", "who", "had", "participants", "patients",
    "subjects", "measured", "assessed", "mean", "week", "weeks", "month", "months", "day", "days", "year",
    "years",
))  # fmt: skip


def _said(*texts: str) -> set[str]:
    return {word[:6] for text in texts for word in _words().findall(text.casefold())} - _IDLE


def _counterpart(one: Node, others: list[Node]) -> bool:
    """Say whether an outcome shares most of its telling words with one of the others."""
    title = _said(one.text("measure") or one.text("title"))
    for other in others:
        there = _said(other.text("measure") or other.text("title"))
        if not title or not there or len(title & there) * 2 >= min(len(title), len(there)):
            return True
    return False


class _Primaries(NamedTuple):
    """Primary outcomes of protocol and results without a counterpart among those of the other side."""

    unreported: list[Node]
    unregistered: list[Node]
    registered: list[Node]
    reported: list[Node]


def _unmatched(ctx: Context) -> _Primaries:
    registered = ctx.node("outcomesModule").items("primaryOutcomes")
    measures = ctx.root.child("resultsSection", "outcomeMeasuresModule").items("outcomeMeasures")
    reported = [measure for measure in measures if measure.get("type") == "PRIMARY"]
    if {one.get("measure") for one in registered} == {one.get("title") for one in reported}:
        return _Primaries([], [], registered, reported)
    return _Primaries(
        [one for one in registered if not _counterpart(one, reported)],
        [one for one in reported if not _counterpart(one, registered)],
        registered,
        reported,
    )


@rule(
    "RES013",
    "registered-primary-not-reported",
    severity=WARNING,
    confidence=MEDIUM,
    at=_MEASURES,
    examples=[
        bad({_FIRST + ".type": "SECONDARY"}, base="results", path="/protocolSection/outcomesModule/primaryOutcomes/0"),
        bad({"outcomesModule.primaryOutcomes[1]": {"measure": "Sleep Efficiency by Actigraphy", "timeFrame": "Week 8"}},
            base="results", path="/protocolSection/outcomesModule/primaryOutcomes/1"),
        good(base="results"),
        good({_FIRST + ".title": "Monthly Headache Days (Diary)"}, base="results", note="worded anew"),
        good({_FIRST + ".reportingStatus": "NOT_POSTED", _FIRST + ".anticipatedPostingDate": "2026-03"},
             base="results", note="to be reported later"),
    ],
)  # fmt: skip
def registered_primary_not_reported(measures: Node, ctx: Context) -> Iterator[Problem]:
    """A primary outcome of the protocol is not among the primary outcomes of the results.

    Why: results have to be reported for every primary outcome that was registered; one that disappears, or becomes
    secondary, looks like selective reporting.
    What to do: report the outcome as primary, or say in its description why no data were collected.
    False positives: titles are compared by their telling words, so that edits at the entry of results do not matter;
    outcomes that are to be reported later count as present.
    Source: PRS major comments, https://clinicaltrials.gov/policy/results-definitions#OutcomeMeasureType
    """
    for one in ctx.memo(_unmatched).unreported:
        yield one.problem(
            f"the primary outcome '{one.text('measure')}' is not among the primary outcomes of the results",
            hint="report it as a primary outcome, or correct its type in the results",
            related=ctx.memo(_unmatched).reported,
        )


@rule(
    "RES014",
    "unregistered-outcome-reported-as-primary",
    severity=WARNING,
    confidence=MEDIUM,
    at=_MEASURES,
    examples=[
        bad({_SECOND + ".type": "PRIMARY"}, base="results", path=_PATH + "1/type"),
        bad({_SECOND + ".type": "PRIMARY", _SECOND + ".title": "Sleep Efficiency by Actigraphy"}, base="results"),
        good(base="results"),
        good({_SECOND + ".type": "POST_HOC", _SECOND + ".title": "Sleep Efficiency by Actigraphy"}, base="results"),
        good({_FIRST + ".title": "Headache Days per Month in the Electronic Diary"}, base="results",
             note="worded anew"),
        good({"outcomesModule.primaryOutcomes": None, _SECOND + ".type": "PRIMARY"}, base="results",
             note="nothing to compare with"),
    ],
)  # fmt: skip
def unregistered_outcome_reported_as_primary(measures: Node, ctx: Context) -> Iterator[Problem]:
    """An outcome is reported as primary that is not a primary outcome of the protocol.

    Why: a primary outcome that was chosen after the data were seen can show whatever one likes.
    What to do: correct the type: secondary, other pre-specified or post-hoc.
    False positives: titles are compared by their telling words; as many new titles as old ones are missing are taken
    for outcomes worded anew.
    Source: PRS major comments, https://clinicaltrials.gov/policy/results-definitions#OutcomeMeasureType
    """
    found = ctx.memo(_unmatched)
    if not found.registered or len(found.unregistered) <= len(found.unreported):
        return
    for one in found.unregistered:
        yield one.problem(
            f"'{one.text('title')}' is reported as a primary outcome, but is none in the protocol",
            "type",
            hint="choose secondary, other pre-specified or post-hoc, or correct the protocol section",
            related=found.registered,
        )


@rule(
    "RES092",
    "reported-time-frame-differs",
    severity=WARNING,
    at=_MEASURES,
    examples=[
        bad({_FIRST + ".timeFrame": "Baseline and week 12"}, base="results", path=_PATH + "0/timeFrame"),
        bad({"outcomesModule.primaryOutcomes[0].timeFrame": "One year"}, base="results"),
        good(base="results"),
        good({_FIRST + ".timeFrame": "baseline, and weeks 21 to 24."}, base="results", note="punctuation"),
        good({_FIRST + ".type": "SECONDARY", _FIRST + ".timeFrame": "Week 52"}, base="results"),
        good({_FIRST + ".timeFrame": "Week 52", "outcomesModule.primaryOutcomes[1]": {
                 "measure": "Change From Baseline in Monthly Headache Days", "timeFrame": "Week 52"}},
             base="results", note="registered with two time frames"),
    ],
)  # fmt: skip
def reported_time_frame_differs(measures: Node, ctx: Context) -> Iterator[Problem]:
    """A primary outcome is reported for another time frame than the one that was registered.

    Why: the time of measurement is part of the outcome; a change after the fact is outcome switching.
    What to do: report the registered time frame, and add others as secondary or post-hoc outcomes.
    False positives: only outcomes of the same title are compared, without punctuation and case; one of several
    registered time frames is enough.
    Source: PRS major comments, https://clinicaltrials.gov/policy/results-definitions#OutcomeMeasureTimeFrame
    """
    registered: dict[str, list[Node]] = {}
    for one in ctx.node("outcomesModule").items("primaryOutcomes"):
        registered.setdefault(title_key(one.text("measure")), []).append(one.child("timeFrame"))
    for measure in measures.items():
        same = registered.get(title_key(measure.text("title")), []) if measure.get("type") == "PRIMARY" else []
        if not same or any(frame.value == measure.get("timeFrame") for frame in same):
            continue
        reported = folded(measure.text("timeFrame"))
        if reported and all(frame.value and folded(frame.text()) != reported for frame in same):
            yield measure.problem(
                f"the time frame is '{measure.text('timeFrame')}', but '{same[0].text()}' was registered",
                "timeFrame",
                hint="report the registered time frame, and others as outcomes of their own",
                related=same,
            )


def _repeats(measures: Any) -> Any:
    titles = [measure.get("title") for measure in measures]
    return len(set(titles)) < len(titles)


@rule(
    "RES088",
    "reported-outcome-duplicate",
    severity=WARNING,
    at=_MEASURES,
    when=_repeats,
    examples=[
        bad({_SECOND + ".title": "Change From Baseline in Monthly Headache Days",
             _SECOND + ".timeFrame": "Baseline and weeks 21 to 24",
             _SECOND + ".unitOfMeasure": "days per 28 days",
             _SECOND + ".populationDescription":
                 "All participants who were assigned to a treatment and kept the diary.",
             _SECOND + ".description":
                 "Days with headache of any severity, counted in the electronic diary over 28 days."},
            base="results", path=_PATH + "1/title"),
        bad({_LIST + "[2]": {"type": "SECONDARY", "title": "Relapse", "timeFrame": "1 year"},
             _LIST + "[3]": {"type": "SECONDARY", "title": "Relapse", "timeFrame": "1 year"}}, base="results"),
        good(base="results"),
        good({_SECOND + ".title": "Change From Baseline in Monthly Headache Days", _SECOND + ".timeFrame": "Week 52"},
             base="results"),
        good({_SECOND + ".title": "Change From Baseline in Monthly Headache Days",
              _SECOND + ".timeFrame": "Baseline and weeks 21 to 24", _SECOND + ".description": "Days with aura."},
             base="results", note="the description tells them apart"),
    ],
)  # fmt: skip
def reported_outcome_duplicate(measures: Node, ctx: Context) -> Iterator[Problem]:
    """An outcome is reported twice: title, time frame and description are the same.

    Why: readers cannot tell which of the two tables holds, or what the second one adds.
    What to do: delete the copy, or say in title or description what tells the two apart.
    False positives: another time frame, description, population or unit tells outcomes apart.
    Source: ClinicalTrials.gov results data elements, Outcome Measure Title,
    https://clinicaltrials.gov/policy/results-definitions#OutcomeMeasureTitle
    """
    members = ("title", "timeFrame", "description", "populationDescription", "unitOfMeasure")
    seen: dict[tuple[str, ...], Node] = {}
    for measure in measures.items():
        key = tuple(folded(measure.text(name)) for name in members)
        first = seen.setdefault(key[:3] if not measure.get("unitOfMeasure") else key, measure)
        if first is not measure and key[0]:
            yield measure.problem(
                f"'{measure.text('title')}' is reported twice with the same time frame and description",
                "title",
                hint="delete the copy, or say what tells the two outcomes apart",
                related=[first.child("title")],
            )
