"""LOC: study sites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from lint.api import WARNING, Context, Node, Problem, bad, good, pattern, rule, unescape

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
    if len(locations.value) < 2:
        return
    by_name: dict[str, list[int]] = {}
    for index, site in enumerate(locations.value):
        by_name.setdefault(unescape(site.get("facility") or "").strip().casefold(), []).append(index)
    if len(by_name) == len(locations.value):
        return
    for name, indexes in by_name.items():
        if name and len(indexes) > 1 and not _GENERIC().search(name):
            sites = [locations.child(index) for index in indexes]
            yield from filter(None, map(_repetition, _by_place(sites)))


def _by_place(sites: list[Node]) -> Iterable[list[Node]]:
    places: dict[tuple[str, ...], list[Node]] = {}
    for site in sites:
        place = tuple(site.text(name).casefold() for name in ("city", "state", "zip", "country"))
        places.setdefault(place, []).append(site)
    return places.values()


def _repetition(sites: list[Node]) -> Problem | None:
    if len(sites) < 2 or _told_apart(sites):
        return None
    times = "twice" if len(sites) == 2 else f"{len(sites)} times"
    return sites[1].problem(
        f"'{sites[1].text('facility')}' in {sites[1].text('city') or 'one city'} is listed {times}",
        hint="remove the extra entry, or say what tells the sites apart",
        related=[sites[0], *sites[2:]],
    )


def _told_apart(sites: list[Node]) -> bool:
    contacts = [{person.text("name") for person in site.items("contacts")} for site in sites]
    return any(one and other and one != other for one, other in pairwise(contacts))
