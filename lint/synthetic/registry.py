"""Many made-up records, some of them with a flaw of which it is known where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, NamedTuple

from lint.synthetic.planting import PLANTERS
from lint.synthetic.records import make_record

_TRIES = 500
"""Not every record suits every flaw; so many are made up at most until one does."""


class Made(NamedTuple):
    """A made-up record; ``code`` and ``path`` tell the rule and the place of its flaw, if it has one."""

    record: dict[str, Any]
    code: str = ""
    path: str = ""


def make(count: int, *, seed: int = 0, flaws: float = 0.0, first: int = 0, codes: Sequence[str] = ()) -> Iterator[Made]:
    """Yield records ``first`` to ``first + count - 1`` of the registry of a seed.

    ``flaws`` is the share of records that get one flaw, of one of the rules ``codes`` (of all that
    can be planted if none are named). A record depends on the seed, its number and these two alone.
    """
    wanted = tuple(codes) or tuple(sorted(PLANTERS))
    for number in range(first, first + count):
        rng = Random(f"flaw {seed}/{number}")  # noqa: S311 (nothing here is secret)
        yield (
            _flawed(rng, seed, number, rng.choice(wanted)) if rng.random() < flaws else Made(make_record(seed, number))
        )


def _flawed(rng: Random, seed: int, number: int, code: str) -> Made:
    """Make records up until one suits the flaw; a planter leaves those that do not as they were."""
    for variant in range(_TRIES):
        record = make_record(seed, number, variant)
        path = PLANTERS[code](rng, record)
        if path is not None:
            return Made(record, code, path)
    return Made(make_record(seed, number))
