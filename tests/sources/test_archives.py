"""Archives give the records of their members, in any depth, and a finding for each member that cannot be read."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import struct
import sys
import tarfile
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lint.model import Failure, Record
from lint.sources import Limits, discover, read, read_bytes
from lint.sources import pieces as cutting
from lint.sources.pieces import pieces, read_piece, shown, single
from lint.testing import minimal_record

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TEXT = json.dumps(minimal_record(), indent=1)
LINE = json.dumps(minimal_record()) + "\n"
YAML = "protocolSection:\n  identificationModule: {nctId: NCT09900001}\n"
PAGE = (
    "Exampline in Adults\n\nNCT ID: NCT09900001\n\nBasic Information\n\nRecruitment Status\n\nRECRUITING\n\n"
    "Study Classification\n\nINTERVENTIONAL\n"
)
PACKINGS = {"gzip": gzip.compress, "bzip2": bz2.compress, "xz": lzma.compress, "zstd": zstd.compress}


def zipped(members: Mapping[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(members: Mapping[str, str | bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            raw = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
    return out.getvalue()


def told(items: list[Record | Failure]) -> list[tuple[str, str]]:
    """Return the name and the form, or the code of the problem, of each result."""
    return [(item.file, item.form if isinstance(item, Record) else item.problem.code) for item in items]


def results(raw: bytes, name: str = "bulk.zip", **options: object) -> list[tuple[str, str]]:
    return told(list(read_bytes(raw, name, **options)))  # type: ignore[arg-type]


MEMBERS = {
    "NCT0990xxxx/NCT09900001.json": TEXT,
    "NCT0990xxxx/": "",
    "lines.jsonl": LINE + LINE,
    "a.yaml": YAML,
    "page.txt": PAGE,
    "packed.json.gz": gzip.compress(TEXT.encode()),
}
FOUND = [
    ("bulk.zip!NCT0990xxxx/NCT09900001.json", "json"),
    ("bulk.zip!lines.jsonl", "jsonl"),
    ("bulk.zip!lines.jsonl", "jsonl"),
    ("bulk.zip!a.yaml", "yaml"),
    ("bulk.zip!page.txt", "page"),
    ("bulk.zip!packed.json.gz", "json"),
]
STRAY = {
    "README.md": "x",
    "Contents.txt": "Files of this archive",
    "schema.xsd": "<a/>",
    "protocol.pdf": "%PDF",
    ".hidden/a.json": TEXT,
    "__MACOSX/._a.json": "x",
    "lint.yaml": "profile: strict",
    "other.xml": "<feed/>",
}


@pytest.mark.parametrize("pack", [zipped, lambda members: zipped(members, zipfile.ZIP_STORED)])
def test_every_form_stands_in_a_zip_and_other_files_are_passed_over(pack):
    assert results(pack({**STRAY, **MEMBERS})) == FOUND


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:xz", "w:bz2"])
def test_tar_archives_packed_or_not(mode):
    members = {f"./{name}": content for name, content in {**MEMBERS, **STRAY}.items() if not name.endswith("/")}
    assert results(tarred(members, mode)) == FOUND


@pytest.mark.parametrize("pack", PACKINGS.values(), ids=PACKINGS)
def test_packed_files_and_packed_tars(pack):
    assert results(pack((LINE * 3).encode()), "x") == [("x", "jsonl")] * 3
    assert results(pack(tarred({"a.json": TEXT})), "x") == [("x!a.json", "json")]


@pytest.mark.parametrize("pack", PACKINGS.values(), ids=PACKINGS)
def test_a_packed_file_that_ends_too_early_keeps_what_was_read(pack):
    lines = "".join(LINE.replace("}\n", f', "n": "{os.urandom(200).hex()}"}}\n') for _ in range(3000))
    found = results(pack(lines.encode())[:-1000], "x")
    assert len(found) > 1000
    assert {kind for _, kind in found[:-1]} == {"jsonl"} and found[-1] == ("x", "SRC019")


def test_archives_in_archives_to_any_kind(tmp_path):
    inner = zipped({"a.json": TEXT, "b.jsonl": LINE})
    outer = zipped({"one.zip": inner, "two.tar.gz": tarred({"deep/three.zip": inner}, "w:gz"), "c.json": TEXT})
    expected = [
        ("bulk.zip!one.zip!a.json", "json"),
        ("bulk.zip!one.zip!b.jsonl", "jsonl"),
        ("bulk.zip!two.tar.gz!deep/three.zip!a.json", "json"),
        ("bulk.zip!two.tar.gz!deep/three.zip!b.jsonl", "jsonl"),
        ("bulk.zip!c.json", "json"),
    ]
    assert results(outer) == expected
    (tmp_path / "bulk.zip").write_bytes(outer)
    assert told(list(read(str(tmp_path / "bulk.zip")))) == [(f"{tmp_path}/{name}", form) for name, form in expected]


def test_a_large_zip_in_a_zip_is_not_held_in_memory(monkeypatch):
    monkeypatch.setattr("lint.sources.archives._HELD", 1000)
    monkeypatch.setattr("lint.sources.archives._SMALL", 1000)
    inner = zipped({f"{number}.json": TEXT for number in range(50)})
    assert results(zipped({"in.zip": inner})) == [(f"bulk.zip!in.zip!{number}.json", "json") for number in range(50)]


def test_places_are_those_in_the_member():
    raw = zipped({"a.json": TEXT, "b.jsonl": LINE + LINE})
    first, _, third = (item for item in read_bytes(raw, "bulk.zip") if isinstance(item, Record))
    path = ("protocolSection", "identificationModule", "nctId")
    line = next(number for number, text in enumerate(TEXT.splitlines(), 1) if '"nctId"' in text)
    assert first.locator.locate(path).line == line
    assert '"nctId"' in (first.locator.source_line(line) or "")
    assert third.locator.locate(path).line == 2


@pytest.mark.parametrize("name", ["../../evil.json", "a/../../evil.json", "..\\evil.json", "ev\x1b[2Jil\n.json"])
def test_names_in_archives_are_shown_escaped(name):
    ((shown_name, form),) = results(zipped({name: TEXT}))
    assert form == "json"
    assert shown_name.isprintable() and ".." not in shown_name


def damaged(raw: bytes, name: str, at: int = 5) -> bytes:
    """Change bytes in the packed content of a member."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        info = archive.getinfo(name)
    start = info.header_offset + 30 + len(name) + at
    return raw[:start] + bytes(byte ^ 0xFF for byte in raw[start : start + 4]) + raw[start + 4 :]


