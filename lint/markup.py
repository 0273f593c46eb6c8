"""The markdown escapes that the registry's API adds: ``18\\~65`` says ``18~65``.

API v2 writes a backslash before ASCII punctuation that markdown would read. The registrant did
not type it, so rules see texts without it; places still point into the text as it was written.
"""

from __future__ import annotations

from lint.expressions import compiled

_ESCAPE = compiled(r"\\([!-/:-@\[-`{-~])")


def unescape(text: str) -> str:
    """Undo the escapes: a backslash before ASCII punctuation goes, all else stays."""
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text


def raw_offset(text: str, offset: int) -> int:
    """Return where the character at an offset of ``unescape(text)`` stands in ``text`` itself.

    For an escaped character this is its backslash, so that a region takes both in. An
    offset at or past the end gives the end of ``text``.
    """
    if "\\" not in text:
        return min(offset, len(text))
    removed = 0
    for match in _ESCAPE.finditer(text):
        if match.start() - removed >= offset:
            break
        removed += 1
    return min(offset + removed, len(text))
