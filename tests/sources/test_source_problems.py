"""What is wrong with an input becomes a finding with its place, and never an exception."""

from __future__ import annotations

import gzip
import json
import os
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint.model import Failure, Record, SourceProblem
from lint.sources import Limits, read

CORE = (
    "identificationModule",
    "statusModule",
    "sponsorCollaboratorsModule",
    "descriptionModule",
    "conditionsModule",
    "designModule",
    "eligibilityModule",
)
FULL = {
    "protocolSection": {name: {} for name in CORE}
    | {
        "statusModule": {"statusVerifiedDate": "2024-05"},
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": "B"}},
        "designModule": {"studyType": "OBSERVATIONAL"},
    }
}
TEXT = json.dumps(FULL)


def full(inside: str) -> str:
    """Return a full record as JSON with members written at the start of its first module, on line 2."""
    return TEXT.replace("{}", "{\n" + inside + "}", 1)


def problems_of(items: list[Record | Failure]) -> list[SourceProblem]:
    return [problem for item in items for problem in (item.problems if isinstance(item, Record) else (item.problem,))]


def only(items: list[Record | Failure]) -> SourceProblem:
    (problem,) = problems_of(items)
    assert problem.message[-1] in ".:" and problem.hint
    return problem


BROKEN = [
    ('{"protocolSection": {"a" 1}}', "SRC002", 26, "a colon"),
    ('{"protocolSection": {"a": 1 "b": 2}}', "SRC002", 29, "a comma"),
    ('{"protocolSection": {"a": 1,}}', "SRC002", 29, "a name"),
    ("{'protocolSection': {}}", "SRC002", 2, "double quotes"),
    ('{"protocolSection": {"a": True}}', "SRC002", 27, "a value"),
    ('{"protocolSection": {"a": 01}}', "SRC002", 28, "a comma"),
    ('{"protocolSection": {"a": "x\ty"}}', "SRC002", 29, "a tab"),
    ('{"protocolSection": {"a": "x\\qy"}}', "SRC002", 29, "backslash"),
    ('{"protocolSection": {"a": "x\\u12"}}', "SRC002", 29, "backslash"),
    ('{"protocolSection": {}} extra', "SRC002", 25, "the end"),
    ('// note\n{"protocolSection": {}}', "SRC002", 1, "a value"),
    ('{"protocolSection": {"a": "x', "SRC003", 27, "never closed"),
    ('{"protocolSection": {"a": ', "SRC003", 27, "a value"),
    ('{"protocolSection": {"a": [1, 2]', "SRC003", 33, "comma"),
    ("{", "SRC003", 2, "a name"),
]


@pytest.mark.parametrize(("text", "code", "column", "words"), BROKEN)
def test_broken_json_says_what_was_expected_where(read_bytes, text, code, column, words):
    problem = only([item for item in read_bytes(text) if isinstance(item, Failure)])
    assert (problem.code, problem.region.line, problem.region.column) == (code, 1, column)
    assert words in problem.message
    assert problem.unreadable


def test_advice_fits_the_mistake(read_bytes):
    advice = {
        '{"a": True}': "Write true in place of True",
        '{"a": 1,}': "Delete the comma",
        '{"a": 1 // b\n}': "no comments",
        "{“a”: 1}": "straight double quotes",
        "{a: 1}": "in double quotes",
    }
    for text, words in advice.items():
        assert words in only(read_bytes(text)).hint


REPAIRED = [
    ('"nctId": NaN', "SRC009", 10, {}),
    ('"nctId": -Infinity', "SRC009", 10, {}),
    ('"nctId": "a\\ud83d"', "SRC008", 10, {"nctId": "a\ufffd"}),
    ('"nctId": 1e400', "SRC010", 10, {}),
    ('"nctId": 123456789012345678901234567890', "SRC010", 10, {"nctId": 123456789012345678901234567890.0}),
    ('"nctId": 1, "nctId": {"a": 2}', "SRC007", 13, {"nctId": {"a": 2}}),
    ('"nctId" : "\\u003a", "nctId" :"b"', "SRC007", 21, {"nctId": "b"}),
]


@pytest.mark.parametrize(("inside", "code", "column", "module"), REPAIRED)
@pytest.mark.parametrize("form", ["RECORD", "[RECORD]", f"[RECORD, {TEXT}]", '{"studies": [RECORD]}'])
def test_oddities_are_repaired_and_told(read_bytes, inside, code, column, module, form):
    items = read_bytes(form.replace("RECORD", full(inside)))
    problem = only(items)
    assert (problem.code, problem.region.line, problem.region.column) == (code, 2, column)
    assert problem.path == ("protocolSection", "identificationModule", "nctId")
    assert not problem.unreadable
    assert items[0].data["protocolSection"]["identificationModule"] == module


