"""Fingerprints: what a finding is about, whatever the file's layout and order.

They are made of the rule, the record, the place with list items named by their natural key
instead of their position, and the values that mattered. Moving a file, reformatting it or
sorting a list keeps them; another flaw in the same field changes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

try:
    from _blake2 import blake2b  # what hashlib offers, without loading OpenSSL (5 ms)
except ImportError:
    from hashlib import blake2b

from lint.markup import unescape
from lint.model import Span
from lint.paths import Path, value_at

_NATURAL_KEYS = ("nctId", "id", "label", "name", "measure", "title", "facility", "pmid", "citation", "url", "term")


def fingerprint(
    code: str, record: str, file: str, path: Path, document: Any, missing: str = "",
    span: Span | None = None, related: Sequence[Any] = (),
) -> str:  # fmt: skip
    """Return the fingerprint of a finding: 16 hexadecimal digits.

    The file's name counts only where the record has no id.
    """
    value = value_at(document, path) if document is not None else None
    if span is not None and isinstance(value, str):
        value = unescape(value)[span[0] : span[1]]
    parts = [code, record or file, *_keyed(path, document), missing, _short(value)]
    parts += sorted(_short(one) for one in related)
    return blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=8).hexdigest()


def _keyed(path: Path, document: Any) -> list[str]:
    steps = []
    for step in path:
        document = value_at(document, (step,))
        steps.append(step if isinstance(step, str) else f"[{natural_key(document)}]")
    return steps


def natural_key(item: Any) -> str:
    """Return what an item of a list is called: its id, label or name, or the item itself if it is a value."""
    if isinstance(item, dict):
        for name in _NATURAL_KEYS:
            if isinstance(item.get(name), str):
                return str(item[name])
        return ""
    return _short(item)


def _short(value: Any) -> str:
    return "" if isinstance(value, (dict, list)) or value is None else str(value)
