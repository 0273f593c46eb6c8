"""DAT: the status of a study, against its dates and the status of its sites."""

from __future__ import annotations

from collections.abc import Iterator

from lint.api import ERROR, EVERY, NOTE, WARNING, Context, DateNode, Node, Problem, bad, good, rule
from lint.rules.readers.facts import ONGOING, study_facts
from lint.rules.readers.timeline import overdue, past_completion, shown_date, timeline

_STATUS = "$.protocolSection.statusModule"
_PATH = "/protocolSection/statusModule/"
_CONCLUDED = frozenset({"COMPLETED", "TERMINATED"})
_BEGUN = frozenset({"RECRUITING", "ENROLLING_BY_INVITATION", "ACTIVE_NOT_RECRUITING", "COMPLETED", "TERMINATED"})
_COMPARABLE = ONGOING | _CONCLUDED | {"WITHDRAWN"}
_OPEN = frozenset({"RECRUITING", "ENROLLING_BY_INVITATION"})

_COMPLETED = {
    "statusModule.overallStatus": "COMPLETED",
    "statusModule.primaryCompletionDateStruct": {"date": "2024-02-10", "type": "ACTUAL"},
    "statusModule.completionDateStruct": {"date": "2024-04-20", "type": "ACTUAL"},
}
_LONG_OVER = {
    "statusModule.primaryCompletionDateStruct": {"date": "2014-01", "type": "ESTIMATED"},
    "statusModule.completionDateStruct": {"date": "2014-06", "type": "ESTIMATED"},
    "statusModule.startDateStruct": {"date": "2013-01"},
}


@rule(
    "DAT010",
    "completed-but-dates-open",
    severity=ERROR,
    profiles=EVERY,
    at=_STATUS,
    examples=[
        bad({**_COMPLETED, "statusModule.completionDateStruct": {"date": "2027-03", "type": "ESTIMATED"}},
            path=_PATH + "completionDateStruct"),
        bad({"statusModule.overallStatus": "TERMINATED"}, path=_PATH + "primaryCompletionDateStruct"),
        good(_COMPLETED),
        good({"statusModule.overallStatus": "WITHDRAWN"}, note="no one was enrolled, so nothing was completed"),
        good({**_COMPLETED, "statusModule.completionDateStruct": {"date": "2009-03"}},
             note="completed before types of dates existed"),
    ],
)  # fmt: skip
def completed_but_dates_open(status: Node, ctx: Context) -> Iterator[Problem]:
    """A study is completed or terminated, but its completion dates are estimates or lie ahead.

    Why: a study that is over has had its last visit; either the status or the date is wrong.
    What to do: enter the actual dates, or take the status back.
    False positives: dates without a type come from before the types; what is missing is for DAT008 and DAT009, an
    actual date that lies ahead for DAT005. Withdrawn studies enrolled no one.
    Source: PRS protocol definitions, Study Completion Date,
    https://clinicaltrials.gov/policy/protocol-definitions#LastFollowUpDate
    """
    if status.get("overallStatus") not in _CONCLUDED:
        return
    dates = ctx.memo(timeline)
    open_dates = [
        (name, node)
        for name, node in (("primary completion", dates.primary_completion), ("completion", dates.completion))
        if node is not None and (node.type == "ESTIMATED" or (node.type != "ACTUAL" and ctx.ahead(node)))
    ]
    if open_dates:
        nodes = [Node(None, node.path[:-1]) for _, node in open_dates]
        shown = " and ".join(f"the {name} date {shown_date(node)}" for name, node in open_dates)
        yield nodes[0].problem(
            f"the study is {status.get('overallStatus')}, but {shown} {'is' if len(nodes) == 1 else 'are'} still open",
            hint="enter the actual dates with the type ACTUAL, or correct the status",
            related=[status.child("overallStatus"), *nodes[1:]],
        )


@rule(
    "DAT011",
    "ongoing-past-completion",
    severity=WARNING,
    at=_STATUS,
    examples=[
        bad(_LONG_OVER, path=_PATH + "overallStatus"),
        bad({**_LONG_OVER, "statusModule.overallStatus": "SUSPENDED"}),
        good({**_LONG_OVER, **_COMPLETED}),
        good({**_LONG_OVER, "statusModule.overallStatus": "ACTIVE_NOT_RECRUITING",
              "statusModule.completionDateStruct": {"date": "2025-06", "type": "ESTIMATED"}}),
        good({**_LONG_OVER, "statusModule.overallStatus": "UNKNOWN"}, note="REG005 says it"),
    ],
)  # fmt: skip
def ongoing_past_completion(status: Node, ctx: Context) -> Iterator[Problem]:
    """The status says that the study is under way, but its completion date has passed.

    Why: patients and reviewers take the study for open; in one survey three in ten studies had a wrong status, or one
    that was corrected more than a year late.
    What to do: correct the status and enter the actual dates, or move the completion date.
    False positives: a study may follow its participants after the primary completion, so both dates must have passed
    more than 30 days ago. For an unknown status REG005 says it.
    Source: Jones et al. 2017, https://doi.org/10.1136/bmjopen-2017-017719; 42 CFR 11.64(a),
    https://www.ecfr.gov/current/title-42/section-11.64
    """
    state = status.get("overallStatus")
    if state not in ONGOING:
        return
    completion = ctx.memo(timeline).completion
    if completion is not None and past_completion(ctx):
        yield status.child("overallStatus").problem(
            f"'{state}' is the status, but the completion date {shown_date(completion)} has passed "
            f"(today is {ctx.as_of})",
            hint="correct the status and enter the actual dates, or move the completion date",
            related=[completion],
        )


