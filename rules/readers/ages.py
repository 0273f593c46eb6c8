"""Ages as the registry writes them (``18 Years``) and as criteria say them (``aged 18-65 years``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from lint.api import pattern
from lint.rules.readers.criteria import INCLUSION, Section, without_marker

_DAYS = {"year": 365.25, "month": 30.4375, "week": 7.0, "day": 1.0, "hour": 1 / 24, "minute": 1 / 1440}

_FIELD = pattern(r"([0-9]{1,4}) (Year|Month|Week|Day|Hour|Minute)s?")

_TO = r"(?:-|–|—|~|to|and|through|until|till|up to)"
_YEARS = r"(?:years?|yrs?)(?:[ -]?old)?(?: of age)?"
_RANGE = pattern(
    rf"\b(?:(?:ages?d?|adults?|m[ae]n|women|males?|females?|patients?|subjects?|participants?)\b[^0-9.;<>≤≥\n]{{0,40}}|^)"
    rf"(?P<low>[0-9]{{1,3}}) ?(?:{_YEARS})? ?{_TO} ?(?P<high>[0-9]{{1,3}}) ?(?:{_YEARS})",
    re.IGNORECASE,
)
_BARE_RANGE = pattern(
    rf"\bage(?:s|d)?\b(?:[ :,(]*(?:range|group|of|is|are|must be|between|from|the|ages?))*[ :,(]*"
    rf"(?P<low>[0-9]{{1,3}}) ?{_TO} ?(?P<high>[0-9]{{1,3}})"
    r"(?=[ .;,)\n]|$)(?! ?(?:months?|mos?|weeks?|wks?|days?|hours?|minutes?|years?|yrs?|%|kg|cm|[+])\b)(?![.,][0-9])",
    re.IGNORECASE,
)
"""A range of ages without a unit, behind the very word."""
_RANGE_END = pattern(rf"[0-9] ?(?:{_YEARS})? ?{_TO} ?[0-9]{{1,3}} ?(?:{_YEARS})", re.IGNORECASE)
"""The end of a range, which is found several times faster: it begins with a digit."""
_LOW = pattern(
    r"^(?:(?:male|female|men|women|adult|patient|subject|participant|individual|person|people|all|and|or|an|aged?|must|be|is|are"
    r"|who|of|the|with)s?[ ,:/()]*){0,8}"
    rf"(?:(?P<sign>≥|>=|=>|>|at least|older than|greater than|more than|over|above)[ =]*(?P<low>[0-9]{{1,3}}) ?{_YEARS}"
    rf"|(?P<low2>[0-9]{{1,3}}) ?{_YEARS},?(?: of age)? (?:or|and) (?:older|over|above)"
    r"|(?P<sign3>≥|>=|=>|>) ?(?P<low3>[0-9]{1,3})(?=[ .;,)\n]|$)(?! ?(?:months?|mos?|weeks?|wks?|days?|hours?)\b))",
    re.IGNORECASE,
)
_HIGH = pattern(
    r"^(?:(?:male|female|men|women|adult|patient|subject|participant|individual|all|and|or|an|aged?|must|be|is|are"
    r"|who|of|the|with)s?[ ,:/()]*){0,8}"
    r"(?:≤|<=|=<|<|no(?:t|t be)? older than|younger than|less than|under|below|up to)[ =]*"
    rf"(?P<high>[0-9]{{1,3}}) ?{_YEARS}",
    re.IGNORECASE,
)
_OTHER_WORDS = (
    "caregiver parent donor sibling control partner guardian relative mother father child infant cohort phase stage "
    "diagnos onset history unless except younger when first clinician physician nurse staff teacher since during prior "
    "before within duration smok pack spouse husband wife famil grandp sister brother offspring dyad toddler newborn "
    "neonat"
)
_OTHER_PEOPLE = tuple(_OTHER_WORDS.split())
_SMALL_WORDS = ("arm", "group", "part", "if", "or")
_OTHER_GROUP = pattern(r"\b(?:arm|group|part|if)\b|\bor\b.{0,25}\b(?:with|who)\b")

_SOME_AGE = pattern(
    r"\bage[sd]?\b[^.;\n]{0,20}[0-9]|[0-9] ?(?:years?|yrs?)[ -](?:old|of age)|\b(?:any|all) ages?\b", re.IGNORECASE
)

_OTHER_TIME = pattern(
    r"^,? and [0-9]+ months|\bat (?:the )?time of (?!(?:the )?(?:enrol|consent|inform|screen|inclu|study|entry|recruit"
    r"|sign|regis|randomi))",
    re.IGNORECASE,
)
_MORE_YEARS = pattern(r"[0-9]\+? ?(?:years?|yrs?)\b", re.IGNORECASE)
_SOME_OF = pattern(
    r"\b(?:at least|any|minimum of) (?:one|two|three|four|[1-9])\b.{0,40}(?:of the following|factors|these|criteria)"
    r"|\b(?:one|two|any|some)(?: or more)? of the (?:following|below)\b|\bfactors?:?$",
    re.IGNORECASE,
)
"""What opens a list of which not all points need apply."""
_YOUNGEST_BARE = 12
"""Below this, "at least 3 years" is rather a duration than an age, and "aged 2-5" may count months."""


class StatedAges(NamedTuple):
    """Age limits in years as the criteria state them; ``low_open`` says "over 18", not "from 18".

    ``low`` is 0 where they state the upper limit only.
    """

    low: int
    low_open: bool
    high: int | None
    text: str


@lru_cache(maxsize=256)
def age_in_days(text: str) -> float | None:
    """Read an age field such as ``18 Years`` as days; None if it is none."""
    match = _FIELD().fullmatch(text)
    return int(match[1]) * _DAYS[match[2].lower()] if match else None


def age_in_years(text: str) -> int | None:
    """Read an age field that counts years; None for other units and for no age."""
    match = _FIELD().fullmatch(text)
    return int(match[1]) if match and match[2] == "Year" else None


def stated_ages(sections: tuple[Section, ...]) -> StatedAges | None:
    """Return the age limits that the inclusion criteria state, if they state each just once.

    Lines about other people (donors, caregivers), about parts of the study, about ages of something
    else (onset, diagnosis) or in a list of which some points are enough make the statement doubtful;
    then nothing is returned.
    """
    found: StatedAges | None = None
    for section in sections:
        if section.kind != INCLUSION:
            continue
        if not section.plain:
            return None
        for line in _lines_about_age(section):
            ages = _ages_of(line)
            if ages is not None or _SOME_AGE().search(line):
                if ages is None or _doubtful(line, ages.text) or _is_choice(section, line):
                    return None
                found = ages if found is None else _joined(found, ages)
                if found is None:
                    return None
    return found


def _joined(one: StatedAges, other: StatedAges) -> StatedAges | None:
    """Return a lower and an upper limit of two lines as one statement; None if they state one of them twice."""
    low, high = (one, other) if one.low else (other, one)
    if not low.low or low.high is not None or high.low:
        return None
    return low._replace(high=high.high, text=f"{low.text}, {high.text}")


def _lines_about_age(section: Section) -> Iterator[str]:
    for raw in section.written:
        lowered = raw.lower()
        if "year" in lowered or "yr" in lowered:
            yield without_marker(raw)
        elif "age" in lowered:
            line = without_marker(raw)
            lowered = line.lower()
            if lowered.startswith("age") or " age" in lowered:
                yield line


def _doubtful(line: str, statement: str) -> bool:
    """Say whether a line is about other people, or states more than one number of years."""
    lowered = line.lower()
    if any(word in lowered for word in _OTHER_PEOPLE):
        return True
    if any(word in lowered for word in _SMALL_WORDS) and _OTHER_GROUP().search(lowered):
        return True
    rest = line.replace(statement, "", 1)
    return bool(_MORE_YEARS().search(rest) or _OTHER_TIME().search(rest))


def _is_choice(section: Section, line: str) -> bool:
    """Say whether a line stands in a list of which some points are enough."""
    opening = ""
    for raw in section.written:
        if line in raw:
            break
        if raw.strip() and (raw.rstrip().endswith(":") or without_marker(raw) == raw.strip()):
            opening = raw
    return _SOME_OF().search(opening) is not None


def _ages_of(text: str) -> StatedAges | None:
    match = _RANGE().search(text) if _RANGE_END().search(text) else _BARE_RANGE().search(text)
    if match and match.re is _BARE_RANGE() and int(match["low"]) < _YOUNGEST_BARE:
        return None
    if match:
        return StatedAges(int(match["low"]), False, int(match["high"]), text[match.start("low") : match.end()])
    match = _LOW().match(text)
    if match:
        low = int(match["low"] or match["low2"] or match["low3"])
        if low < _YOUNGEST_BARE and "age" not in match[0].lower() and "old" not in match[0].lower():
            return None
        sign = (match["sign"] or match["sign3"] or "").lower()
        is_open = sign in {">", "older than", "greater than", "more than", "over", "above"}
        return StatedAges(low, is_open, None, match[0].strip())
    match = _HIGH().match(text)
    if match and int(match["high"]) >= _YOUNGEST_BARE:
        return StatedAges(0, False, int(match["high"]), match[0].strip())
    return None
