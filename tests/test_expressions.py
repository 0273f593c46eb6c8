"""Expressions that were kept are what ``re`` itself makes, and what is kept wrongly does no harm."""

import json
import marshal
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint.expressions import compiled
from lint.rulebook import load_rulebook
from lint.testing import minimal_record

ROOT = Path(__file__).parent.parent
FLAGS = [0, re.IGNORECASE, re.MULTILINE | re.DOTALL]


def test_expressions_of_rules_are_what_re_makes_of_them():
    patterns = [rule.pattern for rule in load_rulebook(local_code=False).rules if rule.pattern]
    assert len(patterns) > 10
    assert [compiled(one) for one in patterns] == [re.compile(one) for one in patterns]


@given(st.from_regex(r"(?:[a-zé]|\[\^?[a-c]\]|\(\?P<[n-z]>[ab]{1,3}\)|\((?:\?:)?[xß]\|y\)[*+?]|[.]{1,2}|\\[bdwsZ]){1,9}",
                     fullmatch=True), st.sampled_from(FLAGS))  # fmt: skip
def test_any_expression_is_what_re_makes_of_it(expression, flags):
    try:
        expected = re.compile(expression, flags)
    except re.error:
        with pytest.raises(re.error):
            compiled(expression, flags)
        return
    for made in (compiled(expression, flags), compiled(expression, flags)):
        assert made == expected
        assert (made.groupindex, made.groups) == (expected.groupindex, expected.groups)


@pytest.fixture
def package(tmp_path):
    """A copy of the package with a folder for what Python compiles."""
    copy = tmp_path / "package"
    for name in ("lint", "rules", "schemas"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "lint" / "__pycache__").mkdir()
    return copy


def run(package, *words):
    record = package.parent / "one.json"
    content = minimal_record()
    content["protocolSection"]["designModule"]["designInfo"]["interventionModel"] = "SINGLE_GROUP"
    record.write_text(json.dumps(content))
    env = {**os.environ, "PYTHONPATH": str(package), "GITHUB_ACTIONS": ""}
    command = [sys.executable, "-m", "lint", "run", str(record), "--no-config", "--as-of", "2024-06-30", *words]
    done = subprocess.run(command, cwd=package.parent, env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1, done.stderr
    return done.returncode, done.stdout, done.stderr


def kept(package):
    return sorted((package / "lint" / "__pycache__").glob("*.kept"))


def test_a_second_run_finds_the_same_with_what_the_first_kept(package):
    first = run(package)
    assert [file.name.partition(".")[0] for file in kept(package)] == ["expressions", "rules"]
    assert run(package) == first


@pytest.mark.parametrize("content", [b"", b"nonsense", marshal.dumps(("of", "another version", [])), marshal.dumps(5)])
def test_what_is_damaged_or_of_another_version_is_made_anew(package, content):
    first = run(package)
    for file in kept(package):
        file.write_bytes(content)
    assert run(package) == first
    assert all(file.stat().st_size > 100_000 for file in kept(package))


def test_without_a_folder_for_compiled_modules_nothing_is_kept(package, monkeypatch):
    (package / "lint" / "__pycache__").rmdir()
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    first = run(package)
    assert (run(package), kept(package)) == (first, [])


def test_a_rule_that_is_changed_is_read_again(package):
    run(package)
    module = package / "rules" / "arms.py"
    module.write_text(module.read_text().replace('"ARM001"', '"ARM991"'))
    assert "ARM991 error" in run(package, "--select", "ARM991")[1]
