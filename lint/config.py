"""Settings of a run: defaults, then the configuration file, then the command line.

The file is ``.lint.yaml``, ``lint.yaml`` or the table ``[tool.lint]`` of ``pyproject.toml``, the
nearest one from a folder upward.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from lint.errors import ConfigError, did_you_mean
from lint.model import Severity
from lint.overrides import Override, Scope
from lint.waivers import Waiver

FILES = (".lint.yaml", "lint.yaml", "pyproject.toml")
WAIVERS = ".lint-waivers.yaml"
DEFAULT = "default"
_ADDED = ("ignore", "severity", "waivers")
LIMITS = ("max-bytes", "max-ratio", "max-total", "max-members", "max-depth")
_TEXTS = ("as-of", *LIMITS)
"""Keys whose values TOML may write as dates and numbers."""


class Settings(NamedTuple):
    """What a run is asked to do, and where each value comes from.

    ``severity`` holds one mapping from selector to level for each origin, the strongest last.
    The rules of overrides and waivers are selectors still. ``as_of`` is None until a date is chosen.
    Limits are numbers as they were written, such as ``20G``.
    ``origins`` names, by key of the configuration file, the file or the command line.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[Mapping[str, str], ...] = ()
    profile: str = "submission"
    fail_level: str = "error"
    min_severity: str = "note"
    as_of: str | None = None
    rules: tuple[str, ...] = ()
    dictionary: tuple[str, ...] = ()
    dictionary_files: tuple[str, ...] = ()
    lexicon: str | None = None
    max_bytes: str | None = None
    max_ratio: str | None = None
    max_total: str | None = None
    max_members: str | None = None
    max_depth: str | None = None
    overrides: tuple[Override, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    origins: Mapping[str, str] = {}

    def items(self) -> list[tuple[str, Any, str]]:
        """Return (key of the configuration file, value, origin) of every setting."""
        keys = [(name, name.replace("_", "-")) for name in self._fields if name != "origins"]
        return [(key, getattr(self, name), self.origins.get(key, DEFAULT)) for name, key in keys]


class Layer(NamedTuple):
    """The values that one origin gives, by key of the configuration file."""

    origin: str
    values: Mapping[str, Any]


def settings_of(*layers: Layer) -> Settings:
    """Lay the layers over the defaults, the strongest last.

    A layer's ``select`` starts afresh: what the layers below it ignore or switch off is
    forgotten. ``ignore``, ``severity`` and ``waivers`` add to the layers below; all else replaces.
    """
    values: dict[str, Any] = {}
    origins: dict[str, list[str]] = {}
    for layer in layers:
        if "select" in layer.values:
            values.pop("ignore", None)
            origins.pop("ignore", None)
            values["severity"] = tuple(map(_without_off, values.get("severity", ())))
        for key, value in layer.values.items():
            if key in _ADDED:
                values[key] = values.get(key, ()) + ((value,) if key == "severity" else tuple(value))
                origins[key] = [*origins.get(key, []), layer.origin]
            else:
                values[key] = tuple(value) if isinstance(value, list) else value
                origins[key] = [layer.origin]
    named = {key.replace("-", "_"): value for key, value in values.items()}
    return Settings(**named, origins={key: ", ".join(names) for key, names in origins.items()})


def _without_off(levels: Mapping[str, str]) -> Mapping[str, str]:
    return {selector: level for selector, level in levels.items() if level != "off"}


def find_config(folder: str) -> str | None:
    """Return the nearest configuration file from a folder upward, or None."""
    folder = os.path.abspath(folder)
    while True:
        for name in FILES:
            file = os.path.join(folder, name)
            if os.path.isfile(file) and (name != "pyproject.toml" or b"tool.lint" in _bytes_of(file)):
                return file
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def read_config(file: str) -> Layer:
    """Read and validate a configuration file.

    Raises ConfigError, naming the file and the place, for anything unknown in it.
    """
    raw = _bytes_of(file)
    shown = shown_path(file)
    document = _parse_toml(raw, shown) if file.endswith(".toml") else _parse_yaml(raw, shown)
    _validate(document, shown, raw)
    return _layer(document, shown, os.path.dirname(os.path.abspath(file)))


def read_text(text: str, origin: str) -> Layer:
    """Read and validate the text of a configuration file (YAML), as ``read_config`` does; paths start here."""
    raw = text.encode()
    document = _parse_yaml(raw, origin)
    _validate(document, origin, raw)
    return _layer(document, origin, os.getcwd())


def _layer(document: Mapping[str, Any], shown: str, base: str) -> Layer:
    values = dict(document)
    for key in ("rules", "dictionary-files"):
        if key in values:
            values[key] = [os.path.normpath(os.path.join(base, path)) for path in values[key]]
    if "lexicon" in values:
        values["lexicon"] = os.path.normpath(os.path.join(base, values["lexicon"]))
    if "overrides" in values:
        values["overrides"] = [_override(entry) for entry in values["overrides"]]
    if "waivers" in values:
        values["waivers"] = [
            _waiver(entry, f"{shown}, waivers[{index}]") for index, entry in enumerate(values["waivers"])
        ]
    return Layer(shown, values)


def read_waivers(file: str) -> Layer:
    """Read a file of waivers, which may hold nothing else. Raises ConfigError as ``read_config`` does."""
    layer = read_config(file)
    others = sorted(layer.values.keys() - {"waivers"})
    if others:
        raise ConfigError(f"{layer.origin}: '{others[0]}' has no place among waivers", "write it into .lint.yaml")
    return layer


def shown_path(file: str) -> str:
    """Return a file's path as people know it: relative to the current folder if it is below that."""
    here = os.path.join(os.getcwd(), "")
    full = os.path.abspath(file)
    return full[len(here) :] if full.startswith(here) else full


def _bytes_of(file: str) -> bytes:
    try:
        with open(file, "rb") as handle:
            return handle.read()
    except OSError as error:
        raise ConfigError(f"the configuration file '{file}' cannot be read: {error.strerror}") from error


def _parse_yaml(raw: bytes, shown: str) -> Any:
    """Parse YAML with every scalar as text, so that ``off`` is a level and a date is a date's text."""
    import yaml

    try:
        document = yaml.load(raw, Loader=yaml.BaseLoader)  # noqa: S506 (it builds nothing but text)
    except (yaml.YAMLError, ValueError) as error:
        raise ConfigError(f"{shown} is not YAML: {' '.join(str(error).split())}") from error
    return {} if document in (None, "") else document


def _parse_toml(raw: bytes, shown: str) -> Any:
    import sys
    from importlib import import_module

    tomllib = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    try:
        document = tomllib.loads(raw.decode("utf-8"))
    except ValueError as error:
        raise ConfigError(f"{shown} is not TOML: {error}") from error
    values = dict(document.get("tool", {}).get("lint", {}))
    return {key: str(value) if key in _TEXTS else value for key, value in values.items()}


def _override(entry: Mapping[str, Any]) -> Override:
    level = entry["severity"]
    return Override(_scope(entry), None if level == "off" else Severity[level.upper()], entry["reason"])


def _scope(entry: Mapping[str, Any]) -> Scope:
    places = (tuple(entry.get(key, ())) for key in ("files", "records", "pointers"))
    return Scope(frozenset(entry.get("rules", ("ALL",))), *places)


def _waiver(entry: Mapping[str, Any], origin: str) -> Waiver:
    until = entry.get("until")
    try:
        return Waiver(_scope(entry), entry["reason"], date.fromisoformat(str(until)) if until else None, origin)
    except ValueError:
        raise ConfigError(f"{origin}: '{until}' is no date", "write it as 2024-06-30") from None


def _validate(document: Any, shown: str, raw: bytes) -> None:
    """Check a document against the schema; the slow validator is imported only to word a fault."""
    import jsonschema_rs

    from lint.schema import load_schema

    schema = load_schema("config")
    if jsonschema_rs.is_valid(schema, document):
        return
    from jsonschema import Draft202012Validator

    faults = Draft202012Validator(schema).iter_errors(document)
    fault = min(faults, key=lambda one: (list(map(str, one.absolute_path)), one.validator != "additionalProperties"))
    steps: list[str | int] = list(fault.absolute_path)
    known = fault.schema.get("properties", {}) if isinstance(fault.schema, dict) else {}
    unknown = sorted(set(fault.instance) - set(known)) if fault.validator == "additionalProperties" else []
    line = _yaml_line(raw, steps + unknown[:1]) if not shown.endswith(".toml") else 0
    where = f"{shown}:{line}" if line else shown
    place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")
    message, hint = _worded(fault, unknown, list(known))
    raise ConfigError(f"{where}: {place + ': ' if place else ''}{message}", hint)


_KINDS = {"array": "a list", "object": "keys with values", "string": "text"}
_GIVEN: Mapping[type, str] = {list: "a list", dict: "keys with values"}


def _worded(fault: Any, unknown: Sequence[str], known: Sequence[str]) -> tuple[str, str]:
    """Say in plain words what is wrong with a value of the configuration, and what would be right."""
    value, wanted = fault.instance, fault.validator_value
    if unknown:
        return f"there is no key '{unknown[0]}'", did_you_mean(unknown[0], known)
    if fault.validator == "enum":
        return f"'{value}' is not possible here", did_you_mean(str(value), wanted)
    if fault.validator == "type":
        given = _GIVEN.get(type(value), repr(value))
        return f"this must be {_KINDS[wanted]}, not {given}", ""
    if fault.validator == "required":
        return f"'{next(name for name in wanted if name not in value)}' is missing", ""
    if fault.validator == "pattern":
        return f"'{value}' is not possible here", fault.schema["description"]
    return "the value is empty", ""


def _yaml_line(raw: bytes, steps: Sequence[str | int]) -> int:
    """Return the line of a place in a YAML text, or of its nearest parent."""
    import yaml

    node = yaml.compose(re.sub(rb"\A\xef\xbb\xbf", b"", raw), Loader=yaml.BaseLoader)
    line = 1
    for step in steps:
        if isinstance(node, yaml.MappingNode):
            pairs = {key.value: (key, value) for key, value in node.value}
            if step not in pairs:
                break
            key, node = pairs[step]
            line = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
            line = node.start_mark.line + 1
    return int(line)
