"""Rules over several records: keeps their facts during a run and has them judged when all records were read.

Facts are small, but those of a whole registry do not fit into memory: beyond some thousands they stand in a
temporary file. No more than the facts of one key are ever looked at together. The records with findings are
read once more for the exact places; where that is impossible (standard input, an archive), the line is that
where the record begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice
from operator import itemgetter
from time import perf_counter
from typing import Any, TypeAlias

from lint.engine import CRASHED, Hit, Plan, conclude, crash
from lint.fingerprints import fingerprint
from lint.model import Clash, Fact, Failure, Outcome, Problem, Record, Region, RelatedPlace, Rule, Severity, Span
from lint.paths import ROOT, Path, to_pointer
from lint.sorting import NotKept, Sorted
from lint.sources.reading import read

_Row: TypeAlias = Any
"""A row as ``Sorted`` gives it back: a tuple that begins with the file, the line and the id of a record."""

_LOST = "The rules over several records could not be run to their end: {}"
_LOST_HINT = "Make room for temporary files (the variable TMPDIR names their folder), or leave these rules out."


class Ledger:
    """The facts of a run. ``input_format`` and ``reading`` are those with which its records were read."""

    def __init__(
        self,
        plan: Plan,
        *,
        input_format: str | None = None,
        reading: Callable[..., Iterator[Record | Failure]] = read,
    ) -> None:
        self._plan = plan
        self._sources = {"input_format": input_format, "reading": reading}
        self._facts = Sorted()
        self._records = 0
        self._fault = ""

    def add(self, outcome: Outcome) -> None:
        """Keep the facts of a record; records must come in the order of the run."""
        if not outcome.facts or self._fault:
            return
        self._records += 1
        origin = outcome.file, outcome.line, outcome.record, self._records
        try:
            for code, key, path, values in outcome.facts:
                self._facts.add((code, key, outcome.record, self._records), (*origin, code, key, path, values))
        except NotKept as error:
            self._fault = str(error)

    def outcomes(self) -> Iterator[tuple[Outcome, Record]]:
        """Judge the facts, and yield for each record with findings an outcome that counts no record."""
        if self._records > 1 and not self._fault:
            try:
                yield from self._outcomes()
            except NotKept as error:
                self._fault = str(error)
        self._facts.close()
        if self._fault:
            hit = Hit(self._plan.rules[CRASHED], Problem(ROOT, _LOST.format(self._fault), _LOST_HINT))
            nowhere = _stub("", 1)
            yield conclude(nowhere, self._plan, [hit], ""), nowhere

    def _outcomes(self) -> Iterator[tuple[Outcome, Record]]:
        clashes, needed = Sorted(), Sorted()
        for number, (code, clash) in enumerate(self._judged()):
            fact = clash.fact
            clashes.add((fact.sequence, number), _clash_row(code, clash))
            for index, other in enumerate(clash.related):
                order = fact.sequence, number, index
                needed.add((other.sequence, *order), (other.file, other.line, other.record, order, other.path))
        placed = iter(self._placed(needed))
        for record, identifier, rows in self._again(clashes):
            hits = [self._hit(record, identifier, row, placed) for row in rows]
            outcome = conclude(record, self._plan, hits, identifier)
            yield outcome._replace(unreadable=False), record

    def _judged(self) -> Iterator[tuple[str, Clash]]:
        """Yield the clashes that the rules find, each with the code of its rule."""
        for (code, _), rows in groupby(self._facts, key=itemgetter(4, 5)):
            rule = self._plan.rules[code]
            facts = _facts(rows, rule)
            if len({fact.sequence for fact in facts}) < 2:
                continue
            started = perf_counter()
            try:
                yield from [(code, clash) for clash in rule.judge(facts)]  # type: ignore[misc]
            except Exception as error:
                problem = crash(rule, error, facts[0].path, self._plan).problem
                yield CRASHED, facts[0].clash(problem.message, hint=problem.hint)
            if self._plan.timings is not None:
                self._plan.timings[code] = self._plan.timings.get(code, 0.0) + perf_counter() - started

    def _placed(self, needed: Sorted) -> Sorted:
        """Return the lines and columns of related places in the order of the clashes."""
        placed = Sorted()
        for record, _, rows in self._again(needed):
            for _, _, _, order, path in rows:
                region = record.locator.locate(tuple(path))
                placed.add(tuple(order), (region.line, region.column))
        return placed

    def _again(self, rows: Sorted) -> Iterator[tuple[Record, str, list[_Row]]]:
        """Yield the records that some rows are about, read again, with their ids and their rows."""
        from lint.sources.again import finder

        for file, of_file in groupby(rows, key=itemgetter(0)):
            find = finder(file, **self._sources)  # type: ignore[arg-type]
            for (line, identifier), of_record in groupby(of_file, key=itemgetter(1, 2)):
                yield find(line, identifier) or _stub(file, line), identifier, list(of_record)

    def _hit(self, record: Record, identifier: str, row: _Row, placed: Iterator[tuple[int, int]]) -> Hit:
        file, _, _, code, path, key, message, hint, severity, others = row
        grade = Severity(severity) if severity else None
        mark = fingerprint(code, identifier, file, tuple(path), None, related=[key, *(whose for whose, _, _ in others)])
        related = tuple(
            RelatedPlace(pointer, line, column, f"{whose} in {there}" if whose != there else there, there)
            for (whose, there, pointer), (line, column) in zip(others, islice(placed, len(others)))
        )
        region = record.locator.locate(tuple(path))
        return Hit(self._plan.rules[code], Problem(tuple(path), message, hint, severity=grade), region, related, mark)


def _clash_row(code: str, clash: Clash) -> _Row:
    fact = clash.fact
    others = [(other.whose, other.file, to_pointer(other.path)) for other in clash.related]
    words = clash.message, clash.hint, int(clash.severity or 0)
    return (fact.file, fact.line, fact.record, code, fact.path, fact.key, *words, others)


def _facts(rows: Iterable[_Row], rule: Rule) -> list[Fact]:
    """Return the facts of some rows; those of further copies of a record are left out unless the rule wants them."""
    first: dict[str, int] = {}
    return [
        Fact(key, tuple(path), tuple(values), record, file, line, sequence)
        for file, line, record, sequence, _, key, path, values in rows
        if rule.copies or not record or first.setdefault(record, sequence) == sequence
    ]


class _Start:
    """Locates everything where the record begins."""

    def __init__(self, line: int) -> None:
        self._line = line

    def locate(self, path: Path, span: Span | None = None) -> Region:
        return Region(self._line, 1, self._line, 1)

    def source_line(self, line: int) -> str | None:
        return None


def _stub(file: str, line: int) -> Record:
    """Stand in for a record that cannot be read again."""
    return Record({}, file, 0, _Start(line))
