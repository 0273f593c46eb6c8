"""The hooks, installed by the real pre-commit into a scratch repository."""

import os
import subprocess
import sys

import yaml


def commit(folder, env):
    return subprocess.run(["git", "commit", "-q", "-m", "records"], cwd=folder, env=env, capture_output=True, text=True)


def test_a_bad_record_is_refused_and_a_good_one_accepted(checkout, tmp_path, write_good, write_bad):
    revision = subprocess.run(["git", "rev-parse", "HEAD"], cwd=checkout, capture_output=True, text=True).stdout.strip()
    repository = tmp_path / "records"
    repository.mkdir()
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("GIT", "PYTHON"))},
        "PRE_COMMIT_HOME": str(tmp_path / "cache"),
        **{
            f"GIT_{who}_{what}": f"{who.lower()}@example.org"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        },
    }

    def run(*command):
        done = subprocess.run(command, cwd=repository, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    hooks = [{"id": "registry-lint", "files": "^records/"}, {"id": "registry-lint-schema"}]
    config = {"repos": [{"repo": str(checkout), "rev": revision, "hooks": hooks}]}
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    run("git", "init", "-q")
    run(sys.executable, "-m", "pre_commit", "install")

    write_bad(repository / "records" / "bad study.json")
    run("git", "add", "-A")
    refused = commit(repository, env)
    assert refused.returncode != 0
    said = refused.stdout + refused.stderr
    assert "records/bad study.json:" in said
    assert "ARM001 error interventionModel is SINGLE_GROUP" in said
    assert "Traceback" not in said

    run("git", "rm", "-q", "-f", "records/bad study.json")
    write_good(repository / "records" / "good.json")
    run("git", "add", "-A")
    accepted = commit(repository, env)
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr
    assert subprocess.run(["git", "log", "--oneline"], cwd=repository, capture_output=True, text=True).stdout
