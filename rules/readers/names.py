"""Two names of people against each other: whether they are one name, written in two ways."""

from __future__ import annotations

from functools import lru_cache

from lint.rules.readers.distances import are_within
from lint.rules.readers.people import name_parts


@lru_cache(maxsize=1024)
def written_differently(one: str, other: str) -> str:
    """Say how two names that are probably one person's differ; "" if they are equal or two people's.

    Left-out middle names, initials of middle names, accents, titles and degrees are no difference.

    >>> written_differently("Anna Berg, MD", "Berg Anna")
    'in another order'
    """
    if name_parts(one) == name_parts(other):
        return ""
    first, second = _plain(one), _plain(other)
    if first == second or min(len(first), len(second)) == 0 or (first[0] == second[0] and first[-1] == second[-1]):
        return ""
    if sorted(first) == sorted(second):
        return "in another order"
    if "".join(first) == "".join(second):
        return "joined or divided otherwise" if max(map(len, {*first} ^ {*second})) > 3 else ""
    if len(first) != len(second) or len(first) < 2:
        return ""
    differing = [(a, b) for a, b in zip(first, second) if a != b]
    if len(differing) != 1:
        return ""
    (a, b) = differing[0]
    if a == first[0] and min(len(a), len(b)) == 1:
        return "with an initial for the given name" if a[0] == b[0] else ""
    return "spelled otherwise" if _is_slip(a, b) else ""


def _plain(name: str) -> tuple[str, ...]:
    joined = name.replace(" - ", "").replace("-", "")
    return tuple(part.replace("ı", "i").replace("'", "") for part in name_parts(joined))


def _is_slip(one: str, other: str) -> bool:
    if min(len(one), len(other)) < 5 or (one[-1] != other[-1] and len(one) == len(other)):
        return False
    return bool(are_within(one, other, 1))
