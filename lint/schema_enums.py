"""Values outside the registry's enumerations: labels, retired values, combinations of phases."""

from __future__ import annotations

import re
from typing import Any

from lint.model import Edit, Fix, Problem
from lint.paths import Path, value_at
from lint.schema_store import Schema
from lint.schema_terms import place, shown

Coded = tuple[str, Problem]

_CHANGE = "2017-01-18"
"""Since this day the registry has not taken the retired values any more."""
_CHANGE_FOR_RESULTS = "2018-01-18"
"""Results are drawn up for months before they are submitted, and the registry keeps what was chosen then."""

# Words in use for a code that are neither the code nor its label. Only what has one meaning.
_SYNONYMS = {
    "anticipated": "ESTIMATED",
    "expected": "ESTIMATED",
    "both": "ALL",
    "bothsexes": "ALL",
    "men": "MALE",
    "women": "FEMALE",
    "randomised": "RANDOMIZED",
    "nonrandomised": "NON_RANDOMIZED",
    "notapplicable": "NA",
    "singlearm": "SINGLE_GROUP",
    "singlegroupdesign": "SINGLE_GROUP",
    "parallelgroup": "PARALLEL",
    "paralleldesign": "PARALLEL",
    "crossoverdesign": "CROSSOVER",
    "openlabel": "NONE",
    "open": "NONE",
    "nomasking": "NONE",
    "unmasked": "NONE",
    "singleblind": "SINGLE",
    "singlemasked": "SINGLE",
    "doubleblind": "DOUBLE",
    "doublemasked": "DOUBLE",
    "tripleblind": "TRIPLE",
    "triplemasked": "TRIPLE",
    "quadrupleblind": "QUADRUPLE",
    "quadruplemasked": "QUADRUPLE",
    "caregiver": "CARE_PROVIDER",
    "subject": "PARTICIPANT",
    "outcomeassessor": "OUTCOMES_ASSESSOR",
    "phase0": "EARLY_PHASE1",
    "phasei": "PHASE1",
    "phaseii": "PHASE2",
    "phaseiii": "PHASE3",
    "phaseiv": "PHASE4",
    "activenolongerrecruiting": "ACTIVE_NOT_RECRUITING",
    "supportive": "SUPPORTIVE_CARE",
    "diagnosis": "DIAGNOSTIC",
    "placebo": "PLACEBO_COMPARATOR",
    "sham": "SHAM_COMPARATOR",
    "prospectivestudy": "PROSPECTIVE",
    "retrospectivestudy": "RETROSPECTIVE",
    "nonprobability": "NON_PROBABILITY_SAMPLE",
    "probability": "PROBABILITY_SAMPLE",
    "sponsorinvestigator": "SPONSOR_INVESTIGATOR",
    "pi": "PRINCIPAL_INVESTIGATOR",
    "eudract": "EUDRACT_NUMBER",
}
_COMBINED = {
    "phase1phase2": ("PHASE1", "PHASE2"),
    "phase12": ("PHASE1", "PHASE2"),
    "phaseiii/ii": ("PHASE2", "PHASE3"),
    "phase2phase3": ("PHASE2", "PHASE3"),
    "phase23": ("PHASE2", "PHASE3"),
}


def word_value(schema: Schema, path: Path, value: str, data: Any) -> Coded:
    """A value that the field does not know: a label in place of its code (ENU003), or no value of it."""
    codes: list[str] = schema["enum"]
    folded = _fold(value)
    pair = _COMBINED.get(folded) if "EARLY_PHASE1" in codes else None
    if pair:
        return "ENU003", _two_phases(path, value, pair, data)
    code = _known(schema).get(folded) or _synonym(folded, codes)
    if code:
        message = f"{shown(value, bare=True)} is a label; the code for it in {place(schema, path)} is '{code}'"
        return "ENU003", Problem(path, message, f"write '{code}'", fix=_replace(path, value, code))
    message = f"{shown(value, bare=True)} is no value of {place(schema, path)}"
    return "ENU001", Problem(path, message, _nearest(value, schema))


def word_phases(schema: Schema, path: Path, phases: list[str]) -> Coded:
    """Phases that the registry does not offer together."""
    message = f"'{' and '.join(phases)}' is no combination for {place(schema, path)}"
    hint = "only PHASE1 with PHASE2 and PHASE2 with PHASE3 go together; NA stands alone"
    return "ENU004", Problem(path, message, hint)


def word_retired(schema: Schema, path: Path, value: str, data: Any) -> list[Coded]:
    """A retired value (ENU002), unless the record or its results are older than the change."""
    status = value_at(data, ("protocolSection", "statusModule"), {})
    updated = value_at(status, ("lastUpdateSubmitDate",)) or value_at(status, ("lastUpdatePostDateStruct", "date"))
    results = value_at(status, ("resultsFirstSubmitDate",)) if path[0] == "resultsSection" else None
    if any(isinstance(date, str) and date < day for date, day in ((updated, _CHANGE), (results, _CHANGE_FOR_RESULTS))):
        return []
    message = f"'{value}' is an old value of {place(schema, path)} that cannot be entered any more"
    retired = schema["x-legacy"]["enum"]
    current = [code for code in schema["enum"] if code not in retired and f"{code}_LEGACY" not in retired]
    return [("ENU002", Problem(path, message, f"choose one of {', '.join(current)}"))]


def _two_phases(path: Path, value: str, pair: tuple[str, str], data: Any) -> Problem:
    listed = f'["{pair[0]}", "{pair[1]}"]'
    message = f"{shown(value, bare=True)} is a label; the registry lists the two phases apart"
    fix = None
    if value_at(data, path[:-1]) == [value]:
        fix = Fix(f"write {listed}", (Edit(path[:-1], list(pair)),), safe=True)
    return Problem(path, message, f"write {listed}", fix=fix)


def _replace(path: Path, value: str, code: str) -> Fix:
    return Fix(f"replace '{value}' by '{code}'", (Edit(path, code),), safe=True)


def _known(schema: Schema) -> dict[str, str]:
    """The codes of a field by their folded labels and by themselves."""
    folded = {_fold(label): code for code, label in schema["x-labels"].items()}
    return folded | {_fold(code): code for code in schema["enum"]}


def _synonym(folded: str, codes: list[str]) -> str | None:
    code = _SYNONYMS.get(folded)
    return code if code in codes else None


def _fold(text: str) -> str:
    """Reduce a label to its letters and digits, so that case, blanks, hyphens and slashes do not count."""
    return re.sub(r"[^0-9a-z]+", "", text.lower())


def _nearest(value: str, schema: Schema) -> str:
    from difflib import get_close_matches

    known = _known(schema)
    near = get_close_matches(_fold(value), known, 1, 0.75)
    if near:
        return f"did you mean '{known[near[0]]}'?"
    current = [code for code in schema["enum"] if code not in schema.get("x-legacy", {}).get("enum", ())]
    return f"choose one of {', '.join(current)}"
