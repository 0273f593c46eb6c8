"""Many inputs to outcomes, one record at a time, in constant memory."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, TypeAlias

from lint import pace
from lint.baseline import BY as BASELINE
from lint.engine import Plan, lint_item
from lint.ledger import Ledger
from lint.model import Failure, Outcome, Record, Severity
from lint.sources import read

if TYPE_CHECKING:
    from lint.cache import Keeping

Filter: TypeAlias = Callable[[Outcome], Outcome]
"""Takes findings out of an outcome."""


class Summary:
    """Counts over a run, complete when all outcomes have been taken.

    ``waived`` and ``baselined`` count findings that are not reported. ``unreadable`` counts
    inputs, or parts of them, that gave no record; ``by_rule`` counts findings by rule code, ``by_form`` records
    by their form if that cannot carry all of one. ``cache_fault`` says why the cache was given up, if it was;
    ``bytes_read`` tells how much of the inputs is done.
    """

    def __init__(self, inputs: int = 0, records: int = 0) -> None:
        self.inputs = inputs
        self.records = records
        self.suppressed = 0
        self.waived = 0
        self.baselined = 0
        self.crashes = 0
        self.unreadable = 0
        self.cache_fault = ""
        self.bytes_read = 0
        self.by_severity = dict.fromkeys(reversed(Severity), 0)
        self.by_rule: dict[str, int] = {}
        self.by_form: dict[str, int] = {}

    @property
    def findings(self) -> int:
        return sum(self.by_severity.values())

    def add(self, outcome: Outcome) -> None:
        self.records += outcome.records
        if outcome.form:
            self.by_form[outcome.form] = self.by_form.get(outcome.form, 0) + outcome.records
        self.suppressed += outcome.suppressed
        for waived in outcome.waived:
            if waived.by == BASELINE:
                self.baselined += 1
            else:
                self.waived += 1
        self.crashes += outcome.crashes
        self.unreadable += outcome.unreadable
        for finding in outcome.findings:
            self.by_severity[finding.severity] += 1
            self.by_rule[finding.code] = self.by_rule.get(finding.code, 0) + 1

    def reaches(self, level: Severity) -> bool:
        """Say whether there is a finding at least as bad as a level."""
        return any(count for severity, count in self.by_severity.items() if severity >= level)


def run(
    files: Iterable[str],
    plan: Plan,
    summary: Summary,
    *,
    input_format: str | None = None,
    stdin_filename: str | None = None,
    filters: Sequence[Filter] = (),
    narrow: Callable[[Outcome, Record | Failure], Outcome] | None = None,
    reading: Callable[..., Iterator[Record | Failure]] = read,
) -> Generator[Outcome, None, None]:
    """Yield the outcome of every record of some inputs, counting into ``summary``.

    Each outcome passes first through ``narrow``, which is also told what was linted, then through
    ``filters``. ``reading`` reads a file as ``lint.sources.read`` does.
    """
    ledger = Ledger(plan, input_format=input_format, reading=reading)
    for file in files:
        summary.inputs += 1
        for item in reading(file, input_format=input_format, stdin_filename=stdin_filename):
            outcome = lint_item(item, plan)
            ledger.add(outcome)
            if narrow is not None:
                outcome = narrow(outcome, item)
            for change in filters:
                outcome = change(outcome)
            summary.add(outcome)
            summary.bytes_read = pace.counted()
            yield outcome
    yield from concluded(ledger, summary, filters, narrow)


def concluded(
    ledger: Ledger,
    summary: Summary,
    filters: Sequence[Filter],
    narrow: Callable[[Outcome, Record | Failure], Outcome] | None = None,
) -> Iterator[Outcome]:
    """Yield what the rules over several records find, once the ledger has the facts of all."""
    for outcome, record in ledger.outcomes():
        if narrow is not None:
            outcome = narrow(outcome, record)
        for change in filters:
            outcome = change(outcome)
        summary.add(outcome)
        yield outcome


def run_kept(
    files: Iterable[str],
    plan: Plan,
    summary: Summary,
    keeping: Keeping,
    *,
    input_format: str | None = None,
    filters: Sequence[Filter] = (),
) -> Generator[Outcome, None, None]:
    """Yield the outcomes of ``run``, taking from the cache what it knows."""
    from lint.cache import Cache
    from lint.sources.pieces import pieces, weight
    from lint.work import lint_piece

    ledger = Ledger(plan, input_format=input_format)
    with closing(Cache(keeping, plan)) as cache:
        for file in files:
            summary.inputs += 1
            for piece in pieces(file, input_format):
                for outcome in lint_piece(piece, plan, input_format, cache):
                    ledger.add(outcome)
                    for change in filters:
                        outcome = change(outcome)
                    summary.add(outcome)
                    yield outcome
                summary.bytes_read += weight(piece)
    summary.cache_fault = cache.fault
    yield from concluded(ledger, summary, filters)
