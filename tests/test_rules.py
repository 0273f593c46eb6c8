"""Every built-in rule: its examples, its page, its patterns, its places."""

import re
from datetime import date

import pytest

from lint.engine import Plan, lint_item
from lint.model import PROFILES, Example, Severity
from lint.rulebook import load_rulebook
from lint.rules import FAMILIES
from lint.testing import example_items, failures, minimal_record

BOOK = load_rulebook(local_code=False)


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.code)
def test_the_examples_behave(rule):
    assert failures(rule, BOOK) == []


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.code)
def test_the_page_is_complete(rule):
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert rule.summary.endswith(".")
    assert rule.family in FAMILIES
    for section in ("Why:", "What to do:", "Source:"):
        assert section in rule.doc, section
    assert rule.profiles == tuple(name for name in PROFILES if name in rule.profiles)


@pytest.mark.parametrize("base", ["interventional", "observational", "expanded_access", "results"])
@pytest.mark.parametrize("profile", PROFILES)
def test_the_minimal_records_are_clean(base, profile):
    rules = {rule.code: rule for rule in BOOK.rules if profile in rule.profiles}
    plan = Plan(rules | {"LNT900": BOOK.by_code["LNT900"]}, date(2024, 6, 30), profile)
    (item,) = example_items(Example(False, base=base))
    assert [f"{finding.code} {finding.path} {finding.message}" for finding in lint_item(item, plan).findings] == []
    assert minimal_record(base) is not minimal_record(base)


def test_there_are_sixty_rules_and_more():
    assert len([rule for rule in BOOK.rules if rule.check]) >= 60
    assert {rule.severity for rule in BOOK.rules} == set(Severity)
