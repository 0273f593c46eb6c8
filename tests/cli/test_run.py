import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lint.testing import minimal_record

CODES = ("--select", "ARM001,DES002")


def codes_of(result):
    return [finding["code"] for finding in json.loads(result.out)["findings"]]


def test_a_clean_record_gives_0_and_a_bad_one_1(records, lint):
    good = lint("run", "records/good.json")
    assert (good.code, good.out) == (0, "")
    assert good.err == "no findings in 1 record of 1 file.\n"
    bad = lint("run", "records/bad.json", *CODES)
    assert bad.code == 1
    assert [line.split(": ")[1][:12] for line in bad.out.splitlines()] == ["DES002 error", "ARM001 error"]
    assert bad.err == "2 findings in 1 record of 1 file: 2 errors.\n"


def test_the_current_folder_is_checked_without_paths(records, lint):
    assert lint("run", *CODES).out.startswith("./records/bad.json:")


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (("--select", "ARM001"), ["ARM001"]),
        (("--select", "arm-type-conflict-single-group"), ["ARM001"]),
        (("--select", "arm001", "--select", "DES002"), ["DES002", "ARM001"]),
        (("--select", "ARM001,DES002", "--ignore", "DES002"), ["ARM001"]),
        (("--select", "ARM001,DES002", "--ignore", "DES"), ["DES002", "ARM001"]),
        (("--select", "ARM001,DES002", "--severity", "DES002=off"), ["ARM001"]),
        (("--select", "ARM001,DES002", "--severity", "ARM001=note", "--min-severity", "warning"), ["DES002"]),
    ],
)
def test_rules_are_chosen(records, lint, args, expected):
    assert codes_of(lint("run", "records/bad.json", "--format", "json", *args)) == expected


def test_a_family_selects_its_rules(records, lint):
    found = codes_of(lint("run", "records/bad.json", "--format", "json", "--select", "ARM"))
    assert "ARM001" in found
    assert {code[:3] for code in found} == {"ARM"}


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("--fail-level", "error"), 1),
        (("--fail-level", "never"), 0),
        (("--severity", "ARM001=warning,DES002=warning"), 0),
        (("--severity", "ARM001=warning,DES002=note", "--fail-level", "warning"), 1),
        (("--severity", "ARM001=note,DES002=note", "--fail-level", "note"), 1),
    ],
)
def test_the_fail_level_decides_on_the_exit_code(records, lint, args, code):
    assert lint("run", "records/bad.json", *CODES, *args).code == code


def test_unreadable_input_wins_over_findings_and_is_never_silent(records, lint):
    (records / "records/broken.json").write_text('{"protocolSection": ')
    result = lint("run", "records", *CODES)
    assert result.code == 2
    assert "records/broken.json:1:" in result.out
    assert "ARM001" in result.out
    assert "1 input could not be read" in result.err
    assert lint("run", "records", "--fail-level", "never").code == 2


