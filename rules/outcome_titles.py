"""OUT: titles and descriptions of outcomes that say nothing of their own, and results told in the protocol."""

from __future__ import annotations

from collections.abc import Iterator

from lint.api import (
    MEDIUM,
    NOTE,
    STRICT,
    WARNING,
    Context,
    Edit,
    Fix,
    Match,
    Node,
    Problem,
    bad,
    good,
    pattern,
    rule,
    text_rule,
)
from lint.rules.readers.facts import study_facts
from lint.rules.readers.fields import EVERY_TEXT
from lint.rules.readers.outcomes import Outcome, outcome_measures

_MODULE = "$.protocolSection.outcomesModule"
_PATH = "/protocolSection/outcomesModule/"
_FIRST = "outcomesModule.primaryOutcomes[0]"
_TITLE_SOURCE = "https://clinicaltrials.gov/policy/protocol-definitions#PrimaryOMTitle"


def _more(found: list[Outcome], one: str, several: str) -> str:
    """Say how many other titles there are, and end the sentence in the right number."""
    others = len(found) - 1
    return f" and {others} more {several}" if others else f" {one}"


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57].rstrip()}..."


@rule(
    "OUT016",
    "outcome-copy-of-condition-or-title",
    severity=NOTE,
    at=_MODULE,
    examples=[
        bad({_FIRST + ".measure": "Chronic migraine"}, path=_PATH + "primaryOutcomes/0/measure"),
        bad({_FIRST + ".measure": "Exampline"}, note="the name of the drug"),
        bad({_FIRST + ".measure": "Exampline Versus Placebo in Adults With Chronic Migraine"}),
        good(),
        good({_FIRST + ".measure": "Ascites volume on ultrasound", "conditionsModule.conditions": ["Ascites"]}),
        good({_FIRST + ".measure": "Number of participants with chronic migraine"}),
        good({_FIRST + ".measure": "Insulin Sensitivity", "conditionsModule.conditions": ["Insulin Sensitivity"]},
             note="something to measure"),
    ],
)  # fmt: skip
def outcome_copy_of_condition_or_title(module: Node, ctx: Context) -> Iterator[Problem]:
    """The title of an outcome is nothing but a condition, an intervention or the title of the study.

    Why: it names what is studied, not what is measured; any result fits it.
    What to do: name the measurement: "number of participants with ...", "change from baseline in ...".
    False positives: only exact copies count, in any case of the letters; names of tests, scores, levels and the like
    are left alone, because then the condition or the intervention is the misnomer (CND002).
    Source: PRS protocol definitions, Primary Outcome Measure, Title,
    https://clinicaltrials.gov/policy/protocol-definitions#PrimaryOMTitle
    """
    names = ctx.memo(_names_of_study)
    found = [outcome for outcome in ctx.memo(outcome_measures) if outcome.folded in names]
    found = [one for one in found if names[one.folded] == _STUDY_TITLE or not _MEASURABLE().search(one.folded)]
    if found:
        what = names[found[0].folded]
        count = len(found) - 1
        others = f"; {count} more {'title is a copy' if count == 1 else 'titles are copies'}, too" if count else ""
        yield found[0].title.problem(
            f"'{_shortened(found[0].measure)}' is {what}, not what is measured{others}",
            hint="name the measurement: 'number of participants with ...', 'change from baseline in ...'",
            related=[outcome.title for outcome in found[1:]],
        )


_MEASURABLE = pattern(
    "test|score|scale|inventory|analys|sensitiv|pressure|function|level|rate|index|quality|evaluation|assess|loss|density"
    "|mortality|survival|death|satisfaction|time|volume|count|concentration|weight|pain|gain|adheren|complian|accura"
    "|variab|stress|fatigue|questionnaire|toleran|length|duration|cost|consumption|literacy|reduction|increase|load|intake"
)


_STUDY_TITLE = "the title of the study"


