import gzip
import os
import stat

import pytest
from sample_records import write

DOUBLED = {"descriptionModule.briefSummary": "Exampline is compared with with placebo in adults with migraine."}


@pytest.fixture
def doubled(records):
    write(records / "records/bad.json", DOUBLED)
    return records / "records/bad.json"


def test_files_are_mended_in_place_with_their_rights(lint, doubled):
    os.chmod(doubled, 0o640)
    before = doubled.read_text()
    done = lint("fix", "records", "--as-of", "2024-06-30")
    assert (done.code, done.out) == (0, f"{os.path.join('records', 'bad.json')}: TXT013\n")
    assert done.err == "1 finding mended in 1 file.\n"
    assert doubled.read_text() == before.replace("with with", "with")
    assert stat.S_IMODE(os.stat(doubled).st_mode) == 0o640
    assert lint("fix", "records").err == "0 findings mended in 0 files.\n"


def test_a_diff_changes_nothing_and_says_so_by_its_exit_code(lint, doubled):
    before = doubled.read_text()
    done = lint("fix", "records", "--diff")
    assert done.code == 1
    lines = done.out.splitlines()
    assert [line[:2] for line in lines if line[0] in "+-"] == ["--", "++", "- ", "+ "]
    assert doubled.read_text() == before
    lint("fix", "records")
    assert lint("fix", "records", "--diff").code == 0


def test_only_chosen_rules_and_only_safe_fixes_unless_asked(lint, doubled):
    assert lint("fix", "records", "--select", "PER", "--diff").code == 0
    write(doubled, {"descriptionModule.briefSummary": "Exampline helps. Examplien is new. Exampline is safe now."})
    done = lint("fix", "records", "--diff", "--select", "TXT012")
    assert (done.code, "lint fix --unsafe" in done.err) == (0, True)
    assert lint("fix", "records", "--diff", "--unsafe", "--select", "TXT012").code == 1


def test_wrong_use(lint, records):
    assert lint("fix", "-").code == 2
    assert lint("fix", "records", "--select", "NOPE1").code == 2
    assert lint("fix", "missing.json").code == 2


def test_what_cannot_be_mended_is_said(lint, doubled):
    (doubled.parent / "packed.json.gz").write_bytes(gzip.compress(doubled.read_bytes()))
    done = lint("fix", "records/packed.json.gz")
    assert (done.code, "packed.json.gz cannot be mended: it is packed" in done.err) == (0, True)
