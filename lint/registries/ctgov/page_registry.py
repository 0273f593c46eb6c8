"""Reads the text of a study page as ClinicalTrials.gov itself shows it (the tab "Study Details", any view).

Its headings are those of no other page. Arms and outcomes stand in tables, of which a copy keeps the tabs between
cells; where these are gone, or a group has no type, it is not clear where an entry ends, and the table is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint.paths import Path, value_at
from lint.places import STAR
from lint.registries.ctgov.page_draft import Draft
from lint.registries.ctgov.page_fields import CRITERIA_HEADINGS, PROTOCOL, put_date, read_fields
from lint.registries.ctgov.page_lists import CONTACTS_LOCATIONS
from lint.registries.ctgov.page_registry_lists import (
    Reader,
    module,
    outcomes,
    read_collaborators,
    read_contacts,
    read_identifiers,
    read_listed,
    read_officials,
    read_responsible,
    read_sponsor,
    read_table_of_arms,
    references,
)
from lint.registries.ctgov.page_text import BASIC, DESIGN, Section, Text
from lint.registries.ctgov.words import code_of, codes, iso_date

_SIGNS = {
    "study overview", "participation criteria", "ages eligible for study", "sexes eligible for study", "study plan",
    "how is the study designed?", "design details", "what is the study measuring?", "study record dates",
    "collaborators and investigators", "arms and interventions", "contacts and locations", "study registration dates",
    "study record updates", "publications and helpful links", "intervention / treatment",
}  # fmt: skip
_ENOUGH_SIGNS = 4
_BEHIND = {
    "sampling method": "sexes eligible for study",
    "study population": "sexes eligible for study",
    "investigators": "collaborators and investigators",
    "collaborators": "collaborators and investigators",
    "general publications": "publications and helpful links",
    "first posted": "study record dates",
}
_FREE_TEXT = ("brief summary", "detailed description", "eligibility criteria", "study population")
_NEXT = {"brief summary": "detailed description"}
_FURNITURE = re.compile(
    r"This section provides (?:contact details|details of the study plan)\b.*|This study has [0-9]+ locations?"
    r"|To learn more, please see the\b.*|For general information about clinical research\b.*"
    r"|Researchers look for people who fit a certain description\b.*|Talk with your doctor and family\b.*"
    r"|The person responsible for entering information about the study\b.*|These dates track the progress of\b.*"
    r"|This is where you will find people\b.*|Resource links provided by the National Library\b.*"
    r"|Record [0-9]+ of [0-9]+|Add to Saved Studies|Hide glossary|Show glossary",
    re.I,
)
_DATES = {
    "study start": "startDateStruct",
    "primary completion": "primaryCompletionDateStruct",
    "study completion": "completionDateStruct",
    "first posted": "studyFirstPostDateStruct",
    "results first posted": "resultsFirstPostDateStruct",
    "last update posted": "lastUpdatePostDateStruct",
}
_DATED = re.compile(rf"({'|'.join(_DATES)}|enrollment)(?: date)?(?: \((actual|estimated|anticipated)\))?")
_AGES = re.compile(
    r"(?:(?P<min>[0-9]+ [A-Za-z]+) (?:to (?P<max>[0-9]+ [A-Za-z]+)|and older)|up to (?P<top>[0-9]+ [A-Za-z]+))\b.*",
    re.I,
)


def looks_like_registry_page(text: str) -> bool:
    """Say whether a text is a page of the registry itself, by its headings."""
    found = _SIGNS.intersection(" ".join(line.split()).casefold() for line in text.splitlines())
    has_number = re.search(r"ClinicalTrials\.gov ID\s+NCT[0-9]{8}\b", text)
    return len(found) + bool(has_number) >= _ENOUGH_SIGNS


def read_registry_page(draft: Draft, lines: list[Text]) -> list[Path]:
    """Read the page; return the places that it shows but that could not be read for certain."""
    sections = list(_sections([line for line in lines if not _FURNITURE.fullmatch(line.text)]))
    bodies = {_key(heading): body for heading, body in sections if heading}
    for heading, body in sections:
        if heading is None:
            _read_top(draft, body)
        elif dated := _DATED.fullmatch(heading.key):
            _read_dated(draft, heading, dated, body)
        elif heading.key == "arms and interventions":
            read_table_of_arms(draft, body, [line.text for line in bodies.get("intervention / treatment", [])])
        elif body:
            _READERS[_key(heading)](draft, body)
    read_responsible(draft, lines)
    if value_at(draft.data, (PROTOCOL, "armsInterventionsModule")) is None:
        read_listed(draft, bodies.get("intervention / treatment", []))
    unread = [path for key, path in _LISTS.items() if bodies.get(key) and value_at(draft.data, path) is None]
    for heading, body in sections:
        if heading and body and _LISTS.get(heading.key) in unread:
            draft.note(heading, "is a list in which it is not clear where an entry ends; it was left out.")
    return [*unread, *_NOT_READ]


def _key(line: Text) -> str:
    return "keywords" if line.key.startswith("keywords provided by") else line.key


def _sections(lines: list[Text]) -> Iterator[tuple[Text | None, list[Text]]]:
    """Yield each heading with the lines under it; those above the first come with None.

    In free text the words of a heading are text when they come again further down.
    """
    heading: Text | None = None
    body: list[Text] = []
    seen: set[str] = set()
    last = {_key(line): at for at, line in enumerate(lines)}
    for at, line in enumerate(lines):
        key = _key(line)
        is_heading = (key in _READERS or bool(_DATED.fullmatch(key))) and key not in seen and line.text[-1] != ":"
        is_heading = is_heading and _BEHIND.get(key, "") in ("", *seen)
        is_text = heading and heading.key in _FREE_TEXT and at != last[key] and key != _NEXT.get(heading.key)
        if is_heading and not is_text:
            yield heading, body
            heading, body = line, []
            seen.add(key)
        else:
            body.append(line)
    yield heading, body


def _read_top(draft: Draft, lines: list[Text]) -> None:
    """Read what stands above the overview: status, brief title, number."""
    at = next((at for at, line in enumerate(lines) if line.after("ClinicalTrials.gov ID") is not None), len(lines))
    title: Text | None = None
    for line in lines[:at]:
        if code_of("Status", line.text) in codes()["Status"].values():
            draft.put_text(module("statusModule.overallStatus"), line)
        else:
            title = line
    if title:
        draft.put_text(module("identificationModule.briefTitle"), title)
    for line in lines[at:]:
        if number := re.search(r"\bNCT[0-9]{8}\b", line.text):
            draft.put_text(module("identificationModule.nctId"), line.cut(*number.span()))
            break


def _read_dated(draft: Draft, heading: Text, dated: re.Match[str], body: list[Text]) -> None:
    """Read a date, or the enrolment, and whether it is actual or estimated, which stands in its heading."""
    field = module(f"statusModule.{_DATES[dated[1]]}" if dated[1] in _DATES else "designModule.enrollmentInfo")
    if not body:
        draft.anchor(field, heading)
    elif dated[1] in _DATES:
        put_date(draft, (*field, "date"), body, iso_date)
    else:
        read_fields(draft, Section(BASIC, heading, [Text(heading.line, heading.column, "enrollment"), body[0]]))
    if body and dated[2]:
        draft.put_text((*field, "type"), heading.cut(*dated.span(2)))


def _date(place: str) -> Reader:
    return lambda draft, lines: draft.stray(put_date(draft, module(place), lines[:1], iso_date), None)


def _word(place: str) -> Reader:
    return lambda draft, lines: draft.put_text(module(place), lines[0])


def _prose(place: str, headings: tuple[str, ...] = ()) -> Reader:
    return lambda draft, lines: draft.put_prose(module(place), lines, headings)


def _terms(place: str) -> Reader:
    def read(draft: Draft, lines: list[Text]) -> None:
        for at, line in enumerate(lines):
            draft.put_text((*module(place), at), line)

    return read


def _answer(place: str) -> Reader:
    def read(draft: Draft, lines: list[Text]) -> None:
        if lines[0].key in ("yes", "no"):
            draft.put(module(place), lines[0].key == "yes", lines[0])

    return read


def _fields(name: str) -> Reader:
    return lambda draft, lines: read_fields(draft, Section(name, None, lines))


def _nothing(draft: Draft, lines: list[Text]) -> None:
    """Leave out what the registry adds itself or shows twice."""


def _read_phases(draft: Draft, lines: list[Text]) -> None:
    for line in lines:
        at = len(value_at(draft.data, module("designModule.phases"), ()))
        if code_of("Phase", line.text) in codes()["Phase"].values():
            draft.put_text((*module("designModule.phases"), at), line)


def _read_criteria(draft: Draft, lines: list[Text]) -> None:
    is_headed = lines[0].key == "description"
    draft.put_prose(module("eligibilityModule.eligibilityCriteria"), lines[is_headed:], CRITERIA_HEADINGS)


def _read_ages(draft: Draft, lines: list[Text]) -> None:
    match = _AGES.match(lines[0].text)
    for group, name in (("min", "minimumAge"), ("max", "maximumAge"), ("top", "maximumAge")):
        if match and match[group]:
            draft.put_text((*module("eligibilityModule"), name), lines[0].cut(*match.span(group)))


_READERS: dict[str, Reader] = {
    **dict.fromkeys(
        (
            "study overview",
            "contacts and locations",
            "participation criteria",
            "study plan",
            "more information",
            "collaborators and investigators",
            "publications and helpful links",
            "study record dates",
            "study details",
            "study registration dates",
            "study record updates",
            "how is the study designed?",
            "researcher view",
            "what is the study measuring?",
            "terms related to this study",
            "additional relevant mesh terms",
            "intervention / treatment",
            "study locations",
            "locations",
            "results reporting dates",
            "results overview",
            "record history",
            "ipd sharing statement",
            "drug and device information, study documents, and helpful links",
            "plan for individual participant data (ipd)",
            "helpful links",
            "results first submitted",
            "study documents",
            "results first submitted that met qc criteria",
            "responsible party",
            "provided by",
            "no results posted",
        ),
        _nothing,
    ),
    "brief summary": _prose("descriptionModule.briefSummary"),
    "detailed description": _prose("descriptionModule.detailedDescription"),
    "official title": _word("identificationModule.officialTitle"),
    "conditions": _terms("conditionsModule.conditions"),
    "keywords": _terms("conditionsModule.keywords"),
    "other study id numbers": read_identifiers,
    "study type": _word("designModule.studyType"),
    "phase": _read_phases,
    "study contact": read_contacts,
    "study contact backup": read_contacts,
    "eligibility criteria": _read_criteria,
    "ages eligible for study": _read_ages,
    "sexes eligible for study": _word("eligibilityModule.sex"),
    "accepts healthy volunteers": _answer("eligibilityModule.healthyVolunteers"),
    "sampling method": _word("eligibilityModule.samplingMethod"),
    "study population": _prose("eligibilityModule.studyPopulation"),
    "design details": _fields(DESIGN),
    "arms and interventions": _nothing,
    "primary outcome measures": outcomes("primaryOutcomes"),
    "secondary outcome measures": outcomes("secondaryOutcomes"),
    "other outcome measures": outcomes("otherOutcomes"),
    "sponsor": read_sponsor,
    "collaborators": read_collaborators,
    "investigators": read_officials,
    "general publications": references("BACKGROUND"),
    "publications automatically filled from pubmed": references("DERIVED"),
    "first submitted": _date("statusModule.studyFirstSubmitDate"),
    "first submitted that met qc criteria": _date("statusModule.studyFirstSubmitQcDate"),
    "last update submitted that met qc criteria": _date("statusModule.lastUpdateSubmitDate"),
    "last verified": _date("statusModule.statusVerifiedDate"),
    "ipd plan description": _prose("ipdSharingStatementModule.description"),
    "studies a u.s. fda-regulated drug product": _answer("oversightModule.isFdaRegulatedDrug"),
    "studies a u.s. fda-regulated device product": _answer("oversightModule.isFdaRegulatedDevice"),
}

_LISTS: dict[str, Path] = {
    "arms and interventions": (PROTOCOL, "armsInterventionsModule", "armGroups"),
    "primary outcome measures": (PROTOCOL, "outcomesModule", "primaryOutcomes"),
    "secondary outcome measures": (PROTOCOL, "outcomesModule", "secondaryOutcomes"),
    "study locations": (*CONTACTS_LOCATIONS, "locations"),
}
_NOT_READ: tuple[Path, ...] = (
    (*CONTACTS_LOCATIONS, "locations"),
    (PROTOCOL, "sponsorCollaboratorsModule", "responsibleParty"),
    (PROTOCOL, "sponsorCollaboratorsModule", "responsibleParty", "type"),
    (PROTOCOL, "sponsorCollaboratorsModule", "responsibleParty", "investigatorTitle"),
    (PROTOCOL, "sponsorCollaboratorsModule", "leadSponsor", "class"),
    (PROTOCOL, "sponsorCollaboratorsModule", "collaborators", STAR, "class"),
    (PROTOCOL, "armsInterventionsModule", "interventions", STAR, "description"),
    (PROTOCOL, "oversightModule", "oversightHasDmc"),
)
