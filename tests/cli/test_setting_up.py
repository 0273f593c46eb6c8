"""``lint init``, ``doctor`` and ``completion``."""

import os
import subprocess
import sys

import pytest
import yaml


def test_init_writes_what_the_folder_uses_and_never_overwrites(lint, records):
    (records / ".git").mkdir()
    (records / ".github").mkdir()
    done = lint("init")
    assert done.code == 0
    assert "2 files here look like records." in done.out
    hook = yaml.safe_load((records / ".pre-commit-config.yaml").read_text())
    assert hook["repos"][0]["hooks"] == [{"id": "registry-lint"}]
    workflow = yaml.safe_load((records / ".github/workflows/registry-lint.yml").read_text())
    assert "registry-lint/registry-lint" in workflow["jobs"]["registry-lint"]["steps"][-1]["uses"]
    assert lint("config", "show").out.startswith("select: []")
    (records / ".pre-commit-config.yaml").write_text("repos: []\n")
    again = lint("init")
    assert (records / ".pre-commit-config.yaml").read_text() == "repos: []\n"
    assert "put this into it" in again.out and "id: registry-lint" in again.out


def test_init_of_a_plain_folder_writes_the_configuration_only(lint, folder):
    assert lint("init").out.startswith("0 files here look like records.\n")
    assert os.listdir(folder) == [".lint.yaml"]


def test_init_shows_gitlab_what_to_add(lint, folder):
    (folder / ".gitlab-ci.yml").write_text("stages: [test]\n")
    assert "codequality: registry-lint.json" in lint("init").out


def test_doctor_tells_what_is_in_force(lint, folder):
    (folder / ".lint.yaml").write_text("profile: strict\nwaivers:\n- {rules: [ARM001], reason: x, until: 2020-01-01}\n")
    out = lint("doctor").out
    assert "configuration: .lint.yaml" in out and "profile 'strict'" in out
    assert "1 waiver, 1 of them ended" in out and "baseline: none" in out
    assert "jsonschema-rs " in out
    (folder / ".lint.yaml").write_text("profil: strict\n")
    assert lint("doctor").code == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(lint, shell):
    done = lint("completion", shell)
    assert (done.code, "_LINT_COMPLETE" in done.out) == (0, True)


def test_completion_of_an_unknown_shell_is_refused(lint):
    assert lint("completion", "tcsh").code == 2


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("lint run --select ARM00", "ARM001"),
        ("lint run --select TXT001,arm", "TXT001,ARM"),
        ("lint explain DES00", "DES002"),
        ("lint bas", "baseline"),
    ],
)
def test_the_shell_completes_commands_and_rules(words, expected):
    parts = words.split(" ")
    env = {
        **os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "_LINT_COMPLETE": "bash_complete",
        "COMP_WORDS": words, "COMP_CWORD": str(len(parts) - 1),
    }  # fmt: skip
    program = "from lint.cli.main import main; main(prog_name='lint')"
    done = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True)
    assert f"plain,{expected}" in done.stdout.splitlines()
