"""YAML rule packs: rules that a JSON Schema fragment says, made into the same ``Rule``.

A rule looks at the places of ``at``; where ``when`` holds and ``then`` does not, it is broken.
The fragments are written in the subset of JSON Schema 2020-12 that ``lint.fragments`` knows.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from lint.api import Context, Node
from lint.errors import RuleError
from lint.fragments import Fragment, check_keywords
from lint.model import Confidence, Example, Problem, Related, Rule, Severity
from lint.paths import value_at
from lint.places import parse_place
from lint.twins import read_twin


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


def _broken(entry: Mapping[str, Any]) -> Fragment:
    return Fragment({"allOf": [entry.get("when", True), {"not": entry.get("then", True)}]})


def _describe(entry: Mapping[str, Any]) -> Callable[[Node, Context], Iterator[Problem]]:
    target, missing = _steps(entry.get("target", "")), entry.get("missing", "")
    related = [_steps(dotted) for dotted in entry.get("related", ())]
    message, hint = entry["message"], entry["fix"]

    def check(node: Node, _: Context) -> Iterator[Problem]:
        value = node.value
        yield Problem(
            node.path + target,
            fill(message, value),
            _as_hint(fill(hint, value)),
            tuple(Related(node.path + steps) for steps in related if value_at(value, steps) is not None),
            missing=missing,
        )

    return check


def _as_hint(sentence: str) -> str:
    """Write a sentence as hints are written: it goes on after a colon and has no full stop."""
    text = sentence.rstrip()
    if text.endswith(".") and not text.endswith("U.S."):
        text = text[:-1]
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


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


def load_pack(file: str) -> list[Rule]:
    """Read a YAML rule pack. Raises RuleError, naming the place, when it says something unknown."""
    origin = os.path.basename(file)
    rules = []
    for entry in read_entries(file):
        try:
            check_keywords(entry.get("when", True))
            check_keywords(entry.get("then", True))
            rules.append(compile_rule(entry, origin))
        except RuleError as error:
            raise RuleError(f"{origin}, rule {entry.get('code')}: {error.message}", error.hint) from error
    return rules


def read_entries(file: str, *, trusted: bool = False) -> list[dict[str, Any]]:
    """Read the entries of a YAML rule pack, one for each rule. Raises RuleError.

    A built-in pack (``trusted``) is read from its compiled JSON twin when that was made from
    exactly this YAML; parsing YAML would cost every run a third of its start-up.
    """
    try:
        with open(file, "rb") as handle:
            raw = handle.read()
    except OSError as error:
        raise RuleError(f"the rule pack '{file}' cannot be read: {error.strerror}") from error
    entries = read_twin(file[: -len(".yaml")] + ".json", raw) if trusted else None
    return parse_pack(raw, file) if entries is None else entries


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
