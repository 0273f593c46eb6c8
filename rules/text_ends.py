"""TXT005 and TXT014: texts that were cut off, and brackets without a partner."""

from __future__ import annotations

from collections.abc import Iterator

from lint.api import MEDIUM, NOTE, STRICT, WARNING, Context, Node, Problem, Span, bad, good, pattern, rule
from lint.rules.readers.fields import EVERY_TEXT, is_prose

_SUMMARY = "descriptionModule.briefSummary"
_DETAILS = "descriptionModule.detailedDescription"
_CRITERIA = "eligibilityModule.eligibilityCriteria"
_OUTCOME = "outcomesModule.primaryOutcomes[0]"
_P = "/protocolSection/"

_CUT = (
    *(" " + word for word in ("the", "an", "and", "or", "of", "with", "from", "than", "which", "between", "is", "are",
                              "was", "were", "will", "whether", "because", "their", "its")),
    *(f" {word} a" for word in ("as", "by", "for", "in", "is", "of", "to", "with")), " in order to", "...",
)  # fmt: skip
_COMPARISON = pattern(r"\b[Tt]he (?:more|less|worse|[a-z]+er) [^.;\n]{1,80} (?:is|are|was|were)$")
"""Whole, as in "the higher the score, the worse the disease is"."""
_CUT_LETTERS = frozenset(end[-3:] for end in _CUT)
"""The last three letters of these: one look-up tells nearly every text that is whole."""
_SHOWN = 40


@rule(
    "TXT005",
    "truncated-text",
    severity=WARNING,
    at="$.protocolSection",
    examples=[
        bad({_SUMMARY: "Chronic migraine is common, and few people tolerate the drugs that prevent attacks and the"},
            path=_P + "descriptionModule/briefSummary"),
        bad({f"{_OUTCOME}.measure": "Change From Baseline in Monthly Headache Days, Counted in the Diary of"}),
        bad({_DETAILS: "Exampline is thought to prevent attacks of migraine, which in the end leads to a"}),
        bad({_DETAILS: "Participants keep an electronic diary, and headache days are taken fro..."}),
        good(),
        good({_CRITERIA: "Inclusion Criteria:\n\n* Chronic migraine\n* Written consent"}, note="a list"),
        good({_SUMMARY: "Exampline is compared with placebo in adults with migraine...."}, note="a whole sentence"),
        good({f"{_OUTCOME}.measure": "Number of foods that participants are sensitised to"}),
        good({_SUMMARY: "Attacks (aura, nausea ...) are counted. Exampline prevents what migraine stands for"},
             note="dots inside, and words that can end a sentence"),
        good({f"{_OUTCOME}.description": "The higher the score is, the more severe the headache is"}),
        good({"conditionsModule.keywords": ["quality of"]}, note="a term, no sentence"),
    ],
)  # fmt: skip
def truncated_text(section: Node, ctx: Context) -> Iterator[Problem]:
    """A text breaks off in the middle of a sentence.

    Why: what is lost may be a dose, a limit or a condition, and nobody but the sponsor knows it.
    What to do: enter the rest of the text; if it was too long for the field, shorten it as a whole.
    False positives: lists and titles end without a full stop, so only texts count that end in a word after which
    something has to follow ("of the"), or in dots; a full stop and three dots end a sentence. All such texts of a
    record are one finding.
    Source: PRS protocol definitions, limits of the elements, https://clinicaltrials.gov/policy/protocol-definitions
    """
    found = [(path, text) for path, text in ctx.texts(EVERY_TEXT) if _breaks_off(text) and is_prose(path)]
    if found:
        (path, text), others = found[0], found[1:]
        end = text[-_SHOWN:].partition(" ")[2] if len(text) > _SHOWN else text
        more = f" (and {len(others)} more text{'s' * (len(others) > 1)} of the record)" if others else ""
        yield Node(None, path).problem(
            f"'{' '.join(end.split())}' is where the text breaks off{more}",
            hint="enter the rest of the text",
            span=(len(text) - len(end), len(text)),
            related=[Node(None, other) for other, _ in others],
        )


