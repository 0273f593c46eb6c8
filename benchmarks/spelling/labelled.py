"""Reads labelled words and the texts they stand in, as records that the rules can be run on.

Three kinds of file, all with tabs and a line of column names:

* whole records: ``whole_record.tsv`` (``nct_id``, ``field``, ``token``, ``label``) with the texts in
  ``whole_record_text.jsonl`` (``id``, ``fields``: pairs of a dotted place and a text) beside it;
* single words: ``nct_id``, ``field``, ``token``, ``context`` and perhaps ``label`` and ``correction``;
* words of corpus records: ``token``, ``label``, ``correction``, ``nct``, ``field``; the records
  themselves are found by their ids in files of records.

Labels: T a misspelling, C right, V arguable, R a real word used wrongly.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from lint.api import Context

Labels = dict[str, tuple[str, str]]
"""Label and correction ("" if unknown) by lower-case word."""

_HERE = os.path.dirname(os.path.abspath(__file__))
LABELS, READ_HITS = os.path.join(_HERE, "labels.tsv"), os.path.join(_HERE, "read_hits.tsv")

_MODULES = {
    "arms": "armsInterventionsModule",
    "sponsor": "sponsorCollaboratorsModule",
    "contacts": "contactsLocationsModule",
}
_PLACES = {
    "design.maskingDescription": "design.designInfo.maskingInfo.maskingDescription",
    "design.interventionModelDescription": "design.designInfo.interventionModelDescription",
}
_RESULTS = {
    "recruitmentDetails": ("participantFlowModule", "recruitmentDetails"),
    "preAssignmentDetails": ("participantFlowModule", "preAssignmentDetails"),
    "limitations": ("moreInfoModule", "limitationsAndCaveats", "description"),
}
_MEMBERS = {
    "armGroup": "armGroups", "intervention": "interventions", "otherName": "otherNames",
    "condition": "conditions", "keyword": "keywords", "primary": "primaryOutcomes",
    "secondary": "secondaryOutcomes", "other": "otherOutcomes", "location": "locations",
    "locations_nested": "locations", "overallOfficial": "overallOfficials", "collaborator": "collaborators",
}  # fmt: skip
_NAMES_OF_LISTS = (
    "armGroups interventions primaryOutcomes secondaryOutcomes otherOutcomes locations overallOfficials "
    "collaborators centralContacts contacts references seeAlsoLinks"
)
_LISTS = frozenset(_NAMES_OF_LISTS.split())
_LISTS_OF_TEXTS = frozenset(("conditions", "keywords", "otherNames"))


class Case(NamedTuple):
    """A record, or the part of one around a single word, and the labels of its words.

    In a ``whole`` record a word without a label is right: somebody looked at all the others.
    """

    record: dict[str, Any]
    labels: Labels
    nct: str
    whole: bool


def is_meant(right: str, correction: str) -> bool:
    """Say whether a word is the correction of a label; a hyphen is as good as the blank that a label has."""
    return right.replace("-", " ") == correction.replace("-", " ")


def context_of(case: Case, profile: str = "submission") -> Context:
    """Return what rules see of a case."""
    return Context(case.record, date(2026, 1, 1), profile)


def rows_of(file: str) -> list[dict[str, str]]:
    """Read a file of labels."""
    with open(file, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def whole_records(folder: str) -> Iterator[Case]:
    """Yield the whole records of a folder; corrections are taken from ``misspellings.tsv`` in it."""
    labels: dict[str, Labels] = {}
    corrections = {
        (row["nct_id"], row["token"]): row["correction"] for row in rows_of(os.path.join(folder, "misspellings.tsv"))
    }
    for row in rows_of(os.path.join(folder, "whole_record.tsv")):
        correction = corrections.get((row["nct_id"], row["token"]), "")
        _add(labels.setdefault(row["nct_id"], {}), row["token"], row["label"], correction)
    with open(os.path.join(folder, "whole_record_text.jsonl"), encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            yield Case(record_of(one["fields"]), labels.get(one["id"], {}), one["id"], whole=True)


def single_words(file: str) -> Iterator[Case]:
    """Yield the words of a file with one context each; without a label they are right."""
    for row in rows_of(file):
        labels: Labels = {}
        _add(labels, row["token"], row.get("label") or "C", row.get("correction") or "")
        yield Case(record_of([(row["field"], row["context"])]), labels, row["nct_id"], whole=False)


def corpus_records(files: Iterable[str], labels_file: str, *, whole: bool) -> Iterator[Case]:
    """Yield the records of some files of records that a file of labels is about.

    ``whole`` says that all words of these records were looked at.
    """
    labels: dict[str, Labels] = {}
    for row in rows_of(labels_file):
        known = labels.setdefault(row["nct"], {})
        if row["token"]:
            _add(known, row["token"], row["label"], row["correction"])
    for record in read_records(files):
        nct = record["protocolSection"]["identificationModule"]["nctId"]
        if nct in labels:
            yield Case(record, labels.pop(nct), nct, whole=whole)


def read_records(files: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield the records of files with one record a line, compressed or not."""
    for file in files:
        with gzip.open(file) if file.endswith(".gz") else open(file, "rb") as lines:
            yield from map(json.loads, lines)


def _add(labels: Labels, token: str, label: str, correction: str) -> None:
    """Note a label; of several for one word of a record, the gravest counts."""
    word = token.lower()
    if word not in labels or "CVRT".index(label) > "CVRT".index(labels[word][0]):
        labels[word] = (label, correction.lower())


def record_of(fields: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Put texts at dotted places together to a record."""
    protocol: dict[str, Any] = {}
    record: dict[str, Any] = {"protocolSection": protocol}
    for place, text in fields:
        module, *steps = _PLACES.get(place, place).split(".")
        if module == "results":
            _put(record.setdefault("resultsSection", {}), [*_RESULTS.get(steps[0], steps)], text)
            continue
        name = _MODULES.get(module, module + "Module")
        _put(protocol.setdefault(name, {}), [_MEMBERS.get(step, step) for step in steps], text)
    return record


def _put(holder: dict[str, Any], steps: list[str], text: str) -> None:
    first, *rest = steps
    if not rest:
        if first in _LISTS_OF_TEXTS:
            holder.setdefault(first, []).append(text)
        else:
            holder[first] = text
    elif first in _LISTS:
        items = holder.setdefault(first, [])
        if not items or _is_set(items[-1], rest):
            items.append({})
        _put(items[-1], rest, text)
    else:
        _put(holder.setdefault(first, {}), rest, text)


def _is_set(item: Mapping[str, Any], steps: list[str]) -> bool:
    return steps[0] in item and steps[0] not in _LISTS_OF_TEXTS and steps[0] not in _LISTS
