"""The record schema at work: what is wrong with the shape of a record, and what is missing.

``jsonschema-rs`` finds every fault; ``jsonschema`` is the reference that must find the same. In a
short run a plain check says first whether there is any.
Faults become problems in plain words elsewhere (``lint.schema_wording``), which is imported only
for records that have any.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from lint import pace
from lint.fragments import holds
from lint.paths import ROOT, Path
from lint.schema_required import required_problems
from lint.schema_store import RECORD, Fault, SchemaResult, checkable_record_schema, load_schema, resolve

__all__ = [
    "RECORD", "Fault", "SchemaResult", "check", "faults", "load_schema", "required_problems", "resolve", "usable",
]  # fmt: skip

_CLEAN = SchemaResult()


_record_schema = lru_cache(maxsize=1)(checkable_record_schema)


@lru_cache(maxsize=1)
def _fast_validator() -> Any:
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(_record_schema())


@lru_cache(maxsize=1)
def _reference_validator() -> Any:
    import jsonschema

    return jsonschema.Draft202012Validator(_record_schema())


def faults(data: Any, *, engine: str = "fast") -> Iterator[Fault]:
    """Yield every place of a record and the schema keyword that it breaks, in no fixed order."""
    if engine == "reference":
        for error in _reference_validator().iter_errors(data):
            yield Fault(tuple(error.absolute_path), str(error.validator))
    else:
        for error in _fast_validator().iter_errors(data):
            yield Fault(tuple(error.instance_path), str(error.schema_path[-1]))


def _faults(data: Any, engine: str) -> list[Fault]:
    try:
        return list(faults(data, engine=engine))
    except ValueError:  # the fast engine takes no lone surrogates and no endless nesting
        return list(faults(data, engine="reference"))


def check(data: Any, *, engine: str = "fast") -> SchemaResult:
    """Check the shape and the values of a record; absence is for ``required_problems``."""
    if engine == "fast" and not pace.is_long() and _is_clean(data):
        return _CLEAN
    found = _faults(data, engine)
    if not found:
        return _CLEAN
    from lint.schema_wording import word

    return word(data, found)


def _is_clean(data: Any) -> bool:
    schema = _record_schema()
    return holds(schema, data, schema["$defs"])


def usable(data: Any, result: SchemaResult) -> dict[str, Any]:
    """Return the record without values of a wrong JSON type, so that rules may rely on types.

    Members go; list items give way to an empty value of the right type, so that positions stay.
    The original is left alone and shared as far as nothing changes.
    """
    if not result.unusable:
        return data  # type: ignore[no-any-return]
    if not isinstance(data, dict):
        return {}
    copy: dict[str, Any] = dict(data)
    copied: dict[Path, Any] = {ROOT: copy}
    for path, expected in result.unusable:
        parent: Any = copy
        for depth, step in enumerate(path[:-1], start=1):
            place = path[:depth]
            if place not in copied:
                copied[place] = parent[step] = parent[step].copy()
            parent = copied[place]
        last: Any = path[-1]
        if isinstance(parent, list):
            parent[last] = _EMPTY[expected]()
        else:
            del parent[last]
    return copy


_EMPTY: dict[str, type] = {
    "object": dict, "array": list, "string": str, "integer": int, "number": float, "boolean": bool,
}  # fmt: skip
