"""One name, written in two ways."""

import pytest

from lint.rules.readers.names import written_differently


@pytest.mark.parametrize(
    ("one", "other", "way"),
    [
        ("Anna Berg, MD", "Berg Anna", "in another order"),
        ("Chunhong Shen", "Shen Chun-Hong", "in another order"),
        ("Shi Hui Chen", "Shihui Chen", "joined or divided otherwise"),
        ("Fangyu Wang", "F. Wang", "with an initial for the given name"),
        ("Dominique Forrest", "Dominque Forrest", "spelled otherwise"),
    ],
)
def test_one_name_in_two_ways(one, other, way):
    assert written_differently(one, other) == written_differently(other, one) == way


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Berg, MD", "Prof. Anna Berg"),
        ("Anna M Berg", "Anna Maria Berg"),
        ("Zhi-Hong Liu", "Zhi Hong Liu"),
        ("Eda Kalaycı", "Eda Kalayci"),
        ("Anna Berg", "Per Berg"),
        ("Anna Berg", "Anna Holm"),
        ("Joanna Smith", "Joanne Smith"),
        ("W.S. Ko", "WS Ko"),
        ("MD", "Anna Berg"),
    ],
)
def test_equal_names_and_two_people(one, other):
    assert written_differently(one, other) == ""
