"""Reading the text of a rendered study page: what it says, where it stands, what it cannot say."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lint.markup import unescape
from lint.model import Region
from lint.paths import from_pointer, value_at
from lint.registries.ctgov.page import PageLocator, looks_like_page, read_page

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
SEED = (EXAMPLES / "NCT01854125.page.txt").read_text(encoding="utf-8")
V2 = json.loads((EXAMPLES / "NCT01854125.v2.json").read_text(encoding="utf-8"))
P = "/protocolSection/"
ARMS = P + "armsInterventionsModule/armGroups/"
INTERVENTIONS = P + "armsInterventionsModule/interventions/"
PEOPLE = P + "contactsLocationsModule/overallOfficials/"
SITE = P + "contactsLocationsModule/locations/0/"
CRITERIA = P + "eligibilityModule/eligibilityCriteria"

# What the registry has and this page cannot say or says otherwise.
DIFFERENT = (
    "identificationModule/organization", "identificationModule/officialTitle", "statusModule/statusVerifiedDate",
    "statusModule/lastKnownStatus", "statusModule/primaryCompletionDateStruct", "statusModule/studyFirstPostDateStruct",
    "sponsorCollaboratorsModule/responsibleParty/investigatorAffiliation", "conditionsModule/",
    "designModule/enrollmentInfo/type", "eligibilityModule/eligibilityCriteria", "eligibilityModule/stdAges",
)  # fmt: skip

SEED_LINES = {
    P + "identificationModule/briefTitle": 1, P + "identificationModule/nctId": 3,
    P + "statusModule/lastUpdatePostDateStruct/date": 5, "/hasResults": 9,
    P + "statusModule": 17, P + "statusModule/overallStatus": 19, P + "designModule/phases/0": 23,
    P + "designModule/enrollmentInfo/count": 27, P + "designModule/studyType": 31,
    P + "statusModule/startDateStruct/date": 35, P + "descriptionModule/briefSummary": 41,
    P + "conditionsModule": 47, P + "conditionsModule/conditions/0": 51, P + "designModule": 53,
    P + "designModule/designInfo/allocation": 59, P + "designModule/designInfo/interventionModel": 63,
    P + "designModule/designInfo/primaryPurpose": 67, P + "designModule/designInfo/maskingInfo/masking": 71,
    P + "armsInterventionsModule": 73,
    ARMS + "0": 77, ARMS + "0/label": 77, ARMS + "0/description": 79, ARMS + "0/type": 81,
    ARMS + "0/interventionNames/0": 83, ARMS + "0/interventionNames/1": 89,
    ARMS + "1": 93, ARMS + "1/label": 93, ARMS + "1/description": 95, ARMS + "1/type": 97,
    ARMS + "1/interventionNames/0": 99, ARMS + "1/interventionNames/1": 105,
    ARMS + "2": 109, ARMS + "2/label": 109, ARMS + "2/description": 111, ARMS + "2/type": 113,
    ARMS + "2/interventionNames/0": 115, ARMS + "2/interventionNames/1": 121,
    P + "armsInterventionsModule/interventions": 125,
    INTERVENTIONS + "0": 129, INTERVENTIONS + "0/name": 129, INTERVENTIONS + "0/description": 131,
    INTERVENTIONS + "0/type": 133, INTERVENTIONS + "1/name": 135, INTERVENTIONS + "1/type": 137,
    INTERVENTIONS + "0/armGroupLabels/2": 109, INTERVENTIONS + "1/armGroupLabels/1": 93,
    P + "eligibilityModule": 139, CRITERIA: 143, P + "eligibilityModule/minimumAge": 159,
    P + "eligibilityModule/maximumAge": 163, P + "eligibilityModule/sex": 167,
    P + "eligibilityModule/healthyVolunteers": 171,
    P + "sponsorCollaboratorsModule/leadSponsor/name": 177, P + "sponsorCollaboratorsModule/leadSponsor/class": 179,
    P + "sponsorCollaboratorsModule/responsibleParty/investigatorFullName": 187,
    P + "sponsorCollaboratorsModule/responsibleParty/investigatorTitle": 189,
    P + "sponsorCollaboratorsModule/responsibleParty/type": 191,
    PEOPLE + "0/name": 197, PEOPLE + "0/role": 199, PEOPLE + "0/affiliation": 201,
    PEOPLE + "1/name": 203, PEOPLE + "1/role": 205, PEOPLE + "1/affiliation": 207,
    SITE + "facility": 213, SITE + "city": 215, SITE + "state": 215, SITE + "country": 215,
    P + "referencesModule/references/0/citation": 229, P + "referencesModule/references/0/type": 231,
    P + "referencesModule/references/0/pmid": 232,
    P + "identificationModule/secondaryIdInfos/0/id": 238, P + "identificationModule/secondaryIdInfos/0/type": 240,
    P + "identificationModule/orgStudyIdInfo/id": 244,
}  # fmt: skip


def leaves(value, path=()):
    """Yield path and value of everything that is no container."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if items is None:
        yield path, value
    else:
        for step, member in items:
            yield from leaves(member, (*path, step))


