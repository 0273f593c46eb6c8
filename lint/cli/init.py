"""``lint init``: set a folder of records up for checking."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import NamedTuple

import click

from lint import __version__
from lint.reports.text import counted
from lint.sources import discover

_CONFIG = """\
# Settings of registry-lint; 'lint config show' prints all that are in force.

# minimal (contradictions only), submission (what a registry reviewer would send back),
# audit (published records) or strict (everything).
profile: submission

# The mildest severity that fails the check: error, warning, note or never.
fail-level: error

# Rules to leave out, by code, name, family or tag: ignore: [TXT016]
# Another severity: severity: {ARM014: note}
# Findings that stay as they are go into waivers, each with a reason.
"""
_HOOK = f"""\
repos:
  - repo: https://github.com/registry-lint/registry-lint
    rev: v{__version__}
    hooks:
      - id: registry-lint
"""
_WORKFLOW = f"""\
name: Check records
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  registry-lint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with: {{persist-credentials: false}}
      - uses: actions/setup-python@v5
        with: {{python-version: "3.12"}}
      - uses: registry-lint/registry-lint@v{__version__}
"""
_GITLAB = """\
registry-lint:
  image: python:3.12-slim
  script:
    - pip install registry-lint
    - lint run --format concise --format gitlab:registry-lint.json
  artifacts:
    when: always
    reports:
      codequality: registry-lint.json
"""


class Offer(NamedTuple):
    """A file to write, and what it is for."""

    file: str
    purpose: str
    content: str


@click.command("init")
@click.option("--yes", is_flag=True, help="Ask nothing and write all files that are missing.")
def command(yes: bool) -> None:
    """Write a configuration and, where the folder uses them, a pre-commit hook and a CI check.

    Files that exist are never changed: what would go into them is printed. Nothing is asked
    when the input is not a terminal.
    """
    records = sum(1 for _ in discover((".",)))
    click.echo(f"{counted(records, 'file')} here {'looks like a record' if records == 1 else 'look like records'}.")
    for offer in _offers():
        if os.path.exists(offer.file):
            click.echo(f"{offer.file} is there already and stays as it is.")
            if offer.file != ".lint.yaml":
                click.echo(f"For {offer.purpose} put this into it:\n\n{offer.content}")
        elif yes or not sys.stdin.isatty() or click.confirm(f"Write {offer.file} ({offer.purpose})?", default=True):
            os.makedirs(os.path.dirname(offer.file) or ".", exist_ok=True)
            with open(offer.file, "w", encoding="utf-8") as out:
                out.write(offer.content)
            click.echo(f"{offer.file} written: {offer.purpose}.")
    click.echo("Next: lint run; if there are many old findings: lint baseline create")


def _offers() -> Iterator[Offer]:
    yield Offer(".lint.yaml", "the configuration", _CONFIG)
    if os.path.exists(".git"):
        yield Offer(".pre-commit-config.yaml", "a check before every commit", _HOOK)
    if os.path.exists(".gitlab-ci.yml"):
        yield Offer(".gitlab-ci.yml", "a check of merge requests", _GITLAB)
    elif os.path.exists(".github") or _is_on_github():
        yield Offer(".github/workflows/registry-lint.yml", "a check of pull requests", _WORKFLOW)


def _is_on_github() -> bool:
    try:
        with open(os.path.join(".git", "config"), encoding="utf-8", errors="replace") as handle:
            return "github.com" in handle.read()
    except OSError:
        return False
