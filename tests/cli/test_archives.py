"""Archives through the whole program: reports, exit codes, fixes, baselines, waivers, changes."""

import json
import os
import subprocess
import sys
import zipfile

import pytest
from sample_records import SINGLE_GROUP, write

from lint.testing import minimal_record, patched


def pack(file, members):
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content if isinstance(content, (str, bytes)) else json.dumps(content, indent=1))


def flawed(number):
    return patched(minimal_record(), {**SINGLE_GROUP, "identificationModule.nctId": number})


BAD = flawed("NCT09900009")


@pytest.fixture
def bulk(folder):
    pack(folder / "bulk.zip", {"a/good.json": minimal_record(), "a/bad.json": BAD, "README.md": "x"})
    return folder / "bulk.zip"


NAME = "bulk.zip!a/bad.json"


@pytest.mark.parametrize("form", [
    "full", "concise", "table", "markdown", "html", "csv", "json", "jsonl", "sarif", "gitlab", "junit", "checkstyle",
    "github",
])  # fmt: skip
def test_every_report_shows_the_member(lint, bulk, form):
    done = lint("run", "bulk.zip", "--format", form, "--select", "ARM001")
    assert done.code == 1
    shown = {"sarif": "bulk.zip%21a/bad.json", "table": "bulk.zip!a/b"}.get(form, NAME)
    assert shown in done.out.replace("\\", "")


def test_excerpts_come_from_the_member(lint, bulk):
    done = lint("run", "bulk.zip", "--format", "full", "--select", "ARM001")
    line = next(line for line in done.out.splitlines() if NAME in line and ":" in line.partition(NAME)[2])
    number = int(line.partition(NAME + ":")[2].split(":")[0])
    assert json.dumps(BAD, indent=1).splitlines()[number - 1].strip() in done.out


def test_a_broken_member_makes_the_exit_code_2_and_the_rest_goes_on(lint, folder):
    pack(folder / "bulk.zip", {"a.json": "{", "b.json": BAD})
    done = lint("run", "bulk.zip", "--format", "concise", "--select", "ARM001")
    assert done.code == 2
    assert "bulk.zip!a.json:1:2: SRC003" in done.out and "bulk.zip!b.json" in done.out


def test_a_truncated_archive_is_one_clear_finding(lint, bulk):
    bulk.write_bytes(bulk.read_bytes()[:-50])
    done = lint("run", "bulk.zip", "--format", "concise")
    assert done.code == 2 and done.out.count("\n") == 1
    assert "SRC019" in done.out and "cut off" in done.out


def test_fix_refuses_archives_in_a_sentence(lint, bulk):
    before = bulk.read_bytes()
    done = lint("fix", "bulk.zip")
    assert done.err.startswith("lint: bulk.zip cannot be mended: records in an archive are not changed; unpack it")
    assert bulk.read_bytes() == before


def test_baseline_and_waivers_know_members(lint, bulk, folder):
    assert lint("baseline", "create", "bulk.zip").code == 0
    assert lint("run", "bulk.zip", "--format", "concise").out == ""
    os.unlink(folder / ".lint-baseline.jsonl")
    waiver = "waivers:\n- {rules: [ALL], files: ['bulk.zip!a/*'], reason: agreed}\n"
    (folder / ".lint-waivers.yaml").write_text(waiver)
    assert lint("run", "bulk.zip", "--format", "concise").out == ""
    (folder / ".lint-waivers.yaml").write_text(waiver.replace("a/*", "b/*"))
    assert NAME in lint("run", "bulk.zip", "--format", "concise").out


def test_since_looks_into_archives(lint, bulk, folder):
    me = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    for words in (["init", "-q"], ["add", "."], [*me, "commit", "-qm1"]):
        subprocess.run(["git", *words], check=True)
    pack(bulk, {"a/bad.json": BAD, "a/new.json": flawed("NCT09900002")})
    done = lint("run", ".", "--since", "HEAD", "--format", "concise", "--select", "ARM001")
    assert "bulk.zip!a/new.json" in done.out and NAME not in done.out


def test_limits_by_option_and_by_configuration(lint, folder):
    pack(folder / "bulk.zip", {f"{number}.json": minimal_record() for number in range(5)})
    done = lint("run", "bulk.zip", "--max-members", "4", "--format", "concise")
    assert (done.code == 2 and "raise it with --max-members" in done.out + done.err) or "SRC016" in done.out
    (folder / ".lint.yaml").write_text("max-members: 4\n")
    assert lint("run", "bulk.zip").code == 2
    assert lint("run", "bulk.zip", "--max-members", "1k").code == 0
    (folder / ".lint.yaml").unlink()
    (folder / "pyproject.toml").write_text("[tool.lint]\nmax-members = 4\n")
    assert lint("run", "bulk.zip").code == 2


@pytest.mark.parametrize("value", ["0", "-1", "many", "1.5G", ""])
def test_wrong_limits_are_refused(lint, bulk, value):
    done = lint("run", "bulk.zip", "--max-bytes", value)
    assert (done.code, done.err.count("\n")) == (2, 1) and "--max-bytes" in done.err


@pytest.mark.parametrize("kind", ["zip", "list", "page"])
@pytest.mark.parametrize("form", ["concise", "json"])
def test_any_number_of_jobs_prints_the_same(folder, kind, form):
    records = [patched(minimal_record(), {**(SINGLE_GROUP if number % 7 == 0 else {}),
                                          "identificationModule.nctId": f"NCT{number:08d}",
                                          "descriptionModule.detailedDescription": os.urandom(2000).hex()})
               for number in range(900)]  # fmt: skip
    if kind == "zip":
        members = {f"{number:04d}.json": record for number, record in enumerate(records)}
        pack(folder / "in.zip", {**members, "x.json": "{"})
    else:
        content = records if kind == "list" else {"studies": records}
        (folder / "in.json").write_text(json.dumps(content, indent=1 if kind == "page" else None))
    outputs = []
    for jobs in ("1", "2", "3"):
        command = [sys.executable, "-m", "lint", "run", ".", "--as-of", "2024-06-30", "--format", form, "--jobs", jobs]
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "GITHUB_ACTIONS": ""}
        done = subprocess.run([*command, "--select", "ARM001"], env=env, capture_output=True, text=True, timeout=120)
        outputs.append((done.returncode, done.stdout, done.stderr))
    assert outputs[0][0] == (2 if kind == "zip" else 1) and outputs[0][1].count("ARM001") >= 129
    assert outputs[1] == outputs[0] and outputs[2] == outputs[0]


def test_a_folder_of_everything(lint, folder):
    pack(folder / "bulk.zip", {"bad.json": BAD})
    write(folder / "bad.json", SINGLE_GROUP)
    (folder / "all.jsonl").write_text(json.dumps(BAD) + "\n")
    (folder / "list.json").write_text(json.dumps([BAD]))
    done = lint("run", ".", "--format", "concise", "--select", "ARM001")
    assert [line.split(":")[0] for line in done.out.splitlines()] == [
        "./all.jsonl", "./bad.json", "./bulk.zip!bad.json", "./list.json"]  # fmt: skip
