"""The lexicon: what is known of a word, and which frequent words are a slip or two away.

A lexicon is one file that is mapped into memory and looked up by hash, so that nobody pays for
words that are not asked for: opening it takes no longer with a million words. The file:

* a line that says what it is, and a line of JSON: who made it, and where each section starts;
* ``words``: a line for each word (``word studies names small level``, 4 more for the level of a clear
  word), grouped by the hash of the word, and ``word_buckets``, where each group starts;
* ``models``, where the line of each frequent word starts; ``near1`` and ``near2``, the numbers of
  frequent words grouped by the hash of what is left of them without one or two letters, each with
  the upper half of that hash in its own upper half; ``near1_buckets`` and ``near2_buckets``.

Numbers are little-endian and have 4 bytes.
"""

from __future__ import annotations

import json
import os
from binascii import crc32
from collections.abc import Iterator
from functools import lru_cache
from struct import Struct, unpack
from typing import Any, NamedTuple

from lint.errors import ConfigError
from lint.spelling.edits import one_edit_apart, shortened, shortened_twice, two_edits_apart

MAGIC = b"registry-lint lexicon 1\n"
SHIPPED = os.path.join(os.path.dirname(__file__), "lexicon.bin")
SHORTEST_FOR_TWO_EDITS = 7

NONE, RARE, PLAIN, RIGHT = range(4)
"""Where word lists have a word: nowhere, only in large ones, among those that many know, or among
words that were found to be right although they look like slips."""
CLEAR = 4
"""Is added to the level of a clear word in the file."""

_MOST_REMEMBERED = 1 << 15
_PAIR = Struct("<II")
_START = Struct("<I")


class Entry(NamedTuple):
    """What is known of a word: in how many studies it stands, in the names of organisations and places of
    how many, in what share of its occurrences it is written small (percent), and its ``level``.

    ``clear`` says that no record can make it a slip, by the weights that the lexicon was made with.
    """

    studies: float
    names: float
    small: int
    level: int
    clear: bool = False


UNSEEN = Entry(0, 0, 0, NONE)


class Lexicon:
    """A lexicon file. Raises ConfigError if it is none or of another version."""

    def __init__(self, file: str = SHIPPED) -> None:
        self.file = file
        self._map = _mapped(file)
        end = self._map.find(b"\n", len(MAGIC))
        if self._map[: len(MAGIC)] != MAGIC or end < 0:
            raise ConfigError(f"'{file}' is no lexicon of this version", "build it with 'lint lexicon build'")
        self.about: dict[str, Any] = json.loads(self._map[len(MAGIC) : end])
        sections: dict[str, tuple[int, int]] = self.about["sections"]
        self._at = {name: start + end + 1 for name, (start, _) in sections.items()}
        self._masks = {name: size // 4 - 2 for name, (_, size) in sections.items() if name.endswith("_buckets")}
        self._words_end = self._at["words"] + sections["words"][1]
        self.find = lru_cache(_MOST_REMEMBERED)(self._find)
        """Return what is known of a lower-case ASCII word; ``UNSEEN`` if nothing is."""

    def _find(self, word: str) -> Entry:
        encoded = word.encode("ascii")
        start, end = self._bucket("word_buckets", encoded)
        at = self._at["words"]
        # Each line starts behind the newline of the line before, which may belong to another group.
        found = self._map.find(b"\n" + encoded + b" ", at + start - 1, at + end)
        return self._entry(found + len(encoded) + 2) if found >= 0 else UNSEEN

    def near(self, word: str) -> list[str]:
        """Return the frequent words one slip away; in no order."""
        return [model for model in self._sharing("near1", [word, *shortened(word)]) if one_edit_apart(word, model)]

    def farther(self, word: str) -> list[str]:
        """Return the frequent words two slips away from a long word; in no order."""
        if len(word) < SHORTEST_FOR_TWO_EDITS:
            return []
        letters = set(word)
        return [
            model
            for model in self._sharing("near2", shortened_twice(word))
            if abs(len(model) - len(word)) <= 2 and len(letters.symmetric_difference(model)) <= 4
            if two_edits_apart(word, model)
        ]

    def words(self) -> Iterator[tuple[str, Entry]]:
        """Yield every word with its entry, in the order of the file."""
        at = self._at["words"] + 1
        while at < self._words_end:
            end = self._map.find(b"\n", at)
            word, *numbers = self._map[at:end].split(b" ")
            yield word.decode("ascii"), _read(numbers)
            at = end + 1

    def _entry(self, at: int) -> Entry:
        return _read(self._map[at : self._map.find(b"\n", at)].split(b" "))

    def _bucket(self, name: str, key: bytes) -> tuple[int, int]:
        number = crc32(key) & self._masks[name]
        start, end = _PAIR.unpack_from(self._map, self._at[name] + 4 * number)
        return start, end

    def _sharing(self, name: str, keys: set[str] | list[str]) -> set[str]:
        """Return the frequent words that share one of the shortened forms."""
        numbers: set[int] = set()
        at, starts, mask = self._at[name], self._at[name + "_buckets"], self._masks[name + "_buckets"]
        for key in keys:
            code = crc32(key.encode("ascii"))
            start, end = _PAIR.unpack_from(self._map, starts + 4 * (code & mask))
            if start < end:
                upper = code >> 16
                for number in unpack(f"<{(end - start) // 4}I", self._map[at + start : at + end]):
                    if number >> 16 == upper:
                        numbers.add(number & 0xFFFF)
        return {self._model(number) for number in numbers}

    def _model(self, number: int) -> str:
        (start,) = _START.unpack_from(self._map, self._at["models"] + 4 * number)
        start += self._at["words"]
        word: bytes = self._map[start : self._map.find(b" ", start)]
        return word.decode("ascii")


def _read(numbers: list[bytes]) -> Entry:
    studies, names, small, level = numbers
    clear, level_alone = divmod(int(level), CLEAR)
    return Entry(float(studies), float(names), int(small), level_alone, bool(clear))


def _mapped(file: str) -> Any:
    """Map a file into memory, where that is possible, or read it."""
    try:
        import mmap

        with open(file, "rb") as handle:
            if hasattr(mmap, "MAP_POPULATE"):  # all pages at once: one by one they take a short run 2 ms
                return mmap.mmap(handle.fileno(), 0, mmap.MAP_SHARED | mmap.MAP_POPULATE, mmap.PROT_READ)
            return mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
    except ImportError:
        with open(file, "rb") as handle:
            return handle.read()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ConfigError(f"the lexicon '{file}' cannot be read: {reason}") from error
