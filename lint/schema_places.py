"""Whether a place pattern can match any record at all, by the record schema."""

from __future__ import annotations

from lint.places import STAR, parse_place
from lint.schema import RECORD, load_schema, resolve


def place_exists(pattern: str) -> bool:
    """Say whether the record schema knows the place that a rule subscribes to."""
    schema = load_schema(RECORD)
    for step in parse_place(pattern):
        schema = resolve(schema)
        below = schema.get("items") if step == STAR else schema.get("properties", {}).get(step)
        if below is None:
            return False
        schema = below
    return True
