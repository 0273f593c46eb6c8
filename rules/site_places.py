"""LOC: the city, state, postal code and country of a site, against each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lint.api import ERROR, NOTE, WARNING, Context, Edit, Fix, Node, Problem, bad, good, rule
from lint.rules.readers.cities import is_elsewhere
from lint.rules.readers.countries import country_code, registry_name, similar_country
from lint.rules.readers.us_states import states, states_of_zip

_LOCATIONS = "$.protocolSection.contactsLocationsModule.locations"
_L = "contactsLocationsModule.locations"
_POINTER = "/protocolSection/contactsLocationsModule/locations"


def _site(city: str, country: str, **more: str) -> dict[str, str]:
    return {"facility": "Example Hospital", "status": "RECRUITING", "city": city, "country": country, **more}


def _us(city: str, state: str, code: str) -> dict[str, str]:
    return _site(city, "United States", state=state, zip=code)


def _distinct(locations: Node, *members: str) -> dict[tuple[str, ...], list[Node]]:
    """Group the sites by what some members of them say."""
    groups: dict[tuple[str, ...], list[Node]] = {}
    for site in locations.items():
        groups.setdefault(tuple(site.text(member) for member in members), []).append(site)
    return groups


@rule(
    "LOC004",
    "city-country-mismatch",
    severity=ERROR,
    at=_LOCATIONS,
    when=lambda sites: any(is_elsewhere(site.get("city") or "", site.get("country") or "") for site in sites),
    examples=[
        bad({_L: [_site("Nanjing", "Japan")]}, path=_POINTER + "/0/city"),
        bad({_L: [_site("Bern", "Switzerland"), _site("Singapore", "Malaysia")]}, path=_POINTER + "/1/city"),
        good(),
        good({_L: [_site("Nanjing", "China"), _site("Paris", "France")]}),
        good({_L: [_us("Paris", "Texas", "75460"), _us("Dublin", "Ohio", "43016")]}, note="cities of one name"),
        good({_L: [_site("Leningrad", "Russia"), _site("Exampletown", "Japan")]}, note="names that nobody knows"),
        good({_L: [_site("Nanjing", "Atlantis")]}, note="a country that nobody knows; see LOC008"),
        good({_L: [_site("Hong Kong", "China"), _site("Jerusalem", "Palestine")]}, note="disputed or special places"),
    ],
)  # fmt: skip
def city_country_mismatch(locations: Node, ctx: Context) -> Iterator[Problem]:
    """The city of a site lies in another country.

    Why: patients look for the study in the wrong place, and counts by country are wrong.
    What to do: correct the city or the country.
    False positives: only names of cities of more than 600,000 people are looked at, and only in
    countries where no place of the name is known; names in more than five countries, places whose
    country is disputed, old names and unknown countries are left alone. Coordinates are not
    compared: the registry makes them from the city and the country itself.
    Source: GeoNames, https://www.geonames.org/; PRS protocol definitions, City,
    https://clinicaltrials.gov/policy/protocol-definitions#FacilityCity
    """
    for (city, country), sites in _distinct(locations, "city", "country").items():
        if is_elsewhere(city, country):
            yield sites[0].problem(
                f"'{city}' is not known to be in the country of the site, {country}",
                "city",
                hint="correct the city or the country of the site",
                related=[sites[0].child("country"), *(site.child("city") for site in sites[1:])],
            )


@rule(
    "LOC008",
    "country-name-nonstandard",
    severity=WARNING,
    at=_LOCATIONS,
    fixable=True,
    when=lambda sites: any(not country_code(site.get("country") or "United States") for site in sites),
    examples=[
        bad({_L: [_us("Boston", "Massachusetts", "02114") | {"country": "USA"}]}, path=_POINTER + "/0/country"),
        bad({_L: [_site("Leeds", "England"), _site("York", "England")]}, path=_POINTER + "/0/country"),
        bad({_L: [_site("Bern", "switzerland")]}, note="small letters"),
        bad({_L: [_site("Bern", "Swizerland")]}, note="a slip"),
        good(),
        good({_L: [_site("Ankara", "Turkey (Türkiye)"), _site("Izmir", "Turkey"), _site("Busan", "Korea, Republic of"),
                   _site("Seoul", "South Korea"), _site("Omsk", "Russian Federation")]},
             note="names that the registry uses or used"),
        good({_L: [_site("Exampletown", "Atlantis"), {"facility": "Example Hospital"}]}, note="unknown, or none"),
    ],
)  # fmt: skip
def country_name_nonstandard(locations: Node, ctx: Context) -> Iterator[Problem]:
    """A country is written in another way than the registry writes it.

    Why: searches and counts by country compare the names letter by letter.
    What to do: write the name as the registry does; the fix does it where it is certain.
    False positives: the registry changed names (Russian Federation to Russia, Turkey to Turkey (Türkiye)): the
    earlier ones are left alone, and so are names that resemble no known one.
    Source: ClinicalTrials.gov country names, https://clinicaltrials.gov/data-api/about-api/study-data-structure
    """
    for (country,), sites in _distinct(locations, "country").items():
        if not country or country_code(country):
            continue
        known = registry_name(country)
        meant = known or similar_country(country)
        if meant:
            edits = tuple(Edit((*site.path, "country"), meant) for site in sites)
            yield sites[0].problem(
                f"'{country}' is not how the registry writes {meant}",
                "country",
                hint=f"write '{meant}'",
                related=[site.child("country") for site in sites[1:]],
                fix=Fix(f"write '{meant}'", edits, safe=bool(known)),
            )


_PARTICLE_WORDS = "a al am an and au d da de del den der des di do dos du e el en la las le les los of sur y"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())


def _cased(city: str) -> str:
    words = city.lower().split(" ")
    return " ".join(word if number and word in _PARTICLES else word.title() for number, word in enumerate(words))


def _is_shouted(site: dict[str, Any]) -> bool:
    city = site.get("city") or ""
    return (city.isupper() and len(city) > 4) or (city.islower() and len(city) > 3)


@rule(
    "LOC009",
    "all-caps-place",
    severity=NOTE,
    at=_LOCATIONS,
    fixable=True,
    when=lambda sites: any(map(_is_shouted, sites)),
    examples=[
        bad({_L: [_site("NANJING", "China")]}, path=_POINTER + "/0/city"),
        bad({_L: [_site("Bern", "Switzerland"), _site("rio de janeiro", "Brazil")]}, path=_POINTER + "/1/city"),
        good(),
        good({_L: [_site("CABA", "Argentina")]}, note="an acronym"),
        good({_L: [_site("'s-Hertogenbosch", "Netherlands"), _site("南京", "China")]}, note="as it is written"),
    ],
)  # fmt: skip
def all_caps_place(locations: Node, ctx: Context) -> Iterator[Problem]:
    """The name of a city is written in capitals or in small letters throughout.

    Why: the registry shows it so, and programs that compare names letter by letter see another city.
    What to do: write the first letter of each word large.
    False positives: words of up to four capitals may be acronyms, such as CABA for Buenos Aires; facilities are
    left alone, because their acronyms cannot be told.
    Source: PRS protocol definitions, City, https://clinicaltrials.gov/policy/protocol-definitions#FacilityCity
    """
    for (city,), sites in _distinct(locations, "city").items():
        if _is_shouted({"city": city}):
            letters = "capitals" if city.isupper() else "small letters"
            yield sites[0].problem(
                f"'{city}' is written in {letters} throughout",
                "city",
                hint=f"write '{_cased(city)}'",
                related=[site.child("city") for site in sites[1:]],
                fix=Fix(
                    f"write '{_cased(city)}'",
                    tuple(Edit((*site.path, "city"), _cased(city)) for site in sites),
                    safe=True,
                ),
            )


def _is_in_another_state(site: dict[str, Any]) -> bool:
    code = site.get("zip")
    if not code or site.get("country") != "United States":
        return False
    found = states_of_zip(code)
    return (
        bool(found)
        and site.get("state") not in found
        and "military post" not in found
        and site.get("state") in states()
    )


@rule(
    "LOC013",
    "zip-of-another-state",
    severity=WARNING,
    at=_LOCATIONS,
    when=lambda sites: any(map(_is_in_another_state, sites)),
    examples=[
        bad({_L: [_us("Boston", "New York", "02114")]}, path=_POINTER + "/0/zip"),
        bad({_L: [_us("Boston", "Massachusetts", "02114"), _us("Chicago", "Illinois", "06061")]},
            path=_POINTER + "/1/zip"),
        good(),
        good({_L: [_us("Boston", "Massachusetts", "02114-2621"), _us("Texarkana", "Arkansas", "75504")]}),
        good({_L: [_us("Boston", "Mass.", "02114"), _us("Boston", "Massachusetts", "2114"),
                   _us("Madison", "Wisconsin", "553792")]},
             note="a state that nobody knows; a lost zero and a digit too many are for LOC010"),
        good({_L: [_us("Fort Example", "Georgia", "09012")]}, note="a military post office"),
        good({_L: [_site("Exampletown", "Canada", state="New York", zip="02114")]}, note="another country"),
    ],
)  # fmt: skip
def zip_of_another_state(locations: Node, ctx: Context) -> Iterator[Problem]:
    """The ZIP code of a U.S. site belongs to another state.

    Why: distance searches start from the code, so patients of one of the two places miss the site.
    What to do: correct the ZIP code or the state.
    False positives: only the first three digits are looked at, which belong to one state but for the few towns
    that the table names twice; military post offices, codes of another length and unknown states are left alone.
    Source: https://pe.usps.com/text/dmm300/L002.htm; PRS protocol definitions, Facility ZIP,
    https://clinicaltrials.gov/policy/protocol-definitions#FacilityZip
    """
    for site in locations.items():
        if _is_in_another_state(site.value):
            yield site.problem(
                f"'{site.text('zip')}' is a ZIP code of {' or '.join(states_of_zip(site.text('zip')))}, "
                f"but the state is {site.text('state')}",
                "zip",
                hint="correct the ZIP code or the state",
                related=[site.child("state")],
            )
