"""Waivers: findings that somebody looked at and left as they are, with a reason and perhaps an end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from lint.model import Finding, Ignore, Outcome, Waived
from lint.overrides import Scope

BY = "waiver"


class Waiver(NamedTuple):
    """Takes findings out of the report: rules and places, why, and the last day on which it holds.

    ``origin`` names the file and the place in it. Nothing is matched on messages.
    """

    scope: Scope
    reason: str
    until: date | None = None
    origin: str = ""


class Waivers:
    """The waivers of a run, which remembers those that were of use."""

    def __init__(self, waivers: Sequence[Waiver], today: date) -> None:
        self.expired = [one for one in waivers if one.until is not None and one.until < today]
        self._valid = [one for one in waivers if one.until is None or one.until >= today]
        self._used: set[int] = set()
        self._met: set[int] = set()

    def __bool__(self) -> bool:
        return bool(self._valid or self.expired)

    def apply(self, outcome: Outcome) -> Outcome:
        """Move what is waived from the findings of an outcome to its ``waived``."""
        self._met.update(
            index for index, one in enumerate(self._valid) if one.scope.meets(outcome.file, outcome.record)
        )
        kept: list[Finding] = []
        waived: list[Waived] = []
        for finding in outcome.findings:
            waiver = self._find(finding) if may_be_left_out(finding, outcome) else None
            if waiver is None:
                kept.append(finding)
            else:
                waived.append(Waived(finding, BY, waiver.reason))
        return outcome._replace(findings=tuple(kept), waived=outcome.waived + tuple(waived)) if waived else outcome

    def unused(self) -> list[Waiver]:
        """Return the valid waivers that fitted no finding, of those whose records or files were checked."""
        return [one for index, one in enumerate(self._valid) if index in self._met - self._used]

    def _find(self, finding: Finding) -> Waiver | None:
        first = None
        for index, waiver in enumerate(self._valid):
            if waiver.scope.covers(finding.code, finding.file, finding.record, finding.path):
                self._used.add(index)
                first = first or waiver
        return first


def by_comments(outcome: Outcome, ignores: Sequence[Ignore]) -> Outcome:
    """Move what comments in the file waive from the findings of an outcome to its ``waived``."""
    reasons = {(one.line, code): one.reason for one in ignores for code in one.codes}
    kept: list[Finding] = []
    waived: list[Waived] = []
    for finding in outcome.findings:
        reason = reasons.get((finding.line, finding.code))
        if reason is None or not may_be_left_out(finding, outcome):
            kept.append(finding)
        else:
            waived.append(Waived(finding, BY, reason))
    return outcome._replace(findings=tuple(kept), waived=tuple(waived)) if waived else outcome


def may_be_left_out(finding: Finding, outcome: Outcome) -> bool:
    """Say whether a finding may be waived: not if it says that something was not checked."""
    return not (finding.code.startswith("LNT") or (outcome.unreadable and finding.code.startswith("SRC")))
