"""Settings and rules to the plan of a run."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from typing import Any

from lint.cli.spelling import choose_speller
from lint.config import LIMITS, WAIVERS, Layer, Settings, find_config, read_config, read_waivers, settings_of
from lint.engine import CRASHED, Plan
from lint.errors import UsageError
from lint.model import Rule, Severity
from lint.overrides import Scope
from lint.rulebook import Rulebook, load_rulebook
from lint.sources import Limits, use_limits
from lint.waivers import Waivers

COMMAND_LINE = "command line"
_FACTORS = {"k": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}

CHOOSING = ("select", "ignore", "severity", "profile")
"""The keys of the configuration that choose and grade the rules."""


def set_up(options: Mapping[str, Any], *keys: str) -> tuple[Settings, Rulebook]:
    """Load the settings and the rules for the options of a command; ``keys`` name the settings among them."""
    given = {key: options[key.replace("-", "_")] for key in keys}
    settings = load_settings(options["config"], options["no_config"], given)
    return settings, load_rulebook(settings.rules, local_code=not options["no_local_code"])


def home_of(config: str | None, no_config: bool) -> str:
    """Return the folder of the configuration in force, or the current one if there is none."""
    file = config_file(config, no_config)
    return os.path.dirname(os.path.abspath(file)) if file else os.getcwd()


def config_file(config: str | None, no_config: bool) -> str | None:
    """Return the configuration file in force, if there is one."""
    return None if no_config else config or find_config(os.getcwd())


def load_settings(config: str | None, no_config: bool, given: Mapping[str, Any]) -> Settings:
    """Lay what the command line gives over the configuration file, if there is one.

    Of ``given``, by key of the configuration file, only values that are there count.
    """
    file = config_file(config, no_config)
    layers = [read_config(file)] if file else []
    beside = os.path.join(home_of(config, no_config), WAIVERS)
    if not no_config and os.path.isfile(beside):
        layers.append(read_waivers(beside))
    chosen = {key: value for key, value in given.items() if value}
    return settings_of(*layers, Layer(COMMAND_LINE, chosen))


def choose_limits(settings: Settings) -> None:
    """Let this process read inputs within the limits of the settings."""
    given = {name: getattr(settings, name) for name in (key.replace("-", "_") for key in LIMITS)}
    use_limits(Limits(**{name: amount(text) for name, text in given.items() if text}))


def amount(text: str) -> int:
    """Read a number such as 500 or 20G. Raises ``ValueError``."""
    factor = _FACTORS.get(text[-1:], 1)
    return int(text[:-1] if factor > 1 else text) * factor


def make_plan(
    settings: Settings,
    book: Rulebook,
    *,
    excerpts: bool = False,
    replacements: bool = False,
    debug: bool = False,
    timed: bool = False,
) -> Plan:
    """Choose and grade the rules, and the speller. Raises UsageError for a rule or date that does not exist."""
    choose_speller(settings)
    choose_limits(settings)
    levels = _levels(settings, book)
    chosen = _chosen(settings, book) - {code for code, level in levels.items() if level == "off"}
    return Plan(
        {rule.code: rule for rule in book.rules if rule.code in chosen or rule.code == CRASHED},
        _today(settings),
        settings.profile,
        {code: Severity[level.upper()] for code, level in levels.items() if level != "off"},
        tuple(
            override._replace(scope=_resolved(override.scope, "overrides", settings, book))
            for override in settings.overrides
        ),
        Severity[settings.min_severity.upper()],
        excerpts,
        debug,
        replacements,
        timings={} if timed else None,
    )


def _today(settings: Settings) -> date:
    if settings.as_of is None:
        from datetime import datetime

        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(settings.as_of)
    except ValueError:
        origin = settings.origins["as-of"]
        raise UsageError(f"'{settings.as_of}' ({origin}) is no date", "write it as 2024-06-30") from None


def _chosen(settings: Settings, book: Rulebook) -> set[str]:
    """Return the codes of the rules to run.

    A rule named by its code or name is run whatever the profile, and only its code or name leaves it
    out again. Errors of reading are reported whatever is selected.
    """
    named: set[str] = set()
    chosen = {rule.code for rule in book.rules if settings.profile in rule.profiles}
    if settings.select:
        reading = {rule.code for rule in book.families.get("SRC", ()) if rule.severity is Severity.ERROR}
        wanted = set(reading)
        for selector in settings.select:
            rules = _find(selector, "select", settings, book)
            if _names_one(selector, book):
                named.add(rules[0].code)
            wanted.update(rule.code for rule in rules)
        chosen = (chosen & wanted) | named
    for selector in settings.ignore:
        codes = {rule.code for rule in _find(selector, "ignore", settings, book)}
        chosen -= codes if _names_one(selector, book) else codes - named
    return chosen


def _levels(settings: Settings, book: Rulebook) -> dict[str, str]:
    """Return the configured level by code: the strongest origin, then the choice of fewest rules, wins."""
    levels: dict[str, str] = {}
    for mapping in settings.severity:
        found = {selector: _find(selector, "severity", settings, book) for selector in mapping}
        for selector in sorted(found, key=lambda name: (-len(found[name]), _names_one(name, book))):
            levels.update((rule.code, mapping[selector]) for rule in found[selector])
    return levels


def make_waivers(settings: Settings, book: Rulebook, today: date) -> Waivers:
    """Resolve the rules of the waivers. Raises UsageError for a rule that does not exist."""
    resolved = [one._replace(scope=_resolved(one.scope, "waivers", settings, book)) for one in settings.waivers]
    return Waivers(resolved, today)


def _resolved(scope: Scope, key: str, settings: Settings, book: Rulebook) -> Scope:
    codes = {rule.code for selector in sorted(scope.rules) for rule in _find(selector, key, settings, book)}
    return scope._replace(rules=frozenset(codes - {CRASHED}))


def _names_one(selector: str, book: Rulebook) -> bool:
    return selector.upper() in book.by_code or selector.lower() in book.by_name


def _find(selector: str, key: str, settings: Settings, book: Rulebook) -> tuple[Rule, ...]:
    """Find rules, and say where an unknown selector was written."""
    try:
        return book.find(selector)
    except UsageError as error:
        raise UsageError(f"{settings.origins[key]}, {key}: {error.message}", error.hint) from None
