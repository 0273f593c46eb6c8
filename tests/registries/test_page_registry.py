"""Reading the text of a study page of ClinicalTrials.gov itself."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lint.paths import value_at
from lint.registries.ctgov.page import PageLocator, looks_like_page, read_page

PAGE = """\
Study Record
Not yet recruiting
Sleep in Shift Workers
ClinicalTrials.gov ID NCT01234567
Sponsor City Hospital
Information provided by Ann Lee, University of Anywhere (Responsible Party)
Last Update Posted 2020-03-02
Study Details
Researcher View

Study Overview
Brief Summary
The purpose is to find out whether light helps.

Detailed Description
Investigators

* one
  * nested

This study is small.

Show less
Official Title
A Trial of Light in Shift Workers

Conditions
Insomnia
Fatigue

Intervention / Treatment
Device: Lamp
Drug: Melatonin
Other: Diary

Other Study ID Numbers
CH-01
2013-002554-32 (EudraCT Number)
SW (Basel) (Other Identifier)
Study Start (Estimated)
2020-05-31

Primary Completion (Estimated)
2021-05
Study Completion (Estimated)
2021-06-30
Enrollment (Estimated)
120
Study Type
Interventional
Phase
Phase 2
Phase 3

Contacts and Locations
This section provides contact details for people who can answer questions on joining this study.
Study Contact
Name: Bo Chen, PhD
Phone Number: 000
Study Contact Backup
Name: Cy Dahl
This study has 2 locations
Study Locations
Switzerland
Basel, Switzerland, 4051
City Hospital

Participation Criteria
Researchers look for people who fit a certain description, called eligibility criteria.
Eligibility Criteria
Description
Inclusion Criteria:

* Works in shifts
* One of
  * nurse
  * driver

Exclusion Criteria:

* Uses melatonin

Ages Eligible for Study
18 Years to 65 Years (Adult, Older Adult )

Sexes Eligible for Study
All

Accepts Healthy Volunteers
Yes

Study Plan
How is the study designed?
Design Details
Primary Purpose : Treatment
Allocation : Randomized
Interventional Model : Parallel Assignment
Masking : Double (Participant, Outcomes Assessor)

Arms and Interventions
Participant Group/Arm	Intervention/Treatment
Experimental: Light
An hour each morning.
	Device: Lamp
A lamp of 10000 lux.
Other Names:
* Daylight
	Other: Diary
Kept every day.
Other: Diary
Only writing.
	Other: Diary
Kept every day.

What is the study measuring?
Primary Outcome Measures
Outcome Measure	Measure Description	Time Frame
Hours of sleep	By the diary.	4 weeks
Secondary Outcome Measures
Outcome Measure	Measure Description	Time Frame
Fatigue		4 weeks
Well-being	Two items.
Both are scored.	8 weeks

Collaborators and Investigators
This is where you will find people and organizations involved with this study.
Sponsor
City Hospital
Collaborators
Sleep Fund
Investigators
Principal Investigator: Ann Lee, MD, PhD, University of Anywhere, Basel

Publications and helpful links
General Publications
First A. Paper one. 2018.

