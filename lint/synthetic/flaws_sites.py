"""Flaws of sites, contacts and names."""

from __future__ import annotations

from random import Random
from typing import Any

from lint.synthetic.planting import at, get, plants, put

_PEOPLE = ("contactsLocationsModule", "overallOfficials")
_SITES = ("contactsLocationsModule", "locations")
_CONTACTS = ("contactsLocationsModule", "centralContacts")
_PARTY = ("sponsorCollaboratorsModule", "responsibleParty")

Record = dict[str, Any]


def _slip(rng: Random, name: str) -> str:
    """Drop a letter amid one of the longer words."""
    word = rng.choice([word for word in name.split() if len(word) > 6])
    place = name.index(word) + rng.randrange(2, len(word) - 2)
    return name[:place] + name[place + 1 :]


def _site_in(record: Record, country: str) -> tuple[int, Record] | None:
    sites = get(record, *_SITES) or ()
    return next(((place, site) for place, site in enumerate(sites) if site["country"] == country), None)


@plants("LOC003")
def facility_misspelt(rng: Random, record: Record) -> str | None:
    sites = get(record, *_SITES)
    if not sites:
        return None
    place = rng.randrange(len(sites))
    sites.append({**sites[place], "facility": _slip(rng, sites[place]["facility"])})
    return at(*_SITES)


@plants("LOC008")
def country_by_another_name(rng: Random, record: Record) -> str | None:
    country, other = rng.choice((("United States", "USA"), ("United Kingdom", "England"), ("Germany", "Deutschland")))
    found = _site_in(record, country)
    if found is None:
        return None
    for site in get(record, *_SITES):
        site["country"] = other if site["country"] == country else site["country"]
    return at(*_SITES, found[0], "country")


@plants("LOC009")
def city_in_capitals(rng: Random, record: Record) -> str | None:
    sites = get(record, *_SITES)
    if not sites:
        return None
    place = rng.randrange(len(sites))
    city = sites[place]["city"]
    return put(
        record, city.lower() if len(city) < 5 else rng.choice((city.upper(), city.lower())), *_SITES, place, "city"
    )


@plants("LOC010")
def broken_zip_code(rng: Random, record: Record) -> str | None:
    found = _site_in(record, "United States")
    if found is None:
        return None
    code = found[1]["zip"]
    return put(record, rng.choice((code[:4], f"{code},", f"{code}0")), *_SITES, found[0], "zip")


@plants("LOC013")
def zip_code_of_another_state(rng: Random, record: Record) -> str | None:
    found = _site_in(record, "United States")
    if found is None:
        return None
    codes = {"02115", "60611", "77030", "98104", "30322", "80204"} - {found[1]["zip"]}
    return put(record, rng.choice(sorted(codes)), *_SITES, found[0], "zip")


@plants("ORG001")
def sponsor_misspelt(rng: Random, record: Record) -> str | None:
    lead = get(record, "sponsorCollaboratorsModule", "leadSponsor")
    founder = lead["name"].split()[0]
    if len(founder) < 7:
        return None
    place = rng.randrange(2, len(founder) - 1)
    slip = lead["name"].replace(founder, founder[:place] + founder[place + 1 :])
    put(record, [{**lead, "name": slip}], "sponsorCollaboratorsModule", "collaborators")
    return at("sponsorCollaboratorsModule")


@plants("PER003")
def name_in_two_spellings(rng: Random, record: Record) -> str | None:
    given, family = get(record, *_PEOPLE, 0, "name").removesuffix(", MD").split()
    if len(family) < 6:
        return None
    party = {
        "type": "PRINCIPAL_INVESTIGATOR",
        "investigatorFullName": f"{given} {family[:2]}{family[3:]}",
        "investigatorTitle": "Professor of Medicine",
        "investigatorAffiliation": get(record, *_PEOPLE, 0, "affiliation"),
    }
    return put(record, party, *_PARTY)


@plants("PER006")
def department_as_official(rng: Random, record: Record) -> str | None:
    return put(record, rng.choice(("Clinical Trial Management", "Medical Director")), *_PEOPLE, 0, "name")


@plants("PER010")
def department_as_title(rng: Random, record: Record) -> str | None:
    department = rng.choice(("Neurology", "Internal Medicine", "Cardiology"))
    party = {
        "type": "PRINCIPAL_INVESTIGATOR",
        "investigatorFullName": get(record, *_PEOPLE, 0, "name").removesuffix(", MD"),
        "investigatorTitle": f"Department of {department}",
        "investigatorAffiliation": get(record, *_PEOPLE, 0, "affiliation"),
    }
    return put(record, party, *_PARTY) and at(*_PARTY, "investigatorTitle")


@plants("PER012")
def mail_address_as_affiliation(rng: Random, record: Record) -> str | None:
    return put(record, f"office{rng.randrange(9)}@example.org", *_PEOPLE, 0, "affiliation")


@plants("PER015")
def telephone_of_zeros(rng: Random, record: Record) -> str | None:
    return put(record, rng.choice(("000", "000-000-0000")), *_CONTACTS, 0, "phone")


@plants("PER016")
def contact_twice(rng: Random, record: Record) -> str | None:
    contacts = get(record, *_CONTACTS)
    if not contacts:
        return None
    contacts.append(
        {**contacts[0], "name": rng.choice((contacts[0]["name"], contacts[0]["name"].removesuffix(", MD")))}
    )
    return at(*_CONTACTS, 1)


@plants("PER017")
def name_in_one_case(rng: Random, record: Record) -> str | None:
    name = get(record, *_PEOPLE, 0, "name").removesuffix(", MD")
    return put(record, rng.choice((name.upper(), name.lower())), *_PEOPLE, 0, "name")


@plants("PER018")
def nobody_at_the_contact(rng: Random, record: Record) -> str | None:
    contacts = get(record, *_CONTACTS)
    if not contacts:
        return None
    contacts.append({"name": "Johanna Falk, MD", "role": "CONTACT"})
    return at(*_CONTACTS, 1)


@plants("PER019")
def contact_without_telephone(rng: Random, record: Record) -> str | None:
    contacts = get(record, *_CONTACTS)
    if not contacts:
        return None
    del contacts[0][rng.choice(("phone", "email"))]
    return at(*_CONTACTS)
