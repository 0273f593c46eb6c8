"""The results of a record in classic XML: participant flow, baseline, outcome measures, adverse events, agreements.

Until 2016 a measure had categories without classes, and counts of participants stood among the measures;
both are brought into the shape that the registry gave them since.
"""

from __future__ import annotations

import re

from lint.registries.ctgov.classic_xml_events import put_events
from lint.registries.ctgov.words import code_of, iso_date
from lint.registries.ctgov.xml_values import one_line, put_attribute, put_kind, put_line, put_text
from lint.registries.xmltree import Element, Group

_ANALYSIS = (
    ("groupDescription", "", "groups_desc"),
    ("nonInferiorityType", "NonInferiorityType", "non_inferiority_type"),
    ("nonInferiorityComment", "", "non_inferiority_desc"),
    ("pValue", "", "p_value"),
    ("pValueComment", "", "p_value_desc"),
    ("statisticalMethod", "", "method"),
    ("statisticalComment", "", "method_desc"),
    ("paramType", "", "param_type"),
    ("paramValue", "", "param_value"),
    ("dispersionType", "AnalysisDispersionType", "dispersion_type"),
    ("dispersionValue", "", "dispersion_value"),
    ("ciPctValue", "", "ci_percent"),
    ("ciNumSides", "ConfidenceIntervalNumSides", "ci_n_sides"),
    ("ciLowerLimit", "", "ci_lower_limit"),
    ("ciUpperLimit", "", "ci_upper_limit"),
    ("ciLowerLimitComment", "", "ci_lower_limit_na_comment"),
    ("ciUpperLimitComment", "", "ci_upper_limit_na_comment"),
    ("estimateComment", "", "estimate_desc"),
    ("otherAnalysisDescription", "", "other_analysis_desc"),
)
_CELL = (("value", "value"), ("spread", "spread"), ("lowerLimit", "lower_limit"), ("upperLimit", "upper_limit"))
_DENOMINATORS = re.compile(r"Number of (.+)", re.IGNORECASE)
_EXCLUSIVE = re.compile(r"Age\b|Gender|Sex\b|Ethnicity|Race", re.IGNORECASE)
"""Titles of baseline measures of which the categories exclude each other."""
_POSTING_MONTH = re.compile(r"([0-9]{2})/([0-9]{4})")
_YEAR = re.compile(r"[0-9]{4}")
_NO_AGREEMENT = "There is NOT an agreement between"
_ONLY_RESTRICTION = "The only disclosure restriction on the PI is"


def put_results(section: Group, results: Element) -> None:
    """Put everything below ``clinical_results`` into the results section."""
    flow = results.first("participant_flow")
    if flow is not None:
        _put_flow(section.group("participantFlowModule", flow), flow)
    baseline = results.first("baseline")
    if baseline is not None:
        _put_baseline(section.group("baselineCharacteristicsModule", baseline), baseline)
    outcomes = section.group("outcomeMeasuresModule", results.first("outcome_list"))
    for outcome in results.all("outcome_list", "outcome"):
        _put_outcome(outcomes.add("outcomeMeasures", outcome), outcome)
    events = results.first("reported_events")
    if events is not None:
        put_events(section.group("adverseEventsModule", events), events)
    _put_more(section.group("moreInfoModule"), results)


def _put_groups(module: Group, holder: Element) -> None:
    for element in holder.all("group_list", "group"):
        group = module.add("groups", element)
        put_attribute(group, "id", element, "group_id")
        put_line(group, "title", element.first("title"))
        put_text(group, "description", element.first("description"))


def _put_flow(module: Group, flow: Element) -> None:
    put_text(module, "preAssignmentDetails", flow.first("pre_assignment_details"))
    put_text(module, "recruitmentDetails", flow.first("recruitment_details"))
    _put_groups(module, flow)
    for element in flow.all("period_list", "period"):
        period = module.add("periods", element)
        put_line(period, "title", element.first("title"))
        for milestone in element.all("milestone_list", "milestone"):
            _put_counts(period.add("milestones", milestone), "achievements", milestone)
        for reason in element.all("drop_withdraw_reason_list", "drop_withdraw_reason"):
            _put_counts(period.add("dropWithdraws", reason), "reasons", reason)


