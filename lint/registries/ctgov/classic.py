"""Records of the registry's classic API (served until June 2024) in the canonical shape, and the way back.

That API named every field in full (``OverallStatus``), boxed lists (``{"PhaseList": {"Phase": [...]}}``) and wrote
labels, dates in words and numbers as text. ``classic_fields.txt``, made by ``tools/build_other_forms.py``, says where
it kept each field and of what kind its value is.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from lint.model import Locator, Region, Span
from lint.paths import Path
from lint.registries.ctgov.words import read_value

WITHOUT_COUNTERPART = frozenset({"OrgStudyIdDomain", "FlowReasonNumUnits", "Rank"})
"""Members that API v2 has nothing for."""

_TWO_PHASES = {"Phase 1/Phase 2": ("PHASE1", "PHASE2"), "Phase 2/Phase 3": ("PHASE2", "PHASE3")}
_NOT_KNOWN = {"Unknown", ""}


class Field(NamedTuple):
    """A field of the record: its canonical name, the steps to it in a classic object, its kind, what it holds.

    ``kind`` is empty for plain texts and for groups of fields.
    """

    name: str
    steps: Path
    kind: str
    many: bool
    below: dict[str, Field]


@lru_cache(maxsize=1)
def fields() -> dict[str, Field]:
    """Return the fields of a study by their canonical names."""
    top: dict[str, Field] = {}
    groups = [top]
    with open(os.path.join(os.path.dirname(__file__), "classic_fields.txt"), encoding="utf-8") as file:
        for line in file:
            depth = len(line) - len(line.lstrip())
            name, place, kind = (*line.split(), "")[:3]
            field = Field(name.removesuffix("[]"), tuple(place.split("/")), kind, name.endswith("[]"), {})
            groups[depth + 1 :] = [field.below]
            groups[depth][field.name] = field
    return top


def read_classic(study: dict[str, Any]) -> dict[str, Any]:
    """Return a classic study as a record in canonical shape; what it does not know stays under its own name."""
    return {**_read_group(study, fields()), "hasResults": "ResultsSection" in study}


def _read_group(node: dict[str, Any], below: dict[str, Field]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    known = set(WITHOUT_COUNTERPART)
    for field in below.values():
        known.add(str(field.steps[0]))
        steps = _steps(node, field)
        if steps:
            value = _read(_follow(node, steps), field)
            if value is not None:
                found[field.name] = value
    return found | {name: value for name, value in node.items() if name not in known}


def _read(value: Any, field: Field) -> Any:
    """Return the canonical value of a field; None if it says nothing."""
    if field.many:
        items = value if isinstance(value, list) else [value] if value not in ("", {}) else []
        return list(_read_items(items, field)) or None
    return _read_one(value, field)


def _read_items(items: Iterable[Any], field: Field) -> Iterator[Any]:
    for item in items:
        if field.kind == "Phase" and isinstance(item, str) and item in _TWO_PHASES:
            yield from _TWO_PHASES[item]
        else:
            yield _read_one(item, field)


def _read_one(value: Any, field: Field) -> Any:
    if field.below:
        if isinstance(value, dict):
            return _read_group(value, field.below)
        return {next(iter(field.below)): value} if len(field.below) == 1 else value
    if field.kind and isinstance(value, str):
        return read_value(field.kind, value) if value not in _NOT_KNOWN or field.kind != "boolean" else None
    return value


def _steps(node: Any, field: Field) -> Path:
    """Return the steps from a classic object to a field in it; none if it is absent.

    Of a list where one value belongs, they lead to the first.
    """
    outer, *inner = field.steps
    if not isinstance(node, dict) or outer not in node:
        return ()
    value = node[outer]
    steps: Path = (outer,)
    if inner and isinstance(value, dict) and inner[0] in value:
        value = value[inner[0]]
        steps = field.steps
    return (*steps, 0) if inner and value and isinstance(value, list) and not field.many else steps


def _follow(node: Any, steps: Path) -> Any:
    for step in steps:
        node = node[step]
    return node


class ClassicLocator:
    """Finds the values of a canonical record in the classic study that it was read from.

    ``outer`` locates places of the study itself.
    """

    def __init__(self, outer: Locator, study: dict[str, Any]) -> None:
        self._outer = outer
        self._study = study

    def locate(self, path: Path, span: Span | None = None) -> Region:
        """Return the place of a value, or the characters of it that a span names where the value is a plain text."""
        place, is_same_text = self._place(path)
        return self._outer.locate(place, span if is_same_text else None)

    def source_line(self, line: int) -> str | None:
        """Return a line of the file."""
        return self._outer.source_line(line)

    def _place(self, path: Path) -> tuple[Path, bool]:
        """Return where a canonical path, or the deepest known part of it, leads to; and whether it is a plain text."""
        node: Any = self._study
        below = fields()
        place: Path = ()
        field: Field | None = None
        for step in path:
            if isinstance(step, int):
                if not isinstance(node, list):
                    continue
                steps: Path = (step,) if step < len(node) else ()
            else:
                field = below.get(step)
                steps = _steps(node, field) if field else (step,) if isinstance(node, dict) and step in node else ()
                below = field.below if field else {}
            if not steps:
                return place, False
            place += steps
            node = _follow(node, steps)
        return place, isinstance(node, str) and not (field and field.kind)
