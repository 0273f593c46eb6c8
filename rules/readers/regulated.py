"""Whether U.S. law on clinical trials probably applies to a study."""

from __future__ import annotations

from lint.api import Context
from lint.rules.readers.facts import FINAL_RULE, study_facts


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
