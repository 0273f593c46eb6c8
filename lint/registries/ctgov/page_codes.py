"""The codes of a page's record: where a page has words ("Single Group Assignment"), the record has their code."""

from __future__ import annotations

from typing import Any

from lint.registries.ctgov.words import code_of

_ENUMERATIONS = {
    "statusModule.overallStatus": "Status",
    "statusModule.lastKnownStatus": "Status",
    "statusModule.*.type": "DateType",
    "designModule.studyType": "StudyType",
    "designModule.phases.*": "Phase",
    "designModule.enrollmentInfo.type": "EnrollmentType",
    "designModule.designInfo.allocation": "DesignAllocation",
    "designModule.designInfo.interventionModel": "InterventionalAssignment",
    "designModule.designInfo.primaryPurpose": "PrimaryPurpose",
    "designModule.designInfo.observationalModel": "ObservationalModel",
    "designModule.designInfo.timePerspective": "DesignTimePerspective",
    "designModule.designInfo.maskingInfo.masking": "DesignMasking",
    "designModule.bioSpec.retention": "BioSpecRetention",
    "armsInterventionsModule.armGroups.*.type": "ArmGroupType",
    "armsInterventionsModule.interventions.*.type": "InterventionType",
    "eligibilityModule.sex": "Sex",
    "eligibilityModule.samplingMethod": "SamplingMethod",
    "sponsorCollaboratorsModule.leadSponsor.class": "AgencyClass",
    "sponsorCollaboratorsModule.collaborators.*.class": "AgencyClass",
    "sponsorCollaboratorsModule.responsibleParty.type": "ResponsiblePartyType",
    "contactsLocationsModule.overallOfficials.*.role": "OfficialRole",
    "contactsLocationsModule.centralContacts.*.role": "ContactRole",
    "contactsLocationsModule.locations.*.status": "RecruitmentStatus",
    "contactsLocationsModule.locations.*.contacts.*.role": "ContactRole",
    "referencesModule.references.*.type": "ReferenceType",
    "identificationModule.secondaryIdInfos.*.type": "SecondaryIdType",
    "identificationModule.orgStudyIdInfo.type": "OrgStudyIdType",
}
_WITHOUT_PHASE = ("OBSERVATIONAL", "EXPANDED_ACCESS")


def put_codes(data: dict[str, Any]) -> None:
    """Put codes in place of their words; words that no enumeration has stay, to be found by its rules.

    Pages show a phase of studies that have none as "not applicable", which only trials have in the record.
    """
    for place, enumeration in _ENUMERATIONS.items():
        _put(data.get("protocolSection"), place.split("."), enumeration)
    design = data.get("protocolSection", {}).get("designModule", {})
    if design.get("phases") == ["NA"] and design.get("studyType") in _WITHOUT_PHASE:
        del design["phases"]


def _put(holder: Any, steps: list[str], enumeration: str) -> None:
    step, *rest = steps
    if isinstance(holder, dict):
        members: list[Any] = [name for name in holder if step in ("*", name)]
    elif isinstance(holder, list):
        members = list(range(len(holder)))
    else:
        return
    for member in members:
        if rest:
            _put(holder[member], rest, enumeration)
        elif isinstance(holder[member], str):
            holder[member] = code_of(enumeration, holder[member])
