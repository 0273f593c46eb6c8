"""What papers counted in registry records, as functions of a record in the shape of API v2.

Definitions of Miron et al. 2020 are those of the notebooks that the paper names. A function says whether the record has
the flaw; ``concerns`` whether the record counts at all, and ``period`` into which part of the table it goes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

FINAL_RULE = "2017-01-18"
BEFORE, AFTER, ALL = "before", "after", "all"

_STOPPED = frozenset(("SUSPENDED", "TERMINATED", "WITHDRAWN"))
_ARM_TYPES = frozenset(
    ("EXPERIMENTAL", "ACTIVE_COMPARATOR", "PLACEBO_COMPARATOR", "SHAM_COMPARATOR", "NO_INTERVENTION", "OTHER")
)
_ALLOCATIONS = frozenset(("RANDOMIZED", "NON_RANDOMIZED", "NA"))
_MODELS = frozenset(("SINGLE_GROUP", "PARALLEL", "CROSSOVER", "FACTORIAL", "SEQUENTIAL"))
_PURPOSES = frozenset(
    ("TREATMENT", "PREVENTION", "DIAGNOSTIC", "SUPPORTIVE_CARE", "SCREENING", "HEALTH_SERVICES_RESEARCH",
     "BASIC_SCIENCE", "DEVICE_FEASIBILITY", "OTHER", "ECT")
)  # fmt: skip
_MASKINGS = frozenset(("NONE", "SINGLE", "DOUBLE", "TRIPLE", "QUADRUPLE"))
_INVESTIGATORS = frozenset(("PRINCIPAL_INVESTIGATOR", "SPONSOR_INVESTIGATOR"))
_PERSPECTIVES = frozenset(("RETROSPECTIVE", "PROSPECTIVE", "CROSS_SECTIONAL", "OTHER"))
_OBSERVATIONAL = frozenset(
    ("COHORT", "CASE_CONTROL", "CASE_ONLY", "CASE_CROSSOVER", "ECOLOGIC_OR_COMMUNITY", "FAMILY_BASED", "OTHER")
)


class Definition(NamedTuple):
    """Something counted: its key in the tables, words for the page, the rule that finds it, and how it is told."""

    key: str
    words: str
    rule: str
    has: Callable[[Mapping[str, Any]], bool]
    concerns: Callable[[Mapping[str, Any]], bool]
    split: bool = True


def section(record: Mapping[str, Any], module: str) -> Mapping[str, Any]:
    found = record.get("protocolSection", {}).get(module, {})
    return found if isinstance(found, dict) else {}


def period(record: Mapping[str, Any]) -> str:
    """Return whether a study began from 2017-01-18 on; without a start, when it was first sent in."""
    status = section(record, "statusModule")
    start = status.get("startDateStruct", {}).get("date") or status.get("studyFirstSubmitDate") or ""
    return AFTER if (start if len(start) > 7 else f"{start}-01") >= FINAL_RULE else BEFORE


def is_interventional(record: Mapping[str, Any]) -> bool:
    return section(record, "designModule").get("studyType") == "INTERVENTIONAL"


def _any(_record: Mapping[str, Any]) -> bool:
    return True


def _with_results(record: Mapping[str, Any]) -> bool:
    return "resultsSection" in record


def _lacks(module: str, *steps: str) -> Callable[[Mapping[str, Any]], bool]:
    """Say whether a member is absent or empty; false is a value."""

    def lacks(record: Mapping[str, Any]) -> bool:
        value: Any = section(record, module)
        for step in steps:
            value = value.get(step) if isinstance(value, dict) else None
        return value in (None, "", [], {})

    return lacks


def _one_lacks(module: str, members: str, *names: str) -> Callable[[Mapping[str, Any]], bool]:
    """Say whether an item of a list lacks one of some members; a list without items lacks nothing."""

    def one_lacks(record: Mapping[str, Any]) -> bool:
        items = section(record, module).get(members) or []
        return any(not item.get(name) for item in items for name in names)

    return one_lacks


def _no_allocation(record: Mapping[str, Any]) -> bool:
    """Say whether no allocation is told; in the XML that the paper read, an allocation of N/A was not."""
    design = section(record, "designModule").get("designInfo", {})
    return design.get("allocation") in (None, "", "NA")


def _stopped_without_a_word(record: Mapping[str, Any]) -> bool:
    status = section(record, "statusModule")
    return status.get("overallStatus") in _STOPPED and not status.get("whyStopped")


def _outside(values: frozenset[str], module: str, *steps: str) -> Callable[[Mapping[str, Any]], bool]:
    def outside(record: Mapping[str, Any]) -> bool:
        value: Any = section(record, module)
        for step in steps:
            value = value.get(step, {}) if isinstance(value, dict) else {}
        return isinstance(value, str) and value not in values

    return outside


def _masking(record: Mapping[str, Any]) -> Mapping[str, Any]:
    info = section(record, "designModule").get("designInfo", {}).get("maskingInfo", {})
    return info if isinstance(info, dict) else {}


def _tells_masking(record: Mapping[str, Any]) -> bool:
    return bool(_masking(record).get("masking"))


def _masked_nobody(record: Mapping[str, Any]) -> bool:
    info = _masking(record)
    return info.get("masking") != "NONE" and not info.get("whoMasked")


def _odd_arm_type(record: Mapping[str, Any]) -> bool:
    arms = section(record, "armsInterventionsModule").get("armGroups") or []
    return any(arm.get("type") and arm["type"] not in _ARM_TYPES for arm in arms)


def layout(record: Mapping[str, Any]) -> str:
    """Return how eligibility criteria are laid out: ``missing``, ``good``, ``no list`` or ``no headings``.

    Good are two headings, each followed by nothing but items of a list, which begin with the hyphen of the classic XML
    or the asterisk that API v2 has in its place.
    """
    text = str(section(record, "eligibilityModule").get("eligibilityCriteria") or "").strip()
    if not text:
        return "missing"
    if not re.match(r"Inclusion Criteria:.+Exclusion Criteria:", text, re.DOTALL):
        return "no headings"
    inclusion, _, exclusion = text.removeprefix("Inclusion Criteria:").partition("Exclusion Criteria:")
    lists = [[line.strip() for line in part.splitlines() if line.strip()] for part in (inclusion, exclusion)]
    return "good" if all(lines and all(line[0] in "*-" for line in lines) for lines in lists) else "no list"


def _laid_out(kind: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda record: layout(record) == kind


def _more_outcomes(number: int) -> Callable[[Mapping[str, Any]], bool]:
    """Say whether the results report more primary outcome measures than that."""

    def more(record: Mapping[str, Any]) -> bool:
        results = record.get("resultsSection", {}).get("outcomeMeasuresModule", {})
        measures = results.get("outcomeMeasures") or []
        return [measure.get("type") for measure in measures].count("PRIMARY") > number

    return more


def _no_investigator(record: Mapping[str, Any]) -> bool:
    """Say whether a record names no overall official and no investigator as its responsible party."""
    party = section(record, "sponsorCollaboratorsModule").get("responsibleParty", {})
    officials = section(record, "contactsLocationsModule").get("overallOfficials")
    return not officials and party.get("type") not in _INVESTIGATORS


def _drug_trial_with_official(record: Mapping[str, Any]) -> bool:
    """Say whether this trial of a drug or biological began from 2005 to 2014 and names an official with a role."""
    start = section(record, "statusModule").get("startDateStruct", {}).get("date") or ""
    interventions = section(record, "armsInterventionsModule").get("interventions") or []
    officials = section(record, "contactsLocationsModule").get("overallOfficials") or []
    return (
        is_interventional(record)
        and "2005" <= start[:4] <= "2014"
        and any(one.get("type") in ("DRUG", "BIOLOGICAL") for one in interventions)
        and any(one.get("name") and one.get("role") for one in officials)
    )


def _offered(key: str, words: str, has: Callable[[Mapping[str, Any]], bool], rule: str = "ENU001") -> Definition:
    """Define a value outside of an enumeration, counted over all records at once."""
    return Definition(key, words, rule, has, _any, split=False)


def _required(key: str, words: str, rule: str, has: Callable[[Mapping[str, Any]], bool]) -> Definition:
    return Definition(key, words, rule, has, is_interventional)


_INFO = ("designModule", "designInfo")
_PLACE = ("facility", "city", "country")

REQUIRED = (
    _required("official title", "no official title", "SCH004", _lacks("identificationModule", "officialTitle")),
    _required("primary purpose", "no primary purpose", "SCH004", _lacks(*_INFO, "primaryPurpose")),
    _required("intervention model", "no intervention model", "SCH004", _lacks(*_INFO, "interventionModel")),
    _required("arms", "no arm", "ARM011", _lacks("armsInterventionsModule", "armGroups")),
    _required("allocation", "no allocation, or *NA*", "SCH004", _no_allocation),
    _required("masking", "no masking", "SCH004", _lacks(*_INFO, "maskingInfo", "masking")),
    _required("start", "no start date", "DAT004", _lacks("statusModule", "startDateStruct", "date")),
    _required(
        "primary completion", "no primary completion date", "DAT008",
        _lacks("statusModule", "primaryCompletionDateStruct", "date"),
    ),
    _required("completion", "no completion date", "DAT009", _lacks("statusModule", "completionDateStruct", "date")),
    _required("enrollment", "no enrollment", "ENR001", _lacks("designModule", "enrollmentInfo", "count")),
    _required(
        "healthy volunteers", "not said whether healthy volunteers are accepted", "SCH003",
        _lacks("eligibilityModule", "healthyVolunteers"),
    ),
    _required("why stopped", "stopped, and not said why", "DAT014", _stopped_without_a_word),
    _required(
        "expanded access", "not said whether there is expanded access", "SCH003",
        _lacks("statusModule", "expandedAccessInfo", "hasExpandedAccess"),
    ),
    _required("brief summary", "no brief summary", "SCH003", _lacks("descriptionModule", "briefSummary")),
    _required(
        "intervention description", "an intervention without a description", "INT004",
        _one_lacks("armsInterventionsModule", "interventions", "description"),
    ),
    _required("primary outcome", "no primary outcome", "OUT001", _lacks("outcomesModule", "primaryOutcomes")),
    _required(
        "time frame", "a primary outcome without a time frame", "OUT002",
        _one_lacks("outcomesModule", "primaryOutcomes", "timeFrame"),
    ),
    _required(
        "outcome description", "a primary outcome without a description", "OUT011",
        _one_lacks("outcomesModule", "primaryOutcomes", "description"),
    ),
    _required("location", "no location", "LOC001", _lacks("contactsLocationsModule", "locations")),
    _required(
        "place", "a location without name, city or country", "LOC002",
        _one_lacks("contactsLocationsModule", "locations", *_PLACE),
    ),
)  # fmt: skip
VALUES = (
    _offered("intervention model value", "an intervention model that the registry does not offer",
             _outside(_MODELS, *_INFO, "interventionModel")),
    _offered("purpose value", "a primary purpose that it does not offer",
             _outside(_PURPOSES, *_INFO, "primaryPurpose")),
    _offered("masking value", "a masking that it does not offer",
             _outside(_MASKINGS, *_INFO, "maskingInfo", "masking")),
    _offered("arm type", "an arm type that it does not offer", _odd_arm_type),
    _offered("allocation value", "an allocation that it does not offer",
             _outside(_ALLOCATIONS, *_INFO, "allocation")),
    _offered("time perspective", "a time perspective that it does not offer",
             _outside(_PERSPECTIVES, *_INFO, "timePerspective")),
    _offered("observational model", "an observational model that it does not offer any more",
             _outside(_OBSERVATIONAL, *_INFO, "observationalModel"), rule="ENU002"),
    Definition(
        "masked roles", "of records with a masking: a level without anybody who is masked", "DES004",
        _masked_nobody, _tells_masking, False,
    ),
)  # fmt: skip
LAYOUT = (
    Definition("criteria good", "both headings, each with a list", "", _laid_out("good"), _any, False),
    Definition("criteria missing", "no criteria", "ELG001", _laid_out("missing"), _any, False),
    Definition(
        "criteria no list", "both headings, but more than a list below", "ELG005", _laid_out("no list"), _any, False
    ),
    Definition(
        "criteria no headings", "headings missing or malformed", "ELG002", _laid_out("no headings"), _any, False
    ),
)
PEOPLE = (
    Definition(
        "investigator", "neither an overall official nor an investigator as responsible party", "PER005",
        _no_investigator, _any, False,
    ),
)  # fmt: skip
OTHERS = (
    Definition(
        "responsible party", "no responsible party (Chaturvedi et al. 2019)", "SCH003",
        _lacks("sponsorCollaboratorsModule", "responsibleParty"), _drug_trial_with_official, False,
    ),
    Definition(
        "two outcomes", "more than two primary outcome measures in the results (Zarin et al. 2011)", "OUT014",
        _more_outcomes(2), _with_results, False,
    ),
    Definition(
        "five outcomes", "more than five primary outcome measures in the results (Zarin et al. 2011)", "OUT014",
        _more_outcomes(5), _with_results, False,
    ),
)  # fmt: skip
TABLES = {"required": REQUIRED, "values": VALUES, "layout": LAYOUT, "people": PEOPLE, "others": OTHERS}