@pytest.mark.parametrize("path", ["nothing", "nowhere.json"])
def test_nothing_to_lint_is_a_fault(records, lint, path):
    (records / "nothing").mkdir()
    result = lint("run", path)
    assert result.code == 2
    assert path in result.out + result.err


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("rnu",), ("'rnu'", "did you mean 'run'?")),
        (("records",), ("'records'", "lint run records")),
        (("run", "--selct", "ARM001"), ("'--selct'", "did you mean '--select'?")),
        (("run", "--select", "AMR001"), ("'AMR001'", "did you mean 'ARM001'?")),
        (("run", "--ignore", "arm-type-conflct-single-group"), ("did you mean 'arm-type-conflict-single-group'?",)),
        (("run", "--profile", "strct"), ("'strct'", "--profile", "did you mean 'strict'?")),
        (("run", "--format", "jsom"), ("'jsom'", "did you mean 'json'?")),
        (("run", "--severity", "ARM001=eror"), ("'eror'", "did you mean 'error'?")),
        (("run", "--jobs", "0"), ("'0'", "write a number from 1 to 1,024, or auto")),
        (("run", "--jobs", "1025"), ("'1025'", "write a number from 1 to 1,024")),
        (("run", "--severity", "ARM001"), ("CODE=LEVEL",)),
        (("run", "--as-of", "2024-13-01"), ("'2024-13-01'", "2024-06-30")),
        (("run", "--schema-only", "--select", "ARM"), ("--schema-only", "--select")),
        (("run", "--config", "none.yaml"), ("none.yaml",)),
        (("run", "--output", "none/out.json"), ("none/out.json",)),
        (("explain", "AMR001"), ("did you mean 'ARM001'?",)),
        (("explain", "ARM"), ("family", "ARM001")),
        (("schema", "recrd"), ("did you mean 'record'?",)),
    ],
)
def test_a_wrong_word_gives_one_line_and_2(records, lint, args, words):
    result = lint(*args)
    assert (result.code, result.out) == (2, "")
    (line,) = result.err.splitlines()
    assert line.startswith("lint: ")
    for word in words:
        assert word in line


def test_a_crashing_rule_is_reported_and_the_others_go_on(records, lint):
    (records / "house").mkdir()
    (records / "house/crash.py").write_text(
        "from lint.api import NOTE, rule\n"
        "@rule('HOU001', 'house-crash', severity=NOTE, at='$.protocolSection')\n"
        "def crash(section, ctx):\n"
        "    '''Crashes.'''\n"
        "    raise KeyError('boom')\n"
    )
    (records / ".lint.yaml").write_text("rules: [house]\n")
    result = lint("run", "records/bad.json", "--select", "ARM001,HOU001")
    assert result.code == 2
    assert "LNT900 error" in result.out
    assert "KeyError: 'boom'" in result.out
    assert "ARM001 error" in result.out
    assert "Traceback" not in result.out + result.err
    assert "crashed" in result.err
    assert "Traceback" in lint("run", "records/bad.json", "--select", "HOU001", "--debug").out
    unsafe = lint("run", "records/good.json", "--no-local-code")
    assert (unsafe.code, unsafe.out) == (0, "")


def test_a_plugin_that_does_not_load_is_a_fault(records, lint):
    (records / "house.py").write_text("import nothing_of_this_name\n")
    (records / ".lint.yaml").write_text("rules: [house.py]\n")
    result = lint("run", "records")
    assert result.code == 2
    assert "house.py" in result.err
    assert len(result.err.splitlines()) == 1


def test_schema_only_leaves_the_rules_out(records, lint):
    result = lint("run", "records/bad.json", "--schema-only")
    assert (result.code, result.out) == (0, "")


def test_output_goes_to_a_file_that_is_replaced_whole(records, lint):
    (records / "out.json").write_text("before")
    result = lint("run", "records/bad.json", *CODES, "--format", "json", "--output", "out.json")
    assert (result.code, result.out) == (1, "")
    assert len(json.loads((records / "out.json").read_text())["findings"]) == 2
    assert sorted(os.listdir()) == ["out.json", "records"]


def test_statistics_and_summary_go_to_standard_error(records, lint):
    result = lint("run", "records", *CODES, "--format", "jsonl", "--statistics")
    assert len([json.loads(line) for line in result.out.splitlines()]) == 2
    assert result.err.split()[:4] == ["1", "ARM001", "1", "DES002"]
    assert result.err.endswith("2 findings in 2 records of 2 files: 2 errors.\n")
    assert lint("run", "records", *CODES, "--quiet").err == ""


