"""Names of organisations and sites as registrants write them: abbreviations, legal forms, order of the words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from lint.api import Context, Path, pattern
from lint.rules.readers.distances import are_within
from lint.rules.readers.fields import EVERY_TEXT, is_name
from lint.rules.readers.people import without_accents
from lint.rules.readers.words import doubtful_words
from lint.spelling import current_speller
from lint.spelling.edits import change, one_edit_apart

_word = pattern(r"[^\W_]+")
_LONG = {
    "univ": "university", "hosp": "hospital", "ctr": "center", "centre": "center", "cntr": "center",
    "inst": "institute", "dept": "department", "med": "medical", "natl": "national", "intl": "international",
    "st": "saint", "res": "research",
}  # fmt: skip
_SHORT_FORMS = frozenset(_LONG) - {"centre", "st"}
_FORM_WORDS = "inc ltd llc corp corporation co company gmbh ag sa bv plc limited"
_FORMS = frozenset(_FORM_WORDS.split())
_SMALL_WORDS = "the of and for at in de la du del"
_EMPTY = _FORMS.union(_SMALL_WORDS.split())
_NO_NAME = pattern(
    r"(?i)\bsite\W{0,3}[0-9]|\b(?:investigat|(?:research|study|clinical) site|local institution|contact|information)"
)
_LONGEST = 120
"""Longer texts are no names but directions."""
_SHORTEST = 10
"""Shorter names may differ by one letter and be of two organisations."""
_SHORTEST_WORD = 6


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """Return the words of a name that matter, written out and sorted.

    >>> plain_name("Univ. Hospital, Basel") == plain_name("The University Hospital of Basel")
    True
    """
    words = _word().findall(without_accents(name.casefold()).replace("'", "").replace("’", ""))
    return " ".join(sorted(_LONG.get(word, word) for word in words if word not in _EMPTY))


def is_shortened(name: str) -> bool:
    """Say whether a word of a name is abbreviated, as in "Univ. Hospital"."""
    return not _SHORT_FORMS.isdisjoint(_word().findall(name.casefold()))


def rare_words(name: str) -> int:
    """Count the words of a name that hardly any study has; one of two like names with more of them is a slip."""
    return sum(map(current_speller().is_rare, filter(str.isascii, _word().findall(name.lower()))))


def legal_forms(name: str) -> frozenset[str]:
    """Return the words of a name that tell its legal form."""
    return frozenset(_word().findall(name.casefold())) & _FORMS


def is_own_name(facility: str) -> bool:
    """Say whether a text is the name of a site, not a word in place of one."""
    return len(facility) <= _LONGEST and not _NO_NAME().search(facility)


def is_slip(one: str, other: str) -> bool:
    """Say whether one name is the other with a slip in one longer word; numbers must agree."""
    a, b = _differing_words(one, other)
    long_enough = min(len(one), len(other)) >= _SHORTEST and min(len(a), len(b)) >= _SHORTEST_WORD
    return long_enough and a.isalpha() and b.isalpha() and are_within(a, b, 1)


def _differing_words(one: str, other: str) -> tuple[str, str]:
    """Return the words, one of each, in which two names differ; "" if they differ in more or in none."""
    words, others = plain_name(one).split(), plain_name(other).split()
    left = [word for word in words if word not in others]
    right = [word for word in others if word not in words]
    return (left[0], right[0]) if len(left) == len(right) == 1 else ("", "")


class MisspeltName(NamedTuple):
    """A name of an organisation, and another one of the record that it is with a slip in one rare word."""

    path: Path
    name: str
    other_path: Path
    other: str


def misspelt_names(ctx: Context) -> Iterator[MisspeltName]:
    """Yield the names that another name of the record shows to be misspelt.

    Two sites are left alone: they may be two, and have a rule of their own.
    """
    named = [(path, text) for path, text in ctx.texts(EVERY_TEXT) if is_name(path)]
    times = Counter(text for _, text in named)
    written = " ".join(times).lower()
    longer = (word for word in ctx.memo(doubtful_words) if len(word) >= _SHORTEST_WORD)
    doubtful = {word for word in longer if word in written and _may_be_slip(word)}
    if not doubtful:
        return
    words = {name: frozenset(plain_name(name).split()) for name in times if _is_plain(name)}
    suspects = {name for name in words if not doubtful.isdisjoint(words[name])}
    for path, name in named:
        for other_path, other in named if name in suspects else ():
            both_sites = path[-1] == other_path[-1] == "facility"
            if both_sites or other not in words or len(words[name] ^ words[other]) != 2:
                continue
            word, model = _differing_words(name, other)
            less_at_home = (times[name], other_path) < (times[other], path)
            if word in doubtful and _is_typed_so(word, model) and (model not in doubtful or less_at_home):
                yield MisspeltName(path, name, other_path, other)
                break


def _may_be_slip(word: str) -> bool:
    speller = current_speller()
    suspicion = speller.suspicion(word)
    return speller.is_rare(word) or bool(suspicion and suspicion.name)


def _is_plain(text: str) -> bool:
    return text.isascii() and _SHORTEST <= len(text) <= _LONGEST and " " in plain_name(text)


def _is_typed_so(word: str, model: str) -> bool:
    """Say whether a word is another with a letter lost, added or swapped; a final s is another form."""
    _, _, written, meant = change(word, model)
    changed = len(written) == len(meant) == 1
    return one_edit_apart(word, model) and not changed and word.rstrip("s") != model.rstrip("s")
