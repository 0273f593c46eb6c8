"""LNT: the linter itself."""

from __future__ import annotations

from lint.api import ERROR, declare

RULE_CRASHED = declare(
    "LNT900",
    "rule-crashed",
    """A rule stopped with an error of its own.

    Why: what a crashed rule would have found is not known, so the record must not pass for clean; the exit
    code is 2. All other rules were run.
    What to do: report it to the author of the rule, with the record if you may share it; --debug shows where
    it stopped.
    Source: this linter.
    """,
    severity=ERROR,
    raised_by="engine",
)
