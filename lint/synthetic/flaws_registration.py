"""Flaws of identifiers, references, documents, data sharing and the registration itself."""

from __future__ import annotations

from random import Random
from typing import Any

from lint.synthetic.planting import at, began_in, get, is_trial, plants, put

_IDENTIFICATION = "identificationModule"
_SECONDARY = (_IDENTIFICATION, "secondaryIdInfos")
_SHARING = "ipdSharingStatementModule"
_REFERENCES = ("referencesModule", "references")
_LINKS = ("referencesModule", "seeAlsoLinks")
_SUMMARY = ("descriptionModule", "briefSummary")
_STATUS = "statusModule"
_DOCUMENT = "/documentSection/largeDocumentModule/largeDocs/0"

Record = dict[str, Any]


def _secondary(record: Record, *numbers: dict[str, str]) -> str:
    put(record, list(numbers), *_SECONDARY)
    return at(*_SECONDARY, len(numbers) - 1)


@plants("IDN002")
def malformed_number(rng: Random, record: Record) -> str | None:
    return _secondary(record, {"id": f"2013-{rng.randrange(1000, 9999)}", "type": "EUDRACT_NUMBER"})


@plants("IDN003")
def number_of_another_type(rng: Random, record: Record) -> str | None:
    number = rng.choice(("2013-001234-17", "DRKS00003170"))
    return _secondary(record, {"id": number, "type": "OTHER", "domain": "Ethics committee"})


@plants("IDN004")
def secondary_number_twice(rng: Random, record: Record) -> str | None:
    number = rng.randrange(10_000, 99_999)
    one = {"id": f"A{number}", "type": "OTHER", "domain": "Research council"}
    return _secondary(record, one, {**one, "id": rng.choice((f"A {number}", f"A{number}", f"a{number}"))})


@plants("IDN007")
def number_of_nobody(rng: Random, record: Record) -> str | None:
    return _secondary(record, {"id": f"Register {rng.randrange(10, 99)}", "type": "OTHER"})


@plants("IDN008")
def digit_lost_in_text(rng: Random, record: Record) -> str | None:
    number = rng.choice(("ISRCTN1234567", "NCT0123456"))
    return put(record, f"{get(record, *_SUMMARY)} It continues the study {number}.", *_SUMMARY)


@plants("IDN009")
def number_in_text_only(rng: Random, record: Record) -> str | None:
    said = rng.choice(("The trial is registered with ISRCTN78805636.", "EU registration number 2013-001234-17."))
    return put(record, f"{get(record, *_SUMMARY)} {said}", *_SUMMARY)


@plants("IDN010")
def no_acronym(rng: Random, record: Record) -> str | None:
    return put(record, rng.choice(("NA", "none", "N/A")), _IDENTIFICATION, "acronym")


@plants("IDN011")
def link_to_another_place(rng: Random, record: Record) -> str | None:
    link = f"https://www.example.org/{rng.randrange(100, 999)}"
    return _secondary(record, {"id": "R01HL109293", "type": "NIH", "link": link})


@plants("IDN012")
def number_without_type(rng: Random, record: Record) -> str | None:
    if not began_in(record, 2018):
        return None
    return _secondary(record, {"id": f"EX-{rng.randrange(100, 999)}"})


@plants("IDN013")
def acronym_in_title_only(rng: Random, record: Record) -> str | None:
    acronym = rng.choice(("SUNRISE", "HARBOR", "COMPASS-2"))
    put(record, f"{get(record, _IDENTIFICATION, 'officialTitle')} ({acronym} Trial)", _IDENTIFICATION, "officialTitle")
    return at(_IDENTIFICATION) if is_trial(record) else None


@plants("IPD003")
def undecided(rng: Random, record: Record) -> str | None:
    if not is_trial(record) or get(record, _STATUS, "startDateStruct", "date") < "2019-02":
        return None
    return put(record, {"ipdSharing": "UNDECIDED"}, _SHARING) and at(_SHARING)


def _shares(record: Record, decision: str, description: str) -> str | None:
    if get(record, _SHARING) is None:
        return None
    get(record, _SHARING).clear()
    get(record, _SHARING).update(ipdSharing=decision, description=description)
    return at(_SHARING)


@plants("IPD004")
def no_but_offered(rng: Random, record: Record) -> str | None:
    said = ("Data will be shared upon request to the principal investigator.",
            "De-identified individual participant data can be obtained from the sponsor.")  # fmt: skip
    return _shares(record, "NO", rng.choice(said))


@plants("IPD005")
def yes_but_refused(rng: Random, record: Record) -> str | None:
    said = ("Individual data will not be shared.", "There is no plan to share data.")
    return _shares(record, "YES", rng.choice(said))


@plants("IPD006")
def undecided_but_decided(rng: Random, record: Record) -> str | None:
    return _shares(record, "UNDECIDED", rng.choice(("We plan to share IPD upon request.", "Yes")))


@plants("IPD007")
def nothing_said_of_sharing(rng: Random, record: Record) -> str | None:
    return _shares(record, "NO", rng.choice(("None", "Research data")))


@plants("IPD009")
def no_but_deposited(rng: Random, record: Record) -> str | None:
    if get(record, _SHARING, "ipdSharing") != "NO":
        return None
    deposited = {"id": f"EX-{rng.randrange(99)}", "type": "Individual Participant Data Set"}
    references = record["protocolSection"].setdefault("referencesModule", {})
    references["availIpds"] = [{**deposited, "url": "https://example.org/data"}]
    return at(_SHARING)


