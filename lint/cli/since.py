"""``--since`` and ``--staged``: only findings about what changed, by what git remembers."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from lint.changes import Changes, by_id
from lint.engine import Plan, lint_item
from lint.errors import UsageError
from lint.model import Failure, Record
from lint.sources import discover, read, read_bytes


class Since(NamedTuple):
    """What to compare with: a commit, and whether the new versions are those in the index."""

    commit: str
    staged: bool


def since(reference: str, *, staged: bool) -> Since:
    """Resolve the options. Raises UsageError outside of a repository and for an unknown reference.

    A branch stands for the commit where the present one left it. With ``staged`` no reference is given.
    """
    if staged and reference:
        raise UsageError("--since and --staged exclude each other", "leave one of them out")
    if staged:
        empty_tree = _git("hash-object", "-t", "tree", os.devnull)
        known = _run("rev-parse", "--verify", "--quiet", "HEAD")
        return Since("HEAD" if known.returncode == 0 else empty_tree.strip(), True)
    if reference.startswith("-") or _run("rev-parse", "--verify", "--quiet", f"{reference}^{{commit}}").returncode:
        _git("rev-parse", "--git-dir")
        raise UsageError(f"git knows no commit '{reference}'", "name a branch, a tag or a commit that was fetched")
    base = _run("merge-base", reference, "HEAD")
    return Since(base.stdout.decode().strip() or reference, False)


def changed_files(paths: Sequence[str], base: Since, **options: object) -> list[str]:
    """Return the inputs below some paths that are new or differ from the earlier version."""
    changed = {os.path.join(_top(), name) for name in _names(base)}
    changed |= {os.path.join(_top(), name) for name in _untracked(base)}
    found = discover(paths, **options)  # type: ignore[arg-type]
    return [file for file in found if not os.path.exists(file) or os.path.realpath(file) in changed]


def earlier(base: Since, plan: Plan) -> Changes:
    """Read the earlier versions of all files that changed, moved or went, to be linted as planned."""
    names = _names(base)
    versions = (_show(f"{base.commit}:{name}") for name in names)
    items = chain.from_iterable(read_bytes(raw, "earlier") for raw in versions if raw is not None)
    return Changes(by_id(items), lambda record: lint_item(record, plan).findings)


def read_staged(path: str, **options: object) -> Iterator[Record | Failure]:
    """Read a file as it is staged, or as it is if nothing of it is."""
    raw = _show(f":{os.path.relpath(os.path.realpath(path), _top()).replace(os.sep, '/')}") if path != "-" else None
    if raw is None:
        yield from read(path, **options)  # type: ignore[arg-type]
    else:
        yield from read_bytes(raw, path, input_format=options.get("input_format"))  # type: ignore[arg-type]


def _names(base: Since) -> list[str]:
    """Return the files that differ between the two versions, by their path from the top."""
    staged = ["--cached"] if base.staged else []
    listed = _git("diff", *staged, "--name-only", "--no-renames", "-z", base.commit, "--")
    return [name for name in listed.split("\0") if name]


def _untracked(base: Since) -> list[str]:
    if base.staged:
        return []
    listed = _git("ls-files", "--others", "--exclude-standard", "--full-name", "-z", ":/")
    return [name for name in listed.split("\0") if name]


def _top() -> str:
    return os.path.realpath(_git("rev-parse", "--show-toplevel").rstrip("\n"))


def _show(name: str) -> bytes | None:
    shown = _run("cat-file", "blob", name)
    return shown.stdout if shown.returncode == 0 else None


def _git(*words: str) -> str:
    done = _run(*words)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["it failed"]
        raise UsageError(f"git: {said[-1].removeprefix('fatal: ')}", "--since and --staged need a git repository")
    return done.stdout.decode("utf-8", "surrogateescape")


def _run(*words: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *words], capture_output=True, check=False)  # noqa: S603, S607
    except FileNotFoundError:
        raise UsageError("git is not installed", "--since and --staged need it") from None
