import re
import subprocess
import sys
from pathlib import Path

import pytest

from lint.errors import RuleError, UsageError
from lint.model import PROFILES
from lint.rulebook import load_rulebook
from lint.testing import check_examples

ROOT = Path(__file__).parent.parent
PACK = ROOT / "docs" / "house-rules.yaml"

RULE = '''
from lint.api import NOTE, rule

@rule("LOC999", "local-rule", severity=NOTE, at="$.protocolSection{place}")
def local_rule(node, ctx):
    """A local rule."""
    return ()
'''


@pytest.fixture(scope="module")
def book():
    return load_rulebook(local_code=False)


def test_codes_are_sorted_and_unique(book):
    codes = [rule.code for rule in book.rules]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in book.rules}) == len(codes)
    assert all(re.fullmatch("[A-Z]{3}[0-9]{3}", code) for code in codes)
    assert all(set(rule.profiles) <= set(PROFILES) for rule in book.rules)


@pytest.mark.parametrize("selector", ["ARM001", "arm001", "arm-type-conflict-single-group"])
def test_a_rule_answers_to_code_and_name(book, selector):
    assert [rule.code for rule in book.find(selector)] == ["ARM001"]


def test_a_family_answers_with_all_its_rules(book):
    assert {rule.family for rule in book.find("arm")} == {"ARM"}
    assert book.find("ALL") == book.rules


def test_an_unknown_rule_is_refused_with_the_nearest_one(book):
    with pytest.raises(UsageError, match="did you mean 'ARM001'"):
        book.find("AMR001")


def test_a_local_pack_adds_rules_that_are_found_and_run():
    book = load_rulebook([str(PACK)], local_code=False)
    assert book.by_code["EXB001"].kind == "yaml"
    check_examples(book.find("keywords-missing"), book)


def test_local_python_is_read_only_where_code_is_allowed(tmp_path):
    (tmp_path / "mine.py").write_text(RULE.replace("{place}", ""))
    assert "LOC999" in load_rulebook([str(tmp_path)]).by_code
    assert "LOC999" not in load_rulebook([str(tmp_path)], local_code=False).by_code


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("import nowhere_to_be_found", "nowhere_to_be_found"),
        ("def broken(:", "SyntaxError"),
        (RULE.replace("{place}", "").replace("LOC999", "ARM001"), "two rules are called 'ARM001'"),
        (RULE.replace("{place}", "").replace("LOC999", "L1"), "no rule code"),
        (RULE.replace("{place}", ".nowhere"), "never match"),
    ],
)
def test_local_python_that_does_not_load_is_refused(tmp_path, source, words):
    (tmp_path / "mine.py").write_text(source)
    with pytest.raises(RuleError, match=words):
        load_rulebook([str(tmp_path)])


def test_a_pack_whose_place_can_never_match_is_refused(tmp_path):
    (tmp_path / "pack.yaml").write_text(PACK.read_text().replace("conditionsModule\n", "conditionModule\n"))
    with pytest.raises(RuleError, match="never match"):
        load_rulebook([str(tmp_path)])


def test_a_missing_folder_is_refused():
    with pytest.raises(RuleError, match="does not exist"):
        load_rulebook(["no-such-folder"])


def test_every_built_in_place_exists_in_the_schema():
    from lint.schema_places import place_exists

    book = load_rulebook(local_code=False)
    assert [(rule.code, place) for rule in book.rules for place in rule.at if not place_exists(place)] == []


def test_an_installed_plugin_adds_its_rules(tmp_path):
    """The entry point of the example plugin, as an installer would write it down."""
    info = tmp_path / "registry_lint_example_plugin-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: registry-lint-example-plugin\nVersion: 0.1.0\n")
    (info / "entry_points.txt").write_text("[lint.rules]\nexample = lint_example_rules\n")
    code = (
        "from lint.rulebook import load_rulebook; print(*('EXA001' in load_rulebook(local_code=allowed).by_code"
        " for allowed in (True, False)))"
    )
    path = [str(tmp_path), str(ROOT / "examples/plugin/src"), str(ROOT)]
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {path!r}; {code}"],
        capture_output=True, text=True, check=True, cwd=tmp_path,
    )  # fmt: skip
    assert done.stdout.split() == ["True", "False"]


def test_a_plugin_that_does_not_load_is_named(tmp_path):
    info = tmp_path / "broken-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[lint.rules]\nbroken = no_such_module\n")
    code = "from lint.rulebook import load_rulebook; load_rulebook()"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {[str(tmp_path), str(ROOT)]!r}; {code}"],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert "RuleError: the plugin 'broken' (no_such_module) does not load" in done.stderr
