"""Facts of a study that many rules ask for: its type, its status, when it began."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from lint.api import Context, PartialDate, parse_date

FINAL_RULE = date(2017, 1, 18)
"""Effective date of the Final Rule (42 CFR Part 11), by study start."""

DATA_SHARING = date(2019, 1, 1)
"""Trials that begin enrolment from this day on need a data-sharing plan (ICMJE)."""

ONGOING = frozenset(
    {"RECRUITING", "NOT_YET_RECRUITING", "ENROLLING_BY_INVITATION", "ACTIVE_NOT_RECRUITING", "SUSPENDED"}
)
STOPPED = frozenset({"SUSPENDED", "TERMINATED", "WITHDRAWN"})
ENDED = frozenset({"COMPLETED", "TERMINATED", "WITHDRAWN"})


class Facts(NamedTuple):
    """``began`` is the study start, else the first submission: what effective dates refer to."""

    study_type: str
    status: str
    began: PartialDate | None

    @property
    def interventional(self) -> bool:
        return self.study_type == "INTERVENTIONAL"

    @property
    def observational(self) -> bool:
        return self.study_type == "OBSERVATIONAL"

    @property
    def withheld(self) -> bool:
        return self.status == "WITHHELD"

    def began_on_or_after(self, day: date) -> bool:
        """Say whether the study certainly began on or after a day."""
        return self.began is not None and self.began.first >= day


def study_facts(ctx: Context) -> Facts:
    """Read the facts of the record; use it as ``ctx.memo(study_facts)``."""
    protocol = ctx.record.get("protocolSection") or {}
    design = protocol.get("designModule") or {}
    status = protocol.get("statusModule") or {}
    start = status.get("startDateStruct") or {}
    return Facts(
        design.get("studyType") or "",
        status.get("overallStatus") or "",
        parse_date(start.get("date") or "") or parse_date(status.get("studyFirstSubmitDate") or ""),
    )


def both_titles(ctx: Context) -> str:
    """Return the brief and the official title in one text."""
    module = ctx.get("identificationModule") or {}
    return " ".join(module.get(name) or "" for name in ("briefTitle", "officialTitle"))
