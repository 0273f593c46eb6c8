"""Flaws of eligibility, study populations and outcomes."""

from __future__ import annotations

from random import Random
from typing import Any

from lint.synthetic.planting import arms, at, get, is_trial, plants, put

_ELIGIBILITY = "eligibilityModule"
_CRITERIA = (_ELIGIBILITY, "eligibilityCriteria")
_PRIMARY = ("outcomesModule", "primaryOutcomes", 0)

Record = dict[str, Any]


def _require(record: Record, criterion: str) -> None:
    """Add a criterion for inclusion."""
    head = "Inclusion Criteria:\n\n"
    put(record, get(record, *_CRITERIA).replace(head, f"{head}* {criterion}\n", 1), *_CRITERIA)


@plants("ELG005")
def criteria_in_one_paragraph(rng: Random, record: Record) -> str | None:
    head, tail = get(record, *_CRITERIA).split("\n\nExclusion Criteria:\n\n")
    listed = [line.removeprefix("* ") for line in tail.split("\n")]
    return (
        put(record, f"{head}\n\nExclusion Criteria:\n\n{'. '.join(listed)}.", *_CRITERIA) if len(listed) > 4 else None
    )


@plants("ELG008")
def sex_against_the_criteria(rng: Random, record: Record) -> str | None:
    if get(record, _ELIGIBILITY, "sex") != "ALL" or "resultsSection" in record:
        return None
    _require(record, rng.choice(("Men and women who live at home", "Male or female participants who live at home")))
    return put(record, rng.choice(("FEMALE", "MALE")), _ELIGIBILITY, "sex")


@plants("ELG009")
def healthy_after_all(rng: Random, record: Record) -> str | None:
    _require(record, rng.choice(("Healthy volunteers who do not smoke", "Healthy volunteers without any medication")))
    return at(_ELIGIBILITY, "healthyVolunteers")


@plants("ELG019")
def gender_without_a_word(rng: Random, record: Record) -> str | None:
    return put(record, True, _ELIGIBILITY, "genderBased")


@plants("ELG023")
def gender_without_flag(rng: Random, record: Record) -> str | None:
    gender = rng.choice(("Persons who identify as women", "Transgender women"))
    return put(record, gender, _ELIGIBILITY, "genderDescription")


@plants("ELG020")
def population_says_nothing(rng: Random, record: Record) -> str | None:
    said = rng.choice(("Varied", "Various"))
    return None if is_trial(record) else put(record, said, _ELIGIBILITY, "studyPopulation")


@plants("ELG021")
def criteria_as_population(rng: Random, record: Record) -> str | None:
    said = rng.choice(
        (
            "Inclusion Criteria:\n\n* Adults\n* Treated at one of the sites",
            "Patients of the clinic. Exclusion criteria: pregnancy",
        )
    )
    return None if is_trial(record) else put(record, said, _ELIGIBILITY, "studyPopulation")


@plants("ELG022")
def sampling_against_the_population(rng: Random, record: Record) -> str | None:
    if is_trial(record):
        return None
    put(record, "Adults who were randomly selected from the register of residents.", _ELIGIBILITY, "studyPopulation")
    return at(_ELIGIBILITY, "samplingMethod")


def _measure(record: Record, measure: str) -> str | None:
    """Replace the primary outcome of a record without results; return the pointer to its title."""
    return None if "resultsSection" in record else put(record, measure, *_PRIMARY, "measure")


@plants("OUT008")
def two_measures(rng: Random, record: Record) -> str | None:
    return _measure(record, rng.choice(("BMI and visceral fat index", "Pain; rescue medication; nights without sleep")))


@plants("OUT009")
def time_in_title(rng: Random, record: Record) -> str | None:
    measure = get(record, *_PRIMARY, "measure")
    if measure.endswith("Minutes"):
        return None
    place = _measure(record, f"{measure} at {rng.choice(('Month 36', 'Week 156'))}")
    return place and at(*_PRIMARY, "timeFrame")


@plants("OUT010")
def scale_without_range(rng: Random, record: Record) -> str | None:
    measure = rng.choice(("Change in pain score (VAS)", "Headache impact questionnaire"))
    place = _measure(record, measure)
    if place:
        put(record, "Filled in at the clinic.", *_PRIMARY, "description")
    return place


@plants("OUT012")
def abbreviation_as_measure(rng: Random, record: Record) -> str | None:
    place = _measure(record, rng.choice(("ORR", "PFS", "ACR20")))
    if place:
        put(record, "Judged by two readers.", *_PRIMARY, "description")
    return place


@plants("OUT013")
def objective_as_measure(rng: Random, record: Record) -> str | None:
    measure = get(record, *_PRIMARY, "measure")
    return _measure(record, f"To {rng.choice(('evaluate', 'compare', 'assess'))} the {measure[0].lower()}{measure[1:]}")


@plants("OUT015")
def longer_than_the_study(rng: Random, record: Record) -> str | None:
    if "resultsSection" in record or get(record, "statusModule", "whyStopped"):
        return None
    return put(record, rng.choice(("7 years", "Baseline and year 8", "96 months")), *_PRIMARY, "timeFrame")


@plants("OUT016")
def condition_as_measure(rng: Random, record: Record) -> str | None:
    name = get(record, "conditionsModule", "conditions", 0)
    return None if "Pain" in name else _measure(record, name)  # pain is a disease and a measure


@plants("OUT018")
def calendar_as_time_frame(rng: Random, record: Record) -> str | None:
    if "resultsSection" in record:
        return None
    year = int(get(record, "statusModule", "startDateStruct", "date")[:4])
    return put(record, rng.choice((f"03.{year} till 11.{year + 1}", f"December {year + 1}")), *_PRIMARY, "timeFrame")


@plants("OUT020")
def question_as_measure(rng: Random, record: Record) -> str | None:
    name = get(record, "conditionsModule", "conditions", 0)
    return _measure(record, f"Does the treatment {rng.choice(('improve', 'prevent', 'stop'))} {name.lower()}?")


@plants("OUT021")
def bullet_before_measure(rng: Random, record: Record) -> str | None:
    return _measure(record, f"{rng.choice(('•', '1.', '2.', '-'))} {get(record, *_PRIMARY, 'measure')}")


@plants("OUT017")
def results_in_the_summary(rng: Random, record: Record) -> str | None:
    if get(record, "statusModule", "overallStatus") != "COMPLETED" or not arms(record):
        return None
    said = rng.choice(
        ("Results: the symptoms fell by four points (p<0.05).", "This study demonstrated that the symptoms improved.")
    )
    summary = get(record, "descriptionModule", "briefSummary")
    return put(record, f"{summary}\n\n{said}", "descriptionModule", "briefSummary")
