"""IDN: numbers of other registries, in texts and under the wrong type."""

from __future__ import annotations

from collections.abc import Iterator

from lint.api import ERROR, MEDIUM, NOTE, WARNING, Context, Edit, Fix, Match, Node, Problem, bad, good, rule, text_rule
from lint.rules.readers.fields import EVERY_TEXT
from lint.rules.readers.identifiers import bare, fitting_type, registry_shape

_SECONDARY = "identificationModule.secondaryIdInfos"
_PATH = "/protocolSection/identificationModule/secondaryIdInfos/"
_SUMMARY = "descriptionModule.briefSummary"
_S_POINTER = "/protocolSection/descriptionModule/briefSummary"
_LOOKED_AT = frozenset({"OTHER", "OTHER_GRANT", "REGISTRY", "EUDRACT_NUMBER", "NIH"})


@rule(
    "IDN003",
    "secondary-id-type-wrong",
    severity=WARNING,
    at="$.protocolSection.identificationModule.secondaryIdInfos[*]",
    fixable=True,
    when=lambda info: info.get("type") in _LOOKED_AT and fitting_type(info["type"], info.get("id") or ""),
    examples=[
        bad({_SECONDARY: [{"id": "2013-001234-17", "type": "OTHER", "domain": "EMA"}]}, path=_PATH + "0/type"),
        bad({_SECONDARY: [{"id": "DRKS00003170", "type": "OTHER", "domain": "DRKS"}]}),
        bad({_SECONDARY: [{"id": "R01HL109293", "type": "OTHER_GRANT", "domain": "NHLBI"}]}),
        bad({_SECONDARY: [{"id": "2022-501549-57-00", "type": "REGISTRY", "domain": "CTIS"}]}, note="a note"),
        good({_SECONDARY: [{"id": "2013-001234-17", "type": "EUDRACT_NUMBER"}, {"id": "R01HL109293", "type": "NIH"}]}),
        good({_SECONDARY: [{"id": "2022-501549-57-00", "type": "CTIS"}]}),
        good({_SECONDARY: [{"id": "2013-04-17", "type": "OTHER", "domain": "A clinic"},
                           {"id": "2013-123456-17", "type": "OTHER", "domain": "A clinic"}]}, note="a date; a code"),
        good({_SECONDARY: [{"id": "U1111-1266-7399", "type": "OTHER", "domain": "WHO"}]}, note="of no registry"),
        good({_SECONDARY: [{"id": "2013-001234-17"}]}, note="numbers without a type are old; see IDN012"),
    ],
)  # fmt: skip
def secondary_id_type_wrong(info: Node, ctx: Context) -> Iterator[Problem]:
    """A secondary identifier has the shape of another type than the one that is chosen.

    Why: links to the other registry and searches by its number rest on the type.
    What to do: choose the type that fits; the fix does it.
    False positives: only shapes that sponsors' own codes hardly have count; universal trial numbers of the WHO, which
    belong to no registry, are left alone. Numbers of the EU register that were entered before ClinicalTrials.gov had a
    type for them are a note.
    Source: PRS protocol definitions, Secondary ID Type, https://clinicaltrials.gov/policy/protocol-definitions#SecondaryIdType
    """
    kind, identifier = info.get("type"), info.text("id")
    fitting = fitting_type(kind, identifier)
    if fitting:
        yield info.problem(
            f"'{identifier}' looks like a number of the type {fitting}, but its type is {kind}",
            "type",
            hint=f"choose {fitting}",
            related=[info.child("id")],
            fix=Fix(f"choose {fitting}", (Edit((*info.path, "type"), fitting),), safe=fitting != "REGISTRY"),
            severity=NOTE if fitting == "CTIS" else None,
        )


_PREFIXES = "ISRCTN|DRKS|ACTRN|NCT|KCT|PACTR|TCTR|RPCEC|LBCTR|jRCTs?|ChiCTR|UMIN"


