"""Outcome measures as rules see them."""

from datetime import date

from lint.api import Context
from lint.rules.readers.outcomes import outcome_measures, repeated_outcomes


def context(**lists):
    return Context({"protocolSection": {"outcomesModule": lists}}, date(2024, 6, 30))


def outcome(measure, frame="12 weeks", description=""):
    return {"measure": measure, "timeFrame": frame, "description": description}


def test_titles_are_trimmed_and_unescaped():
    ctx = context(primaryOutcomes=[{"measure": " Pain \\> 5. "}], otherOutcomes=[{}])
    first, empty = ctx.memo(outcome_measures)
    assert (first.measure, first.folded, first.kind) == ("Pain > 5.", "pain > 5", "primary")
    assert first.title.path == ("protocolSection", "outcomesModule", "primaryOutcomes", 0, "measure")
    assert (empty.measure, empty.kind) == ("", "other")
    assert Context({}, date(2024, 6, 30)).memo(outcome_measures) == []


def test_only_what_nothing_tells_apart_is_repeated():
    ctx = context(
        primaryOutcomes=[outcome("Pain", description="By the patient"), outcome("Sleep", description="Hours")],
        secondaryOutcomes=[outcome("pain."), outcome("Pain", "1 year"), outcome("Sleep", description="Quality")],
        otherOutcomes=[{}, {}],
    )
    (group,) = ctx.memo(repeated_outcomes)
    assert [(found.kind, found.measure) for found in group] == [("primary", "Pain"), ("secondary", "pain.")]