def pointers(data):
    return {"/" + "/".join(map(str, path)): value for path, value in leaves(data)}


def protocol(text):
    return read_page(text).data["protocolSection"]


def module(text, name):
    return protocol(text)[name]


def page(*blocks):
    """Write a page: every block is lines, blank lines between them."""
    return "\n\n".join(line for block in blocks for line in block.strip().splitlines()) + "\n"


def characters(text, region):
    assert region.line == region.end_line
    return text.split("\n")[region.line - 1][region.column - 1 : region.end_column - 1]


def located(text, pointer, span=None):
    read = read_page(text)
    return PageLocator(text, read).locate(from_pointer(pointer, read.data), span)


# The seed page


def test_the_seed_page_says_what_the_registry_says():
    page_values, v2_values = pointers(read_page(SEED).data), pointers(V2)
    alike = {pointer for pointer in v2_values if not pointer.startswith(tuple(P + name for name in DIFFERENT))}
    assert {pointer: page_values.get(pointer) for pointer in alike} == {
        pointer: v2_values[pointer] for pointer in alike
    }


def test_the_seed_page_adds_only_its_own_wording():
    added = pointers(read_page(SEED).data).items() - pointers(V2).items()
    assert {pointer for pointer, _ in added} == {CRITERIA, P + "conditionsModule/conditions/0"}


def test_everything_on_the_seed_page_is_understood():
    assert read_page(SEED).problems == ()


def test_stray_lines_before_arms_are_their_labels():
    labels = [arm["label"] for arm in module(SEED, "armsInterventionsModule")["armGroups"]]
    assert labels == [
        "autologous bone marrow mesenchymal stem cells transplantation",
        "mesenchymal stem cells transplantation",
        "stem cells transplantation",
    ]


def test_arm_labels_come_out_right_without_the_section_of_interventions():
    start, end = SEED.index("\nInterventions\n"), SEED.index("\nEligibility Criteria\n")
    told_by_arms = module(SEED[:start] + SEED[end:], "armsInterventionsModule")
    assert told_by_arms == module(SEED, "armsInterventionsModule")


def test_furniture_is_no_data():
    text = json.dumps(read_page(SEED).data)
    for words in ("Dive into", "Review the", "Results pending", "has not published", "similarity", "NCT02943889"):
        assert words not in text
    assert "detailedDescription" not in module(SEED, "descriptionModule")


@pytest.mark.parametrize(("pointer", "line"), SEED_LINES.items())
def test_every_value_of_the_seed_page_has_its_line(pointer, line):
    assert located(SEED, pointer).line == line


def test_the_list_of_lines_misses_no_value_of_the_seed_page():
    listed = {pointer.rsplit("/armGroupLabels", 1)[0] for pointer in SEED_LINES}
    assert {pointer for pointer in pointers(read_page(SEED).data) if "armGroupLabels" not in pointer} <= listed


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("protocolSection", "descriptionModule", "detailedDescription"), 43),
        (("protocolSection", "contactsLocationsModule", "locations", 0, "status"), 217),
        (("protocolSection", "statusModule", "completionDateStruct", "date"), 17),
        (("protocolSection", "armsInterventionsModule", "interventions", 1, "description"), 135),
        (("protocolSection", "contactsLocationsModule", "centralContacts"), 193),
        (("resultsSection",), 1),
    ],
)
def test_what_is_missing_stands_where_it_would_be(path, line):
    assert PageLocator(SEED, read_page(SEED)).locate(path).line == line


# Spans


@pytest.mark.parametrize(
    ("word", "line", "column", "end"),
    [
        ("18~65", 145, 6, 12),
        ("years", 145, 13, 18),
        ("Exclusion Criteria", 147, 1, 19),
        ("less than 30s", 151, 21, 34),
        ("Prothrombin", 151, 1, 12),
    ],
)
def test_words_of_the_criteria_stand_at_their_line_and_column(word, line, column, end):
    start = unescape(module(SEED, "eligibilityModule")["eligibilityCriteria"]).index(word)
    assert located(SEED, CRITERIA, (start, start + len(word))) == Region(line, column, line, end)


def test_empty_bullets_stand_at_their_lines():
    text = unescape(module(SEED, "eligibilityModule")["eligibilityCriteria"])
    assert text.endswith("\n\n-\n\n-")
    for start, line in [(len(text) - 4, 153), (len(text) - 1, 156)]:
        assert located(SEED, CRITERIA, (start, start + 1)) == Region(line, 1, line, 3)


def test_a_span_over_several_lines_ends_on_the_last():
    text = unescape(module(SEED, "eligibilityModule")["eligibilityCriteria"])
    start, end = text.index("ascite."), text.index("history of") + len("history")
    assert located(SEED, CRITERIA, (start, end)) == Region(145, 104, 149, 8)


def test_a_span_behind_the_type_of_an_intervention_name():
    name = module(SEED, "armsInterventionsModule")["armGroups"][1]["interventionNames"][1]
    assert name.startswith("Biological: autologous")
    start = name.index("msenchymal")
    region = located(SEED, ARMS + "1/interventionNames/1", (start, start + len("msenchymal")))
    assert (region.line, characters(SEED, region)) == (105, "msenchymal")


