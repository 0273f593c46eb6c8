"""Telling records of ClinicalTrials.gov API v2 from everything else that is JSON or YAML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from lint.paths import ROOT, Path, value_at

SECTIONS = (
    "protocolSection",
    "resultsSection",
    "annotationSection",
    "documentSection",
    "derivedSection",
)

CORE_MODULES = (
    "identificationModule",
    "statusModule",
    "sponsorCollaboratorsModule",
    "descriptionModule",
    "conditionsModule",
    "designModule",
    "eligibilityModule",
)
"""The modules of the protocol section that every full record has, whatever its study type."""

CORE_FIELDS = (
    ("identificationModule", "orgStudyIdInfo", "id"),
    ("identificationModule", "organization", "fullName"),
    ("statusModule", "statusVerifiedDate"),
    ("designModule", "studyType"),
    ("sponsorCollaboratorsModule", "leadSponsor", "name"),
)
"""Fields that the registry writes into every record; a submission may lack one or two of them."""

_WRAPPER_DEPTH = 4
_IDENTIFICATION = ("protocolSection", "identificationModule")

_LOOKS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("FullStudiesResponse",), "an answer of the registry's old (classic) API"),
    (("FullStudy",), "an answer of the registry's old (classic) API"),
    (("StudyFieldsResponse",), "a field list of the registry's old (classic) API"),
    (("Study", "Rank"), "an answer of the registry's old (classic) API"),
    (("clinical_study",), "a record of the registry's old XML format, turned into JSON"),
    (("nct_id", "brief_title"), "a table row of AACT, the database copy of the registry"),
    (("nct_id",), "a table row of AACT or a like database"),
    (("NCT Number",), "a row of the registry's CSV download"),
    (("NCTId",), "a list of single fields, not whole records"),
    (("nctId",), "a flat extract of a record that another program made"),
    (("ctNumber",), "a record of the EU registry CTIS"),
    (("authorizedApplication",), "a record of the EU registry CTIS"),
    (("eudractNumber",), "a record of the EU registry EudraCT"),
    (("a2_eudract_number",), "a record of the EU registry EudraCT"),
    (("TrialID",), "a record of the WHO portal ICTRP"),
    (("isrctn",), "a record of the registry ISRCTN"),
    (("trialDescription", "externalRefs"), "a record of the registry ISRCTN"),
    (("drksId",), "a record of the German registry DRKS"),
    (("resourceType",), "a FHIR resource"),
    (("$schema", "properties"), "a JSON Schema"),
    (("openapi",), "the description of a web service (OpenAPI)"),
    (("swagger",), "the description of a web service (OpenAPI)"),
    (("nbformat",), "a Jupyter notebook"),
    (("type", "features"), "a map (GeoJSON)"),
    (("name", "dependencies"), "the package file of a program"),
    (("name", "devDependencies"), "the package file of a program"),
    (("name", "version", "scripts"), "the package file of a program"),
    (("compilerOptions",), "the settings of a program"),
    (("repos",), "the settings of pre-commit"),
    (("on", "jobs"), "a workflow of GitHub Actions"),
    (("tool", "summary", "findings"), "a report of this program"),
    (("check_name", "fingerprint"), "an entry of a report of code quality"),
    (("runs", "version"), "a report of findings (SARIF)"),
    (("error",), "an error message of a web service"),
)


class Sighting(NamedTuple):
    """Where a document holds a record, or something else where a record belongs.

    ``data`` is the record in canonical shape; None for a ``stray`` in a list of records.
    ``bare`` marks a protocol section without the member that should hold it, ``classic`` a record of the
    registry's classic API.
    """

    path: Path
    data: dict[str, Any] | None
    bare: bool = False
    classic: bool = False


def is_record(value: Any) -> bool:
    """Say whether a value is a v2 record, whole or partial, perhaps with boxed sections."""
    return isinstance(value, dict) and (
        any(_is_section(value.get(name)) for name in SECTIONS) or value.keys() == {"hasResults"}
    )


def find_records(document: Any) -> list[Sighting]:
    """Find the records of a document: itself, in lists and in wrappers, in document order."""
    return list(_sight(document, ROOT))


def record_id(data: Any) -> str:
    """Return the NCT number of a record, else the organisation's own id, else nothing."""
    for name in (("nctId",), ("orgStudyIdInfo", "id")):
        value = value_at(data, (*_IDENTIFICATION, *name))
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def left_out(data: dict[str, Any]) -> list[str]:
    """Name what shows that a record carries only chosen fields; nothing for a whole record.

    Either several core modules are absent, or most of the fields that every record has.
    """
    protocol = data.get("protocolSection")
    if not isinstance(protocol, dict):
        return list(CORE_MODULES)
    modules = [name for name in CORE_MODULES if name not in protocol]
    if len(modules) > 1:
        return modules
    fields = [".".join(path[1:]) for path in CORE_FIELDS if value_at(protocol, path) is None]
    return fields if len(fields) > len(CORE_FIELDS) // 2 else []


def describe(document: Any) -> str:
    """Say what a document without a record looks like, as the end of "this is ..."."""
    if isinstance(document, list):
        return _describe_list(document)
    if not isinstance(document, dict):
        return "a single value" if document is not None else "empty"
    if not document:
        return "an empty object"
    if document.get("studies") == []:
        return "an answer of the registry without any study"
    for value in (document, *document.values()):
        for names, look in _LOOKS:
            if isinstance(value, dict) and all(name in value for name in names):
                return look
    shown = ", ".join(f"'{name}'" for name in list(map(str, document))[:3])
    return f"an object with {shown}" + (" and more" if len(document) > 3 else "")


def _describe_list(items: list[Any]) -> str:
    if not items:
        return "an empty list"
    if all(isinstance(item, str) for item in items):
        is_ids = all(item.strip().upper().startswith("NCT") for item in items)
        return "a list of NCT numbers without their records" if is_ids else "a list of texts"
    return f"a list whose first entry is {describe(items[0])}"


def _is_section(value: Any) -> bool:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return isinstance(value, dict)


def _inside(value: Any, path: Path) -> Iterator[Sighting]:
    if len(path) > _WRAPPER_DEPTH:
        return
    if isinstance(value, list):
        found = [list(_sight(item, (*path, at))) for at, item in enumerate(value)]
        if any(found):
            for at, sightings in enumerate(found):
                yield from sightings or (Sighting((*path, at), None),)
    elif isinstance(value, dict):
        for name, member in value.items():
            yield from _sight(member, (*path, name))


def _sight(value: Any, path: Path) -> Iterator[Sighting]:
    if is_record(value):
        yield Sighting(path, value)
    elif _is_protocol_section(value):
        yield Sighting(path, {"protocolSection": value}, bare=True)
    elif isinstance(value, dict) and isinstance(value.get("ProtocolSection"), dict):
        from lint.registries.ctgov.classic import read_classic

        yield Sighting(path, read_classic(value), classic=True)
    else:
        yield from _inside(value, path)


def _is_protocol_section(value: Any) -> bool:
    return isinstance(value, dict) and (
        _is_section(value.get("identificationModule")) or sum(name in value for name in CORE_MODULES) > 1
    )
