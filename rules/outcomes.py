"""OUT: outcome measures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lint.api import (
    ERROR,
    NOTE,
    WARNING,
    Context,
    Node,
    Problem,
    Severity,
    bad,
    good,
    pattern,
    rule,
)
from lint.rules.readers.facts import FINAL_RULE, study_facts
from lint.rules.readers.outcomes import Outcome, outcome_measures, repeated_outcomes
from lint.rules.readers.timeline import REGISTRATION_LAW, timeline

_MODULE = "$.protocolSection.outcomesModule"
_PATH = "/protocolSection/outcomesModule/"
_NO_OUTCOMES = frozenset({"EXPANDED_ACCESS", ""})

_GENERIC = (
    "safety|tolerability|toleration|efficacy|effectiveness|feasibility|acceptability|satisfaction|toxicity|"
    "pharmacokinetics?|pharmacodynamics?|quality of life|outcomes?"
)
_nonspecific = pattern(
    rf"(?:(?:the|overall|general|clinical|patient|primary|secondary|drug|short-term|long-term|treatment) )*"
    rf"(?:{_GENERIC})(?:(?:,| ?/| ?&| and|, and| or) (?:{_GENERIC}))*"
    r"(?: \((?:qol|pk|pd)\))?"
    r"(?: (?:profile|evaluation|assessments?|parameters?|data|endpoints?|measures?|variables?|outcomes?|results?|"
    r"analysis|variables))*"
    r"(?: (?:of|with) (?:the )?(?:study |investigational )?(?:treatments?|interventions?|drugs?|therapy|procedure|"
    r"products?|medication|program|programme))?"
)
_acronym = pattern(r"[A-Z][A-Za-z0-9/-]{1,9}")
_objective = pattern(
    r"to (?:assess|evaluate|determine|compare|investigate|explore|examine|demonstrate|characteri[sz]e|describe|"
    r"estimate|study|show|test|analy[sz]e|measure|confirm|establish|identify|observe|find out|verify)\b"
)
_CAPITALS = frozenset({"AGE", "DEATH", "MOOD", "NAUSEA", "PAIN", "RELAPSE", "SAFETY", "SLEEP", "STRESS", "WEIGHT"})
"""Words, not abbreviations, where somebody writes titles in capitals."""
_KNOWN_ACRONYMS = frozenset(
    {"BMI", "IGE", "HBA1C", "A1C", "HGBA1C", "HGA1C", "HB-A1C", "CRP", "LDL", "HDL", "LDL-C", "HDL-C", "PSA", "MRI",
     "ECG", "EEG", "INR", "DNA", "RNA", "SPO2", "CD4", "HIV", "PH", "IQ"}
)  # fmt: skip


def _since(ctx: Context, day: date) -> bool:
    """Say whether the record was registered (or, where that is not known, began) after a day, or not at all yet."""
    dates = ctx.memo(timeline)
    known = dates.registered or dates.start
    return known is None or known.date.last >= day


def _milder_if_old(ctx: Context) -> Severity | None:
    """Return the severity of an absence where it was not always asked for; None is that of the rule."""
    if _since(ctx, FINAL_RULE):
        return None
    return WARNING if _since(ctx, REGISTRATION_LAW) else NOTE


@rule(
    "OUT001",
    "no-primary-outcome",
    severity=ERROR,
    at="$.protocolSection",
    examples=[
        bad({"outcomesModule": None}, path="/protocolSection"),
        bad({"outcomesModule.primaryOutcomes": None}, path="/protocolSection/outcomesModule"),
        bad({"outcomesModule.primaryOutcomes": []}, base="observational"),
        good(),
        bad({"outcomesModule": None, "statusModule.studyFirstSubmitDate": "2005-09-01"}, note="a note"),
        good(base="expanded_access"),
        good({"outcomesModule": None, "statusModule.overallStatus": "WITHHELD"}),
        good(source="Exampline in Adults\n\nNCT ID: NCT09900001\n\nBasic Information\n\nRecruitment Status\n\n"
             "RECRUITING\n\nStudy Classification\n\nINTERVENTIONAL\n", note="a page without outcomes"),
    ],
)  # fmt: skip
def no_primary_outcome(protocol: Node, ctx: Context) -> Iterator[Problem]:
    """The study has no primary outcome measure.

    Why: without one nobody can tell what the study is to show, nor whether it was changed later.
    What to do: enter at least one primary outcome measure with its time frame.
    False positives: expanded access and withheld records have none; pages that do not show outcomes and exports of
    chosen fields prove nothing. Records registered before 18 January 2017 get a warning, those from before
    26 December 2007 a note.
    Source: PRS protocol definitions, Primary Outcome Measure Information,
    https://clinicaltrials.gov/policy/protocol-definitions#PrimaryOMInfo
    """
    if protocol.get("outcomesModule", "primaryOutcomes"):
        return
    facts = ctx.memo(study_facts)
    if facts.study_type in _NO_OUTCOMES or facts.withheld or not ctx.shown("protocolSection", "outcomesModule"):
        return
    module = protocol.child("outcomesModule")
    where, member = (protocol, "outcomesModule") if module.value is None else (module, "primaryOutcomes")
    yield where.problem(
        "the study has no primary outcome measure",
        hint="enter at least one, with the metric and the time frame",
        missing=member,
        severity=_milder_if_old(ctx),
    )


@rule(
    "OUT002",
    "time-frame-missing",
    severity=ERROR,
    at=_MODULE,
    examples=[
        bad({"outcomesModule.primaryOutcomes[0].timeFrame": None}, path=_PATH + "primaryOutcomes/0"),
        bad({"outcomesModule.secondaryOutcomes[0].timeFrame": " "}),
        good(),
        good({"outcomesModule.primaryOutcomes[0].timeFrame": "12 weeks"}),
        good({"outcomesModule.primaryOutcomes[0].timeFrame": None, "statusModule.studyFirstSubmitDate": "2005-09-01"},
             note="the field did not exist yet"),
    ],
)  # fmt: skip
def time_frame_missing(module: Node, ctx: Context) -> Iterator[Problem]:
    """An outcome measure has no time frame.

    Why: a score after a week and a score after a year are different outcomes; without the time frame results cannot
    be held against the plan.
    What to do: say when it is measured, for each participant.
    False positives: records registered before 18 January 2017 get a warning, those from before 26 December 2007, when
    many wrote the time into the title, none.
    Source: PRS protocol definitions, Time Frame, https://clinicaltrials.gov/policy/protocol-definitions#PrimaryOMTimeFrame
    """
    without = [outcome for outcome in ctx.memo(outcome_measures) if not (outcome.value.get("timeFrame") or "").strip()]
    if not without or not _since(ctx, REGISTRATION_LAW):
        return
    first, *others = without
    more = f" and {len(others)} more" if others else ""
    yield first.node.problem(
        f"the {first.kind} outcome '{_shortened(first)}'{more} {'have' if others else 'has'} no time frame",
        hint="say when it is measured, for each participant (such as 'week 12')",
        missing="timeFrame",
        related=[outcome.node for outcome in others],
        severity=_milder_if_old(ctx),
    )


@rule(
    "OUT005",
    "outcome-title-nonspecific",
    severity=WARNING,
    at=_MODULE,
    examples=[
        bad({"outcomesModule.primaryOutcomes[0].measure": "Safety"}, path=_PATH + "primaryOutcomes/0/measure"),
        bad({"outcomesModule.primaryOutcomes[0].measure": "Safety and tolerability of the study drug"}),
        bad({"outcomesModule.secondaryOutcomes[0].measure": "Quality of life (QoL)"}),
        good(),
        good({"outcomesModule.primaryOutcomes[0].measure":
              "Number of participants with adverse events of grade 3 or higher (CTCAE v5)"}),
        good({"outcomesModule.primaryOutcomes[0].measure": "Quality of life: SF-36"}, note="names the tool"),
    ],
)  # fmt: skip
def outcome_title_nonspecific(module: Node, ctx: Context) -> Iterator[Problem]:
    """The title of an outcome measure names a field only: safety, efficacy, quality of life.

    Why: such a title can be filled with any result afterwards; the registry's own check warns of it.
    What to do: name what is measured and how: "number of participants with ...", "change from baseline in ... score".
    False positives: where the description says what is measured it is a note.
    Source: PRS release of June 2018 (warning for non-specific titles),
    https://phusedisclosure.xogene.com/2018/06/27/june-2018-whats-new-on-clonicaltrials-gov-prs/
    """
    for outcome in ctx.memo(outcome_measures):
        if len(outcome.folded) < 90 and _nonspecific().fullmatch(outcome.folded):
            described = len(outcome.node.text("description")) > 60
            yield outcome.title.problem(
                f"'{outcome.measure}' names a field, not what is measured",
                hint="name the measurement: 'number of participants with ...', 'change from baseline in ... score'",
                severity=NOTE if described else None,
            )


@rule(
    "OUT006",
    "duplicate-outcome",
    severity=WARNING,
    at=_MODULE,
    examples=[
        bad({"outcomesModule.secondaryOutcomes": [
                {"measure": "Objective response rate", "timeFrame": "12 weeks"},
                {"measure": "Objective Response Rate.", "timeFrame": "12 weeks"}]},
            path=_PATH + "secondaryOutcomes/1/measure"),
        bad({"outcomesModule.primaryOutcomes": [{"measure": "Pain", "timeFrame": "1 hour"},
                                                {"measure": "Pain", "timeFrame": "1 hour"}]}),
        good({"outcomesModule.secondaryOutcomes": [
                {"measure": "Objective response rate", "timeFrame": "12 weeks"},
                {"measure": "Objective response rate", "timeFrame": "24 weeks"}]}),
        good({"outcomesModule.secondaryOutcomes": [
                {"measure": "Objective response rate", "timeFrame": "12 weeks", "description": "By the investigator"},
                {"measure": "Objective response rate", "timeFrame": "12 weeks", "description": "By central review"}]}),
    ],
)  # fmt: skip
def duplicate_outcome(module: Node, ctx: Context) -> Iterator[Problem]:
    """An outcome measure is listed twice with the same time frame.

    Why: one of them is a copy that was to become something else, or results will be asked for twice.
    What to do: delete the copy, or say in title or description what tells the two apart.
    False positives: the same title with another time frame or another description is left alone; the same measure as
    primary and secondary outcome is for OUT007.
    Source: CDISC USDM conformance rules, DDF00010, https://www.cdisc.org/ddf
    """
    for group in ctx.memo(repeated_outcomes):
        for names in (("primary",), ("secondary", "other")):
            same = [outcome for outcome in group if outcome.kind in names]
            if len(same) > 1:
                first, copy, *others = same
                yield copy.title.problem(
                    f"'{copy.measure}' is listed {len(same)} times with the same time frame",
                    hint="delete the copy, or say what tells the outcomes apart",
                    related=[first.title, *(other.title for other in others)],
                )


@rule(
    "OUT007",
    "same-measure-primary-and-secondary",
    severity=WARNING,
    at=_MODULE,
    examples=[
        bad({"outcomesModule.secondaryOutcomes[0]": {
                "measure": "Change from baseline in monthly headache days",
                "timeFrame": "Baseline and weeks 21 to 24"}},
            path=_PATH + "secondaryOutcomes/0/measure"),
        bad({"outcomesModule.primaryOutcomes[0]": {"measure": "Overall survival", "timeFrame": "5 years"},
             "outcomesModule.otherOutcomes": [{"measure": "Overall Survival", "timeFrame": "5 years"}]}),
        good({"outcomesModule.secondaryOutcomes[0]": {
                "measure": "Change from baseline in monthly headache days", "timeFrame": "Baseline and week 52"}}),
        good({"outcomesModule.secondaryOutcomes[0]": {
                "measure": "Change from baseline in monthly headache days", "timeFrame": "Baseline and weeks 21 to 24",
                "description": "In participants with aura"}}, note="a subgroup"),
        good(),
    ],
)  # fmt: skip
def same_measure_primary_and_secondary(module: Node, ctx: Context) -> Iterator[Problem]:
    """The same measure with the same time frame is a primary and a secondary outcome.

    Why: the primary outcome decides about the result of the study; it must be clear which one that is.
    What to do: delete it from one of the lists.
    False positives: another time frame or another description (a subgroup, a central reading) is left alone.
    Source: PRS protocol definitions, Secondary Outcome Measure Information,
    https://clinicaltrials.gov/policy/protocol-definitions#SecondaryOMInfo
    """
    for group in ctx.memo(repeated_outcomes):
        primary = [outcome for outcome in group if outcome.kind == "primary"]
        others = [outcome for outcome in group if outcome.kind != "primary"]
        if primary and others:
            yield others[0].title.problem(
                f"'{others[0].measure}' is both a primary and a {others[0].kind} outcome with the same time frame",
                hint="delete it from one of the lists",
                related=[primary[0].title],
            )


@rule(
    "OUT012",
    "outcome-acronym-only",
    severity=WARNING,
    at=_MODULE,
    examples=[
        bad({"outcomesModule.primaryOutcomes[0]": {"measure": "ORR", "timeFrame": "12 weeks"}},
            path=_PATH + "primaryOutcomes/0/measure"),
        bad({"outcomesModule.secondaryOutcomes": [{"measure": "PFS", "timeFrame": "1 year"},
                                                  {"measure": "OS", "timeFrame": "1 year"}]}),
        good({"outcomesModule.primaryOutcomes[0].measure": "Objective response rate (ORR)"}),
        good({"outcomesModule.primaryOutcomes[0].measure": "HbA1c"}),
        good({"outcomesModule.primaryOutcomes[0].measure": "BMI"}),
        good({"outcomesModule.primaryOutcomes[0].measure": "PAIN"}, note="a word in capitals"),
        good({"outcomesModule.primaryOutcomes[0].measure": "Mortality"}),
    ],
)  # fmt: skip
def outcome_acronym_only(module: Node, ctx: Context) -> Iterator[Problem]:
    """The title of an outcome measure is nothing but an abbreviation.

    Why: the public cannot read it, and one abbreviation has many meanings.
    What to do: write it out, with the abbreviation behind it in brackets.
    False positives: abbreviations that are better known than the words (BMI, HbA1c, IL-6) are left alone; where the
    description explains it, it is a note.
    Source: PRS protocol definitions, Primary Outcome Measure, Title,
    https://clinicaltrials.gov/policy/protocol-definitions#PrimaryOMTitle
    """
    found = [outcome for outcome in ctx.memo(outcome_measures) if _is_acronym(outcome.measure)]
    if found:
        yield found[0].title.problem(
            f"'{found[0].measure}'{_and_more(found, 'is an abbreviation', 'are abbreviations')} only",
            hint="write it out, with the abbreviation behind it in brackets",
            related=[outcome.title for outcome in found[1:]],
            severity=NOTE if all(len(outcome.node.text("description")) > 15 for outcome in found) else None,
        )


def _is_acronym(title: str) -> bool:
    if not 2 <= len(title) <= 10 or not _acronym().fullmatch(title):
        return False
    if title.upper() in _KNOWN_ACRONYMS or title in _CAPITALS or title.startswith("IL-"):
        return False
    return sum(letter.isupper() for letter in title) >= max(2, sum(letter.islower() for letter in title))


@rule(
    "OUT013",
    "outcome-written-as-objective",
    severity=WARNING,
    at=_MODULE,
    examples=[
        bad({"outcomesModule.primaryOutcomes[0].measure": "To evaluate safety"},
            path=_PATH + "primaryOutcomes/0/measure"),
        bad({"outcomesModule.secondaryOutcomes[0].measure": "to compare headache days in the two groups"}),
        good({"outcomesModule.primaryOutcomes[0].measure": "Incidence of serious adverse events"}),
        good({"outcomesModule.primaryOutcomes[0].measure": "Time to progression"}),
        good({"outcomesModule.primaryOutcomes[0].measure": "To-do list completion rate"}),
    ],
)  # fmt: skip
def outcome_written_as_objective(module: Node, ctx: Context) -> Iterator[Problem]:
    """The title of an outcome measure says why something is done, not what is measured.

    Why: an objective ("to evaluate ...") has no value that could be reported.
    What to do: name the measurement: "incidence of ...", "change from baseline in ...".
    False positives: titles such as "time to progression" do not begin with an aim and are left alone.
    Source: PRS protocol definitions, Primary Outcome Measure, Title,
    https://clinicaltrials.gov/policy/protocol-definitions#PrimaryOMTitle
    """
    found = [
        outcome
        for outcome in ctx.memo(outcome_measures)
        if outcome.folded.startswith("to ") and _objective().match(outcome.folded)
    ]
    if found:
        yield found[0].title.problem(
            f"'{_shortened(found[0])}'{_and_more(found, 'is an objective', 'are objectives')}, not what is measured",
            hint="name what is measured: 'incidence of ...', 'change from baseline in ...'",
            related=[outcome.title for outcome in found[1:]],
        )


def _and_more(found: list[Outcome], one: str, several: str) -> str:
    more = len(found) - 1
    return f" and {more} more title{'s' if more > 1 else ''} {several}" if more else f" {one}"


def _shortened(outcome: Outcome) -> str:
    title = outcome.measure
    return title if len(title) <= 60 else f"{title[:57]}..."
