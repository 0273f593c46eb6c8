"""Which profile a few records pass, and how far they are from the next one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lint.cli.planning import make_plan
from lint.config import Settings
from lint.model import PROFILES, Severity
from lint.reports.text import counted
from lint.rulebook import Rulebook
from lint.runner import Summary, run

FEW = 5
"""Up to so many records are checked again by every profile."""


def standing(files: Sequence[str], settings: Settings, book: Rulebook, **sources: Any) -> str:
    """Say which profiles the records pass, and what stands between them and the next.

    A record passes a profile when no finding of its rules reaches the fail level.
    """
    level = Severity.ERROR if settings.fail_level == "never" else Severity[settings.fail_level.upper()]
    passed = ""
    for profile in PROFILES:
        summary = Summary()
        for _ in run(files, make_plan(settings._replace(profile=profile), book), summary, **sources):
            pass
        short = sum(count for severity, count in summary.by_severity.items() if severity >= level)
        if short:
            worse = "" if level is Severity.ERROR else " or worse"
            lead = f"Passes the profile '{passed}'" if passed else "Passes no profile yet"
            return f"{lead}; {counted(short, level.label)}{worse} from '{profile}'."
        passed = profile
    return f"Passes every profile, up to '{passed}': no finding at the fail level ({level.label})."