Study Record Dates
Study Registration Dates
First Submitted
2020-02-01
First Posted (Actual)
February 5, 2020
Study Record Updates
Last Update Posted (Actual)
2020-03-02
Last Verified
2020-02
More Information
Terms related to this study
Keywords Provided by City Hospital
light
Additional Relevant MeSH Terms
Mental Disorders
Drug and device information, study documents, and helpful links
Studies a U.S. FDA-regulated Drug Product
No
"""


def protocol(text=PAGE):
    return read_page(text).data["protocolSection"]


def path_of(dotted):
    return ("protocolSection", *(int(step) if step.isdigit() else step for step in dotted.split("/")))


def test_the_page_is_known_by_its_headings():
    assert looks_like_page(PAGE)
    assert not looks_like_page("Study Overview\n\nConditions\n\nPhase\n\nStudy Plan\n")


def test_titles_numbers_and_status():
    assert protocol()["identificationModule"] == {
        "briefTitle": "Sleep in Shift Workers",
        "nctId": "NCT01234567",
        "officialTitle": "A Trial of Light in Shift Workers",
        "orgStudyIdInfo": {"id": "CH-01"},
        "secondaryIdInfos": [
            {"id": "2013-002554-32", "type": "EUDRACT_NUMBER"},
            {"id": "SW (Basel)", "type": "OTHER"},
        ],
    }
    assert protocol()["statusModule"] == {
        "overallStatus": "NOT_YET_RECRUITING",
        "startDateStruct": {"date": "2020-05-31", "type": "ESTIMATED"},
        "primaryCompletionDateStruct": {"date": "2021-05", "type": "ESTIMATED"},
        "completionDateStruct": {"date": "2021-06-30", "type": "ESTIMATED"},
        "studyFirstSubmitDate": "2020-02-01",
        "studyFirstPostDateStruct": {"date": "2020-02-05", "type": "ACTUAL"},
        "lastUpdatePostDateStruct": {"date": "2020-03-02", "type": "ACTUAL"},
        "statusVerifiedDate": "2020-02",
    }


def test_texts_keep_their_own_headings_and_their_nested_lists():
    texts = protocol()["descriptionModule"]
    assert texts["briefSummary"] == "The purpose is to find out whether light helps."
    assert texts["detailedDescription"] == "Investigators\n\n* one\n  * nested\n\nThis study is small."
    criteria = "* Works in shifts\n* One of\n  * nurse\n  * driver\n\nExclusion Criteria:\n\n* Uses melatonin"
    assert protocol()["eligibilityModule"] == {
        "eligibilityCriteria": f"Inclusion Criteria:\n\n{criteria}",
        "minimumAge": "18 Years",
        "maximumAge": "65 Years",
        "sex": "ALL",
        "healthyVolunteers": True,
    }


def test_the_design():
    assert protocol()["designModule"] == {
        "enrollmentInfo": {"count": 120, "type": "ESTIMATED"},
        "studyType": "INTERVENTIONAL",
        "phases": ["PHASE2", "PHASE3"],
        "designInfo": {
            "primaryPurpose": "TREATMENT",
            "allocation": "RANDOMIZED",
            "interventionModel": "PARALLEL",
            "maskingInfo": {"masking": "DOUBLE", "whoMasked": ["PARTICIPANT", "OUTCOMES_ASSESSOR"]},
        },
    }


def test_arms_and_interventions_of_one_name_are_told_apart():
    module = protocol()["armsInterventionsModule"]
    assert module["armGroups"] == [
        {
            "label": "Light",
            "description": "An hour each morning.",
            "type": "EXPERIMENTAL",
            "interventionNames": ["Device: Lamp", "Other: Diary"],
        },
        {"label": "Diary", "description": "Only writing.", "type": "OTHER", "interventionNames": ["Other: Diary"]},
    ]
    assert module["interventions"] == [
        {"type": "DEVICE", "name": "Lamp", "description": "A lamp of 10000 lux.", "armGroupLabels": ["Light"]},
        {"type": "OTHER", "name": "Diary", "description": "Kept every day.", "armGroupLabels": ["Light", "Diary"]},
    ]


def test_outcomes():
    assert protocol()["outcomesModule"] == {
        "primaryOutcomes": [{"measure": "Hours of sleep", "description": "By the diary.", "timeFrame": "4 weeks"}],
        "secondaryOutcomes": [
            {"measure": "Fatigue", "timeFrame": "4 weeks"},
            {"measure": "Well-being", "description": "Two items.\nBoth are scored.", "timeFrame": "8 weeks"},
        ],
    }


def test_outcomes_with_a_line_for_each_cell():
    assert protocol(PAGE.replace("\t", "\n"))["outcomesModule"]["primaryOutcomes"] == [
        {"measure": "Hours of sleep", "description": "By the diary.", "timeFrame": "4 weeks"}
    ]
    without = PAGE.replace("Hours of sleep\tBy the diary.\t4 weeks", "Sleep\n1 year\nFatigue\n1 week")
    assert protocol(without)["outcomesModule"]["primaryOutcomes"] == [
        {"measure": "Sleep", "timeFrame": "1 year"},
        {"measure": "Fatigue", "timeFrame": "1 week"},
    ]


def test_people_and_organisations():
    assert protocol()["sponsorCollaboratorsModule"] == {
        "leadSponsor": {"name": "City Hospital"},
        "collaborators": [{"name": "Sleep Fund"}],
        "responsibleParty": {
            "investigatorFullName": "Ann Lee",
            "investigatorAffiliation": "University of Anywhere",
        },
    }
    people = protocol()["contactsLocationsModule"]
    assert people["overallOfficials"] == [
        {
            "name": "Ann Lee, MD, PhD",
            "affiliation": "University of Anywhere, Basel",
            "role": "PRINCIPAL_INVESTIGATOR",
        }
    ]
    assert people["centralContacts"] == [{"name": "Bo Chen, PhD", "phone": "000"}, {"name": "Cy Dahl"}]
    by_sponsor = PAGE.replace("Ann Lee, University of Anywhere (Resp", "City Hospital (Resp")
    assert protocol(by_sponsor)["sponsorCollaboratorsModule"]["responsibleParty"] == {"type": "SPONSOR"}


@pytest.mark.parametrize(
    ("pointer", "line"),
    [
        ("identificationModule/briefTitle", "Sleep in Shift Workers"),
        ("statusModule/overallStatus", "Not yet recruiting"),
        ("designModule/enrollmentInfo/type", "Enrollment (Estimated)"),
        ("designModule/designInfo/allocation", "Allocation : Randomized"),
        ("armsInterventionsModule/armGroups/1/label", "Other: Diary"),
        ("outcomesModule/secondaryOutcomes/1/timeFrame", "Both are scored.\t8 weeks"),
        ("conditionsModule/keywords/0", "light"),
        ("referencesModule/references/0/citation", "First A. Paper one. 2018."),
        ("oversightModule/isFdaRegulatedDrug", "No"),
    ],
)
def test_values_stand_on_their_lines(pointer, line):
    page = read_page(PAGE)
    locator = PageLocator(PAGE, page)
    path = path_of(pointer)
    assert value_at(page.data, path) is not None
    assert locator.source_line(locator.locate(path).line) == line


def test_what_cannot_be_told_apart_is_named_and_not_missed():
    page = read_page(PAGE.replace("\t", "\n").replace("Experimental: Light", "Light"))
    messages = [problem.message for problem in page.problems]
    assert len(messages) == 3
    assert all("left out" in message for message in messages)
    assert page.data["protocolSection"]["armsInterventionsModule"]["interventions"] == [
        {"type": "DEVICE", "name": "Lamp"},
        {"type": "DRUG", "name": "Melatonin"},
        {"type": "OTHER", "name": "Diary"},
    ]
    for name in (
        "armsInterventionsModule/armGroups",
        "outcomesModule/secondaryOutcomes",
        "contactsLocationsModule/locations",
    ):
        assert path_of(name) in page.not_shown


def test_other_copies_are_read_alike():
    expected = json.dumps(read_page(PAGE).data)
    for copy in (PAGE.replace("\n", "\r\n"), PAGE.replace("\nStudy", "\n\xa0\nStudy"), "Home\n" + PAGE):
        assert json.dumps(read_page(copy).data) == expected


HEAD = "Study Overview\nParticipation Criteria\nStudy Plan\nDesign Details\n"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(sorted(set(PAGE.split("\n")))), st.text(max_size=20)), max_size=60))
def test_any_text_gives_a_record_whose_values_have_places(lines):
    text = HEAD + "\n".join(lines)
    read = read_page(text)
    locator = PageLocator(text, read)
    for path in leaves(read.data):
        assert path in read.regions
        assert locator.source_line(locator.locate(path).line)


def leaves(value, path=()):
    if isinstance(value, dict | list):
        for name, member in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(member, (*path, name))
    else:
        yield path
