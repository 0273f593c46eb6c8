"""``lint baseline``: keep what is known out of the way."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import click

from lint import baseline
from lint.cli.leftout import baseline_path
from lint.cli.options import limit_options, selection_options, setup_options
from lint.cli.planning import CHOOSING, make_plan, make_waivers, set_up
from lint.cli.streams import opened, writing
from lint.config import LIMITS, shown_path
from lint.errors import UsageError
from lint.model import Outcome
from lint.reports.text import clean, counted
from lint.runner import Summary, run
from lint.sources import discover


@click.group("baseline")
def command() -> None:
    """Keep known findings out of the report, so that only new ones show.

    The file has a line for each finding. Findings are recognised by the rule, the record, the
    place and the values there, whatever the layout of the file and the order of lists.
    """


def _options(function: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option("--baseline", "baseline_file", metavar="FILE",
                     help=f"The file; '{baseline.FILE}' beside the configuration at first."),
        click.option("--as-of", metavar="DATE", help="The date that counts as today, YYYY-MM-DD."),
        selection_options,
        limit_options,
        setup_options,
        click.argument("paths", nargs=-1),
    ):  # fmt: skip
        function = option(function)
    return function


@command.command("create")
@_options
def create(paths: tuple[str, ...], **options: Any) -> None:
    """Write all present findings of PATHS to a new baseline."""
    file = baseline_path(options)
    if os.path.exists(file):
        raise UsageError(f"there is a baseline already: {shown_path(file)}", "write 'lint baseline update' to renew it")
    _write(file, baseline.Baseline(), paths, options)


@command.command("update")
@_options
def update(paths: tuple[str, ...], **options: Any) -> None:
    """Renew the baseline for the records in PATHS: add what is new, remove what is gone.

    Entries of records that are not in PATHS stay.
    """
    file = baseline_path(options)
    if not os.path.exists(file):
        raise UsageError(f"there is no baseline at {shown_path(file)}", "write 'lint baseline create' to make one")
    _write(file, baseline.load(file), paths, options)


@command.command("show")
@click.option("--baseline", "baseline_file", metavar="FILE", help="The file.")
@setup_options
def show(**options: Any) -> None:
    """Count what the baseline holds, by rule."""
    file = baseline_path(options)
    if not os.path.exists(file):
        raise UsageError(f"there is no baseline at {shown_path(file)}", "write 'lint baseline create' to make one")
    entries = baseline.load(file).entries.values()
    for code, count in sorted(Counter(entry.code for entry in entries).items(), key=lambda pair: (-pair[1], pair[0])):
        click.echo(f"{count:>8,}  {clean(code)}")
    records = len({entry.owner for entry in entries})
    click.echo(f"{counted(len(entries), 'finding')} in {counted(records, 'record')} ({shown_path(file)})")


def _write(file: str, old: baseline.Baseline, paths: tuple[str, ...], options: dict[str, Any]) -> None:
    summary = Summary()
    entries = baseline.updated(old, _outcomes(paths, options, summary))
    if summary.unreadable or summary.crashes:
        raise UsageError(
            "an input could not be read or a rule crashed, so the baseline would not be complete",
            "mend what 'lint run' says about it first",
        )
    if not summary.records:
        raise UsageError("there is no record in these files", "name files or folders with records")
    with opened(file) as out, writing(file):
        out.writelines(baseline.dump(entries))
    before = len(old.entries)
    change = f" ({len(entries) - before:+,})" if before else ""
    click.echo(f"{counted(len(entries), 'finding')}{change} written to {shown_path(file)}")


def _outcomes(paths: tuple[str, ...], options: dict[str, Any], summary: Summary) -> Iterator[Outcome]:
    settings, book = set_up(options, *CHOOSING, *LIMITS, "as-of")
    plan = make_plan(settings, book, debug=options["debug"])
    waivers = make_waivers(settings, book, plan.as_of)
    return run(discover(paths or (".",), beside=settings.rules), plan, summary, filters=[waivers.apply])
