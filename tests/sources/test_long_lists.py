"""Long JSON lists are read in segments: the same records at the same places, however they are cut."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lint.model import Failure, Record
from lint.sources import Limits, jsonlists, read, read_bytes
from lint.sources import pieces as cutting
from lint.sources.pieces import Piece, pieces, read_piece, single
from lint.testing import minimal_record, patched

RECORDS = [
    patched(minimal_record(), {"identificationModule.nctId": f"NCT{number:08d}", "conditionsModule.keywords": [
        'a text with },{"protocolSection": in it', "Ümläut 😀", "back\\slash \"quote\""][: number % 4]})
    for number in range(30)
]  # fmt: skip
PLACE = ("protocolSection", "identificationModule", "nctId")
WRITTEN = {
    "minified": json.dumps(RECORDS, separators=(",", ":")),
    "pretty": json.dumps(RECORDS, indent=2, ensure_ascii=False),
    "lines": "[\n" + ",\n".join(map(json.dumps, RECORDS)) + "\n]\n",
    "page": json.dumps({"totalCount": 30, "studies": RECORDS, "nextPageToken": "abc"}, indent=1),
    "minified page": json.dumps({"studies": RECORDS}),
    "windows": json.dumps(RECORDS, indent=1).replace("\n", "\r\n"),
    "sorted": json.dumps([{"hasResults": False, **record} for record in RECORDS]),
}


@pytest.fixture(params=[1, 700, 20_000])
def segment(request, monkeypatch):
    monkeypatch.setattr(jsonlists, "SEGMENT", request.param)
    monkeypatch.setattr(cutting, "SIZE", 1000)
    return request.param


def facts(items):
    """Return of each record its data and places, of each failure its problem."""
    return [
        (item.data, item.locator.locate(()), item.locator.locate(PLACE), item.problems)
        if isinstance(item, Record)
        else (item.file, item.problem)
        for item in items
    ]


@pytest.mark.parametrize("name", WRITTEN)
def test_places_do_not_depend_on_the_cuts(segment, name, tmp_path):
    file = tmp_path / "list.json"
    file.write_text(WRITTEN[name], encoding="utf-8", newline="")
    items = list(read(str(file)))
    assert [item.data for item in items] == json.loads(WRITTEN[name]).get("studies") if "page" in name else RECORDS
    text = WRITTEN[name]
    lines = text.split("\n")
    for record, item in zip(RECORDS, items):
        region = item.locator.locate(PLACE)
        number = record["protocolSection"]["identificationModule"]["nctId"]
        assert lines[region.line - 1][region.column - 1 :].startswith(f'"{number}"')
    cut = list(pieces(str(file)))
    assert (len(cut) > 1) == (name != "minified page")
    assert facts(item for piece in cut for item in read_piece(piece)) == facts(items)
    parts = [part for piece in cut for part in single(piece)]
    assert len(parts) == (1 if name == "minified page" else 30)
    assert facts(item for part in parts for item in read_piece(part)) == facts(items)
    packed = list(read_bytes(gzip.compress(text.encode()), "list.json.gz"))
    assert [item.locator.locate(PLACE) for item in packed] == [item.locator.locate(PLACE) for item in items]


def test_source_lines_of_lists_with_line_breaks(segment):
    for item in read_bytes(WRITTEN["pretty"].encode(), "list.json"):
        line = item.locator.locate(PLACE).line
        assert item.locator.source_line(line) == WRITTEN["pretty"].split("\n")[line - 1]


BREAKS = {
    "a missing brace": ("}}, {", "}, {"),
    "a missing comma": ("}}, {", "}} {"),
    "a stray word": ('"protocolSection": {', '"protocolSection": oops {'),
    "a list that ends too early": ("}}, {", "}}], {"),
    "a number among the records": ("}}, {", "}}, 17, {"),
}


@pytest.mark.parametrize("name", BREAKS)
@pytest.mark.parametrize("at", [3, 15, 28])
def test_a_broken_record_costs_only_itself_wherever_the_cuts_are(segment, name, at, tmp_path):
    old, new = BREAKS[name]
    parts = json.dumps([{"protocolSection": record["protocolSection"]} for record in RECORDS]).split(old)
    broken = old.join(parts[:at]) + new + old.join(parts[at:])
    file = tmp_path / "list.json"
    file.write_text(broken)
    items = list(read(str(file)))
    assert sum(isinstance(item, Record) for item in items) >= 28
    failures = [item for item in items if isinstance(item, Failure)]
    assert failures and all(failure.problem.unreadable for failure in failures)
    assert facts(item for piece in pieces(str(file)) for item in read_piece(piece)) == facts(items)


def test_a_list_that_is_cut_off_or_goes_on_is_told(segment):
    text = WRITTEN["lines"]
    items = list(read_bytes(text[:-200].encode(), "list.json"))
    assert len(items) == 30 and items[-1].problem.code == "SRC003"
    items = list(read_bytes(text.encode() + b" and more", "list.json"))
    assert len(items) == 31 and items[-1].problem.code == "SRC002"
    page = WRITTEN["page"].replace('"nextPageToken": "abc"', '"nextPageToken" "abc"')
    items = list(read_bytes(page.encode(), "list.json"))
    assert len(items) == 31 and items[-1].problem.region.line == page.count("\n") - 0


def test_characters_that_are_not_utf8_are_told_in_their_segment(segment):
    raw = WRITTEN["lines"].encode().replace(b"Example", b"Ex\xe4mple")
    items = list(read_bytes(raw, "list.json"))
    assert len(items) == 30
    assert "SRC005" in {problem.code for item in items for problem in item.problems}


def test_pages_one_a_line_are_read_line_by_line(segment):
    pages = "".join(json.dumps({"studies": RECORDS[start : start + 10]}) + "\n" for start in (0, 10, 20))
    items = list(read_bytes(pages.encode(), "pages.jsonl"))
    assert [item.data for item in items] == RECORDS
    assert [item.locator.locate(()).line for item in items] == [1] * 10 + [2] * 10 + [3] * 10


def test_a_page_in_one_long_line_is_cut(segment, monkeypatch):
    monkeypatch.setattr(jsonlists, "_LONG_LINE", 5000)
    text = WRITTEN["minified page"]
    items = list(read_bytes(text.encode(), "page.json"))
    assert [item.data for item in items] == RECORDS
    assert {item.locator.locate(()).line for item in items} == {1}


def test_other_lists_are_read_whole_up_to_the_limit(segment, tmp_path):
    text = json.dumps([{"number": number, "study": record} for number, record in enumerate(RECORDS)])
    items = list(read_bytes(text.encode(), "list.json"))
    assert [item.data for item in items] == RECORDS
    (tmp_path / "list.json").write_text(text)
    limits = Limits(max_bytes=10_000)
    (failure,) = read(str(tmp_path / "list.json"), limits=limits)
    assert failure.problem.code == "SRC016" and "--max-bytes" in failure.problem.hint


def test_long_lists_are_not_bounded_by_the_limit_for_memory(segment):
    items = list(read_bytes(WRITTEN["minified"].encode(), "list.json", limits=Limits(max_bytes=40_000)))
    assert [item.data for item in items] == RECORDS


def test_a_piece_of_a_list_that_is_too_large_is_refused(tmp_path):
    file = tmp_path / "list.json"
    file.write_text("[" + " " * 2000)
    (failure,) = read_piece(Piece(str(file), 0, 1 << 40, kind="elements", stamp=file.stat().st_mtime_ns))
    assert failure.problem.code == "SRC016"


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_makes_the_pieces_differ_from_the_whole(data, tmp_path, monkeypatch):
    monkeypatch.setattr(jsonlists, "SEGMENT", data.draw(st.sampled_from([1, 300, 5000])))
    monkeypatch.setattr(cutting, "SIZE", 100)
    content = bytearray(
        WRITTEN[data.draw(st.sampled_from(sorted(WRITTEN)))].encode()[: data.draw(st.integers(500, 9000))]
    )
    for _ in range(data.draw(st.integers(0, 3))):
        start = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 20))
        content[start : start + length] = data.draw(
            st.binary(max_size=4) | st.sampled_from([b"{", b"}", b'"', b"\\", b"[", b"]", b"\n", b"},{"])
        )
    file = tmp_path / "list.json"
    file.write_bytes(content)
    assert facts(item for piece in pieces(str(file)) for item in read_piece(piece)) == facts(read(str(file)))
