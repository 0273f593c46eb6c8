"""Folders give the files in them that may hold records."""

from __future__ import annotations

import os
import subprocess
import tracemalloc
from pathlib import Path

import pytest

from lint.sources import discover, read

PAGE = (
    "NCT ID: NCT00000001\n\nLast Updated: 2013-05-15\n\nRecruitment Status\n\nCOMPLETED\n\nBrief Summary\n\nA.\n\n"
    "Conditions\n\nAsthma\n\nStudy Design\n\nAllocation Method\n\nRANDOMIZED\n\nEligibility Criteria\n\nAdults\n"
)


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def make(*names: str, content: str = "{}") -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(content)


def found(*paths: str, **options: str) -> list[str]:
    return [path.replace(os.sep, "/") for path in discover(paths, **options)]


def test_records_of_a_folder_sorted(folder):
    make("in/b.json", "in/a.jsonl.gz", "in/B/c.YAML", "in/B/d.ndjson", "in/e.yml", "in/x y/ü.json")
    make("in/image.png", "in/notes.md", "in/.hidden.json", "in/.git2/x.json", "in/lint.yaml", "in/.lint.yaml")
    assert found("in") == ["in/B/c.YAML", "in/B/d.ndjson", "in/a.jsonl.gz", "in/b.json", "in/e.yml", "in/x y/ü.json"]


def test_text_files_count_when_they_are_pages(folder):
    make("in/page.txt", content=PAGE)
    make("in/README.txt", content="Read me first.")
    assert found("in") == ["in/page.txt"]
    assert found("in", input_format="page") == ["in/README.txt", "in/page.txt"]
    assert found("in/README.txt") == ["in/README.txt"]


def test_named_inputs_stand_for_themselves_once(folder):
    make("in/a.json", "in/.hidden.json", "in/notes.md")
    paths = ("in/notes.md", "in/.hidden.json", "-", "absent.json", "in", "./in/a.json", "in/../in/notes.md", "-")
    assert found(*paths) == ["in/notes.md", "in/.hidden.json", "-", "absent.json", "in/a.json"]


def test_an_empty_folder(folder):
    make("in/notes.md")
    assert found("in") == []


@pytest.mark.parametrize("start", [".", "data", "data/deep"])
def test_gitignore_is_respected_as_git_does(folder, start):
    subprocess.run(["git", "init", "-q"], check=True)
    make(".gitignore", content="*.tmp.json\nbuild/\n/data/root.json\n**/raw/*.json\n!keep.tmp.json\n")
    make("data/.gitignore", content="deep/secret*.json\n!deep/secret-not.json\n!b.tmp.json\n")
    make(
        "data/a.json", "data/a.tmp.json", "data/b.tmp.json", "data/keep.tmp.json", "data/root.json",
        "data/build/x.json",        "data/raw/x.json",
        "data/deep/secret1.json", "data/deep/secret-not.json", "data/deep/root.json",
        "root.json",
        "data/deep/c.tmp.json", "data/deep/raw/y.json", "build/z.json", "data/deep/build",
    )  # fmt: skip
    listed = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard", start], check=True, capture_output=True, text=True
    ).stdout.split()
    expected = sorted(path for path in listed if path.endswith(".json"))
    assert sorted(os.path.normpath(path) for path in found(start)) == expected
    assert expected


def test_links(folder):
    make("elsewhere/a.json")
    make("in/b.json")
    os.symlink("../elsewhere", "in/linked")
    os.symlink("../elsewhere/a.json", "in/linked.json")
    os.symlink("nowhere", "in/broken.json")
    os.symlink(".", "in/again")
    os.mkfifo("in/pipe.json")
    assert found("in") == ["in/b.json", "in/broken.json", "in/linked.json"]


def test_a_folder_that_cannot_be_listed_is_an_input_that_cannot_be_read(folder, monkeypatch):
    make("in/locked/a.json", "in/z.json")
    listing = os.scandir

    def scandir(path: str):
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", path)
        return listing(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert found("in") == ["in/locked", "in/z.json"]
    (failure,) = read("in/locked")
    assert failure.problem.code == "SRC001"


def test_paths_that_overlap_give_each_file_once(folder):
    make("in/a.json", "in/deep/b.json", "in/.hidden/c.json", "input/d.json")
    both = ["in/a.json", "in/deep/b.json"]
    assert found("in", "in") == both
    assert found("in", "in/deep", "in/.hidden", "input") == [*both, "in/.hidden/c.json", "input/d.json"]
    assert found("in/deep", "in") == ["in/deep/b.json", "in/a.json"]
    assert found("in", "input") == [*both, "input/d.json"]
    assert found("in/a.json", "in/a.json") == ["in/a.json"]


def test_a_large_folder_takes_little_memory(folder):
    """Some bytes a file, whatever is done with it: the names, and nothing that grows while they are read."""
    count = 20_000
    os.mkdir("in")
    for number in range(count):
        os.close(os.open(f"in/NCT{number:08d}.json", os.O_CREAT))
    tracemalloc.start()
    assert sum(1 for _ in discover(["in"])) == count
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 150 * count