def test_github_is_chosen_inside_actions(records, lint, monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    result = lint("run", "records", *CODES)
    assert result.out.startswith("::error file=records/bad.json,line=")
    assert result.err.splitlines()[-1] == "2 findings in 2 records of 2 files: 2 errors."


@pytest.mark.parametrize(
    ("args", "env", "coloured"),
    [
        ((), {}, False),
        (("--color", "always"), {}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour(records, lint, monkeypatch, args, env, coloured):
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in lint("run", "records/bad.json", *CODES, *args).out) == coloured


def program(*args):
    return [sys.executable, "-m", "lint", *args]


def test_standard_input(folder):
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    record = json.dumps(minimal_record()).encode()
    command = program("run", "-", "--stdin-filename", "draft.json", "--format", "json")
    result = subprocess.run(command, input=record, capture_output=True, env=env)
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["summary"]["records"] == 1
    broken = subprocess.run(command[:-2], input=b"{", capture_output=True, env=env)
    assert broken.returncode == 2
    assert broken.stdout.startswith(b"draft.json:1:")


def test_a_reader_that_leaves_early_is_no_fault(records):
    (records / "records/many.jsonl").write_text(
        (json.dumps(json.loads((records / "records/bad.json").read_text())) + "\n") * 2000
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(
        program("run", "records", "--format", "jsonl"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env
    )
    assert process.stdout.readline().startswith(b'{"code":')
    process.stdout.close()
    assert process.stderr.read() == b""
    process.wait(30)


def test_an_interrupt_gives_one_line_and_130(records):
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(
        program("run", "-", "--as-of", "2024-06-30"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=env,
    )
    process.stdin.write(json.dumps(minimal_record()).encode() + b"\n")
    process.stdin.flush()
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, b"", b"lint: interrupted\n")


def test_a_terminal_without_unicode_and_odd_file_names(records):
    name = "r\u00e9cord \u4e2d.json"
    os.rename("records/bad.json", f"records/{name}")
    env = {
        **os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "ascii",
    }  # fmt: skip
    shown = subprocess.run(program("run", "records", *CODES), capture_output=True, env=env)
    assert shown.returncode == 1, shown.stderr
    assert shown.stdout.startswith(b"records/r\\xe9cord \\u4e2d.json:")
    parsed = subprocess.run(program("run", "records", *CODES, "--format", "json"), capture_output=True, env=env)
    assert json.loads(parsed.stdout.decode("utf-8"))["findings"][0]["file"] == f"records/{name}"


def test_two_runs_print_the_same(records, lint):
    args = ("run", "records", "--format", "json", "--profile", "strict", "--as-of", "2024-06-30")
    assert lint(*args) == lint(*args)


def test_a_folder_of_rules_beside_the_records_is_no_record(records, lint):
    (records / "house").mkdir()
    pack = Path(__file__).parent.parent.parent / "docs" / "house-rules.yaml"
    (records / "house" / "rules.yaml").write_text(pack.read_text(encoding="utf-8"), encoding="utf-8")
    (records / ".lint.yaml").write_text("rules: [house]\nselect: [EXB001]\n", encoding="utf-8")
    assert lint("run", ".").code == 0
    assert "no study record" in lint("run", ".", "--no-config").out


def test_the_full_report_says_which_profile_is_passed(lint, records):
    good = lint("run", "records/good.json", "--format", "full").out
    assert good.endswith("Passes every profile, up to 'strict': no finding at the fail level (error).\n")
    bad = lint("run", "records/bad.json", "--format", "full").out
    assert re.search(r"Passes no profile yet; \d+ errors? from 'minimal'\.\n$", bad)
    assert "rofile" not in lint("run", "records/bad.json", "--format", "full", "--quiet").out
    assert "rofile" not in lint("run", "records/bad.json", "--format", "full", "--select", "ARM").out


def test_timings_name_the_dearest_rules(lint, records):
    lines = lint("run", "records", "--timings", "--quiet").err.splitlines()
    assert all(
        re.fullmatch(r" *[\d.,]+ ms +[\d.]+%  ([A-Z]{3}[0-9]{3}|all rules, of [\d.]+ s)", line) for line in lines
    )
    assert len(lines) > 10
