"""The checkout as a git repository that hooks and actions can be installed from."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from lint.testing import minimal_record, patched

TOP = Path(__file__).parent.parent.parent
SHIPPED = ("lint", "rules", "schemas", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml", "action.yml")


def run_git(folder, *args):
    who = ("-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *who, *args], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def checkout(tmp_path_factory):
    """A committed copy of what this checkout ships, whether or not it is committed here."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in SHIPPED:
        if (TOP / name).is_dir():
            shutil.copytree(TOP / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(TOP / name, folder / name)
    run_git(folder, "init", "-q")
    run_git(folder, "add", "-A")
    run_git(folder, "commit", "-q", "-m", "checkout")
    return folder


def write_record(path, patch):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(patched(minimal_record(), patch), indent=2) + "\n", encoding="utf-8")


@pytest.fixture
def write_good():
    return lambda path: write_record(path, {})


@pytest.fixture
def write_bad():
    def write(path, number="NCT09900001"):
        model = {"designModule.designInfo.interventionModel": "SINGLE_GROUP"}
        write_record(path, {**model, "identificationModule.nctId": number})

    return write


@pytest.fixture
def git():
    return run_git
