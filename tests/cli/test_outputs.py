import json
from pathlib import Path

import pytest

ALL = ("concise", "table", "json", "jsonl", "sarif", "gitlab", "junit", "checkstyle", "markdown", "csv", "xlsx", "html",
       "parquet")  # fmt: skip
CODES = ("--select", "ARM001,DES002")


def to_files(names):
    return [word for name in names for word in ("--format", f"{name}:reports/out.{name}.json")]


def test_every_format_is_written_beside_what_is_printed(records, lint):
    (records / "reports").mkdir()
    done = lint("run", "records", *CODES, "--format", "full", *to_files(ALL))
    assert done.code == 1
    assert "arm-type-conflict-single-group" in done.out
    assert sorted(path.name for path in Path("reports").iterdir()) == sorted(f"out.{name}.json" for name in ALL)
    alone = lint("run", "records", *CODES, "--format", "json")
    assert Path("reports/out.json.json").read_text("utf-8") == alone.out


def test_reports_in_the_folder_that_is_checked_are_not_taken_for_records(records, lint):
    (records / "reports").mkdir()
    command = ("run", ".", *CODES, "--format", "full", *to_files(ALL))
    first = lint(*command)
    again = lint(*command)
    assert (again.code, again.out, again.err) == (first.code, first.out, first.err)
    assert "2 findings in 2 records of 2 files: 2 errors.\n" in first.out
    assert json.loads(Path("reports/out.json.json").read_text("utf-8"))["summary"]["inputs"] == 2


def test_the_closing_word_on_profiles_is_about_the_records_alone(records, lint):
    only = lint("run", "records", "--format", "full")
    beside = lint("run", "records", "--format", "full", "--format", "gitlab:records/found.json")
    assert beside.out == only.out


@pytest.mark.parametrize("path", ["records/bad.json", "./records/../records/bad.json"])
def test_a_record_that_is_checked_is_not_written_over(records, lint, path):
    before = Path("records/bad.json").read_bytes()
    for target in (("--format", f"csv:{path}"), ("-f", "json", "-o", path)):
        done = lint("run", "records/bad.json", *target)
        assert (done.code, done.out) == (2, "")
        assert (
            done.err
            == f"lint: '{path}' is to be checked and would be written over (name another file for the report)\n"
        )
    assert Path("records/bad.json").read_bytes() == before


def test_two_reports_cannot_go_to_one_place(records, lint):
    for words in (("csv:out", "--format", "json:out"), ("csv", "--format", "json"), ("xlsx",)):
        done = lint("run", "records", "--format", *words)
        assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert not Path("out").exists()
