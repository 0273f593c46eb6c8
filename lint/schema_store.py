"""The JSON Schemas that ship with the linter, read from their folder and taken apart; what a check of one gives."""

from __future__ import annotations

import json
import os
from functools import lru_cache
from importlib import import_module
from typing import Any, NamedTuple

from lint.errors import UsageError
from lint.model import Problem
from lint.paths import Path
from lint.twins import read_twin

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
def schema_bytes(name: str) -> bytes:
    """Return the text of ``schemas/<name>.schema.json``. Raises ``UsageError`` if there is none."""
    try:
        with open(schema_file(name), "rb") as file:
            return file.read()
    except FileNotFoundError:
        raise UsageError(f"there is no schema called '{name}'") from None


def schema_file(name: str) -> str:
    """Return the path of a schema that ships."""
    return os.path.join(next(iter(import_module("lint.schemas").__path__)), f"{name}.schema.json")


def checkable(schema: Any) -> Any:
    """Return a record schema as validators need it: without what is for people, with what it annotates.

    The file states limits and retired values as annotations, because a limit counts what was typed and
    a plain validator would count the API's escapes too. Here they become keywords, graded by the wording.
    """
    if not isinstance(schema, dict):
        return schema
    kept: Schema = {}
    for name, value in schema.items():
        keyword = _CHECKED_ANNOTATIONS.get(str(name), str(name))
        if keyword in ("properties", "$defs"):
            kept[keyword] = {member: checkable(part) for member, part in value.items()}
        elif keyword not in ("title", "description") and not keyword.startswith("x-"):
            kept[keyword] = checkable(value)
    return kept


_CHECKED_ANNOTATIONS = {"x-max-chars": "maxLength", "x-legacy": "not"}


def checkable_record_schema() -> Schema:
    """Return the record schema as validators need it, from its twin if that is up to date."""
    twin = schema_file(RECORD).replace(".schema.json", ".twin.json")
    schema: Schema = read_twin(twin, schema_bytes(RECORD)) or checkable(load_schema(RECORD))
    return schema


@lru_cache(maxsize=8)
def load_schema(name: str) -> Schema:
    """Return ``schemas/<name>.schema.json``; the result is shared and not to be changed."""
    schema: Schema = json.loads(schema_bytes(name))
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
