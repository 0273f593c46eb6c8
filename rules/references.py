"""REF: references and links."""

from __future__ import annotations

from collections.abc import Iterator

from lint.api import WARNING, Context, Edit, Fix, Node, Problem, bad, good, pattern, rule

_LIST = "referencesModule.references"
_PATH = "/protocolSection/referencesModule/references/"
_doi = pattern(r"10\.[0-9]{4,9}/[^ ]+")
_KEPT = 120
"""Letters and digits of a citation that must agree: the authors and the title."""


def _marks(reference: Node, *, texts: bool) -> Iterator[str]:
    """Yield what identifies the article of a reference: its PubMed number; with ``texts`` also DOI and words."""
    pmid = reference.text("pmid")
    if pmid:
        yield f"pmid {pmid}"
    if not texts:
        return
    citation = reference.text("citation").lower()
    doi = _doi().search(citation)
    if doi:
        yield f"doi {doi[0].rstrip('.;,)')}"
    letters = "".join(filter(str.isalnum, citation))
    if len(letters) >= _KEPT // 2:
        yield letters[:_KEPT]


@rule(
    "REF003",
    "duplicate-reference",
    severity=WARNING,
    fixable=True,
    at="$.protocolSection.referencesModule",
    examples=[
        bad({_LIST: [{"pmid": "19455046", "type": "BACKGROUND"}, {"pmid": "19455046", "type": "BACKGROUND"}]},
            path=_PATH + "1"),
        bad({_LIST: [{"citation": "Keller M. Exampline. J Ex. 2020. doi: 10.1000/ex.1.", "type": "BACKGROUND"},
                     {"citation": "M. Keller: Exampline (2020), 10.1000/EX.1", "type": "RESULT"}]}),
        good({_LIST: [{"pmid": "19455046", "type": "BACKGROUND"}, {"pmid": "21366476", "type": "BACKGROUND"}]}),
        good({_LIST: [{"pmid": "19455046", "type": "BACKGROUND"}, {"pmid": "19455046", "type": "DERIVED"}]},
             note="the registry added the second by itself"),
    ],
)  # fmt: skip
def duplicate_reference(module: Node, ctx: Context) -> Iterator[Problem]:
    """An article is cited twice.

    Why: the list gets longer without saying more.
    What to do: delete one of the two; RESULT says more than BACKGROUND.
    False positives: references of the type DERIVED are added by the registry and are left alone. Articles are
    compared by PubMed number and DOI; texts only as far as authors and title.
    Source: OpenTrials, https://github.com/opentrials/opentrials; PRS protocol definitions, Citations,
    https://clinicaltrials.gov/policy/protocol-definitions#RefCitations
    """
    values = module.get("references") or ()
    pmids = [reference.get("pmid") for reference in values]
    if len(values) < 2 or (all(pmids) and len(set(pmids)) == len(pmids)):
        return
    texts = not all(pmids)
    seen: dict[str, Node] = {}
    for reference in module.items("references"):
        if reference.get("type") == "DERIVED":
            continue
        marks = list(_marks(reference, texts=texts))
        first = next((seen[mark] for mark in marks if mark in seen), None)
        if first is None:
            seen.update(dict.fromkeys(marks, reference))
            continue
        shown = reference.text("citation")[:60] or f"PubMed {reference.text('pmid')}"
        yield reference.problem(
            f"'{shown}' is cited twice",
            hint="delete one of the two references",
            related=[first],
            fix=Fix("remove the second reference", (Edit(reference.path, remove=True),)),
        )