@text_rule(
    "IDN008",
    "registry-id-malformed",
    severity=ERROR,
    pattern=rf"\b(?:{_PREFIXES})[0-9][0-9A-Za-z]*",
    fields=EVERY_TEXT,
    examples=[
        bad({_SUMMARY: "The trial is registered as ISRCTN1234567 and compares exampline with placebo in adults."},
            path=_S_POINTER),
        bad({_SUMMARY: "Participants of NCT1234567 may enter this study of exampline after 24 weeks of treatment."}),
        bad({_SUMMARY: "The German part of the study (DRKS0003170) compares exampline with placebo in adults."}),
        good({_SUMMARY: "The trial is registered as ISRCTN12345678, DRKS00003170, jRCTs031180123, NCT01854125."}),
        good({_SUMMARY: "The trial is registered as ISRCTN 12345678, UMIN000012345 and ChiCTR2000029308; ITMCTR2023."},
             note="blanks, and registers that are not known here"),
        good({_SUMMARY: "Participants carry the mutation KCT-1, take NCT-501 and are called DRKSA by their centre."}),
    ],
)  # fmt: skip
def registry_id_malformed(match: Match, ctx: Context) -> Iterator[Problem]:
    """A number in a text begins like that of a trial registry, but has too few or too many digits.

    Why: the number leads nowhere, so that the other record is not found.
    What to do: copy the number from the other registry.
    False positives: only prefixes of registries with a published form count, right before a digit; numbers of
    other registers are left alone. Secondary identifiers are looked at by IDN002.
    Source: Regular expressions of registry numbers, https://github.com/quest-bih/ctregistries
    """
    expected = registry_shape(match[0])
    if expected:
        yield match.problem(
            f"'{match[0]}' does not look like a number of that registry ({expected})",
            hint="copy the number from the other registry",
        )


@text_rule(
    "IDN009",
    "registry-id-only-in-text",
    severity=NOTE,
    confidence=MEDIUM,
    pattern=(
        r"(?i:\bregist(?:ered|ration|ry)\b)[^.;\n]{0,60}[ (:](?:(?:ISRCTN|DRKS|ACTRN|KCT|PACTR|TCTR|ChiCTR|UMIN)"
        r"[0-9]{7,16}|CTRI/20[0-9]{2}/[0-9]{2,3}/[0-9]{5,6}|jRCTs?[0-9]{9,10}|20[0-9]{2}-[05][0-9]{5}-[0-9]{2})\b"
    ),
    fields=EVERY_TEXT,
    examples=[
        bad({_SUMMARY: "The trial is registered with ISRCTN78805636. Exampline is compared with placebo."},
            path=_S_POINTER),
        bad({_SUMMARY: "EU registration number 2013-001234-17. Exampline is compared with placebo in adults."}),
        good({_SUMMARY: "The trial is registered with ISRCTN78805636. Exampline is compared with placebo.",
              _SECONDARY: [{"id": "ISRCTN 78805636", "type": "REGISTRY", "domain": "ISRCTN"}]}),
        good({_SUMMARY: "People from the parent trial (registered as ISRCTN78805636) may enter this extension."},
             note="another trial"),
        good({_SUMMARY: "The findings of ISRCTN78805636 led to this trial of exampline against placebo in adults."}),
        good({_SUMMARY: "The trial is registered as 2013-001234-17 and compares exampline with placebo.",
              "identificationModule.orgStudyIdInfo.id": "2013-001234-17"}),
    ],
)  # fmt: skip
def registry_id_only_in_text(match: Match, ctx: Context) -> Iterator[Problem]:
    """The text says that the study is registered elsewhere, but the number is not among the secondary identifiers.

    Why: nearly half of the trials that are registered twice are not recognised as such, because the number is hidden.
    What to do: enter the number as a secondary identifier, with its registry.
    False positives: numbers of other trials, which words such as parent, previous or extension tell, and numbers that
    the text does not call a registration are left alone.
    Source: https://doi.org/10.1186/s13063-015-0672-x; WHO Trial Registration Data Set, item 3,
    https://www.who.int/tools/clinical-trials-registry-platform/network/who-data-set
    """
    start, end = match.span
    if match.path[1] == "eligibilityModule" or _speaks_of_another(match.text[max(0, start - 120) : end + 60].lower()):
        return
    module = ctx.get("identificationModule") or {}
    known = [info.get("id") or "" for info in module.get("secondaryIdInfos") or ()]
    known.append((module.get("orgStudyIdInfo") or {}).get("id") or "")
    number = match[0].replace("(", " ").replace(":", " ").split()[-1]
    if not any(bare(number) in bare(one) for one in known):
        yield match.problem(
            f"'{number}' stands in the text, but not among the secondary identifiers",
            hint="enter the number as a secondary identifier, with its registry",
            span=(end - len(number), end),
        )


_OTHERS = ("parent", "previous", "earlier", "prior", "pilot", "extension", "follow-up", "main trial", "main study",
           "original", "sub-study", "substudy", "another", "other trial", "review", "et al", "prospero")  # fmt: skip


def _speaks_of_another(words: str) -> bool:
    return any(word in words for word in _OTHERS)
