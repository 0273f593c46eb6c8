"""A line on standard error that tells how far a long run has come."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence

from lint.cli.jobs import PACKED
from lint.reports.text import counted
from lint.runner import Summary

_FIRST, _EVERY, _EVERY_IN_LOGS = 1.0, 0.2, 10.0
"""Seconds before the line appears, between two changes of it on a terminal, and between two lines elsewhere."""
_CLEAR = "\r\x1b[K"


class Progress:
    """Shows records, how fast they are checked, findings, and the share done where the size of all is known.

    ``choice`` is ``always``, ``never`` or ``auto``: on a terminal, unless the findings go there too.
    """

    def __init__(self, summary: Summary, paths: Sequence[str], choice: str, *, quiet: bool) -> None:
        self._summary = summary
        on_terminal = sys.stderr.isatty()
        self._active = choice == "always" or (
            choice == "auto" and on_terminal and not sys.stdout.isatty() and not quiet
        )
        self._total = size_of(paths) if self._active else 0
        self._before, self._after = (_CLEAR, "") if on_terminal else ("", "\n")
        self._every = _EVERY if on_terminal else _EVERY_IN_LOGS
        self._begun = time.monotonic()
        self._next = self._begun + (_FIRST if on_terminal else _EVERY_IN_LOGS)

    def tick(self) -> None:
        """Note that a record is done."""
        if self._active and time.monotonic() >= self._next:
            self._show()
            self._next = time.monotonic() + self._every

    def end(self) -> None:
        """Take the line away from a terminal; elsewhere say how it ended."""
        if self._active and self._after:
            self._show()
        elif self._active:
            print(_CLEAR, end="", file=sys.stderr, flush=True)

    def _show(self) -> None:
        summary = self._summary
        share = f" ({min(summary.bytes_read / self._total, 1):.0%})" if self._total else ""
        rate = summary.records / max(time.monotonic() - self._begun, 0.001)
        text = f"{counted(summary.records, 'record')}{share}, {rate:,.0f} a second, "
        text += counted(summary.findings, "finding")
        print(f"{self._before}lint: {text}", end=self._after, file=sys.stderr, flush=True)


def size_of(paths: Sequence[str]) -> int:
    """Return the bytes of some files; 0 if that is unknown, as for folders and for what is packed."""
    if not all(os.path.isfile(path) and not path.endswith(PACKED) for path in paths):
        return 0
    return sum(map(os.path.getsize, paths))