def flagged(raw: bytes, name: str, offset: int, value: int) -> bytes:
    """Set 16 bits in both headers of a member: at 6 in its own, two bytes later in the list."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        info, start = archive.getinfo(name), archive.start_dir
    listed = raw.index(b"PK\1\2", start)
    while raw[listed + 46 : listed + 46 + len(name)] != name.encode():
        listed = raw.index(b"PK\1\2", listed + 4)
    changed = bytearray(raw)
    for place in (info.header_offset + offset, listed + offset + 2):
        changed[place : place + 2] = struct.pack("<H", value)
    return bytes(changed)


THREE = {"a.json": TEXT, "b.json": TEXT.replace("NCT", "NCT0"), "c.json": TEXT}


@pytest.mark.parametrize(("spoil", "code", "word"), [
    (lambda raw: damaged(raw, "b.json"), "SRC019", "damaged"),
    (lambda raw: damaged(raw, "b.json", -36), "SRC019", "damaged"),
    (lambda raw: flagged(raw, "b.json", 6, 1), "SRC020", "encrypted"),
    (lambda raw: flagged(raw, "b.json", 8, 97), "SRC020", "not known"),
])  # fmt: skip
@pytest.mark.parametrize("around", [False, True])
def test_a_bad_member_is_a_finding_and_the_rest_goes_on(spoil, code, word, around):
    raw = spoil(zipped(THREE))
    name = "bulk.zip"
    if around:
        raw, name = zipped({"in.zip": raw}), "bulk.zip!in.zip"
    items = list(read_bytes(raw, "bulk.zip"))
    assert told(items) == [(f"{name}!a.json", "json"), (f"{name}!b.json", code), (f"{name}!c.json", "json")]
    bad = items[1]
    assert isinstance(bad, Failure) and bad.problem.unreadable and word in bad.problem.message


def test_a_bad_entry_in_the_list_costs_its_member_only():
    raw = zipped(THREE)
    listed = raw.index(b"b.json", raw.index(b"PK\1\2"))
    spoilt = flagged(raw, "b.json", 6, 0x800)
    spoilt = spoilt[:listed] + b"\xff.json" + spoilt[listed + 6 :]
    assert [code for _, code in results(spoilt)] == ["json", "SRC019", "json"]


def test_archives_that_are_cut_off_or_damaged_at_their_end():
    raw = zipped({f"{number}.json": TEXT for number in range(20)})
    for end in (len(raw) - 1, len(raw) - 30, len(raw) // 2, 10):
        assert results(raw[:end]) == [("bulk.zip", "SRC019")]
    at = [place for place in range(len(raw)) if raw.startswith(b"PK\1\2", place)][12]
    found = results(raw[:at] + b"XXXX" + raw[at + 4 :])
    assert found == [(f"bulk.zip!{number}.json", "json") for number in range(12)] + [("bulk.zip", "SRC019")]


def test_tars_that_are_cut_off():
    raw = tarred({"a.json": TEXT, "b.json": TEXT})
    member = 512 + (len(TEXT) + 511) // 512 * 512
    assert results(raw[:member], "x.tar") == [("x.tar!a.json", "json"), ("x.tar", "SRC019")]
    assert results(raw[: member + 512 + 100], "x.tar")[0] == ("x.tar!a.json", "json")
    assert results(raw[: member + 512 + 100], "x.tar")[-1] == ("x.tar", "SRC019")
    header = raw[:member] + b"junk" * 128 + raw[member + 512 :]
    assert results(header, "x.tar") == [("x.tar!a.json", "json"), ("x.tar", "SRC019")]


def test_links_in_a_tar_are_told():
    out = io.BytesIO(tarred({"a.json": TEXT}))
    with tarfile.open(fileobj=out, mode="a") as archive:
        link = tarfile.TarInfo("b.json")
        link.type, link.linkname = tarfile.SYMTYPE, "../../a.json"
        archive.addfile(link)
    assert results(out.getvalue(), "x.tar") == [("x.tar!a.json", "json"), ("x.tar!b.json", "SRC020")]


@pytest.mark.parametrize("raw", [zipped({}), zipped({"README.md": "x"}), tarred({"README.md": "x"})])
def test_an_archive_without_records_is_told(raw):
    assert results(raw, "x") == [("x", "SRC015")]


SMALL = Limits(ratio_from=1 << 16, max_ratio=20, max_total=1 << 20, max_members=3, max_depth=2)
BOMBS = {
    "max-ratio": zipped({"a.json": "0" * 5_000_000}),
    "max-members": zipped({f"{number}.json": "{}" for number in range(4)}),
    "max-depth": zipped({"a.zip": zipped({"b.zip": zipped({"c.json": TEXT})})}),
    "max-total": zipped({"a.json": os.urandom(700_000), "b.json": os.urandom(700_000)}),
}


@pytest.mark.parametrize(("option", "raw"), BOMBS.items(), ids=BOMBS)
def test_limits_against_bombs_name_the_option_that_raises_them(option, raw):
    (failure,) = read_bytes(raw, "bulk.zip", limits=SMALL)
    assert isinstance(failure, Failure)
    assert failure.problem.code == "SRC016" and f"--{option}" in failure.problem.hint


def test_a_bomb_in_a_zip_in_a_zip_is_refused():
    bomb = zipped({"a.json": b"0" * 20_000_000})
    raw = zipped({"ok.json": TEXT, "b.zip": zipped({"c.zip": bomb})})
    limits = Limits(ratio_from=1 << 20, max_ratio=200)
    assert results(raw, limits=limits) == [("bulk.zip!ok.json", "json"), ("bulk.zip!b.zip!c.zip", "SRC016")]


def test_a_list_of_members_that_all_lead_to_the_same_bytes_is_refused():
    """The bomb of David Fifield: one kernel of zeros, listed many times."""
    kernel = zipped({"0.json": b"0" * 1_000_000})
    at, end = kernel.index(b"PK\1\2"), kernel.index(b"PK\5\6")
    entry = kernel[at:end]
    entries = b"".join(entry.replace(b"0.json", f"{number}.json".encode()) for number in range(10))
    tail = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 10, 10, len(entries), at, 0)
    limits = Limits(ratio_from=1 << 16, max_ratio=900)
    assert results(kernel[:at] + entries + tail, limits=limits) == [("bulk.zip", "SRC016")]


@pytest.fixture
def bulk(tmp_path, monkeypatch):
    """A zip archive of many pieces, with bad members."""
    monkeypatch.setattr(cutting, "SIZE", 10_000)
    monkeypatch.setattr("lint.sources.zipdirectory._PACKED", 5_000)
    members = {f"NCT0990xxxx/NCT{number:08d}.json": TEXT for number in range(200)}
    raw = zipped({**members, "broken.json": "{", "in.zip": zipped(MEMBERS), **STRAY})
    file = tmp_path / "bulk.zip"
    file.write_bytes(damaged(raw, "NCT0990xxxx/NCT00000077.json"))
    return str(file)


def test_the_pieces_of_a_zip_give_what_the_whole_gives(bulk):
    cut = list(pieces(bulk))
    assert len(cut) > 10 and [piece.start for piece in cut].count(0) == 1
    found = [item for piece in cut for item in read_piece(piece)]
    assert told(found) == told(list(read(bulk)))
    assert [code for _, code in told(found) if code.startswith("SRC")] == ["SRC019", "SRC003"]


def test_a_piece_of_a_zip_is_cut_into_its_members(bulk):
    piece = next(iter(pieces(bulk)))
    parts = list(single(piece))
    assert [shown(part) for part in parts[:2]] == [f"{bulk}!NCT0990xxxx/NCT0000000{number}.json" for number in (0, 1)]
    assert told([item for part in parts for item in read_piece(part)]) == told(list(read_piece(piece)))


def test_pieces_tell_of_a_damaged_list_as_the_whole_does(bulk):
    with open(bulk, "rb") as file:
        raw = file.read()
    at = [
        place for place in range(len(raw)) if raw.startswith(b"PK\1\2NCT", place) or raw[place:].startswith(b"PK\1\2")
    ]
    with open(bulk, "wb") as file:
        file.write(raw[: at[100]] + b"XXXX" + raw[at[100] + 4 :])
    found = [item for piece in pieces(bulk) for item in read_piece(piece)]
    assert told(found) == told(list(read(bulk)))
    assert told(found)[-1] == (bulk, "SRC019")
    parts = [part for piece in pieces(bulk) for part in single(piece)]
    assert told([item for part in parts for item in read_piece(part)]) == told(found)


def test_a_file_that_vanishes_between_cutting_and_reading_is_told(bulk, tmp_path):
    lines = tmp_path / "x.jsonl"
    lines.write_text(LINE * 20)
    for file in (bulk, str(lines)):
        cut = list(pieces(file))
        os.unlink(file)
        assert [told(list(read_piece(piece))) for piece in cut] == [[(file, "SRC001")]] * len(cut)


def test_archives_in_folders_are_found(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = ["a.json.zst", "b.tar", "c.tar.gz", "d.tgz", "e.zip", "f.txt", "g.whl", "h.jsonl.xz"]
    for name in names:
        (tmp_path / name).write_bytes(zipped({"a.json": TEXT}))
    assert list(discover(["."])) == [f"./{name}" for name in names if name not in ("f.txt", "g.whl")]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_raises_and_every_member_is_accounted_for(data):
    """Whatever bytes change, each member gives a record or a finding, or the archive gives a finding."""
    kind = data.draw(st.sampled_from(["zip", "tar", "tgz"]))
    members = {f"{number}.json": TEXT for number in range(4)}
    content = bytearray(zipped(members) if kind == "zip" else tarred(members, "w:gz" if kind == "tgz" else "w"))
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(content) - 1))
        length = data.draw(st.integers(0, 40))
        content[start : start + length] = data.draw(st.binary(max_size=10))
    found = results(bytes(content), "x")
    assert found
    assert len([form for _, form in found if form == "json"]) == 4 or any(code.startswith("SRC") for _, code in found)