def test_oddities_inside_a_wrapper_have_the_path_of_the_record(read_bytes):
    text = '{"a": 1, "a": 2, "study": ' + full('"x": NaN') + "}"
    found = {problem.code: problem.path for problem in problems_of(read_bytes(text))}
    assert found == {
        "SRC007": (),
        "SRC012": (),
        "SRC009": ("protocolSection", "identificationModule", "x"),
    }


NUMBERS = st.sampled_from(["0", "-0", "1.5", "1e5", "18446744073709551615", "18446744073709551616", "1e-400", "-1E+3"])
SIMPLE = st.sampled_from(['"a"', '"\\u003a"', '"a:b"', "null", "true"]) | NUMBERS


@given(st.lists(st.tuples(st.sampled_from(['"a"', '"b"', '"c:"', '"\\u0061"']), SIMPLE), max_size=5), st.booleans())
def test_the_result_is_that_of_the_standard_library(read_bytes, members, spaced):
    inside = ", ".join(f"{name}{' ' * spaced}: {value}" for name, value in members)
    (record,) = read_bytes(full(inside))
    expected = json.loads(full(inside), parse_int=lambda text: int(text) if abs(int(text)) < 2**64 else float(text))
    assert record.data == expected
    names = [json.loads(name) for name, _ in members]
    repeated = sum(problem.code == "SRC007" for problem in record.problems)
    assert repeated == len(names) - len(set(names))


def test_depth_has_a_limit(read_bytes):
    for depth, codes in ((200, []), (300, ["SRC011"]), (100_000, ["SRC011"])):
        items = read_bytes(full(f'"x": {"[" * depth}{"]" * depth}'))
        assert [problem.code for problem in problems_of(items)] == codes
    assert only(read_bytes("[" * 100_000)).code == "SRC011"
    assert only(read_bytes("- " * 1000 + "x")).code == "SRC011"
    assert only(read_bytes("a: " + "[" * 100_000)).code == "SRC011"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_other_unicode_encodings_are_converted(read_bytes, encoding):
    (record,) = items = read_bytes(full('"briefTitle": "Größe 😀"').encode(encoding))
    assert record.data["protocolSection"]["identificationModule"] == {"briefTitle": "Größe 😀"}
    assert only(items).code == "SRC005"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_a_copied_page_may_be_saved_in_any_unicode_encoding(read_bytes, encoding):
    text = (
        "Sömething\n\nNCT ID: NCT01234567\n\nRecruitment Status\n\nUNKNOWN\n\nStudy Classification\n\nOBSERVATIONAL\n"
    )
    (record,) = items = read_bytes(text.encode(encoding))
    assert record.form == "page"
    assert record.data["protocolSection"]["identificationModule"]["briefTitle"] == "Sömething"
    assert not problems_of(items)


@pytest.mark.parametrize("form", ["{}", "[{}]", "{}\n{}", "# yaml\n{}"])
def test_bytes_that_are_no_utf8(read_bytes, form):
    raw = form.replace("{}", full('"briefTitle": "Größe"').replace("\n", "")).encode("latin-1")
    items = read_bytes(raw, input_format="yaml" if "#" in form else None)
    assert items[0].data["protocolSection"]["identificationModule"]["briefTitle"] == "Gr\ufffd\ufffde"
    problem = problems_of(items)[0]
    assert problem.code == "SRC005"
    line = raw.splitlines()[problem.region.line - 1]
    assert line[problem.region.column - 1] == "ö".encode("latin-1")[0]
    assert not any(problem.unreadable for problem in problems_of(items))


def test_byte_order_mark(read_bytes):
    (record,) = items = read_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    assert record.data == FULL
    assert only(items).code == "SRC006"
    assert record.locator.locate(()).column == 1


NOT_RECORDS = {
    "Cells for the liver: what we know\n\nA trial (NCT01854125) tests them.\n": "neither a record nor a study page",
    "From: a@b.example\nSubject: Our study\n\nDear Ann,\n\nplease look.\n": "neither a record nor a study page",
    '{"FullStudiesResponse": {"FullStudies": []}}': "classic",
    '{"Rank": 1, "Study": {"StatusModule": {}}}': "classic",
    '{"StudyFieldsResponse": {"StudyFields": [{"Rank": 1, "NCTId": ["NCT00000001"]}]}}': "classic",
    '["NCT00000001", "NCT00000002"]': "NCT numbers",
    "NCT00000001\nNCT00000002\n": "NCT numbers",
    '{"name": "x", "version": "1", "dependencies": {}}': "package",
    '[{"nct_id": "NCT00000001", "brief_title": "x"}]': "AACT",
    '{"resourceType": "ResearchStudy"}': "FHIR",
    "repos:\n- repo: local\n": "pre-commit",
    "Dear colleague, here is the study.": "a text",
    '"text"': "a text",
    "[1, 2]": "a list",
}