# Other pages

OBSERVATIONAL = page(
    """
    Sleep in Shift Workers
    NCT ID: NCT01234567
    Last Updated: 2020-03-02
    Study Results
    Results available
    """,
    """
    Basic Information
    Get a concise snapshot of the trial, including recruitment status and key timeline milestones.
    Recruitment Status
    RECRUITING
    Total Enrollment
    1,200 participants
    Study Classification
    OBSERVATIONAL
    Study Start Date
    2019-04-12
    Study Completion Date
    2021-06-30
    """,
    """
    Study Design
    Understand how the trial is structured, including allocation methods and other design elements.
    Observational Model
    COHORT
    Time Perspective
    PROSPECTIVE
    """,
    """
    Study Groups
    Review each arm or cohort in the study, along with the interventions associated with them.
    Night shift
    Group Type -
    Diary
    Intervention Type OTHER
    Day shift
    People who work by day only.
    At least one year.
    Group Type -
    Retired
    Group Type -
    """,
    """
    Interventions
    Learn about the drugs, procedures, or behavioral strategies being tested within this trial.
    Diary
    Intervention Type OTHER
    """,
    """
    Eligibility Criteria
    Check the participation requirements, including age limits.
    Inclusion Criteria
    * Works in shifts
    * Sex: any
    Sampling Method
    PROBABILITY_SAMPLE
    Study Population
    Nurses of two hospitals
    Minimum Eligible Age
    N/A
    Accepts Healthy Volunteers
    Yes
    """,
    """
    Sponsors
    Meet the organizations funding or collaborating on the study and learn about their roles.
    City Hospital
    OTHER
    Sponsor Role lead
    Sleep Fund
    Sponsor Role collaborator
    Health Ministry
    OTHER_GOV
    Sponsor Role collaborator
    """,
    """
    Responsible Party
    Identify the individual or organization who holds primary responsibility for the study.
    Responsibility Role SPONSOR
    """,
    """
    Principal Investigators
    Learn about the lead researchers overseeing the trial and their institutional affiliations.
    Ann Lee, MD
    Role: PRINCIPAL_INVESTIGATOR
    Bo Chen, PhD
    Role: STUDY_CHAIR
    City Hospital
    """,
    """
    Locations
    Explore where the study is taking place and check the recruitment status at each participating site.
    City Hospital
    Seoul, Korea, Republic of
    Site Status
    RECRUITING
    Ann Lee, MD
    Role: CONTACT
    Phone: 000
    Sleep Clinic
    Lyon, France
    Site Status
    Lab Three
    Austin, Texas, 00001, United States
    Site Status NOT_YET_RECRUITING
    """,
    """
    Countries
    Review the countries where the study has at least one active or historical site.
    France Korea, Republic of United States
    """,
    """
    References
    Explore related publications, articles, or registry entries linked to this study.
    First A. Paper one. 2018.
    Reference Type RESULT
    PMID: 11111111 (View on PubMed)
    Second B. Paper two. 2019.
    Reference Type DERIVED
    """,
)


def test_an_observational_page_is_understood_as_a_whole():
    assert read_page(OBSERVATIONAL).problems == ()


def test_the_design_of_an_observational_page():
    design = module(OBSERVATIONAL, "designModule")
    assert design == {
        "studyType": "OBSERVATIONAL",
        "enrollmentInfo": {"count": 1200},
        "designInfo": {"observationalModel": "COHORT", "timePerspective": "PROSPECTIVE"},
    }
    assert read_page(OBSERVATIONAL).data["hasResults"] is True


def test_dates_are_days_unless_they_are_the_last_of_a_month():
    status = module(OBSERVATIONAL, "statusModule")
    assert status["startDateStruct"] == {"date": "2019-04-12"}
    assert status["completionDateStruct"] == {"date": "2021-06"}
    assert status["lastUpdatePostDateStruct"] == {"date": "2020-03-02"}


def test_cohorts_with_and_without_description_and_interventions():
    assert module(OBSERVATIONAL, "armsInterventionsModule") == {
        "armGroups": [
            {"label": "Night shift", "interventionNames": ["Other: Diary"]},
            {"label": "Day shift", "description": "People who work by day only.\n\nAt least one year."},
            {"label": "Retired"},
        ],
        "interventions": [{"type": "OTHER", "name": "Diary", "armGroupLabels": ["Night shift"]}],
    }


def test_criteria_end_at_the_first_label_of_the_site():
    assert module(OBSERVATIONAL, "eligibilityModule") == {
        "eligibilityCriteria": "Inclusion Criteria:\n\n* Works in shifts\n\n* Sex: any",
        "samplingMethod": "PROBABILITY_SAMPLE",
        "studyPopulation": "Nurses of two hospitals",
        "healthyVolunteers": True,
    }


