"""The reader of reported measures: numbers, numbers analysed, values."""

from __future__ import annotations

from typing import Any

import pytest

from lint.api import Node
from lint.rules.readers.measures import analysed, cells, last_place, number, values

MEASURE: dict[str, Any] = {
    "paramType": "MEAN",
    "denoms": [
        {"units": "Participants", "counts": [{"groupId": "OG000", "value": "30"}, {"groupId": "OG001", "value": "28"}]},
        {"units": "Eyes", "counts": [{"groupId": "OG000", "value": "60"}]},
    ],
    "classes": [
        {"title": "Week 4", "categories": [{"measurements": [{"groupId": "OG000", "value": "4.1"}]}]},
        {
            "title": "Week 8",
            "denoms": [{"units": "Participants", "counts": [{"groupId": "OG000", "value": "25"}]}],
            "categories": [{"measurements": [{"groupId": "OG000", "value": "NA"}, {"groupId": "OG001"}]}],
        },
    ],
}


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", 12.0), ("-3.20", -3.2), (".5", 0.5), (" 7 ", 7.0), ("2.1E-7", 2.1e-7), ("1.", 1.0)],
)
def test_numbers_are_read(text: str, value: float) -> None:
    assert number(text) == value


@pytest.mark.parametrize("text", ["NA", "", "<5", "1,234", "1_0", "nan", "inf", "-inf", "12%", "3/4", None, 3])
def test_what_is_no_number(text: Any) -> None:
    assert number(text) is None


@pytest.mark.parametrize(("text", "place"), [("2.7", 0.1), ("3", 1.0), ("0.250", 0.001)])
def test_the_last_place_tells_the_rounding(text: str, place: float) -> None:
    assert last_place(text) == pytest.approx(place)


def test_numbers_analysed_by_units() -> None:
    assert analysed(MEASURE, "Participants") == {"OG000": 30.0, "OG001": 28.0}
    assert analysed(MEASURE, "eyes") == {"OG000": 60.0}
    assert analysed(MEASURE, "Lesions") == {}


def test_a_row_overrides_the_numbers_analysed_of_the_measure() -> None:
    read = list(values(Node(MEASURE)))
    assert [(one.row, one.group, one.number, one.analysed) for one in read] == [
        (0, "OG000", 4.1, 30.0),
        (1, "OG000", None, 25.0),
        (1, "OG001", None, 28.0),
    ]
    assert read[1].node.path == ("classes", 1, "categories", 0, "measurements", 0)


def test_values_of_chosen_units() -> None:
    assert next(values(Node({**MEASURE, "denomUnitsSelected": "Eyes"}))).analysed == 60.0


def test_numbers_analysed_from_elsewhere() -> None:
    read = list(values(Node({**MEASURE, "denoms": None}), {"OG000": 9.0}))
    assert [one.analysed for one in read] == [9.0, 25.0, None]


@pytest.mark.parametrize("measure", [{}, {"classes": [{}]}, {"classes": [{"categories": [{}]}]}])
def test_nothing_to_read(measure: dict[str, Any]) -> None:
    assert list(cells(measure)) == list(values(Node(measure))) == []
