"""Whether U.S. law on clinical trials probably applies to a study, and whether it was registered too late for it."""

from __future__ import annotations

from datetime import date

from lint.api import Context, DateNode, days_later
from lint.rules.readers.facts import FINAL_RULE, study_facts
from lint.rules.readers.timeline import timeline

_DAYS_TO_REGISTER = 21


def probably_applicable(ctx: Context) -> bool:
    """Say whether a study is probably an applicable clinical trial (42 CFR 11.22) with a U.S. site or export."""
    facts = ctx.memo(study_facts)
    oversight = ctx.get("oversightModule") or {}
    if not (oversight.get("isFdaRegulatedDrug") or oversight.get("isFdaRegulatedDevice")):
        return False
    if not facts.interventional or facts.status == "WITHDRAWN" or not facts.began_on_or_after(FINAL_RULE):
        return False
    if ctx.get("designModule.designInfo.primaryPurpose") == "DEVICE_FEASIBILITY":
        return False
    phases = ctx.get("designModule.phases") or []
    if phases and not oversight.get("isFdaRegulatedDevice") and set(phases) <= {"EARLY_PHASE1", "PHASE1"}:
        return False
    sites = ctx.node("contactsLocationsModule").items("locations")
    return bool(oversight.get("isUsExport")) or any(site.get("country") == "United States" for site in sites)


def completed_before_registration(ctx: Context) -> DateNode | None:
    """Return the completion date if it certainly lies before the registration and is no estimate."""
    dates = ctx.memo(timeline)
    completion, registered = dates.completion, dates.registered
    if completion is None or registered is None or completion.type == "ESTIMATED":
        return None
    return completion if registered.certainly_after(completion) else None


def late_by_law(ctx: Context) -> tuple[DateNode, DateNode, date] | None:
    """Return start, registration and due date of a trial to which the law probably applies and that was too late.

    None for a study that was registered after its end.
    """
    dates = ctx.memo(timeline)
    start, registered = dates.start, dates.registered
    if start is None or registered is None or start.type == "ESTIMATED" or completed_before_registration(ctx):
        return None
    due = days_later(start.date.last, _DAYS_TO_REGISTER)
    if registered.certainly_after(due) and probably_applicable(ctx):
        return start, registered, due
    return None
