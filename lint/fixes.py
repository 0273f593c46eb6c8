"""Makes the fixes that rules offer, in rounds, until nothing more can be mended.

After each round the text is read and checked again. A fix that would not give exactly the
edited record, or would add a finding as bad as what it mends, is refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from lint.edits import Change, Text, apply, changes_for, edited
from lint.engine import Plan, lint_item
from lint.model import Edit, Finding, Record
from lint.paths import Path
from lint.sources import read_bytes

_ROUNDS = 100
_FORMS = ("json", "jsonl", "yaml")
_MARK = b"\xef\xbb\xbf"


class Fixed(NamedTuple):
    """What fixing a file gave: its bytes, the findings that were mended, those that could not be.

    ``offered`` counts fixes that were not asked for because they may change the meaning; ``unable``
    says why nothing in the file can be mended, if that is so.
    """

    raw: bytes
    mended: tuple[Finding, ...] = ()
    refused: tuple[Finding, ...] = ()
    offered: int = 0
    unable: str = ""


class _Planned(NamedTuple):
    finding: Finding
    record: Record
    changes: tuple[Change, ...]


def fix_bytes(raw: bytes, name: str, plan: Plan, *, unsafe: bool = False) -> Fixed:
    """Mend what can be mended in the bytes of a file; everything else in it stays as it is."""
    mark = _MARK if raw.startswith(_MARK) else b""
    try:
        text = raw[len(mark) :].decode("utf-8")
    except UnicodeDecodeError:
        return Fixed(raw, unable="it is packed or not in UTF-8")
    mended: list[Finding] = []
    refused: dict[str, Finding] = {}
    checked = _check(text, name, plan)
    if any(record.form not in _FORMS and any(one.fix for one in found) for record, found in checked):
        return Fixed(raw, unable="only JSON and YAML in the shape of API v2 are mended; correct it where it is kept")
    one_each = False
    for _ in range(_ROUNDS):
        chosen = list(_chosen(text, checked, refused, unsafe=unsafe, one_each=one_each))
        if not chosen:
            break
        after = apply(text, [change for one in chosen for change in one.changes])
        rechecked = _check(after, name, plan)
        bad = _spoilt(checked, rechecked, chosen)
        if bad and not one_each:
            one_each = True
        elif bad:
            refused.update((one.finding.fingerprint, one.finding) for one in bad)
        else:
            text, checked = after, rechecked
            mended += [one.finding for one in chosen]
    offered = sum(bool(finding.fix and not finding.fix.safe) for _, findings in checked for finding in findings)
    return Fixed(mark + text.encode(), tuple(mended), tuple(refused.values()), 0 if unsafe else offered)


_Checked = list[tuple[Record, tuple[Finding, ...]]]


def _check(text: str, name: str, plan: Plan) -> _Checked:
    items = read_bytes(text.encode(), name)
    return [(item, lint_item(item, plan).findings) for item in items if isinstance(item, Record)]


def _chosen(
    text: str, checked: _Checked, refused: dict[str, Finding], *, unsafe: bool, one_each: bool
) -> Iterator[_Planned]:
    """Yield fixes that do not touch each other's places, or one a record; the others wait for the next round."""
    source = Text(text)
    for record, findings in checked:
        touched: list[Path] = []
        for finding in findings:
            fix = finding.fix
            if fix is None or not (fix.safe or unsafe) or finding.fingerprint in refused:
                continue
            if touched and one_each:
                break
            if any(_touches(edit.path, path) for edit in fix.edits for path in touched):
                continue
            changes = changes_for(source, record, fix.edits)
            if changes is None:
                refused[finding.fingerprint] = finding
                continue
            touched += [edit.path[:-1] if edit.remove else edit.path for edit in fix.edits]
            yield _Planned(finding, record, tuple(changes))


def _touches(one: Path, other: Path) -> bool:
    short = min(len(one), len(other))
    return one[:short] == other[:short]


def _spoilt(before: _Checked, after: _Checked, chosen: list[_Planned]) -> list[_Planned]:
    """Return the fixes of records that did not become what was meant, or became worse."""
    if len(before) != len(after):
        return chosen
    bad = []
    for (record, old), (changed, new) in zip(before, after):
        mine = [one for one in chosen if one.record is record]
        edits: list[Edit] = [edit for one in mine for edit in (one.finding.fix.edits if one.finding.fix else ())]
        if changed.data != (edited(record.data, edits) if edits else record.data) or _worse(old, new, mine):
            bad += mine
    return bad


def _worse(old: tuple[Finding, ...], new: tuple[Finding, ...], mine: list[_Planned]) -> bool:
    """Say whether findings were added that are as bad as the mildest that was mended."""
    if not mine:
        return False
    level = min(one.finding.severity for one in mine)
    more = Counter(finding.code for finding in new if finding.severity >= level)
    return bool(more - Counter(finding.code for finding in old))
