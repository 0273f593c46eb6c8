"""Flaws of the results section: what is missing, empty or said twice, and statistical analyses."""

from __future__ import annotations

from random import Random
from typing import Any

from lint.synthetic.planting import plants_in_results

_FIRST = "outcomeMeasuresModule/outcomeMeasures/0"
_BASELINE = "baselineCharacteristicsModule"
_EVENTS = "adverseEventsModule"
_FLOW = "participantFlowModule"
_MORE = "moreInfoModule"
_FINAL_RULE = "2017-01-18"
_LONGEST_VOCABULARY = 20

Record = dict[str, Any]


def _first(section: Record) -> Any:
    """Return the primary outcome, a mean with its standard deviation."""
    return section["outcomeMeasuresModule"]["outcomeMeasures"][0]


def _values(measure: Any) -> Any:
    return measure["classes"][0]["categories"][0]["measurements"]


def _counted(section: Record) -> int | None:
    """Return the place of an outcome that counts participants."""
    measures = section["outcomeMeasuresModule"]["outcomeMeasures"]
    counts = (place for place, one in enumerate(measures) if one["paramType"] == "COUNT_OF_PARTICIPANTS")
    return next(counts, None)


@plants_in_results("RES011")
def death_without_a_death(rng: Random, section: Record) -> str | None:
    rows = section[_FLOW]["periods"][0]["dropWithdraws"]
    row = rows[0]
    if not all(int(one["numSubjects"]) for one in row["reasons"]):
        return None
    row["type"] = "Death"
    return f"{_EVENTS}/eventGroups/0/deathsNumAffected"


@plants_in_results("RES014")
def promoted_outcome(rng: Random, section: Record) -> str | None:
    measures = section["outcomeMeasuresModule"]["outcomeMeasures"]
    if len(measures) < 2:
        return None
    place = rng.randrange(1, len(measures))
    if measures[place]["title"].startswith("Change"):
        return None
    measures[place]["type"] = "PRIMARY"
    return f"outcomeMeasuresModule/outcomeMeasures/{place}/type"


@plants_in_results("RES016")
def unit_says_nothing(rng: Random, section: Record) -> str | None:
    _first(section)["unitOfMeasure"] = rng.choice(("N/A", "28", "NA"))
    return f"{_FIRST}/unitOfMeasure"


@plants_in_results("RES018")
def more_than_all(rng: Random, section: Record) -> str | None:
    if _first(section)["title"].startswith("Change"):
        return None
    _first(section)["unitOfMeasure"] = "percentage of participants"
    _values(_first(section))[0]["value"] = f"{rng.randrange(101, 190)}.4"
    return f"{_FIRST}/classes/0/categories/0/measurements/0"


@plants_in_results("RES020")
def fewer_analysed_in_silence(rng: Random, section: Record) -> str | None:
    if not _first(section)["title"].startswith("Change"):
        return None
    count = _first(section)["denoms"][0]["counts"][0]
    count["value"] = str(int(count["value"]) - rng.randrange(2, 9))
    del _first(section)["populationDescription"]
    return f"{_FIRST}/denoms"


@plants_in_results("RES019")
def nobody_analysed_in_silence(rng: Random, section: Record) -> str | None:
    for count in _first(section)["denoms"][0]["counts"]:
        count["value"] = "0"
    del _first(section)["populationDescription"]
    return f"{_FIRST}/denoms"


@plants_in_results("RES022")
def limits_upside_down(rng: Random, section: Record) -> str | None:
    _first(section)["dispersionType"] = "95% Confidence Interval"
    for place, one in enumerate(_values(_first(section))):
        value, spread = float(one["value"]), float(one.pop("spread"))
        limits = (value - spread, value + spread)
        one["lowerLimit"], one["upperLimit"] = (f"{limit:.1f}" for limit in (limits if place else limits[::-1]))
    return f"{_FIRST}/classes/0/categories/0/measurements/0"


@plants_in_results("RES024")
def title_of_a_letter(rng: Random, section: Record) -> str | None:
    _first(section)["groups"][0]["title"] = rng.choice(("A", "B", "1"))
    return f"{_FIRST}/groups/0/title"


