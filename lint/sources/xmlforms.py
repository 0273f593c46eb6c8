"""The forms of a record that are XML: telling them apart, and turning each study of a document into a record.

A new form is one entry of ``XML_FORMS`` and a function that reads the element of one study.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from lint.model import Region, SourceProblem
from lint.registries.xmltree import Draft, Element
from lint.sources.found import Found, Item, Unread
from lint.sources.text import TextLocator
from lint.sources.xmlplaces import XmlLocator, XmlSource
from lint.sources.xmltext import Break, Study, studies, utf8

_STUDY_ELEMENTS = frozenset({"clinical_study"})
_OURS = re.compile(r"<(?:[\w.-]+:)?(?:clinical_study|study_collection)[\s>]")
_HEAD = 1 << 16
_OTHER_HINT = "Download the record as JSON (API v2) and check that."
_ROOT = re.compile(r"(?:[\s\ufeff]|<\?.*?\?>|<!--.*?-->|<![^>]*>)*<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)", re.DOTALL)
_NO_STUDY = ("This is XML, but no study record of ClinicalTrials.gov is in it.", _OTHER_HINT)
_OTHER_ROOTS = {
    "result": (
        "This is an upload of results or adverse events alone, without the study that they belong to.",
        "Put it into the <clinical_study> of an upload file, behind the protocol, to have both checked together.",
    ),
    "resultDisposition": (
        "This is an upload of a delay of results alone, without the study that it belongs to.",
        "Put it into the <clinical_study> of an upload file, behind the protocol.",
    ),
    "adverseEvents": (
        "These are adverse events for the European register EudraCT, without a study record.",
        "Check the record of ClinicalTrials.gov that they belong to.",
    ),
}


class XmlForm(NamedTuple):
    """A form of XML record: whether a study of a document is in it, and its reader.

    ``fits`` is given the element of the study and the name of the document's root; the first form that fits is taken.
    """

    fits: Callable[[Element, str], bool]
    read: Callable[[Element], Draft]


def _read_classic(study: Element) -> Draft:
    from lint.registries.ctgov.classic_xml import read_classic_xml

    return read_classic_xml(study)


def _is_classic(study: Element, root: str) -> bool:
    return root != "study_collection" and study.first("id_info") is not None


def _is_upload(study: Element, root: str) -> bool:
    return root == "study_collection" or study.first("id_info", "org_name") is not None


def _read_upload(study: Element) -> Draft:
    from lint.registries.ctgov.upload import read_upload

    return read_upload(study)


def _is_history(study: Element, _: str) -> bool:
    return study.first("study_id") is not None


def _read_history(study: Element) -> Draft:
    from lint.registries.ctgov.upload import read_history

    return read_history(study)


XML_FORMS: tuple[XmlForm, ...] = (
    XmlForm(_is_upload, _read_upload),
    XmlForm(_is_classic, _read_classic),
    XmlForm(_is_history, _read_history),
)


def looks_like_study_xml(head: str) -> bool:
    """Say whether the beginning of a text is that of an XML document with studies."""
    return head.lstrip("\ufeff \t\r\n").startswith("<") and _OURS.search(head) is not None


def xml_items(head: bytes, rest: Iterable[bytes], max_bytes: int) -> Iterator[Item]:
    """Yield the records of an XML document and, in their order, what of it could not be read.

    ``head`` is its beginning, with the outermost start tag; ``max_bytes`` bounds one study.
    """
    problems: list[SourceProblem] = []
    is_empty = True
    for found in studies(utf8(chain([head], rest), problems), _STUDY_ELEMENTS, max_bytes):
        is_empty = False
        item = Unread(*found) if isinstance(found, Break) else _item(found)
        if isinstance(item, Found):
            item = item._replace(problems=(*problems, *item.problems))
            problems.clear()
        yield item
    text = head[:_HEAD].decode("utf-8", "replace")
    yield from (Unread(problem, TextLocator(text)) for problem in problems)
    if is_empty:
        outermost = _ROOT.match(text)
        message, hint = _OTHER_ROOTS.get(outermost[1] if outermost else "", _NO_STUDY)
        yield Unread(SourceProblem("SRC020", message, hint, _first_character(), True), TextLocator(text))


def _item(found: Study) -> Item:
    element, root, source = found
    form = next((form for form in XML_FORMS if form.fits(element, root)), None)
    if form is None:
        message = "This <clinical_study> has none of the elements by which a form of record is known."
        problem = SourceProblem("SRC020", message, _OTHER_HINT, source.tag(element), True)
        return Unread(problem, XmlLocator(source, Draft(element, "xml")))
    draft = form.read(element)
    return Found(
        draft.data,
        XmlLocator(source, draft),
        _problems(draft, source),
        draft.not_shown,
        form=draft.form,
        partial=draft.partial,
    )


def _problems(draft: Draft, source: XmlSource) -> tuple[SourceProblem, ...]:
    return tuple(
        SourceProblem(remark.code, remark.message, remark.hint, source.tag(remark.element)) for remark in draft.remarks
    )


def _first_character() -> Region:
    return Region(1, 1, 1, 2)
