"""A run that takes over what an earlier one found prints what a run without it prints."""

import io
import json
import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
import tarfile
import time
import zipfile
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_records import SINGLE_GROUP

from lint import cache as keeping_module
from lint.cache import FILE, Keeping, Store
from lint.engine import Plan
from lint.overrides import Override, Scope
from lint.rulebook import load_rulebook
from lint.runner import Summary, run, run_kept
from lint.sources import discover, pieces, units
from lint.testing import minimal_record, patched

BOOK = load_rulebook(local_code=False)
COUNTING = '''
import os
from lint.api import NOTE, rule

@rule("TST001", "counting-rule", severity=NOTE, at="$.protocolSection.identificationModule.nctId")
def counting(node, ctx):
    """It notes by which records it was called.

    Why: to see what is linted.
    What to do: nothing.
    Source: none, https://example.org/
    """
    with open(os.environ["CALLS"], "a") as calls:
        calls.write(node.value + " ")
    yield node.problem("SAID")
'''


def record(number, **patch):
    flaw = SINGLE_GROUP if number % 3 == 0 else {}
    return patched(minimal_record(), {**flaw, "identificationModule.nctId": f"NCT{number:08d}", **patch})


def lines_of(records):
    return "".join(json.dumps(one) + "\n" for one in records)


class Runs:
    """A folder with records, a rule that counts, and a cache beside them."""

    def __init__(self, top):
        self.top = top
        self.folder = top / "records"
        self.folder.mkdir()
        self.calls = top / "calls"
        path = os.pathsep.join(filter(None, sys.path))
        names = {"PYTHONPATH": path, "GITHUB_ACTIONS": "", "CALLS": str(self.calls), "LINT_CACHE_DIR": str(top / "c")}
        self.env = {**os.environ, **names}
        self.rule(COUNTING)

    def rule(self, text):
        (self.top / "own.py").write_text(text)
        self.configure()

    def configure(self, more=""):
        """A few rules are enough here, and faster."""
        text = "rules: [../own.py]\nselect: [TST001, ARM, DAT, SRC]\n"
        (self.folder / ".lint.yaml").write_text(text + more)

    def start(self, *words, out=subprocess.PIPE):
        command = [sys.executable, "-m", "lint", "run", ".", *words]
        command += [] if "--as-of" in words else ["--as-of", "2024-06-30"]
        return subprocess.Popen(command, cwd=self.folder, env=self.env, stdout=out, stderr=subprocess.PIPE, text=True)

    def lint(self, *words):
        """Return what a run prints, its warnings, and the records that were linted in it."""
        self.calls.unlink(missing_ok=True)
        running = self.start(*words)
        out, err = running.communicate(timeout=120)
        assert running.returncode in (0, 1, 2), err
        return out, err, sorted(self.calls.read_text().split()) if self.calls.exists() else []

    def cache(self, word):
        command = [sys.executable, "-m", "lint", "cache", word]
        return subprocess.run(command, cwd=self.folder, env=self.env, capture_output=True, text=True, timeout=60)


@pytest.fixture
def runs(tmp_path):
    made = Runs(tmp_path)
    (made.folder / "many.jsonl").write_text(lines_of(record(number) for number in range(400)))
    for number in range(500, 503):
        (made.folder / f"one{number}.json").write_text(json.dumps(record(number), indent=2))
    return made


EVERYONE = sorted(f"NCT{number:08d}" for number in [*range(400), 500, 501, 502])


@pytest.mark.parametrize("name", ["concise", "json", "sarif", "full"])
def test_a_second_run_lints_nothing_and_prints_the_same(runs, name):
    plain, said, everyone = runs.lint("--no-cache", "--format", name)
    assert everyone == EVERYONE
    assert runs.lint("--cache", "--format", name) == (plain, said, EVERYONE)
    for jobs in ("1", "2"):
        assert runs.lint("--cache", "--format", name, "--jobs", jobs) == (plain, said, [])


