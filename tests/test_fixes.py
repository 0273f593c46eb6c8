import json
from collections import Counter

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_findings import report

from lint.cli.planning import load_settings, make_plan
from lint.edits import edited
from lint.engine import lint_item
from lint.fixes import fix_bytes
from lint.model import Edit
from lint.rulebook import load_rulebook
from lint.sources import read_bytes
from lint.testing import minimal_record, patched

PLAN = make_plan(
    load_settings(None, True, {"as-of": "2024-06-30", "profile": "strict"}), load_rulebook(), replacements=True
)
SUMMARY = "descriptionModule.briefSummary"
CRITERIA = "eligibilityModule.eligibilityCriteria"
FLAWS = {
    "doubled": {SUMMARY: 'Exampline is compared with with placebo in "adults" with migraine \\~ 3 months.'},
    "twice": {SUMMARY: "Exampline is is compared with with placebo in adults who have had migraine."},
    "invisible": {SUMMARY: "Exampline\u200b is compared with placebo in adults who have had migraine for years."},
    "bullet": {CRITERIA: "Inclusion Criteria:\n\n* Adults\n* \n\nExclusion Criteria:\n\n* Pregnancy"},
    "degrees": {
        "contactsLocationsModule.overallOfficials[0]": {
            "name": "Anna Berg, MD/PhD", "affiliation": "Exampletown University", "role": "PRINCIPAL_INVESTIGATOR",
        }
    },
    "keywords": {"conditionsModule.keywords": ["migraine attack", "headache diary", "migraine attack"]},
    "slip": {SUMMARY: "Exampline prevents attacks. Examplien is a tablet. Exampline is safe and cheap."},
}  # fmt: skip
WRITERS = {
    "json": lambda record: json.dumps(record, indent=2, ensure_ascii=False),
    "escaped": lambda record: json.dumps(record),
    "jsonl": lambda record: json.dumps(record) + "\n" + json.dumps(minimal_record()) + "\n",
    "windows": lambda record: json.dumps(record, indent=1).replace("\n", "\r\n"),
    "yaml": lambda record: "# a note\n" + yaml.safe_dump(record, allow_unicode=True, sort_keys=False),
    "quoted": lambda record: yaml.safe_dump(record, default_style='"', sort_keys=False),
    "block": lambda record: yaml.safe_dump(record, default_style="|", sort_keys=False),
}
choice = st.builds(
    lambda names, writer: (
        patched(minimal_record(), {key: value for name in names for key, value in FLAWS[name].items()}), writer,
    ),
    st.lists(st.sampled_from([*FLAWS]), unique=True),
    st.sampled_from([*WRITERS]),
)  # fmt: skip


def checked(raw, name):
    items = list(read_bytes(raw, name))
    return [item.data for item in items], [found for item in items for found in lint_item(item, PLAN).findings]


def name_of(writer):
    return "a.yaml" if writer in ("yaml", "quoted", "block") else "a.json"


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("flaw", FLAWS)
def test_every_offered_fix_is_made_in_every_form(flaw, writer):
    raw = WRITERS[writer](patched(minimal_record(), FLAWS[flaw])).encode()
    before = Counter(found.code for found in checked(raw, name_of(writer))[1] if found.fix)
    fixed = fix_bytes(raw, name_of(writer), PLAN, unsafe=True)
    assert fixed.mended and not fixed.refused
    assert not any(found.fix for found in checked(fixed.raw, name_of(writer))[1])
    assert {found.code for found in fixed.mended} == {*before}


@settings(max_examples=60, deadline=None)
@given(choice, st.booleans())
def test_laws(made, unsafe):
    record, writer = made
    raw, name = WRITERS[writer](record).encode(), name_of(writer)
    fixed = fix_bytes(raw, name, PLAN, unsafe=unsafe)
    assert fix_bytes(fixed.raw, name, PLAN, unsafe=unsafe).raw == fixed.raw
    assert (fixed.raw == raw) == (not fixed.mended)
    before, after = (Counter(found.code for found in checked(text, name)[1]) for text in (raw, fixed.raw))
    assert not after - before
    assert all(found.fix.safe or unsafe for found in fixed.mended)


