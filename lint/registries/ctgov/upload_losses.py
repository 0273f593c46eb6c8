"""What records as they are sent to the registry, and the registry's history of 2005 to 2014, cannot carry."""

from __future__ import annotations

from lint.registries.losses import Loss, below, paths

_P = "protocolSection"
_R = "resultsSection"
_SUBMITTED = "studyFirstSubmitDate resultsFirstSubmitDate dispFirstSubmitDate lastUpdateSubmitDate"
_REVIEWED_AND_POSTED = """
    studyFirstSubmitQcDate studyFirstPostDateStruct resultsFirstSubmitQcDate resultsFirstPostDateStruct
    dispFirstSubmitQcDate dispFirstPostDateStruct lastUpdatePostDateStruct
"""

UPLOAD = (
    Loss(
        "the registry gives a study its number after the upload",
        below(f"{_P}.identificationModule", "nctId nctIdAliases"),
    ),
    Loss(
        "the registry writes the dates of submission and posting itself",
        below(f"{_P}.statusModule", f"{_SUBMITTED} {_REVIEWED_AND_POSTED}"),
    ),
    Loss(
        "the registry takes names and classes of organisations and persons from their accounts",
        (
            f"{_P}.identificationModule.organization",
            *below(
                f"{_P}.sponsorCollaboratorsModule",
                "responsibleParty.investigatorFullName leadSponsor.class collaborators[*].class",
            ),
        ),
    ),
    Loss(
        "the registry derives it from what was uploaded",
        (
            *below(f"{_P}.identificationModule", "orgStudyIdInfo.link secondaryIdInfos[*].link"),
            *below(f"{_P}.statusModule", "lastKnownStatus expandedAccessInfo.statusForNctId resultsWaived"),
            f"{_P}.designModule.nPtrsToThisExpAccNctId",
            f"{_P}.eligibilityModule.stdAges",
            f"{_P}.contactsLocationsModule.locations[*].geoPoint",
            f"{_P}.referencesModule.references[*].retractions",
            f"{_R}.outcomeMeasuresModule.outcomeMeasures[*].reportingStatus",
            "derivedSection",
        ),
    ),
    Loss("notices of the FDA are not in it", (f"{_P}.oversightModule.fdaaa801Violation", "annotationSection")),
    Loss(
        "the schema for uploads has no element for it",
        (
            f"{_P}.identificationModule.orgStudyIdInfo.type",
            f"{_P}.statusModule.delayedPosting",
            "documentSection",
        ),
    ),
)
"""What the registry's ProtocolRecordSchema.xsd of 2018 has no place for."""

HISTORY = (
    Loss(
        "of the registry's own dates, only those of the first and the last release are in it",
        below(f"{_P}.statusModule", _REVIEWED_AND_POSTED),
    ),
    Loss(
        "the registry's classes, links and derived fields are not in it",
        (
            *below(
                f"{_P}.identificationModule",
                "organization.class orgStudyIdInfo.type orgStudyIdInfo.link secondaryIdInfos[*].link",
            ),
            *below(f"{_P}.sponsorCollaboratorsModule", "leadSponsor.class collaborators[*].class"),
            *below(f"{_P}.statusModule", "lastKnownStatus delayedPosting resultsWaived expandedAccessInfo"),
            *below(f"{_P}.designModule", "expandedAccessTypes nPtrsToThisExpAccNctId targetDuration"),
            f"{_P}.eligibilityModule.stdAges",
            f"{_P}.contactsLocationsModule.locations[*].geoPoint",
            f"{_P}.referencesModule.references[*].retractions",
            "annotationSection",
            "derivedSection",
        ),
    ),
    Loss(
        "until 2014 the registry did not ask for it",
        (
            f"{_P}.statusModule.startDateStruct.type",
            *below(
                f"{_P}.oversightModule", "isFdaRegulatedDrug isFdaRegulatedDevice isPpsd isUsExport fdaaa801Violation"
            ),
            *below(f"{_P}.designModule.designInfo", "interventionModelDescription maskingInfo.maskingDescription"),
            *below(f"{_P}.eligibilityModule", "genderBased genderDescription"),
            f"{_P}.referencesModule.availIpds",
            f"{_P}.ipdSharingStatementModule",
            f"{_R}.adverseEventsModule.eventGroups[*].deathsNumAffected",
            f"{_R}.adverseEventsModule.eventGroups[*].deathsNumAtRisk",
            "documentSection",
        ),
    ),
)
"""What a version of the registry's history does not show."""

FDAAA = "2007-12-26"
"""The day from which the registry has had the fields that the FDA Amendments Act of 2007 asks for."""

NOT_ASKED_YET = paths(
    (
        Loss(
            "before December 2007 the registry did not ask for it",
            (
                *below(f"{_P}.statusModule", "primaryCompletionDateStruct completionDateStruct"),
                f"{_P}.sponsorCollaboratorsModule.responsibleParty",
                *below(f"{_P}.oversightModule", "oversightHasDmc isUnapprovedDevice"),
                *below(f"{_P}.designModule", "designInfo enrollmentInfo.type"),
                *below(f"{_P}.armsInterventionsModule", "armGroups interventions[*].description"),
                *below(f"{_P}.outcomesModule.primaryOutcomes[*]", "description timeFrame"),
                *below(f"{_P}.outcomesModule.secondaryOutcomes[*]", "description timeFrame"),
            ),
        ),
    )
)
"""What versions from before ``FDAAA`` need not have; where they have it, it is checked as in any other."""

UPLOAD_NOT_SHOWN = paths(UPLOAD)
HISTORY_NOT_SHOWN = paths(HISTORY)
