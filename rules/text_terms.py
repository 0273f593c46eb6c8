"""TXT: things that a record calls by several names, and amounts that are hard to read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint.api import MEDIUM, NOTE, WARNING, Context, Match, Problem, bad, good, pattern, text_rule
from lint.rules.readers.fields import EVERY_TEXT, is_prose
from lint.rules.readers.places import and_more, places_from_first

_SUMMARY = "descriptionModule.briefSummary"
_DETAILS = "descriptionModule.detailedDescription"
_DOSE = "armsInterventionsModule.armGroups[0].description"
_P = "/protocolSection/"

_TERMS = {
    "liver artery": "hepatic artery",
    "kidney artery": "renal artery",
    "lung artery": "pulmonary artery",
    "paracetamol": "acetaminophen",
    "adrenaline": "epinephrine",
    "noradrenaline": "norepinephrine",
    "salbutamol": "albuterol",
    "lignocaine": "lidocaine",
    "pethidine": "meperidine",
    "glibenclamide": "glyburide",
    "rifampin": "rifampicin",
    "frusemide": "furosemide",
    "isoprenaline": "isoproterenol",
}
_SIDE_BY_SIDE = 16
_NAMES = (
    r"\b(?:(?:[Ll]iver|[Kk]idney|[Ll]ung) [Aa]rtery|[Pp]aracetamol|[Aa]drenaline|[Nn]oradrenaline|[Ss]albutamol"
    r"|[Ll]ignocaine|[Pp]ethidine|[Gg]libenclamide|[Rr]ifampin|[Ff]rusemide|[Ii]soprenaline)\b"
)


@text_rule(
    "TXT019",
    "term-inconsistency",
    severity=NOTE,
    confidence=MEDIUM,
    pattern=_NAMES,
    fields=EVERY_TEXT,
    examples=[
        bad({_DOSE: "Cells are infused into the liver artery.", _SUMMARY: "Cells are given via the hepatic artery to "
             "adults with chronic migraine, and the hepatic artery is watched."},
            path=_P + "armsInterventionsModule/armGroups/0/description"),
        bad({_DETAILS: "Attacks are treated with paracetamol.", _DOSE: "One tablet of exampline and acetaminophen."}),
        good(),
        good({_DETAILS: "Attacks are treated with paracetamol (acetaminophen)."}, note="both names at once"),
        good({_DETAILS: "Attacks are treated with paracetamol.",
              "armsInterventionsModule.interventions[0].otherNames": ["Acetaminophen"]}, note="told as another name"),
        good({_DETAILS: "Cells are infused into the liver artery.", _DOSE: "A catheter lies in the renal artery."}),
    ],
)  # fmt: skip
def term_inconsistency(match: Match, ctx: Context) -> Iterator[Problem]:
    """A drug or vessel has two names in one record, and nothing says that they are the same.

    Why: readers take two names for two things.
    What to do: use one name throughout, or put the other in brackets behind it once.
    False positives: a short table of names that mean the same; where both names stand side by side, as in
    "paracetamol (acetaminophen)", or a list of other names holds one, readers are told. One finding for each name.
    Source: https://www.who.int/teams/health-product-and-policy-standards/inn
    """
    term = match[0].lower()
    other = _TERMS[term]
    texts = [(path, text.lower()) for path, text in ctx.texts(EVERY_TEXT)]
    holders = [path for path, text in texts if other in text and _holds(text, other)]
    own = [path for path, text in texts if term in text and _holds(text, term)]
    told = any("otherNames" in path for path in (*holders, *own))
    told = told or any(_are_together(text, term, other) for _, text in texts)
    if holders and not told and own[0] == match.path and _is_first(match, term):
        yield match.problem(
            f"'{match[0]}' is called '{other}' elsewhere in the record",
            hint="use one name throughout, or put the other in brackets behind it once",
        )


def _holds(text: str, name: str) -> bool:
    """Say whether a name stands in a text as a word of its own: adrenaline is not in noradrenaline."""
    start = text.find(name)
    while start > 0 and text[start - 1].isalpha():
        start = text.find(name, start + 1)
    return start >= 0


def _are_together(text: str, term: str, other: str) -> bool:
    """Say whether a text sets both names side by side, as in "paracetamol (acetaminophen)"."""
    return any(
        0 <= text.find(second, text.find(first)) - text.find(first) - len(first) <= _SIDE_BY_SIDE
        for first, second in ((term, other), (other, term))
        if first in text
    )


def _is_first(match: Match, term: str) -> bool:
    return not _holds(match.text[: match.span[0]].lower(), term)


_UNIT = "(?:mg|mcg|µg|μg|ug|ml|mL|mmol|kg|IU)"
_DAMAGED = rf"[0-9],[0-9]{{1,2}} ?{_UNIT}\b|\.[0-9]{{1,3}} ?{_UNIT}\b|[0-9] ?\?(?:g|mol|m|l)\b"
_damaged = pattern(_DAMAGED)
_decimal = pattern(r"(?:^|[^0-9.,])(?:[0-9],[0-9]{1,2}|[0-9]{2,3},[0-9]) ?[a-zA-Zµμ]+$")


@text_rule(
    "TXT028",
    "unit-damage",
    severity=WARNING,
    pattern=_DAMAGED,
    fields=EVERY_TEXT,
    examples=[
        bad({_DOSE: "Exampline .5 mg by mouth a day."}, path=f"{_P}armsInterventionsModule/armGroups/0/description"),
        bad({_DOSE: "Exampline 5 ?g by mouth every morning."}),
        bad({_DOSE: "Exampline 0,5 mg by mouth every morning for 24 weeks."}),
        good(),
        good({_DOSE: "Exampline 0.5 mg, 5 µg, 1,000 mg and 12,500 IU by mouth; is it 5? mg are counted."}),
        good({_DOSE: "Doses of 1,2,5 mg and 10,20,40 mg follow each other."}, note="lists of doses"),
        good({_DOSE: "Doses of 20,40 mg follow each other."}, note="may be a list"),
    ],
)  # fmt: skip
def unit_damage(match: Match, ctx: Context) -> Iterator[Problem]:
    """An amount has a decimal comma, no zero before its decimal point, or "?" for the micro sign.

    Why: ".5 mg" is read as 5 mg, "0,5 mg" as two doses or as thousands, and in "5 ?g" nobody knows the unit.
    What to do: write "0.5 mg", "5 µg".
    False positives: thousands ("1,000 mg"), lists of numbers ("1,2,5 mg"), and two whole numbers
    that may be a list ("20,40 mg") are left alone. One finding for each text.
    Source: ISMP list of error-prone abbreviations and dose designations, https://www.ismp.org/recommendations/error-prone-abbreviations-list
    """
    places = places_from_first(match, _damaged(), _is_damaged)
    if places and is_prose(match.path):
        start, end = places[0].span()
        while match.text[start] != "." and start > 0 and match.text[start - 1].isdigit():
            start -= 1
        written = match.text[start:end]
        fault, hint = _fault(written)
        yield match.problem(
            f"'{written}' {fault}{and_more(places)}",
            hint=hint,
            span=(start, end),
        )


def _fault(written: str) -> tuple[str, str]:
    """Return what is wrong with an amount, and how to write it."""
    if "?" in written:
        return "has a question mark where the micro sign was lost", f"write '{written.replace('?', 'µ')}'"
    if written[0] == ".":
        return "has no zero before the decimal point", f"write '0{written}'"
    return "has a decimal comma, which may be read as a list", f"write '{written.replace(',', '.')}'"


def _is_damaged(place: re.Match[str]) -> bool:
    """Leave alone the end of a list ("1,2,5 mg") and two whole numbers that may be one ("20,40 mg")."""
    if place[0][0] == ".":
        return place.string[max(0, place.start() - 1) : place.start()] in ("", *" \n(<>=≥≤~")
    if "," not in place[0]:
        return True
    return _decimal().search(place.string, max(0, place.start() - 8), place.end()) is not None