@plants("REF002")
def broken_doi(rng: Random, record: Record) -> str | None:
    cited = get(record, *_REFERENCES)
    if not cited:
        return None
    doi = rng.choice(("doi: 10.1097", "doi: doi:10.1000/ex.1"))
    return put(record, f"{cited[0]['citation']} {doi}", *_REFERENCES, 0, "citation")


@plants("REF004")
def result_before_the_start(rng: Random, record: Record) -> str | None:
    cited = get(record, *_REFERENCES)
    place = rng.randrange(len(cited)) if cited else 0
    return put(record, "RESULT", *_REFERENCES, place, "type") and at(*_REFERENCES, place) if cited else None


@plants("REF008")
def registry_as_publication(rng: Random, record: Record) -> str | None:
    if not get(record, *_REFERENCES):
        return None
    pages = (
        "https://clinicaltrials.gov/ct2/show/results/NCT01234567",
        "German register of trials, www.drks.de/DRKS00027098",
    )
    put(record, {"citation": rng.choice(pages), "type": "RESULT"}, *_REFERENCES, 0)
    return at(*_REFERENCES, 0)


def _links_to(record: Record, url: str, **label: str) -> str | None:
    return put(record, [{"url": url, **label}], *_LINKS) and at(*_LINKS, 0)


@plants("REF007")
def link_without_scheme(rng: Random, record: Record) -> str | None:
    return _links_to(record, rng.choice(("www.example.org", "our web site")), label="Page of the study")


@plants("REF010")
def link_to_a_shop(rng: Random, record: Record) -> str | None:
    shops = ("https://www.amazon.com/dp/B000000", "https://example.org/products/buy-now")
    return _links_to(record, rng.choice(shops), label="The device")


@plants("REF011")
def link_without_label(rng: Random, record: Record) -> str | None:
    return _links_to(record, f"https://example.org/study/{rng.randrange(99)}")


@plants("REG004")
def verified_long_ago(rng: Random, record: Record) -> str | None:
    submitted = get(record, _STATUS, "studyFirstSubmitDate")
    if get(record, _STATUS, "overallStatus") != "ACTIVE_NOT_RECRUITING" or submitted > "2025-04":
        return None
    return put(record, submitted[:7], _STATUS, "statusVerifiedDate")


@plants("REG008")
def results_without_protocol(rng: Random, record: Record) -> str | None:
    if "resultsSection" not in record or not began_in(record, 2018):
        return None
    del record["documentSection"]
    return ""


@plants("REG009")
def silent_about_the_fda(rng: Random, record: Record) -> str | None:
    oversight = get(record, "oversightModule")
    if not is_trial(record) or not began_in(record, 2018):
        return None
    del oversight[rng.choice(("isFdaRegulatedDrug", "isFdaRegulatedDevice"))]
    return at("oversightModule")


@plants("REG010")
def expanded_access_unnamed(rng: Random, record: Record) -> str | None:
    access = rng.choice(({}, {"nctId": get(record, _IDENTIFICATION, "nctId")}))
    return (
        put(record, {"hasExpandedAccess": True, **access}, _STATUS, "expandedAccessInfo") if is_trial(record) else None
    )


def _document(record: Record) -> Any:
    """Return the uploaded protocol of a record with results."""
    return record["documentSection"]["largeDocumentModule"]["largeDocs"][0] if "documentSection" in record else None


@plants("REG016")
def document_twice(rng: Random, record: Record) -> str | None:
    document = _document(record)
    if document is None:
        return None
    record["documentSection"]["largeDocumentModule"]["largeDocs"].append({**document, "filename": "Prot_SAP_001.pdf"})
    return _DOCUMENT.removesuffix("/0") + "/1"


@plants("REG020")
def document_of_no_type(rng: Random, record: Record) -> str | None:
    document = _document(record)
    if document is None:
        return None
    del document[rng.choice(("typeAbbrev", "date"))]
    return _DOCUMENT


@plants("REG021")
def flag_against_type(rng: Random, record: Record) -> str | None:
    document = _document(record)
    if document is None:
        return None
    document["hasIcf"] = True
    return _DOCUMENT


@plants("REG022")
def plan_denied(rng: Random, record: Record) -> str | None:
    if _document(record) is None:
        return None
    record["documentSection"]["largeDocumentModule"]["noSap"] = True
    return "/documentSection/largeDocumentModule/noSap"


@plants("REG023")
def document_from_the_future(rng: Random, record: Record) -> str | None:
    document = _document(record)
    if document is None:
        return None
    year = int(document["uploadDate"][:4]) + rng.randrange(1, 4)
    document["date"] = f"{year}-0{rng.randrange(1, 9)}-15"
    return f"{_DOCUMENT}/date"


@plants("SCH007")
def keyword_twice(rng: Random, record: Record) -> str | None:
    keywords = get(record, "conditionsModule", "keywords")
    keywords.append(rng.choice(keywords))
    return at("conditionsModule", "keywords", len(keywords) - 1)


@plants("SCH008")
def field_of_the_other_type(rng: Random, record: Record) -> str | None:
    name, value = ("timePerspective", "PROSPECTIVE") if is_trial(record) else ("interventionModel", "PARALLEL")
    return put(record, value, "designModule", "designInfo", name)


@plants("SCH009")
def results_flag_wrong(rng: Random, record: Record) -> str | None:
    record["hasResults"] = not record["hasResults"]
    return "/hasResults"
