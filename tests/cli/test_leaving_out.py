"""Waivers and the baseline at the command line."""

import json

from sample_records import SINGLE_GROUP, write

ONLY = ("--select", "ARM001,DES002", "--as-of", "2024-06-30")
WAIVE = "waivers:\n- rules: [ARM001, DES002]\n  records: ['*']\n  reason: as agreed\n"


def counts(result):
    return json.loads(result.out)["summary"]


def test_waivers_stand_in_the_configuration_or_in_a_file_beside_it(lint, records):
    for name in (".lint.yaml", ".lint-waivers.yaml"):
        (records / name).write_text(WAIVE)
        done = lint("run", "records", *ONLY, "--format", "json")
        assert (done.code, counts(done)["waived"], counts(done)["findings"]) == (0, 2, 0)
        (records / name).unlink()
    assert lint("run", "records", *ONLY).code == 1


def test_a_waiver_that_ended_or_fits_nothing_is_told(lint, records):
    (records / ".lint-waivers.yaml").write_text(
        WAIVE + "  until: 2024-01-01\n- rules: [PER001]\n  reason: nobody knows\n"
    )
    done = lint("run", "records", *ONLY)
    assert done.code == 1
    assert "waivers[0]) ended on 2024-01-01" in done.err
    assert "waivers[1]) fits nothing" in done.err
    assert lint("run", "records/good.json", *ONLY).code == 0
    assert lint("run", "records/good.json", *ONLY, "--strict-waivers").code == 1


def test_wrong_waivers_are_refused_with_their_place(lint, records):
    for text, words in (
        ("waivers:\n- rules: [ARM001]\n", "'reason' is missing"),
        ("waivers:\n- rules: [ARMX1]\n  reason: x\n", "ARMX1"),
        ("waivers:\n- rules: [ARM001]\n  reason: x\n  until: 2024-02-30\n", "2024-02-30"),
        ("profile: strict\n", "'profile' has no place among waivers"),
    ):
        (records / ".lint-waivers.yaml").write_text(text)
        done = lint("run", "records", *ONLY)
        assert done.code == 2
        assert words in done.err


def test_a_baseline_hides_what_was_there_and_shows_what_is_new(lint, records):
    made = lint("baseline", "create", "records", *ONLY)
    assert (made.code, made.out) == (0, "2 findings written to .lint-baseline.jsonl\n")
    done = lint("run", "records", *ONLY, "--format", "json")
    assert (done.code, counts(done)["baselined"], counts(done)["findings"]) == (0, 2, 0)
    assert "2 known from the baseline" in done.err
    assert lint("run", "records", *ONLY, "--no-baseline").code == 1
    write(records / "records/new.json", {**SINGLE_GROUP, "identificationModule.nctId": "NCT09900777"})
    assert lint("run", "records", *ONLY).code == 1
    shown = lint("baseline", "show")
    assert "1  ARM001" in shown.out and "2 findings in 1 record" in shown.out


def test_what_the_baseline_no_longer_needs_is_told_and_updated(lint, records):
    lint("baseline", "create", "records", *ONLY)
    write(records / "records/bad.json", {})
    done = lint("run", "records", *ONLY)
    assert (done.code, done.out) == (0, "")
    assert "ARM001 in NCT09900001" in done.err and "lint baseline update" in done.err
    assert lint("run", "records", *ONLY, "--strict-baseline").code == 1
    updated = lint("baseline", "update", "records", *ONLY)
    assert updated.out == "0 findings (-2) written to .lint-baseline.jsonl\n"
    assert lint("run", "records", *ONLY, "--strict-baseline").code == 0


def test_updating_a_part_keeps_the_rest(lint, records):
    write(records / "records/other.json", {**SINGLE_GROUP, "identificationModule.nctId": "NCT09900777"})
    lint("baseline", "create", "records", *ONLY)
    before = (records / ".lint-baseline.jsonl").read_text()
    assert lint("baseline", "update", "records/other.json", *ONLY).code == 0
    assert (records / ".lint-baseline.jsonl").read_text() == before


def test_wrong_use_of_baselines_is_said_in_one_line(lint, records):
    assert lint("baseline", "show").code == 2
    assert lint("baseline", "update", "records").code == 2
    (records / "broken.json").write_text("{")
    done = lint("baseline", "create", ".")
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert not (records / ".lint-baseline.jsonl").exists()
    assert lint("run", "records", *ONLY, "--baseline", "none.jsonl").code == 2
    assert lint("run", "records", *ONLY, "--baseline", "x", "--no-baseline").code == 2
    lint("baseline", "create", "records", *ONLY)
    assert lint("baseline", "create", "records").code == 2
