"""Titles of studies against each other: whether they may be those of one study."""

from __future__ import annotations

from functools import lru_cache

from lint.api import pattern
from lint.rules.readers.distances import are_within

_word = pattern(r"[^\W_]+")
_NEAR = 85.0
"""Likeness in per cent, order of the words aside, from which on two texts say the same."""
_EMPTY_WORDS = (
    "a an the of in on for to with and or vs versus by at from as is are who have has study trial compared comparing "
    "evaluating evaluate evaluation assess assessing assessment patients subjects participants people treatment "
    "treating efficacy effect effects effectiveness safety using use randomized randomised controlled"
)
_EMPTY = frozenset(_EMPTY_WORDS.split())
"""Words that the titles of one study may differ in."""


@lru_cache(maxsize=4096)
def plain_title(title: str) -> tuple[str, ...]:
    """Return the words of a title in lower case, without punctuation."""
    return tuple(_word().findall(title.casefold()))


def are_near(one: str, other: str) -> bool:
    """Say whether two texts say nearly the same, in whatever order of the words."""
    from rapidfuzz.fuzz import token_sort_ratio

    words, others = (" ".join(plain_title(text)) for text in (one, other))
    return bool(words and others) and token_sort_ratio(words, others, score_cutoff=_NEAR) > 0


def are_apart(one: str, other: str) -> bool:
    """Say whether two titles differ in a word that may set two studies apart.

    Such is every word that stands in one of them only, unless it is a common one of titles or a slip of a word
    of the other: numbers, parts, drugs, ages, phases, ``extension``.

    >>> are_apart("Exampline in Migraine, Part A", "Exampline in Migraine, Part B")
    True
    >>> are_apart("A Study of Exampline in Migraine", "Exampline for Patients With Migrane")
    False
    """
    if _letters(one) != _letters(other):
        return True
    words, others = (frozenset(plain_title(text)) for text in (one, other))
    left, right = words - others - _EMPTY, others - words - _EMPTY
    return not (all(_has_slip(word, right) for word in left) and all(_has_slip(word, left) for word in right))


@lru_cache(maxsize=4096)
def _letters(title: str) -> tuple[str, ...]:
    """Return the single letters behind the first word, which may name a part; ``a`` only where it is a capital."""
    words = _word().findall(title)[1:]
    return tuple(word.casefold() for word in words if len(word) == 1 and word != "a")


def _has_slip(word: str, others: frozenset[str]) -> bool:
    return len(word) >= 5 and any(are_within(word, other, 2) for other in others)
