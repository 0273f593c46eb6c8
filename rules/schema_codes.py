"""SCH001 to SCH005 and ENU: the shape of the record. The schema check raises these."""

from __future__ import annotations

from lint.api import ERROR, NOTE, WARNING, bad, declare, good

_STRUCTURE = "https://clinicaltrials.gov/data-api/about-api/study-data-structure"
_DEFINITIONS = "https://clinicaltrials.gov/policy/protocol-definitions"

SCHEMA_INVALID = declare(
    "SCH001",
    "schema-invalid",
    f"""A value has the wrong kind: a text where a number belongs, a list where one value belongs.

    Why: other programs stop at such a value or read something else; no rule looks at it.
    What to do: write the value in the kind that is shown. Null says nothing: leave the member out.
    False positives: counts and values of results are texts in the registry's data and are taken as such.
    Source: study data structure, {_STRUCTURE}
    """,
    severity=ERROR,
    raised_by="schema",
    examples=[
        bad({"designModule.enrollmentInfo.count": "30"}, path="/protocolSection/designModule/enrollmentInfo/count"),
        bad({"statusModule.startDateStruct.date": "May 2013"}),
        good(),
        good({"designModule.enrollmentInfo.count": 30}),
    ],
)

UNKNOWN_FIELD = declare(
    "SCH002",
    "unknown-field",
    f"""A member has a name that the registry does not know.

    Why: a slip in the name makes the content vanish for everyone who reads the record.
    What to do: correct the name; the nearest known one is suggested.
    False positives: the registry adds members without notice; such a member is right although it is reported.
    Source: study data structure, {_STRUCTURE}
    """,
    severity=WARNING,
    raised_by="schema",
    fixable=True,
    examples=[
        bad({"descriptionModule.breifSummary": "A trial."}, path="/protocolSection/descriptionModule/breifSummary"),
        bad({"eligibilityModule.minimunAge": "18 Years"}, path="/protocolSection/eligibilityModule/minimunAge"),
        good(),
        good({"identificationModule.nctIdAliases": ["NCT09900002"]}),
    ],
)

REQUIRED_FIELD_MISSING = declare(
    "SCH003",
    "required-field-missing",
    f"""An element that the registry requires of every such study is absent or blank.

    Why: the registry marks it with an asterisk; the record cannot be released without it.
    What to do: enter the element that is named.
    False positives: records first submitted before 18 January 2017 were accepted with less and get a warning, those
    of before December 2007 nothing; withheld records and excerpts are left alone. An absent age limit means none.
    Source: PRS protocol definitions, required elements, {_DEFINITIONS}
    """,
    severity=ERROR,
    raised_by="schema",
    examples=[
        bad({"eligibilityModule.eligibilityCriteria": None}, path="/protocolSection/eligibilityModule"),
        bad({"identificationModule.briefTitle": " "}, path="/protocolSection/identificationModule/briefTitle"),
        good(),
        good({"eligibilityModule.minimumAge": None}, note="no minimum age is no limit"),
        good({"statusModule.overallStatus": "WITHHELD", "eligibilityModule.eligibilityCriteria": None}),
    ],
)

FINAL_RULE_FIELD_MISSING = declare(
    "SCH004",
    "final-rule-field-missing",
    f"""An element is absent that studies starting on or after 18 January 2017 must have.

    Why: the Final Rule (42 CFR Part 11) made it mandatory; the registry refuses the record without it.
    What to do: enter the element that is named.
    False positives: the study start decides, and where it is absent the first submission; elements of trials are
    not asked of observational studies.
    Source: 42 CFR 11.28, https://www.ecfr.gov/current/title-42/section-11.28; {_DEFINITIONS}
    """,
    severity=ERROR,
    raised_by="schema",
    examples=[
        bad({"identificationModule.officialTitle": None}),
        bad({"designModule.designInfo.allocation": None}),
        good(),
        good({"identificationModule.officialTitle": None, "statusModule.startDateStruct": {"date": "2012-05"}}),
    ],
)

