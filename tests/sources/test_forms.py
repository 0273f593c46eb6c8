"""Every form that records come in gives the same records."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint.errors import UsageError
from lint.model import Failure, Record
from lint.sources import read

CORE = (
    "statusModule",
    "sponsorCollaboratorsModule",
    "descriptionModule",
    "conditionsModule",
    "designModule",
    "eligibilityModule",
)


def study(number: int) -> dict:
    modules = {name: {} for name in CORE}
    modules["statusModule"]["statusVerifiedDate"] = "2024-05"
    modules["designModule"]["studyType"] = "OBSERVATIONAL"
    identification = {"nctId": f"NCT{number:08}", "briefTitle": "Für 你 😀", "orgStudyIdInfo": {"id": "EX-1"}}
    return {"protocolSection": {"identificationModule": identification, **modules}}


TWO = [study(1), study(2)]
YAML = """\
protocolSection:
  identificationModule: {{nctId: NCT{:08}, briefTitle: "Für 你 😀", orgStudyIdInfo: {{id: EX-1}}}}
  statusModule: {{statusVerifiedDate: 2024-05}}
  sponsorCollaboratorsModule: {{}}
  descriptionModule: {{}}
  conditionsModule: {{}}
  designModule: {{studyType: OBSERVATIONAL}}
  eligibilityModule: {{}}
