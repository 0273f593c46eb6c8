"""Counted groups as a table: for people, for spreadsheets, for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

from lint.prevalence.counting import Asked, Counted, Row
from lint.prevalence.dataset import Described
from lint.reports.members import dumps
from lint.reports.text import clean, counted

FORMATS = ("table", "csv", "json", "markdown", "html")
_NAMES = {"rule": ("rule", "rules"), "family": ("family", "families"), "sponsor": ("sponsor", "sponsors")}
_TABULATE = {"table": "simple", "markdown": "github", "html": "html"}


class Told(NamedTuple):
    """What was counted, of what, and the rows: everything that a table or a plot shows."""

    asked: Asked
    counted: Counted
    described: Described


def write_table(told: Told, form: str) -> str:
    """Return the table in one of ``FORMATS``."""
    if form == "json":
        return dumps(_document(told)) + "\n"
    if form == "csv":
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerows([_headers(told, "_"), *_cells(told)])
        return out.getvalue()
    from tabulate import tabulate

    shown = [[_shown(name, value) for name, value in zip(_headers(told, "_"), row)] for row in _cells(told)]
    count = len(_headers(told, " ")) - len(_numbers(told, " "))
    align = ["left"] * count + ["right"] * len(_numbers(told, " "))
    table = tabulate(shown, _headers(told, " "), tablefmt=_TABULATE[form], disable_numparse=True, colalign=align)
    if form == "html":
        return f"{table}\n<p>{caption(told)}</p>\n"
    return f"{table}\n\n{caption(told)}\n"


def caption(told: Told) -> str:
    """Say what the figures are, of how many records, and what is not among them."""
    asked, found, described = told
    parts = []
    if found.records is None:
        parts.append("Findings alone: how many records were checked is unknown, so there are no shares")
    else:
        chosen = "".join(f", {name} {' or '.join(sorted(values))}" for name, values in asked.where.items())
        parts.append(
            f"Share of records with at least one finding and its 95 % interval (Wilson); "
            f"{counted(found.records, 'record')}{chosen}, profile {described.profile}, as of {described.as_of}"
        )
    if found.left_out:
        parts.append(f"{_more(found.left_out, (*asked.of_findings, *asked.by)[0])} not shown")
    if found.unread:
        parts.append(
            f"{counted(found.unread, 'input')} could not be read and {'is' if found.unread == 1 else 'are'} not counted"
        )
    return ". ".join(parts) + "."


def _more(count: int, group: str) -> str:
    one, many = _NAMES.get(group, (f"value of {group}", f"values of {group}"))
    return f"{count:,} more {one} is" if count == 1 else f"{count:,} more {many} are"


def _document(told: Told) -> Mapping[str, Any]:
    asked, found, described = told
    return {
        "by": list(asked.by),
        "where": {name: sorted(values) for name, values in asked.where.items()},
        "profile": described.profile,
        "as_of": described.as_of,
        "records": found.records,
        "unread": found.unread,
        "left_out": found.left_out,
        "rows": [dict(zip(_headers(told, "_"), row)) for row in _cells(told)],
    }


def _headers(told: Told, blank: str) -> list[str]:
    names = (["rule", "name"] if name == "rule" else [name.replace("-", blank)] for name in told.asked.by)
    return [*chain.from_iterable(names), *_numbers(told, blank)]


def _numbers(told: Told, blank: str) -> list[str]:
    shares = ["records", "share", "low", "high"] if told.counted.records is not None else []
    return ["findings", f"records{blank}with", *shares]


def _cells(told: Told) -> Iterator[list[str | int | float]]:
    """Yield the cells of each row; shares are fractions."""
    for row in told.counted.rows:
        values: list[str | int | float] = []
        for name, value in zip(told.asked.by, row.key):
            values += [value, told.described.rules.get(value, "")] if name == "rule" else [clean(value)]
        yield [*values, row.findings, row.hit, *_share(row)]


def _share(row: Row) -> list[int | float]:
    if row.share is None:
        return []
    return [row.share.records, *(round(value, 6) for value in (row.share.share, row.share.low, row.share.high))]


def _shown(name: str, value: str | int | float) -> str:
    if name in ("share", "low", "high"):
        return f"{value:.1%}"
    return value if isinstance(value, str) else f"{value:,}"
