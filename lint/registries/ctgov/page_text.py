"""The text of a rendered study page as lines with their places, cut into sections.

A section begins with a heading that this module knows, or with a line followed by one that
addresses the visitor ("Understand how the trial is structured ..."), which is how the site opens
every section. Such help lines are furniture, not data; so is all that follows the related trials.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from lint.model import Region
from lint.registries.ctgov.words import code_of, codes

PREAMBLE = "preamble"
RESULTS = "results"
BASIC = "basic"
SUMMARY = "summary"
DESCRIPTION = "description"
CONDITIONS = "conditions"
KEYWORDS = "keywords"
DESIGN = "design"
ARMS = "arms"
INTERVENTIONS = "interventions"
PRIMARY_OUTCOMES = "primaryOutcomes"
SECONDARY_OUTCOMES = "secondaryOutcomes"
OTHER_OUTCOMES = "otherOutcomes"
ELIGIBILITY = "eligibility"
SPONSORS = "sponsors"
RESPONSIBLE_PARTY = "responsible party"
OFFICIALS = "officials"
CONTACTS = "contacts"
LOCATIONS = "locations"
COUNTRIES = "countries"
REFERENCES = "references"
IDENTIFIERS = "identifiers"
RELATED = "related"
UNKNOWN = "unknown"

HEADINGS = {
    "study results": RESULTS,
    "basic information": BASIC,
    "brief summary": SUMMARY,
    "detailed description": DESCRIPTION,
    "conditions": CONDITIONS,
    "keywords": KEYWORDS,
    "study design": DESIGN,
    "study groups": ARMS,
    "arms": ARMS,
    "arm groups": ARMS,
    "study arms": ARMS,
    "interventions": INTERVENTIONS,
    "primary outcome": PRIMARY_OUTCOMES,
    "primary outcomes": PRIMARY_OUTCOMES,
    "primary outcome measures": PRIMARY_OUTCOMES,
    "secondary outcome": SECONDARY_OUTCOMES,
    "secondary outcomes": SECONDARY_OUTCOMES,
    "secondary outcome measures": SECONDARY_OUTCOMES,
    "other outcomes": OTHER_OUTCOMES,
    "other outcome measures": OTHER_OUTCOMES,
    "eligibility": ELIGIBILITY,
    "eligibility criteria": ELIGIBILITY,
    "sponsors": SPONSORS,
    "sponsors and collaborators": SPONSORS,
    "responsible party": RESPONSIBLE_PARTY,
    "principal investigators": OFFICIALS,
    "investigators": OFFICIALS,
    "study officials": OFFICIALS,
    "overall officials": OFFICIALS,
    "central contacts": CONTACTS,
    "contacts": CONTACTS,
    "locations": LOCATIONS,
    "study locations": LOCATIONS,
    "countries": COUNTRIES,
    "references": REFERENCES,
    "other identifiers": IDENTIFIERS,
    "related trials": RELATED,
    "more related trials": RELATED,
}

_FREE_TEXT = {SUMMARY, DESCRIPTION, ELIGIBILITY}
_OTHER_ROLES = {"participants", "caregivers", "care providers", "outcome assessors", "outcomes assessors"}
_MASKED = {"SINGLE", "DOUBLE", "TRIPLE", "QUADRUPLE"}
_BLANKS = " \t\v\f\xa0\u2002\u2003\u2009\u3000\ufeff"
_ADDRESS = (
    r"(?:Get|Review|Dive|See|Understand|Learn|Check|Meet|Identify|Explore|Find|Discover|Browse|View|Know|Reach)\b"
)
_HELP = (
    rf"{_ADDRESS}.*\b(?:the|this) (?:trial|study|research)\b.*\.|"
    r"(?:Dive into the extended narrative|Check the participation requirements|Reach out to these|"
    r"Additional clinical trials that may be)\b.*\."
)
_LONGEST_HEADING = 50
_FURNITURE = (
    r"(?:(?:show|see|view|read|load|hide)(?: (?:all|more|less|fewer|full))+|expand(?: all)?|collapse(?: all)?)"
    r"(?: \(?[0-9]+\)?)?(?: more)?"
    r"(?: (?:details|text|description|locations?|sites?|outcomes?|arms?|interventions?|references?|criteria|countries"
    r"|keywords|conditions))?[ .…>»›↓↑▼▲+-]*"
    r"|back to top|copy(?: link| to clipboard)|opens? in (?:a )?new (?:tab|window)"
)
_EMPTY = r"not (?:provided|available|specified)|no data(?: available)?|information not provided"
_MARKED = r"(?:#{1,6} +|\*\*|__)+(.*?)(?:\*\*|__)?"
_TYPES: dict[str, tuple[str, ...]] = {
    "group type": ("ArmGroupType",),
    "intervention type": ("InterventionType",),
    "responsibility role": ("ResponsiblePartyType",),
    "role": ("ContactRole",),
    "reference type": ("ReferenceType",),
    "identifier type": ("SecondaryIdType", "OrgStudyIdType"),
    "sponsor role": (),
    "identifier source": (),
    "pmid": (),
}
_TYPE = r"(?i:lead|collaborator)|[a-z_]+_(?:id|alias)|[0-9]{5,9}\b.*"


@dataclass(frozen=True, slots=True)
class Text:
    """Characters of one line, trimmed, with their place; ``gap`` says that a blank line is before.

    ``behind`` is the value of a label that stands on the next line.
    """

    line: int
    column: int
    text: str
    gap: bool = False
    behind: Text | None = None

    @property
    def region(self) -> Region:
        return Region(self.line, self.column, self.line, self.column + len(self.text))

    @property
    def key(self) -> str:
        """The text as headings and labels are compared: without case, blanks and final colon."""
        return " ".join(self.text.removesuffix(":").split()).casefold()

    def cut(self, start: int, end: int | None = None) -> Text:
        """Return the characters from ``start`` to ``end``, trimmed."""
        part = self.text[start:end]
        bare = part.strip(_BLANKS)
        lead = len(part) - len(part.lstrip(_BLANKS)) if bare else 0
        return Text(self.line, self.column + start + lead, bare, self.gap)

    def after(self, label: str) -> Text | None:
        """Return what stands behind a label at the start of the line, perhaps nothing.

        A colon or a blank parts them: ``Role: CONTACT``, ``Group Type EXPERIMENTAL``. None when
        the line does not begin with the label.
        """
        size = len(label)
        if self.text[:size].casefold() != label.casefold():
            return None
        rest = self.text[size:]
        if rest and rest[0] != ":" and not rest[0].isspace():
            return None
        return self.behind or self.cut(size + rest.startswith(":"))


@dataclass(slots=True)
class Section:
    """The lines of one section, without heading and help line; the preamble has no heading."""

    name: str
    heading: Text | None = None
    lines: list[Text] = field(default_factory=list)


def split_lines(text: str) -> list[str]:
    """Return the lines of a text without their ends, which may be of any system."""
    return re.split(r"\r\n|\n|\r", text)


def read_lines(text: str) -> Iterator[Text]:
    """Yield the lines that are not blank, without buttons, words for nothing and the marks of Markdown."""
    rows = [(raw.strip(_BLANKS), 1 + len(raw) - len(raw.lstrip(_BLANKS))) for raw in split_lines(text)]
    is_marked = any(_is_marked_heading(bare) for bare, _ in rows)
    gap = False
    label: Text | None = None
    for number, (bare, column) in enumerate(rows, 1):
        if not bare or re.fullmatch(f"{_FURNITURE}|{_EMPTY}", bare, re.I):
            gap = True
            continue
        line = Text(number, column, bare, gap)
        gap = False
        if is_marked and (marked := re.fullmatch(_MARKED, bare)):
            line = line.cut(*marked.span(1))
        if label:
            is_type = _is_type(label, line)
            yield replace(label, behind=line) if is_type else label
            label = None
            if is_type:
                continue
        if line.key in _TYPES:
            label = line
        else:
            yield line
    if label:
        yield label


def _is_type(label: Text, line: Text) -> bool:
    """Say whether a line is the value of the label above it, rather than the next text of the list."""
    enumerations = _TYPES[label.key]
    if not enumerations:
        return bool(re.fullmatch(_TYPE, line.text))
    return any(code_of(name, line.text) in codes()[name].values() for name in enumerations)


def _is_marked_heading(bare: str) -> bool:
    marked = re.fullmatch(_MARKED, bare) if bare[:1] in ("#", "*", "_") else None
    return bool(marked and " ".join(marked[1].split()).casefold() in HEADINGS)


def outline(lines: list[Text]) -> list[Section]:
    """Cut a page into its sections, in page order, the preamble first.

    Where a heading is followed by a help line anywhere on the page, its words without help line
    are text: a description may well have a paragraph called "Interventions". In free text they
    are text also where most headings of the page have help lines, and so is who is masked. Where most
    headings have no colon, a line with one ("Interventions:") is text.
    """
    helped = _helped(lines)
    colons = [line.text.endswith(":") for line in lines if line.key in HEADINGS]
    has_colons = 2 * sum(colons) > len(colons)
    with_help = {HEADINGS.get(lines[at].key, UNKNOWN) for at in helped}
    present = {HEADINGS[line.key] for line in lines if line.key in HEADINGS}
    is_custom = 2 * len(with_help & present) > len(present)
    sections = [Section(PREAMBLE)]
    for at, line in enumerate(lines):
        name = HEADINGS.get(line.key)
        is_text = name in with_help or (is_custom and sections[-1].name in _FREE_TEXT)
        is_text = is_text or (sections[-1].name == DESIGN and _is_masked_role(lines, at))
        is_text = is_text or (line.text.endswith(":") and not has_colons)
        if at in helped or (name and not is_text):
            sections.append(Section(name or UNKNOWN, line))
        elif at - 1 not in helped:
            sections[-1].lines.append(line)
        if sections[-1].name == RELATED:
            break
    return sections


def _is_masked_role(lines: list[Text], at: int) -> bool:
    """Say whether "Investigators" stands among those who are masked, one a line, and heads no section."""
    beside = [line.key for line in (*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2])]
    is_masked = any(code_of("DesignMasking", key) in _MASKED for key in beside)
    return lines[at].key == "investigators" and (is_masked or not _OTHER_ROLES.isdisjoint(beside))


def _helped(lines: list[Text]) -> set[int]:
    """Return the positions of the headings that a help line follows.

    Lines that only look like headings count when the page has known headings of that kind. Behind
    a heading of free text a help line must speak of the study, lest it be the text's first line.
    """
    found = {
        at
        for at, (line, following) in enumerate(pairwise(lines))
        if following.text.endswith(".") and re.fullmatch(_HELP, following.text)
        if line.key in HEADINGS or _looks_like_heading(line.text)
    }
    if not any(lines[at].key in HEADINGS for at in found):
        return set()
    return found | {
        at
        for at, (line, following) in enumerate(pairwise(lines))
        if HEADINGS.get(line.key, SUMMARY) not in _FREE_TEXT
        if re.fullmatch(rf"{_ADDRESS}.*\.", following.text)
    }


def _looks_like_heading(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and text[0].isupper() and text[-1].isalnum() and len(text.split()) <= 6