@rule(
    "DAT012",
    "not-yet-recruiting-start-passed",
    severity=WARNING,
    at=_STATUS,
    examples=[
        bad({"statusModule.overallStatus": "NOT_YET_RECRUITING",
             "statusModule.startDateStruct": {"date": "2023-09", "type": "ESTIMATED"}}, path=_PATH + "overallStatus"),
        bad({"statusModule.overallStatus": "NOT_YET_RECRUITING"}, note="the start is ACTUAL"),
        good({"statusModule.overallStatus": "NOT_YET_RECRUITING",
              "statusModule.startDateStruct": {"date": "2024-06-10", "type": "ESTIMATED"}}),
        good({**_LONG_OVER, "statusModule.overallStatus": "NOT_YET_RECRUITING"}, note="DAT011 says it"),
    ],
)  # fmt: skip
def not_yet_recruiting_start_passed(status: Node, ctx: Context) -> Iterator[Problem]:
    """The study is not yet recruiting although its start date has passed.

    Why: either the study has begun and people cannot find it, or the start was put off and nobody said so.
    What to do: set the status to RECRUITING, or move the start date.
    False positives: an update may take 30 days; a start that is called ACTUAL counts from its own day on.
    Source: 42 CFR 11.64(a)(1)(ii), https://www.ecfr.gov/current/title-42/section-11.64
    """
    if status.get("overallStatus") != "NOT_YET_RECRUITING" or past_completion(ctx):
        return
    start = ctx.memo(timeline).start
    if start is None:
        return
    begun = start.type == "ACTUAL" and ctx.past(start)
    if begun or overdue(start, ctx):
        yield status.child("overallStatus").problem(
            f"'NOT_YET_RECRUITING' is the status, but the start date {shown_date(start)} has passed "
            f"(today is {ctx.as_of})",
            hint="set the status to RECRUITING if the study has begun, otherwise move the start date",
            related=[start],
        )


@rule(
    "DAT013",
    "recruiting-start-in-future",
    severity=ERROR,
    profiles=EVERY,
    at=_STATUS,
    examples=[
        bad({"statusModule.startDateStruct": {"date": "2030-01", "type": "ESTIMATED"}},
            path=_PATH + "startDateStruct/date"),
        bad({**_COMPLETED, "statusModule.startDateStruct": {"date": "2023-03", "type": "ESTIMATED"}}),
        bad({"statusModule.startDateStruct": {"date": "2024-03", "type": "ESTIMATED"}}, note="a warning: RECRUITING"),
        good(),
        good({"statusModule.overallStatus": "NOT_YET_RECRUITING",
              "statusModule.startDateStruct": {"date": "2030-01", "type": "ESTIMATED"}}),
        good({"statusModule.startDateStruct": {"date": "2024-06-03", "type": "ESTIMATED"}},
             note="open for some weeks, no one enrolled yet"),
    ],
)  # fmt: skip
def recruiting_start_in_future(status: Node, ctx: Context) -> Iterator[Problem]:
    """The status says that the study has begun, but the start date lies ahead or is an estimate.

    Why: nobody can be recruited before the start; either the status or the date is wrong.
    What to do: enter the actual start (the day on which the first participant was enrolled), or correct the status.
    False positives: a study may be open before anyone is enrolled, so an estimate that has passed is a warning while
    it recruits, and only after 30 days.
    Source: PRS protocol definitions, Study Start Date, https://clinicaltrials.gov/policy/protocol-definitions#StartDate
    """
    state, start = status.get("overallStatus"), ctx.memo(timeline).start
    if state not in _BEGUN or start is None or start.type == "ACTUAL":
        return
    ahead = ctx.ahead(start)
    if ahead or _still_estimated(start, state, ctx):
        yield start.problem(
            f"the study is {state}, but its start date {start} "
            + ("lies in the future" if ahead else "is still an estimate"),
            hint="enter the day on which the first participant was enrolled, or correct the status",
            related=[status.child("overallStatus")],
            severity=None if (ahead and state == "RECRUITING") or state not in _OPEN else WARNING,
        )