def test_members_of_archives_are_known_one_by_one_and_by_their_content(runs):
    def pack(name, contents, kind):
        with (
            zipfile.ZipFile(runs.folder / name, "w") if kind == "zip" else tarfile.open(runs.folder / name, "w:gz")
        ) as one:
            for member, text in contents.items():
                raw = text.encode()
                if kind == "zip":
                    one.writestr(member, raw)
                else:
                    info = tarfile.TarInfo(member)
                    info.size = len(raw)
                    one.addfile(info, io.BytesIO(raw))

    contents = {f"NCT{number:08d}.json": json.dumps(record(number)) for number in range(800, 840)}
    contents["broken.json"] = '{"protocolSection": {'
    pack("a.zip", contents, "zip")
    plain = runs.lint("--no-cache")
    assert runs.lint("--cache")[:2] == plain[:2]
    assert runs.lint("--cache") == (*plain[:2], [])
    os.remove(runs.folder / "a.zip")
    contents["NCT00000801.json"] = json.dumps(record(801), indent=1)
    pack("b.tar.gz", contents, "tar")
    cached = runs.lint("--cache")
    assert cached[2] == ["NCT00000801"]
    assert cached[:2] == runs.lint("--no-cache")[:2]


def test_only_what_changed_is_linted_wherever_it_stands_now(runs):
    runs.lint("--cache")
    moved = [record(number) for number in range(399, -1, -1)]
    moved[7] = record(392, **{"identificationModule.briefTitle": "Another title of a study in people"})
    (runs.folder / "many.jsonl").write_text(lines_of(moved))
    os.rename(runs.folder / "one500.json", runs.folder / "renamed.json")
    cached = runs.lint("--cache")
    assert cached[2] == ["NCT00000392"]
    assert cached[:2] == runs.lint("--no-cache")[:2]


def test_another_version_of_a_rule_of_ones_own_counts_and_another_date_of_its_file_does_not(runs):
    runs.lint("--cache")
    os.utime(runs.top / "own.py", (1, 1))
    assert runs.lint("--cache")[2] == []
    runs.rule(COUNTING.replace("SAID", "SAID OTHERWISE"))
    out, _, linted = runs.lint("--cache")
    assert "SAID OTHERWISE" in out and linted == EVERYONE


@pytest.mark.parametrize("words", [["--profile", "strict"], ["--ignore", "ARM001"], ["--min-severity", "note"],
                                   ["--severity", "ARM001=note"], ["--no-local-code"]])  # fmt: skip
def test_other_choices_of_rules_are_kept_apart(runs, words):
    runs.lint("--cache")
    cached = runs.lint("--cache", *words)
    assert cached[0] == runs.lint("--no-cache", *words)[0]


def test_waivers_and_dictionaries_of_today_count(runs):
    runs.lint("--cache")
    (runs.folder / ".lint-waivers.yaml").write_text("waivers:\n  - rules: [ARM001]\n    reason: known\n")
    out, said, linted = runs.lint("--cache")
    assert "ARM001" not in out and linted == []
    assert (out, said) == runs.lint("--no-cache")[:2]
    runs.configure("dictionary: [exampline]\n")
    assert runs.lint("--cache")[2] == EVERYONE


def test_only_records_that_were_asked_for_today_are_linted_again_on_another_day(runs):
    late = record(700, **{"statusModule.statusVerifiedDate": "2031-01"})
    (runs.folder / "late.json").write_text(json.dumps(late))
    runs.lint("--cache")
    out, said, linted = runs.lint("--cache", "--as-of", "2024-07-01")
    assert linted == ["NCT00000700"]
    assert (out, said) == runs.lint("--no-cache", "--as-of", "2024-07-01")[:2]


def test_what_crashed_or_could_not_be_read_is_tried_again(runs):
    crash = COUNTING.replace('yield node.problem("SAID")', 'raise KeyError("x") if node.value.endswith("7") else 0')
    runs.rule(
        crash.replace("raise", "if node.value.endswith('7'): raise").replace(' if node.value.endswith("7") else 0', "")
    )
    with open(runs.folder / "many.jsonl", "a") as file:
        file.write('{"protocolSection": {\n')
    first = runs.lint("--cache")
    again = runs.lint("--cache")
    assert again[:2] == first[:2] and "LNT900" in again[0] and "SRC" in again[0]
    assert again[2] == [name for name in EVERYONE if name.endswith("7")]


