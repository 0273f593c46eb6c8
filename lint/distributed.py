"""Inputs to outcomes on the workers of a dask cluster: the same outcomes in the same order as in one process.

A task is a batch of pieces: names and byte ranges of files that the workers see under the same names. A worker
makes the plan once, from settings, and keeps it. When a worker dies, the scheduler has its tasks done by
another one, https://distributed.dask.org/en/stable/resilience.html.
"""

from __future__ import annotations

import logging
import os
import pickle
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from functools import partial
from itertools import islice
from platform import python_version
from typing import TYPE_CHECKING, NamedTuple

from lint import __version__, pace
from lint.config import Settings
from lint.engine import Plan
from lint.errors import LintError, UsageError
from lint.parallel import Batch, Result, work_off
from lint.ruleset import ruleset_hash
from lint.sources.pieces import Piece

if TYPE_CHECKING:
    from distributed import Client, Future

_WINDOW = 3
"""How many batches wait for each worker; more would only take memory."""
_PATIENCE = 20
"""Seconds to wait for a scheduler, and for a first worker."""
_NEEDS = "pip install 'registry-lint[dask]'"


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

    Raises UsageError on a worker with other rules, or one that does not see the folder.
    """
    with _one_at_a_time, _inside(order.folder):
        if order not in _kept:
            _kept.clear()  # speller and limits are those of the plan made last
            _kept[order] = _plan_of(order)
            pace.count(pace.LONG + 1)
        return work_off(batch, _kept[order], order.input_format)


def _plan_of(order: Order) -> Plan:
    making: tuple[Callable[[], Plan], Callable[[Plan], str]] = pickle.loads(order.making)  # noqa: S301 (the driver's)
    make, name = making
    plan = make()
    if name(plan) != order.ruleset:
        here = f"registry-lint {__version__}, Python {python_version()}"
        raise UsageError(
            f"a worker has other rules, libraries or settings than this computer; there: {here}",
            "install the same versions everywhere, and let all see the same files",
        )
    return plan


@contextmanager
def _inside(folder: str) -> Iterator[None]:
    before = os.getcwd()
    try:
        os.chdir(folder)
    except OSError as error:
        hint = "all workers must see the files under the names that they have here"
        raise UsageError(f"a worker cannot enter '{folder}': {error.strerror}", hint) from None
    try:
        yield
    finally:
        os.chdir(before)


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
        try:
            distributed.comm.get_address_host(address)
            self._client: Client = distributed.Client(address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError, distributed.TimeoutError) as error:
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
            most = max(1, self._workers()) * _WINDOW
            for batch in islice(batches, most - len(self._waiting)):
                self._waiting.append((batch, self._submit(batch)))
            if not self._waiting:
                return
            batch, future = self._waiting.popleft()
            yield batch, self._result_of(future)

    def alone(self, parts: Iterable[Piece]) -> Iterator[tuple[Piece, Result | None]]:
        """Yield pieces with their results, each a task of its own; None if it killed worker after worker."""
        for part in parts:
            yield part, self._result_of(self._submit((part,)))

    def stop(self) -> None:
        """Take back the tasks that are not done, and leave the cluster."""
        with suppress(OSError):
            self._client.cancel([future for _, future in self._waiting])
        self._client.close()

    def _submit(self, batch: Batch) -> Future:
        return self._client.submit(work_there, self._order, batch, pure=False)

    def _workers(self) -> int:
        with self._told():
            return len(self._client.nthreads())

    def _result_of(self, future: Future) -> Result | None:
        import distributed

        while True:
            try:
                with self._told():
                    result: Result = future.result(timeout=_PATIENCE)
                return result
            except distributed.KilledWorker:
                return None
            except distributed.TimeoutError:
                if not self._workers():
                    message = f"no worker of the scheduler at '{self._address}' is left; the run was not finished"
                    raise LintError(message, "start some, and run it again") from None

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn faults of the cluster into one clear line; that a task takes long, or killed workers, is none."""
        import distributed

        try:
            yield
        except (LintError, distributed.KilledWorker, distributed.TimeoutError):
            raise
        except (CancelledError, OSError) as error:
            message = f"the scheduler at '{self._address}' is gone; the run was not finished"
            raise LintError(message, "see what it wrote last, and run it again") from error
        except Exception as error:
            raise LintError(
                f"a worker could not do its task: {type(error).__name__}: {error}",
                "every worker needs the same version of registry-lint; --debug shows more",
            ) from error
