"""Several places of one kind in one text: reported as one finding."""

from __future__ import annotations

import re
from collections.abc import Callable

from lint.api import Match


def places_from_first(
    match: Match, expression: re.Pattern[str], real: Callable[[re.Match[str]], bool]
) -> list[re.Match[str]]:
    """Return all real places of an expression in a text, if ``match`` is its first match there.

    A text rule is called for every match; for all but the first of a text this is empty, so that
    a rule that yields one problem for what it gets yields one for each text.
    """
    first = expression.search(match.text)
    if first is None or first.start() != match.span[0]:
        return []
    return [place for place in expression.finditer(match.text, first.start()) if real(place)]


def and_more(places: list[re.Match[str]]) -> str:
    """Return how many further places there are, in brackets, or nothing."""
    return f" (and {len(places) - 1} more in this text)" if len(places) > 1 else ""