@pytest.mark.parametrize(("text", "words"), NOT_RECORDS.items())
def test_what_is_no_record_is_named(read_bytes, text, words):
    problem = only(read_bytes(text))
    assert problem.code == "SRC004" and problem.unreadable
    assert words in problem.message


def test_records_are_taken_out_of_wrappers(read_bytes):
    for text in (
        f'{{"study": {TEXT}}}',
        f'{{"NCT01": {TEXT}}}',
        f'{{"data": [{TEXT}]}}',
        f'{{"hits": {{"hits": [{TEXT}]}}}}',
    ):
        (record,) = items = read_bytes(text)
        assert record.data == FULL
        assert only(items).code == "SRC012"
        assert record.locator.locate(()).column == text.index(TEXT) + 1
    (record,) = items = read_bytes(json.dumps(FULL["protocolSection"]))
    assert record.data == FULL
    assert only(items).code == "SRC012"


def test_partial_records(read_bytes):
    (record,) = items = read_bytes('{"protocolSection": {"identificationModule": {"nctId": "NCT00000001"}}}')
    assert record.partial and only(items).code == "SRC013"
    (record,) = read_bytes('{"hasResults": false}')
    assert record.partial
    (record,) = read_bytes(TEXT)
    assert not record.partial


def test_boxed_values_are_unboxed(read_bytes):
    protocol = {
        **FULL["protocolSection"],
        "identificationModule": {"secondaryIdInfos": {}},
        "conditionsModule": {"conditions": "Asthma", "keywords": ["a"]},
        "armsInterventionsModule": {"interventions": [{"name": "x", "otherNames": "y"}], "armGroups": {"label": "a"}},
    }
    (record,) = items = read_bytes(json.dumps({"protocolSection": protocol}))
    problem = only(items)
    assert (problem.code, problem.path[-1]) == ("SRC014", "secondaryIdInfos")
    assert "3 more" in problem.message
    unboxed = record.data["protocolSection"]
    assert unboxed["identificationModule"] == {}
    assert unboxed["conditionsModule"] == {"conditions": ["Asthma"], "keywords": ["a"]}
    assert unboxed["armsInterventionsModule"] == {
        "interventions": [{"name": "x", "otherNames": ["y"]}],
        "armGroups": [{"label": "a"}],
    }


@pytest.mark.parametrize(
    "raw", [b"", b" \n\n ", b"[]", b"{}", b'{"studies": []}', b"---\n", b"# only a comment\n", gzip.compress(b"")]
)
def test_empty_inputs(read_bytes, raw):
    problem = only(read_bytes(raw))
    assert problem.code == "SRC015" and problem.unreadable


def test_size_limits(read_bytes, tmp_path):
    assert only(read_bytes(json.dumps(FULL, indent=1), limits=Limits(max_bytes=100))).code == "SRC016"
    items = read_bytes(f"{TEXT}\n" * 50, limits=Limits(max_bytes=len(TEXT) + 1))
    assert len(items) == 50 and not problems_of(items)
    items = read_bytes(f"{TEXT}\n{TEXT} {TEXT}\n", limits=Limits(max_bytes=len(TEXT) + 1))
    assert [problem.code for problem in problems_of(items)] == ["SRC016"] and len(items) == 2


@pytest.mark.parametrize(
    "content", [b"0" * 5_000_000, b" " * 5_000_000, b"\n" * 5_000_000, f"{TEXT}\n".encode() * 20_000]
)
def test_gzip_bombs(read_bytes, content):
    problems = problems_of(read_bytes(gzip.compress(content), limits=Limits(ratio_from=1 << 16, max_ratio=20)))
    assert [problem.code for problem in problems] == ["SRC016"]


def test_yaml_bombs(read_bytes):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    problem = only(read_bytes("\n".join(lines) + "\nprotocolSection: {}\n"))
    assert (problem.code, problem.region.line) == ("SRC018", 5)
    assert only(read_bytes("protocolSection: &a [*a]\n")).code == "SRC017"


@pytest.mark.parametrize(("text", "line"), [
    ("protocolSection:\n  a: !!python/object/apply:os.system [ls]\n", 2),
    ("protocolSection:\n  a: !custom x\n", 2),
    ("protocolSection:\n  a: b: c\n", 2),
    ("protocolSection:\n  a: 1\n\tb: 2\n", 3),
    ("protocolSection:\n  a: \x07\n", 2),
    ("protocolSection:\n  ? [a]\n  : 1\n", 2),
])  # fmt: skip
def test_broken_yaml_spares_the_other_documents(read_bytes, text, line):
    good = "protocolSection: {statusModule: {}}\n"
    items = read_bytes(f"{good}---\n{text}---\n{good}")
    assert [type(item) for item in items] == [Record, Failure, Record]
    assert (items[1].problem.code, items[1].problem.region.line) == ("SRC017", line + 2)


