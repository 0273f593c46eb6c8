"""Score the speller, and its peers on the same words, against labelled files.

    python -m benchmarks.spelling.evaluate LABELS [--records FILE ...] [--cspell COMMAND]

``LABELS`` and ``--records`` are as in ``train.py``. The rules are run as ``lint run`` runs them. Of the
peers, those are taken that are installed: codespell, typos, hunspell (en_US and en_GB); cspell where its
command is given. They see each distinct word once. Arguable words (V, R) are left out; a word that nobody
labelled counts as right. Intervals are Wilson's, of 95 %.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from math import sqrt
from typing import NamedTuple

from benchmarks.spelling.labelled import (
    LABELS,
    Case,
    context_of,
    corpus_records,
    is_meant,
    read_records,
    single_words,
    whole_records,
)
from lint.rules.readers.words import misspellings, spelling_texts

Judge = Callable[[Case], dict[str, str]]
"""Returns what is reported in a case: the words, in small letters, each with its correction or ""."""

_WORD = re.compile(r"[^\W\d_]{3,}")


class Score(NamedTuple):
    """Counts over the cases of one file."""

    cases: int
    true: int
    false: int
    missed: int
    corrected: int
    known_corrections: int
    seconds: float

    @property
    def row(self) -> list[str]:
        flagged, wanted = self.true + self.false, self.true + self.missed
        precision, recall = self.true / max(1, flagged), self.true / max(1, wanted)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return [
            f"{precision:.3f} ({interval(self.true, flagged)})" if flagged else "-",
            f"{recall:.3f} ({interval(self.true, wanted)})" if wanted else "-",
            f"{f1:.3f}" if wanted else "-",
            f"{self.false / self.cases:.3f}",
            f"{self.corrected / self.known_corrections:.3f}" if self.known_corrections else "-",
            f"{self.true}/{self.false}/{self.missed}",
        ]


def interval(hits: int, total: int) -> str:
    """Return Wilson's interval of a share."""
    z = 1.96
    share = hits / total
    middle = share + z * z / (2 * total)
    half = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return f"{(middle - half) / (1 + z * z / total):.2f}-{(middle + half) / (1 + z * z / total):.2f}"


def score(cases: Sequence[Case], judge: Judge) -> Score:
    """Compare what a judge reports with the labels."""
    true = false = missed = corrected = known = 0
    start = time.perf_counter()
    reported = [judge(case) for case in cases]
    seconds = time.perf_counter() - start
    for case, found in zip(cases, reported):
        wrong = {word for word, (label, _) in case.labels.items() if label == "T"}
        arguable = {word for word, (label, _) in case.labels.items() if label in "VR"}
        considered = found.keys() - arguable if case.whole else found.keys() & case.labels.keys() - arguable
        true += len(considered & wrong)
        false += len(considered - wrong)
        missed += len(wrong - considered)
        for word in considered & wrong:
            if case.labels[word][1] and found[word]:
                known += 1
                corrected += is_meant(found[word], case.labels[word][1])
    return Score(len(cases), true, false, missed, corrected, known, seconds)


def ours(profile: str) -> Judge:
    """Judge by TXT011 with a profile."""

    def judge(case: Case) -> dict[str, str]:
        return {found.word: found.verdict.right for found in misspellings(context_of(case, profile))}

    return judge


def peer(flagged: set[str]) -> Judge:
    """Judge by a set of words that a peer reports."""

    def judge(case: Case) -> dict[str, str]:
        return {form.lower(): "" for form in forms_of(case) & flagged}

    return judge


def forms_of(case: Case) -> set[str]:
    """Return the distinct words of a case as they are written."""
    return {form for text in chain(*spelling_texts(case.record)) for form in _WORD.findall(text)}


def lines_of(command: Sequence[str], forms: Iterable[str]) -> list[str]:
    """Give words to a command, one a line in a file whose name is put last, and return its output."""
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "words.txt")
        with open(file, "w", encoding="utf-8") as out:
            out.write("\n".join(sorted(forms)) + "\n")
        done = subprocess.run([*command, file], capture_output=True, text=True, check=False)
    return done.stdout.splitlines()


def peers(forms: set[str], cspell: str) -> Iterator[tuple[str, set[str]]]:
    """Yield the peers that are there and the words that each reports."""
    if shutil.which("codespell"):
        found = (line.split(": ", 1)[1].split(" ==> ")[0] for line in lines_of(["codespell"], forms) if " ==> " in line)
        yield "codespell", set(found)
    if shutil.which("typos"):
        rows = (json.loads(line) for line in lines_of(["typos", "--format", "json"], forms))
        yield "typos", {row["typo"] for row in rows if row.get("type") == "typo"}
    if shutil.which("hunspell"):
        yield "hunspell en_US, en_GB", set(lines_of(["hunspell", "-d", "en_US,en_GB", "-l"], forms))
    if cspell:
        lines = lines_of([*cspell.split(), "--no-progress", "--no-summary", "--words-only"], forms)
        yield "cspell with medical terms", {line.strip() for line in lines}


def speed(files: Sequence[str]) -> str:
    """Say how many records a second the spelling pass judges, when its cache is cold and warm."""
    cases = [Case(record, {}, "", whole=True) for record in read_records(files)]
    judge = ours("submission")
    rounds = []
    for _ in range(4):
        start = time.perf_counter()
        for case in cases:
            judge(case)
        rounds.append(len(cases) / (time.perf_counter() - start))
    return f"{len(cases)} records: {rounds[0]:,.0f} a second cold, {sorted(rounds[1:])[1]:,.0f} warm"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels")
    parser.add_argument("--records", nargs="*", default=[])
    parser.add_argument("--cspell", default="", help="the command that runs cspell, with its settings")
    options = parser.parse_args()
    files = {"whole records": list(whole_records(options.labels))}
    for name in ("pool_labelled", "rare_correct"):
        files[name] = list(single_words(os.path.join(options.labels, name + ".tsv")))
    if options.records and os.path.exists(LABELS):
        files["labels.tsv"] = list(corpus_records(options.records, LABELS, whole=True))
    forms = {form for cases in files.values() for case in cases for form in forms_of(case)}
    judges = [("lint", ours("submission")), ("lint, profile strict", ours("strict"))]
    judges += [(name, peer(flagged)) for name, flagged in peers(forms, options.cspell)]
    print("| words | judge | precision | recall | F1 | false/record | corrected | true/false/missed |")
    print("|---|---|---|---|---|---|---|---|")
    for file, cases in files.items():
        for name, judge in judges:
            print(f"| {file} | {name} | " + " | ".join(score(cases, judge).row) + " |")
    if options.records:
        print("\nSpelling pass alone, texts collected anew: " + speed(options.records))


if __name__ == "__main__":
    main()
