"""Reads the text of a rendered study page into a v2 record that remembers where all of it stood."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lint.markup import raw_offset
from lint.model import Region, SourceProblem, Span
from lint.paths import ROOT, Path, value_at
from lint.registries.ctgov import page_text as names
from lint.registries.ctgov.page_arms import read_arms
from lint.registries.ctgov.page_codes import put_codes
from lint.registries.ctgov.page_draft import Draft, Strand
from lint.registries.ctgov.page_fields import (
    PROTOCOL,
    read_eligibility,
    read_fields,
    read_preamble,
    read_results,
)
from lint.registries.ctgov.page_lists import (
    read_contacts,
    read_identifiers,
    read_officials,
    read_outcomes,
    read_references,
    read_responsible_party,
    read_sponsors,
    read_terms,
)
from lint.registries.ctgov.page_losses import LOSSES
from lint.registries.ctgov.page_registry import looks_like_registry_page, read_registry_page
from lint.registries.ctgov.page_sites import read_locations
from lint.registries.ctgov.page_text import Section, Text, outline, read_lines, split_lines

_OWN_SIGNS = (
    r"NCT ID(?=: *NCT[0-9]{8}\b)|Recruitment Status|Basic Information|Study Classification|Group Type|"
    r"Intervention Type|Sponsor Role|Responsibility Role|Minimum Eligible Age|Identifier Source"
)
_COMMON_SIGNS = r"Study Groups|Eligibility Criteria|Brief Summary|Study Design"
_SIGNS = (
    rf"^[ \t\ufeff\xa0#*]*(?:({_OWN_SIGNS})|({_COMMON_SIGNS}))"
    r"[ \xa0*]*(?:$|[:\t\r]| [A-Za-z_]+(?: [A-Za-z_]+)?[ \t\xa0]*\r?$)"
)
_ENOUGH_SIGNS = 3
_FAR_ENOUGH = 200_000

_PLACES_OF_SECTIONS = {
    names.SUMMARY: ("descriptionModule", "descriptionModule.briefSummary"),
    names.DESCRIPTION: ("descriptionModule", "descriptionModule.detailedDescription"),
    names.CONDITIONS: ("conditionsModule", "conditionsModule.conditions"),
    names.KEYWORDS: ("conditionsModule", "conditionsModule.keywords"),
    names.DESIGN: ("designModule", "designModule.designInfo"),
    names.ARMS: ("armsInterventionsModule", "armsInterventionsModule.armGroups"),
    names.INTERVENTIONS: ("armsInterventionsModule", "armsInterventionsModule.interventions"),
    names.PRIMARY_OUTCOMES: ("outcomesModule", "outcomesModule.primaryOutcomes"),
    names.SECONDARY_OUTCOMES: ("outcomesModule", "outcomesModule.secondaryOutcomes"),
    names.OTHER_OUTCOMES: ("outcomesModule", "outcomesModule.otherOutcomes"),
    names.ELIGIBILITY: ("eligibilityModule", "eligibilityModule.eligibilityCriteria"),
    names.SPONSORS: ("sponsorCollaboratorsModule",),
    names.RESPONSIBLE_PARTY: ("sponsorCollaboratorsModule", "sponsorCollaboratorsModule.responsibleParty"),
    names.OFFICIALS: ("contactsLocationsModule", "contactsLocationsModule.overallOfficials"),
    names.CONTACTS: ("contactsLocationsModule", "contactsLocationsModule.centralContacts"),
    names.LOCATIONS: ("contactsLocationsModule", "contactsLocationsModule.locations"),
    names.REFERENCES: ("referencesModule", "referencesModule.references"),
    names.IDENTIFIERS: ("identificationModule.secondaryIdInfos",),
}

_READERS: dict[str, Callable[[Draft, Section], None]] = {
    names.PREAMBLE: read_preamble,
    names.RESULTS: read_results,
    names.BASIC: read_fields,
    names.DESIGN: read_fields,
    names.PRIMARY_OUTCOMES: read_outcomes,
    names.SECONDARY_OUTCOMES: read_outcomes,
    names.OTHER_OUTCOMES: read_outcomes,
    names.ELIGIBILITY: read_eligibility,
    names.SPONSORS: read_sponsors,
    names.RESPONSIBLE_PARTY: read_responsible_party,
    names.OFFICIALS: read_officials,
    names.CONTACTS: read_contacts,
    names.REFERENCES: read_references,
    names.IDENTIFIERS: read_identifiers,
}


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says.

    ``data`` is the record in v2 shape. ``regions`` gives the place of every value and container,
    and of the heading or label where a value was left blank. ``strands`` says for values that are
    not one stretch of the page which characters stand where. ``not_shown`` are paths that the
    page cannot carry, so that their absence proves nothing. ``problems`` name what was not understood.
    """

    data: dict[str, Any]
    regions: Mapping[Path, Region]
    strands: Mapping[Path, tuple[Strand, ...]]
    not_shown: tuple[Path, ...]
    problems: tuple[SourceProblem, ...]


