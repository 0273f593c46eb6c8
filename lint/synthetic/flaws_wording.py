"""Flaws of wording: texts that break off, titles that say nothing, units, other languages."""

from __future__ import annotations

from random import Random
from typing import Any

from lint.synthetic.planting import arms, at, get, plants, put

_SUMMARY = ("descriptionModule", "briefSummary")
_DETAILS = ("descriptionModule", "detailedDescription")
_BRIEF_TITLE = ("identificationModule", "briefTitle")
_OFFICIAL_TITLE = ("identificationModule", "officialTitle")
_ARMS = ("armsInterventionsModule", "armGroups")

Record = dict[str, Any]


@plants("TXT005")
def summary_breaks_off(rng: Random, record: Record) -> str | None:
    end = rng.choice((" and the", " because of", " with the", " of"))
    return put(record, get(record, *_SUMMARY).rstrip(".") + end, *_SUMMARY)


@plants("TXT019")
def drug_with_two_names(rng: Random, record: Record) -> str | None:
    if not arms(record):
        return None
    put(record, f"{get(record, *_DETAILS)} Fever is treated with paracetamol.", *_DETAILS)
    said = get(record, *_ARMS, 0, "description")
    return put(record, f"{said} Acetaminophen may be added.", *_ARMS, 0, "description") and "/protocolSection"


@plants("TXT021")
def title_in_french(rng: Random, record: Record) -> str | None:
    title = rng.choice(
        (
            "Évaluation de l'effet du traitement chez les adultes qui ont une maladie chronique",
            "Évaluation D'une Application D'éducation Dans La Prise En Charge De La Maladie Chronique",
        )
    )
    return put(record, title, *_OFFICIAL_TITLE)


@plants("TXT022")
def past_of_what_is_planned(rng: Random, record: Record) -> str | None:
    if get(record, "statusModule", "overallStatus") != "NOT_YET_RECRUITING" or not arms(record):
        return None
    said = rng.choice(("The tablets were given every morning.", "One tablet was administered every morning."))
    return put(record, said, *_ARMS, 0, "description")


@plants("TXT027")
def title_of_a_number(rng: Random, record: Record) -> str | None:
    return put(record, rng.choice(("Study 1", "Trial 2", "Protocol 12-A")), *_BRIEF_TITLE)


@plants("TXT028")
def damaged_amount(rng: Random, record: Record) -> str | None:
    amount = rng.choice((".5 mg", "5 ?g", "2,5 mg"))
    return put(record, f"{get(record, *_DETAILS)} The reserve holds {amount} of the drug.", *_DETAILS)


@plants("TXT030")
def impossible_plural(rng: Random, record: Record) -> str | None:
    said = rng.choice(
        ("Many patients have imaging evidences of this.", "The quality of life in patients are very poor.")
    )
    return put(record, f"{get(record, *_SUMMARY)} {said}", *_SUMMARY)


@plants("TXT031")
def criteria_in_the_description(rng: Random, record: Record) -> str | None:
    criteria = get(record, "eligibilityModule", "eligibilityCriteria")
    return put(record, f"{get(record, *_DETAILS)}\n\n{criteria}", *_DETAILS)


@plants("TXT032")
def sponsor_as_title(rng: Random, record: Record) -> str | None:
    name = get(record, "sponsorCollaboratorsModule", "leadSponsor", "name")
    return put(record, name, *_OFFICIAL_TITLE) if "Hospital" in name or "Medical Center" in name else None


@plants("TXT034")
def appendix_that_is_elsewhere(rng: Random, record: Record) -> str | None:
    part = rng.choice(("in Section 7.3 of this protocol", "in Appendix 13.4", "in Table 2"))
    return put(record, f"{get(record, *_DETAILS)} Prohibited medicines are listed {part}.", *_DETAILS)


@plants("TXT036")
def title_in_small_letters(rng: Random, record: Record) -> str | None:
    place = rng.choice((_BRIEF_TITLE, _OFFICIAL_TITLE))
    title = get(record, *place)
    return put(record, f"{rng.choice(('the effect of', 'effects of'))} {title}", *place)


@plants("TXT002")
def no_detailed_description(rng: Random, record: Record) -> str | None:
    del get(record, "descriptionModule")["detailedDescription"]
    return at("descriptionModule")
