"""The dataset of a run, read back by two other readers."""

import json

import duckdb
import jsonschema
import pyarrow.parquet
import pytest
from sample_findings import HOSTILE, PLAIN

from lint.model import Outcome, Severity, Waived
from lint.reports import About, open_report
from lint.reports.parquet import METADATA
from lint.rulebook import load_rulebook
from lint.runner import Summary
from lint.schema import load_schema

ABOUT = About("0.1.0", 80, "submission", "2024-06-30")
RECORD = Outcome(
    (), records=1, file="a.json", record="NCT09900001", title="Exampline in migraine", sponsor="Example University",
    registered="2013-05-17", sponsor_class="OTHER", study_type="INTERVENTIONAL", status="COMPLETED",
    posted="2013-05-20", has_results=True,
)  # fmt: skip


def written(path, outcomes, about=ABOUT):
    with open(path, "wb") as out:
        report = open_report("parquet", out, about)
        for outcome in outcomes:
            report.add(outcome)
        report.end(Summary())
    return path


def rows_of(path):
    return pyarrow.parquet.read_table(path).to_pylist()


def test_records_without_findings_have_rows_too(tmp_path):
    unread = Outcome((PLAIN._replace(record=""),), unreadable=True, file="b.json")
    clean, failed = rows_of(written(tmp_path / "run.parquet", [RECORD, unread]))
    assert clean == {
        "record": "NCT09900001", "file": "a.json", "is_record": True, "title": "Exampline in migraine",
        "sponsor": "Example University", "sponsor_class": "OTHER", "study_type": "INTERVENTIONAL",
        "status": "COMPLETED", "registered": "2013-05-17", "year": 2013, "posted": "2013-05-20", "has_results": True,
        "form": "", "errors": 0, "warnings": 0, "notes": 0, "waived": 0, "findings": [],
    }  # fmt: skip
    assert (failed["is_record"], failed["record"], failed["errors"], failed["year"]) == (False, "", 1, None)


def test_a_finding_is_what_the_schema_says(tmp_path):
    outcome = RECORD._replace(findings=(PLAIN,), waived=(Waived(PLAIN, "waiver", "agreed"),))
    (row,) = rows_of(written(tmp_path / "run.parquet", [outcome]))
    (found,) = row["findings"]
    found["fix"] = json.loads(found["fix"])
    schema = load_schema("findings")
    jsonschema.Draft202012Validator({**schema, **schema["$defs"]["finding"]}).validate(found)
    assert (found["code"], found["record"], found["line"], found["related"][0]["line"]) == (
        "ARM001", "NCT09900001", 3, 8
    )  # fmt: skip
    assert (row["errors"], row["waived"]) == (1, 1)


def test_control_characters_and_other_scripts_come_back_unchanged(tmp_path):
    text = "\x00\x1b[2J\u202e \u4e2d\u6587 \U0001f9ea \r\n\t\ufeff'\";"
    path = written(tmp_path / "run.parquet", [RECORD._replace(findings=(PLAIN._replace(message=text),), title=text)])
    (row,) = rows_of(path)
    assert row["findings"][0]["message"] == row["title"] == text
    assert duckdb.sql(f"select title, findings[1].message from '{path}'").fetchall() == [(text, text)]


def test_what_utf8_cannot_carry_is_written_as_an_escape(tmp_path):
    (row,) = rows_of(written(tmp_path / "run.parquet", [RECORD._replace(findings=(HOSTILE, PLAIN))]))
    assert row["findings"][0]["message"].endswith("d\\udce9")
    assert row["findings"][1]["message"] == PLAIN.message


@pytest.mark.parametrize("registered", ["", "2013-05", "2013", "May 2013", "²⁰¹³"])
def test_the_year_is_that_of_registration_where_it_is_told(tmp_path, registered):
    (row,) = rows_of(written(tmp_path / "run.parquet", [RECORD._replace(registered=registered)]))
    assert row["year"] == (2013 if registered.startswith("2013") else None)


def test_a_hundred_thousand_findings_in_groups_counted_by_another_reader(tmp_path):
    def outcomes():
        for number in range(25_000):
            record = f"NCT{number:08}"
            findings = tuple(
                PLAIN._replace(record=record, code=code, severity=Severity(1 + number % 3), line=number + 1)
                for code in ("ARM001", "ARM001", "DES002", "TXT011")
            )
            yield RECORD._replace(record=record, findings=findings)

    path = written(tmp_path / "run.parquet", outcomes())
    counted = duckdb.sql(
        "select f.code, count(*), count(distinct f.record), sum(f.line)"
        f" from (select unnest(findings) as f from '{path}') group by 1 order by 1"
    ).fetchall()
    lines = sum(range(1, 25_001))
    assert counted == [
        ("ARM001", 50_000, 25_000, 2 * lines), ("DES002", 25_000, 25_000, lines), ("TXT011", 25_000, 25_000, lines)
    ]  # fmt: skip
    file = pyarrow.parquet.ParquetFile(path)
    groups = [file.metadata.row_group(index).num_rows for index in range(file.num_row_groups)]
    assert sum(groups) == 25_000 and len(groups) > 4


def test_the_file_says_what_was_run_and_is_the_same_again(tmp_path):
    catalogue = load_rulebook(local_code=False).by_code
    about = ABOUT._replace(catalogue=catalogue, codes=("ARM001", "DES002"))
    first = written(tmp_path / "first.parquet", [RECORD], about)
    described = json.loads(pyarrow.parquet.read_schema(first).metadata[METADATA])
    assert described == {
        "dataset": 1, "version": "0.1.0", "profile": "submission", "as_of": "2024-06-30",
        "rules": {code: catalogue[code].name for code in ("ARM001", "DES002")},
    }  # fmt: skip
    assert first.read_bytes() == written(tmp_path / "again.parquet", [RECORD], about).read_bytes()
