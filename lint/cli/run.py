"""``lint run``: check records."""

from __future__ import annotations

import gc
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, TextIO

import click

from lint import __version__
from lint.cli.executors import cluster_for, executor_options, is_distributed
from lint.cli.jobs import jobs_for, look_ahead, movable, read_jobs
from lint.cli.leftout import LeftOut, leave_out_options
from lint.cli.options import LEVELS, limit_options, selection_options, setup_options, word_option
from lint.cli.outputs import Target, kept_apart, open_reports, read_targets, settled
from lint.cli.planning import CHOOSING, choose_limits, make_plan, make_waivers, set_up
from lint.cli.progress import Progress
from lint.cli.streams import wants_colour, width_of
from lint.config import LIMITS, Settings
from lint.engine import Plan
from lint.errors import UsageError
from lint.model import Outcome, Severity
from lint.reports import BINARY, FORMATS, WITH_EXCERPTS, About
from lint.reports.text import counted, summary_line
from lint.rulebook import Rulebook
from lint.runner import Summary, run, run_kept
from lint.sources import FORMS, discover

if TYPE_CHECKING:
    from lint.cache import Keeping
    from lint.parallel import Pool

MOST_TIMINGS = 25
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
@click.option("--exit-zero", is_flag=True, help="Findings never make the exit code 1; faults still make it 2.")
@word_option("--min-severity", LEVELS, "Do not show findings milder than this.")
@click.option("--as-of", metavar="DATE", help="The date that counts as today, YYYY-MM-DD.")
@click.option("--schema-only", is_flag=True, help="Check against the schema only, not by the rules.")
@click.option(
    "--format",
    "-f",
    "formats",
    multiple=True,
    metavar="FORMAT[:FILE]",
    callback=read_targets,
    help=f"{', '.join(FORMATS)}; with a file name behind a colon it goes there. Can be given several "
    "times. 'full' on a terminal, 'github' in GitHub Actions, else 'concise'.",
)
@click.option("--output", "-o", metavar="FILE", help="Write to a file instead of standard output.")
@word_option("--input-format", FORMS, "Read the inputs as this instead of recognising them.")
@click.option("--stdin-filename", metavar="NAME", help="The name to show for standard input.")
@click.option(
    "--jobs",
    "-j",
    metavar="N|auto",
    callback=read_jobs,
    default="auto",
    help="Processes to use; 'auto' takes one for each processor when there is much to do.",
)
@executor_options
@click.option(
    "--cache/--no-cache",
    default=None,
    help="Whether to take over what an earlier run found in the same records by the same rules; done unasked when "
    "there is much to do, but not in continuous integration. 'lint cache info' says where it is kept.",
)
@word_option(
    "--progress",
    ("auto", "always", "never"),
    "Whether to tell on standard error how far the run has come; on a terminal at first.",
)
@click.option("--statistics", is_flag=True, help="Count the findings of each rule, on standard error.")
@click.option("--timings", is_flag=True, help="Tell on standard error which rules took how long.")
@word_option("--color", ("auto", "always", "never"), "Whether to use colour.")
@click.option("--quiet", "-q", is_flag=True, help="Print findings only, no summary.")
@click.option("--since", metavar="COMMIT", help="Report only what concerns changes since a commit or branch of git.")
@click.option("--staged", is_flag=True, help="Report only what concerns changes that are staged in git.")
@click.option(
    "--learn",
    type=click.IntRange(1),
    metavar="N",
    help="Take unknown words for right that stand in N other records as well. The records are read twice.",
)
@leave_out_options
@limit_options
@setup_options
def command(paths: tuple[str, ...], **options: Any) -> int:
    """Check records in files and folders, or from standard input with '-'.

    Without PATHS the current folder is checked. Records may be JSON (one record, a list, an API
    page, one a line; also of the registry's older API), XML (upload files and the registry's older
    form), YAML or the text of a study's web page, also packed (.gz, .zst, .xz, .bz2) and in archives
    (.zip, .tar).
    """
    settings, book = _set_up(options)
    if options["learn"]:
        settings = _learnt(settings, paths or (".",), options)
    targets = settled(options["formats"], options["output"])
    beside = (*settings.rules, *kept_apart(targets, paths))
    plan = make_plan(
        settings,
        book,
        excerpts=any(target.format in WITH_EXCERPTS for target in targets),
        replacements=any(target.format == "sarif" for target in targets),
        debug=options["debug"],
        timed=options["timings"],
    )
    left_out = LeftOut(make_waivers(settings, book, plan.as_of), options)
    compared = options["since"] or options["staged"]
    distributed = is_distributed(options, paths)
    summary = Summary()
    started = monotonic()
    progress = Progress(summary, paths or (".",), options["progress"] or "auto", quiet=options["quiet"])
    gc.freeze()
    gc.set_threshold(GARBAGE_THRESHOLD)
    gc.enable()
    with open_reports(targets, partial(_about, plan, book, options)) as reports:
        sources = {
            "input_format": options["input_format"],
            "stdin_filename": options["stdin_filename"],
            "filters": left_out.filters(),
        }
        found = {"input_format": options["input_format"], "beside": beside}
        files = _changed(paths, found, sources, plan, options) if compared else discover(paths or (".",), **found)
        jobs, keeping = 1, None
        if not ("-" in paths or compared or distributed or options["timings"]):
            much, files = look_ahead(files)
            jobs = jobs_for(options["jobs"], much=much)
            keeping = _keeping(plan, settings, options, much=much)
        plan = movable(plan, settings, local_code=not options["no_local_code"])
        pool = cluster_for(options, plan, settings) if distributed else None
        with closing(_outcomes(files, plan, summary, jobs, keeping, pool, sources)) as outcomes:
            for outcome in outcomes:
                reports.add(outcome)
                progress.tick()
        progress.end()
        reports.end(summary)
    if not (summary.records or summary.unreadable or compared):
        raise UsageError(
            f"there is no record to lint in {', '.join(paths) or 'this folder'}",
            "name files or folders with records, as in 'lint run records/'",
        )
    _say_on_stderr(targets, summary, plan, monotonic() - started, options)
    if Target("full") in targets and _can_stand(paths, summary, settings, options):
        from lint.cli.standing import standing

        click.echo(standing(list(discover(paths or (".",), **found)), settings, book, **sources))
    out_of_date = left_out.say(partial=bool(compared))
    return exit_code(summary, settings.fail_level) or int(out_of_date)


