"""Runs the patterns of text rules: all at once over the joined text, then only those that hit."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from lint import pace
from lint.api import Context, Match
from lint.expressions import compiled
from lint.model import Rule

_SEPARATOR = "\x00"


class TextGroup:
    """The text rules that read the same fields.

    RE2, where installed, decides in one linear pass which patterns occur at all; it may only
    let too much through, never too little, so results do not depend on it.
    """

    def __init__(self, fields: tuple[str, ...], rules: Sequence[Rule]) -> None:
        self.fields = fields
        self.rules = tuple(rules)
        self._compiled: list[re.Pattern[str]] = []
        self._gate_built = False
        self._gate: Any = None

    def matches(self, ctx: Context) -> Iterator[tuple[Rule, Match]]:
        """Yield every match of every rule in the fields of one record, in the order of the rules."""
        texts = ctx.texts(self.fields)
        if not texts:
            return
        joined = _SEPARATOR.join(text for _, text in texts)
        hits = self._hits(joined)
        if not hits:
            return
        starts, position = [], 0
        for _, text in texts:
            starts.append(position)
            position += len(text) + 1
        for index in hits:
            for match in self._compiled[index].finditer(joined):
                if _SEPARATOR in match[0]:
                    continue
                field = bisect_right(starts, match.start()) - 1
                path, text = texts[field]
                yield self.rules[index], Match(match, starts[field], path, text)

    def _hits(self, joined: str) -> Sequence[int]:
        if not self._compiled:
            self._compiled = [compiled(rule.pattern) for rule in self.rules]
        if not self._gate_built and pace.is_long():
            self._gate, self._gate_built = _build_gate(self.rules), True
        if self._gate is None:
            return range(len(self.rules))
        return sorted(self._gate.Match(joined) or ())


def _build_gate(rules: Sequence[Rule]) -> Any:
    try:
        import re2
    except ImportError:
        return None
    options = re2.Options()
    options.log_errors = False
    gate = re2.Set.SearchSet(options)
    for rule in rules:
        gate.Add(rule.pattern)
    gate.Compile()
    return gate
