"""Hand-written facts for the record schema that no machine-readable definition carries.

Read by ``build_record_schema.py``. Paths leave ``protocolSection.`` out; ``[]`` stands for every item.
"""

from __future__ import annotations

STOPPED = ["SUSPENDED", "TERMINATED", "WITHDRAWN"]
FINAL_RULE = "2017-01-18"
INTERVENTIONAL, OBSERVATIONAL, EXPANDED_ACCESS = ["INTERVENTIONAL"], ["OBSERVATIONAL"], ["EXPANDED_ACCESS"]

# Which rule reports the absence of a required element, and corrections to what the definitions table says.
CHECKED: dict[str, list[dict[str, object]]] = {
    "identificationModule.orgStudyIdInfo.id": [{"rule": "SCH003"}],
    "identificationModule.briefTitle": [{"rule": "SCH003"}],
    "identificationModule.officialTitle": [{"rule": "SCH004"}],
    "identificationModule.secondaryIdInfos[].domain": [{"rule": "IDN007"}],
    "statusModule.statusVerifiedDate": [{"rule": "SCH003"}],
    "statusModule.overallStatus": [{"rule": "SCH003"}],
    "statusModule.whyStopped": [{"rule": "SCH004", "when": "final-rule", "if": {"overallStatus": STOPPED}}],
    "statusModule.startDateStruct.date": [{"rule": "SCH004"}],
    "statusModule.startDateStruct.type": [{"rule": "DAT007"}],
    "statusModule.primaryCompletionDateStruct.date": [{"rule": "DAT008"}],
    "statusModule.primaryCompletionDateStruct.type": [{"rule": "DAT007"}],
    "statusModule.completionDateStruct.date": [{"rule": "DAT009"}],
    "statusModule.completionDateStruct.type": [{"rule": "DAT007"}],
    "sponsorCollaboratorsModule.responsibleParty.type": [
        {"rule": "SCH003", "since": "2011-08-18", "dateOf": "registration"}
    ],
    "sponsorCollaboratorsModule.responsibleParty.investigatorFullName": [{"rule": "PER009"}],
    "sponsorCollaboratorsModule.responsibleParty.investigatorTitle": [{"rule": "PER009"}],
    "sponsorCollaboratorsModule.responsibleParty.investigatorAffiliation": [{"rule": "PER009"}],
    "sponsorCollaboratorsModule.leadSponsor.name": [{"rule": "SCH003"}],
    "oversightModule.isFdaRegulatedDrug": [{"rule": "SCH004", "studyTypes": INTERVENTIONAL}],
    "oversightModule.isFdaRegulatedDevice": [{"rule": "SCH004", "studyTypes": INTERVENTIONAL}],
    "descriptionModule.briefSummary": [{"rule": "TXT001"}],
    "conditionsModule.conditions[]": [{"rule": "SCH003"}],
    "designModule.studyType": [{"rule": "SCH003"}],
    "designModule.expandedAccessTypes": [{
        "rule": "SCH004", "when": "final-rule", "studyTypes": EXPANDED_ACCESS, "since": FINAL_RULE,
        "dateOf": "registration", "condition": "at least one type",
        "source": "https://prsinfo.clinicaltrials.gov/expanded_access_definitions.html",
    }],
    "designModule.targetDuration": [{"rule": "SCH003", "if": {"patientRegistry": [True]}}],
    "designModule.phases[]": [{"rule": "SCH003"}],
    "designModule.designInfo.allocation": [{"rule": "SCH004"}],
    "designModule.designInfo.interventionModel": [{"rule": "SCH004"}],
    "designModule.designInfo.primaryPurpose": [{"rule": "SCH004"}],
    "designModule.designInfo.observationalModel": [{"rule": "SCH003"}],
    "designModule.designInfo.timePerspective": [{"rule": "SCH003"}],
    "designModule.designInfo.maskingInfo.masking": [{"rule": "SCH004"}],
    "designModule.designInfo.maskingInfo.whoMasked[]": [{"rule": "DES004"}],
    "designModule.enrollmentInfo.count": [
        {"rule": "SCH004", "studyTypes": INTERVENTIONAL},
        {"rule": "SCH003", "when": "always", "studyTypes": OBSERVATIONAL, "since": None, "dateOf": None},
    ],
    "designModule.enrollmentInfo.type": [
        {"rule": "SCH004", "studyTypes": INTERVENTIONAL},
        {"rule": "SCH003", "when": "always", "studyTypes": OBSERVATIONAL, "since": None, "dateOf": None},
    ],
    "armsInterventionsModule.armGroups[]": [{"rule": "SCH003", "studyTypes": INTERVENTIONAL}],
    "armsInterventionsModule.armGroups[].label": [{"rule": "SCH003"}],
    "armsInterventionsModule.armGroups[].type": [{"rule": "SCH003"}],
    "armsInterventionsModule.armGroups[].description": [{"rule": "ARM012"}],
    "armsInterventionsModule.armGroups[].interventionNames[]": [{"rule": "ARM011"}],
    "armsInterventionsModule.interventions[]": [{"rule": "SCH003", "studyTypes": INTERVENTIONAL}],
    "armsInterventionsModule.interventions[].type": [{"rule": "SCH003"}],
    "armsInterventionsModule.interventions[].name": [{"rule": "SCH003"}],
    "armsInterventionsModule.interventions[].description": [{"rule": "INT004"}],
    "armsInterventionsModule.interventions[].armGroupLabels[]": [{"rule": "INT011"}],
    "outcomesModule.primaryOutcomes[]": [{"rule": "OUT001"}],
    "outcomesModule.primaryOutcomes[].measure": [{"rule": "SCH003"}],
    "outcomesModule.primaryOutcomes[].timeFrame": [{"rule": "OUT002"}],
    "outcomesModule.secondaryOutcomes[].measure": [{"rule": "SCH003"}],
    "outcomesModule.secondaryOutcomes[].timeFrame": [{"rule": "OUT002"}],
    "outcomesModule.otherOutcomes[].measure": [{"rule": "SCH003"}],
    "outcomesModule.otherOutcomes[].timeFrame": [{"rule": "OUT002"}],
    "eligibilityModule.eligibilityCriteria": [{"rule": "SCH003"}],
    "eligibilityModule.healthyVolunteers": [{"rule": "SCH004", "studyTypes": INTERVENTIONAL}],
    "eligibilityModule.sex": [{"rule": "SCH003"}],
    "eligibilityModule.minimumAge": [{"when": "conditional", "condition": "absent means no limit"}],
    "eligibilityModule.maximumAge": [{"when": "conditional", "condition": "absent means no limit"}],
    "eligibilityModule.studyPopulation": [{"rule": "SCH003"}],
    "eligibilityModule.samplingMethod": [{"rule": "SCH003"}],
    "contactsLocationsModule.centralContacts[]": [{"rule": "PER013"}],
    "contactsLocationsModule.locations[].contacts[]": [{"rule": "PER013"}],
    "contactsLocationsModule.locations[]": [{"rule": "LOC001"}],
    "contactsLocationsModule.locations[].facility": [{"rule": "SCH004"}],
    "contactsLocationsModule.locations[].status": [{"rule": "SCH003", "hiddenInPublic": True}],
    "contactsLocationsModule.locations[].city": [{"rule": "SCH003"}],
    "contactsLocationsModule.locations[].country": [{"rule": "SCH003"}],
    "contactsLocationsModule.locations[].state": [{"rule": "LOC005"}],
    "contactsLocationsModule.locations[].zip": [{"rule": "LOC005"}],
}  # fmt: skip

