"""Words for diseases."""

import pytest

from lint.rules.readers.diseases import may_name_disease, names_disease, unmistakable_diseases


@pytest.mark.parametrize(
    "text", ["Liver Cirrhosis", "ascites", "Erectile Dysfunction", "NSCLC or Lung Cancer", "Gastritis"]
)
def test_diseases_are_known(text):
    assert names_disease(text)


@pytest.mark.parametrize("text", ["Child-Pugh Score", "Exampline", "Laparoscopy", "Quality of Life", ""])
def test_drugs_and_measures_are_none(text):
    assert not names_disease(text)


def test_diseases_of_a_title_come_once_in_its_order():
    title = "Cells for Liver Cirrhosis Patients With Refractory Ascites: Cirrhosis Again"
    assert unmistakable_diseases(title) == ["cirrhosis", "ascites"]
    assert may_name_disease(title)
    assert not may_name_disease("Exampline in Adults")
