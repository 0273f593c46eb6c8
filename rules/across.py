"""XRC: numbers that several records share, and records that refer to each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lint.api import (
    ERROR,
    NOTE,
    STRICT,
    WARNING,
    Clash,
    Context,
    Fact,
    Node,
    across,
    bad,
    good,
    pattern,
)
from lint.rules.readers.fields import EVERY_TEXT
from lint.rules.readers.identifiers import bare, registry_number

_SECONDARY = "identificationModule.secondaryIdInfos"
_ORG = "identificationModule.orgStudyIdInfo.id"
_SPONSOR = "sponsorCollaboratorsModule.leadSponsor.name"
_ALIASES = "identificationModule.nctIdAliases"
_EXPANDED = "statusModule.expandedAccessInfo"
_P = "/protocolSection/"
_SUMMARY = "descriptionModule.briefSummary"
_TEXT = "Adults with migraine who completed {} may enter this study of exampline, which lasts for two years."
_nct = pattern(r"\bNCT[0-9]{8}\b")
_FIRST, _SECOND = "NCT09900001", "NCT90000002"
"""The numbers of the first and the second record of an example."""
_PROGRAMME = "NCT09900003"
"""The number of the first record, where that is one of expanded access."""
_SHORTEST = 4
"""Organisation's ids of fewer letters and digits are counted within departments, and say nothing."""


def _nct_id(section: Node) -> str:
    return section.text("identificationModule", "nctId")


def _org_ids(section: Node, ctx: Context) -> Iterator[Fact]:
    node = section.child("identificationModule", "orgStudyIdInfo", "id")
    sponsor = section.text("sponsorCollaboratorsModule", "leadSponsor", "name").casefold()
    key = bare(node.text())
    if sponsor and len(key) >= _SHORTEST and any(char.isdigit() for char in key):
        yield node.fact(f"{sponsor}|{key}", node.text())


@across(
    "XRC001",
    "same-org-study-id-twice",
    severity=ERROR,
    facts=_org_ids,
    examples=[
        bad(also=[{}], path=_P + "identificationModule/orgStudyIdInfo/id"),
        bad({_ORG: "EX-2023/01"}, also=[{_ORG: "ex 2023 01"}], note="written otherwise"),
        good(also=[{_ORG: "EX-2023-02"}]),
        good(also=[{_SPONSOR: "Another Sponsor"}]),
        good({_ORG: "1"}, also=[{_ORG: "1"}], note="too short to be a protocol's number"),
        good(also=[{"identificationModule.nctId": _FIRST}], note="the same record twice; see XRC012"),
    ],
)
def same_org_study_id_twice(facts: Sequence[Fact]) -> Iterator[Clash]:
    """Two records of one sponsor carry the same organisation's study number.

    Why: one protocol that is registered twice counts twice in every overview, and its results stand in one of the
    records only.
    What to do: if it is one study, ask the registry to withdraw the later registration; if not, give each record its
    own number.
    False positives: numbers of fewer than four letters and digits, or without a digit, are left alone. Blanks,
    hyphens and case make no difference.
    Source: PRS protocol definitions, Organization's Unique Protocol ID,
    https://clinicaltrials.gov/policy/protocol-definitions#OrgStudyId
    """
    first, *others = facts
    for fact in others:
        if first.sequence != fact.sequence:
            yield fact.clash(
                f"{first.whose} of the same sponsor has the same organisation's study number '{fact.values[0]}'",
                hint="if it is one study, keep the earlier registration; if not, give each record its own number",
                related=[first],
            )


def _registry_numbers(section: Node, ctx: Context) -> Iterator[Fact]:
    sponsor = section.text("sponsorCollaboratorsModule", "leadSponsor", "name")
    places = [info.child("id") for info in section.items("identificationModule", "secondaryIdInfos")]
    places.append(section.child("identificationModule", "orgStudyIdInfo", "id"))
    for place in places:
        key = registry_number(place.text())
        if key:
            yield place.fact(key, place.text(), sponsor)


_EUDRACT = [{"id": "2013-001234-17", "type": "EUDRACT_NUMBER"}]
_ISRCTN = [{"id": "ISRCTN78805636", "type": "REGISTRY"}]