# No limit is printed for these, or real values disprove the printed one.
LIMITS: dict[str, int | None] = {
    "conditionsModule.conditions[]": None,
    "conditionsModule.keywords[]": None,
    "resultsSection.baselineCharacteristicsModule.measures[].classes[].title": 100,
    "resultsSection.baselineCharacteristicsModule.measures[].classes[].categories[].title": 100,
}
LIMIT_UNLESS = {"referencesModule.references[].citation": "pmid"}

DEFINITIONS = {
    "statusModule.primaryCompletionDateStruct": "https://clinicaltrials.gov/policy/protocol-definitions#PrimaryCompletionDate",
}

# Fields that the registry's interface description has and its field list lacks.
EXTRA_FIELDS: dict[str, list[dict[str, object]]] = {
    "GeoPoint": [{"name": "lat", "type": "latitude"}, {"name": "lon", "type": "longitude"}],
    "Location": [{"name": "countryCode", "type": "text"}],
    "MiscInfoModule": [{
        "name": "modelPredictions", "type": "ModelPredictions",
        "children": [{
            "name": "bmiLimits", "type": "BmiLimits",
            "children": [{"name": "minBmi", "type": "number"}, {"name": "maxBmi", "type": "number"}],
        }],
    }],
}  # fmt: skip

