"""The lists of a page of ClinicalTrials.gov itself: arms, outcomes, people, identifiers, references."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from lint.paths import Path, value_at
from lint.registries.ctgov.page_arms import read_arms
from lint.registries.ctgov.page_draft import Draft
from lint.registries.ctgov.page_fields import PROTOCOL
from lint.registries.ctgov.page_lists import CONTACTS_LOCATIONS
from lint.registries.ctgov.page_text import ARMS, INTERVENTIONS, Section, Text
from lint.registries.ctgov.words import code_of, codes

_LONGEST_LABEL = 100
_SHORT = 40
_TIME = re.compile(
    r"\b(?:[0-9]+ ?)?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|h|baseline|visit|cycles?|discharge)\b",
    re.I,
)
Reader = Callable[[Draft, list[Text]], None]
_ARM = re.compile(
    r"(Experimental|Active Comparator|Placebo Comparator|Sham Comparator|No Intervention|Other): +(?=\S)", re.I
)
_INTERVENTION = re.compile(
    r"(Behavioral|Biological|Combination Product|Device|Diagnostic Test|Dietary Supplement|Drug|Genetic|Procedure"
    r"|Radiation|Other): +(?=\S)", re.I
)  # fmt: skip
_OFFICIAL = re.compile(r"(Principal Investigator|Study Director|Study Chair|Sub-?Investigator): +(?=\S)", re.I)
_DEGREE = re.compile(
    r"(?:M\.?D|Ph\.?D|M\.?Sc|B\.?Sc|MS|BS|MA|MPH|DO|DDS|DMD|DVM|JD|RN|NP|PA|PT|DPT|OD|CNM|MBA|MHS|MSCE|MMed"
    r"|MBBS|MB ?ChB|Pharm\.?D|Dr\.?PH|Sc\.?D|Ed\.?D|Psy\.?D|DNP|FACS|FACC|FCCP|FRCP\w*|FRCS\w*|MRCP\w*"
    r"|Prof(?:essor)?|Dr)\.?"
    r"(?:[ /-][A-Za-z.]{2,6})?"
)


def module(name: str) -> Path:
    return (PROTOCOL, *name.split("."))


def read_identifiers(draft: Draft, lines: list[Text]) -> None:
    """Read the organisation's own number, then others: "2013-1 (EudraCT Number)"."""
    draft.put_text(module("identificationModule.orgStudyIdInfo.id"), lines[0])
    for line in lines[1:]:
        item = draft.add(module("identificationModule.secondaryIdInfos"), line)
        brackets = re.finditer(r" \(([^()]*(?:\([^()]*\)[^()]*)?)\)", line.text)
        known = [one for one in brackets if code_of("SecondaryIdType", one[1]) in codes()["SecondaryIdType"].values()]
        draft.put_text((*item, "id"), line.cut(0, known[0].start() if known else None))
        if known:
            draft.put_text((*item, "type"), line.cut(*known[0].span(1)))


def read_contacts(draft: Draft, lines: list[Text]) -> None:
    item: Path = ()
    for line in lines:
        for label, name in (("Name", "name"), ("Phone Number", "phone"), ("Email", "email")):
            value = line.after(label)
            if value is not None and value.text and (item or name == "name"):
                item = draft.add((*CONTACTS_LOCATIONS, "centralContacts"), line) if name == "name" else item
                draft.put_text((*item, name), value)


def read_table_of_arms(draft: Draft, lines: list[Text], listed: list[str]) -> None:
    """Read the table of arms of a trial, each with its type before the label, as the section of other pages.

    ``listed`` are the interventions as the overview has them. "Other: Diary" may be an arm or one of these: then
    it stands behind a tab, or where a copy has none, it is an arm if its own intervention of that name follows.
    """
    cells = [cell for line in lines for cell in _cells(line)]
    cells = [cell for cell in cells if cell.key not in ("participant group/arm", "intervention/treatment")]
    if not cells or not _ARM.match(cells[0].text):
        return
    margin = min(cell.column for cell in cells)
    has_tabs = any(cell.column > margin and _INTERVENTION.match(cell.text) for cell in cells)
    rows: list[Text] = []
    known: dict[str, list[Text]] = {}
    described: list[Text] = []
    kind: Text | None = None
    is_left_out = False
    for at, cell in enumerate(cells):
        arm, intervention = _ARM.match(cell.text), _INTERVENTION.match(cell.text)
        following = next((one for one in cells[at + 1 :] if _ARM.match(one.text) or one.text in listed), None)
        is_arm = cell.column == margin if has_tabs else not kind and following and following.text == cell.text
        is_arm = arm and is_arm
        if intervention and not is_arm and (cell.text in listed if listed else not arm):
            name = cell.cut(intervention.end())
            kind_of_it = Text(cell.line, cell.column, "Intervention Type", behind=cell.cut(*intervention.span(1)))
            rows += [*([kind] if kind else []), name, kind_of_it]
            described = [] if cell.text in known else known.setdefault(cell.text, [name, kind_of_it])
            kind, is_left_out = None, False
        elif arm and not (kind and len(cell.text) - arm.end() > _LONGEST_LABEL):
            rows += [*([kind] if kind else []), cell.cut(arm.end())]
            kind = Text(cell.line, cell.column, "Group Type", behind=cell.cut(*arm.span(1)))
            described, is_left_out = [], False
        elif cell.key == "other names":
            is_left_out = True
        elif not is_left_out:
            rows.append(cell)
            described[-1:-1] = [cell] if described else []
    rows += [kind] if kind else []
    order = sorted(known, key=lambda name: listed.index(name) if listed else 0)
    each = [line for name in order for line in known[name]]
    read_arms(draft, Section(ARMS, None, rows), Section(INTERVENTIONS, None, each))


