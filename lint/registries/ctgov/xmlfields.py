"""Reading the elements of a study into the canonical shape by a table: what is written where, and of what kind it is.

A table is a text file with one element a line, indented below the element that holds it::

    id_info
     org_study_id identificationModule.orgStudyIdInfo.id
     secondary_id identificationModule.secondaryIdInfos[]
      id id
      id_type type SecondaryIdType
    location contactsLocationsModule.locations[] !site

The element's name is followed by the place in the record, seen from the group or list entry that the elements
around it opened (``[]`` appends to a list), and by the kind of value, as in ``lint.registries.ctgov.words``;
``prose`` keeps line breaks. ``.`` is the element's own text, ``@type`` an attribute, ``-`` what the record
has no place for. ``!site`` names a function that is called with the group and the element before the lines below
are read. Elements are known by their names in lower case too, as some exports write them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from textwrap import dedent
from typing import Any, NamedTuple

from lint.registries.ctgov.words import code_of, read_value
from lint.registries.ctgov.xml_values import as_markdown, one_line
from lint.registries.xmltree import Draft, Element, Group

Handler = Callable[[Group, Element], None]

_NOTHING = frozenset({"", "none", "n/a"})
"""What programs that write upload files put where there is no value."""

_NAMED_ELSEWHERE = frozenset({"other", "study specific characteristic", "studyspecific"})
"""What stands in a list of choices when the name is given in an element of its own."""

_COUNTRIES = {"USA": "United States", "UK": "United Kingdom", "CAN": "Canada"}
"""Abbreviations that the registry takes in uploads."""

_UNITS = re.compile(r"([0-9]+)\s*(year|month|week|day|hour|minute)(s?)", re.IGNORECASE)
_TWO_PHASES = re.compile(r"(?:phase)?([1-3])/(?:phase)?([2-4])", re.IGNORECASE)


class Entry(NamedTuple):
    """What to do with an element: where its value goes, of what kind that is, and what stands below it."""

    target: tuple[str, ...]
    many: bool
    kind: str
    handlers: tuple[str, ...]
    below: dict[str, Entry]
    skipped: bool


@lru_cache(maxsize=4)
def table(name: str) -> dict[str, Entry]:
    """Return the table ``<name>.txt`` beside this module: entries by the names of elements."""
    top: dict[str, Entry] = {}
    groups = [top]
    with open(os.path.join(os.path.dirname(__file__), f"{name}.txt"), encoding="utf-8") as file:
        for line in file:
            element, *rest = line.split()
            handlers = tuple(word[1:] for word in rest if word.startswith("!"))
            words = [word for word in rest if not word.startswith("!")]
            target, kind = (*words, "", "")[:2]
            steps = tuple(target.removesuffix("[]").split(".")) if target not in ("", "-") else ()
            entry = Entry(steps, target.endswith("[]"), kind, handlers, {}, target == "-")
            depth = len(line) - len(line.lstrip())
            groups[depth + 1 :] = [entry.below]
            groups[depth][element] = entry
    return top


class Reading:
    """Fills a draft from elements by a table; ``handlers`` are the functions that the table names."""

    def __init__(self, draft: Draft, handlers: Mapping[str, Handler]) -> None:
        self._draft = draft
        self._handlers = handlers

    def read(self, group: Group, element: Element, below: Mapping[str, Entry]) -> None:
        """Read what is written in an element; an element that no line of the table names gets a remark."""
        for name, entry in below.items():
            if name == ".":
                self._put(group, element, entry)
            elif name[0] == "@" and element.attributes.get(name[1:], "").strip():
                value = value_of(entry.kind, element.attributes[name[1:]])
                group.put(entry.target[-1], value, element, name[1:])
        for child in element.children:
            known = below.get(child.name) or below.get(child.name.lower())
            if known:
                self._enter(group, child, known)
            elif child.name != "textblock":
                message = f"<{child.name}> is no element of <{element.name}>; what it says was not checked."
                hint = "Compare its name and place with the registry's schema for uploads."
                self._draft.note("SRC032", message, hint, child)

    def _enter(self, group: Group, element: Element, entry: Entry) -> None:
        if entry.skipped or is_blank(element):
            return
        if not entry.below and entry.target:
            self._put(group, element, entry)
            return
        *above, last = entry.target or ("",)
        for step in above:
            group = group.group(step)
        if last:
            group = group.add(last, element) if entry.many else group.group(last, element)
        for name in entry.handlers:
            self._handlers[name](group, element)
        self.read(group, element, entry.below)

    def _put(self, group: Group, element: Element, entry: Entry) -> None:
        place = written_in(element)
        value = value_of(entry.kind, place.text)
        if value is None:
            return
        *above, name = entry.target
        for step in above:
            group = group.group(step)
        if isinstance(value, list):
            for item in value:
                group.append(name, item, place)
        elif entry.many:
            group.append(name, value, place)
        else:
            group.put(name, value, place)


def written_in(element: Element) -> Element:
    """Return the element that holds the text of one: itself, or the ``<textblock>`` in it."""
    return element.first("textblock") or element


def is_blank(element: Element) -> bool:
    """Say whether an element says nothing but by its attributes, also not below it."""
    return not any(one.text.strip() for one in element.walk())


def line_of(element: Element | None) -> str:
    """Return the text of an element as one line; nothing for none."""
    return one_line(written_in(element).text) if element else ""


def value_of(kind: str, text: str) -> Any:
    """Return the value of some kind that a text stands for; None if it says nothing."""
    if kind == "prose":
        return _prose(text) or None
    line = one_line(text)
    if not kind:
        return line or None
    if kind == "country":
        return _COUNTRIES.get(line, line) or None
    if kind == "age":
        return _age(line)
    if kind == "named":
        return line if line and line.casefold() not in _NAMED_ELSEWHERE else None
    if line.casefold() in _NOTHING and kind not in ("phases", "DesignAllocation"):
        return None
    if kind == "phases":
        return _phases(line)
    value = read_value(kind, line)
    return None if kind == "boolean" and value == "Unknown" else value


def _prose(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs().split("\n")
    return as_markdown(dedent("\n".join(line.rstrip() for line in lines)).strip())


def _age(line: str) -> str | None:
    if line.casefold() in _NOTHING:
        return None
    match = _UNITS.fullmatch(line)
    return f"{match[1]} {match[2].capitalize()}{match[3].lower()}" if match else line


def _phases(line: str) -> list[str] | None:
    two = _TWO_PHASES.fullmatch(line.replace(" ", ""))
    if two:
        return [f"PHASE{two[1]}", f"PHASE{two[2]}"]
    return [code_of("Phase", line)] if line else None
