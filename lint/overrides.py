"""Overrides of the configuration: another severity, or none, for some files, records or places."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import NamedTuple

from lint.model import Rule, Severity
from lint.paths import Path, to_pointer


class Override(NamedTuple):
    """Sets the severity of some rules where all given patterns fit; None switches them off.

    ``rules`` are codes. ``files`` and ``records`` are shell patterns; ``pointers`` are JSON
    Pointers in which ``*`` stands for one step and which cover everything below them.
    ``reason`` is why, for the people who read the configuration.
    """

    rules: frozenset[str]
    severity: Severity | None
    files: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    pointers: tuple[str, ...] = ()
    reason: str = ""

    def covers(self, rule: Rule, file: str, record: str, path: Path) -> bool:
        if rule.code not in self.rules:
            return False
        slashed = file.replace("\\", "/")
        return (
            (not self.files or any(_file_fits(slashed, glob) for glob in self.files))
            and (not self.records or any(fnmatchcase(record, glob) for glob in self.records))
            and (not self.pointers or any(_pointer_fits(path, pointer) for pointer in self.pointers))
        )


def _file_fits(file: str, glob: str) -> bool:
    return fnmatchcase(file, glob) or fnmatchcase(file, "*/" + glob)


def _pointer_fits(path: Path, pattern: str) -> bool:
    wanted = pattern.rstrip("/").split("/")
    steps = to_pointer(path).split("/")
    return len(wanted) <= len(steps) and all(want in ("*", step) for want, step in zip(wanted, steps))