@across(
    "XRC003",
    "same-secondary-id-twice",
    severity=WARNING,
    facts=_registry_numbers,
    examples=[
        bad({_SECONDARY: _ISRCTN}, also=[{_SECONDARY: [{"id": "ISRCTN 78805636"}]}],
            path=_P + "identificationModule/secondaryIdInfos/0/id"),
        bad({_SECONDARY: _EUDRACT}, also=[{_SECONDARY: _EUDRACT, _SPONSOR: "Another Sponsor"}]),
        bad({_SECONDARY: _EUDRACT}, also=[{_SECONDARY: [{"id": "EudraCT 2013-001234-17", "type": "OTHER"}]}],
            note="one sponsor, which may have divided a protocol: a note"),
        bad({_SECONDARY: [{"id": "U1111-1266-7399"}]}, also=[{_SECONDARY: [{"id": "U1111-1266-7399"}]}]),
        good({_SECONDARY: _EUDRACT}, also=[{_SECONDARY: [{"id": "2013-001235-17", "type": "EUDRACT_NUMBER"}]}]),
        good({_SECONDARY: [{"id": "R01HL109293", "type": "NIH"}]},
             also=[{_SECONDARY: [{"id": "R01HL109293", "type": "NIH"}]}], note="a grant pays for several studies"),
        good({_SECONDARY: [{"id": "ANSM 4711"}]}, also=[{_SECONDARY: [{"id": "ANSM 4711"}]}],
             note="a number of nobody's registry"),
    ],
)  # fmt: skip
def same_secondary_id_twice(facts: Sequence[Fact]) -> Iterator[Clash]:
    """Two records carry the same number of another registry.

    Why: a number of another registry, or the WHO's universal trial number, stands for one trial; whoever links the
    registries by it joins two studies.
    What to do: check the number against the other registry, and correct the record that copied it.
    False positives: a sponsor may register the parts of one European protocol one by one, so that a shared
    EudraCT or EU number within a sponsor is a note. Grants, codes of groups and other numbers are not looked at.
    Source: WHO Trial Registration Data Set, items 1 and 3,
    https://www.who.int/tools/clinical-trials-registry-platform/network/who-data-set; https://doi.org/10.1186/s13063-015-0672-x
    """
    first, *others = facts
    for fact in others:
        if first.sequence != fact.sequence:
            may_be_parts = fact.key.startswith("EU") and fact.values[1] == first.values[1]
            yield fact.clash(
                f"The number '{fact.values[0]}' of another registry is also given in {first.whose}",
                hint="correct the record that copied it"
                if not may_be_parts
                else "if they are parts of one protocol, say so in the titles; else correct the number",
                related=[first],
                severity=NOTE if may_be_parts else None,
            )


def _citations(section: Node, ctx: Context) -> Iterator[Fact]:
    """Yield the record with all that it cites, and each of its citations, under the number of the record cited."""
    own = _nct_id(section)
    if not own:
        return
    cited = []
    for info in section.items("identificationModule", "secondaryIdInfos"):
        for number in _nct().findall(info.text("id").upper()):
            if number != own:
                cited.append(number)
                yield info.child("id").fact(number, "cites")
    yield section.child("identificationModule", "nctId").fact(own, "is", *cited)


@across(
    "XRC006",
    "back-reference-missing",
    severity=NOTE,
    facts=_citations,
    examples=[
        bad(also=[{_SECONDARY: [{"id": _FIRST, "type": "REGISTRY", "domain": "ClinicalTrials.gov"}]}],
            path=_P + "identificationModule/secondaryIdInfos/0/id"),
        good({_SECONDARY: [{"id": _SECOND, "type": "OTHER"}]}, also=[{_SECONDARY: [{"id": _FIRST, "type": "OTHER"}]}],
             note="both ways"),
        good(also=[{_SECONDARY: [{"id": "NCT09900077", "type": "OTHER"}]}], note="a record that is not at hand"),
    ],
)  # fmt: skip
def back_reference_missing(facts: Sequence[Fact]) -> Iterator[Clash]:
    """A record names another one among its secondary identifiers, which does not name it in turn.

    Why: who finds the other record does not learn of this one; parts of one study fall apart.
    What to do: enter the number of this record among the secondary identifiers of the other.
    False positives: only numbers among the secondary identifiers count, and only records of the same run.
    Source: WHO Trial Registration Data Set, item 3,
    https://www.who.int/tools/clinical-trials-registry-platform/network/who-data-set
    """
    cited = next((fact for fact in facts if fact.values[0] == "is"), None)
    if cited is not None:
        for fact in facts:
            if fact.values[0] == "cites" and fact.record not in cited.values:
                yield fact.clash(
                    f"{cited.key} is named here, but does not name {fact.record} in turn",
                    hint=f"add {fact.record} to the secondary identifiers of {cited.key}",
                    related=[cited],
                )


