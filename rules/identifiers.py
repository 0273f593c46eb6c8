"""IDN: the identifiers of the study in other registries and at its sponsors."""

from __future__ import annotations

from collections.abc import Iterator

from lint.api import ERROR, NOTE, WARNING, Context, Edit, Fix, Node, Problem, bad, good, pattern, rule
from lint.rules.readers.facts import FINAL_RULE, study_facts
from lint.rules.readers.identifiers import bare, cleaned, expected_shape, is_european

_IDS = "$.protocolSection.identificationModule"
_PATH = "/protocolSection/identificationModule/secondaryIdInfos/"
_SECONDARY = "identificationModule.secondaryIdInfos"
_CONDITIONS = "conditionsModule.conditions"
_TYPED = frozenset({"NIH", "FDA", "VA", "CDC", "AHRQ", "SAMHSA", "OTHER_GRANT", "EUDRACT_NUMBER", "CTIS", "REGISTRY"})


@rule(
    "IDN002",
    "secondary-id-malformed-for-type",
    severity=ERROR,
    fixable=True,
    at=_IDS + ".secondaryIdInfos[*]",
    examples=[
        bad({_SECONDARY: [{"id": "2013-1234", "type": "EUDRACT_NUMBER"}]}, path=_PATH + "0/id"),
        bad(
            {_SECONDARY: [{"id": "EudraCT 2013-001234-17", "type": "EUDRACT_NUMBER"}]}, note="a clean value is offered"
        ),
        bad({_SECONDARY: [{"id": "ISRCTN1294949", "type": "REGISTRY", "domain": "ISRCTN"}]}),
        bad({_SECONDARY: [{"id": "HL109293", "type": "NIH"}]}),
        good({_SECONDARY: [{"id": "2013-001234-17", "type": "EUDRACT_NUMBER"}]}),
        good({_SECONDARY: [{"id": "2013-001234-17-DE", "type": "EUDRACT_NUMBER"}]}, note="with the country"),
        good({_SECONDARY: [{"id": "2022-501549-57-01", "type": "CTIS"}]}, note="a resubmission"),
        good({_SECONDARY: [{"id": "1R18HL095481-01A1", "type": "NIH"}]}),
        good({_SECONDARY: [{"id": "N01CM62204", "type": "NIH"}]}, note="a contract"),
        good({_SECONDARY: [{"id": "PTC-17", "type": "REGISTRY", "domain": "A register of patients"}]}),
    ],
)
def secondary_id_malformed_for_type(info: Node, ctx: Context) -> Iterator[Problem]:
    """A secondary identifier does not look like an identifier of its type.

    Why: the reference to the other registry or the grant leads nowhere.
    What to do: correct the number or its type; write the number alone, without words around it.
    False positives: a country behind a EudraCT number and the resubmission behind a CTIS number are allowed. Numbers
    of registers that are not known here are left alone. No check digits are computed: no registry publishes any.
    Source: ctregistries, https://github.com/quest-bih/ctregistries; PRS protocol definitions, Secondary ID Type,
    https://clinicaltrials.gov/policy/protocol-definitions#SecondaryIdType
    """
    kind, identifier = info.get("type"), info.text("id")
    shape = expected_shape(kind, identifier) if kind and identifier else ""
    if not shape:
        return
    number = cleaned(identifier)
    fix = None
    if number and not expected_shape(kind, number):
        fix = Fix(f"write '{number}'", (Edit((*info.path, "id"), number),))
    yield info.problem(
        f"'{identifier}' does not look like an identifier of the type {kind} ({shape})",
        "id",
        hint=f"write '{number}'" if fix else "correct the identifier, or choose the type that fits it",
        fix=fix,
    )


