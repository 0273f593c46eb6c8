"""ELG: the limits that the eligibility criteria set, of age and of laboratory values."""

from __future__ import annotations

from collections.abc import Iterator

from lint.api import ERROR, EVERY, MEDIUM, NOTE, WARNING, Context, Node, Problem, Span, bad, good, pattern, rule
from lint.rules.readers.ages import StatedAges, age_in_days, stated_ages
from lint.rules.readers.criteria import EXCLUSION, criteria_text, read_sections, section_at
from lint.rules.readers.facts import both_titles
from lint.rules.readers.lab_values import Threshold, limits_of, may_want_abnormal, thresholds, written

_AT = "$.protocolSection.eligibilityModule.eligibilityCriteria"
_CRITERIA = "eligibilityModule.eligibilityCriteria"
_POINTER = "/protocolSection/eligibilityModule/eligibilityCriteria"
_BRIEF_TITLE = "identificationModule.briefTitle"


def _criteria(inclusion: str, exclusion: str = "* Pregnancy") -> dict[str, str]:
    return {_CRITERIA: f"Inclusion Criteria:\n\n{inclusion}\n\nExclusion Criteria:\n\n{exclusion}"}


@rule(
    "ELG006",
    "age-text-vs-fields",
    severity=ERROR,
    profiles=EVERY,
    at="$.protocolSection.eligibilityModule",
    examples=[
        bad(_criteria("* Aged 18\\-80 years"), path="/protocolSection/eligibilityModule/maximumAge"),
        bad(_criteria("* Age ≥ 20 years"), path="/protocolSection/eligibilityModule/minimumAge"),
        bad(_criteria("* Between the ages of 18 and 60 (inclusive)"), note="no unit"),
        bad(_criteria("* Age ≥ 18 years\n* Age ≤ 65 years"), path="/protocolSection/eligibilityModule/maximumAge"),
        good(),
        good(_criteria("* Age: 18\u201375\n* Spouse aged 20 to 60 years"), note="a relative"),
        good({**_criteria("* Aged 6-11"), "eligibilityModule.minimumAge": "6 Months",
              "eligibilityModule.maximumAge": "11 Months"}, note="months, though nobody says so"),
        good(_criteria("* Not older than 75 years\n* At least 18 years of age"), note="in two lines"),
        good(_criteria("* Aged 18\\~75 years"), note="the same limits, with an escaped tilde"),
        good(_criteria("* Over 18 years of age"), note="over 18 may mean 18 or 19"),
        good(_criteria("* Caregivers aged 21 to 60 years"), note="the age of other people"),
        good(_criteria("* Women aged 20\\-45 years with onset of migraine at 10 to 15 years"), note="age of onset"),
        good({**_criteria("* Age 4 to 10 years"), "eligibilityModule.minimumAge": "48 Months",
              "eligibilityModule.maximumAge": "10 Years"}, note="the same age in months"),
        good(_criteria("* Cohort 1: aged 18\\-30 years\n* Cohort 2: aged 60\\-75 years"), note="several statements"),
        good(_criteria("* Younger adults (18\\-35 years) or older adults (65+ years)"), note="two groups"),
        good(_criteria("Patients with at least 2 risk factors\n\n* age > 60 yrs\n* smoking"), note="a choice"),
        good(_criteria("* Migraine", "* Aged under 20 years"), note="exclusion criteria are not read"),
        good({**_criteria("* Participant is aged ≥ 6 months"), "eligibilityModule.minimumAge": "6 Months",
              "eligibilityModule.maximumAge": "35 Months"}, note="months"),
        good({**_criteria("* Index participants (of any age)\n* ≥ 12 years of age at consent"),
              "eligibilityModule.minimumAge": None}, note="one group may be of any age"),
    ],
)  # fmt: skip
def age_text_vs_fields(module: Node, ctx: Context) -> Iterator[Problem]:
    """The criteria state another age limit than the age fields.

    Why: patients search by the fields and are then told something else by the text.
    What to do: make text and fields say the same.
    False positives: only one plain statement in the inclusion criteria counts; ages of caregivers,
    donors, cohorts or of the onset are not read; "over 18" agrees with 18 and 19; a limit in the
    text against an empty field is a warning.
    Source: PRS protocol definitions, Age Limits, https://clinicaltrials.gov/policy/protocol-definitions#EligibilityMinAge
    """
    stated = stated_ages(ctx.memo(read_sections))
    if stated is None:
        return
    lows = (stated.low, stated.low + 1) if stated.low_open else (stated.low,)
    if stated.low and not _agrees(module.get("minimumAge"), lows):
        yield _age_problem(module, "minimumAge", stated)
    if stated.high is not None and not _agrees(module.get("maximumAge"), (stated.high, stated.high - 1)):
        yield _age_problem(module, "maximumAge", stated)


def _agrees(field: str | None, years: tuple[int, ...]) -> bool:
    days = age_in_days(field) if field else None
    if field and days is None:
        return True
    return days is not None and any(abs(days - 365.25 * year) < 7 for year in years)


