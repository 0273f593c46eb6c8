"""Flaws of the design, of what the title says of it, and of statuses and their dates."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from lint.synthetic.flaws_arms import relabel, rename, unreported
from lint.synthetic.planting import arms, at, get, is_trial, plants, put

_INFO = ("designModule", "designInfo")
_MASKING = (*_INFO, "maskingInfo")
_ARMS = ("armsInterventionsModule", "armGroups")
_SITES = ("contactsLocationsModule", "locations")
_OFFICIAL_TITLE = ("identificationModule", "officialTitle")
_OVERSIGHT = "oversightModule"
_STATUS = "statusModule"

Record = dict[str, Any]


def _retitle(record: Record, old: str, new: str) -> bool:
    title = get(record, *_OFFICIAL_TITLE)
    put(record, title.replace(old, new, 1), *_OFFICIAL_TITLE)
    return bool(old in title)


def _countries(record: Record) -> set[str]:
    return {site["country"] for site in get(record, *_SITES) or ()}


@plants("DES006")
def masked_alone(rng: Random, record: Record) -> str | None:
    if len(arms(record)) != 1:
        return None
    put(record, "Film-coated tablet, taken once a day.", "armsInterventionsModule", "interventions", 0, "description")
    roles = rng.choice((["PARTICIPANT", "INVESTIGATOR"], ["PARTICIPANT", "CARE_PROVIDER"]))
    return put(record, {"masking": "DOUBLE", "whoMasked": roles}, *_MASKING)


@plants("DES007")
def blinded_title_of_an_open_study(rng: Random, record: Record) -> str | None:
    if len(arms(record)) != 1:
        return None
    _retitle(record, "A Single-group", f"A Single-group, {rng.choice(('Assessor-blinded', 'Evaluator-blind'))}")
    return at(*_MASKING, "masking")


@plants("DES008")
def another_phase_in_the_title(rng: Random, record: Record) -> str | None:
    phases = get(record, "designModule", "phases")
    if not phases or " after " in get(record, *_OFFICIAL_TITLE):
        return None
    others = {"PHASE2": ("3", "III", "4"), "PHASE3": ("1", "2", "II"), "PHASE4": ("2", "3", "III")}
    _retitle(record, "Trial of", f"Phase {rng.choice(others[phases[0]])} Trial of")
    return at("designModule", "phases")


@plants("DES009")
def counselling_with_a_phase(rng: Random, record: Record) -> str | None:
    if not unreported(record, 1, 1):
        return None
    name = rng.choice(("Telephone counselling", "Exercise program", "Headache diary"))
    relabel(record, 0, name)
    rename(record, 0, name, "BEHAVIORAL")
    if get(record, _OVERSIGHT, "isFdaRegulatedDrug"):
        put(record, False, _OVERSIGHT, "isFdaRegulatedDrug")
    return at("designModule", "phases")


@plants("DES010")
def small_phase_three(rng: Random, record: Record) -> str | None:
    if not unreported(record, 1, 1) or get(record, _STATUS, "overallStatus") in ("WITHDRAWN", "TERMINATED"):
        return None
    if "Deficiency" in get(record, "conditionsModule", "conditions", 0):
        return None
    put(record, rng.randrange(12, 40), "designModule", "enrollmentInfo", "count")
    return put(record, ["PHASE3"], "designModule", "phases")


@plants("DES011")
def open_placebo(rng: Random, record: Record) -> str | None:
    return put(record, {"masking": "NONE"}, *_MASKING) if len(arms(record)) > 1 else None


@plants("DES017")
def device_that_is_none(rng: Random, record: Record) -> str | None:
    if not is_trial(record) or get(record, _OVERSIGHT, "isFdaRegulatedDevice") is None:
        return None
    put(record, True, _OVERSIGHT, "isFdaRegulatedDevice")
    return at(_OVERSIGHT)


@plants("DES019")
def follow_up_without_registry(rng: Random, record: Record) -> str | None:
    return None if is_trial(record) else put(record, f"{rng.randrange(2, 9)} Years", "designModule", "targetDuration")


@plants("DES020")
def other_model_unexplained(rng: Random, record: Record) -> str | None:
    if is_trial(record):
        return None
    del get(record, "descriptionModule")["detailedDescription"]
    put(record, "OTHER", *_INFO, "observationalModel")
    return at("descriptionModule")


@plants("DES021")
def samples_without_description(rng: Random, record: Record) -> str | None:
    kept = {"retention": rng.choice(("SAMPLES_WITH_DNA", "SAMPLES_WITHOUT_DNA"))}
    none = {"retention": "NONE_RETAINED", "description": "Whole blood and serum"}
    if is_trial(record):
        return None
    return put(record, rng.choice((kept, none)), "designModule", "bioSpec")


@plants("DES023")
def export_of_nothing(rng: Random, record: Record) -> str | None:
    if get(record, _OVERSIGHT, "isFdaRegulatedDrug") is None or "United States" in _countries(record):
        return None
    put(record, False, _OVERSIGHT, "isFdaRegulatedDrug")
    return put(record, True, _OVERSIGHT, "isUsExport")


@plants("DES024")
def export_to_nowhere(rng: Random, record: Record) -> str | None:
    if not get(record, _OVERSIGHT, "isFdaRegulatedDrug") or _countries(record) != {"United States"}:
        return None
    return put(record, True, _OVERSIGHT, "isUsExport")


@plants("DES025")
def drug_without_fda(rng: Random, record: Record) -> str | None:
    if not get(record, _OVERSIGHT, "isFdaRegulatedDrug") or "United States" not in _countries(record):
        return None
    return put(record, False, _OVERSIGHT, "isFdaRegulatedDrug")


@plants("DES026")
def open_title_of_a_masked_study(rng: Random, record: Record) -> str | None:
    title = rng.choice(("An Open-label", "An Open Label Randomized"))
    return at(*_MASKING) if _retitle(record, "A Randomized, Placebo-controlled", title) else None


@plants("DES027")
def double_blind_for_one(rng: Random, record: Record) -> str | None:
    if not _retitle(record, "A Randomized,", f"A Randomized, {rng.choice(('Double-blind', 'Triple-masked'))},"):
        return None
    return put(record, {"masking": "SINGLE", "whoMasked": ["PARTICIPANT"]}, *_MASKING)


@plants("DES028")
def randomized_title_only(rng: Random, record: Record) -> str | None:
    return put(record, "NON_RANDOMIZED", *_INFO, "allocation") if len(arms(record)) > 1 else None


@plants("DES029")
def crossover_title(rng: Random, record: Record) -> str | None:
    crossover = rng.choice(("Crossover", "Two-way Crossover", "Cross-over"))
    if len(arms(record)) < 2:
        return None
    _retitle(record, "Trial of", f"{crossover} Trial of")
    return at(*_INFO, "interventionModel")


@plants("DES030")
def single_arm_title(rng: Random, record: Record) -> str | None:
    titled = _retitle(record, "A Randomized, Placebo-controlled", rng.choice(("A Single-arm", "A One-arm")))
    return at(*_ARMS) if titled else None


@plants("DES032")
def registry_unmarked(rng: Random, record: Record) -> str | None:
    if is_trial(record):
        return None
    disease = get(record, "conditionsModule", "conditions", 0)
    title = f"{rng.choice(('Everyday Care', 'Regional', 'National'))} Registry for {disease}"
    put(record, title, "identificationModule", "briefTitle")
    return at("designModule", "patientRegistry")


@plants("DES033")
def observational_title(rng: Random, record: Record) -> str | None:
    kind = rng.choice(("Observational Study", "Non-interventional Study"))
    return at("designModule", "studyType") if _retitle(record, "Single-group Trial", kind) else None


@plants("DES034")
def retrospective_by_code(rng: Random, record: Record) -> str | None:
    return None if is_trial(record) else put(record, "RETROSPECTIVE", *_INFO, "timePerspective")


@plants("DES036")
def trial_as_registry(rng: Random, record: Record) -> str | None:
    if not is_trial(record):
        return None
    samples = {"retention": "SAMPLES_WITH_DNA", "description": "Whole blood"}
    place, value = rng.choice((("patientRegistry", True), ("bioSpec", samples)))
    put(record, value, "designModule", place)
    return at("designModule")


@plants("ENR005")
def whole_towns_enrolled(rng: Random, record: Record) -> str | None:
    if not is_trial(record) or get(record, _STATUS, "overallStatus") != "RECRUITING":
        return None
    return put(record, rng.randrange(1_100_000, 4_000_000), "designModule", "enrollmentInfo", "count")


@plants("ENR007")
def another_number_in_the_text(rng: Random, record: Record) -> str | None:
    count = get(record, "designModule", "enrollmentInfo", "count")
    if get(record, _STATUS, "overallStatus") != "NOT_YET_RECRUITING":
        return None
    summary = get(record, "descriptionModule", "briefSummary")
    stated = f"A total of {count * rng.choice((2, 3, 10))} participants will be enrolled."
    return put(record, f"{summary} {stated}", "descriptionModule", "briefSummary")


def _day(record: Record, name: str) -> date:
    return date.fromisoformat(get(record, _STATUS, name))


@plants("DAT002")
def month_alone(rng: Random, record: Record) -> str | None:
    start = get(record, _STATUS, "startDateStruct")
    if start["type"] != "ACTUAL" or start["date"] < "2018":
        return None
    return put(record, start["date"][:7], _STATUS, "startDateStruct", "date")


@plants("DAT005")
def begun_already(rng: Random, record: Record) -> str | None:
    if get(record, _STATUS, "overallStatus") != "NOT_YET_RECRUITING":
        return None
    put(record, "ACTUAL", _STATUS, "startDateStruct", "type")
    return at(_STATUS, "startDateStruct")


@plants("DAT006")
def estimate_overtaken(rng: Random, record: Record) -> str | None:
    if get(record, _STATUS, "overallStatus") != "ACTIVE_NOT_RECRUITING":
        return None
    start = date.fromisoformat(get(record, _STATUS, "startDateStruct", "date"))
    passed = start + timedelta(days=rng.randrange(60, 160))
    if passed >= date(2026, 6, 1):
        return None
    return put(record, passed.isoformat(), _STATUS, "primaryCompletionDateStruct", "date")


@plants("DAT013")
def recruiting_before_the_start(rng: Random, record: Record) -> str | None:
    if get(record, _STATUS, "overallStatus") != "RECRUITING":
        return None
    return put(record, {"date": f"2026-09-{rng.randrange(10, 28)}", "type": "ESTIMATED"}, _STATUS, "startDateStruct")


@plants("DAT015")
def stopped_for_some_reason(rng: Random, record: Record) -> str | None:
    if get(record, _STATUS, "whyStopped") is None:
        return None
    return put(record, rng.choice(("Sponsor decision.", "Other", "Business decision")), _STATUS, "whyStopped")


@plants("DAT016")
def all_sites_have_ended(rng: Random, record: Record) -> str | None:
    if get(record, _STATUS, "overallStatus") != "RECRUITING":
        return None
    for site in get(record, *_SITES):
        site["status"] = "COMPLETED"
    return at(_STATUS, "overallStatus")


@plants("DAT017")
def verified_in_the_future(rng: Random, record: Record) -> str | None:
    return put(record, f"20{rng.randrange(28, 40)}-0{rng.randrange(1, 9)}", _STATUS, "statusVerifiedDate")


@plants("DAT020")
def posted_before_submitted(rng: Random, record: Record) -> str | None:
    earlier = _day(record, "studyFirstSubmitDate") - timedelta(days=rng.randrange(3, 40))
    return put(record, earlier.isoformat(), _STATUS, "studyFirstPostDateStruct", "date")


@plants("DAT022")
def last_known_of_a_known_status(rng: Random, record: Record) -> str | None:
    if get(record, _STATUS, "overallStatus") != "COMPLETED":
        return None
    return put(record, rng.choice(("RECRUITING", "ACTIVE_NOT_RECRUITING")), _STATUS, "lastKnownStatus")


@plants("DAT023")
def status_of_expanded_access(rng: Random, record: Record) -> str | None:
    if get(record, _STATUS, "overallStatus") != "COMPLETED" or "resultsSection" in record:
        return None
    return put(record, rng.choice(("AVAILABLE", "NO_LONGER_AVAILABLE")), _STATUS, "overallStatus")
