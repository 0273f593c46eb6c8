"""The XML reader: exact places whatever the notation, and refusals of what could harm."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lint.model import Region, SourceProblem
from lint.registries.xmltree import Draft
from lint.sources.xmlplaces import XmlLocator
from lint.sources.xmltext import MAX_ATTRIBUTES, MAX_TAG, Break, Study, studies, utf8

NAMES = frozenset({"clinical_study"})

_LETTERS = st.sampled_from("aZ09.-&<>'\"\\ é漢😀\u00a0\n")
_WRITTEN = {
    "plain": lambda one: {"&": "&amp;", "<": "&lt;", ">": "&gt;"}.get(one, one),
    "reference": lambda one: f"&#{ord(one)};",
    "hexadecimal": lambda one: f"&#x{ord(one):X};",
    "section": lambda one: f"<![CDATA[{one}]]>",
    "after a comment": lambda one: f"<!-- <b>no</b> -->{_WRITTEN['plain'](one)}",
    "after a child": lambda one: f"<b>x<c/></b>{_WRITTEN['plain'](one)}",
}
_CHARACTERS = st.lists(st.tuples(_LETTERS, st.sampled_from(sorted(_WRITTEN))), min_size=1, max_size=30)


def read(text: str, size: int = 1 << 20) -> list[Study | SourceProblem]:
    raw = text.encode()
    chunks = (raw[at : at + size] for at in range(0, len(raw), size))
    return [found.problem if isinstance(found, Break) else found for found in studies(chunks, NAMES)]


def only_problem(text: str) -> SourceProblem:
    (problem,) = read(text)
    assert isinstance(problem, SourceProblem)
    return problem


def cut_out(text: str, region: Region) -> str:
    """Return what stands in a region, by plain splitting of lines."""
    lines = text.replace("\r\n", "\n").split("\n")
    if region.line == region.end_line:
        return lines[region.line - 1][region.column - 1 : region.end_column - 1]
    between = lines[region.line : region.end_line - 1]
    first, last = lines[region.line - 1][region.column - 1 :], lines[region.end_line - 1][: region.end_column - 1]
    return "\n".join([first, *between, last])


@given(_CHARACTERS, st.sampled_from(["\n", "\r\n"]), st.text("é\n x", max_size=5))
def test_every_character_of_a_text_is_found_where_it_is_written(
    characters: list[tuple[str, str]], line_end: str, before: str
) -> None:
    notations = [_WRITTEN[kind](one) for one, kind in characters]
    text = f"<all><q>{before}</q><clinical_study>\n<a>{''.join(notations)}</a></clinical_study></all>"
    (study,) = read(text.replace("\n", line_end))
    assert isinstance(study, Study)
    element = study.element.all("a")[0]
    assert element.text.strip() == "".join(one for one, _ in characters).strip()
    draft = Draft(study.element, "xml")
    value = " ".join(element.text.split()).replace("\\", "\\\\")
    draft.root.put("a", value, element)
    locator = XmlLocator(study.source, draft)
    written = [notation for (one, _), notation in zip(characters, notations) if not one.isspace()]
    shown = " ".join(element.text.split())
    for at, one in enumerate(shown):
        if not one.isspace():
            found = cut_out(text.replace("\n", line_end), locator.locate(("a",), (at, at + 1)))
            notation = written.pop(0)
            assert found and notation.endswith((found, f"{found}]]>"))


def test_places_of_values_attributes_containers_and_absent_members() -> None:
    text = '<clinical_study>\n  <a type="Ä &amp; b">\n    18 Years\n  </a>\n  <b/></clinical_study>\n'
    (study,) = read(text)
    assert isinstance(study, Study)
    draft = Draft(study.element, "xml")
    a, b = study.element.children
    group = draft.root.group("module", a)
    group.put("age", "18 Years", a)
    group.put("type", "Ä & b", a, "type")
    group.put("empty", "", b)
    locator = XmlLocator(study.source, draft)

    def at(*path: str) -> str:
        return cut_out(text, locator.locate(path))

    assert at("module", "age") == "18 Years"
    assert at("module", "type") == "Ä &amp; b"
    assert at("module") == at("module", "absent") == '<a type="Ä &amp; b">'
    assert at("module", "empty") == "<b/>"
    assert at() == at("elsewhere") == "<clinical_study>"
    assert cut_out(text, locator.locate(("module", "age"), (3, 8))) == "Years"
    assert locator.source_line(3) == "    18 Years"
    assert locator.source_line(99) is None


def test_records_before_a_break_are_kept() -> None:
    *kept, broken = read("<all>\n<clinical_study>1</clinical_study>\n<clinical_study>2</clinical_study>\n<x></all>")
    assert [study.element.text for study in kept if isinstance(study, Study)] == ["1", "2"]
    assert isinstance(broken, SourceProblem)
    assert (broken.code, broken.region.line, broken.unreadable) == ("SRC030", 4, True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<clinical_study><a>", "SRC003"),
        ("<clinical_study><a", "SRC003"),
        ("<clinical_study>a & b</clinical_study>", "SRC030"),
        ("<clinical_study>&eacute;</clinical_study>", "SRC030"),
        ('<!DOCTYPE x SYSTEM "http://example.org/x.dtd"><clinical_study>&eacute;</clinical_study>', "SRC030"),
        ('<!DOCTYPE x [<!ENTITY a "aaa">]><clinical_study>&a;</clinical_study>', "SRC031"),
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><clinical_study>&a;</clinical_study>', "SRC031"),
        ('<!DOCTYPE x [<!ATTLIST a b CDATA "x">]><clinical_study><a/></clinical_study>', "SRC031"),
        ("<a>" * 300, "SRC011"),
        (f"<a><!--{' ' * (2 * MAX_TAG)}", "SRC016"),
        ("<a" + "".join(f" b{n}=''" for n in range(MAX_ATTRIBUTES + 1)) + "/>", "SRC016"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, code: str) -> None:
    problem = only_problem(text)
    assert (problem.code, problem.unreadable) == (code, True)


def test_a_document_type_without_declarations_is_harmless() -> None:
    (study,) = read('<!DOCTYPE clinical_study SYSTEM "http://example.org/x.dtd"><clinical_study>a</clinical_study>')
    assert isinstance(study, Study)
    assert study.element.text == "a"


def test_the_column_of_a_fault_counts_characters() -> None:
    assert only_problem("<clinical_study>\nÄÖ & b</clinical_study>").region[:2] == (2, 5)


def decoded(raw: bytes, size: int) -> tuple[str, list[SourceProblem]]:
    problems: list[SourceProblem] = []
    return b"".join(utf8((raw[at : at + size] for at in range(0, len(raw), size)), problems)).decode(), problems


@pytest.mark.parametrize("size", [60, 61, 1000])
@pytest.mark.parametrize("name", ["ISO-8859-1", "windows-1252", "utf-8", "UTF-16", "no-such-encoding"])
def test_the_declared_encoding_counts(name: str, size: int) -> None:
    codec = name if name.startswith(("ISO", "win")) else "utf-8"
    text, problems = decoded(f'<?xml version="1.0" encoding="{name}"?><a>Schläfrig</a>'.encode(codec), size)
    assert text.endswith("<a>Schläfrig</a>")
    assert not problems


@pytest.mark.parametrize("size", [50, 51, 1000])
def test_bytes_that_are_none_of_the_encoding_give_a_finding(size: int) -> None:
    text, (problem,) = decoded(b'<?xml version="1.0" encoding="us-ascii"?>\n<a>Schl\xe4frig \xe4</a>', size)
    assert text.count("\ufffd") == 2
    assert (problem.code, problem.region[:2]) == ("SRC005", (2, 8))


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 200), st.sampled_from(["\n", " ", "\n" + " " * 5000]))
def test_places_do_not_depend_on_the_parts_in_which_a_document_is_read(size: int, between: str) -> None:
    text = between.join(
        ["<all>", *(f"<clinical_study><a>é {n}</a></clinical_study>" for n in range(9)), "<x> é </all>"]
    )
    *found, broken = read(text, size)
    lines = text.split("\n")
    assert len(found) == 9
    assert isinstance(broken, SourceProblem)
    assert broken.region == read(text)[-1].region  # type: ignore[union-attr]
    for number, study in enumerate(found):
        assert isinstance(study, Study)
        draft = Draft(study.element, "xml")
        draft.root.put("a", f"é {number}", study.element.children[0])
        line, column, _, end = XmlLocator(study.source, draft).locate(("a",))
        assert lines[line - 1][column - 1 : end - 1] == f"é {number}"
