"""Makes up one record at a time: the same seed and number give the same record, whoever asks."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

from lint.synthetic import modules
from lint.synthetic import vocabulary as words
from lint.synthetic.results import results_section
from lint.synthetic.shape import drawn, drawn_number
from lint.synthetic.study import AS_OF, Arm, Study

_DATA_SHARING = date(2019, 1, 1)
_FIRST_NUMBER = 9_000_000
"""Beyond the numbers that the registry has given so far; it can give a million more."""
MOST = 10_000_000 - _FIRST_NUMBER


def make_record(seed: int, number: int, variant: int = 0) -> dict[str, Any]:
    """Return record ``number`` (from 0) of the made-up registry of a seed; ``variant`` gives others of the number."""
    rng = Random(f"{seed}/{number}/{variant}")  # noqa: S311 (nothing here is secret)
    study = _study(rng, number)
    protocol = {
        "identificationModule": modules.identification(study),
        "statusModule": modules.status(study),
        "sponsorCollaboratorsModule": modules.sponsor(study),
        "oversightModule": modules.oversight(study),
        "descriptionModule": modules.description(rng, study),
        "conditionsModule": {"conditions": [study.disease.name], "keywords": modules.keywords(rng, study)},
        "designModule": modules.design(rng, study),
        "armsInterventionsModule": modules.arms(study),
        "outcomesModule": modules.outcomes(study),
        "eligibilityModule": modules.eligibility(rng, study),
        "contactsLocationsModule": modules.contacts(rng, study),
    }
    if study.start >= _DATA_SHARING:
        protocol["ipdSharingStatementModule"] = dict(_SHARED if rng.random() < 0.3 else _NOT_SHARED)
    if rng.random() < 0.35:
        protocol["referencesModule"] = modules.references(rng, study)
    record: dict[str, Any] = {"protocolSection": protocol}
    if study.has_results:
        record["resultsSection"] = results_section(rng, study)
        record["documentSection"] = {"largeDocumentModule": {"largeDocs": [modules.protocol_file(study)]}}
    record["derivedSection"] = modules.derived(study)
    record["hasResults"] = study.has_results
    return record


class _Timeline(NamedTuple):
    """The dates of a study in a status."""

    submitted: date
    start: date
    primary: date
    completion: date
    updated: date


_SHARED = {
    "ipdSharing": "YES",
    "description": "Individual participant data that underlie the published results, without any identifiers.",
    "infoTypes": ["STUDY_PROTOCOL", "SAP"],
    "timeFrame": "From 6 months until 5 years after publication.",
    "accessCriteria": "Researchers with a sound proposal apply to the data committee of the sponsor.",
}
_NOT_SHARED = {
    "ipdSharing": "NO",
    "description": "The consent of the participants does not cover the sharing of their data.",
}


def _study(rng: Random, number: int) -> Study:
    disease = rng.choice(words.DISEASES)
    drug = rng.choice(words.DRUGS)
    city, state, code, country = rng.choice(words.TOWNS)
    pattern, kind = rng.choice(words.KINDS_OF_SPONSOR)
    founder, second = rng.sample(words.FOUNDERS, 2)
    sponsor = pattern.format(founder=founder, second=second, city=city)
    weeks = rng.choice((8, 12, 16, 24, 36, 52))
    status = drawn(rng, "status")
    if status not in _OVER + _GOING_ON:
        status = "COMPLETED"
    times = _times(rng, status, weeks)
    model = drawn(rng, "model")
    model = model if model in ("PARALLEL", "SINGLE_GROUP") else "PARALLEL"
    observational = drawn(rng, "type") == "OBSERVATIONAL"
    arms = () if observational else _planned_arms(rng, model, drug, weeks)
    per_arm = rng.choice((20, 24, 30, 40, 60, 80, 120))
    has_results = status in _OVER[:2] and not observational and drawn(rng, "results") == "yes"
    secondary = rng.sample(words.SECONDARY, drawn_number(rng, "secondary outcomes", len(words.SECONDARY)))
    return Study(
        number=f"NCT{_FIRST_NUMBER + number:08d}",
        own_number=f"{founder[:3].upper()}-{rng.randrange(100, 1000)}-{number:06d}",
        disease=disease, drug=drug, sponsor=sponsor, sponsor_class=kind,
        city=city, state=state, code=code, country=country, weeks=weeks,
        observational=observational, model=model, arms=arms, per_arm=per_arm, status=status,
        submitted=times.submitted, start=times.start, primary=times.primary, completion=times.completion,
        updated=times.updated, has_results=has_results, secondary=tuple(secondary),
        investigator=f"{rng.choice(words.GIVEN_NAMES)} {rng.choice(words.FAMILY_NAMES)}, MD",
    )  # fmt: skip


_OVER = ("COMPLETED", "TERMINATED", "WITHDRAWN")
_GOING_ON = ("RECRUITING", "NOT_YET_RECRUITING", "ACTIVE_NOT_RECRUITING")


def _times(rng: Random, status: str, weeks: int) -> _Timeline:
    """Draw dates that fit a status on the day ``AS_OF``."""
    length = timedelta(days=rng.randrange(200, 700) + 7 * weeks)
    ahead = timedelta(days=rng.randrange(10, 60))
    if status == "NOT_YET_RECRUITING":
        updated = AS_OF - timedelta(days=rng.randrange(5, 40))
        start = AS_OF + timedelta(days=rng.randrange(20, 150))
        submitted = updated
    elif status in _GOING_ON:
        updated = AS_OF - timedelta(days=rng.randrange(5, 120))
        if status == "RECRUITING":
            start = updated - timedelta(days=rng.randrange(10, 190))
        else:
            start = AS_OF - length + timedelta(days=rng.randrange(40, 150))
            start = min(start, updated - timedelta(days=40))
        submitted = start - ahead
    else:
        year = min(max(int(drawn(rng, "year")), 2008), 2021)
        submitted = date(year, 1, 1) + timedelta(days=rng.randrange(365))
        start = submitted + ahead
        updated = start + length + timedelta(days=rng.randrange(60, 300))
    primary = start + length
    return _Timeline(submitted, start, primary, primary + timedelta(days=28), max(updated, submitted))


def _planned_arms(rng: Random, model: str, drug: str, weeks: int) -> tuple[Arm, ...]:
    name = drug.capitalize()
    doses = sorted(rng.sample((5, 10, 25, 50, 100, 200), 3))
    if model == "SINGLE_GROUP":
        return (Arm(f"{name} {doses[0]} mg", "EXPERIMENTAL", f"{name} {doses[0]} mg", _dose(name, doses[0], weeks)),)
    count = 1 if drawn(rng, "arms") in ("0", "1", "2") else rng.choice((2, 3))
    arms = [
        Arm(f"{name} {dose} mg", "EXPERIMENTAL", f"{name} {dose} mg", _dose(name, dose, weeks))
        for dose in doses[:count]
    ]
    placebo = f"One matching tablet without active substance by mouth every morning for {weeks} weeks."
    return (*arms, Arm("Placebo", "PLACEBO_COMPARATOR", "Placebo", placebo))


def _dose(name: str, dose: int, weeks: int) -> str:
    return f"One tablet of {name.lower()} with {dose} mg by mouth every morning for {weeks} weeks."
