"""The first record that the linter was made for, as a page and as its v2 reconstruction."""

from datetime import date
from pathlib import Path

import pytest

from lint.engine import Plan, lint_item
from lint.model import Severity
from lint.rulebook import load_rulebook
from lint.sources import read

EXAMPLES = Path(__file__).parent.parent / "examples"
PAGE, V2 = EXAMPLES / "NCT01854125.page.txt", EXAMPLES / "NCT01854125.v2.json"
P = "/protocolSection/"
ARMS, DESIGN = P + "armsInterventionsModule/", P + "designModule/designInfo/"
PEOPLE, CRITERIA = P + "contactsLocationsModule/overallOfficials", P + "eligibilityModule/eligibilityCriteria"

# Code, pointer that the finding or one of its related places has, and the lines of the page that it may stand on.
EXPECTED = [
    ("ARM001", DESIGN + "interventionModel", {63}),
    ("ARM002", ARMS + "armGroups", {63, 73, 77}),
    ("DES002", DESIGN + "allocation", {59}),
    ("ARM004", ARMS + "armGroups/1/label", {77, 93, 109}),
    ("ARM004", ARMS + "armGroups/2/label", {77, 93, 109}),
    ("ARM005", ARMS + "armGroups/2/description", {95, 111}),
    ("ARM014", ARMS + "armGroups/1/description", {95}),
    ("ARM014", ARMS + "armGroups/2/description", {111}),
    ("ARM014", ARMS + "armGroups/0/label", {77}),
    ("ARM006", ARMS + "armGroups/0/interventionNames", {77, 83, 93, 99, 109, 115}),
    ("INT003", ARMS + "interventions/1/name", {135}),
    ("INT004", ARMS + "interventions/1", {135}),
    ("TXT008", ARMS + "armGroups/0/description", {79}),
    ("TXT011", ARMS + "interventions/1/name", {135}),
    ("TXT011", CRITERIA, {143, 145, 147, 149, 151}),
    ("TXT012", ARMS + "interventions/1/name", {135}),
    ("TXT012", PEOPLE + "/1/affiliation", {207}),
    ("TXT017", ARMS + "interventions/0/description", {131}),
    ("ELG004", CRITERIA, {153, 156}),
    ("ELG005", CRITERIA, {143, 145, 147, 149, 151}),
    ("PER001", PEOPLE + "/1", {203}),
    ("PER002", PEOPLE + "/1/affiliation", {207}),
    ("PER004", P + "sponsorCollaboratorsModule/responsibleParty", {183, 187}),
    ("PER007", PEOPLE + "/0/name", {197}),
    ("PER008", P + "sponsorCollaboratorsModule/responsibleParty/investigatorFullName", {187}),
    ("REG005", P + "statusModule/overallStatus", {19}),
    ("DAT009", P + "statusModule", {5, 15, 17, 19, 33, 35}),
    ("REG004", P + "statusModule", {5}),
    ("TXT016", P + "descriptionModule/briefSummary", {41}),
    ("TXT002", P + "descriptionModule", {37, 41, 43}),
    ("ELG012", CRITERIA, {151}),
    ("TXT018", P + "descriptionModule/briefSummary", {41}),
    ("PER010", P + "sponsorCollaboratorsModule/responsibleParty/investigatorTitle", {189}),
]

SILENT = ["ARM003", "ELG006", "ELG008", "DES004", "DES005", "IDN001", "REF001", "REF002", "REF004", "LOC004", "LOC005",
          "LOC007", "TXT007", "ELG018", "REG001", "REG003", "PER013", "SRC021"]  # fmt: skip


def findings(file):
    book = load_rulebook(local_code=False)
    rules = {rule.code: rule for rule in book.rules if "submission" in rule.profiles}
    plan = Plan(rules, date(2026, 11, 1))
    (item,) = read(str(file))
    outcome = lint_item(item, plan)
    assert outcome.crashes == 0
    return outcome.findings


def places(finding):
    return {finding.path, *(place.path for place in finding.related)}


