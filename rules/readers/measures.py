"""The numbers of a reported measure: each value with its group and how many were analysed there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from lint.api import Node
from lint.rules.readers.labels import folded

MEASURES = "$.resultsSection.outcomeMeasuresModule.outcomeMeasures[*]"
BASELINE_MEASURES = "$.resultsSection.baselineCharacteristicsModule.measures[*]"

_DIGITS = frozenset("0123456789.")


def number(text: Any) -> float | None:
    """Return the number that a text of the results is; None for NA, ``<5``, ``1,234`` and the like."""
    if not isinstance(text, str) or not text or "_" in text:
        return None
    try:
        return float(text) if text[-1] in _DIGITS or text.rstrip()[-1:] in _DIGITS else None
    except ValueError:
        return None


def last_place(text: str) -> float:
    """Return what one unit of the last decimal of a number is worth: 0.1 for ``2.7``."""
    return 10.0 ** -len(text.strip().partition(".")[2])


def cells(measure: Any) -> Iterator[dict[str, Any]]:
    """Yield the plain values of a measure, for tests that look at all of them quickly."""
    for row in measure.get("classes") or ():
        for category in row.get("categories") or ():
            yield from category.get("measurements") or ()


class Value(NamedTuple):
    """A value of a measure: where it stands, its row and category, and how many were analysed for it.

    ``analysed`` is None where the measure does not say it.
    """

    node: Node
    row: int
    category: str
    analysed: float | None

    @property
    def group(self) -> str:
        return self.node.get("groupId") or ""

    @property
    def number(self) -> float | None:
        return number(self.node.get("value"))


def analysed(holder: Any, units: str) -> dict[str, float]:
    """Return how many participants (or other ``units``) of each group were analysed, by group id."""
    denoms = holder.get("denoms") or ()
    chosen = next((one for one in denoms if (one.get("units") or "").casefold() == units.casefold()), None)
    if chosen is None:
        return {}
    counts = ((one.get("groupId") or "", number(one.get("value"))) for one in chosen.get("counts") or ())
    return {group: count for group, count in counts if count is not None}


def values(measure: Node, overall: dict[str, float] | None = None) -> Iterator[Value]:
    """Yield the values of a measure. ``overall`` are the numbers analysed where the measure has none."""
    units = measure.get("denomUnitsSelected") or measure.get("typeUnitsAnalyzed") or "Participants"
    if measure.get("paramType") == "COUNT_OF_PARTICIPANTS":
        units = "Participants"
    everywhere = analysed(measure.value, units) or overall or {}
    for row, one in enumerate(measure.items("classes")):
        here = everywhere | analysed(one.value, units) if one.get("denoms") else everywhere
        for category in one.items("categories"):
            for node in category.items("measurements"):
                yield Value(node, row, category.text("title"), here.get(node.get("groupId") or ""))


@lru_cache(maxsize=512)
def title_key(title: str) -> str:
    """Return what makes two titles of groups or outcomes one; the same few recur in every table."""
    key: str = folded(title)
    return key


def group_titles(measure: Node) -> dict[str, str]:
    """Return the titles of the groups of a measure by their ids."""
    return {group.get("id") or "": group.text("title") for group in measure.items("groups")}