def test_a_criterion_that_heads_a_list_is_no_label_of_the_site():
    start, end = SEED.index("Aged 18"), SEED.index("Minimum Eligible Age")
    text = SEED[:start] + "Adults\n\nSex:\n\n* Female\n\nMinimum age:\n\n1. 18 in Exampland\n\n" + SEED[end:]
    eligibility = module(text, "eligibilityModule")
    assert eligibility["eligibilityCriteria"].endswith("Sex:\n\n* Female\n\nMinimum age:\n\n1. 18 in Exampland")
    assert (eligibility["sex"], eligibility["minimumAge"]) == ("ALL", "18 Years")


def test_several_sponsors_and_a_responsible_sponsor():
    assert module(OBSERVATIONAL, "sponsorCollaboratorsModule") == {
        "leadSponsor": {"name": "City Hospital", "class": "OTHER"},
        "collaborators": [{"name": "Sleep Fund"}, {"name": "Health Ministry", "class": "OTHER_GOV"}],
        "responsibleParty": {"type": "SPONSOR"},
    }


def test_officials_and_sites_with_and_without_their_parts():
    assert module(OBSERVATIONAL, "contactsLocationsModule") == {
        "overallOfficials": [
            {"name": "Ann Lee, MD", "role": "PRINCIPAL_INVESTIGATOR"},
            {"name": "Bo Chen, PhD", "role": "STUDY_CHAIR", "affiliation": "City Hospital"},
        ],
        "locations": [
            {
                "facility": "City Hospital",
                "city": "Seoul",
                "country": "Korea, Republic of",
                "status": "RECRUITING",
                "contacts": [{"name": "Ann Lee, MD", "role": "CONTACT", "phone": "000"}],
            },
            {"facility": "Sleep Clinic", "city": "Lyon", "country": "France"},
            {
                "facility": "Lab Three",
                "city": "Austin",
                "state": "Texas",
                "zip": "00001",
                "country": "United States",
                "status": "NOT_YET_RECRUITING",
            },
        ],
    }


def test_references_with_and_without_pubmed_id():
    assert module(OBSERVATIONAL, "referencesModule")["references"] == [
        {"citation": "First A. Paper one. 2018.", "type": "RESULT", "pmid": "11111111"},
        {"citation": "Second B. Paper two. 2019.", "type": "DERIVED"},
    ]


def test_sections_may_stand_in_any_order():
    headings = ["Basic Information", "Brief Summary", "Detailed Description", "Conditions", "Study Design",
                "Study Groups", "Interventions", "Eligibility Criteria", "Sponsors", "Responsible Party",
                "Principal Investigators", "Locations", "Countries", "References", "Other Identifiers",
                "More Related Trials"]  # fmt: skip
    starts = [SEED.index(f"\n{heading}\n") for heading in headings]
    sections = [SEED[start:end] for start, end in pairwise(starts)]
    reordered = SEED[: starts[0]] + "\n".join(reversed(sections))
    assert read_page(reordered).problems == ()
    assert read_page(reordered).data == read_page(SEED).data


@pytest.mark.parametrize("text", [SEED, OBSERVATIONAL], ids=["seed", "observational"])
def test_windows_line_ends_change_nothing(text):
    windows, unix = read_page(text.replace("\n", "\r\n")), read_page(text)
    assert windows == unix


@pytest.mark.parametrize("text", [SEED, OBSERVATIONAL], ids=["seed", "observational"])
def test_indentation_and_more_blank_lines_move_places_only(text):
    wide = "\n\n" + text.replace("\n\n", "\n \n\n\n\t ").rstrip()
    assert read_page(wide).data == read_page(text).data
    locator = PageLocator(wide, read_page(wide))
    assert characters(wide, locator.locate(("protocolSection", "statusModule", "overallStatus"))) in {
        "UNKNOWN",
        "RECRUITING",
    }


LABELS = (
    "Recruitment Status|Clinical Phase|Total Enrollment|Study Classification|Study Start Date|Study Completion Date|"
    "Allocation Method|Intervention Model|Observational Model|Time Perspective|Primary Study Purpose|Blinding Strategy|"
    "Sampling Method|Minimum Eligible Age|Maximum Eligible Age|Eligible Sex|Accepts Healthy Volunteers"
)
TYPES = "Group Type|Intervention Type|Sponsor Role|Responsibility Role|Reference Type|Role:|PMID:|Identifier Source:"
HEADS = "Brief Summary|Study Design|Study Groups|Interventions|Eligibility Criteria|Sponsors|Locations|References"


def _on_every_line(pattern, replacement):
    return lambda text: re.sub(pattern, replacement, text, flags=re.MULTILINE)


