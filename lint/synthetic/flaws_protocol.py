"""Flaws of arms, design, dates, enrolment and identifiers."""

from __future__ import annotations

from random import Random
from typing import Any

from lint.synthetic.planting import arms, at, began_in, drop, get, is_over, is_trial, plants, put

_ARMS = ("armsInterventionsModule", "armGroups")
_DRUGS = ("armsInterventionsModule", "interventions")
_INFO = ("designModule", "designInfo")
_STATUS = "statusModule"

Record = dict[str, Any]


def _is_withdrawn(record: Record) -> bool:
    return bool(get(record, _STATUS, "overallStatus") == "WITHDRAWN")


@plants("ARM002")
def several_arms_in_a_single_group(rng: Random, record: Record) -> str | None:
    return put(record, "SINGLE_GROUP", *_INFO, "interventionModel") if len(arms(record)) > 1 else None


@plants("ARM003")
def same_label(rng: Random, record: Record) -> str | None:
    groups = arms(record)
    if len(groups) < 3:
        return None
    groups[1]["label"] = groups[0]["label"]
    return at(*_ARMS, 1, "label")


@plants("ARM011")
def arm_without_intervention(rng: Random, record: Record) -> str | None:
    groups = arms(record)
    if len(groups) < 3:
        return None
    place = rng.randrange(2)
    del groups[place]["interventionNames"]
    del get(record, *_DRUGS)[place]["armGroupLabels"]
    return at(*_ARMS, place)


@plants("ARM015")
def parallel_with_one_arm(rng: Random, record: Record) -> str | None:
    return put(record, "PARALLEL", *_INFO, "interventionModel") if len(arms(record)) == 1 else None


@plants("ARM016")
def arm_without_type(rng: Random, record: Record) -> str | None:
    groups = arms(record)
    return drop(record, *_ARMS, rng.randrange(len(groups)), "type") if groups else None


@plants("ARM018")
def unknown_intervention(rng: Random, record: Record) -> str | None:
    groups = arms(record)
    if not groups:
        return None
    place = rng.randrange(len(groups))
    groups[place]["interventionNames"] = [f"Drug: Compound {rng.randrange(100, 999)}"]
    return at(*_ARMS, place, "interventionNames", 0)


@plants("CND004")
def condition_twice(rng: Random, record: Record) -> str | None:
    conditions = get(record, "conditionsModule", "conditions")
    conditions.append(conditions[0].upper() if rng.random() < 0.5 else conditions[0] + ".")
    return at("conditionsModule", "conditions", 1)


@plants("CND013")
def keyword_with_comma(rng: Random, record: Record) -> str | None:
    keywords = get(record, "conditionsModule", "keywords")
    place = rng.randrange(len(keywords))
    keywords[place] += rng.choice(",;")
    return at("conditionsModule", "keywords", place)


@plants("DAT001")
def impossible_day(rng: Random, record: Record) -> str | None:
    name = rng.choice(("startDateStruct", "completionDateStruct"))
    year = get(record, _STATUS, name, "date")[:4]
    return put(record, f"{year}-{rng.choice(('02-30', '04-31', '06-31', '11-31'))}", _STATUS, name, "date")


@plants("DAT003")
def ends_before_it_starts(rng: Random, record: Record) -> str | None:
    start = get(record, _STATUS, "startDateStruct", "date")
    if get(record, _STATUS, "overallStatus") == "WITHDRAWN":
        return None
    return put(
        record, f"{int(start[:4]) - rng.randrange(1, 4)}{start[4:7]}-01", _STATUS, "completionDateStruct", "date"
    )


@plants("DAT004")
def no_start(rng: Random, record: Record) -> str | None:
    return drop(record, _STATUS, "startDateStruct") if began_in(record, 2017) else None


@plants("DAT007")
def date_without_type(rng: Random, record: Record) -> str | None:
    return drop(record, _STATUS, "startDateStruct", "type") if began_in(record, 2018) else None


@plants("DAT008")
def no_primary_completion(rng: Random, record: Record) -> str | None:
    return drop(record, _STATUS, "primaryCompletionDateStruct")


@plants("DAT009")
def no_completion(rng: Random, record: Record) -> str | None:
    return drop(record, _STATUS, "completionDateStruct")


@plants("DAT010")
def completed_by_estimate(rng: Random, record: Record) -> str | None:
    return put(record, "ESTIMATED", _STATUS, "completionDateStruct", "type") if is_over(record) else None


