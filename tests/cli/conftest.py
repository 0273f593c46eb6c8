"""A scratch folder with records, and the program run in it."""

from dataclasses import dataclass

import pytest
from sample_records import SINGLE_GROUP, write

from lint.cli.main import main


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty current folder below which no configuration is found."""
    for name in ("GITHUB_ACTIONS", "GITHUB_WORKSPACE", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def records(folder):
    """``records/good.json`` and ``records/bad.json``, which ARM001 and DES002 flag."""
    (folder / "records").mkdir()
    write(folder / "records/good.json", {})
    write(folder / "records/bad.json", SINGLE_GROUP)
    return folder


@pytest.fixture
def lint(folder, capsys):
    """Run the program in this process; give its exit code and what it printed.

    Today is a day on which the small clean records are up to date.
    """

    def call(*args):
        capsys.readouterr()
        if args[:1] == ("run",) and "--as-of" not in args and "--config" not in args:
            args += ("--as-of", "2024-06-30")
        with pytest.raises(SystemExit) as left:
            main([str(arg) for arg in args], prog_name="lint")
        out, err = capsys.readouterr()
        return Result(left.value.code, out, err)

    return call
