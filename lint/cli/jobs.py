"""How many processes a run uses."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from itertools import chain

import click

from lint.cli.planning import choose_limits, make_plan
from lint.config import Settings
from lint.engine import Plan
from lint.errors import UsageError
from lint.rulebook import load_rulebook

MUCH = 1 << 23
"""Bytes of input from which on several processes pay off: they take 0.1 s to start."""
MOST = 1024
"""No computer does more at once; many more processes would bring it to a halt."""

PACKED = (".gz", ".zip", ".tgz", ".zst", ".xz", ".bz2")


def read_jobs(_ctx: click.Context, _param: click.Parameter, value: str) -> int:
    """Read the value of ``--jobs``; 0 stands for ``auto``."""
    if value == "auto":
        return 0
    if value.isdecimal() and 0 < int(value) <= MOST:
        return int(value)
    raise UsageError(f"'{value}' is no number of jobs", f"write a number from 1 to {MOST:,}, or auto")


def jobs_for(asked: int, *, much: bool) -> int:
    """Return the number of processes: what was asked for, or as many as the work is worth."""
    if asked:
        return asked
    if not much:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def look_ahead(files: Iterator[str]) -> tuple[bool, Iterator[str]]:
    """Say whether inputs are large, looking at no more of them than needed, and return all of them."""
    seen = []
    total = 0
    for file in files:
        seen.append(file)
        with suppress(OSError):
            total += os.path.getsize(file) * (8 if file.endswith(PACKED) else 1)
        if total >= MUCH:
            break
    return total >= MUCH, chain(seen, files)


def movable(plan: Plan, settings: Settings, *, local_code: bool) -> Plan:
    """Let other processes make a plan again, with the speller and the limits that go with it and for the same day."""
    wanted = {"excerpts": plan.excerpts, "replacements": plan.replacements, "debug": plan.debug}
    plan.remake = partial(_made_again, settings._replace(as_of=plan.as_of.isoformat()), local_code, wanted)
    return plan


def _made_again(settings: Settings, local_code: bool, wanted: dict[str, bool]) -> Plan:
    choose_limits(settings)
    return make_plan(settings, load_rulebook(settings.rules, local_code=local_code), **wanted)
