"""Every format, from the same findings."""

import json

import jsonschema
import pytest
from sample_findings import BARE, HOSTILE, PLAIN, report

from lint.reports import BINARY, FORMATS
from lint.runner import Summary
from lint.schema import load_schema


@pytest.mark.parametrize("findings", [(), (PLAIN, BARE), (HOSTILE, PLAIN)])
def test_json_follows_its_schema(findings):
    document = json.loads(report("json", *findings))
    jsonschema.Draft202012Validator(load_schema("findings")).validate(document)
    assert document["tool"] == {
        "name": "registry-lint", "version": "0.1.0", "rules": 80, "profile": "submission", "as_of": "2024-06-30",
    }  # fmt: skip
    assert document["summary"]["findings"] == len(findings) == len(document["findings"])
    assert document["summary"]["suppressed"] == len(findings)


def test_json_says_everything_about_a_finding():
    (found,) = json.loads(report("json", PLAIN))["findings"]
    assert found["related"] == [
        {"path": "/protocolSection/armsInterventionsModule", "line": 8, "column": 1, "message": "the arms"}
    ]
    assert found["fix"] == {
        "description": "set it to NA",
        "safe": True,
        "edits": [{"path": "/protocolSection/a~1b/0", "value": "NA"}, {"path": "/x", "remove": True}],
    }
    assert (found["severity"], found["confidence"], found["end_column"]) == ("error", "high", 9)


def test_jsonl_is_a_finding_a_line():
    schema = load_schema("findings")
    one = jsonschema.Draft202012Validator({**schema, **schema["$defs"]["finding"]})
    lines = report("jsonl", PLAIN, BARE, HOSTILE).splitlines()
    assert len(lines) == 3
    for line in lines:
        one.validate(json.loads(line))
    assert json.loads(lines[0]) == json.loads(report("json", PLAIN))["findings"][0]
    assert json.loads(lines[2])["message"] == HOSTILE.message


def test_concise():
    assert report("concise", PLAIN, BARE) == (
        "records/a.json:3:5: ARM001 error 'SINGLE_GROUP' does not fit the arms\n"
        "b.json:1:1: SRC001 warning it ends too early\n"
    )


def test_full():
    text = report("full", PLAIN, BARE)
    assert text == (
        "── NCT09900001 in records/a.json\n"
        "\n"
        "records/a.json:3:5  ARM001 arm-type-conflict  error\n"
        "  'SINGLE_GROUP' does not fit the arms\n"
        '  3 |     "model": "x"\n'
        "    |     ^^^^\n"
        "    = related: records/a.json:8:1 the arms\n"
        "    = help: choose another model\n"
        "    = source: https://example.org/arm\n"
        "\n"
        "── b.json\n"
        "\n"
        "b.json:1:1  SRC001 unreadable  warning\n"
        "  it ends too early\n"
        "\n"
        "2 findings in 2 records of 2 files: 1 error, 1 warning; 2 more switched off by the configuration; "
        "1 input could not be read.\n"
        "To read why ARM001 matters and what to do: lint explain ARM001\n"
    )


def test_full_without_a_finding_says_so():
    assert report("full", summary=Summary(inputs=1, records=3)) == "No findings in 3 records of 1 file.\n"
    assert report("full", summary=Summary(inputs=1, records=3), summarise=False) == ""


def test_full_keeps_to_the_width_of_the_terminal():
    long = "word " * 60
    finding = PLAIN._replace(message=long, hint=long)
    assert max(map(len, report("full", finding, width=60).splitlines()[3:-4])) <= 60


def test_table():
    text = report("table", PLAIN, BARE)
    assert "records/a.json:3:5" in text
    assert "SRC001" in text
    assert report("table") == ""


def test_github_escapes_what_would_end_a_command():
    lines = report("github", PLAIN, BARE, HOSTILE).splitlines()
    assert lines[0] == (
        "::error file=records/a.json,line=3,endLine=3,col=5,endColumn=9,title=ARM001 arm-type-conflict"
        "::'SINGLE_GROUP' does not fit the arms (NCT09900001)%0Achoose another model"
    )
    assert lines[1] == "::warning file=b.json,line=1,endLine=2,title=SRC001 unreadable::it ends too early"
    assert lines[2].startswith("::notice file=dir%2C x/50%25%3Aé\\udce9.json,line=1,")
    assert "50%25 of a, b: c\\x0d d" in lines[2]
    assert len(lines) == 3


def test_github_names_files_from_the_top_of_the_repository(tmp_path, monkeypatch):
    (tmp_path / "sub" / "records").mkdir(parents=True)
    (tmp_path / "sub" / "records" / "a.json").touch()
    monkeypatch.chdir(tmp_path / "sub")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert report("github", PLAIN).startswith("::error file=sub/records/a.json,")


@pytest.mark.parametrize("name", sorted({*FORMATS} - BINARY - {"json", "jsonl", "sarif", "gitlab"}))
def test_nothing_in_a_record_acts_on_the_terminal(name):
    text = report(name, HOSTILE)
    assert all(character.isprintable() or character in "\r\n" for character in text)
    assert "x1b" in text and "u202e" in text


def test_colour_changes_nothing_else():
    import re

    coloured = report("full", PLAIN, BARE, colour=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == report("full", PLAIN, BARE)
    assert coloured != report("full", PLAIN, BARE)