def test_every_other_byte_stays():
    record = json.dumps(patched(minimal_record(), FLAWS["doubled"]), indent=3, ensure_ascii=True)
    odd = record.replace('"briefSummary": "', '"briefSummary" :\t"').encode()
    fixed = fix_bytes(b"\xef\xbb\xbf" + odd, "a.json", PLAN)
    assert fixed.raw == b"\xef\xbb\xbf" + odd.replace(b"with with", b"with")


def test_comments_of_yaml_stay():
    raw = WRITERS["yaml"](patched(minimal_record(), FLAWS["keywords"])).replace("keywords:", "keywords: # three")
    fixed = fix_bytes(raw.encode(), "a.yaml", PLAN, unsafe=True).raw.decode()
    assert fixed.startswith("# a note\n") and "keywords: # three\n" in fixed
    assert len(fixed.splitlines()) == len(raw.splitlines()) - 1


def test_a_fix_that_leads_to_a_new_finding_is_not_made():
    twin = {
        "armsInterventionsModule.interventions[0].name": "Mesenchymal stem cells",
        "armsInterventionsModule.interventions[1]": {"type": "DRUG", "name": "Msenchymal stem cells"},
        "armsInterventionsModule.armGroups[0].interventionNames": [
            "Drug: Mesenchymal stem cells", "Drug: Msenchymal stem cells",
        ],
        "armsInterventionsModule.armGroups[1].interventionNames": ["Drug: Mesenchymal stem cells"],
    }  # fmt: skip
    raw = json.dumps(patched(minimal_record(), twin)).encode()
    fixed = fix_bytes(raw, "a.json", PLAN, unsafe=True)
    assert b"Msenchymal" in fixed.raw
    assert "TXT012" in {found.code for found in fixed.refused}


@pytest.mark.parametrize("writer", ["json", "escaped", "jsonl", "windows"])
@pytest.mark.parametrize("flaw", FLAWS)
def test_sarif_tells_how_the_text_changes(flaw, writer):
    before = patched(minimal_record(), FLAWS[flaw])
    raw = WRITERS[writer](before)
    record = next(read_bytes(raw.encode(), "a.json"))
    results = json.loads(report("sarif", *lint_item(record, PLAN).findings))["runs"][0]["results"]
    fixable = [result for result in results if "fix" in result.get("properties", {})]
    assert fixable
    for result in fixable:
        (fix,) = result["fixes"]
        (change,) = fix["artifactChanges"]
        text = replaced(raw, change["replacements"])
        after = json.loads(text.splitlines()[0] if writer == "jsonl" else text)
        edits = [Edit(split(one["path"]), one.get("value"), one.get("remove", False))
                 for one in result["properties"]["fix"]["edits"]]  # fmt: skip
        assert after == edited(before, edits)


def replaced(text, replacements):
    """Make the changes as a reader of SARIF would, by line and column."""
    lines = text.splitlines(keepends=True)
    for one in sorted(replacements, key=lambda one: -one["deletedRegion"]["startLine"]):
        place = one["deletedRegion"]
        first, last = place["startLine"] - 1, place["endLine"] - 1
        head, tail = lines[first][: place["startColumn"] - 1], lines[last][place["endColumn"] - 1 :]
        lines[first : last + 1] = [head + one.get("insertedContent", {"text": ""})["text"] + tail]
    return "".join(lines)


def split(pointer):
    return tuple(int(step) if step.isdecimal() else step for step in pointer.split("/")[1:])


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe{", b"\x1f\x8b", b"[1, 2]", b"<html>"])
def test_what_is_no_record_stays_as_it_is(raw):
    assert fix_bytes(raw, "a.json", PLAN, unsafe=True).raw == raw
