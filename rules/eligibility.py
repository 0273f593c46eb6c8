"""ELG: how the eligibility criteria are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint.api import (
    LOW,
    NOTE,
    STRICT,
    WARNING,
    Context,
    Edit,
    Fix,
    Node,
    Problem,
    bad,
    good,
    pattern,
    rule,
    unescape,
)
from lint.rules.readers.criteria import (
    LONGEST_MARKER,
    NEITHER,
    Line,
    Section,
    criteria_text,
    read_sections,
)

_AT = "$.protocolSection.eligibilityModule.eligibilityCriteria"
_CRITERIA = "eligibilityModule.eligibilityCriteria"
_POINTER = "/protocolSection/eligibilityModule/eligibilityCriteria"


def _criteria(inclusion: str, exclusion: str = "* Pregnancy") -> dict[str, str]:
    return {_CRITERIA: f"Inclusion Criteria:\n\n{inclusion}\n\nExclusion Criteria:\n\n{exclusion}"}


@rule(
    "ELG003",
    "criteria-heading-duplicated-or-empty",
    severity=WARNING,
    at=_AT,
    examples=[
        bad({_CRITERIA: "Inclusion Criteria:\n\nInclusion Criteria: Aged 18\\~65 years.\n\nExclusion Criteria:\n\n"
             "History of bleeding.\n\n\\-\n\nExclusion Criteria:\n\n\\-"}, path=_POINTER),
        bad(_criteria("* Migraine", "\\-"), path=_POINTER, note="nothing below the heading"),
        bad({_CRITERIA: "Inclusion Criteria:\n\n* Migraine\n\nInclusion Criteria:\n\n* Informed consent"},
            path=_POINTER),
        good(),
        good(_criteria("* Migraine", "None"), note="an answer is content"),
        good(_criteria("* Migraine", "* See inclusion criteria"), note="a reference"),
        good({_CRITERIA: "Patients\n\nInclusion Criteria:\n\n* Migraine\n\nExclusion Criteria:\n\n* Pregnancy\n\n"
              "Healthy controls\n\nInclusion Criteria:\n\n* No migraine\n\nExclusion Criteria:\n\n* Pregnancy"},
             note="headings once for each group, with the name of the group between them"),
        good({_CRITERIA: "Inclusion Criteria:\n\nInclusion Criteria for Part 1:\n\n* Migraine\n\n"
              "Exclusion Criteria:\n\n* Pregnancy"}, note="a heading over sub-headings"),
        good({_CRITERIA: "Inclusion Criteria:\n\nAdults.\n\nGroup 1. Volunteers from the staff and the students of the "
              "university.\n\nInclusion Criteria:\n\n* No migraine\n\nExclusion Criteria:\n\n* Pregnancy"},
             note="the group is described before the heading"),
        good({_CRITERIA: "Inclusion Criteria:\n\n* Migraine\n\nNon-Inclusion Criteria:\n\n* Stroke\n\n"
              "Exclusion Criteria:\n\n* Withdrawal of consent"}, note="two headings of one kind that differ"),
    ],
)  # fmt: skip
def heading_duplicated_or_empty(criteria: Node, ctx: Context) -> Iterator[Problem]:
    """A heading of the criteria stands twice, or nothing stands below it.

    Why: programs and patients take what follows a heading to belong to it; a second heading, or
    one without content, puts criteria on the wrong side or suggests that some were lost.
    What to do: remove the extra heading; where there are no such criteria, write "None".
    False positives: headings repeated for every cohort, with the name of the cohort before them,
    and a heading directly above more special headings are left alone.
    Source: PRS protocol definitions, Eligibility Criteria, https://clinicaltrials.gov/policy/protocol-definitions#EligibilityCriteria
    """
    sections = ctx.memo(read_sections)
    reported = set()
    for number, section in enumerate(sections):
        if section.kind == NEITHER or section.kind in reported:
            continue
        following = sections[number + 1] if number + 1 < len(sections) else None
        fault = _heading_fault(section, following)
        if fault:
            reported.add(section.kind)
            place, message, hint = fault
            yield criteria.problem(message, hint=hint, span=place.span)


def _heading_fault(section: Section, following: Section | None) -> tuple[Section, str, str] | None:
    """Return the section whose heading is wrong, what is wrong with it, and what to do."""
    if not section.plain:
        return None
    if following is None or following.kind != section.kind:
        hint = "write the criteria below the heading, or 'None' if there are none"
        return None if section.says_something else (section, f"'{section.heading}' has nothing below it", hint)
    if following.plain and _letters(section.heading) == _letters(following.heading) and not _ends_in_label(section):
        hint = "remove one of the two headings, or say which group each is about"
        return following, f"'{following.heading}' stands twice in the eligibility criteria", hint
    return None


def _letters(heading: str) -> str:
    return "".join(char for char in heading.lower() if char.isalpha())


_LABEL_STARTS = ("group", "cohort", "arm ", "part ", "phase", "stage", "step")


def _ends_in_label(section: Section) -> bool:
    """Say whether the last line names the group that the next heading is about."""
    if not section.filled:
        return False
    last = section.filled[-1]
    if last.text.endswith(":") or last.text.lower().startswith(_LABEL_STARTS):
        return True
    return not last.marker and len(last.text) < 60 and not last.text.endswith(".")


@rule(
    "ELG004",
    "empty-bullet",
    severity=WARNING,
    at=_AT,
    fixable=True,
    examples=[
        bad(_criteria("* Migraine\n\n\\-", "* Pregnancy\n\n\\-"), path=_POINTER),
        bad(_criteria("1. Migraine\n2.\n3. Informed consent"), path=_POINTER, note="a number without text"),
        good(),
        good(_criteria("\\- Migraine\n\\- Informed consent"), note="escaped dashes before text"),
        good(_criteria("* Migraine\n\n\\-----\n\n* Informed consent"), note="a line of dashes is a separator"),
        good({_CRITERIA: "Inclusion Criteria:1.\n\n* Migraine\n* 2. Consent\n\nExclusion Criteria:\n\n* Stroke"},
             note="a number on the line of the heading"),
    ],
)  # fmt: skip
def empty_bullet(criteria: Node, ctx: Context) -> Iterator[Problem]:
    """A bullet or number in the criteria has no text.

    Why: it is what is left of a deleted criterion or of a form, and readers wonder what is missing.
    What to do: delete the bullet, or write the criterion.
    False positives: a line of several dashes is taken for a separator.
    Source: PRS protocol definitions, Eligibility Criteria, https://clinicaltrials.gov/policy/protocol-definitions#EligibilityCriteria
    """
    empty = [line for section in ctx.memo(read_sections) for line in _empty_lines(section)]
    if empty:
        first = empty[0]
        many = f" (and {len(empty) - 1} more)" if len(empty) > 1 else ""
        yield criteria.problem(
            f"'{first.marker}' stands alone on a line of the eligibility criteria{many}",
            hint="delete the empty bullet, or write the criterion that belongs there",
            span=(first.start - len(first.marker), first.start),
            fix=_without_lines(criteria, {line.marker for line in empty}),
        )


def _empty_lines(section: Section) -> Iterator[Line]:
    short = [index for index, raw in enumerate(section.written) if raw and 0 < len(raw.strip()) <= LONGEST_MARKER]
    for line in map(section.line, short):
        if not line.text and not _behind(section, line):
            yield line


def _behind(section: Section, line: Line) -> bool:
    """Say whether a marker without text stands on the line of the heading, as in ``Criteria: 1.``."""
    return bool(section.heading) and line.start - len(line.marker) - section.span[1] < 2


def _without_lines(criteria: Node, markers: set[str]) -> Fix:
    kept = [line for line in criteria.value.split("\n") if unescape(line).strip() not in markers]
    while kept and not kept[-1].strip():
        kept.pop()
    text = "\n".join(kept).replace("\n\n\n", "\n\n")
    return Fix("delete the empty bullets", (Edit(criteria.path, text),), safe=True)


_SENTENCE_END = pattern(r"[a-z0-9)%][.;] *(?=[A-Z])")
_PARAGRAPH = 200
_SENTENCES = 3
_SENTENCE_LENGTH = 90
"""Criteria are shorter on average; longer sentences describe or explain."""


@rule(
    "ELG005",
    "criteria-not-bulleted",
    severity=NOTE,
    at=_AT,
    examples=[
        bad(_criteria("* Migraine", "Known allergy to any component of the tablets. Severe problems of the heart or "
                      "the kidneys. Tumour of the liver on ultrasonography, CT or MRI examination. Pregnant or "
                      "lactating women. Thrombosis of a large vein."), path=_POINTER),
        bad(_criteria("Chronic migraine for at least one year. Stable use of one medicine only. Able to keep a diary "
                      "on a telephone. Willing to visit the clinic every four weeks. Written consent. "
                      "Health insurance of the region.")),
        good(),
        good(_criteria("Adults with migraine. Informed consent. No allergy."), note="a short section"),
        good(_criteria("* " + "A long criterion with an explanation. It goes on. It has examples. " * 5),
             note="several sentences inside one item"),
        good(_criteria("The study takes young people of 12 to 21 years who live with a parent. The lower limit was "
                       "chosen because younger children cannot answer the questions about their daily life in the "
                       "survey. The upper limit was chosen because the public insurance of the region pays for such "
                       "devices only up to this age. Parents and their children give consent together as long as "
                       "the children are under 18, and the children agree."),
             note="an explanation"),
    ],
)  # fmt: skip
def criteria_not_bulleted(criteria: Node, ctx: Context) -> Iterator[Problem]:
    """Several criteria stand in one paragraph instead of one per line.

    Why: readers tick criteria off one by one, and programs that match patients with studies read
    a line as a criterion. The registry asks for a list.
    What to do: put every criterion on a line of its own, with a dash or star before it.
    False positives: short sections, long single items and explanations in long sentences are left
    alone.
    Source: PRS protocol definitions, Eligibility Criteria, https://clinicaltrials.gov/policy/protocol-definitions#EligibilityCriteria
    """
    found = [line for section in ctx.memo(read_sections) for line in _run_on(section)]
    if found:
        first = found[0]
        more = "; other paragraphs do so, too" if len(found) > 1 else ""
        yield criteria.problem(
            f"'{first.text[:40].rstrip()} ...' and the sentences after it run several criteria together{more}",
            hint="put each criterion on a line of its own, with a bullet before it",
            span=(first.start, first.start + len(first.text)),
        )


def _run_on(section: Section) -> Iterator[Line]:
    long = [index for index, raw in enumerate(section.written) if len(raw) > _PARAGRAPH]
    if not long or section.bulleted:
        return
    for line in map(section.line, long):
        if len(line.text) > _PARAGRAPH:
            ends = len(_SENTENCE_END().findall(line.text))
            if ends >= _SENTENCES and len(line.text) < _SENTENCE_LENGTH * (ends + 1):
                yield line


_EXEMPT_START = pattern(
    r"(?:and|or|but|have|has|are|is|be|being|having|who|with|without|to|in|of|for|if|e\.g|i\.e|iv|vs|von|van|de)\b|[a-z]{1,4}[0-9A-Z-]|[a-z]+[A-Z0-9]|[a-z]{1,2}\b"
)


@rule(
    "ELG013",
    "criterion-starts-lowercase-or-fragment",
    severity=NOTE,
    confidence=LOW,
    profiles=STRICT,
    at=_AT,
    examples=[
        bad(_criteria("* Adults with migraine", "history of bleeding\n\nSevere kidney disease"), path=_POINTER),
        bad(_criteria("* Migraine\n* treatment with one medicine only\n* Written consent", "* Pregnancy\n* Stroke")),
        good(),
        good(_criteria("* adults with migraine\n* informed consent", "* pregnancy"), note="small letters throughout"),
        good(_criteria("* eGFR above 60 mL/min\n* p53 mutation\n* pH of 7"), note="genes and units"),
        good(_criteria("* One of the following:\n\n  * prior stroke\n  * prior bleeding"), note="parts of a sentence"),
        good(_criteria("* Adults\n* Migraine\n* Informed consent", "* is pregnant\n* has had a stroke\n* older people"),
             note="a section in small letters"),
    ],
)  # fmt: skip
def criterion_starts_lowercase(criteria: Node, ctx: Context) -> Iterator[Problem]:
    """A criterion begins in lower case while most others begin with a capital.

    Why: it is often the second half of a line that broke in two, or what is left after the start
    of the criterion was lost.
    What to do: join the halves, or complete the criterion.
    False positives: records that write all criteria small, items below a line that ends in a colon
    or comma, units and gene symbols are left alone.
    Source: PRS protocol definitions, Eligibility Criteria, https://clinicaltrials.gov/policy/protocol-definitions#EligibilityCriteria
    """
    small: list[Line] = []
    capital = exempt = 0
    for section in ctx.memo(read_sections):
        opened = False
        for line in section.filled:
            if line.text[0].isupper():
                capital += 1
            elif line.text[0].islower() and line.text[-1] != ":":
                if opened or line.indent or _EXEMPT_START().match(line.text):
                    exempt += 1
                else:
                    small.append(line)
            opened = line.text[-1] in ":,;" or (opened and (bool(line.indent) or line.text[0].islower()))
    if small and capital >= 2 * (len(small) + exempt):
        first = small[0]
        more = f" (and {len(small) - 1} more)" if len(small) > 1 else ""
        yield criteria.problem(
            f"'{first.text[:40].rstrip()}' begins in lower case, unlike the other criteria{more}",
            hint="begin it with a capital, or complete it if its beginning was lost or the line broke in two",
            span=(first.start, first.start + len(first.text)),
        )


_VAGUE = ("etc", "and so", " organs")
_ETC = pattern(r"\betc\b\.?|\band so (?:on|forth)\b|\bother (?:vital|major|important|serious) organs\b")
_EXAMPLES = pattern(
    r"\be\.? ?g\b|\bsuch as\b|\bfor (?:example|instance)\b|\binclud|\blike\b|\bi\.? ?e\b|[:：]", re.IGNORECASE
)


@rule(
    "ELG015",
    "criterion-vague",
    severity=NOTE,
    confidence=LOW,
    profiles=STRICT,
    at=_AT,
    examples=[
        bad(_criteria("* Migraine", "* Severe problems in other vital organs"), path=_POINTER),
        bad(_criteria("* Migraine", "* Heart failure, liver failure, etc."), path=_POINTER),
        good(),
        good(_criteria("* Migraine", "* NYHA class III or IV, eGFR below 30 mL/min")),
        good(_criteria("* Migraine", "* Treatment with a triptan (sumatriptan, naratriptan, etc.)\n"
                       "* Stroke, such as infarction, bleeding, etc."), note="examples of something that is named"),
        good(_criteria("* Migraine", "* Any condition that in the judgement of the investigator forbids taking part"),
             note="the discretion of the investigator is standard"),
    ],
)  # fmt: skip
def criterion_vague(criteria: Node, ctx: Context) -> Iterator[Problem]:
    """A criterion ends in "etc." or speaks of "other vital organs".

    Why: neither a patient nor another site can decide from it who may take part.
    What to do: write out what is meant, with limits where there are any.
    False positives: the clause that leaves the decision to the investigator is standard, and
    "etc." after examples in brackets or after "such as" leaves nothing open; both are left alone.
    There is one finding for the whole text.
    Source: PRS protocol definitions, Eligibility Criteria, https://clinicaltrials.gov/policy/protocol-definitions#EligibilityCriteria
    """
    text = ctx.memo(criteria_text)
    if not any(word in text for word in _VAGUE):
        return
    matches = [match for match in _ETC().finditer(text) if not _after_examples(text, match.start())]
    if matches:
        many = "; other such words do so, too" if len(matches) > 1 else ""
        yield criteria.problem(
            f"'{matches[0][0]}' in the eligibility criteria leaves open what is meant{many}",
            hint="write out what is meant",
            span=matches[0].span(),
        )


def _after_examples(text: str, end: int) -> bool:
    """Say whether the words before ``end`` are examples: in an open bracket, or after "such as"."""
    line = text[text.rfind("\n", 0, end) + 1 : end]
    is_open = any(line.count(one) > line.count(other) for one, other in ("()", "[]", "（）"))
    return is_open or bool(_EXAMPLES().search(line.rpartition(";")[2]))
