"""The workers of a real dask cluster give what one process gives, whatever happens to them."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from sample_records import SINGLE_GROUP

import lint as package
from lint.cli.jobs import movable
from lint.cli.planning import make_plan
from lint.config import Settings
from lint.distributed import order_for, work_there
from lint.errors import UsageError
from lint.rulebook import PLUGIN_GROUP, load_rulebook
from lint.sources.pieces import pieces
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
    """A JSONL file of seven pieces with a broken line, a list and small files, one of them registered twice."""
    lines = [json.dumps(record(1000 + number)) + " " * 10_000 for number in range(1200)]
    lines[300] = '{"protocolSection": {'
    (tmp_path / "many.jsonl").write_text("\n".join(lines) + "\n")
    (tmp_path / "list.json").write_text(json.dumps([record(4000), record(4001)]))
    for number in range(3):
        (tmp_path / f"one{number}.json").write_text(json.dumps(record(5000 + number), indent=2))
    (tmp_path / "slow.py").write_text(RULES)
    (tmp_path / ".lint.yaml").write_text("rules: [slow.py]\ndictionary: [exampline]\n")
    return tmp_path


def environment(*more):
    path = os.pathsep.join([*more, *filter(None, sys.path)])
    once = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    return {**os.environ, "PYTHONPATH": path, "GITHUB_ACTIONS": "", **once}


def begin(*words, path=(), **how):
    return subprocess.Popen([sys.executable, "-m", *words], env=environment(*path), text=True, **how)


def end(process):
    process.send_signal(signal.SIGINT)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def cluster(home, workers, path=()):
    """Give the address of a scheduler, and its process; its workers are processes begun anew when they die."""
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
        running += [begin("distributed.cli.dask_worker", *told, *mild, path=path, **silent) for _ in range(workers)]
        yield json.loads(file.read_text())["address"], running[0]
    finally:
        for process in reversed(running):
            end(process)


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory):
    """The address of a scheduler with two workers."""
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


def test_the_output_is_that_of_one_process(scheduler, folder):
    reports = ("--format", "concise", "--format", "sarif:out.sarif")
    alone = finished(lint(folder, *reports, "--jobs", "1"))
    assert alone[0] == 2 and "ARM001" in alone[1] and "XRC" in alone[1]
    expected = (folder / "out.sarif").read_bytes()
    assert finished(lint(folder, *reports, "--executor", "dask", "--scheduler", scheduler)) == alone
    assert (folder / "out.sarif").read_bytes() == expected


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


def test_records_that_kill_their_workers_are_named_and_no_others(scheduler, folder):
    lines = (folder / "many.jsonl").read_text().splitlines()
    for number in (50, 420):
        lines[number] = json.dumps(record(666))
    (folder / "many.jsonl").write_text("\n".join(lines))
    code, out, err = finished(lint(folder, "--executor", "dask", "--scheduler", scheduler, "--format", "json"))
    assert code == 2, err
    document = json.loads(out)
    assert [(one["file"], one["line"]) for one in document["findings"] if one["code"] == "SRC023"] == [
        ("./many.jsonl", 51),
        ("./many.jsonl", 421),
    ]
    assert document["summary"]["records"] == 1199 - 2 + 2 + 3


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


def test_a_worker_with_other_rules_is_refused(folder, tmp_path_factory):
    home = tmp_path_factory.mktemp("other")
    (home / "more_rules.py").write_text("def rules():\n    return ()\n")
    (home / "more-1.dist-info").mkdir()
    (home / "more-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: more\nVersion: 1\n")
    (home / "more-1.dist-info" / "entry_points.txt").write_text(f"[{PLUGIN_GROUP}]\nmore = more_rules:rules\n")
    with cluster(home, 1, path=[str(home)]) as (address, _):
        code, out, err = finished(lint(folder, "--executor", "dask", "--scheduler", address))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "has other rules, libraries or settings than this computer" in err


def test_a_lost_scheduler_ends_the_run_in_one_line(folder, tmp_path_factory):
    with cluster(tmp_path_factory.mktemp("lost"), 1) as (address, process):
        running = lint(folder, "--executor", "dask", "--scheduler", address, "--format", "jsonl:out.jsonl")
        wait_for_findings(folder)
        process.kill()
        said = f"lint: the scheduler at '{address}' is gone; the run was not finished"
        assert finished(running) == (2, "", f"{said} (see what it wrote last, and run it again)\n")
    assert not list(folder.glob("out.jsonl*"))


def test_a_task_needs_the_rules_the_folder_and_the_files_of_the_run(folder):
    settings = Settings(as_of="2024-06-30")
    plan = movable(make_plan(settings, load_rulebook()), settings, local_code=False)
    order = order_for(plan, settings, None, local_code=False)
    with pytest.raises(UsageError, match="has other rules"):
        work_there(order._replace(ruleset="0"), ())

    (piece,) = pieces(str(folder / "one0.json"))
    elsewhere = order._replace(folder="/nowhere")
    with pytest.raises(UsageError, match="cannot enter '/nowhere': No such file"):
        work_there(elsewhere, tuple(pieces("one0.json")))
    assert not work_there(elsewhere, (piece,)).outcomes[0].unreadable

    gone = piece._replace(file=str(folder / "none.json"))
    (fine, missing, changed) = work_there(order, (piece, gone, piece._replace(stamp=piece.stamp - 1))).outcomes
    assert not fine.unreadable and missing.unreadable and changed.unreadable
    assert "sees no file that it can read under this name (No such file" in missing.findings[0].message
    assert "sees another file under this name, or one that was changed" in changed.findings[0].message


UPGRADED = """
import pathlib, pickle, subprocess, sys
from lint.distributed import work_there
from lint.errors import UsageError
import lint