def test_two_runs_at_once_print_the_same(runs):
    expected = runs.lint("--no-cache")[:2]
    together = [runs.start("--cache", "--jobs", jobs) for jobs in ("1", "2", "1")]
    assert [one.communicate(timeout=120) for one in together] == [expected] * 3
    assert runs.lint("--cache")[2] == []


def test_a_run_that_is_killed_leaves_a_cache_that_serves(runs):
    (runs.folder / "many.jsonl").write_text(lines_of(record(number) for number in range(1000)))
    expected = runs.lint("--no-cache")[:2]
    dice = random.Random(7)
    for _ in range(2):
        runs.cache("clear")
        running = runs.start("--cache", "--jobs", "1", out=subprocess.DEVNULL)
        log = runs.top / "c" / (FILE + "-wal")
        while running.poll() is None and not (log.exists() and log.stat().st_size > 20_000):
            time.sleep(0.001)
        time.sleep(dice.random() / 20)
        running.send_signal(signal.SIGKILL)
        running.communicate(timeout=60)
        assert runs.lint("--cache")[:2] == expected
        assert runs.lint("--cache")[2] == []


@pytest.mark.parametrize("where", ["start", "middle"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_damaged_cache_is_left_out_with_one_warning(runs, where, jobs):
    runs.lint("--cache")
    expected = runs.lint("--no-cache")[0]
    file = runs.top / "c" / FILE
    size = file.stat().st_size
    with open(file, "r+b") as handle:
        handle.seek(0 if where == "start" else 4096)
        handle.write(random.Random(3).randbytes(4096 if where == "start" else size - 8192))
    out, said, _ = runs.lint("--cache", "--jobs", jobs)
    assert out == expected
    assert (
        [line for line in said.splitlines() if "cache" in line]
        == [line for line in said.splitlines() if line.startswith("lint: the cache was left out (")]
        != []
    )
    assert said.count("cache was left out") == 1
    assert runs.cache("clear").returncode == 0
    assert runs.lint("--cache")[2] == EVERYONE and runs.lint("--cache")[2] == []


def test_a_folder_that_cannot_hold_a_cache_costs_a_warning(runs):
    (runs.top / "c").write_text("a file")
    out, said, linted = runs.lint("--cache")
    assert out == runs.lint("--no-cache")[0] and linted == EVERYONE
    assert said.count("cache was left out") == 1


def test_small_runs_and_continuous_integration_keep_nothing_unasked(runs):
    runs.lint()
    assert not (runs.top / "c").exists()
    long = {"descriptionModule.detailedDescription": "More words. " * 1700}
    (runs.folder / "many.jsonl").write_text(lines_of(record(number, **long) for number in range(450)))
    runs.env.pop("LINT_CACHE_DIR")
    runs.env.update({"CI": "true", "XDG_CACHE_HOME": str(runs.top / "xdg"), "HOME": str(runs.top)})
    runs.lint()
    assert not (runs.top / "xdg").exists()
    runs.env.pop("CI")
    runs.lint()
    assert (runs.top / "xdg" / "registry-lint" / FILE).exists()


def test_info_and_clear(runs):
    assert "there is no cache yet" in runs.cache("info").stdout
    assert runs.cache("clear").stdout == "There is no cache.\n"
    runs.lint("--cache")
    assert "403 entries" in runs.cache("info").stdout
    file = runs.top / "c" / FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert runs.cache("clear").stdout.startswith("Removed ")
    assert not any((runs.top / "c").iterdir())
    runs.env["LINT_CACHE_MB"] = "few"
    refused = runs.cache("info")
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)


def test_a_full_store_drops_what_was_put_first(tmp_path):
    store = Store(str(tmp_path), 1_000_000)
    days = (date.min, date.max)
    keys = [number.to_bytes(16, "big") for number in range(2000)]
    for start in range(0, 2000, 100):
        store.put([(key, os.urandom(2000), days) for key in keys[start : start + 100]])
        assert store.size() <= 1_000_000
    kept = [store.get(key, date(2024, 1, 1)) is not None for key in keys]
    store.close()
    assert kept == sorted(kept) and 300 < sum(kept) < 500
    assert os.path.getsize(tmp_path / FILE) < 1_500_000


def in_this_process(folder, plan, keeping=None):
    summary = Summary()
    files = discover([str(folder)])
    found = run_kept(files, plan, summary, keeping) if keeping else run(files, plan, summary)
    return [(one.file, one.record, one.findings, one.suppressed, one.unreadable) for one in found], summary


def test_a_locked_store_is_left_out(tmp_path, monkeypatch):
    monkeypatch.setattr(keeping_module, "PATIENCE", 0.05)
    (tmp_path / "records").mkdir()
    (tmp_path / "records/a.jsonl").write_text(lines_of(record(number) for number in range(5)))
    plan = Plan(BOOK.by_code, date(2024, 6, 30))
    keeping = Keeping(str(tmp_path / "c"), 10**8, "x")
    Store(keeping.folder, keeping.limit).close()
    other = sqlite3.connect(tmp_path / "c" / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    found, summary = in_this_process(tmp_path / "records", plan, keeping)
    assert found == in_this_process(tmp_path / "records", plan)[0]
    assert "locked" in summary.cache_fault
    other.execute("COMMIT")
    other.close()
    assert in_this_process(tmp_path / "records", plan, keeping)[1].cache_fault == ""


def test_overrides_for_files_count_after_a_file_was_renamed(tmp_path):
    scope = Scope(frozenset(BOOK.by_code), ("old.json",))
    plan = Plan(BOOK.by_code, date(2024, 6, 30), overrides=(Override(scope, None),))
    keeping = Keeping(str(tmp_path / "c"), 10**8, "x")
    folder = tmp_path / "records"
    folder.mkdir()
    (folder / "old.json").write_text(json.dumps(record(0)))
    assert in_this_process(folder, plan, keeping)[0][0][2] == ()
    os.rename(folder / "old.json", folder / "new.json")
    found, _ = in_this_process(folder, plan, keeping)
    assert found[0][2] and found == in_this_process(folder, plan)[0]


TITLES = st.sampled_from(["A trial of exampline in people with migraine", "Title", "Titel \u00e9", "A stduy of a drug"])
RECORDS = st.builds(
    lambda number, title, named: patched(
        minimal_record(),
        {
            "identificationModule.nctId": f"NCT{number:08d}" if named else None,
            "identificationModule.orgStudyIdInfo": None if number % 2 else {"id": f"X{number}"},
            "identificationModule.briefTitle": title,
            "statusModule.statusVerifiedDate": "2024-05" if number % 5 else "2031-01",
        },
    ),
    st.integers(0, 12), TITLES, st.booleans(),
)  # fmt: skip
LINES = st.lists(
    st.one_of(RECORDS.map(json.dumps), st.sampled_from(["", '{"protocolSection": {', '{"a": 1}', "[]", '"text"'])),
    min_size=1, max_size=8,
)  # fmt: skip
STATES = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from(["a.jsonl", "b.jsonl", "c.json"]), LINES, min_size=1),
        st.sampled_from(["\n", "\r\n"]),
        st.sampled_from([date(2024, 6, 30), date(2024, 7, 1), date(2026, 1, 1)]),
        st.booleans(),
    ),
    min_size=2, max_size=5,
)  # fmt: skip


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STATES)
def test_after_any_edits_cached_and_uncached_outcomes_are_equal(tmp_path_factory, states):
    top = tmp_path_factory.mktemp("edits")
    folder = top / "records"
    folder.mkdir()
    keeping = Keeping(str(top / "c"), 10**8, "x")
    with pytest.MonkeyPatch.context() as patch:
        for files, ending, today, as_lines in states:
            for old in folder.iterdir():
                old.unlink()
            for name, lines in files.items():
                (folder / name).write_bytes(ending.join(lines).encode())
            size = 10 if as_lines else 1 << 21
            patch.setattr(pieces, "SIZE", size)
            patch.setattr(units, "SIZE", size)
            plan = Plan(BOOK.by_code, today, "strict", excerpts=True, replacements=True)
            apart = keeping._replace(ruleset=str(as_lines))
            assert in_this_process(folder, plan, apart)[0] == in_this_process(folder, plan)[0]