def _put_counts(group: Group, name: str, element: Element) -> None:
    put_line(group, "type", element.first("title"))
    for participants in element.all("participants_list", "participants"):
        count = group.add(name, participants)
        put_attribute(count, "groupId", participants, "group_id")
        put_attribute(count, "numSubjects", participants, "count")
        put_text(count, "comment", participants)


def _put_baseline(module: Group, baseline: Element) -> None:
    put_text(module, "populationDescription", baseline.first("population"))
    _put_groups(module, baseline)
    _put_analyzed(module, baseline)
    for element in baseline.all("measure_list", "measure"):
        if _counts_participants(element):
            _put_denominator(module, element)
            continue
        measure = module.add("measures", element)
        _put_baseline_title(measure, element)
        put_text(measure, "description", element.first("description"))
        put_text(measure, "populationDescription", element.first("population"))
        put_kind(measure, "dispersionType", element.first("dispersion"), "MeasureDispersionType")
        _put_measure(measure, element, exclusive=_EXCLUSIVE.match(_title(element)) is not None)


def _put_baseline_title(group: Group, measure: Element) -> None:
    """Put the title of a baseline measure; two that the registry has named more exactly since get their new name."""
    title = measure.first("title")
    in_classes = measure.all("class_list", "class", "category_list", "category")
    categories = measure.all("category_list", "category") or in_classes
    renamed = {"Gender": "Sex: Female, Male", "Age": "Age, Categorical" if len(categories) > 1 else "Age, Continuous"}
    if title is not None and _title(measure) in renamed:
        group.put("title", renamed[_title(measure)], title)
    else:
        put_line(group, "title", title)


def _put_outcome(group: Group, outcome: Element) -> None:
    put_kind(group, "type", outcome.first("type"), "OutcomeMeasureType")
    put_line(group, "title", outcome.first("title"))
    put_text(group, "description", outcome.first("description"))
    put_line(group, "timeFrame", outcome.first("time_frame"))
    put_text(group, "populationDescription", outcome.first("population"))
    posting = outcome.first("posting_date")
    if posting is not None:
        _put_posting_date(group, posting)
    _put_groups(group, outcome)
    measures = outcome.all("measure_list", "measure") or outcome.all("measure")
    for element in measures[:-1]:
        _put_denominator(group, element)
    group.put("reportingStatus", "POSTED" if measures else "NOT_POSTED", outcome)
    for element in measures[-1:]:
        if group.get("description") is None:
            put_text(group, "description", element.first("description"))
        if group.get("populationDescription") is None:
            put_text(group, "populationDescription", element.first("population"))
        put_line(group, "dispersionType", element.first("dispersion"))
        _put_analyzed(group, element)
        _put_measure(group, element, exclusive=False)
        for repeated in ("title", "description", "population"):
            group.also(element.first(repeated))
    for element in outcome.all("analysis_list", "analysis"):
        analysis = group.add("analyses", element)
        for one in element.all("group_id_list", "group_id"):
            analysis.append("groupIds", one_line(one.text), one)
        _put_non_inferiority(analysis, element.first("non_inferiority"))
        for name, kind, tag in _ANALYSIS:
            if kind:
                put_kind(analysis, name, element.first(tag), kind)
            else:
                put_text(analysis, name, element.first(tag))


def _put_non_inferiority(analysis: Group, tested: Element | None) -> None:
    """Read the yes or no that stood until 2016 for the type of a test, as the registry has read it since."""
    if tested is not None:
        is_tested = one_line(tested.text) == "Yes"
        code = "NON_INFERIORITY_OR_EQUIVALENCE_LEGACY" if is_tested else "SUPERIORITY_OR_OTHER_LEGACY"
        analysis.put("nonInferiorityType", code, tested)


def _put_posting_date(group: Group, element: Element) -> None:
    """Read ``12/2015``; a year alone, which the form allows, is no date that a record can have."""
    text = element.text.strip()
    month = _POSTING_MONTH.fullmatch(text)
    group.also(element)
    if not _YEAR.fullmatch(text):
        group.put("anticipatedPostingDate", f"{month[2]}-{month[1]}" if month else iso_date(text), element)


def _put_analyzed(group: Group, holder: Element) -> None:
    """Put the numbers of participants, or of other units, that were analysed."""
    for analyzed in holder.all("analyzed_list", "analyzed"):
        denominator = group.add("denoms", analyzed)
        put_line(denominator, "units", analyzed.first("units"))
        group.also(analyzed.first("scope"))
        for element in analyzed.all("count_list", "count"):
            count = denominator.add("counts", element)
            put_attribute(count, "groupId", element, "group_id")
            put_attribute(count, "value", element, "value")


