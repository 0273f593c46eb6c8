"""Two words that lack the blank between them."""

from __future__ import annotations

from lint.spelling.forms import COMBINING
from lint.spelling.lexicon import NONE, PLAIN, Entry, Lexicon

_IN_FRONT = ("of", "the", "and", "with", "from", "for", "by", "will", "were", "was", "that", "this", "which")
_BEHIND = ("of", "the", "and", "with", "from", "for", "by", "will", "were", "was", "that", "this")
_IN_FRONT_OF_COMMON = ("to", "or", "be")
_BEHIND_COMMON = ("to", "in")
_LEAST_STUDIES_OF_COMMON = 1000
_MOST_STUDIES = 5
_LEAST_STUDIES = 15
_LEAST_STUDIES_OF_BOTH = 100
_SHORTEST = 5
_SHORTEST_OF_BOTH = 3
_MOST_STUDIES_OF_CLEAR = 1
_LEAST_STUDIES_OF_CLEAR = 200
_SHORTEST_FIRST = 4


def spaced(word: str, entry: Entry, lexicon: Lexicon) -> str:
    """Return the two words that a word is, or "".

    One of them must be a small word such as ``of``.
    """
    if entry.level != NONE or entry.studies > _MOST_STUDIES:
        return ""
    for small in _IN_FRONT:
        if word.startswith(small) and _is_known(word[len(small) :], lexicon):
            return f"{small} {word[len(small) :]}"
    for small in _BEHIND:
        if word.endswith(small) and _is_known(word[: -len(small)], lexicon):
            return f"{word[: -len(small)]} {small}"
    for small in _IN_FRONT_OF_COMMON:
        if word.startswith(small) and _is_common(word[len(small) :], lexicon):
            return f"{small} {word[len(small) :]}"
    for small in _BEHIND_COMMON:
        # Drugs end in -in as well, participles do not.
        if word.endswith("ed" + small) and _is_common(word[: -len(small)], lexicon):
            return f"{word[: -len(small)]} {small}"
    return ""


def possible_splits(word: str, entry: Entry, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the pairs of well-known words that a rare word may be: two words if they stand so elsewhere.

    The first must not be one of those that others are put together with.
    """
    if entry.level != NONE or entry.studies > _MOST_STUDIES:
        return ()
    cuts = range(_SHORTEST_OF_BOTH, len(word) - _SHORTEST_OF_BOTH + 1)
    return tuple(
        f"{word[:cut]} {word[cut:]}"
        for cut in cuts
        if word[:cut] not in COMBINING and _is_plain(word[:cut], lexicon) and _is_plain(word[cut:], lexicon)
    )


def clear_split(word: str, entry: Entry, splits: tuple[str, ...], lexicon: Lexicon) -> str:
    """Return the split of a word that hardly any study uses into two words that many do, or "".

    Short words are left out: many others are put together with them (``breathwork``, ``transplantable``).
    """
    other_number = word.removesuffix("s") if word.endswith("s") else word + "s"
    if max(entry.studies, lexicon.find(other_number).studies) > _MOST_STUDIES_OF_CLEAR:
        return ""
    for split in splits:
        first, second = split.split(" ")
        is_long = len(first) >= _SHORTEST_FIRST and len(second) >= _SHORTEST
        if is_long and min(lexicon.find(first).studies, lexicon.find(second).studies) >= _LEAST_STUDIES_OF_CLEAR:
            return split
    return ""


def _is_common(word: str, lexicon: Lexicon) -> bool:
    if len(word) < _SHORTEST:
        return False
    entry = lexicon.find(word)
    return entry.level == PLAIN and entry.studies >= _LEAST_STUDIES_OF_COMMON


def _is_plain(word: str, lexicon: Lexicon) -> bool:
    entry = lexicon.find(word)
    return entry.level >= PLAIN and entry.studies >= _LEAST_STUDIES_OF_BOTH


def _is_known(word: str, lexicon: Lexicon) -> bool:
    return len(word) >= _SHORTEST and lexicon.find(word).studies >= _LEAST_STUDIES
