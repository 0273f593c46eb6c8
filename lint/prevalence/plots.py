"""Counted groups as a picture: dots with intervals, or lines over the years.

Colours are those of Okabe and Ito, which people with colour blindness can tell apart; each series has
a mark of its own as well. Nothing is drawn over the data: the legend stands beside it.
"""

from __future__ import annotations

import io
import textwrap
from math import nan
from typing import Any, NamedTuple

from lint.errors import UsageError
from lint.prevalence.counting import OF_FINDINGS, OF_RECORDS, UNKNOWN, Row
from lint.prevalence.tables import Told, caption, write_table

PLOTS = (".png", ".svg", ".html")
NEEDS = "pip install 'registry-lint[plot]'"

_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#7A7A7A")
_MARKS = ("o", "s", "^", "D", "v", "P", "X", "*")
_MOST_SERIES = len(_COLOURS)
_MOST_DOTS = 40
_MOST_PANELS = 9
_ACROSS = 3
_LONGEST = 46
_OVER_TIME = ("year", "period")
_STYLE: dict[Any, Any] = {
    "font.size": 10, "font.family": "DejaVu Sans", "axes.spines.top": False, "axes.spines.right": False,
    "axes.grid": True, "grid.color": "#E5E5E5", "axes.axisbelow": True, "legend.frameon": False,
    "svg.hashsalt": "registry-lint", "svg.fonttype": "none",
}  # fmt: skip


class _Layout(NamedTuple):
    """Which group goes along the axis, which makes the series and which the panels, each with its values.

    Lines over the years get panels first, because they would cross; dots get series first. A group
    that was not asked for is named "" and has one value, which is "".
    """

    names: tuple[str, str, str]
    places: list[str]
    series: list[str]
    panels: list[str]
    rows: dict[tuple[str, str, str], Row]

    @property
    def over_time(self) -> bool:
        return self.names[0] in _OVER_TIME


def plotted(told: Told, name: str) -> bytes:
    """Return the picture in the form that the ending of a file name asks for.

    Raises UsageError where there is no share to draw, or more groups than a picture can show.
    """
    if told.counted.records is None:
        hint = "write a dataset with 'lint run --format parquet:FILE'"
        raise UsageError("findings alone give no shares to draw", hint)
    try:
        import matplotlib
    except ImportError:
        raise UsageError("--plot needs one more package", NEEDS) from None
    with matplotlib.rc_context(_STYLE):
        figure = _drawn(told, _laid_out(told))
        kind = "png" if name.lower().endswith(".png") else "svg"
        out = io.BytesIO()
        figure.savefig(out, format=kind, dpi=150, metadata={"Date": None} if kind == "svg" else None)
    if name.lower().endswith(".html"):
        return _page(told, out.getvalue().decode()).encode()
    return out.getvalue()


def _laid_out(told: Told) -> _Layout:
    by = told.asked.by
    if len(by) > 3:
        raise UsageError(f"a picture can show three groups, not {len(by)}", "name fewer in --by")
    axis = next((name for name in by if name in _OVER_TIME), by[0])
    others = [name for name in by if name != axis]
    if axis in _OVER_TIME:
        others = [*others[1:], *([""] if len(others) == 1 else []), *others[:1]]
    names = tuple([axis, *others, "", ""][:3])
    rows = {}
    for row in told.counted.rows:
        value = dict(zip(by, row.key))
        if not (axis in _OVER_TIME and value[axis] == UNKNOWN):
            rows[value[names[0]], value.get(names[1], ""), value.get(names[2], "")] = row
    places, series, panels = ([*dict.fromkeys(key[index] for key in rows)] for index in range(3))
    limits = ((_MOST_DOTS, places), (_MOST_SERIES, series), (_MOST_PANELS, panels))
    for name, (most, values) in zip(names, limits):
        if len(values) > most and not (name in _OVER_TIME and name == axis):
            hint = "choose some with --top, --rule or --where"
            raise UsageError(
                f"{len(values)} values of {name} are too many for a picture, which has room for {most}", hint
            )
    if axis in _OVER_TIME:
        places.sort()
    return _Layout((names[0], names[1], names[2]), places, series, panels, rows)


