"""The outcome measures of a study, of all three lists."""

from __future__ import annotations

from typing import Any, NamedTuple

from lint.api import Context, Node, Path, unescape, value_at

LISTS = (("primaryOutcomes", "primary"), ("secondaryOutcomes", "secondary"), ("otherOutcomes", "other"))


class Outcome(NamedTuple):
    """An outcome measure: ``kind`` is primary, secondary or other.

    ``measure`` is its title, trimmed and without escapes; ``folded`` the same in lower case, without marks around it.
    """

    value: dict[str, Any]
    path: Path
    kind: str
    measure: str
    folded: str

    @property
    def node(self) -> Node:
        return Node(self.value, self.path)

    @property
    def title(self) -> Node:
        """The node of the title."""
        return self.node.child("measure")

    def words(self, member: str) -> str:
        """Return a text of the outcome in lower case, for comparing it with that of another."""
        return " ".join(self.node.text(member).casefold().split()).strip(_MARKS)


_MARKS = " .;:,"
_MODULE = ("protocolSection", "outcomesModule")


def outcome_measures(ctx: Context) -> list[Outcome]:
    """Read the outcome measures in the order of the record; use it as ``ctx.memo(outcome_measures)``."""
    found: list[Outcome] = []
    module = value_at(ctx.record, _MODULE)
    if module is None:
        return found
    for name, kind in LISTS:
        for index, value in enumerate(module.get(name) or ()):
            measure = (value.get("measure") or "").strip()
            if "\\" in measure:
                measure = unescape(measure).strip()
            found.append(Outcome(value, (*_MODULE, name, index), kind, measure, measure.casefold().strip(_MARKS)))
    return found


def repeated_outcomes(ctx: Context) -> list[list[Outcome]]:
    """Return the groups of outcomes with one title and one time frame that no description tells apart.

    Use it as ``ctx.memo(repeated_outcomes)``.
    """
    titles = [outcome.folded for outcome in ctx.memo(outcome_measures) if outcome.folded]
    if len(set(titles)) == len(titles):
        return []
    groups: dict[tuple[str, str], list[Outcome]] = {}
    for outcome in ctx.memo(outcome_measures):
        if outcome.folded and titles.count(outcome.folded) > 1:
            groups.setdefault((outcome.folded, outcome.words("timeFrame")), []).append(outcome)
    return [group for group in groups.values() if len(group) > 1 and _alike(group)]


def _alike(group: list[Outcome]) -> bool:
    return len({outcome.words("description") for outcome in group} - {""}) < 2
