"""What is sent to the registry, and its history: every field mapped, places in the file as it is."""

import json
import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lint.cli.main import main
from lint.engine import Plan, lint_item
from lint.model import Failure
from lint.registries.ctgov.upload_losses import HISTORY, UPLOAD
from lint.registries.ctgov.xmlfields import table
from lint.registries.losses import paths
from lint.rulebook import load_rulebook
from lint.schema_store import subschema
from lint.sources import read_bytes

FOLDER = Path(__file__).parent / "upload"
FULL = (FOLDER / "full.xml").read_text("utf-8")
HISTORY_XML = (FOLDER / "history.xml").read_text("utf-8")
RESULTS = (FOLDER / "results.xml").read_text("utf-8")


def record_of(text):
    (record,) = read_bytes(text.encode(), "record.xml")
    return record


def findings_of(text):
    return lint_item(record_of(text), Plan(load_rulebook(()).by_code, date(2024, 6, 30))).findings


def places_in(value, path=()):
    yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in pairs:
        yield from places_in(inner, (*path, step))


def test_every_field_of_an_upload():
    record = record_of(FULL)
    assert record.form == "upload" and record.problems == ()
    assert record.data == {"protocolSection": json.loads((FOLDER / "full.json").read_text("utf-8"))}


def targets(entries, above=()):
    """The places in a record that a table fills, without positions in lists."""
    for entry in entries.values():
        here = (*above, *entry.target)
        if entry.target:
            yield here
        yield from targets(entry.below, here)


@pytest.mark.parametrize(("name", "section"), [("upload_fields", "protocolSection"),
                                               ("history_fields", "protocolSection"),
                                               ("results_fields", "resultsSection")])  # fmt: skip
def test_the_tables_fill_fields_that_exist(name, section):
    for target in targets(table(name)):
        schema = subschema(())
        for step in (section, *target):
            schema = subschema_of(schema, step)


def subschema_of(schema, step):
    from lint.schema_store import resolve

    schema = resolve(schema)
    schema = resolve(schema["items"]) if schema.get("type") == "array" else schema
    return schema["properties"][step]


def test_the_sample_holds_every_field_of_the_table():
    filled = {tuple(step for step in path if isinstance(step, str)) for path in places_in(record_of(FULL).data)}
    filled = {path[1:] for path in filled}
    assert set(targets(table("upload_fields"))) <= filled


def test_a_version_of_the_history():
    record = record_of(HISTORY_XML)
    protocol = record.data["protocolSection"]
    assert record.form == "history" and record.problems == ()
    assert protocol["identificationModule"]["secondaryIdInfos"] == [
        {"id": "G-77"},
        {"id": "2010-000001-11", "type": "EUDRACT_NUMBER"},
    ]
    assert protocol["statusModule"] == {
        "overallStatus": "ACTIVE_NOT_RECRUITING",
        "statusVerifiedDate": "2012-05",
        "startDateStruct": {"date": "2010-01"},
        "completionDateStruct": {"type": "ESTIMATED", "date": "2013-08"},
        "studyFirstSubmitDate": "2010-01-25",
        "lastUpdateSubmitDate": "2012-05-25",
    }
    assert protocol["designModule"] == {
        "phases": ["PHASE1", "PHASE2"],
        "studyType": "INTERVENTIONAL",
        "designInfo": {
            "primaryPurpose": "TREATMENT",
            "allocation": "RANDOMIZED",
            "maskingInfo": {"whoMasked": ["PARTICIPANT", "CARE_PROVIDER", "INVESTIGATOR"], "masking": "TRIPLE"},
            "interventionModel": "PARALLEL",
        },
        "enrollmentInfo": {"count": 100, "type": "ACTUAL"},
    }
    assert protocol["outcomesModule"]["primaryOutcomes"] == [{"measure": "Peak flow"}]
    assert protocol["eligibilityModule"]["minimumAge"] == "18 Years"
    assert "maximumAge" not in protocol["eligibilityModule"]


