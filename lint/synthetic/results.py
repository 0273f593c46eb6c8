"""The results section of a made-up record: its numbers add up, and its groups are the arms of the protocol."""

from __future__ import annotations

from random import Random
from typing import Any

from lint.synthetic import vocabulary as words
from lint.synthetic.study import Arm, Study

_LEFT = ("Withdrawal by Subject", "Lost to Follow-up", "Adverse Event")
_LIMITS = "The number of participants was too small to describe rare events."


def results_section(rng: Random, study: Study) -> dict[str, Any]:
    """Return the results of a study with arms."""
    left = [rng.randrange(1, 4) for _ in study.arms]
    return {
        "participantFlowModule": _flow(study, left),
        "baselineCharacteristicsModule": _baseline(rng, study),
        "outcomeMeasuresModule": {"outcomeMeasures": _measures(rng, study)},
        "adverseEventsModule": _events(rng, study),
        "moreInfoModule": _more(study),
    }


def _groups(study: Study, prefix: str) -> list[dict[str, str]]:
    return [
        {"id": f"{prefix}{number:03d}", "title": arm.label, "description": arm.description}
        for number, arm in enumerate(study.arms)
    ]


def _flow(study: Study, left: list[int]) -> dict[str, Any]:
    def row(values: list[int]) -> list[dict[str, str]]:
        return [{"groupId": f"FG{at:03d}", "numSubjects": str(value)} for at, value in enumerate(values)]

    started = [study.per_arm] * len(study.arms)
    stayed = [study.per_arm - gone for gone in left]
    reasons = [
        {"type": reason, "reasons": row([max(0, gone - at) - max(0, gone - at - 1) for gone in left])}
        for at, reason in enumerate(_LEFT)
    ]
    milestones = [
        {"type": "STARTED", "achievements": row(started)},
        {"type": "COMPLETED", "achievements": row(stayed)},
        {"type": "NOT COMPLETED", "achievements": row(left)},
    ]
    where = f"Participants were recruited at hospitals from {study.start.strftime('%B %Y')} on."
    period = {"title": "Overall Study", "milestones": milestones, "dropWithdraws": reasons}
    return {"recruitmentDetails": where, "groups": _groups(study, "FG"), "periods": [period]}


