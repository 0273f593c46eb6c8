"""Finding the files to read in folders."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from lint.sources.inputs import opened
from lint.sources.limits import Refused, limits_in_force
from lint.sources.names import DOUBTFUL, PEEK, ending_of, is_ours

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class _Ignored(NamedTuple):
    """The ``.gitignore`` of a folder."""

    folder: str
    spec: GitIgnoreSpec


def discover(paths: Sequence[str], *, input_format: str | None = None, beside: Sequence[str] = ()) -> Iterator[str]:
    """Yield the inputs that paths stand for, each once; files and ``-`` stand for themselves.

    A folder stands for the files below it, sorted, whose names end like those of records (.json .jsonl
    .ndjson .yaml .yml, each also packed, as in .json.gz) or of archives (.zip .tar .tgz); with ``input_format``,
    like those of that form and archives. A .txt file counts only if it is a study page and an .xml file if
    it holds studies, because most are not meant for this program. Hidden files and folders, what a .gitignore
    names, this program's own configuration, what lies ``beside`` the records (folders of rules) and linked
    folders are passed over. Nothing else is: a .json file without a record is worth a word.
    """
    seen = {os.path.abspath(path) for path in beside}
    for path in paths:
        for file in _files(path, input_format) if path != "-" and os.path.isdir(path) else (path,):
            key = file if file == "-" else os.path.abspath(file)
            if key not in seen and os.path.dirname(key) not in seen:
                seen.add(key)
                yield file


def _files(folder: str, input_format: str | None) -> Iterator[str]:
    for path in _walk(folder, _ignored_above(folder)):
        ending = ending_of(os.path.basename(path), input_format)
        if os.path.isdir(path):
            if not os.path.islink(path):
                yield path
        elif ending and (input_format or _is_record(ending, path)):
            yield path


def _walk(folder: str, ignored: tuple[_Ignored, ...]) -> Iterator[str]:
    """Yield the files below a folder; a folder that cannot be listed stands for itself."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield folder
        return
    ignored += _ignored_in(folder)
    for entry in entries:
        is_folder = os.path.isdir(entry.path)
        if entry.name.startswith(".") or _is_ignored(entry.path, is_folder, ignored):
            continue
        if is_folder and not entry.is_symlink():
            yield from _walk(entry.path, ignored)
        elif entry.is_symlink() or entry.is_file():
            yield entry.path


def _ignored_above(folder: str) -> tuple[_Ignored, ...]:
    """Return the .gitignore files above a folder, from the root of its git checkout down."""
    above: tuple[_Ignored, ...] = ()
    here = os.path.abspath(folder)
    while not os.path.exists(os.path.join(here, ".git")):
        parent = os.path.dirname(here)
        if parent == here:
            return ()
        above = _ignored_in(parent) + above
        here = parent
    return above


def _ignored_in(folder: str) -> tuple[_Ignored, ...]:
    path = os.path.join(folder, ".gitignore")
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            lines = file.read().splitlines()
    except OSError:
        return ()
    from pathspec import GitIgnoreSpec

    return (_Ignored(os.path.abspath(folder), GitIgnoreSpec.from_lines(lines)),)


def _is_ignored(path: str, is_folder: bool, ignored: tuple[_Ignored, ...]) -> bool:
    """Ask the nearest .gitignore that has an opinion."""
    for folder, spec in reversed(ignored):
        inside = os.path.relpath(os.path.abspath(path), folder).replace(os.sep, "/")
        verdict = spec.check_file(f"{inside}/" if is_folder else inside).include
        if verdict is not None:
            return verdict
    return False


def _is_record(ending: str, path: str) -> bool:
    """Say whether a file with an ending that records have is one as far as its first bytes tell."""
    if ending not in DOUBTFUL:
        return True
    try:
        with opened(path, limits_in_force()) as stream:
            head = stream.file.read(PEEK)
    except Refused:
        return False
    return is_ours(ending, head)
