"""What changed between two versions of a record, and which findings that concerns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from lint.fingerprints import natural_key
from lint.model import Failure, Finding, Outcome, Record
from lint.paths import ROOT, Path, to_pointer
from lint.registries.ctgov.recognise import record_id

UNCHANGED, AROUND, CHANGED = "unchanged", "around", "changed"


class Changed(NamedTuple):
    """Places of the new version that differ from the old one.

    ``values`` were changed or added, with all below them; ``lists`` lost an item.
    """

    values: list[Path]
    lists: list[Path]


def compare(old: Any, new: Any) -> Changed:
    """Return what differs. Items of lists are matched by their natural keys if they have some."""
    changed = Changed([], [])
    _compare(old, new, ROOT, changed)
    return changed


def _compare(old: Any, new: Any, path: Path, changed: Changed) -> None:
    if isinstance(old, dict) and isinstance(new, dict):
        for name in old.keys() | new.keys():
            if name not in old or name not in new:
                changed.values.append((*path, name))
            else:
                _compare(old[name], new[name], (*path, name), changed)
    elif isinstance(old, list) and isinstance(new, list):
        before, after = _keyed(old), _keyed(new)
        if before.keys() - after.keys():
            changed.lists.append(path)
        for key, index in after.items():
            if key in before:
                _compare(old[before[key]], new[index], (*path, index), changed)
            else:
                changed.values.append((*path, index))
    elif old != new or isinstance(old, bool) != isinstance(new, bool):
        changed.values.append(path)


def _keyed(items: list[Any]) -> dict[Any, int]:
    """Return the position of each item by its natural key, or by its position where keys repeat."""
    keys = [natural_key(item) for item in items]
    if "" in keys or len(set(keys)) < len(keys):
        return {index: index for index in range(len(items))}
    return {key: index for index, key in enumerate(keys)}


class Changes:
    """Keeps findings about what changed since an earlier version of the records.

    ``earlier`` holds the earlier records by id; a record without an earlier version is new.
    ``findings_of`` tells what is found in an earlier record.
    """

    def __init__(self, earlier: Mapping[str, Record], findings_of: Callable[[Record], Iterable[Finding]]) -> None:
        self._earlier = earlier
        self._findings_of = findings_of

    def apply(self, outcome: Outcome, record: Record | Failure) -> Outcome:
        """Drop the findings of an outcome whose places, related ones included, did not change.

        A place also changed if what it lies in is new. If only something below it changed, the finding
        is dropped when the earlier record has it as well.
        """
        old = self._earlier.get(outcome.record) if outcome.record else None
        if old is None or isinstance(record, Failure):
            return outcome
        changed = compare(old.data, record.data)
        values, lists = ([to_pointer(path) for path in paths] for paths in changed)
        standings = [_standing(one, values, lists) for one in outcome.findings]
        known = {one.fingerprint for one in self._findings_of(old)} if AROUND in standings else set()
        kept = (
            one
            for one, standing in zip(outcome.findings, standings)
            if standing == CHANGED or (standing == AROUND and one.fingerprint not in known)
        )
        return outcome._replace(findings=tuple(kept))


def _standing(finding: Finding, values: Sequence[str], lists: Sequence[str]) -> str:
    """Say whether a place of a finding changed or lost an item, only something below it changed, or nothing."""
    places = (finding.path, *(one.path for one in finding.related))
    if finding.code.startswith("LNT"):
        return CHANGED
    for place in places:
        if any(_below(place, value) for value in values) or any(_below(shrunk, place) for shrunk in lists):
            return CHANGED
    return AROUND if any(_below(value, place) for place in places for value in values) else UNCHANGED


def _below(pointer: str, other: str) -> bool:
    return pointer == other or pointer.startswith(f"{other}/")


def by_id(items: Iterable[Record | Failure]) -> dict[str, Record]:
    """Return records by their ids; those without one are left out."""
    found = {record_id(item.data): item for item in items if isinstance(item, Record)}
    found.pop("", None)
    return found
