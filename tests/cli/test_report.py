"""A run as a dataset, and what ``lint report`` tells of one."""

import os
import signal
import subprocess
import sys
import time
from glob import glob

import pyarrow.parquet


def rows_of(path):
    return pyarrow.parquet.read_table(path).to_pylist()


def test_a_run_writes_all_records(records, lint):
    done = lint("run", "records", "--format", "parquet:run.parquet")
    assert (done.code, done.out) == (1, "")
    bad, good = sorted(rows_of("run.parquet"), key=lambda row: row["file"])
    assert {found["code"] for found in bad["findings"]} >= {"ARM001", "DES002"}
    assert good["findings"] == [] and good["is_record"] and good["sponsor_class"] and good["study_type"]


def test_an_interrupted_run_leaves_nothing_behind(records):
    command = [sys.executable, "-m", "lint", "run", "-", "--format", "parquet:run.parquet"]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=env, text=True) as program:
        deadline = time.monotonic() + 60
        while not glob("run.parquet.*") and time.monotonic() < deadline:
            time.sleep(0.01)
        assert glob("run.parquet.*")
        program.send_signal(signal.SIGINT)
        _, said = program.communicate()
    assert (program.returncode, said) == (130, "lint: interrupted\n")
    assert glob("*") == ["records"]


def test_it_cannot_be_printed(records, lint):
    done = lint("run", "records", "--format", "parquet")
    assert (done.code, done.err) == (2, "lint: parquet cannot be printed (write --format parquet:findings.parquet)\n")
