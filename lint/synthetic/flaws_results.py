"""Flaws of the results section: numbers that cannot all be right."""

from __future__ import annotations

from random import Random
from typing import Any

from lint.synthetic.planting import plants_in_results

Record = dict[str, Any]


@plants_in_results("RES001")
def flow_does_not_add_up(rng: Random, section: Record) -> str | None:
    milestones = section["participantFlowModule"]["periods"][0]["milestones"]
    one = rng.choice(milestones[1]["achievements"])
    one["numSubjects"] = str(int(one["numSubjects"]) - rng.randrange(1, 4))
    return "participantFlowModule/periods/0"


@plants_in_results("RES004")
def categories_do_not_add_up(rng: Random, section: Record) -> str | None:
    sex = section["baselineCharacteristicsModule"]["measures"][1]["classes"][0]["categories"]
    one = sex[0]["measurements"][0]
    one["value"] = str(int(one["value"]) + rng.randrange(2, 9))
    return "baselineCharacteristicsModule/measures/1"


@plants_in_results("RES005")
def more_analysed_than_started(rng: Random, section: Record) -> str | None:
    one = section["outcomeMeasuresModule"]["outcomeMeasures"][0]["denoms"][0]["counts"][0]
    one["value"] = str(int(one["value"]) + rng.randrange(3, 30))
    return "outcomeMeasuresModule/outcomeMeasures/0"


@plants_in_results("RES008")
def more_affected_than_at_risk(rng: Random, section: Record) -> str | None:
    event = rng.choice(section["adverseEventsModule"]["otherEvents"])
    stats = event["stats"][0]
    stats["numAffected"] = stats["numEvents"] = stats["numAtRisk"] + rng.randrange(1, 20)
    return "adverseEventsModule"


@plants_in_results("RES009")
def fewer_events_than_affected(rng: Random, section: Record) -> str | None:
    for place, event in enumerate(section["adverseEventsModule"]["otherEvents"]):
        if event["stats"][0]["numAffected"] > 1:
            event["stats"][0]["numEvents"] = 1
            return f"adverseEventsModule/otherEvents/{place}"
    return None


@plants_in_results("RES010")
def total_below_a_term(rng: Random, section: Record) -> str | None:
    events = section["adverseEventsModule"]
    if not any(event["stats"][0]["numAffected"] for event in events["otherEvents"]):
        return None
    events["eventGroups"][0]["otherNumAffected"] = 0
    return "adverseEventsModule/eventGroups/0"


@plants_in_results("RES017")
def mean_without_dispersion(rng: Random, section: Record) -> str | None:
    del section["outcomeMeasuresModule"]["outcomeMeasures"][0]["dispersionType"]
    return "outcomeMeasuresModule/outcomeMeasures/0"


@plants_in_results("RES021")
def events_without_time_frame(rng: Random, section: Record) -> str | None:
    del section["adverseEventsModule"]["timeFrame"]
    return "adverseEventsModule"


@plants_in_results("RES025")
def event_twice(rng: Random, section: Record) -> str | None:
    events = section["adverseEventsModule"]["otherEvents"]
    events.append(rng.choice(events))
    return f"adverseEventsModule/otherEvents/{len(events) - 1}"


@plants_in_results("RES033")
def no_age(rng: Random, section: Record) -> str | None:
    del section["baselineCharacteristicsModule"]["measures"][0]
    return "baselineCharacteristicsModule"


@plants_in_results("RES038")
def contact_without_organization(rng: Random, section: Record) -> str | None:
    del section["moreInfoModule"]["pointOfContact"]["organization"]
    return "moreInfoModule/pointOfContact"


@plants_in_results("RES052")
def negative_deviation(rng: Random, section: Record) -> str | None:
    one = section["outcomeMeasuresModule"]["outcomeMeasures"][0]["classes"][0]["categories"][0]["measurements"][0]
    one["spread"] = f"-{one['spread']}"
    return "outcomeMeasuresModule/outcomeMeasures/0"


@plants_in_results("RES090")
def value_of_no_group(rng: Random, section: Record) -> str | None:
    one = section["outcomeMeasuresModule"]["outcomeMeasures"][0]["classes"][0]["categories"][0]["measurements"][0]
    one["groupId"] = "OG009"
    return "outcomeMeasuresModule/outcomeMeasures/0"


@plants_in_results("RES107")
def total_is_no_sum(rng: Random, section: Record) -> str | None:
    counts = section["baselineCharacteristicsModule"]["denoms"][0]["counts"]
    if len(counts) < 3:
        return None
    counts[-1]["value"] = str(int(counts[-1]["value"]) + rng.randrange(1, 9))
    return "baselineCharacteristicsModule"


@plants_in_results("RES111")
def event_without_system(rng: Random, section: Record) -> str | None:
    events = section["adverseEventsModule"]["otherEvents"]
    place = rng.randrange(len(events))
    del events[place]["organSystem"]
    return f"adverseEventsModule/otherEvents/{place}"


@plants_in_results("RES073")
def no_telephone(rng: Random, section: Record) -> str | None:
    section["moreInfoModule"]["pointOfContact"]["phone"] = rng.choice(("Please email", "n/a"))
    return "moreInfoModule/pointOfContact/phone"


@plants_in_results("RES075")
def no_mail_address(rng: Random, section: Record) -> str | None:
    section["moreInfoModule"]["pointOfContact"]["email"] = rng.choice(("results(at)example.org", "results@example"))
    return "moreInfoModule/pointOfContact/email"
