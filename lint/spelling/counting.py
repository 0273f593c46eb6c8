"""Counts words over records, and makes the entries of a lexicon of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from lint.spelling.lexicon import NONE, UNSEEN, Entry, Lexicon

_WORD = re.compile(r"[^\W\d_]+")
_LEAST_STUDIES = 2


class Counts:
    """Words of some studies: in how many they stand, and how they are written."""

    def __init__(self) -> None:
        self.total = 0
        self.studies: Counter[str] = Counter()
        self.names: Counter[str] = Counter()
        self.written: Counter[str] = Counter()
        self.small: Counter[str] = Counter()

    def add(self, texts: Iterable[str], names: Iterable[str]) -> None:
        """Count the words of one study: of its texts, and of the names of organisations and places in it."""
        forms = [form for text in texts for form in _WORD.findall(text) if form.isascii()]
        self.total += 1
        self.studies.update({form.lower() for form in forms})
        self.written.update(form.lower() for form in forms)
        self.small.update(form for form in forms if form.islower())
        self.names.update({form.lower() for text in names for form in _WORD.findall(text) if form.isascii()})

    def entries(self, base: Lexicon, *, fresh: bool) -> Mapping[str, Entry]:
        """Return the words of the base lexicon with these counts added, or with these alone if ``fresh``.

        Counts are scaled down to the number of studies of the base where there are more, so that
        weights and thresholds keep their meaning.
        """
        before = 0 if fresh else int(base.about["studies"])
        scale = min(1.0, int(base.about["studies"]) / (before + self.total or 1))
        found = {word: (entry._replace(studies=0.0, names=0.0) if fresh else entry) for word, entry in base.words()}
        for word in self.studies | self.names:
            if self.studies[word] + self.names[word] >= _LEAST_STUDIES or word in found:
                found[word] = self._added(word, found.get(word, UNSEEN))
        return {
            word: entry._replace(studies=round(entry.studies * scale, 1), names=round(entry.names * scale, 1))
            for word, entry in found.items()
            if entry.studies or entry.names or entry.level != NONE
        }

    def _added(self, word: str, entry: Entry) -> Entry:
        studies = entry.studies + self.studies[word]
        small = round(100 * self.small[word] / self.written[word]) if self.written[word] else entry.small
        if entry.studies:
            small = round((entry.small * entry.studies + small * self.studies[word]) / studies)
        return Entry(studies, entry.names + self.names[word], small, entry.level)
