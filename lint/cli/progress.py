"""A line on the terminal that tells how far a long run has come."""

from __future__ import annotations

import sys
import time

from lint.reports.text import counted
from lint.runner import Summary

_FIRST, _EVERY = 1.0, 0.2
"""Seconds before the line appears, and between two changes of it."""
_CLEAR = "\r\x1b[K"


class Progress:
    """Shows records and findings on standard error, if that is a terminal and standard output is none."""

    def __init__(self, summary: Summary, *, quiet: bool) -> None:
        self._summary = summary
        self._active = sys.stderr.isatty() and not sys.stdout.isatty() and not quiet
        self._next = time.monotonic() + _FIRST
        self._shown = False

    def tick(self) -> None:
        """Note that a record is done."""
        if self._active and time.monotonic() >= self._next:
            found = f"{counted(self._summary.records, 'record')}, {counted(self._summary.findings, 'finding')}"
            print(f"{_CLEAR}lint: {found}", end="", file=sys.stderr, flush=True)
            self._shown = True
            self._next = time.monotonic() + _EVERY

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            print(_CLEAR, end="", file=sys.stderr, flush=True)