def _names_of_study(ctx: Context) -> dict[str, str]:
    """Return the conditions, interventions and titles in small letters, each with what it is."""
    identification = ctx.get("identificationModule") or {}
    names = {}
    for member in ("briefTitle", "officialTitle"):
        names[(identification.get(member) or "").casefold()] = _STUDY_TITLE
    for intervention in ctx.get("armsInterventionsModule.interventions") or ():
        names[(intervention.get("name") or "").casefold()] = "the name of an intervention"
    for condition in ctx.get("conditionsModule.conditions") or ():
        names[(condition or "").casefold()] = "a condition"
    names.pop("", None)
    return names


_BEGINS_WITH_MARK = pattern(r"(?:[•·*▪◦●]|[-–](?= )|\(?[0-9]{1,2}[.)](?=[ A-Z])(?! ?[0-9]))[ \t]*")
_MARK_STARTS = frozenset("•·*▪◦●-–(0123456789")


@rule(
    "OUT021",
    "outcome-title-begins-with-bullet",
    severity=NOTE,
    at=_MODULE,
    fixable=True,
    examples=[
        bad({_FIRST + ".measure": "• Days with headache"}, path=_PATH + "primaryOutcomes/0/measure"),
        bad({"outcomesModule.secondaryOutcomes[0].measure": "2. Use of rescue medication"}),
        bad({_FIRST + ".measure": "- Days with headache"}),
        good(),
        good({_FIRST + ".measure": "6-minute walk distance"}),
        good({_FIRST + ".measure": "1.5 T MRI lesion count"}, note="a number of the name"),
        good({_FIRST + ".measure": "(1,3)-beta-D-glucan in serum"}, note="a chemical name"),
        good({_FIRST + ".measure": "-80 mmHg dressing: healed wounds"}),
    ],
)  # fmt: skip
def outcome_title_begins_with_bullet(module: Node, ctx: Context) -> Iterator[Problem]:
    """The title of an outcome begins with a bullet or a number of a list.

    Why: the registry numbers the outcomes itself; the mark comes from a pasted list and suggests that entries are
    missing or in the wrong order.
    What to do: delete the mark.
    False positives: numbers that belong to a name (6-minute walk, 1.5 T) are left alone.
    Source: PRS protocol definitions, Primary Outcome Measure, Title,
    https://clinicaltrials.gov/policy/protocol-definitions#PrimaryOMTitle
    """
    found = [
        outcome
        for outcome in ctx.memo(outcome_measures)
        if outcome.measure[:1] in _MARK_STARTS and outcome.measure and _BEGINS_WITH_MARK().match(outcome.measure)
    ]
    if found:
        edits = [
            Edit((*outcome.path, "measure"), _BEGINS_WITH_MARK().sub("", outcome.measure, count=1).lstrip("•·* "))
            for outcome in found
        ]
        yield found[0].title.problem(
            f"'{_shortened(found[0].measure)}'{_more(found, 'begins', 'begin')} with a mark of a list",
            hint="delete the mark; the registry numbers the outcomes itself",
            related=[outcome.title for outcome in found[1:]],
            fix=Fix("delete the marks", tuple(edits), safe=True),
        )


@rule(
    "OUT022",
    "outcome-description-repeats-title",
    severity=NOTE,
    profiles=STRICT,
    at=_MODULE,
    examples=[
        bad({_FIRST + ".description": "Change from baseline in monthly headache days."},
            path=_PATH + "primaryOutcomes/0/description"),
        bad({"outcomesModule.secondaryOutcomes[0].description":
             "Number of participants with treatment-emergent adverse events"}),
        good(),
        good({_FIRST + ".description": None}),
        good({_FIRST + ".description": "Change from baseline in monthly headache days, from the diary"}),
    ],
)  # fmt: skip
def outcome_description_repeats_title(module: Node, ctx: Context) -> Iterator[Problem]:
    """The description of an outcome only repeats its title.

    Why: the description is there to say how the outcome is measured; a repetition hides that nothing is said.
    What to do: describe method, unit and scale of the measurement, or leave the description out.
    False positives: a description that adds a single word is left alone.
    Source: PRS protocol definitions, Primary Outcome Measure, Description,
    https://clinicaltrials.gov/policy/protocol-definitions#PrimaryOMDescription
    """
    found = [
        outcome
        for outcome in ctx.memo(outcome_measures)
        if outcome.folded
        and abs(len(outcome.value.get("description") or "") - len(outcome.measure)) < 4
        and outcome.words("description") == " ".join(outcome.folded.split())
    ]
    if found:
        titles = "titles" if len(found) > 1 else "title"
        yield found[0].node.problem(
            f"the description of '{_shortened(found[0].measure)}'{_more(found, 'repeats', 'repeat')} the {titles}",
            "description",
            hint="describe how it is measured, or leave the description out",
            related=[outcome.node.child("description") for outcome in found[1:]],
        )


