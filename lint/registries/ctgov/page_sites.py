"""The study sites of a page, and its list of countries.

A site is its facility, "City, State, Country", "Site Status" with the status behind it or on the next
line if the site has one, and perhaps contacts.
"""

from __future__ import annotations

import re

from lint.paths import Path, value_at
from lint.registries.ctgov.page_draft import Draft
from lint.registries.ctgov.page_lists import CONTACT_LABELS, CONTACTS_LOCATIONS, match_label, put_contacts
from lint.registries.ctgov.page_text import Section, Text

_LOCATIONS = (*CONTACTS_LOCATIONS, "locations")
_STATUS_LABEL = "Site Status"
_STATUSES = {
    "ACTIVE_NOT_RECRUITING", "AVAILABLE", "COMPLETED", "ENROLLING_BY_INVITATION", "NOT_YET_RECRUITING",
    "RECRUITING", "SUSPENDED", "TERMINATED", "UNKNOWN", "WITHDRAWN",
}  # fmt: skip
_POSTAL_CODE = re.compile(r"(?=.*[0-9])[A-Z0-9]+(?:[ -][A-Z0-9]+){0,2}")
_COUNTRY_TAIL = re.compile(
    r"(?:The |Islamic |Democratic |Former |Yugoslav |People's |United |Federated )*(?:Republic|States?) of(?: the)?"
    r"|Occupied|British|U\.S\.",
    re.I,
)


def read_locations(draft: Draft, section: Section, countries: Section) -> None:
    """Read the sites and compare their countries with those that the page lists."""
    listed = " ".join(line.text for line in countries.lines)
    lines = section.lines
    marks = [at for at, line in enumerate(lines) if line.after(_STATUS_LABEL) is not None]
    if marks:
        _read_marked(draft, section, marks, listed)
    else:
        _read_unmarked(draft, section, listed)
    _compare_countries(draft, countries, listed)


def _read_marked(draft: Draft, section: Section, marks: list[int], listed: str) -> None:
    header = section.lines[: marks[0]]
    for at, mark in enumerate(marks):
        is_last = at + 1 == len(marks)
        lines = section.lines[mark + 1 : None if is_last else marks[at + 1]]
        following = [] if is_last else _header(lines)
        lines = lines[: len(lines) - len(following)]
        item = _put_site(draft, section, header, listed)
        label = section.lines[mark]
        if item:
            _put_status(draft, section, item, label, lines)
        else:
            draft.stray([label, *lines], section.heading)
        header = following


def _header(lines: list[Text]) -> list[Text]:
    """Return the lines at the end that name the next site: facility and place, or one of them."""
    labelled = [at for at, line in enumerate(lines) if match_label(line, CONTACT_LABELS)[0]]
    start = labelled[-1] + 1 if labelled else _looks_like_status(lines)
    return lines[max(start, len(lines) - 2) :]


def _looks_like_status(lines: list[Text]) -> bool:
    return bool(lines) and re.sub(r"[^A-Z]+", "_", lines[0].text.upper()) in _STATUSES


def _put_status(draft: Draft, section: Section, item: Path, label: Text, lines: list[Text]) -> None:
    """Set the status, behind the label or on the next line, and the contacts that follow it."""
    labelled = [bool(match_label(line, CONTACT_LABELS)[0]) for line in lines]
    is_contact = any(labelled[:2]) and not _looks_like_status(lines)
    status = label.after(_STATUS_LABEL)
    if lines and not (status and status.text) and not is_contact:
        status, lines = lines[0], lines[1:]
    if status and status.text:
        draft.put_text((*item, "status"), status)
    else:
        draft.anchor((*item, "status"), label)
    put_contacts(draft, section, (*item, "contacts"), lines)


def _read_unmarked(draft: Draft, section: Section, listed: str) -> None:
    header: list[Text] = []
    for line in section.lines:
        header.append(line)
        *_, country = _parts(line)
        if "," in line.text and (not listed or country.text in listed):
            _put_site(draft, section, header, listed)
            header = []
    draft.stray(header, section.heading)


def _put_site(draft: Draft, section: Section, header: list[Text], listed: str) -> Path:
    """Add a site and return its path, or () when no line names one."""
    draft.stray(header[:-2], section.heading)
    header = header[-2:]
    if not header:
        return ()
    item = draft.add(_LOCATIONS, header[0])
    is_place = len(header) == 2 or "," in header[0].text or header[0].text in listed
    if len(header) == 2 or not is_place:
        draft.put_text((*item, "facility"), header[0])
    if is_place:
        _put_place(draft, item, header[-1], listed)
    return item


def _put_place(draft: Draft, item: Path, line: Text, listed: str) -> None:
    """Set city, state and country; a state may have a comma: "London, City of"."""
    parts = _parts(line)
    if len(parts) == 1:
        draft.put_text((*item, "country" if parts[0].text in listed else "city"), parts[0])
        return
    city, *between, country = parts
    draft.put_text((*item, "city"), city)
    if between and _POSTAL_CODE.fullmatch(between[-1].text):
        draft.put_text((*item, "zip"), between.pop())
    if between:
        first, last = between[0], between[-1]
        draft.put_text(
            (*item, "state"), line.cut(first.column - line.column, last.column + len(last.text) - line.column)
        )
    draft.put_text((*item, "country"), country)


def _parts(line: Text) -> list[Text]:
    """Cut "City, State, Country" at its commas; "Korea, Republic of" stays one country."""
    ends = [match.start() for match in re.finditer(",", line.text)] + [len(line.text)]
    starts = [0] + [end + 1 for end in ends[:-1]]
    if len(starts) > 1 and _COUNTRY_TAIL.fullmatch(line.cut(starts[-1]).text):
        starts.pop()
        ends.pop(-2)
    return [part for part in map(line.cut, starts, ends) if part.text] or [line]


def _compare_countries(draft: Draft, countries: Section, listed: str) -> None:
    """Note countries without a site and sites outside the countries: one of both was misread or is wrong."""
    sites = value_at(draft.data, _LOCATIONS, [])
    found = {site["country"]: at for at, site in enumerate(sites) if "country" in site}
    for country, at in found.items():
        if countries.lines and country not in listed:
            path = (*_LOCATIONS, at, "country")
            region = draft.regions[path]
            place = Text(region.line, region.column, country)
            draft.note(place, "is the country of a site, but the page does not have it among its countries.")
    for line in countries.lines:
        rest = line.text
        for country in sorted(found, key=len, reverse=True):
            rest = rest.replace(country, "")
        if re.search(r"\w", rest):
            draft.note(line, "stands among the countries of the page, but not all of it has a site there.")