def _title(measure: Element) -> str:
    title = measure.first("title")
    return one_line(title.text) if title is not None else ""


def _counts_participants(measure: Element) -> bool:
    return _title(measure).lower() == "number of participants" and measure.first("category_list") is not None


def _put_denominator(group: Group, measure: Element) -> None:
    """Put a measure that counts what was analysed, as until 2016, where such counts are now."""
    denominator = group.add("denoms", measure)
    title = measure.first("title")
    match = _DENOMINATORS.fullmatch(_title(measure))
    if title is not None:
        denominator.put("units", (match[1][:1].upper() + match[1][1:]) if match else _title(measure), title)
    for element in measure.all("category_list", "category", "measurement_list", "measurement"):
        count = denominator.add("counts", element)
        put_attribute(count, "groupId", element, "group_id")
        put_attribute(count, "value", element, "value")
    for repeated in ("units", "param", "description"):
        group.also(measure.first(repeated))


def _put_measure(group: Group, measure: Element, *, exclusive: bool) -> None:
    put_kind(group, "paramType", measure.first("param"), "MeasureParam")
    put_line(group, "unitOfMeasure", measure.first("units"))
    put_line(group, "denomUnitsSelected", measure.first("units_analyzed"))
    if group.path[-2] == "measures":
        _put_analyzed(group, measure)
    for element in measure.all("class_list", "class"):
        inner = group.add("classes", element)
        put_line(inner, "title", element.first("title"))
        _put_analyzed(inner, element)
        for category in element.all("category_list", "category"):
            _put_category(inner, category, category.first("title"))
    _put_old_categories(group, measure.all("category_list", "category"), exclusive=exclusive)


def _put_old_categories(group: Group, categories: list[Element], *, exclusive: bool) -> None:
    """Put categories without classes: in one class if they exclude each other, else each in a class of its own."""
    if exclusive and categories:
        inner = group.add("classes", categories[0])
        for category in categories:
            _put_category(inner, category, category.first("sub_title"))
    elif categories:
        for category in categories:
            inner = group.add("classes", category)
            put_line(inner, "title", category.first("sub_title"))
            _put_category(inner, category, None)


def _put_category(group: Group, category: Element, title: Element | None) -> None:
    inner = group.add("categories", category)
    put_line(inner, "title", title)
    for element in category.all("measurement_list", "measurement"):
        cell = inner.add("measurements", element)
        put_attribute(cell, "groupId", element, "group_id")
        for name, attribute in _CELL:
            put_attribute(cell, name, element, attribute)
        put_text(cell, "comment", element)


def _put_more(module: Group, results: Element) -> None:
    limits = results.first("limitations_and_caveats")
    put_text(module.group("limitationsAndCaveats", limits), "description", limits)
    agreement = module.group("certainAgreement", results.first("certain_agreements"))
    employed = results.first("certain_agreements", "pi_employee")
    if employed is not None:
        agreement.put("piSponsorEmployee", "NOT employed" not in one_line(employed.text), employed)
    restriction = results.first("certain_agreements", "restrictive_agreement")
    if restriction is not None and restriction.text.strip():
        _put_restriction(agreement, restriction)
    contact = results.first("point_of_contact")
    person = module.group("pointOfContact", contact)
    for name, tag in (("title", "name_or_title"), ("organization",) * 2, ("email",) * 2, ("phone",) * 2):
        put_line(person, name, contact.first(tag) if contact is not None else None)


def _put_restriction(agreement: Group, element: Element) -> None:
    """Read the sentences by which the registry words the restrictions that it offers; any other is a sponsor's own."""
    text = one_line(element.text)
    agreement.put("restrictiveAgreement", not text.startswith(_NO_AGREEMENT), element)
    if text.startswith(_ONLY_RESTRICTION):
        code = "LTE60" if "less than or equal to 60 days" in text else "GT60"
        agreement.put("restrictionType", code_of("AgreementRestrictionType", code), element)
    elif not text.startswith(_NO_AGREEMENT):
        agreement.put("restrictionType", "OTHER", element)
        put_text(agreement, "otherDetails", element)
