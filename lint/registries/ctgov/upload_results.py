"""Results as they are sent to the registry (RRSUploadSchema.xsd), where one line of a table does not say it.

Elements are compared in lower case: the registry's history has them so.
"""

from __future__ import annotations

from lint.registries.ctgov.words import code_of, iso_date, yes_or_no
from lint.registries.ctgov.xmlfields import Handler, line_of, written_in
from lint.registries.xmltree import Element, Group

PARTICIPANTS = "Participants"
_GROUPS = frozenset({"baselinereportinggroup", "totalbaselinereportinggroup", "outcomereportinggroup"})
_IN_A_MEASUREMENT = (
    ("parametervalue", "value"),
    ("dispersionspread", "spread"),
    ("dispersionlowerlimit", "lowerLimit"),
    ("dispersionupperlimit", "upperLimit"),
    ("nacomment", "comment"),
)
_KINDS_OF_EVENTS = (("seriousadverseevents", "seriousevent"), ("frequentadverseevents", "frequentevent"))
_ORDER_OF_MILESTONES = {"startedmilestone": 0, "milestones": 1, "completedmilestone": 2}


def _all(element: Element | None, *names: str) -> list[Element]:
    """Return the elements reached by following names, given in lower case, downwards."""
    found = [element] if element else []
    for name in names:
        found = [child for one in found for child in one.children if child.name.lower() == name]
    return found


def _text(element: Element, name: str) -> str:
    return next((line_of(one) for one in _all(element, name)), "")


def _put(group: Group, name: str, element: Element, child: str) -> None:
    """Set a member to the text of a child, if that says something."""
    for one in _all(element, child):
        if line_of(one):
            group.put(name, line_of(one), written_in(one))


def _denominators(group: Group, element: Element) -> None:
    """How many were analysed in each group: the form says it with the groups, the record beside them."""
    groups = [one for one in element.walk() if one.name.lower() in _GROUPS]
    units = _text(element, "typeunitsanalyzed")
    _add_denominator(group, PARTICIPANTS, groups, "subjectsanalyzed", "id")
    if units and units.casefold() != PARTICIPANTS.casefold():
        _add_denominator(group, units, groups, "numunitsanalyzed", "id")


def _add_denominator(group: Group, units: str, counted: list[Element], child: str, group_id: str) -> None:
    """Add one denominator with the counts of some elements; ``group_id`` is the attribute or child with the id."""
    counted = [one for one in counted if _text(one, child)]
    if not counted:
        return
    denominator = group.add("denoms", counted[0])
    denominator.put("units", units, counted[0])
    for one in counted:
        count = denominator.add("counts", one)
        if group_id in one.attributes:
            count.put("groupId", one.attributes[group_id], one, group_id)
        else:
            _put(count, "groupId", one, group_id)
        _put(count, "value", one, child)


def _values(measure: Group, element: Element) -> None:
    """The rows of a measure, each with its categories; before 2017 categories stood in place of rows."""
    for row in _all(element, "measurerows", "measurerow"):
        one_class = measure.add("classes", row)
        _put(one_class, "title", row, "title")
        reported = _all(row, "reportedvalues", "reportedvalue")
        _add_denominator(one_class, PARTICIPANTS, reported, "subjectsanalyzed", "reportinggroupid")
        entries = [(value, entry) for value in reported for entry in _all(value, "reportedentries", "reportedentry")]
        for title in dict.fromkeys(_text(entry, "catname") for _, entry in entries):
            category = one_class.add("categories", row)
            for value, entry in entries:
                if _text(entry, "catname") == title:
                    if title and category.get("title") is None:
                        _put(category, "title", entry, "catname")
                    _measurement(category, value, entry)
    older = _all(element, "measurecategories", "measurecategory")
    if older:
        one_class = measure.add("classes", older[0])
    for row in older:
        category = one_class.add("categories", row)
        _put(category, "title", row, "title")
        for value in _all(row, "reportedvalues", "reportedvalue"):
            _measurement(category, value, value)


def _measurement(category: Group, value: Element, entry: Element) -> None:
    measurement = category.add("measurements", entry)
    _put(measurement, "groupId", value, "reportinggroupid")
    for child, name in _IN_A_MEASUREMENT:
        _put(measurement, name, entry, child)


def _dispersion(measure: Group, element: Element) -> None:
    """The kind of dispersion in words; a confidence interval has its level in an element of its own."""
    for one in _all(element, "dispersiontype"):
        words = _dispersion_words(element, one)
        if words.casefold() not in ("", "not applicable", "n/a"):
            measure.put("dispersionType", words, one)


def _baseline_dispersion(measure: Group, element: Element) -> None:
    for one in _all(element, "dispersiontype"):
        words = _dispersion_words(element, one)
        if words:
            measure.put("dispersionType", code_of("MeasureDispersionType", words), one)


def _dispersion_words(element: Element, dispersion: Element) -> str:
    words, level = line_of(dispersion), _text(element, "cipctlevel")
    return f"{level}% {words}" if level and words.casefold() == "confidence interval" else words


def _tested(analysis: Group, element: Element) -> None:
    """The type of test before 2017, a yes or no, as the registry translates it."""
    for answer in _all(element, "testednoninferiority"):
        is_tested = yes_or_no(line_of(answer))
        if isinstance(is_tested, bool):
            kind = "NON_INFERIORITY_OR_EQUIVALENCE_LEGACY" if is_tested else "SUPERIORITY_OR_OTHER_LEGACY"
            analysis.put("nonInferiorityType", kind, answer)


def _posting_date(measure: Group, element: Element) -> None:
    """When results that are not there yet are expected: a month and a year apart."""
    for date in _all(element, "anticipatedresultpostingdate"):
        month, year = _text(date, "month"), _text(date, "year")
        if year and month:
            text = f"{year}-{month.zfill(2)}" if month.isdigit() else iso_date(f"{month} {year}")
            measure.put("anticipatedPostingDate", text, date)


def _milestones(_: Group, element: Element) -> None:
    """Bring the milestones into their order in time; the form has them by the alphabet."""
    element.children.sort(key=lambda child: _ORDER_OF_MILESTONES.get(child.name.lower(), 3))


def _defaults(_: Group, element: Element) -> None:
    """Give the events what is said for all that do not say it themselves."""
    events = [one for kind in _KINDS_OF_EVENTS for one in _all(element, *kind)]
    for name in ("assessmenttype", "sourcevocabulary"):
        for default in _all(element, name):
            for event in events:
                if not _text(event, name):
                    event.children.append(default)


def _started(milestone: Group, element: Element) -> None:
    milestone.put("type", "STARTED", element)


def _completed(milestone: Group, element: Element) -> None:
    milestone.put("type", "COMPLETED", element)


HANDLERS: dict[str, Handler] = {
    "baseline_dispersion": _baseline_dispersion,
    "completed": _completed,
    "defaults": _defaults,
    "denominators": _denominators,
    "dispersion": _dispersion,
    "milestones": _milestones,
    "posting_date": _posting_date,
    "started": _started,
    "tested": _tested,
    "values": _values,
}
