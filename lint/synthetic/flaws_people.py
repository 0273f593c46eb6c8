"""Flaws of sponsors, people and sites."""

from __future__ import annotations

from random import Random
from typing import Any

from lint.synthetic.planting import at, drop, get, plants, put

_STATUS = "statusModule"
_PEOPLE = ("contactsLocationsModule", "overallOfficials")
_SITES = ("contactsLocationsModule", "locations")

Record = dict[str, Any]


@plants("LOC001")
def no_site(rng: Random, record: Record) -> str | None:
    if get(record, _STATUS, "overallStatus") in ("WITHDRAWN", "NOT_YET_RECRUITING"):
        return None
    drop(record, *_SITES)
    return at("contactsLocationsModule")


@plants("LOC002")
def site_twice(rng: Random, record: Record) -> str | None:
    sites = get(record, *_SITES)
    if not sites:
        return None
    sites.append(dict(rng.choice(sites)))
    return at(*_SITES, len(sites) - 1)


@plants("LOC004")
def city_in_another_country(rng: Random, record: Record) -> str | None:
    for number, site in enumerate(get(record, *_SITES) or ()):
        if site["city"] in ("Seoul", "Oslo", "Warsaw", "Prague", "Copenhagen"):
            site["country"] = "Japan"
            return at(*_SITES, number)
    return None


@plants("LOC005")
def american_site_without_state(rng: Random, record: Record) -> str | None:
    for number, site in enumerate(get(record, *_SITES) or ()):
        if site["country"] == "United States":
            del site["state"]
            return at(*_SITES, number)
    return None


@plants("LOC007")
def open_site_without_status(rng: Random, record: Record) -> str | None:
    sites = get(record, *_SITES) if get(record, _STATUS, "overallStatus") == "RECRUITING" else None
    return drop(record, *_SITES, rng.randrange(len(sites)), "status") if sites else None


@plants("ORG002")
def sponsor_as_collaborator(rng: Random, record: Record) -> str | None:
    lead = get(record, "sponsorCollaboratorsModule", "leadSponsor")
    put(record, [dict(lead)], "sponsorCollaboratorsModule", "collaborators")
    return at("sponsorCollaboratorsModule", "collaborators", 0)


@plants("PER001")
def official_twice(rng: Random, record: Record) -> str | None:
    people = get(record, *_PEOPLE)
    people.append(dict(people[0]))
    return at(*_PEOPLE, 1)


@plants("PER002")
def affiliation_in_two_spellings(rng: Random, record: Record) -> str | None:
    people = get(record, *_PEOPLE)
    name = people[0]["affiliation"]
    place = rng.randrange(2, name.index(" ") - 1)
    people.append({**people[0], "role": "STUDY_DIRECTOR", "affiliation": name[:place] + name[place + 1 :]})
    return at(*_PEOPLE, 1, "affiliation")


@plants("PER004")
def unknown_responsible_party(rng: Random, record: Record) -> str | None:
    party = {
        "type": "PRINCIPAL_INVESTIGATOR",
        "investigatorFullName": f"Ingrid {rng.choice(('Thorsen', 'Halvorsen', 'Nyberg'))}",
        "investigatorTitle": "Professor of Medicine",
        "investigatorAffiliation": get(record, *_PEOPLE, 0, "affiliation"),
    }
    return put(record, party, "sponsorCollaboratorsModule", "responsibleParty")


@plants("PER007")
def joined_degrees(rng: Random, record: Record) -> str | None:
    name = get(record, *_PEOPLE, 0, "name").removesuffix(", MD")
    return put(record, rng.choice((f"{name}, MD/PhD", f"Dr. {name}, MD", f"Prof. {name}")), *_PEOPLE, 0, "name")


@plants("PER008")
def name_of_one_word(rng: Random, record: Record) -> str | None:
    return put(record, get(record, *_PEOPLE, 0, "name").split()[1].strip(","), *_PEOPLE, 0, "name")


@plants("PER009")
def investigator_without_title(rng: Random, record: Record) -> str | None:
    party = {
        "type": "PRINCIPAL_INVESTIGATOR",
        "investigatorFullName": get(record, *_PEOPLE, 0, "name").removesuffix(", MD"),
    }
    return put(record, party, "sponsorCollaboratorsModule", "responsibleParty")


@plants("PER013")
def nobody_to_call(rng: Random, record: Record) -> str | None:
    if get(record, _STATUS, "overallStatus") != "RECRUITING":
        return None
    drop(record, "contactsLocationsModule", "centralContacts")
    for site in get(record, *_SITES) or ():
        site.pop("contacts", None)
    return at("contactsLocationsModule")


@plants("PER014")
def broken_mail_address(rng: Random, record: Record) -> str | None:
    broken = rng.choice(
        ("study(at)example.org", "study@example", "study@@example.org", "study@example.org; b@example.org")
    )
    return put(record, broken, "contactsLocationsModule", "centralContacts", 0, "email")


@plants("PER020")
def official_without_affiliation(rng: Random, record: Record) -> str | None:
    return drop(record, *_PEOPLE, 0, "affiliation")
