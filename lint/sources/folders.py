"""Finding the files to read in folders."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from lint.sources.inputs import is_remote, opened
from lint.sources.limits import Refused, limits_in_force
from lint.sources.names import DOUBTFUL, PEEK, ending_of, is_ours

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


class _Ignored(NamedTuple):
    """The ``.gitignore`` of a folder."""

    folder: str
    spec: GitIgnoreSpec


def discover(paths: Sequence[str], *, input_format: str | None = None, beside: Sequence[str] = ()) -> Iterator[str]:
    """Yield the inputs that paths stand for, each once; files, addresses and ``-`` stand for themselves.

    A folder stands for the files below it, sorted, whose names end like those of records (.json .jsonl
    .ndjson .yaml .yml, each also packed, as in .json.gz) or of archives (.zip .tar .tgz); with ``input_format``,
    like those of that form and archives. A .txt file counts only if it is a study page and an .xml file if
    it holds studies, because most are not meant for this program. Hidden files and folders, what a .gitignore
    names, this program's own configuration, what lies ``beside`` the records (folders of rules) and linked
    folders are passed over. Nothing else is: a .json file without a record is worth a word.
    Raises ``UsageError`` for an address for which nothing is installed.
    """
    for path in filter(is_remote, paths):
        from lint.sources.remote import check_driver

        check_driver(path)
    seen = {os.path.abspath(path) for path in beside}
    overlap = _overlap(paths)
    for path in paths:
        for file in _files(path, input_format) if path != "-" and os.path.isdir(path) else (path,):
            key = file if file == "-" else os.path.abspath(file)
            if key not in seen and os.path.dirname(key) not in seen:
                if overlap or file is path:
                    seen.add(key)
                yield file


def _overlap(paths: Sequence[str]) -> bool:
    """Say whether a path is given twice or lies below another one: only then files can be met twice."""
    keys = sorted(os.path.join(os.path.abspath(path), "") for path in paths if path != "-")
    return any(after.startswith(before) for before, after in pairwise(keys))


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
        names, folders = _listed(folder)
    except OSError:
        yield folder
        return
    ignored += _ignored_in(folder)
    for name in names:
        path = os.path.join(folder, name)
        if _is_ignored(path, name in folders, ignored):
            continue
        if name in folders:
            yield from _walk(path, ignored)
        else:
            yield path


def _listed(folder: str) -> tuple[list[str], set[str]]:
    """Return the sorted names of files and folders that are not hidden, and which of them are folders.

    Linked folders and what is neither, such as pipes, are left out. Names alone are kept: a folder of
    a million files takes 0.1 GB.
    """
    names, folders = [], set()
    with os.scandir(folder) as entries:
        for entry in entries:
            is_link = entry.is_symlink()
            if entry.name.startswith(".") or (is_link and os.path.isdir(entry.path)):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.add(entry.name)
            elif not is_link and not entry.is_file():
                continue
            names.append(entry.name)
    names.sort()
    return names, folders


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
