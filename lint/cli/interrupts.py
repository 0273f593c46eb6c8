"""Ctrl-C and a request to terminate end a run, but not in the middle of an import.

An exception within the import of a compiled module is not always passed on: numpy calls it a missing
module, and orjson under Python 3.10 ends the process as a crash.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from typing import Any, NoReturn

_LOOK_AGAIN = 0.001
"""Seconds until an import is looked at again."""
_MOST_LOOKS = 2_000
_IMPORTING = "<frozen importlib._bootstrap>"

End = Callable[[], NoReturn]


def on_signals(interrupted: End, terminated: End) -> None:
    """Have Ctrl-C and SIGTERM call one of these functions, which raise, as soon as no import is under way.

    An import that takes longer than two seconds is left all the same. Where Ctrl-C is ignored, as under
    ``nohup``, it stays so.
    """
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, _after_imports(interrupted))
    signal.signal(signal.SIGTERM, _after_imports(terminated))


def forget_signals() -> None:
    """Let no signal that waits for an import end a process that is about to end by itself."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)


def _after_imports(end: End) -> Callable[[int, Any], None]:
    looks = 0

    def look(_number: int, frame: Any) -> None:
        nonlocal looks
        looks += 1
        if looks < _MOST_LOOKS and _is_importing(frame) and hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, look)
            signal.setitimer(signal.ITIMER_REAL, _LOOK_AGAIN)
        else:
            end()

    return look


def _is_importing(frame: Any) -> bool:
    while frame is not None:
        if frame.f_code.co_filename == _IMPORTING:
            return True
        frame = frame.f_back
    return False
