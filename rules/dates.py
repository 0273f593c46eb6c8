"""DAT: the dates of a study, against each other and against today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from lint.api import (
    ERROR,
    EVERY,
    NOTE,
    WARNING,
    Context,
    DateNode,
    Node,
    Problem,
    Severity,
    bad,
    days_later,
    good,
    months_later,
    rule,
)
from lint.rules.readers.facts import ENDED, FINAL_RULE, ONGOING, study_facts
from lint.rules.readers.timeline import REGISTRATION_LAW, overdue, past_completion, shown_date, timeline

_STATUS = "$.protocolSection.statusModule"
_PATH = "/protocolSection/statusModule/"
_START, _PRIMARY, _COMPLETION = "startDateStruct", "primaryCompletionDateStruct", "completionDateStruct"


def _dates(start: str = "", primary: str = "", completion: str = "", kind: str = "ACTUAL") -> dict[str, object]:
    """The patch of an example: dates, all of one type."""
    given = ((_START, start), (_PRIMARY, primary), (_COMPLETION, completion))
    return {f"statusModule.{name}": {"date": text, "type": kind} for name, text in given if text}


@rule(
    "DAT003",
    "chronology-violation",
    severity=ERROR,
    profiles=EVERY,
    at=_STATUS,
    examples=[
        bad(_dates("2015-06", "2014-01"), path=_PATH + "primaryCompletionDateStruct/date"),
        bad(_dates("", "2023-06-10", "2023-05-31"), path=_PATH + "completionDateStruct/date"),
        good(_dates("2013-05", "2014-01")),
        good(_dates("2014-01-20", "2014-01"), note="the month may end after the day"),
        good(_dates("2013-05-31", "2013-05"), note="a page that turned a month into its last day"),
    ],
)
def chronology_violation(status: Node, ctx: Context) -> Iterator[Problem]:
    """The study ends before it starts, or is complete before its primary outcome is.

    Why: start, primary completion and completion follow each other by definition, so one of the dates is wrong.
    What to do: correct the date that is wrong; often a year was mistyped.
    False positives: a month stands for any of its days, and only what is certainly out of order is reported. A study
    that was withdrawn never began, so its dates prove nothing.
    Source: PRS protocol definitions, Study Start Date and Primary Completion Date,
    https://clinicaltrials.gov/policy/protocol-definitions#StartDate
    """
    if status.value.get("overallStatus") == "WITHDRAWN":
        return
    for (name, node), (later_name, later) in pairwise(ctx.memo(timeline).planned()):
        if later.certainly_before(node):
            yield later.problem(
                f"the {later_name} date {shown_date(later)} lies before the {name} date {shown_date(node)}",
                hint="correct the date that is wrong; look at the years first",
                related=[node],
            )


@rule(
    "DAT005",
    "actual-date-in-future",
    severity=ERROR,
    profiles=EVERY,
    at=_STATUS,
    examples=[
        bad(_dates("2031-01-01"), path=_PATH + "startDateStruct/date"),
        bad({**_dates("2023-06-20"), "statusModule.lastUpdateSubmitDate": "2023-06-01"}, note="entered in advance"),
        good(_dates("2021-01-01")),
        good({**_dates("2024-06"), "statusModule.lastUpdateSubmitDate": "2024-06-20"}, note="this month"),
        good({**_dates("2023-06-02"), "statusModule.lastUpdateSubmitDate": "2023-06-01"}, note="another time zone"),
        good(_dates("2031-01-01", kind="ESTIMATED")),
    ],
)  # fmt: skip
def actual_date_in_future(status: Node, ctx: Context) -> Iterator[Problem]:
    """A date is called ACTUAL, but had not come yet when it was entered.

    Why: nobody can know the actual date of something that has not happened.
    What to do: set the type to ESTIMATED, or correct the date.
    False positives: today is given with --as-of; a month counts as future only when it has not begun. East of the
    registry the next day has begun already, so one day is left alone.
    Source: PRS protocol definitions, Study Start Date, https://clinicaltrials.gov/policy/protocol-definitions#StartDate
    """
    dates = ctx.memo(timeline)
    touched = dates.touched
    for name, node in dates.planned():
        if node.type != "ACTUAL":
            continue
        if ctx.ahead(days_later(node.date.first, -1)):
            when = f"today is {ctx.as_of}"
        elif touched is not None and node.certainly_after(days_later(touched.date.last, 1)):
            when = f"the record was last updated on {touched}"
        else:
            continue
        yield node.problem(
            f"the {name} date {node} is called ACTUAL, but {when}",
            hint="set the type to ESTIMATED until the day has come, or correct the date",
        )


@rule(
    "DAT006",
    "estimated-date-in-past",
    severity=WARNING,
    at=_STATUS,
    examples=[
        bad(_dates("", "2024-01", kind="ESTIMATED"), path=_PATH + "primaryCompletionDateStruct/date"),
        bad({**_dates("", "2024-03-20", kind="ESTIMATED"), "statusModule.overallStatus": "ACTIVE_NOT_RECRUITING"}),
        good(_dates("", "2027-01", "2027-06", kind="ESTIMATED")),
        good(_dates("", "2024-06-10", kind="ESTIMATED"), note="an update may take 30 days"),
        good({**_dates("", "2014-01", "2014-06", kind="ESTIMATED"), "statusModule.overallStatus": "UNKNOWN"},
             note="REG005 says it"),
        good(_dates("", "2014-01", "2014-06", kind="ESTIMATED"), note="DAT011 says it"),
    ],
)  # fmt: skip
def estimated_date_in_past(status: Node, ctx: Context) -> Iterator[Problem]:
    """The primary completion is still an estimate although its day has passed.

    Why: the actual date is due within 30 days; readers plan by it, and the clock for results starts there.
    What to do: enter the actual date, or a new estimate.
    False positives: where the whole study is over by its dates DAT011 says so, for an unknown status REG005; both are
    not repeated here.
    Source: 42 CFR 11.64(a)(1)(ii), https://www.ecfr.gov/current/title-42/section-11.64
    """
    node = ctx.memo(timeline).primary_completion
    if node is None or node.type != "ESTIMATED" or not overdue(node, ctx):
        return
    if status.get("overallStatus") in ONGOING and not past_completion(ctx):
        yield node.problem(
            f"the primary completion date {node} is still an estimate, but it has passed (today is {ctx.as_of})",
            hint="enter the actual date with the type ACTUAL, or a new estimate",
        )


@rule(
    "DAT007",
    "date-type-missing",
    severity=WARNING,
    at=_STATUS,
    examples=[
        bad({"statusModule.startDateStruct": {"date": "2023-03"}}, path=_PATH + "startDateStruct"),
        good(),
        good({"statusModule.startDateStruct": None}),
        bad({"statusModule.startDateStruct": {"date": "2013-05"}, "statusModule.overallStatus": "UNKNOWN"},
            note="a note"),
        good({"statusModule.startDateStruct": {"date": "2013-05"}, "statusModule.overallStatus": "COMPLETED"},
             note="began before types existed, and is over"),
    ],
)  # fmt: skip
def date_type_missing(status: Node, ctx: Context) -> Iterator[Problem]:
    """A date does not say whether it is actual or estimated.

    Why: the type is a part of the element; without it nobody knows whether the thing has happened.
    What to do: add the type ACTUAL or ESTIMATED.
    False positives: types were asked for starts from 2017 on only; for older studies it is a note, and nothing where
    they are over, for the date cannot be an estimate any more.
    Source: PRS protocol definitions, Study Start Date, https://clinicaltrials.gov/policy/protocol-definitions#StartDate
    """
    untyped = [(name, node) for name, node in ctx.memo(timeline).planned() if not node.type]
    if not untyped:
        return
    old = _began_before(FINAL_RULE, ctx)
    if not (old and status.get("overallStatus") in ENDED):
        nodes = [Node(None, node.path[:-1]) for _, node in untyped]
        yield nodes[0].problem(
            "no type, ACTUAL or ESTIMATED, is given for "
            + " and ".join(f"the {name} date {node}" for name, node in untyped),
            hint="add the type: ACTUAL if it has happened, ESTIMATED otherwise",
            missing="type",
            related=nodes[1:],
            severity=NOTE if old else None,
        )


def _began_before(day: date, ctx: Context) -> bool:
    began = ctx.memo(study_facts).began
    return began is not None and began.first < day


def _missing(status: Node, name: str, ctx: Context) -> tuple[Node, str] | None:
    """Return where a date is absent and which member; None if it is there or need not be."""
    if status.get("overallStatus") == "WITHHELD" or ctx.memo(study_facts).study_type == "EXPANDED_ACCESS":
        return None
    if status.get(name) is None:
        return status, name
    return None if status.get(name, "date") else (status.child(name), "date")


@rule(
    "DAT008",
    "primary-completion-missing",
    severity=ERROR,
    at=_STATUS,
    examples=[
        bad({"statusModule.primaryCompletionDateStruct": None}, path="/protocolSection/statusModule"),
        bad({"statusModule.primaryCompletionDateStruct": None}, base="observational"),
        good({"statusModule.primaryCompletionDateStruct": {"date": "2014-01", "type": "ESTIMATED"},
              "statusModule.startDateStruct": {"date": "2013-05"}}),
        good(base="expanded_access"),
        good({"statusModule.primaryCompletionDateStruct": None, "statusModule.overallStatus": "WITHHELD"}),
        bad({"statusModule.primaryCompletionDateStruct": None, "statusModule.overallStatus": "COMPLETED",
             "statusModule.startDateStruct": {"date": "2003-06"}}, note="a note: the date did not exist then"),
    ],
)  # fmt: skip
def primary_completion_missing(status: Node, ctx: Context) -> Iterator[Problem]:
    """The primary completion date is missing.

    Why: the registry requires it of every study, and the clock for posting results starts there.
    What to do: enter the day on which the last participant is examined for the primary outcome; an estimate will do.
    False positives: it was not asked of older studies: a warning for studies that were under way before December 2007
    and for observational studies that began before 18 January 2017; a note where these are over, and for pages, which
    often leave it out. Expanded access has none.
    Source: PRS protocol definitions, Primary Completion Date,
    https://clinicaltrials.gov/policy/protocol-definitions#PrimaryCompletionDate
    """
    absent = _missing(status, _PRIMARY, ctx)
    if absent is None:
        return
    where, member = absent
    if ctx.form == "page":
        yield where.problem(
            "the page shows no primary completion date",
            hint="look into the registry whether it is entered there; pages often leave it out",
            severity=NOTE,
        )
        return
    observational = ctx.memo(study_facts).observational and _began_before(FINAL_RULE, ctx)
    completion = ctx.memo(timeline).completion
    over_then = completion is not None and completion.certainly_before(REGISTRATION_LAW)
    yield where.problem(
        "the primary completion date is missing",
        hint="enter the day of the last examination for the primary outcome, actual or estimated",
        missing=member,
        severity=_milder(status, ctx, old=observational or over_then or _began_before(REGISTRATION_LAW, ctx)),
    )


@rule(
    "DAT009",
    "completion-missing",
    severity=WARNING,
    at=_STATUS,
    examples=[
        bad({"statusModule.completionDateStruct": None}, path="/protocolSection/statusModule"),
        bad({"statusModule.completionDateStruct": {"type": "ESTIMATED"}}),
        bad({"statusModule.completionDateStruct": None, "statusModule.overallStatus": "COMPLETED",
             "statusModule.startDateStruct": {"date": "2013-06"}}, note="a note: not required then"),
        good({"statusModule.completionDateStruct": {"date": "2025-06", "type": "ESTIMATED"}}),
        good(base="expanded_access"),
    ],
)  # fmt: skip
def completion_missing(status: Node, ctx: Context) -> Iterator[Problem]:
    """The study completion date is missing.

    Why: without it nobody can tell whether a study that was never updated is still running.
    What to do: enter the day of the last visit of the last participant; an estimate will do.
    False positives: expanded access and withheld records have none. It is required of studies that began on or after
    18 January 2017; for older ones that are over it is a note.
    Source: PRS protocol definitions, Study Completion Date,
    https://clinicaltrials.gov/policy/protocol-definitions#LastFollowUpDate
    """
    absent = _missing(status, _COMPLETION, ctx)
    if absent is not None:
        where, member = absent
        yield where.problem(
            "the study completion date is missing",
            hint="enter the day of the last visit of the last participant, actual or estimated",
            missing=member,
            severity=_milder(status, ctx, old=_began_before(FINAL_RULE, ctx)),
        )


def _milder(status: Node, ctx: Context, *, old: bool) -> Severity | None:
    """Return the severity of a missing date where it was not always asked for; None is that of the rule."""
    if old and status.get("overallStatus") in ENDED:
        return NOTE
    return WARNING if old or ctx.form == "page" else None


@rule(
    "DAT017",
    "verified-date-inconsistent",
    severity=WARNING,
    at=_STATUS,
    examples=[
        bad({"statusModule.statusVerifiedDate": "2030-01"}, path=_PATH + "statusVerifiedDate"),
        bad({"statusModule.statusVerifiedDate": "2024-05", "statusModule.lastUpdateSubmitDate": "2024-03-02"}),
        bad({"statusModule.statusVerifiedDate": "2022-03"}, note="long before the first submission"),
        good({"statusModule.statusVerifiedDate": "2024-05", "statusModule.lastUpdateSubmitDate": "2024-05-02"}),
        good({"statusModule.statusVerifiedDate": "2022-12"}, note="verified, then submitted some weeks later"),
        good(
            {
                "statusModule.statusVerifiedDate": "2002-01",
                "statusModule.studyFirstSubmitDate": "2006-07-13",
                "identificationModule.nctId": "NCT00001440",
            },
            note="a number of 1999; see DAT020",
        ),
        good(
            {"statusModule.statusVerifiedDate": "1996-03", "statusModule.studyFirstSubmitDate": "1999-11-02"},
            note="taken over from an older database",
        ),
    ],
)
def verified_date_inconsistent(status: Node, ctx: Context) -> Iterator[Problem]:
    """The record was verified in the future, after its last update, or long before it was first submitted.

    Why: the verification date says when the whole record was last looked through, and comes with an update.
    What to do: set it to the month in which the record was last looked through.
    False positives: it has a month only; a month after the last update and half a year before the first submission are
    left alone, for records are prepared long before they are released; those of 1999 and 2000 were taken over from
    older databases with their dates, and so were records whose number is of that time.
    Source: PRS protocol definitions, Record Verification Date,
    https://clinicaltrials.gov/policy/protocol-definitions#VerificationDate
    """
    dates = ctx.memo(timeline)
    verified, registered = dates.verified, dates.registered
    if verified is None:
        return
    touched = dates.touched
    other: DateNode | None = None
    if ctx.ahead(verified):
        what = f"lies in the future (today is {ctx.as_of})"
    elif touched is not None and _well_after(verified, touched):
        what, other = f"lies after the last update {touched}", touched
    elif registered is not None and not _is_taken_over(ctx) and _long_before(verified, registered):
        what, other = f"lies long before the first submission {registered}", registered
    else:
        return
    yield verified.problem(
        f"the verification date {verified} {what}",
        hint="set it to the month in which the whole record was last looked through",
        related=[other] if other is not None else [],
    )


def _well_after(verified: DateNode, touched: DateNode) -> bool:
    return verified.certainly_after(touched) and verified.certainly_after(months_later(touched.date.last, 1))


_TAKEN_OVER = 2000
"""Until then records came from older databases, with their dates."""
_NUMBERS_SINCE = "NCT00006000"
"""Smaller numbers were given until June 2000, whatever the date of first submission says."""


def _is_taken_over(ctx: Context) -> bool:
    return (ctx.get("identificationModule.nctId") or _NUMBERS_SINCE) < _NUMBERS_SINCE


def _long_before(verified: DateNode, registered: DateNode) -> bool:
    if registered.date.first.year <= _TAKEN_OVER or not verified.certainly_before(registered):
        return False
    return verified.certainly_before(months_later(registered.date.first, -6))