FIELD_TOO_LONG = declare(
    "SCH005",
    "field-too-long",
    f"""A text is longer than the registry takes.

    Why: the registry refuses it, or a program has cut it on the way.
    What to do: shorten it by the characters that are named.
    False positives: backslashes that the API adds are not counted, nor is the text of a citation that the registry
    took from PubMed.
    Source: PRS protocol definitions, limits of the elements, {_DEFINITIONS}
    """,
    severity=ERROR,
    raised_by="schema",
    examples=[
        bad({"identificationModule.acronym": "CARDIOPROTECTION-2"}),
        bad({"armsInterventionsModule.armGroups[0].label": "Exampline " * 11}),
        good({"identificationModule.acronym": "CARDIO-2"}),
        good({"armsInterventionsModule.armGroups[0].description": "a\\*" * 490}, note="backslashes do not count"),
    ],
)

UNKNOWN_ENUM_VALUE = declare(
    "ENU001",
    "unknown-enum-value",
    """A value is none of those that the registry offers.

    Why: filters and counts leave the record out, or put it into the wrong group.
    What to do: choose one of the values that are listed.
    Source: enumerations of the API, https://clinicaltrials.gov/data-api/about-api/study-data-structure#enum-types
    """,
    severity=ERROR,
    raised_by="schema",
    examples=[
        bad({"armsInterventionsModule.armGroups[0].type": "Treatment Comparison"},
            path="/protocolSection/armsInterventionsModule/armGroups/0/type"),
        bad({"statusModule.overallStatus": "OPEN"}, path="/protocolSection/statusModule/overallStatus"),
        good({"armsInterventionsModule.armGroups[0].type": "ACTIVE_COMPARATOR"}),
        good({"statusModule.overallStatus": "Recruiting"}, note="the word that people read is for ENU003"),
    ],
)  # fmt: skip

LEGACY_ENUM_VALUE = declare(
    "ENU002",
    "legacy-enum-value",
    f"""A value is used that the registry has retired.

    Why: it cannot be entered any more, and a new value says more exactly what is meant.
    What to do: choose one of the current values.
    False positives: records that were last updated before the change of January 2017 are left alone, and so are
    results that were first submitted until a year after it.
    Source: PRS protocol definitions, {_DEFINITIONS}#ObsStudyModel
    """,
    severity=NOTE,
    raised_by="schema",
    examples=[
        bad({"designModule.designInfo.primaryPurpose": "ECT"}),
        bad({"designModule.designInfo.observationalModel": "NATURAL_HISTORY"}, base="observational"),
        good({"designModule.designInfo.primaryPurpose": "TREATMENT"}),
        good(
            {"designModule.designInfo.primaryPurpose": "ECT", "statusModule.lastUpdateSubmitDate": "2016-05-20"},
            note="last updated before the change",
        ),
    ],
)

ENUM_LABEL_INSTEAD_OF_CODE = declare(
    "ENU003",
    "enum-label-instead-of-code",
    f"""The word that people read stands where the registry's code belongs.

    Why: programs know the code only; "Randomised" is found by none of them.
    What to do: write the code that is shown.
    False positives: only words with one meaning count; others are unknown values (ENU001).
    Source: enumerations of the API, {_STRUCTURE}#enum-types
    """,
    severity=WARNING,
    raised_by="schema",
    fixable=True,
    examples=[
        bad({"designModule.designInfo.allocation": "Randomised"},
            path="/protocolSection/designModule/designInfo/allocation"),
        bad({"designModule.designInfo.interventionModel": "Parallel Assignment"}),
        good(),
        good({"designModule.designInfo.allocation": "by chance"}, note="no word of the registry (ENU001)"),
    ],
)  # fmt: skip

PHASE_COMBINATION_INVALID = declare(
    "ENU004",
    "phase-combination-invalid",
    f"""Phases stand together that the registry does not offer together.

    Why: only phases 1 and 2 and phases 2 and 3 can be combined; NA stands alone.
    What to do: choose one phase, or one of the two combinations.
    Source: PRS protocol definitions, Study Phase, {_DEFINITIONS}#StudyPhase
    """,
    severity=ERROR,
    raised_by="schema",
    examples=[
        bad({"designModule.phases": ["PHASE1", "PHASE3"]}, path="/protocolSection/designModule/phases"),
        bad({"designModule.phases": ["NA", "PHASE2"]}),
        good({"designModule.phases": ["PHASE1", "PHASE2"]}),
        good({"designModule.phases": ["PHASE2", "PHASE3"]}),
    ],
)
