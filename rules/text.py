"""TXT: texts that say nothing or repeat another."""

from __future__ import annotations

from collections.abc import Iterator

from lint.api import ERROR, EVERY, WARNING, Context, Node, Problem, bad, good, rule
from lint.rules.readers.fields import EVERY_TEXT

_DESCRIPTION = "$.protocolSection.descriptionModule"
_SUMMARY = "descriptionModule.briefSummary"
_DETAILS = "descriptionModule.detailedDescription"
_SHORTEST_SUMMARY = 50
_LONGEST_TITLE = 400
_LONGEST_PLACEHOLDER = 40


@rule(
    "TXT001",
    "brief-summary-missing-or-too-short",
    severity=ERROR,
    profiles=EVERY,
    at=_DESCRIPTION,
    examples=[
        bad({_SUMMARY: "   "}, path="/protocolSection/descriptionModule/briefSummary"),
        bad({_SUMMARY: "A study of exampline."}, path="/protocolSection/descriptionModule/briefSummary"),
        bad({_SUMMARY: "Exampline versus placebo in adults with chronic migraine."}, note="the title again"),
        good(),
        good({_SUMMARY: "本研究比较示例药与安慰剂在成年慢性偏头痛患者中预防发作的效果和安全性，疗程二十四周，"
                        "每四周随访一次，并记录头痛日记。"}, note="characters count, not words"),
    ],
)  # fmt: skip
def brief_summary_too_short(description: Node, ctx: Context) -> Iterator[Problem]:
    """The brief summary is blank, too short to say anything, or only repeats the title.

    Why: it is what patients read first, and the registry requires it.
    What to do: say in a few sentences for lay people what is studied, in whom and why.
    False positives: characters are counted, not words, so that languages without blanks pass; a
    summary that is absent altogether is reported by SCH003.
    Source: PRS protocol definitions, Brief Summary, https://clinicaltrials.gov/policy/protocol-definitions#BriefSummary
    """
    summary = description.child("briefSummary")
    if summary.value is None or len(summary.value) > _LONGEST_TITLE:
        return
    text = summary.text()
    hint = "say in a few sentences what is studied, in whom and why"
    if not text:
        yield summary.problem("the brief summary is blank", hint=hint)
    elif _plain(text) == _plain(ctx.node("identificationModule.briefTitle").text()):
        yield summary.problem(f"'{text}' is the title again, not a summary", hint=hint)
    elif len(text) < _SHORTEST_SUMMARY:
        yield summary.problem(f"'{text}' is too short for a brief summary ({len(text)} characters)", hint=hint)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")


_PLACEHOLDERS = frozenset(
    {
        "tbd", "tba", "n/a", "n.a", "to be determined", "to be decided", "to be announced", "to be added",
        "to follow", "see protocol", "refer to protocol", "xx", "xxx", "xxxx", "lorem ipsum", "insert text",
        "-", "--", "---", ".", "..", "...", "?", "??", "???", "_", "*", "/", "not available", "pending", "blank",
        "same as above", "as above", "see above", "see below", "see detailed description", "see brief summary",
        "no text", "no description", "test test", "asdf", "tbc", "to be confirmed", "to be completed", "to be provided",
        "as per protocol", "according to protocol", "according to the protocol", "see the protocol",
        "will be added later", "to be added later", "insert text here", "enter text here", "text here", "dummy text",
        "placeholder", "coming soon", "lorem ipsum dolor sit amet", "????", "?????", "xxxxx", "xxxxxx",
        "to be defined", "to be specified", "test text", "qwerty",
    }
)  # fmt: skip
_NOT_YET = frozenset(
    {"tbd", "tba", "to be determined", "to be decided", "to be announced", "pending", "tbc", "to be confirmed"}
)
_NO_ANSWER = frozenset({"none", "na", "not applicable", "nil", "no", "test", "x"})
_SUSPICIOUS = _PLACEHOLDERS | _NO_ANSWER
_MUST_SAY_SOMETHING = frozenset(
    {"briefSummary", "detailedDescription", "whyStopped", "eligibilityCriteria", "studyPopulation"}
)