def read_listed(draft: Draft, lines: list[Text]) -> None:
    """Read the interventions of the overview, where no table of arms could be read."""
    for line in lines:
        if match := _INTERVENTION.match(line.text):
            item = draft.add(module("armsInterventionsModule.interventions"), line)
            draft.put_text((*item, "type"), line.cut(*match.span(1)))
            draft.put_text((*item, "name"), line.cut(match.end()))


def _cells(line: Text) -> Iterator[Text]:
    start = 0
    for part in line.text.split("\t"):
        if part.strip():
            yield line.cut(start, start + len(part))
        start += len(part) + 1


def outcomes(name: str) -> Reader:
    """Return the reader of a table of measure, description and time frame."""

    def read(draft: Draft, lines: list[Text]) -> None:
        has_tabs = any("\t" in line.text for line in lines if not line.key.startswith("outcome measure"))
        for measure, description, frame in _rows_by_tabs(lines) if has_tabs else _rows_by_times(lines):
            item = draft.add((*module("outcomesModule"), name), measure[0])
            draft.put_prose((*item, "measure"), measure)
            draft.put_prose((*item, "description"), description)
            draft.put_prose((*item, "timeFrame"), frame)

    return read


def _rows_by_tabs(lines: list[Text]) -> list[list[list[Text]]]:
    """Return the rows of a table whose three cells are parted by tabs; none if it is not clear where one ends."""
    cells: list[list[Text]] = [[]]
    rows: list[list[list[Text]]] = []
    for line in lines:
        start = 0
        for at, part in enumerate(line.text.split("\t")):
            cells += [[]] if at else []
            if part.strip():
                cells[-1].append(line.cut(start, start + len(part)))
            start += len(part) + 1
        if len(cells) == 3 and cells[2]:
            rows.append(cells)
            cells = [[]]
    is_clear = not any(cells) and all(row[0] for row in rows)
    return [row for row in rows if row[0][0].key != "outcome measure"] if is_clear else []


def _rows_by_times(lines: list[Text]) -> list[list[list[Text]]]:
    """Return the rows of a table with a line for each cell: three in all, or two without any description.

    It is clear where one ends if every last line speaks of time, in one of both ways only.
    """
    names = ("outcome measure", "measure description", "time frame")
    cells = [cell for line in lines for cell in _cells(line) if cell.key not in names]
    fitting = [size for size in (2, 3) if len(cells) % size == 0 and _ends_rows(cells, size)]
    if len(fitting) != 1:
        return []
    rows = [cells[at : at + fitting[0]] for at in range(0, len(cells), fitting[0])]
    return [[row[:1], row[1:-1], row[-1:]] for row in rows]


def _ends_rows(cells: list[Text], size: int) -> bool:
    """Say whether every cell that would end a row is a time frame, and no other one looks like it or is of a list."""
    for at, cell in enumerate(cells, 1):
        speaks = bool(_TIME.search(cell.text)) and len(cell.text) <= _LONGEST_LABEL and cell.text[-1] not in ".:;"
        if (at % size == 0 and not speaks) or cell.text[0] in "*•-":
            return False
        if at % size and speaks and len(cell.text) <= _SHORT and re.search("[0-9]", cell.text):
            return False
    return True


def read_sponsor(draft: Draft, lines: list[Text]) -> None:
    draft.put_text(module("sponsorCollaboratorsModule.leadSponsor.name"), lines[0])


def read_responsible(draft: Draft, lines: list[Text]) -> None:
    """Read "Information provided by Ann Lee, City Hospital (Responsible Party)", an investigator unless the sponsor."""
    item = module("sponsorCollaboratorsModule.responsibleParty")
    sponsor = value_at(draft.data, module("sponsorCollaboratorsModule.leadSponsor.name"))
    for line, following in pairwise(lines):
        value = line.after("Information provided by")
        if value is None:
            continue
        value = value if value.text else following
        party = value.cut(0, len(value.text.removesuffix("(Responsible Party)")))
        if party.text == sponsor:
            draft.put((*item, "type"), "SPONSOR", party)
        elif ", " in party.text:
            _put_person(draft, party, (*item, "investigatorFullName"), (*item, "investigatorAffiliation"))
        return


def read_collaborators(draft: Draft, lines: list[Text]) -> None:
    for line in lines:
        item = draft.add(module("sponsorCollaboratorsModule.collaborators"), line)
        draft.put_text((*item, "name"), line)


def read_officials(draft: Draft, lines: list[Text]) -> None:
    """Read "Role: name, degrees, affiliation"."""
    for line in lines:
        role = _OFFICIAL.match(line.text)
        if not role:
            draft.stray([line], None)
            continue
        item = draft.add((*CONTACTS_LOCATIONS, "overallOfficials"), line)
        _put_person(draft, line.cut(role.end()), (*item, "name"), (*item, "affiliation"))
        draft.put_text((*item, "role"), line.cut(*role.span(1)))


def _put_person(draft: Draft, person: Text, name: Path, affiliation: Path) -> None:
    """Set name, with degrees, and affiliation from "Ann Lee, MD, PhD, City Hospital"."""
    parts = person.text.split(", ")
    size = 1 + next((at for at, part in enumerate(parts[1:]) if not _DEGREE.fullmatch(part)), len(parts) - 1)
    end = len(", ".join(parts[:size]))
    draft.put_text(name, person.cut(0, end))
    if size < len(parts):
        draft.put_text(affiliation, person.cut(end + 2))


def references(kind: str) -> Reader:
    def read(draft: Draft, lines: list[Text]) -> None:
        for line in lines:
            item = draft.add(module("referencesModule.references"), line)
            draft.put_text((*item, "citation"), line)
            draft.put((*item, "type"), kind, line)

    return read
