import copy
import json
from pathlib import Path as FilePath
from typing import Any

import jsonschema
import pytest

from lint import schema
from lint.errors import UsageError
from lint.model import Problem, Severity
from lint.paths import to_pointer

ROOT = FilePath(__file__).parent.parent
RECORD = json.loads((ROOT / "rules/minimal/interventional.json").read_text("utf-8"))
OBSERVATIONAL = json.loads((ROOT / "tests/records/observational.json").read_text("utf-8"))
RESULTS = json.loads((ROOT / "tests/records/results.json").read_text("utf-8"))


def patched(path: str, value: Any, record: dict[str, Any] = RECORD) -> dict[str, Any]:
    """A copy of a record with another value at a path such as ``designModule.phases.0``; None removes it."""
    data = copy.deepcopy(record)
    *steps, last = (int(step) if step.isdecimal() else step for step in path.split("."))
    node = data if path.startswith("resultsSection") else data["protocolSection"]
    for step in steps:
        node = node.setdefault(step, {}) if isinstance(node, dict) else node[step]
    if value is None:
        del node[last]
    else:
        node[last] = value
    return data


def shape(data: Any) -> list[tuple[str, Problem]]:
    return list(schema.check(data).problems)


def only(found: list[tuple[str, Problem]]) -> tuple[str, Problem]:
    assert len(found) == 1, found
    return found[0]


def missing(data: Any, **options: Any) -> list[tuple[str, str]]:
    """Code and pointer of every required element that a record lacks."""
    return [
        (code, to_pointer((*problem.path, problem.missing) if problem.missing else problem.path))
        for code, problem in schema.required_problems(data, **options)
    ]


def test_complete_records_are_clean() -> None:
    for record in (RECORD, OBSERVATIONAL, RESULTS):
        assert shape(record) == []
    assert missing(RECORD) == []
    assert missing(OBSERVATIONAL) == []


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("designModule.enrollmentInfo.count", "30", "Enrollment (enrollmentInfo.count) is the text '30', but a whole"),
        ("designModule.enrollmentInfo.count", 30.5, "is the number 30.5, but a whole number belongs here"),
        ("designModule.enrollmentInfo.count", -3, "is -3, but only numbers 0 or more"),
        ("conditionsModule.conditions", "Asthma", "(conditions) is the text 'Asthma', but a list belongs here"),
        ("conditionsModule.conditions.0", 5, "Conditions (conditions[0]) is the number 5, but a text belongs here"),
        ("oversightModule.oversightHasDmc", "Yes", "but true or false belongs here"),
        ("armsInterventionsModule.armGroups.1", "Placebo", "is the text 'Placebo', but a group of fields"),
        ("statusModule.startDateStruct.date", "March 2019", "'March 2019' is not a date as YYYY-MM-DD or YYYY-MM"),
        ("statusModule.startDateStruct.date", "2019-13", "'2019-13' is not a date"),
        ("statusModule.startDateStruct.date", "2019-03\n", "is not a date"),
        ("statusModule.studyFirstSubmitDate", "2019-03", "as YYYY-MM-DD, which First Submitted Date"),
        ("eligibilityModule.minimumAge", "18", "'18' is not a whole number and a unit"),
    ],
)  # fmt: skip
def test_wrong_structure_is_told_with_the_value_seen(path: str, value: Any, says: str) -> None:
    code, problem = only(shape(patched(path, value)))
    assert code == "SCH001"
    assert says in problem.message
    assert to_pointer(problem.path) == "/protocolSection/" + path.replace(".", "/")


@pytest.mark.parametrize("path", ["identificationModule.nctId", "statusModule.expandedAccessInfo.nctId"])
def test_a_number_of_the_wrong_shape_is_left_to_its_rule(path: str) -> None:
    assert shape(patched(path, "NCT1234567")) == []
    assert only(shape(patched(path, 1234567)))[0] == "SCH001"


def test_null_is_a_wrong_type_and_not_a_missing_element_besides() -> None:
    data = copy.deepcopy(RECORD)
    data["protocolSection"]["identificationModule"]["briefTitle"] = None
    result = schema.check(data)
    assert only(list(result.problems))[0] == "SCH001"
    assert dict(result.unusable) == {("protocolSection", "identificationModule", "briefTitle"): "string"}


def test_text_that_no_encoding_can_carry_is_still_checked() -> None:
    data = patched("designModule.enrollmentInfo.count", "\ud800", patched("descriptionModule.x\ud800", "text"))
    assert [code for code, _ in shape(data)] == ["SCH002", "SCH001"]


@pytest.mark.parametrize("data", [[], "text", None, {}, {"protocolSection": 5}])
def test_what_is_no_record_gives_one_problem(data: Any) -> None:
    code, _ = only(shape(data))
    assert code == "SCH001"
    assert missing(schema.usable(data, schema.check(data))) == []


