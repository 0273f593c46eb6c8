import json

import jsonschema
import pytest

from lint import __version__
from lint.cli.explain import page
from lint.quality import Quality
from lint.rulebook import load_rulebook
from lint.schema import load_schema


def test_version(lint):
    assert lint("--version").out == f"registry-lint {__version__}\n"


def test_rules_as_json_follow_their_schema(lint):
    listed = json.loads(lint("rules", "--format", "json").out)
    jsonschema.Draft202012Validator(load_schema("rules")).validate(listed)
    by_code = {entry["code"]: entry for entry in listed}
    arm001 = by_code["ARM001"]
    assert (arm001["family"], arm001["severity"]) == ("ARM", "error")
    assert arm001["source"].startswith("PRS protocol definitions")


def test_rules_as_a_table(lint):
    result = lint("rules", "--select", "ARM001,DES002")
    assert result.code == 0
    assert "arm-type-conflict-single-group" in result.out
    assert "allocation-set-single-group" in result.out
    assert "TXT" not in result.out


@pytest.mark.parametrize("rule", load_rulebook(local_code=False).rules, ids=lambda rule: rule.code)
def test_every_rule_explains_itself(lint, rule):
    result = lint("explain", rule.name)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"{rule.code}  {rule.name}\n")
    for title in ("Why it matters", "What to do", "How it is graded", "Source"):
        assert f"\n{title}\n" in result.out


def test_explain_shows_examples_as_changes(lint):
    page = lint("explain", "ARM001").out
    flagged, _, fine = page.partition("Not flagged, for example")
    assert '  designModule.designInfo.interventionModel: "SINGLE_GROUP"\n' in flagged
    assert "a complete, consistent record" in fine
    assert max(map(len, page.splitlines())) <= 120


def test_explain_says_how_often_a_rule_was_right():
    rule = load_rulebook(local_code=False).by_code["ARM001"]
    text = "\n".join(page(rule, Quality(hits=1234, graded="error", read=20, right=19, remark="One was a pun."), 88))
    assert "It gave 1,234 findings on published records. Of 20 that were read one by one, 19 were\n" in text
    assert "One was a pun." in text
    assert "1 finding on" in "\n".join(page(rule, Quality(1, "note", 0, 0, ""), 88))
    assert "How often" not in "\n".join(page(rule, None, 88))


@pytest.mark.parametrize("name", ["record", "config", "rules", "rule-pack", "findings"])
def test_schemas_are_printed_and_valid(lint, name):
    schema = json.loads(lint("schema", name).out)
    jsonschema.Draft202012Validator.check_schema(schema)


def test_config_show_names_the_origin_of_every_value(folder, lint):
    (folder / ".lint.yaml").write_text(
        "profile: strict\nignore: [TXT]\nseverity: {ARM001: off}\n"
        "overrides:\n  - {records: [NCT*], severity: note, reason: old records}\n"
    )
    lines = lint("config", "show").out.splitlines()
    assert "profile: strict  # .lint.yaml" in lines
    assert "ignore: [TXT]  # .lint.yaml" in lines
    assert "fail-level: error  # default" in lines
    assert lines[lines.index("severity:  # .lint.yaml") + 1] == "  ARM001: off"
    assert "  - note for rules ALL; records NCT*, because old records" in lines


def test_config_show_says_what_is_in_force_where_nothing_is_set(folder, lint):
    (folder / ".lint.yaml").write_text("max-depth: 7\n")
    lines = lint("config", "show").out.splitlines()
    assert {"as-of: today  # default", "lexicon: the one that is installed  # default"} <= set(lines)
    assert {"max-bytes: 1000000000  # default", "max-depth: 7  # .lint.yaml"} <= set(lines)


def test_config_show_refuses_what_run_would_refuse(folder, lint):
    (folder / ".lint.yaml").write_text("select: [ARMX]\n")
    result = lint("config", "show")
    assert result.code == 2
    assert result.err == "lint: .lint.yaml, select: there is no rule, family or tag 'ARMX' (did you mean 'ARM'?)\n"


def test_the_program_without_a_command_shows_help(lint):
    assert "Commands:" in "".join((lint().out, lint().err))
    assert "Exit code:" in lint("run", "--help").out
