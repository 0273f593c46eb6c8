"""Train the weights of ``lint/spelling/weights.tsv`` from labelled words.

    python -m benchmarks.spelling.train LABELS [--records FILE ...] [--write]

``LABELS`` is a folder with ``whole_record.tsv``, ``whole_record_text.jsonl``, ``misspellings.tsv``,
``pool_labelled.tsv`` and ``rare_correct.tsv``; ``--records`` name the records that ``labels.tsv`` is
about. A logistic regression with a quadratic penalty is fitted by Newton's method; five folds,
divided by record, say how the weights do on records they were not made from, for a range of
thresholds. Needs numpy.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from hashlib import md5
from typing import NamedTuple

import numpy as np

from benchmarks.spelling.labelled import (
    LABELS,
    READ_HITS,
    Case,
    context_of,
    corpus_records,
    is_meant,
    single_words,
    whole_records,
)
from lint.rules.readers.words import doubtful_words, read_standing
from lint.spelling import Speller, use_speller
from lint.spelling.lexicon import Lexicon
from lint.spelling.score import WEIGHTS, Weights, context_features

FOLDS = 5
PENALTY = 3.0
WEIGHT_OF_RIGHT = 2.0
WEIGHT_OF_OTHER_CANDIDATES = 0.3
WEIGHT_OF_READ_HITS = 0.15
"""Words that an earlier fit had found say little about what it missed."""
EVERYTHING = Weights({}, -99.0, -99.0)
DEFAULT, STRICT = "default-threshold", "strict-threshold"


Judged = dict[int, tuple[float, str]]
"""Score and correction by the number of a word."""


class Word(NamedTuple):
    """A labelled word of a record and its candidates with their features."""

    nct: str
    word: str
    label: str
    correction: str
    source: str
    candidates: Sequence[tuple[str, dict[str, float]]]
    certain: str
    """What it is by the rules on names, on habits and on missing blanks."""


def words_of(case: Case, source: str, speller: Speller) -> list[Word]:
    """Return the words of a case: those with a label, and in whole records every doubtful word."""
    ctx = context_of(case)
    asked = set(case.labels) if not case.whole else set(case.labels) | set(ctx.memo(doubtful_words))
    found = []
    for word in sorted(asked):
        label, correction = case.labels.get(word, ("C", ""))
        read = read_standing(ctx, word) if word.isascii() and word.isalpha() and len(word) >= 4 else None
        candidates: list[tuple[str, dict[str, float]]] = []
        certain = ""
        if read is not None:
            _, standing = read
            suspicion = speller.suspicion(word)
            if standing.name:
                certain = suspicion.name if suspicion else ""
            else:
                candidates = [
                    (right, {**features, **context_features(standing, right)})
                    for right, features in speller.candidates(word)
                ]
                certain = suspicion.certain or speller.two_words(word, suspicion, standing) if suspicion else ""
        found.append(Word(case.nct, word, label, correction, source, candidates, certain))
    return found


def fold_of(nct: str) -> int:
    return int(md5(nct.encode()).hexdigest(), 16) % FOLDS


class Fit:
    """A fitted regression over named features."""

    def __init__(self, words: Sequence[Word], names: Sequence[str]) -> None:
        self.names = names
        rows, wanted, weights = [], [], []
        for one in words:
            for right, features in one.candidates:
                hit = one.label == "T" and right == one.correction
                if one.label == "T" and not hit and not one.correction:
                    continue
                rows.append([float(features[name]) for name in names])
                wanted.append(float(hit))
                weights.append(_weight_of(one, hit))
        self.weights = _newton(np.array(rows), np.array(wanted), np.array(weights), names.index("constant"))

    def best(self, word: Word) -> tuple[float, str]:
        """Return the score and the candidate that is most probable; a certain one has score 0."""
        scored = [
            (float(self.weights @ [float(features[name]) for name in self.names]), right)
            for right, features in word.candidates
        ]
        score, right = max(scored, default=(-99.0, ""))
        return score, "a " + right if word.word == "a" + right else right


def _weight_of(word: Word, hit: bool) -> float:
    if hit:
        return WEIGHT_OF_READ_HITS if word.source == "read" else 1.0
    return WEIGHT_OF_OTHER_CANDIDATES if word.label == "T" else WEIGHT_OF_RIGHT


def _newton(rows: np.ndarray, wanted: np.ndarray, weights: np.ndarray, constant: int) -> np.ndarray:
    """Maximise the penalised likelihood; features are penalised as if scaled to unit variance."""
    scale = rows.std(axis=0)
    scale[scale == 0] = 1.0
    scaled = rows / scale
    penalty = np.full(rows.shape[1], PENALTY)
    penalty[constant] = 1e-6
    found = np.zeros(rows.shape[1])
    for _ in range(60):
        chance = 1 / (1 + np.exp(-scaled @ found))
        slope = scaled.T @ (weights * (wanted - chance)) - penalty * found
        curve = (scaled * (weights * chance * (1 - chance))[:, None]).T @ scaled + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        found += step
        if np.abs(step).max() < 1e-9:
            break
    return np.asarray(found / scale)


def report(words: Sequence[Word], judged: Judged, threshold: float, sources: Sequence[str]) -> str:
    """Say how many of each source are found at a threshold, and how many of those are right."""
    parts = [f"{threshold:5.2f}"]
    for source in sources:
        mine = [(number, one) for number, one in enumerate(words) if one.source == source and one.label in "TC"]
        flagged = [(n, one) for n, one in mine if judged[n][0] > threshold or one.certain]
        true = [(n, one) for n, one in flagged if one.label == "T"]
        right = sum(is_meant(one.certain or judged[n][1], one.correction) for n, one in true)
        all_true = sum(one.label == "T" for _, one in mine)
        parts.append(
            f"{source}: {len(true)}/{len(flagged)} P {len(true) / max(1, len(flagged)):.3f} "
            f"R {len(true) / max(1, all_true):.3f} fixed {right / max(1, len(true)):.2f}"
        )
    return " | ".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels")
    parser.add_argument("--records", nargs="*", default=[])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--default", type=float, default=0.0, help="the threshold to write")
    parser.add_argument("--strict", type=float, default=-0.7, help="the threshold of the strict profile to write")
    parser.add_argument("--verbose", action="store_true", help="list what is judged wrongly")
    options = parser.parse_args()
    speller = Speller(Lexicon(), weights=EVERYTHING)
    use_speller(speller)
    cases = [("whole", whole_records(options.labels))]
    cases += [(name, single_words(os.path.join(options.labels, f"{file}.tsv")))
              for name, file in (("pool", "pool_labelled"), ("rare", "rare_correct"))]  # fmt: skip
    if options.records:
        cases.append(("read", corpus_records(options.records, READ_HITS, whole=False)))
        if os.path.exists(LABELS):
            cases.append(("own", corpus_records(options.records, LABELS, whole=True)))
    words = [one for source, some in cases for case in some for one in words_of(case, source, speller)]
    names = sorted({name for one in words for _, features in one.candidates for name in features})
    usable = [one for one in words if one.label in "TCR"]
    judged: Judged = {}
    for fold in range(FOLDS):
        fit = Fit([one for one in usable if fold_of(one.nct) != fold], names)
        judged.update((n, fit.best(one)) for n, one in enumerate(words) if fold_of(one.nct) == fold)
    sources = [source for source, _ in cases]
    for threshold in (-3.0, -2.5, -2.0, -1.5, -1.0, -0.7, -0.5, -0.3, 0.0, 0.3, 0.5, 0.7, 1.0, 1.5):
        print(report(words, judged, threshold, sources))
    if options.verbose:
        list_wrong(words, judged, options.default)
    if options.write:
        write(Fit(usable, names), options)


def list_wrong(words: Sequence[Word], judged: Judged, threshold: float) -> None:
    """Print what is judged wrongly at a threshold."""
    for number, one in enumerate(words):
        score, right = judged[number]
        flagged = score > threshold or bool(one.certain)
        if one.label in "TC" and flagged != (one.label == "T"):
            kind = "missed" if one.label == "T" else "false"
        elif flagged and one.label == "T" and not is_meant(one.certain or right, one.correction):
            kind = "miscorrected"
        else:
            continue
        print(kind, one.source, one.nct, one.word, one.correction, right, one.certain, f"{score:.2f}", sep="\t")


def write(fit: Fit, options: argparse.Namespace) -> None:
    """Write the weights of a fit to all labelled words, and the thresholds."""
    rows = [*zip(fit.names, fit.weights), (DEFAULT, options.default), (STRICT, options.strict)]
    head = "# How much each feature says for a slip; made by benchmarks/spelling/train.py.\n"
    with open(WEIGHTS, "w", encoding="ascii") as file:
        file.write(head + "".join(f"{name}\t{number:.4f}\n" for name, number in rows))


if __name__ == "__main__":
    main()
