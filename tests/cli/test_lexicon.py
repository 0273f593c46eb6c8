"""Words of one's own, learning, and ``lint lexicon``."""

import json

import pytest

from lint.spelling import use_speller
from lint.testing import minimal_record, patched

SUMMARY = "descriptionModule.briefSummary"


@pytest.fixture(autouse=True)
def speller_that_ships():
    yield
    use_speller(None)


@pytest.fixture
def records(folder):
    for number in range(3):
        text = f"Participants take assingned tablets, for {number + 24} weeks, and keep a diary of their attacks."
        record = patched(minimal_record(), {SUMMARY: text, "identificationModule.nctId": f"NCT0990000{number}"})
        (folder / f"{number}.json").write_text(json.dumps(record))
    return folder


def misspelt(lint, *args):
    result = lint("run", "--select", "TXT011", "--format", "concise", "-q", *args)
    assert result.err == ""
    return [line.partition("TXT011 ")[2].split("'")[1] for line in result.out.splitlines()]


def test_a_misspelling_is_reported_in_each_record(records, lint):
    assert misspelt(lint) == ["assingned"] * 3


def test_words_of_ones_own_are_right(records, lint):
    (records / ".lint.yaml").write_text("dictionary: [Assingned]\n")
    assert misspelt(lint) == []
    (records / ".lint.yaml").write_text("dictionary-files: [words.txt]\n")
    (records / "words.txt").write_text("# ours\nassingned  # as it is\n")
    assert misspelt(lint) == []


def test_a_dictionary_that_is_not_there_is_a_fault(records, lint):
    (records / ".lint.yaml").write_text("dictionary-files: [words.txt]\n")
    result = lint("run")
    assert result.code == 2
    assert "words.txt" in result.err


def test_words_of_other_records_are_learnt(records, lint):
    assert misspelt(lint, "--learn", "2") == []
    assert misspelt(lint, "--learn", "3") == ["assingned"] * 3


def test_standard_input_cannot_be_read_twice(records, lint):
    result = lint("run", "-", "--learn", "2")
    assert result.code == 2
    assert "--learn" in result.err


def test_a_lexicon_is_built_from_records_and_used(records, lint):
    assert lint("lexicon", "build", "0.json", "1.json", "2.json", "-o", "ours.bin").code == 0
    first = (records / "ours.bin").read_bytes()
    assert lint("lexicon", "build", "2.json", "1.json", "0.json", "-o", "ours.bin").code == 0
    assert (records / "ours.bin").read_bytes() == first
    (records / ".lint.yaml").write_text("lexicon: ours.bin\n")
    assert "3 further studies" in lint("lexicon", "info").out
    assert "3 of 85,569 studies" in lint("lexicon", "explain", "assingned").out


def test_no_record_makes_no_lexicon(folder, lint):
    (folder / "empty.jsonl").write_text("")
    assert lint("lexicon", "build", "empty.jsonl", "-o", "ours.bin").code == 2


def test_a_word_is_explained(folder, lint):
    assert "It is reported: 'mesenchymal' is probably meant." in lint("lexicon", "explain", "Msenchymal").out
    assert "It is not reported." in lint("lexicon", "explain", "enrolment").out
    assert "in names" in lint("lexicon", "explain", "oklaoma").out
    assert lint("lexicon", "explain", "5-FU").code == 2
