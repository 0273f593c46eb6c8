"""``lint rules``: list the rules."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

from lint.cli.options import selection_options, setup_options, word_option
from lint.cli.planning import CHOOSING, make_plan, set_up
from lint.cli.streams import speak_utf8, width_of
from lint.model import Rule
from lint.quality import Quality, measured_quality
from lint.rulepages import SOURCE, sections


@click.command("rules")
@selection_options
@word_option("--format", ("table", "json"), "'table' unless chosen otherwise.")
@setup_options
def command(**options: Any) -> None:
    """List the rules there are, or those that an option chooses.

    Each has a code, a name, a family (the letters of its code), a severity, and a confidence:
    how often it is right.
    """
    settings, book = set_up(options, *CHOOSING)
    rules: Sequence[Rule] = book.rules
    if any(options[key] for key in CHOOSING):
        rules = tuple(make_plan(settings, book).rules.values())
    if settings.select:
        asked = {rule.code for selector in settings.select for rule in book.find(selector)}
        rules = [rule for rule in rules if rule.code in asked]
    if options["format"] == "json":
        speak_utf8(sys.stdout)
        _print_json(rules)
    else:
        _print_table(rules)


def members_of(rule: Rule, quality: Quality | None = None) -> dict[str, Any]:
    """Return what the list says about a rule: the contract of ``schemas/rules.schema.json``."""
    return {
        "code": rule.code,
        "name": rule.name,
        "family": rule.family,
        "severity": rule.severity.label,
        "confidence": rule.confidence.label,
        "profiles": list(rule.profiles),
        "tags": list(rule.tags),
        "summary": rule.summary,
        "source": sections(rule.doc).get(SOURCE, ""),
        "url": rule.url,
        "fixable": rule.fixable,
        "origin": rule.origin,
        "quality": None if quality is None else quality.members(),
    }


def _print_json(rules: Sequence[Rule]) -> None:
    import orjson

    quality = measured_quality()
    lines = ",\n".join(orjson.dumps(members_of(rule, quality.get(rule.code))).decode() for rule in rules)
    sys.stdout.write(f"[\n{lines}\n]\n" if rules else "[]\n")


def _print_table(rules: Sequence[Rule]) -> None:
    from tabulate import tabulate

    rows = [(r.code, r.name, r.severity.label, r.confidence.label, r.summary) for r in rules]
    taken = max((sum(map(len, row[:4])) for row in rows), default=0) + 12
    limits = [None, None, None, None, max(40, width_of(sys.stdout) - taken)]
    headers = ("code", "name", "severity", "confidence", "what it finds")
    sys.stdout.write(tabulate(rows, headers, maxcolwidths=limits, disable_numparse=True) + "\n")
    sys.stdout.write(f"\n{len(rules)} rules. 'lint explain CODE' says more about one of them.\n")
