"""Only what changed, in a real repository."""

import os
import subprocess

import pytest
from sample_records import SINGLE_GROUP, write

ONLY = ("--select", "ARM001,DES002,TXT013", "--as-of", "2024-06-30")
DOUBLED = {**SINGLE_GROUP, "descriptionModule.briefSummary": "Exampline is compared with with placebo in adults."}


def git(*words):
    who = {"GIT_AUTHOR_NAME": "x", "GIT_AUTHOR_EMAIL": "x", "GIT_COMMITTER_NAME": "x", "GIT_COMMITTER_EMAIL": "x"}
    done = subprocess.run(["git", *words], check=True, capture_output=True, env={**os.environ, **who})
    return done.stdout.decode().strip()


@pytest.fixture
def repository(records, monkeypatch):
    """Two records in the first commit, one of them flawed."""
    for name in list(os.environ):
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-q", "-m", "records")
    return records


def codes(result):
    return sorted(line.split(": ")[1].split()[0] for line in result.out.splitlines())


def test_old_flaws_are_silent_and_new_ones_show(lint, repository):
    assert lint("run", "records", "--since", "HEAD", *ONLY).out == ""
    write(repository / "records/bad.json", DOUBLED)
    assert codes(lint("run", "records", "--since", "HEAD", *ONLY)) == ["TXT013"]
    git("commit", "-q", "-a", "-m", "doubled")
    assert lint("run", "records", "--since", "HEAD", *ONLY).out == ""
    assert codes(lint("run", "records", "--since", "HEAD~1", *ONLY)) == ["TXT013"]


def test_what_a_module_lacked_before_is_not_told_when_it_changes_elsewhere(lint, repository):
    lacking = {"outcomesModule": None}
    asked = ("--select", "OUT001,DES002", "--as-of", "2024-06-30")
    write(repository / "records/good.json", lacking)
    assert codes(lint("run", "records", "--since", "HEAD", *asked)) == ["OUT001"]
    git("commit", "-q", "-a", "-m", "lacking")
    write(repository / "records/good.json", {**lacking, **SINGLE_GROUP})
    assert codes(lint("run", "records", "--since", "HEAD", *asked)) == ["DES002"]


def test_new_records_are_checked_whole_and_moved_ones_are_not_new(lint, repository):
    write(repository / "records/new.json", {**SINGLE_GROUP, "identificationModule.nctId": "NCT09900777"})
    assert codes(lint("run", ".", "--since", "HEAD", *ONLY)) == ["ARM001", "DES002"]
    os.remove(repository / "records/new.json")
    git("mv", "records/bad.json", "records/moved.json")
    git("commit", "-q", "-m", "moved")
    assert lint("run", ".", "--since", "HEAD~1", *ONLY).out == ""


def test_a_branch_is_compared_with_where_it_was_left(lint, repository):
    git("checkout", "-q", "-b", "topic")
    write(repository / "records/bad.json", DOUBLED)
    git("commit", "-q", "-a", "-m", "doubled")
    git("checkout", "-q", "main")
    write(repository / "records/good.json", SINGLE_GROUP)
    git("commit", "-q", "-a", "-m", "elsewhere")
    git("checkout", "-q", "topic")
    assert codes(lint("run", "--since", "main", *ONLY)) == ["TXT013"]


def test_staged_looks_at_the_index_and_not_at_the_folder(lint, repository):
    write(repository / "records/bad.json", DOUBLED)
    assert lint("run", "--staged", *ONLY).out == ""
    git("add", "records/bad.json")
    write(repository / "records/bad.json", {})
    assert codes(lint("run", "--staged", *ONLY)) == ["TXT013"]
    os.chdir(repository / "records")
    assert codes(lint("run", "bad.json", "--staged", *ONLY)) == ["TXT013"]


def test_what_cannot_be_read_is_reported_if_it_changed(lint, repository):
    (repository / "records/good.json").write_text("{")
    assert lint("run", "records", "--since", "HEAD", *ONLY).code == 2
    assert lint("run", "records", "missing.json", "--since", "HEAD", *ONLY).code == 2


def test_wrong_use(lint, repository, tmp_path_factory):
    for words in (["--since", "nowhere"], ["--since", "-x"], ["--since", "HEAD", "--staged"]):
        done = lint("run", "records", *words)
        assert (done.code, done.err.count("\n")) == (2, 1)
    os.chdir(tmp_path_factory.mktemp("outside"))
    done = lint("run", ".", "--since", "HEAD")
    assert (done.code, "git" in done.err) == (2, True)
