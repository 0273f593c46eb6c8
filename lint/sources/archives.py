"""Archives (zip, tar) to their members, one at a time; nothing is ever written to the disk."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from lint.expressions import compiled
from lint.sources.inputs import Stream, stream_of
from lint.sources.limits import Account, Refused
from lint.sources.names import ending_of_member
from lint.sources.unpacking import Guarded, wording
from lint.sources.zipdirectory import (
    Directory,
    Portion,
    Source,
    View,
    check_directory,
    entry_name,
    find_directory,
    from_file,
    held,
    portions,
    singles,
)

if TYPE_CHECKING:
    from tarfile import TarFile, TarInfo
    from zipfile import ZipFile, ZipInfo

_BLOCK = 1 << 16
_SMALL = 1 << 20
"""Members up to so many bytes are read at once."""
_HELD = 1 << 25
"""Archives inside of archives up to so many bytes are held in memory; larger ones are unpacked up to three times."""
_UP = compiled(r"(?:(?<=\A)|(?<=[/\\]))\.\.(?=[/\\]|\Z)")


class Member(NamedTuple):
    """A file in an archive; ``open`` gives its bytes and may raise ``Refused``, as may reading them.

    ``ending`` is that of its name as ``names.ending_of`` gives it.
    """

    name: str
    ending: str
    open: Callable[[], Stream]


def members(kind: str, stream: Stream, input_format: str | None) -> Iterator[Member]:
    """Yield the members of an archive that can hold records, in its order.

    Raises ``Refused`` (SRC015, SRC016, SRC019, SRC020).
    """
    stream.account.check_depth(stream.depth + 1)
    if kind == "tar":
        yield from _tar_members(stream, input_format)
        return
    archive = _zip(stream)
    archive.check(stream, input_format)
    for portion in portions(archive.source, archive.found.start, archive.found.end):
        yield from _portion_members(archive, portion, stream, input_format)


def portion_lengths(stream: Stream, input_format: str | None) -> Iterator[int]:
    """Yield how many bytes of the list of members of a zip archive its portions take.

    ``members_between`` reads them one by one. Raises ``Refused`` at once if all of the archive is to be refused.
    """
    stream.account.check_depth(stream.depth + 1)
    archive = _zip(stream)
    archive.check(stream, input_format)
    place = archive.found.start
    try:
        for portion in portions(archive.source, place, archive.found.end):
            yield len(portion.entries)
            place += len(portion.entries)
    except Refused:
        yield archive.found.end - place


def members_between(stream: Stream, start: int, end: int, input_format: str | None) -> Iterator[Member]:
    """Yield the members of a zip archive that are listed between two bytes of its list. Raises ``Refused``."""
    archive = _zip(stream)
    for portion in portions(archive.source, archive.found.start + start, archive.found.start + end):
        yield from _portion_members(archive, portion, stream, input_format)


def entries_between(stream: Stream, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the start, the end and the name of the entries between two bytes of the list. Raises ``Refused``."""
    archive = _zip(stream)
    for portion in portions(archive.source, archive.found.start + start, archive.found.start + end):
        for single in singles(portion):
            following = start + len(single.entries)
            yield start, following, _safe(entry_name(single))
            start = following


class _Zip(NamedTuple):
    """A zip archive as a file to seek in, where its list of members stands, and what gives the bytes of that."""

    file: IO[bytes]
    found: Directory
    source: Source

    def check(self, stream: Stream, input_format: str | None) -> None:
        """Refuse an archive that would unpack to too much (SRC016), or holds no file of interest (SRC015)."""
        wanted = partial(ending_of_member, input_format=input_format)
        if not check_directory(self.source, self.found, stream.account, wanted):
            raise _nothing_wanted()


def _zip(stream: Stream) -> _Zip:
    file, size = stream.file, stream.size
    if size is None or not file.seekable() or (stream.depth and size <= _HELD):
        raw = stream.rest()
        file, size = io.BytesIO(raw), len(raw)
    found = find_directory(file, size)
    source = from_file(file)
    if stream.depth:
        source = held(source(found.start, found.end - found.start), found.start)
    return _Zip(file, found, source)


