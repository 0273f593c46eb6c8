"""Findings of every kind, and a report of some in a format."""

import io

from lint.model import Confidence, Edit, Finding, Fix, Outcome, RelatedPlace, Severity
from lint.reports import BINARY, About, open_report
from lint.runner import Summary

PLAIN = Finding(
    "ARM001", "arm-type-conflict", Severity.ERROR, Confidence.HIGH, "'SINGLE_GROUP' does not fit the arms",
    "choose another model", "NCT09900001", "records/a.json", 3, 5, 3, 9, "/protocolSection/designModule",
    related=(RelatedPlace("/protocolSection/armsInterventionsModule", 8, 1, "the arms"),),
    fix=Fix("set it to NA", (Edit(("protocolSection", "a/b", 0), "NA"), Edit(("x",), remove=True)), safe=True),
    fingerprint="0123", url="https://example.org/arm", excerpt='    "model": "x"',
)  # fmt: skip
BARE = Finding(
    "SRC001", "unreadable", Severity.WARNING, Confidence.LOW, "it ends too early", "", "", "b.json",
    1, 1, 2, 4, "", excerpt=None,
)  # fmt: skip
HOSTILE = Finding(
    "TXT001", "odd-text", Severity.NOTE, Confidence.MEDIUM, "'\x1b[2J\u202e' 50% of a, b: c\r\nd\udce9", "see\nbelow",
    "N\x07", "dir, x/50%:é\udce9.json", 1, 2, 1, 3, "/a", excerpt="\tx\x1b[31m",
)  # fmt: skip


def report(name, *findings, summary=None, **about):
    out = io.BytesIO() if name in BINARY else io.StringIO()
    total = summary or Summary(inputs=2)
    opened = open_report(name, out, About("0.1.0", 80, "submission", "2024-06-30", **about))
    for finding in findings:
        unreadable = finding.code == "SRC001"
        outcome = Outcome(
            (finding,), records=1, suppressed=1, unreadable=unreadable, file=finding.file, record=finding.record
        )
        total.add(outcome)
        opened.add(outcome)
    opened.end(total)
    return out.getvalue()
