"""The line of the file that a finding is about, with its place marked below."""

from __future__ import annotations

from lint.reports.text import clean_character

_TAB = "    "


def excerpt(line: str, start: int, end: int, width: int) -> tuple[str, str]:
    """Return a line and the carets below it, cut to some terminal cells around the marked place.

    ``start`` and ``end`` (exclusive) count characters of the line from 0. A place behind the
    end of the line gets a caret there.
    """
    first = _first_shown(line, start, width)
    text, below = ("…", " ") if first else ("", "")
    left = width - 2 * len(text)
    for index in range(first, len(line)):
        shown, cells = _shape(line[index])
        if cells > left:
            text += "…"
            break
        text += shown
        below += ("^" if start <= index < max(end, start + 1) else " ") * cells
        left -= cells
    return text, below.rstrip() if "^" in below else below + "^"


def _first_shown(line: str, start: int, width: int) -> int:
    """Return the first character to show: 0 if the line fits, else some way before the place."""
    if len(line) <= 2 * width and sum(_shape(character)[1] for character in line) <= width:
        return 0
    first, room = start, width // 3
    while first > 0 and room > 0:
        first -= 1
        room -= _shape(line[first])[1] if first < len(line) else 1
    return first


def _shape(character: str) -> tuple[str, int]:
    """Return how a character is shown and how many terminal cells that takes."""
    if " " <= character <= "~":
        return character, 1
    if character == "\t":
        return _TAB, len(_TAB)
    shown = clean_character(character)
    return shown, len(shown) if len(shown) > 1 else _cells(character)


def _cells(character: str) -> int:
    from unicodedata import category, east_asian_width

    if category(character) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(character) in ("W", "F") else 1
