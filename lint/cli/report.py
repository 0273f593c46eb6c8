"""``lint report``: how often findings occur among the records of a run."""

from __future__ import annotations

import sys
from typing import Any

import click

from lint.cli.options import word_option
from lint.cli.streams import opened, opened_binary, speak_utf8
from lint.errors import UsageError, did_you_mean
from lint.prevalence.counting import GROUPS, OF_RECORDS, Asked, chosen_rules, count
from lint.prevalence.dataset import open_dataset
from lint.prevalence.plots import PLOTS, plotted
from lint.prevalence.tables import FORMATS, Told, write_table


def _words(value: str) -> list[str]:
    return [word.strip() for word in value.split(",") if word.strip()]


def _read_by(_ctx: click.Context, _param: click.Parameter, value: str) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(word.lower() for word in _words(value)))
    for word in words:
        if word not in GROUPS:
            raise UsageError(f"'{word}' is nothing to group by", did_you_mean(word, GROUPS))
    if not words:
        raise UsageError("--by names no group", f"known are {', '.join(GROUPS)}")
    return words


def _read_where(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """Read values of ``--where``: ``sponsor-class=NIH,FED`` or ``year=2008..2016``."""
    where: dict[str, frozenset[str]] = {}
    for value in values:
        name, equals, wanted = value.partition("=")
        if name.lower() not in OF_RECORDS or not equals:
            hint = did_you_mean(name, OF_RECORDS) if equals else "write it as in --where sponsor-class=NIH,FED"
            raise UsageError(f"'{value}' does not say which records", hint)
        where[name.lower()] = frozenset(one.lower() for word in _choices(wanted) for one in _years(word))
    return where


def _choices(wanted: str) -> list[str]:
    """Return the values between commas; names of sponsors have commas in them, so a bar parts values, too."""
    return [word.strip() for word in wanted.split("|")] if "|" in wanted else _words(wanted)


def _years(word: str) -> list[str]:
    first, dots, last = word.partition("..")
    if not dots:
        return [word]
    if not (first.isdecimal() and last.isdecimal() and len(first) == len(last) == 4 and first <= last):
        raise UsageError(f"'{word}' is no stretch of years", "write it as in --where year=2008..2016")
    return [str(year) for year in range(int(first), int(last) + 1)]


def _read_plot(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    if value is not None and not value.lower().endswith(PLOTS):
        raise UsageError(f"'{value}' is no kind of picture", f"the name must end in {', '.join(PLOTS)}")
    return value


@click.command("report")
@click.argument("dataset")
@click.option(
    "--by",
    default="rule",
    callback=_read_by,
    metavar="GROUPS",
    show_default=True,
    help=f"What to group by, with commas between: {', '.join(GROUPS)}.",
)
@click.option("--rule", "rules", multiple=True, metavar="RULES", help="Count these only: codes, names or families.")
@click.option(
    "--where",
    multiple=True,
    callback=_read_where,
    metavar="GROUP=VALUES",
    help="Count these records only, as in sponsor-class=NIH,FED or year=2008..2016. Can be given several times.",
)
@click.option(
    "--top",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    help="Show only the N rules, or whatever else is grouped by, with the most records.",
)
@word_option("--format", FORMATS, "How to write the table; 'table' at first.")
@click.option("--output", "-o", metavar="FILE", help="Write the table to a file instead of standard output.")
@click.option("--plot", metavar="FILE", callback=_read_plot, help=f"Draw it, too; the name ends in {', '.join(PLOTS)}.")
def command(dataset: str, **options: Any) -> None:
    """Tell in which share of the records of a run something was found.

    DATASET is what 'lint run --format parquet:FILE' wrote. Shares have 95 % intervals and the
    number of records that they are of. Findings of '--format jsonl' are counted, too, without shares.
    """
    opened_set = open_dataset(dataset)
    words = [word for value in options["rules"] for word in _words(value)]
    rules = chosen_rules(words, opened_set.described.rules) if words else None
    asked = Asked(options["by"], rules, options["where"], options["top"])
    told = Told(asked, count(opened_set, asked), opened_set.described)
    if options["plot"]:
        picture = plotted(told, options["plot"])
        with opened_binary(options["plot"]) as file:
            file.write(picture)
    form = options["format"] or "table"
    if options["output"] is None and form != "table":
        speak_utf8(sys.stdout)
    with opened(options["output"]) as out:
        out.write(write_table(told, form))
