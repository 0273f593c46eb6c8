"""Records of the registry's classic API: the same data, the same findings, places in the file as it is."""

import copy
import json
import random
from datetime import date

import pytest
from classic_writer import classic
from hypothesis import given, settings
from hypothesis import strategies as st

from lint.cli.main import main
from lint.engine import Plan, lint_item
from lint.registries.ctgov.classic import ClassicLocator, Field, fields, read_classic
from lint.registries.ctgov.words import codes
from lint.rulebook import load_rulebook
from lint.sources import read_bytes
from lint.sources.jsonplaces import JsonText
from lint.testing import minimal_record

STUDY = """\
{"Rank": 1, "Study": {
  "ProtocolSection": {
    "IdentificationModule": {"NCTId": "NCT09900001", "OrgStudyIdInfo": {"OrgStudyId": "EX-1"},
      "BriefTitle": "Exampline in Adults With Asthma"},
    "StatusModule": {
      "StatusVerifiedDate": "May 2021", "OverallStatus": "Active, not recruiting",
      "StartDateStruct": {"StartDate": "June 1, 2021", "StartDateType": "Anticipated"},
      "CompletionDateStruct": {"CompletionDate": "May 2020", "CompletionDateType": "Actual"}
    },
    "DescriptionModule": {"BriefSummary": "To test the the effect of exampline."},
    "DesignModule": {
      "StudyType": "Interventional",
      "PhaseList": {"Phase": ["Phase 1/Phase 2"]},
      "DesignInfo": {
        "DesignObservationalModelList": {"DesignObservationalModel": ["Cohort"]},
        "DesignMaskingInfo": {"DesignMasking": "Double", "DesignWhoMaskedList": {"DesignWhoMasked": ["Participant"]}}
      },
      "EnrollmentInfo": {"EnrollmentCount": "80", "EnrollmentType": "Anticipated"}
    },
    "EligibilityModule": {"HealthyVolunteers": "Accepts Healthy Volunteers", "Gender": "Both",
      "MinimumAge": "18 Years", "StdAgeList": {"StdAge": ["Adult", "Older Adult"]}}
  },
  "ResultsSection": {"MoreInfoModule": {"LimitationsAndCaveats": "Few took part."}}
}}"""
WRAPPERS = {
    "answer": f'{{"FullStudiesResponse": {{"NStudiesFound": 1, "FullStudies": [{STUDY}]}}}}',
    "ranked": STUDY,
    "full study": f'{{"FullStudy": {STUDY}}}',
    "study": f'{{"Study": {json.dumps(json.loads(STUDY)["Study"])}}}',
    "bare": json.dumps(json.loads(STUDY)["Study"]),
    "list": f"[{STUDY}]",
}


def record_of(text):
    (record,) = read_bytes(text.encode(), "classic.json")
    return record


def findings_of(record):
    rules = load_rulebook(()).by_code
    return lint_item(record, Plan(rules, date(2021, 7, 1))).findings


@pytest.mark.parametrize("text", WRAPPERS.values(), ids=WRAPPERS)
def test_what_the_api_gave(text):
    record = record_of(text)
    protocol = record.data["protocolSection"]
    assert record.form == "classic"
    assert {problem.code for problem in record.problems} == {"SRC013"}
    assert protocol["statusModule"] == {
        "statusVerifiedDate": "2021-05",
        "overallStatus": "ACTIVE_NOT_RECRUITING",
        "startDateStruct": {"date": "2021-06-01", "type": "ESTIMATED"},
        "completionDateStruct": {"date": "2020-05", "type": "ACTUAL"},
    }
    assert protocol["designModule"] == {
        "studyType": "INTERVENTIONAL",
        "phases": ["PHASE1", "PHASE2"],
        "designInfo": {
            "observationalModel": "COHORT",
            "maskingInfo": {"masking": "DOUBLE", "whoMasked": ["PARTICIPANT"]},
        },
        "enrollmentInfo": {"count": 80, "type": "ESTIMATED"},
    }
    assert protocol["eligibilityModule"] == {
        "healthyVolunteers": True,
        "sex": "ALL",
        "minimumAge": "18 Years",
        "stdAges": ["ADULT", "OLDER_ADULT"],
    }
    results = record.data["resultsSection"]
    assert results == {"moreInfoModule": {"limitationsAndCaveats": {"description": "Few took part."}}}
    assert record.data["hasResults"] is True


def test_the_form_can_be_named(tmp_path, capsys):
    (tmp_path / "one.json").write_text(STUDY)
    with pytest.raises(SystemExit):
        main(["run", str(tmp_path), "--no-config", "--input-format", "classic", "--select", "DAT003", "--quiet"])
    assert f"{tmp_path / 'one.json'}:8:50: DAT003" in capsys.readouterr().out


def test_rules_that_the_form_cannot_decide_are_left_out_and_counted(tmp_path, capsys):
    record = minimal_record()
    criterion = "Chronic migraine for a year or more"
    record["protocolSection"]["eligibilityModule"]["eligibilityCriteria"] = (
        f"Inclusion Criteria:\n\n* {criterion}\n* Adults\n* {criterion}\n\nExclusion Criteria:\n\n* Stroke"
    )
    assert "ELG011" in {one.code for one in findings_of(record_of(json.dumps(record)))}
    (tmp_path / "one.json").write_text(json.dumps(classic(record)))
    with pytest.raises(SystemExit):
        main(["run", str(tmp_path), "--no-config", "--select", "ELG011"])
    out, err = capsys.readouterr()
    assert "ELG011" not in out
    assert "1 record in the registry's classic API: 1 rule not applied" in err


