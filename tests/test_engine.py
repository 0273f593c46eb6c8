import json
from datetime import date

import pytest

from lint.api import ERROR, NOTE, WARNING, rule, text_rule
from lint.engine import Plan, lint_item
from lint.model import Failure, Region, Severity, SourceProblem
from lint.overrides import Override, Scope
from lint.rulebook import load_rulebook
from lint.sources import read_bytes
from lint.testing import minimal_record, patched

BOOK = load_rulebook(local_code=False)
AS_OF = date(2024, 6, 30)


def plan_of(*rules, **options):
    chosen = {rule.code: rule for rule in rules} | {"LNT900": BOOK.by_code["LNT900"]}
    return Plan(chosen, AS_OF, **options)


def record(patch=None):
    text = json.dumps(patched(minimal_record(), patch or {}), indent=2)
    (item,) = read_bytes(text.encode(), "r.json")
    return item, text


@rule("TST001", "title", severity=WARNING, at="$.protocolSection.identificationModule")
def title(module, ctx):
    """A title."""
    yield module.problem("has a title", "briefTitle", hint="keep it", related=[module.child("nctId")])


@rule("TST002", "crash", severity=NOTE, at="$.protocolSection")
def crash(section, ctx):
    """Crashes."""
    raise KeyError("boom")


@text_rule(
    "TST003",
    "migraine",
    severity=NOTE,
    pattern="[Mm]igraine",
    fields=("$.protocolSection.descriptionModule.briefSummary",),
)
def migraine(match, ctx):
    """A word."""
    yield match.problem(f"'{match[0]}' stands here")


def test_a_problem_gets_its_place_and_its_rule():
    item, text = record()
    (finding,) = lint_item(item, plan_of(title)).findings
    lines = text.split("\n")
    line = lines[finding.line - 1]
    assert line[finding.column - 1 : finding.end_column - 1].startswith('"Exampline Versus Placebo')
    assert (finding.code, finding.severity, finding.path) == (
        "TST001", Severity.WARNING, "/protocolSection/identificationModule/briefTitle",
    )  # fmt: skip
    assert lines[finding.related[0].line - 1].strip().startswith('"nctId"')


def test_a_text_rule_points_at_the_word_behind_escapes():
    item, text = record({"descriptionModule.briefSummary": 'Age 18\\~65 with "migraine"'})
    (finding,) = lint_item(item, plan_of(migraine)).findings
    assert text.split("\n")[finding.line - 1][finding.column - 1 : finding.end_column - 1] == "migraine"


def test_a_crashing_rule_is_reported_and_the_others_go_on():
    item, _ = record()
    outcome = lint_item(item, plan_of(title, crash, migraine))
    assert {finding.code for finding in outcome.findings} == {"TST001", "TST003", "LNT900"}
    assert outcome.crashes == 1
    (crashed,) = (finding for finding in outcome.findings if finding.code == "LNT900")
    assert "TST002" in crashed.message and "boom" in crashed.message and crashed.severity == Severity.ERROR
    assert "Traceback" not in crashed.message
    assert "Traceback" in str(lint_item(item, plan_of(crash, debug=True)).findings)


@rule("TST004", "no-problem", severity=NOTE, at="$.protocolSection")
def no_problem(section, ctx):
    """Yields something else."""
    return ["a message"]


def test_a_rule_that_yields_no_problem_counts_as_crashed():
    item, _ = record()
    (finding,) = lint_item(item, plan_of(no_problem)).findings
    assert finding.code == "LNT900" and "yielded str" in finding.message


def test_a_crash_cannot_be_filtered_away():
    item, _ = record()
    assert lint_item(item, plan_of(crash, min_severity=Severity.ERROR)).crashes == 1


def test_severities_come_from_the_configuration_first():
    item, _ = record()
    assert lint_item(item, plan_of(title, severities={"TST001": ERROR})).findings[0].severity == ERROR
    assert lint_item(item, plan_of(title, min_severity=ERROR)).findings == ()


@pytest.mark.parametrize(
    ("options", "suppressed"),
    [
        ({"files": ("*.json",)}, 1),
        ({"files": ("*.yaml",)}, 0),
        ({"records": ("NCT0990*",)}, 1),
        ({"records": ("NCT1*",)}, 0),
        ({"pointers": ("/protocolSection/*/briefTitle",)}, 1),
        ({"pointers": ("/protocolSection/identificationModule",)}, 1),
        ({"pointers": ("/protocolSection/identificationModule/brief",)}, 0),
        ({"records": ("NCT0990*",), "pointers": ("/other",)}, 0),
    ],
)
def test_an_override_suppresses_where_all_its_patterns_fit(options, suppressed):
    item, _ = record()
    override = Override(Scope(frozenset({"TST001"}), **options), None, reason="agreed")
    outcome = lint_item(item, plan_of(title, overrides=(override,)))
    assert (outcome.suppressed, len(outcome.findings)) == (suppressed, 1 - suppressed)


def test_a_value_of_a_wrong_type_is_one_finding_and_no_crash():
    item, _ = record({"armsInterventionsModule.armGroups": "two arms"})
    plan = Plan({rule.code: rule for rule in BOOK.rules}, AS_OF, "strict")
    outcome = lint_item(item, plan)
    assert outcome.crashes == 0
    about_arms = [finding for finding in outcome.findings if finding.path.endswith("/armGroups")]
    assert [finding.code for finding in about_arms] == ["SCH001"]


def test_fingerprints_survive_another_layout_and_order_but_not_another_value():
    def marks(patch, indent):
        text = json.dumps(patched(minimal_record(), patch), indent=indent)
        (item,) = read_bytes(text.encode(), "x.json")
        return [finding.fingerprint for finding in lint_item(item, plan_of(title)).findings]

    assert marks({}, 2) == marks({}, None) == marks({"hasResults": True}, 4)
    assert marks({}, 2) != marks({"identificationModule.briefTitle": "Another"}, 2)


def test_a_failure_to_read_is_a_finding_that_counts_as_unreadable():
    problem = SourceProblem("SRC002", "broken", "mend it", Region(3, 4, 3, 5), unreadable=True)
    outcome = lint_item(Failure("x.json", problem), plan_of(*BOOK.find("SRC")))
    (finding,) = outcome.findings
    assert outcome.unreadable and (finding.line, finding.column) == (3, 4)
