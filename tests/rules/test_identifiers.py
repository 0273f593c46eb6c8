"""Shapes of identifiers of other registries and of grants."""

import pytest

from lint.rules.readers.identifiers import bare, cleaned, expected_shape, fitting_type

RIGHT = [
    ("EUDRACT_NUMBER", "2004-000725-30"),
    ("EUDRACT_NUMBER", "2004-000725-30-3RD"),
    ("EUDRACT_NUMBER", "2023-506115-17"),
    ("CTIS", "2022-501549-57-00"),
    ("NIH", "R01CA123456"),
    ("NIH", "2R01 DK107680-06A1"),
    ("REGISTRY", "ACTRN12614000265673"),
    ("REGISTRY", "ChiCTR2000029308"),
    ("REGISTRY", "CTR20220973"),
    ("REGISTRY", "jRCTs031180123"),
    ("REGISTRY", "U1111-1293-5630"),
    ("REGISTRY", "NCI-2012-03005"),
    ("REGISTRY", "ENCEPP/SDPP/4137"),
    ("OTHER", "anything at all"),
]
WRONG = [
    ("EUDRACT_NUMBER", "2004-725-30"),
    ("CTIS", "2013-001234-17"),
    ("NIH", "CA123456"),
    ("REGISTRY", "ISRCTN123"),
    ("REGISTRY", "DRKS 00003170"),
    ("REGISTRY", "NCT1854125"),
]


@pytest.mark.parametrize(("kind", "identifier"), RIGHT)
def test_right_shapes_pass(kind, identifier):
    assert expected_shape(kind, identifier) == ""


@pytest.mark.parametrize(("kind", "identifier"), WRONG)
def test_wrong_shapes_are_told_the_right_one(kind, identifier):
    assert expected_shape(kind, identifier)


def test_blanks_marks_and_case_do_not_count():
    assert bare("drks 0000-3170") == bare("DRKS00003170") != bare("DRKS00003171")


def test_only_one_number_is_taken_out_of_a_text():
    assert cleaned("EudraCT: 2013-001234-17") == "2013-001234-17"
    assert cleaned("2013/001234/17") == "2013-001234-17"
    assert cleaned("2013-001234-17 and 2014-001234-17") == cleaned("EX-1") == ""


@pytest.mark.parametrize(
    ("kind", "identifier", "fitting"),
    [
        ("OTHER", "2013-001234-17", "EUDRACT_NUMBER"),
        ("REGISTRY", "2022-501549-57-00", "CTIS"),
        ("OTHER_GRANT", "5R01HL109293-02", "NIH"),
        ("OTHER", "UMIN000012345", "REGISTRY"),
    ],
)
def test_a_number_under_the_wrong_type(kind, identifier, fitting):
    assert fitting_type(kind, identifier) == fitting
    assert fitting_type(fitting, identifier) == ""


@pytest.mark.parametrize("identifier", ["U1111-1266-7399", "2013-123456-17", "R01-24", "EX-1", ""])
def test_a_number_that_may_stay(identifier):
    assert fitting_type("OTHER", identifier) == ""
