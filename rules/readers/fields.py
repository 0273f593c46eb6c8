"""Groups of text fields, as place patterns."""

from lint.api import Path

_P = "$.protocolSection."

TITLES = (_P + "identificationModule.briefTitle", _P + "identificationModule.officialTitle")

PROSE = (
    *TITLES,
    _P + "descriptionModule.briefSummary",
    _P + "descriptionModule.detailedDescription",
    _P + "statusModule.whyStopped",
    _P + "designModule.designInfo.interventionModelDescription",
    _P + "designModule.designInfo.maskingInfo.maskingDescription",
    _P + "designModule.bioSpec.description",
    _P + "armsInterventionsModule.armGroups[*].label",
    _P + "armsInterventionsModule.armGroups[*].description",
    _P + "armsInterventionsModule.interventions[*].name",
    _P + "armsInterventionsModule.interventions[*].description",
    _P + "outcomesModule.primaryOutcomes[*].measure",
    _P + "outcomesModule.primaryOutcomes[*].description",
    _P + "outcomesModule.primaryOutcomes[*].timeFrame",
    _P + "outcomesModule.secondaryOutcomes[*].measure",
    _P + "outcomesModule.secondaryOutcomes[*].description",
    _P + "outcomesModule.secondaryOutcomes[*].timeFrame",
    _P + "outcomesModule.otherOutcomes[*].measure",
    _P + "outcomesModule.otherOutcomes[*].description",
    _P + "outcomesModule.otherOutcomes[*].timeFrame",
    _P + "eligibilityModule.eligibilityCriteria",
    _P + "eligibilityModule.studyPopulation",
    _P + "eligibilityModule.genderDescription",
    _P + "ipdSharingStatementModule.description",
    _P + "ipdSharingStatementModule.timeFrame",
    _P + "ipdSharingStatementModule.accessCriteria",
)
"""Sentences and phrases that the sponsor writes."""

TERMS = (
    _P + "conditionsModule.conditions[*]",
    _P + "conditionsModule.keywords[*]",
    _P + "armsInterventionsModule.interventions[*].otherNames[*]",
)

NAMES = (
    _P + "sponsorCollaboratorsModule.leadSponsor.name",
    _P + "sponsorCollaboratorsModule.collaborators[*].name",
    _P + "sponsorCollaboratorsModule.responsibleParty.investigatorTitle",
    _P + "sponsorCollaboratorsModule.responsibleParty.investigatorAffiliation",
    _P + "contactsLocationsModule.overallOfficials[*].affiliation",
    _P + "contactsLocationsModule.locations[*].facility",
    _P + "identificationModule.organization.fullName",
)
"""Names of organisations; never of people."""

EVERY_TEXT = (*PROSE, *TERMS, *NAMES)
"""All of these. Rules that ask for the same group share one collection of the texts."""


def is_prose(path: Path) -> bool:
    """Say whether a text of ``EVERY_TEXT`` is prose: neither a term nor a name of an organisation."""
    return path[1] not in _TERM_AND_NAME_MODULES and path[-1] != "fullName" and "otherNames" not in path


def is_name(path: Path) -> bool:
    """Say whether a text of ``EVERY_TEXT`` is the name of an organisation."""
    return path[-1] in _NAME_MEMBERS and path[1] != "armsInterventionsModule"


_TERM_AND_NAME_MODULES = ("conditionsModule", "sponsorCollaboratorsModule", "contactsLocationsModule")
_NAME_MEMBERS = ("name", "fullName", "facility", "affiliation", "investigatorAffiliation")