COPIES = {
    "cells of a table": _on_every_line(rf"^({LABELS})\n+(?=\S)", r"\1\t"),
    "colons": _on_every_line(rf"^({LABELS})\n+(?=\S)", r"\1: "),
    "blanks": _on_every_line(r"^(Minimum Eligible Age|Study Classification|Eligible Sex)\n+(?=\S)", r"\1 "),
    "types on lines of their own": _on_every_line(rf"^({TYPES}) (?=[A-Za-z0-9])", r"\1\n\n"),
    "buttons": _on_every_line(rf"^({HEADS})$", r"Show more\n\nView all 12 locations\n\n\1"),
    "words for nothing": _on_every_line(r"^(Conditions|Study Design|Sponsors)$", r"Not Provided\n\n\1"),
    "hard blanks": lambda text: "\n".join("\xa0" + line + "\xa0" if line else "" for line in text.split("\n")),
    "Markdown": lambda text: re.sub(
        rf"^({HEADS})$", r"## \1", re.sub(rf"^({LABELS})$", r"**\1**", text, flags=re.M), flags=re.M
    ),
    "capitals": lambda text: re.sub(rf"^({HEADS}|{LABELS})$", lambda match: match[0].upper(), text, flags=re.M),
    "a menu": lambda text: "Skip to main content\n\nHome\n\nClinical Trials\n\n" + text,
}


@pytest.mark.parametrize("how", COPIES)
@pytest.mark.parametrize("text", [SEED, OBSERVATIONAL])
def test_copies_of_a_page_that_a_browser_makes_otherwise_are_read_alike(text, how):
    copy = COPIES[how](text)
    assert looks_like_page(copy)
    assert [*leaves(read_page(copy).data)] == [*leaves(read_page(text).data)]
    assert len(problems(copy)) == len(problems(text))


def test_the_title_may_stand_twice_and_below_a_menu():
    title = SEED.split("\n")[0]
    assert module(f"Home\n{title}\nTrials\n\n{SEED}", "identificationModule")["briefTitle"] == title
    assert module(f"Home visits\n{SEED.split(title)[1]}", "identificationModule")["briefTitle"] == "Home visits"


def test_a_type_left_blank_takes_no_name_for_its_value():
    text = SEED.replace("Group Type ACTIVE_COMPARATOR\n", "Group Type\n").replace(
        "\nautologous bone marrow mesenchymal stem cells transplantation\n\nInt", "\nCPAP\n\nInt"
    )
    assert module(text, "armsInterventionsModule")["armGroups"][0]["interventionNames"][0] == "Biological: CPAP"
    assert "type" not in module(text, "armsInterventionsModule")["armGroups"][0]


def test_a_district_with_a_number_is_no_postal_code():
    text = SEED.replace("Nanjing, Jiangsu, China", "Prague, Prague / 4, China")
    [site] = module(text, "contactsLocationsModule")["locations"]
    assert (site["state"], "zip" in site) == ("Prague / 4", False)


@pytest.mark.parametrize("country", ["Korea, Republic of", "Palestinian Territories, Occupied"])
def test_countries_with_a_comma(country):
    text = SEED.replace("Nanjing, Jiangsu, China", f"Nablus, {country}").replace("\nChina\n", f"\n{country}\n")
    [site] = module(text, "contactsLocationsModule")["locations"]
    assert site == {"facility": "Jinling Hospital", "city": "Nablus", "country": country}
    assert not problems(text)


def test_a_heading_of_a_paragraph_has_a_colon_where_those_of_the_page_have_none():
    text = helpless(SEED).replace("\nConditions\n", "\nInterventions:\n\nTwo infusions.\n\nConditions\n")
    assert module(text, "descriptionModule")["detailedDescription"] == "Interventions:\n\nTwo infusions."


@pytest.mark.parametrize("heading", ["INCLUSION CRITERIA", "Inclusion criteria", "Key Inclusion Criteria"])
def test_headings_of_criteria_get_their_colon_back(heading):
    text = SEED.replace("\nInclusion Criteria\n", f"\n{heading}\n")
    assert module(text, "eligibilityModule")["eligibilityCriteria"].startswith(f"{heading}:\n\nAged")
    assert read_page(text.replace(heading, heading + ":")).data == read_page(text).data


def test_nested_bullets_stay_nested():
    text = SEED.replace("\nAged 18", "\n* Cancer, one of\n\n  * of the liver\n\n  * of the lung\n\n* Aged 18")
    criteria = module(text, "eligibilityModule")["eligibilityCriteria"]
    assert "* Cancer, one of\n\n  * of the liver\n\n  * of the lung\n\n* Aged 18" in criteria
    start = unescape(criteria).index("lung")
    region = located(text, CRITERIA, (start, start + 4))
    assert (region.line, characters(text, region)) == (149, "lung")
    indented = text.replace("\n", "\n    ")
    assert module(indented, "eligibilityModule")["eligibilityCriteria"] == criteria


def test_lines_after_the_identifiers_are_none():
    text = SEED.split("\nMore Related Trials")[0] + "\nContact us\n"
    assert module(text, "identificationModule") == module(SEED, "identificationModule")


def test_a_byte_order_mark_is_not_part_of_the_title():
    text = "\ufeff" + SEED
    assert protocol(text)["identificationModule"]["briefTitle"].startswith("Autologous")
    assert located(text, P + "identificationModule/briefTitle").column == 2


def helpless(text):
    addresses = ("Get a", "Review", "Understand", "Learn", "Check", "Meet", "Identify", "Explore", "Dive", "See")
    return "\n\n".join(line for line in text.split("\n\n") if not line.startswith(addresses))