# Values that the interface still knows and that cannot be entered any more.
LEGACY = {
    "ObservationalModel": ["DEFINED_POPULATION", "NATURAL_HISTORY"],
    "PrimaryPurpose": ["ECT"],
    "MeasureParam": ["LOG_MEAN"],
    "NonInferiorityType": ["NON_INFERIORITY_OR_EQUIVALENCE_LEGACY", "SUPERIORITY_OR_OTHER_LEGACY"],
}

# Labels that say more than the code written in words.
LABELS = {
    "Status": {"ACTIVE_NOT_RECRUITING": "Active, not recruiting", "UNKNOWN": "Unknown status"},
    "Phase": {"NA": "Not Applicable", "EARLY_PHASE1": "Early Phase 1", "PHASE1": "Phase 1", "PHASE2": "Phase 2",
              "PHASE3": "Phase 3", "PHASE4": "Phase 4"},
    "DesignAllocation": {"NA": "N/A", "NON_RANDOMIZED": "Non-Randomized"},
    "InterventionalAssignment": {"SINGLE_GROUP": "Single Group Assignment", "PARALLEL": "Parallel Assignment",
                                 "CROSSOVER": "Crossover Assignment", "FACTORIAL": "Factorial Assignment",
                                 "SEQUENTIAL": "Sequential Assignment"},
    "PrimaryPurpose": {"ECT": "Educational/Counseling/Training"},
    "ObservationalModel": {"CASE_CONTROL": "Case-Control", "CASE_ONLY": "Case-Only",
                           "CASE_CROSSOVER": "Case-Crossover", "FAMILY_BASED": "Family-Based",
                           "ECOLOGIC_OR_COMMUNITY": "Ecologic or Community"},
    "DesignTimePerspective": {"CROSS_SECTIONAL": "Cross-Sectional"},
    "DesignMasking": {"NONE": "None (Open Label)"},
    "WhoMasked": {"OUTCOMES_ASSESSOR": "Outcomes Assessor"},
    "SamplingMethod": {"NON_PROBABILITY_SAMPLE": "Non-Probability Sample"},
    "BioSpecRetention": {"SAMPLES_WITH_DNA": "Samples With DNA", "SAMPLES_WITHOUT_DNA": "Samples Without DNA"},
    "SecondaryIdType": {"NIH": "U.S. NIH Grant/Contract", "FDA": "U.S. FDA Grant/Contract",
                        "VA": "U.S. VA Grant/Contract", "CDC": "U.S. CDC Grant/Contract",
                        "AHRQ": "U.S. AHRQ Grant/Contract", "SAMHSA": "U.S. SAMHSA Grant/Contract",
                        "OTHER_GRANT": "Other Grant/Funding Number", "EUDRACT_NUMBER": "EudraCT Number",
                        "CTIS": "EU Trial (CTIS) Number", "REGISTRY": "Registry Identifier",
                        "OTHER": "Other Identifier"},
    "IpdSharingInfoType": {"SAP": "Statistical Analysis Plan (SAP)", "ICF": "Informed Consent Form (ICF)",
                           "CSR": "Clinical Study Report (CSR)"},
    "MeasureDispersionType": {"NA": "Not Applicable", "INTER_QUARTILE_RANGE": "Inter-Quartile Range"},
}  # fmt: skip
