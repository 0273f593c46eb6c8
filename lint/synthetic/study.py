"""The facts that all parts of a made-up record share."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from lint.synthetic.vocabulary import Disease

AS_OF = date(2026, 6, 30)
"""The day on which made-up records are up to date."""


class Arm(NamedTuple):
    """An arm with the one drug that it gets."""

    label: str
    type: str
    drug: str
    description: str


class Study(NamedTuple):
    """A study as it is planned or was done. ``per_arm`` participants are in each arm."""

    number: str
    own_number: str
    disease: Disease
    drug: str
    sponsor: str
    sponsor_class: str
    city: str
    state: str
    code: str
    country: str
    weeks: int
    observational: bool
    model: str
    arms: tuple[Arm, ...]
    per_arm: int
    status: str
    submitted: date
    start: date
    primary: date
    completion: date
    updated: date
    has_results: bool
    secondary: tuple[tuple[str, str], ...]
    investigator: str

    @property
    def goes_on(self) -> bool:
        return self.status in ("RECRUITING", "NOT_YET_RECRUITING", "ACTIVE_NOT_RECRUITING")

    @property
    def total(self) -> int:
        return self.per_arm * max(1, len(self.arms))
