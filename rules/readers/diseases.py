"""Words that certainly name a disease: enough to tell a disease from a drug or a measure, no vocabulary."""

from __future__ import annotations

import re

from lint.api import pattern

_ENDINGS = r"[a-z]{3,}(?:itis|oma|omas|osis|oses|emia|aemia|pathy|pathies|algia|uria|penia|plegia|trophy)"
_WORDS = (
    "ascites|asthma|diabetes|diabetic|cancers?|tumou?rs?|neoplasms?|malignanc(?:y|ies)|migraine|headache|epilepsy|strokes?"
    "|hypertension|obesity|overweight|eczema|depression|anxiety|dementia|alzheimer|parkinson|copd|malaria|hiv|covid|influenza"
    "|failure|infarction|an?aemia|anemia|glaucoma|cataract|pre-?eclampsia|lupus|crohn|fractures?|pain|disease|diseases"
    "|disorders?|syndromes?|dysfunction|deficiency|infections?|injur(?:y|ies)|wounds?|ulcers?|burns?|allerg(?:y|ies)"
    "|allergic|insufficiency|insomnia|autism|addiction|abuse|dependence|incontinence|infertility|apn(?:o)?ea|sepsis|shock"
    "|impotence|constipation|neuropath(?:y|ic)|cough|fever|nausea|vomiting|death|loss|impairments?|defects?|lesions?"
)
_disease = pattern(rf"\b(?:{_ENDINGS}|{_WORDS})\b", re.IGNORECASE)

_TITLE_DISEASES = (
    "cirrhosis|ascites|hepatitis|asthma|diabetes|migraine|epilepsy|stroke|hypertension|pneumonia|sepsis|osteoporosis"
    "|psoriasis|eczema|dermatitis|schizophrenia|dementia|copd|tuberculosis|malaria|covid-19|influenza|heart failure"
    "|atrial fibrillation|myocardial infarction|glaucoma|cataract|endometriosis|pre-?eclampsia|urticaria|rhinitis"
    "|cystic fibrosis|multiple sclerosis|rheumatoid arthritis|osteoarthritis|pancreatitis|appendicitis"
)
_title_disease = pattern(rf"\b(?:{_TITLE_DISEASES})\b", re.IGNORECASE)
"""Diseases with one usual name, so that a list of conditions without that name lacks them."""


_FIRST_WORDS = frozenset(disease.replace("-?", "").partition(" ")[0] for disease in _TITLE_DISEASES.split("|"))


def may_name_disease(title: str) -> bool:
    """Say quickly whether ``unmistakable_diseases`` is worth asking."""
    return not _FIRST_WORDS.isdisjoint(title.lower().split())


def names_disease(text: str) -> bool:
    """Say whether a text holds a word for a disease, an injury or a symptom."""
    return bool(_disease().search(text))


def unmistakable_diseases(text: str) -> list[str]:
    """Return the diseases with one usual name that a text names, in its order."""
    return list(dict.fromkeys(match[0].lower() for match in _title_disease().finditer(text)))
