"""The lists of a page: conditions, outcomes, sponsors, people, references, identifiers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from lint.paths import Path, value_at
from lint.registries.ctgov.page_draft import Draft
from lint.registries.ctgov.page_fields import PROTOCOL
from lint.registries.ctgov.page_text import Section, Text

CONTACTS_LOCATIONS = (PROTOCOL, "contactsLocationsModule")
CONTACT_LABELS = {"Role": "role", "Phone": "phone", "Email": "email"}
_IDENTIFICATION = (PROTOCOL, "identificationModule")
_SPONSORS = (PROTOCOL, "sponsorCollaboratorsModule")
_OUTCOME_LABELS = {"Measure": "measure", "Description": "description", "Time Frame": "timeFrame"}
_IDENTIFIER_LABELS = {"Identifier Type": "type", "Identifier Domain": "domain", "Identifier Link": "link"}
_BULLET = re.compile("[|•·]")


@dataclass(slots=True)
class Entry:
    """Lines without label (``free``), and what stands behind the labels of the others."""

    free: list[Text] = field(default_factory=list)
    labelled: dict[str, Text] = field(default_factory=dict)

    def value(self, label: str) -> Text | None:
        """Return the value behind a label; None where it is absent, blank or a dash."""
        text = self.labelled.get(label)
        return text if text and text.text not in ("", "-") else None


def match_label(line: Text, labels: Iterable[str], words: Collection[str] = ()) -> tuple[str, Text]:
    """Return the label that a line begins with, or "", and what stands behind it.

    Labels that are everyday ``words`` count with a colon, or alone on the line: "Measure of pain" is a text.
    """
    for label in labels:
        value = line.after(label)
        if value is not None and (label not in words or line.text[len(label) :][:1] in ("", ":")):
            return label, value
    return "", line


def entries(
    lines: list[Text], labels: Iterable[str], on_next_line: str = "", words: Collection[str] = ()
) -> list[Entry]:
    """Group lines into entries, each free lines first and labelled ones after.

    A free line after a labelled one begins a new entry, and so does a label that the entry has
    already. The value of the label ``on_next_line`` may stand on the line after it. ``words`` are those of
    ``match_label``.
    """
    found: list[Entry] = []
    for line in lines:
        label, value = match_label(line, labels, words)
        if not label and found and on_next_line in found[-1].labelled and not found[-1].labelled[on_next_line].text:
            label = on_next_line
        elif not found or (label in found[-1].labelled if label else found[-1].labelled):
            found.append(Entry())
        if label:
            found[-1].labelled[label] = value
        else:
            found[-1].free.append(line)
    return found


def put_labelled(draft: Draft, item: Path, entry: Entry, names: Mapping[str, str]) -> None:
    """Set the labelled values of an entry under the names that the record has for them."""
    for label, name in names.items():
        value = entry.value(label)
        if value:
            draft.put_text((*item, name), value)
        elif label in entry.labelled:
            draft.anchor((*item, name), entry.labelled[label])


def read_terms(draft: Draft, section: Section, path: Path) -> None:
    """Read conditions or keywords, one a line or parted by bars or bullets.

    The site may join them by mere blanks. Where one ends and the next begins is then a guess, and
    a wrong guess invents conditions, so such a line stays one entry.
    """
    terms: list[Text] = []
    for line in section.lines:
        start = 0
        for match in _BULLET.finditer(line.text):
            terms.append(line.cut(start, match.start()))
            start = match.end()
        terms.append(line.cut(start))
    for at, term in enumerate(term for term in terms if term.text):
        draft.put_text((*path, at), term)


def read_outcomes(draft: Draft, section: Section) -> None:
    """Read outcomes: measure, perhaps a description, "Time Frame: X"."""
    for entry in entries(section.lines, _OUTCOME_LABELS, on_next_line="Time Frame", words=("Measure", "Description")):
        place = entry.free[0] if entry.free else next(iter(entry.labelled.values()))
        item = draft.add((PROTOCOL, "outcomesModule", section.name), place)
        put_labelled(draft, item, entry, _OUTCOME_LABELS)
        lines = entry.free if "Measure" in entry.labelled else entry.free[1:]
        if len(lines) < len(entry.free):
            draft.put_text((*item, "measure"), entry.free[0])
        if lines:
            draft.put_prose((*item, "description"), lines)


def read_sponsors(draft: Draft, section: Section) -> None:
    """Read sponsors: name, class, "Sponsor Role lead"."""
    for entry in entries(section.lines, ["Sponsor Role"]):
        role = entry.value("Sponsor Role")
        kind = role.text.casefold() if role else ""
        if not entry.free or kind not in ("lead", "collaborator"):
            draft.stray([*entry.free, *entry.labelled.values()], section.heading)
            continue
        if kind == "lead":
            item: Path = (*_SPONSORS, "leadSponsor")
        else:
            item = draft.add((*_SPONSORS, "collaborators"), entry.free[0])
        _put_free(draft, section, item, entry, ("name", "class"))


def read_responsible_party(draft: Draft, section: Section) -> None:
    """Read the responsible party: name, title, perhaps affiliation, "Responsibility Role X".

    Where the sponsor is responsible, the record has no name here, and the page may repeat the sponsor's.
    """
    item = (*_SPONSORS, "responsibleParty")
    sponsor = value_at(draft.data, (*_SPONSORS, "leadSponsor", "name"))
    for entry in entries(section.lines, ["Responsibility Role"]):
        role = entry.value("Responsibility Role")
        if role:
            draft.put_text((*item, "type"), role)
        if role and role.text.casefold() == "sponsor":
            draft.stray([line for line in entry.free if line.text != sponsor], section.heading)
        else:
            names = ("investigatorFullName", "investigatorTitle", "investigatorAffiliation")
            _put_free(draft, section, item, entry, names)


def _put_free(draft: Draft, section: Section, item: Path, entry: Entry, names: tuple[str, ...]) -> None:
    """Set the free lines of an entry under one name each; lines beyond the names are noted."""
    for name, line in zip(names, entry.free):
        draft.put_text((*item, name), line)
    draft.stray(entry.free[len(names) :], section.heading)


def read_officials(draft: Draft, section: Section) -> None:
    """Read overall officials: name, "Role: X", perhaps affiliation."""
    item: Path = ()
    for entry in entries(section.lines, ["Role"]):
        name = entry.free[-1:] if entry.labelled else []
        behind = entry.free[: len(entry.free) - len(name)]
        if item and behind:
            draft.put_text((*item, "affiliation"), behind.pop(0))
        draft.stray(behind, section.heading)
        item = draft.add((*CONTACTS_LOCATIONS, "overallOfficials"), name[0]) if name else ()
        if item:
            draft.put_text((*item, "name"), name[0])
            put_labelled(draft, item, entry, {"Role": "role"})
        else:
            draft.stray(entry.labelled.values(), section.heading)


def read_contacts(draft: Draft, section: Section) -> None:
    """Read the central contacts."""
    put_contacts(draft, section, (*CONTACTS_LOCATIONS, "centralContacts"), section.lines)


def put_contacts(draft: Draft, section: Section, path: Path, lines: list[Text]) -> None:
    """Read contacts into the list at a path: name, "Role: X", "Phone: X", "Email: X"."""
    for entry in entries(lines, CONTACT_LABELS):
        if not entry.labelled:
            draft.stray(entry.free, section.heading)
            continue
        item = draft.add(path, (entry.free or list(entry.labelled.values()))[0])
        if entry.free:
            draft.put_text((*item, "name"), entry.free[-1])
        draft.stray(entry.free[:-1], section.heading)
        put_labelled(draft, item, entry, CONTACT_LABELS)


def read_references(draft: Draft, section: Section) -> None:
    """Read references: citation, "Reference Type X", "PMID: 1 (View on PubMed)"."""
    found = entries(section.lines, ("Reference Type", "PMID"))
    for entry in found:
        if len(found) > 1 and not entry.labelled:
            draft.stray(entry.free, section.heading)
            continue
        place = entry.free[0] if entry.free else next(iter(entry.labelled.values()))
        item = draft.add((PROTOCOL, "referencesModule", "references"), place)
        pmid = entry.value("PMID")
        if pmid:
            draft.put_text((*item, "pmid"), pmid.cut(0, len(pmid.text.partition("(")[0])))
        put_labelled(draft, item, entry, {"Reference Type": "type"})
        draft.put_prose((*item, "citation"), entry.free)


def read_identifiers(draft: Draft, section: Section) -> None:
    """Read further ids: id, "Identifier Type: X", "Identifier Source: org_study_id"; a dash is no type."""
    found = entries(section.lines, (*_IDENTIFIER_LABELS, "Identifier Source"))
    for entry in found:
        if not entry.free or (len(found) > 1 and not entry.labelled):
            draft.stray([*entry.free, *entry.labelled.values()], section.heading)
            continue
        *stray, number = entry.free
        draft.stray(stray, section.heading)
        source = entry.value("Identifier Source")
        if source and source.text == "nct_alias":
            aliases = (*_IDENTIFICATION, "nctIdAliases")
            draft.put_text((*aliases, len(value_at(draft.data, aliases, ()))), number)
            continue
        if source and source.text == "org_study_id":
            item: Path = (*_IDENTIFICATION, "orgStudyIdInfo")
        else:
            item = draft.add((*_IDENTIFICATION, "secondaryIdInfos"), number)
        draft.put_text((*item, "id"), number)
        put_labelled(draft, item, entry, _IDENTIFIER_LABELS)
