import copy
import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_findings import BARE, PLAIN

from lint import baseline
from lint.errors import ConfigError
from lint.model import Outcome
from lint.testing import minimal_record, patched

FLAWED = patched(
    minimal_record(),
    {
        "designModule.designInfo.interventionModel": "SINGLE_GROUP",
        "armsInterventionsModule.interventions[0].description": "Taken with with water ; for for weeks.",
        "contactsLocationsModule.overallOfficials": [
            {"name": "Anna Berg, MD", "affiliation": "Exampletown University", "role": "STUDY_CHAIR"},
            {"name": "Anna Berg, MD", "affiliation": "Exampletown Hospital", "role": "STUDY_CHAIR"},
        ],
    },
)


def findings(text, name="a.json"):
    from lint.cli.planning import load_settings, make_plan
    from lint.engine import lint_item
    from lint.rulebook import load_rulebook
    from lint.sources import read_bytes

    plan = make_plan(load_settings(None, True, {"as-of": "2024-06-30", "profile": "strict"}), load_rulebook())
    return [lint_item(item, plan) for item in read_bytes(text.encode(), name)]


def shuffled(value, chance):
    """The same record with the members of objects in another order."""
    if isinstance(value, dict):
        names = list(value)
        chance.shuffle(names)
        return {name: shuffled(value[name], chance) for name in names}
    return [shuffled(item, chance) for item in value] if isinstance(value, list) else value


def known(outcomes):
    return baseline.Baseline(baseline.updated(baseline.Baseline(), outcomes))


@pytest.mark.parametrize("indent", [None, 1, 4])
def test_layout_order_of_members_and_name_of_the_file_do_not_matter(indent):
    before = findings(json.dumps(FLAWED))
    assert sum(len(outcome.findings) for outcome in before) > 3
    base = known(before)
    text = json.dumps(shuffled(FLAWED, random.Random(7)), indent=indent)
    after = [base.apply(outcome) for outcome in findings(text, "elsewhere/b.json")]
    assert [outcome.findings for outcome in after] == [()]
    assert not base.gone()


def test_the_order_of_named_items_does_not_matter():
    base = known(findings(json.dumps(FLAWED)))
    turned = copy.deepcopy(FLAWED)
    turned["protocolSection"]["armsInterventionsModule"]["armGroups"].reverse()
    left = {finding.code for outcome in findings(json.dumps(turned)) for finding in base.apply(outcome).findings}
    assert not left


def test_another_flaw_of_the_same_rule_in_the_same_place_shows():
    base = known(findings(json.dumps(FLAWED)))
    place = "armsInterventionsModule.interventions[0].description"
    swapped = patched(FLAWED, {place: "Taken with water ; in in the morning."})
    (outcome,) = [base.apply(outcome) for outcome in findings(json.dumps(swapped))]
    assert [finding.code for finding in outcome.findings] == ["TXT013"]
    assert {entry.code for entry in base.gone()} == {"TXT013"}


def test_entries_are_gone_only_for_records_that_were_checked():
    base = baseline.Baseline([baseline.entry_of(PLAIN)])
    base.apply(Outcome((), 1, record="NCT09999999", file="other.json"))
    assert base.gone() == []
    base.apply(Outcome((), 1, record="NCT09900001", file="moved.json"))
    assert [entry.code for entry in base.gone()] == ["ARM001"]


def test_what_could_not_be_read_is_never_known():
    assert baseline.updated(baseline.Baseline(), [Outcome((BARE,), unreadable=True, file="b.json")]) == []


@given(st.permutations(["b", "a", "c"]))
def test_the_file_is_sorted_and_read_back(marks):
    entries = [baseline.entry_of(PLAIN._replace(fingerprint=mark)) for mark in marks]
    lines = list(baseline.dump(entries))
    assert [json.loads(line)["fingerprint"] for line in lines] == ["a", "b", "c"]
    assert all(line.endswith("}\n") for line in lines)


def test_a_line_that_is_no_entry_is_named(tmp_path):
    file = tmp_path / "base.jsonl"
    file.write_text("".join(baseline.dump([baseline.entry_of(PLAIN)])) + "<<<<<<< HEAD\n")
    with pytest.raises(ConfigError, match=r"base\.jsonl:2"):
        baseline.load(str(file))
