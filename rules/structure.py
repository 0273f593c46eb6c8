"""SCH006 to SCH009: empty values, repeated values, fields of the wrong study type, the results flag."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from lint.api import (
    ERROR,
    EVERY,
    NOTE,
    WARNING,
    Context,
    Edit,
    Fix,
    Node,
    Path,
    Problem,
    bad,
    good,
    rule,
    value_at,
)
from lint.rules.readers.facts import study_facts

_REPORTED_ELSEWHERE = frozenset(
    {"briefTitle", "briefSummary", "overallStatus", "statusVerifiedDate", "studyType", "conditions", "sex",
     "eligibilityCriteria", "primaryOutcomes", "measure", "timeFrame", "label", "name", "armGroups", "interventions",
     "interventionMappedName"}
)  # fmt: skip
"""Their absence is reported as such (SCH003, OUT001, OUT002), and so is their emptiness.

The last one, of an older form of the API, is an unknown field by now (SCH002).
"""


@rule(
    "SCH006",
    "empty-value",
    severity=WARNING,
    fixable=True,
    at="$.protocolSection",
    examples=[
        bad(
            {"descriptionModule.detailedDescription": " "},
            path="/protocolSection/descriptionModule/detailedDescription",
        ),
        bad({"conditionsModule.keywords": []}, path="/protocolSection/conditionsModule/keywords"),
        bad({"conditionsModule.keywords": ["headache", ""]}),
        good({"descriptionModule.detailedDescription": None}),
        good(),
        good({"descriptionModule.briefSummary": 'She said "" and left.'}),
        good({"armsInterventionsModule.interventions[0].interventionMappedName": []}, note="SCH002 says it"),
    ],
)
def empty_value(protocol: Node, ctx: Context) -> Iterator[Problem]:
    """A field is there, but holds nothing: an empty text, blanks only, an empty list.

    Why: an empty field looks as if something had been entered; checks for missing fields do not see it.
    What to do: leave the field out, or enter what belongs there.
    False positives: the same field of many sites or outcomes is reported once; empty lists, which some programs write
    by habit, are a note. Required fields that are empty are
    reported as missing (SCH003 and others), null as a value of the wrong kind (SCH001).
    Source: study data structure, https://clinicaltrials.gov/data-api/about-api/study-data-structure
    """
    if not _holds_empty(protocol.value.values()):
        return
    fields: dict[tuple[str, ...], list[Path]] = {}
    for path in _empty(protocol.value, protocol.path):
        if path[-1] not in _REPORTED_ELSEWHERE:
            fields.setdefault(tuple(step for step in path if isinstance(step, str)), []).append(path)
    for names, (first, *others) in fields.items():
        more = f" ({len(others) + 1} times)" if others else ""
        yield Node(None, first).problem(
            f"{names[-1]} is there, but holds nothing{more}",
            hint="leave it out, or enter what belongs there",
            related=[Node(None, path) for path in others],
            fix=Fix(f"remove the empty {names[-1]}", (Edit(first, remove=True),)) if not others else None,
            severity=None if isinstance(value_at(ctx.record, first), str) else NOTE,
        )


def _holds_empty(members: Iterable[Any]) -> bool:
    """Say whether ``_empty`` would find anything; most records have nothing, and this is several times faster."""
    for member in members:
        kind = type(member)
        if kind is str:
            if not member or member.isspace():
                return True
        elif (kind is dict and _holds_empty(member.values())) or (
            kind is list and (not member or _holds_empty(member))
        ):
            return True
    return False


def _empty(value: Any, path: Path) -> Iterator[Path]:
    if isinstance(value, dict) and value:
        for name, member in value.items():
            yield from _empty(member, (*path, name))
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from _empty(item, (*path, index))
    elif value == [] or (isinstance(value, str) and not value.strip()):
        yield path


@rule(
    "SCH007",
    "duplicate-list-item",
    severity=WARNING,
    fixable=True,
    at=(
        "$.protocolSection.conditionsModule.conditions",
        "$.protocolSection.conditionsModule.keywords",
        "$.protocolSection.designModule.phases",
        "$.protocolSection.designModule.designInfo.maskingInfo.whoMasked",
        "$.protocolSection.armsInterventionsModule.interventions[*].otherNames",
        "$.protocolSection.eligibilityModule.stdAges",
        "$.protocolSection.ipdSharingStatementModule.infoTypes",
        "$.protocolSection.sponsorCollaboratorsModule.collaborators",
    ),
    examples=[
        bad({"conditionsModule.keywords": ["ascites", "liver", "ascites"]},
            path="/protocolSection/conditionsModule/keywords/2"),
        bad({"sponsorCollaboratorsModule.collaborators": [{"name": "A", "class": "OTHER"},
                                                          {"name": "A", "class": "OTHER"}]}),
        good({"conditionsModule.keywords": ["ascites", "liver"]}),
        good({"conditionsModule.conditions": ["Ascites", "ascites"]}, note="another spelling is for CND004"),
        good(base="results", note="results may repeat titles of periods"),
    ],
)  # fmt: skip
def duplicate_list_item(items: Node, ctx: Context) -> Iterator[Problem]:
    """A list holds the same entry twice.

    Why: the entry is counted twice.
    What to do: delete one of the two.
    False positives: lists of sites, people, outcomes, references and identifiers have rules of their own; results are
    not looked at.
    Source: CDISC USDM conformance rules, DDF00056, https://www.cdisc.org/ddf
    """
    values = items.value
    if len(values) < 2:
        return
    keys = values if isinstance(values[0], str) else [repr(value) for value in values]
    if len(set(keys)) == len(keys):
        return
    for index, key in enumerate(keys):
        first = keys.index(key)
        if first < index and values[index]:
            shown = values[index] if isinstance(values[index], str) else values[index].get("name", "an entry")
            yield items.problem(
                f"'{shown}' is listed twice",
                index,
                hint="delete one of the two",
                related=[items.child(first)],
                fix=Fix(f"remove the second '{shown}'", (Edit((*items.path, index), remove=True),), safe=True),
            )


_DESIGN, _DESIGN_INFO, _ELIGIBILITY = ("designModule",), ("designModule", "designInfo"), ("eligibilityModule",)
_ARM_GROUPS = ("armsInterventionsModule", "armGroups")
_OF_TRIALS = (
    (_DESIGN_INFO, ("allocation", "interventionModel", "maskingInfo", "primaryPurpose")),
    (_DESIGN, ("phases",)),
)
_OF_OBSERVATION = (
    (_DESIGN_INFO, ("observationalModel", "timePerspective")),
    (_ELIGIBILITY, ("samplingMethod", "studyPopulation")),
    (_DESIGN, ("targetDuration",)),
)
_ELSEWHERE = {"OBSERVATIONAL": ("interventional", _OF_TRIALS), "INTERVENTIONAL": ("observational", _OF_OBSERVATION)}
_SAYS_NOTHING: tuple[Any, ...] = (None, "", "NA", [], {}, ["NA"])


@rule(
    "SCH008",
    "wrong-study-type-fields",
    severity=ERROR,
    profiles=EVERY,
    at="$.protocolSection",
    examples=[
        bad({"designModule.designInfo.allocation": "RANDOMIZED"}, base="observational",
            path="/protocolSection/designModule/designInfo/allocation"),
        bad({"designModule.designInfo.timePerspective": "PROSPECTIVE"}),
        bad({"armsInterventionsModule.armGroups[0].type": "EXPERIMENTAL"}, base="observational"),
        good(),
        good(base="observational", note="groups without a type"),
        good({"armsInterventionsModule.interventions": [{"type": "DRUG", "name": "Exampline"}]}, base="observational",
             note="observational studies may name interventions"),
        good({"designModule.phases": ["NA"]}, base="observational", note="NA says nothing"),
    ],
)  # fmt: skip
def wrong_study_type_fields(protocol: Node, ctx: Context) -> Iterator[Problem]:
    """Fields are filled in that belong to the other type of study.

    Why: either the study type is wrong or the fields are, and nobody can tell how the study is designed.
    What to do: correct the study type, or delete the fields that do not belong to it.
    False positives: observational studies may name interventions and groups; only a type of a group does not belong
    there. NA in a field says nothing and is left alone.
    Source: PRS protocol definitions, Study Type, https://clinicaltrials.gov/policy/protocol-definitions#StudyType
    """
    kind = ctx.memo(study_facts).study_type
    if kind not in _ELSEWHERE:
        return
    other, fields = _ELSEWHERE[kind]
    strange: list[Path] = []
    for place, names in fields:
        holder = value_at(protocol.value, place)
        if holder:
            strange += [(*place, name) for name in names if holder.get(name) not in _SAYS_NOTHING]
    if kind == "OBSERVATIONAL":
        arms = value_at(protocol.value, _ARM_GROUPS) or ()
        strange += [(*_ARM_GROUPS, i, "type") for i, arm in enumerate(arms) if arm.get("type") not in _SAYS_NOTHING]
    if strange:
        shown = ", ".join(dict.fromkeys(map(_named, strange)))
        yield protocol.problem(
            f"the study is {kind}, but has {shown}, which only {other} studies have",
            *strange[0],
            hint="correct the study type, or delete what does not belong to it",
            related=[protocol.child(*place) for place in (("designModule", "studyType"), *strange[1:])],
        )


def _named(path: Path) -> str:
    return "types of groups" if "armGroups" in path else str(path[-1])


@rule(
    "SCH009",
    "results-flag-mismatch",
    severity=ERROR,
    profiles=EVERY,
    at="$",
    examples=[
        bad({"hasResults": True, "derivedSection.miscInfoModule.versionHolder": "2024-06-28"}, path="/hasResults"),
        bad({"hasResults": False}, base="results", path="/hasResults"),
        bad({"statusModule.resultsFirstPostDateStruct": {"date": "2024-03-13", "type": "ACTUAL"}},
            path="/protocolSection/statusModule/resultsFirstPostDateStruct"),
        bad({"hasResults": True}, note="a warning: only the protocol may have been exported"),
        good(),
        good(base="results"),
        good({"hasResults": None}),
        good({"statusModule.resultsFirstSubmitDate": "2024-03-13"}, note="submitted, not yet posted"),
    ],
)  # fmt: skip
def results_flag_mismatch(record: Node, ctx: Context) -> Iterator[Problem]:
    """The flag for results, the results themselves and the date of their posting contradict each other.

    Why: programs filter by the flag and will miss the results, or look for what is not there.
    What to do: export the record again, or correct the flag.
    False positives: an export of the protocol section alone cannot have results: without any other section it is a
    warning. Results that were submitted, but are not posted yet, have no flag.
    Source: study data structure, https://clinicaltrials.gov/data-api/about-api/study-data-structure
    """
    flag, has_section = record.value.get("hasResults"), bool(record.value.get("resultsSection"))
    posted = None if flag else ctx.get("statusModule.resultsFirstPostDateStruct.date")
    agree = flag is has_section and not posted
    if flag is None or agree or not ctx.shown("resultsSection"):
        return
    if flag is True and not has_section:
        alone = record.value.keys() <= {"protocolSection", "hasResults"}
        yield record.problem(
            "hasResults is true, but the record has no results",
            "hasResults",
            hint="export the record with its results, or set hasResults to false",
            severity=WARNING if alone else None,
        )
    elif flag is False and has_section:
        yield record.problem(
            "hasResults is false, but the record has results",
            "hasResults",
            hint="set hasResults to true",
            related=[record.child("resultsSection")],
        )
    elif posted:
        yield ctx.node("statusModule.resultsFirstPostDateStruct").problem(
            f"results were posted on {posted}, but hasResults is false",
            hint="export the record again, or correct the flag",
            related=[record.child("hasResults")],
        )
