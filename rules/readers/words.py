"""The words of one record, and which of them look like slips of another word beside them.

A word that the registry hardly knows proves nothing: drugs, places and people are like that. The
same word one slip away from a well-known or more frequent word of the same record does.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from lint.api import Context, Path, Span
from lint.rules.readers.fields import EVERY_TEXT, is_name
from lint.rules.readers.wordforms import one_edit_apart, related_forms, without_opening

_SHORTEST = 6
_SHORTEST_FOR_TWO_EDITS = 9
_SHORTEST_IN_CAPITALS = 8

_ORGANISATIONS = (
    "academy center central centre centro clinic clinical college department foundation general group hospital "
    "hospitals institut institute instituto international medical medicine national oncology research school "
    "sciences surgery universitario university"
)
_ORGANISATION_WORDS = frozenset(_ORGANISATIONS.split())


class Words(NamedTuple):
    """``types`` are the words of all texts of a record, ``plain`` the texts run together.

    In ``plain`` every letter is lower case, every digit 0, every other ASCII character a blank
    and all else a question mark, so that only pure words of letters pass ``isalpha``.
    """

    plain: str
    types: frozenset[str]

    def times(self, word: str) -> int:
        """Return how often a word stands in the record."""
        return self.plain.count(f" {word} ")


class Place(NamedTuple):
    """Where a word stands: the path of the text, the text, the characters in it."""

    path: Path
    text: str
    span: Span

    @property
    def form(self) -> str:
        """The word as it is written there."""
        return self.text[self.span[0] : self.span[1]]

    @property
    def in_name(self) -> bool:
        """Whether it is part of the name of an organisation."""
        name: bool = is_name(self.path)
        return name


class Slip(NamedTuple):
    """A word that is probably a slip of another word (``model``) of the same record.

    ``places`` are where the word stands, ``model_place`` is the first of the model, which stands
    ``model_count`` times in all.
    """

    word: str
    model: str
    model_count: int
    places: Sequence[Place]
    model_place: Place


@lru_cache(maxsize=1)
def _plain_table() -> bytes:
    plain = bytearray(b" " * 256)
    for code in range(128):
        char = chr(code)
        if char.isalpha():
            plain[code] = ord(char.lower())
        elif char.isdigit() or char == "_":
            plain[code] = ord("0")
        elif char == "?":
            plain[code] = code
    return bytes(plain)


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Return the words that many registry records use; see ``tools/build_known_words.py``."""
    path = os.path.join(os.path.dirname(os.path.dirname(__file__)), "data", "known_words.txt")
    with open(path, encoding="ascii") as handle:
        return frozenset(handle.read().split("\n"))


def word_texts(ctx: Context) -> list[tuple[Path, str]]:
    """Return path and text of everything whose spelling is looked at; never persons' names.

    The other names of a drug are near twins by nature and left out.
    """
    return [(path, text) for path, text in ctx.texts(EVERY_TEXT) if path[-2] != "otherNames"]


def record_words(ctx: Context) -> Words:
    """Read the words of a record; use it as ``ctx.memo(record_words)``."""
    joined = "\n".join(["", *[text for _, text in ctx.memo(word_texts)], ""])
    plain = joined.encode("ascii", "replace").translate(_plain_table()).decode("ascii")
    return Words(plain, frozenset(plain.split()))


def unknown_words(ctx: Context) -> list[str]:
    """Return the longer words that few registry records use, in alphabetical order."""
    rare = ctx.memo(record_words).types - known_words()
    return sorted(word for word in rare if len(word) >= _SHORTEST and word.isalpha())


def slips(ctx: Context) -> list[Slip]:
    """Return the words that are probably slips of other words; use it as ``ctx.memo(slips)``."""
    unknown = ctx.memo(unknown_words)
    if not unknown:
        return []
    words = ctx.memo(record_words)
    listed = " " + " ".join(words.types) + " "
    pairs = [(word, near) for word in unknown for near in _half_alike(word, listed) if _one_slip(word, near)]
    best: dict[str, tuple[int, str]] = {}
    for word, model in pairs:
        model_count = words.times(model)
        if _more_at_home(words.times(word), model, model_count):
            best[word] = max(best.get(word, (0, "")), (model_count, model))
    found = (_slip(ctx, word, model, model_count) for word, (model_count, model) in best.items())
    return [slip for slip in found if slip is not None]