def test_a_misspelt_field_is_named_with_the_nearest_known_one() -> None:
    data = patched("descriptionModule.breifSummary", "text", patched("descriptionModule.briefSummary", None))
    code, problem = only(shape(data))
    assert code == "SCH002"
    assert problem.message == "'breifSummary' is no field of Study Description (descriptionModule)"
    assert problem.hint == "did you mean 'briefSummary'?"
    assert problem.fix is not None
    assert not problem.fix.safe
    assert [(to_pointer(edit.path), edit.remove) for edit in problem.fix.edits] == [
        ("/protocolSection/descriptionModule/briefSummary", False),
        ("/protocolSection/descriptionModule/breifSummary", True),
    ]


def test_a_field_in_the_wrong_module_is_sent_to_its_own() -> None:
    code, problem = only(shape(patched("descriptionModule.eligibilityCriteria", "text")))
    assert (code, problem.hint) == ("SCH002", "'eligibilityCriteria' belongs into eligibilityModule")


def test_a_name_that_is_taken_is_not_offered_as_a_fix() -> None:
    _, problem = only(shape(patched("descriptionModule.breifSummary", "text")))
    assert problem.fix is None


@pytest.mark.parametrize(
    ("path", "label", "code"),
    [
        ("designModule.designInfo.interventionModel", "Single Group Assignment", "SINGLE_GROUP"),
        ("designModule.designInfo.allocation", "Randomised", "RANDOMIZED"),
        ("designModule.designInfo.allocation", "non-randomized", "NON_RANDOMIZED"),
        ("designModule.designInfo.maskingInfo.masking", "None (Open Label)", "NONE"),
        ("designModule.designInfo.maskingInfo.masking", "Open Label", "NONE"),
        ("designModule.phases.0", "Early Phase 1", "EARLY_PHASE1"),
        ("designModule.phases.0", "Phase 2", "PHASE2"),
        ("designModule.phases.0", "N/A", "NA"),
        ("armsInterventionsModule.armGroups.0.type", "Active Comparator", "ACTIVE_COMPARATOR"),
        ("statusModule.overallStatus", "Active, not recruiting", "ACTIVE_NOT_RECRUITING"),
        ("statusModule.startDateStruct.type", "Anticipated", "ESTIMATED"),
        ("eligibilityModule.sex", "both", "ALL"),
    ],
)
def test_a_label_is_replaced_by_its_code(path: str, label: str, code: str) -> None:
    found, problem = only(shape(patched(path, label)))
    assert found == "ENU003"
    assert problem.message.startswith(f"'{label}' ")
    assert problem.fix is not None
    assert problem.fix.safe
    assert [edit.value for edit in problem.fix.edits] == [code]


def test_a_combined_phase_becomes_two() -> None:
    _, problem = only(shape(patched("designModule.phases.0", "Phase 1/Phase 2")))
    assert problem.fix is not None
    assert problem.fix.edits[0].value == ["PHASE1", "PHASE2"]
    assert shape(patched("designModule.phases", ["PHASE1", "PHASE2"])) == []


def test_an_unknown_value_is_told_with_the_nearest_or_all_known_ones() -> None:
    code, problem = only(shape(patched("armsInterventionsModule.armGroups.0.type", "EXPERIMENTL")))
    assert (code, problem.hint) == ("ENU001", "did you mean 'EXPERIMENTAL'?")
    code, problem = only(shape(patched("designModule.designInfo.maskingInfo.masking", "Blinded")))
    assert (code, problem.hint) == ("ENU001", "choose one of NONE, SINGLE, DOUBLE, TRIPLE, QUADRUPLE")


@pytest.mark.parametrize("phases", [["PHASE1", "PHASE3"], ["NA", "PHASE2"], ["PHASE1", "PHASE2", "PHASE3"]])
def test_phases_that_do_not_go_together(phases: list[str]) -> None:
    assert only(shape(patched("designModule.phases", phases)))[0] == "ENU004"


def test_retired_values_count_only_where_they_were_edited_after_the_change() -> None:
    edited = patched("designModule.designInfo.observationalModel", "NATURAL_HISTORY", OBSERVATIONAL)
    assert only(shape(edited))[0] == "ENU002"
    assert shape(patched("statusModule.lastUpdateSubmitDate", "2016-05-01", edited)) == []
    analysis = "resultsSection.outcomeMeasuresModule.outcomeMeasures.0.analyses.0.nonInferiorityType"
    posted = patched(analysis, "SUPERIORITY_OR_OTHER_LEGACY", RESULTS)
    assert only(shape(posted))[0] == "ENU002"
    assert only(shape(posted))[1].hint == "choose one of SUPERIORITY, NON_INFERIORITY, EQUIVALENCE, OTHER"
    for submitted in ("2015-05-01", "2017-01-20"):
        assert shape(patched("statusModule.resultsFirstSubmitDate", submitted, posted)) == []


