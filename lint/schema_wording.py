"""Faults of the record schema in plain words, each under the code of its rule."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from lint.markup import unescape
from lint.model import Edit, Fix, Problem
from lint.paths import ROOT, Path, value_at
from lint.schema_enums import word_phases, word_retired, word_value
from lint.schema_store import RECORD, Fault, Schema, SchemaResult, load_schema, resolve, subschema
from lint.schema_terms import place, shown, within

Coded = tuple[str, Problem]

_TYPES = {
    "object": "a group of fields", "array": "a list", "string": "a text",
    "integer": "a whole number", "number": "a number", "boolean": "true or false",
}  # fmt: skip


def word(data: Any, found: Iterable[Fault]) -> SchemaResult:
    """Turn the faults of a record into problems, at most one for a value, sorted by place."""
    keywords: dict[Path, set[str]] = defaultdict(set)
    for fault in found:
        keywords[fault.path].add(fault.keyword)
    problems: list[Coded] = []
    unusable: list[tuple[Path, str]] = []
    for path in sorted(keywords, key=lambda path: [str(step).zfill(8) for step in path]):
        broken = keywords[path]
        schema = subschema(path)
        value = value_at(data, path)
        if "type" in broken:
            unusable.append((path, schema["type"]))
            problems.append(("SCH001", _wrong_type(schema, path, value)))
        elif "enum" in broken:
            inner = any(len(other) > len(path) and other[: len(path)] == path for other in keywords)
            problems += _enumeration(schema, path, value, data, inner)
        else:
            problems += _others(broken, schema, path, value, data)
    return SchemaResult(tuple(problems), tuple(unusable))


def _enumeration(schema: Schema, path: Path, value: Any, data: Any, inner: bool) -> Iterator[Coded]:
    """A value that the field does not know; a list is judged only if each of its items is known."""
    if not isinstance(value, list):
        yield word_value(schema, path, value, data)
    elif value and not inner:
        yield word_phases(schema, path, value)


def _others(broken: set[str], schema: Schema, path: Path, value: Any, data: Any) -> Iterator[Coded]:
    if "not" in broken:
        yield from word_retired(schema, path, value, data)
    if "maxLength" in broken:
        yield from _too_long(schema, path, value, data)
    if "pattern" in broken and "x-reported-by" not in schema:
        yield "SCH001", _pattern(schema, path, value)
    if "minimum" in broken or "maximum" in broken:
        yield "SCH001", _range(schema, path, value)
    if "required" in broken:
        message = "this is no study record: it has no protocolSection, the part that describes the study"
        yield "SCH001", Problem(path, message, "give the whole record", missing="protocolSection")
    if "additionalProperties" in broken:
        yield from _unknown_fields(schema, path, value)


def _wrong_type(schema: Schema, path: Path, value: Any) -> Problem:
    if path == ROOT:
        return Problem(path, f"the record is {shown(value)}, but a group of fields belongs here", "give a whole record")
    expected = _TYPES[schema["type"]]
    message = f"{place(schema, path)} is {shown(value)}, but {expected} belongs here"
    return Problem(path, message, _type_hint(schema, value))


def _type_hint(schema: Schema, value: Any) -> str:
    expected = schema["type"]
    if value is None:
        return "leave the field out if there is nothing to say"
    if expected in ("integer", "number") and isinstance(value, str) and value.strip().isdecimal():
        return f"write {value.strip()} without quotation marks"
    if expected == "array":
        return "put the value into square brackets"
    if expected == "boolean":
        return "write true or false without quotation marks"
    if expected == "string" and isinstance(value, (int, float)):
        return "put the value into quotation marks"
    return ""


def _pattern(schema: Schema, path: Path, value: str) -> Problem:
    message = f"{shown(value, bare=True)} is not {schema['x-expects']}, which {place(schema, path)} needs"
    return Problem(path, message, f"write {schema['x-expects']}")


def _range(schema: Schema, path: Path, value: Any) -> Problem:
    least, most = schema["minimum"], schema.get("maximum")
    allowed = f"from {least} to {most}" if most is not None else f"{least} or more"
    message = f"{place(schema, path)} is {value}, but only numbers {allowed} make sense here"
    return Problem(path, message, "correct the number")


def _too_long(schema: Schema, path: Path, value: str, data: Any) -> Iterator[Coded]:
    """A text over its limit, unless the registry filled it in."""
    limit = schema["x-max-chars"]
    length = _typed_length(value)
    if length <= limit or _exempt(schema, path, data):
        return
    message = f"{place(schema, path)} has {length:,} characters, but the registry takes at most {limit:,}"
    over = length - limit
    yield "SCH005", Problem(path, message, f"cut {over:,} character{'s' if over > 1 else ''}")


def _typed_length(value: str) -> int:
    """Count what was typed: the API adds backslashes and makes a blank line of every line break."""
    return len(re.sub(r"\n[\n ]*", "\n", unescape(value).strip()))


def _exempt(schema: Schema, path: Path, data: Any) -> bool:
    sibling = schema.get("x-max-chars-unless")
    return bool(sibling and value_at(data, (*path[:-1], sibling)))


def _unknown_fields(schema: Schema, path: Path, value: Mapping[str, Any]) -> Iterator[Coded]:
    """One problem for each field that the schema does not know, with the place it may belong to."""
    from difflib import get_close_matches

    known = schema["properties"]
    for name in value:
        if name in known:
            continue
        message = f"{shown(name, bare=True)} is no field of {within(schema, path)}"
        near = get_close_matches(name, known, 1, 0.75)
        homes = _homes().get(name, ())
        if near:
            hint = f"did you mean '{near[0]}'?"
        elif homes:
            hint = f"'{name}' belongs into {' or '.join(homes[:3])}"
        else:
            hint = "remove it, or write its content into a field that the registry has"
        fix = None
        if near and near[0] not in value:
            edits = (Edit((*path, near[0]), value[name]), Edit((*path, name), remove=True))
            fix = Fix(f"rename '{name}' to '{near[0]}'", edits)
        yield "SCH002", Problem((*path, name), message, hint, fix=fix)


@lru_cache(maxsize=1)
def _homes() -> dict[str, tuple[str, ...]]:
    """Say for every field name of the protocol section in which groups of fields it is known."""
    homes: dict[str, list[str]] = defaultdict(list)

    def collect(schema: Schema, owner: str) -> None:
        for name, field in schema["properties"].items():
            homes[name].append(owner)
            inner = resolve(field.get("items", field))
            if "properties" in inner:
                collect(inner, name)

    collect(load_schema(RECORD), "the record itself")
    return {name: tuple(dict.fromkeys(owners)) for name, owners in homes.items()}
