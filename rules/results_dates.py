"""RES: results against the status and the dates of the study."""

from __future__ import annotations

from collections.abc import Iterator

from lint.api import ERROR, EVERY, WARNING, Context, Node, Problem, bad, good, rule
from lint.rules.readers.facts import study_facts
from lint.rules.readers.timeline import shown_date, timeline

_RESULTS = "$.resultsSection"
_STATUS = "/protocolSection/statusModule/"
_MEASURE = "resultsSection.outcomeMeasuresModule.outcomeMeasures[0]"
_PATH = "/resultsSection/outcomeMeasuresModule/outcomeMeasures/0"


@rule(
    "RES072",
    "primary-outcome-not-reported",
    severity=WARNING,
    at=_RESULTS + ".outcomeMeasuresModule.outcomeMeasures[*]",
    when=lambda measure: measure.get("reportingStatus") == "NOT_POSTED" and measure.get("type") == "PRIMARY",
    examples=[
        bad({_MEASURE + ".reportingStatus": "NOT_POSTED"}, base="results", path=_PATH + "/reportingStatus"),
        bad({_MEASURE: {"type": "PRIMARY", "title": "Survival", "timeFrame": "1 year",
                        "reportingStatus": "NOT_POSTED", "anticipatedPostingDate": "2024-09"}}, base="results"),
        good(base="results"),
        good({"resultsSection.outcomeMeasuresModule.outcomeMeasures[1].reportingStatus": "NOT_POSTED"},
             base="results", note="secondary outcomes may come later"),
        good({_MEASURE + ".reportingStatus": "NOT_POSTED",
              "statusModule.primaryCompletionDateStruct": {"date": "2026-03", "type": "ESTIMATED"}}, base="results",
             note="not all of its data are collected"),
    ],
)  # fmt: skip
def primary_outcome_not_reported(measure: Node, ctx: Context) -> Iterator[Problem]:
    """Results were entered, but the data of a primary outcome are to come later.

    Why: primary completion is the day on which the last data of the primary outcome were collected, and results are
    due a year after it; only outcomes that take longer may be reported later.
    What to do: enter the data; if nobody was analysed, enter 0 and explain why; correct the primary completion date if
    the data are not complete.
    False positives: secondary outcomes, and studies whose primary completion is only estimated, are left alone.
    Source: 42 CFR 11.44, https://www.ecfr.gov/current/title-42/section-11.44
    """
    primary = ctx.memo(timeline).primary_completion
    if primary is not None and primary.type == "ACTUAL":
        yield measure.problem(
            f"the data of the primary outcome '{measure.text('title')}' are not reported, although primary completion"
            f" was {primary}",
            "reportingStatus",
            hint="enter the data, or 0 analysed with an explanation, or correct the primary completion date",
            related=[primary],
        )


@rule(
    "RES094",
    "results-of-study-without-participants",
    severity=ERROR,
    profiles=EVERY,
    at=_RESULTS,
    examples=[
        bad({"statusModule.overallStatus": "WITHDRAWN"}, base="results", path=_STATUS + "overallStatus"),
        bad({"statusModule.overallStatus": "NOT_YET_RECRUITING"}, base="results"),
        good(base="results"),
        good({"statusModule.overallStatus": "TERMINATED"}, base="results"),
        good({"statusModule.overallStatus": "ACTIVE_NOT_RECRUITING"}, base="results", note="follow-up goes on"),
        good({"statusModule.overallStatus": "WITHDRAWN", "resultsSection": {}}, base="results"),
    ],
)  # fmt: skip
def results_of_study_without_participants(results: Node, ctx: Context) -> Iterator[Problem]:
    """A study that was withdrawn, or has not begun to recruit, has results.

    Why: both mean that nobody was enrolled; then there is nothing to report.
    What to do: correct the overall status: COMPLETED, or TERMINATED if the study was stopped after it had enrolled.
    False positives: an empty results section is left alone.
    Source: PRS protocol definitions, Overall Recruitment Status,
    https://clinicaltrials.gov/policy/protocol-definitions#OverallStatus
    """
    status = ctx.memo(study_facts).status
    if results.value and status in ("WITHDRAWN", "NOT_YET_RECRUITING"):
        yield ctx.node("statusModule.overallStatus").problem(
            f"overallStatus is {status}, which means that nobody was enrolled, but there are results",
            hint="correct the status: COMPLETED, or TERMINATED if the study was stopped after it had enrolled",
            related=[results],
        )


@rule(
    "RES096",
    "results-before-primary-completion",
    severity=WARNING,
    at=_RESULTS,
    examples=[
        bad({"statusModule.overallStatus": "ACTIVE_NOT_RECRUITING",
             "statusModule.primaryCompletionDateStruct": {"date": "2023-03", "type": "ESTIMATED"}}, base="results",
            path=_STATUS + "primaryCompletionDateStruct/date"),
        bad({"statusModule.resultsFirstSubmitDate": "2022-11-30"}, base="results"),
        good(base="results"),
        good({"statusModule.primaryCompletionDateStruct": {"date": "2024-02", "type": "ACTUAL"}}, base="results",
             note="the month in which the results were submitted"),
        good({"statusModule.primaryCompletionDateStruct": None}, base="results"),
        good({"statusModule.primaryCompletionDateStruct": {"date": "2023-03", "type": "ESTIMATED"}}, base="results",
             note="the study is completed, which is for DAT010"),
    ],
)  # fmt: skip
def results_before_primary_completion(results: Node, ctx: Context) -> Iterator[Problem]:
    """There are results, but the primary completion is estimated or later than their submission.

    Why: primary completion is the day on which the last data of the primary outcome were collected; results cannot
    come before it.
    What to do: enter the actual date of primary completion.
    False positives: dates without a day count from the first day of their month; estimates in a study that is
    completed or terminated are for DAT010.
    Source: PRS protocol definitions, Primary Completion Date,
    https://clinicaltrials.gov/policy/protocol-definitions#PrimaryCompletionDate
    """
    primary = ctx.memo(timeline).primary_completion
    if primary is None or not results.value:
        return
    submitted = ctx.node("statusModule").date("resultsFirstSubmitDate")
    late = submitted is not None and submitted.certainly_before(primary)
    still_open = primary.type == "ESTIMATED" and ctx.memo(study_facts).status not in ("COMPLETED", "TERMINATED")
    if still_open or late:
        when = f"results were submitted on {submitted}" if submitted else "there are results"
        yield primary.problem(
            f"primary completion is {shown_date(primary)}, but {when}",
            hint="enter the actual date of primary completion",
            related=[submitted or results],
        )
