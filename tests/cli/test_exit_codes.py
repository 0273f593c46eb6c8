"""Every row of docs/exit-codes.md."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest
from sample_records import SINGLE_GROUP, write

PAGE = Path(__file__).parent.parent.parent / "docs" / "exit-codes.md"
ROWS = re.findall(r"^\| (.+?) \| `lint (.+?)` \| (\d) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
CRASHING = '''
from lint.api import ERROR, rule

@rule("TST001", "crashing-rule", severity=ERROR, at="$.protocolSection")
def crashing(node, ctx):
    """It crashes.

    Why: to see what happens.
    What to do: nothing.
    Source: none, https://example.org/
    """
    raise ValueError("as planned")
'''
WAIVER = "waivers:\n- rules: [ALL]\n  reason: as agreed\n"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exit codes")
    write(folder / "clean.json", {})
    write(folder / "error.json", SINGLE_GROUP)
    write(folder / "warning.json", {"conditionsModule.keywords": ["headache", "headache"]})
    write(folder / "doubled.json", {"descriptionModule.briefSummary": "It is compared with with placebo in adults."})
    (folder / "broken.json").write_text('{"protocolSection": {')
    (folder / "empty").mkdir()
    crash = folder / "crash"
    crash.mkdir()
    (crash / "rules.py").write_text(CRASHING)
    (crash / "lint.yaml").write_text("rules: [rules.py]\n")
    (crash / "wrong.yaml").write_text("ignore: [ARM999]\n")
    (crash / "waived.yaml").write_text(WAIVER)
    (crash / "ended.yaml").write_text(WAIVER + "  until: 2024-01-01\n")
    known = '{"fingerprint": "0", "code": "ARM001", "record": "NCT09900001", "path": ""}\n'
    (folder / ".gone.jsonl").write_text(known)
    who = [word for name in ("name", "email") for word in ("-c", f"user.{name}=x")]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "all"]):
        subprocess.run(["git", *who, *command], cwd=folder, check=True)
    return folder


def test_the_table_is_read():
    assert len(ROWS) > 30


@pytest.mark.parametrize(("situation", "words", "code"), ROWS, ids=[row[0] for row in ROWS])
def test_exit_code(lint, prepared, monkeypatch, situation, words, code):
    monkeypatch.chdir(prepared)
    day = ("--as-of", "2024-06-30")
    if not (prepared / ".known.jsonl").exists():
        assert lint("baseline", "create", "error.json", "--baseline", ".known.jsonl", *day).code == 0
    given = shlex.split(words)
    done = lint(*given, *(day if given[0] in ("run", "fix", "baseline") else ()))
    assert done.code == int(code), done.out + done.err
    (prepared / ".new.jsonl").unlink(missing_ok=True)
    if given[:2] == ["fix", "doubled.json"] and "--diff" not in given:
        subprocess.run(["git", "checkout", "-q", "doubled.json"], cwd=prepared, check=True)