@rule(
    "IDN004",
    "duplicate-secondary-id",
    severity=WARNING,
    fixable=True,
    at=_IDS,
    examples=[
        bad({_SECONDARY: [{"id": "DRKS00003170", "type": "REGISTRY", "domain": "DRKS"}, {"id": "DRKS 00003170"}]},
            path=_PATH + "1/id"),
        bad({_SECONDARY: [{"id": "A091304", "domain": "A group"}, {"id": "A 091304", "type": "OTHER"}]}),
        good({_SECONDARY: [{"id": "DRKS00003170", "type": "REGISTRY", "domain": "DRKS"}]}),
        good({_SECONDARY: [{"id": "A091304", "type": "OTHER", "domain": "A group"},
                           {"id": "A091304", "type": "OTHER", "domain": "Another group"}]},
             note="two issuers use one number"),
    ],
)  # fmt: skip
def duplicate_secondary_id(module: Node, ctx: Context) -> Iterator[Problem]:
    """A secondary identifier is listed twice.

    Why: whoever follows the references looks at the same record twice.
    What to do: keep the entry that names type and issuer.
    False positives: blanks and hyphens do not count; one number that two different issuers use is left alone, as are
    forms of a record that do not tell the issuers, such as the text of a page.
    Source: OpenTrials, cleaning of identifiers, https://github.com/opentrials/opentrials/issues/234
    """
    if len(module.get("secondaryIdInfos") or ()) < 2:
        return
    groups: dict[str, list[Node]] = {}
    for info in module.items("secondaryIdInfos"):
        groups.setdefault(bare(info.text("id")), []).append(info)
    for identifier, infos in groups.items():
        issuers = {info.text("domain").casefold() for info in infos} - {""}
        if identifier and len(infos) > 1 and len(issuers) < 2 and ctx.shown(*infos[1].path, "domain"):
            _, copy, *others = infos
            yield copy.problem(
                f"'{copy.text('id')}' is listed {_times(len(infos))} as a secondary identifier",
                "id",
                hint="keep the entry that names the type and the issuer",
                related=[one.child("id") for one in (infos[0], *others)],
                fix=Fix(f"remove the second '{copy.text('id')}'", (Edit(copy.path, remove=True),)),
            )


def _times(count: int) -> str:
    return "twice" if count == 2 else f"{count} times"


@rule(
    "IDN005",
    "secondary-id-repeats-own-id",
    severity=WARNING,
    fixable=True,
    at=_IDS,
    examples=[
        bad({_SECONDARY: [{"id": "NCT09900001", "type": "REGISTRY", "domain": "ClinicalTrials.gov"}]},
            path=_PATH + "0/id"),
        bad({_SECONDARY: [{"id": "EX 2023-01"}]}),
        good({_SECONDARY: [{"id": "ISRCTN12949496", "type": "REGISTRY", "domain": "ISRCTN"}]}),
        bad({_SECONDARY: [{"id": "EX-2023-01", "type": "OTHER", "domain": "A clinic"}]}, note="a note"),
        good({"identificationModule.orgStudyIdInfo.id": "R01HL109293",
              _SECONDARY: [{"id": "R01HL109293", "type": "NIH"}]}, note="the type adds that it is a grant"),
        good({"identificationModule.orgStudyIdInfo.id": "2023-504071-24-00",
              _SECONDARY: [{"id": "2023-504071-24-00", "type": "OTHER", "domain": "EudraCT"}]},
             note="the number of another registry, under the wrong type"),
    ],
)  # fmt: skip
def secondary_id_repeats_own_id(module: Node, ctx: Context) -> Iterator[Problem]:
    """A secondary identifier repeats the study's own number.

    Why: it adds nothing, and programs that follow it come back to the same record.
    What to do: delete it.
    False positives: a grant or another registry's number that serves as the study's own number too is left alone, for
    the type or the shape says what it is; where an issuer is named it is a note.
    Source: OpenTrials, cleaning of identifiers, https://github.com/opentrials/opentrials/issues/627
    """
    if not module.value.get("secondaryIdInfos"):
        return
    infos = module.items("secondaryIdInfos")
    nct, org = bare(module.text("nctId")), bare(module.text("orgStudyIdInfo", "id"))
    repeats = [info for info in infos if _repeats(info, nct, org)]
    if not repeats:
        return
    first, *others = repeats
    own = module.child("nctId") if bare(first.text("id")) == nct else module.child("orgStudyIdInfo", "id")
    yield first.problem(
        f"'{first.text('id')}' is the study's own number, not a secondary one",
        "id",
        hint="delete it: secondary identifiers are those beside the study's own number",
        related=[own, *(info.child("id") for info in others)],
        fix=Fix(f"remove '{first.text('id')}'", (Edit(first.path, remove=True),)),
        severity=NOTE if all(info.get("domain") for info in repeats) and own.path[-1] == "id" else None,
    )


def _repeats(info: Node, nct: str, org: str) -> bool:
    identifier = bare(info.text("id"))
    if not identifier or identifier not in (nct, org):
        return False
    return identifier == nct or not (info.get("type") in _TYPED or is_european(info.text("id")))


_of_clinical_center = pattern(r"[0-9]{2}-[A-Z]{1,2}-[A-Z]?[0-9]{3,4}")


