"""What becomes of a run whose processes, disk, inputs or readers fail: it ends soon, says why, and leaves nothing."""

import json
import os
import resource
import signal
import subprocess
import sys
import time

import pytest
from sample_records import SINGLE_GROUP

from lint.testing import minimal_record, patched

SLOW = '''
import time
from lint.api import ERROR, rule

@rule("TST001", "slow-rule", severity=ERROR, at="$.protocolSection.identificationModule.nctId")
def slow(node, ctx):
    """It takes its time.

    Why: to see what happens.
    What to do: nothing.
    Source: none, https://example.org/
    """
    time.sleep(0.005)
    return ()
'''
TURNS_AN_INTERRUPT_INTO_A_FAULT = """
import time
open("begun", "w").close()
try:
    time.sleep(1)
except BaseException:
    raise ImportError("as numpy has it")
"""
COMMAND = [sys.executable, "-m", "lint", "run", "--as-of", "2024-06-30", "--ignore", "XRC", "--no-cache"]
FORMATS = ("concise", "csv", "html", "json", "jsonl", "junit", "parquet", "sarif", "xlsx")


def environment():
    path = os.pathsep.join(filter(None, sys.path))
    return {**os.environ, "PYTHONPATH": path, "GITHUB_ACTIONS": "", "PYTHONUNBUFFERED": ""}


@pytest.fixture
def folder(tmp_path):
    """A JSONL file that takes two processes some seconds, every record of it with findings."""
    with open(tmp_path / "many.jsonl", "w") as file:
        for number in range(2500):
            changes = {**SINGLE_GROUP, "identificationModule.nctId": f"NCT{number:08d}"}
            file.write(json.dumps(patched(minimal_record(), changes)) + "\n")
    (tmp_path / "slow.py").write_text(SLOW)
    (tmp_path / ".lint.yaml").write_text("rules: [slow.py]\n")
    return tmp_path


def begin(folder, *words, **how):
    """Start a run whose scratch files would be seen in the folder, too."""
    environment_of_run = {**environment(), "TMPDIR": str(folder)}
    how = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True, "start_new_session": True, **how}
    return subprocess.Popen([*COMMAND, *words], cwd=folder, env=environment_of_run, **how)


def wait_for_findings(folder):
    """Wait until a report that grows with the run, such as ``jsonl``, holds findings."""
    for _ in range(1000):
        if any(path.stat().st_size for path in folder.glob("*.part")):
            return
        time.sleep(0.02)
    raise AssertionError("the run finds nothing")


def children_of(pid):
    """Wait for two processes of a run, and a moment, so that they are at work."""
    for _ in range(500):
        with open(f"/proc/{pid}/task/{pid}/children") as file:
            children = [int(child) for child in file.read().split()]
        if len(children) == 2:
            time.sleep(0.3)
            return children
        time.sleep(0.02)
    raise AssertionError("the run has no processes")


def assert_gone(pids):
    for _ in range(250):
        left = [pid for pid in pids if os.path.exists(f"/proc/{pid}") and not is_dead(pid)]
        if not left:
            return
        time.sleep(0.02)
    raise AssertionError(f"still there: {left}")


def is_dead(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def names(folder):
    return sorted(set(os.listdir(folder)) - {"__pycache__"})


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(
    ("number", "code", "said"), [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")]
)
def test_a_run_that_is_stopped_leaves_no_file_and_no_process(folder, jobs, number, code, said):
    (folder / "out.json").write_text("of an earlier run")
    before = names(folder)
    running = begin(folder, "many.jsonl", "--jobs", jobs, "--format", "json:out.json")
    children = children_of(running.pid) if jobs == "2" else []
    wait_for_findings(folder)
    if number == signal.SIGINT:
        os.killpg(running.pid, number)
    else:
        running.send_signal(number)
    assert running.communicate(timeout=20)[1] == f"lint: {said}\n"
    assert running.returncode == code
    assert_gone(children)
    assert (names(folder), (folder / "out.json").read_text()) == (before, "of an earlier run")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_stopped_in_an_import_ends_as_stopped(folder, number, code):
    (folder / "slow.py").write_text(TURNS_AN_INTERRUPT_INTO_A_FAULT)
    running = begin(folder, "many.jsonl")
    while not (folder / "begun").exists() and running.poll() is None:
        time.sleep(0.01)
    running.send_signal(number)
    said = running.communicate(timeout=20)[1]
    assert (running.returncode, said) == (code, f"lint: {'interrupted' if code == 130 else 'terminated'}\n")


def test_after_the_death_of_the_program_its_processes_end_and_no_output_is_half_written(folder):
    running = begin(folder, "many.jsonl", "--jobs", "2", "--format", "jsonl:out.jsonl")
    children = children_of(running.pid)
    running.kill()
    running.communicate(timeout=20)
    assert_gone(children)
    left = [name for name in names(folder) if name not in ("many.jsonl", "slow.py", ".lint.yaml", "__pycache__")]
    assert left == [f"out.jsonl.{running.pid}.part"]
    again = begin(folder, ".", "--jobs", "2", "--format", "jsonl:out.jsonl")
    assert again.communicate(timeout=60)[1].endswith(" in 2,500 records of 1 file: 7,500 errors.\n")
    assert again.returncode == 1


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("name", FORMATS)
def test_a_report_that_finds_no_room_is_told_in_one_line(folder, name, jobs):
    (folder / ".lint.yaml").unlink()
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))  # noqa: E731
    whole = "whole.txt"
    before = names(folder)
    formats = ("--format", f"{name}:out.{name}", "--format", f"markdown:{whole}")
    running = begin(folder, "many.jsonl", "--jobs", jobs, *formats, preexec_fn=limit)
    said = running.communicate(timeout=60)[1]
    hint = "make room there and in the folder for temporary files, or name a file on another disk"
    assert said == f"lint: 'out.{name}' cannot be written: File too large ({hint})\n"
    assert (running.returncode, names(folder)) == (2, before)