@plants_in_results("RES026")
def no_agreement(rng: Random, section: Record) -> str | None:
    del section[_MORE]["certainAgreement"]
    return _MORE


@plants_in_results("RES031")
def nobody_completed_or_not(rng: Random, section: Record) -> str | None:
    del section[_FLOW]["periods"][0]["milestones"][1]
    return f"{_FLOW}/periods/0"


@plants_in_results("RES034")
def dispersion_of_another_mean(rng: Random, section: Record) -> str | None:
    _first(section)["dispersionType"] = "Geometric Coefficient of Variation"
    return f"{_FIRST}/dispersionType"


@plants_in_results("RES035")
def not_available(rng: Random, section: Record) -> str | None:
    _values(_first(section))[0]["value"] = "NA"
    return f"{_FIRST}/classes/0/categories/0/measurements/0"


@plants_in_results("RES037", since=_FINAL_RULE)
def not_said_how_events_were_found(rng: Random, section: Record) -> str | None:
    kind = rng.choice(("seriousEvents", "otherEvents"))
    place = rng.randrange(len(section[_EVENTS][kind]))
    del section[_EVENTS][kind][place]["assessmentType"]
    return f"{_EVENTS}/{kind}/{place}"


@plants_in_results("RES039", since=_FINAL_RULE)
def deaths_left_out(rng: Random, section: Record) -> str | None:
    place = rng.randrange(len(section[_EVENTS]["eventGroups"]))
    del section[_EVENTS]["eventGroups"][place][rng.choice(("deathsNumAffected", "deathsNumAtRisk"))]
    return f"{_EVENTS}/eventGroups/{place}"


@plants_in_results("RES041")
def no_sex(rng: Random, section: Record) -> str | None:
    del section[_BASELINE]["measures"][1]
    return _BASELINE


@plants_in_results("RES043")
def restriction_not_answered(rng: Random, section: Record) -> str | None:
    section[_MORE]["certainAgreement"] = {"piSponsorEmployee": False}
    return f"{_MORE}/certainAgreement"


@plants_in_results("RES045")
def restriction_not_described(rng: Random, section: Record) -> str | None:
    section[_MORE]["certainAgreement"] = {"piSponsorEmployee": False, "restrictiveAgreement": True}
    return f"{_MORE}/certainAgreement"


@plants_in_results("RES047")
def employee_restricted(rng: Random, section: Record) -> str | None:
    section[_MORE]["certainAgreement"] |= {"restrictiveAgreement": True, "restrictionType": "LTE60"}
    return f"{_MORE}/certainAgreement"


@plants_in_results("RES048")
def baseline_with_standard_error(rng: Random, section: Record) -> str | None:
    section[_BASELINE]["measures"][0]["dispersionType"] = rng.choice(("STANDARD_ERROR", "CONFIDENCE_95"))
    return f"{_BASELINE}/measures/0"


@plants_in_results("RES049", since=_FINAL_RULE)
def silent_about_race(rng: Random, section: Record) -> str | None:
    del section[_BASELINE]["measures"][2]
    return _BASELINE


@plants_in_results("RES050")
def deviation_forgotten(rng: Random, section: Record) -> str | None:
    values = _values(_first(section))
    place = rng.randrange(len(values))
    del values[place]["spread"]
    return f"{_FIRST}/classes/0/categories/0/measurements/{place}"


@plants_in_results("RES051")
def impossible_threshold(rng: Random, section: Record) -> str | None:
    section[_EVENTS]["frequencyThreshold"] = rng.choice(("10", "> 5%", "none"))
    return f"{_EVENTS}/frequencyThreshold"


@plants_in_results("RES055")
def time_frame_of_a_number(rng: Random, section: Record) -> str | None:
    section[_EVENTS]["timeFrame"] = rng.choice(("24", "N/A"))
    return f"{_EVENTS}/timeFrame"