@rule(
    "TXT003",
    "placeholder-text",
    severity=WARNING,
    at="$.protocolSection",
    examples=[
        bad({_DETAILS: "N/A"}, path="/protocolSection/descriptionModule/detailedDescription"),
        bad({"outcomesModule.primaryOutcomes[0].description": "TBD"}),
        bad({"contactsLocationsModule.locations[0].facility": "xxx"}),
        bad({_DETAILS: "To be confirmed."}),
        good(),
        good({"ipdSharingStatementModule.accessCriteria": "None"}, note="an answer here"),
        good({"armsInterventionsModule.armGroups[1].label": "Test"}, note="the test formulation"),
        good({"ipdSharingStatementModule": {"ipdSharing": "UNDECIDED", "description": "To be determined"}},
             note="what undecided means"),
        good({_DETAILS: "To be determined are the dose and the interval at which attacks no longer occur."},
             note="a sentence that only begins so"),
    ],
)  # fmt: skip
def placeholder_text(section: Node, ctx: Context) -> Iterator[Problem]:
    """A field holds a placeholder such as "TBD", "N/A" or a dash instead of text.

    Why: it looks like an answer and is none; an empty field is more honest.
    What to do: write the text, or leave the field out if it is optional.
    False positives: only whole fields count; "None" and "Not applicable" are answers in most
    fields, and "Test" may be the name of an arm. "Pending" is an answer where the sharing of
    data is undecided.
    Source: https://prsinfo.clinicaltrials.gov/prs-users-guide.html; PRS protocol definitions,
    https://clinicaltrials.gov/policy/protocol-definitions
    """
    for path, text in ctx.texts(EVERY_TEXT):
        if len(text) > _LONGEST_PLACEHOLDER:
            continue
        plain = text.strip().casefold()
        plain = plain.rstrip(".") or plain
        if plain not in _SUSPICIOUS:
            continue
        name = path[-1]
        if plain in _NOT_YET and path[1] == "ipdSharingStatementModule" and _is_undecided(ctx):
            continue
        if plain in _PLACEHOLDERS or (name in _MUST_SAY_SOMETHING and plain in _NO_ANSWER):
            yield Node(None, path).problem(
                f"'{text.strip()}' is a placeholder, not a text",
                hint="write the text, or leave the field out if it is optional",
            )


def _is_undecided(ctx: Context) -> bool:
    return bool(ctx.get("ipdSharingStatementModule.ipdSharing") == "UNDECIDED")


@rule(
    "TXT004",
    "identical-fields",
    severity=WARNING,
    at=_DESCRIPTION,
    examples=[
        bad({_DETAILS: "Chronic migraine is common. This study compares exampline with placebo in 120 adults.",
             _SUMMARY: "Chronic migraine is common.  This study compares exampline with placebo in 120 adults."},
            path="/protocolSection/descriptionModule/detailedDescription"),
        bad({_DETAILS: "STUDY OF CHRONIC MIGRAINE IN 120 ADULTS, WHO KEEP A DIARY FOR 24 WEEKS",
             _SUMMARY: "Study of chronic migraine in 120 adults, who keep a diary for 24 weeks."}),
        good(),
        good({"identificationModule.officialTitle": "Exampline Versus Placebo in Adults With Chronic Migraine"},
             note="equal titles are allowed"),
    ],
)  # fmt: skip
def identical_fields(description: Node, ctx: Context) -> Iterator[Problem]:
    """The detailed description is a copy of the brief summary.

    Why: readers look for more in it and find the same.
    What to do: describe design and procedures in the detailed description, or leave it out.
    False positives: equal titles are allowed; texts that only begin alike are left alone.
    Source: PRS protocol definitions, Detailed Description, https://clinicaltrials.gov/policy/protocol-definitions#DetailedDescription
    """
    lengths = [len(description.get(name) or "") for name in ("briefSummary", "detailedDescription")]
    if min(lengths) < _SHORTEST_SUMMARY or max(lengths) > 1.2 * min(lengths):
        return
    if _plain(description.text("briefSummary")) == _plain(description.text("detailedDescription")):
        yield description.problem(
            "the detailed description is a copy of the brief summary",
            "detailedDescription",
            hint="describe design and procedures there, or leave it out",
            related=[description.child("briefSummary")],
        )