def test_a_page_without_help_lines():
    assert read_page(helpless(OBSERVATIONAL)).data == read_page(OBSERVATIONAL).data


@pytest.mark.parametrize("section", ["Conditions", "Locations", "References", "Sponsors"])
def test_a_help_line_in_other_words_is_still_furniture(section):
    start = SEED.index("\n", SEED.index(f"\n{section}\n") + 1)
    end = SEED.index(".\n", start)
    text = SEED[:start] + "\n\nFind out more here" + SEED[end:]
    assert read_page(text).data == read_page(SEED).data


def test_headings_inside_a_description_are_text():
    text = SEED.replace(
        "greater depth.\n",
        "greater depth.\n\nBackground of it.\n\nInterventions\n\nTwo infusions.\n\nLocations\n\nOne ward.\n",
    )
    assert module(text, "descriptionModule")["detailedDescription"] == (
        "Background of it.\n\nInterventions\n\nTwo infusions.\n\nLocations\n\nOne ward."
    )
    assert module(text, "armsInterventionsModule") == module(SEED, "armsInterventionsModule")


def test_outcomes_where_a_page_shows_them():
    text = OBSERVATIONAL + page(
        """
        Primary Outcomes
        Sleep duration
        Hours by diary
        Time Frame: 4 weeks
        Sleep quality
        Time Frame
        4 and 8 weeks
        Secondary Outcomes
        Mood
        """
    )
    read = read_page(text)
    assert read.data["protocolSection"]["outcomesModule"] == {
        "primaryOutcomes": [
            {"measure": "Sleep duration", "timeFrame": "4 weeks", "description": "Hours by diary"},
            {"measure": "Sleep quality", "timeFrame": "4 and 8 weeks"},
        ],
        "secondaryOutcomes": [{"measure": "Mood"}],
    }
    assert ("protocolSection", "outcomesModule") not in read.not_shown


def test_a_description_may_begin_with_the_word_measure():
    text = SEED + "\nPrimary Outcomes\n\nPain\n\nMeasure of pain at rest.\n\nTime Frame: 4 weeks\n"
    text = text.replace("More Related Trials", "")
    assert module(text, "outcomesModule")["primaryOutcomes"] == [
        {"measure": "Pain", "description": "Measure of pain at rest.", "timeFrame": "4 weeks"}
    ]


def test_interventions_of_one_name_belong_to_the_arms_that_show_their_description():
    text = page(
        """
        NCT ID: NCT00000000
        Study Groups
        Low
        Group Type EXPERIMENTAL
        Exampline
        Intervention Type DRUG
        10 mg a day.
        High
        Group Type EXPERIMENTAL
        Exampline
        Intervention Type DRUG
        20 mg a day.
        Interventions
        Exampline
        10 mg a day.
        Intervention Type DRUG
        Exampline
        20 mg a day.
        Intervention Type DRUG
        """
    )
    assert [one["armGroupLabels"] for one in module(text, "armsInterventionsModule")["interventions"]] == [
        ["Low"],
        ["High"],
    ]


def test_an_enrolment_that_the_page_leaves_blank():
    text = SEED.replace("30 participants", "- participants")
    assert "enrollmentInfo" not in module(text, "designModule")
    assert read_page(text).problems == ()


@pytest.mark.parametrize(
    ("shown", "phases"),
    [
        ("PHASE1/PHASE2", ["PHASE1", "PHASE2"]),
        ("Phase 2 / Phase 3", ["PHASE2", "PHASE3"]),
        ("EARLY_PHASE1", ["EARLY_PHASE1"]),
        ("N/A", ["NA"]),
    ],
)
def test_phases(shown, phases):
    text = SEED.replace("\nPHASE3\n", f"\n{shown}\n")
    assert module(text, "designModule")["phases"] == phases
    words = [word.strip() for word in shown.split("/")] if len(phases) > 1 else [shown]
    assert [characters(text, located(text, f"{P}designModule/phases/{at}")) for at in range(len(phases))] == words


WORDS = {
    "UNKNOWN": "Unknown status", "PHASE3": "Phase 3", "INTERVENTIONAL": "Interventional",
    "NON_RANDOMIZED": "Non-Randomized", "SINGLE_GROUP": "Single Group Assignment", "TREATMENT": "Treatment",
    "NONE": "None (Open Label)", "Group Type ACTIVE_COMPARATOR": "Group Type: Active Comparator",
    "Group Type EXPERIMENTAL": "Group Type Experimental",
    "Intervention Type BIOLOGICAL": "Intervention Type: Biological",
    "ALL": "All", "OTHER": "Other",
    "Responsibility Role PRINCIPAL_INVESTIGATOR": "Responsibility Role: Principal Investigator",
    "Role: STUDY_DIRECTOR": "Role: Study Director", "Reference Type BACKGROUND": "Reference Type: Background",
    "Identifier Type: OTHER": "Identifier Type: Other",
}  # fmt: skip


def test_words_instead_of_codes_are_the_same():
    text = "\n".join(WORDS.get(line, line) for line in SEED.split("\n"))
    assert read_page(text).data == read_page(SEED).data
    assert characters(text, located(text, P + "designModule/designInfo/interventionModel")) == "Single Group Assignment"
    assert not problems(text)


