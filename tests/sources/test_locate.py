"""Places are exact, whatever the text looks like."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint.model import Record, Region
from lint.paths import Path

SPACES = ["", "", " ", "\n", "\r\n", "\r", "\t", " \n  "]
CHARACTERS = st.characters(exclude_characters="\\", exclude_categories=("Cs",))
NAMES = st.text(st.sampled_from('ab/~"é😀 '), max_size=3)


@dataclass
class Writer:
    """Writes JSON in a random layout and remembers where every value and character went."""

    draw: st.DrawFn
    text: str = ""
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    characters: dict[Path, list[int]] = field(default_factory=dict)

    def space(self) -> None:
        self.text += self.draw(st.sampled_from(SPACES))

    def string(self, value: str) -> list[int]:
        self.text += '"'
        offsets = []
        for character in value:
            offsets.append(len(self.text))
            plain = json.dumps(character, ensure_ascii=False)[1:-1]
            escaped = "".join(f"\\u{unit:04x}" for unit in utf16(character))
            self.text += self.draw(st.sampled_from([plain, plain, escaped]))
        offsets.append(len(self.text))
        self.text += '"'
        return offsets

    def value(self, value: object, path: Path) -> None:
        for known in [known for known in self.places if known[: len(path)] == path]:
            del self.places[known]
            self.characters.pop(known, None)
        start = len(self.text)
        if isinstance(value, str):
            self.characters[path] = self.string(value)
        elif isinstance(value, dict):
            self.container("{}", [(name, value[name]) for name in value], path)
        elif isinstance(value, list):
            self.container("[]", list(enumerate(value)), path)
        else:
            self.text += json.dumps(value)
        end = start + 1 if isinstance(value, dict | list) else len(self.text)
        self.places[path] = start, end

    def container(self, brackets: str, members: list, path: Path) -> None:
        self.text += brackets[0]
        self.space()
        if brackets == "{}" and members and self.draw(st.integers(0, 3)) == 0:
            members = [(members[0][0], self.draw(VALUES)), *members]
        for number, (name, value) in enumerate(members):
            if number:
                self.text += ","
                self.space()
            if brackets == "{}":
                self.string(name)
                self.space()
                self.text += ":"
                self.space()
            self.value(value, (*path, name))
            self.space()
        self.text += brackets[1]


def utf16(character: str) -> list[int]:
    raw = character.encode("utf-16-be")
    return [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(CHARACTERS, max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


@st.composite
def documents(draw: st.DrawFn) -> tuple[Writer, dict, Path]:
    record = {"protocolSection": {"briefTitle": "x", "payload": draw(VALUES)}}
    root, document = draw(
        st.sampled_from(
            [
                ((), record),
                ((1,), [{"protocolSection": {}}, record]),
                (("study",), {"study": record}),
                (("studies", 0), {"count": 1, "studies": [record, record]}),
            ]
        )
    )
    writer = Writer(draw)
    writer.space()
    writer.value(document, ())
    writer.space()
    return writer, record, root


def naive_region(text: str, start: int, end: int) -> Region:
    def point(offset: int) -> tuple[int, int]:
        before = re.split(r"\r\n|\n|\r", text[:offset])
        return len(before), len(before[-1]) + 1

    return Region(*point(start), *point(end))


@given(documents())
def test_every_value_and_character_is_found(read_bytes, document):
    writer, record, root = document
    found = next(item for item in read_bytes(writer.text) if isinstance(item, Record) and item.data == record)
    for path, (start, end) in writer.places.items():
        if path[: len(root)] == root:
            inner = path[len(root) :]
            assert found.locator.locate(inner) == naive_region(writer.text, start, end)
            offsets = writer.characters.get(path, [])
            for at in range(len(offsets) - 1):
                assert found.locator.locate(inner, (at, at + 1)) == naive_region(
                    writer.text, offsets[at], offsets[at + 1]
                )


def written(items: list, path: Path, span: tuple[int, int] | None = None) -> str:
    """Return the source text, on one line, at a path of the last record."""
    region = items[-1].locator.locate(path, span)
    assert region.line == region.end_line
    return items[-1].locator.source_line(region.line)[region.column - 1 : region.end_column - 1]


TITLE = ("protocolSection", "identificationModule", "briefTitle")


def test_spans_count_the_text_without_markdown_escapes(read_bytes):
    text = r'{"protocolSection": {"identificationModule": {"briefTitle": "Age 18\\~65 \u00b5g \"x\""}}}'
    items = read_bytes(text)
    assert written(items, TITLE, (4, 9)) == r"18\\~65"
    assert written(items, TITLE, (10, 12)) == r"\u00b5g"
    assert written(items, TITLE, (13, 16)) == r"\"x\""


YAML_STYLES = [
    "    briefTitle: one two 😀three",
    "    briefTitle: 'one two 😀three'",
    '    briefTitle: "one \\u0074wo 😀three"',
    "    briefTitle: |\n      one two 😀three",
    "    briefTitle: >-\n      one\n      two 😀three",
    "    briefTitle: one\n      two\n      😀three",
]


@pytest.mark.parametrize("style", YAML_STYLES)
def test_spans_in_yaml(read_bytes, style):
    items = read_bytes("# a comment\nprotocolSection:\n  identificationModule:\n" + style + "\n    other: 1\n")
    assert written(items, TITLE, (4, 7)) in ("two", "\\u0074wo")
    assert written(items, TITLE, (8, 14)) == "😀three"


def test_yaml_documents_know_their_lines(read_bytes):
    text = (
        "protocolSection: {a: 1}\n---\nprotocolSection:\n  conditionsModule:\n    keywords:\n    - x\n    - 'it''s'\n"
    )
    items = read_bytes(text)
    keywords = ("protocolSection", "conditionsModule", "keywords")
    assert written(items, (*keywords, 1)) == "'it''s'"
    assert written(items, (*keywords, 1), (3, 4)) == "s"
    assert items[-1].locator.locate((*keywords, 5)) == items[-1].locator.locate(keywords) == Region(6, 5, 6, 6)


@pytest.mark.parametrize("text", ['{"protocolSection": {"a": {}}}', "protocolSection:\n  a: {}\n"])
def test_what_is_missing_stands_at_its_nearest_parent(read_bytes, text):
    (record,) = read_bytes(text)
    parent = record.locator.locate(("protocolSection", "a"))
    assert record.locator.locate(("protocolSection", "a", "b", 0, "c")) == parent
    assert record.locator.locate(("elsewhere",)) == record.locator.locate(())
    assert record.locator.source_line(99) is None


def test_lines_of_jsonl_and_arrays_can_be_shown(read_bytes):
    line = '{"protocolSection": {"identificationModule": {"briefTitle": "b"}}}'
    for text, shown in ((f"{line}\n{line}\n", line), (f"[\n  {line},\n  {line}\n]", f"  {line}")):
        items = read_bytes(text)
        assert items[1].locator.source_line(items[1].locator.locate(()).line) == shown
        assert written(items, TITLE) == '"b"'


def test_unboxed_values_are_placed_where_they_stand(read_bytes):
    (record,) = read_bytes(
        '{"protocolSection": [{"identificationModule": [{"briefTitle": ["Ähm"]}],'
        ' "conditionsModule": {"keywords": "cold"}}]}'
    )
    assert record.data["protocolSection"]["identificationModule"]["briefTitle"] == "Ähm"
    assert written([record], TITLE, (1, 3)) == "hm"
    assert written([record], ("protocolSection", "conditionsModule", "keywords", 0), (1, 3)) == "ol"


def test_a_bare_protocol_section(read_bytes):
    items = read_bytes('{"identificationModule": {"briefTitle": "b"}, "statusModule": {}}')
    assert written(items, TITLE) == '"b"'
    assert items[0].locator.locate(("resultsSection",)) == items[0].locator.locate(())
