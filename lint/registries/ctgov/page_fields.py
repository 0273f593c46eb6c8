"""The single values of a page: a label, and the value behind it or on the next line."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field

from lint.paths import Path, value_at
from lint.registries.ctgov.page_draft import BULLET, Draft
from lint.registries.ctgov.page_text import ELIGIBILITY, PREAMBLE, Section, Text
from lint.registries.ctgov.words import iso_date

PROTOCOL = "protocolSection"
CRITERIA_HEADINGS = tuple(
    f"{grade}{kind} criteria" for grade in ("", "key ", "main ", "major ") for kind in ("inclusion", "exclusion")
)

Reader = Callable[[Draft, Path, list[Text]], list[Text]]
"""Puts the value that some lines give at a path and returns the lines that it did not need."""

_NOTHING = {"-", "\\-", "–", "—"}
_NO_LIMIT = {"n/a", "na", "none", "no limit", "not specified"}
_DATE = re.compile(r"([0-9]\S*|[A-Z][a-z]{2,8}\.? (?:[0-9]{1,2},? )?[0-9]{4})(?:\s*[(\[]?([A-Za-z]+)[)\]]?)?")
_LABEL_END = re.compile(r"([^:\t]{2,40}?)[ \xa0*]*(?::\**|\t|\s{2,})")
_SHORT_VALUE = re.compile(r"[A-Z][A-Z0-9_]+(?:/[A-Z0-9_]+)*|[0-9][\w,-]*(?: [A-Za-z]+)?|Yes|No")
_NAVIGATION = re.compile(
    r"(?:skip to|back to|return to|home\b|menu\b|search\b|log ?in\b|sign ?(?:in|up)\b|about\b|contact us|browse\b|find "
    r"|register\b|subscribe|clinical (?:trials?|stud(?:y|ies))$|trials?$|stud(?:y|ies)$|save\b|share\b|print\b).*",
    re.I,
)
_COUNT = re.compile(r"([0-9][0-9,]{0,11})(?:\s*(?:participants?|patients|subjects))?(?:\s*\(([A-Za-z]+)\))?", re.I)
_NO_COUNT = re.compile(r"[-–—] *(?:participants?|patients|subjects)", re.I)
_PHASES = re.compile(r"(?:early[ _]?)?phase ?[0-9]", re.I)
_MASKED = re.compile(
    r"(participants?)|(care[ _]?(?:giver|provider)s?)|(investigators?)|(outcomes?[ _]assessors?)", re.I
)
_MASKED_CODES = ("PARTICIPANT", "CARE_PROVIDER", "INVESTIGATOR", "OUTCOMES_ASSESSOR")
_YES_NO = {"yes": True, "no": False, "true": True, "false": False}


def _word(draft: Draft, path: Path, lines: list[Text]) -> list[Text]:
    draft.put_text(path, lines[0])
    return lines[1:]


def _prose(draft: Draft, path: Path, lines: list[Text]) -> list[Text]:
    draft.put_prose(path, lines)
    return []


def _age(draft: Draft, path: Path, lines: list[Text]) -> list[Text]:
    return lines[1:] if lines[0].text.casefold() in _NO_LIMIT else _word(draft, path, lines)


def _yes_no(draft: Draft, path: Path, lines: list[Text]) -> list[Text]:
    value = _YES_NO.get(lines[0].text.casefold())
    if value is None:
        return lines
    draft.put(path, value, lines[0])
    return lines[1:]


def _items(draft: Draft, path: Path, lines: list[Text]) -> list[Text]:
    for line in lines:
        draft.put_text((*path, _size(draft, path)), line)
    return []


def _phases(draft: Draft, path: Path, lines: list[Text]) -> list[Text]:
    parts = lines[0].text.split("/")
    if not all(_PHASES.fullmatch(part.strip()) for part in parts):
        return _items(draft, path, lines[:1]) + lines[1:]
    start = 0
    for part in parts:
        _items(draft, path, [lines[0].cut(start, start + len(part))])
        start += len(part) + 1
    return lines[1:]


def _count(draft: Draft, path: Path, lines: list[Text]) -> list[Text]:
    match = _COUNT.fullmatch(lines[0].text)
    if match is None:
        return lines[1:] if _NO_COUNT.fullmatch(lines[0].text) else lines
    draft.put(path, int(match[1].replace(",", "")), lines[0].cut(*match.span(1)))
    if match[2]:
        draft.put_text((*path[:-1], "type"), lines[0].cut(*match.span(2)))
    return lines[1:]


def _day(draft: Draft, path: Path, lines: list[Text]) -> list[Text]:
    return put_date(draft, path, lines, iso_date)


def _month_or_day(draft: Draft, path: Path, lines: list[Text]) -> list[Text]:
    """Read a date that may be a padded month.

    The database behind such pages writes a month as its last day, so ``2013-05-31`` tells no
    more than ``2013-05``. Any other day was given as a day.
    """
    return put_date(draft, path, lines, lambda text: text[:7] if _is_last_of_month(text) else iso_date(text))


def put_date(draft: Draft, path: Path, lines: list[Text], read: Callable[[str], str]) -> list[Text]:
    """Set a date, and its type where that stands behind it; return the lines that were not needed."""
    match = _DATE.fullmatch(lines[0].text)
    if match is None:
        return lines
    draft.put(path, read(match[1]), lines[0].cut(*match.span(1)))
    if match[2]:
        draft.put_text((*path[:-1], "type"), lines[0].cut(*match.span(2)))
    return lines[1:]


def _is_last_of_month(text: str) -> bool:
    match = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])-([0-9]{2})", text)
    return bool(match and int(match[1]) and int(match[3]) == monthrange(int(match[1]), int(match[2]))[1])


def _masked(draft: Draft, path: Path, lines: list[Text]) -> list[Text]:
    """Read who is masked, all on one line or each on its own; stop at a line that says something else."""
    for at, line in enumerate(lines):
        if _MASKED.sub("", line.text).strip(" ,;/&"):
            return lines[at:]
        for match in _MASKED.finditer(line.text):
            code = _MASKED_CODES[(match.lastindex or 1) - 1]
            draft.put((*path, _size(draft, path)), code, line.cut(*match.span()))
    return []


def _masking(draft: Draft, path: Path, lines: list[Text]) -> list[Text]:
    """Read how much is masked, and who is, behind it in brackets or on the lines after it."""
    bracket = re.search(r"\((.*)\)", lines[0].text)
    roles = lines[0].cut(*bracket.span(1)) if bracket and _MASKED.match(bracket[1]) else None
    draft.put_text(path, lines[0].cut(0, bracket.start()) if bracket and roles else lines[0])
    return _masked(draft, (*path[:-1], "whoMasked"), [roles, *lines[1:]] if roles else lines[1:])


def _size(draft: Draft, path: Path) -> int:
    return len(value_at(draft.data, path, ()))


_FIELDS: dict[str, tuple[str, Reader]] = {
    "nct id": ("identificationModule.nctId", _word),
    "acronym": ("identificationModule.acronym", _word),
    "official title": ("identificationModule.officialTitle", _word),
    "recruitment status": ("statusModule.overallStatus", _word),
    "overall status": ("statusModule.overallStatus", _word),
    "last known status": ("statusModule.lastKnownStatus", _word),
    "why study stopped": ("statusModule.whyStopped", _word),
    "status verified date": ("statusModule.statusVerifiedDate", _month_or_day),
    "study start date": ("statusModule.startDateStruct.date", _month_or_day),
    "primary completion date": ("statusModule.primaryCompletionDateStruct.date", _month_or_day),
    "study completion date": ("statusModule.completionDateStruct.date", _month_or_day),
    "completion date": ("statusModule.completionDateStruct.date", _month_or_day),
    "first posted": ("statusModule.studyFirstPostDateStruct.date", _day),
    "first posted date": ("statusModule.studyFirstPostDateStruct.date", _day),
    "last updated": ("statusModule.lastUpdatePostDateStruct.date", _day),
    "clinical phase": ("designModule.phases", _phases),
    "phase": ("designModule.phases", _phases),
    "study phase": ("designModule.phases", _phases),
    "total enrollment": ("designModule.enrollmentInfo.count", _count),
    "enrollment": ("designModule.enrollmentInfo.count", _count),
    "study classification": ("designModule.studyType", _word),
    "study type": ("designModule.studyType", _word),
    "target duration": ("designModule.targetDuration", _word),
    "patient registry": ("designModule.patientRegistry", _yes_no),
    "allocation": ("designModule.designInfo.allocation", _word),
    "allocation method": ("designModule.designInfo.allocation", _word),
    "interventional model": ("designModule.designInfo.interventionModel", _word),
    "interventional model description": ("designModule.designInfo.interventionModelDescription", _prose),
    "intervention model": ("designModule.designInfo.interventionModel", _word),
    "intervention model description": ("designModule.designInfo.interventionModelDescription", _prose),
    "primary purpose": ("designModule.designInfo.primaryPurpose", _word),
    "primary study purpose": ("designModule.designInfo.primaryPurpose", _word),
    "observational model": ("designModule.designInfo.observationalModel", _word),
    "observational study model": ("designModule.designInfo.observationalModel", _word),
    "time perspective": ("designModule.designInfo.timePerspective", _word),
    "study time perspective": ("designModule.designInfo.timePerspective", _word),
    "blinding strategy": ("designModule.designInfo.maskingInfo.masking", _masking),
    "blinding": ("designModule.designInfo.maskingInfo.masking", _masking),
    "masking": ("designModule.designInfo.maskingInfo.masking", _masking),
    "who is masked": ("designModule.designInfo.maskingInfo.whoMasked", _masked),
    "masked roles": ("designModule.designInfo.maskingInfo.whoMasked", _masked),
    "masking description": ("designModule.designInfo.maskingInfo.maskingDescription", _prose),
    "biospecimen retention": ("designModule.bioSpec.retention", _word),
    "biospecimen description": ("designModule.bioSpec.description", _prose),
    "minimum eligible age": ("eligibilityModule.minimumAge", _age),
    "minimum age": ("eligibilityModule.minimumAge", _age),
    "maximum eligible age": ("eligibilityModule.maximumAge", _age),
    "maximum age": ("eligibilityModule.maximumAge", _age),
    "eligible sex": ("eligibilityModule.sex", _word),
    "sex": ("eligibilityModule.sex", _word),
    "gender based eligibility": ("eligibilityModule.genderBased", _yes_no),
    "accepts healthy volunteers": ("eligibilityModule.healthyVolunteers", _yes_no),
    "healthy volunteers": ("eligibilityModule.healthyVolunteers", _yes_no),
    "sampling method": ("eligibilityModule.samplingMethod", _word),
    "study population": ("eligibilityModule.studyPopulation", _prose),
}

_MODULE_AT = {"recruitment status": "statusModule", "overall status": "statusModule"}


@dataclass(slots=True)
class _Labelled:
    """A label with the lines that belong to it."""

    label: Text
    key: str
    lines: list[Text] = field(default_factory=list)


def read_fields(draft: Draft, section: Section) -> None:
    """Read the labelled values of a section; lines that belong to no label are noted."""
    stray: list[Text] = []
    for entry in _labelled(section.lines, stray):
        _read_entry(draft, section, entry)
    draft.stray(stray, section.heading)


def _labelled(lines: list[Text], stray: list[Text]) -> list[_Labelled]:
    """Group lines under their labels; those before the first label go to ``stray``."""
    entries: list[_Labelled] = []
    for line in lines:
        label, inline = _match(line)
        if label:
            entries.append(_Labelled(line.cut(0, len(label)), label, [inline] if inline else []))
        else:
            (entries[-1].lines if entries else stray).append(line)
    return entries


def _match(line: Text) -> tuple[str, Text | None]:
    """Return the label that a line is or begins with, and the value behind its colon, tab or, if short, blank."""
    if line.key in _FIELDS:
        return line.key, None
    end = _LABEL_END.match(line.text)
    if end and (key := " ".join(end[1].split()).casefold()) in _FIELDS:
        return key, line.cut(end.end())
    words = line.text.split(" ")
    for size in range(4, 1, -1):
        label, value = " ".join(words[:size]), " ".join(words[size:])
        if label.casefold() in _FIELDS and _SHORT_VALUE.fullmatch(value):
            return label.casefold(), line.cut(len(label))
    return "", None


def _read_entry(draft: Draft, section: Section, entry: _Labelled) -> None:
    dotted, reader = _FIELDS[entry.key]
    path = (PROTOCOL, *dotted.split("."))
    if entry.key in _MODULE_AT:
        draft.anchor((PROTOCOL, _MODULE_AT[entry.key]), entry.label)
    for size in range(3, len(path) + 1):
        draft.anchor(path[:size], entry.label)
    lines = [line for line in entry.lines if line.text not in _NOTHING]
    if lines:
        draft.stray(reader(draft, path, lines), section.heading)


def read_preamble(draft: Draft, section: Section) -> None:
    """Read the top of the page: the brief title, perhaps below the menu of the site, then labelled values."""
    lines = section.lines
    size = next((at for at, line in enumerate(lines) if _match(line)[0]), len(lines))
    above, first = [line for line in lines[:size] if not _NAVIGATION.fullmatch(line.text)], lines[:1]
    if len(above) < size:
        above = [line for line in above if len(line.text.split()) > 2] or above
    titles = above or first[:size]
    if titles:
        draft.put_text((PROTOCOL, "identificationModule", "briefTitle"), titles[0])
    repeated = [line for line in titles[1:] if line.text != titles[0].text]
    read_fields(draft, Section(PREAMBLE, None, [*repeated, *lines[size:]]))


def read_eligibility(draft: Draft, section: Section) -> None:
    """Read the criteria, up to the first label of the module, and the labelled values after them."""
    lines = section.lines
    at = next((at for at, line in enumerate(lines) if _ends_criteria(line, lines[at + 1 : at + 2])), len(lines))
    path = (PROTOCOL, "eligibilityModule", "eligibilityCriteria")
    draft.put_prose(path, lines[:at], CRITERIA_HEADINGS)
    read_fields(draft, Section(ELIGIBILITY, section.heading, lines[at:]))


def _ends_criteria(line: Text, following: list[Text]) -> bool:
    """Say whether a line is a label of the site; "Sex: female" may well be a criterion, or head a list of such."""
    label, inline = _match(line)
    heads_list = any(BULLET.match(text.text) for text in following)
    is_criterion = (inline is not None or heads_list) and not re.search(r"eligible|accepts|sampling", label)
    return bool(label) and not is_criterion and "eligibilityModule" in _FIELDS[label][0]


def read_results(draft: Draft, section: Section) -> None:
    """Read whether the study has results, of which the page says no more."""
    for line in section.lines:
        text = line.text.casefold()
        if re.match(r"results pending|no results", text):
            draft.put(("hasResults",), False, line)
        elif re.match(r"results (?:are |have been )?(?:available|posted|published)|has results", text):
            draft.put(("hasResults",), True, line)
        elif not text.startswith("the study team has "):
            draft.stray([line], section.heading)
