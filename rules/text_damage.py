"""TXT: texts that were damaged on their way into the registry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint.api import (
    ERROR,
    WARNING,
    Context,
    Edit,
    Fix,
    Match,
    Problem,
    bad,
    good,
    pattern,
    text_rule,
    value_at,
)
from lint.rules.readers.fields import EVERY_TEXT, is_prose
from lint.rules.readers.places import and_more, places_from_first

_SUMMARY = "descriptionModule.briefSummary"
_CRITERIA = "eligibilityModule.eligibilityCriteria"
_S_POINTER = "/protocolSection/descriptionModule/briefSummary"
_C_POINTER = "/protocolSection/eligibilityModule/eligibilityCriteria"

_CONTINUATION = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MOJIBAKE = f"[ÃÂÎÏ][{_CONTINUATION}]|â[€‰†„‚][{_CONTINUATION}]|\ufffd"
_mojibake = pattern(_MOJIBAKE)
_foreign = pattern("[^\u0000-\u007f]+")


@text_rule(
    "TXT006",
    "mojibake",
    severity=ERROR,
    pattern=_MOJIBAKE,
    fields=EVERY_TEXT,
    fixable=True,
    examples=[
        bad({_CRITERIA: "Inclusion Criteria:\n\n* Age â‰¥ 18 years"}, path=_C_POINTER),
        bad({_SUMMARY: "The clinic of the UniversitÃ© compares exampline with placebo in 120 adults."}),
        bad({_SUMMARY: "The Investigaci\ufffdn compares exampline with placebo in 120 adults with migraine."}),
        good(),
        good({_SUMMARY: "SÃO PAULO, Â, Î and Đà Nẵng: exampline ≥ 18 mg, 5 µg, 37 °C, ± 2 – “quoted” – naïve, İzmir."},
             note="real letters of other languages"),
    ],
)  # fmt: skip
def mojibake(match: Match, ctx: Context) -> Iterator[Problem]:
    """Characters were damaged when the text passed from one encoding into another.

    Why: "â‰¥18" means "≥18"; a reader can only guess, and a dose or an age limit may be lost.
    What to do: type the characters again; where the damage can be undone, the fix does it.
    False positives: what looks like damage is reported only if undoing it gives proper text, or
    if the replacement character U+FFFD stands there, which nobody types.
    Source: https://www.unicode.org/faq/utf_bom.html
    """
    places = places_from_first(match, _mojibake(), lambda place: _is_damage(place, match.text))
    if places:
        first = places[0]
        run = _run_at(match.text, first.start())
        repaired = _repaired(run[0])
        meant = f" instead of '{repaired}'" if repaired else ""
        yield match.problem(
            f"'{run[0]}' stands here{meant}: characters were damaged{and_more(places)}",
            hint="type the damaged characters again",
            span=run.span(),
            fix=_mojibake_fix(match, ctx) if repaired else None,
        )


def _run_at(text: str, offset: int) -> re.Match[str]:
    return next(run for run in _foreign().finditer(text) if run.end() > offset)


def _is_damage(place: re.Match[str], text: str) -> bool:
    return place[0] == "\ufffd" or bool(_repaired(_run_at(text, place.start())[0]))


def _repaired(run: str) -> str:
    """Return the text that a run of characters stands for, or nothing if it stands for itself."""
    raw = bytearray()
    for char in run:
        try:
            raw += char.encode("cp1252")
        except UnicodeEncodeError:
            if ord(char) > 0xFF:
                return ""
            raw.append(ord(char))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _mojibake_fix(match: Match, ctx: Context) -> Fix:
    written = value_at(ctx.record, match.path)
    repaired = _foreign().sub(lambda run: _repaired(run[0]) or run[0], written)
    return Fix("undo the damage", (Edit(match.path, repaired),), safe="\ufffd" not in repaired)


_MARKUP = (
    "</?(?:br|p|b|i|u|ul|ol|li|sup|sub|strong|em|span|div|table|tr|td|font|h[1-6])(?: [^<>]*)?/?>"
    "|&(?:amp;)*(?:[a-z]{2,8}|#[0-9]{2,5}|#x[0-9a-f]{2,4});|[\uf020-\uf0ff]"
)
_markup = pattern(_MARKUP)
_ENTITIES = {"gt": ">", "lt": "<", "amp": "&", "quot": '"', "apos": "'", "ge": "≥", "le": "≤", "nbsp": " "}
_GREEK = {chr(0xF061 + at): letter for at, letter in enumerate("αβχδεφγηιϕκλμνοπθρστυϖωξψζ")}
"""Letters of the font Symbol, which only it shows, and what they stand for."""
_SPELT_OUT = {"'": "an apostrophe", " ": "a blank", "\xa0": "a blank"}


@text_rule(
    "TXT007",
    "markup-leak",
    severity=WARNING,
    pattern=_MARKUP,
    fields=EVERY_TEXT,
    examples=[
        bad({_CRITERIA: "Inclusion Criteria:\n\n* Age &gt;= 18 years"}, path=_C_POINTER),
        bad({_SUMMARY: "Exampline is compared with placebo.<br>Participants keep a diary for 24 weeks."}),
        bad({_SUMMARY: "Exampline lowers NF-\uf06bB in adults with chronic migraine within 24 weeks of treatment."},
            note="a Greek letter"),
        bad({_SUMMARY: "Exampline helps a participant&amp;#39;s attacks to end, as their diary of 24 weeks shows."}),
        good(),
        good({_CRITERIA: "Inclusion Criteria:\n\n* Aged 18\\~65 years\n* Platelets \\>= 100, p\\<0.05 \\[sic\\]"},
             note="the escapes that the API adds are no damage"),
        good({_SUMMARY: "Exampline is compared with placebo (R&D; p < b, c > d) in adults with chronic migraine."}),
    ],
)  # fmt: skip
def markup_leak(match: Match, ctx: Context) -> Iterator[Problem]:
    """HTML tags or entities, or bullets and signs of a word processor, stand in the text.

    Why: readers see "&gt;= 18" or a blank box where the text should say ">= 18".
    What to do: replace them by plain text.
    False positives: backslashes that the API writes before punctuation are undone first; only
    known tags and entities with a semicolon count.
    Source: PRS protocol definitions (plain text), https://clinicaltrials.gov/policy/protocol-definitions
    """
    places = places_from_first(match, _markup(), lambda place: True)
    if places:
        first = places[0]
        greek = _GREEK.get(first[0], "")
        sign = "a letter of the font Symbol" if greek else "a bullet or sign of a word processor"
        shown = f"'{first[0]}'" if first[0].isascii() else sign
        meant = f"'{greek}'" if greek else _entity_meant(first[0])
        yield match.problem(
            f"{shown} is markup that readers see as it stands{and_more(places)}",
            hint=f"write {meant} in its place" if meant else "replace it by plain text",
            span=first.span(),
        )


def _entity_meant(markup: str) -> str:
    """Return in words what an entity stands for, or nothing for a tag or an uncommon entity."""
    name = markup.replace("amp;", "").strip("&;") or "amp"
    if name.startswith("#"):
        char = chr(int(name[2:], 16) if name[1] == "x" else int(name[1:]))
    else:
        char = _ENTITIES.get(name, "")
    return _SPELT_OUT.get(char) or (f"'{char}'" if char and char.isprintable() else "")


_LOST_SUPERSCRIPT = r"[0-9] ?[xX×*·] ?10(-[3-9]|[3-9]|1[0-2])\b"
_lost_superscript = pattern(_LOST_SUPERSCRIPT)
_SIZE = pattern(
    r" ?(?:mm|cm|m|mg|mcg|µg|g|ml|px|min|minutes?|sec|seconds?|s|reps?|repetitions?|times|weeks?|days?|%|x|×|[-–])\b"
)


@text_rule(
    "TXT008",
    "lost-superscript",
    severity=WARNING,
    pattern=_LOST_SUPERSCRIPT,
    fields=EVERY_TEXT,
    examples=[
        bad({"armsInterventionsModule.armGroups[0].description": "Every patient is given 1x106 MSCs per kg"},
            path="/protocolSection/armsInterventionsModule/armGroups/0/description"),
        bad({_CRITERIA: "Inclusion Criteria:\n\n* Platelets ≥ 100 x 109/L and ANC ≥ 1.5 × 109 /L"}, path=_C_POINTER),
        good(),
        good({"armsInterventionsModule.armGroups[0].description": "1x10^6 cells, 5 x 10e9/L, 2 × 10⁸, 3 x 100 mg"}),
        good({_SUMMARY: "Plates of 10 x 106 mm are used, exercises of 3 x 10-12 repetitions and 5 x 108 minutes."},
             note="sizes and repetitions"),
    ],
)  # fmt: skip
def lost_superscript(match: Match, ctx: Context) -> Iterator[Problem]:
    """A power of ten has lost its superscript: "1x106" was "1x10" to the sixth.

    Why: a reader takes 106 cells for a million; doses and limits are wrong by orders of magnitude.
    What to do: write "1x10^6".
    False positives: sizes and repetitions with a unit behind them are left alone; "x 100" and
    powers below the third are not read.
    Source: PRS protocol definitions (plain text), https://clinicaltrials.gov/policy/protocol-definitions
    """
    if not is_prose(match.path):
        return
    places = places_from_first(match, _lost_superscript(), lambda place: not _SIZE().match(place.string, place.end()))
    if places:
        start, end = places[0].span()
        while start > 0 and match.text[start - 1] in "0123456789.,":
            start -= 1
        power = places[0].start(1)
        written, meant = match.text[start:end], f"{match.text[start:power]}^{match.text[power:end]}"
        yield match.problem(
            f"'{written}' has probably lost its superscript: '{meant}' is meant{and_more(places)}",
            hint="write the power with a caret, as in 1x10^6",
            span=(start, end),
        )


_CONTROL = (
    "[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"
    "\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]"
)
_control = pattern(_CONTROL)
_right_to_left = pattern("[\u0590-\u08ff]")


@text_rule(
    "TXT020",
    "control-or-zero-width-character",
    severity=ERROR,
    pattern=_CONTROL,
    fields=EVERY_TEXT,
    fixable=True,
    examples=[
        bad({"contactsLocationsModule.locations[0].facility": "Nanjing\u200b Hospital"},
            path="/protocolSection/contactsLocationsModule/locations/0/facility"),
        bad({_SUMMARY: "Exampline is com\u00adpared with placebo in adults with chronic migraine over 24 weeks."}),
        good(),
        good({_SUMMARY: "A diary.\n\tIts name (\u06a9\u062a\u0627\u0628\u200c\u200f) stands on the first page."},
             note="tabs, line ends and marks in Persian text"),
    ],
)  # fmt: skip
def control_character(match: Match, ctx: Context) -> Iterator[Problem]:
    """An invisible character stands in the text.

    Why: a search for the word does not find it, because a character that nobody sees is part of it.
    What to do: delete it; the fix does.
    False positives: tabs and line ends, and marks of direction in right-to-left text, are left alone.
    Source: https://www.unicode.org/faq/unsup_char.html
    """
    if _right_to_left().search(match.text):
        return
    places = places_from_first(match, _control(), lambda place: True)
    if places:
        first = places[0]
        around = (
            _control().sub("", match.text[max(0, first.start() - 15) : first.end() + 15].partition("\n")[0]).strip()
        )
        cleaned = _control().sub("", value_at(ctx.record, match.path))
        yield match.problem(
            f"'{around}' contains the invisible character U+{ord(first[0]):04X}{and_more(places)}",
            hint="delete the invisible character",
            span=first.span(),
            fix=Fix("delete the invisible characters", (Edit(match.path, cleaned),), safe=True),
        )
