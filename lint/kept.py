"""What this package keeps between runs, beside Python's compiled modules and for the same reason: to start sooner.

It lies in the folder ``__pycache__`` of the package, where there is one that can be written, and is read again by the
same version of Python and of this package only. All of it can be worked out anew; nothing is lost with it.
"""

from __future__ import annotations

import marshal
import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from typing import Any


def read(name: str, mark: Any) -> Any:
    """Return what was kept under a name, if it was kept with the same mark; else None."""
    with suppress(OSError, ValueError, EOFError, TypeError, NotImplementedError):
        with open(_file(name), "rb") as handle:
            made_by, then, content = marshal.loads(handle.read())  # noqa: S302 (trusted as compiled modules are)
        if made_by == _maker() and then == mark:
            return content
    return None


def write(name: str, mark: Any, content: Any) -> None:
    """Keep plain values under a name; where that is impossible, do nothing.

    The ``mark`` is what they were made from.
    """
    with suppress(OSError, NotImplementedError):
        file = _file(name)
        draft = f"{file}.{os.getpid()}"
        try:
            with open(draft, "xb") as handle:
                handle.write(marshal.dumps((_maker(), mark, content)))
            os.replace(draft, file)
        except OSError:
            os.remove(draft)


def _file(name: str) -> str:
    """Return the file for a name, as ``__pycache__/rules.cpython-311.kept``."""
    beside = os.path.join(os.path.dirname(__file__), f"{name}.py")
    return cache_from_source(beside).removesuffix(".pyc") + ".kept"


def _maker() -> tuple[str, str]:
    from lint import __version__

    return __version__, sys.version
