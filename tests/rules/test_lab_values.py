"""Laboratory thresholds in texts."""

import pytest

from lint.rules.readers.lab_values import limits_of, thresholds


def read(text):
    found = list(thresholds(text))
    assert all(text[slice(*one.span)] == one.text for one in found)
    return [(one.test, ">" if one.above else "<", one.value, one.unit) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prothrombin time is less than 30s.", ("prothrombin time", "<", 30, "s")),
        ("Hb≥9 G/L", ("haemoglobin", ">", 9, "g/l")),
        ("Hemoglobin (Hb) must be at least 9.5 g/dL", ("haemoglobin", ">", 9.5, "g/dl")),
        ("Platelet count >= 100,000/mm3", ("platelets", ">", 100000, "/ul")),
        ("platelets ≥ 75 × 10^9/L", ("platelets", ">", 75, "10^9/l")),
        ("PLT ≥ 75 x 109/L", ("platelets", ">", 75, "10^9/l")),
        ("Platelets > 50 G/L", ("platelets", ">", 50, "10^9/l")),
        ("ANC greater than or equal to 1.5 x 10^3/µL", ("neutrophils", ">", 1.5, "10^9/l")),
        ("HbA1c > 7,5 %", ("HbA1c", ">", 7.5, "%")),
        ("Left ventricular ejection fraction < 40%", ("LVEF", "<", 40, "%")),
        ("serum creatinine ≤ 133 μmol/L", ("creatinine", "<", 133, "umol/l")),
    ],
)
def test_thresholds_are_read(text, expected):
    assert read(f"* {text}\n* Consent") == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "ALT > 2.5 x ULN",
        "ALT > 100 U/L x upper limit",
        "Increase of creatinine by more than 0.3 mg/dL",
        "Hemoglobin ≥ 9",
        "Hemoglobin not less than 9 g/dL",
        "Lymphocytes ≥ 10%",
        "FEV1 < 80 % of predicted",
        "Platelets ≥ 100 x 10^6",
        "Age > 18 years, weight > 50 kg",
    ],
)
def test_other_comparisons_are_not(text):
    assert read(text) == []


def test_limits_enclose_the_normal_range():
    for test in ("haemoglobin", "platelets", "prothrombin time", "sodium", "albumin"):
        for limits in limits_of(test).values():
            assert limits.low < limits.high
            assert limits.normal is None or limits.low < limits.normal[0] < limits.normal[1] < limits.high