@plants("DAT011")
def under_way_after_completion(rng: Random, record: Record) -> str | None:
    if get(record, _STATUS, "overallStatus") != "ACTIVE_NOT_RECRUITING":
        return None
    year = int(get(record, _STATUS, "startDateStruct", "date")[:4])
    for name in ("primaryCompletionDateStruct", "completionDateStruct"):
        put(record, f"{min(year + 1, 2025)}-12-{rng.randrange(10, 28)}", _STATUS, name, "date")
    return at(_STATUS, "completionDateStruct", "date")


@plants("DAT012")
def not_yet_recruiting_after_start(rng: Random, record: Record) -> str | None:
    if get(record, _STATUS, "overallStatus") != "NOT_YET_RECRUITING":
        return None
    return put(record, f"2025-0{rng.randrange(1, 9)}-15", _STATUS, "startDateStruct", "date")


@plants("DAT014")
def stopped_without_reason(rng: Random, record: Record) -> str | None:
    return drop(record, _STATUS, "whyStopped")


@plants("DAT018")
def impossible_year(rng: Random, record: Record) -> str | None:
    return put(record, f"{rng.choice((1018, 1900, 2091, 2108))}-05-01", _STATUS, "startDateStruct", "date")


@plants("DAT021")
def reason_without_stop(rng: Random, record: Record) -> str | None:
    if get(record, _STATUS, "overallStatus") != "COMPLETED":
        return None
    return put(record, "The sponsor decided to end the program.", _STATUS, "whyStopped")


@plants("DES001")
def no_allocation_with_arms(rng: Random, record: Record) -> str | None:
    return put(record, "NA", *_INFO, "allocation") if len(arms(record)) > 1 else None


@plants("DES002")
def allocation_in_a_single_group(rng: Random, record: Record) -> str | None:
    return put(record, "NON_RANDOMIZED", *_INFO, "allocation") if len(arms(record)) == 1 else None


@plants("DES003")
def randomized_single_arm(rng: Random, record: Record) -> str | None:
    return put(record, "RANDOMIZED", *_INFO, "allocation") if len(arms(record)) == 1 else None


@plants("DES004")
def open_with_masked_roles(rng: Random, record: Record) -> str | None:
    if len(arms(record)) < 2:
        return None
    put(record, "NONE", *_INFO, "maskingInfo", "masking")
    return at(*_INFO, "maskingInfo", "whoMasked")


@plants("DES005")
def wrong_number_of_roles(rng: Random, record: Record) -> str | None:
    masked = get(record, *_INFO, "maskingInfo", "whoMasked")
    if not masked:
        return None
    masked.pop(rng.randrange(len(masked)))
    return at(*_INFO, "maskingInfo", "masking")


@plants("DES014")
def cohort_without_perspective(rng: Random, record: Record) -> str | None:
    return None if is_trial(record) else drop(record, *_INFO, rng.choice(("timePerspective", "observationalModel")))


@plants("DES016")
def cohort_with_phase(rng: Random, record: Record) -> str | None:
    return None if is_trial(record) else put(record, [rng.choice(("PHASE2", "PHASE4"))], "designModule", "phases")


@plants("ENR001")
def no_enrollment(rng: Random, record: Record) -> str | None:
    return drop(record, "designModule", "enrollmentInfo", "count") if began_in(record, 2018) else None


@plants("ENR002")
def nobody_enrolled(rng: Random, record: Record) -> str | None:
    if get(record, _STATUS, "overallStatus") != "COMPLETED":
        return None
    return put(record, 0, "designModule", "enrollmentInfo", "count")


@plants("ENR003")
def withdrawn_with_participants(rng: Random, record: Record) -> str | None:
    if get(record, _STATUS, "overallStatus") != "WITHDRAWN":
        return None
    return put(record, rng.randrange(1, 60), "designModule", "enrollmentInfo", "count")


@plants("ENR004")
def estimated_after_the_end(rng: Random, record: Record) -> str | None:
    return put(record, "ESTIMATED", "designModule", "enrollmentInfo", "type") if is_over(record) else None


@plants("ENR006")
def fewer_than_arms(rng: Random, record: Record) -> str | None:
    count = len(arms(record))
    if count < 2 or "resultsSection" in record or get(record, _STATUS, "overallStatus") != "COMPLETED":
        return None
    return put(record, rng.randrange(1, count), "designModule", "enrollmentInfo", "count")


@plants("ENU001")
def unknown_code(rng: Random, record: Record) -> str | None:
    return (
        put(record, rng.choice(("CURING", "EVERYBODY", "HEALING")), *_INFO, "primaryPurpose")
        if is_trial(record)
        else None
    )


