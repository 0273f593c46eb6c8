"""Records in the registry's classic XML (``<clinical_study>``, served until June 2024) in canonical shape.

Source of the elements: the registry's schema ``public.xsd`` of 2019 and its history of changes; those of records
from before 2017 (``study_design``, ``lastchanged_date`` ...) are read as well.
"""

from __future__ import annotations

import re

from lint.registries.ctgov.classic_xml_losses import NOT_SHOWN, OLD_NOT_SHOWN
from lint.registries.ctgov.classic_xml_people import put_contacts_and_locations, put_responsible_party, put_sponsors
from lint.registries.ctgov.classic_xml_results import put_results
from lint.registries.ctgov.words import code_of, iso_date
from lint.registries.ctgov.xml_values import one_line, put_block, put_date, put_kind, put_line, put_text
from lint.registries.xmltree import Draft, Element, Group

NOT_UNDERSTOOD = "SRC032"

_DROPPED = frozenset({
    "required_header", "authority", "is_fda_regulated", "is_section_801", "number_of_arms", "number_of_groups",
    "location_countries", "last_update_submitted_qc", "safety_issue",
})  # fmt: skip
"""Elements that canonical records have nothing for, or that repeat others."""

_STATUS = (
    ("overallStatus", "Status", ("overall_status",)),
    ("lastKnownStatus", "Status", ("last_known_status",)),
    ("statusVerifiedDate", "date", ("verification_date",)),
    ("studyFirstSubmitDate", "date", ("study_first_submitted", "firstreceived_date")),
    ("studyFirstSubmitQcDate", "date", ("study_first_submitted_qc",)),
    ("resultsFirstSubmitDate", "date", ("results_first_submitted", "firstreceived_results_date")),
    ("resultsFirstSubmitQcDate", "date", ("results_first_submitted_qc",)),
    ("dispFirstSubmitDate", "date", ("disposition_first_submitted", "firstreceived_results_disposition_date")),
    ("dispFirstSubmitQcDate", "date", ("disposition_first_submitted_qc",)),
    ("lastUpdateSubmitDate", "date", ("last_update_submitted", "lastchanged_date")),
)
_DATES = (
    ("startDateStruct", "start_date"),
    ("primaryCompletionDateStruct", "primary_completion_date"),
    ("completionDateStruct", "completion_date"),
    ("studyFirstPostDateStruct", "study_first_posted"),
    ("resultsFirstPostDateStruct", "results_first_posted"),
    ("dispFirstPostDateStruct", "disposition_first_posted"),
    ("lastUpdatePostDateStruct", "last_update_posted"),
)
_OVERSIGHT = (
    ("oversightHasDmc", "has_dmc"),
    ("isFdaRegulatedDrug", "is_fda_regulated_drug"),
    ("isFdaRegulatedDevice", "is_fda_regulated_device"),
    ("isUnapprovedDevice", "is_unapproved_device"),
    ("isPpsd", "is_ppsd"),
    ("isUsExport", "is_us_export"),
)
_DESIGN = (
    ("allocation", "DesignAllocation", "allocation"),
    ("interventionModel", "InterventionalAssignment", "intervention_model"),
    ("primaryPurpose", "PrimaryPurpose", "primary_purpose"),
    ("observationalModel", "ObservationalModel", "observational_model"),
    ("timePerspective", "DesignTimePerspective", "time_perspective"),
)
_PENDING = {"submitted": "RELEASE", "returned": "RESET", "submission_canceled": "UNRELEASE"}
_REGISTRY = "Observational [Patient Registry]"
_MASKING = re.compile(r"(?P<level>[^(]*?)\s*(?:\((?P<roles>[^)]*)\))?")
_LEVELS = ("SINGLE", "DOUBLE", "TRIPLE", "QUADRUPLE")