def _drawn(told: Told, layout: _Layout) -> Any:
    from matplotlib.figure import Figure

    across = min(len(layout.panels), _ACROSS)
    down = -(-len(layout.panels) // across)
    lines = len(layout.places) * max(1.0, 0.55 * len(layout.series))
    height = (3.6 if across == 1 else 2.6) if layout.over_time else 0.9 + 0.27 * lines
    width = 7.5 if across == 1 else 3.6 * across
    beside = 3.2 if len(layout.series) > 1 else 0.0
    labels = 0.0 if layout.over_time else 2.2
    figure = Figure(figsize=(width + beside + labels, height * down + 0.9), layout="constrained")
    axes = figure.subplots(down, across, squeeze=False, sharex=True, sharey=True).flatten()
    for panel, one in zip(layout.panels, axes):
        (_lines if layout.over_time else _dots)(one, layout, panel, told)
        if panel:
            one.set_title(_label(told, layout.names[2], panel), fontsize=10)
    for index, one in enumerate(axes):
        one.set_visible(index < len(layout.panels))
        one.tick_params(labelbottom=index + across >= len(layout.panels))
    (axes[0].set_ylim if layout.over_time else axes[0].set_xlim)(0, None)
    if len(layout.series) > 1:
        handles, labelled = axes[0].get_legend_handles_labels()
        figure.legend(handles, labelled, loc="outside right upper", title=layout.names[1].replace("-", " "))
    figure.suptitle(textwrap.fill(caption(told), int(figure.get_figwidth() * 13)), fontsize=9, x=0.01, ha="left")
    return figure


def _lines(axes: Any, layout: _Layout, panel: str, told: Told) -> None:
    """Draw shares over the years, with their intervals as bars; a year without records breaks the line."""
    years = layout.names[0] == "year"
    for index, value in enumerate(layout.series):
        points = [(place, layout.rows.get((place, value, panel))) for place in _steps(layout)]
        shift = (index - (len(layout.series) - 1) / 2) * (0.5 / len(layout.series))
        at = [(int(place) if years else number) + shift for number, (place, _) in enumerate(points)]
        label = _label(told, layout.names[1], value)
        _bars(axes, at, [row for _, row in points], index, label, upright=True, dense=years)
    if not years:
        labels = [_label(told, "period", place).replace(" (", "\n(") for place in layout.places]
        axes.set_xticks(range(len(labels)), labels)
    else:
        axes.xaxis.get_major_locator().set_params(integer=True)
    axes.set_ylabel("% of records")
    axes.set_xlabel("registered")


def _steps(layout: _Layout) -> list[str]:
    """Return the years from the first to the last, or the periods."""
    if layout.names[0] != "year":
        return layout.places
    return [str(year) for year in range(int(layout.places[0]), int(layout.places[-1]) + 1)]


def _dots(axes: Any, layout: _Layout, panel: str, told: Told) -> None:
    """Draw a dot with its interval for each value, the first at the top."""
    for index, value in enumerate(layout.series):
        shift = (index - (len(layout.series) - 1) / 2) * (0.7 / len(layout.series))
        at = [place + shift for place in range(len(layout.places))]
        rows = [layout.rows.get((place, value, panel)) for place in layout.places]
        _bars(axes, at, rows, index, _label(told, layout.names[1], value))
    labels = [_label(told, layout.names[0], place) for place in layout.places]
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.set_xlabel("% of records")


def _bars(
    axes: Any,
    at: list[float],
    rows: list[Row | None],
    index: int,
    label: str,
    *,
    upright: bool = False,
    dense: bool = False,
) -> None:
    """Draw one series: shares with intervals as bars, or as a band where they stand close together."""
    missing = (nan, nan, nan)
    shares = [(row.share.share, row.share.low, row.share.high) if row and row.share else missing for row in rows]
    middle, low, high = ([100 * share[part] for share in shares] for part in range(3))
    look = {"color": _COLOURS[index], "marker": _MARKS[index], "markersize": 5, "label": label, "linewidth": 1.4}
    if dense:
        axes.plot(at, middle, **look)
        axes.fill_between(at, low, high, color=_COLOURS[index], alpha=0.18, linewidth=0)
        return
    spread = [[share - end for share, end in zip(middle, low)], [end - share for share, end in zip(middle, high)]]
    look |= {"elinewidth": 1.2, "capsize": 2, "linestyle": "-" if upright else "none"}
    if upright:
        axes.errorbar(at, middle, yerr=spread, **look)
    else:
        axes.errorbar(middle, at, xerr=spread, **look)


def _label(told: Told, name: str, value: str) -> str:
    """Return a value with the name of the rule, or with the number of records that it is of."""
    if name == "rule":
        value = f"{value} {told.described.rules.get(value, '')}".rstrip()
    label = value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
    return f"{label} ({_records_of(told, name, value):,})" if name in OF_RECORDS else label


def _records_of(told: Told, name: str, value: str) -> int:
    """Return how many records have a value: those of its rows about one and the same kind of finding."""
    by = told.asked.by
    kinds = [tuple(part for part, group in zip(row.key, by) if group in OF_FINDINGS) for row in told.counted.rows]
    place = by.index(name)
    rows = [row for row, kind in zip(told.counted.rows, kinds) if kind == kinds[0] and row.key[place] == value]
    return sum(row.share.records for row in rows if row.share)


def _page(told: Told, picture: str) -> str:
    """Return the picture and its table as a page that needs nothing else."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>registry-lint report</title><style>\n'
        "body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem }\n"
        "svg { max-width: 100%; height: auto } table { border-collapse: collapse }\n"
        "td, th { padding: .15rem .7rem; border-bottom: 1px solid #ddd; text-align: left }\n"
        f"</style></head><body>\n{picture[picture.index('<svg') :]}\n{write_table(told, 'html')}</body></html>\n"
    )
