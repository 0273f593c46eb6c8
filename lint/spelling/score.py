"""The decision whether a word is a slip of another: a sum of weighted features.

The weights and thresholds are in ``weights.tsv``; ``tools/train_spelling.py`` makes them from
labelled words. A score of zero is even chances.
"""

from __future__ import annotations

import os
from binascii import crc32
from collections.abc import Callable, Mapping
from functools import lru_cache
from math import log
from typing import NamedTuple

from lint.spelling.edits import change, one_edit_apart
from lint.spelling.forms import ADDED, COMBINING, SECOND, folded, same_end, same_stem
from lint.spelling.lexicon import PLAIN, RARE, Entry, Lexicon

WEIGHTS = os.path.join(os.path.dirname(__file__), "weights.tsv")

_VOWELS = frozenset("aeiouy")
_LONGEST = 12
_MOST_RATIO = 10.0
_WELL_KNOWN_STUDIES = 40
_SHORTEST_PART = 4
_MOST_TIMES = 5


class Standing(NamedTuple):
    """How a word stands in a record.

    ``times`` says how often any word stands there, ``occurrences`` how often this one. ``small``: always in
    small letters; ``amid_small``: with a capital behind a word in small letters; ``hyphen``: beside a
    hyphen; ``unfamiliar``: how many of the two words before and the two behind hardly any study
    uses; ``term``: only in conditions, keywords, labels and names of interventions; ``name``: only in
    names of organisations and places; ``capital``: where a capital stands amid small letters.
    """

    times: Callable[[str], int]
    occurrences: int = 1
    small: bool = True
    amid_small: bool = False
    hyphen: bool = False
    unfamiliar: int = 0
    term: bool = False
    name: bool = False
    capital: int = 0


class Weights(NamedTuple):
    """The weight of each feature, and the scores from which a word is reported, by strictness.

    ``mark`` tells the weights of a file from those of others.
    """

    features: Mapping[str, float]
    default: float
    strict: float
    mark: str = ""


def read_weights(file: str = WEIGHTS) -> Weights:
    """Read the weights: a name and a number a line, with a tab between; ``#`` begins a comment."""
    with open(file, encoding="ascii") as text:
        lines = [line for line in text.read().split("\n") if line and not line.startswith("#")]
    numbers = {name: float(number) for name, number in (line.split("\t") for line in lines)}
    mark = f"{crc32(' '.join(lines).encode()):08x}"
    return Weights(numbers, numbers.pop("default-threshold"), numbers.pop("strict-threshold"), mark)


def word_features(word: str, entry: Entry, right: str, model: Entry, lexicon: Lexicon) -> dict[str, float]:
    """Describe a word, what it may be a slip of, and how the two differ."""
    start, end, written, meant = change(word, right)
    single = one_edit_apart(word, right)
    unlisted_singular = word + "s" == right and entry.level == 0 and model.level > 0
    doubled = (meant in (right[start - 1 : start], right[start + 1 : start + 2]) and not written) or (
        written in (word[start - 1 : start], word[start + 1 : start + 2]) and not meant
    )
    changed = single and len(written) == len(meant) == 1
    return {
        "constant": 1.0,
        "ratio": min(_MOST_RATIO, log((model.studies + 0.5) / (entry.studies + 0.3))),
        "studies of right": log(model.studies + 1),
        "studies of word": log(entry.studies + 1),
        "length": min(len(word), _LONGEST),
        "two slips": not single,
        "word in large lists": entry.level == RARE,
        "only right listed": entry.level == 0 and model.level >= PLAIN,
        "first letter": start == 0,
        "last letter": end == 0 and not unlisted_singular,
        "swapped": single and len(written) == 2,
        "added": single and not meant,
        "lost": single and not written,
        "doubled": single and doubled,
        "vowels": changed and written in _VOWELS and meant in _VOWELS,
        "other ending": same_stem(word, right) and not unlisted_singular,
        "other opening": same_end(word, right),
        "regional": folded(word) == folded(right),
        "unlisted singular": unlisted_singular,
        **_parts(word, lexicon),
    }


def context_features(standing: Standing, right: str) -> dict[str, float]:
    """Describe how a word stands in its record, and how often what it may be a slip of stands there."""
    return {
        "capital": not standing.small,
        "capital amid small": standing.amid_small,
        "hyphen beside": standing.hyphen,
        "unfamiliar beside": standing.unfamiliar,
        "times in record": log(standing.occurrences),
        "right in record": log(1 + min(standing.times(right), _MOST_TIMES)),
        "term": standing.term,
    }


def most_by_context(weights: Mapping[str, float]) -> float:
    """Return how much the record may add to the score of a word at most."""
    most = {
        "capital": 1.0, "capital amid small": 1.0, "hyphen beside": 1.0, "unfamiliar beside": 4.0,
        "right in record": log(1 + _MOST_TIMES), "term": 1.0,
    }  # fmt: skip
    return sum(max(0.0, weights.get(name, 0.0) * value) for name, value in most.items())


def total(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the weighted sum of some features."""
    return sum(weights.get(name, 0.0) * value for name, value in features.items() if value)


@lru_cache(maxsize=16)
def _parts(word: str, lexicon: Lexicon) -> dict[str, float]:
    """Say whether a word is put together of a known word and something in front or behind."""
    opening = word.startswith(COMBINING) and any(
        word.startswith(part) and _is_second(word[len(part) :], lexicon) for part in COMBINING
    )
    ending = (
        not opening
        and word.endswith(ADDED)
        and any(word.endswith(part) and _is_stem(word[: -len(part)], lexicon) for part in ADDED)
    )
    cuts = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    compound = not (opening or ending) and any(
        _is_common(word[:cut], lexicon) and _is_common(word[cut:], lexicon) for cut in cuts
    )
    return {"known behind opening": opening, "known before ending": ending, "compound": compound}


def _is_second(rest: str, lexicon: Lexicon) -> bool:
    return rest in SECOND or _is_known(rest, lexicon, _SHORTEST_PART)


def _is_known(word: str, lexicon: Lexicon, shortest: int) -> bool:
    if len(word) < shortest:
        return False
    entry = lexicon.find(word)
    return entry.studies >= _WELL_KNOWN_STUDIES or entry.level == PLAIN


def _is_stem(stem: str, lexicon: Lexicon) -> bool:
    """Say whether a word is left without its ending: as it is, with ``e``, or with one letter less (``stopp``)."""
    if len(stem) < _SHORTEST_PART:
        return False
    if _is_known(stem, lexicon, _SHORTEST_PART) or _is_known(stem + "e", lexicon, _SHORTEST_PART):
        return True
    return stem[-1] == stem[-2] and _is_known(stem[:-1], lexicon, _SHORTEST_PART - 1)


def _is_common(word: str, lexicon: Lexicon) -> bool:
    entry = lexicon.find(word)
    return entry.studies >= 100 and entry.level == PLAIN