def _learnt(settings: Settings, paths: Sequence[str], options: dict[str, Any]) -> Settings:
    """Add to the project's own words what the records share."""
    from lint.cli.spelling import choose_speller, learnt_words

    if "-" in paths:
        raise UsageError("--learn reads the records twice, and standard input can be read once only", "name files")
    choose_speller(settings)
    choose_limits(settings)
    words = learnt_words(paths, options["learn"], options["input_format"], settings.rules)
    return settings._replace(dictionary=settings.dictionary + words)


def _outcomes(
    files: Iterator[str],
    plan: Plan,
    summary: Summary,
    jobs: int,
    keeping: Keeping | None,
    pool: Pool | None,
    sources: dict[str, Any],
) -> Generator[Outcome, None, None]:
    """Lint in this process, in several, or elsewhere."""
    if jobs == 1 and keeping is None and pool is None:
        return run(files, plan, summary, **sources)
    del sources["stdin_filename"]
    if pool is not None:
        from lint.parallel import run_by

        return run_by(pool, files, plan, summary, **sources)
    if jobs == 1 and keeping is not None:
        return run_kept(files, plan, summary, keeping, **sources)
    from lint.parallel import run_parallel

    return run_parallel(files, plan, summary, jobs, keeping=keeping, **sources)


def _keeping(plan: Plan, settings: Settings, options: dict[str, Any], *, much: bool) -> Keeping | None:
    """Return where outcomes are kept, if they are asked for or unasked in a long run."""
    if options["cache"] is False or not (much or options["cache"]):
        return None
    from lint.cli.cache import keeping_for

    return keeping_for(options["cache"], plan, settings, local_code=not options["no_local_code"])


def _can_stand(paths: tuple[str, ...], summary: Summary, settings: Settings, options: dict[str, Any]) -> bool:
    """Say whether the records can be read again, and are few enough, to compare them with every profile."""
    from lint.cli.standing import FEW

    asked = options["quiet"] or options["since"] or options["staged"] or settings.select
    return not asked and "-" not in paths and summary.records <= FEW and not summary.unreadable


