"""ELG: who may take part, by the fields for sex and healthy volunteers and by the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint.api import (
    MEDIUM,
    NOTE,
    WARNING,
    Context,
    Node,
    Problem,
    bad,
    good,
    pattern,
    rule,
)
from lint.rules.readers.criteria import INCLUSION, criteria_text, read_sections, section_at
from lint.rules.readers.facts import both_titles

_ELIGIBILITY = "/protocolSection/eligibilityModule"
_CRITERIA = "eligibilityModule.eligibilityCriteria"
_SEX = "eligibilityModule.sex"


def _criteria(inclusion: str, exclusion: str = "* Allergy to tablets") -> dict[str, str]:
    return {_CRITERIA: f"Inclusion Criteria:\n\n{inclusion}\n\nExclusion Criteria:\n\n{exclusion}"}


_SEXED = pattern(
    r"(?:only )?(?:healthy |adult |heterosexual |sexually active |pregnant |premenopausal |postmenopausal )?"
    r"(?:(men|males?)|(?:women|females?))\b",
    re.IGNORECASE,
)
_SEXED_STARTS = frozenset(
    {"men", "mal", "wom", "fem", "onl", "hea", "adu", "het", "sex", "pre", "pos", "Men", "Mal", "Wom", "Fem", "Onl",
     "Hea", "Adu", "Het", "Sex", "Pre", "Pos", "MEN", "MAL", "WOM", "FEM"}
)  # fmt: skip
_BEFORE_CRITERION = " \t*-•·–()0123456789."
_BOTH = pattern(
    r"\b(?:men|males?) ?(?:and|or|and/or|/|,|&) ?(?:women|females?)\b"
    r"|\b(?:women|females?) ?(?:and|or|and/or|/|,|&) ?(?:men|males?)\b",
    re.IGNORECASE,
)
_NOT_OF_SEX = pattern(
    r"child-?bearing|contracep|barrier|birth control|fertil|reproduct|lactat|breast-?feed|surgically"
    r"|post-?menopausal (?:for|defined)|negative|partner|condom|sperm|\bif\b|\bmust (?:meet|agree|use|not)\b"
    r"|hb\b|h(?:a)?emoglobin|\bml\b|[0-9] ?(?:cm|mg|g/dl|units|ms)\b",
    re.IGNORECASE,
)
_DISEASES = (
    ("men", pattern(
        r"prostat|erectile|testic|peyronie|hypospadia|azoospermia|male infertility|ejaculat|varicocele"
        r"|bph\b(?<!\wbph)"
    )),
    ("women", pattern(
        "ovarian (?:cancer|neoplasm|carcinoma|tumou?r|hyper)|cervical (?:cancer|neoplasm|carcinoma|intraep)|menstr"
        "|uterine (?:cancer|fib)|endometri(?:osis|al)|pregnan|postpartum|polycystic ovar|pre-?eclampsia|menopaus"
        "|dysmenorr|gestational"
    )),
)  # fmt: skip
_ANYBODY = (
    r"partners?|caregivers?|spouses?|couples?|clinicians?|physicians?|nurses?|providers?|gender|transgender|sexes|infants?"
    r"|newborns?|neonates?|child|children"
)
_OTHERS = {
    "men": pattern(rf"\b(?:wom[ae]n|females?|wives|wife|girls?|mothers?|pregnan\w*|{_ANYBODY})\b", re.IGNORECASE),
    "women": pattern(rf"\b(?:m[ae]n|males?|husbands?|boys?|fathers?|{_ANYBODY})\b", re.IGNORECASE),
}
"""Words for people beside those of one sex."""


@rule(
    "ELG008",
    "sex-text-vs-field",
    severity=WARNING,
    confidence=MEDIUM,
    at="$.protocolSection.eligibilityModule.sex",
    examples=[
        bad({_SEX: "FEMALE", **_criteria("* Men and women with chronic migraine")}, path=_ELIGIBILITY + "/sex"),
        bad({_SEX: "ALL", **_criteria("* Male participants between 18 and 60 years")}),
        bad({_SEX: "ALL", **_criteria("* Age of 18 years or more"),
             "conditionsModule.conditions": ["Erectile Dysfunction"]}, path=_ELIGIBILITY + "/sex"),
        bad({_SEX: "FEMALE", **_criteria("* Adults"), "conditionsModule.conditions": ["Prostate Cancer"]}),
        good(),
        good(_criteria("* Chronic migraine", "* Pregnant women"), note="pregnancy excludes in studies of both sexes"),
        good({_SEX: "ALL", **_criteria("* Erectile dysfunction\n* A partner who takes part in the survey"),
              "conditionsModule.conditions": ["Erectile Dysfunction"]}, note="partners take part"),
        good({_SEX: "MALE", **_criteria("* Erectile dysfunction\n* Male or female partners agree to contraception")}),
        bad({_SEX: "ALL", **_criteria("* Male participants must have had migraine for a year")}),
        good({_SEX: "ALL", **_criteria("* Women of childbearing potential use contraception")}),
        good({_SEX: "ALL", **_criteria("* Men must have a barrier method of birth control")}),
        good({_SEX: "ALL", **_criteria("* People with a cervix, of any gender"),
              "conditionsModule.conditions": ["Cervical Cancer"]}, note="transgender people"),
        good({_SEX: "ALL", **_criteria("* Adults\n\nWomen must meet one of the following:\n\n* no periods for a year")},
             note="a condition for women only"),
        bad({_SEX: "FEMALE", **_criteria("* Male patients with chronic migraine")}, path=_ELIGIBILITY + "/sex"),
        bad({_SEX: "MALE", **_criteria("* Women with chronic migraine")}, path=_ELIGIBILITY + "/sex"),
        good({_SEX: "FEMALE", **_criteria("* Hemoglobin of 13 g/dL in men and women")}, note="a limit for both"),
    ],
)  # fmt: skip
def sex_text_vs_field(sex: Node, ctx: Context) -> Iterator[Problem]:
    """The sex that may take part contradicts the criteria or the condition.

    Why: people who search for a study are shown it or not by this field.
    What to do: correct the field or the criteria, whichever is wrong.
    False positives: criteria about pregnancy and contraception, partners, caregivers and laboratory limits
    say nothing about who takes part; a text that mentions both sexes agrees with ALL.
    Source: PRS protocol definitions, Sex/Gender, https://clinicaltrials.gov/policy/protocol-definitions#EligibilitySexGender
    """
    conditions: list[str] = ctx.get("conditionsModule.conditions") or []
    if sex.value == "ALL":
        _, found = _one_sex_only(ctx)
        if found:
            yield sex.problem(
                f"sex is ALL, but the criteria say '{found}'",
                hint="choose the sex that may take part, or name both in the criteria",
                related=[ctx.node(_CRITERIA)],
            )
            return
        disease = _all_of_one_sex(conditions)
        if disease and not _OTHERS[disease]().search(_told(ctx)):
            yield sex.problem(
                f"sex is ALL, but only {disease} can have '{conditions[0]}', and nobody else is mentioned",
                hint="choose the sex that may take part, or say in the criteria who else does",
                related=[ctx.node("conditionsModule.conditions")],
            )
    elif sex.value in ("MALE", "FEMALE"):
        yield from _against_one_sex(sex, conditions, ctx)


def _against_one_sex(sex: Node, conditions: list[str], ctx: Context) -> Iterator[Problem]:
    people, others = ("men", "women") if sex.value == "MALE" else ("women", "men")
    if _all_of_one_sex(conditions) == others:
        yield sex.problem(
            f"sex is {sex.value}, but only {others} can have '{conditions[0]}'",
            hint="correct the sex",
            related=[ctx.node("conditionsModule.conditions")],
        )
        return
    wanted, found = _one_sex_only(ctx)
    if wanted == others:
        yield sex.problem(
            f"sex is {sex.value}, but the criteria say '{found}'",
            hint="correct the sex, or the criteria",
            related=[ctx.node(_CRITERIA)],
        )
        return
    for line in _inclusion_lines(ctx):
        match = _BOTH().search(line) if "omen" in line or "emale" in line else None
        if match and not _NOT_OF_SEX().search(line):
            yield sex.problem(
                f"sex is {sex.value}, but the criteria say '{match[0]}'",
                hint=f"choose ALL, or take only {people} in the criteria",
                related=[ctx.node(_CRITERIA)],
            )
            return


def _inclusion_lines(ctx: Context) -> Iterator[str]:
    for section in ctx.memo(read_sections):
        if section.kind == INCLUSION:
            yield from section.written


def _one_sex_only(ctx: Context) -> tuple[str, str]:
    """Return "men" or "women" and the inclusion criterion that asks for them in a text that is silent on the others."""
    text = ctx.memo(criteria_text)
    women = "omen" in text or "emale" in text
    men = " men" in text or " male" in text or "Men" in text or "Male" in text
    if women is men:
        return "", ""
    for raw in _inclusion_lines(ctx):
        line = raw.lstrip(_BEFORE_CRITERION)
        if line[:3] not in _SEXED_STARTS or raw[:1] == " ":
            continue
        match = _SEXED().match(line)
        if match and not _NOT_OF_SEX().search(line):
            people = "men" if match[1] else "women"
            if not _OTHERS[people]().search(f"{both_titles(ctx)}\n{text}"):
                return people, line[:60].rstrip()
    return "", ""


def _all_of_one_sex(conditions: list[str]) -> str:
    """Return "men" or "women" if all conditions are diseases of theirs, else ""."""
    if not conditions:
        return ""
    first = conditions[0].lower()
    for people, diseases in _DISEASES:
        if diseases().search(first) and all(diseases().search(condition.lower()) for condition in conditions):
            return people
    return ""


def _told(ctx: Context) -> str:
    """Return titles, summary, population and criteria in one text."""
    parts = [both_titles(ctx), ctx.memo(criteria_text)]
    parts += [
        ctx.get(dotted) or "" for dotted in ("descriptionModule.briefSummary", "eligibilityModule.studyPopulation")
    ]
    return "\n".join(parts)


_HEALTHY = (
    r"healthy (?:(?:adult|male|female|young|human|non-?smoking|elderly|normal|and|or) )*(?:volunteers?|controls?"
    r"|subjects?|participants?|individuals?|adults?|people|persons?|men|women|males?|females?|children)\b"
)
_healthy_people = pattern(rf"\b{_HEALTHY}", re.IGNORECASE)
_healthy_criterion = pattern(rf"[^A-Za-z\n]{{0,8}}(?:[A-Za-z][.)] ?)?({_HEALTHY})", re.IGNORECASE)
_PATIENTS = pattern(r"\bASA\b|pregnan|c(?:a)?esarean|labou?r\b", re.IGNORECASE)
"""Who are called healthy because nothing but the reason of their treatment is wrong with them."""
_NOT_PATIENTS = pattern(
    r"\b(?:no|non|not|neither|nor|without|negative)\b[-\w ]{0,20}pregnan|pregnancy test|(?<=volunteers)[ (,]+ASA\b",
    re.IGNORECASE,
)
_SAMPLES = pattern(r"specimen|sample|tissue|donor|database|cadaver|\bage-?match|historic", re.IGNORECASE)
_WELL_PEOPLE = (
    "healthy", "volunteer", "control", "normal", "general", "communit", "student", "staff", "nurse", "physician",
    "clinician", "parent", "caregiver", "pregnan", "infant", "newborn", "child", "vaccin", "worker", "employee",
    "screen", "prevent", "well-being", "wellness", "without", "partner", "population", "donor", "famil", "relative",
    "sibling", "athlete", "risk", "asymptomatic", "non-", "suspect", "suspicion",
)  # fmt: skip


@rule(
    "ELG009",
    "healthy-volunteers-vs-text",
    severity=WARNING,
    confidence=MEDIUM,
    at="$.protocolSection.eligibilityModule.healthyVolunteers",
    examples=[
        bad(_criteria("* Healthy volunteers of 18 to 45 years"), path=_ELIGIBILITY + "/healthyVolunteers"),
        bad({"armsInterventionsModule.armGroups[1].label": "Healthy Controls"}),
        bad({"eligibilityModule.healthyVolunteers": True, **_criteria("* Patients with migraine"),
             "conditionsModule.keywords": None, "identificationModule.officialTitle": None,
             "descriptionModule": {"briefSummary": "Patients with migraine take exampline or placebo."},
             "armsInterventionsModule.armGroups[1].description": None},
            note="a note: nobody but patients is mentioned"),
        good(),
        good(_criteria("* Otherwise healthy adults with migraine"), note="otherwise healthy"),
        good(_criteria("* Chronic migraine", "* Healthy volunteers"), note="an exclusion"),
        bad(_criteria("* Healthy women, not pregnant or breastfeeding"), path=_ELIGIBILITY + "/healthyVolunteers"),
        bad(_criteria("* Healthy volunteers (ASA 1)"), path=_ELIGIBILITY + "/healthyVolunteers"),
        good(_criteria("* Healthy women (ASA 2) before surgery"), note="patients without another disease"),
        good(_criteria("* Healthy pregnant women at term"), note="patients without another disease"),
        good(_criteria("* Antibodies above the mean of healthy controls"), note="a comparison"),
        good({"eligibilityModule.healthyVolunteers": True, **_criteria("* Healthy volunteers of 18 to 45 years")}),
        good({"eligibilityModule.healthyVolunteers": True, **_criteria("* Students of the university")}),
        good({"eligibilityModule.healthyVolunteers": True, **_criteria("* Patients with suspected migraine"),
              "conditionsModule.keywords": None, "identificationModule.officialTitle": None,
              "descriptionModule": {"briefSummary": "Patients with suspected migraine keep a diary."},
              "armsInterventionsModule.armGroups[1].description": None}, note="some may turn out to be well"),
    ],
)  # fmt: skip
def healthy_volunteers_vs_text(flag: Node, ctx: Context) -> Iterator[Problem]:
    """The record says that healthy volunteers are (not) accepted, and elsewhere the opposite.

    Why: healthy people who want to take part search by this field.
    What to do: correct the field, or the criteria or arms.
    False positives: "otherwise healthy" patients, comparisons with healthy people, exclusions and stored samples
    are left alone. An accepting field beside a record that speaks of patients only is a note.
    Source: PRS protocol definitions, Accepts Healthy Volunteers,
    https://clinicaltrials.gov/policy/protocol-definitions#HealthyVolunteers
    """
    if flag.value is True:
        if _patients_only(ctx):
            yield flag.problem(
                "healthyVolunteers is true, but the record speaks of patients only",
                hint="set it to false, or say in the criteria which healthy people may take part",
                severity=NOTE,
            )
        return
    found = _healthy_place(ctx)
    if found:
        place, words = found
        yield flag.problem(
            f"healthyVolunteers is false, but there are '{words}'",
            hint="set it to true if healthy people take part, or correct the text",
            related=[place],
        )


def _healthy_place(ctx: Context) -> tuple[Node, str] | None:
    """Return where healthy people are said to take part, and in which words."""
    text = ctx.memo(criteria_text)
    if "ealthy " in text or "EALTHY " in text:
        start = 0
        for line in text.split("\n"):
            match = _healthy_criterion().match(line) if "ealthy " in line or "EALTHY " in line else None
            if match and start and not _are_patients(line) and not _SAMPLES().search(line):
                section = section_at(ctx.memo(read_sections), start - 1)
                if section is not None and section.kind == INCLUSION:
                    return ctx.node(_CRITERIA), match[1]
            start += len(line) + 1
    for index, arm in enumerate(ctx.get("armsInterventionsModule.armGroups") or ()):
        label = arm.get("label") or ""
        named = _healthy_people().search(label) if "ealthy" in label else None
        if named and not _SAMPLES().search(label + (arm.get("description") or "")):
            return ctx.node("armsInterventionsModule.armGroups").child(index, "label"), named[0]
    return None


def _are_patients(line: str) -> bool:
    return bool(_PATIENTS().search(_NOT_PATIENTS().sub("", line)))


def _patients_only(ctx: Context) -> bool:
    """Say whether the record speaks of patients, and nowhere in words for people who may be well."""
    criteria = ctx.memo(criteria_text)
    if "healthy" in criteria or "Healthy" in criteria:
        return False
    conditions: list[str] = ctx.get("conditionsModule.conditions") or []
    arms = ctx.get("armsInterventionsModule.armGroups") or ()
    texts = [_told(ctx), *conditions, *(ctx.get("conditionsModule.keywords") or ())]
    texts += [arm.get(member) or "" for arm in arms for member in ("label", "description")]
    texts.append(ctx.get("descriptionModule.detailedDescription") or "")
    are_patients = False
    for text in texts:
        told = text.lower().replace("controlled", "")
        if any(word in told for word in _WELL_PEOPLE):
            return False
        are_patients = are_patients or "patient" in told
    return bool(conditions) and are_patients
