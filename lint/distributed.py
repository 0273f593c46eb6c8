"""Inputs to outcomes on the workers of a dask cluster: the same outcomes in the same order as in one process.

A task is a batch of pieces: names and byte ranges of files that the workers see under the same names. A worker
makes the plan once, from settings, and keeps it. When a worker dies, the scheduler has its tasks done by
another one, https://distributed.dask.org/en/stable/resilience.html.
"""

from __future__ import annotations

import asyncio
import logging
import os
import pickle
import platform
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from lint import __version__, pace
from lint.config import Settings
from lint.engine import Plan, lint_item
from lint.errors import LintError, UsageError
from lint.model import Failure, Region, SourceProblem
from lint.parallel import Batch, Result, work_off
from lint.ruleset import ruleset_hash
from lint.sources.pieces import Piece, is_changed, shown

if TYPE_CHECKING:
    from distributed import Client, Future

_WINDOW = 3
"""How many batches wait for each worker; more would only take memory."""
_ANSWER = 10
"""Seconds to wait for a scheduler."""
_PATIENCE = 30
"""Seconds to wait for a first worker, and for one to come back when all died."""
_NEEDS = "pip install 'registry-lint[dask]'"
_SAME_FILES = "all workers must see the files under the names that they have here"


class Order(NamedTuple):
    """What a worker needs besides a batch. ``making`` is pickled: how to make the plan, and how to name its rules.

    ``folder`` is where relative names start, ``ruleset`` what ``lint.ruleset`` calls the rules of the run.
    """

    making: bytes
    folder: str
    input_format: str | None
    ruleset: str


def order_for(plan: Plan, settings: Settings, input_format: str | None, *, local_code: bool) -> Order:
    """Return the order of a run whose plan can be made again."""
    naming = partial(ruleset_hash, settings=settings, local_code=local_code)
    return Order(pickle.dumps((plan.remake, naming)), os.getcwd(), input_format, naming(plan))


_one_at_a_time = threading.Lock()
_kept: dict[Order, Plan] = {}


def work_there(order: Order, batch: Batch) -> Result:
    """Return what is found in a batch. This runs on a worker, in one thread at a time.

    Raises UsageError on a worker with other rules, or one that does not see the folder of relative names.
    """
    relative = any(not os.path.isabs(piece.file) and "://" not in piece.file for piece in batch)
    with _one_at_a_time, _inside(order.folder if relative else os.curdir):
        if order not in _kept:
            _kept.clear()  # speller and limits are those of the plan made last
            _kept[order] = _plan_of(order)
            pace.count(pace.LONG + 1)
        plan = _kept[order]
        results = [_unseen(piece, plan) or work_off((piece,), plan, order.input_format) for piece in batch]
        return Result(sum(one.begun for one in results), [found for one in results for found in one.outcomes])


def _plan_of(order: Order) -> Plan:
    making: tuple[Callable[[], Plan], Callable[[Plan], str]] = pickle.loads(order.making)  # noqa: S301 (the driver's)
    make, name = making
    plan = make()
    if name(plan) != order.ruleset:
        there = f"registry-lint {__version__}, Python {platform.python_version()}"
        raise UsageError(
            f"the worker on '{platform.node()}' ({there}) has other rules, libraries or settings than this computer",
            "install the same versions everywhere, let all see the same files, and start the workers anew",
        )
    return plan


@contextmanager
def _inside(folder: str) -> Iterator[None]:
    before = os.getcwd()
    try:
        os.chdir(folder)
    except OSError as error:
        message = f"the worker on '{platform.node()}' cannot enter '{folder}': {error.strerror}"
        raise UsageError(message, _SAME_FILES) from None
    try:
        yield
    finally:
        os.chdir(before)


def _unseen(piece: Piece, plan: Plan) -> Result | None:
    """Return what is to be said of a file that is not here what it was where the run began, else None."""
    try:
        if not piece.stamp or not is_changed(piece):
            return None
        seen = "another file under this name, or one that was changed since the run began"
    except OSError as error:
        seen = f"no file that it can read under this name ({error.strerror})"
    problem = SourceProblem(
        "SRC001",
        f"The worker on '{platform.node()}' sees {seen}, so it was left out.",
        "Let all workers see the same files under the same names, and check again when nothing writes to them.",
        Region(piece.line, 1, piece.line, 1),
        unreadable=True,
    )
    return Result(int(piece.start == 0), [lint_item(Failure(shown(piece), problem), plan)])