def _mentions(section: Node, ctx: Context) -> Iterator[tuple[Node, str]]:
    """Yield the numbers of other records of this registry, with the values in which they stand."""
    own = _nct_id(section)
    places = [(Node(text, path), text) for path, text in ctx.texts(EVERY_TEXT) if "NCT" in text]
    ids = [info.child("id") for info in section.items("identificationModule", "secondaryIdInfos")]
    places += [(node, node.text()) for node in (*ids, section.child("statusModule", "expandedAccessInfo", "nctId"))]
    for node, text in places:
        for number in dict.fromkeys(_nct().findall(text)):
            if number != own:
                yield node, number


def _expanded_access(section: Node, ctx: Context) -> Iterator[Fact]:
    """Yield the expanded access record that a study names, and each record with what it mentions."""
    kind = section.get("designModule", "studyType") or ""
    named = section.child("statusModule", "expandedAccessInfo", "nctId")
    if named.text():
        yield named.fact(named.text(), "names")
    if _nct_id(section):
        mentions = [number for _, number in _mentions(section, ctx)] if kind == "EXPANDED_ACCESS" else []
        yield section.child("identificationModule", "nctId").fact(_nct_id(section), "is", kind, *mentions)


def _expanded(number: str) -> dict[str, object]:
    return {"hasExpandedAccess": True, "nctId": number, "statusForNctId": "AVAILABLE"}


@across(
    "XRC007",
    "expanded-access-not-reciprocal",
    severity=NOTE,
    profiles=STRICT,
    facts=_expanded_access,
    examples=[
        bad({_SUMMARY: "Exampline is given to adults with chronic migraine."}, base="expanded_access",
            also=[{"designModule.studyType": "INTERVENTIONAL", _EXPANDED: _expanded(_PROGRAMME)}],
            path=_P + "statusModule/expandedAccessInfo/nctId"),
        good({_SUMMARY: f"People who left {_SECOND} may be given exampline."}, base="expanded_access",
             also=[{"designModule.studyType": "INTERVENTIONAL", _EXPANDED: _expanded(_PROGRAMME)}]),
        good({_EXPANDED: _expanded("NCT09900077")}, also=[{}], note="a record that is not at hand"),
        good(also=[{_EXPANDED: _expanded(_FIRST)}], note="no expanded access record; see XRC017"),
    ],
)  # fmt: skip
def expanded_access_not_reciprocal(facts: Sequence[Fact]) -> Iterator[Clash]:
    """A study names an expanded access record that nowhere mentions the study.

    Why: patients and physicians who find the expanded access record do not learn of the study that they might enter.
    What to do: mention the study's number in the expanded access record, in its summary or as a secondary identifier.
    False positives: only records of the same run are known.
    Source: PRS protocol definitions, Availability of Expanded Access,
    https://clinicaltrials.gov/policy/protocol-definitions#ExpandedAccess
    """
    for fact, there in _named_records(facts):
        if there.values[1] == "EXPANDED_ACCESS" and fact.record not in there.values:
            yield fact.clash(
                f"The expanded access record {there.key} nowhere mentions this study ({fact.record})",
                hint=f"mention {fact.record} in {there.key}",
                related=[there],
            )


