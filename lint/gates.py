"""Runs the rules of packs: asks once for a whole module of the record whether any of them is broken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from lint.fragments import Fragment
from lint.model import Rule
from lint.paths import Path
from lint.places import Trie, merge, parse_place

_MODULE = 2
"""Steps from the record to a module: ``$.protocolSection.designModule``."""


class Gate(NamedTuple):
    """Rules of packs that look at or below one place.

    ``silent`` says of the value there that none of them is broken; ``places`` are theirs, seen
    from that value.
    """

    silent: Fragment
    places: Trie[Rule]

    def broken(self, value: Any, path: Path) -> Iterator[tuple[Rule, Any, Path]]:
        """Yield the rules to run with the values and paths that they look at."""
        if not self.silent(value):
            found: list[tuple[Rule, Any, Path]] = []
            self.places.visit(value, path, found)
            yield from found


def listeners(rules: Iterable[Rule]) -> Iterator[tuple[str, Rule | Gate]]:
    """Yield what listens at each place: rules, and those of packs together behind gates."""
    modules: dict[str, list[tuple[str, Rule]]] = {}
    for rule in rules:
        for place in rule.at:
            if isinstance(rule.when, Fragment):
                steps = parse_place(place)
                module = ".".join(["$", *steps[:_MODULE]])
                modules.setdefault(module, []).append((place.replace(module, "$", 1), rule))
            else:
                yield place, rule
    for module, inside in modules.items():
        places = merge(inside)
        yield module, Gate(Fragment(_none_broken(places)), places)


def _none_broken(places: Trie[Rule]) -> dict[str, Any]:
    """Return the schema of a value in which no rule is broken at its place."""
    schema: dict[str, Any] = {}
    broken = [rule.when.schema for rule in places.listeners if isinstance(rule.when, Fragment)]
    if broken:
        schema["not"] = {"anyOf": broken}
    if places.children:
        schema["properties"] = {name: _none_broken(child) for name, child in places.children.items()}
    if places.star is not None:
        schema["items"] = _none_broken(places.star)
    return schema