def _portion_members(archive: _Zip, portion: Portion, stream: Stream, input_format: str | None) -> Iterator[Member]:
    from zipfile import ZipFile

    try:
        view = ZipFile(View(archive.file, archive.found, portion))
    except Exception as error:
        if portion.members > 1:
            for single in singles(portion):
                yield from _portion_members(archive, single, stream, input_format)
            return
        name = entry_name(portion)
        ending = ending_of_member(name, input_format)
        if ending:
            yield Member(_safe(name), ending, partial(_refuse_entry, error))
        return
    for info in view.infolist():
        ending = "" if info.is_dir() else ending_of_member(info.filename, input_format)
        if ending:
            yield Member(_safe(info.filename), ending, partial(_open_zipped, view, info, stream))


def _refuse_entry(error: Exception) -> Stream:
    message = "The entry of this member in the list of the zip archive is damaged."
    raise Refused("SRC019", message, "Download or copy the archive again.") from error


def _open_zipped(archive: ZipFile, info: ZipInfo, stream: Stream) -> Stream:
    if info.flag_bits & 1:
        raise Refused("SRC020", "This member of the archive is encrypted.", "Unpack it with its password.")
    account = stream.account
    if not stream.depth:
        account = Account(account.limits, info.compress_size)
        account.unpack(info.file_size)
    what = "This member of the archive"
    try:
        with wording(what):
            file = archive.open(info)
    except Refused as refused:
        if not isinstance(refused.__cause__, NotImplementedError):
            raise
        message = "This member of the archive is packed in a way that is not known here."
        hint = "Pack it again by a usual method (deflate), or unpack it and name the files inside."
        raise Refused("SRC020", message, hint) from refused
    if info.file_size <= _SMALL:
        with wording(what), file:
            raw = file.read()
        return stream_of(io.BytesIO(raw), len(raw), account, stream.depth + 1)
    return stream_of(io.BufferedReader(Guarded(file, what, seekable=True)), info.file_size, account, stream.depth + 1)


def _tar_members(stream: Stream, input_format: str | None) -> Iterator[Member]:
    """Yield the wanted members of a tar archive, each to be read before the next one is asked for."""
    import tarfile

    class Header(tarfile.TarInfo):
        """A header that ``tarfile`` would take for the end of the archive if it is damaged or missing."""

        @classmethod
        def fromtarfile(cls, archive: tarfile.TarFile) -> Header:
            try:
                return super().fromtarfile(archive)
            except tarfile.EOFHeaderError:  # type: ignore[attr-defined]
                raise
            except tarfile.HeaderError as error:
                message = "The tar archive is cut off or damaged; the members after that are lost."
                raise Refused("SRC019", message, "Download or pack the archive again.") from error

    any_wanted = False
    with wording("The tar archive"):
        archive = tarfile.open(fileobj=stream.file, mode="r|", tarinfo=Header, bufsize=_BLOCK)  # noqa: SIM115
    while True:
        with wording("The tar archive"):
            info = archive.next()
        if info is None:
            break
        archive.members.clear()  # type: ignore[attr-defined]
        stream.account.add_members(1)
        ending = "" if info.isdir() else ending_of_member(info.name, input_format)
        if ending:
            any_wanted = True
            yield Member(_safe(info.name), ending, partial(_open_tarred, archive, info, stream))
    if not any_wanted:
        raise _nothing_wanted()


def _open_tarred(archive: TarFile, info: TarInfo, stream: Stream) -> Stream:
    if not info.isreg() or info.issparse():
        message = "This member of the archive is a link or a sparse file, which is not read."
        raise Refused("SRC020", message, "Pack the file itself; what is in the archive under its own name was read.")
    what = "This member of the archive"
    file: Any = archive.extractfile(info)
    if info.size <= _SMALL:
        with wording(what):
            raw = file.read()
        return stream_of(io.BytesIO(raw), len(raw), stream.account, stream.depth + 1)
    once = io.BufferedReader(Guarded(file, what))
    return stream_of(once, info.size, stream.account, stream.depth + 1)


def _safe(name: str) -> str:
    """Return a member's name without what would lead out of the archive if it were taken for a path."""
    return _UP.sub(r"\\x2e\\x2e", name.removeprefix("./"))


def _nothing_wanted() -> Refused:
    message = "No file in this archive has a name like those of records, such as .json, .jsonl, .yaml or .txt."
    return Refused("SRC015", message, "Check that it is the right archive.")
