"""The built-in rules: from their modules and packs, or as an earlier run kept them.

What is kept is all that rules say of themselves. The code of one is imported when it is first called, its examples
when they are asked for: importing all modules takes a fifth of a short run, and most records need two thirds of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache, partial
from importlib import import_module
from types import ModuleType
from typing import Any

import lint.rules as package
from lint import kept, model
from lint.declarative import compile_rule, read_entries
from lint.model import Confidence, Example, Rule, Severity

_NAME = "rules"
_FOLDER = next(iter(package.__path__))
_PACKS = os.path.join(_FOLDER, "packs")


def builtin_rules() -> list[Rule]:
    """Return all rules of this package."""
    files = _files()
    content = kept.read(_NAME, files)
    if content is None:
        content = _said_by_modules(), _said_by_packs()
        kept.write(_NAME, files, content)
    modules, packs = content
    return [_rule_of_module(*said) for said in modules] + [_rule_of_pack(*said) for said in packs]


def rules_of_module(module: ModuleType) -> list[Rule]:
    """Return the rules that a module defines, in the order of their definition."""
    return [value for value in vars(module).values() if isinstance(value, Rule)]


def _files() -> list[tuple[str, int, int]]:
    """Return name, size and time of every file that built-in rules stand in, of this one and of what a rule is."""
    found = [(file, os.stat(file)) for file in (__file__, str(model.__file__))]
    for folder in (_FOLDER, _PACKS):
        with os.scandir(folder) as entries:
            found += [(entry.name, entry.stat()) for entry in entries if entry.name.endswith((".py", ".yaml"))]
    return sorted((name, stat.st_size, stat.st_mtime_ns) for name, stat in found)


def _said_by_modules() -> list[tuple[Any, ...]]:
    """Return what each rule of the modules says of itself, as plain values: see ``_rule_of_module``."""
    return [
        (name, rule.code, tuple(value is not None for value in (rule.check, rule.when, rule.judge)), _plain(rule))
        for name in package.MODULES
        for rule in _module(name).values()
    ]


def _plain(rule: Rule) -> dict[str, Any]:
    functions = {"check", "when", "judge", "examples"}
    said = {name: value for name, value in rule._asdict().items() if name not in functions}
    return {**said, "severity": int(rule.severity), "confidence": int(rule.confidence)}


def _rule_of_module(module: str, code: str, has: tuple[bool, bool, bool], said: dict[str, Any]) -> Rule:
    find = partial(_in_module, module, code)
    check, when, judge = (_Late(find, name) if there else None for name, there in zip(("check", "when", "judge"), has))
    said["severity"], said["confidence"] = Severity(said["severity"]), Confidence(said["confidence"])
    return Rule(**said, check=check, when=when, judge=judge, examples=_LateExamples(find))


def _in_module(module: str, code: str) -> Rule:
    return _module(module)[code]


@cache
def _module(name: str) -> dict[str, Rule]:
    return {rule.code: rule for rule in rules_of_module(import_module(f"{package.__name__}.{name}"))}


def _said_by_packs() -> list[tuple[str, dict[str, Any]]]:
    """Return name of the pack and entry of each rule of the packs, without its examples."""
    return [
        (name, {key: value for key, value in entry.items() if key != "examples"})
        for name in package.PACKS
        for entry in _pack(name).values()
    ]


def _rule_of_pack(name: str, entry: dict[str, Any]) -> Rule:
    rule = compile_rule(entry, f"{name}.yaml")
    return rule._replace(examples=_LateExamples(partial(_in_pack, name, rule.code)))


def _in_pack(name: str, code: str) -> Rule:
    return compile_rule(_pack(name)[code], f"{name}.yaml")


@cache
def _pack(name: str) -> dict[str, dict[str, Any]]:
    return {entry["code"]: entry for entry in read_entries(os.path.join(_PACKS, f"{name}.yaml"), trusted=True)}


class _Late:
    """A function of a rule that is imported when it is first called."""

    __slots__ = ("_find", "_function", "_name")

    def __init__(self, find: Callable[[], Rule], name: str) -> None:
        self._find = find
        self._name = name
        self._function: Callable[..., Any] | None = None

    def __call__(self, *subject: Any) -> Any:
        if self._function is None:
            self._function = getattr(self._find(), self._name)
        return self._function(*subject)


class _LateExamples:
    """The examples of a rule, made when they are looked at."""

    __slots__ = ("_find",)

    def __init__(self, find: Callable[[], Rule]) -> None:
        self._find = find

    def __iter__(self) -> Iterator[Example]:
        return iter(self._find().examples)