def test_oddities_of_yaml(read_bytes):
    text = (
        "protocolSection:\n  a: .nan\n  b: .inf\n  c: 1\n  c: 2\n  no: 3\n  7: 4\n  n: 123456789012345678901234567890\n"
    )
    (record,) = read_bytes(text)
    assert record.data == {"protocolSection": {"c": 2, "no": 3, "7": 4, "n": 123456789012345678901234567890.0}}
    found = [(problem.code, problem.region.line) for problem in record.problems]
    assert found[:-1] == [("SRC009", 2), ("SRC009", 3), ("SRC007", 5), ("SRC017", 6), ("SRC017", 7), ("SRC010", 8)]


def test_broken_gzip_keeps_the_records_before_the_break(read_bytes):
    packed = gzip.compress("".join(f'{TEXT[:-1]}, "n": "{os.urandom(99).hex()}"}}\n' for _ in range(3000)).encode())
    items = read_bytes(packed[: len(packed) // 2])
    assert len(items) > 500
    assert [problem.code for problem in problems_of(items)] == ["SRC019"]
    damaged = bytearray(packed)
    damaged[len(packed) // 2] ^= 0xFF
    codes = {problem.code for problem in problems_of(read_bytes(bytes(damaged)))}
    assert "SRC019" in codes


def test_other_formats_are_named(read_bytes, tmp_path):
    document = tmp_path / "x.docx"
    with zipfile.ZipFile(document, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
    cases = {
        b"%PDF-1.7\n": "PDF",
        b'<?xml version="1.0"?>\n<collection><study/></collection>': "XML",
        b"<!DOCTYPE html><html></html>": "HTML",
        b"\n <html>": "HTML",
        b"NCT Number,Study Title,Study URL\nNCT00000001,x,y\n": "CSV",
        b"\x00\x01\x02\x03\xff\xfe\x00\x00": "binary",
        document.read_bytes(): "Office",
    }
    for raw, word in cases.items():
        problem = only(read_bytes(raw))
        assert problem.code == "SRC020" and problem.unreadable
        assert word in problem.message


def test_files_that_cannot_be_opened(tmp_path):
    loop = tmp_path / "loop.json"
    loop.symlink_to(loop)
    for path in (tmp_path / "absent.json", loop, tmp_path, tmp_path / ("x" * 300), "/dev/zero", "a\0b"):
        problem = only(list(read(str(path))))
        assert problem.code == "SRC001" and problem.unreadable


@given(st.binary(max_size=200))
def test_no_bytes_raise(read_bytes, raw):
    for content in (raw, gzip.compress(raw), b"\x1f\x8b" + raw, b"{" + raw, TEXT.encode() + raw):
        assert read_bytes(content)


RECORD = {
    "protocolSection": {
        "identificationModule": {"nctId": "NCT00000001", "briefTitle": "Ümläut 😀 \\~"},
        "conditionsModule": {"keywords": ["a", None, 1.5]},
    }
}
WRITTEN = [
    json.dumps(RECORD).encode(),
    json.dumps([RECORD, RECORD], indent=1, ensure_ascii=False).encode(),
    json.dumps({"studies": [RECORD, RECORD]}).encode(),
    b"protocolSection:\n  identificationModule: {nctId: NCT00000001, briefTitle: 'x'}\n  a: &a [1]\n  b: *a\n",
]


@given(st.data(), st.sampled_from(WRITTEN), st.sampled_from([None, "json", "jsonl", "yaml", "page"]))
def test_no_corruption_raises(read_bytes, data, raw, input_format):
    content = bytearray(raw)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(start, min(start + 20, len(content))))
        content[start:end] = data.draw(
            st.binary(max_size=4) | st.sampled_from([b"{", b"}", b'"', b"\\", b"[", b"\n", b": "])
        )
    for item in read_bytes(bytes(content), input_format=input_format):
        if isinstance(item, Record):
            record = item.data.get("protocolSection")
            for path in (
                (),
                ("protocolSection",),
                *((("protocolSection", name) for name in record) if isinstance(record, dict) else ()),
            ):
                region = item.locator.locate(path, (0, 1))
                assert item.locator.source_line(region.line) is not None


def test_a_record_nested_too_deep_costs_only_itself(read_bytes):
    deep = '{"protocolSection":' * 3000 + "1" + "}" * 3000
    assert [problem.code for problem in problems_of(read_bytes(deep))] == ["SRC011"]
    first, second = read_bytes(f"[{deep}, {TEXT}]")
    assert isinstance(first, Failure)
    assert isinstance(second, Record)
