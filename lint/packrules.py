"""Runs the rules of packs: asks once for a whole record which of them are broken, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from lint import pace
from lint.fragments import Fragment
from lint.model import Rule
from lint.paths import ROOT, Path, value_at
from lint.places import Trie, merge

Broken: TypeAlias = tuple[Rule, Any, Path]
"""A rule, and the value that breaks it with its path."""


class PackRules:
    """Rules that a fragment of a schema says, all of which are in one schema of a record."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._places = merge((place, rule) for rule in rules for place in rule.at)
        self._validator: Any = None

    def broken(self, record: Any) -> list[Broken]:
        """Return the rules that a record breaks: one by one in short runs, all at once by jsonschema-rs beyond."""
        if pace.is_long():
            try:
                return list(self._all_at_once(record))
            except ValueError:  # it takes no lone surrogates and no endless nesting
                pass
        found: list[Broken] = []
        self._places.visit(record, ROOT, found)
        return [(rule, value, path) for rule, value, path in found if rule.when and rule.when(value)]

    def _all_at_once(self, record: Any) -> Iterator[Broken]:
        if self._validator is None:
            self._validator = _validator(_none_broken(self._places))
        for error in self._validator.iter_errors(record):
            path = tuple(error.instance_path)
            value = value_at(record, path)
            if value is not None:
                yield self._rule_at(error.schema_path), value, path

    def _rule_at(self, steps: list[str | int]) -> Rule:
        """Return the rule at a place of the schema, as in ``properties, designModule, allOf, 3, not``."""
        places, left = self._places, iter(steps)
        for keyword in left:
            if keyword == "allOf":
                break
            places = places.children[str(next(left))] if keyword == "properties" else places.star or places
        return places.listeners[int(next(left))]


def _none_broken(places: Trie[Rule]) -> dict[str, Any]:
    """Return the schema of a value in which no rule is broken at its place."""
    schema: dict[str, Any] = {}
    if places.listeners:
        schema["allOf"] = [{"not": rule.when.schema} for rule in places.listeners if isinstance(rule.when, Fragment)]
    if places.children:
        schema["properties"] = {name: _none_broken(child) for name, child in places.children.items()}
    if places.star is not None:
        schema["items"] = _none_broken(places.star)
    return schema


def _validator(schema: dict[str, Any]) -> Any:
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(schema, pattern_options=jsonschema_rs.RegexOptions())
