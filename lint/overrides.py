"""Overrides of the configuration: another severity, or none, for some files, records or places."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import NamedTuple

from lint.model import Rule, Severity
from lint.paths import Path, to_pointer


class Scope(NamedTuple):
    """Some rules in some places: where all given patterns fit.

    ``rules`` are codes. ``files`` and ``records`` are shell patterns; ``pointers`` are JSON
    Pointers in which ``*`` stands for one step and which cover everything below them.
    """

    rules: frozenset[str]
    files: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    pointers: tuple[str, ...] = ()

    def covers(self, code: str, file: str, record: str, pointer: str) -> bool:
        """Say whether a finding of a rule lies here."""
        if code not in self.rules or not self.meets(file, record):
            return False
        return not self.pointers or any(_pointer_fits(pointer, pattern) for pattern in self.pointers)

    def meets(self, file: str, record: str) -> bool:
        """Say whether a record of a file can lie here."""
        slashed = file.replace("\\", "/")
        return (not self.files or any(_file_fits(slashed, glob) for glob in self.files)) and (
            not self.records or any(fnmatchcase(record, glob) for glob in self.records)
        )

    def sentence(self) -> str:
        """Say in words what is covered."""
        parts = {"rules": sorted(self.rules), "files": self.files, "records": self.records, "pointers": self.pointers}
        return "; ".join(f"{key} {', '.join(values)}" for key, values in parts.items() if values)


class Override(NamedTuple):
    """Sets the severity of some rules in some places; None switches them off.

    ``reason`` is why, for the people who read the configuration.
    """

    scope: Scope
    severity: Severity | None
    reason: str = ""

    def covers(self, rule: Rule, file: str, record: str, path: Path) -> bool:
        return rule.code in self.scope.rules and self.scope.covers(rule.code, file, record, to_pointer(path))


def _file_fits(file: str, glob: str) -> bool:
    return fnmatchcase(file, glob) or fnmatchcase(file, "*/" + glob)


def _pointer_fits(pointer: str, pattern: str) -> bool:
    wanted = pattern.rstrip("/").split("/")
    steps = pointer.split("/")
    return len(wanted) <= len(steps) and all(want in ("*", step) for want, step in zip(wanted, steps))
