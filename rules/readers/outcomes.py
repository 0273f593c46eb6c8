"""The outcome measures of a study, of all three lists."""

from __future__ import annotations

from dataclasses import dataclass

from lint.api import Context, Node

LISTS = (("primaryOutcomes", "primary"), ("secondaryOutcomes", "secondary"), ("otherOutcomes", "other"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome measure: ``kind`` is primary, secondary or other; ``measure`` its trimmed title, or ""."""

    node: Node
    kind: str
    measure: str

    @property
    def title(self) -> Node:
        """The node of the title."""
        return self.node.child("measure")

    def folded(self, member: str) -> str:
        """Return the words of a member in lower case, without blanks and marks around them."""
        return " ".join(self.node.text(member).casefold().split()).strip(" .;:,")


def outcome_measures(ctx: Context) -> list[Outcome]:
    """Read the outcome measures in the order of the record; use it as ``ctx.memo(outcome_measures)``."""
    module = ctx.node("outcomesModule")
    return [Outcome(node, kind, node.text("measure")) for name, kind in LISTS for node in module.items(name)]


def same_outcomes(outcomes: list[Outcome]) -> list[list[Outcome]]:
    """Return the groups of outcomes with one title and one time frame that no description tells apart."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.measure:
            groups.setdefault(outcome.folded("measure"), []).append(outcome)
    found = []
    for alike in groups.values():
        if len(alike) > 1:
            found += _same_frames(alike)
    return found


def _same_frames(alike: list[Outcome]) -> list[list[Outcome]]:
    by_frame: dict[str, list[Outcome]] = {}
    for outcome in alike:
        by_frame.setdefault(outcome.folded("timeFrame"), []).append(outcome)
    return [
        group
        for group in by_frame.values()
        if len(group) > 1 and len({outcome.folded("description") for outcome in group} - {""}) < 2
    ]
