"""The process ends at once, but not before what waits for its end, and with the code and the output that it owes."""

import subprocess
import sys

import pytest

PROGRAM = "import sys; from lint.cli.main import program; sys.argv = ['lint', *sys.argv[1:]]; {}; program()"
WAITING = {
    "something registered": "import atexit; atexit.register(print, 'waited')",
    "a thread": "import threading, time; threading.Thread(target=lambda: (time.sleep(0.3), print('waited'))).start()",
}


def ended(before, *words):
    done = subprocess.run([sys.executable, "-c", PROGRAM.format(before), *words], capture_output=True, text=True)
    return done.returncode, done.stdout


@pytest.mark.parametrize(("words", "code"), [(["--version"], 0), (["explain", "ARM001"], 0), (["run", "nothing"], 2)])
def test_code_and_output_are_the_same_as_of_an_awaited_end(words, code):
    at_once, awaited = ended("pass", *words), ended(WAITING["something registered"], *words)
    assert (at_once[0], at_once[1] + "waited\n") == awaited
    assert at_once[0] == code
    assert at_once[1]


@pytest.mark.parametrize("before", WAITING.values(), ids=WAITING)
def test_what_waits_is_done_first(before):
    code, output = ended(before, "--version")
    assert (code, output.splitlines()[-1]) == (0, "waited")


def test_a_profile_is_written():
    command = [sys.executable, "-m", "cProfile", "-m", "lint", "--version"]
    assert "function calls" in subprocess.run(command, capture_output=True, text=True).stdout


def test_a_long_output_is_whole():
    code, output = ended("pass", "schema", "record")
    assert code == 0
    assert output.rstrip().endswith("}")
    assert len(output) > 300_000