def _half_alike(word: str, listed: str) -> Iterator[str]:
    """Yield the words of a list that begin or end like ``word``: one slip leaves a half untouched."""
    half = max(3, (len(word) - 1) // 2)
    seen = {word}
    for needle in (" " + word[:half], word[-half:] + " "):
        at = listed.find(needle)
        while at >= 0:
            start = listed.rfind(" ", 0, at + 1) + 1
            near = listed[start : listed.find(" ", start)]
            if near not in seen and abs(len(near) - len(word)) <= 1 and near.isalpha():
                seen.add(near)
                yield near
            at = listed.find(needle, at + 1)


def _one_slip(word: str, model: str) -> bool:
    """Say whether two words differ as a slip of the keyboard does, and not as two forms do."""
    if one_edit_apart(word, model):
        return (len(word) > _SHORTEST or word[0] == model[0]) and not related_forms(word, model)
    if word[:2] != model[:2] or word[-2:] != model[-2:] or without_opening(word) < _SHORTEST_FOR_TWO_EDITS:
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(word, model, score_cutoff=2) == 2 and not related_forms(word, model)


def _more_at_home(count: int, model: str, model_count: int) -> bool:
    """Say whether the registry or the record knows the model clearly better than the word."""
    if count > 2 or model not in known_words():
        return model_count >= 4 * count
    return count <= model_count or count == 2


def _slip(ctx: Context, word: str, model: str, model_count: int) -> Slip | None:
    """Return the slip if the way both words are written bears it out."""
    places, model_places = places_of(ctx, word), places_of(ctx, model)
    if not places or not model_places or any(_like_a_code(place.form) for place in places):
        return None
    if all(_like_a_code(place.form) and not place.form.isupper() for place in model_places):
        return None
    if all(place.in_name for place in places) and not _same_organisation(model, places, model_places):
        return None
    return Slip(word, model, model_count, places, model_places[0])


def places_of(ctx: Context, word: str) -> list[Place]:
    """Return where a lower-case word stands, small or with capitals.

    Parts of addresses of mail and web and authors of a citation (``Ribeiro et al.``) do not count.
    """
    plain = ctx.memo(record_words).plain
    texts, starts = ctx.memo(word_texts), ctx.memo(_starts)
    found = []
    at = plain.find(f" {word} ")
    while at >= 0:
        number = bisect_right(starts, at + 1) - 1
        path, text = texts[number]
        start = at + 1 - starts[number]
        if not (text.startswith(" et al", start + len(word)) or _in_address(text, start, start + len(word))):
            found.append(Place(path, text, (start, start + len(word))))
        at = plain.find(f" {word} ", at + 1)
    return found


def _starts(ctx: Context) -> list[int]:
    """Return where each text begins in ``Words.plain``, which has a character for each of theirs."""
    lengths = [len(text) + 1 for _, text in ctx.memo(word_texts)]
    return list(accumulate(lengths[:-1], initial=1))


def _in_address(text: str, start: int, end: int) -> bool:
    before = text[:start].rpartition(" ")[2]
    after = text[end:].partition(" ")[0]
    whole = before + after
    return "@" in whole or "://" in whole or "www." in whole


def _like_a_code(form: str) -> bool:
    """Say whether capitals make a word a name or an acronym: ``mXELIRI``, ``ProCore``, ``CTFESI``."""
    if form.isupper():
        return len(form) < _SHORTEST_IN_CAPITALS
    return not form[1:].islower()


def _same_organisation(model: str, places: Sequence[Place], model_places: Sequence[Place]) -> bool:
    """Say whether the model is a common word of organisations, or stands beside the same words."""
    if model in _ORGANISATION_WORDS:
        return True
    if len(model_places) <= len(places):
        return False
    beside = {neighbour for place in places for neighbour in _neighbours(place)}
    return any(neighbour in beside for place in model_places if place.in_name for neighbour in _neighbours(place))


def _neighbours(place: Place) -> Iterator[tuple[int, str]]:
    before = re.findall("[A-Za-z]{4,}", place.text[: place.span[0]])
    after = re.findall("[A-Za-z]{4,}", place.text[place.span[1] :])
    if before:
        yield -1, before[-1].lower()
    if after:
        yield 1, after[0].lower()
