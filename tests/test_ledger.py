"""Rules over several records: the same findings at exact places, however the records come in."""

import gzip
import json
import os
import resource
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint.sorting import NotKept, Sorted
from lint.testing import minimal_record, patched

ISRCTN = [{"id": "ISRCTN78805636", "type": "REGISTRY"}]
CITING = "identificationModule.secondaryIdInfos"
NAMED = {"identificationModule.briefTitle": "Another Title of Some Words", "identificationModule.officialTitle": None}


def record(number, **patch):
    own = {
        "identificationModule.nctId": f"NCT{number:08d}",
        "identificationModule.orgStudyIdInfo.id": f"EX-{number:06d}",
        "identificationModule.briefTitle": f"Exampline Number {number} Versus Placebo in Migraine",
        "identificationModule.officialTitle": None,
        "designModule.enrollmentInfo.count": 100 + number,
    }
    return patched(minimal_record(), {**own, **patch})


def lint(folder, *words, stdin=None):
    command = [sys.executable, "-m", "lint", "run", "--as-of", "2024-06-30", "--select", "XRC", *words]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "GITHUB_ACTIONS": ""}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, input=stdin, timeout=120)


def findings(folder, *words, stdin=None):
    return json.loads(lint(folder, "--format", "json", *words, stdin=stdin).stdout)["findings"]


@pytest.fixture
def twins():
    """Two records with one number of another registry."""
    return [record(1, **{CITING: ISRCTN}), record(2, **{CITING: ISRCTN})]


def test_both_places_are_exact(tmp_path, twins):
    for number, data in enumerate(twins, start=1):
        (tmp_path / f"r{number}.json").write_text(json.dumps(data, indent=2))
    (found,) = findings(tmp_path, ".")
    assert (found["code"], found["record"]) == ("XRC003", "NCT00000002")
    assert found["path"] == "/protocolSection/identificationModule/secondaryIdInfos/0/id"
    (related,) = found["related"]
    for file, place in ((found["file"], found), (related["message"].split()[-1], related)):
        line = (tmp_path / file).read_text().splitlines()[place["line"] - 1]
        assert line[place["column"] - 1 :] == '"ISRCTN78805636",'
    assert related["message"].startswith("NCT00000001 in ")


