"""ELG: the headings of the eligibility criteria, and criteria that stand twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint.api import (
    ERROR,
    NOTE,
    WARNING,
    Context,
    Edit,
    Fix,
    Node,
    Problem,
    Severity,
    bad,
    good,
    pattern,
    rule,
    unescape,
)
from lint.rules.readers.criteria import EXCLUSION, INCLUSION, Line, criteria_text, read_sections
from lint.rules.readers.facts import FINAL_RULE
from lint.rules.readers.repeated_criteria import repeated_criteria
from lint.rules.readers.timeline import REGISTRATION_LAW, timeline

_AT = "$.protocolSection.eligibilityModule.eligibilityCriteria"
_CRITERIA = "eligibilityModule.eligibilityCriteria"
_POINTER = "/protocolSection/eligibilityModule/eligibilityCriteria"
_SOURCE = "https://clinicaltrials.gov/policy/protocol-definitions#EligibilityCriteria"
_SHORT = 100
"""Texts below it are too short for lists, lines below it may be headings."""

_MISSPELT = pattern(r"[ \t>*#0-9.•-]{0,6}(in|ex)clusion[ \t]+(?!crit)[a-z]{5,12}[ \t]*:?[ \t]*", re.IGNORECASE)
_FURTHER = pattern(r"(?:further|additional|other|more)\b.{0,40}criteria\b|\W*parts?\b|\W*cohorts?\b", re.IGNORECASE)
"""Lines about more criteria, or about the part of the study that a list is for."""
_OTHER_WORDS = {
    INCLUSION: ("inclu", "eligib", "characteristics", "enrol", "must meet", "recruit", "selection"),
    EXCLUSION: (
        "exclu",
        "ineligib",
        "not eligible",
        "non-inclusion",
        "non inclusion",
        "not be included",
        "not be enrol",
    ),
}
"""What a text without a heading may say in its place."""


def _lists(inclusion: str, exclusion: str = "* Pregnancy or breastfeeding") -> dict[str, str]:
    return {_CRITERIA: f"Inclusion Criteria:\n\n{inclusion}\n\nExclusion Criteria:\n\n{exclusion}"}


@rule(
    "ELG002",
    "criteria-headings-missing",
    severity=WARNING,
    at=_AT,
    when=lambda text: len(text) > _SHORT,
    fixable=True,
    examples=[
        bad({_CRITERIA: "* Chronic migraine according to the classification\n* Age of 18 years or more\n"
             "* No pregnancy\n* No use of opioids on more than four days"}, path=_POINTER),
        bad({_CRITERIA: "Inclusion Criteria:\n\n* Chronic migraine according to the classification\n\n"
             "Exclusion Citeria:\n\n* Pregnancy\n* Use of opioids on more than four days"}, note="misspelt"),
        bad({_CRITERIA: "Inclusion Criteria:- Adults with chronic migraine- Stable treatment for three months "
             "Exclusion Criteria:- Pregnancy- Use of opioids"}, note="in the middle of a line"),
        bad({_CRITERIA: "Inclusion criteria. Patients must meet all of the following conditions at their first visit "
             "to take part in the study:\n\n* Chronic migraine\n\nExclusion criteria:\n\n* Pregnancy"},
            note="a note: it opens the line"),
        bad({_CRITERIA: "Inclusion Criteria:\n\n* Chronic migraine according to the classification\n"
             "* Age of 18 years or more\n* Written consent of the participant"}, note="a note: no exclusion"),
        good(),
        good({_CRITERIA: "KEY INCLUSION CRITERIA\n\n* Chronic migraine according to the classification\n\n"
              "EXCLUSION\n\n* Pregnancy\n* Use of opioids on more than four days"}),
        good({_CRITERIA: "Who can take part:\n\nAdults are eligible if they have had migraine for a year or more.\n\n"
              "Who cannot:\n\nPregnant women are excluded, and so is everybody who uses opioids"}, note="other words"),
        good({_CRITERIA: "Part 1 Inclusion Criteria\n\n* Chronic migraine according to the classification\n\n"
              "Part 1 Exclusion Criteria\n\n* Pregnancy\n* Use of opioids"}, note="headings of a part"),
        good({_CRITERIA: "Adults with migraine."}, note="too short for lists"),
        good({_CRITERIA: "DISEASE CHARACTERISTICS:\n\n* Chronic migraine according to the classification\n\n"
              "PATIENT CHARACTERISTICS:\n\n* Not pregnant, no use of opioids",
              "statusModule.studyFirstSubmitDate": "2003-05-02"}, note="a layout of before 2007"),
    ],
)  # fmt: skip
def criteria_headings_missing(criteria: Node, ctx: Context) -> Iterator[Problem]:
    """The criteria lack the heading for inclusion or for exclusion, or it is misspelt or inside a line.

    Why: programs split the criteria at the lines "Inclusion Criteria:" and "Exclusion Criteria:"; without
    them a criterion counts on the wrong side.
    What to do: put both headings on lines of their own.
    False positives: other wordings, headings of cohorts and parts, and texts in which the words stand in
    another form are left alone. A text without any exclusion and a heading that opens a line are notes,
    records registered before 18 January 2017 get a note, those from before 26 December 2007 nothing.
    Source: PRS protocol definitions, Eligibility Criteria, https://clinicaltrials.gov/policy/protocol-definitions#EligibilityCriteria
    """
    kinds = {section.kind for section in ctx.memo(read_sections) if section.heading}
    if "" in kinds or {INCLUSION, EXCLUSION} <= kinds:
        return
    dates = ctx.memo(timeline)
    known = dates.registered or dates.start
    if known is not None and known.date.last < REGISTRATION_LAW:
        return
    text = ctx.memo(criteria_text)
    for kind in (INCLUSION, EXCLUSION):
        problem = None if kind in kinds else _heading_problem(criteria, text, kind, bool(kinds))
        if problem:
            recent = known is None or known.date.last >= FINAL_RULE
            yield problem if recent else problem._replace(severity=NOTE)
            return


def _heading_problem(criteria: Node, text: str, kind: str, other: bool) -> Problem | None:
    """Return what is wrong with the heading of a kind that was not found; ``other`` says that the other was."""
    heading = f"{kind.capitalize()} Criteria:"
    lines = [line for line in text.split("\n") if kind in line.lower()]
    if any("criteri" in line.lower() and len(line) < _SHORT for line in lines):
        return None
    for line in lines:
        if _MISSPELT().fullmatch(line) and not line.lower().strip(" :*").endswith(("ones", "none", "only")):
            return _misspelt(criteria, text, line, heading)
    inside = re.search(rf"\b{kind} criteria\b", text, re.IGNORECASE)
    if inside:
        line_before = text[: inside.start()].rpartition("\n")[2]
        return criteria.problem(
            f"'{inside[0]}' stands inside a line of the eligibility criteria",
            hint=f"put '{heading}' on a line of its own, and every criterion below it on its own line",
            span=inside.span(),
            severity=None if any(map(str.isalpha, line_before)) else NOTE,
        )
    lowered = text.lower()
    if any(word in lowered for word in _OTHER_WORDS[kind]):
        return None
    severity: Severity | None = NOTE if kind == EXCLUSION and other else None
    missing = f"no heading '{heading[:-1]}'" if other else "neither a heading for inclusion nor one for exclusion"
    place = (
        f"'{heading}' above its list" if other else "'Inclusion Criteria:' and 'Exclusion Criteria:' above the lists"
    )
    return criteria.problem(
        f"the eligibility criteria have {missing}",
        hint=f"put {place}; where there are no such criteria write 'None' below it",
        severity=severity,
    )


def _misspelt(criteria: Node, text: str, line: str, heading: str) -> Problem:
    start = text.index(line)
    written = line.strip()
    fix = None
    if criteria.value.count(written) == 1:
        mended = criteria.value.replace(written, heading)
        fix = Fix(f"write '{heading}'", (Edit(criteria.path, mended),))
    return criteria.problem(
        f"'{written}' is a misspelt heading of the eligibility criteria",
        hint=f"write '{heading}'",
        span=(start, start + len(line)),
        fix=fix,
    )


@rule(
    "ELG010",
    "criterion-in-both-lists",
    severity=WARNING,
    at=_AT,
    when=lambda text: len(text) > _SHORT,
    examples=[
        bad(_lists("* Chronic migraine for a year or more\n* Pregnant or breastfeeding women",
                   "* Use of opioids\n* Pregnant or breastfeeding women"), path=_POINTER),
        bad(_lists("1. Adults with migraine\n2. Pregnant women", "1. Stroke or other disease\n2. Pregnant women")),
        good(),
        good(_lists("* Not pregnant and not breastfeeding", "* Pregnant or breastfeeding women"),
             note="a mirror statement is redundant, not wrong"),
        good({_CRITERIA: "Patients\n\nInclusion Criteria:\n\n* Chronic migraine for a year\n\nExclusion Criteria:\n\n"
              "* Pregnancy\n\nControls\n\nInclusion Criteria:\n\n* No headache\n\nExclusion Criteria:\n\n"
              "* Chronic migraine for a year"}, note="two groups"),
        good(_lists("Prior medication:\n\n* Sumatriptan tablets", "Concurrent medication:\n\n* Sumatriptan tablets"),
             note="below different sub-headings"),
        good(_lists("1. Clinical criteria\n2. Aim 2: same as above", "1. Clinical criteria\n2. Aim 2: same as above"),
             note="headings and references"),
    ],
)  # fmt: skip
def criterion_in_both_lists(criteria: Node, ctx: Context) -> Iterator[Problem]:
    """The same criterion stands under inclusion and under exclusion.

    Why: followed to the letter, nobody could take part; one of the two is in the wrong list or was copied.
    What to do: delete the line where it does not belong.
    False positives: mirror statements ("not pregnant" and "pregnant") are left alone, as are lines below
    different sub-headings and texts with lists for several groups.
    Source: PRS Major Comments (information within the record is inconsistent), https://prsinfo.clinicaltrials.gov/MajorComments.html
    """
    both = [
        found
        for found in ctx.memo(repeated_criteria)
        if found.first_kind != found.second_kind and not _FURTHER().match(found.second.text)
    ]
    if both:
        line = both[0].second
        more = _more(len(both) - 1)
        yield criteria.problem(
            f"'{_shortened(line)}' stands under inclusion and under exclusion{more}",
            hint="delete it from the list where it does not belong",
            span=(line.start, line.start + len(line.text)),
        )


@rule(
    "ELG011",
    "duplicate-criterion",
    severity=NOTE,
    at=_AT,
    when=lambda text: len(text) > _SHORT,
    fixable=True,
    examples=[
        bad(_lists("* Chronic migraine for a year or more\n* Adults\n* Chronic migraine for a year or more"),
            path=_POINTER),
        bad(_lists("* Migraine", "1. Known allergy to tablets\n2. Stroke\n3. Known allergy to tablets\n4. Fever")),
        good(),
        good(_lists("* Migraine", "* Triptans in the last week\n* Opioids in the last week"),
             note="the same end"),
        good(_lists("Cohort A:\n\n* Migraine for a year or more\n\nCohort B:\n\n* Migraine for a year or more"),
             note="below different sub-headings"),
        good(_lists("* Adults", "* GROUP 1 (under 65)\n* Allergy to tablets\n* GROUP 2\n* Allergy to tablets"),
             note="below groups that have a bullet themselves"),
    ],
)  # fmt: skip
def duplicate_criterion(criteria: Node, ctx: Context) -> Iterator[Problem]:
    """A criterion stands twice in the same list.

    Why: one of the two is a copy that was to be changed, or a reader looks for the difference in vain.
    What to do: delete the copy, or write what was meant.
    False positives: criteria below the sub-headings of different groups are left alone.
    Source: PRS protocol definitions, Eligibility Criteria, https://clinicaltrials.gov/policy/protocol-definitions#EligibilityCriteria
    """
    same = [found for found in ctx.memo(repeated_criteria) if found.first_kind == found.second_kind]
    if same:
        line = same[0].second
        more = _more(len(same) - 1)
        yield criteria.problem(
            f"'{_shortened(line)}' stands twice in the {same[0].second_kind} criteria{more}",
            hint="delete the copy, or write what was meant",
            span=(line.start, line.start + len(line.text)),
            fix=_without_copies(criteria, [found.second for found in same]),
        )


def _without_copies(criteria: Node, copies: list[Line]) -> Fix:
    """Remove each copy of a bulleted line; numbers would no longer follow one another, so these stay."""
    kept = criteria.value.split("\n")
    for copy in copies:
        places = [index for index, line in enumerate(kept) if unescape(line).strip().endswith(copy.text)]
        if len(places) > 1 and not any(char.isdigit() for char in copy.marker):
            del kept[places[-1]]
    text = "\n".join(kept)
    return Fix("delete the copy", (Edit(criteria.path, text),), safe=True)


def _more(others: int) -> str:
    return f"; {others} more {'does' if others == 1 else 'do'} so, too" if others else ""


def _shortened(line: Line) -> str:
    return line.text if len(line.text) <= 60 else f"{line.text[:57].rstrip()}..."


_CUT = ("...", "…", " and", " or", " of", " the", " with", " to", " an", " by", " than", " which")
_LIMITS = (range(14_990, 15_001), range(19_990, 20_001))
"""The length of the field until October 2020 and since."""


@rule(
    "ELG016",
    "criteria-truncated",
    severity=ERROR,
    at=_AT,
    when=lambda text: text.endswith(_CUT) or len(text) > 14_000,
    examples=[
        bad({_CRITERIA: "Inclusion Criteria:\n\n1. Male participants..."}, path=_POINTER),
        bad(_lists("* Migraine", "* Pregnancy or")),
        bad({_CRITERIA: ("Inclusion Criteria:\n\n* Migraine\n\n" + "* Stroke or another disease\n" * 600)[:15_000]},
            note="cut at the limit"),
        good(),
        good(_lists("* Migraine", "* Known allergy to any component"), note="no full stop at the end of a list"),
        good(_lists("* Migraine", "* Hepatitis A.")),
        good(_lists("* Migraine", "Further criteria apply ...")),
        good(_lists("* Migraine", "* Stroke\n" * 1500), note="long, but not at the limit"),
    ],
)  # fmt: skip
def criteria_truncated(criteria: Node, ctx: Context) -> Iterator[Problem]:
    """The eligibility criteria break off.

    Why: what was cut off may be the criteria for exclusion, which protect participants.
    What to do: complete the text, or shorten it if it was cut at the limit of the field.
    False positives: lists often end without a full stop; only dots of omission behind a word, a dangling
    "and", "or", "with" and the like, and a text that fills the field to its limit without an end count.
    Source: PRS protocol definitions, Eligibility Criteria, https://clinicaltrials.gov/policy/protocol-definitions#EligibilityCriteria
    """
    text = ctx.memo(criteria_text)
    at_limit = any(len(text) in limit for limit in _LIMITS) and text[-1:].isalpha()
    dots = text.endswith(("...", "…")) and text.rstrip(".… ")[-1:].isalnum() and " ..." not in text[-5:]
    if at_limit or dots or (not text.endswith(("...", "…")) and text.endswith(_CUT)):
        end = text[-40:].rpartition("\n")[2]
        yield criteria.problem(
            f"the eligibility criteria break off after '{end}'",
            hint="complete the text; if it was cut at the limit of the field (20,000 characters), shorten it",
            span=(len(text) - len(end), len(text)),
        )