def test_words_that_are_no_code_stay_as_they_are():
    text = SEED.replace("SINGLE_GROUP", "Some other model")
    assert module(text, "designModule")["designInfo"]["interventionModel"] == "Some other model"


@pytest.mark.parametrize(
    ("shown", "read"),
    [
        ("May 2013", {"date": "2013-05"}),
        ("May 5, 2013", {"date": "2013-05-05"}),
        ("2013-05 (Estimated)", {"date": "2013-05", "type": "ESTIMATED"}),
        ("May 2013 [Actual]", {"date": "2013-05", "type": "ACTUAL"}),
    ],
)
def test_written_dates(shown, read):
    assert module(SEED.replace("2013-05-31", shown), "statusModule")["startDateStruct"] == read


@pytest.mark.parametrize(
    "roles", ["Participants Investigators", "Participants\n\nInvestigators", "PARTICIPANT, INVESTIGATOR"]
)
def test_who_is_masked(roles):
    masking = module(SEED.replace("\nNONE\n", f"\nDOUBLE\n\n{roles}\n"), "designModule")["designInfo"]["maskingInfo"]
    assert masking == {"masking": "DOUBLE", "whoMasked": ["PARTICIPANT", "INVESTIGATOR"]}


def test_who_is_masked_in_brackets():
    masking = module(SEED.replace("\nNONE\n", "\nDouble (Participant, Investigator)\n"), "designModule")["designInfo"]
    assert masking["maskingInfo"] == {"masking": "DOUBLE", "whoMasked": ["PARTICIPANT", "INVESTIGATOR"]}


def test_masked_investigators_are_no_section():
    start, end = SEED.index("\nPrincipal Investigators\n"), SEED.index("\nLocations\n")
    text = (SEED[:start] + SEED[end:]).replace("\nNONE\n", "\nDOUBLE\n\nInvestigators\n\nOutcome Assessors\n")
    masking = module(text, "designModule")["designInfo"]["maskingInfo"]
    assert masking["whoMasked"] == ["INVESTIGATOR", "OUTCOMES_ASSESSOR"]
    assert "overallOfficials" not in module(text, "contactsLocationsModule")


def test_conditions_on_lines_of_their_own_are_entries_and_joined_ones_are_not_guessed_apart():
    joined = "Immune Function in Blood Liver Function in Blood Variation of Ascites"
    assert module(SEED, "conditionsModule")["conditions"][0].startswith(joined)
    text = SEED.replace(joined, "Ascites\n\nHepatitis C | Carcinoma, Hepatocellular\n\n")
    assert module(text, "conditionsModule")["conditions"] == [
        "Ascites",
        "Hepatitis C",
        "Carcinoma, Hepatocellular",
        "Characters of Quality of Life Child-Pugh Score",
    ]


def test_sites_of_a_page_without_site_status():
    text = SEED.replace("\nSite Status\n", "\nAnother Hospital\n\nWuhan, Hubei, China\n")
    assert module(text, "contactsLocationsModule")["locations"] == [
        {"facility": "Jinling Hospital", "city": "Nanjing", "state": "Jiangsu", "country": "China"},
        {"facility": "Another Hospital", "city": "Wuhan", "state": "Hubei", "country": "China"},
    ]


def test_a_state_may_have_a_comma():
    text = SEED.replace("Nanjing, Jiangsu, China", "London, London, City of, China")
    [site] = module(text, "contactsLocationsModule")["locations"]
    assert (site["city"], site["state"], site["country"]) == ("London", "London, City of", "China")
    assert characters(text, located(text, SITE + "state")) == "London, City of"


BARE = "Study Groups\n\nNight shift\n\nNurses who work at night.\n\nFor a year.\n\nDay shift\n\nAll other nurses.\n"


def test_groups_without_types_and_interventions():
    assert module(BARE, "armsInterventionsModule")["armGroups"] == [
        {"label": "Night shift", "description": "Nurses who work at night.\n\nFor a year."},
        {"label": "Day shift", "description": "All other nurses."},
    ]
    assert module(BARE[:26], "armsInterventionsModule")["armGroups"] == [{"label": "Night shift"}]
    unclear = BARE + "\nRetired\n"
    assert not read_page(unclear).data
    assert len(problems(unclear)) == 6


# Nothing is dropped in silence


def problems(text):
    found = read_page(text).problems
    assert {problem.code for problem in found} <= {"SRC021"}
    assert not any(problem.unreadable for problem in found)
    return [(problem.region.line, problem.message) for problem in found]


def test_an_unknown_section_is_named_and_keeps_out_of_its_neighbours():
    text = SEED.replace(
        "\nConditions\n",
        "\nStudy Funding\n\nLearn about the grants behind this study.\n\nGrant 7\n\nConditions\n",
    )
    assert read_page(text).data == read_page(SEED).data
    [(line, message)] = problems(text)
    assert line == 47
    assert message.startswith("'Study Funding' is a section")


