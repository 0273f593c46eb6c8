"""LOC: study sites."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from lint.api import WARNING, Context, Node, Problem, bad, good, pattern, rule

_LOCATIONS = "$.protocolSection.contactsLocationsModule.locations"
_L = "contactsLocationsModule.locations"

_GENERIC = pattern(
    r"\b(?:sites?|investigat[a-z]*|study|trial|research facility|local institution|novo nordisk|for additional)\b|[0-9]"
)


def _site(facility: str, zip_code: str = "3010", **more: object) -> dict[str, object]:
    return {"facility": facility, "city": "Bern", "zip": zip_code, "country": "Switzerland", **more}


@rule(
    "LOC002",
    "duplicate-location",
    severity=WARNING,
    at=_LOCATIONS,
    examples=[
        bad({_L: [_site("Example Hospital"), _site("Example hospital")]},
            path="/protocolSection/contactsLocationsModule/locations/1"),
        good(),
        good({_L: [_site("Example Hospital"), _site("Example Hospital", "3012")]}, note="two postal codes"),
        good({_L: [_site("Example Hospital"), _site("Example Hospital, Neurology")]}, note="a department"),
        good({_L: [_site("Research Site"), _site("Research Site")]}, note="names that say nothing"),
        good({_L: [_site("Example Hospital", contacts=[{"name": "Anna Berg"}]),
                   _site("Example Hospital", contacts=[{"name": "Per Holm"}])]}, note="two investigators"),
    ],
)  # fmt: skip
def duplicate_location(locations: Node, ctx: Context) -> Iterator[Problem]:
    """One site is listed twice.

    Why: the study seems to have more sites than it has.
    What to do: remove the second entry, or say what tells the two apart, such as the department.
    False positives: other departments, other postal codes, other contacts and names such as
    "Research Site" are left alone.
    Source: PRS protocol definitions, Facility, https://clinicaltrials.gov/policy/protocol-definitions#Facility
    """
    names = [site.get("facility") for site in locations.value]
    if len(names) < 2 or len({name.casefold() for name in names if name}) == len(names):
        return
    seen: dict[tuple[str, ...], list[Node]] = {}
    for site in locations.items():
        facility = site.text("facility").casefold()
        if facility:
            place = tuple(site.text(name).casefold() for name in ("city", "state", "zip", "country"))
            seen.setdefault((facility, *place), []).append(site)
    for (facility, *_), sites in seen.items():
        if len(sites) > 1 and not _GENERIC().search(facility) and not _told_apart(sites):
            times = "twice" if len(sites) == 2 else f"{len(sites)} times"
            yield sites[1].problem(
                f"'{sites[1].text('facility')}' in {sites[1].text('city') or 'one city'} is listed {times}",
                hint="remove the extra entry, or say what tells the sites apart",
                related=[sites[0], *sites[2:]],
            )


def _told_apart(sites: list[Node]) -> bool:
    contacts = [{person.text("name") for person in site.items("contacts")} for site in sites]
    return any(one and other and one != other for one, other in pairwise(contacts))
