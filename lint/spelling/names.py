"""Slips in the names of organisations and places.

Names are rare by nature and near one another, so only some slips are certain enough: any in an
everyday word of organisations (``Univeristy``), and a letter lost, added or swapped inside a name
that far more records have (``Oklaoma``, ``Guanzhou``).
"""

from __future__ import annotations

from collections.abc import Iterable

from lint.spelling.edits import change
from lint.spelling.forms import folded
from lint.spelling.lexicon import NONE, PLAIN, Entry, Lexicon

_SHORTEST = 6
_SHORTEST_COMMON = 8
_CLEAR = 2.0
_MOSTLY_SMALL = 50
_MOST_NAMES_OF_COMMON = 3
_LEAST_NAMES_OF_COMMON = 5
_MOST_NAMES = 14
_LEAST_RATIO = 25
_FAR_LESS = 300
_EVERYDAY_STUDIES = 200
_WELL_KNOWN_PLACE = 700


def right_name(word: str, entry: Entry, near: Iterable[str], lexicon: Lexicon) -> str:
    """Return what a word of a name should be, of the frequent words one slip away, or ""."""
    if len(word) < _SHORTEST or entry.level != NONE:
        return ""
    found = [(lexicon.find(right), right) for right in near]
    right = max(((model.names, right) for model, right in found if _is_slip(word, entry, right, model)), default=None)
    return right[1] if right else ""


def right_common_name(word: str, entry: Entry, slips: Iterable[tuple[str, float]], lexicon: Lexicon) -> str:
    """Return what a long word of a name should be if it is a clear slip of an everyday word, or "".

    ``slips`` are what it may be a slip of in a text, with scores.
    """
    if len(word) < _SHORTEST_COMMON or entry.names > _MOST_NAMES_OF_COMMON:
        return ""
    score, right = max(((score, right) for right, score in slips), default=(0.0, ""))
    if score < _CLEAR:
        return ""
    start, end, _, _ = change(word, right)
    model = lexicon.find(right)
    everyday = model.level == PLAIN and model.small >= _MOSTLY_SMALL and model.names >= _LEAST_NAMES_OF_COMMON
    return right if start and end and everyday else ""


def _is_slip(word: str, entry: Entry, right: str, model: Entry) -> bool:
    start, end, written, meant = change(word, right)
    if not start or not end or folded(word) == folded(right):
        return False
    seen = max(1, entry.names, entry.studies)
    ratio = model.names / seen
    changed = len(written) == len(meant) == 1
    if ratio >= _FAR_LESS and _is_everyday(model):
        return not changed or end > 1  # the last letter but one may be an ending of another language
    if changed or seen > _MOST_NAMES:
        return False
    if len(word) == _SHORTEST:
        return ratio >= _FAR_LESS and model.names >= _WELL_KNOWN_PLACE
    return ratio >= _LEAST_RATIO and (bool(meant) or _is_inside(word, start, end, written))


def _is_everyday(model: Entry) -> bool:
    return model.level == PLAIN and model.studies >= _EVERYDAY_STUDIES and model.small >= 5


def _is_inside(word: str, start: int, end: int, added: str) -> bool:
    """Say whether an added letter is no ending of another language: a doubled one, or one amid the word."""
    return added == word[start - 1] or (start > 1 and end > 2)