@pytest.mark.parametrize(
    ("old", "new", "quoted"),
    [
        ("\nUNKNOWN\n\nClinical", "\nUNKNOWN\n\nAsk the nurse\n\nClinical", "Ask the nurse"),
        ("30 participants", "some people", "some people"),
        ("2013-05-31", "next spring", "next spring"),
        ("\nNo\n", "\nPerhaps\n", "Perhaps"),
        ("Sponsor Role lead", "Sponsor Role friend", "Nanjing PLA General Hospital"),
        ("\nNanjin University\n", "\nNanjin University\n\nRoom 7\n", "Room 7"),
        ("\nChina\n", "\nChina\n\nFrance\n", "France"),
        ("\nChina\n", "\nChile\n", "China"),
        ("\nJinling 01\n", "\nOld\n\nJinling 01\n", "Old"),
        ("Results pending", "Results are a secret", "Results are a secret"),
        ("NCT ID: NCT01854125", "NCT ID: NCT01854125\n\nNCT ID: NCT00000001", "NCT00000001"),
    ],
)
def test_what_is_not_understood_is_noted(old, new, quoted):
    assert old in SEED
    messages = [message for _, message in problems(SEED.replace(old, new, 1))]
    assert any(message.startswith(f"'{quoted}' ") for message in messages), messages


def test_absence_of_what_a_page_cannot_show_proves_nothing():
    hidden = read_page(SEED).not_shown
    for name in ("outcomesModule", "ipdSharingStatementModule", "oversightModule"):
        assert ("protocolSection", name) in hidden
    assert ("protocolSection", "contactsLocationsModule", "locations", 0, "zip") in hidden
    assert ("protocolSection", "statusModule", "completionDateStruct") not in hidden
    with_keywords = SEED.replace("\nStudy Design\n", "\nKeywords\n\nliver\n\nStudy Design\n")
    assert ("protocolSection", "conditionsModule", "keywords") not in read_page(with_keywords).not_shown


def test_a_second_page_in_the_same_text_is_noted():
    second = OBSERVATIONAL.replace("NCT ID: NCT01234567", "NCT ID: NCT00000001")
    read = read_page(SEED + "\n\n" + second)
    assert read.data == read_page(SEED).data
    (problem,) = read.problems
    assert problem.message.startswith("'NCT ID: NCT00000001' belongs to another study page")


def test_a_phase_that_is_not_applicable_is_one_of_trials_only():
    text = OBSERVATIONAL.replace("RECRUITING\n", "RECRUITING\n\n    Clinical Phase\n\n    NA\n", 1)
    assert not problems(text)
    assert "phases" not in module(text, "designModule")
    assert module(SEED.replace("\nPHASE3\n", "\nNA\n"), "designModule")["phases"] == ["NA"]


# Telling pages from other texts


@pytest.mark.parametrize("text", [SEED, OBSERVATIONAL, SEED.replace("\n", "\r\n")])
def test_pages_look_like_pages(text):
    assert looks_like_page(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        json.dumps(V2, indent=2),
        "Brief Summary\n\nOf something else.\n",
        "a: 1\nb: 2\n",
        "# A review\n\n## Study Design\n\nx\n\n## Eligibility Criteria\n\ny\n\n## Brief Summary\n\nz\n",
        "nct_id,Recruitment Status,Study Classification,Sponsor Role\nNCT01854125,UNKNOWN,INTERVENTIONAL,lead\n",
    ],
)
def test_other_texts_do_not(text):
    assert not looks_like_page(text)


# Whatever the text

LINES = sorted({line for text in (SEED, OBSERVATIONAL) for line in text.split("\n")})


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=20)), max_size=60),
    st.sampled_from(["\n", "\r\n", "\n\n"]),
)
def test_any_text_gives_a_record_whose_values_stand_on_the_page(lines, line_end):
    text = line_end.join(lines)
    read = read_page(text)
    source = PageLocator(text, read)
    for path, value in leaves(read.data):
        assert path in read.regions
        region = source.locate(path)
        if region.line != region.end_line:
            continue
        shown = source.source_line(region.line)[region.column - 1 : region.end_column - 1]
        assert shown
        if isinstance(value, str) and not {"interventionNames", "whoMasked", "eligibilityCriteria"} & {*path}:
            assert shown == value or ("statusModule" in path and shown.startswith(value))


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_span_of_a_value_stands_within_it(data):
    read = read_page(SEED)
    source = PageLocator(SEED, read)
    texts = [path for path, value in leaves(read.data) if isinstance(value, str)]
    path = data.draw(st.sampled_from(texts))
    text = unescape(value_at(read.data, path))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    region, whole = source.locate(path, (start, end)), source.locate(path)
    assert (whole.line, whole.column) <= (region.line, region.column) <= (region.end_line, region.end_column)
    assert (region.end_line, region.end_column) <= (whole.end_line, whole.end_column)
    if region.line == region.end_line and "\n" not in text[start:end] and path[-2] != "interventionNames":
        assert unescape(characters(SEED, region)) in (text[start:end], text[start:end].removesuffix(":"))
