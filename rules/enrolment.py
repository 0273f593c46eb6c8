"""ENR: the number of participants, against status, dates and arms."""

from __future__ import annotations

from collections.abc import Iterator

from lint.api import ERROR, MEDIUM, WARNING, Context, Node, Problem, Span, bad, good, pattern, rule
from lint.rules.readers.facts import FINAL_RULE, study_facts

_ENROLMENT = "$.protocolSection.designModule.enrollmentInfo"
_POINTER = "/protocolSection/designModule/enrollmentInfo"
_E, _S = "designModule.enrollmentInfo", "statusModule.overallStatus"
_COMPLETION = "statusModule.primaryCompletionDateStruct"
_SUBMITTED = "statusModule.studyFirstSubmitDate"


@rule(
    "ENR001",
    "enrollment-missing",
    severity=ERROR,
    at="$.protocolSection.designModule",
    when=lambda design: not design.get("enrollmentInfo", {}).keys() >= {"count", "type"},
    examples=[
        bad({_E: None}, path="/protocolSection/designModule"),
        bad({_E: {"type": "ESTIMATED"}}, base="observational", path=_POINTER),
        bad({_E: {"count": 120}}, path=_POINTER),
        good(),
        good(base="expanded_access"),
        good({_E: None, _S: "WITHHELD"}),
        good({_E: None, "statusModule.startDateStruct": {"date": "2009-03"}, _SUBMITTED: "2009-02-11"}),
        good({_E: None, "statusModule.startDateStruct": {"date": "2017-03"}, _SUBMITTED: "2016-12-11"}),
    ],
)  # fmt: skip
def enrollment_missing(design: Node, ctx: Context) -> Iterator[Problem]:
    """The number of participants, or whether it is actual or estimated, is missing.

    Why: nobody can judge what a study can show without knowing its size.
    What to do: enter the target number (ESTIMATED), or the number of people enrolled (ACTUAL).
    False positives: expanded access and withheld records have none; studies registered or begun before 18 January
    2017 are left alone.
    Source: PRS protocol definitions, Enrollment, https://clinicaltrials.gov/policy/protocol-definitions#EnrollmentCount
    """
    if design.get("studyType") not in ("INTERVENTIONAL", "OBSERVATIONAL") or ctx.get(_S) == "WITHHELD":
        return
    facts = ctx.memo(study_facts)
    if facts.began and not facts.began_on_or_after(FINAL_RULE):
        return
    if (ctx.get(_SUBMITTED) or "9999") < FINAL_RULE.isoformat():
        return
    hint = "enter the target number as ESTIMATED, or the number of people enrolled as ACTUAL"
    enrolment = design.child("enrollmentInfo")
    if not enrolment.value:
        yield design.problem("the number of participants is missing", hint=hint, missing="enrollmentInfo")
    elif enrolment.get("count") is None:
        yield enrolment.problem("the number of participants is missing", hint=hint, missing="count")
    else:
        message = "whether the number of participants is actual or estimated is missing"
        yield enrolment.problem(message, hint=hint, missing="type")


@rule(
    "ENR003",
    "withdrawn-with-participants",
    severity=ERROR,
    at=_ENROLMENT,
    examples=[
        bad({_S: "WITHDRAWN", _E: {"count": 45, "type": "ACTUAL"}}, path=_POINTER + "/count"),
        bad({_S: "WITHDRAWN", _E: {"count": 45, "type": "ESTIMATED"}}, note="the planned number is a warning"),
        good(),
        good({_S: "WITHDRAWN", _E: {"count": 0, "type": "ACTUAL"}}),
    ],
)  # fmt: skip
def withdrawn_with_participants(enrolment: Node, ctx: Context) -> Iterator[Problem]:
    """A withdrawn study has participants.

    Why: WITHDRAWN means that the study was stopped before the first participant was enrolled.
    What to do: set the number to 0 (ACTUAL), or choose TERMINATED if anyone was enrolled.
    False positives: older records kept the planned number; an ESTIMATED one is a warning.
    Source: PRS protocol definitions, Overall Recruitment Status,
    https://clinicaltrials.gov/policy/protocol-definitions#OverallStatus
    """
    count = enrolment.get("count")
    if count and ctx.get(_S) == "WITHDRAWN":
        yield enrolment.problem(
            f"overallStatus is WITHDRAWN, but the enrolment is {count}",
            "count",
            hint="set the number to 0, or choose TERMINATED if anyone was enrolled",
            related=[ctx.node(_S)],
            severity=WARNING if enrolment.get("type") == "ESTIMATED" else None,
        )