@plants("ENU003")
def label_for_code(rng: Random, record: Record) -> str | None:
    labels = {"PARALLEL": "Parallel Assignment", "SINGLE_GROUP": "Single Group Assignment"}
    model = get(record, *_INFO, "interventionModel")
    return put(record, labels[model], *_INFO, "interventionModel") if model in labels else None


@plants("ENU004")
def phases_apart(rng: Random, record: Record) -> str | None:
    return put(record, ["PHASE2", "PHASE4"], "designModule", "phases") if is_trial(record) else None


@plants("IDN001")
def broken_nct_number(rng: Random, record: Record) -> str | None:
    number = get(record, "identificationModule", "nctId")
    return put(
        record,
        rng.choice((number[:-1], number + "0", number.lower().replace("nct", "NTC"))),
        "identificationModule",
        "nctId",
    )


@plants("IDN005")
def own_number_twice(rng: Random, record: Record) -> str | None:
    own = get(record, "identificationModule", "orgStudyIdInfo", "id")
    secondary = [
        {"id": own, "type": "OTHER", "domain": get(record, "identificationModule", "organization", "fullName")}
    ]
    put(record, secondary, "identificationModule", "secondaryIdInfos")
    return at("identificationModule", "secondaryIdInfos", 0, "id")


@plants("IDN006")
def placeholder_number(rng: Random, record: Record) -> str | None:
    return put(record, rng.choice(("N/A", "TBD", "none", "XXXX")), "identificationModule", "orgStudyIdInfo", "id")


@plants("INT001")
def no_intervention(rng: Random, record: Record) -> str | None:
    return drop(record, *_DRUGS) if is_trial(record) else None


@plants("INT002")
def intervention_twice(rng: Random, record: Record) -> str | None:
    drugs = get(record, *_DRUGS)
    if not drugs:
        return None
    drugs.append(dict(rng.choice(drugs)))
    return at(*_DRUGS, len(drugs) - 1)


@plants("INT004")
def intervention_without_description(rng: Random, record: Record) -> str | None:
    drugs = get(record, *_DRUGS)
    return drop(record, *_DRUGS, rng.randrange(len(drugs)), "description") if drugs else None


@plants("INT011")
def intervention_of_no_arm(rng: Random, record: Record) -> str | None:
    drugs = get(record, *_DRUGS)
    if not drugs:
        return None
    drugs.append({"type": "DRUG", "name": "Paracetamol", "description": "One tablet of 500 mg when there is pain."})
    return at(*_DRUGS, len(drugs) - 1)


@plants("IPD001")
def sharing_without_plan(rng: Random, record: Record) -> str | None:
    statement = get(record, "ipdSharingStatementModule")
    if not statement or statement["ipdSharing"] != "YES":
        return None
    for name in ("description", "timeFrame", "accessCriteria", "infoTypes"):
        del statement[name]
    return at("ipdSharingStatementModule")


@plants("IPD002")
def details_without_sharing(rng: Random, record: Record) -> str | None:
    statement = get(record, "ipdSharingStatementModule")
    if not statement or statement["ipdSharing"] != "YES":
        return None
    return put(record, "NO", "ipdSharingStatementModule", "ipdSharing")


@plants("REF003")
def reference_twice(rng: Random, record: Record) -> str | None:
    cited = get(record, "referencesModule", "references")
    if not cited:
        return None
    cited.append(dict(rng.choice(cited)))
    return at("referencesModule", "references", len(cited) - 1)


@plants("REF001")
def broken_pubmed_number(rng: Random, record: Record) -> str | None:
    return put(record, rng.choice(("PMC12", "1234567890", "12a45")), "referencesModule", "references", 0, "pmid")


@plants("REG005")
def unknown_status(rng: Random, record: Record) -> str | None:
    if get(record, _STATUS, "overallStatus") != "RECRUITING":
        return None
    for name, month in (
        ("statusVerifiedDate", "2022-03"),
        ("lastUpdateSubmitDate", "2022-03-11"),
        ("lastKnownStatus", "RECRUITING"),
    ):
        put(record, month, _STATUS, name)
    return put(record, "UNKNOWN", _STATUS, "overallStatus")


@plants("REG014")
def silent_about_sharing(rng: Random, record: Record) -> str | None:
    if not (is_trial(record) and began_in(record, 2020)) or _is_withdrawn(record):
        return None
    del record["protocolSection"]["ipdSharingStatementModule"]
    return "/protocolSection"
