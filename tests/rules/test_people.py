"""Names of people."""

import pytest

from lint.rules.readers.people import is_person, may_be_same_person, name_parts


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Fangyu Wang, MD/PhD", ("fangyu", "wang")),
        ("Prof. Dr. José María Ñandú", ("jose", "maria", "nandu")),
        ("Berg, Anna, MD", ("berg", "anna")),
        ("Jianhua Ma", ("jianhua", "ma")),
        ("Mary O'Neill-Smith", ("mary", "o'neill", "smith")),
        ("MD", ()),
        ("", ()),
    ],
)
def test_titles_and_degrees_are_no_part_of_a_name(name, parts):
    assert name_parts(name) == parts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Maria Keller", "KELLER Maria"),
        ("M Keller", "Maria Keller, MD"),
        ("Maria Keller", "Maria Anna Keller"),
        ("ShenFeng", "Feng Shen, M.D."),
        ("Shihui", "Shi Hui"),
        ("Mikael Johansson", "Mikael Johanson"),
    ],
)
def test_one_person_under_two_names(one, other):
    assert may_be_same_person(name_parts(one), name_parts(other))
    assert may_be_same_person(name_parts(other), name_parts(one))


@pytest.mark.parametrize(
    ("one", "other"), [("Shihui", "Fangyu Wang"), ("Anna Berg", "Per Holm"), ("Li Wang", "Fang Wang")]
)
def test_two_people(one, other):
    assert not may_be_same_person(name_parts(one), name_parts(other))


@pytest.mark.parametrize(
    "name", ["Clinical Trials", "Bayer Study Director", "Novartis", "TBD", "MD", "Acme Pharmaceuticals"]
)
def test_jobs_and_companies_are_no_people(name):
    assert not is_person(name)


@pytest.mark.parametrize("name", ["Eric Simpson, MD", "Anna Care", "John Doctor", "Suharto", "王芳"])
def test_people_are(name):
    assert is_person(name)
