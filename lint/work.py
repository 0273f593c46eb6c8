"""A piece of input and a plan in, outcomes out: what one of several processes does, wherever it runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lint.engine import Plan, lint_item
from lint.model import Outcome
from lint.sources.pieces import Piece, read_piece

if TYPE_CHECKING:
    from lint.cache import Cache, Keeping


def lint_piece(
    piece: Piece, plan: Plan, input_format: str | None = None, cache: Cache | None = None
) -> Iterator[Outcome]:
    """Yield the outcomes of a piece in the order of its records, those that the cache knows from there."""
    if cache is None:
        for item in read_piece(piece, input_format):
            yield lint_item(item, plan)
    else:
        yield from _with_cache(piece, plan, input_format, cache)


def open_cache(keeping: Keeping | None, plan: Plan) -> Cache | None:
    """Open the cache of a run, if it has one."""
    if keeping is None:
        return None
    from lint.cache import Cache

    return Cache(keeping, plan)


def _with_cache(piece: Piece, plan: Plan, input_format: str | None, cache: Cache) -> Iterator[Outcome]:
    from lint.sources.units import Unit, units

    for found in units(piece, input_format):
        if not isinstance(found, Unit):
            yield lint_item(found, plan)
            continue
        outcomes = cache.find(found, input_format)
        if outcomes is None:
            outcomes = [lint_item(item, plan) for item in found.read()]
            cache.note(found, input_format, outcomes)
        yield from outcomes
