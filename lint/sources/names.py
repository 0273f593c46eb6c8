"""Names of inputs: how they are shown, and which files of a folder or an archive may hold records by them."""

from __future__ import annotations

import re
from functools import lru_cache

from lint.expressions import compiled
from lint.sources.forms import encoding_of
from lint.sources.text import decode

_RECORDS = {
    "json": ("json",),
    "jsonl": ("jsonl", "ndjson", "json"),
    "classic": ("json", "jsonl", "ndjson"),
    "yaml": ("yaml", "yml"),
    "page": ("txt",),
    "xml": ("xml",),
    None: ("json", "jsonl", "ndjson", "yaml", "yml", "txt", "xml"),
}
_ARCHIVES = ("zip", "tar", "tgz", "tbz2?", "txz")
_PACKINGS = ("gz", "bz2", "xz", "zst")
_OWN_FILES = frozenset({"lint.yaml", "lint.yml"})
DOUBTFUL = frozenset({"txt", "xml"})
"""Endings of files that are mostly something else than records."""
PEEK = 1 << 16
_UNPRINTABLE = compiled(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_SECRET = compiled(
    r"(?<=://)[^/@\s]*@|(?<=[?&])([^=&\s]*(?:sig|token|key|secret|password|credential)[^=&\s]*=)[^&!\s]*", re.IGNORECASE
)
_APART = compiled(r"[/\\]")


def shown_name(path: str) -> str:
    """Return a name of an input that can be printed anywhere: in UTF-8, on one line, without secrets of an address."""
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    if "://" in text:
        text = _SECRET.sub(lambda match: f"{match[1]}..." if match[1] else "", text)
    return _UNPRINTABLE.sub(lambda match: f"\\x{ord(match.group()):02x}", text)


def ending_of(name: str, input_format: str | None) -> str:
    """Return the ending of a file's name, in small letters and without packings, if records or archives end so.

    With ``input_format`` only the endings of that form count, and archives.
    """
    match = _pattern(input_format).search(name) if name not in _OWN_FILES else None
    return match[1].lower() if match else ""


@lru_cache(maxsize=16)
def _pattern(input_format: str | None) -> re.Pattern[str]:
    """Make the pattern of the names of records."""
    return compiled(
        rf"\.({'|'.join((*_RECORDS[input_format], *_ARCHIVES))})(?:\.(?:{'|'.join(_PACKINGS)}))?\Z", re.IGNORECASE
    )


def ending_of_member(name: str, input_format: str | None) -> str:
    """Return what ``ending_of`` does for a member of an archive; nothing for what folders pass over."""
    steps = [step for step in _APART.split(name) if step not in ("", ".", "..")]
    if not steps or any(step.startswith((".", "__MACOSX")) for step in steps):
        return ""
    return ending_of(steps[-1], input_format)


def is_ours(ending: str, head: bytes) -> bool:
    """Say whether a file of a ``DOUBTFUL`` ending is a record all the same, by its first ``PEEK`` bytes."""
    if ending == "txt":
        from lint.registries.ctgov.page import looks_like_page

        return looks_like_page(decode(head)[0])
    from lint.sources.xmlforms import looks_like_study_xml

    return looks_like_study_xml(head.decode(encoding_of(head) or "utf-8", "replace"))
