"""RES: the terms of adverse events, and events that other parts of the record speak of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lint.api import NOTE, WARNING, Context, Node, Problem, bad, good, pattern, rule
from lint.rules.readers.labels import folded
from lint.rules.readers.measures import number, values
from lint.rules.readers.results import EVENTS, and_more, flow

_PATH = "/resultsSection/adverseEventsModule/"
_MODULE = "resultsSection.adverseEventsModule"
_SERIOUS = _MODULE + ".seriousEvents"
_OTHER = _MODULE + ".otherEvents"
_REASON = "resultsSection.participantFlowModule.periods[0].dropWithdraws[0]"
_SECOND = "resultsSection.outcomeMeasuresModule.outcomeMeasures[1]"
_APPENDICITIS = {"term": "Appendicitis", "organSystem": "Infections and infestations",
                 "stats": [{"groupId": "EG000", "numAffected": 1, "numAtRisk": 30}]}  # fmt: skip

_Row = Mapping[str, Any]


def _same_row(event: _Row) -> tuple[str, str, str, str]:
    system = (event.get("organSystem") or "").casefold().partition(" and administration site")[0]
    return (folded(event.get("term") or ""), system, event.get("assessmentType") or "",
            folded(event.get("notes") or ""))  # fmt: skip


def _repeats_term(events: list[dict[str, Any]]) -> bool:
    terms = [(event.get("term") or "").casefold() for event in events]
    return len(set(terms)) < len(terms)


@rule(
    "RES025",
    "adverse-event-term-repeated",
    severity=WARNING,
    at=(EVENTS + ".seriousEvents", EVENTS + ".otherEvents"),
    when=_repeats_term,
    examples=[
        bad({_SERIOUS + "[0]": _APPENDICITIS, _SERIOUS + "[1]": _APPENDICITIS}, base="results",
            path=_PATH + "seriousEvents/1/term"),
        bad({_SERIOUS + "[0]": _APPENDICITIS, _SERIOUS + "[1]": _APPENDICITIS | {"term": "appendicitis"}},
            base="results"),
        good(base="results"),
        good({_SERIOUS + "[0]": _APPENDICITIS | {"assessmentType": "SYSTEMATIC_ASSESSMENT"},
              _SERIOUS + "[1]": _APPENDICITIS}, base="results", note="found in another way"),
        good({_SERIOUS + "[0]": _APPENDICITIS, _SERIOUS + "[1]": _APPENDICITIS | {"notes": "After surgery"}},
             base="results", note="told apart by a note"),
        good({_OTHER + "[0]": _APPENDICITIS, _SERIOUS + "[0]": _APPENDICITIS}, base="results", note="in both tables"),
    ],
)  # fmt: skip
def adverse_event_term_repeated(events: Node, ctx: Context) -> Iterator[Problem]:
    """A table lists the same adverse event twice.

    Why: participants are counted twice or spread over two rows, so that both frequencies are wrong.
    What to do: join the rows, or say in the term or the notes what tells them apart.
    False positives: another organ system, another way of collecting or a note tells two rows apart.
    Source: ClinicalTrials.gov results data elements, Adverse Event Term,
    https://clinicaltrials.gov/policy/results-definitions#AdverseEventTerm
    """
    first: dict[tuple[str, str, str, str], Node] = {}
    for event in events.items():
        row = _same_row(event.value)
        if row[0] and row in first:
            yield event.problem(
                f"'{event.text('term')}' is listed twice",
                "term",
                hint="join the two rows, or say what tells them apart",
                related=[first[row].child("term")],
            )
        first.setdefault(row, event)


@rule(
    "RES109",
    "term-under-two-organ-systems",
    severity=NOTE,
    at=(EVENTS + ".seriousEvents", EVENTS + ".otherEvents"),
    when=_repeats_term,
    examples=[
        bad({_SERIOUS + "[0]": _APPENDICITIS, _SERIOUS + "[1]": _APPENDICITIS | {
             "organSystem": "Gastrointestinal disorders"}}, base="results", path=_PATH + "seriousEvents/1/organSystem"),
        bad({_OTHER + "[1]": {"term": "nausea", "organSystem": "General disorders", "assessmentType":
             "SYSTEMATIC_ASSESSMENT", "stats": []}}, base="results"),
        good(base="results"),
        good({_SERIOUS + "[0]": _APPENDICITIS, _OTHER + "[0]": _APPENDICITIS | {
              "organSystem": "Gastrointestinal disorders"}}, base="results", note="in two tables"),
        good({_OTHER + "[0].organSystem": "General disorders", _OTHER + "[1]": {"term": "Nausea", "organSystem":
              "General disorders and administration site conditions"}}, base="results", note="one system"),
        good({_OTHER + "[0].term": "Infection", _OTHER + "[1]": {"term": "Infection", "organSystem":
              "General disorders"}}, base="results", note="a kind that needs its organ system"),
        good({_OTHER + "[0].term": "Other, specify", _OTHER + "[1]": {"term": "Other, specify", "organSystem":
              "General disorders"}}, base="results"),
        good({_SERIOUS + "[0]": _APPENDICITIS, _SERIOUS + "[1]": _APPENDICITIS | {
              "organSystem": "Gastrointestinal disorders", "notes": "After surgery"}}, base="results"),
    ],
)  # fmt: skip
def term_under_two_organ_systems(events: Node, ctx: Context) -> Iterator[Problem]:
    """A table lists an adverse event under two organ systems.

    Why: a term belongs to one organ system, and one that concerns several to general disorders; its participants are
    spread over two rows.
    What to do: join the rows under the organ system to which the vocabulary assigns the term.
    False positives: rows that a note tells apart are left alone, as are terms such as Other, specify, and the
    two tables are not compared with each other.
    Source: ClinicalTrials.gov results data elements, Organ System,
    https://clinicaltrials.gov/policy/results-definitions#OrganSystem
    """
    first: dict[tuple[str, str], tuple[Node, str]] = {}
    found: list[tuple[Node, Node]] = []
    for event in events.items():
        term, system, _, notes = _same_row(event.value)
        one, its_system = first.setdefault((term, notes), (event, system))
        if term and system and its_system not in (system, "") and not _unspecified().search(term):
            found.append((event, one))
    if found:
        event, one = found[0]
        yield event.problem(
            f"'{event.text('term')}' is listed under two organ systems{and_more(len(found) - 1, 'terms')}",
            "organSystem",
            hint="join the rows under the organ system to which the vocabulary assigns the term",
            related=[one.child("organSystem"), *(other.child("organSystem") for other, _ in found[1:])],
        )


_unspecified = pattern(
    r"\b(?:other|unspecified|not specified|nos|toxicity)\b"
    r"|^(?:non-?)?(?:infect(?:ion|ious)|inflammat(?:ion|ory)|pain|ha?emorrhage|injury|disorder|surgery|bleeding)s?$"
)
"""Terms that say little without their organ system."""


def _affected(event: _Row) -> tuple[int, ...]:
    return tuple(stats.get("numAffected") or 0 for stats in event.get("stats") or ())


_FEWEST = 3


def _shares_terms(module: Any) -> bool:
    """Say quickly whether enough terms stand in both tables."""
    serious, other = module.get("seriousEvents") or (), module.get("otherEvents") or ()
    if len(serious) < _FEWEST or len(other) < _FEWEST:
        return False
    return len(set(map(_plain_term, serious)).intersection(map(_plain_term, other))) >= _FEWEST


def _plain_term(event: _Row) -> str:
    return (event.get("term") or "").casefold()


@rule(
    "RES029",
    "serious-and-other-events-not-separated",
    severity=WARNING,
    at=EVENTS,
    when=_shares_terms,
    examples=[
        bad({_SERIOUS: [_APPENDICITIS | {"term": term} for term in ("Fever", "Fall", "Rash")],
             _OTHER: [_APPENDICITIS | {"term": term} for term in ("Fever", "Fall", "Rash", "Nausea")]}, base="results",
            path=_PATH + "otherEvents"),
        bad({_SERIOUS: [_APPENDICITIS | {"term": term} for term in ("Fever", "Fall", "Rash", "Stroke")],
             _OTHER: [_APPENDICITIS | {"term": term} for term in ("fever", "fall", "rash")]}, base="results"),
        good(base="results"),
        good({_SERIOUS: [_APPENDICITIS | {"term": term} for term in ("Fever", "Fall", "Rash")],
              _OTHER: [_APPENDICITIS | {"term": "Fever"}]}, base="results", note="a term may be serious in some"),
        good({_SERIOUS: [_APPENDICITIS | {"term": term} for term in ("Fever", "Fall", "Rash")],
              _OTHER: [{"term": term, "stats": [{"groupId": "EG000", "numAffected": 9}]}
                       for term in ("Fever", "Fall", "Rash")]}, base="results", note="other numbers"),
    ],
)  # fmt: skip
def serious_and_other_events_not_separated(module: Node, ctx: Context) -> Iterator[Problem]:
    """Most serious adverse events are listed a second time, with the same numbers, among the other events.

    Why: the other events are those that are not serious; the same participants are counted in both tables.
    What to do: take the serious events out of the table of other events.
    False positives: a term may be serious in some participants and not in others; only where at least three terms and
    more than half of the serious ones have the same numbers in both tables they are taken for copies.
    Source: PRS major comments (serious adverse events not reported separately from other events),
    https://prsinfo.clinicaltrials.gov/MajorComments.html
    """
    serious = {_plain_term(event): _affected(event) for event in module.get("seriousEvents")}
    serious = {term: affected for term, affected in serious.items() if any(affected)}
    same = [
        event
        for event in module.items("otherEvents")
        if (affected := serious.get(_plain_term(event.value))) and affected == _affected(event.value)
    ]
    if len(same) >= _FEWEST and len(same) * 2 > len(serious):
        yield module.problem(
            f"{len(same)} of {len(serious)} serious adverse events, such as '{same[0].text('term')}', are listed with"
            " the same numbers of participants among the other events",
            "otherEvents",
            hint="take the serious events out of the table of other events",
            related=same,
        )


_about_events = pattern(r"(?i)\badverse (?:event|reaction|effect)|\bside[- ]effect|\btoxicit|\b(?:AE|SAE|TEAE|ADR)s?\b")


def _counted_events(measure: Node) -> Node | None:
    """Return the first number above zero of an outcome that counts adverse events in participants."""
    counted = (
        "participant" in measure.text("unitOfMeasure").casefold() or "event" in measure.text("unitOfMeasure").casefold()
    )
    if not counted or not _about_events().search(measure.text("title")):
        return None
    return next((value.node for value in values(measure) if (value.number or 0) > 0), None)


@rule(
    "RES028",
    "adverse-events-collected-not-reported",
    severity=WARNING,
    at=EVENTS,
    when=lambda module: not module.get("seriousEvents") and not module.get("otherEvents"),
    examples=[
        bad({_SERIOUS: None, _OTHER: None}, base="results", path=_PATH[:-1],
            note="an outcome counts participants with adverse events"),
        bad({_SERIOUS: None, _OTHER: None, _SECOND: None, _REASON + ".type": "Adverse Event"}, base="results"),
        good(base="results"),
        good({_SERIOUS: None, _OTHER: None, _SECOND: None}, base="results", note="nobody had an event"),
        good({_SERIOUS: None, _OTHER: None, _SECOND + ".classes[0].categories[0].measurements": [
              {"groupId": "OG000", "value": "0"}]}, base="results"),
        good({_SERIOUS: None, _OTHER: None, _SECOND + ".title": "Number of Participants With Tenderness"},
             base="results"),
    ],
)  # fmt: skip
def adverse_events_collected_not_reported(module: Node, ctx: Context) -> Iterator[Problem]:
    """No adverse event is listed, but an outcome counts some, or participants left because of one.

    Why: results have to list the adverse events that were collected; the tables are empty although there were some.
    What to do: list the adverse events, or correct the outcome or the reasons not completed.
    False positives: outcomes without a number above zero and outcomes that do not count participants or events are
    left alone, as are so few participants who left that their event may stay below the threshold of the table.
    Source: PRS major comments (adverse events collected but not reported),
    https://prsinfo.clinicaltrials.gov/MajorComments.html
    """
    places: list[Node] = []
    for measure in ctx.root.child("resultsSection", "outcomeMeasuresModule").items("outcomeMeasures"):
        place = _counted_events(measure)
        if place is not None:
            places.append(place)
    for period in ctx.memo(flow).periods:
        for reason, counts in period.reasons:
            if reason.casefold() == "adverse event":
                places += [count.node for count in counts.values() if count.number > _unlisted(module)]
    if places and ctx.shown("resultsSection", "adverseEventsModule", "otherEvents"):
        measured = places[0].path[1] == "outcomeMeasuresModule"
        says = "an outcome counts some" if measured else "participants left because of one"
        yield module.problem(
            f"no adverse event is listed, but {says}",
            hint="list the adverse events, or correct the place that speaks of them",
            related=places,
        )


def _unlisted(module: Node) -> float:
    """Return how many may have had an event that stays below the threshold of the table, in the smallest group."""
    at_risk = [group.get("otherNumAtRisk") or 0 for group in module.get("eventGroups") or ()]
    return min(at_risk, default=0) * (number(module.get("frequencyThreshold")) or 0) / 100


def _term_as_vocabulary(events: list[dict[str, Any]]) -> bool:
    return any(map(_is_term, events))


def _is_term(event: _Row) -> bool:
    """Say whether the vocabulary of an event, of which the registry keeps 20 characters, is its term."""
    vocabulary = event.get("sourceVocabulary")
    if not vocabulary or len(vocabulary) < 4:
        return False
    return (event.get("term") or "").casefold().startswith(vocabulary.casefold().rstrip())


@rule(
    "RES081",
    "vocabulary-repeats-term",
    severity=NOTE,
    at=(EVENTS + ".seriousEvents", EVENTS + ".otherEvents"),
    when=_term_as_vocabulary,
    examples=[
        bad({_OTHER + "[0].sourceVocabulary": "Nausea"}, base="results", path=_PATH + "otherEvents/0/sourceVocabulary"),
        bad({_OTHER + "[0].term": "Oropharyngeal discomfort", _OTHER + "[0].sourceVocabulary": "Oropharyngeal discom"},
            base="results", note="cut off at 20 characters"),
        good(base="results"),
        good({_OTHER + "[0].sourceVocabulary": "CTCAE 5.0"}, base="results"),
        good({_OTHER + "[0].sourceVocabulary": None}, base="results"),
    ],
)  # fmt: skip
def vocabulary_repeats_term(events: Node, ctx: Context) -> Iterator[Problem]:
    """The source vocabulary of an adverse event is the term itself.

    Why: the field names the dictionary from which the term was taken, such as MedDRA 26.0; the term tells nobody that.
    What to do: enter name and version of the vocabulary, once as the default of the table.
    False positives: a vocabulary that does not begin the term is left alone, known to us or not.
    Source: ClinicalTrials.gov results data elements, Source Vocabulary Name,
    https://clinicaltrials.gov/policy/results-definitions#AdverseEventVocab
    """
    found = [event for event in events.items() if _is_term(event.value)]
    yield found[0].problem(
        f"'{found[0].text('sourceVocabulary')}' is the term of the event, not the vocabulary it was taken from"
        f"{and_more(len(found) - 1, 'terms')}",
        "sourceVocabulary",
        hint="enter name and version of the vocabulary, such as MedDRA 26.0",
        related=[event.child("sourceVocabulary") for event in found[1:]],
    )
