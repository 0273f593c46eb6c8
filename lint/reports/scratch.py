"""Where a report keeps what it can only write when the run is over."""

from __future__ import annotations

from contextlib import suppress
from tempfile import TemporaryFile
from typing import Any, TextIO, cast


def scratch_file() -> TextIO:
    """Open a file without a name for text of any kind, which is gone when it is closed."""
    return cast(TextIO, TemporaryFile("w+", encoding="utf-8", errors="surrogatepass", newline="", prefix="lint-"))


def let_go(file: Any) -> None:
    """Close a scratch file; what it did not find room for is not wanted any more."""
    with suppress(OSError):
        file.close()
