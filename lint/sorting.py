"""Rows that come back in order: in memory while they are few, in a temporary file when they become many."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

MANY = 5_000
"""Rows that are held in memory, some 3 MB; further ones go to a file."""
_CACHE = 2048
"""Kilobytes of the file that SQLite holds in memory."""

Key: TypeAlias = tuple[str | int, ...]


class NotKept(Exception):
    """Rows were lost, for want of room or for another fault of the temporary file."""


def _packed(key: Key) -> bytes:
    """Write a key as bytes that sort as it does; whatever characters a record holds."""
    parts = (f"{part:012d}" if isinstance(part, int) else part for part in key)
    return "\0".join(parts).encode("utf-8", "surrogatepass")


class Sorted:
    """Takes rows, each a key and plain values, and gives them back in the order of their keys.

    Keys are texts and whole numbers from 0 on. Rows with the same key keep the order in which they came.
    Raises ``NotKept`` when the temporary file cannot be written or read.
    """

    def __init__(self, many: int = MANY) -> None:
        self._many = many
        self._few: list[tuple[bytes, Any]] = []
        self._file: Any = None

    def add(self, key: Key, row: Any) -> None:
        self._few.append((_packed(key), row))
        if len(self._few) >= self._many:
            self._write()

    def __iter__(self) -> Iterator[Any]:
        """Yield the rows in order."""
        if self._file is None:
            yield from (row for _, row in sorted(self._few, key=lambda pair: pair[0]))
            return
        import pickle

        self._write()
        with _kept():
            for (content,) in self._file.execute("SELECT content FROM line ORDER BY key, number"):
                yield pickle.loads(content)  # noqa: S301 (written by this very process)

    def close(self) -> None:
        """Let all rows go, and the file with them."""
        self._few = []
        if self._file is not None:
            self._file.close()
            self._file = None

    def _write(self) -> None:
        import pickle

        with _kept():
            if self._file is None:
                self._file = _temporary()
            self._file.execute("BEGIN")
            rows = ((key, pickle.dumps(row, 5)) for key, row in self._few)
            self._file.executemany("INSERT INTO line (key, content) VALUES (?, ?)", rows)
            self._file.execute("COMMIT")
        self._few = []


def _temporary() -> Any:
    """Open a database without a name: a file of its own, gone when it is closed."""
    import sqlite3

    file = sqlite3.connect("", isolation_level=None)
    for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = {-_CACHE}"):
        file.execute(f"PRAGMA {setting}")
    file.execute("CREATE TABLE line (number INTEGER PRIMARY KEY, key BLOB, content BLOB)")
    return file


@contextmanager
def _kept() -> Iterator[None]:
    """Raise ``NotKept`` for errors of the temporary file."""
    import sqlite3

    try:
        yield
    except sqlite3.Error as error:
        raise NotKept(f"the temporary file cannot be used ({error})") from error