@pytest.mark.parametrize("text", [RESULTS, RESULTS.replace("rrs:result", "clinical_result")], ids=["upload", "history"])
def test_results(text):
    results = record_of(text).data["resultsSection"]
    assert results["participantFlowModule"]["periods"] == [
        {
            "milestones": [
                {"type": "STARTED", "achievements": [{"groupId": "P1", "numSubjects": "3"}]},
                {"type": "Week 4"},
                {"type": "COMPLETED", "achievements": [{"groupId": "P1", "numSubjects": "2"}]},
            ],
            "dropWithdraws": [{"reasons": [{"groupId": "P1", "numSubjects": "1"}], "type": "Moved away"}],
            "title": "Overall Study",
        }
    ]
    (baseline,) = results["baselineCharacteristicsModule"]["measures"]
    assert (baseline["title"], baseline["paramType"], baseline["dispersionType"]) == (
        "Peak flow",
        "MEAN",
        "CONFIDENCE_95",
    )
    assert baseline["classes"][0]["categories"][1] == {
        "title": "High",
        "measurements": [{"groupId": "B1", "value": "2", "lowerLimit": "1", "upperLimit": "4"}],
    }
    (outcome,) = results["outcomeMeasuresModule"]["outcomeMeasures"]
    assert "dispersionType" not in outcome and outcome["anticipatedPostingDate"] == "2025-03"
    assert [one["units"] for one in outcome["denoms"]] == ["Participants", "Eyes"]
    assert outcome["analyses"] == [
        {
            "groupIds": ["O1"],
            "ciNumSides": "TWO_SIDED",
            "statisticalMethod": "Special test",
            "pValue": "0.03",
            "nonInferiorityType": "SUPERIORITY",
        }
    ]
    assert results["adverseEventsModule"]["eventGroups"] == [
        {"id": "E1", "deathsNumAffected": 0, "deathsNumAtRisk": 3, "title": "Exampline"}
    ]
    assert results["adverseEventsModule"]["seriousEvents"] == [
        {
            "term": "Angina",
            "stats": [{"groupId": "E1", "numAffected": 4, "numAtRisk": 3}],
            "organSystem": "Cardiac disorders",
            "sourceVocabulary": "MedDRA 26.0",
            "assessmentType": "SYSTEMATIC_ASSESSMENT",
        }
    ]


def test_results_of_the_older_kind():
    measure = (
        "<outcomemeasure><title>Pain</title><measurecategories><measurecategory><title>None</title><reportedvalues>"
        "<reportedvalue><reportinggroupid>O1</reportinggroupid><parametervalue>3</parametervalue></reportedvalue>"
        "</reportedvalues></measurecategory></measurecategories><outcomemeasureanalyses><measureanalysis>"
        "<testednoninferiority>No</testednoninferiority></measureanalysis></outcomemeasureanalyses></outcomemeasure>"
    )
    text = HISTORY_XML.replace(
        "</clinical_study>",
        f"<clinical_result><outcomemeasures>{measure}</outcomemeasures></clinical_result></clinical_study>",
    )
    assert record_of(text).data["resultsSection"]["outcomeMeasuresModule"]["outcomeMeasures"] == [
        {
            "classes": [{"categories": [{"title": "None", "measurements": [{"groupId": "O1", "value": "3"}]}]}],
            "title": "Pain",
            "analyses": [{"nonInferiorityType": "SUPERIORITY_OR_OTHER_LEGACY"}],
        }
    ]


FLAWS = [
    (FULL, "To see whether exampline helps", "To see whether the the drug helps", "TXT013", "the the"),
    (FULL, "<overall_status>Terminated", "<overall_status>Nearly done", "ENU001", "Nearly done"),
    (FULL, "<last_follow_up_date>2023-06-30", "<last_follow_up_date>2019-06-30", "DAT003", "2019-06-30"),
    (FULL, "<masked_caregiver>No", "<masked_carer>No</masked_carer><masked_caregiver>No", "SRC032", "<masked_carer>"),
    (FULL, "<number_of_arms>2", "<number_of_arms>3", "SRC033", "<number_of_arms>"),
    (FULL, "<no_masking>No", "<no_masking>Yes", "SRC033", "<no_masking>"),
    (RESULTS, "", "", "RES008", "<eventStats>"),
    (HISTORY_XML, "", "", "TXT013", "the the"),
    (HISTORY_XML, 'type="Actual"', 'type="Surely"', "ENU001", "Surely"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "old", "new", "code", "written"), FLAWS, ids=lambda value: str(value)[:20])
def test_places_are_those_of_the_file(text, old, new, code, written):
    text = text.replace(old, new, 1)
    lines = text.splitlines()
    found = [one for one in findings_of(text) if one.code == code]
    assert found
    assert written in [lines[one.line - 1][one.column - 1 : one.end_column - 1] for one in found]


def test_findings_are_those_of_the_same_record_in_v2_but_for_losses():
    text = FULL.replace("To see whether exampline helps", "To see if if it helps").replace("2023-06-30", "2019-06-30")
    protocol = record_of(text).data["protocolSection"]
    before = findings_of(text)
    now = findings_of(json.dumps({"protocolSection": protocol}))
    same = {(one.code, one.path, one.message) for one in before}
    assert len(same) > 5
    only_now = {(one.code, one.path, one.message) for one in now} - same
    assert same - {(one.code, one.path, one.message) for one in now} == set()
    assert {code for code, _, _ in only_now} <= {"SCH003", "IDN001", "IDN002", "DAT001", "PER001", "SRC013"}


def test_what_an_upload_cannot_carry_is_not_missed():
    assert not any(one.code == "SCH003" for one in findings_of(FULL))
    incomplete = FULL.replace(
        "<official_title>A Randomized Trial of Exampline in Adults With Asthma</official_title>", ""
    )
    assert "Official Title" in next(one.message for one in findings_of(incomplete) if one.code == "SCH004")


def test_an_upload_is_judged_as_what_is_not_published_yet():
    draft = FULL.replace("<name>Example Hospital</name>", "<name/>")
    assert "LOC011" in {one.code for one in findings_of(draft)}


