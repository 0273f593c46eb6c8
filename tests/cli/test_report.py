"""A run as a dataset, and what ``lint report`` tells of one."""

import json
import os
import signal
import subprocess
import sys
import time
from glob import glob
from pathlib import Path
from xml.etree import ElementTree

import pyarrow.parquet
import pytest
from sample_findings import PLAIN

from lint.model import Outcome, Rule, Severity
from lint.reports import About, open_report
from lint.reports.parquet import METADATA
from lint.runner import Summary


def rows_of(path):
    return pyarrow.parquet.read_table(path).to_pylist()


def test_a_run_writes_all_records(records, lint):
    done = lint("run", "records", "--format", "parquet:run.parquet")
    assert (done.code, done.out) == (1, "")
    bad, good = sorted(rows_of("run.parquet"), key=lambda row: row["file"])
    assert {found["code"] for found in bad["findings"]} >= {"ARM001", "DES002"}
    assert good["findings"] == [] and good["is_record"] and good["sponsor_class"] and good["study_type"]


@pytest.mark.parametrize("seconds", [0, 1], ids=["while-it-opens", "while-it-waits-for-input"])
def test_an_interrupted_run_leaves_nothing_behind(records, seconds):
    command = [sys.executable, "-m", "lint", "run", "-", "--format", "parquet:run.parquet"]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=env, text=True) as program:
        deadline = time.monotonic() + 60
        while not glob("run.parquet.*") and time.monotonic() < deadline:
            time.sleep(0.01)
        assert glob("run.parquet.*")
        time.sleep(seconds)
        program.send_signal(signal.SIGINT)
        _, said = program.communicate()
    assert (program.returncode, said) == (130, "lint: interrupted\n")
    assert glob("*") == ["records"]


def test_it_cannot_be_printed(records, lint):
    done = lint("run", "records", "--format", "parquet")
    assert (done.code, done.err) == (2, "lint: parquet cannot be printed (write --format parquet:findings.parquet)\n")


@pytest.fixture
def dataset(folder):
    """Six records and an input that could not be read; ARM001 twice in one record, XRC001 beside the records."""
    kinds = [("2004-01-02", "NIH"), ("2010-05", "INDUSTRY"), ("2010-06-01", "INDUSTRY"), ("2018-01-01", "INDUSTRY"),
             ("2018-03-01", "OTHER"), ("", "OTHER")]  # fmt: skip
    hits = [("ARM001", "ARM001"), ("ARM001", "DES002"), (), ("DES002",), (), ("ARM001",)]
    outcomes = []
    for number, ((registered, sponsor_class), codes) in enumerate(zip(kinds, hits)):
        record = f"NCT0000000{number}"
        found = tuple(PLAIN._replace(code=code, record=record, file="all.jsonl") for code in codes)
        outcomes.append(
            Outcome(found, 1, file="all.jsonl", record=record, registered=registered, sponsor_class=sponsor_class)
        )
    beside = PLAIN._replace(code="XRC001", record="NCT00000002", file="all.jsonl", severity=Severity.NOTE)
    outcomes += [
        Outcome((beside,)),
        Outcome((PLAIN._replace(record="", file="x.json"),), unreadable=True, file="x.json"),
    ]
    rules = {
        code: Rule(code, f"{code.lower()}-name", Severity.ERROR) for code in ("ARM001", "DES002", "TXT011", "XRC001")
    }
    with open("run.parquet", "wb") as out:
        report = open_report(
            "parquet", out, About("0.1.0", 4, "audit", "2024-06-30", catalogue=rules, codes=tuple(rules))
        )
        for outcome in outcomes:
            report.add(outcome)
        report.end(Summary())
    return "run.parquet"


def counts(done):
    """Of each row: what it is about, its findings, its records with one, its records."""
    assert done.code == 0, done.err
    document = json.loads(done.out)
    names = [name.replace("-", "_") for name in document["by"]]
    return [
        (*(row[name] for name in names), row["findings"], row["records_with"], row.get("records"))
        for row in document["rows"]
    ]


def test_records_are_counted_once_for_each_rule(dataset, lint):
    assert counts(lint("report", dataset, "--format", "json")) == [
        ("ARM001", 4, 3, 6), ("DES002", 2, 2, 6), ("XRC001", 1, 1, 6)
    ]  # fmt: skip


def test_groups_have_denominators_of_their_own_and_empty_cells(dataset, lint):
    assert counts(lint("report", dataset, "--by", "period,rule", "--rule", "arm001,DES", "--format", "json")) == [
        ("before 2005", "ARM001", 2, 1, 1), ("before 2005", "DES002", 0, 0, 1),
        ("from 2005 to 2016", "ARM001", 1, 1, 2), ("from 2005 to 2016", "DES002", 1, 1, 2),
        ("since 2017", "ARM001", 0, 0, 2), ("since 2017", "DES002", 1, 1, 2),
        ("(not given)", "ARM001", 1, 1, 1), ("(not given)", "DES002", 0, 0, 1),
    ]  # fmt: skip


def test_a_finding_beside_the_records_counts_for_the_record_that_it_names(dataset, lint):
    rows = counts(lint("report", dataset, "--by", "sponsor-class", "--format", "json"))
    assert rows == [("INDUSTRY", 4, 3, 3), ("NIH", 2, 1, 1), ("OTHER", 1, 1, 2)]
    assert counts(lint("report", dataset, "--by", "severity", "--format", "json")) == [
        ("error", 6, 4, 6), ("note", 1, 1, 6)
    ]  # fmt: skip


