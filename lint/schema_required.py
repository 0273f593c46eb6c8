"""What the registry requires and a record does not have (SCH003, SCH004).

The requirements stand in the record schema (``x-required``). They are pruned once to those that
apply to a kind of study of a certain age; a record is then compared with that small tree.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any, NamedTuple

from lint.dates import parse_date
from lint.model import Problem, Severity
from lint.paths import Path
from lint.places import STAR
from lint.schema_store import Schema, resolve, subschema

ALWAYS, FINAL_RULE = "SCH003", "SCH004"

FINAL_RULE_DATE = "2017-01-18"
REGISTRATION_LAW_DATE = "2007-12-26"
"""From this day U.S. law (FDAAA 801) asked for registration; earlier records were often brief."""

_EVERY_TYPE = frozenset(("INTERVENTIONAL", "OBSERVATIONAL", "EXPANDED_ACCESS"))
_ERAS = ("", REGISTRATION_LAW_DATE, "2011-08-18", FINAL_RULE_DATE)
_NEW = "9999"
_PROTOCOL = ("protocolSection",)


class Element(NamedTuple):
    """A required field: where it is reported, what it is called, and on which siblings it depends.

    ``only_absence`` says that a blank value is reported already, as a wrong one or by a rule of its own.
    """

    name: str
    title: str
    description: str
    code: str
    condition: tuple[tuple[str, tuple[Any, ...]], ...]
    only_absence: bool


class Level(NamedTuple):
    """The required fields of one object, and the objects below it that have any.

    ``complete`` says quickly whether some objects all have the ``elements`` that depend on
    nothing; with ``plain`` there is nothing else to look at.
    """

    title: str
    elements: tuple[Element, ...]
    conditional: tuple[Element, ...]
    complete: Callable[[Sequence[Mapping[str, Any]]], bool]
    below: tuple[tuple[str, bool, Level], ...]
    plain: bool


class Study(NamedTuple):
    """What decides which requirements apply to a record."""

    study_type: str | None
    registered: str
    started: str
    public: bool
    not_shown: tuple[Path, ...]


def required_problems(
    data: Mapping[str, Any], *, partial: bool = False, not_shown: tuple[Path, ...] = (), public: bool = False
) -> Iterator[tuple[str, Problem]]:
    """Yield the required elements that a record lacks, each with its rule code.

    ``data`` has the types of the schema. In a ``partial`` record absence proves nothing, so only
    blank values are reported; nor does it at the paths ``not_shown``. ``public`` leaves out what published
    copies hide, as do records that look like one. Elements with a rule of their own are left to it.
    """
    protocol = data.get("protocolSection")
    if protocol is None:
        return
    status = protocol.get("statusModule") or {}
    if status.get("overallStatus") == "WITHHELD":
        return
    study = _study(protocol, status, not_shown, public)
    found: list[tuple[str, Problem]] = []
    _compare(_applicable(study), protocol, _PROTOCOL, found)
    mild = study.registered < FINAL_RULE_DATE
    for code, problem in found:
        if not (partial and problem.missing):
            yield code, problem._replace(severity=Severity.WARNING) if mild and code == ALWAYS else problem


def _study(protocol: Mapping[str, Any], status: Mapping[str, Any], not_shown: tuple[Path, ...], public: bool) -> Study:
    registered = _date(status.get("studyFirstSubmitDate"))
    updated = _date((status.get("lastUpdatePostDateStruct") or {}).get("date"))
    started = _date((status.get("startDateStruct") or {}).get("date")) or registered or updated or _NEW
    published = "studyFirstPostDateStruct" in status
    return Study(
        (protocol.get("designModule") or {}).get("studyType"),
        _ERAS[bisect_right(_ERAS, registered or started) - 1],
        _ERAS[bisect_right(_ERAS, started) - 1],
        public or published,
        not_shown,
    )


def _date(value: str | None) -> str:
    return value if value and parse_date(value) else ""


@lru_cache(maxsize=128)
def _applicable(study: Study) -> Level:
    """Prune the record schema to the requirements of one kind of study."""
    return _level(subschema(_PROTOCOL), _PROTOCOL, study)


def _level(schema: Schema, path: Path, study: Study) -> Level:
    elements: list[Element] = []
    below: list[tuple[str, bool, Level]] = []
    for name, field in schema["properties"].items():
        place = (*path, name)
        if place in study.not_shown:
            continue
        elements += [_element(name, field, need) for need in field.get("x-required", ()) if _applies(need, study)]
        many = field.get("type") == "array"
        item = resolve(field["items"] if many else field)
        if "properties" in item:
            level = _level({"title": field["title"], **item}, (*place, STAR) if many else place, study)
            if level.elements or level.below:
                below.append((name, many, level))
    always = [element.name for element in elements if not element.condition]
    kinds = [(name, schema["properties"][name]["type"]) for name in always]
    conditional = tuple(element for element in elements if element.condition)
    return Level(
        schema["title"], tuple(elements), conditional, _completeness(kinds), tuple(below), not (conditional or below)
    )


def _completeness(fields: list[tuple[str, str]]) -> Callable[[Sequence[Mapping[str, Any]]], bool]:
    """Make a quick test of objects: do all have all fields, and is no text or list among them empty?"""
    get_texts = _getter([name for name, kind in fields if kind == "string"])
    get_others = _getter([name for name, kind in fields if kind != "string"])
    numbers = any(kind not in ("string", "array") for _, kind in fields)

    def complete(objects: Sequence[Mapping[str, Any]]) -> bool:
        try:
            if get_texts and not all(map(str.strip, chain.from_iterable(map(get_texts, objects)))):
                return False
            if not get_others:
                return True
            others = chain.from_iterable(map(get_others, objects))
            return all(map(_says_something, others)) if numbers else all(others)
        except KeyError:
            return False

    return complete


def _getter(names: list[str]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]] | None:
    """Make a function that returns the values of some members and raises ``KeyError`` if one is absent."""
    return itemgetter(*names, names[0]) if names else None


def _element(name: str, field: Schema, need: Mapping[str, Any]) -> Element:
    condition = tuple((sibling, tuple(values)) for sibling, values in need.get("if", {}).items())
    only_absence = "blankRule" in need or "enum" in field or "pattern" in field
    return Element(name, field["title"], field["description"], need["rule"], condition, only_absence)


def _applies(need: Mapping[str, Any], study: Study) -> bool:
    if need.get("rule") not in (ALWAYS, FINAL_RULE) or (study.public and need.get("hiddenInPublic")):
        return False
    types = _EVERY_TYPE.intersection(need["studyTypes"])
    if study.study_type not in types and (study.study_type in _EVERY_TYPE or types != _EVERY_TYPE):
        return False
    decisive = study.started if need.get("dateOf") == "study start" else study.registered
    return bool(decisive >= need.get("since", REGISTRATION_LAW_DATE))


def _compare(level: Level, value: Mapping[str, Any], path: Path, found: list[tuple[str, Problem]]) -> None:
    """Compare an object with what is required of it; add what is missing or blank to ``found``."""
    for element in level.conditional if level.complete((value,)) else level.elements:
        if not _says_something(value.get(element.name)) and _is_asked_for(element, value):
            found.append((element.code, _absent(element, element.name in value, path)))
    for name, many, below in level.below:
        present = value.get(name)
        if present is None:
            if not many:
                _compare_absent(below, name, path, found)
        elif below.plain and below.complete(present if many else (present,)):
            continue
        elif many:
            for index, item in enumerate(present):
                if item:  # an empty one says nothing of its own; it may stand for an unusable value
                    _compare(below, item, (*path, name, index), found)
        else:
            _compare(below, present, (*path, name), found)


def _is_asked_for(element: Element, siblings: Mapping[str, Any]) -> bool:
    if element.only_absence and element.name in siblings:
        return False
    return all(siblings.get(name) in values for name, values in element.condition)


def _says_something(value: Any) -> bool:
    """False and zero are answers; null, blank text and empty lists are none."""
    return bool(value.strip() if type(value) is str else value) or value is False or value == 0


def _all_of(level: Level, name: str) -> Iterator[tuple[Element, str]]:
    """Yield what an absent object would have to hold, with the way to it."""
    for element in level.elements:
        if not element.condition:
            yield element, f"{name}.{element.name}"
    for inner, many, below in level.below:
        if not many:
            yield from _all_of(below, f"{name}.{inner}")


_WHY = {
    ALWAYS: "the registry requires it of every such study",
    FINAL_RULE: "studies that start on or after 18 January 2017 need it",
}


def _absent(element: Element, blank: bool, path: Path) -> Problem:
    field = _field(path, element.name)
    hint = f"enter it: {_lower(element.description)}"
    if blank:
        return Problem((*path, element.name), f"{element.title} ({field}) is empty; {_WHY[element.code]}", hint)
    message = f"{element.title} ({field}) is missing; {_WHY[element.code]}"
    return Problem(path, message, hint, missing=element.name)


def _compare_absent(level: Level, name: str, path: Path, found: list[tuple[str, Problem]]) -> None:
    """One finding for an absent object, however many required elements it would hold."""
    lacking = list(_all_of(level, name))
    if not lacking:
        return
    code = min(element.code for element, _ in lacking)
    if len(lacking) == 1:
        element, way = lacking[0]
        message = f"{element.title} ({way}) is missing; {_WHY[code]}"
        hint = f"enter it: {_lower(element.description)}"
    else:
        titles = list(dict.fromkeys(element.title for element, _ in lacking))
        message = f"{level.title} ({name}) is missing as a whole; the registry requires {_listed(titles)}"
        hint = "enter these elements"
    found.append((code, Problem(path, message, hint, missing=name)))


def _field(path: Path, name: str) -> str:
    """Name a field with the list item or struct that it stands in, as in ``armGroups[1].label``."""
    text = ""
    for step in path[2:]:
        text += f"[{step}]" if isinstance(step, int) else f"{'.' if text else ''}{step}"
    return f"{text}.{name}" if text else name


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].rstrip(".")
