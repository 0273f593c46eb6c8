"""What planters of flaws share: the register, and ways to change a record."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, TypeAlias

from lint.paths import to_pointer, value_at

Planter: TypeAlias = Callable[[Random, dict[str, Any]], str | None]
"""Puts one flaw into a record, in place, and returns the JSON Pointer of it; None if the record does not suit.

A record that does not suit is left as it was.
"""

PLANTERS: dict[str, Planter] = {}
"""The planters by the code of the rule that must find what they plant."""


def plants(code: str) -> Callable[[Planter], Planter]:
    """Enter a function as the planter of a rule."""

    def enter(planter: Planter) -> Planter:
        PLANTERS[code] = planter
        return planter

    return enter


def plants_in_results(code: str, since: str = "") -> Callable[[Planter], Planter]:
    """Enter a planter that is given the results section and tells the place in it.

    Records without one do not suit, nor those of studies whose primary completion was before a day.
    """

    def enter(planter: Planter) -> Planter:
        @plants(code)
        def within(rng: Random, record: dict[str, Any]) -> str | None:
            section = record.get("resultsSection")
            suits = section and get(record, "statusModule", "primaryCompletionDateStruct", "date") >= since
            place = planter(rng, section) if section and suits else None
            return None if place is None else f"/resultsSection/{place}"

        return within

    return enter


def at(*steps: str | int) -> str:
    """Return the pointer to a place of the protocol section."""
    return to_pointer(("protocolSection", *steps))


def get(record: dict[str, Any], *steps: str | int) -> Any:
    """Return the value at a place of the protocol section, or None."""
    return value_at(record, ("protocolSection", *steps))


def put(record: dict[str, Any], value: Any, *steps: str | int) -> str | None:
    """Set a value in the protocol section if the place that it belongs to exists; return its pointer."""
    parent: Any = get(record, *steps[:-1])
    if parent is None:
        return None
    parent[steps[-1]] = value
    return at(*steps)


def drop(record: dict[str, Any], *steps: str | int) -> str | None:
    """Take a member of the protocol section away; return the pointer to what held it."""
    parent = get(record, *steps[:-1])
    if not isinstance(parent, dict) or steps[-1] not in parent:
        return None
    del parent[steps[-1]]
    return at(*steps[:-1])


def is_trial(record: dict[str, Any]) -> bool:
    return bool(get(record, "designModule", "studyType") == "INTERVENTIONAL")


def arms(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the arms of a trial, nothing for other studies."""
    return get(record, "armsInterventionsModule", "armGroups") or [] if is_trial(record) else []


def is_open(record: dict[str, Any]) -> bool:
    return get(record, "statusModule", "overallStatus") in ("RECRUITING", "NOT_YET_RECRUITING")


def is_over(record: dict[str, Any]) -> bool:
    return get(record, "statusModule", "overallStatus") in ("COMPLETED", "TERMINATED")


def began_in(record: dict[str, Any], first_year: int) -> bool:
    """Say whether the study was registered in a year or later."""
    return str(get(record, "statusModule", "studyFirstSubmitDate")) >= str(first_year)
