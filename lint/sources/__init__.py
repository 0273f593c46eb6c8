"""Inputs to records: files, folders, archives, pipes; JSON, JSONL, XML, YAML, study pages; packed or not."""

from lint.sources.folders import discover
from lint.sources.forms import FORMS
from lint.sources.inputs import START, is_remote
from lint.sources.limits import Limits, use_limits
from lint.sources.names import shown_name
from lint.sources.reading import read, read_bytes
from lint.sources.unpacking import archive_of

__all__ = [
    "FORMS",
    "START",
    "Limits",
    "archive_of",
    "discover",
    "is_remote",
    "read",
    "read_bytes",
    "shown_name",
    "use_limits",
]
