"""``--executor`` and ``--scheduler``: the computers that do the work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from lint.cli.options import Command, word_option
from lint.config import Settings
from lint.engine import Plan
from lint.errors import UsageError

if TYPE_CHECKING:
    from lint.parallel import Pool

EXECUTORS = ("local", "dask")
_ALONE = {
    "since": "--since compares with what git has here",
    "staged": "--staged compares with what git has here",
    "timings": "--timings are those of one process",
    "cache": "the cache is a file of this computer",
    "jobs": "the number of processes is that of the workers",
}
"""Options that go with the local executor only, and why."""


def executor_options(command: Command) -> Command:
    """Add the options that say where the work is done."""
    scheduler = click.option(
        "--scheduler", metavar="ADDRESS", help="The dask scheduler that gives out the work, as in tcp://10.0.0.5:8786."
    )
    executor = word_option(
        "--executor",
        EXECUTORS,
        "Where the work is done: 'local', in processes of this computer, or 'dask', by the workers of a scheduler.",
    )
    return executor(scheduler(command))


def is_distributed(options: Mapping[str, Any], paths: Sequence[str]) -> bool:
    """Say whether workers of a scheduler do the work. Raises UsageError for options that do not go together."""
    if options["executor"] != "dask":
        if options["scheduler"]:
            raise UsageError("--scheduler is for --executor dask only", "add it, or leave out --scheduler")
        return False
    if not options["scheduler"]:
        raise UsageError("--executor dask needs a scheduler", "name it as in --scheduler tcp://10.0.0.5:8786")
    for name, reason in _ALONE.items():
        if options[name]:
            raise UsageError(f"--{name} and --executor dask exclude each other: {reason}", "leave one of them out")
    if "-" in paths:
        raise UsageError("standard input cannot be read by other computers", "name files that all of them see")
    return True


def cluster_for(options: Mapping[str, Any], plan: Plan, settings: Settings) -> Pool:
    """Return the workers of the scheduler, ready for a plan that can be made again."""
    from lint.distributed import Cluster, order_for

    local_code = not options["no_local_code"]
    order = order_for(plan, settings, options["input_format"], local_code=local_code)
    return Cluster(options["scheduler"], order, debug=options["debug"])
