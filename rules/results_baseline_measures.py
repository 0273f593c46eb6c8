"""RES: the measures of the baseline table: race, the same measure twice, the same values in all groups."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from lint.api import ERROR, NOTE, Context, Node, Problem, bad, good, pattern, rule
from lint.rules.readers.measures import BASELINE_MEASURES, cells
from lint.rules.readers.results import BASELINE, final_rule_results

_PATH = "/resultsSection/baselineCharacteristicsModule/"
_MODULE = "resultsSection.baselineCharacteristicsModule"
_SEX = _MODULE + ".measures[1]"
_FEMALE = _SEX + ".classes[0].categories[0].measurements"

_race = pattern(r"(?i)\brac(?:e|ial)\b|\bethnic|\bancestry|\bcaucasian|\bhispanic|\bnationality")


@rule(
    "RES049",
    "race-and-ethnicity-missing",
    severity=ERROR,
    at=BASELINE + ".measures",
    when=lambda measures: not any(_race().search(one.get("title") or "") for one in measures),
    examples=[
        bad({_MODULE + ".measures[2]": None}, base="results", path=_PATH + "measures"),
        bad({_MODULE + ".measures[2].title": "Region of Enrollment"}, base="results"),
        good(base="results"),
        good({_MODULE + ".measures[2].title": "Race/Ethnicity, Customized"}, base="results"),
        good({_MODULE + ".measures[2]": None, "statusModule.primaryCompletionDateStruct.date": "2016-12"},
             base="results", note="primary completion before the Final Rule"),
        good({_MODULE + ".measures[2]": None, "statusModule.primaryCompletionDateStruct.date": "2017-01"},
             base="results", note="a month-only date that may be before it"),
    ],
)  # fmt: skip
def race_and_ethnicity_missing(measures: Node, ctx: Context) -> Iterator[Problem]:
    """The baseline table gives neither race nor ethnicity, nor says that they were not collected.

    Why: race and ethnicity are required, if they were collected, in results of studies whose primary completion is on
    or after 18 January 2017.
    What to do: add race and ethnicity, or the measure Race and Ethnicity Not Collected.
    False positives: customised titles count; earlier studies are left alone.
    Source: ClinicalTrials.gov results data elements, Race and Ethnicity,
    https://clinicaltrials.gov/policy/results-definitions#BaselineMeasureType
    """
    if measures.value and ctx.memo(final_rule_results):
        yield measures.problem(
            "the baseline table gives neither race nor ethnicity, and does not say that they were not collected",
            hint="add race and ethnicity, or the measure Race and Ethnicity Not Collected",
        )


def _repeated_titles(measures: Any) -> bool:
    titles = [one.get("title") for one in measures]
    return len(set(titles)) < len(titles)


@rule(
    "RES097",
    "baseline-measure-given-twice",
    severity=NOTE,
    at=BASELINE + ".measures",
    when=_repeated_titles,
    examples=[
        bad({_MODULE + ".measures[3]": {"title": "Age, Continuous", "paramType": "MEAN", "unitOfMeasure": "years"}},
            base="results", path=_PATH + "measures/3/title"),
        bad({_MODULE + ".measures[3]": {"title": "Sex: Female, Male", "paramType": "COUNT_OF_PARTICIPANTS",
             "unitOfMeasure": "Participants"}}, base="results"),
        good(base="results"),
        good({_MODULE + ".measures[3]": {"title": "Age, Continuous", "paramType": "MEDIAN", "unitOfMeasure": "years"}},
             base="results", note="mean and median"),
        good({_MODULE + ".measures[2]": {"title": "Race/Ethnicity, Customized", "paramType": "NUMBER"},
              _MODULE + ".measures[3]": {"title": "Race/Ethnicity, Customized", "paramType": "NUMBER"}}, base="results",
             note="customised measures may be several"),
        good({_MODULE + ".measures[3]": {"title": "Age, Continuous", "paramType": "MEAN", "unitOfMeasure": "years",
             "populationDescription": "Caregivers"}}, base="results", note="of other people"),
    ],
)  # fmt: skip
def baseline_measure_given_twice(measures: Node, ctx: Context) -> Iterator[Problem]:
    """The same baseline measure is given twice in the same way.

    Why: readers cannot tell which of the two holds; mostly one was left over.
    What to do: remove one, or say in title or description what tells them apart.
    False positives: customised measures may be several; another type (mean and median), unit, description or
    population tells two apart.
    Source: ClinicalTrials.gov results data elements, Baseline Measure Title,
    https://clinicaltrials.gov/policy/results-definitions#BaselineMeasureType
    """
    telling = ("title", "paramType", "unitOfMeasure", "description", "populationDescription")
    for one, other in combinations(measures.items(), 2):
        title = one.text("title")
        if "ustomized" not in title and title and all(one.get(name) == other.get(name) for name in telling):
            yield other.problem(
                f"'{title}' is given twice in the same way",
                "title",
                hint="remove one of the two, or say what tells them apart",
                related=[one.child("title")],
            )


def _copied(measure: Any) -> bool:
    """Say whether all groups of a mean or median have the same value and spread, to four digits."""
    if measure.get("paramType") not in ("MEAN", "MEDIAN"):
        return False
    found = [_numbers(cell) for cell in cells(measure)]
    return len(found) > _FEW and len(set(found)) == 1 and all(sum(map(str.isdigit, one)) >= _DIGITS for one in found[0])


_FEW, _DIGITS = 2, 4


def _numbers(cell: Any) -> tuple[str, str]:
    return cell.get("value") or "", cell.get("spread") or ""


_AGE = _MODULE + ".measures[0].classes[0].categories[0].measurements"


def _ages(*pairs: tuple[str, str]) -> dict[str, Any]:
    return {
        _AGE: [{"groupId": f"BG00{n}", "value": value, "spread": spread} for n, (value, spread) in enumerate(pairs)]
    }


@rule(
    "RES113",
    "baseline-values-equal-in-all-groups",
    severity=NOTE,
    at=BASELINE_MEASURES,
    when=_copied,
    examples=[
        bad(_ages(*[("57.63", "11.59")] * 3), base="results", path=_PATH + "measures/0/title"),
        bad(_ages(*[("43.12", "10.05")] * 3), base="results"),
        good(base="results"),
        good(_ages(*[("8.0", "1.9")] * 3), base="results", note="rounded values of large groups may be equal"),
        good(_ages(("57.63", "11.59"), ("56.80", "11.59"), ("57.21", "11.59")), base="results"),
        good(_ages(("57.63", "11.59")), base="results", note="a single group"),
    ],
)  # fmt: skip
def baseline_values_equal_in_all_groups(measure: Node, ctx: Context) -> Iterator[Problem]:
    """Mean and spread of a baseline measure are the same, to several digits, in all groups and in total.

    Why: that does not happen by chance; the values of all participants were copied into every group.
    What to do: enter the values of each group.
    False positives: values of fewer than four digits, which can agree in large groups, are left alone.
    Source: PRS major comments (data appear invalid), https://prsinfo.clinicaltrials.gov/MajorComments.html
    """
    first = next(iter(cells(measure.value)))
    yield measure.problem(
        f"'{measure.text('title')}' is {first.get('value')} (spread {first.get('spread')}) in every group and in total",
        "title",
        hint="enter the values of each group",
    )
