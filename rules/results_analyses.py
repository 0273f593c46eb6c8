"""RES: statistical analyses in the results, against themselves and the measure they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lint.api import ERROR, EVERY, MEDIUM, WARNING, Context, Node, Problem, bad, good, pattern, rule
from lint.rules.readers.measures import MEASURES, last_place, number

_ANALYSES = MEASURES + ".analyses[*]"
_PATH = "/resultsSection/outcomeMeasuresModule/outcomeMeasures/0/"
_MEASURE = "resultsSection.outcomeMeasuresModule.outcomeMeasures[0]"
_ANALYSIS = _MEASURE + ".analyses[0]"

_not_the_estimate = pattern(r"(?i)log|test|statistic|slope|see (?:above|below|comment)|ancova|anova|fold|other")


def _interval(analysis: Any) -> Any:
    return "ciLowerLimit" in analysis and "ciUpperLimit" in analysis


@rule(
    "RES007",
    "confidence-interval-invalid",
    severity=ERROR,
    profiles=EVERY,
    at=_ANALYSES,
    when=_interval,
    examples=[
        bad({_ANALYSIS + ".ciLowerLimit": "-1.0", _ANALYSIS + ".ciUpperLimit": "-4.4"}, base="results",
            path=_PATH + "analyses/0/ciLowerLimit"),
        bad({_ANALYSIS + ".paramType": "Odds Ratio (OR)", _ANALYSIS + ".paramValue": "15.2",
             _ANALYSIS + ".ciLowerLimit": "0.3", _ANALYSIS + ".ciUpperLimit": "3.16"}, base="results",
            path=_PATH + "analyses/0/paramValue"),
        good(base="results"),
        good({_ANALYSIS + ".paramValue": "-4.41", _ANALYSIS + ".ciUpperLimit": "0"}, base="results", note="rounding"),
        good({_ANALYSIS + ".ciNumSides": "ONE_SIDED", _ANALYSIS + ".paramValue": "-6"}, base="results"),
        good({_ANALYSIS + ".paramType": "Hazard Ratio, Log", _ANALYSIS + ".paramValue": "-0.6",
              _ANALYSIS + ".ciLowerLimit": "0.3", _ANALYSIS + ".ciUpperLimit": "0.9"}, base="results",
             note="the interval of the ratio itself"),
        good({_ANALYSIS + ".paramType": "Log Rank Test Statistic", _ANALYSIS + ".paramValue": "17"}, base="results"),
        good({_ANALYSIS + ".ciUpperLimit": "NA"}, base="results"),
    ],
)  # fmt: skip
def confidence_interval_invalid(analysis: Node, ctx: Context) -> Iterator[Problem]:
    """A confidence interval of an analysis is upside down, or the estimate lies outside it.

    Why: at least one of the three numbers is wrong: exchanged, of another scale, or without its sign.
    What to do: compare the numbers with the analysis and correct them.
    False positives: differences of one unit of the last decimal are rounding; one-sided intervals, logarithms, test
    statistics and limits that are NA are left alone.
    Source: ClinicalTrials.gov review criteria, https://clinicaltrials.gov/policy/results-definitions#ConfInterval
    """
    low_text, high_text = analysis.text("ciLowerLimit"), analysis.text("ciUpperLimit")
    low, high = number(low_text), number(high_text)
    if low is None or high is None:
        return
    if low > high:
        yield analysis.problem(
            f"the lower limit {low_text} of the confidence interval is above the upper limit {high_text}",
            "ciLowerLimit",
            hint="exchange the limits, or correct the one that is wrong (a sign may be missing)",
            related=[analysis.child("ciUpperLimit")],
        )
        return
    text, kind = analysis.text("paramValue"), analysis.text("paramType")
    value = number(text)
    if value is None or analysis.get("ciNumSides") == "ONE_SIDED" or _not_the_estimate().search(kind):
        return
    slack = max(map(last_place, (low_text, high_text, text)))
    if not low - slack <= value <= high + slack:
        yield analysis.problem(
            f"the estimate {text} ({kind}) lies outside its confidence interval, {low_text} to {high_text}",
            "paramValue",
            hint="compare the estimate and the limits with the analysis and correct the one that is wrong",
            related=[analysis.child("ciLowerLimit"), analysis.child("ciUpperLimit")],
        )


@rule(
    "RES030",
    "analysis-groups-or-values-not-in-data",
    severity=ERROR,
    profiles=EVERY,
    at=MEASURES,
    when=lambda measure: "analyses" in measure,
    examples=[
        bad({_ANALYSIS + ".groupIds": ["OG000", "OG003"]}, base="results", path=_PATH + "analyses/0/groupIds/1"),
        bad({_MEASURE + ".classes": []}, base="results", path=_PATH + "analyses"),
        good(base="results"),
        good({_ANALYSIS + ".groupIds": ["OG001", "OG000"]}, base="results"),
        good({_ANALYSIS + ".groupIds": ["OG000"]}, base="results", note="a comparison with a historical control"),
    ],
)  # fmt: skip
def analysis_groups_or_values_not_in_data(measure: Node, ctx: Context) -> Iterator[Problem]:
    """An analysis names a group that the outcome does not have, or the outcome has no data.

    Why: the analysis cannot come from the table above it.
    What to do: choose the groups of this outcome; enter its data, or remove the analysis.
    False positives: an analysis of one group is left alone.
    Source: ClinicalTrials.gov results data elements, Comparison Group Selection,
    https://clinicaltrials.gov/policy/results-definitions#GroupSelection
    """
    if measure.get("analyses") and not measure.get("classes"):
        yield measure.problem(
            f"'{measure.text('title')}' has an analysis, but no data",
            "analyses",
            hint="enter the data of the outcome, or remove the analysis",
        )
        return
    known = {group.get("id") for group in measure.items("groups")}
    for analysis in measure.items("analyses"):
        for group in analysis.items("groupIds"):
            if group.value and group.value not in known:
                yield group.problem(
                    f"the analysis compares {group.value}, but the outcome has no such group",
                    hint="choose among the groups of this outcome",
                    related=[measure.child("groups")],
                )


_ratio = pattern(r"(?i)ratio|relative risk")
_difference = pattern(r"(?i)differ")
_p_value = pattern(r"^ *([<>=]?) *([0-9]*\.[0-9]+) *$")


def _null(kind: str) -> float | None:
    """Return the value of an estimate that means no effect, None if its name does not tell."""
    if _not_the_estimate().search(kind):
        return None
    ratio, difference = _ratio().search(kind), _difference().search(kind)
    if bool(ratio) == bool(difference):
        return None
    return 1.0 if ratio else 0.0


@rule(
    "RES080",
    "p-value-contradicts-interval",
    severity=WARNING,
    confidence=MEDIUM,
    at=_ANALYSES,
    when=lambda analysis: "pValue" in analysis and _interval(analysis) and analysis.get("ciPctValue") == "95",
    examples=[
        bad({_ANALYSIS + ".pValue": "0.62"}, base="results", path=_PATH + "analyses/0/pValue"),
        bad({_ANALYSIS + ".ciUpperLimit": "1.0"}, base="results"),
        bad({_ANALYSIS + ".paramType": "Odds Ratio (OR)", _ANALYSIS + ".paramValue": "1.3",
             _ANALYSIS + ".ciLowerLimit": "0.6", _ANALYSIS + ".ciUpperLimit": "2.4"}, base="results"),
        good(base="results"),
        good({_ANALYSIS + ".pValue": "0.06"}, base="results", note="near the border, methods differ"),
        good({_ANALYSIS + ".nonInferiorityType": "NON_INFERIORITY", _ANALYSIS + ".ciUpperLimit": "1.0"},
             base="results", note="the p-value is about the margin"),
        good({_ANALYSIS + ".ciPctValue": "90", _ANALYSIS + ".pValue": "0.2"}, base="results"),
        good({_ANALYSIS + ".pValue": "0.2", _ANALYSIS + ".paramType": "Slope"}, base="results"),
        good({_ANALYSIS + ".pValue": "1.3"}, base="results", note="no p-value at all, which is for RES006"),
    ],
)  # fmt: skip
def p_value_contradicts_interval(analysis: Node, ctx: Context) -> Iterator[Problem]:
    """The p-value says that there is an effect and the 95 % confidence interval that there is none, or the reverse.

    Why: both come from one analysis; when they contradict each other plainly, one of the numbers is wrong.
    What to do: compare both with the analysis; say in the comments if they come from different methods.
    False positives: only differences and ratios with a two-sided interval of 95 % are judged, and only p-values below
    0.01 or above 0.15, since tests and intervals by different methods part near 0.05. Non-inferiority,
    equivalence and adjusted p-values are left alone.
    Source: ClinicalTrials.gov review criteria, https://clinicaltrials.gov/policy/results-definitions#PValue
    """
    null = _null(analysis.text("paramType"))
    stated = _p_value().match(analysis.text("pValue"))
    low, high = number(analysis.get("ciLowerLimit")), number(analysis.get("ciUpperLimit"))
    if null is None or stated is None or low is None or high is None or not _two_sided_superiority(analysis):
        return
    sign, p = stated[1], float(stated[2])
    if p > 1:
        return
    excludes = null < low or null > high
    if (excludes and p > 0.15 and sign != "<") or (not excludes and low < null < high and p < 0.01 and sign != ">"):
        yield analysis.problem(
            f"the p-value is {analysis.text('pValue')}, but the confidence interval of {analysis.text('paramType')},"
            f" {analysis.text('ciLowerLimit')} to {analysis.text('ciUpperLimit')},"
            f" {'excludes' if excludes else 'includes'} {null:g}, which means no effect",
            "pValue",
            hint="compare both with the analysis; say in the comments if they come from different methods",
            related=[analysis.child("ciLowerLimit"), analysis.child("ciUpperLimit")],
        )


_adjusted = pattern(
    r"(?i)adjust|multiplic|one[- ]sided|1[- ]sided|interaction|non-?inferior|margin|overall|across|\branks?\b|hodges"
)


def _two_sided_superiority(analysis: Node) -> bool:
    if analysis.get("ciNumSides") == "ONE_SIDED" or "INFERIORITY" in analysis.text("nonInferiorityType"):
        return False
    comments = ("pValueComment", "estimateComment", "statisticalMethod", "nonInferiorityComment")
    return analysis.get("nonInferiorityType") != "EQUIVALENCE" and not any(
        _adjusted().search(analysis.text(name)) for name in comments
    )
