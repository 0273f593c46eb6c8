from datetime import date

import pytest
from sample_findings import BARE, PLAIN

from lint.model import Outcome
from lint.overrides import Scope
from lint.waivers import Waiver, Waivers

TODAY = date(2024, 6, 30)


def waiver(**options):
    until = options.pop("until", None)
    return Waiver(Scope(frozenset({"ARM001", "SRC001", "LNT900"}), **options), "as agreed", until)


def left(waivers, *findings, **outcome):
    return waivers.apply(Outcome(findings, 1, **outcome))


@pytest.mark.parametrize(
    ("options", "fits"),
    [
        ({}, True),
        ({"records": ("NCT0990*",)}, True),
        ({"records": ("NCT01*",)}, False),
        ({"files": ("a.json",)}, True),
        ({"files": ("b/*",)}, False),
        ({"pointers": ("/protocolSection/*",)}, True),
        ({"pointers": ("/resultsSection",)}, False),
        ({"until": TODAY}, True),
        ({"until": date(2024, 6, 29)}, False),
    ],
)
def test_a_waiver_fits_by_rule_place_and_day(options, fits):
    waivers = Waivers([waiver(**options)], TODAY)
    outcome = left(waivers, PLAIN)
    assert [one.reason for one in outcome.waived] == (["as agreed"] if fits else [])
    assert outcome.findings == (() if fits else (PLAIN,))
    assert bool(waivers.expired) is (options.get("until") == date(2024, 6, 29))


def test_a_waiver_is_unused_only_if_its_records_were_checked():
    waivers = Waivers([waiver(records=("NCT0990*",)), waiver(files=("other.json",)), waiver()], TODAY)
    waivers.apply(Outcome((), 1, file="a.json", record="NCT09900001"))
    assert [one.scope.records for one in waivers.unused()] == [("NCT0990*",), ()]
    left(waivers, PLAIN, file=PLAIN.file, record=PLAIN.record)
    assert waivers.unused() == []


def test_the_message_does_not_matter():
    waivers = Waivers([waiver()], TODAY)
    assert not left(waivers, PLAIN._replace(message="quite another one")).findings


def test_what_was_not_checked_cannot_be_waived():
    waivers = Waivers([waiver()], TODAY)
    assert left(waivers, BARE, unreadable=True).findings == (BARE,)
    crash = PLAIN._replace(code="LNT900")
    assert left(waivers, crash).findings == (crash,)