@rule(
    "ENR004",
    "enrollment-type-vs-status",
    severity=WARNING,
    at=_ENROLMENT,
    examples=[
        bad({_S: "COMPLETED"}, path=_POINTER + "/type"),
        bad({_S: "NOT_YET_RECRUITING", _E + ".type": "ACTUAL"}, path=_POINTER + "/type"),
        bad({_S: "ACTIVE_NOT_RECRUITING", _COMPLETION: {"date": "2024-03-01", "type": "ACTUAL"}}),
        good(),
        good({_S: "COMPLETED", _E + ".type": "ACTUAL"}),
        good({_S: "UNKNOWN"}, note="nobody has updated the record"),
        good({_S: "ACTIVE_NOT_RECRUITING"}, note="follow-up goes on"),
    ],
)  # fmt: skip
def enrollment_type_vs_status(enrolment: Node, ctx: Context) -> Iterator[Problem]:
    """The enrolment is an estimate although the study is over, or actual before it has begun.

    Why: the actual number has to be entered when the primary completion date becomes actual.
    What to do: enter the number of people who were enrolled and set its type to ACTUAL.
    False positives: studies whose status is unknown are not updated any more; they are left alone.
    Source: 42 CFR 11.64, https://www.ecfr.gov/current/title-42/section-11.64; PRS protocol
    definitions, Enrollment
    """
    kind, status = enrolment.get("type"), ctx.get(_S)
    if kind == "ACTUAL" and status == "NOT_YET_RECRUITING":
        yield enrolment.problem(
            "overallStatus is NOT_YET_RECRUITING, but the enrolment is said to be ACTUAL",
            "type",
            hint="set the type to ESTIMATED, or correct the status if people were enrolled",
            related=[ctx.node(_S)],
        )
    if kind != "ESTIMATED" or status == "UNKNOWN":
        return
    if status in ("COMPLETED", "TERMINATED"):
        reason, related = f"overallStatus is {status}", ctx.node(_S)
    elif ctx.get(_COMPLETION + ".type") == "ACTUAL" and status != "WITHDRAWN":
        reason, related = "the primary completion date is ACTUAL", ctx.node(_COMPLETION)
    else:
        return
    yield enrolment.problem(
        f"{reason}, but the enrolment of {enrolment.get('count')} is still ESTIMATED",
        "type",
        hint="enter the number of people who were enrolled and set its type to ACTUAL",
        related=[related],
    )


def _is_target(enrolment: Node, ctx: Context) -> bool:
    """Say whether the number is what was planned; a form that does not say so may mean either."""
    return enrolment.get("type") != "ACTUAL" and ctx.shown(*enrolment.path, "type")


@rule(
    "ENR006",
    "enrollment-below-arm-count",
    severity=ERROR,
    at=_ENROLMENT,
    examples=[
        bad({_E + ".count": 1}, path=_POINTER + "/count"),
        bad({_E: {"count": 1, "type": "ESTIMATED"}, _S: "TERMINATED"}, note="a target, though the study ended early"),
        bad({_E + ".count": 1, "designModule.designInfo.interventionModel": "CROSSOVER"}, note="a warning"),
        good(),
        good({_E: {"count": 1, "type": "ACTUAL"}, _S: "TERMINATED"}, note="ended before every arm had participants"),
        good({_E + ".count": 2}),
        good({_E: {"count": 0, "type": "ACTUAL"}, _S: "WITHDRAWN"}, note="nobody; see ENR002 and ENR003"),
    ],
)  # fmt: skip
def enrollment_below_arm_count(enrolment: Node, ctx: Context) -> Iterator[Problem]:
    """There are fewer participants than arms.

    Why: an arm without a participant cannot be compared; the number or the arms are wrong.
    What to do: correct the enrolment, or merge the arms.
    False positives: a study that was terminated or suspended may have left arms empty, so its
    actual number is left alone; a crossover study, in which one person may go through several
    arms, is a warning.
    Source: PRS protocol definitions, Enrollment,
    https://clinicaltrials.gov/policy/protocol-definitions#IntEnrollment
    """
    count = enrolment.get("count")
    arms = ctx.node("armsInterventionsModule.armGroups")
    if count and count < len(arms.value or ()):
        if ctx.get(_S) in ("TERMINATED", "SUSPENDED") and not _is_target(enrolment, ctx):
            return
        crossover = ctx.get("designModule.designInfo.interventionModel") == "CROSSOVER"
        yield enrolment.problem(
            f"the enrolment is {count}, but there are {len(arms.value)} arms or groups",
            "count",
            hint="correct the enrolment, or merge the arms",
            related=[arms],
            severity=WARNING if crossover else None,
        )


