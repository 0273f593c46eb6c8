"""Options that commands share, and how their values are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click

from lint.errors import UsageError, did_you_mean
from lint.model import PROFILES

Command = TypeVar("Command", bound=Callable[..., Any])
LEVELS = ("error", "warning", "note")


def word_option(name: str, words: Sequence[str], help_text: str) -> Callable[[Command], Command]:
    """An option whose value is one of some words; another is refused with the nearest one."""

    def known(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
        if value is not None and value.lower() not in words:
            raise UsageError(f"'{value}' is no value of {name}", did_you_mean(value, words))
        return value and value.lower()

    return click.option(name, metavar="|".join(words), callback=known, help=help_text)


def _selectors(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def _levels(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> Mapping[str, str]:
    levels: dict[str, str] = {}
    for pair in _selectors(_ctx, _param, values):
        selector, equals, level = pair.partition("=")
        if not equals:
            raise UsageError(f"'{pair}' is no value of --severity", "write CODE=LEVEL, as in ARM001=warning")
        if level.lower() not in (*LEVELS, "off"):
            raise UsageError(f"'{level}' is no severity", did_you_mean(level, (*LEVELS, "off")))
        levels[selector] = level.lower()
    return levels


def complete_rule(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """Complete the code, family or tag of a rule in the shell."""
    from lint.cli.completion import complete_rules

    return complete_rules(ctx, param, incomplete)


_SELECTION = (
    click.option("--select", multiple=True, metavar="RULES", callback=_selectors, shell_complete=complete_rule,
                 help="Run only these rules: codes, names, families (ARM) or tags, with commas between them. "
                 "A code or name is run whatever the profile."),
    click.option("--ignore", multiple=True, metavar="RULES", callback=_selectors, shell_complete=complete_rule,
                 help="Leave out these rules."),
    word_option("--profile", PROFILES, "How demanding to be; 'submission' unless chosen otherwise."),
    click.option("--severity", multiple=True, metavar="CODE=LEVEL", callback=_levels,
                 help="Another severity for a rule, family or tag: error, warning, note or off."),
)  # fmt: skip


def _amount(_ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is None or re.fullmatch("[1-9][0-9]*[kMGT]?", value):
        return value
    raise UsageError(f"'{value}' is no value of {param.opts[0]}", "write a whole number, as in 500 or 20G")


_LIMITS = (
    click.option("--max-bytes", metavar="N", callback=_amount,
                 help="The most bytes to hold in memory at once: a file that is read whole, a line of JSONL (1G)."),
    click.option("--max-ratio", metavar="N", callback=_amount,
                 help="How many times larger than its file a packed input may become (200)."),
    click.option("--max-total", metavar="N", callback=_amount,
                 help="The most bytes that a packed input may become (1T)."),
    click.option("--max-members", metavar="N", callback=_amount,
                 help="The most files that an archive may hold (10M)."),
    click.option("--max-depth", metavar="N", callback=_amount,
                 help="How many packings and archives may lie in one another (4); a .tar.gz is two."),
)  # fmt: skip

_SETUP = (
    click.option("--config", metavar="FILE", help="Use this configuration instead of the nearest one."),
    click.option("--no-config", is_flag=True, help="Use no configuration file."),
    click.option("--no-local-code", is_flag=True,
                 help="Run no Python but this package's: plugins and Python rules of folders are left out."),
    click.option("--debug", is_flag=True, help="Show the traceback when something crashes."),
)  # fmt: skip


def selection_options(command: Command) -> Command:
    """Options that choose and grade rules."""
    return _with(command, _SELECTION)


def limit_options(command: Command) -> Command:
    """Options that say what an input may cost."""
    return _with(command, _LIMITS)


def setup_options(command: Command) -> Command:
    """Options that say where the configuration and the rules come from."""
    return _with(command, _SETUP)


def _with(command: Command, options: Sequence[Callable[[Command], Command]]) -> Command:
    for option in reversed(options):
        command = option(command)
    return command
