"""``lint forms``: what forms of a record cannot carry, and which rules are not applied to them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from textwrap import fill
from typing import Any

import click

from lint.cli.options import setup_options
from lint.cli.planning import set_up
from lint.cli.streams import width_of
from lint.errors import UsageError, did_you_mean
from lint.registries.forms import ALL_APPLIED, RecordForm, lossy_forms, reasons, undecided
from lint.reports.text import counted
from lint.rulebook import Rulebook


@click.command("forms")
@click.argument("name", metavar="[NAME]", required=False)
@setup_options
def command(name: str | None, **options: Any) -> None:
    """List the forms of a record that cannot carry all of it, or say what one of them loses.

    Rules that need what is lost are not applied to records in that form.
    """
    _, book = set_up(options)
    width = min(width_of(sys.stdout), 100)
    for line in _one(_form(name), book, width) if name else _all():
        sys.stdout.write(line + "\n")


def _form(name: str) -> RecordForm:
    forms = lossy_forms()
    if name not in forms:
        raise UsageError(f"there is no form '{name}' that loses anything", did_you_mean(name, forms))
    return forms[name]


def _all() -> Iterator[str]:
    for form in lossy_forms().values():
        places = sum(len(loss.places) for loss in form.losses)
        rules = counted(len(undecided(form.name)), "rule")
        end = "may be left out" if form.varying else f"lost, {rules} not applied"
        yield f"{form.name}: {form.title}; {counted(places, 'field')} {end}"


def _one(form: RecordForm, book: Rulebook, width: int) -> Iterator[str]:
    yield f"{form.name}: {form.title}\n\n{'Not carried by all' if form.varying else 'Not carried'}:"
    for loss in form.losses:
        lost = ", ".join(loss.places) or "no field"
        yield fill(f"{lost}: {loss.reason}", width, initial_indent="  ", subsequent_indent="    ",
                   break_long_words=False)  # fmt: skip
    if form.varying:
        yield f"\n{ALL_APPLIED}"
        return
    yield "\nRules not applied:"
    for code in undecided(form.name):
        why = "; ".join(reasons(form.name, code))
        yield fill(f"{code} {book.by_code[code].name}: {why}", width, initial_indent="  ", subsequent_indent="    ")
