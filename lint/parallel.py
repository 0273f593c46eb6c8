"""Many inputs to outcomes in several processes: the same outcomes in the same order as in one.

A process that is killed costs nothing: what it worked on is given to another one. A record that
kills its process twice is found, reported and left out.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeAlias

from lint import pace
from lint.engine import Plan, lint_item
from lint.model import Failure, Outcome, SourceProblem
from lint.runner import Filter, Summary
from lint.sources import discover
from lint.sources.pieces import SIZE, Piece, pieces, read_piece, single

Batch: TypeAlias = tuple[Piece, ...]
Result: TypeAlias = tuple[int, list[Outcome]]
"""How many inputs begin in a batch, and its outcomes."""

_DEATHS = 2
_WINDOW = 3
"""How many batches wait for each process; more would only take memory."""
_KILLED = SourceProblem(
    "SRC023",
    "Checking this input stopped the program twice, so it was left out.",
    "Check it alone with 'lint run --jobs 1'; if the memory of the computer is short, use fewer jobs.",
    unreadable=True,
)
_plan: Plan | None = None
_input_format: str | None = None


def run_parallel(
    paths: Sequence[str],
    make_plan: Callable[[], Plan],
    summary: Summary,
    jobs: int,
    *,
    input_format: str | None = None,
    beside: Sequence[str] = (),
    filters: Sequence[Filter] = (),
) -> Iterator[Outcome]:
    """Yield the outcomes of ``runner.run``, worked out by some processes.

    ``make_plan`` must be picklable. ``filters`` must need the outcome alone.
    """
    plan = make_plan()
    files = discover(paths, input_format=input_format, beside=beside)
    pool = _Pool(jobs, make_plan, input_format)
    try:
        for batch, result in pool.results(_batches(files, input_format)):
            begun, outcomes = result or _one_by_one(batch, pool, plan)
            summary.inputs += begun
            for outcome in outcomes:
                for change in filters:
                    outcome = change(outcome, _NOTHING)
                summary.add(outcome)
                yield outcome
    finally:
        pool.stop()


_NOTHING = Failure("", SourceProblem("", ""))


def _batches(files: Iterable[str], input_format: str | None) -> Iterator[Batch]:
    """Yield pieces of large files one by one, and small files together."""
    import os

    waiting: list[Piece] = []
    size = 0
    for file in files:
        for piece in pieces(file, input_format):
            waiting.append(piece)
            if piece.end is not None:
                size += piece.end - piece.start
            elif file != "-" and os.path.exists(file):
                size += os.path.getsize(file)
            if size >= SIZE:
                yield tuple(waiting)
                waiting, size = [], 0
    if waiting:
        yield tuple(waiting)


def _begin(make_plan: Callable[[], Plan], input_format: str | None) -> None:
    """Prepare a process; from then on it is read only."""
    global _plan, _input_format
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pace.count(pace.LONG + 1)
    _plan, _input_format = make_plan(), input_format


def _work(batch: Batch) -> Result:
    if _plan is None:
        raise RuntimeError("this process was not prepared")
    outcomes = [lint_item(item, _plan) for piece in batch for item in read_piece(piece, _input_format)]
    return sum(piece.start == 0 for piece in batch), outcomes


def _one_by_one(batch: Batch, pool: _Pool, plan: Plan) -> Result:
    """Work a batch off that killed its process twice, a record at a time."""
    outcomes: list[Outcome] = []
    for piece in batch:
        for part in single(piece):
            result = pool.alone((part,))
            if result is not None:
                outcomes += result[1]
            else:
                region = _KILLED.region._replace(line=part.line, end_line=part.line)
                outcomes.append(lint_item(Failure(part.file, _KILLED._replace(region=region)), plan))
    return sum(piece.start == 0 for piece in batch), outcomes


class _Pool:
    """Processes that can be killed: then there are new ones, and their work is done again."""

    def __init__(self, jobs: int, make_plan: Callable[[], Plan], input_format: str | None) -> None:
        self._jobs = jobs
        self._arguments = (make_plan, input_format)
        self._executor = self._start(jobs)

    def results(self, batches: Iterator[Batch]) -> Iterator[tuple[Batch, Result | None]]:
        """Yield each batch with its result, in order; None if it killed its process twice."""
        waiting: deque[tuple[Batch, Future[Result]]] = deque()
        deaths: dict[Batch, int] = {}
        while True:
            while len(waiting) < self._jobs * _WINDOW and (batch := next(batches, None)):
                waiting.append((batch, self._submit(batch)))
            if not waiting:
                return
            batch, future = waiting[0]
            try:
                result = future.result()
            except BrokenProcessPool:
                deaths[batch] = deaths.get(batch, 0) + 1
                self._executor.shutdown(wait=False, cancel_futures=True)
                self._executor = self._start(self._jobs)
                if deaths[batch] == _DEATHS:
                    waiting.popleft()
                waiting = deque((other, self._again(other, old)) for other, old in waiting)
                if deaths[batch] < _DEATHS:
                    continue
                yield batch, None
                continue
            waiting.popleft()
            yield batch, result

    def alone(self, batch: Batch) -> Result | None:
        """Work a batch off in a process of its own; None if it dies."""
        with self._start(1) as executor:
            try:
                return executor.submit(_work, batch).result()
            except BrokenProcessPool:
                return None

    def stop(self) -> None:
        """End all processes at once, whatever they are doing."""
        for process in list((getattr(self._executor, "_processes", None) or {}).values()):
            process.terminate()
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _again(self, batch: Batch, future: Future[Result]) -> Future[Result]:
        """Return the future of a batch after its processes died: the old one if it was done."""
        done = future.done() and not future.cancelled() and future.exception() is None
        return future if done else self._submit(batch)

    def _submit(self, batch: Batch) -> Future[Result]:
        try:
            return self._executor.submit(_work, batch)
        except BrokenProcessPool:
            self._executor = self._start(self._jobs)
            return self._executor.submit(_work, batch)

    def _start(self, jobs: int) -> ProcessPoolExecutor:
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
        return ProcessPoolExecutor(jobs, context, _begin, self._arguments)
