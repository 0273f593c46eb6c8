"""Laboratory and vital-sign thresholds in criteria: ``platelets >= 100 x 10^9/L``.

Only thresholds with a test from the table, a comparison and a unit that the test is measured in are
read. The table gives, for each test and unit, the outermost limits that a trial may sensibly set,
and the normal range where a limit on its wrong side would shut out nearly everybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from lint.api import Span, pattern

_TABLE = """
haemoglobin | hemoglobin haemoglobin hb hgb hemoglobins | g/dl 4 22 12 18; g/l 40 220 120 180; mmol/l 2.5 13.7 7.4 11.2
haematocrit | hematocrit haematocrit hct | % 12 70 37 50
platelets | platelet platelets plt thrombocyte thrombocytes | 10^9/l 5 1500 150 450; /ul 5000 1500000 150000 450000
white cells | wbc leukocyte leukocytes leucocyte leucocytes white+blood+cells | 10^9/l 0.5 200; /ul 500 200000
neutrophils | neutrophil neutrophils anc absolute+neutrophil | 10^9/l 0.1 30 2 8.25; /ul 100 30000 2000 8250
lymphocytes | lymphocyte lymphocytes alc | 10^9/l 0.05 50; /ul 50 50000
prothrombin time | prothrombin+time | s 9 60 11 13; % 10 150
aPTT | aptt partial+thromboplastin+time activated+partial+thromboplastin+time | s 18 150 25 35
fibrinogen | fibrinogen | mg/dl 30 1000; g/l 0.3 10
ALT | alt sgpt alanine+aminotransferase alanine+transaminase | u/l 5 2000 10 40
AST | ast sgot aspartate+aminotransferase aspartate+transaminase | u/l 5 2000 10 40
bilirubin | bilirubin | mg/dl 0.2 40 0.3 1; umol/l 3 700 5 17
albumin | serum+albumin albumin+level plasma+albumin | g/dl 1 6 3.5 5.5; g/l 10 60 35 55
creatinine | creatinine scr | mg/dl 0.4 12 0.5 1.3; umol/l 35 1060 44 115
creatinine clearance | creatinine+clearance crcl egfr gfr glomerular+filtration+rate | ml/min 5 150 90 140
sodium | sodium na natremia | mmol/l 110 165 136 145
potassium | potassium kalemia | mmol/l 2 7.5 3.5 5
calcium | serum+calcium total+calcium corrected+calcium | mg/dl 5.5 15; mmol/l 1.4 3.75
magnesium | serum+magnesium magnesium | mg/dl 0.6 8; mmol/l 0.25 3.3
glucose | glucose fpg fbg fasting+plasma+glucose fasting+blood+glucose blood+glucose | mg/dl 30 600; mmol/l 1.7 33
HbA1c | hba1c a1c glycated+hemoglobin glycosylated+hemoglobin | % 3.5 16; mmol/mol 15 150
total cholesterol | total+cholesterol | mg/dl 80 600; mmol/l 2 15.5
LDL cholesterol | ldl ldl-c ldl+cholesterol | mg/dl 20 500; mmol/l 0.5 13
triglycerides | triglyceride triglycerides | mg/dl 40 2500; mmol/l 0.5 28
BMI | bmi body+mass+index | kg/m2 12 70
systolic blood pressure | sbp systolic systolic+blood+pressure systolic+bp | mmhg 70 220
diastolic blood pressure | dbp diastolic diastolic+blood+pressure diastolic+bp | mmhg 40 130
heart rate | heart+rate | /min 30 180
QTc | qtc qtcf qtcb qtc+interval | ms 400 550
LVEF | lvef left+ventricular+ejection+fraction ejection+fraction | % 10 75 55 75
oxygen saturation | spo2 oxygen+saturation sao2 | % 70 99 95 100
"""
"""Test | names (+ for a blank) | unit, lowest and highest limit, and normal range where it matters."""

_ASCII_COMPARISONS = ((">", True), ("<", False), ("below", False), ("above", True), ("at least", True))
_OTHER_COMPARISONS = (("≥", True), ("≤", False), ("＞", True), ("＜", False))
_BEFORE_THAN = (("less", False), ("lower", False), ("greater", True), ("more", True), ("higher", True))
"""Words and signs, each with whether values above are meant."""

_DIGIT_NEAR = pattern(r"[^0-9\n]{1,40}[0-9]")
_NUMBER = pattern(
    r"(?:≥|≤|[><＞＜=]{1,2}|[a-z]{2,7} (?:than|least)|below|above)(?: or equal(?: to)?)?[ =]*"
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+(?:[.,][0-9]+)?)(?![0-9])"
    r"(?P<power> ?[x×*] ?(?:10(?:\^|e|\*\*)? ?(?P<exponent>3|6|9|[³⁹])(?![0-9])|1000(?![0-9])))?"
    r" ?(?P<unit>g ?/ ?dl|g ?/ ?l|mmol ?/ ?l|mg ?/ ?dl|[uµμ]mol ?/ ?l|mmol ?/ ?mol|m?eq ?/ ?l|i?u ?/ ?l"
    r"|% ?|kg ?/ ?m|mm ?hg|ml ?/ ?min|seconds?|secs?|s\b|ms\b|msec|bpm|beats ?/ ?min|/ ?min"
    r"|(?:cells? ?|per )?/? ?(?:mm ?\^?[3³]|cubic millimet(?:er|re)|[uµμ]l|microlit(?:er|re)|l\b))"
    r"(?P<rest>[^\n]{0,24})"
)

_UNITS: Mapping[str, str] = {
    "umol/l": "umol/l", "µmol/l": "umol/l", "μmol/l": "umol/l", "meq/l": "mmol/l", "iu/l": "u/l", "second": "s",
    "seconds": "s", "sec": "s", "secs": "s", "kg/m": "kg/m2", "msec": "ms", "bpm": "/min", "beats/min": "/min",
}  # fmt: skip

_BETWEEN = (
    "is are was be been of the a an must should to have has with level levels count counts value values serum blood "
    "plasma concentration concentrations total results result at baseline screening time initial absolute fasting "
    "peripheral interval number by resting and"
)
_FILLERS = frozenset(_BETWEEN.split())
"""Words that may stand between the name of a test and the comparison."""

_WORD = pattern(r"[a-z0-9][a-z0-9-]*")
_LONGEST_NAME = 4
"""Words that are looked at together."""

_CHANGES = pattern(
    r"increas|decreas|reduc|change|drop|fall|rise|ratio|improv|differ|declin|variab|loss|urin|\bno\b|\bnot\b|never|without"
    r"|gradient|nadir|ionized|ionised|direct|conjugat|\bper\b|supplement|intake|dose|correct for|times"
)
_NOT_LIMITS = pattern(
    r"uln|upper limit|normal|xul|fold|lln|times|of predicted|change|increase|decrease|from baseline|/24|/day|/h|per "
)


_BLOOD = pattern(
    r"\b(?:an.?emi|h.?emo|iron|sickle|thalass|erythro|polycyth|bleed|transfus|renal|kidney|myelo)", re.IGNORECASE
)
_LIVER = pattern(r"\b(?:liver|hepat|cirrho|bil|chol|jaundice|transplant)", re.IGNORECASE)
_KIDNEY = pattern(r"\b(?:renal|kidney|nephr|dialysis|transplant)", re.IGNORECASE)
_SALTS = pattern(r"\b(?:sodium|natr.?emi|potassium|kal.?emi|electrolyte|kidney|renal|heart)", re.IGNORECASE)
_CLOTTING = pattern(r"\b(?:coagulopath|h.?emophil|anticoag|warfarin)", re.IGNORECASE)
_WANTED = {
    "haemoglobin": _BLOOD,
    "haematocrit": _BLOOD,
    "platelets": pattern(
        r"\b(?:thrombocyt|platelet|purpura|cirrho|liver|bleed|h.?emorr|transfus|myelo|leuk|transplant|dengue)",
        re.IGNORECASE,
    ),
    "neutrophils": pattern(r"\b(?:neutrop|leuk|lympho|myelo|transplant|febrile|fever|infect|seps)", re.IGNORECASE),
    "prothrombin time": _CLOTTING,
    "aPTT": _CLOTTING,
    "ALT": _LIVER,
    "AST": _LIVER,
    "bilirubin": _LIVER,
    "albumin": pattern(r"\b(?:albumin|nephro|liver|cirrho|nutrition|seps|burn|dialysis)", re.IGNORECASE),
    "creatinine": _KIDNEY,
    "creatinine clearance": _KIDNEY,
    "sodium": _SALTS,
    "potassium": _SALTS,
    "LVEF": pattern(r"\b(?:heart|cardi|myocard|ventric|coronary)", re.IGNORECASE),
    "oxygen saturation": pattern(r"\b(?:hypox|oxygen|respir|lung|pulmon|copd|covid|pneumon|apn.?ea)", re.IGNORECASE),
}
"""How the words begin that tell of a study that wants values on the wrong side of the normal range, by test."""


class Limits(NamedTuple):
    """What is sensible for one test in one unit; ``normal`` is None where either side may be meant."""

    low: float
    high: float
    normal: tuple[float, float] | None


class Threshold(NamedTuple):
    """A limit for a test as a text states it; ``above`` says that values above it are meant."""

    test: str
    above: bool
    value: float
    unit: str
    span: Span
    text: str


@lru_cache(maxsize=1)
def _tests() -> tuple[Mapping[str, str], Mapping[str, Mapping[str, Limits]]]:
    """Return the test of every name, and the limits of every test by unit."""
    names, limits = {}, {}
    for row in _TABLE.strip().splitlines():
        test, synonyms, units = (cell.strip() for cell in row.split("|"))
        for name in synonyms.split():
            names[name.replace("+", " ")] = test
        limits[test] = dict(_limits(cell.split()) for cell in units.split(";"))
    return names, limits


def _limits(cell: list[str]) -> tuple[str, Limits]:
    unit, *numbers = cell
    low, high, *normal = map(float, numbers)
    return unit, Limits(low, high, (normal[0], normal[1]) if normal else None)


def limits_of(test: str) -> Mapping[str, Limits]:
    """Return the limits of a test by unit."""
    return _tests()[1][test]


def may_want_abnormal(test: str, subject: str) -> bool:
    """Say whether a study of a subject may take people for the very values that others shut out."""
    return bool(_WANTED[test]().search(subject))


def written(unit: str) -> str:
    """Return a unit of the table as people write it: ``g/dL`` for ``g/dl``."""
    for small, usual in (("u", "µ"), ("mmhg", "mmHg"), ("/dl", "/dL"), ("/l", "/L"), ("/µl", "/µL"), ("µ/L", "U/L")):
        unit = unit.replace(small, usual)
    return unit


def thresholds(text: str) -> Iterator[Threshold]:
    """Yield the thresholds of known tests in known units that a text states, in its order."""
    lowered = text.lower()
    if len(lowered) != len(text):
        return
    for start, above in sorted(_comparisons(lowered)):
        match = _NUMBER().match(lowered, start) if _DIGIT_NEAR().match(lowered, start) else None
        if match is None or _NOT_LIMITS().search(match["rest"].partition(",")[0]):
            continue
        begin = max(start - 80, *(lowered.rfind(mark, 0, start) + 1 for mark in "\n;,"))
        named = _test_named(lowered[begin:start])
        if named is None:
            continue
        test, name_start = named
        value, unit = _measured(match, test)
        if unit in limits_of(test):
            span = begin + name_start, match.end("unit")
            yield Threshold(test, above, value, unit, span, text[span[0] : span[1]])


def _comparisons(lowered: str) -> Iterator[tuple[int, bool]]:
    """Yield where the comparisons begin, and whether values above are meant."""
    for sign, above in _ASCII_COMPARISONS if lowered.isascii() else _ASCII_COMPARISONS + _OTHER_COMPARISONS:
        at = lowered.find(sign)
        while at >= 0:
            yield at, above
            at = lowered.find(sign, at + 1)
    at = lowered.find(" than")
    while at >= 0:
        for word, above in _BEFORE_THAN:
            if lowered.endswith(word, 0, at):
                yield at - len(word), above
        at = lowered.find(" than", at + 1)


def _test_named(before: str) -> tuple[str, int] | None:
    """Return the test whose name ends the text before a comparison, and where the name begins.

    Words such as "level" or "is" may stand between the name and the comparison; words about a
    change, a ratio or a negation anywhere before it make it no plain limit.
    """
    names = _tests()[0]
    words = _WORD().findall(before)
    for last in range(len(words), 0, -1):
        for first in range(max(0, last - _LONGEST_NAME), last):
            test = names.get(" ".join(words[first:last]))
            if test:
                if _CHANGES().search(before):
                    return None
                return test, [word.start() for word in _WORD().finditer(before)][first]
        if words[last - 1] not in _FILLERS:
            return None
    return None


def _measured(match: re.Match[str], test: str) -> tuple[float, str]:
    """Return value and unit as the table writes them: cell counts as 10^9/l or /ul."""
    number = match["number"]
    unit = match["unit"].replace(" ", "")
    unit = _UNITS.get(unit, unit)
    cells = "/ul" in limits_of(test)
    if cells and not match["power"] and re.fullmatch(r"[0-9]{2,3}[.]000", number):
        number = number.replace(".", ",")  # 70.000/mm3: a full stop between thousands, as in much of Europe
    thousands = re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+", number)
    value = float(number.replace(",", "") if thousands else number.replace(",", "."))
    return _count(value, unit, match) if cells else (value, "" if match["power"] else unit)


def _count(value: float, unit: str, match: re.Match[str]) -> tuple[float, str]:
    """Return a number of cells as the table writes it; an empty unit where it cannot be told."""
    if unit == "g/l":
        return value, "" if match["power"] else "10^9/l"
    per_litre = unit in {"/l", "l", "perl"}
    if not per_litre and unit[-1] in "%ds":
        return value, ""
    if not match["power"]:
        return value, "" if per_litre else "/ul"
    exponent = {"³": "3", "⁹": "9", None: "3"}.get(match["exponent"], match["exponent"])
    return value, "10^9/l" if exponent == ("9" if per_litre else "3") else ""
