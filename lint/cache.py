"""Outcomes of earlier runs, found again by what was linted and by what.

A table of SQLite in a folder of the user: for the hash of some bytes and of everything else that decides
what is found in them, an entry and the days for which it holds. Any number of processes may use it at once.
A store that fails is left out for the rest of the run; it is never worth a run.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

from lint.engine import Plan
from lint.entries import holding, pack, unpack
from lint.model import Outcome
from lint.sources.units import Unit

FILE = "outcomes.sqlite3"
MEGABYTE = 1_000_000
PATIENCE = 10.0
"""Seconds to wait while another process writes; it does so for some milliseconds at a time."""

_TABLE = """
CREATE TABLE IF NOT EXISTS entries (
    key BLOB PRIMARY KEY,
    since INTEGER NOT NULL,
    until INTEGER NOT NULL,
    entry BLOB NOT NULL
)
"""
_AT_ONCE = 500
_DROPPED = 10
"""When the store is full, the oldest entries go: one in so many."""


class Keeping(NamedTuple):
    """Where outcomes are kept, how large that may become (bytes), and the hash of what decides about them."""

    folder: str
    limit: int
    ruleset: str


class Store:
    """An open store. Its methods raise ``sqlite3.Error`` when it is damaged, locked or has no room.

    Entries are bytes, keyed by 16 bytes; those put last go last.
    """

    def __init__(self, folder: str, limit: int) -> None:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        file = os.path.join(folder, FILE)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
        self._limit = limit
        self._base = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)
        try:
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = NORMAL")
            self._base.execute(_TABLE)
        except sqlite3.Error:
            self._base.close()
            raise

    def get(self, key: bytes, today: date) -> tuple[bytes, tuple[date, date]] | None:
        """Return an entry that holds today, with the first and the last day on which it does."""
        row = self._base.execute("SELECT entry, since, until FROM entries WHERE key = ?", (key,)).fetchone()
        if row is None or not row[1] <= today.toordinal() <= row[2]:
            return None
        return row[0], (date.fromordinal(row[1]), date.fromordinal(row[2]))

    def put(self, entries: Sequence[tuple[bytes, bytes, tuple[date, date]]]) -> None:
        """Keep entries with their keys and days, all or none, and drop the oldest if it gets too much."""
        rows = [(key, since.toordinal(), until.toordinal(), entry) for key, entry, (since, until) in entries]
        with self._base:
            self._base.execute("BEGIN IMMEDIATE")
            self._base.executemany(
                "INSERT OR REPLACE INTO entries (key, since, until, entry) VALUES (?, ?, ?, ?)", rows
            )
            while self.size() > self._limit and self._drop_oldest():
                pass

    def size(self) -> int:
        """Return the bytes in use."""
        return (self._number("page_count") - self._number("freelist_count")) * self._number("page_size")

    def count(self) -> int:
        """Return the number of entries."""
        (count,) = self._base.execute("SELECT count(*) FROM entries").fetchone()
        return int(count)

    def close(self) -> None:
        self._base.close()

    def _drop_oldest(self) -> bool:
        first, last = self._base.execute("SELECT min(rowid), max(rowid) FROM entries").fetchone()
        if first is None:
            return False
        self._base.execute("DELETE FROM entries WHERE rowid <= ?", (first + (last - first) // _DROPPED,))
        return True

    def _number(self, pragma: str) -> int:
        (number,) = self._base.execute(f"PRAGMA {pragma}").fetchone()
        return int(number)


class Cache:
    """Outcomes that need not be worked out again, and those that were, until they are written.

    ``fault`` says why the store was given up, if it was.
    """

    def __init__(self, keeping: Keeping, plan: Plan) -> None:
        self._plan = plan
        self._by_name = any(override.scope.files for override in plan.overrides)
        self._start = blake2b(keeping.ruleset.encode(), digest_size=16)
        self._new: list[tuple[bytes, bytes, tuple[date, date]]] = []
        self._store: Store | None = None
        self.fault = ""
        try:
            self._store = Store(keeping.folder, keeping.limit)
        except (OSError, sqlite3.Error) as error:
            self._give_up(error)

    def find(self, unit: Unit, input_format: str | None) -> list[Outcome] | None:
        """Return the outcomes of a unit, read as ``input_format`` if that is given, when they are known."""
        if self._store is None:
            return None
        try:
            found = self._store.get(self._key(unit, input_format), self._plan.as_of)
            return unpack(found[0], unit, self._plan, found[1]) if found else None
        except (sqlite3.Error, zlib.error) as error:
            self._give_up(error)
            return None

    def note(self, unit: Unit, input_format: str | None, outcomes: Sequence[Outcome]) -> None:
        """Take the outcomes of a unit up, to be written later, if another run could do with them."""
        if self._store is not None:
            entry = pack(outcomes, unit, self._plan)
            if entry is not None:
                self._new.append((self._key(unit, input_format), entry, holding(outcomes)))
                if len(self._new) >= _AT_ONCE:
                    self.write()

    def write(self) -> None:
        """Write what was noted."""
        if self._store is not None and self._new:
            try:
                self._store.put(self._new)
            except sqlite3.Error as error:
                self._give_up(error)
        self._new = []

    def close(self) -> None:
        self.write()
        if self._store is not None:
            self._store.close()
            self._store = None

    def _key(self, unit: Unit, input_format: str | None) -> bytes:
        """Hash what an outcome depends on, but for today. The name counts only if overrides look at it."""
        hashed = self._start.copy()
        name = unit.file if self._by_name else ""
        hashed.update(f"{input_format}\0{unit.is_line}\0{name}\0".encode("utf-8", "surrogateescape"))
        hashed.update(unit.raw)
        return hashed.digest()

    def _give_up(self, error: Exception) -> None:
        self.fault = str(error)
        if self._store is not None:
            with suppress(sqlite3.Error):
                self._store.close()
            self._store = None


def clear(folder: str) -> int:
    """Remove a store, damaged or not, and return how many bytes it took on the disk."""
    freed = 0
    for ending in ("", "-wal", "-shm", "-journal"):
        file = os.path.join(folder, FILE + ending)
        with suppress(FileNotFoundError):
            freed += os.path.getsize(file)
            os.remove(file)
    return freed
