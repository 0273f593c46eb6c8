"""Every command that the documentation shows, in a folder as its reader might have it."""

import doctest
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from sample_records import SINGLE_GROUP, write

from lint.cli.main import Program, main
from lint.declarative import load_pack
from lint.testing import check_examples

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGES = sorted(page.name for page in DOCS.glob("*.md") if "```console" in page.read_text("utf-8"))
DOUBLED = "Exampline is compared with with placebo in adults with migraine."
FLAWED = {**SINGLE_GROUP, "descriptionModule.briefSummary": DOUBLED}


def examples(page):
    """The commands of a page in their order, each with the output that is shown."""
    text = (DOCS / page).read_text("utf-8")
    for indent, block in re.findall(r"^( *)```console\n(.*?)^ *```", text, re.DOTALL | re.MULTILINE):
        lines = [line.removeprefix(indent) for line in block.splitlines(keepends=True)]
        commands = re.split(r"^\$ (.+)\n", "".join(lines), flags=re.MULTILINE)
        yield from zip(commands[1::2], commands[2::2])


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "records").mkdir()
    write(tmp_path / "records/good.json", {})
    write(tmp_path / "records/bad.json", FLAWED)
    return tmp_path


@pytest.mark.parametrize("page", PAGES)
def test_commands_print_what_is_shown(folder, page):
    if page != "ci.md":
        write(folder / "study.json", FLAWED)
    for command, expected in examples(page):
        piped = re.fullmatch(r"cat (\S+) \| (lint .+)", command)
        given = (folder / piped[1]).read_text("utf-8") if piped else None
        words = (piped[2] if piped else command).split()[1:]
        if words[0] in ("run", "fix") or words[:2] == ["baseline", "create"]:
            words += ["--as-of", "2024-06-30"]
        done = CliRunner().invoke(main, words, input=given, prog_name="lint")
        assert done.exit_code in (0, 1), done.output
        shown = done.output.replace("\r\n", "\n")
        matches = doctest.OutputChecker().check_output(expected or "", shown, doctest.ELLIPSIS)
        assert matches or (not expected and not shown), f"$ {command}\n{shown}"


def test_the_house_rules_of_the_page_work(tmp_path):
    text = (DOCS / "rule-authors.md").read_text("utf-8")
    (pack,) = re.findall(r"```yaml\n(# house-rules\.yaml\n.*?)```", text, re.DOTALL)
    file = tmp_path / "house-rules.yaml"
    file.write_text(pack)
    check_examples(load_pack(str(file)))


def test_every_option_and_format_is_described():
    options = (DOCS / "options.md").read_text("utf-8")
    assert isinstance(main, Program)
    for name in main.list_commands(None):
        assert f"## lint {name}" in options
