"""Regular expressions that are compiled once and kept for later runs, as Python keeps compiled modules.

The 160 expressions that one record needs take 25 ms to compile, a fifth of a short run, and 1 ms to make from
what the compiler had worked out.
"""

from __future__ import annotations

import marshal
import re
import sys
from collections.abc import Callable
from functools import lru_cache
from typing import Any, AnyStr

from lint import kept

_COMPILER: Any = getattr(re, "_compiler", None) or vars(re).get("sre_compile")
"""Python's own compiler of expressions, which has had two names."""
_PARSER: Any = getattr(_COMPILER, "_parser", None) or getattr(_COMPILER, "sre_parse", None)

_NAME = "expressions"
_WORTH = 8
"""So many new expressions are worth writing the file; compiling them takes about as long."""
_MOST = 4000
"""More than this package has: what came from other rules makes room then."""

_made: dict[tuple[str | bytes, int], bytes] = {}


def compiled(expression: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what ``re.compile`` returns, sooner if an earlier run had compiled the expression.

    For the constant expressions of code and rules, never for those made from a record: they are kept.
    """
    key = (expression, int(flags))
    known = _known().get(key)
    try:
        if known is None:
            known = _made[key] = _work_out(*key)
        made: re.Pattern[AnyStr] = _COMPILER._sre.compile(expression, *marshal.loads(known))  # noqa: S302
    except (AttributeError, TypeError, ValueError, RuntimeError, EOFError):
        return re.compile(expression, flags)
    return made


def pattern(expression: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """Return a function that compiles a regular expression at its first use.

    Compiling every expression of every rule at start-up would cost more than linting a record.
    """

    @lru_cache(maxsize=1)
    def first_use() -> re.Pattern[str]:
        return compiled(expression, flags)

    return first_use


def keep() -> None:
    """Keep what this process has compiled for later runs."""
    if len(_made) < _WORTH:
        return
    known = _known()
    content = _made if len(known) + len(_made) > _MOST else {**known, **_made}
    kept.write(_NAME, _engine(), content)


def _work_out(expression: str | bytes, flags: int) -> bytes:
    """Return, packed, what the compiler hands to the engine of ``re``, as ``re.compile`` does it."""
    parsed = _PARSER.parse(expression, flags)
    groups = parsed.state.groupdict
    names: list[str | None] = [None] * parsed.state.groups
    for name, number in groups.items():
        names[number] = name
    code = [int(word) for word in _COMPILER._code(parsed, flags)]
    return marshal.dumps((int(flags | parsed.state.flags), code, parsed.state.groups - 1, dict(groups), tuple(names)))


@lru_cache(maxsize=1)
def _known() -> dict[tuple[str | bytes, int], bytes]:
    return kept.read(_NAME, _engine()) or {}


def _engine() -> tuple[str, int, int]:
    """Return what tells engines of ``re`` apart that understand different code."""
    return sys.byteorder, _COMPILER._sre.MAGIC, _COMPILER._sre.CODESIZE
