"""ELG: the population of titles and age fields, against the criteria and the age groups."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lint.api import (
    MEDIUM,
    WARNING,
    Context,
    Edit,
    Fix,
    Node,
    Problem,
    bad,
    good,
    pattern,
    rule,
)
from lint.rules.readers.ages import age_in_days
from lint.rules.readers.criteria import criteria_text
from lint.rules.readers.facts import both_titles

_ELIGIBILITY = "/protocolSection/eligibilityModule"
_CRITERIA = "eligibilityModule.eligibilityCriteria"


def _criteria(inclusion: str, exclusion: str = "* Allergy to tablets") -> dict[str, str]:
    return {_CRITERIA: f"Inclusion Criteria:\n\n{inclusion}\n\nExclusion Criteria:\n\n{exclusion}"}


_SPOKEN_OF = {
    "child": pattern(r"pugh|child[- ]?[abc]\b|\bctp\b", re.IGNORECASE),
    "nyha": pattern(r"nyha|new york heart", re.IGNORECASE),
    "her": pattern(r"her-?2|erbb-?2|triple", re.IGNORECASE),
    "egfr": pattern(r"egfr|epidermal growth", re.IGNORECASE),
    "pd": pattern(r"pd-?l1|programmed|\btps\b|\bcps\b", re.IGNORECASE),
    "brca": pattern(r"brca|homologous", re.IGNORECASE),
    "kras": pattern(r"\bk?-?ras\b|g12", re.IGNORECASE),
    "alk": pattern(r"\balk\b|anaplastic lymphoma", re.IGNORECASE),
    "triple": pattern(r"triple|her-?2|tnbc|receptor", re.IGNORECASE),
}
"""What in the criteria would speak of a group, by the beginning of its name."""
_ALSO_IN_SUMMARY = ("child", "nyha")


_group = pattern(
    r"\b(?:Child[- ](?:Turcotte[- ])?Pugh (?:[Cc]lass |[Gg]rade |[Ss]tage )?[ABC]\b"
    r"|NYHA (?:[Ff]unctional )?(?:[Cc]lass(?:es)? )?[IV1-4]+\b"
    r"|(?:HER-?2|EGFR|PD-?L1|BRCA(?:1|2|1/2)?|KRAS(?:[- ]G12[A-Z])?|ALK)[- ](?:[Pp]ositive|[Nn]egative|[Ll]ow|[Hh]igh"
    r"|[Mm]utant|[Mm]utated|[Mm]utation|[Ww]ild[- ][Tt]ype|[Rr]earranged|[Ee]xpressing|[Oo]verexpressing"
    r"|[Dd]eficient)\b|[Tt]riple[- ][Nn]egative\b)"
)


_SUMMARY = ("descriptionModule", "briefSummary")
_PLACES = (("identificationModule", "briefTitle"), ("identificationModule", "officialTitle"), _SUMMARY)


def _may_name_group(section: dict[str, Any]) -> bool:
    identification = section.get("identificationModule") or {}
    titles = f"{identification.get('briefTitle') or ''} {identification.get('officialTitle') or ''}"
    summary = (section.get("descriptionModule") or {}).get("briefSummary") or ""
    return (
        "Pugh" in summary or "NYHA" in summary
        or "Pugh" in titles or "NYHA" in titles or "HER" in titles or "EGFR" in titles or "PD" in titles
        or "BRCA" in titles or "KRAS" in titles or "ALK" in titles or "riple" in titles
    )  # fmt: skip


@rule(
    "ELG014",
    "title-population-not-in-criteria",
    severity=WARNING,
    confidence=MEDIUM,
    at="$.protocolSection",
    when=_may_name_group,
    examples=[
        bad({"descriptionModule.briefSummary": "Cells for Child-Pugh B and C stage of liver cirrhosis patients."},
            path=_ELIGIBILITY + "/eligibilityCriteria"),
        bad({"identificationModule.briefTitle": "Exampline in PD-L1 Positive Lung Cancer"}),
        good({"descriptionModule.briefSummary": "Cells for Child-Pugh B and C stage of liver cirrhosis patients.",
              **_criteria("* Cirrhosis, Child-Pugh class B or C")}),
        good({"identificationModule.briefTitle": "A Study of the Anti-PD-L1 Antibody Exampline"}, note="a drug"),
        good({"descriptionModule.briefSummary": "The main outcome is the Child-Pugh score."}, note="a measure"),
        good({"descriptionModule.briefSummary": "HER2-positive tumours grow fast. This study is about others."},
             note="background; of the summary only classes of liver and heart disease are read"),
        good({"identificationModule.briefTitle": "Exampline in Triple-negative Breast Cancer",
              **_criteria("* Tumour without hormone receptors and HER2")}, note="in other words"),
    ],
)  # fmt: skip
def title_population_not_in_criteria(section: Node, ctx: Context) -> Iterator[Problem]:
    """A group of patients that title or summary name is not asked for in the criteria.

    Why: sites take participants by the criteria; without the stage or marker they take others than meant.
    What to do: add the stage, class or marker to the inclusion criteria.
    False positives: only a few classes (Child-Pugh, NYHA) and markers (HER2, EGFR, PD-L1, ...) are known, and only
    together with the group meant ("positive", "class B"); drugs against them, measures and background are not read.
    Source: PRS Major Comments (information within the record is inconsistent), https://prsinfo.clinicaltrials.gov/MajorComments.html
    """
    criteria = ctx.node(_CRITERIA)
    if not criteria.value:
        return
    told = f"{ctx.memo(criteria_text)} {ctx.get('eligibilityModule.studyPopulation') or ''}"
    known: set[str] = set()
    for place in _PLACES:
        for match in _group().finditer(section.text(*place)):
            group = match[0].lower()
            name = next(name for name in _SPOKEN_OF if group.startswith(name))
            if group in known or (place == _SUMMARY and name not in _ALSO_IN_SUMMARY):
                continue
            known.add(group)
            if not _SPOKEN_OF[name]().search(told):
                where = "summary" if place == _SUMMARY else "title"
                yield criteria.problem(
                    f"the {where} speaks of '{match[0]}', but the eligibility criteria do not mention it",
                    hint="add it to the inclusion criteria",
                    related=[section.child(*place)],
                )


_GROUPS = (("CHILD", 0, 18), ("ADULT", 18, 65), ("OLDER_ADULT", 65, 1000))
"""The age groups of the registry, each from its first year to the first year after it."""
_YEAR = 365.25


@rule(
    "ELG018",
    "std-ages-mismatch",
    severity=WARNING,
    at="$.protocolSection.eligibilityModule.stdAges",
    fixable=True,
    examples=[
        bad({"eligibilityModule.maximumAge": "64 Years"}, path=_ELIGIBILITY + "/stdAges"),
        bad({"eligibilityModule.minimumAge": "12 Years"}),
        good(),
        good({"eligibilityModule.maximumAge": "65 Years"}, note="65 years is an older adult"),
        good({"eligibilityModule.minimumAge": None, "eligibilityModule.maximumAge": None,
              "eligibilityModule.stdAges": ["CHILD", "ADULT", "OLDER_ADULT"]}),
        good({"eligibilityModule.maximumAge": "17 Years", "eligibilityModule.minimumAge": "6 Months",
              "eligibilityModule.stdAges": ["CHILD"]}),
    ],
)  # fmt: skip
def std_ages_mismatch(groups: Node, ctx: Context) -> Iterator[Problem]:
    """The age groups are not those that the age limits include.

    Why: searches for children, adults or older adults go by the groups.
    What to do: let the registry derive the groups, or list those that the limits include.
    False positives: the registry derives the groups itself; only files made elsewhere can be wrong. A maximum of 65
    years includes older adults. Limits that cannot be read are left alone.
    Source: enumerations of the API, https://clinicaltrials.gov/data-api/about-api/study-data-structure#enum-StandardAge
    """
    low, high = ctx.get("eligibilityModule.minimumAge"), ctx.get("eligibilityModule.maximumAge")
    from_day = age_in_days(low) if low else 0.0
    to_day = age_in_days(high) if high else 999 * _YEAR
    if from_day is None or to_day is None or from_day > to_day:
        return
    meant = [name for name, first, after in _GROUPS if from_day < after * _YEAR and to_day >= first * _YEAR]
    if set(meant) != set(groups.value):
        yield groups.problem(
            f"the age groups are {', '.join(groups.value) or 'empty'}, but ages from {low or 'birth'} to "
            f"{high or 'any age'} are {', '.join(meant)}",
            hint=f"list {', '.join(meant)}",
            related=[ctx.node("eligibilityModule.minimumAge"), ctx.node("eligibilityModule.maximumAge")],
            fix=Fix(f"list {', '.join(meant)}", (Edit(groups.path, meant),), safe=True),
        )


_CHILDREN = (
    r"\b(?:in|of|for|among|to) (?:[a-z-]+ ){0,2}(?:children|infants|neonates|newborns|toddlers"
    r"|p(?:a)?ediatric (?:patients|participants|subjects|population))\b"
)
_children = pattern(_CHILDREN, re.IGNORECASE)
_adults = pattern(
    r"\b(?:in|of|for|among|to) (?:[a-z-]+ ){0,2}(?:adults|(?:adult|elderly|geriatric) (?:patients|participants|subjects"
    r"|population))\b",
    re.IGNORECASE,
)
_SOMEBODY_ELSE = (
    r"adult|parent|mother|father|matern|carer|caregiver|famil|surviv|nurse|teacher|clinician|physician|provider|staff|school"
    r"|professional|pregnan|lactat|breast|wom[ae]n|history|born|donor|young|student|resident|transition|program"
    r"|all ages|grand"
)
_beside_children = pattern(_SOMEBODY_ELSE, re.IGNORECASE)
_beside_adults = pattern(r"child|p(?:a)?ediatric|adolesc|young|infant|transition|teen", re.IGNORECASE)
_OF_AGE = 18


@rule(
    "ELG024",
    "title-age-group-vs-fields",
    severity=WARNING,
    confidence=MEDIUM,
    at="$.protocolSection.eligibilityModule",
    when=lambda module: "minimumAge" in module or "maximumAge" in module,
    examples=[
        bad({"identificationModule.briefTitle": "Exampline in Children With Epilepsy",
             "identificationModule.officialTitle": None}, path=_ELIGIBILITY + "/minimumAge"),
        bad({"eligibilityModule.minimumAge": "2 Years", "eligibilityModule.maximumAge": "12 Years"},
            path=_ELIGIBILITY + "/maximumAge"),
        good(),
        good({"identificationModule.briefTitle": "Stress of Parents of Children With Epilepsy",
              "identificationModule.officialTitle": None}, note="other people"),
        good({"identificationModule.briefTitle": "Exampline in Children and Adults",
              "identificationModule.officialTitle": None}, note="both"),
        good({"identificationModule.briefTitle": "Exampline in Child-Pugh B Cirrhosis",
              "identificationModule.officialTitle": None}, note="a name"),
        good({"identificationModule.briefTitle": "Exampline in Children With Epilepsy", "eligibilityModule.minimumAge":
              "4 Years", "eligibilityModule.maximumAge": "17 Years", "identificationModule.officialTitle": None}),
    ],
)  # fmt: skip
def title_age_group_vs_fields(module: Node, ctx: Context) -> Iterator[Problem]:
    """The title speaks of children only or of adults only, and the age limits shut just them out.

    Why: patients who search by age do not find the study that is for them.
    What to do: correct the age limits, or the title.
    False positives: titles that name other people beside (parents, survivors, staff) or both groups are left alone;
    adolescents may be of any age about 18 and are left alone.
    Source: PRS protocol definitions, Age Limits, https://clinicaltrials.gov/policy/protocol-definitions#EligibilityMinAge
    """
    told = both_titles(ctx)
    low, high = (age_in_days(module.get(name) or "") for name in ("minimumAge", "maximumAge"))
    if low is not None and low >= _OF_AGE * 365.25:
        yield from _shut_out(module, "minimumAge", _children().search(told), _beside_children().search(told))
    if high is not None and high < _OF_AGE * 365.25:
        yield from _shut_out(module, "maximumAge", _adults().search(told), _beside_adults().search(told))


def _shut_out(module: Node, name: str, group: re.Match[str] | None, others: re.Match[str] | None) -> Iterator[Problem]:
    if group and not others:
        yield module.problem(
            f"{name} is {module.get(name)}, but the title says '{group[0]}'",
            name,
            hint="correct the age limits, or the title",
        )
