import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint.markup import raw_offset, unescape


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (r"18\~65 years", "18~65 years"),
        (r"\>= 4 and \<126 \[Eichenfeld\]", ">= 4 and <126 [Eichenfeld]"),
        (r"\- first \* second", "- first * second"),
        (r"a double backslash \\ stays single", "a double backslash \\ stays single"),
        (r"\\\*", r"\*"),
        (r"C:\new folder", r"C:\new folder"),
        ("ends with \\", "ends with \\"),
        ("nothing to do", "nothing to do"),
    ],
)
def test_escapes_are_undone(text: str, plain: str) -> None:
    assert unescape(text) == plain


def test_a_place_in_the_plain_text_leads_back_to_the_written_one() -> None:
    text = r"age 18\~65 \[years\]"
    plain = unescape(text)
    start, end = plain.index("65"), plain.index("65") + 2
    assert text[raw_offset(text, start) : raw_offset(text, end)] == "65"
    assert text[raw_offset(text, plain.index("[")) :].startswith(r"\[years")
    assert raw_offset(text, len(plain)) == len(text)


@given(st.text(alphabet="ab\\~[*é", max_size=30))
def test_every_character_is_found_again(text: str) -> None:
    plain = unescape(text)
    offsets = [raw_offset(text, offset) for offset in range(len(plain))]
    assert offsets == sorted(set(offsets))
    for offset, character in zip(offsets, plain):
        written = text[offset]
        assert written == character or (written == "\\" and text[offset + 1] == character)