def test_rules_that_found_nothing_are_shown_when_they_are_asked_for(dataset, lint):
    assert counts(lint("report", dataset, "--rule", "txt011-name", "--format", "json")) == [("TXT011", 0, 0, 6)]


def test_records_can_be_chosen(dataset, lint):
    where = ("--where", "year=2010..2018", "--where", "sponsor-class=industry")
    assert counts(lint("report", dataset, *where, "--top", "1", "--format", "json")) == [("DES002", 2, 2, 3)]


def test_a_table_says_what_its_shares_are_of(dataset, lint):
    done = lint("report", dataset, "--rule", "ARM001")
    assert (
        done.out.splitlines()[2] == "ARM001  arm001-name           4               3          6    50.0%  18.8%   81.2%"
    )
    assert done.out.endswith(
        "(Wilson); 6 records, profile audit, as of 2024-06-30. 1 input could not be read and is not counted.\n"
    )
    assert lint("report", dataset, "--rule", "ARM001", "--format", "csv").out.splitlines() == [
        "rule,name,findings,records_with,records,share,low,high", "ARM001,arm001-name,4,3,6,0.5,0.187616,0.812384"
    ]  # fmt: skip
    assert "| ARM001 | arm001-name |" in lint("report", dataset, "--format", "markdown").out
    assert "<td>ARM001" in lint("report", dataset, "--format", "html").out


def test_findings_alone_are_counted_without_shares(records, lint):
    lint("run", "records", "--format", "jsonl:run.jsonl")
    ((rule, findings, hit, total),) = counts(lint("report", "run.jsonl", "--rule", "ARM001", "--format", "json"))
    assert (rule, findings, hit, total) == ("ARM001", 1, 1, None)
    assert "how many records were checked is unknown" in lint("report", "run.jsonl").out
    assert lint("report", "run.jsonl", "--by", "year").code == 2
    assert lint("report", "run.jsonl", "--plot", "a.png").code == 2


@pytest.mark.parametrize("name", ["a.png", "a.svg", "a.html"])
@pytest.mark.parametrize("by", ["rule", "year", "rule,sponsor-class", "period,rule,sponsor-class", "year,rule"])
def test_pictures_are_the_same_again(dataset, lint, name, by):
    first, again = ((lint("report", dataset, "--by", by, "--plot", name).code, Path(name).read_bytes()) for _ in "12")
    assert first == again and first[0] == 0
    assert first[1].startswith({"a.png": b"\x89PNG", "a.svg": b"<?xml", "a.html": b"<!DOCTYPE html>"}[name])
    if name == "a.svg":
        told = "".join(ElementTree.fromstring(first[1]).itertext())
        assert "6 records" in told and ("arm001-name" in told) == ("rule" in by)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["none.parquet"], "'none.parquet' cannot be read"),
        (["run.parquet", "--by", "rull"], "'rull' is nothing to group by (did you mean 'rule'?)"),
        (["run.parquet", "--by", ","], "--by names no group"),
        (["run.parquet", "--rule", "ARM002"], "the dataset knows no rule 'ARM002' (did you mean 'arm001'?)"),
        (["run.parquet", "--where", "year"], "'year' does not say which records"),
        (["run.parquet", "--where", "year=2010..9"], "'2010..9' is no stretch of years"),
        (["run.parquet", "--where", "year=1950"], "holds no record that fits"),
        (["run.parquet", "--plot", "a.gif"], "'a.gif' is no kind of picture"),
        (["run.parquet", "--by", "rule,year,status,results", "--plot", "a.png"], "a picture can show three groups"),
    ],
)
def test_what_cannot_be_told_is_said_in_a_line(dataset, lint, args, said):
    done = lint("report", *args)
    assert done.code == 2 and said in done.err and done.err.count("\n") == 1


def test_damaged_and_foreign_files_are_said_in_a_line(dataset, lint):
    whole = Path(dataset).read_bytes()
    Path("cut.parquet").write_bytes(whole[: len(whole) // 2])
    Path("zeros.parquet").write_bytes(whole[:4] + bytes(300) + whole[304:])
    Path("empty.parquet").touch()
    Path("text.jsonl").write_text('{"a": 1}\n')
    pyarrow.parquet.write_table(pyarrow.table({"a": [1]}), "foreign.parquet")
    said = {"dataset": 99, "version": "9.9"}
    later = pyarrow.table({"a": [1]}).replace_schema_metadata({METADATA: json.dumps(said)})
    pyarrow.parquet.write_table(later, "later.parquet")
    for name, words in {
        "cut.parquet": "is damaged", "zeros.parquet": "is damaged", "empty.parquet": "is empty",
        "text.jsonl": "line 1 of 'text.jsonl' is not a finding", "foreign.parquet": "was not written by lint",
        "later.parquet": "is version 99 of the dataset",
    }.items():  # fmt: skip
        done = lint("report", name)
        assert done.code == 2 and words in done.err and done.err.count("\n") == 1, done.err


def test_a_run_without_records_gives_a_dataset_without_shares(folder, lint):
    Path("broken.json").write_text("{")
    assert lint("run", "broken.json", "--format", "parquet:run.parquet").code == 2
    done = lint("report", "run.parquet")
    assert done.code == 2 and "holds no record" in done.err
