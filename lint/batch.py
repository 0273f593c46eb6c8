"""Texts of records in, a row for each record out: the door for programs with machinery of their own, such as Spark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from lint.cli.planning import make_plan, make_waivers
from lint.config import Layer, read_text, settings_of
from lint.engine import Plan, lint_item
from lint.reports.parquet import row_of
from lint.rulebook import load_rulebook
from lint.sources import read_bytes
from lint.waivers import Waivers


def lint_batch(texts: Iterable[tuple[str, str | bytes]], *, as_of: str, config: str = "") -> Iterator[dict[str, Any]]:
    """Yield a row for each record of some texts, also for those without findings.

    ``texts`` are pairs of a name, which findings give as their file, and the text of a record in any form that
    ``lint run`` reads. ``as_of`` is the date that counts as today, YYYY-MM-DD, and has to be given so that all
    parts of a run agree. ``config`` is the text of a configuration file. The members of a row are those of
    ``--format parquet``, with the findings in a list; a text that cannot be read gives a row with ``is_record``
    false. Rules over several records see one at a time, and find nothing.

    Raises UsageError or ConfigError for a date, a rule or a setting that does not exist. A process may do this in
    one thread at a time.
    """
    plan, waivers = _prepared(as_of, config)
    for name, text in texts:
        raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
        for item in read_bytes(raw, name):
            yield row_of(waivers.apply(lint_item(item, plan)))


@lru_cache(maxsize=1)
def _prepared(as_of: str, config: str) -> tuple[Plan, Waivers]:
    """Make a plan once for many batches; one only is kept, because speller and limits are those of the last."""
    settings = settings_of(read_text(config, "config"), Layer("as_of", {"as-of": as_of}))
    book = load_rulebook(settings.rules)
    plan = make_plan(settings, book)
    return plan, make_waivers(settings, book, plan.as_of)