def read_classic_xml(study: Element) -> Draft:
    """Read the element of one study; whatever it holds, it gives a record."""
    if _is_old(study):
        draft = Draft(study, "classic-xml-2016", OLD_NOT_SHOWN)
    else:
        draft = Draft(study, "classic-xml", NOT_SHOWN)
    protocol = draft.root.group("protocolSection", study)
    _put_identification(protocol, study)
    _put_status(protocol.group("statusModule"), study)
    put_sponsors(protocol.group("sponsorCollaboratorsModule"), study)
    put_responsible_party(protocol.group("sponsorCollaboratorsModule"), study.first("responsible_party"))
    oversight = protocol.group("oversightModule", study.first("oversight_info"))
    for name, element in _OVERSIGHT:
        put_kind(oversight, name, study.first("oversight_info", element), "boolean")
    put_block(protocol.group("descriptionModule"), "briefSummary", study.first("brief_summary"))
    put_block(protocol.group("descriptionModule"), "detailedDescription", study.first("detailed_description"))
    _put_terms(protocol.group("conditionsModule"), "conditions", study.all("condition"))
    _put_terms(protocol.group("conditionsModule"), "keywords", study.all("keyword"))
    _put_design(protocol.group("designModule"), study)
    _put_arms(protocol.group("armsInterventionsModule"), study)
    for kind in ("primary", "secondary", "other"):
        _put_outcomes(protocol.group("outcomesModule"), f"{kind}Outcomes", study.all(f"{kind}_outcome"))
    _put_eligibility(protocol.group("eligibilityModule", study.first("eligibility")), study)
    put_contacts_and_locations(protocol.group("contactsLocationsModule"), study)
    _put_references(protocol.group("referencesModule"), study)
    _put_sharing(protocol.group("ipdSharingStatementModule", study.first("patient_data")), study)
    results = study.first("clinical_results")
    if results is not None:
        put_results(draft.root.group("resultsSection", results), results)
    _put_the_rest(draft.root, study)
    draft.root.put("hasResults", results is not None, results or study)
    _note_what_was_left(draft)
    return draft


def _is_old(study: Element) -> bool:
    """Say whether the registry wrote the file before it renamed the dates and took the design apart, in 2017."""
    return study.first("study_first_submitted") is None and study.first("firstreceived_date") is not None


def _put_identification(protocol: Group, study: Element) -> None:
    identification = protocol.group("identificationModule", study.first("id_info"))
    put_line(identification, "nctId", study.first("id_info", "nct_id"))
    _put_terms(identification, "nctIdAliases", study.all("id_info", "nct_alias"))
    number = study.first("id_info", "org_study_id")
    put_line(identification.group("orgStudyIdInfo", number), "id", number)
    for element in study.all("id_info", "secondary_id"):
        put_line(identification.add("secondaryIdInfos", element), "id", element)
    source = study.first("source")
    put_line(identification.group("organization", source), "fullName", source)
    put_line(identification, "briefTitle", study.first("brief_title"))
    put_line(identification, "officialTitle", study.first("official_title"))
    put_line(identification, "acronym", study.first("acronym"))


def _put_status(status: Group, study: Element) -> None:
    for name, kind, elements in _STATUS:
        for element in elements:
            if status.get(name) is None:
                put_kind(status, name, study.first(element), kind)
            status.also(study.first(element))
    put_text(status, "whyStopped", study.first("why_stopped"))
    for name, tag in _DATES:
        put_date(status, name, study.first(tag))
    access = study.first("has_expanded_access")
    put_kind(status.group("expandedAccessInfo", access), "hasExpandedAccess", access, "boolean")


def _put_terms(group: Group, name: str, elements: list[Element]) -> None:
    for element in elements:
        if element.text.strip():
            group.append(name, one_line(element.text), element)


def _put_design(design: Group, study: Element) -> None:
    kind, phase = study.first("study_type"), study.first("phase")
    design.also(kind)
    design.also(phase)
    if kind is not None and kind.text.strip() != "N/A":
        text = one_line(kind.text)
        code = "OBSERVATIONAL" if text == _REGISTRY else code_of("StudyType", text)
        design.put("studyType", code, kind)
        if text == _REGISTRY:
            design.put("patientRegistry", True, kind)
    if phase is not None and design.get("studyType") == "INTERVENTIONAL":
        for part in one_line(phase.text).split("/") if "Phase" in phase.text else [one_line(phase.text)]:
            design.append("phases", code_of("Phase", part), phase)
    put_line(design, "targetDuration", study.first("target_duration"))
    info = study.first("study_design_info")
    if info is not None:
        _put_design_info(design.group("designInfo", info), info)
    elif (line := study.first("study_design")) is not None:
        _put_design_line(design.group("designInfo", line), line)
    put_kind(design.group("bioSpec"), "retention", study.first("biospec_retention"), "BioSpecRetention")
    put_block(design.group("bioSpec"), "description", study.first("biospec_descr"))
    enrollment = study.first("enrollment")
    put_kind(design.group("enrollmentInfo", enrollment), "count", enrollment, "integer")
    put_kind(design.group("enrollmentInfo", enrollment), "type", enrollment, "EnrollmentType", "type")
    access = study.first("expanded_access_info")
    for name in ("individual", "intermediate", "treatment") if access else ():
        flag = study.first("expanded_access_info", f"expanded_access_type_{name}")
        put_kind(design.group("expandedAccessTypes", access), name, flag, "boolean")