def test_length_is_counted_as_typed() -> None:
    code, problem = only(shape(patched("identificationModule.acronym", "CARDIOPROTECTION-2")))
    assert code == "SCH005"
    assert problem.message == "Acronym (acronym) has 18 characters, but the registry takes at most 14"
    assert problem.hint == "cut 4 characters"
    assert shape(patched("identificationModule.acronym", r"CARDIO\-PROT\-2")) == []
    lines = "\n\n".join(["x" * 99] * 10)
    assert shape(patched("armsInterventionsModule.armGroups.0.description", lines)) == []


def test_a_citation_from_pubmed_may_be_long() -> None:
    typed = patched("referencesModule.references", [{"citation": "x" * 2001}])
    assert only(shape(typed))[0] == "SCH005"
    typed["protocolSection"]["referencesModule"]["references"][0]["pmid"] = "12345678"
    assert shape(typed) == []


def test_unusable_values_give_way_and_the_rest_is_shared() -> None:
    data = patched("armsInterventionsModule.armGroups.0", 7, patched("designModule.enrollmentInfo.count", "30"))
    before = copy.deepcopy(data)
    clean = schema.usable(data, schema.check(data))
    assert data == before
    assert clean["protocolSection"]["armsInterventionsModule"]["armGroups"][0] == {}
    assert clean["protocolSection"]["armsInterventionsModule"]["armGroups"][1]["label"] == "Placebo"
    assert clean["protocolSection"]["designModule"]["enrollmentInfo"] == {"type": "ESTIMATED"}
    assert clean["protocolSection"]["eligibilityModule"] is data["protocolSection"]["eligibilityModule"]
    assert schema.usable(RECORD, schema.check(RECORD)) is RECORD


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("identificationModule.briefTitle", ("SCH003", "identificationModule/briefTitle")),
        ("identificationModule.officialTitle", ("SCH004", "identificationModule/officialTitle")),
        ("sponsorCollaboratorsModule.leadSponsor", ("SCH003", "sponsorCollaboratorsModule/leadSponsor")),
        ("designModule.designInfo.allocation", ("SCH004", "designModule/designInfo/allocation")),
        ("eligibilityModule.healthyVolunteers", ("SCH004", "eligibilityModule/healthyVolunteers")),
        ("designModule.designInfo", ("SCH004", "designModule/designInfo")),
        ("armsInterventionsModule.armGroups.1.label", ("SCH003", "armsInterventionsModule/armGroups/1/label")),
        ("contactsLocationsModule.locations.0.city", ("SCH003", "contactsLocationsModule/locations/0/city")),
        ("eligibilityModule", ("SCH003", "eligibilityModule")),
        ("descriptionModule.briefSummary", ("SCH003", "descriptionModule/briefSummary")),
    ],
)
def test_a_missing_element_is_one_finding_at_its_nearest_parent(path: str, found: tuple[str, str]) -> None:
    code, pointer = found
    assert missing(patched(path, None)) == [(code, f"/protocolSection/{pointer}")]


@pytest.mark.parametrize(
    "path",
    [
        "outcomesModule.primaryOutcomes",
        "statusModule.startDateStruct",
        "statusModule.primaryCompletionDateStruct",
        "designModule.enrollmentInfo",
        "armsInterventionsModule.interventions",
        "armsInterventionsModule.armGroups.1.type",
        "armsInterventionsModule.interventions.0.description",
        "eligibilityModule.minimumAge",
        "contactsLocationsModule.overallOfficials",
        "contactsLocationsModule.centralContacts",
    ],
)
def test_optional_elements_and_those_with_their_own_rule_are_left_alone(path: str) -> None:
    assert missing(patched(path, None)) == []


@pytest.mark.parametrize("blank", ["", "  \n", []])
def test_blank_is_as_good_as_absent(blank: Any) -> None:
    path = "conditionsModule.conditions" if blank == [] else "identificationModule.briefTitle"
    assert missing(patched(path, blank)) == [("SCH003", "/protocolSection/" + path.replace(".", "/"))]


@pytest.mark.parametrize(
    "path", ["descriptionModule.briefSummary", "eligibilityModule.sex", "statusModule.statusVerifiedDate"]
)
def test_a_blank_value_that_is_reported_as_such_is_not_missing_too(path: str) -> None:
    assert missing(patched(path, " ")) == []


def test_a_module_that_is_missing_is_named_with_what_it_would_hold() -> None:
    _, problem = only(list(schema.required_problems(patched("designModule.designInfo", None))))
    assert problem.message == (
        "Study Design Information (designInfo) is missing as a whole; the registry requires Allocation, "
        "Interventional Study Model, Primary Purpose and Masking"
    )


