"""What a run leaves out: the options for waivers and the baseline, and what is said about them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from lint import baseline
from lint.baseline import Baseline
from lint.cli.planning import home_of
from lint.errors import UsageError
from lint.reports.text import clean, counted
from lint.runner import Filter
from lint.waivers import Waivers

Command = TypeVar("Command", bound=Callable[..., Any])
_NAMED = 5
"""How many entries are named one by one before the rest is counted."""


def leave_out_options(command: Command) -> Command:
    """Options about findings that are not reported."""
    for option in (
        click.option("--strict-baseline", is_flag=True,
                     help="Fail (exit code 1) when an entry of the baseline is no longer found."),
        click.option("--strict-waivers", is_flag=True,
                     help="Fail (exit code 1) when a waiver has expired or fits nothing."),
        click.option("--no-baseline", is_flag=True, help="Report known findings, too."),
        click.option("--baseline", "baseline_file", metavar="FILE",
                     help=f"Leave out the findings of this file; '{baseline.FILE}' beside the configuration at first."),
    ):  # fmt: skip
        command = option(command)
    return command


def baseline_path(options: dict[str, Any]) -> str:
    """Return where the baseline stands or would stand."""
    return options["baseline_file"] or os.path.join(home_of(options["config"], options["no_config"]), baseline.FILE)


class LeftOut:
    """The waivers and the baseline of a run."""

    def __init__(self, waivers: Waivers, options: dict[str, Any]) -> None:
        if options["no_baseline"] and options["baseline_file"]:
            raise UsageError("--baseline and --no-baseline exclude each other", "leave one of them out")
        self.waivers = waivers
        self.options = options
        file = baseline_path(options)
        wanted = not options["no_baseline"] and (options["baseline_file"] or os.path.isfile(file))
        self.baseline = baseline.load(file) if wanted else Baseline()

    def filters(self) -> Sequence[Filter]:
        """Return what the outcomes pass through."""
        found: list[Filter] = []
        if self.waivers:
            found.append(self.waivers.apply)
        if self.baseline.entries:
            found.append(self.baseline.apply)
        return found

    def say(self, *, partial: bool) -> bool:
        """Tell on standard error what is out of date; True if that makes the run fail.

        A ``partial`` run, which looks at changes only, proves nothing about entries without a finding.
        """
        expired = self.waivers.expired
        unused, gone = ([], []) if partial else (self.waivers.unused(), self.baseline.gone())
        lines = [
            f"waiver for {one.scope.sentence()} ({one.origin}) ended on {one.until}; what it covered is reported again"
            for one in expired
        ]
        lines += [f"waiver for {one.scope.sentence()} ({one.origin}) fits nothing in this run" for one in unused]
        if not self.options["quiet"]:
            for line in lines:
                print(f"lint: {clean(line)}", file=sys.stderr)
            self._say_gone(gone)
        strict_waivers, strict_baseline = self.options["strict_waivers"], self.options["strict_baseline"]
        return bool((strict_waivers and lines) or (strict_baseline and gone))

    def _say_gone(self, gone: Sequence[baseline.Entry]) -> None:
        if not gone:
            return
        for entry in gone[:_NAMED]:
            place = clean(f"{entry.code} in {entry.owner} at {entry.path or '/'}")
            print(f"lint: {place} stands in the baseline and is no longer found", file=sys.stderr)
        more = f"{counted(len(gone) - _NAMED, 'more entry').replace('entrys', 'entries')}; " * (len(gone) > _NAMED)
        print(f"lint: {more}to take them out: lint baseline update", file=sys.stderr)
