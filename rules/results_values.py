"""RES: the values of measures in the results, against their limits, units and numbers analysed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lint.api import ERROR, EVERY, Context, Node, Problem, bad, good, pattern, rule
from lint.rules.readers.measures import (
    BASELINE_MEASURES,
    MEASURES,
    Value,
    analysed,
    group_titles,
    last_place,
    number,
    values,
)

_PATH = "/resultsSection/outcomeMeasuresModule/outcomeMeasures/"
_FIRST = "resultsSection.outcomeMeasuresModule.outcomeMeasures[0]"
_SECOND = "resultsSection.outcomeMeasuresModule.outcomeMeasures[1]"
_BASELINE = "resultsSection.baselineCharacteristicsModule.measures"


_of_people = pattern(r"(?i)(?:percent(?:age)?|%|per cent) of (?:the )?(?:all )?(?:participants|patients|subjects)")
_unbounded = pattern(r"(?i)chang|relative|increas|decreas|reduc|differen|improve|ratio|versus|compar|cumulative")


@rule(
    "RES018",
    "percentage-over-100-or-negative",
    severity=ERROR,
    profiles=EVERY,
    at=(MEASURES, BASELINE_MEASURES),
    when=lambda measure: "unitOfMeasure" in measure and _of_people().search(measure["unitOfMeasure"]),
    examples=[
        bad({_FIRST + ".title": "Percentage of Participants With a Response", _FIRST + ".paramType": "NUMBER",
             _FIRST + ".unitOfMeasure": "percentage of participants",
             _FIRST + ".classes[0].categories[0].measurements[0].value": "130"}, base="results",
            path=_PATH + "0/classes/0/categories/0/measurements/0/value"),
        bad({_FIRST + ".title": "Response", _FIRST + ".unitOfMeasure": "% of patients"}, base="results",
            note="negative"),
        good(base="results"),
        good({_FIRST + ".unitOfMeasure": "percentage of participants"}, base="results",
             note="the title speaks of a change"),
        good({_FIRST + ".title": "Ratio to Baseline", _FIRST + ".unitOfMeasure": "percent",
              _FIRST + ".classes[0].categories[0].measurements[0].value": "130"}, base="results"),
    ],
)  # fmt: skip
def percentage_over_100_or_negative(measure: Node, ctx: Context) -> Iterator[Problem]:
    """A percentage of participants is above 100 or below 0.

    Why: no more than all participants can have a result.
    What to do: correct the value, or the unit if something else is meant.
    False positives: only units that say "percentage of participants" are judged; titles that speak of a change, a
    difference or a ratio are left alone.
    Source: ClinicalTrials.gov review criteria, https://clinicaltrials.gov/policy/results-definitions#OutcomeData
    """
    if _unbounded().search(f"{measure.text('title')} {measure.text('unitOfMeasure')}"):
        return
    wrong = [one for one in values(measure) if one.number is not None and not 0 <= one.number <= 100]
    if wrong:
        first = wrong[0]
        yield first.node.problem(
            f"'{first.node.text('value')}' is no percentage of participants",
            "value",
            hint="correct the value, or the unit if it is no percentage of participants",
            related=[measure.child("unitOfMeasure"), *(one.node.child("value") for one in wrong[1:])],
        )


_CENTRAL = {"MEDIAN", "MEAN", "GEOMETRIC_MEAN", "LEAST_SQUARES_MEAN", "GEOMETRIC_LEAST_SQUARES_MEAN", "NUMBER"}


def _outside(value: Value, measure: Node) -> str:
    """Say in words what is wrong with the limits of a value; "" if nothing is."""
    low, high = number(value.node.get("lowerLimit")), number(value.node.get("upperLimit"))
    if low is not None and high is not None and low > high:
        return f"the lower limit {value.node.get('lowerLimit')} is above the upper limit {value.node.get('upperLimit')}"
    central, kind = value.number, measure.text("dispersionType").casefold().replace("_", " ")
    mean_and_quartiles = kind.startswith("inter") and measure.get("paramType") != "MEDIAN"
    if central is None or mean_and_quartiles or not ("range" in kind or "confidence" in kind):
        return ""
    for limit, sign, name in ((low, 1, "below the lower"), (high, -1, "above the upper")):
        if limit is None:
            continue
        text = value.node.get("lowerLimit" if sign == 1 else "upperLimit")
        if (limit - central) * sign > max(last_place(text), last_place(value.node.get("value"))):
            return f"the value {value.node.get('value')} is {name} limit {text}"
    return ""


@rule(
    "RES022",
    "spread-or-range-invalid",
    severity=ERROR,
    profiles=EVERY,
    at=(MEASURES, BASELINE_MEASURES),
    when=lambda measure: measure.get("paramType") in _CENTRAL and "dispersionType" in measure,
    examples=[
        bad({_FIRST + ".dispersionType": "95% Confidence Interval",
             _FIRST + ".classes[0].categories[0].measurements[0]":
                 {"groupId": "OG000", "value": "-6.1", "lowerLimit": "-4.2", "upperLimit": "-8.0"}}, base="results",
            path=_PATH + "0/classes/0/categories/0/measurements/0"),
        bad({_BASELINE + "[0].paramType": "MEDIAN", _BASELINE + "[0].dispersionType": "FULL_RANGE",
             _BASELINE + "[0].classes[0].categories[0].measurements[0]":
                 {"groupId": "BG000", "value": "17.0", "lowerLimit": "18.5", "upperLimit": "71"}}, base="results"),
        good(base="results"),
        good({_FIRST + ".dispersionType": "Inter-Quartile Range",
              _FIRST + ".classes[0].categories[0].measurements[0]":
                  {"groupId": "OG000", "value": "9", "lowerLimit": "1", "upperLimit": "4"}}, base="results",
             note="a mean may lie outside the quartiles"),
        good({_FIRST + ".dispersionType": "95% Confidence Interval",
              _FIRST + ".classes[0].categories[0].measurements[0]":
                  {"groupId": "OG000", "value": "0.05", "lowerLimit": "0.1", "upperLimit": "0.9"}}, base="results",
             note="rounding"),
        good({_FIRST + ".classes[0].categories[0].measurements[0]":
                  {"groupId": "OG000", "value": "-1.4", "spread": "1.9", "lowerLimit": "-0.5", "upperLimit": "0"}},
             base="results", note="the interval of a difference beside a standard deviation"),
        good({_FIRST + ".dispersionType": "95% Confidence Interval",
              _FIRST + ".classes[0].categories[0].measurements[0]":
                  {"groupId": "OG000", "value": "12", "lowerLimit": "8", "upperLimit": "NA", "comment": "Not reached"}},
             base="results"),
    ],
)  # fmt: skip
def spread_or_range_invalid(measure: Node, ctx: Context) -> Iterator[Problem]:
    """A range or confidence interval is upside down, or the value lies outside it.

    Why: at least one of the three numbers is wrong, as a rule exchanged or in the wrong column.
    What to do: compare the numbers with the analysis and correct them.
    False positives: differences of one unit of the last decimal are rounding; a mean may lie outside the quartiles;
    limits that are NA, and those beside a standard deviation (often the interval of a difference), are left alone.
    Source: ClinicalTrials.gov review criteria,
    https://clinicaltrials.gov/policy/results-definitions#OutcomeMeasureDispersType
    """
    wrong = [(one, fault) for one in values(measure) if (fault := _outside(one, measure))]
    if wrong:
        first, fault = wrong[0]
        more = f" (and {len(wrong) - 1} more like it)" if len(wrong) > 1 else ""
        yield first.node.problem(
            f"{fault}{more}",
            hint="compare the numbers with the analysis and correct them",
            related=[one.node for one, _ in wrong[1:]],
        )


@rule(
    "RES050",
    "spread-missing",
    severity=ERROR,
    at=(MEASURES, BASELINE_MEASURES),
    when=lambda measure: measure.get("dispersionType") not in (None, "", "NA"),
    examples=[
        bad({_FIRST + ".classes[0].categories[0].measurements[0]": {"groupId": "OG000", "value": "-6.1"}},
            base="results", path=_PATH + "0/classes/0/categories/0/measurements/0"),
        bad({_BASELINE + "[0].classes[0].categories[0].measurements[2]": {"groupId": "BG002", "value": "43.0"}},
            base="results"),
        good(base="results"),
        good({_FIRST + ".classes[0].categories[0].measurements[0]": {"groupId": "OG000", "value": "-6.1"},
              _FIRST + ".denoms[0].counts[0].value": "1"}, base="results", note="a single participant"),
        good({_FIRST + ".classes[0].categories[0].measurements[0]":
                  {"groupId": "OG000", "value": "NA", "comment": "Not reached"}}, base="results"),
        good({_FIRST + ".classes[0].categories[0].measurements[0]":
                  {"groupId": "OG000", "value": "4", "comment": "One participant only."}}, base="results"),
    ],
)  # fmt: skip
def spread_missing(measure: Node, ctx: Context) -> Iterator[Problem]:
    """A measure of dispersion is announced, but a value lacks it.

    Why: the table shows nothing where the reader looks for how sure the result is.
    What to do: enter the dispersion of every value; NA with an explanation where it could not be calculated.
    False positives: groups of one participant and values with a comment are left alone; one limit counts.
    Source: ClinicalTrials.gov results data elements, Measure of Dispersion,
    https://clinicaltrials.gov/policy/results-definitions#OutcomeMeasureDispersType
    """
    baseline = ctx.record["resultsSection"].get("baselineCharacteristicsModule") or {}
    overall = analysed(baseline, "Participants") if "baselineCharacteristicsModule" in measure.path else {}
    wrong = [
        one.node
        for one in values(measure, overall)
        if one.number is not None
        and (one.analysed is None or one.analysed > 1)
        and not one.node.value.keys() & {"spread", "lowerLimit", "upperLimit", "comment"}
    ]
    if wrong:
        yield wrong[0].problem(
            f"the dispersion is {measure.text('dispersionType')}, but the value {wrong[0].text('value')} of"
            f" {wrong[0].text('groupId')} has none",
            hint="enter the dispersion of every value; NA with an explanation where it could not be calculated",
            related=wrong[1:],
        )


@rule(
    "RES086",
    "count-exceeds-analysed",
    severity=ERROR,
    profiles=EVERY,
    at=MEASURES,
    when=lambda measure: measure.get("paramType") == "COUNT_OF_PARTICIPANTS",
    examples=[
        bad({_SECOND + ".classes[0].categories[0].measurements[1].value": "34"}, base="results",
            path=_PATH + "1/classes/0/categories/0/measurements/1/value"),
        bad({_SECOND + ".classes[0].categories": [
                {"title": "Mild", "measurements": [{"groupId": "OG000", "value": "20"}]},
                {"title": "Severe", "measurements": [{"groupId": "OG000", "value": "14"}]}]}, base="results",
            note="categories exclude each other"),
        good(base="results"),
        good({_SECOND + ".classes[0].categories": [
                {"title": "Mild", "measurements": [{"groupId": "OG000", "value": "20"}]},
                {"title": "Severe", "measurements": [{"groupId": "OG000", "value": "10"}]}]}, base="results"),
        good({_SECOND + ".classes": [
                {"title": "Nausea", "categories": [{"measurements": [{"groupId": "OG000", "value": "20"}]}]},
                {"title": "Fever", "categories": [{"measurements": [{"groupId": "OG000", "value": "14"}]}]}]},
             base="results", note="rows may overlap"),
        good({_SECOND + ".classes[0].denoms": [
                {"units": "Participants", "counts": [{"groupId": "OG000", "value": "40"}]}],
              _SECOND + ".classes[0].categories[0].measurements[0].value": "34"}, base="results",
             note="the row has its own number analysed"),
    ],
)  # fmt: skip
def count_exceeds_analysed(measure: Node, ctx: Context) -> Iterator[Problem]:
    """More participants are counted than were analysed.

    Why: a count of participants cannot exceed the number of participants analysed, nor can categories that exclude
    each other exceed it together.
    What to do: correct the count or the number analysed; events belong into a Number with events as the unit.
    False positives: rows may overlap and are judged one by one; numbers analysed per row win over the overall ones.
    Source: ClinicalTrials.gov results data elements, Category or Row Title,
    https://clinicaltrials.gov/policy/results-definitions#OutcomeCategoryTitle
    """
    sums: dict[tuple[int, str], list[Value]] = {}
    for one in values(measure):
        if one.number is not None and one.analysed is not None:
            sums.setdefault((one.row, one.group), []).append(one)
    titles = group_titles(measure)
    for parts in sums.values():
        total, most = sum(part.number or 0 for part in parts), parts[0].analysed or 0
        if total > most:
            counted = f"{total:g} participants" + (" in all categories together" if len(parts) > 1 else "")
            yield parts[-1].node.problem(
                f"{counted} of the group '{titles.get(parts[0].group, parts[0].group)}' are counted, but {most:g} were"
                " analysed",
                "value",
                hint="correct the count or the number analysed; if events are counted choose the type Number",
                related=[part.node.child("value") for part in parts[:-1]],
            )
            return


def _strangers(measure: Any) -> Any:
    known = {group.get("id") for group in measure.get("groups") or ()}
    return known and any(
        value.get("groupId") not in known
        for row in measure.get("classes") or ()
        for category in row.get("categories") or ()
        for value in category.get("measurements") or ()
    )


@rule(
    "RES090",
    "value-of-unknown-group",
    severity=ERROR,
    profiles=EVERY,
    at=MEASURES,
    when=_strangers,
    examples=[
        bad({_FIRST + ".classes[0].categories[0].measurements[1].groupId": "OG004"}, base="results",
            path=_PATH + "0/classes/0/categories/0/measurements/1"),
        bad({_FIRST + ".groups[1].id": "OG009"}, base="results"),
        good(base="results"),
        good({_FIRST + ".groups": None}, base="results", note="no groups to compare with"),
        good({_FIRST + ".groups[1]": {"id": "OG001"}}, base="results"),
    ],
)  # fmt: skip
def value_of_unknown_group(measure: Node, ctx: Context) -> Iterator[Problem]:
    """A value belongs to a group that the outcome does not have.

    Why: the value cannot be shown, and nobody knows whose it is.
    What to do: correct the id of the group, or add the group.
    False positives: outcomes without any group are another matter.
    Source: ClinicalTrials.gov results data elements, Arm/Group Information,
    https://clinicaltrials.gov/policy/results-definitions#OutcomeArmGroup
    """
    known = {group.get("id") for group in measure.items("groups")}
    strangers = [one.node for one in values(measure) if one.node.get("groupId") not in known]
    for node in strangers[:1]:
        yield node.problem(
            f"the value '{node.text('value')}' belongs to '{node.text('groupId')}', which is no group of this outcome",
            hint="correct the id of the group, or add the group",
            related=[measure.child("groups"), *strangers[1:]],
        )
