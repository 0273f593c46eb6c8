"""Find the rules that a form of record cannot decide, by their own examples: write undecided.txt and docs/forms.md.

A rule is undecided in a form when what the form cannot carry is taken out of the rule's examples and then none of the
bad ones is flagged any more, or a good one is.

python tools/build_forms.py [--check]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from lint.engine import CRASHED, Plan
from lint.model import Example, Record, Rule
from lint.registries import forms
from lint.registries.forms import RecordForm, lossy_forms
from lint.registries.losses import Loss, below, paths
from lint.rulebook import Rulebook, load_rulebook
from lint.testing import example_items, findings_of, without

ROOT = Path(__file__).parent.parent
TABLE = Path(forms.__file__).with_name("undecided.txt")
PAGE = ROOT / "docs" / "forms.md"
PUBLICATION = (
    Loss(
        "it is not published yet",
        below("protocolSection.statusModule", "studyFirstSubmitDate studyFirstPostDateStruct lastUpdateSubmitDate "
              "lastUpdatePostDateStruct"),
    ),
)  # fmt: skip
LIST = "<!-- made by tools/build_forms.py from here on -->\n"


def is_flagged(rule: Rule, example: Example, losses: tuple[Loss, ...], book: Rulebook) -> bool:
    """Run a rule on an example of its own from which something is lost."""
    chosen = {rule.code: rule, CRASHED: book.by_code[CRASHED]}
    plan = Plan(chosen, date.fromisoformat(example.as_of), rule.profiles[-1])
    records = [
        item._replace(data=without(item.data, losses), not_shown=paths(losses))
        for item in example_items(example)
        if isinstance(item, Record)
    ]
    return any(finding.code == rule.code for finding in findings_of(records, plan))


def is_undecided(rule: Rule, losses: tuple[Loss, ...], unpublished: bool, book: Rulebook) -> bool:
    """Say whether a rule misses all of its bad examples, or flags a good one, when something is lost.

    Good examples that are good only because the registry has had the record for a while do not count for what is
    still ``unpublished``.
    """
    examples = [example for example in rule.examples if example.source is None]
    bad = [is_flagged(rule, example, losses, book) for example in examples if example.flagged]
    good = [
        is_flagged(rule, example, losses, book)
        for example in examples
        if not (example.flagged or (unpublished and is_flagged(rule, example, PUBLICATION, book)))
    ]
    return (bool(bad) and not any(bad)) or any(good)


def undecided(form: RecordForm, book: Rulebook) -> Iterator[tuple[Rule, list[Loss]]]:
    """Yield the rules that a form cannot decide, with the losses to blame: those that alone suffice, else all."""
    for rule in sorted(book.rules, key=lambda rule: rule.code):
        named = [loss for loss in form.losses if rule.code in loss.rules]
        if named:
            yield rule, named
        elif is_undecided(rule, form.losses, form.unpublished, book):
            alone = [loss for loss in form.losses if is_undecided(rule, (loss,), form.unpublished, book)]
            yield rule, alone or list(form.losses)


def main() -> int:
    book = load_rulebook()
    table, page = "", PAGE.read_text(encoding="utf-8").partition(LIST)[0] + LIST
    for form in lossy_forms().values():
        rules = [] if form.varying else list(undecided(form, book))
        table += "" if form.varying else f"{form.name}\n"
        table += "".join(f" {rule.code} {' '.join(loss.sign for loss in losses)}\n" for rule, losses in rules)
        page += _section(form, rules)
    stale = [
        file
        for file, text in ((TABLE, table), (PAGE, page))
        if not file.exists() or file.read_text(encoding="utf-8") != text
    ]
    for file in stale:
        print(f"{'stale' if '--check' in sys.argv else 'written'}: {file.relative_to(ROOT)}")
    if "--check" in sys.argv:
        return int(bool(stale))
    TABLE.write_text(table, encoding="utf-8")
    PAGE.write_text(page, encoding="utf-8")
    return 0


def _section(form: RecordForm, rules: list[tuple[Rule, list[Loss]]]) -> str:
    """Write the part of the page about one form."""
    text = f"\n## {form.name}: {form.title}\n\n| not carried | because |\n|---|---|\n"
    for loss in form.losses:
        text += f"| {'<br>'.join(f'`{place}`' for place in loss.places) or 'no field'} | {loss.reason} |\n"
    if form.varying:
        return f"{text}\n{forms.ALL_APPLIED}\n"
    text += f"\nRules that are not applied ({len(rules)}):\n\n"
    for rule, losses in rules:
        why = "; ".join(loss.reason for loss in losses)
        text += f"- [{rule.code}](rules/{rule.code}.md) {rule.summary.rstrip('.')}: {why}\n"
    return text


if __name__ == "__main__":
    sys.exit(main())