def test_places_are_those_of_the_file():
    findings = {finding.code: finding for finding in findings_of(record_of(STUDY))}
    lines = STUDY.splitlines()

    def text_at(code):
        one = findings[code]
        assert one.line == one.end_line
        return lines[one.line - 1][one.column - 1 : one.end_column - 1]

    assert text_at("TXT013") == "the the"
    assert text_at("DES005") == '"Double"'
    assert findings["DES005"].path == "/protocolSection/designModule/designInfo/maskingInfo/masking"
    assert text_at("DAT003") == '"May 2020"'


def test_places_of_what_is_boxed_or_absent():
    study = json.loads(STUDY)["Study"]
    text = json.dumps(study)
    locator = ClassicLocator(JsonText(text), study)

    def written(*path):
        region = locator.locate(("protocolSection", *path))
        return text[region.column - 1 : region.end_column - 1]

    assert written("designModule", "designInfo", "observationalModel") == '"Cohort"'
    assert written("designModule", "phases", 0) == '"Phase 1/Phase 2"'
    assert written("designModule", "phases", 1) == "["
    assert written("eligibilityModule", "stdAges", 1) == '"Older Adult"'
    assert written("eligibilityModule", "sex") == '"Both"'
    assert written("eligibilityModule", "maximumAge") == "{"
    assert locator.locate(("resultsSection", "moreInfoModule", "limitationsAndCaveats", "description")).column == (
        text.index('"Few took part."') + 1
    )


@pytest.mark.parametrize("base", ["interventional", "observational", "expanded_access"])
def test_findings_are_those_of_the_same_record_in_v2(base):
    record = minimal_record(base)
    status = record["protocolSection"]["statusModule"]
    status["overallStatus"] = "SUSPENDED"
    record["protocolSection"]["descriptionModule"]["briefSummary"] = "To see if if exampline 10 mg helps 18\\~65."
    now = findings_of(record_of(json.dumps(record)))
    before = findings_of(record_of(json.dumps(classic(record))))
    assert now
    assert [(one.code, one.path, one.message) for one in sorted(now, key=lambda one: (one.code, one.path))] == [
        (one.code, one.path, one.message) for one in sorted(before, key=lambda one: (one.code, one.path))
    ]


def test_what_is_not_known_is_named():
    study = json.loads(STUDY)
    study["Study"]["ProtocolSection"]["StatusModule"]["Mood"] = "good"
    study["Study"]["ProtocolSection"]["StatusModule"]["OverallStatus"] = "Nearly done"
    findings = findings_of(record_of(json.dumps(study)))
    messages = {finding.code: finding.message for finding in findings}
    assert "'Mood'" in messages["SCH002"]
    assert "'Nearly done'" in messages["ENU001"]


def any_group(below: dict[str, Field], chance: random.Random, share: float) -> dict:
    """Some fields of a group with values of their kinds."""
    found = {}
    for name, field in below.items():
        if chance.random() > share:
            continue
        values = [any_value(field, chance, share) for _ in range(chance.randint(1, 2) if field.many else 1)]
        found[name] = values if field.many else values[0]
    return found


def any_value(field: Field, chance: random.Random, share: float):
    if field.below:
        return any_group(field.below, chance, share) or any_group(field.below, chance, 1)
    if field.kind == "boolean":
        return chance.random() < 0.5
    if field.kind == "integer":
        return chance.randint(0, 10_000)
    if field.kind == "date":
        return f"{chance.randint(1950, 2050)}-{chance.randint(1, 12):02}" + chance.choice(["", "-05", "-28"])
    if field.kind == "minute":
        return f"20{chance.randint(10, 30)}-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}T09:3{chance.randint(0, 9)}"
    if field.kind:
        return chance.choice(sorted(set(codes()[field.kind].values())))
    return chance.choice(["Exampline", "10 mg", " spaced\n\nout ", "é😀", "18 Years", "No", "0"])


SEEDS = st.integers(0, 2**32).map(random.Random)


@given(SEEDS, st.sampled_from([0.2, 0.5, 0.8]))
@settings(max_examples=60, deadline=None)
def test_a_record_written_as_classic_reads_back_the_same(chance, share):
    record = any_group(fields(), chance, share)
    record.setdefault("protocolSection", {})
    assert read_classic(classic(record)) == {**record, "hasResults": "resultsSection" in record}


def places_in(value, path=()):
    yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in pairs:
        yield from places_in(inner, (*path, step))


JUNK = [None, 0, "", "x", [], {}, [[]], [None], {"Phase": 3}, True, 1.5, ["x", {}]]


@given(SEEDS)
@settings(max_examples=100, deadline=None)
def test_damaged_records_are_read_without_a_crash(chance):
    study = copy.deepcopy(json.loads(STUDY)["Study"])
    for _ in range(chance.randint(1, 4)):
        *above, last = chance.choice([path for path in places_in(study) if path])
        node = study
        for step in above:
            node = node[step]
        node[last] = copy.deepcopy(chance.choice(JUNK))
    text = json.dumps({"Study": study})
    for item in read_bytes(text.encode(), "classic.json"):
        outcome = lint_item(item, Plan(load_rulebook(()).by_code, date(2021, 7, 1)))
        assert outcome.crashes == 0
        if hasattr(item, "data"):
            for path in places_in(item.data):
                assert item.locator.locate(path).line == 1