def test_sarif_names_the_other_file(tmp_path, twins):
    for number, data in enumerate(twins, start=1):
        (tmp_path / f"r{number}.json").write_text(json.dumps(data))
    (result,) = json.loads(lint(tmp_path, ".", "--format", "sarif").stdout)["runs"][0]["results"]
    (place,) = result["relatedLocations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "r1.json"


def test_standard_input_gives_the_same_at_the_line_of_the_record(tmp_path, twins):
    text = "".join(json.dumps(data) + "\n" for data in twins)
    (tmp_path / "both.jsonl").write_text(text)
    (of_file,) = findings(tmp_path, "both.jsonl")
    (piped,) = findings(tmp_path, "-", stdin=text.encode())
    same = ("code", "message", "record", "path", "fingerprint", "line")
    assert [piped[name] for name in same] == [of_file[name] for name in same]
    assert (of_file["line"], piped["column"]) == (2, 1)
    assert of_file["column"] > 1


def test_packed_files_are_read_again(tmp_path, twins):
    text = "".join(json.dumps(data) + "\n" for data in twins)
    (tmp_path / "both.jsonl").write_text(text)
    (tmp_path / "both.jsonl.gz").write_bytes(gzip.compress(text.encode()))
    (plain,), (packed,) = findings(tmp_path, "both.jsonl"), findings(tmp_path, "both.jsonl.gz")
    assert {**packed, "file": "", "related": []} == {**plain, "file": "", "related": []}


def test_any_number_of_jobs_gives_the_same(tmp_path):
    # several pieces, with a finding that joins the first and the last
    lines = [json.dumps(record(number, **({CITING: ISRCTN} if number in (1, 899) else {}))) for number in range(900)]
    (tmp_path / "many.jsonl").write_text("\n".join(lines))
    alone, several = (lint(tmp_path, ".", "--format", "json", "--jobs", jobs).stdout for jobs in ("1", "3"))
    assert alone == several
    (found,) = json.loads(alone)["findings"]
    assert (found["line"], found["related"][0]["line"]) == (900, 2)


def test_a_record_in_two_files_is_one_registration(tmp_path, twins):
    for name in ("before.json", "after.json"):
        (tmp_path / name).write_text(json.dumps(twins[0]))
    assert findings(tmp_path, ".") == []
    codes = [found["code"] for found in findings(tmp_path, ".", "--profile", "strict")]
    assert codes == ["XRC012"]


def test_drafts_without_a_number_are_told_by_their_own_ids(tmp_path):
    for name, own in (("a", "EX-1000"), ("b", "EX-1000"), ("c", "EX-2000")):
        data = record(1, **{"identificationModule.nctId": None, "identificationModule.orgStudyIdInfo.id": own})
        (tmp_path / f"{name}.json").write_text(json.dumps(data))
    found = findings(tmp_path, ".")
    assert {(one["record"], one["code"]) for one in found} == {("EX-2000", "XRC002"), ("EX-2000", "XRC016")}


def test_findings_are_waived_and_known(tmp_path, twins):
    (tmp_path / "both.jsonl").write_text("".join(json.dumps(data) + "\n" for data in twins))
    waiver = {"rules": ["XRC003"], "records": ["NCT00000002"], "reason": "two parts of one protocol"}
    (tmp_path / ".lint.yaml").write_text(json.dumps({"waivers": [waiver]}))
    assert findings(tmp_path, ".") == []
    (tmp_path / ".lint.yaml").unlink()
    baseline = [sys.executable, "-m", "lint", "baseline", "create", "both.jsonl", "--select", "XRC"]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    subprocess.run(baseline, cwd=tmp_path, env=env, check=True, capture_output=True, timeout=120)
    assert findings(tmp_path, ".") == []


JUDGES = '''
from lint.api import NOTE, across

def _ids(section, ctx):
    node = section.child("identificationModule", "nctId")
    yield node.fact("all", node.text())

@across("HSE901", "two-records", severity=NOTE, facts=_ids)
def two_records(facts):
    """There are two records.

    Why: to see that rules of others work.
    What to do: nothing.
    Source: none, https://example.org/
    """
    for fact in facts[1:]:
        yield fact.clash(f"{fact.values[0]} comes after {facts[0].values[0]}", related=facts[:1])

@across("HSE902", "crashing-judge", severity=NOTE, facts=_ids)
def crashing_judge(facts):
    """It crashes.

    Why: to see what happens.
    What to do: nothing.
    Source: none, https://example.org/
    """
    raise ValueError("no reason")
'''


def test_rules_of_others_come_through_the_same_door(tmp_path, twins):
    (tmp_path / "house.py").write_text(JUDGES)
    (tmp_path / ".lint.yaml").write_text("rules: [house.py]\n")
    (tmp_path / "both.jsonl").write_text("".join(json.dumps(data) + "\n" for data in twins))
    done = lint(tmp_path, "both.jsonl", "--select", "HSE901,HSE902", "--format", "json")
    found = {one["code"]: one["message"] for one in json.loads(done.stdout)["findings"]}
    assert found["HSE901"] == "NCT00000002 comes after NCT00000001"
    assert "HSE902" in found["LNT900"] and "no reason" in found["LNT900"]
    assert done.returncode == 2


texts = st.text(max_size=5) | st.sampled_from(["\ud800", "a\0b", "ä", "", "z"])
rows = st.lists(st.tuples(texts, texts, st.integers(0, 10**6)), max_size=60)


@given(rows, st.integers(1, 20))
def test_rows_come_back_in_the_same_order_from_memory_and_from_a_file(given_rows, few):
    in_memory, in_file = Sorted(), Sorted(few)
    for key in given_rows:
        for into in (in_memory, in_file):
            into.add(key, [*key, "content"])
    assert list(in_memory) == list(in_file)
    assert sorted(map(tuple, in_memory)) == sorted((*key, "content") for key in given_rows)
    in_file.close()


@pytest.fixture
def small_files():
    """No file of this process may become larger than 64 kB."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_temporary_file_that_cannot_grow_says_so(small_files):
    into = Sorted(20_000)
    with pytest.raises(NotKept, match="temporary file"):
        [into.add(("b", number), "x" * 1000) for number in range(20_000)]
