"""Reading arms: titles that are copies or slips of each other, names with and without their type."""

from datetime import date

import pytest

from lint.api import Context
from lint.rules.readers.arms import indistinct, listed, read_arms, same_treatment
from lint.rules.readers.interventions import is_placebo, without_type
from lint.rules.readers.labels import Twins, cut_off, folded, twins


def context(*arms, summary=""):
    groups = [
        {"label": label, "description": description, "interventionNames": names} for label, description, names in arms
    ]
    module = {"armGroups": groups}
    return Context(
        {"protocolSection": {"armsInterventionsModule": module, "descriptionModule": {"briefSummary": summary}}},
        date(2024, 6, 30),
    )


@pytest.mark.parametrize(
    ("one", "other"), [("Group A", " group  a."), ("Phase I:X", "phase i: x"), ("Add-on", "add on"), ("(A)/B", "A / B")]
)
def test_case_blanks_and_punctuation_do_not_count(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("HBV+", "HBV-"), ("< 5", "> 5"), ("1.5 mg", "15 mg"), ("α", "β"), ("A'", "A")]
)
def test_signs_digits_and_letters_count(one, other):
    assert folded(one) != folded(other)


def test_one_letter_of_one_word_is_a_slip_of_the_known_word():
    assert twins(context(), "mesenchymal stem cells", "msenchymal stem cells") == Twins("msenchymal", "mesenchymal")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("prednisone", "prednisolone"),
        ("vinblastine", "vincristine"),
        ("inulin", "insulin"),
        ("cohort ab1234", "cohort ab1235"),
        ("early intervention", "late intervention"),
        ("intervention", "intervention twice"),
    ],
)
def test_two_things_are_no_slip(one, other):
    assert twins(context(), one, other) is None


def test_of_two_unknown_words_the_record_decides():
    summary = "Examplinib is new. Examplinib is given for a week. Examplinib is safe. All take examplinib."
    arms = [("Examplinib", "", []), ("Examplnib", "", [])]
    assert twins(context(*arms, summary=summary), "examplnib", "examplinib") == Twins("examplnib", "examplinib")
    assert twins(context(*arms), "examplnib", "examplinib") is None


def test_a_cut_copy_lacks_idle_words_only():
    long = ["new", "stem", "cells", "transplantation"]
    assert cut_off(long[1:], long, {"new"})
    assert cut_off(long[:3], long, {"transplantation"})
    assert not cut_off(long[1:], long, set())
    assert not cut_off(long[2:], long, set(long))
    assert not cut_off(long, long, set(long))


def test_arms_of_one_treatment_are_told_apart_by_words_and_their_order():
    both = ["Drug: A", "Drug: B"]
    ctx = context(("Arm 1", "A, then B", both), ("Arm 2", "B, then A", both), ("C", "", ["Drug: C"]))
    assert [[arm.label for arm in group] for group in same_treatment(ctx)] == [["Arm 1", "Arm 2"]]
    assert indistinct(ctx) == []


def test_numbers_of_arms_and_names_of_interventions_tell_nothing():
    ctx = context(("Arm 1 A", "", ["Drug: A"]), ("Arm 2", "", ["Drug: A"]), ("Arm 3", "50 mg", ["Drug: A"]))
    ((arms, alike),) = indistinct(ctx)
    assert [arm.label for arm in arms] == ["Arm 1 A", "Arm 2", "Arm 3"]
    assert [arm.label for arm in alike] == ["Arm 1 A", "Arm 2"]


def test_titles_are_listed_in_words():
    arms = read_arms(context(*[(letter, "", []) for letter in "ABCDEF"]))
    assert [listed(arms[:1]), listed(arms[:2])] == ["'A'", "'A' and 'B'"]
    assert listed(arms) == "'A', 'B', 'C', 'D' and 2 more"


@pytest.mark.parametrize(
    ("name", "bare"),
    [("Drug: X", "X"), ("Dietary Supplement: X: Y", "X: Y"), ("Part 1: X", "Part 1: X"), ("X", "X")],
)
def test_the_type_before_a_name_is_taken_off(name, bare):
    assert without_type(name) == bare


def test_placebos_have_many_names_and_slips():
    assert all(
        map(is_placebo, ["Placebo", "palcebo tablet", "0.9% sodium chloride", "Sham stimulation", "vehicle cream"])
    )
    assert not any(map(is_placebo, ["in place of aspirin", "Usual care", "Exampline"]))
