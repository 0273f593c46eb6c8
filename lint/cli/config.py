"""``lint config``: show the configuration that is in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from lint.cli.options import setup_options
from lint.cli.planning import load_settings, make_plan
from lint.overrides import Override
from lint.reports.text import clean
from lint.rulebook import load_rulebook


@click.group("config")
def command() -> None:
    """Show the configuration that is in force."""


@command.command("show")
@setup_options
def show(**options: Any) -> None:
    """Print every setting with its value and where it comes from."""
    settings = load_settings(options["config"], options["no_config"], {})
    make_plan(settings, load_rulebook(settings.rules, local_code=not options["no_local_code"]))
    for key, value, origin in settings.items():
        lines = list(_lines(value))
        click.echo(f"{key}: {lines[0] if len(lines) == 1 else ''}".rstrip() + f"  # {clean(origin)}")
        if len(lines) > 1:
            for line in lines:
                click.echo(f"  {line}")


def _lines(value: Any) -> Iterator[str]:
    """Write a value in one line, or each part of a compound one in its own."""
    if value is None:
        yield "today"
    elif isinstance(value, str):
        yield value
    elif value and isinstance(value[0], Override):
        yield from ["", *(f"- {_override(one)}" for one in value)]
    elif value and isinstance(value[0], Mapping):
        yield from ["", *(f"{selector}: {level}" for mapping in value for selector, level in mapping.items())]
    else:
        yield f"[{', '.join(map(clean, value))}]"


def _override(override: Override) -> str:
    parts = {
        "rules": sorted(override.rules),
        "files": override.files,
        "records": override.records,
        "pointers": override.pointers,
    }
    conditions = "; ".join(f"{key} {', '.join(values)}" for key, values in parts.items() if values)
    level = override.severity.label if override.severity else "off"
    return clean(f"{level} for {conditions}, because {override.reason}")
