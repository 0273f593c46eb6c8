"""The workers of a real dask cluster give what one process gives, whatever happens to them."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from sample_records import SINGLE_GROUP

from lint.cli.jobs import movable
from lint.cli.planning import make_plan
from lint.config import Settings
from lint.distributed import order_for, work_there
from lint.errors import UsageError
from lint.rulebook import load_rulebook
from lint.testing import minimal_record, patched

RULES = '''
import os
import time
from lint.api import ERROR, rule

@rule("TST001", "slow-and-deadly", severity=ERROR, at="$.protocolSection.identificationModule.nctId")
def slow_and_deadly(node, ctx):
    """It takes its time, and kills its process at one record.

    Why: to see what happens.
    What to do: nothing.
    Source: none, https://example.org/
    """
    time.sleep(0.001)
    if node.value == "NCT00000666":
        os.kill(os.getpid(), 9)
    return ()
'''


def record(number, **changes):
    flaw = SINGLE_GROUP if number % 3 == 0 else {}
    return patched(minimal_record(), {**flaw, "identificationModule.nctId": f"NCT{number:08d}", **changes})


@pytest.fixture
def folder(tmp_path):
    """A JSONL file of some pieces with a broken line, a list and small files, one of them registered twice."""
    lines = [json.dumps(record(1000 + number)) for number in range(1200)]
    lines[300] = '{"protocolSection": {'
    (tmp_path / "many.jsonl").write_text("\n".join(lines) + "\n")
    (tmp_path / "list.json").write_text(json.dumps([record(4000), record(4001)]))
    for number in range(3):
        (tmp_path / f"one{number}.json").write_text(json.dumps(record(5000 + number), indent=2))
    (tmp_path / "slow.py").write_text(RULES)
    (tmp_path / ".lint.yaml").write_text("rules: [slow.py]\ndictionary: [exampline]\n")
    return tmp_path


def environment():
    path = os.pathsep.join(filter(None, sys.path))
    once = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    return {**os.environ, "PYTHONPATH": path, "GITHUB_ACTIONS": "", **once}


def begin(*words, **how):
    return subprocess.Popen([sys.executable, "-m", *words], env=environment(), text=True, **how)


def end(process):
    process.send_signal(signal.SIGINT)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def cluster(home, workers):
    """The address and the processes of a scheduler and its workers; these are begun anew when they die."""
    file = home / "scheduler.json"
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": home}
    told = ("--scheduler-file", str(file), "--no-dashboard", "--host", "127.0.0.1")
    running = [begin("distributed.cli.dask_scheduler", *told, "--port", "0", **silent)]
    try:
        for _ in range(600):
            if file.exists() and file.stat().st_size:
                break
            time.sleep(0.1)
        mild = ("--nthreads", "1", "--local-directory", str(home))
        running += [begin("distributed.cli.dask_worker", *told, *mild, **silent) for _ in range(workers)]
        yield json.loads(file.read_text())["address"], running
    finally:
        for process in reversed(running):
            end(process)


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory):
    with cluster(tmp_path_factory.mktemp("cluster"), 2) as (address, _):
        yield address


def lint(folder, *words, **how):
    """Begin a run; what it prints is read by ``communicate``."""
    piped = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return begin("lint", "run", ".", "--as-of", "2024-06-30", *words, cwd=folder, **{**piped, **how})


def wait_for_findings(folder):
    for _ in range(1200):
        if any(path.stat().st_size for path in folder.glob("out.jsonl.*")):
            return
        time.sleep(0.05)
    raise AssertionError("the run finds nothing")


def finished(process):
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


@pytest.mark.parametrize("name", ["concise", "sarif"])
def test_the_output_is_that_of_one_process(scheduler, folder, name):
    alone = finished(lint(folder, "--format", name, "--jobs", "1"))
    assert alone[0] == 2 and "ARM001" in alone[1] and "XRC" in alone[1]
    assert finished(lint(folder, "--format", name, "--executor", "dask", "--scheduler", scheduler)) == alone


def test_a_worker_that_is_killed_costs_nothing(scheduler, folder):
    import distributed

    alone = finished(lint(folder, "--jobs", "1"))
    running = lint(
        folder, "--executor", "dask", "--scheduler", scheduler, "--format", "jsonl:out.jsonl", "--format", "concise"
    )
    wait_for_findings(folder)
    with distributed.Client(scheduler, set_as_default=False) as client:
        os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)
    assert finished(running) == alone
    assert (folder / "out.jsonl").exists()


def test_a_record_that_kills_its_workers_is_named_and_the_rest_goes_on(scheduler, folder):
    with open(folder / "many.jsonl", "a") as file:
        file.write(json.dumps(record(666)) + "\n")
    code, out, err = finished(lint(folder, "--executor", "dask", "--scheduler", scheduler, "--format", "json"))
    assert code == 2, err
    document = json.loads(out)
    assert [(one["file"], one["line"]) for one in document["findings"] if one["code"] == "SRC023"] == [
        ("./many.jsonl", 1201)
    ]
    assert document["summary"]["records"] == 1199 + 2 + 3


def test_an_interrupted_run_leaves_no_task(scheduler, folder):
    import distributed

    running = lint(folder, "--executor", "dask", "--scheduler", scheduler, "--format", "jsonl:out.jsonl")
    wait_for_findings(folder)
    running.send_signal(signal.SIGINT)
    assert finished(running) == (130, "", "lint: interrupted\n")
    assert not list(folder.glob("out.jsonl*"))
    with distributed.Client(scheduler, set_as_default=False) as client:
        for _ in range(200):
            if not any(client.processing().values()):
                break
            time.sleep(0.05)
        assert not any(client.processing().values())


def test_a_lost_scheduler_ends_the_run_in_one_line(tmp_path, folder):
    (tmp_path / "home").mkdir()
    with cluster(tmp_path / "home", 1) as (address, processes):
        running = lint(folder, "--executor", "dask", "--scheduler", address, "--format", "jsonl:out.jsonl")
        wait_for_findings(folder)
        processes[0].kill()
        said = f"lint: the scheduler at '{address}' is gone; the run was not finished"
        assert finished(running) == (2, "", f"{said} (see what it wrote last, and run it again)\n")
    assert not list(folder.glob("out.jsonl*"))


def test_workers_with_other_rules_or_without_the_folder_are_refused():
    settings = Settings(as_of="2024-06-30")
    plan = movable(make_plan(settings, load_rulebook()), settings, local_code=False)
    order = order_for(plan, settings, None, local_code=False)
    assert work_there(order, ()).outcomes == []
    with pytest.raises(UsageError, match="other rules"):
        work_there(order._replace(ruleset="0"), ())
    with pytest.raises(UsageError, match="a worker cannot enter '/nowhere': No such file"):
        work_there(order._replace(folder="/nowhere"), ())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--executor", "dask"), "--executor dask needs a scheduler"),
        (("--scheduler", "tcp://127.0.0.1:1"), "--scheduler is for --executor dask only"),
        (("--executor", "dsk"), "did you mean 'dask'?"),
        (
            ("--executor", "dask", "--scheduler", "tcp://127.0.0.1:1", "--jobs", "2"),
            "--jobs and --executor dask exclude",
        ),
        (("--executor", "dask", "--scheduler", "nothing://x"), "there is no dask scheduler at 'nothing://x'"),
        (("--executor", "dask", "--scheduler", "tcp://127.0.0.1:1", "-"), "standard input cannot be read by other"),
    ],
)
def test_wrong_usage_is_told_in_one_line(folder, words, said):
    code, out, err = finished(lint(folder, *words))
    assert (code, out) == (2, "")
    assert said in err and err.count("\n") == 1
