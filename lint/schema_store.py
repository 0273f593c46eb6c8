"""The JSON Schemas that ship with the linter, read from their folder and taken apart; what a check of one gives."""

from __future__ import annotations

import os
from functools import lru_cache
from importlib import import_module
from typing import Any, NamedTuple

from lint.errors import UsageError
from lint.model import Problem
from lint.paths import Path

RECORD = "ctgov-v2"
"""The name of the schema of a whole registry record."""

Schema = dict[str, Any]


class Fault(NamedTuple):
    """One keyword of the schema that a value breaks."""

    path: Path
    keyword: str


class SchemaResult(NamedTuple):
    """What the schema finds in a record.

    ``problems`` pairs a rule code with each problem. ``unusable`` pairs the path of each value
    of a wrong JSON type with the name of the type that belongs there.
    """

    problems: tuple[tuple[str, Problem], ...] = ()
    unusable: tuple[tuple[Path, str], ...] = ()


@lru_cache(maxsize=8)
def schema_text(name: str) -> str:
    """Return the text of ``schemas/<name>.schema.json``. Raises ``UsageError`` if there is none."""
    for folder in import_module("lint.schemas").__path__:
        try:
            with open(os.path.join(folder, f"{name}.schema.json"), encoding="utf-8") as file:
                return file.read()
        except FileNotFoundError:
            continue
    raise UsageError(f"there is no schema called '{name}'")


@lru_cache(maxsize=8)
def load_schema(name: str) -> Schema:
    """Return ``schemas/<name>.schema.json``; the result is shared and not to be changed."""
    import orjson

    schema: Schema = orjson.loads(schema_text(name))
    return schema


def resolve(schema: Schema) -> Schema:
    """Follow a reference into the shared definitions, keeping what stands beside it."""
    reference = schema.get("$ref")
    if reference is None:
        return schema
    shared: Schema = load_schema(RECORD)["$defs"][reference.rpartition("/")[2]]
    return {**shared, **schema}


def subschema(path: Path) -> Schema:
    """Return the part of the record schema for a place. Raises ``KeyError`` for an unknown field."""
    schema: Schema = load_schema(RECORD)
    for step in path:
        schema = resolve(schema["items"] if isinstance(step, int) else schema["properties"][step])
    return schema
