"""Inputs to records: files, folders, pipes; JSON, JSONL, YAML, study pages; packed or not."""

from lint.sources.folders import discover
from lint.sources.forms import FORMS
from lint.sources.inputs import Limits
from lint.sources.reading import read, read_bytes, shown_name

__all__ = ["FORMS", "Limits", "discover", "read", "read_bytes", "shown_name"]
