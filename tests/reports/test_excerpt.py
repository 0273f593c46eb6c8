import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint.reports.excerpt import excerpt


def marked(text, below):
    return "".join(character for character, mark in zip(text, below) if mark == "^")


@pytest.mark.parametrize(
    ("line", "start", "end", "text", "below"),
    [
        ("a word here", 2, 6, "a word here", "  ^^^^"),
        ("\tword", 1, 5, "    word", "    ^^^^"),
        ("中文 word", 3, 7, "中文 word", "     ^^^^"),
        ("中文 word", 0, 2, "中文 word", "^^^^"),
        ("e\u0301 word", 3, 7, "e\u0301 word", "  ^^^^"),
        ("\x1b word", 2, 6, "\\x1b word", "     ^^^^"),
        ("word", 4, 4, "word", "    ^"),
        ("word", 0, 0, "word", "^"),
        ("", 0, 0, "", "^"),
    ],
)
def test_the_carets_stand_below_the_place(line, start, end, text, below):
    assert excerpt(line, start, end, 60) == (text, below)


def test_a_long_line_is_cut_around_the_place():
    line = "x" * 20_000 + "word" + "y" * 20_000
    text, below = excerpt(line, 20_000, 20_004, 60)
    assert marked(text, below) == "word"
    assert text.startswith("…x")
    assert text.endswith("y…")
    assert len(text) <= 60


@given(st.text(alphabet="ab \t", max_size=400), st.integers(0, 400), st.integers(0, 40))
def test_what_is_marked_is_what_was_asked_for(line, start, length):
    start = min(start, len(line))
    text, below = excerpt(line, start, start + length, 60)
    assert len(text) <= 61
    assert "^" in below
    wanted = line[start : start + max(length, 1)].replace("\t", "    ")
    if wanted:
        assert wanted.startswith(marked(text, below))
