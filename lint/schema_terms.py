"""How places and values of a record are called in messages."""

from __future__ import annotations

from typing import Any

from lint.paths import Path
from lint.schema_store import Schema, subschema

_LONGEST = 60


def field_name(path: Path) -> str:
    """Name a field with the list item or group that it stands in, as in ``armGroups[1].label``."""
    steps = path[2:] if len(path) > 2 else path[-1:]
    text = ""
    for step in steps:
        text += f"[{step}]" if isinstance(step, int) else f"{'.' if text else ''}{step}"
    return text


def place(schema: Schema, path: Path) -> str:
    """Name a field in the registry's words and in those of the file: ``Arm Title (armGroups[1].label)``."""
    return f"{_title(schema, path)} ({field_name(path)})"


def within(schema: Schema, path: Path) -> str:
    """Name a group of fields; the outermost is the record."""
    return place(schema, path) if path else "a study record"


def _title(schema: Schema, path: Path) -> str:
    """The registry's name of a field; an item of a list bears that of the list."""
    title: str = schema.get("title") or subschema(path[:-1])["title"]
    return title


def shown(value: Any, *, bare: bool = False) -> str:
    """Write a value for people; a text stands in quotes, ``bare`` leaves out that it is a text."""
    if isinstance(value, str):
        text = " ".join(value.split())
        text = f"'{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}'"
        return text if bare else f"the text {text}"
    if value is None:
        return "null, which says nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a group of fields"
    if isinstance(value, int) and value.bit_length() > _LONGEST:
        return "a number of very many digits"
    return f"the number {value}"
