"""Many inputs to outcomes in several processes: the same outcomes in the same order as in one.

A process that is killed costs nothing: what it worked on is given to another one. A record that
kills its process twice is found, reported and left out.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext, suppress
from functools import partial
from itertools import chain, groupby, islice
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

from lint import pace
from lint.engine import Plan, lint_item
from lint.errors import LintError
from lint.ledger import Ledger
from lint.model import Failure, Outcome, SourceProblem
from lint.runner import Filter, Summary, concluded
from lint.sources.pieces import SIZE, Piece, pieces, shown, single, weight
from lint.work import lint_piece, open_cache

if TYPE_CHECKING:
    from lint.cache import Cache, Keeping

Batch: TypeAlias = tuple[Piece, ...]


class Result(NamedTuple):
    """How many inputs begin in a batch, its outcomes, and why the cache was given up, if it was."""

    begun: int
    outcomes: list[Outcome]
    fault: str = ""


Worked: TypeAlias = tuple[Batch, "Result | None"]
"""A batch and its result; None if it killed its process again and again."""


class Pool(Protocol):
    """Processes that work batches off, wherever they run."""

    def results(self, batches: Iterator[Batch]) -> Iterator[Worked]:
        """Yield each batch with its result, in order."""

    def alone(self, parts: Iterable[Piece]) -> Iterator[tuple[Piece, Result | None]]:
        """Yield pieces with their results, each worked off by itself; None if that kills its process."""

    def stop(self) -> None:
        """Leave everything that is not done."""


LONG = 1 << 26
"""Bytes of an input that cannot be cut from which on its outcomes are too many to be held, packed as it is."""
_SOME = 100
_DEATHS = 2
_WINDOW = 3
"""How many batches wait for each process; more would only take memory."""
_KILLED = SourceProblem(
    "SRC023",
    "Checking this input stopped the program twice, so it was left out.",
    "Check it alone with 'lint run --jobs 1'; if the memory of the computer is short, use fewer jobs.",
    unreadable=True,
)


def run_parallel(
    files: Iterable[str],
    plan: Plan,
    summary: Summary,
    jobs: int,
    *,
    input_format: str | None = None,
    filters: Sequence[Filter] = (),
    keeping: Keeping | None = None,
) -> Generator[Outcome, None, None]:
    """Yield the outcomes of ``runner.run``, worked out by some processes. The plan must be picklable.

    ``keeping`` names the cache, if there is one. Long inputs that cannot be cut, such as a .gz, are linted in this
    process as they come, because another one would have to hold all that is found in them.
    """
    pool = _Pool(jobs, plan, input_format, keeping)
    here = partial(_linted_here, plan=plan, input_format=input_format, keeping=keeping)
    yield from run_by(pool, files, plan, summary, here=here, input_format=input_format, filters=filters)


def run_by(
    pool: Pool,
    files: Iterable[str],
    plan: Plan,
    summary: Summary,
    *,
    here: Callable[[Iterator[Batch]], Iterator[Worked]] | None = None,
    input_format: str | None = None,
    filters: Sequence[Filter] = (),
) -> Generator[Outcome, None, None]:
    """Yield the outcomes of ``runner.run``, worked out by a pool, which is stopped in the end.

    Batches of one long piece go to ``here``, if that is given.
    """
    ledger = Ledger(plan, input_format=input_format)
    stretches = groupby(_batches(files, input_format), key=lambda batch: here is not None and _is_long(batch[0]))
    worked = (here(batches) if long and here else pool.results(batches) for long, batches in stretches)
    try:
        for batch, result in chain.from_iterable(worked):
            begun, outcomes, fault = _complete(batch, result) if result else _one_by_one(batch, pool, plan)
            summary.inputs += begun
            summary.cache_fault = summary.cache_fault or fault
            summary.bytes_read += sum(map(weight, batch))
            for outcome in outcomes:
                ledger.add(outcome)
                for change in filters:
                    outcome = change(outcome)
                summary.add(outcome)
                yield outcome
    finally:
        pool.stop()
    yield from concluded(ledger, summary, filters)


def _batches(files: Iterable[str], input_format: str | None) -> Iterator[Batch]:
    """Yield pieces of large files one by one, and small files together; long ones are alone."""
    waiting: list[Piece] = []
    size = 0
    for file in files:
        for piece in pieces(file, input_format):
            if waiting and _is_long(piece):
                yield tuple(waiting)
                waiting, size = [], 0
            waiting.append(piece)
            size += weight(piece)
            if size >= SIZE:
                yield tuple(waiting)
                waiting, size = [], 0
    if waiting:
        yield tuple(waiting)


def _is_long(piece: Piece) -> bool:
    return piece.end is None and weight(piece) >= LONG


def _linted_here(
    batches: Iterator[Batch], plan: Plan, input_format: str | None, keeping: Keeping | None
) -> Iterator[Worked]:
    """Yield the outcomes of batches some at a time, then each batch without any."""
    cache = open_cache(keeping, plan)
    with closing(cache) if cache is not None else nullcontext():
        for batch in batches:
            outcomes = chain.from_iterable(lint_piece(piece, plan, input_format, cache) for piece in batch)
            while some := list(islice(outcomes, _SOME)):
                yield (), Result(0, some)
            if cache is not None:
                cache.write()
            yield batch, Result(1, [], cache.fault if cache is not None else "")


def _serve(line: Connection, plan: Plan, input_format: str | None, keeping: Keeping | None) -> None:
    """Work batches off until there are no more, or nobody is left to take the results."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    pace.count(pace.LONG + 1)
    cache = open_cache(keeping, plan)
    with suppress(EOFError, OSError):
        while True:
            line.send(work_off(line.recv(), plan, input_format, cache))


