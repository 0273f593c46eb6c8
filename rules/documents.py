"""REG023: the dates of study documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lint.api import WARNING, Context, Node, Problem, bad, good, parse_date, rule

_DOCUMENTS = "documentSection.largeDocumentModule.largeDocs"


def _has_both_dates(document: Mapping[str, Any]) -> bool:
    return "date" in document and "uploadDate" in document


def _document(dated: str, uploaded: str) -> dict[str, Any]:
    document = {"typeAbbrev": "Prot", "hasProtocol": True, "date": dated, "uploadDate": uploaded}
    return {_DOCUMENTS: [document]}


@rule(
    "REG023",
    "document-dated-after-upload",
    severity=WARNING,
    at="$.documentSection.largeDocumentModule.largeDocs[*]",
    when=_has_both_dates,
    examples=[
        bad(_document("2020-10-08", "2020-04-26T16:34"), base="results",
            path="/documentSection/largeDocumentModule/largeDocs/0/date"),
        bad(_document("2021-05", "2020-04-26"), base="results"),
        good(_document("2020-04-20", "2020-04-26T16:34"), base="results"),
        good(_document("2020-04-27", "2020-04-26T23:50"), base="results", note="a day that began elsewhere earlier"),
        good(_document("2020-04", "2020-04-26T16:34"), base="results", note="any day of the month"),
    ],
)  # fmt: skip
def document_dated_after_upload(document: Node, ctx: Context) -> Iterator[Problem]:
    """A study document bears a date later than the day on which it was uploaded.

    Why: the date tells which version of the protocol or the plan it is, and whether that was made before the results
    were known.
    What to do: enter the date that stands on the cover of the document.
    False positives: a month stands for any of its days, and one day is allowed for the differences of clocks.
    Source: ClinicalTrials.gov results data elements, Document Date,
    https://clinicaltrials.gov/policy/results-definitions#DocumentUpload
    """
    dated = document.date("date")
    uploaded = parse_date((document.get("uploadDate") or "")[:10])
    if dated is not None and uploaded is not None and (dated.date.first - uploaded.last).days > 1:
        yield dated.problem(
            f"the document is dated {dated}, but was uploaded before that, on {uploaded}",
            hint="enter the date that stands on the cover of the document",
            related=[document.child("uploadDate")],
        )
