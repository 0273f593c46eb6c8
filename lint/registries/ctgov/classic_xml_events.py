"""The adverse events of a record in classic XML: totals and terms with their counts for each group."""

from __future__ import annotations

from lint.registries.ctgov.words import read_value
from lint.registries.ctgov.xml_values import one_line, put_attribute, put_kind, put_line, put_text
from lint.registries.xmltree import Element, Group

_TOTALS = {
    "total, all-cause mortality": "deaths",
    "total, serious adverse events": "serious",
    "total, other adverse events": "other",
}


def put_events(module: Group, events: Element) -> None:
    """Put the adverse events into their module."""
    put_line(module, "frequencyThreshold", events.first("other_events", "frequency_threshold"))
    put_line(module, "timeFrame", events.first("time_frame"))
    put_text(module, "description", events.first("desc"))
    groups: dict[str, Group] = {}
    for element in events.all("group_list", "group"):
        group = groups[element.attributes.get("group_id", "")] = module.add("eventGroups", element)
        put_attribute(group, "id", element, "group_id")
        put_line(group, "title", element.first("title"))
        put_text(group, "description", element.first("description"))
    for kind in ("serious", "other"):
        holder = events.first(f"{kind}_events")
        if holder is not None:
            _put_events(module, f"{kind}Events", holder, groups)


def _put_events(module: Group, name: str, holder: Element, groups: dict[str, Group]) -> None:
    vocabulary, assessment = holder.first("default_vocab"), holder.first("default_assessment")
    for unused in (vocabulary, assessment, holder.first("frequency_threshold")):
        module.also(unused)
    for category in holder.all("category_list", "category"):
        title = category.first("title")
        module.also(title)
        for event in category.all("event_list", "event"):
            term = event.first("sub_title")
            total = _TOTALS.get(one_line(term.text).lower()) if term is not None else None
            if total:
                module.also(term)
                _put_total(groups, total, event)
                continue
            group = module.add(name, event)
            put_line(group, "term", term)
            put_line(group, "organSystem", title)
            if term is not None and term.attributes.get("vocab"):
                put_attribute(group, "sourceVocabulary", term, "vocab")
            else:
                put_line(group, "sourceVocabulary", vocabulary)
            put_kind(group, "assessmentType", event.first("assessment") or assessment, "EventAssessment")
            put_text(group, "notes", event.first("description"))
            for counts in event.all("counts"):
                cell = group.add("stats", counts)
                put_attribute(cell, "groupId", counts, "group_id")
                put_kind(cell, "numEvents", counts, "integer", "events")
                put_kind(cell, "numAffected", counts, "integer", "subjects_affected")
                put_kind(cell, "numAtRisk", counts, "integer", "subjects_at_risk")


def _put_total(groups: dict[str, Group], kind: str, event: Element) -> None:
    for counts in event.all("counts"):
        group = groups.get(counts.attributes.get("group_id", ""))
        for name, attribute in (("Affected", "subjects_affected"), ("AtRisk", "subjects_at_risk")):
            text = counts.attributes.get(attribute, "")
            if group is not None and text.strip():
                group.put(f"{kind}Num{name}", read_value("integer", text), counts, attribute)
