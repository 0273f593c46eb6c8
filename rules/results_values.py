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
    cells,
    group_titles,
    number,
    values,
)

_PATH = "/resultsSection/outcomeMeasuresModule/outcomeMeasures/"
_FIRST = "resultsSection.outcomeMeasuresModule.outcomeMeasures[0]"
_SECOND = "resultsSection.outcomeMeasuresModule.outcomeMeasures[1]"
_BASELINE = "resultsSection.baselineCharacteristicsModule.measures"


_of_people = pattern(r"(?i)(?:percent(?:age)?|%|per cent) of (?:the )?(?:all )?(?:participants|patients|subjects)")
_unbounded = pattern(r"(?i)chang|relative|increas|decreas|reduc|differen|improve|ratio|versus|compar|cumulative")


def _unit_of_people(unit: str) -> Any:
    return ("%" in unit or "per" in unit or "Per" in unit) and _of_people().search(unit)


@rule(
    "RES018",
    "percentage-over-100-or-negative",
    severity=ERROR,
    profiles=EVERY,
    at=(MEASURES, BASELINE_MEASURES),
    when=lambda measure: _unit_of_people(measure.get("unitOfMeasure") or ""),
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


def _too_many(measure: Any) -> bool:
    """Say quickly whether the counts of a row exceed the smallest number analysed of any group."""
    least = min((count for count in analysed(measure, "Participants").values()), default=0.0)
    for row in measure.get("classes") or ():
        if "denoms" in row:
            return True
        sums: dict[str, float] = {}
        for value in cells({"classes": (row,)}):
            group = value.get("groupId") or ""
            sums[group] = sums.get(group, 0) + (number(value.get("value")) or 0)
        if max(sums.values(), default=0) > least:
            return True
    return False


@rule(
    "RES086",
    "count-exceeds-analysed",
    severity=ERROR,
    profiles=EVERY,
    at=MEASURES,
    when=lambda measure: measure.get("paramType") == "COUNT_OF_PARTICIPANTS" and _too_many(measure),
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


_not_whole = pattern(r"^ *-|^ *[0-9]*\.[0-9]*[1-9]|%")


def _uncountable(value: Any) -> bool:
    text = value.get("value") or ""
    return not text.isdecimal() and _not_whole().search(text) is not None


def _counts_amiss(measure: Any) -> bool:
    return (measure.get("paramType") or "").startswith("COUNT_OF") and any(map(_uncountable, cells(measure)))


@rule(
    "RES062",
    "count-not-whole",
    severity=ERROR,
    profiles=EVERY,
    at=(MEASURES, BASELINE_MEASURES),
    when=_counts_amiss,
    examples=[
        bad({_SECOND + ".classes[0].categories[0].measurements[0].value": "21.4"}, base="results",
            path=_PATH + "1/classes/0/categories/0/measurements/0/value"),
        bad({_BASELINE + "[1].classes[0].categories[0].measurements[0].value": "-2"}, base="results"),
        bad({_SECOND + ".classes[0].categories[0].measurements[0].value": "21 %"}, base="results"),
        good(base="results"),
        good({_SECOND + ".classes[0].categories[0].measurements[0]":
                  {"groupId": "OG000", "value": "NA", "comment": "Not counted at this visit."}}, base="results"),
        good({_SECOND + ".classes[0].categories[0].measurements[0].value": "6.0"}, base="results"),
    ],
)  # fmt: skip
def count_not_whole(measure: Node, ctx: Context) -> Iterator[Problem]:
    """A count of participants or units is negative, a fraction or a percentage.

    Why: people are counted in whole numbers; a percentage in this place is read as a number of people.
    What to do: enter the number that was counted; the registry calculates the percentage.
    False positives: NA, 12.0 and numbers with a thousands separator are left alone.
    Source: ClinicalTrials.gov results data elements, Measure Type,
    https://clinicaltrials.gov/policy/results-definitions#OutcomeMeasureParamType
    """
    wrong = [one.node.child("value") for one in values(measure) if _uncountable(one.node.value)]
    first, *others = wrong
    more = f" (and {len(others)} more like it)" if others else ""
    yield first.problem(
        f"'{first.text()}' is no whole number, but the type is {measure.text('paramType')}{more}",
        hint="enter the number that was counted, or change the type; the registry calculates percentages",
        related=[measure.child("paramType"), *others],
    )


def _strangers(measure: Any) -> Any:
    known = {group.get("id") for group in measure.get("groups") or ()}
    return known and any(value.get("groupId") not in known for value in cells(measure))


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
