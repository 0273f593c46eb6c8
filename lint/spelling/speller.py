"""What a speller knows and has found out already, and its verdict on a word of a record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from lint.spelling.joins import OFTEN_JOINED, spaced, spaced_elsewhere
from lint.spelling.lexicon import PLAIN, RIGHT, Entry, Lexicon
from lint.spelling.names import right_name
from lint.spelling.score import Weights, context_features, most_by_context, read_weights, total, word_features

SHORTEST = 4
_KNOWN_STUDIES = 10
_BEYOND_DOUBT = 400
"""A word of so many studies is right, or everybody's habit."""
_LEAST_RATIO = 4
_MOST_REMEMBERED = 300_000


class Standing(NamedTuple):
    """How a word stands in a record.

    ``times`` says how often a word stands there; ``small``: always in small letters; ``term``:
    only in conditions, keywords, labels and names of interventions; ``name``: only in names of
    organisations and places.
    """

    times: Callable[[str], int]
    small: bool = True
    term: bool = False
    name: bool = False


class Verdict(NamedTuple):
    """What a word should probably be, and in how many studies or names of studies either stands.

    ``sure`` is False for what is reported only where false alarms are put up with.
    """

    right: str
    sure: bool
    studies: float
    right_studies: float


class Speller:
    """Judges words by a lexicon and words of one's own, and remembers what it found out.

    ``own`` are lower-case words that are right whatever the lexicon says.
    """

    def __init__(self, lexicon: Lexicon, own: Iterable[str] = (), weights: Weights | None = None) -> None:
        self.lexicon = lexicon
        self.weights = weights or read_weights()
        self.own = frozenset(own)
        self._least = min(self.weights.default, self.weights.strict) - most_by_context(self.weights.features)
        self._settled: set[str] = set(self.own)
        self._guesses: dict[str, tuple[tuple[str, float], ...]] = {}

    def doubtful(self, words: frozenset[str]) -> list[str]:
        """Return those of some distinct lower-case words that need a look, in alphabetical order."""
        settled = self._settled
        if len(settled) > _MOST_REMEMBERED:
            settled = self._settled = set(self.own)
        left = []
        for word in words - settled:
            if len(word) < SHORTEST or not word.isalpha() or not self._is_doubtful(word):
                settled.add(word)
            else:
                left.append(word)
        left.sort()
        return left

    def _is_doubtful(self, word: str) -> bool:
        return bool(self.guesses(word)) or self.is_rare(word) or word in OFTEN_JOINED

    def is_rare(self, word: str) -> bool:
        """Say whether hardly any study uses a word and only large word lists have it, if any."""
        entry = self.lexicon.find(word)
        return entry.studies + entry.names < _KNOWN_STUDIES and entry.level < PLAIN and word not in self.own

    def guesses(self, word: str) -> tuple[tuple[str, float], ...]:
        """Return what a word may be a slip of, with scores; without those that no record could bear out."""
        known = self._guesses.get(word)
        if known is None:
            if len(self._guesses) > _MOST_REMEMBERED:
                self._guesses.clear()
            known = self._guesses[word] = self._guessed(word)
        return known

    def judge(self, word: str, standing: Standing, *, strict: bool = False) -> Verdict | None:
        """Return what a word of a record should probably be, or None if it may well be right."""
        entry = self.lexicon.find(word)
        if standing.name:
            name = right_name(word, entry, self.lexicon)
            return Verdict(name, True, entry.names, self.lexicon.find(name).names) if name else None
        two = spaced(word, entry, self.lexicon)
        if two:
            return Verdict(two, True, entry.studies, 0)
        threshold = self.weights.strict if strict else self.weights.default
        score, right = max(((score, right) for right, score in self.scored(word, standing)), default=(threshold, ""))
        if score > threshold:
            right_studies = self.lexicon.find(right).studies
            right = "a " + right if word == "a" + right else right
            return Verdict(right, score > self.weights.default, entry.studies, right_studies)
        two = spaced_elsewhere(word, entry, self.lexicon, standing.times) if strict else ""
        return Verdict(two, False, entry.studies, 0) if two else None

    def scored(self, word: str, standing: Standing) -> list[tuple[str, float]]:
        """Return what a word may be a slip of, with scores that count how it stands in its record."""
        weights = self.weights.features
        times = standing.times(word) or 1
        return [
            (
                right,
                score + total(context_features(standing.small, times, standing.times(right), standing.term), weights),
            )
            for right, score in self.guesses(word)
        ]

    def candidates(self, word: str) -> list[tuple[str, dict[str, float]]]:
        """Return everything that a word may be a slip of, each with its features."""
        entry = self.lexicon.find(word)
        if _is_beyond_doubt(entry):
            return []
        return [
            (right, word_features(word, entry, right, model, self.lexicon))
            for right, model in ((right, self.lexicon.find(right)) for right in self.lexicon.near(word))
            if model.studies > _LEAST_RATIO * entry.studies
        ]

    def _guessed(self, word: str) -> tuple[tuple[str, float], ...]:
        weights = self.weights.features
        found = ((right, total(features, weights)) for right, features in self.candidates(word))
        return tuple(sorted((right, score) for right, score in found if score > self._least))


def _is_beyond_doubt(entry: Entry) -> bool:
    return entry.studies >= _BEYOND_DOUBT or entry.level == RIGHT


@lru_cache(maxsize=1)
def _in_use() -> list[Speller]:
    return []


def use_speller(speller: Speller) -> None:
    """Let all rules of this process judge by a speller."""
    _in_use()[:] = [speller]


def current_speller() -> Speller:
    """Return the speller in use: at first one with the lexicon that ships."""
    if not _in_use():
        use_speller(Speller(Lexicon()))
    return _in_use()[0]