def test_early_versions_of_the_history_lack_nothing_that_was_not_asked_for():
    missing = {"DAT008", "DES018", "INT004", "OUT011"}
    recent = HISTORY_XML.replace("<has_dmc>\n  Yes\n</has_dmc>", "")
    early = recent.replace("2012-05-25", "2006-05-25")
    assert {one.code for one in findings_of(recent)} & missing
    assert not {one.code for one in findings_of(early)} & missing


def test_losses_name_fields_that_exist():
    for path in paths((*UPLOAD, *HISTORY)):
        schema = subschema(())
        for step in path:
            if step != "*":
                schema = subschema_of(schema, step)


def test_of_a_partial_upload_nothing_is_missed():
    study = "<id_info><org_name>ExampleU</org_name><org_study_id>EX-1</org_study_id></id_info>"
    study += "<brief_title>Exampline in Adults With Asthma</brief_title>"
    partial = f"<study_collection><clinical_study partial_upload='true'>{study}</clinical_study></study_collection>"
    record = record_of(partial)
    assert record.partial
    assert [one.code for one in findings_of(partial)] == ["SRC013"]


def test_results_uploaded_in_part_lack_nothing():
    whole = {one.code for one in findings_of(RESULTS) if one.path.startswith("/resultsSection")}
    part = {one.code for one in findings_of(RESULTS.replace('/rrs">', '/rrs" partialUpload="true">'))
            if one.path.startswith("/resultsSection")}  # fmt: skip
    assert "RES027" in whole
    assert "RES027" not in part


def test_several_studies_of_one_file():
    study = FULL[FULL.index(" <clinical_study>") : FULL.index("</prs:study_collection>")]
    records = list(read_bytes(FULL.replace(study, study * 2).encode(), "two.xml"))
    assert [record.number for record in records] == [0, 1]
    assert records[0].data == records[1].data
    first, second = (record.locator.locate(("protocolSection", "statusModule", "overallStatus")) for record in records)
    assert second.line - first.line == study.count("\n")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            '<r:result xmlns:r="http://clinicaltrials.gov/rrs" partialUpload="true"><reportedEvents/></r:result>',
            "results",
        ),
        ('<?xml version="1.0"?>\n<!-- <a> -->\n<a:adverseEvents xmlns:a="x"/>', "EudraCT"),
    ],
)
def test_results_or_adverse_events_alone_are_named(text, words):
    (failure,) = read_bytes(text.encode(), "results.xml")
    assert isinstance(failure, Failure)
    assert failure.problem.code == "SRC020" and words in failure.problem.message


def test_a_folder_of_uploads(tmp_path, capsys):
    (tmp_path / "one.xml").write_text(FULL.replace("2023-06-30", "2019-06-30"), encoding="utf-8")
    with pytest.raises(SystemExit) as left:
        main(["run", str(tmp_path), "--no-config", "--select", "DAT003", "--quiet"])
    assert left.value.code == 1
    assert "one.xml:56:24: DAT003" in capsys.readouterr().out


def test_an_upload_is_not_mended(tmp_path, capsys):
    text = FULL.replace("<keyword>peak flow</keyword>", "<keyword>exampline</keyword>")
    (tmp_path / "one.xml").write_text(text, encoding="utf-8")
    assert any(one.fix for one in findings_of(text))
    with pytest.raises(SystemExit):
        main(["fix", str(tmp_path), "--no-config", "--unsafe"])
    assert "one.xml cannot be mended: only JSON and YAML" in capsys.readouterr().err
    assert (tmp_path / "one.xml").read_text("utf-8") == text


def damaged(text, chance):
    """The text after some cuts, doublings and exchanges of single values."""
    for _ in range(chance.randint(1, 5)):
        start = chance.randrange(len(text))
        end = min(len(text), start + chance.randint(0, 60))
        text = text[:start] + chance.choice(["", text[start:end] * 2, "x", "<a>", "-1", "&#0;", " N/A "]) + text[end:]
    return text


def emptied(text, chance):
    """The text with values taken out or exchanged, so that it is well-formed still."""
    parts = text.split(">")
    for at in chance.sample(range(len(parts)), 12):
        value, bracket, tag = parts[at].partition("<")
        if value.strip():
            parts[at] = chance.choice(["", "None", "0", "x" * 40, "2013-99"]) + bracket + tag
    return ">".join(parts)


@given(
    st.integers(0, 2**32).map(random.Random),
    st.sampled_from([FULL, HISTORY_XML, RESULTS]),
    st.sampled_from([damaged, emptied]),
)
@settings(max_examples=120, deadline=None)
def test_damaged_files_are_read_without_a_crash(chance, text, change):
    text = change(text, chance)
    lines = text.count("\n") + 1
    for item in read_bytes(text.encode(), "damaged.xml"):
        outcome = lint_item(item, Plan(load_rulebook(()).by_code, date(2024, 6, 30)))
        assert outcome.crashes == 0
        assert all(1 <= finding.line <= lines for finding in outcome.findings)
