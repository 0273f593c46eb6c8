"""The baseline: findings that were there when the linter was switched on, kept out of the report.

A file of one JSON object a line, sorted, so that it can be read, compared and merged. Entries
are recognised by their fingerprint alone, which holds the rule, the record, the place by the
names of list items, and the values that mattered; the rest is for people.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lint.errors import ConfigError
from lint.model import Finding, Outcome, Waived
from lint.waivers import may_be_left_out

FILE = ".lint-baseline.jsonl"
BY = "baseline"


class Entry(NamedTuple):
    """A known finding; ``file`` is given only where the record has no id."""

    fingerprint: str
    code: str
    record: str
    path: str
    file: str = ""

    @property
    def owner(self) -> str:
        """What the finding belongs to: the record's id, else the file."""
        return self.record or self.file


def entry_of(finding: Finding) -> Entry:
    """Return the entry that stands for a finding."""
    file = "" if finding.record else finding.file.replace(os.sep, "/")
    return Entry(finding.fingerprint, finding.code, finding.record, finding.path, file)


class Baseline:
    """Known findings, and what a run has seen of them."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries = {entry.fingerprint: entry for entry in entries}
        self._met: set[str] = set()
        self._owners: set[str] = set()

    def apply(self, outcome: Outcome) -> Outcome:
        """Move what is known from the findings of an outcome to its ``waived``."""
        self._owners.add(outcome.record or outcome.file.replace(os.sep, "/"))
        kept: list[Finding] = []
        known: list[Waived] = []
        for finding in outcome.findings:
            if finding.fingerprint in self.entries and may_be_left_out(finding, outcome):
                self._met.add(finding.fingerprint)
                known.append(Waived(finding, BY))
            else:
                kept.append(finding)
        return outcome._replace(findings=tuple(kept), waived=outcome.waived + tuple(known)) if known else outcome

    def gone(self) -> list[Entry]:
        """Return the entries of records that were checked and no longer have the finding."""
        return sorted(
            entry for mark, entry in self.entries.items() if mark not in self._met and entry.owner in self._owners
        )


def updated(old: Baseline, outcomes: Iterable[Outcome]) -> list[Entry]:
    """Return the entries of all present findings, and the old ones of records not among them."""
    entries: dict[str, Entry] = {}
    owners: set[str] = set()
    for outcome in outcomes:
        owners.add(outcome.record or outcome.file.replace(os.sep, "/"))
        for finding in outcome.findings:
            if may_be_left_out(finding, outcome):
                entries[finding.fingerprint] = entry_of(finding)
    kept = {mark: entry for mark, entry in old.entries.items() if entry.owner not in owners}
    return [*{**kept, **entries}.values()]


def dump(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield the lines of a baseline file, in an order that changes little from one to the next."""
    for entry in sorted(entries, key=lambda one: (one.owner, one.code, one.path, one.fingerprint)):
        members = {name: value for name, value in entry._asdict().items() if value}
        yield json.dumps(members, ensure_ascii=False) + "\n"


def load(file: str) -> Baseline:
    """Read a baseline file. Raises ConfigError, naming the line, for anything else."""
    entries = []
    try:
        with open(file, encoding="utf-8") as handle:
            for number, line in enumerate(handle, start=1):
                if line.strip():
                    entries.append(_entry(line, f"{file}:{number}"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"the baseline '{file}' cannot be read: {error}") from error
    return Baseline(entries)


def _entry(line: str, place: str) -> Entry:
    try:
        members = json.loads(line)
        return Entry(**{"record": "", "path": "", **members})
    except (ValueError, TypeError) as error:
        hint = "after a merge, keep the lines of both sides; or make it anew: lint baseline update"
        raise ConfigError(f"{place} is no entry of a baseline", hint) from error
