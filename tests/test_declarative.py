from pathlib import Path

import pytest

from lint.declarative import fill, load_pack
from lint.errors import RuleError
from lint.testing import check_examples, failures

PACKS = sorted((Path(__file__).parent.parent / "rules" / "packs").glob("*.yaml"))


def test_messages_show_the_values_of_the_place():
    value = {"a": {"b": "x"}, "list": ["p", "q"], "objects": [{}, {}]}
    assert fill("{a.b} {list} {objects} {none}", value) == "x p, q 2 nothing"


PACK = """
rules:
  - code: ABC001
    name: keywords-missing
    severity: note
    at: $.protocolSection.conditionsModule
    summary: The record has no keywords.
    then: {required: [keywords]}
    missing: keywords
    message: the record has no keywords
    why: People search by them.
    fix: Add some.
    source: house style
    examples:
      bad: [{conditionsModule.keywords: null}]
      good: [{}]
"""


def test_a_pack_becomes_rules_whose_examples_run(tmp_path):
    file = tmp_path / "pack.yaml"
    file.write_text(PACK)
    (rule,) = load_pack(str(file))
    assert (rule.code, rule.kind, rule.summary) == ("ABC001", "yaml", "The record has no keywords.")
    check_examples([rule])


def test_an_example_that_does_not_behave_is_named(tmp_path):
    file = tmp_path / "pack.yaml"
    file.write_text(PACK.replace("bad: [{conditionsModule.keywords: null}]", "bad: [{}]"))
    assert "ABC001 example 0" in failures(load_pack(str(file))[0])[0]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("severity: note", "severity: fatal", "rules/0/severity"),
        ("then:", "thn:", "thn"),
        ("ABC001", "abc1", "rules/0/code"),
        ("{required: [keywords]}", "{requird: [keywords]}", "requird"),
        ("$.protocolSection.conditionsModule", "conditions", "place pattern"),
        ("rules:", "rules: [", "is not YAML"),
    ],
)
def test_a_wrong_pack_is_refused_with_its_place(tmp_path, old, new, words):
    file = tmp_path / "pack.yaml"
    file.write_text(PACK.replace(old, new, 1))
    with pytest.raises(RuleError, match=words):
        load_pack(str(file))


@pytest.mark.parametrize(
    "pack", sorted((Path(__file__).parent.parent / "rules" / "packs").glob("*.yaml")), ids=lambda pack: pack.stem
)
def test_a_built_in_pack_passes_the_checks_of_any_other(pack):
    assert load_pack(str(pack))