@rule(
    "IDN012",
    "secondary-id-without-type",
    severity=NOTE,
    at=_IDS + ".secondaryIdInfos[*]",
    when=lambda info: info.get("id") and not info.get("type"),
    examples=[
        bad({_SECONDARY: [{"id": "EX-2"}]}, path=_PATH + "0"),
        bad({_SECONDARY: [{"id": "R01HL109293", "type": "NIH"}, {"id": "EX-2", "domain": "A fund"}]}, path=_PATH + "1"),
        good(),
        good({_SECONDARY: [{"id": "R01HL109293", "type": "NIH"}]}),
        good({_SECONDARY: [{"id": "EX-2"}], "statusModule.startDateStruct": {"date": "2009-03", "type": "ACTUAL"}},
             note="an old record"),
        good({_SECONDARY: [{"id": "19-I-0053"}]}, note="a protocol number of the NIH Clinical Center"),
    ],
)  # fmt: skip
def secondary_id_without_type(info: Node, ctx: Context) -> Iterator[Problem]:
    """A secondary identifier has no type.

    Why: the registry requires the type, which says whether the number is a grant, another registry's or a sponsor's.
    What to do: choose the type of the identifier.
    False positives: records of studies that began before the Final Rule are left alone, because numbers had no type in
    old records, and so are protocol numbers of the NIH Clinical Center, which still have none.
    Source: PRS protocol definitions, Secondary ID Type, https://clinicaltrials.gov/policy/protocol-definitions#SecondaryIdType
    """
    identifier = info.text("id")
    if ctx.memo(study_facts).began_on_or_after(FINAL_RULE) and not _of_clinical_center().fullmatch(identifier):
        yield info.problem(
            f"'{identifier}' is listed as a secondary identifier without a type",
            hint="say whether it is a grant, the number of another registry, or another number",
            missing="type",
        )


_acronym = pattern(
    r"\(([A-Z][A-Za-z0-9-]*[A-Z][A-Za-z0-9-]*) (?:[Ss]tudy|[Tt]rial)\)"
    r"|\b[Tt]he ([A-Z][A-Z-]{4}[A-Z0-9-]*) (?:[Ss]tudy|[Tt]rial)\b"
    r"|^([A-Z][A-Za-z-]*[A-Z]{2}[A-Z0-9-]*): "
)


@rule(
    "IDN013",
    "acronym-only-in-title",
    severity=NOTE,
    at=_IDS,
    when=lambda module: not module.get("acronym"),
    examples=[
        bad({"identificationModule.briefTitle": "Exampline for Migraine: the EXAMPLE Study"},
            path="/protocolSection/identificationModule"),
        bad({"identificationModule.officialTitle": "A Trial of Exampline in Adults With Migraine (EXA-2 Trial)"}),
        bad({"identificationModule.briefTitle": "EXAMPLE-102: Exampline Versus Placebo in Adults With Migraine"}),
        good(),
        good({"identificationModule.briefTitle": "Exampline for Migraine: the EXAMPLE Study",
              "identificationModule.acronym": "EXAMPLE"}),
        good({"identificationModule.briefTitle": "Exampline in Chronic Obstructive Pulmonary Disease (COPD)"}),
        good({"identificationModule.officialTitle": "A Phase III Study of Exampline and the HIV Trial Unit"}),
        good({"identificationModule.briefTitle": "Migraine: A Trial of Exampline"}),
        good({"identificationModule.briefTitle": "COVID-19: A Trial of Exampline", _CONDITIONS: ["COVID-19"]},
             note="the disease"),
        good({"identificationModule.briefTitle": "EX12-014: Exampline Versus Placebo in Adults With Migraine",
              "identificationModule.orgStudyIdInfo.id": "EX12-014"}, note="the sponsor's number"),
    ],
)  # fmt: skip
def acronym_only_in_title(module: Node, ctx: Context) -> Iterator[Problem]:
    """A title names the study by an acronym that is not entered as such.

    Why: the registry asks for the acronym by which a study is known; readers search by it.
    What to do: enter the acronym of the study.
    False positives: only acronyms that the title itself says are the study's count, as in "(EXAMPLE Study)",
    "the EXAMPLE trial" or "EXAMPLE-2:"; abbreviations of diseases and treatments in brackets, phases, short words and
    words that stand among the conditions are left alone, as is the sponsor's own number.
    Source: PRS protocol definitions, Acronym, https://clinicaltrials.gov/policy/protocol-definitions#Acronym
    """
    conditions = " ".join(ctx.get(_CONDITIONS) or ()).lower()
    number = module.text("orgStudyIdInfo", "id").lower()
    for member in ("briefTitle", "officialTitle"):
        found = _acronym().search(module.text(member))
        acronym = found[found.lastindex or 0] if found else ""
        if acronym and acronym.lower() not in conditions and acronym.lower() != number:
            yield module.problem(
                f"'{acronym}' in a title seems to be the acronym of the study, but no acronym is entered",
                hint=f"enter '{acronym}' as the acronym, if the study is known by it",
                related=[module.child(member)],
                missing="acronym",
            )
            return
