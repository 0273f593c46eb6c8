"""``lint run``: check records."""

from __future__ import annotations

import gc
import sys
from typing import Any, TextIO

import click

from lint import __version__
from lint.cli.options import LEVELS, selection_options, setup_options, word_option
from lint.cli.planning import load_settings, make_plan
from lint.cli.streams import default_format, opened, speak_utf8, wants_colour, width_of
from lint.config import Settings
from lint.engine import Plan
from lint.errors import UsageError
from lint.model import Severity
from lint.reports import FORMATS, About, open_report
from lint.reports.text import counted, summary_line
from lint.rulebook import load_rulebook
from lint.runner import Summary, run
from lint.sources import FORMS

SCHEMA_FAMILIES = ("SRC", "SCH", "ENU")

GARBAGE_THRESHOLD = 20_000
"""Records are trees without cycles: looking for garbage after every 700 objects would cost 8 % of a run."""

EXIT_CODES = """\b
Exit code:
  0  no finding at the fail level
  1  at least one finding at the fail level or worse
  2  wrong usage or configuration, nothing to lint, an input that could not be
     read, or a rule that crashed; wins over 1
"""


@click.command("run", epilog=EXIT_CODES)
@click.argument("paths", nargs=-1)
@selection_options
@word_option("--fail-level", (*LEVELS, "never"), "The mildest severity that makes the exit code 1; 'error' at first.")
@word_option("--min-severity", LEVELS, "Do not show findings milder than this.")
@click.option("--as-of", metavar="DATE", help="The date that counts as today, YYYY-MM-DD.")
@click.option("--schema-only", is_flag=True, help="Check against the schema only, not by the rules.")
@word_option("--format", FORMATS, "'full' on a terminal, 'github' in GitHub Actions, else 'concise'.")
@click.option("--output", metavar="FILE", help="Write to a file instead of standard output.")
@word_option("--input-format", FORMS, "Read the inputs as this instead of recognising them.")
@click.option("--stdin-filename", metavar="NAME", help="The name to show for standard input.")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule, on standard error.")
@word_option("--color", ("auto", "always", "never"), "Whether to use colour.")
@click.option("--quiet", "-q", is_flag=True, help="Print findings only, no summary.")
@setup_options
def command(paths: tuple[str, ...], **options: Any) -> int:
    """Check records in files and folders, or from standard input with '-'.

    Without PATHS the current folder is checked. Records may be JSON (one record, a list, an API
    page, one a line), YAML or the text of a study's web page, each also compressed as .gz.
    """
    settings = _settings(options)
    book = load_rulebook(settings.rules, local_code=not options["no_local_code"])
    output = options["output"]
    chosen = options["format"] or default_format(sys.stdout, to_file=output is not None)
    plan = make_plan(settings, book, excerpts=chosen == "full", debug=options["debug"])
    if chosen in ("json", "jsonl") and output is None:
        speak_utf8(sys.stdout)
    summary = Summary()
    gc.freeze()
    gc.set_threshold(GARBAGE_THRESHOLD)
    gc.enable()
    with opened(output) as out:
        report = open_report(chosen, out, _about(plan, options, out))
        sources = {
            "input_format": options["input_format"],
            "stdin_filename": options["stdin_filename"],
            "beside": settings.rules,
        }
        for outcome in run(paths or (".",), plan, summary, **sources):
            report.add(outcome)
        report.end(summary)
        out.flush()
    if not (summary.records or summary.unreadable):
        raise UsageError(
            f"there is no record to lint in {', '.join(paths) or 'this folder'}",
            "name files or folders with records, as in 'lint run records/'",
        )
    _say_on_stderr(chosen, summary, options)
    return exit_code(summary, settings.fail_level)


def _settings(options: dict[str, Any]) -> Settings:
    if options["schema_only"]:
        if options["select"]:
            raise UsageError("--schema-only and --select exclude each other", "leave one of them out")
        options["select"] = SCHEMA_FAMILIES
    keys = ("select", "ignore", "severity", "profile", "fail-level", "min-severity", "as-of")
    given = {key: options[key.replace("-", "_")] for key in keys}
    return load_settings(options["config"], options["no_config"], given)


def _about(plan: Plan, options: dict[str, Any], out: TextIO) -> About:
    colour = options["color"] or ("never" if options["output"] else "auto")
    return About(
        __version__,
        len(plan.rules),
        plan.profile,
        plan.as_of.isoformat(),
        colour=wants_colour(colour, out),
        width=width_of(out),
        summarise=not options["quiet"],
    )


def _say_on_stderr(chosen: str, summary: Summary, options: dict[str, Any]) -> None:
    if options["statistics"]:
        for code, count in sorted(summary.by_rule.items(), key=lambda pair: (-pair[1], pair[0])):
            print(f"{count:>8,}  {code}", file=sys.stderr)
    if options["quiet"]:
        return
    if chosen != "full" or options["output"]:
        print(f"{summary_line(summary)}.", file=sys.stderr)
    if summary.crashes:
        advice = "a rule crashed, so the check is incomplete; report it to the author of the rule"
        print(f"lint: {advice} ({counted(summary.crashes, 'time')})", file=sys.stderr)


def exit_code(summary: Summary, fail_level: str) -> int:
    """Return 2 if anything could not be checked, 1 if a finding reaches the fail level, else 0."""
    if summary.unreadable or summary.crashes:
        return 2
    if fail_level == "never":
        return 0
    return int(summary.reaches(Severity[fail_level.upper()]))
