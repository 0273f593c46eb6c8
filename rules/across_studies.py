"""XRC: studies of one sponsor that look like one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lint.api import MEDIUM, NOTE, WARNING, Clash, Context, Fact, Node, across, bad, good, parse_date
from lint.rules.readers.titles import are_apart, are_near, plain_title

_SPONSOR = "sponsorCollaboratorsModule.leadSponsor.name"
_BRIEF, _OFFICIAL = "identificationModule.briefTitle", "identificationModule.officialTitle"
_START, _COUNT = "statusModule.startDateStruct.date", "designModule.enrollmentInfo.count"
_NAME = "armsInterventionsModule.interventions[0].name"
_MEASURE = "outcomesModule.primaryOutcomes[0].measure"
_P = "/protocolSection/"
_DAYS_APART = 92
"""Start dates of one study, registered twice, that differ by more are not expected."""
_FEWEST_WORDS = 4
"""Shorter titles are phrases."""


class _Study(NamedTuple):
    """The titles of a study and its design: type, start date, names of interventions, first primary outcome."""

    brief: str
    official: str
    kind: str
    start: str
    interventions: str
    outcome: str


def _studies(section: Node, ctx: Context) -> Iterator[Fact]:
    """Yield a study as ``_Study`` has it, under its sponsor and number of participants."""
    sponsor = section.text("sponsorCollaboratorsModule", "leadSponsor", "name").casefold()
    count = section.get("designModule", "enrollmentInfo", "count")
    title = section.child("identificationModule", "briefTitle")
    start = section.get("statusModule", "startDateStruct", "date")
    if not (sponsor and count and start and title.value):
        return
    names = sorted(one.text("name").casefold() for one in section.items("armsInterventionsModule", "interventions"))
    outcomes = section.items("outcomesModule", "primaryOutcomes")
    study = _Study(
        title.text(),
        section.text("identificationModule", "officialTitle"),
        section.get("designModule", "studyType") or "",
        start,
        "; ".join(names),
        outcomes[0].text("measure") if outcomes else "",
    )
    yield title.fact(f"{sponsor}|{count}", *study)


_OTHER_WORDS = "Exampline Compared With Placebo in Adults Who Have Chronic Migraine"


@across(
    "XRC002",
    "same-study-twice",
    severity=WARNING,
    confidence=MEDIUM,
    facts=_studies,
    examples=[
        bad(also=[{}], path=_P + "identificationModule/briefTitle"),
        bad({_OFFICIAL: None}, note="in other words",
            also=[{_BRIEF: "Exampline Vs. Placebo for Adults With Chronic Migraine", _OFFICIAL: None}]),
        bad(also=[{_START: "2023-04"}], note="a month apart"),
        good(also=[{_SPONSOR: "Another Sponsor"}]),
        good(also=[{_COUNT: 60}], note="another size"),
        good(also=[{_START: "2024-09"}], note="another year"),
        good(also=[{_NAME: "Specimab"}], note="another drug"),
        good({_BRIEF: "Exampline in Migraine, Part A", _OFFICIAL: None},
             also=[{_BRIEF: "Exampline in Migraine, Part B", _OFFICIAL: None}]),
        good({_BRIEF: "Exampline in Adults With Migraine", _OFFICIAL: None},
             also=[{_BRIEF: "Exampline in Children With Migraine", _OFFICIAL: None}]),
        good({_BRIEF: "Exampline Versus Placebo in Migraine", _OFFICIAL: None},
             also=[{_BRIEF: "Extension of Exampline Versus Placebo in Migraine", _OFFICIAL: None}]),
        good(also=[{_MEASURE: "Number of participants with a relapse within one year"}], note="another outcome"),
    ],
)  # fmt: skip
def same_study_twice(facts: Sequence[Fact]) -> Iterator[Clash]:
    """Two records of one sponsor have nearly the same title and the same design: probably one study.

    Why: a study that is registered twice counts twice in every overview. The registry joined 41 of 3,965 records
    that were looked at with an earlier registration of the same study.
    What to do: if it is one study, ask the registry to withdraw the later registration; if not, say in the titles
    what sets them apart.
    False positives: sister studies have nearly the same title, too. Therefore type, number of participants,
    interventions and primary outcome must agree, the start must lie within three months, and no number, part, drug,
    age group or phase may differ in the title; extension studies and follow-ups are left alone.
    Source: https://doi.org/10.1186/s13063-015-0672-x; PRS protocol definitions, Brief Title,
    https://clinicaltrials.gov/policy/protocol-definitions#BriefTitle
    """
    studies: list[tuple[_Study, Fact]] = []
    for fact in facts:
        study = _Study(*map(str, fact.values))
        first = next((earlier for other, earlier in studies if _are_one(other, study)), None)
        if first is None:
            studies.append((study, fact))
        else:
            yield fact.clash(
                f"{first.whose} of the same sponsor has nearly the same title, and the same number of participants, "
                "interventions and primary outcome",
                hint="if it is one study, keep the earlier registration; if not, say in the titles what is different",
                related=[first],
            )


def _are_one(one: _Study, other: _Study) -> bool:
    titles = [(one.brief, other.brief), (one.official, other.official)]
    return (
        one.kind == other.kind
        and not any(are_apart(*pair) for pair in titles if all(pair))
        and any(are_near(*pair) for pair in titles)
        and _are_close(one.start, other.start)
        and (one.interventions == other.interventions or are_near(one.interventions, other.interventions))
        and (one.outcome == other.outcome or are_near(one.outcome, other.outcome))
    )


def _are_close(one: str, other: str) -> bool:
    first, second = parse_date(one), parse_date(other)
    if first is None or second is None:
        return False
    return abs((first.first - second.first).days) <= _DAYS_APART


def _titles(section: Node, ctx: Context) -> Iterator[Fact]:
    """Yield each title under the sponsor, the official one with the brief one."""
    sponsor = section.text("sponsorCollaboratorsModule", "leadSponsor", "name").casefold()
    brief = " ".join(plain_title(section.text("identificationModule", "briefTitle")))
    for name in ("briefTitle", "officialTitle"):
        title = section.child("identificationModule", name)
        words = plain_title(title.text())
        if len(words) >= _FEWEST_WORDS:
            yield title.fact(f"{sponsor}|{name}|{' '.join(words)}", brief if name == "officialTitle" else "")


@across(
    "XRC016",
    "same-title-twice",
    severity=NOTE,
    facts=_titles,
    examples=[
        bad({_OFFICIAL: None}, also=[{_OFFICIAL: None, _COUNT: 60}], path=_P + "identificationModule/briefTitle"),
        bad(also=[{_BRIEF: _OTHER_WORDS}], note="the official title"),
        bad({_OFFICIAL: None}, note="capitals and punctuation make no difference",
            also=[{_BRIEF: "EXAMPLINE VERSUS PLACEBO IN ADULTS WITH CHRONIC MIGRAINE.", _OFFICIAL: None}]),
        good({_OFFICIAL: None}, also=[{_BRIEF: _OTHER_WORDS, _OFFICIAL: None}]),
        good(also=[{_SPONSOR: "Another Sponsor"}]),
        good({_BRIEF: "Exampline in Migraine", _OFFICIAL: None}, note="a phrase rather than a title",
             also=[{_BRIEF: "Exampline in Migraine", _OFFICIAL: None}]),
    ],
)  # fmt: skip
def same_title_twice(facts: Sequence[Fact]) -> Iterator[Clash]:
    """Two records of one sponsor have the same title.

    Why: in a list of studies nobody can tell them apart, and mentions of one are taken for the other.
    What to do: say in the titles what sets the studies apart: the part, the population, the dose, the year.
    False positives: twin trials by one protocol are meant to be alike; they are better told apart all the same.
    Titles of fewer than four words are left alone.
    Source: PRS protocol definitions, Brief Title and Official Title,
    https://clinicaltrials.gov/policy/protocol-definitions#BriefTitle
    """
    first, *others = facts
    for fact in others:
        is_brief = fact.path[-1] == "briefTitle"
        if is_brief or fact.values != first.values:
            yield fact.clash(
                f"{first.whose} of the same sponsor has the same {'brief' if is_brief else 'official'} title",
                hint="say in the titles what sets the studies apart",
                related=[first],
            )