def _baseline(rng: Random, study: Study) -> dict[str, Any]:
    arms = len(study.arms)
    groups = _groups(study, "BG")
    if arms > 1:
        groups.append({"id": f"BG{arms:03d}", "title": "Total", "description": "Total of all reporting groups"})
    ids = [group["id"] for group in groups]

    def with_total(values: list[int]) -> list[str]:
        return [str(value) for value in ([*values, sum(values)] if arms > 1 else values)]

    def counts(values: list[int]) -> list[dict[str, str]]:
        return [{"groupId": name, "value": value} for name, value in zip(ids, with_total(values))]

    all_women = study.disease.people.startswith("women")
    women = [study.per_arm if all_women else rng.randrange(study.per_arm // 3, study.per_arm // 2) for _ in study.arms]
    men = [study.per_arm - count for count in women]
    mean = rng.randrange(45, 65)
    ages = [
        {"groupId": name, "value": f"{mean}.{at}", "spread": f"{rng.randrange(8, 14)}.{at}"}
        for at, name in enumerate(ids)
    ]
    if arms > 1:
        ages[-1]["value"] = f"{mean}.{arms // 2}"
    return {
        "populationDescription": "All participants who were assigned to a group.",
        "groups": groups,
        "denoms": [{"units": "Participants", "counts": counts([study.per_arm] * arms)}],
        "measures": [
            {
                "title": "Age, Continuous", "paramType": "MEAN", "dispersionType": "STANDARD_DEVIATION",
                "unitOfMeasure": "years", "classes": [{"categories": [{"measurements": ages}]}],
            },
            {
                "title": "Sex: Female, Male", "paramType": "COUNT_OF_PARTICIPANTS", "unitOfMeasure": "Participants",
                "classes": [{"categories": [{"title": "Female", "measurements": counts(women)},
                                            {"title": "Male", "measurements": counts(men)}]}],
            },
            {
                "title": "Race and Ethnicity Not Collected", "paramType": "COUNT_OF_PARTICIPANTS",
                "unitOfMeasure": "Participants",
                "populationDescription": "Race and ethnicity were not collected from any participant.",
                "classes": [{"categories": [{"measurements": counts([0] * arms)}]}],
            },
        ],
    }  # fmt: skip


def _measures(rng: Random, study: Study) -> list[dict[str, Any]]:
    disease = study.disease
    first = {
        "type": "PRIMARY",
        "title": disease.outcome,
        "description": f"The value in {disease.unit} is {disease.method}.",
        "timeFrame": f"Baseline and week {study.weeks}",
        "paramType": "MEAN", "dispersionType": "Standard Deviation", "unitOfMeasure": disease.unit,
    }  # fmt: skip
    others = [
        {
            "type": "SECONDARY",
            "title": measure,
            "description": description,
            "timeFrame": f"From the first visit until week {study.weeks}",
            **_kind_of(measure),
        }
        for measure, description in study.secondary
    ]
    return [_reported(rng, study, measure) for measure in (first, *others)]


def _kind_of(measure: str) -> dict[str, str]:
    if measure.startswith("Number of Participants"):
        return {"paramType": "COUNT_OF_PARTICIPANTS", "unitOfMeasure": "Participants"}
    unit = next((unit for name, unit in _UNITS.items() if name in measure), "events")
    return {"paramType": "MEAN", "dispersionType": "Standard Deviation", "unitOfMeasure": unit}


_UNITS = {
    "Days": "days", "Percentage": "percent of planned doses", "Time": "hours", "Visits": "visits",
    "Heart Rate": "beats per minute", "Waist": "centimeters", "Glucose": "mg/dL", "Steps": "steps per day",
    "Falls": "falls",
}  # fmt: skip


def _reported(rng: Random, study: Study, measure: dict[str, str]) -> dict[str, Any]:
    ids = [f"OG{at:03d}" for at in range(len(study.arms))]
    denoms = [{"groupId": name, "value": str(study.per_arm)} for name in ids]
    if measure["paramType"] == "COUNT_OF_PARTICIPANTS":
        values = [{"groupId": name, "value": str(rng.randrange(1, 9))} for name in ids]
    else:
        values = [
            {
                "groupId": name,
                "value": f"{rng.randrange(20, 90)}.{rng.randrange(1, 10)}",
                "spread": f"{rng.randrange(3, 12)}.{rng.randrange(1, 10)}",
            }
            for name in ids
        ]
    return {
        **measure,
        "populationDescription": "All participants who were assigned to a group.",
        "reportingStatus": "POSTED",
        "groups": _groups(study, "OG"),
        "denoms": [{"units": "Participants", "counts": denoms}],
        "classes": [{"categories": [{"measurements": values}]}],
    }


def _events(rng: Random, study: Study) -> dict[str, Any]:
    serious = [_event(rng, study, term, 2) for term in rng.sample(words.SERIOUS_EVENTS, 2)]
    other = [_event(rng, study, term, 6) for term in rng.sample(words.EVENTS, rng.randrange(12, len(words.EVENTS)))]
    groups = [_event_group(study, at, arm, serious, other) for at, arm in enumerate(study.arms)]
    return {
        "frequencyThreshold": "0",
        "timeFrame": f"From the first dose until week {study.weeks + 4}",
        "description": "Events were found by open questions at every visit.",
        "eventGroups": groups,
        "seriousEvents": serious,
        "otherEvents": other,
    }


def _event(rng: Random, study: Study, term: tuple[str, str], most: int) -> dict[str, Any]:
    numbers = [rng.randrange(most) for _ in study.arms]
    return {
        "term": term[0],
        "organSystem": term[1],
        "sourceVocabulary": "MedDRA (21.0)",
        "assessmentType": "SYSTEMATIC_ASSESSMENT",
        "stats": [
            {"groupId": f"EG{at:03d}", "numEvents": number, "numAffected": number, "numAtRisk": study.per_arm}
            for at, number in enumerate(numbers)
        ],
    }


def _event_group(
    study: Study, at: int, arm: Arm, serious: list[dict[str, Any]], other: list[dict[str, Any]]
) -> dict[str, Any]:
    """Nobody has two of the listed events, unless they are more than the group has participants."""

    def affected(events: list[dict[str, Any]]) -> int:
        numbers: list[int] = [event["stats"][at]["numAffected"] for event in events]
        return min(study.per_arm, sum(numbers))

    return {
        "id": f"EG{at:03d}", "title": arm.label, "description": arm.description,
        "deathsNumAffected": 0, "deathsNumAtRisk": study.per_arm,
        "seriousNumAffected": affected(serious), "seriousNumAtRisk": study.per_arm,
        "otherNumAffected": affected(other), "otherNumAtRisk": study.per_arm,
    }  # fmt: skip


def _more(study: Study) -> dict[str, Any]:
    return {
        "limitationsAndCaveats": {"description": _LIMITS},
        "certainAgreement": {"piSponsorEmployee": True},
        "pointOfContact": {
            "title": "Head of Clinical Research", "organization": study.sponsor,
            "phone": "555-0100-100", "email": "results@example.org",
        },
    }  # fmt: skip
