"""The registry's classic XML: the same record as in JSON, with places, and declared losses."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_classic_xml import JSON, NEW_PARTS, OLD_PARTS, RESULTS, RESULTS_XML, XML

from lint.cli.planning import load_settings, make_plan
from lint.engine import lint_item
from lint.model import Failure, Record
from lint.paths import value_at
from lint.registries.ctgov.classic_xml_losses import LOSSES
from lint.registries.ctgov.xml_values import unwrapped
from lint.registries.forms import lossy_forms, reasons, undecided
from lint.rulebook import load_rulebook
from lint.sources import discover, read_bytes
from lint.testing import without

PLAN = make_plan(load_settings(None, True, {"as-of": "2024-06-30", "profile": "strict"}), load_rulebook())


def with_results(parts: dict[str, str], xml: str = XML) -> str:
    results = RESULTS_XML
    for name, part in parts.items():
        results = results.replace(f"{{{name}}}", part)
    return xml.replace("</clinical_study>", f"{results}</clinical_study>")


def old(xml: str) -> str:
    """Return a record as the registry wrote it before 2017."""
    xml = re.sub(r"  <study_design_info>.*</study_design_info>", "  <study_design>Allocation: Randomized, "
                 "Endpoint Classification: Efficacy Study, Intervention Model: Parallel Assignment, "
                 "Masking: Double Blind (Subject, Outcomes Assessor), Primary Purpose: Treatment</study_design>",
                 xml, flags=re.DOTALL)  # fmt: skip
    xml = re.sub(r"  <(study_first_submitted_qc|study_first_posted|last_update_posted)\b.*\n", "", xml)
    return xml.replace("study_first_submitted>", "firstreceived_date>").replace(
        "last_update_submitted>", "lastchanged_date>"
    )


def record(xml: str) -> Record:
    (item,) = read_bytes(xml.encode(), "a.xml")
    assert isinstance(item, Record)
    return item


def found(item: Record | Failure) -> list[tuple[str, str, str]]:
    return sorted((one.code, one.path, one.message) for one in lint_item(item, PLAN).findings)


def test_every_field_comes_out_as_in_json() -> None:
    item = record(XML)
    assert item.data == JSON
    assert item.problems == ()
    assert item.form == "classic-xml"


@pytest.mark.parametrize("parts", [NEW_PARTS, OLD_PARTS])
def test_results_come_out_as_in_json(parts: dict[str, str]) -> None:
    item = record(with_results(parts))
    assert item.data["resultsSection"] == RESULTS
    assert item.data["hasResults"] is True
    assert item.problems == ()


def test_a_record_from_before_2017_says_the_same_but_for_more_losses() -> None:
    item = record(old(XML))
    expected = copy.deepcopy(JSON)
    for name in ("studyFirstSubmitQcDate", "studyFirstPostDateStruct", "lastUpdatePostDateStruct"):
        del expected["protocolSection"]["statusModule"][name]
    assert item.data == expected
    assert item.problems == ()
    assert item.form == "classic-xml-2016"


@pytest.mark.parametrize("xml", [XML, with_results(NEW_PARTS)], ids=["protocol", "results"])
def test_both_forms_of_a_record_have_the_same_findings(xml: str) -> None:
    whole = {**JSON, "resultsSection": RESULTS, "hasResults": True} if "<clinical_results>" in xml else JSON
    (twin,) = read_bytes(json.dumps(whole).encode(), "a.json")
    assert isinstance(twin, Record)
    of_json = [
        one for one in found(twin._replace(not_shown=record(xml).not_shown)) if one[0] not in undecided("classic-xml")
    ]
    assert found(record(xml)) == of_json
    assert len(of_json) > 5


def test_findings_stand_where_the_values_are_written() -> None:
    xml = with_results(NEW_PARTS)
    item = record(xml)
    lines = xml.split("\n")

    def at(*path: str | int, span: tuple[int, int] | None = None) -> str:
        region = item.locator.locate(path, span)
        assert region.line == region.end_line
        return lines[region.line - 1][region.column - 1 : region.end_column - 1]

    protocol = ("protocolSection",)
    assert at(*protocol, "statusModule", "startDateStruct", "date") == "March 15, 2016"
    assert at(*protocol, "statusModule", "startDateStruct", "type") == "Actual"
    assert (
        at(*protocol, "designModule", "designInfo", "maskingInfo", "whoMasked", 1)
        == "Double (Participant, Outcomes Assessor)"
    )
    title = (*protocol, "identificationModule", "briefTitle")
    assert at(*title, span=(25, 32)) == "Migr&#228;ne"
    criteria = value_at(item.data, (*protocol, "eligibilityModule", "eligibilityCriteria"))
    start = criteria.index("hospital in the last")
    assert at(*protocol, "eligibilityModule", "eligibilityCriteria", span=(start, start + 8)) == "hospital"
    start = criteria.index("the last year")
    assert at(*protocol, "eligibilityModule", "eligibilityCriteria", span=(start, start + 13)) == "the last year"
    outcome = ("resultsSection", "outcomeMeasuresModule", "outcomeMeasures", 0)
    cell = (*outcome, "classes", 1, "categories", 0, "measurements", 0)
    assert at(*cell, "value") == "3.1"
    assert at(*cell, "comment") == "one is missing"
    assert at(*cell) == '<measurement group_id="O1" value="3.1" spread="1.0">'
    assert at(*outcome, "typeUnitsAnalyzed") == "<outcome>"


@pytest.mark.parametrize(
    ("text", "masking", "roles"),
    [
        ("None (Open Label)", "NONE", None),
        ("Open Label", "NONE", None),
        ("Double", "DOUBLE", None),
        ("Double-Blind", "DOUBLE", None),
        ("Single Blind (Caregiver)", "SINGLE", ["CARE_PROVIDER"]),
        ("Double Blind (Subject, Caregiver, Investigator)", "TRIPLE", ["PARTICIPANT", "CARE_PROVIDER", "INVESTIGATOR"]),
        ("Participant, Investigator", "DOUBLE", ["PARTICIPANT", "INVESTIGATOR"]),
        ("Somehow", "Somehow", None),
    ],
)
def test_masking_in_all_its_wordings(text: str, masking: str, roles: list[str] | None) -> None:
    data = record(XML.replace("Double (Participant, Outcomes Assessor)", text)).data
    info = data["protocolSection"]["designModule"]["designInfo"]["maskingInfo"]
    assert (info["masking"], info.get("whoMasked")) == (masking, roles)


def test_several_studies_in_one_file_are_several_records() -> None:
    first, second = read_bytes(f"<all>{XML}{XML.replace('NCT09900001', 'NCT09900003')}</all>".encode(), "a.xml")
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert [first.number, second.number] == [0, 1]
    assert second.data["protocolSection"]["identificationModule"]["nctId"] == "NCT09900003"
    assert found(first._replace(number=1)) != []
    lines = XML.count("\n")
    path = ("protocolSection", "identificationModule", "nctId")
    assert second.locator.locate(path).line - first.locator.locate(path).line == lines


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_a_declared_encoding_is_no_fault(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>\n{XML}'.replace("&#228;", "ä")
    (item,) = read_bytes(text.encode(encoding), "a.xml")
    assert isinstance(item, Record)
    assert item.data == JSON
    assert item.problems == ()
    assert item.locator.locate(("protocolSection", "identificationModule", "briefTitle")).line == 11


def test_unknown_elements_are_noted_at_their_place() -> None:
    item = record(XML.replace("<acronym>EXAM</acronym>", "<acronim>EXAM</acronim>"))
    (problem,) = item.problems
    assert (problem.code, problem.region.line) == ("SRC032", 12)


def test_rules_that_the_form_cannot_decide_are_not_applied_and_have_reasons() -> None:
    (twin,) = read_bytes(json.dumps(JSON).replace("2016-03-15", "2018-03-15").encode(), "a.json")
    assert "IDN012" in {code for code, _, _ in found(twin)}
    in_xml = found(record(XML.replace("March 15, 2016", "March 15, 2018")))
    assert "IDN012" not in {code for code, _, _ in in_xml}
    for form in lossy_forms():
        assert all(reasons(form, code) for code in undecided(form))


def test_the_losses_are_those_of_the_record() -> None:
    """What is declared lost does not stand in a record that came in this form."""
    data = record(with_results(NEW_PARTS)).data
    assert without(copy.deepcopy(data), LOSSES) == data


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_damaged_xml_never_raises(data: st.DataObject) -> None:
    raw = with_results(data.draw(st.sampled_from([NEW_PARTS, OLD_PARTS]))).encode()
    cut = data.draw(st.integers(0, len(raw)))
    if data.draw(st.booleans()):
        damaged = raw[:cut]
    else:
        to = data.draw(st.integers(cut, min(len(raw), cut + 200)))
        damaged = raw[:cut] + data.draw(st.binary(max_size=8) | st.sampled_from([b"<a>", b"</", b"&x;"])) + raw[to:]
    for item in read_bytes(damaged, "a.xml", input_format="xml"):
        outcome = lint_item(item, PLAN)
        assert not outcome.crashes


_WORDS = st.text(st.sampled_from("ab(.-1"), min_size=1, max_size=6)


@given(st.lists(st.lists(_WORDS, min_size=1, max_size=5), max_size=6), st.integers(0, 12))
def test_undoing_the_layout_changes_white_space_and_marks_of_items_only(words: list[list[str]], indent: int) -> None:
    block = "\r\n\r\n".join("\r\n".join(" " * (indent + n) + word for n, word in enumerate(run)) for run in words)
    bare = re.sub(r"\s", "", unwrapped(block))
    assert bare.replace("*", "-") == re.sub(r"\s", "", block).replace("*", "-")


def test_xml_files_of_a_folder_are_found_if_they_hold_studies(tmp_path: Path) -> None:

    (tmp_path / "study.xml").write_text(XML)
    (tmp_path / "wide.xml").write_bytes(XML.encode("utf-16"))
    (tmp_path / "other.xml").write_text("<project/>")
    names = [Path(file).name for file in discover([str(tmp_path)])]
    assert names == ["study.xml", "wide.xml"]
