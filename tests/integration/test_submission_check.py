"""The example of a check on submissions, from a pull request to its refusal and its acceptance."""

import shutil
from pathlib import Path

import yaml
from test_action import Runner

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "submission-check"


def test_a_pull_request_with_a_bad_record_is_refused(checkout, tmp_path, write_good, write_bad, git):
    repository = tmp_path / "repository"
    shutil.copytree(EXAMPLE, repository)
    write_bad(repository / "records" / "old.json")
    git(repository, "init", "-q")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "records so far")
    git(repository, "update-ref", "refs/remotes/origin/main", "HEAD")
    workflow = yaml.safe_load((repository / ".github/workflows/submissions.yml").read_text())
    inputs = workflow["jobs"]["records"]["steps"][-1]["with"]
    given = {name.replace("-", "_"): value for name, value in inputs.items()}
    runner = Runner(checkout, repository, tmp_path)
    assert runner.step(0).returncode == 0

    git(repository, "checkout", "-q", "-b", "submission")
    write_bad(repository / "records" / "new.json", "NCT09900777")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "a new record")
    refused = runner.lint(**given)
    assert refused.returncode == 1
    assert "::error file=records/new.json,line=" in refused.stdout
    assert "old.json" not in refused.stdout
    assert int(runner.values()["errors"]) >= 1

    write_good(repository / "records" / "new.json")
    git(repository, "commit", "-q", "-a", "-m", "corrected")
    accepted = runner.lint(**given)
    assert accepted.returncode == 0, accepted.stdout
