"""REG: registration, updates and results in time. A rule here never says that a law was broken."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lint.api import (
    AUDIT,
    LOW,
    MEDIUM,
    NOTE,
    STRICT,
    WARNING,
    Context,
    DateNode,
    Node,
    Problem,
    bad,
    days_later,
    good,
    months_later,
    rule,
)
from lint.rules.readers.facts import ENDED, study_facts
from lint.rules.readers.regulated import completed_before_registration, late_by_law, probably_applicable
from lint.rules.readers.timeline import a_year_after, shown_date, timeline

_STATUS = "$.protocolSection.statusModule"
_PATH = "/protocolSection/statusModule/"
_ICMJE = date(2005, 7, 1)
"""Trials that began enrolment from this day on had to be registered before it."""
_GRACE = 21
_CERTIFIED_MONTHS = 36
_REGISTRY_TYPES = ("REGISTRY", "EUDRACT_NUMBER", "CTIS")
_NO_MORE_UPDATES = ENDED | {"WITHHELD", "NO_LONGER_AVAILABLE", "APPROVED_FOR_MARKETING"}

_DUE = {
    "statusModule.overallStatus": "COMPLETED",
    "statusModule.startDateStruct": {"date": "2018-02-05", "type": "ACTUAL"},
    "statusModule.primaryCompletionDateStruct": {"date": "2019-05-10", "type": "ACTUAL"},
    "statusModule.completionDateStruct": {"date": "2019-06-03", "type": "ACTUAL"},
    "oversightModule.isFdaRegulatedDrug": True,
    "contactsLocationsModule.locations[0].country": "United States",
}


def _lateness(start: DateNode, registered: DateNode) -> str:
    """Say how long after the start a study was registered, at the least: ``3 months``."""
    days = (registered.date.first - start.date.last).days
    if days < 60:
        return f"{days} day{'s' if days != 1 else ''}"
    return f"{days // 30} months" if days < 730 else f"{days // 365} years"


def _registered_late(ctx: Context) -> tuple[DateNode, DateNode] | None:
    """Return start and registration of a trial that was certainly registered after it began."""
    dates = ctx.memo(timeline)
    start, registered = dates.start, dates.registered
    if start is None or registered is None or not registered.certainly_after(start):
        return None
    facts = ctx.memo(study_facts)
    if not facts.interventional or facts.status == "WITHDRAWN" or start.date.first < _ICMJE:
        return None
    return None if start.type == "ESTIMATED" else (start, registered)


def _registered_elsewhere(ctx: Context) -> bool:
    """Say whether the study has an identifier of another registry, where it may have been registered before."""
    ids = ctx.node("identificationModule").items("secondaryIdInfos")
    return any(one.get("type") in _REGISTRY_TYPES for one in ids)


@rule(
    "REG001",
    "retrospective-registration",
    severity=WARNING,
    profiles=AUDIT,
    at=_STATUS,
    examples=[
        bad({"statusModule.startDateStruct": {"date": "2022-01"}}, path=_PATH + "studyFirstSubmitDate"),
        bad({"statusModule.startDateStruct": {"date": "2023-01-04"}}, note="a few days late: a note"),
        good(),
        good({"statusModule.startDateStruct": {"date": "2023-01"}}, note="undecidable within the month"),
        good({"statusModule.startDateStruct": {"date": "2022-01"}}, base="observational"),
        good({"statusModule.startDateStruct": {"date": "2004-01"}}, note="before registration was asked for"),
        good({"statusModule.startDateStruct": {"date": "2022-01", "type": "ESTIMATED"},
              "statusModule.overallStatus": "NOT_YET_RECRUITING"}, note="nobody says that it began"),
        good({"statusModule.startDateStruct": {"date": "2022-01"}, "statusModule.overallStatus": "WITHDRAWN"}),
        good({"statusModule.startDateStruct": {"date": "2022-01"}, "oversightModule.isFdaRegulatedDrug": True,
              "contactsLocationsModule.locations[0].country": "United States"}, note="REG002 says it"),
    ],
)  # fmt: skip
def retrospective_registration(status: Node, ctx: Context) -> Iterator[Problem]:
    """A trial was registered after its first participant was enrolled.

    Why: registration in advance shows that outcomes were not chosen afterwards; many journals insist on it.
    What to do: nothing can be done about it now; name the reason where results are published.
    False positives: a month stands for any of its days, and only what is certain is reported. Up to 21 days, which
    U.S. law allows, are a note, as is a study with the number of another registry, where it may have been registered
    before. Observational and withdrawn studies, those that began before July 2005 and starts
    that are estimates are left alone; a trial that was registered after its end is for REG011.
    Source: ICMJE, clinical trial registration,
    https://www.icmje.org/recommendations/browse/publishing-and-editorial-issues/clinical-trial-registration.html
    """
    late = _registered_late(ctx)
    if late is None or completed_before_registration(ctx) or late_by_law(ctx):
        return
    start, registered = late
    excused = registered.date.first <= days_later(start.date.last, _GRACE) or _registered_elsewhere(ctx)
    yield registered.problem(
        f"the study was registered here on {registered}, at least {_lateness(start, registered)} after its start "
        f"{start}",
        hint="correct the start date if it is wrong; otherwise state the reason where results are published",
        related=[start],
        severity=NOTE if excused else None,
    )


@rule(
    "REG003",
    "results-overdue",
    severity=WARNING,
    confidence=LOW,
    profiles=AUDIT,
    at="$",
    examples=[
        bad(_DUE, path=_PATH + "primaryCompletionDateStruct/date"),
        bad({**_DUE, "statusModule.dispFirstSubmitDate": "2020-04-01"}, note="a certificate of delay has run out"),
        good({**_DUE, "hasResults": True}),
        good({**_DUE, "statusModule.resultsFirstSubmitDate": "2020-04-01"}, note="submitted, in quality control"),
        good({**_DUE, "annotationSection.annotationModule.unpostedAnnotation.unpostedEvents": [{"type": "RELEASE"}]}),
        good({**_DUE, "statusModule.dispFirstSubmitDate": "2020-04-01"}, as_of="2021-06-30", note="a certificate"),
        good({**_DUE, "designModule.phases": ["PHASE1"]}),
        good({**_DUE, "oversightModule.isFdaRegulatedDrug": False}),
        good({**_DUE, "contactsLocationsModule.locations[0].country": "China"}),
        good(_DUE, as_of="2020-05-30", note="12 months and 30 days are not over"),
        good({**_DUE, "statusModule.overallStatus": "WITHDRAWN"}),
    ],
)
def results_overdue(record: Node, ctx: Context) -> Iterator[Problem]:
    """No results are shown more than a year after the primary completion of what is probably an applicable trial.

    Why: U.S. law asks for the results of applicable clinical trials within a year after primary completion.
    What to do: submit results, or a certificate of delay; if the law does not apply, nothing is to be done.
    False positives: whether a trial is applicable cannot be seen from outside. Looked at are only interventional
    studies from 18 January 2017 on with an FDA-regulated product and a site in the U.S. (or export from there), beyond
    phase 1 and device feasibility, with an actual completion date. Results in quality control count as submitted; a
    certificate of delay counts as three years.
    Source: 42 CFR 11.44, https://www.ecfr.gov/current/title-42/section-11.44; the logic of the FDAAA TrialsTracker
    """
    primary = ctx.memo(timeline).primary_completion
    if primary is None or primary.type != "ACTUAL" or not probably_applicable(ctx) or _results_given(record, ctx):
        return
    certificate = ctx.get("statusModule.dispFirstSubmitDate") is not None
    due = days_later(months_later(primary.date.last, _CERTIFIED_MONTHS if certificate else 12), 30)
    if ctx.past(due):
        yield primary.problem(
            f"no results are shown, although the primary completion date {primary} has passed; if this is an "
            f"applicable clinical trial, they were to be posted by {due}",
            hint="submit the results or a certificate of delay, unless the law does not apply to this study",
        )


def _results_given(record: Node, ctx: Context) -> bool:
    given = record.get("hasResults") or record.get("resultsSection") or record.get("annotationSection")
    return bool(given) or ctx.get("statusModule.resultsFirstSubmitDate") is not None or not ctx.shown("resultsSection")


@rule(
    "REG004",
    "verification-older-than-12-months",
    severity=WARNING,
    at=_STATUS,
    examples=[
        bad({"statusModule.statusVerifiedDate": "2013-05"}, path=_PATH + "statusVerifiedDate"),
        bad({"statusModule.statusVerifiedDate": None, "statusModule.lastUpdateSubmitDate": None,
             "statusModule.lastUpdatePostDateStruct": {"date": "2013-05-15"}},
            path=_PATH + "lastUpdatePostDateStruct/date"),
        bad({"statusModule.overallStatus": "UNKNOWN", "statusModule.statusVerifiedDate": "2013-05"}),
        good(),
        good({"statusModule.statusVerifiedDate": "2023-06"}, note="may be twelve months to the day"),
        good({"statusModule.overallStatus": "COMPLETED", "statusModule.statusVerifiedDate": "2013-05"}),
        good({"statusModule.overallStatus": "NO_LONGER_AVAILABLE", "statusModule.statusVerifiedDate": "2013-05"},
             base="expanded_access"),
    ],
)  # fmt: skip
def verification_older_than_12_months(status: Node, ctx: Context) -> Iterator[Problem]:
    """A study that is not over has not been verified for more than twelve months.

    Why: status, sites and contacts change; the registry asks for a look at the record at least once a year and calls
    the status UNKNOWN in the end.
    What to do: look through the record, correct it and set the verification date to this month.
    False positives: final statuses are left alone, for what remains to be done then depends on the results. Where the
    verification date is not shown the last update stands in for it.
    Source: 42 CFR 11.64(a)(1), https://www.ecfr.gov/current/title-42/section-11.64
    """
    state = status.get("overallStatus")
    if not state or state in _NO_MORE_UPDATES:
        return
    dates = ctx.memo(timeline)
    last = dates.verified or dates.touched
    if last is not None and ctx.past(a_year_after(last.date.last)):
        done = "verified" if last is dates.verified else "updated"
        yield last.problem(
            f"the record was last {done} in {last}, more than 12 months ago (today is {ctx.as_of})",
            hint="look through the record, correct it and set the verification date to this month",
        )


@rule(
    "REG005",
    "status-unknown",
    severity=WARNING,
    at=_STATUS,
    examples=[
        bad({"statusModule.overallStatus": "UNKNOWN", "statusModule.lastKnownStatus": "ENROLLING_BY_INVITATION"},
            path=_PATH + "overallStatus"),
        bad({"statusModule.overallStatus": "UNKNOWN"}),
        good(),
        good({"statusModule.overallStatus": "COMPLETED"}),
    ],
)  # fmt: skip
def status_unknown(status: Node, ctx: Context) -> Iterator[Problem]:
    """The status of the study is UNKNOWN.

    Why: the registry sets it when a study past its completion date was not verified for two years; nobody can tell
    whether it was finished, stopped or never begun.
    What to do: enter the true status with the dates that belong to it, and verify the record. UNKNOWN itself cannot
    be entered.
    Source: the registry's glossary, Unknown, https://clinicaltrials.gov/study-basics/glossary
    """
    if status.get("overallStatus") != "UNKNOWN":
        return
    verified = ctx.memo(timeline).verified
    known = status.child("lastKnownStatus")
    parts = [f"last known as {known.value}"] if known.value else []
    parts += [f"last verified in {verified}"] if verified else []
    related: list[Node | DateNode] = [known] if known.value else []
    yield status.child("overallStatus").problem(
        f"'UNKNOWN' is the status of the study{', ' if parts else ''}{', '.join(parts)}",
        hint="enter the true status and the dates that belong to it, and verify the record",
        related=[*related, *([verified] if verified else [])],
    )


@rule(
    "REG011",
    "registered-after-completion",
    severity=WARNING,
    profiles=AUDIT,
    at=_STATUS,
    examples=[
        bad({"statusModule.startDateStruct": {"date": "2009-01"},
             "statusModule.completionDateStruct": {"date": "2010-03", "type": "ACTUAL"}},
            path=_PATH + "studyFirstSubmitDate"),
        bad({"statusModule.startDateStruct": {"date": "2009-01"},
             "statusModule.completionDateStruct": {"date": "2010-03", "type": "ACTUAL"},
             "identificationModule.secondaryIdInfos": [{"id": "ISRCTN12345678", "type": "REGISTRY", "domain": "X"}]},
            note="a note: it may have been registered elsewhere before"),
        good(),
        good({"statusModule.startDateStruct": {"date": "2022-01"},
              "statusModule.completionDateStruct": {"date": "2023-01", "type": "ACTUAL"}},
             note="undecidable within the month"),
        good({"statusModule.startDateStruct": {"date": "2009-01"},
              "statusModule.completionDateStruct": {"date": "2010-03", "type": "ACTUAL"}}, base="observational"),
    ],
)  # fmt: skip
def registered_after_completion(status: Node, ctx: Context) -> Iterator[Problem]:
    """A trial was registered only after it was completed.

    Why: everything that registration should fix in advance was known by then.
    What to do: nothing can be done about it now; name the reason where results are published.
    False positives: it is no breach of U.S. law for studies that the law does not cover. A month stands for any of its
    days; observational studies and those that began before July 2005 are left alone. A study with the number of
    another registry gets a note.
    Source: ICMJE, clinical trial registration,
    https://www.icmje.org/recommendations/browse/publishing-and-editorial-issues/clinical-trial-registration.html
    """
    late = _registered_late(ctx)
    completion = completed_before_registration(ctx) if late is not None else None
    if late is not None and completion is not None:
        yield late[1].problem(
            f"the study was registered here on {late[1]}, after its completion date {shown_date(completion)}",
            hint="correct the dates if they are wrong; otherwise state the reason where results are published",
            related=[completion, late[0]],
            severity=NOTE if _registered_elsewhere(ctx) else None,
        )


@rule(
    "REG012",
    "who-trds-item-missing",
    severity=NOTE,
    confidence=MEDIUM,
    profiles=STRICT,
    at="$.protocolSection.contactsLocationsModule",
    examples=[
        bad({"statusModule.overallStatus": "UNKNOWN", "contactsLocationsModule.centralContacts": None,
             "contactsLocationsModule.locations[0].contacts": None}, path="/protocolSection/contactsLocationsModule"),
        bad({"statusModule.overallStatus": "UNKNOWN", "contactsLocationsModule.centralContacts": None,
             "contactsLocationsModule.locations": None}, note="no sites either"),
        good(),
        good({"contactsLocationsModule.centralContacts": None}, note="a contact at the site will do"),
        good({"statusModule.overallStatus": "ACTIVE_NOT_RECRUITING", "contactsLocationsModule.centralContacts": None,
              "contactsLocationsModule.locations[0].contacts": None}, note="the registry hides them then"),
        good({"statusModule.overallStatus": "UNKNOWN", "contactsLocationsModule.centralContacts": None,
              "contactsLocationsModule.locations[0].contacts": None,
              "derivedSection.miscInfoModule.versionHolder": "2024-06-28"}, note="a download from the registry"),
        good(base="results", note="the study is over"),
    ],
)  # fmt: skip
def who_trds_item_missing(module: Node, ctx: Context) -> Iterator[Problem]:
    """No contact is visible for a study of unknown status, though the WHO data set asks for one.

    Why: nobody can be asked what became of the study.
    What to do: update the status, and check that a contact is entered.
    False positives: the registry shows no contacts of studies that do not recruit, so its own downloads (those with a
    derivedSection) are left alone, as are studies whose status is known; elsewhere it is never more than a note.
    Source: WHO Trial Registration Data Set 1.3.1, items 7 and 8,
    https://www.who.int/clinical-trials-registry-platform/network/who-data-set
    """
    if ctx.memo(study_facts).status != "UNKNOWN" or module.get("centralContacts") or "derivedSection" in ctx.record:
        return
    if not any(site.get("contacts") for site in module.items("locations")):
        yield module.problem(
            "the status is UNKNOWN and no contact is visible; the WHO data set asks for one, but public copies may "
            "hide it",
            hint="update the status, and check in your own copy that a contact is entered",
            missing="centralContacts",
        )
