"""Records in XML on the command line: what is said about rules that are not applied, and about broken files."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sample_classic_xml import XML

from lint.cli.main import main


def lint(*words: str) -> Result:
    return CliRunner().invoke(main, list(words), prog_name="lint")


@pytest.fixture
def study(tmp_path: Path) -> Path:
    file = tmp_path / "study.xml"
    file.write_text(XML)
    return file


@pytest.mark.parametrize("format_name", ["full", "concise", "json"])
def test_a_run_says_how_many_rules_were_not_applied(study: Path, format_name: str) -> None:
    done = lint("run", str(study), "--format", format_name)
    assert "1 record in the registry's classic XML: " in done.stderr
    assert "'lint forms classic-xml' says which and why" in done.stderr
    assert "not applied" not in lint("run", str(study), "--quiet").stderr


def test_only_rules_that_were_chosen_count(study: Path) -> None:
    assert "not applied" not in lint("run", str(study), "--select", "ARM001").stderr
    assert "1 rule not applied" in lint("run", str(study), "--select", "ARM001,IDN002", "--profile", "strict").stderr


def test_forms_tell_their_losses_and_the_rules_that_they_cannot_decide() -> None:
    assert "classic-xml-2016: " in lint("forms").stdout
    shown = lint("forms", "classic-xml").stdout
    assert "protocolSection.eligibilityModule.stdAges: age groups are not derived" in shown
    assert "ELG018 std-ages-mismatch: age groups are not derived" in shown
    done = lint("forms", "classic-xlm")
    assert (done.exit_code, "did you mean 'classic-xml'?" in done.stderr) == (2, True)


def test_records_before_a_break_are_checked_and_the_exit_code_says_that_not_all_were(tmp_path: Path) -> None:
    file = tmp_path / "many.xml"
    file.write_text(f"<all>{XML}<clinical_study><id_info><nct_id>NCT0990000&</nct_id></id_info></clinical_study></all>")
    done = lint("run", str(file), "--format", "concise")
    assert done.exit_code == 2
    assert f"many.xml:{XML.count(chr(10)) + 1}:" in done.stdout
    assert "SRC030" in done.stdout
    assert "in 1 record of 1 file" in done.stderr


def test_a_form_can_be_forced(study: Path) -> None:
    assert "SRC" not in lint("run", str(study), "--input-format", "xml", "--format", "concise").stdout
    assert "SRC" in lint("run", str(study), "--input-format", "json", "--format", "concise").stdout