def _age_problem(module: Node, name: str, stated: StatedAges) -> Problem:
    field = module.get(name)
    related = [module.child("eligibilityCriteria")]
    hint = "correct the field or the criteria, whichever is wrong"
    if field:
        message = f"{name} is {field}, but the criteria say '{stated.text}'"
        return module.problem(message, name, hint=hint, related=related)
    message = f"{name} is empty, which means no limit, but the criteria say '{stated.text}'"
    return module.problem(message, hint=hint, related=related, missing=name, severity=WARNING)


@rule(
    "ELG007",
    "age-range-invalid",
    severity=ERROR,
    profiles=EVERY,
    at="$.protocolSection.eligibilityModule",
    examples=[
        bad({"eligibilityModule.minimumAge": "65 Years", "eligibilityModule.maximumAge": "18 Years"},
            path="/protocolSection/eligibilityModule/minimumAge"),
        bad({"eligibilityModule.maximumAge": "999 Years"}, path="/protocolSection/eligibilityModule/maximumAge"),
        bad({"eligibilityModule.minimumAge": "0 Years"}, path="/protocolSection/eligibilityModule/minimumAge"),
        bad({"eligibilityModule.minimumAge": "0 Years", "eligibilityModule.maximumAge": "17 Years"}, note="a note"),
        good(),
        good({"eligibilityModule.minimumAge": "30 Minutes", "eligibilityModule.maximumAge": "28 Days"},
             note="newborns"),
        good({"eligibilityModule.minimumAge": None, "eligibilityModule.maximumAge": None}, note="no limits"),
        good({"eligibilityModule.minimumAge": "18 Years", "eligibilityModule.maximumAge": "18 Years"}),
    ],
)  # fmt: skip
def age_range_invalid(module: Node, ctx: Context) -> Iterator[Problem]:
    """The age limits are impossible: the minimum above the maximum, or an age nobody has.

    Why: nobody can be found by a search for an age, or everybody is.
    What to do: correct the number or its unit; leave a field empty where there is no limit.
    False positives: ages of newborns count minutes, hours and days; a minimum of 0 and a maximum
    such as 130 years are only warnings, because they mean "no limit"; a minimum of 0 that opens a range
    for children is a note.
    Source: PRS protocol definitions, Age Limits, https://clinicaltrials.gov/policy/protocol-definitions#EligibilityMinAge
    """
    low, high = module.value.get("minimumAge"), module.value.get("maximumAge")
    low_days = age_in_days(low) if low else None
    high_days = age_in_days(high) if high else None
    if low_days is not None and high_days is not None and low_days > high_days:
        yield module.problem(
            f"minimumAge {low} is above maximumAge {high}", "minimumAge",
            hint="exchange or correct the two ages", related=[module.child("maximumAge")],
        )  # fmt: skip
    for name, text, days in (("minimumAge", low, low_days), ("maximumAge", high, high_days)):
        if days is not None and days > 120.5 * 365.25:
            hint = "leave the field empty if there is no limit"
            severity = WARNING if name == "maximumAge" else None
            yield module.problem(f"{name} is {text}, an age that nobody reaches", name, hint=hint, severity=severity)
    if low_days == 0:
        hint = "leave the field empty if there is no lower limit"
        severity = NOTE if high_days is not None and high_days <= _PAEDIATRIC_DAYS else WARNING
        yield module.problem(f"minimumAge is {low}, which limits nothing", "minimumAge", hint=hint, severity=severity)


_PAEDIATRIC_DAYS = 25 * 365.25


