"""What a rule author imports, and nothing else of the engine.

A rule is a function that receives the node it subscribed to and the context of the record,
and yields problems::

    @rule("DES003", "randomized-single-arm", severity=ERROR, at="$.protocolSection.designModule")
    def randomized_single_arm(design: Node, ctx: Context) -> Iterator[Problem]:
        \"\"\"A study with one arm is called randomised.\"\"\"

Rules may rely on the types of the schema: values of a wrong type are reported on their own
and never reach a rule. Every member may be absent, and text may be empty.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from lint.dates import PartialDate, days_later, months_later, parse_date
from lint.defining import (
    AUDIT,
    DRAFT,
    ERROR,
    EVERY,
    HIGH,
    LOW,
    MEDIUM,
    NOTE,
    STRICT,
    SUBMISSION,
    WARNING,
    across,
    bad,
    declare,
    good,
    rule,
    text_rule,
)
from lint.expressions import pattern
from lint.markup import unescape
from lint.model import (
    Clash,
    Confidence,
    Edit,
    Fact,
    Fix,
    Problem,
    Record,
    Related,
    Rule,
    Severity,
    Span,
)
from lint.paths import ROOT, Path, value_at
from lint.places import STAR, collect_texts

__all__ = [
    "AUDIT", "DRAFT", "EVERY", "STRICT", "SUBMISSION",
    "ERROR", "NOTE", "WARNING", "HIGH", "LOW", "MEDIUM",
    "Clash", "Confidence", "Context", "DateNode", "Edit", "Fact", "Fix", "Match", "Node", "PartialDate", "Path",
    "Problem", "Record", "Related", "Rule", "Severity", "Span",
    "across", "bad", "days_later", "declare", "good", "months_later", "parse_date", "pattern", "rule", "text_rule",
    "unescape", "value_at",
]  # fmt: skip

T = TypeVar("T")


class Node:
    """A value of the record together with its path."""

    __slots__ = ("path", "value")

    def __init__(self, value: Any, path: Path = ROOT) -> None:
        self.value = value
        self.path = path

    def get(self, *steps: str | int) -> Any:
        """Return the plain value some steps below, or None."""
        if len(steps) == 1 and isinstance(self.value, dict):
            return self.value.get(steps[0])
        return value_at(self.value, steps)

    def child(self, *steps: str | int) -> Node:
        """Return the node some steps below; its value is None where nothing stands."""
        return Node(self.get(*steps), self.path + steps)

    def text(self, *steps: str | int) -> str:
        """Return the text some steps below, markdown escapes undone and trimmed; "" if absent."""
        value = self.get(*steps)
        if not isinstance(value, str):
            return ""
        return (unescape(value) if "\\" in value else value).strip()

    def items(self, *steps: str | int) -> list[Node]:
        """Return the items of the list some steps below, each as a node; [] if absent."""
        value = self.get(*steps)
        if not isinstance(value, list):
            return []
        path = self.path + steps
        return [Node(item, (*path, index)) for index, item in enumerate(value)]

    def date(self, *steps: str | int) -> DateNode | None:
        """Return the date some steps below: a date text, or a struct with ``date`` and ``type``.

        None when it is absent or is no date.
        """
        value = value_at(self.value, steps)
        kind = ""
        if isinstance(value, dict):
            kind, value = value.get("type") or "", value.get("date")
            steps = (*steps, "date")
        parsed = parse_date(value) if isinstance(value, str) else None
        return DateNode(parsed, kind, self.path + steps) if parsed else None

    def problem(
        self,
        message: str,
        *steps: str | int,
        hint: str = "",
        related: Iterable[Node | DateNode | Related] = (),
        span: Span | None = None,
        missing: str = "",
        fix: Fix | None = None,
        severity: Severity | None = None,
    ) -> Problem:
        """Make a problem at this node, or at the member some steps below it."""
        others = tuple(r if isinstance(r, Related) else Related(r.path) for r in related)
        return Problem(self.path + steps, message, hint, others, span, missing, fix, severity)

    def fact(self, key: str, *values: str | int | float) -> Fact:
        """Make a fact at this node, for a rule over several records."""
        return Fact(key, self.path, values)


class DateNode:
    """A date of the record: its interval, its type (ACTUAL, ESTIMATED or ""), its path."""

    __slots__ = ("date", "path", "type")

    def __init__(self, parsed: PartialDate, kind: str, path: Path) -> None:
        self.date = parsed
        self.type = kind
        self.path = path

    def certainly_before(self, other: DateNode | PartialDate | date) -> bool:
        return self.date.certainly_before(other.date if isinstance(other, DateNode) else other)

    def certainly_after(self, other: DateNode | PartialDate | date) -> bool:
        return self.date.certainly_after(other.date if isinstance(other, DateNode) else other)

    def problem(self, message: str, *, hint: str = "", related: Iterable[Node | DateNode | Related] = (),
                severity: Severity | None = None) -> Problem:  # fmt: skip
        """Make a problem at the date."""
        return Node(None, self.path).problem(message, hint=hint, related=related, severity=severity)

    def __str__(self) -> str:
        return self.date.text


class Match:
    """A place where the pattern of a text rule matches: the text of the field and the span in it."""

    __slots__ = ("_match", "_offset", "path", "text")

    def __init__(self, match: re.Match[str], offset: int, path: Path, text: str) -> None:
        self._match = match
        self._offset = offset
        self.path = path
        self.text = text

    @property
    def span(self) -> Span:
        return self._match.start() - self._offset, self._match.end() - self._offset

    def __getitem__(self, group: int | str) -> str:
        return self._match[group] or ""

    def problem(self, message: str, *, hint: str = "", span: Span | None = None, fix: Fix | None = None,
                related: Iterable[Node | Related] = (), severity: Severity | None = None) -> Problem:  # fmt: skip
        """Make a problem at the match, or at another span of the same text."""
        return Node(None, self.path).problem(
            message, hint=hint, span=span or self.span, fix=fix, related=related, severity=severity
        )


@lru_cache(maxsize=1024)
def _protocol_path(dotted: str) -> tuple[str, ...]:
    return ("protocolSection", *dotted.split("."))


def _lies_below(path: Path, place: Path) -> bool:
    """Say whether a path is, or lies below, a place of which ``*`` stands for any position."""
    return len(path) >= len(place) and all(one in (step, STAR) for step, one in zip(path, place))


class Context:
    """What a rule may know beside its node: the record, today's date, the profile.

    ``form`` is how the record came in (``json``, ``yaml``, ``page``); ``public`` says that the
    record is a published copy, in which contacts and site statuses may be hidden. ``holds`` is the
    first and the last day on which all questions about today that were asked so far have the same answer.
    """

    __slots__ = ("_memo", "_today", "form", "holds", "not_shown", "partial", "profile", "record", "root")

    def __init__(self, record: dict[str, Any], as_of: date, profile: str = "submission", *, form: str = "json",
                 partial: bool = False, not_shown: tuple[Path, ...] = ()) -> None:  # fmt: skip
        self.record = record
        self.root = Node(record)
        self._today = as_of
        self.holds = (date.min, date.max)
        self.profile = profile
        self.form = form
        self.partial = partial
        self.not_shown = not_shown
        self._memo: dict[Any, Any] = {}

    @property
    def public(self) -> bool:
        return self.profile == "audit"

    @property
    def as_of(self) -> date:
        """Today's date, for messages and reckoning.

        What is found with it holds today only; ``past`` and ``ahead`` tie it to fewer days.
        """
        self.holds = (self._today, self._today)
        return self._today

    def past(self, when: DateNode | PartialDate | date) -> bool:
        """Say whether a date certainly lies before today."""
        interval = when.date if isinstance(when, DateNode) else when
        last = interval.last if isinstance(interval, PartialDate) else interval
        return last < date.max and self._reached(days_later(last, 1))

    def ahead(self, when: DateNode | PartialDate | date) -> bool:
        """Say whether a date certainly lies after today."""
        interval = when.date if isinstance(when, DateNode) else when
        return not self._reached(interval.first if isinstance(interval, PartialDate) else interval)

    def _reached(self, day: date) -> bool:
        """Say whether a day is today or earlier, and note for how long that stays so."""
        since, until = self.holds
        if day <= self._today:
            self.holds = (max(since, day), until)
            return True
        self.holds = (since, min(until, days_later(day, -1)))
        return False

    def get(self, dotted: str) -> Any:
        """Return the plain value at a dotted path below ``protocolSection``, or None."""
        try:
            return self._memo[dotted]
        except KeyError:
            value = self._memo[dotted] = value_at(self.record, _protocol_path(dotted))
            return value

    def node(self, dotted: str) -> Node:
        """Return the node at a dotted path below ``protocolSection``; its value may be None."""
        return self.root.child(*_protocol_path(dotted))

    def shown(self, *path: str | int) -> bool:
        """Say whether absence at this path proves anything.

        False where the form of the input cannot carry the value (a rendered page has no
        outcomes), and everywhere in an export of chosen fields.
        """
        return not self.partial and not any(_lies_below(path, hidden) for hidden in self.not_shown)

    def memo(self, reader: Callable[[Context], T]) -> T:
        """Return ``reader(self)``, computed once per record: for readings that rules share."""
        try:
            return self._memo[reader]  # type: ignore[no-any-return]
        except KeyError:
            result = self._memo[reader] = reader(self)
            return result

    def texts(self, fields: tuple[str, ...]) -> list[tuple[Path, str]]:
        """Return path and text (escapes undone) of every non-empty string at some places.

        ``fields`` are place patterns as in ``at``. Computed once per record.
        """
        try:
            return self._memo[fields]  # type: ignore[no-any-return]
        except KeyError:
            found = self._memo[fields] = collect_texts(self.record, fields)
            return found
