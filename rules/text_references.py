"""TXT034: references to parts of the protocol that the record does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint.api import NOTE, Context, Match, Problem, bad, good, pattern, text_rule
from lint.rules.readers.fields import EVERY_TEXT, is_prose
from lint.rules.readers.places import and_more, places_from_first

_DETAILS = "descriptionModule.detailedDescription"
_CRITERIA = "eligibilityModule.eligibilityCriteria"

_PART = (
    r"[AaSsTtFf](?:ppendi(?:x|ces)(?: [A-Z0-9][A-Z0-9.]*)?|ection [0-9]+\.[0-9][0-9.]*|able [0-9]+|igure [0-9]+"
    r"|ttached [a-z]+)\b"
)
_part = pattern(_PART)
_POINTING = pattern(r"\b(?:see|refer to|referenced in|in|per|from|to|with|and|or) (?:the )?$", re.IGNORECASE)
_OTHER_WORK = pattern(
    r"\b(?:CFR|U\.?S\.?C|guidelines?|act|label|DSM|et al|articles?|publications?|regulations?|ICH|removed|removal)\b",
    re.IGNORECASE,
)


@text_rule(
    "TXT034",
    "refers-to-what-is-not-there",
    severity=NOTE,
    pattern=_PART,
    fields=EVERY_TEXT,
    examples=[
        bad({_CRITERIA: "Inclusion Criteria:\n\n* Chronic migraine (see Appendix 13.4)\n* Written consent"},
            path="/protocolSection/eligibilityModule/eligibilityCriteria"),
        bad({_DETAILS: "Prohibited medicines are listed in Section 7.3 of this protocol and in Table 2."}),
        bad({_DETAILS: "Please see attached recruitment script."}),
        good(),
        good({_DETAILS: "Visits are listed in Table 1.\n\nTable 1\n\nWeek 4, week 8 and week 12"}, note="it is there"),
        good({_DETAILS: "Consent is as in Section 50.25 of 21 CFR, weights as in Table 2 of a WHO guideline."},
             note="of another work"),
        good({_DETAILS: "Pain in appendix and colon, stitches in figure of eight, and patches attached to the skin."},
             note="organs and ordinary words"),
        good({_DETAILS: "Removal of the appendix is no reason to stop, and a tablet is taken at table 4 times a day."}),
    ],
)  # fmt: skip
def refers_elsewhere(match: Match, ctx: Context) -> Iterator[Problem]:
    """A text points to an appendix, a section, a table or a figure that does not stand in it.

    Why: it was copied from the protocol, and what it points to, often a limit or a list of medicines, is missing here.
    What to do: write here what stands there, or delete the reference.
    False positives: what the text itself contains, and sections of laws, guidelines and publications are left alone.
    A protocol that was uploaded may hold the part, but readers of the criteria do not see it.
    One finding for each text.
    Source: PRS quality control review criteria, https://prsinfo.clinicaltrials.gov/ProtocolDetailedReviewItems.pdf
    """
    places = places_from_first(match, _part(), lambda place: True)
    if not places or not is_prose(match.path):
        return
    there = {_name(place) for place in places if not _points(place)}
    elsewhere = [place for place in places if _points(place) and _name(place) not in there and _is_part(place)]
    if elsewhere:
        yield match.problem(
            f"'{elsewhere[0][0]}' is referred to, but does not stand in this text{and_more(elsewhere)}",
            hint="write here what stands there, or delete the reference",
            span=elsewhere[0].span(),
        )


def _name(place: re.Match[str]) -> str:
    return place[0].lower().rstrip(".")


def _points(place: re.Match[str]) -> bool:
    return bool(_POINTING().search(place.string[max(0, place.start() - 20) : place.start()]))


def _is_part(place: re.Match[str]) -> bool:
    """Say whether a part of the protocol is meant: not an organ, and not a part of a law or a publication."""
    text, name = place.string, place[0]
    before = text[max(0, place.start() - 20) : place.start()].lower()
    if name[-1].islower() and "see " not in before and "refer to" not in before:
        return False
    end = text.find("\n", place.end())
    around = text[max(0, place.start() - 60) : place.end() + 60 if end < 0 else min(end, place.end() + 60)]
    return not _OTHER_WORK().search(around)
