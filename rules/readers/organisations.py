"""Names of organisations and sites as registrants write them: abbreviations, legal forms, order of the words."""

from __future__ import annotations

from functools import lru_cache

from lint.api import pattern
from lint.rules.readers.distances import are_within
from lint.rules.readers.people import without_accents

_word = pattern(r"[^\W_]+")
_LONG = {
    "univ": "university", "hosp": "hospital", "ctr": "center", "centre": "center", "cntr": "center",
    "inst": "institute", "dept": "department", "med": "medical", "natl": "national", "intl": "international",
    "st": "saint", "res": "research",
}  # fmt: skip
_FORM_WORDS = "inc ltd llc corp corporation co company gmbh ag sa bv plc limited"
_FORMS = frozenset(_FORM_WORDS.split())
_SMALL_WORDS = "the of and for at in de la du del"
_EMPTY = _FORMS.union(_SMALL_WORDS.split())
_NO_NAME = pattern(r"(?i)\b(?:investigat|research site|study site|clinical site|local institution|contact|information)")
_LONGEST = 120
"""Longer texts are no names but directions."""
_SHORTEST = 10
"""Shorter names may differ by one letter and be of two organisations."""


@lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """Return the words of a name that matter, written out and sorted.

    >>> plain_name("Univ. Hospital, Basel") == plain_name("The University Hospital of Basel")
    True
    """
    words = _word().findall(without_accents(name.casefold()).replace("'", "").replace("’", ""))
    return " ".join(sorted(_LONG.get(word, word) for word in words if word not in _EMPTY))


def legal_forms(name: str) -> frozenset[str]:
    """Return the words of a name that tell its legal form."""
    return frozenset(_word().findall(name.casefold())) & _FORMS


def is_own_name(facility: str) -> bool:
    """Say whether a text is the name of a site, not a word in place of one."""
    return len(facility) <= _LONGEST and not _NO_NAME().search(facility)


def is_slip(one: str, other: str) -> bool:
    """Say whether one name is the other with a slip in one longer word; numbers must agree."""
    words, others = plain_name(one).split(), plain_name(other).split()
    left = [word for word in words if word not in others]
    right = [word for word in others if word not in words]
    if len(left) != 1 or len(right) != 1 or min(len(one), len(other)) < _SHORTEST:
        return False
    (a,), (b,) = left, right
    return a.isalpha() and b.isalpha() and min(len(a), len(b)) >= 6 and are_within(a, b, 1)
