"""RES: outcome measures in the results, against themselves, the protocol and the participant flow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lint.api import (
    AUDIT,
    ERROR,
    NOTE,
    WARNING,
    Context,
    Node,
    Problem,
    Severity,
    bad,
    good,
    parse_date,
    pattern,
    rule,
    value_at,
)
from lint.rules.readers.facts import FINAL_RULE
from lint.rules.readers.measures import BASELINE_MEASURES, MEASURES, group_titles, number
from lint.rules.readers.reasons import says_no_data
from lint.rules.readers.timeline import timeline

_MODULE = "$.resultsSection.outcomeMeasuresModule"
_LIST = "resultsSection.outcomeMeasuresModule.outcomeMeasures"
_PATH = "/resultsSection/outcomeMeasuresModule/outcomeMeasures/"
_FIRST = _LIST + "[0]"
_SECOND = _LIST + "[1]"


def _milder_before_final_rule(ctx: Context) -> Severity | None:
    """The registry refuses since 2017 what it only warned of before, by primary completion."""
    completion = ctx.memo(timeline).primary_completion
    return None if completion is None or completion.date.first >= FINAL_RULE else WARNING


_title_start = pattern(
    r"(?i)^\W*(percentage|percent|number|count) of (?:participants|patients|subjects) (?:with|who)\b"
)
_percent = pattern(r"(?i)perc|%|proportion|per cent")
_people = pattern(
    r"(?i)participa|patient|subject|people|person|individual|women|men\b|child|volunteer|adult|infant|partic|case|respon"
)


def _starts_with_count(measure: Any) -> Any:
    title = measure.get("title") or ""
    return title[:1] in "pPnNcC" and measure.get("unitOfMeasure") and _title_start().search(title)


@rule(
    "RES015",
    "unit-vs-title-mismatch",
    severity=ERROR,
    at=(MEASURES, BASELINE_MEASURES),
    when=_starts_with_count,
    examples=[
        bad({_SECOND + ".title": "Number of Participants Who Stopped", _SECOND + ".unitOfMeasure": "Percent",
             _SECOND + ".paramType": "NUMBER"}, base="results"),
        bad({_FIRST + ".title": "Percentage of Participants With a Response", _FIRST + ".paramType": "NUMBER",
             _FIRST + ".unitOfMeasure": "participants"}, base="results", path=_PATH + "0/unitOfMeasure"),
        bad({_SECOND + ".title": "Number of participants with nausea", _SECOND + ".unitOfMeasure": "percentage",
             _SECOND + ".paramType": "NUMBER"}, base="results", path=_PATH + "1/unitOfMeasure"),
        good(base="results"),
        good({_FIRST + ".title": "Percentage of Participants With a Response",
              _FIRST + ".unitOfMeasure": "percentage of participants"}, base="results"),
        good({_FIRST + ".title": "Number of Participants With a Response", _FIRST + ".unitOfMeasure": "Subjects"},
             base="results"),
        good({_FIRST + ".title": "Number of Participants Needed to Treat", _FIRST + ".unitOfMeasure": "ratio"},
             base="results", note="only titles that go on with or who are judged"),
        good({_FIRST + ".title": "Percentage of Participants With a Response",
              _FIRST + ".paramType": "COUNT_OF_PARTICIPANTS", _FIRST + ".unitOfMeasure": "Participants"},
             base="results", note="the registry shows the percentage beside the count"),
    ],
)  # fmt: skip
def unit_vs_title_mismatch(measure: Node, ctx: Context) -> Iterator[Problem]:
    """The title announces a number or a percentage of participants, but the unit is another.

    Why: 40 participants and 40 percent are different results; readers cannot know which is meant.
    What to do: correct the unit, or the title if the unit is right.
    False positives: only titles that begin with "percentage" or "number of participants with" or "who" are
    judged; patients and subjects count as participants, proportions as percentages; a count of participants to
    which the registry adds the percentage is left alone.
    Source: PRS release notes, 19 September 2018; unit of measure,
    https://clinicaltrials.gov/policy/results-definitions#OutcomeUnitOfMeasure
    """
    start = _title_start().search(measure.text("title"))
    if start is None:
        return
    unit = measure.text("unitOfMeasure")
    percentage = start[1].casefold().startswith("percent")
    if measure.get("paramType") == "COUNT_OF_PARTICIPANTS" and measure.get("calculatePct") is not False:
        return
    has_percent = _percent().search(unit) is not None
    fits = has_percent if percentage else not has_percent and _people().search(unit) is not None
    if fits:
        return
    yield measure.problem(
        f"'{start[0].strip()}' begins the title, but the unit is '{unit}'",
        "unitOfMeasure",
        hint="correct the unit, or the title if the unit is right",
        related=[measure.child("title")],
        severity=_milder_before_final_rule(ctx),
    )


@rule(
    "RES019",
    "zero-analysed-unexplained",
    severity=ERROR,
    at=(MEASURES, "$.resultsSection.baselineCharacteristicsModule"),
    when=lambda measure: "denoms" in measure and not measure.get("populationDescription"),
    examples=[
        bad({_FIRST + ".populationDescription": None, _FIRST + ".denoms[0].counts[0].value": "0"}, base="results",
            path=_PATH + "0/denoms/0/counts/0/value"),
        bad({_SECOND + ".populationDescription": "", _SECOND + ".denoms[0].counts[0].value": "0",
             _SECOND + ".denoms[0].counts[1].value": "0"}, base="results"),
        bad({"resultsSection.baselineCharacteristicsModule.denoms[0].counts[1].value": "0"}, base="results",
            path="/resultsSection/baselineCharacteristicsModule/denoms/0/counts/1/value"),
        good(base="results"),
        good({_FIRST + ".denoms[0].counts[0].value": "0",
              _FIRST + ".populationDescription": "The diary was not collected because the study was stopped."},
             base="results"),
        good({_FIRST + ".populationDescription": None}, base="results"),
        good({_FIRST + ".populationDescription": None, _FIRST + ".denoms[0].counts[0].value": "0",
              _FIRST + ".description": "Data were not collected, as the study was stopped."}, base="results",
             note="the description of the outcome says it"),
        good({_FIRST + ".populationDescription": None, _FIRST + ".denoms[0].counts[0].value": "0",
              _FIRST + ".description": "With only one arm left the measure no longer applied."}, base="results"),
    ],
)  # fmt: skip
def zero_analysed_unexplained(measure: Node, ctx: Context) -> Iterator[Problem]:
    """Nobody of a group was analysed for an outcome or at baseline, and the description of the population is missing.

    Why: an empty column leaves open whether data were lost, not collected or are withheld; the registry refuses it.
    What to do: say in the analysis population description why nobody was analysed.
    False positives: any description of the population counts as an explanation, as does one of the outcome that says
    that there are no data or why. Studies whose primary completion
    was before the Final Rule get a warning, as in the registry.
    Source: PRS release notes, 27 June 2018; analysis population,
    https://clinicaltrials.gov/policy/results-definitions#AnalysisPopulation
    """
    empty = [
        count.child("value")
        for denom in measure.items("denoms")
        for count in denom.items("counts")
        if number(count.get("value")) == 0
    ]
    if empty and not says_no_data().search(measure.text("description")):
        table = f"'{measure.text('title')}'" if measure.get("title") else "the baseline table"
        group = value_at(ctx.record, (*empty[0].path[:-1], "groupId")) or ""
        title = group_titles(measure).get(group) or group
        yield empty[0].problem(
            f"nobody of '{title}' was analysed for {table}, but there is no analysis population description to say why",
            hint="say there why nobody was analysed",
            related=empty[1:],
            severity=_milder_before_final_rule(ctx),
        )


@rule(
    "RES070",
    "outcome-reporting-overdue",
    severity=NOTE,
    profiles=AUDIT,
    at=_MODULE + ".outcomeMeasures",
    when=lambda measures: any("anticipatedPostingDate" in measure for measure in measures),
    examples=[
        bad({_SECOND + ".reportingStatus": "NOT_POSTED", _SECOND + ".anticipatedPostingDate": "2024-03"},
            base="results", path=_PATH + "1/anticipatedPostingDate"),
        bad({_FIRST + ".reportingStatus": "NOT_POSTED", _FIRST + ".anticipatedPostingDate": "2023-12"},
            base="results"),
        good(base="results"),
        good({_SECOND + ".reportingStatus": "NOT_POSTED", _SECOND + ".anticipatedPostingDate": "2026-01"},
             base="results"),
        good({_SECOND + ".reportingStatus": "NOT_POSTED", _SECOND + ".anticipatedPostingDate": "2024-06"},
             base="results", note="the month is not over"),
        good({_SECOND + ".anticipatedPostingDate": "2023-12"}, base="results", note="the data were posted"),
    ],
)  # fmt: skip
def outcome_reporting_overdue(measures: Node, ctx: Context) -> Iterator[Problem]:
    """The month for which the data of an outcome were announced has passed without them.

    Why: readers wait for a result that was promised.
    What to do: enter the data, or the month in which they can be expected now.
    False positives: a month counts as passed when it is over.
    Source: ClinicalTrials.gov results data elements, Anticipated Reporting Date,
    https://clinicaltrials.gov/policy/results-definitions#OutcomeAnticipatedPostDate
    """
    late = [
        (measure, due.text)
        for measure in measures.items()
        if measure.get("reportingStatus") == "NOT_POSTED"
        and (due := parse_date(measure.text("anticipatedPostingDate")))
        and ctx.past(due)
    ]
    if late:
        (first, month), *others = late
        more = f" (and {len(others)} more like it)" if others else ""
        yield first.problem(
            f"the data of '{first.text('title')}' were announced for {month} and are not there{more}",
            "anticipatedPostingDate",
            hint="enter the data, or the month in which they can be expected now",
            related=[measure.child("anticipatedPostingDate") for measure, _ in others],
        )


_GROUP_LISTS = (
    "$.resultsSection.participantFlowModule.groups",
    "$.resultsSection.baselineCharacteristicsModule.groups",
    MEASURES + ".groups",
    "$.resultsSection.adverseEventsModule.eventGroups",
)


def _shared_title(groups: Any) -> Any:
    titles = [group.get("title") for group in groups]
    return len(set(titles)) < len(titles)


@rule(
    "RES074",
    "results-group-duplicate-title",
    severity=WARNING,
    at=_GROUP_LISTS,
    when=_shared_title,
    examples=[
        bad({_FIRST + ".groups[1].title": "Exampline"}, base="results", path=_PATH + "0/groups/1/title"),
        bad({"resultsSection.adverseEventsModule.eventGroups[0].title": "Placebo"}, base="results"),
        good(base="results"),
        good({_FIRST + ".groups[1].title": "Exampline 100 mg"}, base="results"),
        good({_SECOND + ".groups[0].title": "Placebo", _SECOND + ".groups[1].title": "Exampline"}, base="results",
             note="another table may use the same titles"),
    ],
)  # fmt: skip
def results_group_duplicate_title(groups: Node, ctx: Context) -> Iterator[Problem]:
    """Two groups of one table of the results have the same title.

    Why: the columns of the table cannot be told apart.
    What to do: give each group a title that says what its participants got.
    False positives: groups of different tables should share their titles and are not compared; groups without a title
    are another matter.
    Source: ClinicalTrials.gov results data elements, Arm/Group Title,
    https://clinicaltrials.gov/policy/results-definitions#OutcomeArmGroupTitle
    """
    first: dict[str, Node] = {}
    for group in groups.items():
        title = group.text("title")
        if title and first.setdefault(title, group) is not group:
            yield group.problem(
                f"'{title}' is the title of two groups of the same table",
                "title",
                hint="give each group a title that says what its participants got",
                related=[first[title].child("title")],
            )
