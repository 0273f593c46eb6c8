"""Slips in the names of organisations and places.

Names are rare by nature and near one another, so only two kinds of slip are certain enough: in
an everyday word of organisations (``Univeristy``), and a letter lost, doubled or swapped in a
place that very many records name (``Oklaoma``).
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
_MOST_NAMES_OF_PLACE = 3
_LEAST_RATIO = 300
_PLACE_NAMES = 200
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
    if len(word) < _SHORTEST_COMMON or entry.names > _MOST_NAMES_OF_PLACE:
        return ""
    score, right = max(((score, right) for right, score in slips), default=(0.0, ""))
    if score < _CLEAR:
        return ""
    start, end, _, _ = change(word, right)
    model = lexicon.find(right)
    return right if start and end and model.level == PLAIN and model.small >= _MOSTLY_SMALL else ""


def _is_slip(word: str, entry: Entry, right: str, model: Entry) -> bool:
    start, end, written, meant = change(word, right)
    seen = max(1, entry.names, entry.studies)
    if not start or not end or model.names < _LEAST_RATIO * seen or folded(word) == folded(right):
        return False
    if end == 1 and len(written) == len(meant) == 1:
        return False  # an ending of another language
    if model.level == PLAIN and model.studies >= _PLACE_NAMES and model.small >= 5:
        return True
    other_length = len(written) != len(meant) or len(written) == 2
    long_enough = len(word) > _SHORTEST or model.names >= _WELL_KNOWN_PLACE
    return other_length and long_enough and seen <= _MOST_NAMES_OF_PLACE and model.names >= _PLACE_NAMES
