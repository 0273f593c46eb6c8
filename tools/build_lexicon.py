"""Build ``lint/spelling/lexicon.bin`` from the project's own counts and general word lists.

    python tools/build_lexicon.py
    python tools/build_lexicon.py --scowl /usr/share/dict/scowl   # first make words.tsv.gz anew

``tools/lexicon`` holds what it is made of:

* ``registry-counts.tsv.gz``: words of 85,569 registry studies: occurrences, studies, occurrences
  in small letters, occurrences in results;
* ``registry-name-counts.tsv.gz``: words of names of organisations and places: occurrences, studies;
* ``right-words.txt``: words that are right although they look like slips;
* ``words.tsv.gz``: words of the SCOWL lists and the size of the smallest list that has them.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
from collections.abc import Iterator

from lint.spelling.clearing import cleared_lexicon
from lint.spelling.lexicon import NONE, PLAIN, RARE, RIGHT, SHIPPED, UNSEEN, Entry

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lexicon")
COUNTS, NAMES = os.path.join(HERE, "registry-counts.tsv.gz"), os.path.join(HERE, "registry-name-counts.tsv.gz")
WORDS, RIGHT_WORDS = os.path.join(HERE, "words.tsv.gz"), os.path.join(HERE, "right-words.txt")

STUDIES = 85_569
LARGEST_PLAIN = 60
LARGEST = 80
RESULTS_PER_STUDY = 3
"""Results are counted by occurrences only; so many of a word weigh as much as a study."""

_LIST = re.compile(
    r"(?:english|american|british|british_z|canadian|australian|(?:british_|american_)?variant_\d)"
    r"[-](?:words|upper|proper-names|contractions)\.(\d+)"
)
ABOUT = {
    "name": "registry-lint",
    "studies": STUDIES,
    "sources": [
        "words of 85,569 studies of ClinicalTrials.gov (records are works of the U.S. government)",
        "SCOWL 2020.12.07, sizes up to 80: Copyright 2000-2011 by Kevin Atkinson; see lint/spelling/NOTICE.txt",
    ],
}


def read_counts(file: str) -> Iterator[tuple[str, list[int]]]:
    """Yield the words of a count file, those of ASCII letters, with their numbers."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            word, *numbers = line.rstrip("\n").split("\t")
            if word.isascii() and word.isalpha():
                yield word, [int(number) for number in numbers]


def collect_words(folder: str) -> dict[str, int]:
    """Return the words of the SCOWL lists in a folder and the smallest size of list that has them."""
    sizes: dict[str, int] = {}
    for name in sorted(os.listdir(folder)):
        match = _LIST.fullmatch(name)
        if not match or int(match[1]) > LARGEST:
            continue
        with open(os.path.join(folder, name), encoding="latin-1") as lines:
            for line in lines:
                word = line.strip().lower().removesuffix("'s")
                if word.isascii() and word.isalpha():
                    sizes[word] = min(sizes.get(word, LARGEST), int(match[1]))
    return sizes


def write_words(sizes: dict[str, int]) -> None:
    """Write ``words.tsv.gz``, the same bytes for the same words."""
    text = "".join(f"{word}\t{size}\n" for word, size in sorted(sizes.items()))
    with open(WORDS, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(text.encode("ascii"))


def entries() -> dict[str, Entry]:
    """Return every word of the sources."""
    found: dict[str, Entry] = {}
    for word, (size,) in read_counts(WORDS):
        found[word] = UNSEEN._replace(level=PLAIN if size <= LARGEST_PLAIN else RARE)
    with open(RIGHT_WORDS, encoding="ascii") as lines:
        for word in " ".join(line for line in lines if not line.startswith("#")).split():
            found[word] = UNSEEN._replace(level=RIGHT)
    for word, (occurrences, studies, small, results) in read_counts(COUNTS):
        level = found.get(word, UNSEEN).level
        share = round(100 * small / occurrences) if occurrences else 0
        found[word] = Entry(round(studies + results / RESULTS_PER_STUDY), 0, share, level)
    for word, (_, studies) in read_counts(NAMES):
        found[word] = found.get(word, UNSEEN)._replace(names=studies)
    return {word: entry for word, entry in found.items() if any(entry[:2]) or entry.level != NONE}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scowl", metavar="FOLDER", help="take the words from the SCOWL lists there")
    options = parser.parse_args()
    if options.scowl:
        write_words(collect_words(options.scowl))
    data = cleared_lexicon(entries(), ABOUT)
    with open(SHIPPED, "wb") as file:
        file.write(data)
    print(f"{SHIPPED}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