def _put_design_info(group: Group, info: Element) -> None:
    for name, kind, element in _DESIGN:
        put_kind(group, name, info.first(element), kind)
    put_text(group, "interventionModelDescription", info.first("intervention_model_description"))
    masking = info.first("masking")
    if masking is not None and masking.text.strip():
        _put_masking(group.group("maskingInfo", masking), one_line(masking.text), masking)
    put_text(group.group("maskingInfo", masking), "maskingDescription", info.first("masking_description"))


def _put_design_line(group: Group, line: Element) -> None:
    """Read the design as one line, as until 2016: ``Allocation: Randomized, Masking: Double Blind (Subject)``."""
    parts = re.split(r",\s+(?=[A-Z][a-z]+(?: [A-Z][a-z]+)?: )", one_line(line.text))
    named = dict(part.partition(": ")[::2] for part in parts)
    for name, kind, element in _DESIGN:
        text = named.get(element.replace("_", " ").title())
        if text:
            group.put(name, code_of(kind, text), line)
    if "Masking" in named:
        _put_masking(group.group("maskingInfo", line), named["Masking"], line)


def _put_masking(group: Group, text: str, element: Element) -> None:
    """Read ``Double (Participant, Investigator)``.

    ``Blind`` belongs to records from before 2017, in which everything beyond one role was double;
    the registry has since counted the roles, so the roles count here, too.
    """
    match = _MASKING.fullmatch(text)
    level, roles = (match["level"], match["roles"]) if match else (text, "")
    if code_of("DesignMasking", text) == "NONE":
        roles = ""
    if "," in level and not roles:
        level, roles = "Blind", level
    codes = [code_of("WhoMasked", role) for role in (roles or "").split(",") if role.strip()]
    code = code_of("DesignMasking", re.sub(r"[ -]Blind\Z", "", level))
    if "Blind" in level and 1 < len(codes) <= len(_LEVELS):
        code = _LEVELS[len(codes) - 1]
    group.put("masking", code, element)
    for one in codes:
        group.append("whoMasked", one, element)


def _put_arms(module: Group, study: Element) -> None:
    interventions = study.all("intervention")
    for arm in study.all("arm_group"):
        group = module.add("armGroups", arm)
        put_line(group, "label", arm.first("arm_group_label"))
        put_kind(group, "type", arm.first("arm_group_type"), "ArmGroupType")
        put_text(group, "description", arm.first("description"))
        for intervention in interventions:
            kind, name = intervention.first("intervention_type"), intervention.first("intervention_name")
            labels = [one_line(label.text) for label in intervention.all("arm_group_label")]
            if kind and name and group.get("label") in labels:
                group.append("interventionNames", f"{one_line(kind.text)}: {one_line(name.text)}", name)
    for intervention in interventions:
        group = module.add("interventions", intervention)
        put_kind(group, "type", intervention.first("intervention_type"), "InterventionType")
        put_line(group, "name", intervention.first("intervention_name"))
        put_text(group, "description", intervention.first("description"))
        _put_terms(group, "armGroupLabels", intervention.all("arm_group_label"))
        _put_terms(group, "otherNames", intervention.all("other_name"))


def _put_outcomes(module: Group, name: str, outcomes: list[Element]) -> None:
    for outcome in outcomes:
        group = module.add(name, outcome)
        put_line(group, "measure", outcome.first("measure"))
        put_text(group, "description", outcome.first("description"))
        put_line(group, "timeFrame", outcome.first("time_frame"))