def looks_like_page(text: str) -> bool:
    """Say whether a text is a rendered study page, by its headings and labels."""
    if looks_like_registry_page(text[:_FAR_ENOUGH]):
        return True
    signs = {
        (own.casefold(), common.casefold())
        for own, common in re.findall(_SIGNS, text[:_FAR_ENOUGH], re.MULTILINE | re.IGNORECASE)
    }
    return len(signs) >= _ENOUGH_SIGNS and any(own for own, _ in signs)


def read_page(text: str) -> Page:
    """Read the text of a study page; whatever it is, it gives a record, if need be an empty one."""
    draft = Draft()
    if looks_like_registry_page(text):
        unread = read_registry_page(draft, list(read_lines(text)))
        return _page(draft, unread)
    lines = list(read_lines(text))
    sections = _merged(outline(lines), draft)
    for name, section in sections.items():
        for dotted in _PLACES_OF_SECTIONS.get(name, ()):
            if section.heading:
                draft.anchor(_path(dotted), section.heading)
    for name, reader in _READERS.items():
        reader(draft, sections.get(name) or Section(name))
    _read_joint_sections(draft, sections)
    _note_other_pages(draft, lines)
    return _page(draft, ())


def _note_other_pages(draft: Draft, lines: list[Text]) -> None:
    """Note where another page begins, which is not read."""
    numbers = [line for line in lines if re.fullmatch(r"NCT ID: *NCT[0-9]{8}", line.text)]
    for line in numbers[1:]:
        if line.text != numbers[0].text and not any(line.line == note.region.line for note in draft.problems):
            draft.note(line, "belongs to another study page in the same text.", "Put each page into a file of its own.")


def _page(draft: Draft, unread: Iterable[Path]) -> Page:
    put_codes(draft.data)
    draft.place_containers()
    hidden = tuple(path for path in unread if value_at(draft.data, path) is None)
    return Page(draft.data, draft.regions, draft.strands, (*_not_shown(draft.data), *hidden), tuple(draft.problems))


def _read_joint_sections(draft: Draft, sections: Mapping[str, Section]) -> None:
    """Read the sections that need another one, and those without structure of their own."""

    def section(name: str) -> Section:
        return sections.get(name) or Section(name)

    draft.put_prose(_path("descriptionModule.briefSummary"), section(names.SUMMARY).lines)
    draft.put_prose(_path("descriptionModule.detailedDescription"), section(names.DESCRIPTION).lines)
    read_terms(draft, section(names.CONDITIONS), _path("conditionsModule.conditions"))
    read_terms(draft, section(names.KEYWORDS), _path("conditionsModule.keywords"))
    read_arms(draft, section(names.ARMS), section(names.INTERVENTIONS))
    read_locations(draft, section(names.LOCATIONS), section(names.COUNTRIES))


def _merged(sections: list[Section], draft: Draft) -> dict[str, Section]:
    """Return the sections by name, those of one name as one; unknown ones are noted."""
    found: dict[str, Section] = {}
    for section in sections:
        if section.name == names.UNKNOWN and section.heading:
            count = len(section.lines)
            lines = "one line was" if count == 1 else f"{count} lines were"
            draft.note(section.heading, f"is a section of the page that is not known; its {lines} left out.")
        elif section.name in found:
            found[section.name].lines += section.lines
        else:
            found[section.name] = section
    return found


def _not_shown(data: dict[str, Any]) -> tuple[Path, ...]:
    """Return what the page may leave out and does, for each item of a list by itself."""
    found: list[Path] = []
    for loss in LOSSES:
        for place in loss.places:
            parent, items, member = place.partition("[*].")
            path = tuple(parent.split("."))
            each = range(len(value_at(data, path, []))) if items else ()
            found += [(*path, index, member) for index in each] if items else [path]
    return tuple(path for path in found if value_at(data, path) is None)


def _path(dotted: str) -> Path:
    return (PROTOCOL, *dotted.split("."))


class PageLocator:
    """Finds the values of a page's record on the page (a ``Locator``)."""

    def __init__(self, text: str, page: Page) -> None:
        self._lines = split_lines(text)
        self._page = page

    def locate(self, path: Path, span: Span | None = None) -> Region:
        """Return where a value stands, or its nearest parent if the page does not have it."""
        regions = self._page.regions
        known = next((path[:size] for size in range(len(path), 0, -1) if path[:size] in regions), ROOT)
        region = regions.get(known, Region(1, 1, 1, 2))
        value = value_at(self._page.data, path)
        if span is None or not isinstance(value, str):
            return region
        own = (Strand(0, region.line, region.column, region.end_column - region.column),)
        strands = self._page.strands.get(path, own)
        start, end = raw_offset(value, span[0]), raw_offset(value, span[1])
        first, last = _strand_at(strands, start), _strand_at(strands, max(start, end - 1))
        return Region(first.line, _column(first, start), last.line, _column(last, max(start, end)))

    def source_line(self, line: int) -> str | None:
        """Return a line of the page; None if there is no such line."""
        return self._lines[line - 1] if 0 < line <= len(self._lines) else None


def _strand_at(strands: tuple[Strand, ...], offset: int) -> Strand:
    """Return the strand that holds a character, or the one before it for characters added in reading."""
    return next((strand for strand in reversed(strands) if strand.start <= offset), strands[0])


def _column(strand: Strand, offset: int) -> int:
    return strand.column + min(max(offset - strand.start, 0), strand.length)
