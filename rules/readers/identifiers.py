"""The shapes of trial numbers of other registries, and of grant numbers."""

from __future__ import annotations

from lint.api import pattern

_eudract = pattern(r"20[0-9]{2}-[0-9]{6}-[0-9]{2}(?:-[0-9A-Z]{2,3})?")
_ctis = pattern(r"20[0-9]{2}-5[0-9]{5}-[0-9]{2}(?:-[0-9]{2})?")
_grant = pattern(r"[0-9]? ?[A-Z][0-9A-Z]{2}[- ]?[A-Z]{2}[- ]?[0-9]{5,6}.*")
_nih_grant = pattern(
    r"[0-9]?[A-Z][0-9A-Z]{2} ?(?:A[AGIRT]|CA|D[ACEK]|E[BSY]|GM|H[DGL]|LM|M[DH]|N[RS]|OD|T[RW]) ?-?[0-9]{6}(?:-.*)?"
)
_no_digit = pattern(r"[^0-9]")
_mark = pattern(r"[^0-9A-Z]")
_number = pattern(r"[0-9]{4}[-‐–/ ][0-9]{5,6}[-‐–/ ][0-9]{2}(?:[-‐–/ ][0-9]{2})?")

_REGISTRIES = (
    ("ISRCTN", pattern(r"ISRCTN[0-9]{8}"), "ISRCTN and 8 digits"),
    ("ACTRN", pattern(r"ACTRN126[0-9]{11}"), "ACTRN and 14 digits"),
    ("DRKS", pattern(r"DRKS000[0-9]{5}"), "DRKS and 8 digits"),
    ("CHICTR", pattern(r"CHICTR(?:[0-9]{8,10}|-[A-Z]{3,5}-?[0-9]{8})"), "ChiCTR and 10 digits"),
    ("NCT", pattern(r"NCT[0-9]{8}"), "NCT and 8 digits"),
    ("JRCT", pattern(r"JRCT[S0-9][0-9]{9}"), "jRCT and 10 characters"),
    ("UMIN", pattern(r"UMIN0000[0-9]{5}"), "UMIN and 9 digits"),
    ("KCT", pattern(r"KCT00[0-9]{5}"), "KCT and 7 digits"),
    ("CTRI", pattern(r"CTRI/20[0-9]{2}/[0-9]{2,3}/[0-9]{5,6}"), "such as CTRI/2010/091/000001"),
    ("PACTR", pattern(r"PACTR20[0-9]{13,14}"), "PACTR and 15 or 16 digits"),
    ("TCTR", pattern(r"TCTR20[0-9]{9}"), "TCTR and 11 digits"),
    (
        "IRCT",
        pattern(r"IRCT(?:[0-9]{12,14}N[0-9]{1,3}|13[0-9]{6,10}N[0-9]{1,3})"),
        "IRCT, 12 to 14 digits, N and a number",
    ),
    ("LBCTR", pattern(r"LBCTR20[0-9]{8}"), "LBCTR and 10 digits"),
    ("RPCEC", pattern(r"RPCEC00000[0-9]{3}"), "RPCEC and 8 digits"),
    ("RBR", pattern(r"RBR-?[0-9A-Z]{6,10}"), "RBR- and 6 characters"),
    ("JAPICCTI", pattern(r"JAPICCTI-?[0-9]{6}"), "JapicCTI- and 6 digits"),
    ("SLCTR", pattern(r"SLCTR/20[0-9]{2}/[0-9]{3}"), "such as SLCTR/2010/007"),
    ("U1111", pattern(r"U1111-[0-9]{4}-[0-9]{4}"), "such as U1111-1266-7399"),
)


def bare(identifier: str) -> str:
    """Return an identifier without blanks, marks and case, for comparing it with others."""
    return _mark().sub("", identifier.upper())


def is_european(identifier: str) -> bool:
    """Say whether a text is the number of a trial in one of the EU registers."""
    return bool(_eudract().fullmatch(identifier) or _ctis().fullmatch(identifier))


def expected_shape(kind: str, identifier: str) -> str:
    """Say what an identifier of a type should look like; "" if it looks right or nobody can tell."""
    if kind == "EUDRACT_NUMBER":
        return "" if is_european(identifier) else "such as 2013-001234-17"
    if kind == "CTIS":
        return "" if _ctis().fullmatch(identifier) else "such as 2022-501549-57-00"
    if kind == "NIH":
        return "" if _grant().fullmatch(identifier.upper()) else "activity, institute and number, such as R01CA123456"
    if kind == "REGISTRY":
        return registry_shape(identifier)
    return ""


def registry_shape(identifier: str) -> str:
    """Say what a number that begins like one of a registry should look like; "" if it does, or begins otherwise."""
    upper = identifier.upper()
    for prefix, shape, words in _REGISTRIES:
        if upper.startswith(prefix) and upper[len(prefix) : len(prefix) + 1] in "0123456789-/ :S":
            return "" if shape().fullmatch(upper) else words
    return ""


def fitting_type(kind: str, identifier: str) -> str:
    """Return the type that an identifier of another type, or of none in particular, should have; "" if it may stay.

    Universal trial numbers (U1111-...) stay: they belong to no registry.
    """
    if _ctis().fullmatch(identifier) and identifier[5] == "5":
        return "" if kind == "CTIS" else "CTIS"
    if _eudract().fullmatch(identifier) and identifier[5] == "0":
        return "" if kind == "EUDRACT_NUMBER" else "EUDRACT_NUMBER"
    if kind in ("OTHER", "OTHER_GRANT"):
        if _nih_grant().fullmatch(identifier.upper()):
            return "NIH"
        upper = identifier.upper()
        if any(upper.startswith(prefix) and shape().fullmatch(upper) for prefix, shape, _ in _REGISTRIES[:-1]):
            return "REGISTRY"
    return ""


def cleaned(identifier: str) -> str:
    """Return the number of the EU registers that stands in a text, or ""."""
    found = _number().findall(identifier)
    return _no_digit().sub("-", found[0]) if len(found) == 1 else ""


def registry_number(identifier: str) -> str:
    """Return the number of a trial in another registry that an identifier holds, for comparing; "" if it holds none.

    Numbers of the EU registers begin with ``EU``, without the country or the version at their end. Numbers of this
    registry (``NCT``) are none.

    >>> registry_number("EudraCT: 2013-001234-17"), registry_number("ISRCTN 78805636")
    ('EU2013-001234-17', 'ISRCTN78805636')
    """
    european = cleaned(identifier)
    if european and is_european(european):
        return f"EU{european[:14]}"
    upper = identifier.upper()
    close = bare(identifier)
    for prefix, shape, _ in _REGISTRIES:
        if close.startswith(prefix) and prefix != "NCT":
            return close if shape().fullmatch(upper) or shape().fullmatch(close) else ""
    return ""