@plants_in_results("RES057")
def time_frame_without_length(rng: Random, section: Record) -> str | None:
    section[_EVENTS]["timeFrame"] = rng.choice(("Throughout the study", "From randomisation until study completion"))
    return f"{_EVENTS}/timeFrame"


@plants_in_results("RES059")
def serious_events_not_listed(rng: Random, section: Record) -> str | None:
    if not any(group["seriousNumAffected"] for group in section[_EVENTS]["eventGroups"]):
        return None
    section[_EVENTS]["seriousEvents"] = []
    return _EVENTS


@plants_in_results("RES060")
def mean_of_participants(rng: Random, section: Record) -> str | None:
    _first(section)["unitOfMeasure"] = rng.choice(("participants", "Number of patients"))
    return f"{_FIRST}/unitOfMeasure"


@plants_in_results("RES061")
def total_above_all_terms(rng: Random, section: Record) -> str | None:
    group = section[_EVENTS]["eventGroups"][0]
    group["seriousNumAffected"] += rng.randrange(1, 5)
    return f"{_EVENTS}/eventGroups/0"


@plants_in_results("RES062")
def half_a_participant(rng: Random, section: Record) -> str | None:
    place = _counted(section)
    if place is None:
        return None
    one = _values(section["outcomeMeasuresModule"]["outcomeMeasures"][place])[0]
    one["value"] += rng.choice((".5", ".4"))
    return f"outcomeMeasuresModule/outcomeMeasures/{place}"


@plants_in_results("RES063")
def other_events_not_listed(rng: Random, section: Record) -> str | None:
    if not any(group["otherNumAffected"] for group in section[_EVENTS]["eventGroups"]):
        return None
    section[_EVENTS]["otherEvents"] = []
    return _EVENTS


@plants_in_results("RES065")
def number_with_words(rng: Random, section: Record) -> str | None:
    one = section[_FLOW]["periods"][0]["milestones"][0]["achievements"][0]
    one["numSubjects"] += rng.choice((" patients", ".5"))
    return f"{_FLOW}/periods/0/milestones/0/achievements/0"


@plants_in_results("RES067")
def other_reasons(rng: Random, section: Record) -> str | None:
    section[_FLOW]["periods"][0]["dropWithdraws"][0]["type"] = rng.choice(("Other", "other reasons"))
    return f"{_FLOW}/periods/0/dropWithdraws/0"


@plants_in_results("RES069")
def nothing_to_mention(rng: Random, section: Record) -> str | None:
    section[_MORE]["limitationsAndCaveats"]["description"] = rng.choice(("No limitations to report.", "None"))
    return f"{_MORE}/limitationsAndCaveats"


@plants_in_results("RES071")
def race_after_all(rng: Random, section: Record) -> str | None:
    measures = section[_BASELINE]["measures"]
    one = {"title": "White", "measurements": [dict(count) for count in section[_BASELINE]["denoms"][0]["counts"]]}
    measures.append(
        {
            "title": rng.choice(("Race (NIH/OMB)", "Race/Ethnicity, Customized")),
            "paramType": "COUNT_OF_PARTICIPANTS", "unitOfMeasure": "Participants", "classes": [{"categories": [one]}],
        }
    )  # fmt: skip
    return f"{_BASELINE}/measures"


@plants_in_results("RES072")
def primary_to_come(rng: Random, section: Record) -> str | None:
    _first(section)["reportingStatus"] = "NOT_POSTED"
    return f"{_FIRST}/reportingStatus"


@plants_in_results("RES074")
def two_groups_of_one_title(rng: Random, section: Record) -> str | None:
    groups = rng.choice((_first(section), section[_EVENTS]))
    name = "eventGroups" if "eventGroups" in groups else "groups"
    if len(groups[name]) < 2:
        return None
    groups[name][1]["title"] = groups[name][0]["title"]
    return f"{_FIRST}/groups" if name == "groups" else f"{_EVENTS}/eventGroups"


@plants_in_results("RES077")
def term_says_nothing(rng: Random, section: Record) -> str | None:
    place = rng.randrange(len(section[_EVENTS]["otherEvents"]))
    section[_EVENTS]["otherEvents"][place]["term"] = rng.choice(("Other", "Adverse events"))
    return f"{_EVENTS}/otherEvents/{place}/term"


