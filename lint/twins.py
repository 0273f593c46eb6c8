"""Twins: files that say what another file says in a form that loads faster.

A twin is used only while it names the text that it was made from; so it can be out of date,
but never wrong. ``tools/compile_packs.py`` writes those that ship.
"""

from __future__ import annotations

import json
from binascii import crc32
from typing import Any


def digest(raw: bytes) -> str:
    """Return what tells one text from another; hashlib would cost every start 3 ms."""
    return f"{len(raw)}-{crc32(raw):08x}"


def twin_of(content: Any, raw: bytes) -> dict[str, Any]:
    """Return the twin of a text: its content in another form, and the mark of the text."""
    return {"made-from": digest(raw), "content": content}


def read_twin(file: str, raw: bytes) -> Any:
    """Return the content of a twin of ``raw``, or None if there is none or it is of another text."""
    try:
        with open(file, "rb") as handle:
            twin = json.loads(handle.read())
    except (OSError, ValueError):
        return None
    return twin["content"] if twin.get("made-from") == digest(raw) else None