def test_final_rule_elements_are_asked_of_studies_that_started_since() -> None:
    data = patched("identificationModule.officialTitle", None)
    for start, expected in (("2017-02", 1), ("2017-01-18", 1), ("2017-01", 0), ("2016-12-31", 0)):
        dated = patched("statusModule.startDateStruct.date", start, data)
        assert len(missing(dated)) == expected, start


def test_without_a_start_date_the_registration_date_decides() -> None:
    data = patched("statusModule.startDateStruct", None, patched("identificationModule.officialTitle", None))
    assert len(missing(data)) == 1
    assert missing(patched("statusModule.studyFirstSubmitDate", "2009-05-01", data)) == []


def test_old_records_are_judged_mildly_and_very_old_ones_not_at_all() -> None:
    data = patched("armsInterventionsModule.armGroups", None)
    data = patched("statusModule.startDateStruct.date", "2006-05", data)
    middle = patched("statusModule.studyFirstSubmitDate", "2012-05-01", data)
    assert only(list(schema.required_problems(middle)))[1].severity is Severity.WARNING
    assert missing(patched("statusModule.studyFirstSubmitDate", "2006-05-01", data)) == []


def test_observational_studies_are_asked_for_their_own_elements() -> None:
    data = patched("eligibilityModule.studyPopulation", None, OBSERVATIONAL)
    assert missing(data) == [("SCH003", "/protocolSection/eligibilityModule/studyPopulation")]
    registry = patched("designModule.patientRegistry", True, OBSERVATIONAL)
    assert missing(registry) == [("SCH003", "/protocolSection/designModule/targetDuration")]


def test_withheld_records_and_expanded_access_are_exempt_where_the_registry_says_so() -> None:
    assert missing({"protocolSection": {"statusModule": {"overallStatus": "WITHHELD"}}}) == []
    access = patched("designModule.studyType", "EXPANDED_ACCESS", OBSERVATIONAL)
    access = patched("statusModule.startDateStruct", None, access)
    access["protocolSection"]["identificationModule"].pop("officialTitle")
    assert missing(access) == [("SCH004", "/protocolSection/designModule/expandedAccessTypes")]


def test_partial_and_hidden_parts_prove_nothing() -> None:
    data = patched("eligibilityModule", None)
    assert missing(data, partial=True) == []
    assert missing(data, not_shown=(("protocolSection", "eligibilityModule"),)) == []
    sex = ("protocolSection", "eligibilityModule", "sex")
    assert missing(patched("eligibilityModule.sex", None), not_shown=(sex,)) == []
    assert missing(patched("eligibilityModule.sex", None), partial=True) == []
    assert missing(patched("conditionsModule.conditions", []), partial=True) != []


def test_site_status_is_asked_of_drafts_only() -> None:
    data = patched("contactsLocationsModule.locations.0.status", None)
    assert missing(data) == []
    draft = patched("statusModule.studyFirstPostDateStruct", None, data)
    assert missing(draft) == [("SCH003", "/protocolSection/contactsLocationsModule/locations/0/status")]
    assert missing(draft, public=True) == []


def fields(node: Any, name: str = "") -> list[tuple[str, dict[str, Any]]]:
    """Every field of the schema with its name, shared definitions included."""
    found = []
    for key, field in node.get("properties", {}).items():
        found.append((f"{name}.{key}", field))
        found += fields(field.get("items", field), f"{name}.{key}")
    for key, shared in node.get("$defs", {}).items():
        found += fields(shared, key)
    return found


def test_the_schema_is_valid_and_says_what_every_field_is() -> None:
    record = schema.load_schema("ctgov-v2")
    jsonschema.Draft202012Validator.check_schema(record)
    described = fields(record)
    assert len(described) > 400
    for name, field in described:
        assert field["title"], name
        assert field["description"].endswith("."), name
        assert field["x-definition"].startswith("https://"), name
        for need in field.get("x-required", ()):
            assert need["when"] in ("always", "conditional", "final-rule"), name
            assert need["source"].startswith("https://"), name
            assert need.get("since", "2017-01-18") in ("2011-08-18", "2017-01-18"), name
        limited = field.get("items", field)
        assert ("x-max-chars" in limited) == ("x-max-chars-source" in limited), name


def test_the_schema_speaks_the_common_ground_of_both_engines() -> None:
    text = (ROOT / "schemas/ctgov-v2.schema.json").read_text("utf-8")
    for trap in (r"\\d", r"\\w", r"\\s", '"format"', '"multipleOf"'):
        assert trap not in text
    closed = [field for _, field in fields(json.loads(text)) if field.get("type") == "object"]
    assert all(field["additionalProperties"] is False for field in closed)


def test_an_unknown_schema_is_refused() -> None:
    with pytest.raises(UsageError, match="no schema called 'nothing'"):
        schema.load_schema("nothing")
