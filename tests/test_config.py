import os
from datetime import date, datetime, timezone

import pytest

from lint.cli.planning import load_settings, make_plan
from lint.config import Layer, Settings, find_config, read_config, settings_of
from lint.errors import ConfigError, UsageError
from lint.model import Severity
from lint.rulebook import load_rulebook
from lint.schema import load_schema

BOOK = load_rulebook(local_code=False)


def plan_of(*layers):
    return make_plan(settings_of(*layers), BOOK)


def given(**values):
    return Layer("command line", values)


def from_file(**values):
    return Layer(".lint.yaml", values)


def test_the_nearest_file_upward_is_found(tmp_path):
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "lint.yaml").touch()
    assert find_config(str(inner)) == str(tmp_path / "lint.yaml")
    (tmp_path / ".lint.yaml").touch()
    assert find_config(str(inner)) == str(tmp_path / ".lint.yaml")
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\n")
    assert find_config(str(inner)) == str(tmp_path / ".lint.yaml")
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.lint]\nprofile = 'audit'\n")
    assert find_config(str(inner)) == str(tmp_path / "a" / "pyproject.toml")


def test_yaml_and_toml_say_the_same(tmp_path):
    yaml, toml = tmp_path / "lint.yaml", tmp_path / "pyproject.toml"
    yaml.write_text(
        "select: [ARM]\nseverity: {ARM001: off}\nas-of: 2024-01-02\nfail-level: never\nrules: [house]\n"
        "overrides:\n- rules: [ARM002]\n  files: ['old/*']\n  severity: off\n  reason: archived\n"
    )
    toml.write_text(
        "[tool.lint]\nselect = ['ARM']\nas-of = 2024-01-02\nfail-level = 'never'\nrules = ['house']\n"
        "[tool.lint.severity]\nARM001 = 'off'\n"
        "[[tool.lint.overrides]]\nrules = ['ARM002']\nfiles = ['old/*']\nseverity = 'off'\nreason = 'archived'\n"
    )
    layer = read_config(str(yaml))
    assert layer.values == read_config(str(toml)).values
    settings = settings_of(layer)
    assert (settings.select, settings.as_of, settings.fail_level) == (("ARM",), "2024-01-02", "never")
    assert settings.rules == (str(tmp_path / "house"),)
    assert settings.overrides[0].severity is None


def test_an_empty_file_changes_nothing(tmp_path):
    file = tmp_path / ".lint.yaml"
    file.write_text("# nothing yet\n")
    assert settings_of(read_config(str(file))) == Settings()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("profile: strict\nselct: [ARM]\n", (".lint.yaml:2:", "'selct'", "did you mean 'select'?")),
        ("profile: strct\n", (".lint.yaml:1: profile:", "did you mean 'strict'?")),
        ("severity:\n  ARM001: eror\n", (".lint.yaml:2: severity.ARM001:", "did you mean 'error'?")),
        ("select: ARM001\n", ("select: this must be a list, not 'ARM001'",)),
        ("- ARM001\n", ("this must be keys with values, not a list",)),
        ("overrides:\n- severity: off\n  reson: x\n", (".lint.yaml:3: overrides[0]:", "did you mean 'reason'?")),
        ("overrides:\n- severity: off\n", ("overrides[0]: 'reason' is missing",)),
        ("overrides:\n- {severity: off, reason: ''}\n", ("overrides[0].reason: the value is empty",)),
        ("overrides:\n- {severity: off, reason: x, pointers: [a]}\n", ("overrides[0].pointers[0]:", "slash")),
        ("as-of: tomorrow\n", ("as-of: 'tomorrow'", "2024-06-30")),
        ("a: [\n", (".lint.yaml is not YAML",)),
        ("\x00", (".lint.yaml is not YAML",)),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path, monkeypatch, text, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".lint.yaml").write_text(text)
    with pytest.raises(ConfigError) as raised:
        read_config(os.path.abspath(".lint.yaml"))
    for word in words:
        assert word in str(raised.value)


