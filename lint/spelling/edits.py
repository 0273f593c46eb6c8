"""Slips of the keyboard between two words: a letter lost, added or changed, two neighbours swapped."""

from __future__ import annotations

from typing import NamedTuple

from lint.spelling.forms import common


class Change(NamedTuple):
    """How a word differs from the right one: ``written`` stands where ``meant`` should.

    That is ``start`` letters from the beginning and ``end`` letters from the end.
    """

    start: int
    end: int
    written: str
    meant: str


def change(word: str, right: str) -> Change:
    """Return the one stretch in which two words differ."""
    start = common(word, right)
    end = min(common(word[::-1], right[::-1]), len(word) - start, len(right) - start)
    return Change(start, end, word[start : len(word) - end], right[start : len(right) - end])


def one_edit_apart(word: str, right: str) -> bool:
    """Say whether two words differ by one letter added, lost or changed, or by two neighbours swapped."""
    _, _, written, meant = change(word, right)
    return max(len(written), len(meant)) == 1 or (len(written) == 2 and written == meant[::-1])


def two_edits_apart(word: str, right: str) -> bool:
    """Say whether two words differ by two such slips (optimal string alignment)."""
    _, _, written, meant = change(word, right)
    return abs(len(written) - len(meant)) <= 2 and _distance(written, meant) == 2


def _distance(one: str, other: str) -> int:
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        row = [i]
        for j, right in enumerate(other, 1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, last = last, row
    return last[-1]


def shortened(word: str) -> set[str]:
    """Return the word without one of its letters, for each of them."""
    return {word[:index] + word[index + 1 :] for index in range(len(word))}


def shortened_twice(word: str) -> set[str]:
    """Return the word with none, one or two of its letters left out."""
    once = shortened(word)
    return {word, *once, *(twice for one in once for twice in shortened(one))}