@rule(
    "ELG012",
    "lab-threshold-inverted-or-implausible",
    severity=WARNING,
    confidence=MEDIUM,
    at=_AT,
    examples=[
        bad(_criteria("* Migraine", "* Prothrombin time is less than 30s"), path=_POINTER),
        bad(_criteria("* Hb≥9 G/L"), path=_POINTER, note="g/dL is meant"),
        bad(_criteria("* Migraine", "* Platelets \\< 1,000 x10^9/L"), path=_POINTER),
        bad(_criteria("* HbA1c \\> 70 %"), path=_POINTER),
        bad(_criteria("* Migraine", "* Platelet count \\> 50,000/mm3"), path=_POINTER, note="below 50,000 is meant"),
        bad(_criteria("* Migraine", "* Serum creatinine less than 1.5 mg/dL"), path=_POINTER),
        good(),
        good(_criteria("* Platelets \\>= 100 x 10^9/L\n* Platelet count ≥ 100,000/mm3\n* Platelets ≥ 75 G/L")),
        good(_criteria("* ANC ≥ 1.5 x 109/L"), note="a lost superscript, which TXT008 reports"),
        good(_criteria("* Migraine", "* ALT \\> 2.5 x ULN\n* Potassium \\> 5.0 mmol/L\n* Prothrombin time \\> 30 s")),
        good({**_criteria("* Purpura", "* Platelets \\> 50 x 10^9/L"), _BRIEF_TITLE: "Exampline in Thrombocytopenia"},
             note="the study wants low values"),
        good(_criteria("* Migraine", "* Neutropenia (an ANC of \\> 1800/mm3 is required)\n"
                       "* LVEF \\< 40 % and unable to be re-assessed with an LVEF \\> 50 %"),
             note="what is wanted is told, too"),
        good({**_criteria("* Heart failure", "* LVEF \\> 40 %"), "conditionsModule.conditions": ["Heart Failure"]},
             note="the study wants low values"),
        good(_criteria("* HbA1c ≥ 6.5 % and hemoglobin A1c \\< 0.099"), note="diabetes is wanted here"),
        good(_criteria("* Increase of creatinine by ≥ 0.3 mg/dL"), note="a change is no level"),
        good(_criteria("* Hemoglobin ≥ 9"), note="no unit"),
        good(_criteria("* Migraine", "* Platelets \\< 70.000/mm3"), note="a full stop between thousands"),
        good(_criteria("* Anaemia, defined as hemoglobin \\< 10.5 g/dL"), note="the study wants low values"),
        good(_criteria("* Hemoglobin not less than 120 g/L"), note="a negated comparison is not read"),
    ],
)  # fmt: skip
def lab_threshold_implausible(criteria: Node, ctx: Context) -> Iterator[Problem]:
    """A laboratory limit lets nobody in, keeps nobody out or carries the wrong unit.

    Why: "prothrombin time less than 30 s" as an exclusion shuts out nearly every patient, because
    about 12 s are normal; "Hb at least 9 g/L" is no limit at all, because g/dL was meant. A site
    that follows such a limit to the letter treats the wrong people.
    What to do: check the direction, the number and the unit against the protocol.
    False positives: only tests of a small table in units they are measured in are read; multiples
    of the upper limit of normal, changes and negated comparisons are not. A limit inside the
    sensible range is reported only where an exclusion holds all normal values, and neither titles nor conditions nor
    summary say that the study is about abnormal ones.
    Source: ABIM Laboratory Test Reference Ranges and CTCAE v5, https://www.abim.org/media/e2wdwdqu/laboratory-reference-ranges.pdf
    """
    text = ctx.memo(criteria_text)
    for threshold in thresholds(text):
        reason = _implausible(threshold) or _shuts_out_all(threshold, text, ctx)
        if reason:
            yield criteria.problem(
                f"'{' '.join(threshold.text.split())}' {reason}",
                hint="check direction, number and unit against the protocol",
                span=threshold.span,
            )


def _implausible(threshold: Threshold) -> str:
    by_unit = limits_of(threshold.test)
    limits = by_unit[threshold.unit]
    if limits.low <= threshold.value <= limits.high:
        return ""
    others = [unit for unit, other in by_unit.items() if other.low <= threshold.value <= other.high]
    meant = f"; was {written(others[0])} meant?" if others else ""
    return (
        f"is no sensible limit for {threshold.test}: limits in {written(threshold.unit)} lie between "
        f"{limits.low:g} and {limits.high:g}{meant}"
    )


def _subject(ctx: Context) -> str:
    """Return what a study is about: its titles, conditions, keywords and summary."""
    texts = [both_titles(ctx), ctx.get("descriptionModule.briefSummary") or ""]
    for field in ("conditionsModule.conditions", "conditionsModule.keywords"):
        texts += ctx.get(field) or []
    return "\n".join(texts)


_hedge = pattern(
    r"(?i)\b(?:requir|unable|unless|until|must|need|allow|eligib|permit|accept|able to|can be|without|except)"
    r"|\b(?:not|no|but)\b"
)


def _is_plain(text: str, span: Span) -> bool:
    """Say whether the sentence about a limit is nothing but an exclusion."""
    start = max(text.rfind("\n", 0, span[0]), text.rfind(". ", 0, span[0])) + 1
    ends = [end for end in (text.find("\n", span[1]), text.find(". ", span[1])) if end >= 0]
    return not _hedge().search(text, start, min(ends, default=len(text)))


def _shuts_out_all(threshold: Threshold, text: str, ctx: Context) -> str:
    """Say so if an exclusion holds the whole normal range, and the study is not about the values outside it.

    Inclusion criteria are left alone: most that ask for abnormal values mean it.
    """
    normal = limits_of(threshold.test)[threshold.unit].normal
    section = section_at(ctx.memo(read_sections), threshold.span[0])
    if normal is None or section is None or section.kind != EXCLUSION:
        return ""
    low, high = normal
    if threshold.value >= low if threshold.above else threshold.value <= high:
        return ""
    if may_want_abnormal(threshold.test, ctx.memo(_subject)) or (
        threshold.above and not _is_plain(text, threshold.span)
    ):
        return ""
    return (
        f"as an exclusion criterion excludes nearly everybody: normal {threshold.test} is "
        f"{low:g} to {high:g} {written(threshold.unit)}"
    )
