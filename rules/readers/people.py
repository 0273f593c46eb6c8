"""Names of people as registrants write them: titles, degrees, accents, order of the parts."""

from __future__ import annotations

import re
from functools import lru_cache

from lint.api import pattern
from lint.rules.readers.distances import are_within

_TITLE_WORDS = (
    "dr drs doctor prof professor mr mrs ms miss assoc associate asst assistant med md phd msc mph mbbs mba frcp"
)
_TITLES = frozenset(_TITLE_WORDS.split())
"""Titles and degrees that are no surname, as Ma and Do are."""

_NOT_PEOPLE = pattern(
    r"\b(?:clinical (?:trials?|transparency|sciences?|registry|operations?|director|leader|study|research|development)"
    r"|study (?:director|officials?|manager|coordinator|physician|chair|contact|team|lead)"
    r"|medical (?:director|monitor|responsible|expert|affairs|officer|information)|call (?:cent(?:er|re)|1-|\(?[0-9])"
    r"|(?:trials?|data|project) (?:management|manager|coordinator|office|team|information)|pharma(?:ceuticals?)?|inc"
    r"|ltd|llc|gmbh|corporation|research (?:cent(?:er|re)|group|team)|hospital|university|department|dept|institute|tbd"
    r"|to be (?:determined|announced)|hotline|help ?desk|cares|masteradmins)\b"
    r"|^(?:novartis|pfizer|bayer|sanofi|roche|abbvie|gsk|glaxosmithkline|merck|lilly|astrazeneca|takeda|amgen|none|n/a"
    r"|unknown|investigator|principal investigator|sponsor)$",
    re.IGNORECASE,
)
_HINT_WORDS = (
    "clinical study medical call trial data project pharma inc ltd llc gmbh corp research hospital univ dep inst tbd "
    "to+be hotline help cares masteradmins novartis pfizer bayer sanofi roche abbvie gsk glaxo merck lilly astra "
    "takeda amgen none n/a unknown investigator sponsor"
)
_HINTS = tuple(word.replace("+", " ") for word in _HINT_WORDS.split())
"""One of these stands in every name that is none of a person; most names need no more than this look."""


@lru_cache(maxsize=1024)
def name_parts(name: str) -> tuple[str, ...]:
    """Return the parts of a name in lower case without accents, titles and degrees.

    What follows a comma are degrees, unless a single word stands before it: ``Berg, Anna``.
    """
    head, _, tail = name.partition(",")
    parts = _parts(head)
    if len(parts) == 1 and tail:
        parts += _parts(tail.partition(",")[0])
    return tuple(parts)


def without_accents(text: str) -> str:
    """Return a text with plain letters in place of letters with accents."""
    if text.isascii():
        return text
    from unicodedata import combining, normalize

    return "".join(char for char in normalize("NFKD", text) if not combining(char))


def _parts(text: str) -> list[str]:
    text = without_accents(text)
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text.lower().replace(".", " ").replace("-", " "))
    return [word for word in words if word not in _TITLES]


@lru_cache(maxsize=1024)
def is_person(name: str) -> bool:
    """Say whether a name can be that of a person, not of a job, a department or a company."""
    if not name_parts(name):
        return False
    lowered = name.lower()
    return not (any(hint in lowered for hint in _HINTS) and _NOT_PEOPLE().search(name))


def differ_by_a_slip(one: str, other: str) -> bool:
    """Say whether two names of an institution are one, written with a slip; left-out accents are none."""
    one, other = (" ".join(without_accents(text).casefold().split()) for text in (one, other))
    return one != other and min(len(one), len(other)) >= 8 and are_within(one, other, 2)


def may_be_same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether two names, as ``name_parts`` gives them, may belong to one person.

    The order, initials, left-out names, joined syllables (``Shihui``, ``Shi Hui``) and a slip of
    one letter in a longer part make no difference.
    """
    if not one or not other or sorted("".join(one)) == sorted("".join(other)):
        return True
    shorter, longer = sorted((one, other), key=len)
    alike = sum(_alike(part, longer) for part in shorter)
    shared = any(len(part) > 1 and part in longer for part in shorter)
    return alike == len(shorter) or (shared and alike >= 2) or (shared and _same_initials(shorter, longer))


def _alike(part: str, parts: tuple[str, ...]) -> bool:
    return part in parts or (len(part) >= 5 and any(are_within(part, other, 1) for other in parts))


def _same_initials(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    initials = {part[0] for part in other}
    return all(part[0] in initials for part in one)
