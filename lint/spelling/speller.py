"""What a speller knows and has found out already, and its verdict on a word of a record."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from lint.spelling.forms import british_to_american, plurals
from lint.spelling.habits import HABITS, HABITS_IN_NAMES
from lint.spelling.joins import clear_split, possible_splits, spaced
from lint.spelling.lexicon import NONE, PLAIN, Entry, Lexicon
from lint.spelling.names import right_common_name, right_name
from lint.spelling.score import (
    Standing,
    Weights,
    context_features,
    most_by_context,
    read_weights,
    total,
    word_features,
)

SHORTEST = 4
_KNOWN_STUDIES = 10
_BEYOND_DOUBT = 400
"""A word of so many studies is right, or everybody's habit."""
_CERTAIN = 1.5
_OFTEN = 4
_HARDLY_ANY = 3
_LEAST_RATIO = 12
_LEAST_RATIO_OF_RARE = 6
_MOST_REMEMBERED = 300_000


class Suspicion(NamedTuple):
    """What a word may be, whatever record it stands in.

    ``slips``: what it may be a slip of, with scores, without those that no record could bear out;
    ``name``: what it is as part of a name, or ""; ``certain``: the word or the two words that it is, or "";
    ``splits``: pairs of words that it is if they stand so in the record, ``split`` the one that it is
    wherever it is written small, or "".
    """

    slips: tuple[tuple[str, float], ...]
    name: str
    certain: str
    splits: tuple[str, ...]
    split: str


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
        self._trusts_clear = lexicon.about.get("weights") == self.weights.mark
        self._settled: set[str] = set(self.own)
        self._suspicions: dict[str, Suspicion | None] = {}

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
        entry = self.lexicon.find(word)
        return _is_rare(entry) or (not self._is_clear(entry) and self.suspicion(word) is not None)

    def _is_clear(self, entry: Entry) -> bool:
        """Say whether a word cannot be a slip, as far as that can be told without looking for its models."""
        return entry.level >= PLAIN or entry.studies >= _BEYOND_DOUBT or (entry.clear and self._trusts_clear)

    def is_rare(self, word: str) -> bool:
        """Say whether hardly any study uses a word and only large word lists have it, if any."""
        return word not in self.own and _is_rare(self.lexicon.find(word))

    def suspicion(self, word: str) -> Suspicion | None:
        """Return what a word may be, or None if there is nothing against it."""
        try:
            return self._suspicions[word]
        except KeyError:
            if len(self._suspicions) > _MOST_REMEMBERED:
                self._suspicions.clear()
            found = self._suspicions[word] = self._suspicion(word)
            return found

    def _suspicion(self, word: str) -> Suspicion | None:
        entry = self.lexicon.find(word)
        if word in self.own or self._is_clear(entry):
            return None
        near = self.lexicon.near(word)
        weights = self.weights.features
        scored = ((right, total(features, weights)) for right, features in self._described(word, entry, near))
        slips = tuple(sorted((right, score) for right, score in scored if score > self._least))
        name = (
            HABITS_IN_NAMES.get(word)
            or right_name(word, entry, near, self.lexicon)
            or right_common_name(word, entry, slips, self.lexicon)
        )
        splits = possible_splits(word, entry, self.lexicon)
        split = clear_split(word, entry, splits, self.lexicon)
        certain = HABITS.get(word) or spaced(word, entry, self.lexicon)
        found = Suspicion(slips, name, certain, splits, split)
        return found if any(found) else None

    def judge(self, word: str, standing: Standing, *, strict: bool = False) -> Verdict | None:
        """Return what a word of a record should probably be, or None if it may well be right."""
        suspicion = self.suspicion(word)
        if suspicion is None:
            return None
        entry = self.lexicon.find(word)
        if standing.name:
            name = suspicion.name
            return Verdict(name, True, entry.names, self.lexicon.find(name).names) if name else None
        if suspicion.certain:
            return Verdict(suspicion.certain, True, entry.studies, self._studies(suspicion.certain))
        threshold = self.weights.strict if strict else self.weights.default
        if _is_term(entry, standing):
            threshold = max(threshold, _CERTAIN)
        score, right = max(
            ((score + self._by_context(standing, right), right) for right, score in suspicion.slips),
            default=(threshold, ""),
        )
        if score > threshold:
            right_studies = self.lexicon.find(right).studies
            right = "a " + right if word == "a" + right else right
            return Verdict(right, score > self.weights.default, entry.studies, right_studies)
        two = self.two_words(word, suspicion, standing)
        return Verdict(two, True, entry.studies, 0) if two else None

    def two_words(self, word: str, suspicion: Suspicion, standing: Standing) -> str:
        """Return the two words that a word of a text is, or ""."""
        if standing.capital:
            two = f"{word[: standing.capital]} {word[standing.capital :]}"
            return two if two in suspicion.splits else ""
        here = standing.times(word)
        two = next((two for two in suspicion.splits if standing.times(two) > here), "")
        return two or (suspicion.split if standing.small else "")

    def _by_context(self, standing: Standing, right: str) -> float:
        return total(context_features(standing, right), self.weights.features)

    def _studies(self, right: str) -> float:
        return self.lexicon.find(right).studies if right.isalpha() else 0

    def candidates(self, word: str) -> list[tuple[str, dict[str, float]]]:
        """Return everything that a word may be a slip of, each with its features."""
        entry = self.lexicon.find(word)
        if entry.level >= PLAIN or entry.studies >= _BEYOND_DOUBT:
            return []
        return self._described(word, entry, self.lexicon.near(word))

    def _described(self, word: str, entry: Entry, near: list[str]) -> list[tuple[str, dict[str, float]]]:
        if not near and entry.level == NONE and entry.studies < _KNOWN_STUDIES:
            near = self.lexicon.farther(word)
        models = ((right, self.lexicon.find(right)) for right in near)
        return [
            (right, word_features(word, entry, right, model, self.lexicon))
            for right, model in models
            if _may_be_slip(word, entry, right, model)
        ]


def _is_rare(entry: Entry) -> bool:
    return entry.studies + entry.names < _KNOWN_STUDIES and entry.level < PLAIN


def _is_term(entry: Entry, standing: Standing) -> bool:
    """Say whether a record uses a word that the registry does not know as its own: a new drug, a device."""
    return standing.occurrences >= _OFTEN and entry.studies < _HARDLY_ANY


def _may_be_slip(word: str, entry: Entry, right: str, model: Entry) -> bool:
    least = _LEAST_RATIO_OF_RARE if entry.studies < _KNOWN_STUDIES else _LEAST_RATIO
    if model.studies <= least * entry.studies or plurals(word, right):
        return False
    return british_to_american(word) != british_to_american(right)


_chosen: list[Speller] = []


def use_speller(speller: Speller | None) -> None:
    """Let all rules of this process judge by a speller; by the one with the lexicon that ships if None."""
    _chosen[:] = [speller] if speller else []


def current_speller() -> Speller:
    """Return the speller in use."""
    return _chosen[0] if _chosen else _shipped()


@lru_cache(maxsize=1)
def _shipped() -> Speller:
    return Speller(Lexicon())
