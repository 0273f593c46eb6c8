"""The words of one record, where they stand, and which of them are probably slips.

A word that the registry hardly knows proves nothing: drugs, places and people are like that. The
same word one slip away from a far more frequent word does, and best beside it in one record.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

from lint.api import Context, Path, Span, pattern
from lint.rules.readers.fields import EVERY_TEXT, is_name
from lint.rules.readers.languages import is_foreign
from lint.spelling import Standing, Verdict, current_speller
from lint.spelling.edits import one_edit_apart, two_edits_apart
from lint.spelling.forms import related_forms, without_opening

_SHORTEST = 6
_SHORTEST_FOR_TWO_EDITS = 9
_SHORTEST_IN_CAPITALS = 8

_RESULTS = "$.resultsSection."
_OTHER_TEXTS = (
    "$.protocolSection.contactsLocationsModule.locations[*].city",
    _RESULTS + "participantFlowModule.recruitmentDetails",
    _RESULTS + "participantFlowModule.preAssignmentDetails",
    _RESULTS + "participantFlowModule.groups[*].description",
    _RESULTS + "baselineCharacteristicsModule.populationDescription",
    _RESULTS + "outcomeMeasuresModule.outcomeMeasures[*].title",
    _RESULTS + "outcomeMeasuresModule.outcomeMeasures[*].description",
    _RESULTS + "outcomeMeasuresModule.outcomeMeasures[*].populationDescription",
    _RESULTS + "adverseEventsModule.description",
    _RESULTS + "moreInfoModule.limitationsAndCaveats.description",
)
"""Texts that no other rule on language reads."""

_ORGANISATIONS = (
    "academy center central centre centro clinic clinical college department foundation general group hospital "
    "hospitals institut institute instituto international medical medicine national oncology research school "
    "sciences surgery universitario university"
)
_ORGANISATION_WORDS = frozenset(_ORGANISATIONS.split())


class Words(NamedTuple):
    """``types`` are the words of all texts of a record, ``plain`` the texts run together.

    In ``plain`` every letter is lower case, every digit 0, every other ASCII character and
    quotation marks and dashes a blank and all else a question mark, so that only pure words of
    letters pass ``isalpha``.
    """

    plain: str
    types: frozenset[str]

    def times(self, word: str) -> int:
        """Return how often a word, or some words side by side, stand in the record."""
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
        """Whether it is part of the name of an organisation or a place."""
        return _in_name(self.path)

    @property
    def in_term(self) -> bool:
        """Whether it is part of a condition, a keyword, a label or the name of an intervention."""
        if self.path[1] == "conditionsModule" or self.path[-1] == "label":
            return True
        return self.path[-1] == "name" and self.path[2] == "interventions"


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


class Misspelling(NamedTuple):
    """A word that is none, where it stands, and what it should probably be."""

    word: str
    verdict: Verdict
    places: Sequence[Place]


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


_LIKE_BLANKS = (
    "\u2018\u2019\u201c\u201d\u2013\u2014\u2022\u2026\u00a0\u00ae\u2122\u2265\u2264\u00b1\u00ab\u00bb"
    "\u3001\u3002\uff08\uff09\uff0c\uff1a\uff1b"
)


def word_texts(ctx: Context) -> list[tuple[Path, str]]:
    """Return path and text of everything whose spelling is looked at; never persons' names.

    The other names of a drug are near twins by nature and left out.
    """
    return [(path, text) for path, text in ctx.texts(EVERY_TEXT) if path[-2] != "otherNames"] + ctx.texts(_OTHER_TEXTS)


def spelling_texts(record: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Return the texts of a record whose spelling is looked at, names of organisations and places apart."""
    texts: list[str] = []
    names: list[str] = []
    for path, text in Context(record, date.min).memo(word_texts):
        (names if _in_name(path) else texts).append(text)
    return texts, names


def _in_name(path: Path) -> bool:
    return is_name(path) or path[-1] == "city"


def record_words(ctx: Context) -> Words:
    """Read the words of a record; use it as ``ctx.memo(record_words)``."""
    joined = "\n".join(["", *[text for _, text in ctx.memo(word_texts)], ""])
    if not joined.isascii():
        for char in _LIKE_BLANKS:
            joined = joined.replace(char, " ")
    # A question mark of the text itself ends a word; one that stands for another letter does not.
    plain = joined.replace("?", " ").encode("ascii", "replace").translate(_plain_table()).decode("ascii")
    return Words(plain, frozenset(plain.split()))


