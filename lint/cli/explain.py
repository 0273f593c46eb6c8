"""``lint explain``: what one rule is about, why, and what to do."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from textwrap import fill
from typing import Any

import click

from lint.cli.options import complete_rule, setup_options
from lint.cli.planning import set_up
from lint.cli.streams import width_of
from lint.errors import UsageError, did_you_mean
from lint.model import Example, Rule
from lint.quality import Quality, measured_quality
from lint.reports.members import dumps
from lint.reports.text import clean, counted
from lint.rulebook import Rulebook
from lint.rulepages import FALSE_POSITIVES, SOURCE, WHAT_TO_DO, WHY, capitalised, sections

_CONFIDENCE = {"high": "it is nearly always right", "medium": "it is usually right", "low": "check each finding"}


@click.command("explain")
@click.argument("rule", metavar="CODE|NAME", shell_complete=complete_rule)
@setup_options
def command(rule: str, **options: Any) -> None:
    """Explain a rule: what it finds, why that matters, what to do, and examples."""
    _, book = set_up(options)
    found = _one_rule(rule, book)
    for paragraph in page(found, measured_quality().get(found.code), min(width_of(sys.stdout), 88)):
        sys.stdout.write(paragraph + "\n")


def _one_rule(selector: str, book: Rulebook) -> Rule:
    """Find a rule by code or name. Raises UsageError for a family or tag, naming its rules."""
    found = book.by_code.get(selector.upper()) or book.by_name.get(selector.lower())
    if found is not None:
        return found
    several = book.families.get(selector.upper())
    if several:
        codes = ", ".join(rule.code for rule in several)
        raise UsageError(f"'{selector}' is a family of rules", f"choose one of {codes}")
    hint = did_you_mean(selector, [*book.by_code, *book.by_name], "'lint rules' lists them all")
    raise UsageError(f"there is no rule '{selector}'", hint)


def page(rule: Rule, quality: Quality | None, width: int) -> Iterator[str]:
    """Yield the paragraphs of a rule's page, each ending in an empty line."""

    def wrapped(text: str) -> str:
        return fill(clean(text), width, initial_indent="  ", subsequent_indent="  ",
                    break_long_words=False, break_on_hyphens=False) + "\n"  # fmt: skip

    parts = sections(rule.doc)
    yield f"{rule.code}  {rule.name}\n"
    yield wrapped(rule.summary)
    titles = ((WHY, "Why it matters"), (WHAT_TO_DO, "What to do"), (FALSE_POSITIVES, "When it may be wrong"))
    for key, title in titles:
        if key in parts:
            yield f"{title}\n{wrapped(capitalised(parts[key]))}"
    for flagged, title in ((True, "Flagged, for example"), (False, "Not flagged, for example")):
        examples = [example for example in rule.examples if example.flagged == flagged]
        if examples:
            yield f"{title}\n" + "\n".join(_example(example, width) for example in examples)
    yield f"How it is graded\n{wrapped(_grading(rule))}"
    if quality is not None:
        yield f"How often it was right\n{wrapped(_quality(quality))}"
    if SOURCE in parts:
        yield f"Source\n{wrapped(parts[SOURCE])}"


def _grading(rule: Rule) -> str:
    fix = " It can be mended automatically." if rule.fixable else ""
    return (
        f"Severity {rule.severity.label}; confidence {rule.confidence.label}: {_CONFIDENCE[rule.confidence.label]}. "
        f"It runs in the {'profile' if len(rule.profiles) == 1 else 'profiles'} {', '.join(rule.profiles)}.{fix}"
    )


def _quality(quality: Quality) -> str:
    hits = f"It gave {counted(quality.hits, 'finding')} on published records."
    if not quality.read:
        return hits
    read = f" Of {quality.read} that were read one by one, {quality.right} were right."
    return hits + read + (f" {quality.remark}" if quality.remark else "")


def _example(example: Example, width: int) -> str:
    """Show an example as the input, or as what it changes in a small clean record."""
    note = f"  # {clean(example.note)}\n" if example.note else ""
    if example.source is not None:
        return note + "".join(f"  {clean(line)}\n" for line in example.source.splitlines())
    if not example.also:
        return note + _record(example.patch, example.base, width)
    parts = (
        f"  record {number}\n{_record(patch, example.base, width)}"
        for number, patch in enumerate((example.patch, *example.also), start=1)
    )
    return note + "".join(parts)


def _record(patch: Mapping[str, Any], base: str, width: int) -> str:
    if not patch:
        return f"  a complete, consistent record ({base})\n"
    changes = (f"{path}: {'(left out)' if value is None else clean(dumps(value))}" for path, value in patch.items())
    return "".join(fill(c, width, initial_indent="  ", subsequent_indent="      ") + "\n" for c in changes)