@across(
    "XRC017",
    "expanded-access-is-no-such-record",
    severity=WARNING,
    facts=_expanded_access,
    examples=[
        bad(also=[{_EXPANDED: _expanded(_FIRST)}], path=_P + "statusModule/expandedAccessInfo/nctId"),
        good(base="expanded_access",
             also=[{"designModule.studyType": "INTERVENTIONAL", _EXPANDED: _expanded(_PROGRAMME)}]),
        good({_EXPANDED: _expanded("NCT09900077")}, also=[{}], note="a record that is not at hand"),
    ],
)  # fmt: skip
def expanded_access_is_no_such_record(facts: Sequence[Fact]) -> Iterator[Clash]:
    """A study names as its expanded access record one that is a study of another type.

    Why: the link leads patients who look for treatment outside of a study into a study.
    What to do: enter the number of the record whose type is expanded access, or none.
    False positives: only records of the same run are known.
    Source: PRS protocol definitions, Expanded Access Record NCT Number,
    https://clinicaltrials.gov/policy/protocol-definitions#ExpandedAccess
    """
    for fact, there in _named_records(facts):
        if there.values[1] not in ("", "EXPANDED_ACCESS"):
            yield fact.clash(
                f"{there.key} is named as the expanded access record, but its study type is {there.values[1]}",
                hint="enter the number of the record of expanded access",
                related=[there],
            )


def _named_records(facts: Sequence[Fact]) -> Iterator[tuple[Fact, Fact]]:
    there = next((fact for fact in facts if fact.values[0] == "is"), None)
    if there is not None:
        yield from ((fact, there) for fact in facts if fact.values[0] == "names" and fact.record != there.record)


def _number(section: Node, ctx: Context) -> Iterator[Fact]:
    node = section.child("identificationModule", "nctId")
    if node.text():
        yield node.fact(node.text())


@across(
    "XRC012",
    "record-read-twice",
    severity=NOTE,
    profiles=STRICT,
    facts=_number,
    copies=True,
    examples=[
        bad(also=[{"identificationModule.nctId": _FIRST}], path=_P + "identificationModule/nctId"),
        good(also=[{}]),
        good(),
    ],
)
def record_read_twice(facts: Sequence[Fact]) -> Iterator[Clash]:
    """A record with the same registry number was read before in this run.

    Why: a copy that was left behind is corrected, or not, beside the real record; counts go wrong.
    What to do: keep one copy; name only one of two versions or forms when you check them.
    False positives: a folder may hold a record in two forms, or before and after a change, on purpose; therefore the
    rule belongs to the strict profile. The other rules over several records look at the first copy only.
    Source: this linter, https://clinicaltrials.gov/policy/protocol-definitions#NctId
    """
    first, *others = sorted(facts, key=lambda fact: fact.sequence)
    for fact in others:
        yield fact.clash(
            f"The record {fact.key} was read before, from {first.file} (line {first.line})",
            hint="keep one copy, or check one form of the record at a time",
            related=[first],
        )


def _obsolete_numbers(section: Node, ctx: Context) -> Iterator[Fact]:
    for alias in section.items("identificationModule", "nctIdAliases"):
        yield alias.fact(alias.text(), "is", _nct_id(section))
    for node, number in _mentions(section, ctx):
        yield node.fact(number, "cites")


@across(
    "XRC013",
    "obsolete-number-cited",
    severity=NOTE,
    facts=_obsolete_numbers,
    examples=[
        bad({_ALIASES: ["NCT09900055"]}, also=[{_SUMMARY: _TEXT.format("NCT09900055")}],
            path=_P + "descriptionModule/briefSummary"),
        bad({_ALIASES: ["NCT09900055"]}, also=[{_SECONDARY: [{"id": "NCT09900055", "type": "OTHER"}]}]),
        good({_ALIASES: ["NCT09900055"]}, also=[{_SUMMARY: _TEXT.format(_FIRST)}]),
        good({_ALIASES: ["NCT09900055"], _SUMMARY: _TEXT.format("NCT09900055")}, also=[{}],
             note="the record itself, which tells its history"),
    ],
)  # fmt: skip
def obsolete_number_cited(facts: Sequence[Fact]) -> Iterator[Clash]:
    """A record cites another one by a number that the registry has given up.

    Why: a number becomes obsolete when two registrations of one study are joined; whoever looks for it in a list of
    records or in a download finds nothing.
    What to do: write the present number.
    False positives: only obsolete numbers of records of the same run are known; a record may name its own.
    Source: ClinicalTrials.gov data structure, nctIdAliases, https://clinicaltrials.gov/data-api/about-api/study-data-structure
    """
    there = next((fact for fact in facts if fact.values[0] == "is"), None)
    if there is not None:
        for fact in facts:
            if fact.values[0] == "cites" and fact.record != there.record:
                yield fact.clash(
                    f"{fact.key} is an obsolete number; the record is now {there.values[1]}",
                    hint=f"write {there.values[1]}",
                    related=[there],
                )