_STATED = pattern(
    r"(?i)\b(?:a )?total (?:of|sample size of|number of)(?: the)? (?:approximately |about |up to |at least |around )?"
    r"([0-9][0-9,]{0,6}) (?:[a-z-]+ ){0,3}?(?:patients|participants|subjects|women|men|children|individuals|volunteers|"
    r"adults|infants)\b|"
    r"\b([0-9][0-9,]{0,6}) (?:[a-z-]+ ){0,2}?(?:patients|participants|subjects|women|men|children|individuals|"
    r"volunteers|adults|infants) will be (?:included|enrolled|recruited|randomi[sz]ed) in (?:this|the) "
    r"(?:study|trial)\b"
)
_OF_A_PART = pattern(
    r"(?i)million|screen|\bper\b|each|cohort|phase|\bparts?\b|\barms?\b|group|pilot|stage|interim|survey|previous|earlier|"
    r"additional|already|sub-?study|\bsites?\b|evaluable|complet|power|drop|attrition|%|at least|minimum"
)
_PLANNED = pattern(r"(?i)\bwill\b|\bto be\b|\bplan")
_TOLERANCE = 0.1


_SIGNS = (
    "otal of", "otal number of", "otal sample size of", "will be included in th", "will be enrolled in th",
    "will be recruited in th", "will be randomi",
)  # fmt: skip
"""One of these stands in every sentence that states a number; few texts have any."""


def _may_state_number(text: str) -> bool:
    return any(sign in text for sign in _SIGNS)


def _stated_number(text: str) -> tuple[int, Span] | None:
    """Return the size of the whole study that a text states, if it states one, with its place."""
    for start, end in sorted({place for sign in _SIGNS for place in _sentences_with(sign, text)}):
        match = _STATED().search(text, start, end)
        if match and _PLANNED().search(text, start, end) and not _OF_A_PART().search(text, start, end):
            group = 1 if match[1] else 2
            return int(match[group].replace(",", "")), match.span(group)
    return None


def _sentences_with(words: str, text: str) -> Iterator[Span]:
    at = text.find(words)
    while at >= 0:
        end = text.find(".", at)
        end = end if end >= 0 else len(text)
        yield max(text.rfind(". ", 0, at), text.rfind("\n", 0, at)) + 1, end
        at = text.find(words, end)


@rule(
    "ENR007",
    "enrollment-vs-text",
    severity=WARNING,
    confidence=MEDIUM,
    at=("$.protocolSection.descriptionModule.briefSummary", "$.protocolSection.descriptionModule.detailedDescription"),
    when=_may_state_number,
    examples=[
        bad({_E + ".count": 30, "descriptionModule.briefSummary": "A total of 60 patients will be enrolled."},
            path="/protocolSection/descriptionModule/briefSummary"),
        bad({_E: {"count": 66, "type": "ACTUAL"}, "descriptionModule.detailedDescription":
             "A total of 660 women will be recruited."}, note="a digit too many"),
        good(),
        good({_E + ".count": 60, "descriptionModule.briefSummary": "A total of 60 patients will be enrolled."}),
        good({"descriptionModule.briefSummary": "A total of 500 patients will be screened."}, note="screened"),
        good({"descriptionModule.briefSummary": "A total of 60 patients will be enrolled in each arm."},
             note="a part of the study"),
        good({_E: {"count": 60, "type": "ACTUAL"}, "descriptionModule.briefSummary":
              "A total of 100 patients will be enrolled."}, note="fewer came than were planned"),
    ],
)  # fmt: skip
def enrollment_vs_text(text: Node, ctx: Context) -> Iterator[Problem]:
    """The description states another size of the study than the enrolment.

    Why: either number is from another version of the protocol, or a slip.
    What to do: correct the enrolment, or the text.
    False positives: numbers of people who are screened, of arms, parts, sites or pilots are left alone, as are ten
    percent more or less. An actual enrolment may differ from what was planned; there only ten times or a tenth counts.
    Source: PRS Major Comments, https://prsinfo.clinicaltrials.gov/MajorComments.html
    """
    count = ctx.get(_E + ".count")
    stated = _stated_number(text.value) if count else None
    if not stated:
        return
    number, span = stated
    if ctx.get(_E + ".type") == "ESTIMATED":
        differ = abs(number - count) > _TOLERANCE * count
    else:
        differ = number == 10 * count or count == 10 * number
    if differ:
        yield text.problem(
            f"'{text.value[slice(*span)]}' is the number of participants in this text, but the enrolment is {count}",
            hint="correct the enrolment, or the text",
            span=span,
            related=[ctx.node(_E + ".count")],
        )
