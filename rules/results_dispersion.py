"""RES: dispersion and limits of the values in the results, and values that are not available."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lint.api import ERROR, EVERY, Context, Node, Problem, bad, good, rule
from lint.rules.readers.measures import (
    BASELINE_MEASURES,
    MEASURES,
    Value,
    analysed,
    cells,
    group_titles,
    last_place,
    number,
    values,
)

_PATH = "/resultsSection/outcomeMeasuresModule/outcomeMeasures/"
_FIRST = "resultsSection.outcomeMeasuresModule.outcomeMeasures[0]"
_SECOND = "resultsSection.outcomeMeasuresModule.outcomeMeasures[1]"
_BASELINE = "resultsSection.baselineCharacteristicsModule.measures"


_CENTRAL = {"MEDIAN", "MEAN", "GEOMETRIC_MEAN", "LEAST_SQUARES_MEAN", "GEOMETRIC_LEAST_SQUARES_MEAN", "NUMBER"}


def _outside(value: Value, measure: Node) -> str:
    """Say in words what is wrong with the limits of a value; "" if nothing is."""
    if not measure.get("dispersionType"):
        return ""
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


def _out_of_order(value: Any) -> bool:
    """Say quickly whether a value and its limits are not in order, rounding or not."""
    if "lowerLimit" not in value and "upperLimit" not in value:
        return False
    known = [one for name in ("lowerLimit", "value", "upperLimit") if (one := number(value.get(name))) is not None]
    return known != sorted(known)


@rule(
    "RES022",
    "spread-or-range-invalid",
    severity=ERROR,
    profiles=EVERY,
    at=(MEASURES, BASELINE_MEASURES),
    when=lambda measure: measure.get("paramType") in _CENTRAL and any(map(_out_of_order, cells(measure))),
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
    limits that are NA, those beside a standard deviation (often the interval of a difference) and those of a measure
    without a dispersion are left alone.
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


def _titles(measure: Node, ctx: Context) -> dict[str, str]:
    """Return the titles of the groups of a measure; those of baseline measures stand above all of them."""
    above = ctx.root.child("resultsSection", "baselineCharacteristicsModule")
    titles: dict[str, str] = group_titles(measure if "groups" in measure.value else above)
    return titles


def _bare(value: Any) -> bool:
    return not ("spread" in value or "lowerLimit" in value or "upperLimit" in value or "comment" in value)


@rule(
    "RES050",
    "spread-missing",
    severity=ERROR,
    at=(MEASURES, BASELINE_MEASURES),
    when=lambda measure: measure.get("dispersionType") not in (None, "", "NA") and any(map(_bare, cells(measure))),
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
        if one.number is not None and (one.analysed is None or one.analysed > 1) and _bare(one.node.value)
    ]
    if wrong:
        group = wrong[0].text("groupId")
        yield wrong[0].problem(
            f"the dispersion is {measure.text('dispersionType')}, but the value {wrong[0].text('value')} of"
            f" '{_titles(measure, ctx).get(group) or group}' has none",
            hint="enter the dispersion of every value; NA with an explanation where it could not be calculated",
            related=wrong[1:],
        )


_NUMBERS = ("value", "spread", "lowerLimit", "upperLimit")


def _unexplained(value: Any) -> bool:
    if "comment" in value or "NA" not in value.values():
        return False
    return not _has_limits(value) or "NA" in (value.get("value"), value["lowerLimit"], value["upperLimit"])


@rule(
    "RES035",
    "na-value-without-explanation",
    severity=ERROR,
    at=(MEASURES, BASELINE_MEASURES),
    when=lambda measure: any(map(_unexplained, cells(measure))),
    examples=[
        bad({_FIRST + ".classes[0].categories[0].measurements[0].value": "NA"}, base="results",
            path=_PATH + "0/classes/0/categories/0/measurements/0"),
        bad({_BASELINE + "[0].classes[0].categories[0].measurements[1].spread": "NA"}, base="results"),
        good(base="results"),
        good({_FIRST + ".classes[0].categories[0].measurements[0]":
                  {"groupId": "OG000", "value": "NA", "comment": "The median was not reached."}}, base="results"),
        good({_FIRST + ".classes[0].categories[0].measurements[0]":
                  {"groupId": "OG000", "value": "6", "lowerLimit": "2", "upperLimit": "NA", "comment": "Few events."}},
             base="results"),
        good({_FIRST + ".classes[0].categories[0].measurements[0].value": "0"}, base="results"),
    ],
)  # fmt: skip
def na_value_without_explanation(measure: Node, ctx: Context) -> Iterator[Problem]:
    """A value or limit is NA, and nothing says why.

    Why: the reader cannot tell a median that was not reached from a result that was lost.
    What to do: explain why the number is not available, such as that too few events occurred to estimate it.
    False positives: zeros and empty cells are left alone; one comment explains all numbers of its cell.
    Source: ClinicalTrials.gov results data elements, NA Explanation,
    https://clinicaltrials.gov/policy/results-definitions#OutcomeNaComment
    """
    found = [one.node for one in values(measure) if _unexplained(one.node.value)]
    titles = _titles(measure, ctx)
    for node in found[:1]:
        names = " and ".join(name for name in _NUMBERS if node.get(name) == "NA")
        group = node.text("groupId")
        yield node.problem(
            f"{names} of '{titles.get(group) or group}' is NA without an explanation",
            hint="explain why the number is not available, such as that too few events occurred",
            related=found[1:],
            missing="comment",
        )


def _has_limits(value: Any) -> bool:
    """Say whether a value has both limits; a spread beside them is left over from another kind of dispersion."""
    return "lowerLimit" in value and "upperLimit" in value


def _negative(value: Any) -> bool:
    return (value.get("spread") or "").startswith("-") and not _has_limits(value)


@rule(
    "RES052",
    "spread-negative",
    severity=ERROR,
    profiles=EVERY,
    at=(MEASURES, BASELINE_MEASURES),
    when=lambda measure: any(map(_negative, cells(measure))),
    examples=[
        bad({_FIRST + ".classes[0].categories[0].measurements[0].spread": "-3.2"}, base="results",
            path=_PATH + "0/classes/0/categories/0/measurements/0/spread"),
        bad({_BASELINE + "[0].classes[0].categories[0].measurements[1].spread": "-11.5"}, base="results"),
        good(base="results"),
        good({_FIRST + ".classes[0].categories[0].measurements[0].spread": "0"}, base="results"),
        good({_FIRST + ".classes[0].categories[0].measurements[0]":
                  {"groupId": "OG000", "value": "-6.1", "lowerLimit": "-8.0", "upperLimit": "-4.2"}}, base="results",
             note="limits may be negative"),
        good({_FIRST + ".classes[0].categories[0].measurements[0]": {"groupId": "OG000", "value": "-6.1",
              "spread": "-6.1", "lowerLimit": "-8.0", "upperLimit": "-4.2"}}, base="results", note="left over"),
    ],
)  # fmt: skip
def spread_negative(measure: Node, ctx: Context) -> Iterator[Problem]:
    """A standard deviation, standard error or coefficient of variation is negative.

    Why: it cannot be; often a limit of an interval stands in the wrong place.
    What to do: check the number against the analysis and enter it without the sign, or enter the limits.
    False positives: limits of ranges and intervals may be negative and stand elsewhere; a number beside both limits is
    left over from another kind of dispersion.
    Source: ClinicalTrials.gov results data elements, Measure of Dispersion,
    https://clinicaltrials.gov/policy/results-definitions#OutcomeMeasureDispersType
    """
    found = [one.node.child("spread") for one in values(measure) if _negative(one.node.value)]
    for node in found[:1]:
        yield node.problem(
            f"the dispersion '{node.text()}' is negative, which it cannot be",
            hint="check the number against the analysis and enter it without the sign, or enter the limits",
            related=found[1:],
        )
