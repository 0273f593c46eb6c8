"""``lint doctor``: what is installed and in force, for people who look for a fault."""

from __future__ import annotations

import platform
import sys
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from os.path import isfile
from typing import Any

import click

from lint import __version__, baseline
from lint.cli.leftout import baseline_path
from lint.cli.options import setup_options
from lint.cli.planning import config_file, make_plan, make_waivers, set_up
from lint.config import shown_path
from lint.reports.text import clean, counted
from lint.rulebook import Rulebook

_LIBRARIES = {
    "click": "", "orjson": "", "jsonschema": "", "jsonschema-rs": "", "PyYAML": "", "tabulate": "", "rapidfuzz": "",
    "pathspec": "", "google-re2": "long runs are slower without it: pip install 'registry-lint[fast]'",
    "XlsxWriter": "needed for the format xlsx: pip install 'registry-lint[xlsx]'",
    "pyarrow": "needed for the format parquet and for lint report: pip install 'registry-lint[parquet]'",
    "matplotlib": "needed for lint report --plot: pip install 'registry-lint[plot]'",
}  # fmt: skip


@click.command("doctor")
@setup_options
def command(**options: Any) -> None:
    """Tell which versions, configuration, plugins and rules are in force here.

    Fails like any other command when the configuration or a plugin is out of order.
    """
    for line in _versions():
        click.echo(line)
    file = config_file(options["config"], options["no_config"])
    click.echo(f"configuration: {shown_path(file) if file else 'none, the defaults are in force'}")
    settings, book = set_up(options)
    for line in _in_force(settings, book, options):
        click.echo(line)


def _versions() -> Iterator[str]:
    yield f"registry-lint {__version__}, Python {platform.python_version()} on {platform.platform(terse=True)}"
    yield f"interpreter: {sys.executable}"
    for name, advice in _LIBRARIES.items():
        try:
            yield f"  {name} {version(name)}"
        except PackageNotFoundError:
            yield f"  {name} is not installed" + (f" ({advice})" if advice else "")


def _in_force(settings: Any, book: Rulebook, options: dict[str, Any]) -> Iterator[str]:
    plan = make_plan(settings, book)
    waivers = make_waivers(settings, book, plan.as_of)
    kinds = Counter(rule.kind for rule in book.rules)
    parts = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    yield f"rules: {len(book.rules)} known ({parts}), {len(plan.rules)} switched on by profile '{settings.profile}'"
    own = sorted({rule.origin for rule in book.rules if not rule.origin.startswith("lint.") and rule.kind == "python"})
    yield f"rules of plugins and folders: {', '.join(map(clean, own)) if own else 'none'}"
    yield f"waivers: {counted(len(settings.waivers), 'waiver')}, {len(waivers.expired)} of them ended"
    known = baseline_path({**options, "baseline_file": None})
    if isfile(known):
        yield f"baseline: {counted(len(baseline.load(known).entries), 'finding')} in {shown_path(known)}"
    else:
        yield "baseline: none"
