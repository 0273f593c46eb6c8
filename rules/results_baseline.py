"""RES: baseline characteristics: their sums and the participants who started."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lint.api import ERROR, EVERY, WARNING, Context, Node, Problem, bad, good, pattern, rule
from lint.rules.readers.measures import BASELINE_MEASURES, Value, analysed, cells, number, title_key, values
from lint.rules.readers.reasons import counts_of_people, says_who_counts
from lint.rules.readers.results import BASELINE, Period, and_more, flow, participants, shown_group

_PATH = "/resultsSection/baselineCharacteristicsModule/"
_MODULE = "resultsSection.baselineCharacteristicsModule"
_COUNTS = _MODULE + ".denoms[0].counts"
_SEX = _MODULE + ".measures[1]"
_FEMALE = _SEX + ".classes[0].categories[0].measurements"
_FEMALE_PATH = _PATH + "measures/1/classes/0/categories/0/measurements/"

_REGIONS = "Region of Enrollment"
_OF_EVERYBODY = frozenset({"Sex: Female, Male", "Age, Categorical", "Race (NIH/OMB)", "Ethnicity (NIH/OMB)", _REGIONS})
"""Measures of the registry in which everybody has a place, in exactly one category."""


def _of_everybody(measure: Any) -> bool:
    return (
        measure.get("title") in _OF_EVERYBODY
        and measure.get("paramType") in ("COUNT_OF_PARTICIPANTS", "NUMBER")
        and (measure.get("unitOfMeasure") or "").casefold() == "participants"
    )


def _overall(ctx: Context) -> dict[str, float]:
    """Return how many participants of each group the baseline table is about; use it with ``ctx.memo``."""
    module = ctx.root.get("resultsSection", "baselineCharacteristicsModule") or {}
    return dict(analysed(module, "Participants"))


def _groups(ctx: Context) -> dict[str, str]:
    """Return the titles of the groups of the baseline table by their ids; use it with ``ctx.memo``."""
    groups = ctx.root.child("resultsSection", "baselineCharacteristicsModule").items("groups")
    return {group.get("id") or "": group.text("title") for group in groups}


def _total_group(ctx: Context) -> str:
    """Return the id of the only group of the title Total; "" if there is none."""
    totals = [group for group, title in ctx.memo(_groups).items() if title_key(title) == "total"]
    return totals[0] if len(totals) == 1 and len(ctx.memo(_groups)) > 1 else ""


def _rows(measure: Node, ctx: Context) -> list[list[Value]]:
    """Return the values that make one count of everybody: those of a class, or of all if each has one category."""
    one_each = all(len(row.get("categories") or ()) < 2 for row in measure.get("classes") or ())
    found: dict[int, list[Value]] = {}
    for value in values(measure, ctx.memo(_overall)):
        found.setdefault(0 if one_each else value.row, []).append(value)
    return list(found.values())


def _adds_up(measure: Any, overall: dict[str, float]) -> bool:
    """Say quickly whether a measure is the usual case: a single row, and every group sums up to its number."""
    rows: list[Any] = measure.get("classes") or []
    if len(rows) != 1 or "denoms" in measure or "denoms" in rows[0]:
        return False
    sums: dict[str, float] = {}
    for cell in cells(measure):
        group, value = cell.get("groupId") or "", cell.get("value") or ""
        if not value.isdigit():
            return False
        sums[group] = sums.get(group, 0) + int(value)
    return all(overall.get(group) == total for group, total in sums.items())


def _wrong_sums(measure: Node, ctx: Context) -> Iterator[tuple[list[Value], float, float]]:
    """Yield the values of each group whose sum is not the number of its participants, with both numbers."""
    region = measure.get("title") == _REGIONS
    fewer_explained = region or bool(measure.text("populationDescription")) or _explains_population(measure)
    for row in _rows(measure, ctx):
        for group in dict.fromkeys(value.group for value in row):
            mine = [value for value in row if value.group == group]
            numbers = [value.number for value in mine]
            stated = mine[0].analysed
            if stated is None or None in numbers:
                continue
            total = sum(one for one in numbers if one is not None)
            if total > stated or (total < stated and not fewer_explained):
                yield mine, total, stated


def _is_nested(found: list[tuple[list[Value], float, float]]) -> bool:
    """Say whether everybody is counted several times, in regions and in their countries."""
    return {total / stated if stated else 0 for _, total, stated in found} in ({2}, {3})


@rule(
    "RES004",
    "baseline-categories-do-not-sum",
    severity=ERROR,
    profiles=EVERY,
    at=BASELINE_MEASURES,
    when=_of_everybody,
    examples=[
        bad({_FEMALE + "[0].value": "20"}, base="results", path=_FEMALE_PATH + "0"),
        bad({_FEMALE + "[2].value": "50"}, base="results", path=_FEMALE_PATH + "2"),
        bad({_COUNTS + "[0].value": "31"}, base="results"),
        bad({_SEX + ".classes": [{"categories": [
              {"title": "Female", "measurements": [{"groupId": "BG000", "value": "30"}]},
              {"title": "Male", "measurements": [{"groupId": "BG000", "value": "30"}]}]}]}, base="results",
            note="everybody twice, but not in regions"),
        good(base="results"),
        good({_FEMALE + "[0].value": "NA", _FEMALE + "[2].value": "NA"}, base="results", note="withheld counts"),
        good({_SEX + ".title": "Region of Enrollment", _SEX + ".classes": [
              {"title": "Austria", "categories": [{"measurements": [{"groupId": "BG000", "value": "11"}]}]},
              {"title": "Switzerland", "categories": [{"measurements": [{"groupId": "BG000", "value": "19"}]}]}]},
             base="results", note="a row for each country"),
        good({_SEX + ".title": "Region of Enrollment", _SEX + ".classes": [
              {"title": "Europe", "categories": [{"measurements": [{"groupId": "BG000", "value": "30"}]}]},
              {"title": "Austria", "categories": [{"measurements": [{"groupId": "BG000", "value": "11"}]}]},
              {"title": "Switzerland", "categories": [{"measurements": [{"groupId": "BG000", "value": "19"}]}]}]},
             base="results", note="a region and its countries"),
        good({_SEX + ".title": "Race/Ethnicity, Customized", _FEMALE + "[0].value": "25"}, base="results",
             note="more than one answer is possible"),
        good({_SEX + ".denoms": [{"units": "Participants", "counts": [{"groupId": "BG000", "value": "29"}]}],
              _FEMALE + "[0].value": "21"}, base="results", note="one participant gave no answer"),
        good({_SEX + ".populationDescription": "Sex was not recorded for one participant.",
              _FEMALE + "[0].value": "21"}, base="results", note="a category is missing, and it says so"),
        good({_SEX + ".description": "Safety Population", _FEMALE + "[0].value": "21"}, base="results",
             note="the description names a smaller population"),
    ],
)  # fmt: skip
def baseline_categories_do_not_sum(measure: Node, ctx: Context) -> Iterator[Problem]:
    """The categories of a baseline count do not add up to the participants of the group.

    Why: everybody has a place in exactly one category of sex, age, race, ethnicity or region; a sum that differs
    shows that a number is wrong.
    What to do: correct the numbers, or add the category of those who are missing (unknown or not reported).
    False positives: only the registry's own measures are added up, not customised ones; the number analysed of the
    measure or the row counts before that of the table; groups with a withheld count (NA) are left alone, and so are
    fewer than everybody in regions, everybody twice (regions and their countries), and fewer where the measure
    describes its population, also in its description.
    Source: ClinicalTrials.gov results data elements, Baseline Measure Data,
    https://clinicaltrials.gov/policy/results-definitions#BaselineData
    """
    found = [] if _adds_up(measure.value, ctx.memo(_overall)) else list(_wrong_sums(measure, ctx))
    if found and not (measure.get("title") == _REGIONS and _is_nested(found)):
        mine, total, stated = found[0]
        yield mine[0].node.problem(
            f"the categories of '{measure.text('title')}' add up to {participants(total)} of"
            f" {shown_group(ctx.memo(_groups).get(mine[0].group, ''))}, but the group has {stated:g}"
            f"{and_more(len(found) - 1, 'groups')}",
            hint="correct the numbers, or add those who are missing as unknown or not reported",
            related=[value.node for value in mine[1:]] + [others[0].node for others, _, _ in found[1:]],
        )


@rule(
    "RES107",
    "baseline-total-is-no-sum",
    severity=ERROR,
    profiles=EVERY,
    at=BASELINE + ".denoms[*]",
    examples=[
        bad({_COUNTS + "[2].value": "61"}, base="results", path=_PATH + "denoms/0/counts/2/value"),
        bad({_COUNTS + "[1].value": "29"}, base="results", path=_PATH + "denoms/0/counts/2/value"),
        good(base="results"),
        good({_MODULE + ".groups[2].title": "All Who Were Screened", _COUNTS + "[2].value": "64"}, base="results"),
        good({_COUNTS + "[1].value": "NA"}, base="results"),
    ],
)  # fmt: skip
def baseline_total_is_no_sum(denom: Node, ctx: Context) -> Iterator[Problem]:
    """The total number of baseline participants is not the sum of the groups.

    Why: one of the numbers is wrong, and with it the percentages of the whole table.
    What to do: correct the number of the group or the total.
    False positives: only a group of the title Total is taken for the sum, and only where every group has a number.
    Source: ClinicalTrials.gov results data elements, Overall Number of Baseline Participants,
    https://clinicaltrials.gov/policy/results-definitions#OverallBaselineNumber
    """
    total = ctx.memo(_total_group)
    counts = {one.get("groupId") or "": one for one in denom.items("counts")}
    numbers = {group: number(one.get("value")) for group, one in counts.items()}
    stated = numbers.pop(total, None)
    if stated is None or None in numbers.values() or numbers.keys() != ctx.memo(_groups).keys() - {total}:
        return
    added = sum(one for one in numbers.values() if one is not None)
    if added != stated:
        yield counts[total].problem(
            f"the total of the baseline participants is {stated:g}, but the groups add up to {added:g}",
            "value",
            hint="correct the number of the group that is wrong, or the total",
            related=[counts[group].child("value") for group in numbers],
        )


@rule(
    "RES003",
    "baseline-differs-from-started",
    severity=WARNING,
    at=BASELINE,
    when=lambda module: "denoms" in module and not module.get("populationDescription"),
    examples=[
        bad({_COUNTS + "[0].value": "29", _COUNTS + "[2].value": "59"}, base="results", path=_PATH + "denoms/0"),
        bad({_COUNTS + "[1].value": "31", _COUNTS + "[2].value": "61"}, base="results"),
        good(base="results"),
        good({_COUNTS + "[0].value": "29", _COUNTS + "[2].value": "59", _MODULE + ".populationDescription":
              "One participant withdrew before any assessment."}, base="results"),
        good({_COUNTS + "[0].value": "15", _COUNTS + "[1].value": "15", _COUNTS + "[2].value": "30",
              "designModule.enrollmentInfo.count": 30}, base="results", note="the flow counts eyes; see RES002"),
        good({_MODULE + ".denoms[0].units": "Eyes", _COUNTS + "[2].value": "120"}, base="results"),
        good({_COUNTS + "[0].value": "29", _COUNTS + "[2].value": "59",
              "resultsSection.participantFlowModule.periods[0].milestones[3]": {"type": "Safety Population",
              "achievements": [{"groupId": "FG000", "numSubjects": "29"}, {"groupId": "FG001", "numSubjects": "30"}]}},
             base="results", note="a milestone tells who was left"),
        good({_COUNTS + "[0].value": "29", _COUNTS + "[2].value": "59", _MODULE + ".measures[0].description":
              "All randomised participants who took the tablets."}, base="results"),
        good({"resultsSection.participantFlowModule.periods[1]": {"title": "Treatment", "milestones": [
              {"type": "STARTED", "achievements": [{"groupId": "FG000", "numSubjects": "25"}]}]},
              _COUNTS + "[2].value": "25"}, base="results", note="a run-in before the baseline"),
        good({"resultsSection.participantFlowModule.preAssignmentDetails": "Of those who started, 59 were assessed.",
              _COUNTS + "[0].value": "29", _COUNTS + "[2].value": "59"}, base="results", note="the flow tells it"),
    ],
)  # fmt: skip
def baseline_differs_from_started(module: Node, ctx: Context) -> Iterator[Problem]:
    """The baseline table is about another number of participants than started, and nothing says why.

    Why: readers cannot tell who is left out of the table, or why there are more than started.
    What to do: explain the difference in the baseline analysis population description, or correct the number.
    False positives: a description of population, measure or group counts, as do a milestone that as many reached
    (Safety Population) and a text of the flow with the number; several periods, other units and a flow of twice as
    many as were enrolled (eyes) are left alone.
    Source: ClinicalTrials.gov results data elements, Baseline Analysis Population Description,
    https://clinicaltrials.gov/policy/results-definitions#BaselineAnalysisPopulationDesc
    """
    counts, total, periods = ctx.memo(_overall), ctx.memo(_total_group), ctx.memo(flow).periods
    described = counts.get(total, sum(counts.values()) if total == "" else None)
    first = periods[0].reached("STARTED") if len(periods) == 1 else {}
    started = sum(one.number for one in first.values())
    if not counts or not first or described is None or described == started:
        return
    if started == 2 * described and described == ctx.get("designModule.enrollmentInfo.count"):
        return
    if _reached_by(described, periods[0]) or any(map(_explains_population, module.items("measures"))):
        return
    if _told(described, ctx.root.child("resultsSection", "participantFlowModule"), module.items("groups")):
        return
    place = next(one for one in module.items("denoms") if (one.get("units") or "").casefold() == "participants")
    yield place.problem(
        f"the baseline table is about {described:g} participants, but {started:g} started, and nothing says why",
        hint="explain the difference in the baseline analysis population description, or correct the number",
        related=[one.node for one in first.values()],
    )


def _told(count: float, module: Node, groups: list[Node]) -> bool:
    """Say whether a text of the participant flow gives the number of the baseline table, or groups say who is in it."""
    text = f"{module.text('preAssignmentDetails')} {module.text('recruitmentDetails')}"
    narrowed = any(_narrowed().search(group.text("description")) for group in groups)
    return narrowed or "baseline" in text.casefold() or f"{count:g}" in counts_of_people(text)


_narrowed = pattern(r"(?i)\bnot included\b|\bonly\b|\bwho (?:received|completed|continued|did)\b")


def _reached_by(count: float, period: Period) -> bool:
    """Say whether a milestone that the study added, such as Safety Population, was reached by so many."""
    return any(
        sum(one.number for one in counts.values()) == count
        for name, counts in period.milestones.items()
        if name not in ("STARTED", "COMPLETED", "NOT COMPLETED")
    )


def _explains_population(measure: Node) -> bool:
    return says_who_counts().search(measure.text("description") + measure.text("populationDescription")) is not None
