"""DAT002: actual dates that lack the day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lint.api import WARNING, Context, Node, Problem, bad, good, rule
from lint.rules.readers.facts import FINAL_RULE
from lint.rules.readers.timeline import timeline

_STATUS = "$.protocolSection.statusModule"
_S = "statusModule."
_STRUCTS = ("startDateStruct", "primaryCompletionDateStruct", "completionDateStruct")
_MONTH = len("2019-03")


def _actual_month(status: Mapping[str, Any]) -> bool:
    for name in _STRUCTS:
        struct = status.get(name)
        if struct and struct.get("type") == "ACTUAL" and len(struct.get("date") or "") == _MONTH:
            return True
    return False


@rule(
    "DAT002",
    "actual-date-without-day",
    severity=WARNING,
    at=_STATUS,
    when=_actual_month,
    examples=[
        bad({_S + "startDateStruct": {"date": "2019-03", "type": "ACTUAL"}},
            path="/protocolSection/statusModule/startDateStruct/date"),
        bad({_S + "primaryCompletionDateStruct": {"date": "2024-03", "type": "ACTUAL"}},
            path="/protocolSection/statusModule/primaryCompletionDateStruct/date"),
        good(),
        good({_S + "startDateStruct": {"date": "2019-03-08", "type": "ACTUAL"}}),
        good({_S + "startDateStruct": {"date": "2013-03", "type": "ACTUAL"},
              _S + "primaryCompletionDateStruct": {"date": "2018-05", "type": "ACTUAL"}}, note="began before 2017"),
        good({_S + "startDateStruct": {"date": "2017-01", "type": "ACTUAL"}}, note="may be before 18 January 2017"),
        good({_S + "startDateStruct": {"date": "2027-03", "type": "ESTIMATED"}}, note="estimates may be months"),
    ],
)  # fmt: skip
def actual_date_without_day(status: Node, ctx: Context) -> Iterator[Problem]:
    """An actual date has a month, but no day.

    Why: the day is known, and deadlines (registration within 21 days, results within a year) are counted in days.
    What to do: add the day.
    False positives: asked of studies that began on or after 18 January 2017 only; what began in that month without a
    day, and what has no start date, is left alone. Months without a day are never padded.
    Source: PRS protocol definitions, Study Start Date, https://clinicaltrials.gov/policy/protocol-definitions#StartDate
    """
    dates = ctx.memo(timeline)
    if dates.start is None or dates.start.date.first < FINAL_RULE:
        return
    for name, node in dates.planned():
        if node.type == "ACTUAL" and len(node.date.text) == _MONTH:
            yield node.problem(
                f"the {name} date {node} is called ACTUAL, but has no day",
                hint="add the day: YYYY-MM-DD",
            )
