"""Whether two similar words are forms of one word, or relatives, rather than a slip."""

from __future__ import annotations

_FORMS = (
    "s es d ed r er ers ing ings y ies ied ly al ally ic ical ics n en a ae e i um us is on ons o os or ors ion ions "
    "ive ively ity ities able ably ible ibly ness ment ments ful less ism ist ists ia ias ian ians in ins ine ines ide "
    "ides ate ates ated ite ites ol ole one ones an ant ants ent ents ance ances ence ences ancy ency ar ary ery t te "
    "se sed ses sing z ze zed zes zing sation zation le el l ya ous ase ose yl ene ane c ca cs ectomy otomy osis itis "
    "ostomy emia uria"
)
_ENDINGS = frozenset(["", *_FORMS.split()])
"""What English, Latin and chemical words end in; two words with one stem are then two forms."""

_PREFIXES = (
    "un in im ir il re de a an ab ad di bi tri co en em ex be pre pro hyper hypo inter intra intro ante anti endo "
    "ecto exo epi sub sup sur non dis mis dys eu mono poly oligo iso per para peri post trans ma mi"
)
_OPENINGS = frozenset(["", *_PREFIXES.split()])
"""What such words begin with; two words with one end are then opposites, or two things.

``ma`` and ``mi`` are what is left of macro and micro.
"""

_BRITISH = (
    ("ae", "e"), ("oe", "e"), ("our", "or"), ("is", "iz"), ("ys", "yz"), ("re", "er"), ("ll", "l"), ("mme", "m"),
    ("ogue", "og"), ("ph", "f"), ("k", "c"), ("y", "i"), ("ence", "ense"), ("z", "s"),
)  # fmt: skip
"""Regional and transliterated spellings, and what each is folded to for comparison."""


def related_forms(one: str, other: str) -> bool:
    """Say whether two lower-case words are inflections, prefixed forms or regional spellings.

    A word that ends in the whole of the other counts as a prefixed form: ``growing`` and
    ``rowing``, ``mutation`` and ``permutation`` cannot be told from slips by their letters.
    """
    start = _common(one, other)
    if start >= 3 and one[start:] in _ENDINGS and other[start:] in _ENDINGS:
        return True
    end = _common(one[::-1], other[::-1])
    heads = one[: len(one) - end], other[: len(other) - end]
    if "" in heads or (heads[0] in _OPENINGS and heads[1] in _OPENINGS):
        return True
    return _folded(one) == _folded(other)


def one_edit_apart(one: str, other: str) -> bool:
    """Say whether two words differ by one letter added, lost or changed, or by two neighbours swapped."""
    start = _common(one, other)
    end = min(_common(one[::-1], other[::-1]), len(one) - start, len(other) - start)
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    return max(len(left), len(right)) == 1 or (len(left) == 2 and left == right[::-1])


def without_opening(word: str) -> int:
    """Return how many letters of a word remain behind its longest known opening."""
    return len(word) - max(len(word[:end]) for end in range(6) if word[:end] in _OPENINGS)


def _common(one: str, other: str) -> int:
    """Return how many characters two words begin with in common."""
    length = 0
    for left, right in zip(one, other):
        if left != right:
            break
        length += 1
    return length


def _folded(word: str) -> str:
    for british, american in _BRITISH:
        word = word.replace(british, american)
    return word