ORDER = '''
import pickle, sys
from lint.cli.jobs import movable
from lint.cli.planning import make_plan
from lint.config import Settings
from lint.distributed import order_for
from lint.rulebook import load_rulebook
settings = Settings(as_of="2024-06-30")
plan = movable(make_plan(settings, load_rulebook()), settings, local_code=False)
sys.stdout.buffer.write(pickle.dumps(order_for(plan, settings, None, local_code=False)))
'''
order = lambda: pickle.loads(subprocess.check_output([sys.executable, "-c", ORDER]))
work_there(order(), ())
with open(pathlib.Path(lint.__file__).parent.parent / "rules" / "reading.py", "a") as file:
    file.write("# changed")
try:
    work_there(order(), ())
except UsageError as error:
    print(error)
"""


def test_a_worker_older_than_the_rules_on_its_disk_is_refused(tmp_path):
    top = Path(package.__file__).parent.parent
    for part in ("lint", "rules", "schemas"):
        shutil.copytree(top / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    done = subprocess.run(
        [sys.executable, "-c", UPGRADED],
        cwd=tmp_path,
        env=environment(str(tmp_path)),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert "has other rules" in done.stdout and "start the workers anew" in done.stdout, done.stderr


class Silent(BaseHTTPRequestHandler):
    """What listens at the address of a dashboard, which is easily taken for that of the scheduler."""

    def log_message(self, *_):
        pass


def test_an_address_without_a_scheduler_is_told_in_one_line(folder):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Silent)
    Thread(target=server.serve_forever, daemon=True).start()
    addresses = (f"tcp://127.0.0.1:{server.server_port}", "tcp://127.0.0.1:1", "tls://127.0.0.1:1", "nothing://x")
    running = [lint(folder, "--executor", "dask", "--scheduler", address) for address in addresses]
    for address, process in zip(addresses, running, strict=True):
        code, out, err = finished(process)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert f"there is no dask scheduler at '{address}'" in err
    server.shutdown()
    server.server_close()


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
        (("--executor", "dask", "--scheduler", "tcp://127.0.0.1:1", "-"), "standard input cannot be read by other"),
    ],
)
def test_wrong_usage_is_told_in_one_line(folder, words, said):
    code, out, err = finished(lint(folder, *words))
    assert (code, out) == (2, "")
    assert said in err and err.count("\n") == 1
