"""What can be odd about a readable document, in words that JSON and YAML share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from lint.model import SourceProblem
from lint.paths import Path
from lint.sources.text import Mark, advance, region

MAX_DEPTH = 254
"""How deep objects and lists may nest; also the depth that orjson writes."""

LARGEST = 2**64
"""The first integer that programs cannot store exactly."""

TOO_DEEP = (
    "SRC011",
    f"Objects and lists are nested more than {MAX_DEPTH} deep.",
    "A registry record is about 10 deep; this file is damaged or no record.",
)


class Flaw(NamedTuple):
    """Something odd that was repaired while reading, between two offsets of the text."""

    code: str
    message: str
    hint: str
    start: int
    end: int
    path: Path


def as_problems(flaws: Iterable[Flaw], text: str, origin: Mark) -> tuple[SourceProblem, ...]:
    """Give flaws their lines and columns; they come back in the order of the text."""
    problems = []
    mark = origin
    for code, message, hint, start, end, path in sorted(flaws, key=lambda flaw: flaw.start):
        mark = advance(text, mark, start)
        problems.append(SourceProblem(code, message, hint, region(text, mark, start, end), path=path))
    return tuple(problems)


def duplicate_name(name: str, start: int, end: int, path: Path) -> Flaw:
    """A name that stands more than once in an object."""
    message = f"'{name}' is given more than once here; only the last one counts."
    hint = "Keep one of them; the others are lost without a word in most programs."
    return Flaw("SRC007", message, hint, start, end, path)


def lone_surrogate(start: int, end: int, path: Path) -> Flaw:
    """Half of a character beyond the basic plane."""
    message = "The text holds half of a character (a lone surrogate such as \\ud83d)."
    hint = "Write the character again: the program that saved this cut it in two."
    return Flaw("SRC008", message, hint, start, end, path)


def not_a_number(written: str, start: int, end: int, path: Path) -> Flaw:
    """NaN or an infinity."""
    message = f"'{written}' stands where a value belongs; it is read as no value."
    hint = "Leave the field out when there is no value: a record has no NaN or Infinity."
    return Flaw("SRC009", message, hint, start, end, path)


def number_out_of_range(written: str, start: int, end: int, path: Path) -> Flaw:
    """A number that is too large for programs to keep as it is."""
    shown = written if len(written) <= 40 else f"{written[:20]}…"
    message = f"'{shown}' is larger than any number that a program can store exactly."
    hint = "Check the number; an identifier belongs in quotes."
    return Flaw("SRC010", message, hint, start, end, path)
