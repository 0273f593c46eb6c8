"""What the registry's classic XML cannot carry, by its schema ``public.xsd`` of 2019 and the changes told in it."""

from __future__ import annotations

from lint.registries.losses import Loss, below, paths

_P = "protocolSection"
_R = "resultsSection"
_ANNOTATIONS = "annotationSection.annotationModule"
_OUTCOMES = f"{_R}.outcomeMeasuresModule.outcomeMeasures[*]"

LOSSES = (
    Loss(
        "identifiers have neither a type nor a domain nor a link",
        (*below(f"{_P}.identificationModule.orgStudyIdInfo", "type link"),
         *below(f"{_P}.identificationModule.secondaryIdInfos[*]", "type domain link")),
    ),
    Loss("the organisation has a name only", (f"{_P}.identificationModule.organization.class",)),
    Loss(
        "the class of a sponsor is NIH, U.S. Fed, Industry or Other, which stands for all the rest",
        below(f"{_P}.sponsorCollaboratorsModule", "leadSponsor.class collaborators[*].class"),
        kept=("NIH", "FED", "INDUSTRY"),
    ),
    Loss(
        "expanded access is a yes or no, without the number and status of its record",
        (*below(f"{_P}.statusModule.expandedAccessInfo", "nctId statusForNctId"),
         f"{_P}.designModule.nPtrsToThisExpAccNctId"),
    ),
    Loss(
        "an observational study may be called a patient registry, but not denied to be one",
        (f"{_P}.designModule.patientRegistry",),
    ),
    Loss("delays and waivers are not told", below(f"{_P}.statusModule", "delayedPosting resultsWaived")),
    Loss(
        "notices of the FDA are not in it",
        (f"{_P}.oversightModule.fdaaa801Violation", f"{_ANNOTATIONS}.violationAnnotation"),
    ),
    Loss("unposted results have dates only", (f"{_ANNOTATIONS}.unpostedAnnotation.unpostedResponsibleParty",)),
    Loss("age groups are not derived", (f"{_P}.eligibilityModule.stdAges",)),
    Loss(
        "locations have no coordinates and country codes",
        below(f"{_P}.contactsLocationsModule.locations[*]", "geoPoint countryCode"),
    ),
    Loss(
        "background and derived references are not told apart, and retractions are not told",
        below(f"{_P}.referencesModule.references[*]", "type retractions"),
        kept=("RESULT",),
    ),
    Loss(
        "units other than participants are told for single measures only",
        (*below(f"{_R}.participantFlowModule", "typeUnitsAnalyzed periods[*].milestones[*].achievements[*].numUnits"),
         f"{_R}.baselineCharacteristicsModule.typeUnitsAnalyzed", f"{_OUTCOMES}.typeUnitsAnalyzed"),
    ),
    Loss(
        "comments stand with single counts, not with a whole row",
        below(f"{_R}.participantFlowModule.periods[*]", "milestones[*].comment dropWithdraws[*].comment"),
    ),
    Loss(
        "whether percentages are shown is not told",
        (f"{_R}.baselineCharacteristicsModule.measures[*].calculatePct", f"{_OUTCOMES}.calculatePct"),
    ),
    Loss("a comment on deaths is not in it", (f"{_R}.adverseEventsModule.allCauseMortalityComment",)),
    Loss("the phone number of the results contact has no extension", (f"{_R}.moreInfoModule.pointOfContact.phoneExt",)),
    Loss(
        "documents have a label, a date and an address only",
        ("documentSection.largeDocumentModule.noSap",
         *below("documentSection.largeDocumentModule.largeDocs[*]", "typeAbbrev uploadDate size")),
    ),
    Loss(
        "of what the registry derives, only the terms of MeSH and the removed countries are in it",
        (*below("derivedSection.miscInfoModule", "versionHolder submissionTracking modelPredictions"),
         *below("derivedSection.conditionBrowseModule", "meshes[*].id ancestors browseLeaves browseBranches"),
         *below("derivedSection.interventionBrowseModule", "meshes[*].id ancestors browseLeaves browseBranches")),
    ),
)  # fmt: skip

OLD_LOSSES = (
    *LOSSES,
    Loss(
        "until 2017 it told neither when a record passed review nor when it was posted",
        below(f"{_P}.statusModule", "studyFirstSubmitQcDate studyFirstPostDateStruct resultsFirstSubmitQcDate "
              "resultsFirstPostDateStruct dispFirstSubmitQcDate dispFirstPostDateStruct lastUpdatePostDateStruct"),
    ),
    Loss("until 2017 a start date had no type", (f"{_P}.statusModule.startDateStruct.type",)),
    Loss(
        "the questions of 2017 about regulated drugs and devices were not asked yet",
        below(f"{_P}.oversightModule", "isFdaRegulatedDrug isFdaRegulatedDevice isUnapprovedDevice isPpsd isUsExport"),
    ),
    Loss(
        "until 2017 the design was one line without descriptions",
        below(f"{_P}.designModule.designInfo", "interventionModelDescription maskingInfo.maskingDescription"),
    ),
    Loss("until 2017 sex was not described further", below(f"{_P}.eligibilityModule", "genderBased genderDescription")),
    Loss(
        "until 2018 the sharing of data was a yes or no with a description",
        below(f"{_P}.ipdSharingStatementModule", "infoTypes timeFrame accessCriteria url"),
    ),
    Loss("until 2019 documents were not listed", ("documentSection",)),
    Loss("until 2018 unposted results were not told", ("annotationSection",)),
    Loss("until 2017 analyses had no other description", (f"{_OUTCOMES}.analyses[*].otherAnalysisDescription",)),
    Loss(
        "until 2017 deaths were not reported apart",
        below(f"{_R}.adverseEventsModule.eventGroups[*]", "deathsNumAffected deathsNumAtRisk"),
    ),
)  # fmt: skip
"""Losses of files that the registry wrote before 2017."""

NOT_SHOWN = paths(LOSSES)
OLD_NOT_SHOWN = paths(OLD_LOSSES)
