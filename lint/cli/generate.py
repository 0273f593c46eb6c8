"""``lint generate``: made-up records for tests of scale and recall."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, BinaryIO

import click

from lint.cli.streams import opened_binary
from lint.errors import UsageError, did_you_mean
from lint.reports.text import counted


@click.command("generate")
@click.argument("count", type=click.IntRange(min=1))
@click.option("--output", "-o", metavar="FILE", default="-", help="The file to write; standard output at first.")
@click.option("--seed", type=int, default=0, help="Another number gives other records.")
@click.option("--flaws", type=click.FloatRange(0, 1), default=0.0, help="The share of records that get one flaw each.")
@click.option("--truth", metavar="FILE", help="Write here which record has which flaw, and where: JSON, one a line.")
@click.option(
    "--select", multiple=True, metavar="CODE", help="Plant flaws of these rules only. Can be given several times."
)
def command(count: int, **options: Any) -> None:
    """Make up COUNT records, one a line, for tests of scale and recall.

    They look like those of the registry in size and make-up, are clean on 2026-06-30 ('--as-of 2026-06-30')
    and are nobody's data. The same numbers give the same bytes.
    """
    import orjson

    from lint.synthetic import MOST, make

    if count > MOST:
        raise UsageError(f"there are numbers for {MOST:,} records only", "use another --seed for more")
    codes = _known(options["select"])
    if codes and not options["flaws"]:
        raise UsageError("--select says which flaws to plant, and --flaws how many", "add, for example, --flaws 0.5")
    planted = 0
    with ExitStack() as files:
        out = _opened(options["output"], files)
        truth = _opened(options["truth"], files) if options["truth"] else None
        for made in make(count, seed=options["seed"], flaws=options["flaws"], codes=codes):
            out.write(orjson.dumps(made.record, option=orjson.OPT_APPEND_NEWLINE))
            planted += bool(made.code)
            if truth and made.code:
                number = made.record["protocolSection"]["identificationModule"]["nctId"]
                flaw = {"record": number, "code": made.code, "path": made.path}
                truth.write(orjson.dumps(flaw, option=orjson.OPT_APPEND_NEWLINE))
    flawed = f", {counted(planted, 'flaw')} planted" if options["flaws"] else ""
    print(f"{counted(count, 'record')} made up{flawed}.", file=sys.stderr)


def _opened(file: str, files: ExitStack) -> BinaryIO:
    return sys.stdout.buffer if file == "-" else files.enter_context(opened_binary(file))


def _known(selected: tuple[str, ...]) -> tuple[str, ...]:
    """Return the codes in capitals. Raises UsageError for one that cannot be planted."""
    from lint.synthetic import PLANTERS

    def check() -> Iterator[str]:
        for code in selected:
            if code.upper() not in PLANTERS:
                hint = did_you_mean(code.upper(), sorted(PLANTERS), f"those that can be: {', '.join(sorted(PLANTERS))}")
                raise UsageError(f"flaws of '{code}' cannot be planted", hint)
            yield code.upper()

    return tuple(check())
