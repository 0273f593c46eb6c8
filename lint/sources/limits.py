"""What an input may cost: limits for memory, and against archives made to exhaust a computer."""

from __future__ import annotations

from typing import NamedTuple

from lint.model import SourceProblem


class Limits(NamedTuple):
    """What an input may cost.

    ``max_bytes`` bounds what is held in memory at once: a whole file, a line of JSONL, some records of a long list.
    The others concern what is packed. ``max_ratio`` bounds how many times larger than its file an input may become,
    from ``ratio_from`` bytes on; ``max_total`` to how many bytes; ``max_members`` how many files an archive may
    hold; ``max_depth`` how many packings and archives may lie in one another (a .tar.gz is two).
    """

    max_bytes: int = 10**9
    max_ratio: int = 200
    max_total: int = 10**12
    max_members: int = 10_000_000
    max_depth: int = 4
    ratio_from: int = 1 << 26


_chosen = Limits()


def use_limits(limits: Limits) -> None:
    """Let this process read by other limits."""
    global _chosen
    _chosen = limits


def limits_in_force() -> Limits:
    """Return the limits that this process reads by."""
    return _chosen


class Refused(Exception):
    """An input, or the rest of it, that cannot be read; ``problem`` says why."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.problem = SourceProblem(code, message, hint, unreadable=True)


class Account:
    """What an input, or a member of an archive, has cost so far; ``packed`` counts its bytes as they are stored."""

    def __init__(self, limits: Limits, packed: int = 0) -> None:
        self.limits = limits
        self.packed = packed
        self._unpacked = 0
        self._members = 0

    def unpack(self, size: int) -> None:
        """Note that so many bytes came out of a packing. Raises ``Refused`` (SRC016)."""
        self._unpacked += size
        limits = self.limits
        if self._unpacked > max(limits.ratio_from, self.packed * limits.max_ratio):
            raise _too_much(f"unpacks to more than {limits.max_ratio:,} times its size", "max-ratio")
        if self._unpacked > limits.max_total:
            raise _too_much(f"unpacks to more than {limits.max_total:,} bytes", "max-total")

    def add_members(self, count: int) -> None:
        """Note that an archive holds so many files. Raises ``Refused`` (SRC016)."""
        self._members += count
        if self._members > self.limits.max_members:
            raise _too_much(f"holds more than {self.limits.max_members:,} files", "max-members")

    def check_depth(self, depth: int) -> None:
        """Raise ``Refused`` (SRC016) if so many packings and archives in one another are too many."""
        if depth > self.limits.max_depth:
            raise _too_much(f"lies in more than {self.limits.max_depth} packings and archives", "max-depth")


def _too_much(what: str, option: str) -> Refused:
    hint = f"Data of a registry does not do that; if it is right here, raise it with --{option}."
    return Refused("SRC016", f"This input {what}.", hint)


def too_large(what: str, most: int) -> Refused:
    """Make the refusal of something that would have to be held in memory."""
    message = f"{what} is larger than {most:,} bytes, the most that is read at once."
    hint = "Split it, or save it as JSONL, one record a line; if memory allows, raise it with --max-bytes."
    return Refused("SRC016", message, hint)
