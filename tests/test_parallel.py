"""Several processes give what one gives, whatever happens to them."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time

import pytest
from sample_records import SINGLE_GROUP

from lint import pace, parallel
from lint.cache import Keeping
from lint.cli.jobs import movable
from lint.cli.planning import make_plan
from lint.config import Settings
from lint.parallel import run_parallel
from lint.rulebook import load_rulebook
from lint.runner import Summary, run
from lint.sources import pieces as cutting
from lint.sources.pieces import pieces, read_piece
from lint.testing import minimal_record, patched

KILLER = '''
import os
from lint.api import ERROR, rule

@rule("TST001", "killing-rule", severity=ERROR, at="$.protocolSection.identificationModule.nctId")
def killing(node, ctx):
    """It kills its process at one record.

    Why: to see what happens.
    What to do: nothing.
    Source: none, https://example.org/
    """
    if node.value == "NCT00000007":
        os.kill(os.getpid(), 9)
    return ()
'''


def record(number):
    flaw = SINGLE_GROUP if number % 3 == 0 else {}
    return patched(minimal_record(), {**flaw, "identificationModule.nctId": f"NCT{number:08d}"})


@pytest.fixture
def inputs(tmp_path):
    """A JSONL file of several pieces with a broken line, small files, and a list."""
    lines = [json.dumps(record(number)) for number in range(600)]
    lines[400] = '{"protocolSection": {'
    (tmp_path / "many.jsonl").write_text("\n".join(lines) + "\n")
    for number in range(5):
        (tmp_path / f"one{number}.json").write_text(json.dumps(record(1000 + number), indent=2))
    (tmp_path / "list.json").write_text(json.dumps([record(2000), record(2001)]))
    return tmp_path


def lint(folder, *words):
    command = [sys.executable, "-m", "lint", "run", ".", "--as-of", "2024-06-30", *words]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "GITHUB_ACTIONS": ""}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize("name", ["concise", "json", "sarif"])
def test_any_number_of_jobs_prints_the_same(inputs, name):
    alone = lint(inputs, "--format", name, "--jobs", "1")
    assert alone.returncode == 2 and "ARM001" in alone.stdout
    for jobs in ("2", "3"):
        together = lint(inputs, "--format", name, "--jobs", jobs)
        assert (together.returncode, together.stdout, together.stderr) == (2, alone.stdout, alone.stderr)


def test_pieces_together_hold_every_record_once(inputs, monkeypatch):
    monkeypatch.setattr(cutting, "SIZE", 50_000)
    file = str(inputs / "many.jsonl")
    cut = list(pieces(file))
    assert len(cut) > 10
    found = [item for piece in cut for item in read_piece(piece)]
    assert len(found) == 600
    lines = [item.locator.locate(()).line for item in found if hasattr(item, "data")]
    assert lines == [number for number in range(1, 601) if number != 401]


def test_a_record_that_kills_its_process_is_named_and_the_rest_goes_on(inputs):
    (inputs / "killer.py").write_text(KILLER)
    (inputs / ".lint.yaml").write_text("rules: [killer.py]\n")
    done = lint(inputs, "--jobs", "2", "--format", "json")
    assert done.returncode == 2, done.stderr
    document = json.loads(done.stdout)
    killed = [one for one in document["findings"] if one["code"] == "SRC023"]
    assert [(one["file"], one["line"]) for one in killed] == [("./many.jsonl", 8)]
    assert document["summary"]["records"] == 599 - 1 + 5 + 2


def test_killed_processes_lose_nothing(inputs, tmp_path):
    """A process is killed from outside while it works; the output is that of an undisturbed run."""
    wait = "    __import__('time').sleep(0.002)\n    if node"
    slow = KILLER.replace("os.kill(os.getpid(), 9)", "pass").replace("    if node", wait)
    (inputs / "slow.py").write_text(slow)
    (inputs / ".lint.yaml").write_text("rules: [slow.py]\n")
    expected = lint(inputs, "--jobs", "1").stdout
    command = [sys.executable, "-m", "lint", "run", ".", "--as-of", "2024-06-30", "--jobs", "2"]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "GITHUB_ACTIONS": ""}
    running = subprocess.Popen(command, cwd=inputs, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    children = []
    for _ in range(200):
        time.sleep(0.02)
        children = subprocess.run(["pgrep", "-P", str(running.pid)], capture_output=True, text=True).stdout.split()
        if children:
            break
    assert children
    os.kill(int(children[0]), signal.SIGKILL)
    out, err = running.communicate(timeout=120)
    assert (running.returncode, out) == (2, expected), err


def test_a_long_input_that_cannot_be_cut_is_handed_on_as_it_comes(inputs, monkeypatch):
    monkeypatch.setattr(parallel, "LONG", 1000)
    monkeypatch.chdir(inputs)
    packed = gzip.compress("\n".join(json.dumps(record(7000 + number)) for number in range(1500)).encode())
    (inputs / "m.jsonl.gz").write_bytes(packed)
    settings = Settings(as_of="2024-06-30")
    plan = movable(make_plan(settings, load_rulebook()), settings, local_code=False)
    files = ["many.jsonl", "m.jsonl.gz", "one0.json"]
    expected = list(run(files, plan, Summary()))
    keeping = Keeping(str(inputs / "cache"), 10**9, "rules")
    for kept in (None, keeping, keeping):
        summary = Summary()
        outcomes = run_parallel(files, plan, summary, 2, keeping=kept)
        assert list(outcomes) == expected
        assert (summary.inputs, summary.records) == (3, 599 + 1500 + 1)
    before = pace.counted()
    outcomes = run_parallel(["m.jsonl.gz"], plan, Summary(), 2)
    next(outcomes)
    early = pace.counted() - before
    outcomes.close()
    assert 0 < early < sum(len(json.dumps(record(7000 + number))) for number in range(1500)) / 2


def test_wrong_numbers_of_jobs_are_refused(tmp_path):
    for value in ("0", "-1", "many"):
        done = lint(tmp_path, "--jobs", value)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)


THREADED = '''
import os, threading, time
from lint.api import ERROR, rule

threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
with open("imports.txt", "a") as file:
    print(os.getpid(), file=file)

@rule("TST002", "early-number", severity=ERROR, at="$.protocolSection.identificationModule.nctId")
def early(node, ctx):
    """It finds numbers below a thousand and tells what day it is.

    Why: to see what happens.
    What to do: nothing.
    Source: none, https://example.org/
    """
    if node.value < "NCT00001000":
        yield node.problem(f"{ctx.as_of}")
'''


def test_processes_that_are_not_forked_judge_by_the_same_rules_and_words(inputs):
    """With a second thread in the parent, processes are begun afresh: they load rules, words and date again."""
    text = "Participants take assingned tablets, kept coool, and write a diary of their attacks for 24 weeks."
    for number in range(3):
        spelt = patched(record(3000 + number), {"descriptionModule.briefSummary": text})
        (inputs / f"spelt{number}.json").write_text(json.dumps(spelt))
    (inputs / "threaded.py").write_text(THREADED)
    (inputs / "words.txt").write_text("assingned\n")
    (inputs / ".lint.yaml").write_text("rules: [threaded.py]\ndictionary-files: [words.txt]\n")
    for learning, misspelt in (((), ["coool"] * 3), (("--learn", "2"), [])):
        words = ("--format", "json", "--select", "TST002,TXT011,ARM", *learning)
        alone = lint(inputs, "--jobs", "1", *words)
        (inputs / "imports.txt").unlink()
        together = lint(inputs, "--jobs", "2", *words)
        assert (together.returncode, together.stdout) == (alone.returncode, alone.stdout), together.stderr
        assert len(set((inputs / "imports.txt").read_text().split())) == 3
        found = [one["message"] for one in json.loads(alone.stdout)["findings"] if one["code"] == "TXT011"]
        assert [message.split("'")[1] for message in found] == misspelt
        (inputs / "imports.txt").unlink()
