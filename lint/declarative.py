"""YAML rule packs: rules that a JSON Schema fragment says, compiled to the same ``Rule``.

A rule looks at the places of ``at``; where ``when`` holds and ``then`` does not, it is broken.
The fragments are the subset of JSON Schema 2020-12 in ``_KEYWORDS``; they are compiled to plain
functions, because handing every small part of a record to a validator costs more than the rest.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from lint.api import Context, Node
from lint.errors import RuleError
from lint.model import Confidence, Example, Problem, Related, Rule, Severity
from lint.paths import value_at
from lint.places import parse_place
from lint.twins import read_twin

Test: TypeAlias = Callable[[Any], bool]

_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "object": dict, "array": list, "string": str, "boolean": bool, "null": type(None),
    "integer": int, "number": (int, float),
}  # fmt: skip


def compile_fragment(fragment: Any) -> Test:
    """Compile a JSON Schema fragment to a function from a value to whether it is valid.

    Raises RuleError for keywords outside the supported subset.
    """
    if isinstance(fragment, bool):
        return lambda value: fragment
    if not isinstance(fragment, dict):
        raise RuleError(f"a schema fragment is a mapping, not {fragment!r}")
    tests: list[Test] = []
    for keyword, argument in fragment.items():
        maker = _KEYWORDS.get(keyword)
        if maker is None:
            raise RuleError(f"'{keyword}' is not a keyword of rule packs", f"known are {', '.join(sorted(_KEYWORDS))}")
        tests.append(maker(argument))
    if len(tests) == 1:
        return tests[0]
    if len(tests) == 2:
        first, second = tests
        return lambda value: first(value) and second(value)
    return lambda value: all(test(value) for test in tests)


def _type(names: str | Sequence[str]) -> Test:
    wanted = (names,) if isinstance(names, str) else tuple(names)

    def test(value: Any) -> bool:
        if isinstance(value, bool):
            return "boolean" in wanted
        return any(isinstance(value, _TYPES[name]) for name in wanted)

    return test


def _same(left: Any, right: Any) -> bool:
    """Equality as JSON Schema has it: true is not 1."""
    return bool(left == right) and isinstance(left, bool) == isinstance(right, bool)


def _required(names: Sequence[str]) -> Test:
    wanted = frozenset(names)
    return lambda value: not isinstance(value, dict) or wanted <= value.keys()


def _properties(members: Mapping[str, Any]) -> Test:
    tests = tuple((name, compile_fragment(fragment)) for name, fragment in members.items())

    def test(value: Any) -> bool:
        if isinstance(value, dict):
            for name, check in tests:
                if name in value and not check(value[name]):
                    return False
        return True

    return test


def _items(fragment: Any) -> Test:
    test = compile_fragment(fragment)
    return lambda value: not isinstance(value, list) or all(map(test, value))


def _contains(fragment: Any) -> Test:
    test = compile_fragment(fragment)
    return lambda value: not isinstance(value, list) or any(map(test, value))


def _pattern(expression: str) -> Test:
    search: list[Callable[[str], Any]] = []

    def test(value: Any) -> bool:
        if not search:
            search.append(re.compile(expression).search)
        return not isinstance(value, str) or search[0](value) is not None

    return test


def _not(fragment: Any) -> Test:
    test = compile_fragment(fragment)
    return lambda value: not test(value)


def _group(combine: Callable[[Iterator[bool]], bool]) -> Callable[[Sequence[Any]], Test]:
    def maker(fragments: Sequence[Any]) -> Test:
        tests = [compile_fragment(fragment) for fragment in fragments]
        return lambda value: combine(test(value) for test in tests)

    return maker


def _sized(kind: type[list[Any]] | type[str], holds: Callable[[int, int], bool]) -> Callable[[int], Test]:
    return lambda limit: lambda value: not isinstance(value, kind) or holds(len(value), limit)


def _number(holds: Callable[[float, float], bool]) -> Callable[[float], Test]:
    return lambda limit: (
        lambda value: not isinstance(value, (int, float)) or isinstance(value, bool) or holds(value, limit)
    )


_KEYWORDS: Mapping[str, Callable[[Any], Test]] = {
    "type": _type,
    "const": lambda wanted: lambda value: _same(value, wanted),
    "enum": lambda wanted: lambda value: any(_same(value, one) for one in wanted),
    "required": _required,
    "properties": _properties,
    "items": _items,
    "contains": _contains,
    "pattern": _pattern,
    "not": _not,
    "allOf": _group(all),
    "anyOf": _group(any),
    "minItems": _sized(list, lambda size, limit: size >= limit),
    "maxItems": _sized(list, lambda size, limit: size <= limit),
    "minLength": _sized(str, lambda size, limit: size >= limit),
    "maxLength": _sized(str, lambda size, limit: size <= limit),
    "minimum": _number(lambda value, limit: value >= limit),
    "maximum": _number(lambda value, limit: value <= limit),
}


def _steps(dotted: str) -> tuple[str, ...]:
    return tuple(dotted.split(".")) if dotted else ()


def fill(template: str, value: Any) -> str:
    """Put values of a place into a message: ``{designInfo.allocation}``; lists are joined."""

    def shown(match: re.Match[str]) -> str:
        found = value if match[1] == "value" else value_at(value, _steps(match[1]))
        if isinstance(found, list):
            return f"{len(found)}" if any(isinstance(one, dict) for one in found) else ", ".join(map(str, found))
        return "nothing" if found is None else str(found)

    return re.sub(r"\{([A-Za-z0-9_.]+)\}", shown, template)


def _broken(entry: Mapping[str, Any]) -> Test:
    when, then = compile_fragment(entry.get("when", True)), compile_fragment(entry.get("then", True))
    return lambda value: when(value) and not then(value)


def _describe(entry: Mapping[str, Any]) -> Callable[[Node, Context], Iterator[Problem]]:
    target, missing = _steps(entry.get("target", "")), entry.get("missing", "")
    related = [_steps(dotted) for dotted in entry.get("related", ())]
    message, hint = entry["message"], entry["fix"]

    def check(node: Node, _: Context) -> Iterator[Problem]:
        value = node.value
        yield Problem(
            node.path + target,
            fill(message, value),
            fill(hint, value),
            tuple(Related(node.path + steps) for steps in related if value_at(value, steps) is not None),
            missing=missing,
        )

    return check


def _example(entry: Mapping[str, Any], flagged: bool) -> Example:
    options = {key[1:]: value for key, value in entry.items() if key.startswith("$")}
    patch = {key: value for key, value in entry.items() if not key.startswith("$")}
    return Example(flagged, patch, **options)


def _doc(entry: Mapping[str, Any]) -> str:
    parts = [entry["summary"], f"Why: {entry['why']}", f"What to do: {entry['fix']}"]
    if "false-positives" in entry:
        parts.append(f"False positives: {entry['false-positives']}")
    source = entry["source"]
    parts.append("Source: " + (source if isinstance(source, str) else "; ".join(source)))
    return "\n\n".join(parts)


def compile_rule(entry: Mapping[str, Any], origin: str) -> Rule:
    """Turn one entry of a pack into a rule."""
    at = entry["at"]
    places = (at,) if isinstance(at, str) else tuple(at)
    for place in places:
        parse_place(place)
    examples = entry.get("examples", {})
    return Rule(
        entry["code"],
        entry["name"],
        Severity[entry["severity"].upper()],
        Confidence[entry.get("confidence", "high").upper()],
        tuple(entry.get("profiles", ("submission", "audit", "strict"))),
        tuple(entry.get("tags", ())),
        places,
        _describe(entry),
        when=_broken(entry),
        doc=_doc(entry),
        examples=tuple(
            [_example(one, True) for one in examples.get("bad", ())]
            + [_example(one, False) for one in examples.get("good", ())]
        ),
        kind="yaml",
        origin=origin,
    )


def load_pack(file: str, *, trusted: bool = False) -> list[Rule]:
    """Read a YAML rule pack. Raises RuleError, naming the place, when it says something unknown.

    A built-in pack (``trusted``) is read from its compiled JSON twin when that was made from
    exactly this YAML; parsing YAML would cost every run a third of its start-up.
    """
    try:
        with open(file, "rb") as handle:
            raw = handle.read()
    except OSError as error:
        raise RuleError(f"the rule pack '{file}' cannot be read: {error.strerror}") from error
    entries = read_twin(file[: -len(".yaml")] + ".json", raw) if trusted else None
    if entries is None:
        entries = parse_pack(raw, file)
    origin = os.path.basename(file)
    rules = []
    for entry in entries:
        try:
            rules.append(compile_rule(entry, origin))
        except RuleError as error:
            raise RuleError(f"{origin}, rule {entry.get('code')}: {error.message}", error.hint) from error
    return rules


def parse_pack(raw: bytes, file: str) -> list[dict[str, Any]]:
    """Parse and validate the text of a pack against ``schemas/rule-pack.schema.json``."""
    import yaml
    from jsonschema import Draft202012Validator

    from lint.schema import load_schema

    try:
        document = yaml.safe_load(raw)
    except (yaml.YAMLError, ValueError) as error:
        raise RuleError(f"the rule pack '{file}' is not YAML: {' '.join(str(error).split())}") from error
    validator = Draft202012Validator(load_schema("rule-pack"))
    faults = sorted(
        validator.iter_errors(document), key=lambda fault: (list(map(str, fault.path)), str(fault.validator))
    )
    if faults:
        place = "/".join(map(str, faults[0].absolute_path))
        raise RuleError(f"the rule pack '{file}' is wrong at '{place}': {faults[0].message}")
    rules: list[dict[str, Any]] = document["rules"]
    return rules
