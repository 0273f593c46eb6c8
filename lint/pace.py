"""Whether a run is long enough for libraries that are slow to load and fast to work.

orjson, jsonschema-rs and RE2 take 5 to 25 ms each to import, longer than a few records take
without them. So the first bytes of a run are handled by the standard library and plain Python,
which give the same results (property tests hold them equal).
"""

from __future__ import annotations

LONG = 1 << 17
"""From so many bytes of input on a run is long; the two ways take the same time at about 250 kB."""

_bytes = 0


def count(size: int) -> None:
    """Note that so many bytes of input were read."""
    global _bytes
    _bytes += size


def counted() -> int:
    """Return how many bytes of input this process has read."""
    return _bytes


def is_long() -> bool:
    """Say whether what was read so far is worth the loading of fast libraries."""
    return _bytes > LONG
