"""Formats for other programs, read back by those programs' own readers."""

import csv
import io
import json
import ntpath
import os
import tracemalloc
from contextlib import AbstractContextManager, ExitStack
from xml.etree import ElementTree

import openpyxl
import pytest
from junitparser import Error, Failure, JUnitXml
from sample_findings import BARE, HOSTILE, PLAIN, report
from sarif_pydantic import Sarif

from lint.model import Outcome, Waived
from lint.reports import FORMATS, About, open_report
from lint.reports.sarif import uri_of
from lint.rulebook import load_rulebook
from lint.runner import Summary

ALL = (PLAIN, BARE, HOSTILE)


def sarif(*findings, **about):
    text = report("sarif", *findings, **about)
    Sarif.model_validate_json(text)
    return json.loads(text)["runs"][0]


def test_sarif_says_where_by_line_and_by_pointer():
    run = sarif(*ALL)
    assert run["columnKind"] == "unicodeCodePoints"
    first = run["results"][0]
    (place,) = first["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "records/a.json"
    assert place["physicalLocation"]["region"] == {
        "startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9, "snippet": {"text": '"mod'},
    }  # fmt: skip
    assert place["logicalLocations"][0]["fullyQualifiedName"] == "NCT09900001#/protocolSection/designModule"
    assert first["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 8
    assert first["partialFingerprints"] == {"registryLint/v1": "0123"}
    assert first["properties"]["fix"]["edits"][1] == {"path": "/x", "remove": True}
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]


def test_sarif_describes_each_rule_once_and_tells_what_was_unreadable():
    catalogue = load_rulebook().by_code
    run = sarif(PLAIN, PLAIN, BARE, catalogue=catalogue)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["ARM001", "SRC001"]
    assert [result["ruleIndex"] for result in run["results"]] == [0, 0, 1]
    assert "**What to do.**" in rules[0]["help"]["markdown"]
    assert rules[0]["helpUri"].startswith("https://")
    assert run["invocations"][0]["executionSuccessful"] is False
    assert [notice["associatedRule"]["id"] for notice in run["invocations"][0]["toolExecutionNotifications"]] == [
        "SRC001"
    ]


def test_sarif_keeps_what_was_waived():
    from lint.reports import About
    from lint.reports.sarif import Report

    out = io.StringIO()
    opened = Report(out, About("0.1.0", 80, "submission", "2024-06-30"))
    opened.add(Outcome((), 1, waived=(Waived(PLAIN, "waiver", "as agreed"), Waived(BARE, "baseline"))))
    opened.end(Summary(1, 1))
    Sarif.model_validate_json(out.getvalue())
    results = json.loads(out.getvalue())["runs"][0]["results"]
    assert [one["suppressions"][0]["justification"] for one in results] == ["as agreed", "baseline"]


def test_uris_are_relative_below_the_folder_and_absolute_elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert uri_of("a b/é#1.json") == "a%20b/%C3%A9%231.json"
    assert uri_of(os.path.join(tmp_path, "x.json")) == "x.json"
    assert uri_of("/elsewhere/x y.json") == "file:///elsewhere/x%20y.json"


def test_paths_of_windows_have_forward_slashes(monkeypatch):
    monkeypatch.setattr(os, "sep", "\\")
    monkeypatch.setattr(os, "path", ntpath)
    monkeypatch.setattr(os, "getcwd", lambda: "C:\\work")
    assert uri_of("records\\a b.json") == "records/a%20b.json"
    assert uri_of("C:\\work\\a.json") == "a.json"
    assert uri_of("D:\\x\\a.json") == "file:///D%3A/x/a.json"


def test_gitlab_has_what_the_merge_request_shows():
    issues = json.loads(report("gitlab", *ALL))
    assert [issue["severity"] for issue in issues] == ["major", "minor", "info"]
    assert issues[0]["location"] == {
        "path": "records/a.json",
        "positions": {"begin": {"line": 3, "column": 5}, "end": {"line": 3, "column": 9}},
    }
    assert {*issues[0]} == {"description", "check_name", "fingerprint", "severity", "location"}
    moved = json.loads(report("gitlab", PLAIN._replace(file="records/b.json")))
    assert moved[0]["fingerprint"] != issues[0]["fingerprint"]
    assert json.loads(report("gitlab")) == []


def test_junit_fails_a_record_by_its_errors_and_warnings_only():
    suites = JUnitXml.fromstring(report("junit", *ALL).encode())
    assert (suites.tests, suites.failures, suites.errors) == (3, 1, 1)
    (suite,) = suites
    plain, bare, hostile = suite
    assert (plain.name, plain.classname) == ("NCT09900001", "records/a.json")
    assert isinstance(plain.result[0], Failure) and plain.result[0].message == "ARM001"
    assert isinstance(bare.result[0], Error)
    assert "TXT001" in hostile.system_out


def test_checkstyle_groups_findings_by_file():
    root = ElementTree.fromstring(report("checkstyle", PLAIN, PLAIN, BARE, HOSTILE))
    assert [(file.get("name"), len(file)) for file in root] == [
        ("records/a.json", 2), ("b.json", 1), ("dir, x/50%:é\\udce9.json", 1),
    ]  # fmt: skip
    assert [file[0].get("severity") for file in root] == ["error", "warning", "info"]
    assert "choose another model" in root[0][0].get("message")


def test_csv_has_a_row_for_each_finding_and_no_formula():
    formula = PLAIN._replace(message="=1+1", hint="@x")
    rows = list(csv.DictReader(io.StringIO(report("csv", formula, HOSTILE), newline="")))
    assert (rows[0]["record"], rows[0]["line"], rows[0]["rule"]) == ("NCT09900001", "3", "ARM001")
    assert (rows[0]["message"], rows[0]["hint"]) == ("'=1+1", "'@x")
    assert len(rows) == 2


def test_xlsx_has_the_findings_and_counts_them_by_rule():
    book = openpyxl.load_workbook(io.BytesIO(report("xlsx", PLAIN._replace(message="=1+1"), *ALL)))
    rows = list(book["findings"].values)
    assert rows[0][:5] == ("record", "file", "line", "column", "rule")
    assert rows[1][2:5] == (3, 5, "ARM001")
    assert rows[1][9] == "=1+1" and book["findings"]["J2"].data_type == "s"
    assert list(book["rules"].values)[1:] == [("ARM001", None, 2), ("SRC001", None, 1), ("TXT001", None, 1)]


def test_markdown_keeps_every_cell_in_its_place():
    nasty = PLAIN._replace(message="a | b <script> [x](y) *z* `q`\n# h")
    rows = [line for line in report("markdown", nasty).splitlines() if line.startswith("| records")]
    assert len(rows) == 1
    assert rows[0].replace("\\|", "").count("|") == 6
    assert "<script>" not in rows[0]


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "table"])
def test_a_hundred_thousand_findings_are_written(name):
    """Reports take 100,000 findings without growing beyond their number."""
    from lint.reports import BINARY, About, open_report

    out = io.BytesIO() if name in BINARY else io.StringIO()
    opened = open_report(name, out, About("0.1.0", 80, "submission", "2024-06-30", summarise=False))
    summary = Summary(inputs=1)
    outcome = Outcome((PLAIN,) * 100, records=1, file=PLAIN.file, record=PLAIN.record)
    for _ in range(1000):
        summary.add(outcome)
        opened.add(outcome)
    opened.end(summary)
    assert len(out.getvalue()) > 30_000


@pytest.mark.parametrize("name", ["jsonl", "sarif", "gitlab", "junit", "checkstyle", "csv", "html"])
def test_memory_does_not_grow_with_the_findings(name, tmp_path):
    def most_memory(findings):
        tracemalloc.start()
        try:
            with open(tmp_path / "out", "w", encoding="utf-8") as out, ExitStack() as stack:
                opened = open_report(name, out, About("0.1.0", 80, "strict", "2024-06-30"))
                if isinstance(opened, AbstractContextManager):
                    stack.enter_context(opened)
                summary = Summary()
                for number in range(findings):
                    finding = PLAIN._replace(message=f"{number} is odd " + "x" * 500)
                    outcome = Outcome((finding,), records=1, file=finding.file, record=finding.record)
                    summary.add(outcome)
                    opened.add(outcome)
                opened.end(summary)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    most_memory(100)
    assert most_memory(6_000) - most_memory(1_000) < 5_000 * 400
