"""Flaws of statistical analyses, which are made up for the purpose."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, TypeAlias

from lint.synthetic.planting import Planter, plants_in_results

_ANALYSIS = "outcomeMeasuresModule/outcomeMeasures/0/analyses/0"

Analysis: TypeAlias = dict[str, Any]
Spoiler: TypeAlias = Callable[[Random, Analysis], str]
"""Puts a flaw into an analysis and returns the member where it stands, nothing for the whole."""


def _spoils(code: str) -> Callable[[Spoiler], Planter]:
    """Enter a planter that is given a sound comparison of two groups in the primary outcome."""

    def enter(spoiler: Spoiler) -> Planter:
        @plants_in_results(code)
        def within(rng: Random, section: dict[str, Any]) -> str | None:
            outcome = section["outcomeMeasuresModule"]["outcomeMeasures"][0]
            if len(outcome["groups"]) < 2:
                return None
            analysis = _sound(rng)
            outcome["analyses"] = [analysis]
            return f"{_ANALYSIS}/{spoiler(rng, analysis)}".rstrip("/")

        return within

    return enter


def _sound(rng: Random) -> Analysis:
    tenths = rng.randrange(1, 9)
    return {
        "groupIds": ["OG000", "OG001"],
        "nonInferiorityType": "SUPERIORITY",
        "pValue": f"0.00{rng.randrange(2, 9)}",
        "statisticalMethod": "ANCOVA",
        "paramType": "Mean Difference (Final Values)",
        "paramValue": f"-2.{tenths}",
        "ciPctValue": "95",
        "ciNumSides": "TWO_SIDED",
        "ciLowerLimit": f"-4.{tenths}",
        "ciUpperLimit": f"-0.{tenths}",
        "dispersionType": "STANDARD_ERROR_OF_MEAN",
        "dispersionValue": "1.0",
    }


@_spoils("RES006")
def impossible_p_value(rng: Random, analysis: Analysis) -> str:
    analysis["pValue"] = rng.choice(("1.3", "-0.04", "= -0.04", "12"))
    return "pValue"


@_spoils("RES007")
def interval_upside_down(rng: Random, analysis: Analysis) -> str:
    analysis["ciLowerLimit"], analysis["ciUpperLimit"] = analysis["ciUpperLimit"], analysis["ciLowerLimit"]
    return "ciLowerLimit"


@_spoils("RES030")
def compared_with_nobody(rng: Random, analysis: Analysis) -> str:
    analysis["groupIds"][1] = f"OG0{rng.randrange(10, 99)}"
    return "groupIds"


@_spoils("RES036")
def groups_left_out(rng: Random, analysis: Analysis) -> str:
    del analysis["groupIds"]
    return ""


@_spoils("RES040")
def p_value_of_zero(rng: Random, analysis: Analysis) -> str:
    analysis["pValue"] = rng.choice(("0.000", "0", "0.0"))
    return "pValue"


@_spoils("RES042")
def level_as_a_fraction(rng: Random, analysis: Analysis) -> str:
    analysis["ciPctValue"] = rng.choice(("0.95", "5", "0.9"))
    return "ciPctValue"


@_spoils("RES044")
def limit_left_out(rng: Random, analysis: Analysis) -> str:
    del analysis[rng.choice(("ciLowerLimit", "ciUpperLimit"))]
    return "ciNumSides"


@_spoils("RES046")
def negative_error(rng: Random, analysis: Analysis) -> str:
    analysis["dispersionValue"] = f"-{analysis['dispersionValue']}"
    return "dispersionValue"


@_spoils("RES054")
def test_left_out(rng: Random, analysis: Analysis) -> str:
    del analysis["statisticalMethod"]
    return "pValue"


@_spoils("RES056")
def half_an_estimate(rng: Random, analysis: Analysis) -> str:
    del analysis[rng.choice(("paramValue", "paramType"))]
    return ""


@_spoils("RES058")
def margin_left_out(rng: Random, analysis: Analysis) -> str:
    analysis["nonInferiorityType"] = rng.choice(("NON_INFERIORITY", "EQUIVALENCE"))
    return "nonInferiorityType"


@_spoils("RES064")
def negative_ratio(rng: Random, analysis: Analysis) -> str:
    analysis["paramType"] = rng.choice(("Odds Ratio (OR)", "Hazard Ratio (HR)", "Risk Ratio (RR)"))
    return "paramValue"


@_spoils("RES080")
def interval_against_p_value(rng: Random, analysis: Analysis) -> str:
    analysis["pValue"] = f"0.{rng.randrange(30, 90)}"
    return "pValue"
