"""Taking values out of the boxes that other programs put them in.

Programs that turn records into tables or XML and back lose the difference between a list of
one and its only entry: they write a text where a list belongs, an empty object for an empty
list, or put every value into a list of its own.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from lint.paths import ROOT, Path

_LISTS = """
protocolSection.identificationModule: nctIdAliases* secondaryIdInfos
protocolSection.sponsorCollaboratorsModule: collaborators
protocolSection.conditionsModule: conditions* keywords*
protocolSection.designModule: phases*
protocolSection.designModule.designInfo.maskingInfo: whoMasked*
protocolSection.armsInterventionsModule: armGroups interventions
protocolSection.armsInterventionsModule.armGroups: interventionNames*
protocolSection.armsInterventionsModule.interventions: armGroupLabels* otherNames*
protocolSection.outcomesModule: primaryOutcomes secondaryOutcomes otherOutcomes
protocolSection.eligibilityModule: stdAges*
protocolSection.contactsLocationsModule: centralContacts overallOfficials locations
protocolSection.contactsLocationsModule.locations: contacts
protocolSection.referencesModule: references seeAlsoLinks availIpds
protocolSection.referencesModule.references: retractions
protocolSection.ipdSharingStatementModule: infoTypes*
resultsSection.participantFlowModule: groups periods
resultsSection.participantFlowModule.periods: milestones dropWithdraws
resultsSection.participantFlowModule.periods.milestones: achievements
resultsSection.participantFlowModule.periods.dropWithdraws: reasons
resultsSection.baselineCharacteristicsModule: groups denoms measures
resultsSection.baselineCharacteristicsModule.denoms: counts
resultsSection.baselineCharacteristicsModule.measures: denoms classes
resultsSection.baselineCharacteristicsModule.measures.denoms: counts
resultsSection.baselineCharacteristicsModule.measures.classes: denoms categories
resultsSection.baselineCharacteristicsModule.measures.classes.denoms: counts
resultsSection.baselineCharacteristicsModule.measures.classes.categories: measurements
resultsSection.outcomeMeasuresModule: outcomeMeasures
resultsSection.outcomeMeasuresModule.outcomeMeasures: groups denoms classes analyses
resultsSection.outcomeMeasuresModule.outcomeMeasures.denoms: counts
resultsSection.outcomeMeasuresModule.outcomeMeasures.classes: denoms categories
resultsSection.outcomeMeasuresModule.outcomeMeasures.classes.denoms: counts
resultsSection.outcomeMeasuresModule.outcomeMeasures.classes.categories: measurements
resultsSection.outcomeMeasuresModule.outcomeMeasures.analyses: groupIds*
resultsSection.adverseEventsModule: eventGroups seriousEvents otherEvents
resultsSection.adverseEventsModule.seriousEvents: stats
resultsSection.adverseEventsModule.otherEvents: stats
documentSection.largeDocumentModule: largeDocs
annotationSection.annotationModule.unpostedAnnotation: unpostedEvents
annotationSection.annotationModule.violationAnnotation: violationEvents
derivedSection.miscInfoModule: removedCountries*
derivedSection.miscInfoModule.submissionTracking: submissionInfos
derivedSection.conditionBrowseModule: meshes ancestors browseLeaves browseBranches
derivedSection.interventionBrowseModule: meshes ancestors browseLeaves browseBranches
"""
"""The lists of API v2 (its field metadata, 2024), ``*`` for lists of plain texts."""


class _Place(NamedTuple):
    """A member below which lists belong, or that is itself a list of texts or of objects."""

    name: str
    is_list: bool
    of_texts: bool
    below: tuple[_Place, ...]


def _places(parent: str, lists: dict[str, list[str]]) -> tuple[_Place, ...]:
    """Return the places below a dotted path, in the order of the list above."""
    places = {
        name.rstrip("*"): _Place(name.rstrip("*"), True, name.endswith("*"), _places(f"{parent}{name}.", lists))
        for name in lists.get(parent.rstrip("."), ())
    }
    for path in lists:
        name = path[len(parent) :].partition(".")[0] if path.startswith(parent) else ""
        if name and name not in places:
            places[name] = _Place(name, False, False, _places(f"{parent}{name}.", lists))
    return tuple(places.values())


def _read_lists() -> dict[str, list[str]]:
    lines = (line.split(": ") for line in _LISTS.strip().splitlines())
    return {parent: names.split() for parent, names in lines}


_PLACES = _places("", _read_lists())
_LIST_NAMES = frozenset(name.rstrip("*") for names in _read_lists().values() for name in names)
_SENTINELS = (
    ("protocolSection",),
    ("protocolSection", "identificationModule"),
    ("protocolSection", "identificationModule", "nctId"),
    ("protocolSection", "identificationModule", "briefTitle"),
    ("protocolSection", "statusModule", "overallStatus"),
)


def unbox(record: dict[str, Any]) -> list[Path]:
    """Take boxed values of a record out of their boxes, in place; return where they were.

    An empty object where a list belongs is removed: no entry was meant.
    """
    found: list[Path] = []
    if _is_boxed_throughout(record):
        _open_boxes(record, ROOT, found)
    _box_lists(record, _PLACES, ROOT, found)
    return found


def _is_boxed_throughout(record: dict[str, Any]) -> bool:
    for path in _SENTINELS:
        value: Any = record
        for step in path:
            value = value.get(step) if isinstance(value, dict) else None
            if isinstance(value, list):
                return True
    return False


def _open_boxes(node: dict[str, Any], path: Path, found: list[Path]) -> None:
    for name, value in list(node.items()):
        here = (*path, name)
        if isinstance(value, list) and name not in _LIST_NAMES and len(value) < 2:
            found.append(here)
            if not value:
                del node[name]
                continue
            value = node[name] = value[0]
        if isinstance(value, dict):
            _open_boxes(value, here, found)
        elif isinstance(value, list):
            for at, item in enumerate(value):
                if isinstance(item, dict):
                    _open_boxes(item, (*here, at), found)


def _box_lists(node: dict[str, Any], places: tuple[_Place, ...], path: Path, found: list[Path]) -> None:
    for name, is_list, of_texts, below in places:
        value = node.get(name)
        if value is None:
            continue
        if is_list and type(value) is not list and _is_safe_to_box(value, of_texts):
            found.append((*path, name))
            if not value:
                del node[name]
                continue
            value = node[name] = [value]
        if not below:
            continue
        if type(value) is dict:
            _box_lists(value, below, (*path, name), found)
        elif type(value) is list:
            for at, item in enumerate(value):
                if type(item) is dict:
                    _box_lists(item, below, (*path, name, at), found)


def _is_safe_to_box(value: Any, of_texts: bool) -> bool:
    return value == {} or isinstance(value, str if of_texts else dict)
