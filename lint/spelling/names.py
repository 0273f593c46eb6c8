"""Slips in the names of organisations and places.

Names are rare by nature and near one another, so only two kinds of slip are certain enough: in
an everyday word of organisations (``Univeristy``), and a letter lost, doubled or swapped in a
place that very many records name (``Oklaoma``).
"""

from __future__ import annotations

from lint.spelling.edits import change
from lint.spelling.lexicon import NONE, PLAIN, Entry, Lexicon

_SHORTEST = 6
_MOST_NAMES_OF_PLACE = 3
_LEAST_RATIO = 300
_PLACE_NAMES = 200
_WELL_KNOWN_PLACE = 700


def right_name(word: str, entry: Entry, lexicon: Lexicon) -> str:
    """Return what a word of a name should be, or ""."""
    if len(word) < _SHORTEST or entry.level != NONE:
        return ""
    found = [(lexicon.find(right), right) for right in lexicon.near(word)]
    right = max(((model.names, right) for model, right in found if _is_slip(word, entry, right, model)), default=None)
    return right[1] if right else ""


def _is_slip(word: str, entry: Entry, right: str, model: Entry) -> bool:
    start, end, written, meant = change(word, right)
    seen = max(1, entry.names, entry.studies)
    if not start or not end or model.names < _LEAST_RATIO * seen:
        return False
    if model.level == PLAIN and model.studies >= _PLACE_NAMES and model.small >= 5:
        return True
    other_length = len(written) != len(meant) or len(written) == 2
    long_enough = len(word) > _SHORTEST or model.names >= _WELL_KNOWN_PLACE
    return other_length and long_enough and seen <= _MOST_NAMES_OF_PLACE and model.names >= _PLACE_NAMES