_OVER = frozenset({"COMPLETED", "TERMINATED"})
_TOLD_IN = frozenset({"briefSummary", "detailedDescription"})
_OTHERS_WORK = ("[", "(1", "et al", "earlier", "previous", "prior")
_REASONS = ("do not know", "not known", "unknown", "unclear", "preliminary", "pilot", "hypothes", " will ")
"""What follows when "this study" is one of others that led to the study."""
_TOLD_BEFORE = pattern(r"\b(?:RESULTS?|Results?) ?:")


@text_rule(
    "OUT017",
    "results-text-in-protocol",
    severity=WARNING,
    confidence=MEDIUM,
    fields=EVERY_TEXT,
    pattern=r"\b(?:(?:RESULTS?|Results?|CONCLUSIONS?|Conclusions?) ?:[ \n]"
    r"|(?:[Tt]his|[Tt]he present|[Oo]ur) (?:study|trial|results?) (?:showed|demonstrate[ds]|revealed|found) )",
    examples=[
        bad({"statusModule.overallStatus": "COMPLETED", "descriptionModule.briefSummary":
             "Exampline was compared with placebo.\n\nResults: headache days fell by four (p<0.05)."},
            path="/protocolSection/descriptionModule/briefSummary"),
        bad({"statusModule.overallStatus": "COMPLETED", "descriptionModule.detailedDescription":
             "Adults took exampline for 24 weeks. This study demonstrated that headache days fell by four."}),
        good(),
        good({"descriptionModule.briefSummary": "In an earlier trial headache days fell by four (p<0.05)."},
             note="background"),
        good({"descriptionModule.detailedDescription": "With 60 per group the power is 90 % (alpha 0.05)."}),
        good({"descriptionModule.briefSummary": "Conclusion: the trial will show whether exampline works."},
             note="the study is not over"),
        good({"statusModule.overallStatus": "COMPLETED", "descriptionModule.detailedDescription":
              "In Smith's trial [4] exampline worked. This study showed that doses above 50 mg are needed."},
             note="the study before"),
        good({"statusModule.overallStatus": "COMPLETED", "descriptionModule.detailedDescription":
              "Exampline may act on blood cells. This study demonstrated that these fell in responders. On the other "
              "hand, we do not know how they behave in adults with migraine."}, note="the reason for the study"),
    ],
)  # fmt: skip
def results_text_in_protocol(match: Match, ctx: Context) -> Iterator[Problem]:
    """A description in the protocol tells the results of the study.

    Why: results belong in the results section, where they are checked and complete; the registry sends such records
    back.
    What to do: delete the sentences, and report the results in the results section or link to the publication.
    False positives: only studies that are over are looked at, and only headings such as "Results:" and sentences about
    "this study"; background with a citation before it and power calculations are left alone.
    Source: PRS Major Comments (a free-text field seems to hold results), https://prsinfo.clinicaltrials.gov/MajorComments.html
    """
    if match.path[-1] not in _TOLD_IN or ctx.memo(study_facts).status not in _OVER:
        return
    start, end = match.span
    if _TOLD_BEFORE().search(match.text, 0, start):
        return
    is_heading = match[0].rstrip()[-1] == ":"
    before, after = match.text[max(0, start - 200) : start], match.text[end : end + (120 if is_heading else 800)]
    if is_heading and ((start and match.text[start - 1] not in "\n .*") or " will " in after or " may " in after):
        return
    if not is_heading and (any(mark in before for mark in _OTHERS_WORK) or any(mark in after for mark in _REASONS)):
        return
    yield match.problem(
        f"'{match.text[start : start + 60].strip()}...' tells results of the study",
        hint="delete it here, and report the results in the results section",
    )
