"""What a form of record cannot carry: tables of places with the reason in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from lint.paths import Path
from lint.places import parse_place


class Loss(NamedTuple):
    """Places that a form cannot carry, and why, as the end of "not carried, because ...".

    ``places`` are patterns below the record (``protocolSection.oversightModule``, with ``[*]`` for every item
    of a list); what lies below a place is lost with it, but for values that the form has a way to say (``kept``).
    Where no field is lost but something in a text, ``rules`` are the codes of those that cannot be decided then.
    """

    reason: str
    places: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    @property
    def sign(self) -> str:
        """What tells the loss from the others of a form."""
        return (*self.places, *self.rules)[0]


def paths(losses: Iterable[Loss]) -> tuple[Path, ...]:
    """Return the places of losses as ``Record.not_shown`` takes them."""
    return tuple(parse_place(f"$.{place}") for loss in losses for place in loss.places)


def below(parent: str, names: str) -> tuple[str, ...]:
    """Return places below a common parent; ``names`` are separated by blanks."""
    return tuple(f"{parent}.{name}" for name in names.split())