@pytest.mark.parametrize("name", ["concise", "jsonl", "sarif", "html"])
def test_standard_output_without_room_is_told_in_one_line(folder, name):
    (folder / ".lint.yaml").unlink()
    with open("/dev/full", "w") as full:
        running = begin(folder, "many.jsonl", "--jobs", "2", "--format", name, stdout=full)
        said = running.communicate(timeout=60)[1]
    assert said == "lint: standard output cannot be written: No space left on device (make room for it)\n"
    assert running.returncode == 2


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_reader_that_has_seen_enough_ends_the_run_quietly(folder, jobs):
    (folder / ".lint.yaml").unlink()
    words = ("many.jsonl", "--jobs", jobs, "--format", "jsonl", "--format", "csv:out.csv")
    running = begin(folder, *words, stdout=subprocess.PIPE)
    children = children_of(running.pid) if jobs == "2" else []
    running.stdout.readline()
    running.stdout.close()
    assert running.stderr.read() == ""
    assert running.wait(timeout=20) == 141
    assert_gone(children)
    assert "out.csv" not in names(folder)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_inputs_that_go_or_shrink_during_the_run_are_named(folder, jobs):
    """The list of files is made, and large files are cut up, before the last of them are read."""
    (folder / "z").mkdir()
    for number in range(3):
        (folder / f"z/{number}.json").write_text(json.dumps(minimal_record()))
    running = begin(
        folder, "many.jsonl", *(f"z/{n}.json" for n in range(3)), "--jobs", jobs, "--format", "jsonl:out.jsonl"
    )
    children_of(running.pid) if jobs == "2" else wait_for_findings(folder)
    (folder / "z/0.json").unlink()
    (folder / "z/1.json").write_text("")
    os.truncate(folder / "many.jsonl", 5_000_000)
    said = running.communicate(timeout=60)[1]
    assert running.returncode == 2, said
    found = [json.loads(line) for line in (folder / "out.jsonl").read_text().splitlines()]
    unread = {(one["file"], one["code"]) for one in found if one["code"].startswith("SRC")}
    assert {("z/0.json", "SRC001"), ("z/1.json", "SRC015")} <= unread
    first = min(one["line"] for one in found if one["file"] == "many.jsonl" and one["code"].startswith("SRC"))
    assert {one["record"] for one in found} >= {f"NCT{number:08d}" for number in range(first - 1)}


def test_a_file_that_may_not_be_read_is_named_and_the_rest_goes_on(folder):
    (folder / "secret.json").symlink_to("/proc/1/mem" if os.geteuid() else "/proc/self/mem")
    (folder / "good.json").write_text(json.dumps(minimal_record()))
    running = begin(folder, "secret.json", "good.json", "--jobs", "2", "--format", "concise", stdout=subprocess.PIPE)
    out, said = running.communicate(timeout=60)
    assert running.returncode == 2
    assert out.startswith("secret.json:1:1: SRC001 error ") and "in 1 record of 2 files" in said


def test_progress_tells_how_far_the_run_has_come(folder):
    (folder / ".lint.yaml").unlink()
    for jobs in ("1", "2"):
        running = begin(folder, "many.jsonl", "--jobs", jobs, "--progress", "always", "--quiet")
        said = running.communicate(timeout=60)[1]
        last = said.splitlines()[-1]
        assert last.startswith("lint: 2,500 records (100%), ") and last.endswith(" a second, 7,500 findings")
    running = begin(folder, "many.jsonl", "--quiet")
    assert running.communicate(timeout=60)[1] == ""