def _breaks_off(text: str) -> bool:
    if text[-3:] not in _CUT_LETTERS or not text.endswith(_CUT) or text.endswith("...."):
        return False
    return not _COMPARISON().search(text[-120:])


_BRACKETS = pattern(r"[()\[\]{}（）［］]")
_OPENING, _CLOSING = "([{（［", ")]}）］"
_LIST_MARK = pattern(r"(?:^|[^0-9A-Za-z])(?:[0-9]{1,3}|[A-Za-z]|[ivxIVX]{1,4})[.,]?$")


@rule(
    "TXT014",
    "unbalanced-brackets",
    severity=NOTE,
    confidence=MEDIUM,
    profiles=STRICT,
    at="$.protocolSection",
    examples=[
        bad({_SUMMARY: "Participants who have a disease of an organ (e.g. heart or kidney are not included here."},
            path=_P + "descriptionModule/briefSummary"),
        bad({f"{_OUTCOME}.measure": "Change in Monthly Headache Days (MHD))"}),
        good({_SUMMARY: "Participants who have a disease of an organ (e.g. heart or kidney) are not included here."}),
        good({_CRITERIA: "Inclusion Criteria:\n\n1) Chronic migraine (a year or longer)\na) with aura\niv) consent"},
             note="marks of a list"),
        good({_SUMMARY: "Doses in [0, 10) and (10, 20] mg are compared（示例）, and 1) aura or 2) nausea counts :)"},
             note="intervals, brackets of other scripts, faces"),
        good({_SUMMARY: "Everybody has 1) aura (seen by a doctor, 2) nausea) or both, as a diary of 24 weeks shows."},
             note="marks of a list inside brackets cannot be told from brackets"),
    ],
)  # fmt: skip
def unbalanced_brackets(section: Node, ctx: Context) -> Iterator[Problem]:
    """A bracket is opened and never closed, or closed and never opened.

    Why: the reader cannot tell where the remark ends; sometimes a part of the text is lost with the bracket.
    What to do: add the missing bracket, or delete the other one.
    False positives: marks of lists such as "1)" and intervals such as "[0, 10)" are understood; a text with marks of
    a list inside brackets is left alone. One finding for each text. Runs in the strict profile only.
    Source: PRS quality control review criteria, https://clinicaltrials.gov/policy/protocol-definitions
    """
    for path, text in ctx.texts(EVERY_TEXT):
        if text.count("(") == text.count(")") or not is_prose(path):
            continue
        place = _without_partner(text)
        if place is not None:
            start, end = _around(text, place)
            what = "opened and not closed" if text[place] in _OPENING else "closed and was not opened"
            yield Node(None, path).problem(
                f"'{text[start:end]}' has a bracket that is {what}",
                hint="add the missing bracket, or delete this one",
                span=(start, end),
            )


def _without_partner(text: str) -> int | None:
    """Return where a bracket stands that has no partner; None if there is none, or none for certain."""
    opened: list[int] = []
    for bracket in _BRACKETS().finditer(text):
        place = bracket.start()
        if text[place] in _OPENING:
            opened.append(place)
        elif _LIST_MARK().search(text[max(0, place - 6) : place]):
            if opened and place - opened[-1] > 6:
                return None
            if opened:
                opened.pop()
        elif opened:
            opened.pop()
        elif text[place - 1 : place] != ":":
            return place
    return opened[-1] if opened else None


def _around(text: str, place: int) -> Span:
    """Return the span of some words before and after a place, within its line."""
    start = max(text.rfind("\n", 0, place) + 1, place - 25)
    end = text.find("\n", place)
    end = min(len(text) if end < 0 else end, place + 26)
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum() and start < place:
        start += 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum() and end > place + 1:
        end -= 1
    while text[start] == " ":
        start += 1
    while text[end - 1] == " ":
        end -= 1
    return start, end
