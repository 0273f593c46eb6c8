"""How far two texts are apart."""

from __future__ import annotations


def are_within(one: str, other: str, edits: int) -> bool:
    """Say whether two texts differ by so many letters added, lost or changed, or neighbours swapped, at most."""
    if abs(len(one) - len(other)) > edits:
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other, score_cutoff=edits) <= edits
