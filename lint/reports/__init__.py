"""What a run prints. One module per format, imported by name.

A report writes nothing but its format, and writes it as the outcomes come in where the format
allows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import NamedTuple, Protocol, TextIO

from lint.model import Outcome, Rule
from lint.runner import Summary

FORMATS = (
    "full", "concise", "table", "json", "jsonl", "github", "sarif", "gitlab", "junit", "checkstyle", "markdown",
    "csv", "xlsx", "html", "parquet",
)  # fmt: skip
FOR_MACHINES = frozenset(FORMATS) - {"full", "concise", "table", "github"}
"""Formats that other programs read: UTF-8 whatever the terminal speaks."""
WITH_EXCERPTS = frozenset(("full", "sarif", "html"))
"""Formats that show the line of the file."""
BINARY = frozenset(("xlsx", "parquet"))
"""Formats that are no text and therefore need a file."""


class About(NamedTuple):
    """What a report may say about the run: the tool, its rules, and how to show things.

    ``rules`` is the number of rules that were switched on, ``as_of`` the date that counts as
    today. ``summarise`` asks a format made for people for its closing lines; ``catalogue`` holds
    every rule by its code, for formats that carry their documentation, and ``codes`` names those
    that were switched on.
    """

    version: str
    rules: int
    profile: str
    as_of: str
    colour: bool = False
    width: int = 100
    summarise: bool = True
    catalogue: Mapping[str, Rule] = {}
    codes: tuple[str, ...] = ()


class Report(Protocol):
    """Writes outcomes one by one, then what can only be said at the end.

    One that keeps files beside its output is a context manager, which removes them.
    """

    def add(self, outcome: Outcome) -> None: ...

    def end(self, summary: Summary) -> None: ...


def open_report(name: str, out: TextIO, about: About) -> Report:
    """Start a report of one of ``FORMATS`` on a stream."""
    opener: Callable[[TextIO, About], Report] = import_module(f"lint.reports.{name}").Report
    return opener(out, about)
