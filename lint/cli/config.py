"""``lint config``: show the configuration that is in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from lint.cli.options import setup_options
from lint.cli.planning import make_plan, set_up
from lint.overrides import Override
from lint.reports.text import clean
from lint.sources.limits import Limits
from lint.waivers import Waiver


@click.group("config")
def command() -> None:
    """Show the configuration that is in force."""


@command.command("show")
@setup_options
def show(**options: Any) -> None:
    """Print every setting with its value and where it comes from."""
    settings, book = set_up(options)
    make_plan(settings, book)
    for key, value, origin in settings.items():
        inline, block = _shown(_unset(key) if value is None else value)
        click.echo(f"{key}: {inline}".rstrip() + f"  # {clean(origin)}")
        for line in block:
            click.echo(f"  {line}")


def _unset(key: str) -> str:
    """Return what is in force where nothing is set."""
    words = {"as-of": "today", "lexicon": "the one that is installed"}
    return words.get(key) or str(getattr(Limits(), key.replace("-", "_")))


def _shown(value: Any) -> tuple[str, list[str]]:
    """Return what to write beside a key, and the lines to write below it."""
    if isinstance(value, str):
        return value, []
    if value and isinstance(value[0], (Override, Waiver)):
        return "", [f"- {_sentence(one)}" for one in value]
    if value and isinstance(value[0], Mapping):
        return "", [f"{selector}: {level}" for mapping in value for selector, level in mapping.items()]
    return f"[{', '.join(map(clean, value))}]", []


def _sentence(one: Override | Waiver) -> str:
    if isinstance(one, Waiver):
        end = f" until {one.until}" if one.until else ""
        return clean(f"waived for {one.scope.sentence()}{end}, because {one.reason}")
    level = one.severity.label if one.severity else "off"
    return clean(f"{level} for {one.scope.sentence()}, because {one.reason}")