"""
FORMS_OF_TWO = {
    "array": json.dumps(TWO),
    "array, one record a line": "[\n" + ",\n".join(map(json.dumps, TWO)) + "\n]",
    "array, indented": json.dumps(TWO, indent=2, ensure_ascii=False),
    "page": json.dumps({"totalCount": 2, "studies": TWO, "nextPageToken": "x"}),
    "page, one record a line": '{"studies": [\n' + ",\n".join(map(json.dumps, TWO)) + "\n]}",
    "page, list last": json.dumps({"nextPageToken": None, "studies": TWO}, indent=1),
    "lines": "\n".join(map(json.dumps, TWO)),
    "lines, Windows line ends and blank lines": "\r\n\r\n".join(map(json.dumps, TWO)) + "\r\n",
    "indented documents in a row": "\n".join(json.dumps(record, indent=2) for record in TWO),
    "YAML documents": "---\n".join(YAML.format(number) for number in (1, 2)),
    "YAML list": "".join("- " + YAML.format(number).replace("\n", "\n  ").rstrip() + "\n" for number in (1, 2)),
}


def data_of(items: list[Record | Failure]) -> list[dict]:
    assert all(isinstance(item, Record) for item in items), items
    return [item.data for item in items if isinstance(item, Record)]


@pytest.mark.parametrize("text", FORMS_OF_TWO.values(), ids=FORMS_OF_TWO)
@pytest.mark.parametrize("packed", [False, True])
def test_two_records_in_any_form(read_bytes, text, packed):
    content = gzip.compress(text.encode()) if packed else text.encode()
    records = read_bytes(content)
    assert data_of(records) == TWO
    assert [record.number for record in records] == [0, 1]
    assert not any(record.problems for record in records)


@pytest.mark.parametrize("text", [json.dumps(study(1)), json.dumps(study(1), indent=4), YAML.format(1)])
def test_one_record(read_bytes, text):
    assert data_of(read_bytes(text)) == [study(1)]


def test_yaml_keeps_dates_as_they_are_written(read_bytes):
    text = "protocolSection:\n  statusModule:\n    startDateStruct: {date: 2013-05-01}\n    verified: 2013-05\n"
    (record,) = read_bytes(text)
    status = record.data["protocolSection"]["statusModule"]
    assert status == {"startDateStruct": {"date": "2013-05-01"}, "verified": "2013-05"}


def test_yaml_merges_and_aliases(read_bytes):
    text = "defaults: &d {a: 1, b: 1}\nprotocolSection:\n  <<: *d\n  b: 2\n  statusModule: *d\n"
    (record,) = read_bytes(text)
    assert record.data["protocolSection"] == {"a": 1, "b": 2, "statusModule": {"a": 1, "b": 1}}


def test_a_page_is_recognised(read_bytes):
    labels = (
        "Brief Summary",
        "A summary.",
        "Conditions",
        "Asthma",
        "Study Design",
        "Allocation Method",
        "RANDOMIZED",
        "Eligibility Criteria",
        "Inclusion Criteria: adults",
        "Recruitment Status",
        "COMPLETED",
    )
    text = "A Study of Something\n\nNCT ID: NCT00000001\n\nLast Updated: 2013-05-15\n\n" + "\n\n".join(labels)
    (record,) = read_bytes(text)
    assert record.form == "page"
    assert record.data["protocolSection"]["identificationModule"]["nctId"] == "NCT00000001"
    assert record.locator.locate(("protocolSection", "identificationModule", "nctId")).line == 3


def test_the_format_can_be_forced(read_bytes):
    text = json.dumps(study(1), ensure_ascii=False)
    assert [read_bytes(text, input_format=form)[0].form for form in ("json", "jsonl", "yaml")] == [
        "json",
        "jsonl",
        "yaml",
    ]
    (failure,) = read_bytes(YAML.format(1), input_format="json")
    assert failure.problem.code == "SRC002"
    with pytest.raises(UsageError, match="'xls'"):
        read_bytes(text, input_format="xls")


@pytest.mark.parametrize("make", [io.BytesIO, lambda raw: io.BufferedReader(io.BytesIO(raw))])
@pytest.mark.parametrize("packed", [False, True])
def test_standard_input(monkeypatch, make, packed):
    raw = json.dumps(TWO).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(make(gzip.compress(raw) if packed else raw)))
    records = list(read("-", stdin_filename="a b.json"))
    assert data_of(records) == TWO
    assert {record.file for record in records} == {"a b.json"}


def test_standard_input_without_a_name(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    (failure,) = read("-")
    assert (failure.file, failure.problem.code) == ("<stdin>", "SRC015")


def test_a_named_pipe(tmp_path):
    pipe = tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(FORMS_OF_TWO["lines"],))
    writer.start()
    assert data_of(list(read(str(pipe)))) == TWO
    writer.join()


@pytest.mark.parametrize(
    "name", ["mit Leerzeichen.json", "Prüfung 試験 😀.json", os.fsdecode(b"bad\xff.json"), "line\nend.json"]
)
def test_any_file_name_can_be_read_and_printed(tmp_path, name):
    path = tmp_path / name
    path.write_text(json.dumps(study(1)))
    (record,) = read(str(path))
    assert record.data == study(1)
    assert record.file.encode("utf-8").decode().splitlines() == [record.file]


@given(
    total=st.integers(1, 12),
    cuts=st.dictionaries(st.integers(0, 11), st.integers(1, 60), max_size=12),
    ending=st.sampled_from(["\n", "\r\n", "\n\n"]),
)
def test_broken_lines_cost_only_themselves(read_bytes, total, cuts, ending):
    broken = {number: size for number, size in cuts.items() if 0 < number < total}
    lines = [json.dumps(study(number)) for number in range(total)]
    for number, size in broken.items():
        lines[number] = lines[number][:size]
    items = read_bytes(ending.join(lines))
    failures = [item for item in items if isinstance(item, Failure)]
    records = [item for item in items if isinstance(item, Record)]
    assert [record.data for record in records] == [study(number) for number in range(total) if number not in broken]
    step = ending.count("\n")
    assert [failure.problem.region.line for failure in failures] == [1 + step * number for number in sorted(broken)]
    assert all(failure.problem.unreadable for failure in failures)


def test_lines_are_recognised_when_the_first_is_broken(read_bytes):
    lines = [json.dumps(study(number)) for number in range(3)]
    for cut in (20, 40, len(lines[0]) - 1):
        items = read_bytes("\n".join([lines[0][:cut], *lines[1:]]))
        assert [type(item) for item in items] == [Failure, Record, Record]


@given(broken=st.sets(st.integers(0, 7)), total=st.integers(1, 8), is_page=st.booleans())
def test_broken_elements_of_a_list_cost_only_themselves(read_bytes, broken, total, is_page):
    broken = {number for number in broken if number < total}
    texts = [json.dumps(study(number), indent=1) for number in range(total)]
    for number in broken:
        texts[number] = texts[number].replace('"statusModule":', '"statusModule"', 1)
    text = "[" + ",\n".join(texts) + "]"
    items = read_bytes(f'{{"studies": {text}}}' if is_page else text)
    assert [item.data for item in items if isinstance(item, Record)] == [
        study(number) for number in range(total) if number not in broken
    ]
    failures = [item for item in items if isinstance(item, Failure)]
    assert len(failures) == len(broken)
    for failure in failures:
        line = failure.locator.source_line(failure.problem.region.line)
        assert line == '  "statusModule" {'
        assert line[failure.problem.region.column - 1] == "{"
