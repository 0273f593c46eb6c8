"""Files on servers, by the drivers of fsspec: https://, s3://, gs:// and whatever else is installed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import IO, Any

from lint.errors import UsageError
from lint.sources.inputs import START, peeked
from lint.sources.limits import Refused
from lint.sources.names import shown_name
from lint.sources.unpacking import archive_of

_BLOCK = 1 << 22
_BLOCKS = 8
"""An archive on a server is read in blocks of so many bytes, of which so many are kept."""
_EXTRA = "pip install 'registry-lint[remote]' brings https://; s3:// needs s3fs as well, gs:// gcsfs"


def check_driver(path: str) -> None:
    """Raise ``UsageError`` if nothing is installed to read an address with."""
    scheme = path.partition("://")[0].lower()
    try:
        from fsspec import get_filesystem_class

        get_filesystem_class(scheme)
    except ImportError:
        raise UsageError(f"reading {scheme}:// needs a driver that is not installed", _EXTRA) from None
    except ValueError:
        raise UsageError(f"there is no storage '{scheme}://'", "write https://, s3:// or gs://, or a path") from None


@contextmanager
def opened_remote(path: str) -> Iterator[tuple[IO[bytes], int | None]]:
    """Open a file on a server as a stream, a zip archive to seek in if the server allows; also give its size then.

    Raises ``Refused`` (SRC001), also while the file is being read.
    """
    from fsspec.core import url_to_fs

    with ExitStack() as stack:
        with _telling():
            storage, name = url_to_fs(path)
            file = stack.enter_context(storage.open(name, "rb", block_size=0))
        start, stream = peeked(io.BufferedReader(_Remote(file, seekable=False)), START)
        blocks = _in_blocks(storage, name) if archive_of(start) == "zip" else None
        if blocks:
            file = stack.enter_context(blocks)
            yield io.BufferedReader(_Remote(file, seekable=True)), file.size
        else:
            yield stream, None


def _in_blocks(storage: Any, name: str) -> Any:
    """Open a file to seek in; None if the server gives files as a whole only."""
    try:
        options = {"cache_type": "blockcache", "cache_options": {"maxblocks": _BLOCKS}}
        file = storage.open(name, "rb", block_size=_BLOCK, **options)
        file.seek(file.size - 1)
        last = file.read(1)
        file.seek(0)
        return file if last else None
    except Exception:  # whatever is wrong, reading as a stream will tell
        return None


class _Remote(io.RawIOBase):
    """Passes on what a driver reads, and words its failures as ``Refused``."""

    def __init__(self, file: Any, *, seekable: bool) -> None:
        self._file = file
        self._seekable = seekable

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._seekable

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        return int(self._file.tell())

    def readinto(self, buffer: Any, /) -> int:
        with _telling():
            chunk = self._file.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)


@contextmanager
def _telling() -> Iterator[None]:
    """Word what the drivers raise; each has classes of its own."""
    try:
        yield
    except (Refused, MemoryError):
        raise
    except Exception as error:
        status = _status(error)
        if status == 404 or (isinstance(error, FileNotFoundError) and not status):
            raise Refused("SRC001", "There is no such file on the server.", "Check the address.") from error
        said = f"it answers with status {status}" if status else shown_name(" ".join(str(error).split()))[:200]
        hint = "Check your rights, try again, or download the file and check that."
        raise Refused(
            "SRC001", f"The server did not give the file, or not all of it: {said or type(error).__name__}.", hint
        ) from error


def _status(error: BaseException | None) -> int:
    """Return the status of HTTP that an error, or what led to it, tells of; 0 if there is none."""
    while error is not None:
        if isinstance(getattr(error, "status", None), int):
            return int(error.status)  # type: ignore[attr-defined]
        error = error.__cause__
    return 0
