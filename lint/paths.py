"""Places inside a record: tuples of member names and list positions.

A path such as ``("protocolSection", "conditionsModule", "conditions", 0)`` is the
working form; the JSON Pointer (RFC 6901) is what leaves the program.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

Path: TypeAlias = tuple[str | int, ...]

ROOT: Path = ()
_ABSENT: Any = object()


def to_pointer(path: Sequence[str | int]) -> str:
    """Write a path as an RFC 6901 JSON Pointer; the root is the empty string."""
    return "".join(
        "/" + (str(step) if isinstance(step, int) else step.replace("~", "~0").replace("/", "~1")) for step in path
    )


def from_pointer(pointer: str, document: Any) -> Path:
    """Read a JSON Pointer against the document that it points into.

    The document decides whether ``0`` is a list position or a member name. Raises
    ``ValueError`` when the pointer has no leading slash or leads nowhere.
    """
    if pointer == "":
        return ROOT
    if not pointer.startswith("/"):
        raise ValueError(f"a JSON Pointer starts with a slash: {pointer!r}")
    steps: list[str | int] = []
    for raw in pointer[1:].split("/"):
        name = raw.replace("~1", "/").replace("~0", "~")
        step: str | int = int(name) if isinstance(document, list) and name.isdecimal() else name
        try:
            document = document[step]
        except (KeyError, IndexError, TypeError) as error:
            raise ValueError(f"{pointer!r} leads nowhere") from error
        steps.append(step)
    return tuple(steps)


def value_at(document: Any, path: Sequence[str | int], default: Any = None) -> Any:
    """Return the value at a path, or the default when the path leads nowhere."""
    for step in path:
        if isinstance(document, dict):
            document = document.get(step, _ABSENT)
            if document is _ABSENT:
                return default
        elif isinstance(document, list):
            if not isinstance(step, int) or not 0 <= step < len(document):
                return default
            document = document[step]
        else:
            return default
    return document


def nearest_existing(document: Any, path: Sequence[str | int]) -> Path:
    """Return the longest leading part of a path that exists in the document."""
    steps: list[str | int] = []
    for step in path:
        if isinstance(document, dict):
            if step not in document:
                break
        elif isinstance(document, list):
            if not isinstance(step, int) or not 0 <= step < len(document):
                break
        else:
            break
        document = document[step]
        steps.append(step)
    return tuple(steps)
