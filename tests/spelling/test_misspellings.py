"""What is called a misspelling, with the lexicon that ships."""

from datetime import date

import pytest

from lint.api import Context
from lint.rules.readers.languages import is_foreign
from lint.rules.readers.words import misspellings


def found(text, *, profile="submission", **members):
    record = {"protocolSection": {"descriptionModule": {"briefSummary": text}, **members}}
    ctx = Context(record, date(2024, 6, 30), profile)
    return [(one.word, one.verdict.right) for one in misspellings(ctx)]


def in_names(*names):
    return {"contactsLocationsModule": {"locations": [{"facility": name} for name in names]}}


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("msenchymal", "mesenchymal"),
        ("ascite", "ascites"),
        ("occured", "occurred"),
        ("arrythmia", "arrhythmia"),
        ("patinets", "patients"),
        ("diabete", "diabetes"),
        ("hyperlididemia", "hyperlipidemia"),
        ("quistionaire", "questionnaire"),
        ("upto", "up to"),
        ("ofponatinib", "of ponatinib"),
        ("begiven", "be given"),
        ("acomposite", "a composite"),
        ("flowcytometry", "flow cytometry"),
        ("confering", "conferring"),
        ("Willcoxon", "wilcoxon"),
        ("Friedericia", "fridericia"),
        ("lenght", "length"),
        ("Cockroft", "cockcroft"),
    ],
)
def test_misspellings_and_their_corrections(word, right):
    assert found(f"Participants with {word} are followed for 24 weeks.") == [(word.lower(), right)]


@pytest.mark.parametrize(
    "text",
    [
        "Child-Pugh class; BMSCs as in Kharaziha et al.; enrolment at Jinling with Shihui.",
        "Agammaglobulinaemia, leukaemic cells, diagnoses and diagnosis, pathogeneses.",
        "Torsade de pointes, allo-HSCT, ABL, the ane group.",
        "Ussing chambers, anulus fibrosus, reagin, prorenins, spondylarthritis, leucapheresis.",
        "Cystometry, coloscopy, densiometry and hematotoxicity.",
        "Oligodendrogliomas, insulinomas, extubations and revascularisations.",
        "Insulin aspart, adduction, macroangiopathy and erythematous skin.",
        "Dust mite aller-gens couldn't be found; criss-cross.",
        "See www.example.org/pateint, pateint@example.org and https://example.org/a/pateint.",
        "mPateint, PATEINT, pateint5 and 5pateint are codes.",
        "Sustrate\u00ae (a brand).",
        "Los pacientes con asma se asignan al azar a un grupo de tratamiento.",
        "Exampline is new. Exampline helps. Exampline is safe. Exampline is cheap.",
    ],
)
def test_what_is_right_stays_silent(text):
    assert found(text) == []


def test_a_blank_is_missing_where_the_two_words_stand_apart_more_often():
    assert found("The betacell count; beta cell function and beta cell mass.") == [("betacell", "beta cell")]
    assert found("The betacell count.") == []


def test_names_of_organisations_and_places():
    assert found("", **in_names("Example Univeristy", "Oklaoma City", "Example Traditonal Medicine Centre")) == [
        ("oklaoma", "oklahoma"), ("traditonal", "traditional"), ("univeristy", "university"),
    ]  # fmt: skip
    assert found("", **in_names("Mirano Hospital", "Institutas", "Medikal Onkoloji", "Arden Hills", "Marchand")) == []


@pytest.mark.parametrize(
    ("name", "word", "right"),
    [
        ("Guanzhou First Hospital", "guanzhou", "guangzhou"),
        ("Altanta", "altanta", "atlanta"),
        ("Max Example Heart Insititute", "insititute", "institute"),
        ("Hospital Univesitario de Ejemplo", "univesitario", "universitario"),
        ("Barrnes Hospital", "barrnes", "barnes"),
    ],
)
def test_a_letter_lost_added_or_swapped_inside_a_name(name, word, right):
    assert found("", **in_names(name)) == [(word, right)]


@pytest.mark.parametrize(
    ("text", "word", "right"),
    [
        ("Informed concent is obtained.", "concent", "consent"),
        ("Cells are studied invitro.", "invitro", "in vitro"),
        ("The halflife of exampline is measured.", "halflife", "half-life"),
    ],
)
def test_habits_are_reported_whatever_the_counts_say(text, word, right):
    assert found(text) == [(word, right)]


def test_habits_in_names_are_other_ones_than_in_texts():
    assert found("", **in_names("Example Clnic", "Maimi")) == [("clnic", "clinic"), ("maimi", "miami")]
    assert found("", **in_names("Lazer Clinic", "Noval Hospital")) == []


def test_names_of_other_languages_and_small_places_are_left_alone():
    names = ("Groupe Francais", "Vilniaus Clinic", "Kliniska enheten", "Klinisk Institute", "Changxing", "Atlantia")
    assert found("", **in_names(*names)) == []


def test_persons_are_left_alone():
    people = {"overallOfficials": [{"name": "Anna Univeristy", "affiliation": "Example Fund", "role": "STUDY_CHAIR"}]}
    assert found("", contactsLocationsModule=people) == []


def test_the_strict_profile_reports_more():
    text = "Acute bronkitis is treated."
    assert found(text) == []
    assert found(text, profile="strict") == [("bronkitis", "bronchitis")]


def test_a_short_word_counts_where_the_right_one_stands_in_the_record():
    keywords = {"keywords": ["immun function"]}
    assert found("Immune cells are counted.", conditionsModule=keywords) == [("immun", "immune")]


def test_what_stands_in_the_record_is_the_better_guess():
    text = "Zimberelimub is given; zimberelimab, zimberelimab and zimberelimab."
    assert found(text) == [("zimberelimub", "zimberelimab")]


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("Hospital de la Santa Creu i Sant Pau de Barcelona", True),
        ("Die Wirkung von Beispiel auf das Leben mit Asthma", True),
        ("Evaluation of the effect of de novo and la carte diets on the patients", False),
        ("de la", False),
    ],
)
def test_small_words_tell_the_language(text, foreign):
    assert is_foreign(text) is foreign