def doubtful_words(ctx: Context) -> list[str]:
    """Return the words of a record that the speller has doubts about, in alphabetical order."""
    return current_speller().doubtful(ctx.memo(record_words).types)


def misspellings(ctx: Context) -> list[Misspelling]:
    """Return the words that are no words; use it as ``ctx.memo(misspellings)``."""
    speller = current_speller()
    found = []
    for word in ctx.memo(doubtful_words):
        if speller.suspicion(word) is None:
            continue
        read = read_standing(ctx, word)
        if read is None:
            continue
        places, standing = read
        verdict = speller.judge(word, standing, strict=ctx.profile == "strict")
        if verdict is None or any(is_foreign(place.text) for place in places):
            continue
        if not standing.times(verdict.right):
            # What stands in the record itself is the better guess.
            models = {slip.word: slip.model for slip in ctx.memo(slips)}
            verdict = verdict._replace(right=models.get(word, verdict.right))
        found.append(Misspelling(word, verdict, places))
    return found


def read_standing(ctx: Context, word: str) -> tuple[list[Place], Standing] | None:
    """Return where a word stands and how; names count only if it stands nowhere else. None if it is a code."""
    places = places_of(ctx, word)
    capital = _capital_amid(places)
    if not places or any((_like_a_code(place.form) and not capital) or _is_cut(place) for place in places):
        return None
    in_text = [place for place in places if not place.in_name]
    first = (in_text or places)[0]
    return in_text or places, Standing(
        ctx.memo(record_words).times,
        occurrences=len(places),
        small=not any(place.form[0].isupper() for place in in_text),
        amid_small=_is_amid_small(first),
        hyphen=_has_hyphen(first),
        unfamiliar=_unfamiliar_beside(first),
        term=all(place.in_term for place in in_text),
        name=not in_text,
        capital=capital,
    )


def _capital_amid(places: Sequence[Place]) -> int:
    """Return where the capital stands in a word that is always written like ``criteriaPrior``, else 0."""
    found = [_two_in_one().fullmatch(place.form) for place in places]
    return found[0].end(1) if all(found) and found and found[0] else 0


def _is_cut(place: Place) -> bool:
    """Say whether a word is the front of a contraction (``couldn't``), a brand, or cut by a hyphen."""
    end = place.span[1]
    behind = place.text[end : end + 3]
    if behind[:1] in "'\u2019" and behind[1:2] == "t":
        return True
    if behind[:1] in "\u00ae\u2122":
        return bool(behind)
    if behind[:1] != "-":
        return False
    rest = _first_word().match(place.text, end + 1)
    return rest is not None and not current_speller().is_rare((place.form + rest[0]).lower())


def _is_amid_small(place: Place) -> bool:
    before = place.text[max(0, place.span[0] - 30) : place.span[0]].rstrip('( \u201c"')
    return place.form[0].isupper() and before[-1:].islower() and before.rpartition(" ")[2][:1].islower()


def _has_hyphen(place: Place) -> bool:
    start, end = place.span
    return place.text[end : end + 1] == "-" or place.text[max(0, start - 1) : start] == "-"


def _unfamiliar_beside(place: Place) -> int:
    """Count the words before and behind, two each, that hardly any study uses: names, other languages."""
    start, end = place.span
    before = _words().findall(place.text[max(0, start - 40) : start])[-2:]
    behind = _words().findall(place.text[end : end + 40])[:2]
    is_rare = current_speller().is_rare
    return sum(not word.isascii() or is_rare(word.lower()) for word in before + behind)


_words = pattern(r"[^\W\d_]{3,}")
_first_word = pattern("[a-z]+")
_two_in_one = pattern("([a-z]{3,})[A-Z][a-z]{2,}")


def slips(ctx: Context) -> list[Slip]:
    """Return the words that are probably slips of other words; use it as ``ctx.memo(slips)``."""
    speller = current_speller()
    unknown = [word for word in ctx.memo(doubtful_words) if len(word) >= _SHORTEST and speller.is_rare(word)]
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
    return two_edits_apart(word, model) and not related_forms(word, model)


def _more_at_home(count: int, model: str, model_count: int) -> bool:
    """Say whether the registry or the record knows the model clearly better than the word."""
    if count > 2 or current_speller().is_rare(model):
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
        end = start + len(word)
        if not (text.startswith((" et al", ", et al"), end) or _in_address(text, start, end)):
            found.append(Place(path, text, (start, end)))
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
    return "@" in whole or "://" in whole or "www." in whole or "doi" in before.lower()


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