def _changed(
    paths: Sequence[str], found: dict[str, Any], sources: dict[str, Any], plan: Plan, options: dict[str, Any]
) -> Iterator[str]:
    """Return the files that changed, and let the findings be narrowed down to that."""
    from lint.cli.since import changed_files, earlier, read_staged, since

    base = since(options["since"] or "", staged=options["staged"])
    files = changed_files(paths or (".",), base, **found)
    if files:
        sources["narrow"] = earlier(base, plan).apply
    if base.staged:
        sources["reading"] = read_staged
    return iter(files)


def _set_up(options: dict[str, Any]) -> tuple[Settings, Rulebook]:
    if options["schema_only"]:
        if options["select"]:
            raise UsageError("--schema-only and --select exclude each other", "leave one of them out")
        options["select"] = SCHEMA_FAMILIES
    if options["exit_zero"]:
        options["fail_level"] = "never"
    return set_up(options, *CHOOSING, *LIMITS, "fail-level", "min-severity", "as-of")


def _about(plan: Plan, book: Rulebook, options: dict[str, Any], target: Target, out: TextIO) -> About:
    colour = options["color"] or ("never" if target.file else "auto")
    return About(
        __version__,
        len(plan.rules),
        plan.profile,
        plan.as_of.isoformat(),
        colour=target.format not in BINARY and wants_colour(colour, out),
        width=width_of(out),
        summarise=not options["quiet"],
        catalogue=book.by_code,
        codes=tuple(sorted(plan.rules)),
    )


def _say_on_stderr(
    targets: Sequence[Target], summary: Summary, plan: Plan, elapsed: float, options: dict[str, Any]
) -> None:
    if options["statistics"]:
        for code, count in sorted(summary.by_rule.items(), key=lambda pair: (-pair[1], pair[0])):
            print(f"{count:>8,}  {code}", file=sys.stderr)
    if plan.timings is not None:
        _say_timings(plan.timings, elapsed)
    if options["quiet"]:
        return
    if Target("full") not in targets:
        print(f"{summary_line(summary)}.", file=sys.stderr)
    if summary.cache_fault:
        print(f"lint: the cache was left out ({summary.cache_fault}); 'lint cache clear' removes it", file=sys.stderr)
    for line in _not_applied(summary, plan):
        print(line, file=sys.stderr)
    if summary.crashes:
        advice = "a rule crashed, so the check is incomplete; report it to the author of the rule"
        print(f"lint: {advice} ({counted(summary.crashes, 'time')})", file=sys.stderr)


def _not_applied(summary: Summary, plan: Plan) -> Iterator[str]:
    """Say for each form of record how many of the rules chosen it cannot decide."""
    if not summary.by_form:
        return
    from lint.registries.forms import lossy_forms, undecided

    for form in lossy_forms().values():
        rules = plan.rules.keys() & undecided(form.name).keys()
        if rules and form.name in summary.by_form:
            records, skipped = counted(summary.by_form[form.name], "record"), counted(len(rules), "rule")
            see = f"'lint forms {form.name}' says which and why"
            yield f"{records} in {form.title}: {skipped} not applied, as this form does not carry all fields; {see}."


def _say_timings(timings: dict[str, float], elapsed: float) -> None:
    """List the dearest rules with their share of the whole run, reading and reporting included."""
    for code, seconds in sorted(timings.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_TIMINGS]:
        print(f"{seconds * 1000:>10,.1f} ms {seconds / elapsed:>6.1%}  {code}", file=sys.stderr)
    rules = sum(timings.values())
    print(f"{rules * 1000:>10,.1f} ms {rules / elapsed:>6.1%}  all rules, of {elapsed:,.2f} s", file=sys.stderr)


def exit_code(summary: Summary, fail_level: str) -> int:
    """Return 2 if anything could not be checked, 1 if a finding reaches the fail level, else 0."""
    if summary.unreadable or summary.crashes:
        return 2
    if fail_level == "never":
        return 0
    return int(summary.reaches(Severity[fail_level.upper()]))
