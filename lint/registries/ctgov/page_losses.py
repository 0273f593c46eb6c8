"""What the page of a study may leave out: what it does not show proves nothing, what it shows counts."""

from __future__ import annotations

from lint.registries.losses import Loss, below

_P = "protocolSection"
_STATUS = f"{_P}.statusModule"
_DESIGN = f"{_P}.designModule"

LOSSES = (
    Loss(
        "the page has one title and one sponsor",
        below(f"{_P}.identificationModule", "organization officialTitle acronym"),
    ),
    Loss(
        "of the dates it shows start, completion and last update only",
        below(
            _STATUS,
            "statusVerifiedDate primaryCompletionDateStruct studyFirstSubmitDate studyFirstSubmitQcDate "
            "studyFirstPostDateStruct resultsFirstSubmitDate resultsFirstSubmitQcDate resultsFirstPostDateStruct "
            "dispFirstSubmitDate dispFirstSubmitQcDate dispFirstPostDateStruct lastUpdateSubmitDate",
        ),
    ),
    Loss(
        "it does not say whether dates and numbers are actual or estimated",
        (
            *below(_STATUS, "startDateStruct.type completionDateStruct.type lastUpdatePostDateStruct.type"),
            f"{_DESIGN}.enrollmentInfo.type",
        ),
    ),
    Loss(
        "it shows the overall status without more",
        below(_STATUS, "lastKnownStatus whyStopped delayedPosting expandedAccessInfo"),
    ),
    Loss(
        "it shows the design in a few words",
        below(
            _DESIGN,
            "expandedAccessTypes nPtrsToThisExpAccNctId patientRegistry targetDuration bioSpec "
            "designInfo.interventionModelDescription designInfo.maskingInfo.maskingDescription "
            "designInfo.maskingInfo.whoMasked",
        ),
    ),
    Loss(
        "only some pages have a section for it",
        below(_P, "outcomesModule conditionsModule.keywords contactsLocationsModule.centralContacts"),
    ),
    Loss(
        "it has no section on oversight and on the sharing of data",
        below(_P, "oversightModule ipdSharingStatementModule"),
    ),
    Loss(
        "of the responsible party it shows no affiliation",
        (f"{_P}.sponsorCollaboratorsModule.responsibleParty.investigatorAffiliation",),
    ),
    Loss(
        "of who can take part it shows sex, ages and the criteria",
        below(f"{_P}.eligibilityModule", "genderBased genderDescription stdAges samplingMethod studyPopulation"),
    ),
    Loss("of the references it shows articles only", below(f"{_P}.referencesModule", "seeAlsoLinks availIpds")),
    Loss(
        "it says whether there are results, and shows neither them nor documents nor what the registry derives",
        ("resultsSection", "annotationSection", "documentSection", "derivedSection"),
    ),
    Loss(
        "of the items of a list it shows the main members only",
        (
            *below(f"{_P}.contactsLocationsModule.locations[*]", "zip geoPoint contacts"),
            f"{_P}.armsInterventionsModule.interventions[*].otherNames",
            *below(f"{_P}.identificationModule.secondaryIdInfos[*]", "domain link"),
            f"{_P}.referencesModule.references[*].retractions",
        ),
    ),
)  # fmt: skip
