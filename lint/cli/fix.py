"""``lint fix``: mend what can be mended."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import click

from lint.cli.options import selection_options, setup_options
from lint.cli.planning import CHOOSING, make_plan, set_up
from lint.cli.streams import opened_binary
from lint.errors import UsageError
from lint.fixes import Fixed, fix_bytes
from lint.reports.text import clean, counted
from lint.sources import START, archive_of, discover, is_remote, shown_name

EXIT_CODES = """\b
Exit code:
  0  done; with --diff: nothing to mend
  1  with --diff: something would be mended
  2  wrong usage or configuration, or a file that could not be read or written
"""


@click.command("fix", epilog=EXIT_CODES)
@click.argument("paths", nargs=-1)
@click.option("--diff", is_flag=True, help="Change nothing; show what would change.")
@click.option("--unsafe", is_flag=True, help="Also make fixes that may change the meaning, such as spellings.")
@selection_options
@click.option("--as-of", metavar="DATE", help="The date that counts as today, YYYY-MM-DD.")
@setup_options
def command(paths: tuple[str, ...], **options: Any) -> int:
    """Mend records in JSON, JSONL and YAML files, and leave every other character as it is.

    Only fixes that cannot change the meaning are made, unless --unsafe is given. A fix that
    would lead to a new finding is not made.
    """
    settings, book = set_up(options, *CHOOSING, "as-of")
    plan = make_plan(settings, book, debug=options["debug"])
    total, offered, files = 0, 0, 0
    for file in discover(paths or (".",), beside=settings.rules):
        raw = _read(file)
        if raw is None:
            reason = "records in an archive are not changed; unpack it and mend the files"
            print(f"lint: {clean(file)} cannot be mended: {reason}", file=sys.stderr)
            continue
        fixed = fix_bytes(raw, file, plan, unsafe=options["unsafe"])
        total += len(fixed.mended)
        offered += fixed.offered
        _say_refused(file, fixed)
        if fixed.raw == raw:
            continue
        files += 1
        if options["diff"]:
            sys.stdout.writelines(_diff(raw, fixed.raw, clean(file)))
        else:
            with opened_binary(file) as out:
                out.write(fixed.raw)
            click.echo(f"{clean(file)}: {_counts(fixed)}")
    _summarise(total, files, offered, options)
    return int(options["diff"] and bool(files))


def _read(file: str) -> bytes | None:
    """Return the bytes of a file, or None for an archive."""
    if file == "-":
        raise UsageError("standard input cannot be mended in place", "name files or folders")
    if is_remote(file):
        raise UsageError(f"'{clean(shown_name(file))}' lies on a server and cannot be mended", "download it first")
    try:
        with open(file, "rb") as handle:
            start = handle.read(START)
            return None if archive_of(start) else start + handle.read()
    except OSError as error:
        raise UsageError(f"'{clean(file)}' cannot be read: {error.strerror}") from error


def _diff(before: bytes, after: bytes, name: str) -> Iterator[str]:
    from difflib import unified_diff

    old, new = (raw.decode("utf-8").splitlines(keepends=True) for raw in (before, after))
    for line in unified_diff(old, new, name, name):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _counts(fixed: Fixed) -> str:
    codes = Counter(finding.code for finding in fixed.mended)
    return ", ".join(f"{code} ({count})" if count > 1 else code for code, count in sorted(codes.items()))


def _say_refused(file: str, fixed: Fixed) -> None:
    if fixed.unable:
        print(f"lint: {clean(file)} cannot be mended: {fixed.unable}", file=sys.stderr)
    for finding in fixed.refused:
        place = f"{clean(file)}: {finding.code} at {clean(finding.path)}"
        print(f"lint: {place} is left for you to mend: {clean(finding.message)}", file=sys.stderr)


def _summarise(total: int, files: int, offered: int, options: dict[str, Any]) -> None:
    verb = "would be mended" if options["diff"] else "mended"
    line = f"{counted(total, 'finding')} {verb} in {counted(files, 'file')}"
    if offered:
        line += f"; {counted(offered, 'more suggestion')} to look at: lint fix --unsafe --diff"
    print(f"{line}.", file=sys.stderr)
