"""The parts of a rule's documentation."""

from __future__ import annotations

import re
from collections.abc import Mapping

WHY, WHAT_TO_DO, FALSE_POSITIVES, SOURCE = "Why", "What to do", "False positives", "Source"


def sections(doc: str) -> Mapping[str, str]:
    """Return the text of each section of a rule's documentation, in one line; absent ones are left out."""
    parts = re.split(rf"^[ \t]*({WHY}|{WHAT_TO_DO}|{FALSE_POSITIVES}|{SOURCE}):", doc, flags=re.MULTILINE)
    return {title: " ".join(text.split()) for title, text in zip(parts[1::2], parts[2::2])}


def capitalised(text: str) -> str:
    """Begin a text like a sentence, unless it begins with a name from the record."""
    first = text.partition(" ")[0]
    return text[:1].upper() + text[1:] if first.isalpha() and first.islower() else text
