"""TXT: slips of typing and of language, each by a narrow pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint.api import MEDIUM, NOTE, Context, Edit, Fix, Match, Problem, bad, good, pattern, text_rule, value_at
from lint.rules.readers.fields import EVERY_TEXT, is_prose
from lint.rules.readers.places import and_more, places_from_first

_SUMMARY = "descriptionModule.briefSummary"
_S_POINTER = "/protocolSection/descriptionModule/briefSummary"

_DOUBLED = (
    r"\b(?:[Tt]he the|[Oo]f of|and and|[Ii]n in|[Tt]o to|[Ff]or for|a a|is is|[Ww]ith with|or or|[Bb]y by|on on"
    r"|are are|be be|will will|from from|[Aa]t at|as as|not not|[Tt]his this|it it|an an|has has"
    r"|have have|was was|were were|than than|[Aa]fter after|each each"
    r"|who who|which which|patients patients|participants participants|study study)\b"
)


@text_rule(
    "TXT013",
    "doubled-word",
    severity=NOTE,
    pattern=_DOUBLED,
    fields=EVERY_TEXT,
    fixable=True,
    examples=[
        bad({_SUMMARY: "This study compares exampline with with placebo in adults with chronic migraine."},
            path=_S_POINTER),
        bad({"eligibilityModule.eligibilityCriteria": "Inclusion Criteria:\n\n* Migraine for one year or or longer"}),
        good(),
        good({_SUMMARY: "It is used in in vitro studies, and those that that group knows; Duran Duran, di di, BE be."},
             note="right as it is"),
        good({_SUMMARY: "Vitamin a a-tocopherol is compared with placebo in adults with chronic migraine here."}),
    ],
)  # fmt: skip
def doubled_word(match: Match, ctx: Context) -> Iterator[Problem]:
    """A short word stands twice in a row.

    Why: it is a slip that remains when a sentence is changed.
    What to do: delete one of the two.
    False positives: only words that never rightly stand twice count ("that that" can), and "in in
    vitro" is left alone.
    Source: PRS quality control review criteria, https://clinicaltrials.gov/policy/protocol-definitions
    """
    following = match.text[match.span[1] : match.span[1] + 4]
    if following.startswith((" vi", "-")) or not is_prose(match.path):
        return
    single = match[0].partition(" ")[0]
    written = value_at(ctx.record, match.path)
    whole = re.compile(rf"\b{match[0]}\b")
    yield match.problem(
        f"'{match[0]}' is one word written twice",
        hint=f"delete one '{single.lower()}'",
        fix=Fix("delete one of the two words", (Edit(match.path, whole.sub(single, written, count=1)),), safe=True),
    )


_NO_SPACE = r"\.[A-Z][a-z]|,[A-Za-z][a-z]{2}|\.[ge]\.[a-z]{2}"
_no_space = pattern(_NO_SPACE)
_abbreviation = pattern(r"(?:^|[^A-Za-z])(?:e\.g|i\.e)\.$")
_PHARMACOKINETIC = pattern(r"\b(?:[CTt](?:max|min|trough|av)|AUC[0-9a-z–-]*)$")
"""A quantity whose subscripts stand behind a comma: ``Cmax,sema``."""
_DOMAINS = frozenset(
    ("com", "org", "gov", "net", "edu", "eu", "uk", "de", "fr", "it", "cn", "jp", "io", "co", "info", "nl")
)


@text_rule(
    "TXT016",
    "missing-space-after-punctuation",
    severity=NOTE,
    pattern=_NO_SPACE,
    fields=EVERY_TEXT,
    examples=[
        bad({_SUMMARY: "Exampline is compared with placebo.The participants,adults with migraine, keep a diary."},
            path=_S_POINTER),
        bad({"eligibilityModule.eligibilityCriteria": "Exclusion Criteria:\n\n* Problems of organs(e.g.the heart)"}),
        good(),
        good({_SUMMARY: "See ClinicalTrials.Gov, www.example.org/One,two: 1.5 mg, e.g. p.Arg5 and N,N-dimethyl."},
             note="addresses, numbers, genes, chemical names"),
        good({_SUMMARY: "Css,av, Cmax,drug and AUC0-last,drug of exampline are compared (Ph.D. thesis, U.S.A.)."}),
    ],
)  # fmt: skip
def missing_space_after_punctuation(match: Match, ctx: Context) -> Iterator[Problem]:
    """A full stop or comma is followed by a word without a blank.

    Why: two words run into one, and a search finds neither.
    What to do: put a blank after the full stop or comma.
    False positives: addresses, numbers, abbreviations, subscripts and gene names are left alone.
    One finding for each text, at its first such place.
    Source: PRS quality control review criteria, https://clinicaltrials.gov/policy/protocol-definitions
    """
    places = places_from_first(match, _no_space(), _is_run_on)
    if places and is_prose(match.path):
        start, end = _words_around(places[0])
        yield match.problem(
            f"'{match.text[start:end]}' lacks a blank after the punctuation{and_more(places)}",
            hint="put a blank after the full stop or comma",
            span=(start, end),
        )


def _words_around(place: re.Match[str]) -> tuple[int, int]:
    text, start, end = place.string, place.start(), place.end()
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    return start, end


def _is_run_on(place: re.Match[str]) -> bool:
    """Say whether words run into one here: at least three small letters, or "e.g.", and then a word."""
    text = place.string
    start, end = _words_around(place)
    written = text[start:end]
    if place[0][1] in "ge" and place[0][2] == ".":
        return bool(_abbreviation().search(text[max(0, start - 1) : place.start() + 3]))
    if _PHARMACOKINETIC().search(text[max(0, start - 12) : place.start()]):
        return False
    before = text[place.start() - 3 : place.start()]
    if len(before) < 3 or not (before.isalpha() and before.isascii() and before.islower()):
        return False
    address = re.split(r"\s", text[max(0, start - 80) : start])[-1]
    if "/" in address or "@" in address or written.lower().startswith("www") or "www." in address:
        return False
    return place[0][0] != "." or written.rpartition(".")[2].lower() not in _DOMAINS


_SPACE_BEFORE = r" [.,]"
_space_before = pattern(_SPACE_BEFORE)


@text_rule(
    "TXT017",
    "space-before-punctuation",
    severity=NOTE,
    pattern=_SPACE_BEFORE,
    fields=EVERY_TEXT,
    examples=[
        bad({"armsInterventionsModule.interventions[0].description": "Infused via the hepatic artery . It took long."},
            path="/protocolSection/armsInterventionsModule/interventions/0/description"),
        bad({_SUMMARY: "Exampline is compared with placebo , which looks the same, in adults with migraine."}),
        bad({_SUMMARY: "Exampline is compared with placebo ,which looks the same .Adults with migraine take part."}),
        good(),
        good({_SUMMARY: "Exampline ( n = 5 ) : 24 weeks ; placebo ! Doses of .5 mg, 1 ,000 units ... and .NET files."},
             note="French spacing, numbers, dots"),
    ],
)  # fmt: skip
def space_before_punctuation(match: Match, ctx: Context) -> Iterator[Problem]:
    """A blank stands before a full stop or comma.

    Why: it is a slip, and the mark may fall onto the next line.
    What to do: delete the blank.
    False positives: colons, semicolons, exclamation and question marks have a blank before them in
    French and are left alone, as are decimals and dots in a row. One finding for each text.
    Source: PRS quality control review criteria, https://clinicaltrials.gov/policy/protocol-definitions
    """
    places = places_from_first(match, _space_before(), _ends_there)
    if places and is_prose(match.path):
        start, end = places[0].span()
        before = match.text[:start].rstrip()
        start = len(before.rstrip(_WORD)) if before[-1] in _WORD else len(before) - 1
        yield match.problem(
            f"'{match.text[start:end]}' has a blank before the punctuation{and_more(places)}",
            hint="delete the blank",
            span=(start, end),
        )


_WORD = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def _ends_there(place: re.Match[str]) -> bool:
    """Say whether a word stands before the blank, and behind the mark a blank, nothing, or what comes next."""
    text = place.string
    before = text[max(0, place.start() - 3) : place.start()].rstrip(" ")[-1:]
    behind = text[place.end() : place.end() + 2]
    ends = behind[:1] in ("", " ", "\n", "\r", "\t")
    goes_on = behind.isalpha() and len(behind) == 2 and (behind.islower() if place[0] == " ," else behind.istitle())
    return bool(before) and before in _WORD + ")%" and (ends or goes_on)


_GRAMMAR = (
    r"\b(?:[Ee]vidences (?:of|that|from|for)|(?:[Ff]ew|[Ss]ome|[Mm]any|[Ss]everal|no|clinical) evidences"
    r"|informations|equipments|criterias|knowledges|datas"
    r"|[Ss]tem cells (?:transplantation|therapy|infusions?|injections?)"
    r"|[Qq]uality of life(?: (?:in|of) [a-z -]{1,60})? are)\b"
)
_grammar = pattern(_GRAMMAR)


@text_rule(
    "TXT030",
    "subject-verb-or-grammar",
    severity=NOTE,
    confidence=MEDIUM,
    pattern=_GRAMMAR,
    fields=EVERY_TEXT,
    examples=[
        bad({_SUMMARY: "The quality of life in patients with migraine are very poor, which exampline may change."},
            path=_S_POINTER),
        bad({_SUMMARY: "Participants have imaging evidences of thrombosis and are compared over 24 weeks."}),
        bad({_SUMMARY: "There are few evidences on exampline in migraine, so it is compared with placebo."}),
        bad({_SUMMARY: "Stem cells transplantation is compared with placebo in 120 adults with migraine."}),
        good(),
        good({_SUMMARY: "Stem cells, transplantation of which is new, and stem cell therapy are compared."}),
        good({_SUMMARY: "A fall in attacks over 24 weeks, which evidences that exampline works, is the main measure."},
             note="a verb"),
        good({_SUMMARY: "The quality of life of participants who are treated is compared with that of others."}),
        good({_SUMMARY: "Although prognosis and quality of life of patients are rarely affected, drugs may help."},
             note="two subjects"),
    ],
)  # fmt: skip
def grammar(match: Match, ctx: Context) -> Iterator[Problem]:
    """A noun stands in a plural that it cannot have there, or the verb does not fit it.

    Why: it makes the text harder to read; the registry asks for correct language.
    What to do: write "evidence", "information", "stem cell therapy"; "the quality of life ... is".
    False positives: a short list of phrases only; a full grammar check would be wrong too often.
    One finding for each text; of a treatment's name in several texts only the first.
    Source: PRS quality control review criteria, https://clinicaltrials.gov/policy/protocol-definitions
    """
    places = places_from_first(match, _grammar(), _is_wrong)
    if places and is_prose(match.path) and not _is_named_before(places[0][0], match, ctx):
        first = places[0]
        noun = next((word for word in first[0].split() if word.endswith("s")), "")
        hint = "write 'is' for 'are'" if first[0].endswith(" are") else f"write '{noun[:-1]}'"
        yield match.problem(f"'{first[0]}' is not correct English{and_more(places)}", hint=hint, span=first.span())


def _is_wrong(place: re.Match[str]) -> bool:
    """A clause or a list between subject and verb gives "are" another subject; "evidences" may be a verb."""
    if place[0].endswith(" are"):
        sentence = re.split(r"[.;:\n]", place.string[: place.start()])[-1]
        return not re.search(r"\b(?:who|that|which|and|or|if)\b", sentence + place[0])
    before = place.string[: place.start()].split()[-1:]
    return not (place[0].endswith(" that") and before and before[0].lower() in _SUBJECTS)


def _is_named_before(phrase: str, match: Match, ctx: Context) -> bool:
    """Say whether the name of a treatment stands in an earlier text: names are repeated in many."""
    if "cells " not in phrase:
        return False
    naming = (path for path, text in ctx.texts(EVERY_TEXT) if is_prose(path) and phrase.lower() in text.lower())
    return next(naming) != match.path


_SUBJECTS = frozenset(("this", "it", "that", "which", "study", "trial", "data", "result", "finding"))
