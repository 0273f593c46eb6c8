"""The modules of the protocol section of a made-up record, and what the registry derives from them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from lint.synthetic import vocabulary as words
from lint.synthetic.shape import drawn_number
from lint.synthetic.study import AS_OF, Study

_FINAL_RULE = date(2017, 1, 18)
_MOST_SITES = 60


def derived(study: Study) -> dict[str, Any]:
    disease = study.disease
    return {
        "miscInfoModule": {"versionHolder": AS_OF.isoformat()},
        "conditionBrowseModule": {
            "meshes": [{"id": disease.mesh_id, "term": disease.mesh_term}],
            "browseLeaves": [
                {
                    "id": f"M{disease.mesh_id[1:]}",
                    "name": disease.mesh_term,
                    "asFound": disease.name,
                    "relevance": "HIGH",
                }
            ],
        },
    }


def references(rng: Random, study: Study) -> dict[str, Any]:
    """Papers on the disease that appeared before the study was registered."""
    found = []
    for _ in range(rng.randrange(1, 5)):
        year = study.submitted.year - rng.randrange(1, 9)
        authors = ", ".join(f"{name} {letter}" for name, letter in zip(rng.sample(words.FAMILY_NAMES, 4), "AMTL"))
        pages = rng.randrange(100, 900)
        title = (
            f"Treatment of {study.disease.name.lower()} in everyday care: a survey of {rng.randrange(80, 900)} clinics"
        )
        volume, issue = rng.randrange(10, 60), rng.randrange(1, 12)
        citation = f"{authors}. {title}. J Clin Surveys. {year};{volume}({issue}):{pages}-{pages + 9}."
        found.append({"pmid": str(rng.randrange(15_000_000, 30_000_000)), "type": "BACKGROUND", "citation": citation})
    return {"references": found}


def identification(study: Study) -> dict[str, Any]:
    disease, drug = study.disease, study.drug.capitalize()
    if study.observational:
        brief = f"Course of {disease.name} in Everyday Care at {study.sponsor}"
        official = (
            f"A Prospective Cohort Study of the Course of {disease.name} in {_titled(disease.people)} in Everyday Care "
            f"Over {study.weeks} Weeks, Protocol {study.own_number}"
        )
    else:
        against = " Versus Placebo" if len(study.arms) > 1 else ""
        brief = f"{drug}{against} in {_titled(disease.people)} ({study.own_number})"
        lead = "A Randomized, Placebo-controlled Trial of" if against else "A Single-group Trial of"
        official = f"{lead} {drug} Over {study.weeks} Weeks in {_titled(disease.people)}, Protocol {study.own_number}"
    return {
        "nctId": study.number,
        "orgStudyIdInfo": {"id": study.own_number},
        "organization": {"fullName": study.sponsor, "class": study.sponsor_class},
        "briefTitle": brief,
        "officialTitle": official,
    }


def _titled(text: str) -> str:
    small = {"a", "after", "an", "in", "of", "the", "with"}
    return " ".join(word if word in small else word[:1].upper() + word[1:] for word in text.split())


def status(study: Study) -> dict[str, Any]:
    goes_on = study.goes_on
    kind = "ESTIMATED" if goes_on else "ACTUAL"
    posted = study.updated + timedelta(days=3)
    first = study.submitted + timedelta(days=6)
    status: dict[str, Any] = {
        "statusVerifiedDate": study.updated.isoformat()[:7],
        "overallStatus": study.status,
        "expandedAccessInfo": {"hasExpandedAccess": False},
        "startDateStruct": _dated(study.start, "ACTUAL" if study.start <= study.updated else "ESTIMATED"),
        "primaryCompletionDateStruct": _dated(study.primary, kind),
        "completionDateStruct": _dated(study.completion, kind),
        "studyFirstSubmitDate": study.submitted.isoformat(),
        "studyFirstSubmitQcDate": (study.submitted + timedelta(days=4)).isoformat(),
        "studyFirstPostDateStruct": _dated(first, "ACTUAL" if first >= _FINAL_RULE else "ESTIMATED"),
        "lastUpdateSubmitDate": study.updated.isoformat(),
        "lastUpdatePostDateStruct": _dated(posted, "ACTUAL" if posted >= _FINAL_RULE else "ESTIMATED"),
    }
    if study.status in _REASONS:
        status["whyStopped"] = _REASONS[study.status]
    if study.has_results:
        status["resultsFirstSubmitDate"] = (study.updated - timedelta(days=30)).isoformat()
        status["resultsFirstSubmitQcDate"] = (study.updated - timedelta(days=10)).isoformat()
        status["resultsFirstPostDateStruct"] = _dated(posted, "ACTUAL" if posted >= _FINAL_RULE else "ESTIMATED")
    return status


_REASONS = {
    "TERMINATED": "Recruitment was slower than planned; no safety concern.",
    "WITHDRAWN": "The funding ended before the first participant was enrolled.",
}


def _dated(day: date, kind: str) -> dict[str, str]:
    return {"date": day.isoformat(), "type": kind}


def sponsor(study: Study) -> dict[str, Any]:
    return {
        "responsibleParty": {"type": "SPONSOR"},
        "leadSponsor": {"name": study.sponsor, "class": study.sponsor_class},
    }


def oversight(study: Study) -> dict[str, bool]:
    oversight = {"oversightHasDmc": len(study.arms) > 1}
    if study.completion >= _FINAL_RULE:
        oversight |= {"isFdaRegulatedDrug": not study.observational, "isFdaRegulatedDevice": False}
    return oversight


def description(rng: Random, study: Study) -> dict[str, str]:
    disease, people = study.disease, study.disease.people
    if study.observational:
        goal = f"This study follows {people} for {study.weeks} weeks and describes the course of the disease."
    else:
        against = " with placebo" if len(study.arms) > 1 else ""
        verb = "compares" if against else "looks at the effect of"
        goal = f"This study {verb} {study.drug}{against} in {people} over {study.weeks} weeks."
    summary = (
        f"{_start(disease.name.lower())} is common, and many people do not reach their goals with the usual care. "
        f"{goal} "
        f"The main question concerns the {disease.outcome.lower()}, {disease.method}."
    )
    count = min(len(words.SENTENCES), 16 + drawn_number(rng, "description", 60))
    chosen = rng.sample(words.SENTENCES, count)
    paragraphs = [" ".join(chosen[at : at + 4]) for at in range(0, count, 4)]
    opening = (
        f"The study takes place at {study.sponsor} and its partners. "
        f"Each participant is observed for {study.weeks} weeks."
    )
    return {"briefSummary": summary, "detailedDescription": "\n\n".join([opening, *paragraphs])}


def _start(text: str) -> str:
    return text[:1].upper() + text[1:]


def keywords(rng: Random, study: Study) -> list[str]:
    others = ["quality of life", "adherence", "outpatients", "prospective study", "biomarkers", "patient perspective"]
    return [study.disease.keyword, *rng.sample(others, drawn_number(rng, "keywords", 5))]


def design(rng: Random, study: Study) -> dict[str, Any]:
    total = 0 if study.status == "WITHDRAWN" else study.total
    kind = "ESTIMATED" if study.goes_on else "ACTUAL"
    enrollment = {"enrollmentInfo": {"count": total, "type": kind}}
    if study.observational:
        info = {"observationalModel": "COHORT", "timePerspective": "PROSPECTIVE"}
        return {"studyType": "OBSERVATIONAL", "patientRegistry": False, "designInfo": info, **enrollment}
    single = study.model == "SINGLE_GROUP"
    masking = {"masking": "NONE"} if single else {
        "masking": "QUADRUPLE", "whoMasked": ["PARTICIPANT", "CARE_PROVIDER", "INVESTIGATOR", "OUTCOMES_ASSESSOR"]
    }  # fmt: skip
    return {
        "studyType": "INTERVENTIONAL",
        "phases": [rng.choice(("PHASE2", "PHASE4") if single else ("PHASE2", "PHASE3", "PHASE4"))],
        "designInfo": {
            "allocation": "NA" if single else "RANDOMIZED",
            "interventionModel": study.model,
            "primaryPurpose": "TREATMENT",
            "maskingInfo": masking,
        },
        **enrollment,
    }


def arms(study: Study) -> dict[str, Any]:
    if study.observational:
        who = f"Everybody who starts usual care for {study.disease.name.lower()} at a site while enrollment is open."
        return {"armGroups": [{"label": _start(study.disease.people), "description": who}]}
    groups = [
        {
            "label": arm.label,
            "type": arm.type,
            "description": arm.description,
            "interventionNames": [f"Drug: {arm.drug}"],
        }
        for arm in study.arms
    ]
    kinds = {"EXPERIMENTAL": "Film-coated tablet", "PLACEBO_COMPARATOR": "Tablet of the same look and taste"}
    drugs = [
        {
            "type": "DRUG",
            "name": arm.drug,
            "description": f"{kinds[arm.type]}, taken with water once a day for {study.weeks} weeks.",
            "armGroupLabels": [arm.label],
        }
        for arm in study.arms
    ]
    return {"armGroups": groups, "interventions": drugs}


def outcomes(study: Study) -> dict[str, Any]:
    disease = study.disease
    primary = {
        "measure": disease.outcome,
        "description": f"The value in {disease.unit} is {disease.method}.",
        "timeFrame": f"Baseline and week {study.weeks}",
    }
    found: dict[str, Any] = {"primaryOutcomes": [primary]}
    if study.secondary:
        found["secondaryOutcomes"] = [
            {
                "measure": measure,
                "description": f"{description} {_SUMMED_UP}",
                "timeFrame": f"From the first visit until week {study.weeks}",
            }
            for measure, description in study.secondary
        ]
    return found


_SUMMED_UP = "The values are summarized for each group and visit, and missing ones are not replaced."


def eligibility(rng: Random, study: Study) -> dict[str, Any]:
    count = 4 + drawn_number(rng, "criteria", 30) // 2
    wanted = [text.format(disease=study.disease.name.lower()) for text in words.INCLUSION]
    inclusion = [wanted[0], *rng.sample(wanted[1:], min(len(wanted) - 1, count))]
    exclusion = rng.sample(words.EXCLUSION, min(len(words.EXCLUSION), count + 1))
    women = study.disease.people.startswith("women")
    lists = [f"{title}:\n\n" + "\n".join(f"* {text}" for text in texts)
             for title, texts in (("Inclusion Criteria", inclusion), ("Exclusion Criteria", exclusion))]  # fmt: skip
    found = {
        "eligibilityCriteria": "\n\n".join(lists),
        "healthyVolunteers": False,
        "sex": "FEMALE" if women else "ALL",
        "minimumAge": f"{rng.choice((18, 20, 40))} Years",
        "maximumAge": f"{rng.choice((70, 75, 80))} Years",
        "stdAges": ["ADULT", "OLDER_ADULT"],
    }
    if study.observational:
        found |= {
            "samplingMethod": "NON_PROBABILITY_SAMPLE",
            "studyPopulation": f"{_start(study.disease.people)} who are treated at one of the sites.",
        }
    return found


def contacts(rng: Random, study: Study) -> dict[str, Any]:
    affiliation = {"affiliation": study.sponsor}
    official = {"name": study.investigator, **affiliation, "role": "PRINCIPAL_INVESTIGATOR"}
    found: dict[str, Any] = {"overallOfficials": [official]}
    open_now = study.status in ("RECRUITING", "NOT_YET_RECRUITING")
    if open_now:
        found["centralContacts"] = [
            {"name": study.investigator, "role": "CONTACT", "phone": "555-0100-100", "email": "study@example.org"}
        ]
    if study.status != "WITHDRAWN":
        count = max(1, drawn_number(rng, "sites", _MOST_SITES))
        found["locations"] = [_site(rng, study, at, open_now=open_now) for at in range(count)]
    return found


def _site(rng: Random, study: Study, at: int, *, open_now: bool) -> dict[str, Any]:
    """The first site is the sponsor's or beside it; the others are anywhere."""
    city, state, code, country = rng.choice(words.TOWNS) if at else (study.city, study.state, study.code, study.country)
    row, kind = at % len(words.FOUNDERS), at // len(words.FOUNDERS)
    facility = f"{words.FOUNDERS[row]} {('Hospital', 'Medical Center', 'Health Clinic')[kind]} {city}"
    site: dict[str, Any] = {"facility": facility}
    if open_now:
        site["status"] = study.status
    site["city"] = city
    if state:
        site["state"] = state
    site |= {"zip": code, "country": country}
    if open_now:
        name = f"{rng.choice(words.GIVEN_NAMES)} {rng.choice(words.FAMILY_NAMES)}, MD"
        site["contacts"] = [
            {"name": name, "role": "CONTACT", "phone": "555-0100-100", "email": f"site{at}@example.org"}
        ]
    return site


def protocol_file(study: Study) -> dict[str, Any]:
    return {
        "typeAbbrev": "Prot_SAP", "hasProtocol": True, "hasSap": True, "hasIcf": False,
        "label": "Study Protocol and Statistical Analysis Plan", "date": study.submitted.isoformat(),
        "uploadDate": f"{study.updated - timedelta(days=30)}T09:30", "filename": "Prot_SAP_000.pdf", "size": 412345,
    }  # fmt: skip
