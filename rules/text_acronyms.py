"""TXT: abbreviations that the brief summary introduces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint.api import NOTE, STRICT, Context, Node, Problem, bad, good, pattern, rule, unescape
from lint.rules.readers.places import and_more

_SUMMARY = "descriptionModule.briefSummary"

_in_brackets = pattern(r"\(([A-Z][A-Za-z]{0,3}[A-Z][A-Za-z]{0,3})\)(?! ?-)")
_LONGEST_NAME = 120
_KNOWN_WORDS = (
    "AIDS CDC COVID CT DNA ECG EEG EKG ELISA EMA FDA GCP HIV HPLC ICU MRI NCI NIH PCR PET PKA RNA SPSS USA WHO"
)
_KNOWN = frozenset(_KNOWN_WORDS.split())
"""Abbreviations that are better known than what they stand for, or are the usual name of it."""
_organisation = pattern(
    r"\b(?:Administration|Agency|Association|Cent(?:er|re)s?|College|Committee|Council|Department|Foundation|Hospital"
    r"|Institutes?|Ministry|Office|Organi[sz]ation|Panel|Program|School|Service|Society|Trust|University)\b"
)
_SMALL_WORDS = frozenset({"a", "and", "for", "in", "of", "on", "the", "to", "with"})


@rule(
    "TXT015",
    "acronym-never-used",
    severity=NOTE,
    profiles=STRICT,
    at="$.protocolSection.descriptionModule.briefSummary",
    when=lambda text: "(" in text,
    examples=[
        bad({_SUMMARY: "Liver cirrhosis (LC) is the end of many diseases of the liver. This study compares exampline "
             "with placebo in adults with cirrhosis."}, path="/protocolSection/descriptionModule/briefSummary"),
        bad({_SUMMARY: "Attacks are counted by the Example Headache Scale (EHS), and migraine days (MD) by a diary."},
            note="two of them"),
        good(),
        good({_SUMMARY: "Liver cirrhosis (LC) is the end of many diseases. Adults with LC take exampline or placebo."}),
        good({_SUMMARY: "Adults with liver cirrhosis (LC) take exampline or placebo for 24 weeks in this study.",
              "outcomesModule.primaryOutcomes[0].description": "Deaths by LCs"}, note="used elsewhere, in the plural"),
        good({_SUMMARY: "Adults take chimeric antigen receptor (CAR)-T cells or placebo for 24 weeks in this study."},
             note="a part of a longer one"),
        good({_SUMMARY: "Magnetic resonance imaging (MRI) is paid for by the Example Research Agency (ERA)."},
             note="well known, or the name of an organisation"),
        good({_SUMMARY: "Adults with migraine (ICHD) take exampline or placebo for 24 weeks in this study."},
             note="the letters do not stand for the words before them"),
    ],
)  # fmt: skip
def acronym_never_used(summary: Node, ctx: Context) -> Iterator[Problem]:
    """The brief summary introduces an abbreviation that nothing in the record uses.

    Why: the summary is for the public, who keep it in mind for nothing; or another one is used where it was meant.
    What to do: leave the abbreviation out, or use it where the long name stands.
    False positives: abbreviations that are better known than what they stand for (MRI) and those of organisations are
    left alone, as are letters that do not begin the words before them; reported in the profile ``strict`` only.
    Source: PRS protocol definitions, Brief Summary ("in language intended for the lay public"),
    https://clinicaltrials.gov/policy/protocol-definitions#BriefSummary
    """
    unused = [found for found in _introduced(unescape(summary.value)) if _stands_once(found[1], ctx)]
    if unused:
        yield summary.problem(
            f"'{unused[0][1]}' is introduced here and not used again{and_more(unused)}",
            hint="leave the abbreviation out, or use it where the long name stands",
            span=unused[0].span(1),
        )


def _introduced(text: str) -> Iterator[re.Match[str]]:
    """Yield the abbreviations in brackets whose letters begin the words before them."""
    for found in _in_brackets().finditer(text):
        words = re.findall("[A-Za-z]+", text[max(0, found.start() - _LONGEST_NAME) : found.start()].lower())
        if _stands_for(found[1].removesuffix("s").lower(), words) and not _is_usual_name(found, len(words)):
            yield found


def _is_usual_name(found: re.Match[str], most: int) -> bool:
    """Say whether the abbreviation is well known, or that of an organisation, by which people know it."""
    before = found.string[: found.start()].split()[-min(most, 2 * len(found[1])) :]
    return found[1] in _KNOWN or _organisation().search(" ".join(before)) is not None


def _stands_for(letters: str, words: list[str]) -> bool:
    for word in reversed(words):
        if not letters:
            break
        if word[0] == letters[-1]:
            letters = letters[:-1]
        elif word not in _SMALL_WORDS:
            return False
    return not letters


def _stands_once(acronym: str, ctx: Context) -> bool:
    stem = acronym.removesuffix("s")
    return len(re.findall(rf"(?<![A-Za-z]){stem}(?![b-rt-z])", ctx.memo(_everything))) == 1


def _everything(ctx: Context) -> str:
    return str(ctx.record)
