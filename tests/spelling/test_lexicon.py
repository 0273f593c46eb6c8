"""The lexicon file: what is written is found again, and frequent words by their slips."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from lint.errors import ConfigError
from lint.spelling.counting import Counts
from lint.spelling.edits import two_edits_apart
from lint.spelling.lexicon import NONE, PLAIN, RARE, UNSEEN, Entry, Lexicon
from lint.spelling.lexicon_file import lexicon_bytes
from lint.spelling.score import read_weights
from lint.spelling.speller import Speller

WORDS = {
    "patient": Entry(50_000, 12, 80, PLAIN),
    "questionnaire": Entry(7_000, 0, 60, PLAIN),
    "questionaire": Entry(98, 0, 62, NONE),
    "nanjing": Entry(8, 496, 0, NONE),
    "patientes": Entry(2, 0, 90, NONE),
    "patienty": Entry(0, 0, 100, RARE),
    "zymurgical": Entry(0, 0, 100, RARE),
}
ABOUT = {"name": "test", "studies": 85_569, "sources": ["made up"]}


@pytest.fixture
def lexicon(tmp_path):
    file = tmp_path / "words.bin"
    file.write_bytes(lexicon_bytes(WORDS, ABOUT))
    return Lexicon(str(file))


def test_every_word_is_found_as_it_was_given(lexicon):
    kept = {word: entry for word, entry in WORDS.items() if word != "zymurgical"}
    assert dict(lexicon.words()) == kept
    assert {word: lexicon.find(word) for word in kept} == kept
    assert lexicon.find("zymurgical") == lexicon.find("pat") == lexicon.find("ent") == UNSEEN


def test_frequent_words_are_found_by_their_slips(lexicon):
    assert lexicon.near("pateint") == ["patient"]
    assert lexicon.near("nanjin") == ["nanjing"]
    assert lexicon.farther("quistionaire") == ["questionnaire"]
    assert lexicon.near("migraine") == lexicon.farther("migraine") == []


def test_a_frequent_slip_is_nothing_to_hold_words_against(lexicon):
    assert lexicon.near("questionair") == []


def test_the_order_of_the_words_makes_no_difference():
    assert lexicon_bytes(WORDS, ABOUT) == lexicon_bytes(dict(reversed(WORDS.items())), ABOUT)


@pytest.mark.parametrize("content", [b"", b"no lexicon", b"registry-lint lexicon 0\n{}\n"])
def test_what_is_no_lexicon_is_refused(tmp_path, content):
    file = tmp_path / "words.bin"
    file.write_bytes(content)
    with pytest.raises(ConfigError):
        Lexicon(str(file))


def test_a_lexicon_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read"):
        Lexicon(str(tmp_path / "none.bin"))


def test_counts_are_added_to_those_of_a_lexicon_or_taken_alone(lexicon):
    counts = Counts()
    counts.add(["A patient drinks exampline.", "Patient"], ["Nanjing Hospital"])
    counts.add(["exampline"], [])
    added = counts.entries(lexicon, fresh=False)
    assert added["patient"].studies == pytest.approx(50_001, abs=2)
    assert added["exampline"] == Entry(2, 0, 100, NONE)
    fresh = counts.entries(lexicon, fresh=True)
    assert (fresh["patient"], fresh["nanjing"]) == (Entry(1, 0, 50, PLAIN), Entry(0, 1, 0, NONE))
    assert fresh["questionnaire"] == Entry(0, 0, 60, PLAIN)
    assert "questionaire" not in fresh and "drinks" not in fresh


letters = st.text("ab", min_size=1, max_size=7)


@settings(max_examples=300)
@given(letters, letters)
def test_two_edits_are_what_the_edit_distance_says(one, other):
    assert two_edits_apart(one, other) == (OSA.distance(one, other) == 2)


@pytest.fixture(scope="module")
def spellers(tmp_path_factory):
    """The speller that ships, and one with the same words that finds out itself which of them are clear."""
    shipped = Speller(Lexicon())
    entries = {word: entry._replace(clear=False) for word, entry in shipped.lexicon.words()}
    file = tmp_path_factory.mktemp("lexicon") / "words.bin"
    file.write_bytes(lexicon_bytes(entries, {"name": "unmarked", "studies": 1, "sources": []}))
    return shipped, Speller(Lexicon(str(file)))


def test_the_marks_of_clear_words_change_no_verdict(spellers):
    shipped, plain = spellers
    every = [word for word, entry in shipped.lexicon.words() if entry.level < PLAIN]
    words = Random(7).sample(every, 3_000)
    assert sum(shipped.lexicon.find(word).clear for word in words) > 1_000
    assert {word: shipped.suspicion(word) for word in words} == {word: plain.suspicion(word) for word in words}


def test_other_weights_make_the_marks_void(spellers):
    shipped, plain = spellers
    weights = read_weights()._replace(default=-50.0, strict=-50.0, mark="")
    assert Speller(shipped.lexicon, weights=weights).suspicion("ascite").slips
    word = next(word for word in ("enrolment", "jinling", "reagin") if shipped.lexicon.near(word))
    assert Speller(shipped.lexicon, weights=weights).suspicion(word) == Speller(
        plain.lexicon, weights=weights
    ).suspicion(word)
