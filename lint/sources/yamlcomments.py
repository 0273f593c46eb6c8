"""Comments in YAML that waive findings: ``# lint: ignore ARM002 the sponsor wants it so``.

A comment speaks of its own line, or of the next line with anything else if it stands alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping

from lint.model import Ignore, SourceProblem
from lint.paths import Path
from lint.sources.text import Mark, advance, region
from lint.sources.yamlplaces import Place

_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#[ \t]*lint:[ \t]*(?P<words>[^\n\r]*)", re.MULTILINE)
_WORDS = re.compile(r"ignore[ \t]+(?P<codes>[A-Z]{2,6}[0-9]{3}(?:[ \t]*,[ \t]*[A-Z]{2,6}[0-9]{3})*)(?P<reason>.*)")
_FILLED = re.compile(r"^[ \t]*[^# \t\r\n]", re.MULTILINE)


def read_comments(
    text: str, mark: Mark, end: int, places: Mapping[Path, Place]
) -> tuple[tuple[Ignore, ...], list[SourceProblem]]:
    """Return what the comments of a document waive, and problems for those that cannot be followed.

    The document goes from ``mark`` to the offset ``end``; ``places`` are those of its values, in
    whose texts nothing is a comment.
    """
    if "lint:" not in text[mark.offset : end]:
        return (), []
    scalars = sorted((place.start, place.end) for place in places.values() if place.text is not None)
    starts = [start for start, _ in scalars]
    ignores, problems = [], []
    for match in _COMMENT.finditer(text, mark.offset, end):
        before = bisect_right(starts, match.start()) - 1
        if before >= 0 and match.start() < scalars[before][1]:
            continue
        said = _WORDS.fullmatch(match["words"].strip())
        reason = said["reason"].strip(" \t:-") if said else ""
        if said is None or not reason:
            problems.append(_unclear(match, text, mark))
            continue
        line = advance(text, mark, match.start())
        alone = not text[match.start() - line.column + 1 : match.start()].strip()
        following = _FILLED.search(text, match.end(), end) if alone else None
        target = advance(text, line, following.end()).line if following else line.line
        codes = tuple(code.strip() for code in said["codes"].split(","))
        ignores.append(Ignore(target, codes, reason))
    return tuple(ignores), problems


def _unclear(match: re.Match[str], text: str, mark: Mark) -> SourceProblem:
    message = f"The comment '{match[0].strip()}' is not followed, because it names no rule or no reason."
    hint = "Write rule and reason, as in '# lint: ignore ARM002 both arms are cohorts of one group'."
    return SourceProblem("SRC022", message, hint, region(text, mark, match.start(), match.end()))
