"""The rules there are: discovered, checked against each other, selected.

Built-in rules come through the same door as anybody's: a module whose names are ``Rule``
objects, or a YAML pack. Plugins add both through the entry-point group ``lint.rules`` or as
local folders named in the configuration.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import ModuleType

from lint.builtin import builtin_rules, rules_of_module
from lint.declarative import load_pack
from lint.errors import RuleError, UsageError, did_you_mean
from lint.expressions import compiled
from lint.model import PROFILES, Rule

PLUGIN_GROUP = "lint.rules"
_CODE = compiled(r"[A-Z]{2,6}[0-9]{3}")


class Rulebook:
    """Every rule that is known in this run, in the order of their codes."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(sorted(rules, key=lambda rule: rule.code))
        self.by_code: Mapping[str, Rule] = {rule.code: rule for rule in self.rules}
        self.by_name: Mapping[str, Rule] = {rule.name: rule for rule in self.rules}

    @property
    def families(self) -> Mapping[str, tuple[Rule, ...]]:
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            found.setdefault(rule.family, []).append(rule)
        return {family: tuple(rules) for family, rules in found.items()}

    def find(self, selector: str) -> tuple[Rule, ...]:
        """Return the rules of a code, name, family or tag, or all for ``ALL``.

        Codes, names and families are recognised in any letter case. Raises UsageError with
        the nearest known word when nothing answers to the selector.
        """
        if selector.upper() == "ALL":
            return self.rules
        one = self.by_code.get(selector.upper()) or self.by_name.get(selector.lower())
        if one is not None:
            return (one,)
        several = self.families.get(selector.upper()) or tuple(
            rule for rule in self.rules if selector.lower() in rule.tags
        )
        if several:
            return several
        raise UsageError(f"there is no rule, family or tag '{selector}'", self._suggestion(selector))

    def _suggestion(self, selector: str) -> str:
        tags = {tag for rule in self.rules for tag in rule.tags}
        known = [*self.by_code, *self.by_name, *self.families, *sorted(tags)]
        return did_you_mean(selector.upper(), known, "'lint rules' lists them all")


def _installed() -> Iterator[Rule]:
    """Rules of installed packages: an entry point names a module or a function returning rules."""
    from importlib.metadata import entry_points

    for point in sorted(entry_points(group=PLUGIN_GROUP), key=lambda point: point.name):
        try:
            target = point.load()
            yield from rules_of_module(target) if isinstance(target, ModuleType) else target()
        except Exception as error:
            raise RuleError(
                f"the plugin '{point.name}' ({point.value}) does not load: {type(error).__name__}: {error}",
                "mend or uninstall it",
            ) from error


def _has_plugins() -> bool:
    """Say whether any installed distribution may offer rules.

    Importing ``importlib.metadata`` costs as much as everything else of a run together, so the
    folders of installed packages are first searched for the group's name by hand.
    """
    needle = f"[{PLUGIN_GROUP}]".encode()
    for folder in dict.fromkeys(sys.path):
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        for name in names:
            if name.endswith((".dist-info", ".egg-info")):
                try:
                    with open(os.path.join(folder, name, "entry_points.txt"), "rb") as handle:
                        if needle in handle.read():
                            return True
                except OSError:
                    continue
    return False


def _local(path: str, *, code_allowed: bool) -> Iterator[Rule]:
    """Rules of a local folder or file: YAML packs, and Python modules where code is allowed."""
    if not os.path.exists(path):
        raise RuleError(f"the rules folder '{path}' does not exist", "check 'rules' in the configuration")
    files = [path]
    if os.path.isdir(path):
        files = sorted(os.path.join(path, name) for name in os.listdir(path))
    for file in files:
        if file.endswith((".yaml", ".yml")):
            yield from load_pack(file)
        elif file.endswith(".py") and code_allowed:
            yield from rules_of_module(_module_from_file(file))


def _module_from_file(file: str) -> ModuleType:
    import hashlib
    from importlib.util import module_from_spec, spec_from_file_location

    name = "lint_local_" + hashlib.blake2b(os.path.abspath(file).encode(), digest_size=6).hexdigest()
    spec = spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise RuleError(f"the rules file '{file}' cannot be imported")
    module = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except RuleError:
        raise
    except Exception as error:
        raise RuleError(f"the rules file '{file}' does not load: {type(error).__name__}: {error}") from error
    return module


def _checked(rules: Iterable[Rule]) -> Iterator[Rule]:
    """Yield rules that go together. Those built in are tested for it."""
    codes: dict[str, Rule] = {}
    names: dict[str, Rule] = {}
    for rule in rules:
        if not isinstance(rule, Rule):
            raise RuleError(f"a plugin gave {type(rule).__name__} where a rule belongs")
        if not _CODE.fullmatch(rule.code):
            raise RuleError(f"'{rule.code}' is no rule code", "write a family and three digits, as in ARM001")
        for known, key in ((codes, rule.code), (names, rule.name)):
            if key in known:
                raise RuleError(f"two rules are called '{key}': {known[key].origin or 'built in'} and {rule.origin}")
            known[key] = rule
        if not set(rule.profiles) <= set(PROFILES):
            raise RuleError(f"{rule.code} names an unknown profile: {', '.join(rule.profiles)}")
        yield rule


def load_rulebook(local: Sequence[str] = (), *, local_code: bool = True) -> Rulebook:
    """Collect the built-in rules, those of installed plugins and those of local folders.

    With ``local_code`` off no Python outside this package is run: plugins are left out and of
    the local folders only YAML packs are read. Raises RuleError when something does not load.
    """
    added: list[Rule] = []
    if local_code and _has_plugins():
        added += _installed()
    for path in local:
        added += _local(path, code_allowed=local_code)
    rules = builtin_rules()
    if added:
        rules = list(_checked([*rules, *added]))
        _refuse_impossible_places(added)
    return Rulebook(rules)


def _refuse_impossible_places(rules: Sequence[Rule]) -> None:
    """A rule that can never match would be silent for ever."""
    from lint.schema_places import place_exists

    for rule in rules:
        for place in rule.at:
            if not place_exists(place):
                raise RuleError(
                    f"{rule.code} looks at '{place}', which can never match", "'lint schema record' shows all places"
                )