def _end_with_parent() -> None:
    """End this process, whatever it is doing, when the one that started it has ended."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def work_off(batch: Batch, plan: Plan, input_format: str | None, cache: Cache | None = None) -> Result:
    """Return what is found in a batch."""
    outcomes = [outcome for piece in batch for outcome in lint_piece(piece, plan, input_format, cache)]
    if cache is not None:
        cache.write()
    return Result(sum(piece.start == 0 for piece in batch), outcomes, cache.fault if cache else "")


def _complete(batch: Batch, result: Result) -> Result:
    """Return a result in which there is something on every record that was handed out. Raises ``LintError``."""
    planned = sum(piece.least for piece in batch)
    if len(result.outcomes) < planned and not any(outcome.unreadable for outcome in result.outcomes):
        names = f"'{batch[0].file}', line {batch[0].line}"
        raise LintError(f"of {planned:,} records from {names}, only {len(result.outcomes):,} came back", "run it again")
    return result


def _one_by_one(batch: Batch, pool: Pool, plan: Plan) -> Result:
    """Work a batch off that killed its process twice, a record at a time."""
    outcomes: list[Outcome] = []
    for part, result in pool.alone(part for piece in batch for part in single(piece)):
        if result is not None:
            outcomes += result.outcomes
        else:
            region = _KILLED.region._replace(line=part.line, end_line=part.line)
            outcomes.append(lint_item(Failure(shown(part), _KILLED._replace(region=region)), plan))
    return Result(sum(piece.start == 0 for piece in batch), outcomes)


def _start_method() -> str:
    """Return ``fork`` where that is safe: it takes 2 ms, and making the plan again takes 300.

    A process that forks while another thread of it holds a lock leaves the lock held for ever in its child.
    Libraries start threads unseen (remote storage, tables), so only what the kernel counts is believed.
    """
    try:
        threads = len(os.listdir("/proc/self/task"))
    except OSError:
        return "spawn"
    return "fork" if threads == 1 else "spawn"


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Begin processes that no Ctrl-C reaches, also before they run their first line: the parent ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Worker:
    """A process with a line of its own, so that its death is noticed whatever it was doing."""

    def __init__(self, plan: Plan, input_format: str | None, keeping: Keeping | None) -> None:
        context: Any = multiprocessing.get_context(_start_method())
        self.line, inner = context.Pipe()
        self.process = context.Process(target=_serve, args=(inner, plan, input_format, keeping), daemon=True)
        with _without_interrupts():
            self.process.start()
        inner.close()
        self.number = -1
        self.batch: Batch = ()

    def give(self, number: int, batch: Batch) -> None:
        """Hand a batch out; a process that is gone already is noticed when its answer is taken."""
        self.number, self.batch = number, batch
        with suppress(OSError):
            self.line.send(batch)

    def take(self) -> Result | None:
        """Return the answer, or None if the process died."""
        try:
            result: Result = self.line.recv()
        except (EOFError, OSError):
            return None
        return result

    def stop(self) -> None:
        self.process.terminate()
        self.line.close()
        self.process.join()


class _Pool:
    """Processes that may be killed: then there are new ones, and their work is done again."""

    def __init__(self, jobs: int, plan: Plan, input_format: str | None, keeping: Keeping | None) -> None:
        self._arguments = (plan, input_format, keeping)
        self._idle = [_Worker(*self._arguments) for _ in range(jobs)]
        self._busy: list[_Worker] = []

    def results(self, batches: Iterator[Batch]) -> Iterator[tuple[Batch, Result | None]]:
        """Yield each batch with its result, in order; None if it killed its process twice."""
        numbered = enumerate(batches)
        done: dict[int, tuple[Batch, Result | None]] = {}
        deaths: dict[int, int] = {}
        ahead = len(self._idle) * _WINDOW
        wanted, following = 0, next(numbered, None)
        while following is not None or self._busy or done:
            while following is not None and self._idle and following[0] < wanted + ahead:
                self._hand_out(*following)
                following = next(numbered, None)
            for worker in self._answering() if wanted not in done else ():
                result = worker.take()
                if result is None:
                    deaths[worker.number] = deaths.get(worker.number, 0) + 1
                    worker = self._replace(worker)
                    if deaths[worker.number] < _DEATHS:
                        worker.give(worker.number, worker.batch)
                        continue
                done[worker.number] = worker.batch, result
                self._busy.remove(worker)
                self._idle.append(worker)
            if wanted in done:
                yield done.pop(wanted)
                wanted += 1

    def alone(self, parts: Iterable[Piece]) -> Iterator[tuple[Piece, Result | None]]:
        """Yield pieces with their results, worked off one by one in a process of their own; None if it dies."""
        worker = _Worker(*self._arguments)
        for number, part in enumerate(parts):
            worker.give(number, (part,))
            result = worker.take()
            if result is None:
                worker.stop()
                worker = _Worker(*self._arguments)
            yield part, result
        worker.stop()

    def stop(self) -> None:
        """End all processes at once, whatever they are doing."""
        for worker in (*self._idle, *self._busy):
            worker.stop()

    def _hand_out(self, number: int, batch: Batch) -> None:
        worker = self._idle.pop()
        worker.give(number, batch)
        self._busy.append(worker)

    def _answering(self) -> list[_Worker]:
        """Return the workers that have an answer or died; wait for the first."""
        ready = wait([worker.line for worker in self._busy])
        return [worker for worker in self._busy if worker.line in ready]

    def _replace(self, worker: _Worker) -> _Worker:
        """Put a new process in the place of one that died, with the same work."""
        worker.stop()
        new = _Worker(*self._arguments)
        new.number, new.batch = worker.number, worker.batch
        self._busy[self._busy.index(worker)] = new
        return new
