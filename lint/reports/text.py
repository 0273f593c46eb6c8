"""Words and characters that the formats for people share."""

from __future__ import annotations

import os
from functools import lru_cache

from lint.model import Finding
from lint.runner import Summary

_STYLES = {"bold": "1", "dim": "2", "error": "1;31", "warning": "1;33", "note": "1;36", "place": "1;34"}
_BREAKS = "\n\r\t\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029"


def clean(text: str) -> str:
    """Return the text in one line and without characters that act on a terminal or cannot be seen."""
    if text.isprintable():
        return text
    return "".join(map(clean_character, text))


def clean_character(character: str) -> str:
    """Return what to show for a character: itself, a space for a line break, or its code."""
    if character.isprintable():
        return character
    if character in "\n\t":
        return " "
    if character.isspace() and character not in _BREAKS:
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def paint(text: str, style: str, colour: bool) -> str:
    """Wrap a text in the terminal codes of a style."""
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if colour else text


def counted(number: int, noun: str) -> str:
    """Write a number and its noun: ``1 record``, ``2 records``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def place_of(finding: Finding) -> str:
    return f"{clean(finding.file)}:{finding.line}:{finding.column}"


def relative_path(file: str, folder: str = "") -> str:
    """Return a file's path with forward slashes, from a folder (at first the current one) if it lies below that.

    The address of a file on a server stays as it is.
    """
    if "://" in file:
        return clean(file)
    above = os.path.join(_real(folder or os.getcwd()), "")
    place, name = os.path.split(os.path.abspath(file))
    full = os.path.join(_real(place), name)
    shown = full[len(above) :] if full.startswith(above) and not file.startswith("<") else file
    return clean(shown.replace(os.sep, "/"))


@lru_cache(1024)
def _real(folder: str) -> str:
    return os.path.realpath(folder)


def summary_line(summary: Summary) -> str:
    """Say in one sentence what a run found, and what it left out."""
    where = f"in {counted(summary.records, 'record')} of {counted(summary.inputs, 'file')}"
    found = counted(summary.findings, "finding") if summary.findings else "no findings"
    kinds = [counted(count, severity.label) for severity, count in summary.by_severity.items() if count]
    parts = [f"{found} {where}" + (f": {', '.join(kinds)}" if kinds else "")]
    if summary.suppressed:
        parts.append(f"{summary.suppressed:,} more switched off by the configuration")
    if summary.waived:
        parts.append(f"{summary.waived:,} waived")
    if summary.baselined:
        parts.append(f"{summary.baselined:,} known from the baseline")
    if summary.unreadable:
        parts.append(f"{counted(summary.unreadable, 'input')} could not be read")
    if summary.crashes:
        parts.append(f"rules crashed {counted(summary.crashes, 'time')}")
    return "; ".join(parts)
