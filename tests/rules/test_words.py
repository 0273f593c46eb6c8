"""Slips that a record betrays itself."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from lint.api import Context
from lint.rules.readers.words import slips
from lint.spelling.edits import one_edit_apart
from lint.spelling.forms import related_forms


def found(*texts, names=()):
    record = {
        "protocolSection": {
            "descriptionModule": {"briefSummary": texts[0], "detailedDescription": " ".join(texts[1:])},
            "contactsLocationsModule": {"locations": [{"facility": name} for name in names]},
        }
    }
    return [(slip.word, slip.model) for slip in slips(Context(record, date(2024, 6, 30)))]


@pytest.mark.parametrize(
    ("slip", "right"),
    [
        ("msenchymal", "mesenchymal"),
        ("pateint", "patient"),
        ("hyperlididemia", "hyperlipidemia"),
        ("quistionaire", "questionnaire"),
        ("heathy", "healthy"),
        ("lntervertebral", "intervertebral"),
    ],
)
def test_an_unknown_word_beside_its_known_twin(slip, right):
    assert found(f"The {slip} one.", f"Another {right} one.") == [(slip, right)]


@pytest.mark.parametrize(
    "text",
    [
        "Ascites and ascitess are ascitic.",
        "Refractory ascite or ascites.",
        "The intranodal and intranasal route, macroangiopathy and microangiopathy.",
        "CTFESI and TFESI, mXELIRI and XELIRI, eConsent and consent, ProCore and procure.",
        "A haemodilution or hemodilution; leukaemic leukaemia.",
        "See https://example.org/pateint or pateint@example.org as a patient.",
        "Laminotomy and laminectomy, craniectomy and craniotomy.",
        "Exampline, Examplone: two unknown drugs.",
    ],
)
def test_forms_relatives_and_codes_are_no_slips(text):
    assert found(text) == []


def test_an_unknown_word_beside_a_more_frequent_unknown_word():
    assert found("Exampline is good.", "Exampline, exampline and exampline; examplien once.") == [
        ("examplien", "exampline")
    ]


def test_a_name_counts_beside_the_same_words():
    nanjing = ["Nanjing University", "Nanjing General Hospital"]
    assert found("", names=[*nanjing, "Nanjin University"]) == [("nanjin", "nanjing")]
    assert found("", names=[*nanjing, "Saint Nanjin of Bern"]) == []
    assert found("", names=["Example Hospital", "Other Hospibal of Bern"]) == [("hospibal", "hospital")]


@pytest.mark.parametrize(
    ("one", "other", "related"),
    [
        ("tumour", "tumor", True),
        ("randomised", "randomized", True),
        ("growing", "rowing", True),
        ("hypertension", "hypotension", True),
        ("studies", "study", True),
        ("nanjin", "nanjing", False),
        ("patinet", "patient", False),
    ],
)
def test_forms_of_one_word(one, other, related):
    assert related_forms(one, other) is related
    assert related_forms(other, one) is related


letters = st.text("abc", max_size=7)


@given(letters, letters)
def test_one_edit_is_what_the_edit_distance_says(one, other):
    assert one_edit_apart(one, other) == (OSA.distance(one, other) == 1)
