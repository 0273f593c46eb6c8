"""CND: conditions and keywords."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lint.api import MEDIUM, NOTE, STRICT, WARNING, Context, Edit, Fix, Node, Problem, bad, good, pattern, rule
from lint.rules.readers.diseases import may_name_disease, names_disease, unmistakable_diseases

_MODULE = "$.protocolSection.conditionsModule"
_PATH = "/protocolSection/conditionsModule/"

_marks = pattern(r"[\W_]+")
_entity = pattern(r"&#?[0-9A-Za-z]+;|\([^()]*\)")
"""A character of HTML, or what stands in brackets; neither separates keywords."""
_measure = pattern(
    r"\b(?:(?:scores?|scales?|index|indices|levels?|rates?|survival|efficacy|effectiveness|variations?|variability|"
    r"satisfaction|measurements?|measures?|questionnaires?|functions?)"
    r"(?=$| (?:in|of|during|after|for|with)\b|[,;(/]| \()"
    r"|quality of life)"
)
_MEASURES = (
    "score", "scale", "index", "indices", "level", "rate", "survival", "effic", "effective", "variation", "variab",
    "satisf", "measure", "questionnaire", "function", "quality of life",
)  # fmt: skip
_abnormal = pattern(
    r"\b(?:abnormal|absent|anatomic|cancer|carcinoma|chang|decreas|defect|deficien|delayed|declin|diminish|diseas|"
    r"disorder|disturb|dysfunction|elevated|fail|genetic|high|impair|inadequate|increas|injur|insufficien|lack|loss|"
    r"lost|low|mutation|non-?function|poor|problem|rais|reduc|syndrome|trauma|worsen)"
)


def folded(text: str) -> str:
    """Return a term without case, marks and plural endings, for comparing it with others."""
    return " ".join(map(_singular, _marks().sub(" ", text.casefold()).split()))


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if plural else word


@rule(
    "CND002",
    "condition-is-outcome",
    severity=WARNING,
    confidence=MEDIUM,
    at=_MODULE,
    examples=[
        bad({"conditionsModule.conditions": ["Child-Pugh Score", "Liver Function in Blood", "Variation of Ascites",
                                             "Characters of Quality of Life"]}, path=_PATH + "conditions/0"),
        bad({"conditionsModule.conditions": ["Sarcopenia", "Cognitive Function"]}, note="a note: a disease is named"),
        good({"conditionsModule.conditions": ["Liver Cirrhosis", "Ascites"]}),
        good({"conditionsModule.conditions": ["Kidney Failure", "Heart Function Failure", "Low Back Pain Intensity"]}),
        good({"conditionsModule.conditions": ["Primary Non-Function", "Delayed Graft Function",
                                              "Lung Function Decreased", "Elevated IgE Level"]}),
        good({"conditionsModule.conditions": ["Cognitive Function"], "eligibilityModule.healthyVolunteers": True},
             note="healthy volunteers have no disease, only a focus"),
    ],
)  # fmt: skip
def condition_is_outcome(module: Node, ctx: Context) -> Iterator[Problem]:
    """A condition is a measure (a score, a level, quality of life), not a disease or focus.

    Why: people search by disease; what is measured belongs to the outcomes.
    What to do: name the disease or problem of the participants; move the measure to the outcomes.
    False positives: conditions that name a disorder (reduced function, elevated level, failure) are left alone, as
    are studies of healthy volunteers, which may name a focus. Where at least half of the conditions are diseases it is
    a note.
    Source: PRS protocol definitions, Primary Disease or Condition,
    https://clinicaltrials.gov/policy/protocol-definitions#PrimaryCondition
    """
    if ctx.get("eligibilityModule.healthyVolunteers") is True:
        return
    measures = []
    for index, value in enumerate(module.value.get("conditions") or ()):
        if value and _is_measure(value):
            measures.append(module.child("conditions", index))
    if measures:
        named = [f"'{condition.text()}'" for condition in measures]
        more = f" and {len(named) - 3} more" if len(named) > 3 else ""
        verbs = ("is listed as a condition, but is", "are listed as conditions, but are")
        yield measures[0].problem(
            f"{', '.join(named[:3])}{more} {verbs[len(named) > 1]} something to measure",
            hint="name the disease or problem of the participants; move what is measured to the outcomes",
            related=measures[1:],
            severity=NOTE if 2 * len(measures) <= len(module.get("conditions")) else None,
        )


_FOCUS = frozenset({
    "alcohol", "anesthesia", "anaesthesia", "breastfeeding", "diet", "exercise", "healthy diet", "healthy lifestyle",
    "life style", "lifestyle", "nutrition", "physical activity", "pregnancy", "vaccination",
})  # fmt: skip
"""Interventions that are also what a study may be about."""


@rule(
    "CND003",
    "condition-is-intervention",
    severity=WARNING,
    at="$.protocolSection.conditionsModule.conditions",
    examples=[
        bad({"conditionsModule.conditions": ["Chronic Migraine", "Exampline"]}, path=_PATH + "conditions/1"),
        bad({"conditionsModule.conditions": ["laparoscopy"],
             "armsInterventionsModule.interventions[0].name": "Laparoscopy"}),
        good(),
        good({"conditionsModule.conditions": ["Appendicitis"],
              "armsInterventionsModule.interventions[0].name": "Laparoscopy"}),
        good({"conditionsModule.conditions": ["Anesthesia"],
              "armsInterventionsModule.interventions[0].name": "Anesthesia"}, note="the focus of the study"),
        good({"conditionsModule.conditions": ["Healthy Lifestyle"],
              "armsInterventionsModule.interventions[0].name": "healthy lifestyle"}),
        good({"conditionsModule.conditions": ["Erectile Dysfunction"],
              "armsInterventionsModule.interventions[0].name": "Erectile Dysfunction"},
             note="here the intervention is the misnomer"),
    ],
)  # fmt: skip
def condition_is_intervention(conditions: Node, ctx: Context) -> Iterator[Problem]:
    """A condition is one of the interventions of the study.

    Why: people search by disease; a drug or procedure among the conditions finds the wrong studies.
    What to do: name the disease or problem that the intervention is for.
    False positives: only equal names count; names of diseases, and anaesthesia, vaccination, exercise or lifestyle,
    which may be what a study is about, are left alone.
    Source: PRS protocol definitions, Primary Disease or Condition,
    https://clinicaltrials.gov/policy/protocol-definitions#PrimaryCondition
    """
    interventions = ctx.get("armsInterventionsModule.interventions") or ()
    names = {(intervention.get("name") or "").strip().casefold() for intervention in interventions}
    for index, value in enumerate(conditions.value):
        name = (value or "").strip().casefold()
        if name and name in names and name not in _FOCUS and not names_disease(name):
            yield conditions.problem(
                f"'{value.strip()}' is listed as a condition, but is an intervention of the study",
                index,
                hint="name the disease or problem that the intervention is for",
            )


@rule(
    "CND004",
    "condition-case-variant-duplicate",
    severity=WARNING,
    fixable=True,
    at=_MODULE,
    examples=[
        bad({"conditionsModule.conditions": ["Ascites", "Migraine", "ascites"]}, path=_PATH + "conditions/2"),
        bad({"conditionsModule.conditions": ["Migraine Disorder", "Migraine Disorders"]}),
        good({"conditionsModule.conditions": ["Migraine", "Chronic Migraine"]}),
        good({"conditionsModule.conditions": ["Diabetes Mellitus, Type 1", "Diabetes Mellitus, Type 2"]}),
    ],
)
def condition_case_variant_duplicate(module: Node, ctx: Context) -> Iterator[Problem]:
    """A condition is listed twice, written differently: in another case or number, with other marks.

    Why: it is counted twice, and it looks as if two diseases were studied.
    What to do: keep the better spelling.
    False positives: an exact repetition is for SCH007; words in another order are left alone.
    Source: PRS protocol definitions, Primary Disease or Condition,
    https://clinicaltrials.gov/policy/protocol-definitions#PrimaryCondition
    """
    if len(module.get("conditions") or ()) < 2:
        return
    seen: dict[str, Node] = {}
    for condition in module.items("conditions"):
        first = seen.setdefault(folded(condition.text()), condition)
        if first is not condition and condition.value and first.value != condition.value:
            yield condition.problem(
                f"'{condition.text()}' repeats the condition '{first.text()}' in another spelling",
                hint="keep one of the two",
                related=[first],
                fix=Fix(f"remove '{condition.text()}'", (Edit(condition.path, remove=True),)),
            )


_ASIDE = pattern(
    r"prevent|\brisk\b|-related|-relevant|related to|with(?: and|/|-and-| or|/or|-or-)|without|and/or|history of"
    r"|outcomes?\b|healthy|vaccin|screening|during|\bafter\b|survivors|caregiver|parents|-like\b|\bnon-",
    re.IGNORECASE,
)


@rule(
    "CND007",
    "title-condition-not-listed",
    severity=WARNING,
    confidence=MEDIUM,
    at="$.protocolSection.identificationModule.briefTitle",
    when=may_name_disease,
    examples=[
        bad({"identificationModule.briefTitle": "Cells for Liver Cirrhosis Patients With Refractory Ascites",
             "conditionsModule.conditions": ["Child-Pugh Score", "Variation of Ascites"]}, path=_PATH + "conditions"),
        bad({"identificationModule.briefTitle": "Exampline in Adults With Asthma",
             "conditionsModule.conditions": ["Quality of Life"]}),
        good({"identificationModule.briefTitle": "Exampline in Adults With Migraine"}),
        good({"identificationModule.briefTitle": "Exampline in Liver Cirrhosis",
              "conditionsModule.conditions": ["Portal Hypertension"]}, note="another disease is named"),
        good({"identificationModule.briefTitle": "Exercise to Prevent Stroke",
              "conditionsModule.conditions": ["Physical Inactivity"]}, note="to be prevented"),
        good({"identificationModule.briefTitle": "Exampline in Adults With Asthma",
              "conditionsModule.conditions": ["Quality of Life"], "conditionsModule.keywords": ["asthma"]},
             note="among the keywords"),
    ],
)  # fmt: skip
def title_condition_not_listed(title: Node, ctx: Context) -> Iterator[Problem]:
    """The disease of the title is not among the conditions, which are only things to measure.

    Why: people search by disease and do not find the study.
    What to do: add the disease to the conditions.
    False positives: only diseases with one usual name are known, and only where all conditions are scores, functions
    and the like and no keyword names the disease; what is to be prevented, and diseases that a study is not about
    (risk, with or without), are left alone.
    Source: PRS protocol definitions, Primary Disease or Condition,
    https://clinicaltrials.gov/policy/protocol-definitions#PrimaryCondition
    """
    conditions = ctx.node("conditionsModule.conditions")
    listed = [condition for condition in conditions.value or () if condition]
    diseases = unmistakable_diseases(title.text())
    if not listed or not diseases or _ASIDE().search(title.text()):
        return
    if not all(map(_is_measure, listed)):
        return
    keywords = " ".join(ctx.get("conditionsModule.keywords") or ()).lower()
    absent = [disease for disease in diseases if disease[:6] not in keywords]
    if absent:
        yield conditions.problem(
            f"the title speaks of '{absent[0]}', but the conditions are only things to measure",
            hint=f"add {' and '.join(absent)} to the conditions",
            related=[title],
        )


def _is_measure(condition: str) -> bool:
    text = condition.lower()
    return any(word in text for word in _MEASURES) and bool(_measure().search(text)) and not _abnormal().search(text)


@rule(
    "CND008",
    "keyword-repeats-condition-or-list",
    severity=NOTE,
    profiles=STRICT,
    at=_MODULE,
    examples=[
        bad({"conditionsModule.keywords": ["headache diary", "chronic migraine"]}, path=_PATH + "keywords"),
        bad({"conditionsModule.keywords": ["headache; migraine; prevention"]}),
        bad({"conditionsModule.keywords": ["headache, migraine, prevention, diary"]}),
        good(),
        good({"conditionsModule.keywords": ["Leukemia, Myeloid, Acute"]}, note="an inverted term of MeSH"),
        good({"conditionsModule.keywords": ["leukemia with inv(16)(p13;q22)"]}, note="a chromosome"),
        good({"conditionsModule.keywords": ["Behcet&#39;s disease", "foot ulcer;"]}, note="marks, but no list"),
    ],
)  # fmt: skip
def keyword_repeats_condition_or_list(module: Node, ctx: Context) -> Iterator[Problem]:
    """A keyword repeats a condition, or holds a whole list of keywords.

    Why: a repetition finds nothing that the condition does not find, and nobody searches for a list.
    What to do: delete the repetition; enter each keyword on its own.
    False positives: terms of MeSH with one or two commas ("Leukemia, Myeloid, Acute") are left alone, as are marks at
    the end, in brackets and those of an HTML entity.
    Source: PRS protocol definitions, Keywords, https://clinicaltrials.gov/policy/protocol-definitions#Keywords
    """
    keywords = module.items("keywords")
    if not keywords:
        return
    conditions = {condition.strip().casefold() for condition in module.get("conditions") or ()}
    repeated = [keyword for keyword in keywords if keyword.value.strip().casefold() in conditions]
    lists = [keyword for keyword in keywords if _is_list(keyword.value)]
    for found, one, several, hint in (
        (repeated, "is a keyword that repeats a condition", "are keywords that repeat conditions",
         "leave it to the conditions: they are searched anyway"),
        (lists, "is a list in one keyword", "are lists in one keyword each", "enter each keyword on its own"),
    ):  # fmt: skip
        if found:
            named = ", ".join(_shortened(keyword.text()) for keyword in found[:3])
            more = f" and {len(found) - 3} more" if len(found) > 3 else ""
            what = one if len(found) == 1 else several
            yield module.child("keywords").problem(f"{named}{more} {what}", hint=hint, related=found)


def _is_list(keyword: str) -> bool:
    if ";" not in keyword and keyword.count(",") < 3:
        return False
    inner = _entity().sub("", keyword).strip(" ;,.")
    return ";" in inner or inner.count(",") > 2


def _shortened(keyword: str) -> str:
    return f"'{keyword}'" if len(keyword) <= 60 else f"'{keyword[:57]}...'"


_ABBREVIATION = pattern(r"[A-Z]{2,6}")
_NAME = pattern(r"(?=.{5})[^AEIOUY]*[AEIOUY][^AEIOUY]+[AEIOUY].*")
"""Five letters or more that can be spoken: a brand, a company, a study."""
_WORD = pattern(r"[A-Za-z]+")
_KNOWN_WORDS = (
    "HIV AIDS COVID SARS MRI DNA RNA PSA BCG EEG ECG EMG CT PET BMI LASER EGFR TIGIT GABA CGRP PDGFR PVRIG PACAP DHEA "
    "ABL ASTHMA CANCER PAIN STROKE STRESS SLEEP SMOKING MIGRAIN GRAZAX TRIMIX CHILD ADULT WOMEN MEN HEALTH EASE EXTRA "
    "STRIDE SMART SPIRE DIANA ZODIAC"
)
_KNOWN = frozenset(_KNOWN_WORDS.split())
"""Abbreviations that are better known than the words, genes, and words and names of studies in capitals."""


@rule(
    "CND010",
    "keyword-is-acronym",
    severity=NOTE,
    profiles=STRICT,
    at=_MODULE,
    examples=[
        bad({"conditionsModule.keywords": ["AML"]}, path=_PATH + "keywords/0"),
        bad({"conditionsModule.keywords": ["headache", "ED"]}),
        good(),
        good({"conditionsModule.keywords": ["acute myeloid leukaemia (AML)"]}),
        good({"conditionsModule.keywords": ["erectile dysfunction", "ED"]}, note="written out beside it"),
        good({"conditionsModule.keywords": ["NSCLC"], "conditionsModule.conditions": ["Non-small Cell Lung Cancer"]},
             note="written out among the conditions"),
        good({"conditionsModule.keywords": ["ABPA"],
              "conditionsModule.conditions": ["Allergic Bronchopulmonary Aspergillosis"]}, note="by letters"),
        good({"conditionsModule.keywords": ["HIV", "MRI", "EGFR"]}, note="better known than the words; a gene"),
        good({"conditionsModule.keywords": ["EXALOR"]}, note="probably a brand or another name"),
        good({"conditionsModule.keywords": ["EXP"], "armsInterventionsModule.interventions[0].otherNames": ["EXP-149"]},
             note="a code of the product"),
    ],
)  # fmt: skip
def keyword_is_acronym(module: Node, ctx: Context) -> Iterator[Problem]:
    """A keyword is an abbreviation that no other keyword and no condition writes out.

    Why: many abbreviations have several meanings, and people search for the words.
    What to do: write the term out; the abbreviation may follow in brackets.
    False positives: genes, names, codes of products, abbreviations that are better known than the words (HIV, MRI), and
    those beside a term with these initials are left alone.
    Source: PRS protocol definitions, Keywords, https://clinicaltrials.gov/policy/protocol-definitions#Keywords
    """
    keywords = module.get("keywords") or ()
    terms = (*keywords, *(module.get("conditions") or ()))
    for index, keyword in enumerate(keywords):
        short = keyword.strip()
        if not _ABBREVIATION().fullmatch(short) or short in _KNOWN or _NAME().fullmatch(short):
            continue
        if not _is_code(short, ctx) and not any(_writes_out(term, short) for term in terms):
            yield module.problem(
                f"the keyword '{short}' is an abbreviation that is written out nowhere among keywords and conditions",
                "keywords",
                index,
                hint="write the term out; the abbreviation may follow in brackets",
            )


def _is_code(short: str, ctx: Context) -> bool:
    """Say whether letters stand before a number in the name of an intervention, as in ``QMF149``."""
    names = (name for one in ctx.get("armsInterventionsModule.interventions") or () for name in _names_of(one))
    return any(short in name and name.partition(short)[2].lstrip(" -")[:1].isdigit() for name in names)


def _names_of(intervention: dict[str, Any]) -> Iterator[str]:
    yield intervention.get("name") or ""
    yield from intervention.get("otherNames") or ()


def _writes_out(term: str, short: str) -> bool:
    """Say whether a term has the letters of an abbreviation in its words, or a text before it in brackets."""
    words = _WORD().findall(term.upper())
    initials = "".join(word[0] for word in words)
    if _in_order(short, initials) or (f"({short})" in term and len(term) > len(short) + 2):
        return True
    return len(words) > 1 and _in_order(initials, short) and _in_order(short, "".join(words))


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
