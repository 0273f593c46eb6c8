"""Whether a value satisfies a JSON Schema, in plain Python: what short runs go by, jsonschema-rs beyond.

Both understand the subset of JSON Schema 2020-12 that rule packs and the record schema are
written in and agree on it: patterns keep to what means the same in both dialects of regular
expressions, and ``$`` is the very end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

from lint.errors import RuleError
from lint.expressions import compiled

Schema: TypeAlias = Any

_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "integer": lambda value: _is_number(value) and value == value // 1,
    "number": lambda value: _is_number(value),
}


def holds(schema: Schema, value: Any, definitions: Mapping[str, Schema] | None = None) -> bool:
    """Say whether a value satisfies a schema; ``definitions`` are those that it refers to."""
    if isinstance(schema, bool):
        return schema
    for keyword, argument in schema.items():
        test = _KEYWORDS.get(keyword)
        if test is not None and not test(argument, value, schema, definitions or {}):
            return False
    return True


class Fragment:
    """A test of whether a value satisfies a schema."""

    __slots__ = ("schema",)

    def __init__(self, schema: Schema) -> None:
        self.schema = schema

    def __call__(self, value: Any) -> bool:
        return holds(self.schema, value)


def check_keywords(fragment: Schema) -> None:
    """Raise RuleError if a fragment uses a keyword, or a class in a pattern, beyond the common subset."""
    if isinstance(fragment, bool):
        return
    if not isinstance(fragment, dict):
        raise RuleError(f"a schema fragment is a mapping, not {fragment!r}")
    for keyword, argument in fragment.items():
        if keyword not in _FOR_PACKS:
            known = ", ".join(sorted(_FOR_PACKS))
            raise RuleError(f"'{keyword}' is not a keyword of rule packs", f"known are {known}")
        if keyword == "properties":
            for member in argument.values():
                check_keywords(member)
        elif keyword in ("allOf", "anyOf"):
            for one in argument:
                check_keywords(one)
        elif keyword in ("items", "contains", "not"):
            check_keywords(argument)
        elif keyword == "pattern":
            _check_pattern(argument)


def _check_pattern(expression: str) -> None:
    if found := re.search(r"\\[dDwWsS]", expression):
        raise RuleError(
            f"'{found[0]}' in the pattern '{expression}' means different things to different programs",
            "write the characters out, as in [0-9], [A-Za-z] or [ \\n]",
        )
    if found := re.search(r"\(\?(?:=|!|<[=!])|\\[1-9]", expression):
        raise RuleError(
            f"'{found[0]}' in the pattern '{expression}' looks around or back, which can take very long",
            "use 'not' or 'allOf' with several patterns",
        )


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _same(left: Any, right: Any) -> bool:
    """Equality as JSON Schema has it: true is not 1."""
    return bool(left == right) and isinstance(left, bool) == isinstance(right, bool)


_END = compiled(r"(?<!\\)\$(?=$|[|)])")


@lru_cache(maxsize=1024)
def _search(expression: str) -> Callable[[str], Any]:
    return compiled(_END.sub(r"\\Z", expression)).search


_Members: TypeAlias = Mapping[str, Schema]


def _type(names: Any, value: Any, _: _Members, __: _Members) -> bool:
    if isinstance(names, str):
        return _TYPES[names](value)
    return any(_TYPES[name](value) for name in names)


def _properties(members: _Members, value: Any, _: _Members, definitions: _Members) -> bool:
    if isinstance(value, dict):
        for name in members.keys() & value.keys():
            if not holds(members[name], value[name], definitions):
                return False
    return True


def _no_others(allowed: bool, value: Any, schema: _Members, _: _Members) -> bool:
    return allowed or not isinstance(value, dict) or value.keys() <= schema["properties"].keys()


def _items(schema: Schema, value: Any, _: _Members, definitions: _Members) -> bool:
    return not isinstance(value, list) or all(holds(schema, item, definitions) for item in value)


def _contains(schema: Schema, value: Any, _: _Members, definitions: _Members) -> bool:
    return not isinstance(value, list) or any(holds(schema, item, definitions) for item in value)


def _pattern(expression: str, value: Any, _: _Members, __: _Members) -> bool:
    return not isinstance(value, str) or _search(expression)(value) is not None


_KEYWORDS: Mapping[str, Callable[[Any, Any, _Members, _Members], bool]] = {
    "type": _type,
    "const": lambda wanted, value, _, __: _same(value, wanted),
    "enum": lambda wanted, value, _, __: any(_same(value, one) for one in wanted),
    "required": lambda names, value, _, __: not isinstance(value, dict) or all(name in value for name in names),
    "properties": _properties,
    "additionalProperties": _no_others,
    "items": _items,
    "contains": _contains,
    "pattern": _pattern,
    "not": lambda schema, value, _, definitions: not holds(schema, value, definitions),
    "allOf": lambda schemas, value, _, definitions: all(holds(one, value, definitions) for one in schemas),
    "anyOf": lambda schemas, value, _, definitions: any(holds(one, value, definitions) for one in schemas),
    "minItems": lambda limit, value, _, __: not isinstance(value, list) or len(value) >= limit,
    "maxItems": lambda limit, value, _, __: not isinstance(value, list) or len(value) <= limit,
    "minLength": lambda limit, value, _, __: not isinstance(value, str) or len(value) >= limit,
    "maxLength": lambda limit, value, _, __: not isinstance(value, str) or len(value) <= limit,
    "minimum": lambda limit, value, _, __: not _is_number(value) or value >= limit,
    "maximum": lambda limit, value, _, __: not _is_number(value) or value <= limit,
    "$ref": lambda name, value, _, definitions: holds(definitions[name.rpartition("/")[2]], value, definitions),
}
_FOR_PACKS = _KEYWORDS.keys() - {"additionalProperties", "$ref"}
