"""Build what the readers of older forms know about fields and values, from the registry's own definitions.

    python tools/build_other_forms.py DEFINITIONS_FOLDER

The folder holds the field list of API v2 (``ctgov-v2-field-metadata.json``), which gives each field the name that
the classic API knew it by, and its enumerations (``ctgov-v2-enums.json``). The output, ``classic_fields.txt`` and
``codes.txt`` in ``lint/registries/ctgov``, depends on nothing else but the labels of ``record_tables.yaml`` and
the tables below.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "lint" / "registries" / "ctgov"
TABLES = yaml.safe_load((HERE / "record_tables.yaml").read_text("utf-8"))

ONLY_V2 = {"nPtrsToThisExpAccNctId", "resultsWaived", "geoPoint", "size", "hasResults"}
"""Fields that the classic API had under no name."""

PLACES = {
    "ArmGroupInterventionName": "ArmGroupInterventionList/ArmGroupInterventionName",
    "DesignObservationalModel": "DesignObservationalModelList/DesignObservationalModel",
    "DesignTimePerspective": "DesignTimePerspectiveList/DesignTimePerspective",
    "Sex": "Gender",
}
"""Where the classic name alone does not tell the place."""

SIMPLE = {
    "text": "", "markup": "", "NormalizedTime": "", "boolean": "boolean", "integer": "integer", "long": "integer",
    "number": "integer", "PartialDate": "date", "NormalizedDate": "date", "DateTimeMinutes": "minute",
}  # fmt: skip

OLDER_WORDS = {
    "Status": {"ACTIVE_NOT_RECRUITING": ["No longer recruiting"]},
    "RecruitmentStatus": {"ACTIVE_NOT_RECRUITING": ["No longer recruiting"]},
    "Phase": {"NA": ["N/A"], "EARLY_PHASE1": ["Phase 0"]},
    "Sex": {"ALL": ["Both"]},
    "OrgStudyIdType": {"NIH": ["U.S. NIH Grant/Contract Award Number", "U.S. NIH Grant/Contract"]},
    "SecondaryIdType": {
        "NIH": ["U.S. NIH Grant/Contract Award Number", "US NIH Grant Number", "NIH Grant Number"],
    },
    "AgencyClass": {"FED": ["U.S. Fed"], "OTHER_GOV": ["Other Government"], "INDIV": ["Individual"]},
    "DateType": {"ESTIMATED": ["Anticipated", "Estimate"]},
    "EnrollmentType": {"ESTIMATED": ["Anticipated", "Estimate"]},
    "DesignMasking": {
        "NONE": ["Open Label", "No masking"],
        "SINGLE": ["Single Blind"],
        "DOUBLE": ["Double Blind"],
        "TRIPLE": ["Triple Blind"],
        "QUADRUPLE": ["Quadruple Blind"],
    },
    "WhoMasked": {"PARTICIPANT": ["Subject"], "CARE_PROVIDER": ["Caregiver"]},
    "InterventionType": {"BIOLOGICAL": ["Biological/Vaccine"], "PROCEDURE": ["Procedure/Surgery"]},
    "IpdSharingInfoType": {
        "SAP": ["Statistical Analysis Plan"],
        "ICF": ["Informed Consent Form"],
        "CSR": ["Clinical Study Report"],
    },
    "MeasureDispersionType": {
        "CONFIDENCE_80": ["80% Confidence Interval"],
        "CONFIDENCE_90": ["90% Confidence Interval"],
        "CONFIDENCE_95": ["95% Confidence Interval"],
        "CONFIDENCE_975": ["97.5% Confidence Interval"],
        "CONFIDENCE_99": ["99% Confidence Interval"],
        "CONFIDENCE_OTHER": ["Other Confidence Interval Level"],
        "GEOMETRIC_COEFFICIENT": ["Geometric Coefficient of Variation"],
    },
    "AnalysisDispersionType": {"STANDARD_ERROR_OF_MEAN": ["Standard Error of the Mean"]},
    "ConfidenceIntervalNumSides": {"ONE_SIDED": ["1-Sided"], "TWO_SIDED": ["2-Sided"]},
    "ViolationEventType": {
        "VIOLATION_IDENTIFIED": ["Violation Identified by FDA"],
        "CORRECTION_CONFIRMED": ["Correction Confirmed by FDA"],
        "PENALTY_IMPOSED": ["Penalty Imposed by FDA"],
        "ISSUES_IN_LETTER_ADDRESSED_CONFIRMED": ["Issues in letter addressed; confirmed by FDA."],
    },
}
"""Words of older forms for a code, beside its label of today."""


def field_lines(fields: list[dict[str, Any]], depth: int = 0) -> Iterator[str]:
    """One line a field: its name, where the classic API had it, what kind of value it is."""
    for field in fields:
        if field["name"] in ONLY_V2:
            continue
        many = field["type"].endswith("[]")
        kind = field["type"].removesuffix("[]")
        piece = field["piece"]
        place = PLACES.get(piece, f"{piece}List/{piece}" if many else piece)
        children = field.get("children", [])
        kind = "" if children else SIMPLE.get(kind, kind)
        yield f"{' ' * depth}{field['name']}{'[]' * many} {place} {kind}".rstrip()
        yield from field_lines(children, depth + 1)


def code_lines(enumerations: dict[str, list[str]]) -> Iterator[str]:
    """One block an enumeration: its name, then each code with the words that do not spell it themselves."""
    for name, codes in enumerations.items():
        yield name
        for code in codes:
            label = TABLES["labels"].get(name, {}).get(code)
            words = [label] if label else []
            yield " " + " | ".join([code, *words, *OLDER_WORDS.get(name, {}).get(code, ())])


def main() -> None:
    folder = Path(sys.argv[1])
    fields = json.loads((folder / "ctgov-v2-field-metadata.json").read_text("utf-8"))
    enumerations = json.loads((folder / "ctgov-v2-enums.json").read_text("utf-8"))
    del enumerations["FieldStatsType"]
    for name, lines in (("classic_fields.txt", field_lines(fields)), ("codes.txt", code_lines(enumerations))):
        (TARGET / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
