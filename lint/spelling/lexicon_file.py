"""Writes a lexicon file: the same words give the same bytes, whatever order they come in."""

from __future__ import annotations

import json
import math
from binascii import crc32
from collections.abc import Iterable, Mapping, Sequence
from struct import pack
from typing import Any

from lint.spelling.edits import one_edit_apart, shortened, shortened_twice
from lint.spelling.forms import related_forms
from lint.spelling.lexicon import CLEAR, MAGIC, NONE, PLAIN, RARE, SHORTEST_FOR_TWO_EDITS, Entry

MODEL_STUDIES = 8
"""In so many studies a word of the word lists must stand to be what a slip is held against."""
MODEL_STUDIES_UNLISTED = 15
MODEL_STUDIES_CAPITAL = 100
"""The same for a word of no list, and for a long one that is hardly written small: ``Fridericia``, ``Wilcoxon``."""
MODEL_STUDIES_FOR_TWO_EDITS = 40
MODEL_NAMES = 60
"""In the names of so many studies a word must stand to be what a slip in a name is held against."""
_SMALL = 20
_SHORTEST_CAPITAL = 7
_SLIP_RATIO = 10
_MOST_MODELS = 0xFFFF


def lexicon_bytes(entries: Mapping[str, Entry], about: Mapping[str, Any]) -> bytes:
    """Return the file of a lexicon. Words must be lower-case ASCII letters.

    ``about`` is kept in the file as it is: sources, licences, counts.
    """
    models = _without_slips(_models(entries), entries)
    near1 = {word: {word, *shortened(word)} for word in models}
    near2 = {word: shortened_twice(word) for word in models if _for_two_edits(word, entries[word])}
    kept = _needed(entries, near1)
    words, buckets, starts = _word_sections(kept)
    numbers = {word: number for number, word in enumerate(models)}
    sections = {
        "words": words,
        "word_buckets": buckets,
        "models": pack(f"<{len(models)}I", *(starts[word] for word in models)),
    }
    for name, near in (("near1", near1), ("near2", near2)):
        sections[name], sections[name + "_buckets"] = _near_sections(near, numbers)
    return _joined(sections, {**about, "words": len(kept), "frequent": len(models)})


def _models(entries: Mapping[str, Entry]) -> Sequence[str]:
    """Choose the frequent words: the most frequent ones if there are more than numbers for them."""
    chosen = [word for word, entry in entries.items() if _is_model(word, entry)]
    chosen.sort(key=lambda word: (-entries[word].studies - entries[word].names, word))
    return sorted(chosen[:_MOST_MODELS])


def _is_model(word: str, entry: Entry) -> bool:
    return len(word) >= 4 and (entry.studies >= _least_studies(word, entry) or entry.names >= MODEL_NAMES)


def _least_studies(word: str, entry: Entry) -> float:
    if entry.level > NONE:
        return MODEL_STUDIES
    if entry.small >= _SMALL:
        return MODEL_STUDIES_UNLISTED
    return MODEL_STUDIES_CAPITAL if len(word) >= _SHORTEST_CAPITAL else math.inf


def _without_slips(models: Sequence[str], entries: Mapping[str, Entry]) -> Sequence[str]:
    """Leave out frequent words that are slips of far more frequent ones themselves, such as ``occured``."""
    sharing: dict[str, list[str]] = {}
    for word in models:
        if entries[word].level == PLAIN:
            for key in (word, *shortened(word)):
                sharing.setdefault(key, []).append(word)
    return [word for word in models if not _is_slip(word, entries, sharing)]


def _is_slip(word: str, entries: Mapping[str, Entry], sharing: Mapping[str, list[str]]) -> bool:
    entry = entries[word]
    least = _SLIP_RATIO * entry.studies
    return entry.level == NONE and entry.names < MODEL_NAMES and any(
        entries[right].studies > least and one_edit_apart(word, right) and not related_forms(word, right)
        for key in (word, *shortened(word))
        for right in sharing.get(key, ())
    )  # fmt: skip


def _for_two_edits(word: str, entry: Entry) -> bool:
    return len(word) >= SHORTEST_FOR_TWO_EDITS - 1 and entry.studies >= MODEL_STUDIES_FOR_TWO_EDITS


def _needed(entries: Mapping[str, Entry], near1: Mapping[str, set[str]]) -> dict[str, Entry]:
    """Leave out rare words of large word lists that no slip of a frequent word could be taken for."""
    shared = {key for keys in near1.values() for key in keys}
    return {
        word: entry
        for word, entry in entries.items()
        if entry.studies or entry.names or entry.level != RARE or word in shared or shared & shortened(word)
    }


def _word_sections(entries: Mapping[str, Entry]) -> tuple[bytes, bytes, dict[str, int]]:
    groups = _grouped(((word, word) for word in sorted(entries)), len(entries))
    lines, offsets, starts, size = [], [], {}, 1
    for group in groups:
        offsets.append(size)
        for word in group:
            starts[word] = size
            studies, names, small, level, clear = entries[word]
            lines.append(f"{word} {studies:g} {names:g} {small} {level + CLEAR * clear}\n")
            size += len(lines[-1])
    return ("\n" + "".join(lines)).encode("ascii"), pack(f"<{len(offsets) + 1}I", *offsets, size), starts


def _near_sections(near: Mapping[str, set[str]], numbers: Mapping[str, int]) -> tuple[bytes, bytes]:
    pairs = (
        (key, crc32(key.encode("ascii")) & 0xFFFF0000 | numbers[word])
        for word in sorted(near)
        for key in sorted(near[word])
    )
    packed, offsets, size = [], [], 0
    for group in _grouped(pairs, sum(map(len, near.values()))):
        offsets.append(size)
        distinct = sorted(set(group))
        packed.append(pack(f"<{len(distinct)}I", *distinct))
        size += len(packed[-1])
    return b"".join(packed), pack(f"<{len(offsets) + 1}I", *offsets, size)


def _grouped(pairs: Iterable[tuple[str, Any]], count: int) -> list[list[Any]]:
    """Group values by the hash of their keys, about three a group."""
    groups: list[list[Any]] = [[] for _ in range(1 << max(4, (count // 3).bit_length()))]
    for key, value in pairs:
        groups[crc32(key.encode("ascii")) & (len(groups) - 1)].append(value)
    return groups


def _joined(sections: Mapping[str, bytes], about: Mapping[str, Any]) -> bytes:
    places, at = {}, 0
    for name, data in sections.items():
        places[name] = [at, len(data)]
        at += len(data)
    head = json.dumps({**about, "sections": places}, sort_keys=True).encode("ascii")
    return b"".join([MAGIC, head, b"\n", *sections.values()])
