import pytest
import yaml

from lint.cli.planning import load_settings, make_plan
from lint.engine import lint_item
from lint.rulebook import load_rulebook
from lint.sources import read_bytes
from lint.testing import minimal_record, patched

PLAN = make_plan(
    load_settings(None, True, {"as-of": "2024-06-30", "select": ("ARM001", "DES002", "SRC")}), load_rulebook()
)
RECORD = yaml.safe_dump(patched(minimal_record(), {"designModule.designInfo.interventionModel": "SINGLE_GROUP"}))
LINE = next(line for line in RECORD.splitlines() if "interventionModel:" in line)


def outcomes(text):
    return [lint_item(item, PLAN) for item in read_bytes(text.encode(), "a.yaml")]


def line_of(code):
    return next(one.line for one in outcomes(RECORD)[0].findings if one.code == code)


def with_comment(line, comment):
    lines = RECORD.splitlines(keepends=True)
    lines[line - 1] = lines[line - 1].rstrip("\n") + f"  {comment}\n"
    return "".join(lines)


@pytest.mark.parametrize("code", ["ARM001", "DES002"])
def test_a_comment_on_the_line_waives_the_rule_there(code):
    (outcome,) = outcomes(with_comment(line_of(code), f"# lint: ignore {code} as agreed"))
    assert [(one.finding.code, one.reason) for one in outcome.waived] == [(code, "as agreed")]
    assert code not in {one.code for one in outcome.findings}


def test_a_comment_alone_speaks_of_the_next_line():
    line = line_of("ARM001")
    lines = RECORD.splitlines(keepends=True)
    lines[line - 1 : line - 1] = ["# lint: ignore ARM001, DES002: as agreed\n", "# more words\n", "\n"]
    (outcome,) = outcomes("".join(lines))
    assert "ARM001" in {one.finding.code for one in outcome.waived}


def test_other_lines_other_rules_and_other_documents_are_not_waived():
    line = line_of("ARM001")
    for text in (with_comment(line, "# lint: ignore PER001 x"), with_comment(1, "# lint: ignore ARM001 x")):
        assert not outcomes(text)[0].waived
    second = "---\n" + RECORD
    first, other = outcomes(with_comment(line, "# lint: ignore ARM001 x") + second)
    assert len(first.waived) == 1 and not other.waived


@pytest.mark.parametrize("comment", ["# lint: ignore ARM001", "# lint: ignore", "# lint: off", "# lint: ignore arm x"])
def test_a_comment_without_rule_or_reason_is_told(comment):
    (outcome,) = outcomes(with_comment(line_of("ARM001"), comment))
    assert not outcome.waived
    assert "SRC022" in {one.code for one in outcome.findings}


def test_text_of_a_value_is_no_comment():
    record = patched(minimal_record(), {"descriptionModule.briefSummary": "Say\n# lint: ignore ARM001 x\nand more"})
    (outcome,) = outcomes(yaml.safe_dump(record, default_style="|"))
    assert not outcome.waived and "SRC022" not in {one.code for one in outcome.findings}
