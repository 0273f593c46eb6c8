"""A piece of input and a plan in, outcomes out: what one of several processes does, wherever it runs."""

from __future__ import annotations

from collections.abc import Iterator

from lint.engine import Plan, lint_item
from lint.model import Outcome
from lint.sources.pieces import Piece, read_piece


def lint_piece(piece: Piece, plan: Plan, input_format: str | None = None) -> Iterator[Outcome]:
    """Yield the outcomes of a piece in the order of its records."""
    for item in read_piece(piece, input_format):
        yield lint_item(item, plan)
