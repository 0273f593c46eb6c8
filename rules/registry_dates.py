"""DAT020: dates that the registry sets itself."""

from __future__ import annotations

from collections.abc import Iterator

from lint.api import ERROR, EVERY, NOTE, Context, Node, Problem, bad, good, rule

_STATUS = "$.protocolSection.statusModule"
_PATH = "/protocolSection/statusModule/"

_DATED_ANEW = 2007
_SUBMISSIONS = (
    ("first submission", "studyFirstSubmitDate", "first posting", "studyFirstPostDateStruct"),
    ("first submission", "studyFirstSubmitDate", "last update", "lastUpdateSubmitDate"),
    ("first submission", "studyFirstSubmitDate", "first submission of results", "resultsFirstSubmitDate"),
    ("last update", "lastUpdateSubmitDate", "posting of the last update", "lastUpdatePostDateStruct"),
    ("first submission of results", "resultsFirstSubmitDate", "first posting of results", "resultsFirstPostDateStruct"),
)


def _text(value: str | dict[str, str]) -> str:
    return value if isinstance(value, str) else value.get("date") or ""


@rule(
    "DAT020",
    "administrative-date-order",
    severity=ERROR,
    profiles=EVERY,
    at=_STATUS,
    examples=[
        bad({"statusModule.studyFirstPostDateStruct.date": "2023-01-02"},
            path=_PATH + "studyFirstPostDateStruct/date"),
        bad({"statusModule.lastUpdateSubmitDate": "2022-12-24"}),
        bad({"statusModule.studyFirstPostDateStruct.date": "1999-11-04",
             "statusModule.studyFirstSubmitDate": "2006-07-12"}, note="a note for old records"),
        good(),
        good({"statusModule.studyFirstPostDateStruct": {"date": "2023-01-10", "type": "ESTIMATED"}}),
        good({"statusModule.studyFirstSubmitQcDate": "2023-01-09"}, note="quality control of old records"),
    ],
)  # fmt: skip
def administrative_date_order(status: Node, ctx: Context) -> Iterator[Problem]:
    """The registry's own dates are out of order: something was posted before it was submitted.

    Why: these dates are set by the registry in this order; another order means that the record was changed elsewhere.
    What to do: download the record again; if the registry itself shows these dates, ask it to correct them, for they
    cannot be edited.
    False positives: the date of quality control lies a day before the submission in some old records and is not
    looked at. Until 2007 the registry dated the first submission of some records anew: then it is a note.
    Source: study data structure, https://clinicaltrials.gov/data-api/about-api/study-data-structure
    """
    given = status.value
    for name, field, later_name, later_field in _SUBMISSIONS:
        first = given.get(field)
        second = given.get(later_field)
        if first is None or second is None or _text(second) >= first:
            continue
        node, later = status.date(field), status.date(later_field)
        if node is not None and later is not None and later.certainly_before(node):
            yield later.problem(
                f"the {later_name} ({later}) lies before the {name} ({node})",
                hint="download the record again; if the registry shows these dates too, ask it to correct them",
                related=[node],
                severity=NOTE if node.date.last.year <= _DATED_ANEW else None,
            )
