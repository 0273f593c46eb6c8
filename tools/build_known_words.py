"""Build ``rules/data/known_words.txt``: the words that TXT012 need not look at twice.

    python tools/build_known_words.py COUNTS.tsv.gz ...

A count file has one word a line: the word in lower case, its occurrences and the number of studies
that use it, with tabs between and ``#`` before comments. A word is known when one file says that
enough studies use it, or when it stands in ``rare_words.txt``. Common slips are then known too, and left
to the rule about misspellings.
"""

from __future__ import annotations

import argparse
import gzip
import os
from collections.abc import Iterable, Iterator

HERE = os.path.dirname(os.path.abspath(__file__))
OUTPUT = os.path.join(os.path.dirname(HERE), "rules", "data", "known_words.txt")
RARE = os.path.join(HERE, "rare_words.txt")
SHORTEST = 6


def known(files: Iterable[str], least_studies: int) -> Iterator[str]:
    """Yield the words that enough studies use."""
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("#"):
                    continue
                word, _, studies = line.rstrip("\n").split("\t")[:3]
                if int(studies) >= least_studies and len(word) >= SHORTEST and word.isascii() and word.isalpha():
                    yield word


def rare() -> Iterator[str]:
    """Yield the words that are right although few studies use them."""
    with open(RARE, encoding="ascii") as lines:
        yield from (line.strip() for line in lines if not line.startswith("#"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", nargs="+", help="gzipped count files")
    parser.add_argument("--studies", type=int, default=10, help="studies that must use a word")
    options = parser.parse_args()
    words = sorted({*known(options.counts, options.studies), *rare()})
    with open(OUTPUT, "w", encoding="ascii") as handle:
        handle.write("\n".join(words))
    print(f"{len(words)} words")


if __name__ == "__main__":
    main()
