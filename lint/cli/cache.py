"""``lint cache``: what earlier runs found, kept for later ones; and when a run uses it."""

from __future__ import annotations

import os

import click

from lint.cache import FILE, MEGABYTE, Keeping, Store, clear
from lint.config import Settings
from lint.engine import Plan
from lint.errors import UsageError
from lint.ruleset import ruleset_hash

FOLDER, LIMIT = "LINT_CACHE_DIR", "LINT_CACHE_MB"
"""Variables of the environment: where the cache lies, and how large it may become."""
_MOST = "1000"


def keeping_for(asked: bool | None, plan: Plan, settings: Settings, *, local_code: bool) -> Keeping | None:
    """Return where the outcomes of a long run are kept; None if they are not.

    Unless it was ``asked`` for, the cache is left alone in continuous integration, where nobody comes back to it,
    if no folder is named for it there.
    """
    if not asked and os.environ.get("CI") and not os.environ.get(FOLDER):
        return None
    return Keeping(folder(), limit(), ruleset_hash(plan, settings, local_code=local_code))


def folder() -> str:
    """Return the folder of the cache."""
    named = os.environ.get(FOLDER)
    if named:
        return os.path.abspath(named)
    from platformdirs import user_cache_dir

    return user_cache_dir("registry-lint", appauthor=False)


def limit() -> int:
    """Return how many bytes the cache may take. Raises UsageError where the environment says no number."""
    megabytes = os.environ.get(LIMIT) or _MOST
    if not megabytes.isdecimal() or int(megabytes) < 1:
        raise UsageError(f"'{megabytes}' ({LIMIT}) is no number of megabytes", "write it as 500")
    return int(megabytes) * MEGABYTE


@click.group("cache")
def command() -> None:
    """Look at what earlier runs found and left for later ones, or remove it."""


@command.command("info")
def info() -> None:
    """Say where the cache lies and what is in it."""
    file, most = os.path.join(folder(), FILE), limit()
    if not os.path.exists(file):
        click.echo(f"{file}: there is no cache yet; a run with --cache makes one.")
        return
    try:
        store = Store(folder(), most)
        entries, size = store.count(), store.size()
        store.close()
    except Exception as error:
        raise UsageError(f"the cache {file} cannot be read: {error}", "'lint cache clear' removes it") from error
    click.echo(f"{file}: {entries:,} entries, {size / MEGABYTE:,.1f} MB of at most {most // MEGABYTE:,} MB.")


@command.command("clear")
def clear_all() -> None:
    """Remove the cache. The next run works everything out again."""
    freed = clear(folder())
    click.echo(f"Removed {freed / MEGABYTE:,.1f} MB." if freed else "There is no cache.")
