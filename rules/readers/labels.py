"""Titles of arms and names of interventions: when two of them are one, or nearly one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from lint.api import Context, pattern
from lint.rules.readers.words import slips
from lint.spelling import current_speller
from lint.spelling.edits import one_edit_apart

_SEPARATORS = pattern(r"""[,.;:"()\[\]{}_/\\|*\u2018-\u201f]|\b[-\u2010-\u2015]+\b""")
_SHORTEST = 6
_FEWEST_WORDS = 3


class Twins(NamedTuple):
    """A probably misspelt ``word`` of one text where a text that is otherwise equal has ``model``."""

    word: str
    model: str


def folded(text: str) -> str:
    """Return a text without case, punctuation and superfluous blanks, for comparison.

    Signs that tell things apart stay: ``HBV+`` is not ``HBV-``, ``< 5`` not ``> 5``.
    """
    return " ".join(_SEPARATORS().sub(" ", text.casefold()).split())


def twins(ctx: Context, one: str, other: str) -> Twins | None:
    """Say which word is misspelt if two folded texts differ by one letter of one word.

    Two well-known words are two things (prednisone and prednisolone) unless one is a slip that many
    make (propanolol), as are words that differ in a digit. Of two that the registry hardly knows, the record
    itself must show which is at home.
    """
    if abs(len(one) - len(other)) > 1:
        return None
    ours, theirs = one.split(), other.split()
    if len(ours) != len(theirs):
        return None
    differing = [pair for pair in zip(ours, theirs) if pair[0] != pair[1]]
    if len(differing) != 1:
        return None
    pair = differing[0]
    if min(map(len, pair)) < _SHORTEST or not all(word.isascii() and word.isalpha() for word in pair):
        return None
    return _one_letter_apart(ctx, *pair)


def _one_letter_apart(ctx: Context, one: str, other: str) -> Twins | None:
    if not one_edit_apart(one, other):
        return None
    speller = current_speller()
    for word, model in ((one, other), (other, one)):
        suspicion = speller.suspicion(word)
        if suspicion and suspicion.certain == model:
            return Twins(word, model)
    rare = [speller.is_rare(word) for word in (one, other)]
    if not any(rare):
        return None
    if not all(rare):
        return Twins(one, other) if rare[0] else Twins(other, one)
    found = {(slip.word, slip.model) for slip in ctx.memo(slips)}
    return next((Twins(*pair) for pair in ((one, other), (other, one)) if pair in found), None)


def cut_off(short: Sequence[str], long: Sequence[str], idle: Collection[str]) -> bool:
    """Say whether some words are the end or the beginning of others, as a cut copy is.

    What was cut must be ``idle`` words, which tell nothing apart; numbers, letters and signs do.
    """
    if not _FEWEST_WORDS <= len(short) < len(long):
        return False
    if long[-len(short) :] == short:
        rest = long[: -len(short)]
    elif long[: len(short)] == short:
        rest = long[len(short) :]
    else:
        return False
    return all(len(word) > 1 and word.isalpha() and word in idle and word not in _JOINING for word in rest)


_JOINING = frozenset(("and", "high", "low", "of", "or", "placebo", "plus", "then", "with", "without"))
"""Words that make another arm of what is otherwise one text."""
