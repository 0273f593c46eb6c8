"""TXT: descriptions that repeat other elements, and plans that are told in the past."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lint.api import MEDIUM, NOTE, Context, Node, Problem, bad, good, pattern, rule, unescape

_DETAILS = "descriptionModule.detailedDescription"
_CRITERIA = "eligibilityModule.eligibilityCriteria"
_OUTCOME = "outcomesModule.primaryOutcomes[0].description"
_DOSE = "armsInterventionsModule.interventions[0].description"
_P = "/protocolSection/"
_LONG = 200
_SHORTEST_LINE = 40
_FEWEST_LINES = 3
_OUTCOMES = ("primaryOutcomes", "secondaryOutcomes", "otherOutcomes")
_LINES = (
    "Chronic migraine according to the third edition of the classification",
    "Onset of migraine before the age of 50 years, as told by the participant",
    "Use of opioids on no more than four days a month over the last half year",
)
_LISTED = "Inclusion Criteria:\n\n* " + "\n* ".join(_LINES)
_MEASURED = (
    "Days with headache of any severity are counted in the electronic diary over 28 days. A day counts when pain lasts "
    "for four hours or longer, or when a drug against attacks was taken. Days without an entry do not count at all."
)


@rule(
    "TXT031",
    "description-repeats-other-element",
    severity=NOTE,
    at="$.protocolSection.descriptionModule.detailedDescription",
    when=lambda text: len(text) >= _LONG,
    examples=[
        bad({_DETAILS: "Exampline is studied.\n\n" + _LISTED, _CRITERIA: _LISTED},
            path=_P + "descriptionModule/detailedDescription"),
        bad({_DETAILS: "Exampline prevents attacks. " + _MEASURED, _OUTCOME: _MEASURED}),
        good(),
        good({_DETAILS: "Adults enter the study by the inclusion criteria below. " * 5, _CRITERIA: _LISTED},
             note="they are named, not repeated"),
        good({_DETAILS: f"Inclusion: {_LINES[0]}. {'Visits take place every four weeks. ' * 6}", _CRITERIA: _LISTED},
             note="one phrase alike"),
        good({_DETAILS: _MEASURED.replace("four", "five"), _OUTCOME: _MEASURED}, note="not word for word"),
    ],
)  # fmt: skip
def description_repeats(description: Node, ctx: Context) -> Iterator[Problem]:
    """The detailed description repeats the eligibility criteria or an outcome word for word.

    Why: the registry asks not to; when one of the two is changed, the record contradicts itself.
    What to do: keep background and methods here, and criteria and outcomes in their own elements.
    False positives: at least three criteria of 40 characters and 200 characters in all, or the whole
    description of an outcome of 200 characters, must stand there word for word.
    Source: PRS protocol definitions, Detailed Description, https://clinicaltrials.gov/policy/protocol-definitions#DetailedDescription
    """
    text: str = description.value
    criteria = ctx.node(_CRITERIA)
    if _repeats_criteria(text, criteria.value or ""):
        yield _repetition(description, "eligibility criteria", criteria)
        return
    outcomes = ctx.node("outcomesModule")
    for outcome in (one for kind in _OUTCOMES for one in outcomes.items(kind)):
        measured = outcome.get("description") or ""
        if len(measured) >= _LONG and measured in text:
            yield _repetition(description, "the description of an outcome", outcome.child("description"))
            return


def _repetition(description: Node, what: str, other: Node) -> Problem:
    return description.problem(
        f"the detailed description repeats {what} word for word",
        hint="keep background and methods here, and leave the rest to its own element",
        related=[other],
    )


def _repeats_criteria(text: str, criteria: str) -> bool:
    if "clusion" not in text and "CLUSION" not in text:
        return False
    lines = [line.strip(" *-\t0123456789.") for line in criteria.split("\n")]
    found = [line for line in lines if len(line) >= _SHORTEST_LINE and line in text]
    return len(found) >= _FEWEST_LINES and sum(map(len, found)) >= _LONG


_TOLD = pattern(
    r"\b(?:was|were) (?:[a-z]+ly )?(?:infused|injected|administered|given|inserted|performed|randomi[sz]ed|treated"
    r"|assigned|divided|recruited|enrolled|instructed|applied|collected)\b"
)
_EARLIER = pattern(
    r"(?i)\b(?:who|which|that|previous(?:ly)?|earlier|prior|before|if|when|once|until|after|as) [a-z ]{0,30}$"
    r"|\b(?:trial|study) $"
)


_PAST_RECRUITING = ("ACTIVE_NOT_RECRUITING", "COMPLETED", "SUSPENDED", "TERMINATED")


def _is_before_start(status: dict[str, Any]) -> bool:
    """Say whether the record was last sent in before or in the month of the start of the study."""
    start = (status.get("startDateStruct") or {}).get("date") or ""
    sent = status.get("lastUpdateSubmitDate") or status.get("statusVerifiedDate") or ""
    return bool(sent) and start[:7] >= sent[:7] and status.get("overallStatus") not in _PAST_RECRUITING


@rule(
    "TXT022",
    "tense-vs-status",
    severity=NOTE,
    confidence=MEDIUM,
    at="$.protocolSection.statusModule",
    when=_is_before_start,
    examples=[
        bad({_DOSE: "The cells were infused once over 30 minutes.", "statusModule.startDateStruct.date": "2024-09"},
            path=_P + "armsInterventionsModule/interventions/0/description"),
        bad({"armsInterventionsModule.armGroups[0].description": "Exampline was administered every morning.",
             "statusModule.startDateStruct": {"date": "2024-05", "type": "ACTUAL"}}),
        good(),
        good({_DOSE: "The cells were infused once."}, note="the study has begun"),
        good({_DOSE: "The cells were infused once.", "statusModule.startDateStruct.date": "2024-09",
              "statusModule.overallStatus": "ACTIVE_NOT_RECRUITING"}, note="recruiting has ended"),
        good({_DOSE: "Those who were treated before go on; the cells will be infused.",
              "statusModule.startDateStruct.date": "2024-09"}, note="an earlier treatment"),
        good({_DOSE: "The study was divided into two parts.", "statusModule.startDateStruct.date": "2024-09"},
             note="its design, which is fixed before the start"),
        good({_DOSE: "Exampline was administered.", "statusModule.startDateStruct.date": "2024-09",
              "designModule": {"studyType": "OBSERVATIONAL", "designInfo": {"timePerspective": "RETROSPECTIVE"}}},
             note="looks back"),
    ],
)  # fmt: skip
def tense_before_start(status: Node, ctx: Context) -> Iterator[Problem]:
    """What is planned is told in the past: the record was last sent in before or in the month of the start.

    Why: readers take a plan for a study that is over, or the record was written after the fact.
    What to do: write "will be"; if the study has begun long ago, correct its start date.
    False positives: retrospective studies, and clauses on earlier treatment ("who were treated"), are
    left alone, as is what the study itself was divided into. One finding for each record.
    Source: PRS quality control review criteria, https://prsinfo.clinicaltrials.gov/ProtocolDetailedReviewItems.pdf
    """
    if ctx.get("designModule.designInfo.timePerspective") == "RETROSPECTIVE":
        return
    module = ctx.node("armsInterventionsModule")
    for part in (*module.items("interventions"), *module.items("armGroups")):
        text = unescape(part.get("description") or "")
        told = next((found for found in _TOLD().finditer(text) if not _is_earlier(found)), None)
        if told:
            yield part.problem(
                f"'{told[0]}' tells in the past what had hardly begun when the record was last sent in",
                "description",
                hint="write 'will be', or correct the start date",
                span=told.span(),
                related=[status.child("startDateStruct", "date")],
            )
            return


def _is_earlier(told: re.Match[str]) -> bool:
    return _EARLIER().search(told.string, max(0, told.start() - 50), told.start()) is not None
