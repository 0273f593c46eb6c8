"""Eligibility criteria as registrants write them."""

import pytest

from lint.rules.readers.criteria import section_at, sections_of


def kinds(text):
    return [section.kind for section in sections_of(text)]


@pytest.mark.parametrize(
    "heading",
    [
        "Inclusion Criteria:",
        "INCLUSION CRITERIA",
        "Key Inclusion Criteria :",
        "* Inclusion criteria:",
        "1. Inclusion Criteria:",
        "**Inclusion Criteria**",
        "Inclusion:",
        "Main inclusion criteria (screening)",
        "List of inclusion criteria:",
        "Inclusion criteria for healthy volunteers:",
    ],
)
def test_headings_are_written_in_many_ways(heading):
    assert kinds(f"{heading}\n\n* Migraine") == ["inclusion"]


@pytest.mark.parametrize(
    "heading", ["Exclusion Criteria:", "Non-inclusion criteria:", "EXCLUSION", "Exclusion Criteria:1."]
)
def test_non_inclusion_is_exclusion(heading):
    assert kinds(f"{heading} \n* Pregnancy")[-1] == "exclusion"


@pytest.mark.parametrize(
    "line",
    [
        "* Patient meets the inclusion criteria for trial entry",
        "* Use of opioids in the last 4 weeks before inclusion",
        "Other protocol-defined exclusion criteria may apply.",
        "* Any inclusion criteria not met",
        "* Total chronic occlusions.",
        "5. fMRI exclusion only: anything that prevents fMRI",
    ],
)
def test_sentences_about_inclusion_are_no_headings(line):
    assert kinds(line) == [""]


def test_a_heading_that_names_both_has_no_kind():
    assert kinds("Inclusion and Exclusion Criteria:\n* Migraine\nExclusion Criteria:\n* Pregnancy") == ["", "exclusion"]


def test_lines_lose_their_bullets_and_keep_their_places():
    text = "Inclusion Criteria: Adults.\n\n  * Migraine\n  2) Consent\n-\n\nExclusion Criteria:\n\nPregnancy"
    inclusion, exclusion = sections_of(text)
    assert [(line.marker, line.text) for line in inclusion.lines] == [
        ("", "Adults."), ("*", "Migraine"), ("2)", "Consent"), ("-", ""),
    ]  # fmt: skip
    for section in (inclusion, exclusion):
        assert text[slice(*section.span)] == section.heading
        assert all(text[line.start :].startswith(line.text) for line in section.lines)
    assert [line.text for line in inclusion.filled] == ["Adults.", "Migraine", "Consent"]


def test_an_offset_finds_its_section():
    text = "Adults\nInclusion Criteria:\n* Migraine\nExclusion Criteria:\n* Pregnancy"
    sections = tuple(sections_of(text))
    found = [section_at(sections, text.index(word)) for word in ("Adults", "Migraine", "Pregnancy")]
    assert [section.kind for section in found] == ["", "inclusion", "exclusion"]


@pytest.mark.parametrize("text", ["", "\n \n", "clusion", "Inclusion", ":", "Exclusion Criteria:\r\n"])
def test_odd_texts_do_no_harm(text):
    assert all(isinstance(section.kind, str) for section in sections_of(text))
