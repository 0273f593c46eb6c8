"""Place patterns: the small subset of JSONPath (RFC 9535) that rules subscribe with.

``$.protocolSection.armsInterventionsModule.armGroups[*].label``: member names and ``[*]``.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from lint.errors import RuleError
from lint.expressions import compiled
from lint.markup import unescape
from lint.paths import ROOT, Path

STAR = "*"
_PLACE = compiled(r"\$(?:\.[A-Za-z_][A-Za-z0-9_-]*|\[\*\])*")
_STEP = compiled(r"\.[^.\[]+|\[\*\]")
Place: TypeAlias = tuple[str, ...]
"""The steps of a pattern; ``*`` stands for every item of a list."""

T = TypeVar("T")


@cache
def parse_place(pattern: str) -> Place:
    """Read a place pattern. Raises RuleError for anything beyond names and ``[*]``."""
    if not _PLACE.fullmatch(pattern):
        raise RuleError(f"'{pattern}' is no place pattern", "write member names and [*], as in $.a.b[*].c")
    return tuple(STAR if step == "[*]" else step[1:] for step in _STEP.findall(pattern))


class Trie(Generic[T]):
    """Place patterns merged into one tree, each ending in the things that subscribe there."""

    __slots__ = ("children", "listeners", "star")

    def __init__(self) -> None:
        self.listeners: list[T] = []
        self.children: dict[str, Trie[T]] = {}
        self.star: Trie[T] | None = None

    def add(self, place: Place, listener: T) -> None:
        node = self
        for step in place:
            if step == STAR:
                node.star = node.star or Trie()
                node = node.star
            else:
                node = node.children.setdefault(step, Trie())
        node.listeners.append(listener)

    def visit(self, value: Any, path: Path, found: list[tuple[T, Any, Path]]) -> None:
        """Append (listener, value, path) for every place of the document that is listened to."""
        for listener in self.listeners:
            found.append((listener, value, path))
        if self.children and isinstance(value, dict):
            for name, child in self.children.items():
                member = value.get(name)
                if member is None:
                    continue
                if child.children or child.star is not None:
                    child.visit(member, (*path, name), found)
                else:
                    for listener in child.listeners:
                        found.append((listener, member, (*path, name)))
        if self.star is not None and isinstance(value, list):
            for index, item in enumerate(value):
                self.star.visit(item, (*path, index), found)


class _Texts(NamedTuple):
    """Places of texts below a value: members and items that are texts, and those that hold some."""

    leaves: tuple[str, ...]
    holders: tuple[tuple[str, _Texts], ...]
    items: bool
    item: _Texts | None


@lru_cache(maxsize=64)
def _text_places(fields: tuple[str, ...]) -> _Texts:
    return _condensed(merge((field, None) for field in fields))


def _condensed(trie: Trie[None]) -> _Texts:
    below = {name: _condensed(child) for name, child in trie.children.items()}
    item = _condensed(trie.star) if trie.star else None
    return _Texts(
        tuple(name for name, child in trie.children.items() if child.listeners),
        tuple((name, texts) for name, texts in below.items() if any(texts)),
        bool(trie.star and trie.star.listeners),
        item if item and any(item) else None,
    )


def collect_texts(document: Any, fields: tuple[str, ...]) -> list[tuple[Path, str]]:
    """Return path and text, markdown escapes undone, of every non-empty string at some places."""
    found: list[tuple[Path, str]] = []
    _collect(_text_places(fields), document, ROOT, found)
    return found


def _collect(texts: _Texts, value: Any, path: Path, found: list[tuple[Path, str]]) -> None:
    leaves, holders, items, item = texts
    if isinstance(value, dict):
        for name in leaves:
            text = value.get(name)
            if text and isinstance(text, str):
                found.append(((*path, name), unescape(text) if "\\" in text else text))
        for name, inner in holders:
            if name in value:
                _collect(inner, value[name], (*path, name), found)
    elif isinstance(value, list):
        for index, one in enumerate(value):
            if item:
                _collect(item, one, (*path, index), found)
            if items and one and isinstance(one, str):
                found.append(((*path, index), unescape(one)))


def merge(patterns: Iterable[tuple[str, T]]) -> Trie[T]:
    """Merge (pattern, listener) pairs into one trie."""
    trie: Trie[T] = Trie()
    for pattern, listener in patterns:
        trie.add(parse_place(pattern), listener)
    return trie
