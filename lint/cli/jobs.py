"""How many processes a run uses."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import click

from lint.cli.planning import make_plan
from lint.config import Settings
from lint.engine import Plan
from lint.errors import UsageError
from lint.rulebook import load_rulebook
from lint.sources import discover

MUCH = 1 << 23
"""Bytes of input from which on several processes pay off: they take 0.1 s to start."""


_PACKED = (".gz", ".zip", ".tgz", ".zst", ".xz", ".bz2")


def read_jobs(_ctx: click.Context, _param: click.Parameter, value: str) -> int:
    """Read the value of ``--jobs``; 0 stands for ``auto``."""
    if value == "auto":
        return 0
    if value.isdecimal() and int(value) > 0:
        return int(value)
    raise UsageError(f"'{value}' is no number of jobs", "write a number from 1 on, or auto")


def jobs_for(asked: int, paths: Sequence[str], sources: dict[str, Any]) -> int:
    """Return the number of processes: what was asked for, or as many as the work is worth."""
    if asked:
        return asked
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if cores == 1 or not _is_much(paths, sources):
        return 1
    return cores


def _is_much(paths: Sequence[str], sources: dict[str, Any]) -> bool:
    """Say whether the inputs are large, looking at no more of them than needed."""
    if all(os.path.isfile(path) for path in paths) and sum(map(os.path.getsize, paths)) < MUCH // 8:
        return False
    total = 0
    for file in discover(paths, input_format=sources["input_format"], beside=sources["beside"]):
        try:
            total += os.path.getsize(file) * (8 if file.endswith(_PACKED) else 1)
        except OSError:
            continue
        if total >= MUCH:
            return True
    return False


def rebuilt_plan(settings: Settings, local_code: bool, **options: bool) -> Plan:
    """Make the plan of a run again, in another process."""
    return make_plan(settings, load_rulebook(settings.rules, local_code=local_code), **options)
