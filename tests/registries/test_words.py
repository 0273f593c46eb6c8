"""Values as older forms write them."""

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lint.schemas
from lint.registries.ctgov import words


@pytest.mark.parametrize(
    ("enumeration", "label", "code"),
    [
        ("Status", "Active, not recruiting", "ACTIVE_NOT_RECRUITING"),
        ("Status", "No longer recruiting", "ACTIVE_NOT_RECRUITING"),
        ("Phase", "Early Phase 1", "EARLY_PHASE1"),
        ("Phase", "N/A", "NA"),
        ("Sex", "Both", "ALL"),
        ("DesignMasking", "Double (Participant, Investigator)", "DOUBLE"),
        ("DesignMasking", "None (Open Label)", "NONE"),
        ("StudyType", "Observational [Patient Registry]", "OBSERVATIONAL"),
        ("NonInferiorityType", "Superiority or Other (legacy)", "SUPERIORITY_OR_OTHER_LEGACY"),
        ("MeasureDispersionType", "97.5% Confidence Interval", "CONFIDENCE_975"),
        ("ReferenceType", "background", "BACKGROUND"),
        ("Status", "Nearly done", "Nearly done"),
    ],
)
def test_label_to_code(enumeration, label, code):
    assert words.code_of(enumeration, label) == code


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("January 2013", "2013-01"),
        ("January 5, 2013", "2013-01-05"),
        ("Sept 2013", "2013-09"),
        ("March 3rd, 2013", "2013-03-03"),
        ("2013-05", "2013-05"),
        ("Smarch 2013", "Smarch 2013"),
        ("soon", "soon"),
    ],
)
def test_date(written, date):
    assert words.iso_date(written) == date


def test_other_kinds():
    assert words.read_value("boolean", "Accepts Healthy Volunteers") is True
    assert words.read_value("boolean", "No") is False
    assert words.read_value("boolean", "Perhaps") == "Perhaps"
    assert words.read_value("integer", "1,250") == 1250
    assert words.read_value("integer", "12.5") == "12.5"
    assert words.read_value("minute", "09/11/2018 10:36") == "2018-09-11T10:36"


def enumerations(node):
    """The codes and labels of every enumeration of the record schema."""
    if isinstance(node, dict):
        if "x-labels" in node:
            yield node["enum"], node["x-labels"]
        for value in node.values():
            yield from enumerations(value)


def test_codes_are_those_of_the_schema():
    folder = next(iter(lint.schemas.__path__))
    with open(os.path.join(folder, "ctgov-v2.schema.json"), encoding="utf-8") as file:
        in_schema = {tuple(codes): labels for codes, labels in enumerations(json.load(file))}
    known = {tuple(dict.fromkeys(codes.values())): name for name, codes in words.codes().items()}
    assert set(in_schema) <= set(known)
    for codes, labels in in_schema.items():
        for code in codes:
            assert words.code_of(known[codes], labels[code]) == code


@given(st.text(), st.sampled_from(["boolean", "integer", "date", "minute", "Status", "Phase"]))
def test_any_text_is_read(text, kind):
    words.read_value(kind, text)
