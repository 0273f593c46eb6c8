"""Writes records of API v2 as the classic API gave them, for tests."""

from __future__ import annotations

from typing import Any

from lint.registries.ctgov.classic import Field, fields
from lint.registries.ctgov.words import codes

MONTHS = ("January", "February", "March", "April", "May", "June",
          "July", "August", "September", "October", "November", "December")  # fmt: skip


def classic(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record, which must have no fields that the classic API lacked, as a study of that API."""
    return group({name: value for name, value in record.items() if name != "hasResults"}, fields())


def group(node: dict[str, Any], below: dict[str, Field]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in node.items():
        field = below[name]
        *boxes, last = field.steps
        inner = [one(item, field) for item in value] if isinstance(value, list) else one(value, field)
        if boxes and not isinstance(value, list):
            inner = [inner]
        found[boxes[0] if boxes else last] = {last: inner} if boxes else inner
    return found


def one(value: Any, field: Field) -> Any:
    if field.below:
        return group(value, field.below)
    if field.kind == "boolean":
        return "Yes" if value else "No"
    if field.kind == "integer":
        return str(value)
    if field.kind == "date":
        year, month, *day = value.split("-")
        return f"{MONTHS[int(month) - 1]} {f'{int(day[0])}, ' if day else ''}{year}"
    if field.kind == "minute":
        return f"{value[5:7]}/{value[8:10]}/{value[:4]} {value[11:]}"
    if field.kind:
        return [word for word, code in codes()[field.kind].items() if code == value][-1]
    return value