def _put_eligibility(group: Group, study: Element) -> None:
    eligibility = study.first("eligibility")
    if eligibility is None:
        return
    put_block(group, "eligibilityCriteria", eligibility.first("criteria"))
    put_kind(group, "healthyVolunteers", eligibility.first("healthy_volunteers"), "boolean")
    put_kind(group, "sex", eligibility.first("gender"), "Sex")
    put_kind(group, "genderBased", eligibility.first("gender_based"), "boolean")
    put_text(group, "genderDescription", eligibility.first("gender_description"))
    for name, element in (("minimumAge", "minimum_age"), ("maximumAge", "maximum_age")):
        age = eligibility.first(element)
        if age is not None and age.text.strip() != "N/A":
            put_line(group, name, age)
        group.also(age)
    put_block(group, "studyPopulation", eligibility.first("study_pop"))
    put_kind(group, "samplingMethod", eligibility.first("sampling_method"), "SamplingMethod")


def _put_references(module: Group, study: Element) -> None:
    for element in (*study.all("reference"), *study.all("results_reference")):
        group = module.add("references", element)
        put_line(group, "pmid", element.first("PMID"))
        if element.name == "results_reference":
            group.put("type", "RESULT", element)
        put_line(group, "citation", element.first("citation"))
    for link in study.all("link"):
        group = module.add("seeAlsoLinks", link)
        put_line(group, "label", link.first("description"))
        put_line(group, "url", link.first("url"))
    for document in study.all("study_docs", "study_doc"):
        group = module.add("availIpds", document)
        for name in ("id", "type", "url", "comment"):
            put_line(group, name, document.first(f"doc_{name}"))


def _put_sharing(group: Group, study: Element) -> None:
    put_kind(group, "ipdSharing", study.first("patient_data", "sharing_ipd"), "IpdSharing")
    put_text(group, "description", study.first("patient_data", "ipd_description"))
    for element in study.all("patient_data", "ipd_info_type"):
        group.append("infoTypes", code_of("IpdSharingInfoType", one_line(element.text)), element)
    put_text(group, "timeFrame", study.first("patient_data", "ipd_time_frame"))
    put_text(group, "accessCriteria", study.first("patient_data", "ipd_access_criteria"))
    put_line(group, "url", study.first("patient_data", "ipd_url"))


def _put_the_rest(root: Group, study: Element) -> None:
    """Read documents, unposted results, removed countries and the terms of MeSH."""
    documents = root.group("documentSection").group("largeDocumentModule", study.first("provided_document_section"))
    for document in study.all("provided_document_section", "provided_document"):
        group = documents.add("largeDocs", document)
        put_line(group, "label", document.first("document_type"))
        for name in ("Protocol", "Icf", "Sap"):
            put_kind(group, f"has{name}", document.first(f"document_has_{name.lower()}"), "boolean")
        put_kind(group, "date", document.first("document_date"), "date")
        url = document.first("document_url")
        if url is not None:
            group.put("filename", one_line(url.text).rpartition("/")[2], url)
    unposted = root.group("annotationSection").group("annotationModule").group("unpostedAnnotation")
    pending = study.first("pending_results")
    for event in pending.children if pending else ():
        if event.name in _PENDING:
            group = unposted.add("unpostedEvents", event)
            group.put("type", _PENDING[event.name], event)
            if event.text.strip() == "Unknown":
                group.put("dateUnknown", True, event)
            else:
                group.put("date", iso_date(event.text), event)
    derived = root.group("derivedSection")
    _put_terms(derived.group("miscInfoModule"), "removedCountries", study.all("removed_countries", "country"))
    for kind in ("condition", "intervention"):
        for term in study.all(f"{kind}_browse", "mesh_term"):
            put_line(derived.group(f"{kind}BrowseModule").add("meshes", term), "term", term)


def _note_what_was_left(draft: Draft) -> None:
    """Note the elements with a text that nothing was made of, so that none is dropped in silence."""
    read = {id(place.element) for place in draft.places.values()} | set(map(id, draft.repeated))
    waiting = list(draft.study.children)
    while waiting:
        element = waiting.pop(0)
        if element.name in _DROPPED:
            continue
        if element.text.strip() and id(element) not in read:
            message = f"The element <{element.name}> is not known here, so what it says was not checked."
            draft.note(NOT_UNDERSTOOD, message, "Look whether the record misses something.", element)
        waiting += element.children
