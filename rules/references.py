"""REF: references and links."""

from __future__ import annotations

from collections.abc import Iterator

from lint.api import ERROR, WARNING, Context, Edit, Fix, Node, Problem, bad, good, pattern, rule
from lint.rules.readers.timeline import timeline

_LIST = "referencesModule.references"
_PATH = "/protocolSection/referencesModule/references/"
_doi = pattern(r"10\.[0-9]{4,9}/[^ ]+")
_KEPT = 120
"""Letters and digits of a citation that must agree: the authors and the title."""
_SHOWN = 80
"""Characters of a citation that a message shows."""


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


def _shown(reference: Node) -> str:
    """Name a reference by the beginning of its citation or by its PubMed number."""
    citation = reference.text("citation")
    if len(citation) > _SHOWN:
        citation = citation[:_SHOWN].rpartition(" ")[0].rstrip(" .,;") + " …"
    return citation or f"PubMed {reference.text('pmid')}"


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
        spare = first if reference.get("type") == "RESULT" else reference
        yield reference.problem(
            f"'{_shown(reference)}' is cited twice",
            hint="delete one of the two references; a result says more than background",
            related=[first],
            fix=Fix("remove one of the two references", (Edit(spare.path, remove=True),)),
        )


_published = pattern(r"[.] ((?:19|20)[0-9]{2})(?: [A-Z][a-z]{2}\b|;|[.]|$)")


def _year(reference: Node) -> int | None:
    """Return the year of publication of a citation in the style of PubMed (``J Ex. 2020 May;1:2-3.``)."""
    found = _published().search(reference.text("citation"))
    return int(found[1]) if found else None


@rule(
    "REF004",
    "result-reference-too-early",
    severity=WARNING,
    fixable=True,
    at="$.protocolSection.referencesModule.references",
    when=lambda references: any(reference.get("type") == "RESULT" for reference in references),
    examples=[
        bad({_LIST: [{"citation": "Keller M. Exampline. J Ex. 2009 May;1(2):3-4.", "type": "RESULT"}]},
            path=_PATH + "0"),
        bad({_LIST: [{"citation": "Keller M. Exampline. J Ex. 2030;9:1.", "type": "RESULT"},
                     {"citation": "Keller M. Exampline. Lancet. 1999.", "type": "RESULT"}]}, path=_PATH + "1"),
        good({_LIST: [{"citation": "Keller M. Exampline. J Ex. 2009 May;1(2):3-4.", "type": "BACKGROUND"}]}),
        good({_LIST: [{"citation": "Keller M. Exampline. J Ex. 2030 May;1(2):3-4.", "type": "RESULT"}]}),
        good({_LIST: [{"citation": "Keller M. Exampline. J Ex. 2009 May;1(2):3-4.", "type": "RESULT"}],
              "statusModule.startDateStruct": {"date": "2007-03"}, "statusModule.studyFirstSubmitDate": "2012-01-11"},
             note="registered after its publication"),
        good({_LIST: [{"citation": "Survival from 1990 to 2009 in the cohort of 1985", "type": "RESULT"}]},
             note="years of a title"),
    ],
)  # fmt: skip
def result_reference_too_early(references: Node, ctx: Context) -> Iterator[Problem]:
    """An article that was published before the study began is cited as its result.

    Why: it cannot report results of this study; whoever looks for these takes it for them.
    What to do: change the reference to background; if it does report this study, correct the start date.
    False positives: the year is taken from citations in the style of PubMed only and must be earlier than the year of
    the start; studies that were registered after their publication have an earlier start and are left alone.
    Source: PRS protocol definitions, Results Reference,
    https://clinicaltrials.gov/policy/protocol-definitions#IsResultsRef; IntoValue, https://github.com/quest-bih/IntoValue2
    """
    start = ctx.memo(timeline).start
    if start is None:
        return
    early = [
        (reference, year)
        for reference in references.items()
        if reference.get("type") == "RESULT" and (year := _year(reference)) and year < start.date.first.year
    ]
    if early:
        reference, year = early[0]
        more = f" (and {len(early) - 1} more like it)" if len(early) > 1 else ""
        yield reference.problem(
            f"'{_shown(reference)}' is cited as a result, but appeared in {year}, before the start of the"
            f" study, {start}{more}",
            hint="change the type to background, or correct the start date",
            related=[start, *(other for other, _ in early[1:])],
            fix=Fix(
                "call the earlier articles background",
                tuple(Edit((*one.path, "type"), "BACKGROUND") for one, _ in early),
                safe=False,
            ),
        )


_url = pattern(r"(?i)(?:https?|ftp)://[^ /@.]+\.[^ ]+")
_bare = pattern(r"(?i)(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,10}(?:/[^ @]*)?")
_URLS = (
    "$.protocolSection.referencesModule.seeAlsoLinks[*].url",
    "$.protocolSection.referencesModule.availIpds[*].url",
    "$.protocolSection.ipdSharingStatementModule.url",
)


@rule(
    "REF007",
    "link-not-url",
    severity=ERROR,
    fixable=True,
    at=_URLS,
    when=lambda url: url.strip() and not _url().fullmatch(url.strip()),
    examples=[
        bad({"referencesModule.seeAlsoLinks": [{"url": "www.example.org", "label": "Page"}]},
            path="/protocolSection/referencesModule/seeAlsoLinks/0/url"),
        bad({"ipdSharingStatementModule.url": "on our web site"},
            path="/protocolSection/ipdSharingStatementModule/url"),
        bad({"referencesModule.seeAlsoLinks": [{"url": "http://localhost/study", "label": "Page"}]}),
        good({"referencesModule.seeAlsoLinks": [{"url": "https://www.example.org", "label": "Page"}]}),
        good({"ipdSharingStatementModule.url": "HTTP://example.org/data?id=1#top"}),
        good({"ipdSharingStatementModule.url": "https://example.org/data "}, note="a space behind it does no harm"),
        good(),
    ],
)  # fmt: skip
def link_not_url(url: Node, ctx: Context) -> Iterator[Problem]:
    """A link is no address on the web.

    Why: nobody can follow it, and the registry takes only addresses that begin with http:// or https://.
    What to do: copy the address from the browser.
    False positives: capital letters, queries and fragments are allowed, and so are spaces around the address.
    Source: PRS protocol definitions, Links, https://clinicaltrials.gov/policy/protocol-definitions#SeeAlsoLinks
    """
    text = url.text()
    fixed = f"https://{text}" if _bare().fullmatch(text) else ""
    yield url.problem(
        f"'{text}' is no address on the web",
        hint=f"enter {fixed}" if fixed else "copy the whole address from the browser, with https://",
        fix=Fix("write the whole address", (Edit(url.path, fixed),), safe=True) if fixed else None,
    )
