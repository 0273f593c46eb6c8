"""The door for programs with machinery of their own."""

import json

import pytest
from sample_records import SINGLE_GROUP

from lint.batch import lint_batch
from lint.errors import LintError
from lint.testing import minimal_record, patched

GOOD = json.dumps(minimal_record())
BAD = json.dumps(patched(minimal_record(), SINGLE_GROUP))
DAY = "2024-06-30"


def test_every_record_has_a_row_with_its_findings():
    rows = list(lint_batch([("a", GOOD), ("b", BAD.encode()), ("c", f"[{GOOD}, {BAD}]"), ("d", "{")], as_of=DAY))
    assert [row["file"] for row in rows] == ["a", "b", "c", "c", "d"]
    assert [row["is_record"] for row in rows] == [True] * 4 + [False]
    codes = [{one["code"] for one in row["findings"]} for row in rows]
    assert codes[0] == codes[2] == set()
    assert "ARM001" in codes[1] and codes[1] == codes[3]
    assert rows[4]["findings"][0]["code"].startswith("SRC")
    assert {(one["file"], one["record"]) for one in rows[1]["findings"]} == {("b", rows[1]["record"])}


def test_the_text_of_a_configuration_counts():
    chosen = "select: [ARM001, DES002]\nseverity: {DES002: note}\nwaivers:\n- {rules: [ARM001], reason: agreed}\n"
    (row,) = lint_batch([("b", BAD)], as_of=DAY, config=chosen)
    assert [(one["code"], one["severity"]) for one in row["findings"]] == [("DES002", "note")]
    assert (row["notes"], row["errors"], row["waived"]) == (1, 0, 1)
    (row,) = lint_batch([("b", BAD)], as_of=DAY, config="select: [ARM001]")
    assert [one["code"] for one in row["findings"]] == ["ARM001"]


@pytest.mark.parametrize(
    ("day", "config", "said"),
    [
        ("2024-06-31", "", "'2024-06-31' (as_of) is no date"),
        (DAY, "profil: audit", "there is no key 'profil' (did you mean 'profile'?)"),
        (DAY, "ignore: [AMR001]", "did you mean 'ARM001'?"),
        (DAY, "- x", "this must be keys with values, not a list"),
        (DAY, "a: [", "config is not YAML"),
    ],
)
def test_a_wrong_setting_is_refused(day, config, said):
    with pytest.raises(LintError) as raised:
        list(lint_batch([("a", GOOD)], as_of=day, config=config))
    assert said in str(raised.value)
