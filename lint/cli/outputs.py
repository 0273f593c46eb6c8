"""Where a run's reports go: one to standard output, any number to files."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import Any, NamedTuple

import click

from lint.cli.streams import default_format, opened, opened_binary, speak_utf8, writing
from lint.errors import UsageError, did_you_mean
from lint.model import Outcome
from lint.reports import BINARY, FOR_MACHINES, FORMATS, About, Report, open_report
from lint.runner import Summary


class Target(NamedTuple):
    """A format and the file that it goes to; None is standard output."""

    format: str
    file: str | None = None


def read_targets(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> tuple[Target, ...]:
    """Read values of ``--format``: ``sarif`` or ``sarif:findings.sarif``."""
    targets = []
    for value in values:
        name, _, file = value.partition(":")
        if name.lower() not in FORMATS:
            raise UsageError(f"'{name}' is no value of --format", did_you_mean(name, FORMATS))
        targets.append(Target(name.lower(), file or None))
    return tuple(targets)


def settled(targets: Sequence[Target], output: str | None) -> tuple[Target, ...]:
    """Decide what is written where. ``output`` is the file of the only format that names none.

    Raises UsageError when two reports would go to one place, or a workbook to the screen.
    """
    chosen = list(targets) or [Target(default_format(sys.stdout, to_file=output is not None))]
    unnamed = [index for index, target in enumerate(chosen) if target.file is None]
    if len(unnamed) > 1:
        raise UsageError("only one format can go to standard output", "name files for the others: sarif:out.sarif")
    if output is not None:
        if not unnamed:
            raise UsageError("every format names a file already", "leave out --output")
        chosen[unnamed[0]] = chosen[unnamed[0]]._replace(file=output)
    files = [target.file for target in chosen if target.file]
    if len(set(files)) < len(files):
        raise UsageError(f"two formats would be written to '{max(files, key=files.count)}'", "name another file")
    for target in chosen:
        if target.format in BINARY and target.file is None:
            name = target.format
            raise UsageError(f"{name} cannot be printed", f"write --format {name}:findings.{name}")
    return tuple(chosen)


def kept_apart(targets: Sequence[Target], paths: Sequence[str]) -> tuple[str, ...]:
    """Return the files that reports are written to, which a run over their folder does not take for records.

    Raises UsageError when one of them is named as an input, too.
    """
    files = tuple(target.file for target in targets if target.file)
    inputs = {os.path.realpath(path) for path in paths if path != "-"}
    for file in files:
        if os.path.realpath(file) in inputs:
            raise UsageError(f"'{file}' is to be checked and would be written over", "name another file for the report")
    return files


class Reports:
    """Several reports as one, each with the file that it is written to (None is standard output)."""

    def __init__(self, reports: Sequence[tuple[str | None, Report]]) -> None:
        self.reports = reports

    def add(self, outcome: Outcome) -> None:
        for file, report in self.reports:
            with writing(file) if file else nullcontext():
                report.add(outcome)

    def end(self, summary: Summary) -> None:
        for file, report in self.reports:
            with writing(file) if file else nullcontext():
                report.end(summary)


@contextmanager
def open_reports(targets: Sequence[Target], about: Callable[[Target, Any], About]) -> Iterator[Reports]:
    """Open all reports; files appear only when the whole run succeeded.

    Inside GitHub Actions the summary of the job gets the findings as a page, too.
    """
    with ExitStack() as stack:
        reports: list[tuple[str | None, Report]] = []
        for target in targets:
            if target.format in FOR_MACHINES and target.file is None:
                speak_utf8(sys.stdout)
            open_one: Any = opened_binary if target.format in BINARY else opened
            out = stack.enter_context(open_one(target.file))
            report = open_report(target.format, out, about(target, out))
            if isinstance(report, AbstractContextManager):
                stack.enter_context(report)
            reports.append((target.file, report))
            job_summary = os.environ.get("GITHUB_STEP_SUMMARY")
            if target.format == "github" and job_summary:
                page = stack.enter_context(open(job_summary, "a", encoding="utf-8"))
                on_page = open_report("markdown", page, about(Target("markdown", job_summary), page))
                reports.append((job_summary, on_page))
        yield Reports(reports)
        sys.stdout.flush()
