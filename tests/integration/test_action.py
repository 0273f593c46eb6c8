"""The steps of action.yml, run in bash as a runner would run them."""

import json
import os
import re
import subprocess
import sys

import pytest
import yaml


class Runner:
    """Runs the steps of a composite action, passing on what they write to their command files."""

    def __init__(self, action, workspace, scratch):
        self.steps = yaml.safe_load((action / "action.yml").read_text())["runs"]["steps"]
        self.workspace = workspace
        self.outputs = scratch / "outputs"
        self.known = {"github.action_path": str(action)}
        kept = {
            name: value for name, value in os.environ.items() if name in ("HOME", "LANG") or name.startswith("PIP_")
        }
        self.env = {
            **kept,
            "PATH": os.pathsep.join((os.path.dirname(sys.executable), os.environ["PATH"])),
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(workspace),
            "GITHUB_OUTPUT": str(self.outputs),
            "GITHUB_STEP_SUMMARY": str(scratch / "summary.md"),
            "RUNNER_TEMP": str(scratch),
        }

    def step(self, number, **inputs):
        step = self.steps[number]
        assert "${{" not in step["run"], "an input would become part of the script"
        values = {f"inputs.{name.replace('_', '-')}": value for name, value in inputs.items()} | self.known
        given = {
            name: re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda match: values[match[1]], text)
            for name, text in step["env"].items()
        }
        self.outputs.write_text("")
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(shell, cwd=self.workspace, env=self.env | given, capture_output=True, text=True)
        self.known |= {f"steps.{step['id']}.outputs.{name}": value for name, value in self.values().items()}
        return done

    def lint(self, paths, **inputs):
        given = dict.fromkeys(("profile", "fail_level", "since", "sarif", "args"), "") | inputs
        return self.step(1, paths=paths, **given)

    def values(self):
        return dict(line.split("=", 1) for line in self.outputs.read_text().splitlines())


@pytest.fixture(scope="module")
def runner(checkout, tmp_path_factory):
    runner = Runner(checkout, tmp_path_factory.mktemp("workspace"), tmp_path_factory.mktemp("runner"))
    installed = runner.step(0)
    assert installed.returncode == 0, installed.stderr
    return runner


def test_a_bad_record_fails_the_check_at_its_line(runner, write_good, write_bad):
    write_good(runner.workspace / "records" / "good.json")
    write_bad(runner.workspace / "records" / "bad study.json")
    done = runner.lint("records/\n")
    assert done.returncode == 1, done.stderr
    commands = [line for line in done.stdout.splitlines() if "title=ARM001 " in line]
    assert len(commands) == 1
    assert re.match(r"::error file=records/bad study\.json,line=[0-9]+,endLine=", commands[0])
    assert all(line.startswith("::") for line in done.stdout.splitlines())
    assert re.search(r"findings? in 2 records of 2 files", done.stderr.splitlines()[-1])
    counts = runner.values()
    assert counts.pop("exit-code") == "1"
    assert int(counts.pop("findings")) == sum(map(int, counts.values())) > 0
    assert int(counts["errors"]) >= 1
    assert "bad study.json" in (runner.outputs.parent / "summary.md").read_text()


def test_a_good_record_passes(runner, write_good):
    write_good(runner.workspace / "other records" / "good.json")
    done = runner.lint("other records", profile="minimal", fail_level="warning", args="--no-local-code --quiet")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert runner.values() == {"exit-code": "0", "findings": "0", "errors": "0", "warnings": "0", "notes": "0"}


def test_only_changes_are_checked_and_sarif_is_written(runner, write_good, write_bad, git):
    write_bad(runner.workspace / "known" / "old.json")
    git(runner.workspace, "init", "-q")
    git(runner.workspace, "add", "-A")
    git(runner.workspace, "commit", "-q", "-m", "records")
    assert runner.lint("known", since="HEAD", sarif="found.sarif").returncode == 0
    assert json.loads((runner.workspace / "found.sarif").read_text())["runs"][0]["results"] == []
    write_bad(runner.workspace / "known" / "new.json", "NCT09900777")
    assert runner.lint("known", since="HEAD", sarif="found.sarif").returncode == 1
    uris = (runner.workspace / "found.sarif").read_text()
    assert "known/new.json" in uris and "known/old.json" not in uris


def test_inputs_cannot_run_commands(runner, write_good):
    write_good(runner.workspace / "$(touch owned).json")
    done = runner.lint("$(touch owned).json\n--help", profile="minimal", args="--statistics")
    assert done.returncode == 2
    assert "Usage" not in done.stdout
    assert not (runner.workspace / "owned").exists()
