"""List the words of chosen records that may be misspelt, in context, for a person to label.

    python tools/label_candidates.py RECORDS.jsonl.gz ... [--count 200] [--skip FILE ...]

The choice of records is that of ``benchmarks/spelling/labels.tsv``: ids in the order of their
hashes, without those that stand in a ``--skip`` file. For each record a line ``# id`` is printed,
then a line per candidate: word, place, text around it. A candidate is a word of four letters or
more that the general word lists do not have and the registry seldom uses. Words that only one of
both knows are candidates if another, one edit away, is far more common; words that only the
registry knows also if they may be two words run together. The speller is not asked, so that what it
misses is seen as well.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from lint.rules.readers.fields import EVERY_TEXT
from lint.testing import corpus

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lexicon")
LARGEST_LIST = 60
"""Words of larger SCOWL lists are odd enough to be looked at."""

USUAL_COUNT = 40
VERY_COMMON = 20_000
"""Occurrences in small letters."""

MORE, FAR_MORE = 8, 200
"""How many times the count of a word is a slip's neighbour's: of an unlisted word, of a listed one."""

LEAST = 5
"""Listed words that the registry does not have are taken as if it had them so often."""

SEED = "labels"
SHORTEST = 4

_RESULTS = "resultsSection."
_IN_RESULTS = (
    "participantFlowModule.recruitmentDetails participantFlowModule.preAssignmentDetails "
    "participantFlowModule.groups.title participantFlowModule.groups.description "
    "participantFlowModule.periods.title participantFlowModule.periods.milestones.type "
    "baselineCharacteristicsModule.populationDescription baselineCharacteristicsModule.groups.title "
    "baselineCharacteristicsModule.groups.description baselineCharacteristicsModule.measures.title "
    "baselineCharacteristicsModule.measures.description outcomeMeasuresModule.outcomeMeasures.title "
    "outcomeMeasuresModule.outcomeMeasures.description outcomeMeasuresModule.outcomeMeasures.timeFrame "
    "outcomeMeasuresModule.outcomeMeasures.populationDescription outcomeMeasuresModule.outcomeMeasures.groups.title "
    "outcomeMeasuresModule.outcomeMeasures.groups.description adverseEventsModule.description "
    "adverseEventsModule.timeFrame adverseEventsModule.eventGroups.title "
    "adverseEventsModule.eventGroups.description moreInfoModule.limitationsAndCaveats.description"
)
FIELDS = frozenset(
    [
        *(place.removeprefix("$.").replace("[*]", "") for place in EVERY_TEXT),
        "protocolSection.contactsLocationsModule.locations.city",
        *(_RESULTS + place for place in _IN_RESULTS.split()),
    ]
)

_NOT_WORDS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|\b10\.\d{4,}/\S+|\bNCT\d+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Count(NamedTuple):
    """How often the registry has a word, and how often in small letters."""

    all: int
    small: int


NEVER = Count(0, 0)


class Candidate(NamedTuple):
    """A word to be looked at: as written where it stands first, the place, and the text around."""

    word: str
    field: str
    context: str


def read_counts() -> dict[str, Count]:
    """Return the words that the registry has; results count with the rest."""
    counts = {}
    with gzip.open(os.path.join(HERE, "registry-counts.tsv.gz"), "rt", encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                word, every, _, small, results = line.rstrip("\n").split("\t")
                counts[word] = Count(int(every) + int(results), int(small))
    return counts


def read_words() -> frozenset[str]:
    """Return the words of the general lists, lower-case."""
    with gzip.open(os.path.join(HERE, "words.tsv.gz"), "rt", encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines)
        return frozenset(row[0].lower() for row in rows if int(row[1]) <= LARGEST_LIST)


def texts_of(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield the places, without indexes, and the texts of a record, in its order."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from texts_of(part, f"{place}.{key}" if place else key)
    elif isinstance(value, list):
        for part in value:
            yield from texts_of(part, place)
    elif isinstance(value, str) and place in FIELDS:
        yield place, value


def edits_of(word: str) -> Iterator[str]:
    """Yield all that one insertion, deletion, substitution or swap of neighbours makes of a word."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in _LETTERS:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]


def is_doubtful(word: str, counts: Mapping[str, Count], words: frozenset[str]) -> bool:
    """Say whether a lower-case word has to be looked at."""
    count = counts.get(word, NEVER)
    seldom = count.small < USUAL_COUNT
    if word in words:
        return seldom and has_commoner_neighbour(word, counts, FAR_MORE * max(count.all, LEAST))
    return seldom or has_commoner_neighbour(word, counts, MORE * count.all) or is_run_together(word, counts, words)


def has_commoner_neighbour(word: str, counts: Mapping[str, Count], enough: int) -> bool:
    """Say whether a word one edit away is used often enough."""
    return any(counts[other].all >= enough for other in edits_of(word) if other != word and other in counts)


def is_run_together(word: str, counts: Mapping[str, Count], words: frozenset[str]) -> bool:
    """Say whether a word may be two very common ones without the blank between them."""
    pairs = ((word[:at], word[at:]) for at in range(2, len(word) - 1))
    return any(all(part in words and counts.get(part, NEVER).small >= VERY_COMMON for part in pair) for pair in pairs)


def candidates_of(record: Any, counts: Mapping[str, Count], words: frozenset[str], width: int) -> Iterator[Candidate]:
    """Yield the candidates of a record, each word once, in the order of the record."""
    seen = set()
    for place, text in texts_of(record):
        masked = _NOT_WORDS.sub(lambda match: " " * len(match[0]), text)
        for match in _WORD.finditer(masked):
            form = re.sub(r"['’]s?$", "", match[0])
            word = form.lower().replace("’", "'")
            if len(form) < SHORTEST or word in seen:
                continue
            seen.add(word)
            if is_doubtful(word, counts, words):
                context = text[max(0, match.start() - width) : match.end() + width]
                yield Candidate(form, place, " ".join(context.split()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--skip", nargs="*", default=[], help="files with ids of records that are not wanted")
    parser.add_argument("--start", type=int, default=0, help="how many records of the choice to leave out")
    parser.add_argument("--count", type=int, default=200, help="how many records to list")
    parser.add_argument("--width", type=int, default=60, help="characters of context on each side")
    options = parser.parse_args()

    unwanted: set[str] = set()
    for file in options.skip:
        with open(file, encoding="utf-8") as handle:
            unwanted.update(re.findall(r"NCT\d{8}", handle.read()))
    data = [record.data for record in corpus(options.files)]
    records = {one["protocolSection"]["identificationModule"]["nctId"]: one for one in data}
    ids = sorted(set(records) - unwanted, key=lambda nct: sha256(f"{SEED} {nct}".encode()).digest())
    counts, words = read_counts(), read_words()
    for nct in ids[options.start : options.start + options.count]:
        print(f"# {nct}")
        for candidate in candidates_of(records[nct], counts, words, options.width):
            print(*candidate, sep="\t")


if __name__ == "__main__":
    main()
