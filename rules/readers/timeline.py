"""The dates of a study in one place: when it began, ended, was entered and last touched."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from lint.api import Context, DateNode, days_later, months_later, parse_date, value_at

REGISTRATION_LAW = date(2007, 12, 26)
"""From this day U.S. law (FDAAA 801) asked for registration; earlier records were often brief."""

UPDATE_DAYS = 30
"""Changes of status and of completion dates are due within 30 days (42 CFR 11.64)."""


class Timeline(NamedTuple):
    """Each is None where the record has no such date. ``touched`` is the last update, submitted or posted."""

    start: DateNode | None
    primary_completion: DateNode | None
    completion: DateNode | None
    registered: DateNode | None
    verified: DateNode | None
    touched: DateNode | None

    def planned(self) -> list[tuple[str, DateNode]]:
        """Return the dates that the sponsor enters, in the order in which they must follow."""
        return [(name, node) for name, node in zip(_PLANNED, self) if node is not None]


_PLANNED = ("start", "primary completion", "completion")
"""The names of the first members of a timeline."""

_STATUS = ("protocolSection", "statusModule")
_START = (*_STATUS, "startDateStruct", "date")
_PRIMARY = (*_STATUS, "primaryCompletionDateStruct", "date")
_COMPLETION = (*_STATUS, "completionDateStruct", "date")
_REGISTERED = (*_STATUS, "studyFirstSubmitDate")
_VERIFIED = (*_STATUS, "statusVerifiedDate")
_UPDATED = (*_STATUS, "lastUpdateSubmitDate")
_UPDATE_POSTED = (*_STATUS, "lastUpdatePostDateStruct", "date")


def timeline(ctx: Context) -> Timeline:
    """Read the dates of the record; use it as ``ctx.memo(timeline)``."""
    status = value_at(ctx.record, _STATUS) or {}
    return Timeline(
        _struct(status, _START),
        _struct(status, _PRIMARY),
        _struct(status, _COMPLETION),
        _plain(status, _REGISTERED),
        _plain(status, _VERIFIED),
        _plain(status, _UPDATED) or _struct(status, _UPDATE_POSTED),
    )


def _struct(status: dict[str, Any], path: tuple[str, ...]) -> DateNode | None:
    value = status.get(path[-2])
    parsed = parse_date(value.get("date") or "") if value else None
    return DateNode(parsed, value.get("type") or "", path) if value and parsed else None


def _plain(status: dict[str, Any], path: tuple[str, ...]) -> DateNode | None:
    text = status.get(path[-1])
    parsed = parse_date(text) if text else None
    return DateNode(parsed, "", path) if parsed else None


def overdue(node: DateNode | None, ctx: Context) -> bool:
    """Say whether a date certainly passed longer ago than an update may take."""
    return node is not None and ctx.past(days_later(node.date.last, UPDATE_DAYS))


def past_completion(ctx: Context) -> bool:
    """Say whether the study is over by its own dates: all completion dates that it has passed a while ago."""
    dates = ctx.memo(timeline)
    primary = dates.primary_completion
    return overdue(dates.completion, ctx) and (primary is None or overdue(primary, ctx))


def shown_date(node: DateNode) -> str:
    """Write a date with its type: ``2014-01 (estimated)``."""
    return f"{node} ({node.type.lower()})" if node.type else str(node)


def a_year_after(day: date) -> date:
    """Return the same day of the next year; the end of February stays the end of February."""
    tomorrow = days_later(day, 1)
    return days_later(months_later(tomorrow, 12), -1) if tomorrow.day == 1 else months_later(day, 12)