def _still_estimated(start: DateNode, state: str, ctx: Context) -> bool:
    """Say whether a start that has passed is an estimate although the study has begun."""
    return start.type == "ESTIMATED" and state in _BEGUN and (state not in _OPEN or overdue(start, ctx))


@rule(
    "DAT016",
    "site-status-contradicts-overall",
    severity=ERROR,
    at="$.protocolSection.contactsLocationsModule",
    examples=[
        bad({**_COMPLETED}, path=_PATH + "overallStatus", note="its site is RECRUITING"),
        bad({"contactsLocationsModule.locations[0].status": "COMPLETED"}, path=_PATH + "overallStatus"),
        good(),
        good({"statusModule.overallStatus": "UNKNOWN"}, note="the sites keep what was last known"),
        good({**_COMPLETED, "contactsLocationsModule.locations[0].status": None}, note="hidden in public copies"),
        good({"contactsLocationsModule.locations": [{"facility": "A", "status": "COMPLETED"},
                                                    {"facility": "B", "status": "RECRUITING"}]}),
    ],
)  # fmt: skip
def site_status_contradicts_overall(module: Node, ctx: Context) -> Iterator[Problem]:
    """The status of the sites and that of the study contradict each other.

    Why: the study must be RECRUITING as soon as one site is, and patients turn to the sites.
    What to do: correct the status of the study or of the sites.
    False positives: public copies show the status of sites only while the study is open, so absence proves nothing;
    a study of unknown status keeps the last status of its sites. Expanded access has values of its own.
    Source: PRS protocol definitions, Overall Recruitment Status,
    https://clinicaltrials.gov/policy/protocol-definitions#OverallStatus
    """
    overall = ctx.memo(study_facts).status
    if overall not in _COMPARABLE:
        return
    states = [site.get("status") for site in module.value.get("locations") or ()]
    if not any(states):
        return
    recruiting = [index for index, state in enumerate(states) if state == "RECRUITING"]
    if overall == "RECRUITING" and not recruiting and all(states):
        what, shown = "no site is", list(range(len(states)))
    elif overall != "RECRUITING" and recruiting:
        what = "a site is" if len(recruiting) == 1 else f"{len(recruiting)} sites are"
        shown = recruiting
    else:
        return
    yield ctx.node("statusModule.overallStatus").problem(
        f"the study is {overall}, but {what} RECRUITING",
        hint="correct the status of the study, or that of the sites",
        related=[module.child("locations", index, "status") for index in shown],
    )


@rule(
    "DAT019",
    "start-never-confirmed",
    severity=NOTE,
    at=_STATUS,
    examples=[
        bad({"statusModule.overallStatus": "UNKNOWN", "statusModule.startDateStruct": {"date": "2013-06"},
             "statusModule.lastUpdateSubmitDate": "2013-05-15"}, path=_PATH + "lastUpdateSubmitDate"),
        bad({"statusModule.overallStatus": "UNKNOWN",
             "statusModule.startDateStruct": {"date": "2021-04-12", "type": "ESTIMATED"},
             "statusModule.lastUpdateSubmitDate": "2021-03-30"}),
        good({"statusModule.overallStatus": "UNKNOWN", "statusModule.startDateStruct": {"date": "2013-05"},
              "statusModule.lastUpdateSubmitDate": "2013-05-15"}, note="undecidable within the month"),
        good(),
        good({"statusModule.startDateStruct": {"date": "2024-03", "type": "ESTIMATED"},
              "statusModule.lastUpdateSubmitDate": "2024-02-15"}, note="recruiting: DAT013 says it"),
    ],
)  # fmt: skip
def start_never_confirmed(status: Node, ctx: Context) -> Iterator[Problem]:
    """The record was last updated before its own start date, so nobody confirmed that the study began.

    Why: many such studies never began; the record alone cannot tell.
    What to do: update the record: say whether the study began and when.
    False positives: a month stands for any of its days. Studies not yet recruiting are for DAT012; withdrawn studies
    never began; an actual date that lies ahead of the update is for DAT005, an estimate although the study has begun
    for DAT013. An input that does not tell whether the date is actual, such as the text of a page, is left alone.
    Source: Jones et al. 2017, https://doi.org/10.1136/bmjopen-2017-017719
    """
    state = status.get("overallStatus") or ""
    if state in ("NOT_YET_RECRUITING", "WITHDRAWN", "WITHHELD"):
        return
    dates = ctx.memo(timeline)
    start, touched = dates.start, dates.touched
    if start is None or touched is None or start.type == "ACTUAL" or not ctx.past(start):
        return
    is_told = start.type or ctx.shown(*start.path[:-1], "type")
    if is_told and touched.certainly_before(start) and not _still_estimated(start, state, ctx):
        yield touched.problem(
            f"the record was last updated on {touched}, before the start date {shown_date(start)}",
            hint="update the record: say whether the study began and when",
            related=[start],
        )
