from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lint.model import Failure, Record
from lint.sources import read

Reader = Callable[..., list[Record | Failure]]


@pytest.fixture(scope="session")
def read_bytes(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """Read bytes as the content of a file."""
    folder: Path = tmp_path_factory.mktemp("inputs")

    def read_content(content: bytes | str, **options: Any) -> list[Record | Failure]:
        path = folder / "input"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(read(str(path), **options))

    return read_content