@plants_in_results("RES078")
def posted_without_unit(rng: Random, section: Record) -> str | None:
    del _first(section)[rng.choice(("unitOfMeasure", "classes"))]
    return _FIRST


@plants_in_results("RES081")
def vocabulary_is_the_term(rng: Random, section: Record) -> str | None:
    place = rng.randrange(len(section[_EVENTS]["otherEvents"]))
    event = section[_EVENTS]["otherEvents"][place]
    if len(event["term"]) > _LONGEST_VOCABULARY:
        return None
    event["sourceVocabulary"] = event["term"]
    return f"{_EVENTS}/otherEvents/{place}/sourceVocabulary"


@plants_in_results("RES084")
def count_of_events(rng: Random, section: Record) -> str | None:
    section[_BASELINE]["measures"][1]["unitOfMeasure"] = rng.choice(("lesions", "events"))
    return f"{_BASELINE}/measures/1/unitOfMeasure"


@plants_in_results("RES086")
def more_counted_than_analysed(rng: Random, section: Record) -> str | None:
    place = _counted(section)
    if place is None:
        return None
    measure = section["outcomeMeasuresModule"]["outcomeMeasures"][place]
    _values(measure)[0]["value"] = str(int(measure["denoms"][0]["counts"][0]["value"]) + rng.randrange(1, 9))
    return f"outcomeMeasuresModule/outcomeMeasures/{place}"


@plants_in_results("RES087")
def age_without_time(rng: Random, section: Record) -> str | None:
    section[_BASELINE]["measures"][0]["unitOfMeasure"] = rng.choice(("kg", "units on a scale"))
    return f"{_BASELINE}/measures/0/unitOfMeasure"


@plants_in_results("RES088")
def outcome_reported_twice(rng: Random, section: Record) -> str | None:
    measures = section["outcomeMeasuresModule"]["outcomeMeasures"]
    if len(measures) < 2:
        return None
    measures.append(dict(measures[1]))
    return f"outcomeMeasuresModule/outcomeMeasures/{len(measures) - 1}"


@plants_in_results("RES091")
def older_than_allowed(rng: Random, section: Record) -> str | None:
    _values(section[_BASELINE]["measures"][0])[0]["value"] = f"{rng.randrange(84, 97)}.5"
    return f"{_BASELINE}/measures/0"


@plants_in_results("RES092")
def another_time_frame(rng: Random, section: Record) -> str | None:
    _first(section)["timeFrame"] = rng.choice(("Baseline and week 4", "One year"))
    return f"{_FIRST}/timeFrame"


@plants_in_results("RES097")
def age_twice(rng: Random, section: Record) -> str | None:
    measures = section[_BASELINE]["measures"]
    measures.append(dict(measures[0]))
    return f"{_BASELINE}/measures/{len(measures) - 1}"


@plants_in_results("RES101")
def more_at_risk_than_started(rng: Random, section: Record) -> str | None:
    group = section[_EVENTS]["eventGroups"][0]
    group["deathsNumAtRisk"] += rng.randrange(3, 30)
    return f"{_EVENTS}/eventGroups/0"


@plants_in_results("RES109")
def term_under_two_systems(rng: Random, section: Record) -> str | None:
    events = section[_EVENTS]["otherEvents"]
    place = rng.randrange(len(events))
    other = "General disorders" if events[place]["organSystem"] != "General disorders" else "Vascular disorders"
    events.append({**events[place], "organSystem": other})
    return f"{_EVENTS}/otherEvents/{len(events) - 1}"


@plants_in_results("RES117")
def unknown_system(rng: Random, section: Record) -> str | None:
    place = rng.randrange(len(section[_EVENTS]["otherEvents"]))
    section[_EVENTS]["otherEvents"][place]["organSystem"] = rng.choice(("Stomach", "Total"))
    return f"{_EVENTS}/otherEvents/{place}/organSystem"
