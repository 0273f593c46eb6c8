"""RES: what results must have: always, or where the primary completion is on or after 18 January 2017."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from lint.api import ERROR, NOTE, WARNING, Context, Node, Problem, bad, good, rule
from lint.rules.readers.measures import title_key
from lint.rules.readers.results import EVENTS, MORE_INFO, and_more, final_rule_results, shown_group

_PATH = "/resultsSection/"
_FLOW = "resultsSection.participantFlowModule"
_BASELINE = "resultsSection.baselineCharacteristicsModule"
_MEASURE = "resultsSection.outcomeMeasuresModule.outcomeMeasures[0]"
_EVENTS = "resultsSection.adverseEventsModule"
_CONTACT = "resultsSection.moreInfoModule.pointOfContact"
_EARLIER = {"statusModule.primaryCompletionDateStruct.date": "2016-12-31"}


class Required(NamedTuple):
    """A member that every item of a list must have; ``dated`` only since the Final Rule."""

    module: str
    items: str
    member: str
    name: str
    dated: bool = False


_MODULES = {
    "participantFlowModule": "the participant flow",
    "baselineCharacteristicsModule": "the baseline characteristics",
    "outcomeMeasuresModule": "the outcome measures",
    "adverseEventsModule": "the adverse events",
    "moreInfoModule": "the certain agreements and the results contact",
}
_MEMBERS = {
    "participantFlowModule": {"groups": "its groups", "periods": "its periods"},
    "baselineCharacteristicsModule": {"groups": "its groups", "denoms": "the number of participants"},
    "outcomeMeasuresModule": {"outcomeMeasures": "the outcome measures"},
    "adverseEventsModule": {"eventGroups": "its groups", "frequencyThreshold": "the frequency threshold"},
    "moreInfoModule": {"pointOfContact": "the results contact"},
}
_ITEMS = (
    Required("participantFlowModule", "groups", "title", "title"),
    Required("participantFlowModule", "groups", "description", "description", True),
    Required("baselineCharacteristicsModule", "groups", "title", "title"),
    Required("baselineCharacteristicsModule", "groups", "description", "description", True),
    Required("outcomeMeasuresModule", "outcomeMeasures", "title", "title"),
    Required("outcomeMeasuresModule", "outcomeMeasures", "type", "type (primary, secondary)"),
    Required("outcomeMeasuresModule", "outcomeMeasures", "timeFrame", "time frame"),
    Required("adverseEventsModule", "eventGroups", "title", "title"),
    Required("adverseEventsModule", "eventGroups", "description", "description", True),
    Required("adverseEventsModule", "eventGroups", "seriousNumAffected", "number with serious adverse events"),
    Required("adverseEventsModule", "eventGroups", "otherNumAffected", "number with other adverse events"),
)


def _lacking(results: Any) -> list[Required]:
    """Return the required members of items that at least one item lacks."""
    found = []
    for one in _ITEMS:
        items = (results.get(one.module) or {}).get(one.items)
        if items and any(not item.get(one.member) and item.get(one.member) != 0 for item in items):
            found.append(one)
    return found


def _incomplete(results: Any) -> bool:
    for module, members in _MEMBERS.items():
        held = results.get(module)
        if held is None or any(not held.get(name) for name in members):
            return True
    return bool(_lacking(results))


@rule(
    "RES027",
    "results-required-element-missing",
    severity=ERROR,
    at="$.resultsSection",
    when=_incomplete,
    examples=[
        bad({"resultsSection.baselineCharacteristicsModule": None}, base="results", path="/resultsSection"),
        bad({_FLOW + ".periods": None}, base="results", path=_PATH + "participantFlowModule"),
        bad({_EVENTS + ".frequencyThreshold": None}, base="results", path=_PATH + "adverseEventsModule"),
        bad({_MEASURE + ".timeFrame": None}, base="results", path=_PATH + "outcomeMeasuresModule/outcomeMeasures/0"),
        bad({_FLOW + ".groups[1].description": None}, base="results", path=_PATH + "participantFlowModule/groups/1"),
        good(base="results"),
        bad({"resultsSection.adverseEventsModule": None, "statusModule.resultsFirstSubmitDate": "2008-12-03"},
            base="results", note="a note: not yet required"),
        good({_FLOW + ".groups[1].description": None} | _EARLIER, base="results", note="not required of older results"),
        good({_BASELINE + ".groups[2].description": None}, base="results", note="Total describes itself"),
        good({_EVENTS + ".eventGroups[0].seriousNumAffected": 0}, base="results", note="0 is an answer"),
        good({"resultsSection": None, "hasResults": False}, base="results", note="no results"),
    ],
)  # fmt: skip
def results_required_element_missing(results: Node, ctx: Context) -> Iterator[Problem]:
    """The results lack an element that is always required, or since the Final Rule.

    Why: the registry does not take results without it.
    What to do: enter what is missing.
    False positives: descriptions of groups are asked for only where the primary completion is certainly on or after 18
    January 2017, and never of the group Total; adverse events are a note in results from before 27 September 2009;
    parts that another rule names (age, certain agreements, contact, events) are left to it.
    Source: ClinicalTrials.gov results data elements, https://clinicaltrials.gov/policy/results-definitions
    """
    for module, members in _MEMBERS.items():
        if results.get(module) is None:
            optional = module == "adverseEventsModule" and _before_adverse_events(ctx)
            yield results.problem(
                f"the results lack {_MODULES[module]}",
                hint="enter this part of the results",
                missing=module,
                severity=NOTE if optional else None,
            )
            continue
        for member, name in members.items():
            if not results.get(module, member):
                part = "the results" if module == "moreInfoModule" else _MODULES[module]
                yield results.problem(
                    f"{part} lack{'s' if module == 'participantFlowModule' else ''} {name}",
                    module,
                    hint="enter what is missing",
                    missing=member,
                )
    newer = ctx.memo(final_rule_results)
    for one in _lacking(results.value):
        if one.dated and not newer:
            continue
        lacking = [
            item
            for item in results.items(one.module, one.items)
            if not item.get(one.member) and item.get(one.member) != 0 and not (one.dated and _is_total(item))
        ]
        if lacking:
            yield lacking[0].problem(
                f"{_named(lacking[0], one)} has no {one.name}{and_more(len(lacking) - 1, 'places')}",
                hint="enter what is missing",
                related=lacking[1:],
                missing=one.member,
            )


_ADVERSE_EVENTS_LAW = date(2009, 9, 27)
"""From this day adverse events had to be part of the results (FDAAA 801, section 282(j)(3)(I))."""


def _before_adverse_events(ctx: Context) -> bool:
    submitted = ctx.node("statusModule").date("resultsFirstSubmitDate")
    return submitted is not None and submitted.date.last < _ADVERSE_EVENTS_LAW


def _named(item: Node, one: Required) -> str:
    title = item.text("title")
    if one.items == "outcomeMeasures":
        return f"the outcome measure '{title}'" if title else "an outcome measure"
    return f"the group '{title}' of {_MODULES[one.module]}" if title else f"a group of {_MODULES[one.module]}"


def _is_total(group: Node) -> bool:
    return "total" in title_key(group.text("title")).split()


_CONTACT_PARTS = {"title": "a name or official title", "organization": "an organisation"}
_LATER_PARTS = {"phone": "a telephone number", "email": "an e-mail address"}


@rule(
    "RES038",
    "results-contact-incomplete",
    severity=ERROR,
    at=MORE_INFO + ".pointOfContact",
    when=lambda contact: not all(map(contact.get, (*_CONTACT_PARTS, *_LATER_PARTS))),
    examples=[
        bad({_CONTACT + ".title": None}, base="results", path=_PATH + "moreInfoModule/pointOfContact"),
        bad({_CONTACT + ".email": None}, base="results", path=_PATH + "moreInfoModule/pointOfContact"),
        bad({_CONTACT + ".organization": ""} | _EARLIER, base="results"),
        good(base="results"),
        good({_CONTACT + ".phone": None, _CONTACT + ".email": None} | _EARLIER, base="results", note="older results"),
        good({_CONTACT + ".phoneExt": None}, base="results", note="an extension is optional"),
    ],
)  # fmt: skip
def results_contact_incomplete(contact: Node, ctx: Context) -> Iterator[Problem]:
    """The results contact lacks a name, an organisation, a telephone number or an e-mail address.

    Why: readers with questions need to reach somebody.
    What to do: enter what is missing; a function such as Medical Director is enough for the name.
    False positives: telephone and e-mail are asked for only where the primary completion is certainly on or after 18
    January 2017.
    Source: ClinicalTrials.gov results data elements, Results Point of Contact,
    https://clinicaltrials.gov/policy/results-definitions#PointOfContact
    """
    asked = _CONTACT_PARTS | (_LATER_PARTS if ctx.memo(final_rule_results) else {})
    for member, name in asked.items():
        if not contact.get(member):
            yield contact.problem(
                f"the results contact lacks {name}",
                hint="enter what is missing",
                missing=member,
            )


@rule(
    "RES039",
    "all-cause-mortality-missing",
    severity=ERROR,
    at=EVENTS + ".eventGroups",
    when=lambda groups: not all("deathsNumAffected" in one and "deathsNumAtRisk" in one for one in groups),
    examples=[
        bad({_EVENTS + ".eventGroups[0].deathsNumAffected": None}, base="results",
            path=_PATH + "adverseEventsModule/eventGroups/0"),
        bad({_EVENTS + ".eventGroups[1].deathsNumAtRisk": None}, base="results"),
        good(base="results"),
        good({_EVENTS + ".eventGroups[0].deathsNumAffected": None} | _EARLIER, base="results", note="older results"),
        good({_EVENTS + ".eventGroups[0].deathsNumAffected": 0}, base="results", note="nobody died"),
    ],
)  # fmt: skip
def all_cause_mortality_missing(groups: Node, ctx: Context) -> Iterator[Problem]:
    """A group of the adverse events lacks the number of deaths due to any cause, or of those at risk.

    Why: all-cause mortality is required where the primary completion is on or after 18 January 2017.
    What to do: enter how many participants of each group died, also if none did, and of how many.
    False positives: older results are left alone; 0 is an answer.
    Source: ClinicalTrials.gov results data elements, All-Cause Mortality,
    https://clinicaltrials.gov/policy/results-definitions#MortalityAffected
    """
    if not ctx.memo(final_rule_results):
        return
    for member, name in (("deathsNumAffected", "who died"), ("deathsNumAtRisk", "at risk of death")):
        lacking = [group for group in groups.items() if member not in group.value]
        if lacking:
            title = shown_group(lacking[0].text("title"))
            yield lacking[0].problem(
                f"the number of participants of {title} {name} is missing{and_more(len(lacking) - 1, 'groups')}",
                hint="enter the number for every group, also if it is 0",
                related=lacking[1:],
                missing=member,
            )


def _watched(group: Any) -> bool:
    """Say whether anybody of a group was at risk of adverse events, as far as the record tells."""
    return {group.get("seriousNumAtRisk"), group.get("otherNumAtRisk")} != {0}


@rule(
    "RES021",
    "adverse-event-time-frame-missing",
    severity=ERROR,
    at=EVENTS,
    when=lambda module: not module.get("timeFrame") and any(map(_watched, module.get("eventGroups") or ({},))),
    examples=[
        bad({_EVENTS + ".timeFrame": None}, base="results", path=_PATH + "adverseEventsModule"),
        bad({_EVENTS + ".timeFrame": ""} | _EARLIER, base="results", note="a note for older results"),
        good(base="results"),
        good({_EVENTS + ".timeFrame": "Day of surgery"}, base="results"),
        good({_EVENTS + ".timeFrame": None, _EVENTS + ".eventGroups": [
              {"id": "EG000", "title": "Exampline", "seriousNumAtRisk": 0, "otherNumAtRisk": 0}]}, base="results",
             note="nobody was watched"),
    ],
)  # fmt: skip
def adverse_event_time_frame_missing(module: Node, ctx: Context) -> Iterator[Problem]:
    """The results do not say over which time adverse events were collected.

    Why: numbers of events mean nothing without the time over which they were counted.
    What to do: enter the time frame, such as From the first dose until 30 days after the last, up to 28 weeks.
    False positives: required is it where the primary completion is on or after 18 January 2017; of older results, of
    which every other one lacks it, it is only noted; groups of which nobody was at risk need none.
    Source: ClinicalTrials.gov results data elements, Adverse Event Time Frame,
    https://clinicaltrials.gov/policy/results-definitions#ReportedEventsTimeFrame
    """
    yield module.problem(
        "the adverse events have no time frame",
        hint="enter the time frame, such as From the first dose until 30 days after the last, up to 28 weeks",
        missing="timeFrame",
        severity=None if ctx.memo(final_rule_results) else NOTE,
    )


@rule(
    "RES037",
    "collection-approach-missing",
    severity=WARNING,
    at=(EVENTS + ".seriousEvents", EVENTS + ".otherEvents"),
    when=lambda events: not all(map(_has_approach, events)),
    examples=[
        bad({_EVENTS + ".seriousEvents[0].assessmentType": None}, base="results",
            path=_PATH + "adverseEventsModule/seriousEvents/0"),
        bad({_EVENTS + ".otherEvents[0].assessmentType": None}, base="results"),
        good(base="results"),
        good({_EVENTS + ".otherEvents[0].assessmentType": None} | _EARLIER, base="results", note="older results"),
    ],
)  # fmt: skip
def collection_approach_missing(events: Node, ctx: Context) -> Iterator[Problem]:
    """Nothing says whether an adverse event was looked for systematically or not.

    Why: events that are asked for are found several times more often than those that are told unasked.
    What to do: choose systematic or non-systematic assessment, for the whole table or for the term.
    False positives: asked for only where the primary completion is certainly on or after 18 January 2017.
    Source: ClinicalTrials.gov results data elements, Collection Approach,
    https://clinicaltrials.gov/policy/results-definitions#AssessType
    """
    if not ctx.memo(final_rule_results):
        return
    lacking = [event for event in events.items() if not event.get("assessmentType")]
    yield lacking[0].problem(
        f"'{lacking[0].text('term')}': nothing says whether the event was looked for systematically"
        f"{and_more(len(lacking) - 1, 'terms')}",
        hint="choose systematic or non-systematic assessment, for the whole table or for the term",
        missing="assessmentType",
    )


def _has_approach(event: Any) -> bool:
    return bool(event.get("assessmentType"))


_OF_EVENTS = {"term": "a term", "organSystem": "an organ system", "stats": "numbers"}


@rule(
    "RES111",
    "adverse-event-incomplete",
    severity=ERROR,
    at=(EVENTS + ".seriousEvents", EVENTS + ".otherEvents"),
    when=lambda events: not all(map(_is_complete, events)),
    examples=[
        bad({_EVENTS + ".seriousEvents[0].organSystem": None}, base="results",
            path=_PATH + "adverseEventsModule/seriousEvents/0"),
        bad({_EVENTS + ".otherEvents[0].term": None}, base="results"),
        bad({_EVENTS + ".otherEvents[0].stats": []}, base="results"),
        good(base="results"),
        good({_EVENTS + ".otherEvents[0].sourceVocabulary": None}, base="results", note="optional"),
    ],
)  # fmt: skip
def adverse_event_incomplete(events: Node, ctx: Context) -> Iterator[Problem]:
    """An adverse event lacks its term, its organ system or its numbers.

    Why: the three are required of every event; the row says nothing without them.
    What to do: enter what is missing; events of several systems belong to general disorders.
    False positives: vocabulary, notes and numbers of events are optional.
    Source: ClinicalTrials.gov results data elements, Adverse Event Term and Organ System,
    https://clinicaltrials.gov/policy/results-definitions#OrganSystem
    """
    for event in events.items():
        for member, name in _OF_EVENTS.items():
            if not event.get(member):
                title = f"the adverse event '{event.text('term')}'" if event.text("term") else "an adverse event"
                yield event.problem(
                    f"{title} lacks {name}",
                    hint="enter what is missing",
                    missing=member,
                )


def _is_complete(event: Any) -> bool:
    return bool(event.get("term") and event.get("organSystem") and event.get("stats"))
