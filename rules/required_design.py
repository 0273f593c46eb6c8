"""DAT014 and DES014: required elements whose absence weighs by when the record was registered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from lint.api import ERROR, WARNING, Context, Node, Problem, Severity, bad, good, parse_date, rule
from lint.rules.readers.facts import FINAL_RULE, STOPPED, study_facts
from lint.rules.readers.timeline import REGISTRATION_LAW

_STATUS, _D = "statusModule.overallStatus", "designModule.designInfo"
_REGISTERED = "statusModule.studyFirstSubmitDate"
_OLD: dict[str, Any] = {"statusModule.startDateStruct": {"date": "2010-05"}, _REGISTERED: "2010-04-12"}
_VERY_OLD: dict[str, Any] = {"statusModule.startDateStruct": {"date": "2003-05"}, _REGISTERED: "2005-09-12"}


def _weight(registered: date | None, decisive: date | None) -> Severity | None:
    """Return how much the absence weighs; the second date decides what was required. None is nothing at all."""
    if registered is not None and registered < REGISTRATION_LAW:
        return None
    return ERROR if decisive is None or decisive >= FINAL_RULE else WARNING


def _registered(ctx: Context) -> date | None:
    """Return when a study was registered, or began where the input does not show the former."""
    text = ctx.get(_REGISTERED)
    if text is None and not ctx.shown("protocolSection", *_REGISTERED.split(".")):
        text = ctx.get("statusModule.startDateStruct.date")
    parsed = parse_date(text or "")
    return parsed.first if parsed else None


def _stopped_without_reason(status: Mapping[str, Any]) -> bool:
    return "whyStopped" not in status and status.get("overallStatus") in STOPPED


@rule(
    "DAT014",
    "why-stopped-missing",
    severity=ERROR,
    at="$.protocolSection.statusModule",
    when=_stopped_without_reason,
    examples=[
        bad({_STATUS: "TERMINATED"}, path="/protocolSection/statusModule"),
        bad({_STATUS: "WITHDRAWN"}),
        bad({_STATUS: "SUSPENDED", **_OLD}, note="a warning for older studies"),
        good(),
        good({_STATUS: "TERMINATED", "statusModule.whyStopped": "slow accrual"}),
        good({_STATUS: "TERMINATED", **_VERY_OLD}, note="registered before the law asked for it"),
        good({_STATUS: "COMPLETED"}),
    ],
)
def why_stopped_missing(status: Node, ctx: Context) -> Iterator[Problem]:
    """A study was suspended, terminated or withdrawn, and nothing says why.

    Why: participants, and whoever sums up the evidence, need to know whether safety, effect, money or recruitment
    was the reason.
    What to do: say in a few words why the study was stopped.
    False positives: required of studies that began on or after 18 January 2017; for older ones it is a warning, and
    records first submitted before December 2007 are left alone.
    Source: PRS protocol definitions, Why Study Stopped,
    https://clinicaltrials.gov/policy/protocol-definitions#WhyStudyStopped
    """
    began = ctx.memo(study_facts).began
    weight = _weight(_registered(ctx), began.first if began else None)
    if weight is not None:
        yield status.problem(
            f"overallStatus is {status.get('overallStatus')}, but nothing says why the study was stopped",
            hint="say in a few words why it was stopped, such as slow recruitment or an interim analysis",
            missing="whyStopped",
            related=[status.child("overallStatus")],
            severity=weight,
        )


_PAIR = {"observationalModel": "observational model", "timePerspective": "time perspective"}


@rule(
    "DES014",
    "observational-design-incomplete",
    severity=ERROR,
    at="$.protocolSection.designModule",
    when=lambda design: (
        design.get("studyType") == "OBSERVATIONAL" and not _PAIR.keys() <= (design.get("designInfo") or {}).keys()
    ),
    examples=[
        bad({_D + ".timePerspective": None}, base="observational", path="/protocolSection/designModule/designInfo"),
        bad({_D: None}, base="observational", path="/protocolSection/designModule"),
        bad({_D + ".observationalModel": None, **_OLD}, base="observational", note="a warning for older records"),
        good(base="observational"),
        good({_D + ".observationalModel": None, **_VERY_OLD}, base="observational", note="from before the law"),
        good({_D + ".timePerspective": None, _STATUS: "WITHHELD"}, base="observational"),
        good(),
    ],
)
def observational_design_incomplete(design: Node, ctx: Context) -> Iterator[Problem]:
    """An observational study lacks the observational model or the time perspective.

    Why: the two together are the design: whether groups are followed or looked back at, and what is compared.
    What to do: choose the model (cohort, case-control ...) and the time perspective.
    False positives: records first submitted before 18 January 2017 were accepted with less and get a warning, those of
    before December 2007 nothing. The target follow-up of registries is SCH003.
    Source: PRS protocol definitions, Observational Study Model,
    https://clinicaltrials.gov/policy/protocol-definitions#ObsStudyModel
    """
    registered = _registered(ctx)
    weight = _weight(registered, registered)
    if weight is None or ctx.memo(study_facts).withheld:
        return
    info = design.get("designInfo")
    absent = [name for name in _PAIR if name not in (info or {})]
    where = design if info is None else design.child("designInfo")
    yield where.problem(
        f"the {' and the '.join(_PAIR[name] for name in absent)} of this observational study "
        f"{'is' if len(absent) == 1 else 'are'} missing",
        hint="choose the observational model (cohort, case-control ...) and the time perspective",
        missing="designInfo" if info is None else absent[0],
        severity=weight,
    )