@pytest.mark.parametrize("file", [PAGE, V2], ids=["page", "v2"])
@pytest.mark.parametrize(
    ("code", "pointer", "lines"), EXPECTED, ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_flaw_is_found_at_its_place(file, code, pointer, lines):
    found = [finding for finding in findings(file) if finding.code == code]
    there = [f for f in found if any(place == pointer or place.startswith(pointer + "/") for place in places(f))]
    assert there, [(finding.path, finding.message) for finding in found]
    if file == PAGE:
        assert any(finding.line in lines for finding in there), [finding.line for finding in there]


@pytest.mark.parametrize("file", [PAGE, V2], ids=["page", "v2"])
def test_what_is_right_stays_silent(file):
    found = findings(file)
    assert [finding.code for finding in found if finding.code in SILENT] == []
    spelling = " ".join(finding.message for finding in found if finding.code in ("TXT011", "TXT012"))
    for name in ("Child-Pugh", "BMSCs", "Kharaziha", "enrolment", "Jinling", "Shihui"):
        assert f"'{name}'" not in spelling


def test_both_forms_agree_on_what_both_show():
    page, v2 = ({(finding.code, finding.path) for finding in findings(file)} for file in (PAGE, V2))
    hidden_on_the_page = (
        "statusModule",
        "keywords",
        "officialTitle",
        "eligibilityCriteria",
        "conditions",
        "secondaryIdInfos",
    )
    missing = {found for found in v2 - page if not any(name in found[1] for name in hidden_on_the_page)}
    in_the_past = ("TXT022", P + "armsInterventionsModule/interventions/0/description")
    assert missing == {("OUT001", "/protocolSection"), in_the_past}, "the page shows neither outcomes nor all dates"


def test_an_identifier_without_its_issuer_is_found_where_an_issuer_could_be_shown():
    assert [finding.path for finding in findings(V2) if finding.code == "IDN007"] == [
        P + "identificationModule/secondaryIdInfos/0"
    ]


def test_a_date_that_the_page_leaves_out_is_noted_only():
    (found,) = [finding for finding in findings(PAGE) if finding.code == "DAT008"]
    assert found.severity is Severity.NOTE and found.path == P + "statusModule"


def test_a_page_of_a_study_of_today_is_not_blamed_for_what_pages_leave_out(tmp_path):
    text = PAGE.read_text(encoding="utf-8").replace("2013-05-31", "2023-05-12").replace("2013-05-15", "2023-02-01")
    file = tmp_path / "page.txt"
    for status in ("UNKNOWN", "NOT_YET_RECRUITING", "ACTIVE_NOT_RECRUITING"):
        file.write_text(text.replace("UNKNOWN", status), encoding="utf-8")
        assert {"ENR001", "SCH003", "LOC007", "DAT019"}.isdisjoint(finding.code for finding in findings(file))


def test_what_a_page_does_not_tell_apart_is_not_called_the_same(tmp_path):
    text = PAGE.read_text(encoding="utf-8")
    site = "Jinling Hospital\n\nNanjing, Jiangsu, China\n\nSite Status\n"
    file = tmp_path / "page.txt"
    file.write_text(text.replace(site, f"{site}\n{site}"), encoding="utf-8")
    assert "LOC002" not in {finding.code for finding in findings(file)}


def test_an_old_study_is_not_asked_for_more_on_a_page_than_in_the_registry(tmp_path):
    text = (
        PAGE.read_text(encoding="utf-8").replace("2013-05-31", "1999-06-30").replace("INTERVENTIONAL", "OBSERVATIONAL")
    )
    file = tmp_path / "page.txt"
    file.write_text(text, encoding="utf-8")
    assert "DES014" not in {finding.code for finding in findings(file)}


def test_an_old_page_without_a_start_date_is_judged_by_its_last_update(tmp_path):
    text = PAGE.read_text(encoding="utf-8").replace("Study Start Date\n\n2013-05-31\n", "")
    codes = {}
    for updated in ("2008-02-01", "2023-02-01"):
        file = tmp_path / f"{updated}.txt"
        file.write_text(text.replace("2013-05-15", updated), encoding="utf-8")
        codes[updated] = {finding.code for finding in findings(file)}
    assert "DAT004" not in codes["2008-02-01"]
    assert "DAT004" in codes["2023-02-01"]