def test_broken_toml_is_a_fault(tmp_path):
    (tmp_path / "pyproject.toml").write_text("[tool.lint]\nprofile\n")
    with pytest.raises(ConfigError, match="is not TOML"):
        read_config(str(tmp_path / "pyproject.toml"))


def test_layers_and_their_origins():
    settings = settings_of(from_file(profile="audit", ignore=["TXT"]), given(profile="strict", ignore=("REF",)))
    assert (settings.profile, settings.ignore) == ("strict", ("TXT", "REF"))
    origins = {key: origin for key, _, origin in settings.items()}
    assert origins["profile"] == "command line"
    assert origins["ignore"] == ".lint.yaml, command line"
    assert origins["select"] == "default"


def test_no_options_leave_the_file_alone(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".lint.yaml").write_text("profile: audit\nselect: [ARM]\n")
    nothing = {"profile": None, "select": (), "severity": {}}
    assert load_settings(None, False, nothing).select == ("ARM",)
    assert load_settings(None, True, nothing) == Settings()


def test_the_profile_chooses():
    for profile in ("minimal", "submission", "audit", "strict"):
        expected = {rule.code for rule in BOOK.rules if profile in rule.profiles} | {"LNT900"}
        assert set(plan_of(given(profile=profile)).rules) == expected


def test_select_starts_afresh_over_the_file():
    file = from_file(ignore=["ARM001"], severity={"DES002": "off", "ARM001": "note"})
    assert "ARM001" not in plan_of(file).rules
    assert "DES002" not in plan_of(file).rules
    plan = plan_of(file, given(select=("ARM001", "DES002")))
    assert {"ARM001", "DES002"} <= set(plan.rules)
    assert plan.severities == {"ARM001": Severity.NOTE}


def test_select_never_hides_errors_of_reading():
    reading = {rule.code for rule in BOOK.families["SRC"] if rule.severity is Severity.ERROR}
    assert reading
    assert set(plan_of(given(select=("ARM001",))).rules) == reading | {"ARM001", "LNT900"}


def test_the_narrower_severity_wins_and_the_command_line_over_the_file():
    plan = plan_of(from_file(severity={"ARM001": "note", "ARM": "warning"}))
    assert plan.severities["ARM001"] is Severity.NOTE
    assert {plan.severities[rule.code] for rule in BOOK.families["ARM"]} <= {Severity.NOTE, Severity.WARNING}
    plan = plan_of(from_file(severity={"ARM001": "note"}), given(severity={"ARM": "error"}))
    assert plan.severities["ARM001"] is Severity.ERROR


def test_a_crash_cannot_be_switched_off():
    layer = from_file(ignore=["LNT900"], severity={"LNT900": "off"})
    assert "LNT900" in plan_of(layer).rules


def test_the_date_is_today_unless_given():
    assert plan_of(given(**{"as-of": "2024-06-30"})).as_of == date(2024, 6, 30)
    assert abs((plan_of().as_of - datetime.now(timezone.utc).date()).days) <= 1
    with pytest.raises(UsageError, match="2024-02-30"):
        plan_of(given(**{"as-of": "2024-02-30"}))


def test_an_unknown_rule_is_refused_with_its_origin():
    with pytest.raises(UsageError, match=r"\.lint\.yaml, ignore: .*'ARMX'"):
        plan_of(from_file(ignore=["ARMX"]))


def test_the_example_configuration_is_in_order(monkeypatch):
    monkeypatch.chdir(os.path.join(os.path.dirname(__file__), "..", "examples", "config"))
    settings = load_settings(None, False, {})
    plan = make_plan(settings, load_rulebook(settings.rules))
    assert "EXB001" in plan.rules
    assert len(plan.overrides) == 3
    keys = {key for key, _, origin in settings.items() if origin == ".lint.yaml"}
    assert keys == set(load_schema("config")["properties"])
