"""Interventions: how arms refer to them, and which are placebos."""

from __future__ import annotations

from lint.api import Context, pattern, unescape
from lint.rules.readers.labels import folded

TYPE_LABELS = {
    "BEHAVIORAL": "Behavioral",
    "BIOLOGICAL": "Biological",
    "COMBINATION_PRODUCT": "Combination Product",
    "DEVICE": "Device",
    "DIAGNOSTIC_TEST": "Diagnostic Test",
    "DIETARY_SUPPLEMENT": "Dietary Supplement",
    "DRUG": "Drug",
    "GENETIC": "Genetic",
    "OTHER": "Other",
    "PROCEDURE": "Procedure",
    "RADIATION": "Radiation",
}
"""How the registry writes the type of an intervention before its name in ``interventionNames``."""

_PREFIXES = frozenset(label.casefold() for label in TYPE_LABELS.values())

_PLACEBO_LIKE = pattern(
    r"(?i)p(?:la|al)[cs]{1,2}e?[bv]{1,2}[oa]|sham|vehicle|saline|sodium chloride|\bnacl\b|dummy|sugar|inert|inactive|"
    r"dextrose|glucose|lactose|maltodextrin|starch|cellulose|mock|simulat|without active|no active|fake|"
    r"(?<!with )(?<!in )(?<!of )\bwater\b|imitation|\bexcipient|\bdiluent|ringer|lactate|buffer|non[- ]?active|"
    r"control (?:cream|gel|product|drink|diet|substance)|"
    r"attention|negative control|petrol|vaseline|acupoint|room air|turned off|switched off|deactivated|\boff\b"
)
"""What placebos are called, or are made of."""


def read_names(ctx: Context) -> list[tuple[str, str]]:
    """Return type and folded name of every intervention; use it as ``ctx.memo(read_names)``."""
    given = ctx.get("armsInterventionsModule.interventions") or ()
    return [(one.get("type") or "", folded(unescape(one.get("name") or ""))) for one in given]


def without_type(name: str) -> str:
    """Return the name of an intervention as an arm refers to it, without ``Drug:`` before it."""
    kind, colon, rest = name.partition(":")
    return rest.strip() if colon and kind.strip().casefold() in _PREFIXES else name


def is_placebo(text: str) -> bool:
    """Say whether a text speaks of a placebo, a sham, or something that usually is one."""
    return _PLACEBO_LIKE().search(text) is not None