class Cluster:
    """The workers of a dask scheduler as a ``lint.parallel.Pool``.

    Raises UsageError where no scheduler or worker can be reached, or dask is not installed.
    """

    def __init__(self, address: str, order: Order, *, debug: bool = False) -> None:
        try:
            import distributed
        except ImportError:
            raise UsageError("the executor dask needs one more package", _NEEDS) from None
        if not debug:
            logging.disable()  # it logs with tracebacks what is told in one line here
        self._address = address
        self._order = order
        self._waiting: deque[tuple[Batch, Future]] = deque()
        self._taken: deque[tuple[Batch, Result | None]] = deque()
        try:
            asyncio.run(_answer_of(address))
            self._client: Client = distributed.Client(address, timeout=_ANSWER, set_as_default=False)
        except Exception as error:
            hint = "start one with 'dask scheduler', and name the address that it prints"
            raise UsageError(f"there is no dask scheduler at '{address}'", hint) from error
        try:
            self._client.wait_for_workers(1, timeout=_PATIENCE)
        except distributed.TimeoutError:
            self._client.close()
            hint = f"start some with 'dask worker {address} --nthreads 1'"
            raise UsageError(f"the scheduler at '{address}' has no worker", hint) from None

    def results(self, batches: Iterator[Batch]) -> Iterator[tuple[Batch, Result | None]]:
        """Yield each batch with its result, in order; None if it killed worker after worker."""
        while True:
            self._hand_out(batches)
            if self._taken:
                yield self._taken.popleft()
            elif self._waiting:
                yield self._take()
            else:
                return

    def alone(self, parts: Iterable[Piece]) -> Iterator[tuple[Piece, Result | None]]:
        """Yield pieces with their results, each a task of its own; None if it killed worker after worker.

        The scheduler blames a death on everything that the worker was to do, so nothing else is under way then.
        """
        while self._waiting:
            self._taken.append(self._take())
        for part in parts:
            yield part, self._result_of(self._submit((part,)))

    def stop(self) -> None:
        """Take back the tasks that are not done, and leave the cluster."""
        with suppress(Exception):
            self._client.cancel([future for _, future in self._waiting])
        self._client.close()

    def _hand_out(self, batches: Iterator[Batch]) -> None:
        with self._reached():
            most = max(1, len(self._client.nthreads())) * _WINDOW
        for batch in islice(batches, max(0, most - len(self._waiting) - len(self._taken))):
            self._waiting.append((batch, self._submit(batch)))

    def _submit(self, batch: Batch) -> Future:
        with self._reached():
            return self._client.submit(work_there, self._order, batch, pure=False)

    def _take(self) -> tuple[Batch, Result | None]:
        batch, future = self._waiting.popleft()
        return batch, self._result_of(future)

    def _result_of(self, future: Future) -> Result | None:
        """Wait for a task. Only what it says itself is its own fault; whatever else is raised is the scheduler's."""
        import distributed

        while True:
            with self._reached():
                try:
                    result: Result = future.result(timeout=_PATIENCE)
                    return result
                except Exception as error:
                    if future.status == "error":
                        _tell(error)
                        return None
                    if not isinstance(error, distributed.TimeoutError):
                        raise
                self._wait_for_worker()

    def _wait_for_worker(self) -> None:
        import distributed

        try:
            self._client.wait_for_workers(1, timeout=_PATIENCE)
        except distributed.TimeoutError:
            message = f"no worker of the scheduler at '{self._address}' is left; the run was not finished"
            raise LintError(message, "start some, and run it again") from None

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """Turn faults of the connection into one clear line."""
        try:
            yield
        except LintError:
            raise
        except Exception as error:
            message = f"the scheduler at '{self._address}' is gone; the run was not finished"
            raise LintError(message, "see what it wrote last, and run it again") from error


async def _answer_of(address: str) -> None:
    """Wait for a scheduler to say what it is. Unlike a client, this ends where something else listens."""
    from distributed import Security, connect

    arguments = Security().get_connection_args("client")
    (await asyncio.wait_for(connect(address, timeout=_ANSWER, **arguments), _ANSWER)).abort()


def _tell(error: Exception) -> None:
    """Raise LintError for a task that failed, but not for one that killed its workers."""
    from distributed import KilledWorker

    if isinstance(error, LintError):
        raise error
    if not isinstance(error, KilledWorker):
        said = " ".join(str(error).split())
        message = f"a worker could not do its task: {type(error).__name__}: {said}"
        hint = "scheduler and workers need the same version of registry-lint as this computer; --debug shows more"
        raise LintError(message, hint) from error
