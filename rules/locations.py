"""LOC: study sites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from typing import Any

from lint.api import (
    DRAFT,
    ERROR,
    MEDIUM,
    NOTE,
    STRICT,
    WARNING,
    Context,
    Node,
    Problem,
    Related,
    bad,
    good,
    pattern,
    rule,
    unescape,
)
from lint.rules.readers.facts import FINAL_RULE, ONGOING, study_facts
from lint.rules.readers.people import without_accents

_LOCATIONS = "$.protocolSection.contactsLocationsModule.locations"
_L = "contactsLocationsModule.locations"
_POINTER = "/protocolSection/contactsLocationsModule/locations"
_STATUS = "statusModule.overallStatus"
_POSTED = "statusModule.studyFirstPostDateStruct"
_START = "statusModule.startDateStruct"
_BEFORE_FINAL_RULE = {"date": "2017-01", "type": "ACTUAL"}

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
            path=_POINTER + "/1"),
        bad({_L: [_site("Example Hospital", contacts=[{"name": "Anna Berg"}]), _site("Other Clinic"),
                  _site("Example Hospital")]}, path=_POINTER + "/2"),
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
    "Research Site" are left alone, as are sites in an input that shows no postal codes.
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
            sites = [site for site in sites if site.get("zip") or ctx.shown(*site.path, "zip")]
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


_WORDS_OF_BRANCHES = (
    "north south east west northern southern eastern western northeast northwest southeast southwest first second "
    "third fourth upper lower maternity paternity"
)
_BRANCHES = frozenset(_WORDS_OF_BRANCHES.split())
_MARKS = dict.fromkeys(map(ord, "\"'“”„‘’«»`,.-"))


def _alike(sites: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Return the pairs of sites in one city whose facilities have names that differ, but by a mark or a letter."""
    by_city: dict[str, dict[str, int]] = {}
    for index, site in enumerate(sites):
        by_city.setdefault(site.get("city") or "", {}).setdefault(site.get("facility") or "", index)
    pairs = []
    for indexes in by_city.values():
        if len(indexes) > 1:
            names = [(without_accents(name.lower()).translate(_MARKS), index) for name, index in indexes.items()]
            pairs += [(i, j) for (one, i), (other, j) in combinations(names, 2) if one and _are_alike(one, other)]
    return [(i, j) for i, j in pairs if not _are_two(sites[i], sites[j])]


def _are_two(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Say whether two sites of like names are told apart, or have no name of their own."""
    if one["facility"].lower() == other["facility"].lower() or _is_generic(one) or _is_generic(other):
        return True
    return bool(one.get("zip") and other.get("zip")) and one["zip"][:5] != other["zip"][:5]


def _are_alike(one: str, other: str) -> bool:
    """Say whether two names are equal, or differ by a slip in one longer word that tells no branches apart."""
    if abs(len(one) - len(other)) > 1 or (one[:4] != other[:4] and one[-4:] != other[-4:]):
        return False
    if one == other:
        return True
    start = _common(one, other)
    width = max(len(one), len(other)) - start - _common(one[:start:-1], other[:start:-1])
    begin = one.rfind(" ", 0, start) + 1
    if width > 2 or begin == start:
        return False
    if width == 2 and len(one) == len(other) and one[start] != other[start + 1]:
        return False
    words = {name[begin:].partition(" ")[0] for name in (one, other)}
    rests = {name[begin:].partition(" ")[2] for name in (one, other)}
    slip = len(words) == 2 and not words & _BRANCHES and all(word.isalpha() and len(word) > 4 for word in words)
    return slip and len(rests) == 1


def _common(one: str, other: str) -> int:
    """Return how many characters two texts share from their beginning."""
    return next((index for index, (left, right) in enumerate(zip(one, other)) if left != right), len(one))


@rule(
    "LOC003",
    "near-duplicate-facility",
    severity=NOTE,
    at=_LOCATIONS,
    when=lambda sites: len(sites) > 1 and _alike(sites),
    examples=[
        bad({_L: [_site("Universty Hospital Bern"), _site("University Hospital Bern")]},
            path=_POINTER + "/1/facility"),
        bad({_L: [_site("Clinic of Neurolgoy"), _site("Other Clinic"), _site("Clinic of Neurology")]}, note="turned"),
        bad({_L: [_site("Hospital Sveti Georgi"), _site('Hospital "Sveti Georgi"')]}, note="marks"),
        good(),
        good({_L: [_site("Research Site 101"), _site("Research Site 102")]}, note="numbered sites"),
        good({_L: [_site("Invetigational Site"), _site("Investigational Site")]}, note="sites without a name"),
        good({_L: [{**_site("Cancer Centers of Bern"), "zip": "3010"},
                   {**_site("Cancer Center of Bern"), "zip": "3027"}]}, note="two places"),
        good({_L: [_site("Clinic of Bern Northwest"), _site("Clinic of Bern Southwest")]}, note="branches"),
        good({_L: [_site("Markerville Clinic"), _site("Parkerville Clinic"), _site("Centrum PROMED"),
                   _site("Centrum ALL-MED"), _site("Clinic Wadern"), _site("Clinic Walirn")]}, note="other names"),
        good({_L: [_site("Example Hospital"), _site("Example Hospital")]}, note="equal; see LOC002"),
        good({_L: [_site("Universty Hospital"), {**_site("University Hospital"), "city": "Basel"}]}, note="two cities"),
        good({_L: [_site("Hospital No. 3 A"), _site("Hospital No. 3 B")]}, note="wards"),
    ],
)  # fmt: skip
def near_duplicate_facility(locations: Node, ctx: Context) -> Iterator[Problem]:
    """Two sites in one city have names that differ in a letter or a mark.

    Why: one hospital counts as two sites, and is found under only one of the names.
    What to do: write the name in one way, and keep one entry if it is one site.
    False positives: the names must be equal but for marks, accents, or a slip in one longer word; numbers, and
    words that tell branches apart, such as points of the compass, are left alone, as are sites with other postal codes.
    Source: PRS protocol definitions, Facility Name, https://clinicaltrials.gov/policy/protocol-definitions#FacilityName
    """
    for first, second in _alike(locations.value):
        earlier, site = locations.child(first), locations.child(second)
        names = f"'{site.text('facility')}' and '{earlier.text('facility')}'"
        yield site.problem(
            f"{names} in {site.text('city') or 'one city'} are probably one facility",
            "facility",
            hint="write the name in one way, and keep one entry if it is one site",
            related=[earlier.child("facility")],
        )


_says_nothing = pattern(
    r"(?:[A-Z][A-Za-z&.-]*(?: [A-Z][A-Za-z&.-]*)? )?(?:[Rr]esearch|[Ii]nvestigati(?:ve|onal)|[Ii]nvestigator"
    r"|[Cc]linical(?: [Tt]rial| [Rr]esearch)?|[Ss]tudy|[Tt]rial) (?:[Ss]tudy )?[Ss]ite"
    r"(?: *[#:(]| +(?:ID|No|Number|US-)|[ -]*[0-9]|$)"
    r"|(?:[Rr]esearch [Ff]acility|[Ll]ocal [Ii]nstitution|[Ii]nvestigational [Cc]ent(?:er|re))(?: ID| *-|[ :]*[0-9]|$)"
    r"|Site [#]?[0-9]|For additional information"
)


def _is_generic(site: dict[str, Any]) -> bool:
    return bool(_says_nothing().match(site.get("facility") or ""))


@rule(
    "LOC006",
    "facility-generic",
    severity=NOTE,
    profiles=STRICT,
    at=_LOCATIONS,
    when=lambda sites: any(map(_is_generic, sites)),
    examples=[
        bad({_L: [_site("Research Site")]}, path=_POINTER + "/0/facility"),
        bad({_L: [_site("Example Hospital"), _site("Example Pharma Investigational Site 12"),
                  _site("Example Pharma Investigational Site 13")]}, path=_POINTER + "/1/facility"),
        bad({_L: [_site("Local Institution - 0012")]}),
        bad({_L: [_site("Investigational Site Number :0560001")]}),
        good(),
        good({_L: [_site("Example University Hospital ( Site 0102)"), _site("Boston Clinical Research Center"),
                   _site("Example Research Sites - Tampa"), _site("Example Institute - Site of Bern")]}),
        good({_L + "[0].facility": None}, note="a facility that is missing; see LOC011"),
    ],
)  # fmt: skip
def facility_generic(locations: Node, ctx: Context) -> Iterator[Problem]:
    """A facility has a name that says nothing, such as "Research Site".

    Why: patients cannot find the place, and nobody can tell which hospitals take part.
    What to do: enter the full name of the organisation at every site.
    False positives: some sponsors hide the names of their sites by policy and may waive the rule, which belongs to the
    strict profile; centres and hospitals whose names contain such words are left alone, also with a number of the
    site behind the name.
    Source: PRS protocol definitions, Facility Name, https://clinicaltrials.gov/policy/protocol-definitions#FacilityName
    """
    sites = locations.items()
    first, *others = [site for site in sites if _is_generic(site.value)]
    name = first.text("facility")
    shown = name if len(name) < 60 else f"{name[:40].rstrip()} ..."
    how_many = f" ({len(others) + 1} of the {len(sites)} sites have such a name)" if others else ""
    yield first.problem(
        f"'{shown}' does not say which hospital or institution it is{how_many}",
        "facility",
        hint="enter the full name of the organisation at every site",
        related=[site.child("facility") for site in others],
    )


def _lack(sites: list[Node], total: int, member: str, what: str, *related: Related, reason: str = "") -> Problem:
    """Make the problem that some sites lack a member, at the first of them."""
    first, *others = sites
    city = f" in {first.text('city')}" if first.text("city") else ""
    lack = f"{len(sites)} of the {total} sites have no {what}, first the one{city}"
    return first.problem(
        reason + (lack if others else f"the site{city} has no {what}"),
        hint=f"enter the {what} of every site",
        related=[*related, *(Related(site.path) for site in others)],
        missing=member,
    )


def _is_draft(ctx: Context) -> bool:
    return not ctx.get(_POSTED) and ctx.form != "page"


def _is_recent_draft(ctx: Context) -> bool:
    return _is_draft(ctx) and ctx.memo(study_facts).began_on_or_after(FINAL_RULE)


@rule(
    "LOC007",
    "site-status-missing",
    severity=WARNING,
    confidence=MEDIUM,
    profiles=DRAFT,
    at=_LOCATIONS,
    when=lambda sites: not all(site.get("status") for site in sites),
    examples=[
        bad({_L + "[0].status": None}, path=_POINTER + "/0"),
        bad({_L: [_site("Example Hospital", status="RECRUITING"), _site("Other Clinic"), _site("Third Clinic")]},
            path=_POINTER + "/1"),
        bad({_L + "[0].status": None, _STATUS: "NOT_YET_RECRUITING", _POSTED: None}, note="a draft"),
        good(),
        good({_L + "[0].status": None, _STATUS: "COMPLETED"}),
        good({_L + "[0].status": None, _STATUS: "NOT_YET_RECRUITING"}, note="hidden in published records"),
        good({_L: None}),
    ],
)  # fmt: skip
def site_status_missing(locations: Node, ctx: Context) -> Iterator[Problem]:
    """A site of an open study has no recruitment status.

    Why: patients want to know which of the sites takes them.
    What to do: give every site its own status.
    False positives: published records show the status of sites only while the study recruits: others are looked at
    only in drafts, which the text of a page is not.
    Source: PRS protocol definitions, Individual Site Status, https://clinicaltrials.gov/policy/protocol-definitions#IndividualSiteStatus
    """
    status = ctx.get(_STATUS)
    if status == "RECRUITING" or (status in ONGOING and _is_draft(ctx)):
        sites = locations.items()
        lacking = [site for site in sites if not site.get("status")]
        reason = f"overallStatus is {status}, but "
        yield _lack(lacking, len(sites), "status", "status", Related(ctx.node(_STATUS).path), reason=reason)


@rule(
    "LOC011",
    "facility-missing",
    severity=ERROR,
    confidence=MEDIUM,
    profiles=DRAFT,
    at=_LOCATIONS,
    when=lambda sites: not all(site.get("facility") for site in sites),
    examples=[
        bad({_L + "[0].facility": None, _POSTED: None}, path=_POINTER + "/0"),
        bad({_L: [_site("Example Hospital"), _site("")], _POSTED: None,
             _START: {"date": "2017-01-18", "type": "ACTUAL"}}, path=_POINTER + "/1"),
        good(),
        good({_L + "[0].facility": None}, note="a published record"),
        good({_L + "[0].facility": None, _POSTED: None, _START: _BEFORE_FINAL_RULE},
             note="perhaps before the Final Rule"),
        good({_L: None, _POSTED: None}),
    ],
)  # fmt: skip
def facility_missing(locations: Node, ctx: Context) -> Iterator[Problem]:
    """A site of a draft has no facility.

    Why: the registry requires the name of the place for studies that began on or after 18 January 2017; patients
    have to find it.
    What to do: enter the full name of the organisation at every site.
    False positives: published records and studies that began earlier are left alone, because the registry hides
    facilities of some studies, and asked for fewer before.
    Source: PRS protocol definitions, Facility Name, https://clinicaltrials.gov/policy/protocol-definitions#FacilityName
    """
    if _is_recent_draft(ctx):
        sites = locations.items()
        yield _lack([site for site in sites if not site.get("facility")], len(sites), "facility", "facility")


def _has_no_zip(site: dict[str, Any]) -> bool:
    return site.get("country") == "United States" and not site.get("zip")


@rule(
    "LOC012",
    "us-zip-missing",
    severity=ERROR,
    confidence=MEDIUM,
    profiles=DRAFT,
    at=_LOCATIONS,
    when=lambda sites: any(map(_has_no_zip, sites)),
    examples=[
        bad({_L: [_site("Example Clinic", "", country="United States")], _POSTED: None}, path=_POINTER + "/0"),
        bad({_L: [_site("Example Clinic"), _site("Other Clinic", "", country="United States")], _POSTED: None},
            path=_POINTER + "/1"),
        good(),
        good({_L: [_site("Example Clinic", "", country="United States")]}, note="a published record"),
        good({_L: [_site("Example Clinic", "")], _POSTED: None}, note="another country"),
        good({_L: [_site("Example Clinic", "", country="United States")], _POSTED: None, _START: _BEFORE_FINAL_RULE},
             note="perhaps before the Final Rule"),
    ],
)  # fmt: skip
def us_zip_missing(locations: Node, ctx: Context) -> Iterator[Problem]:
    """A site of a draft in the United States has no ZIP code.

    Why: the registry requires the code for studies that began on or after 18 January 2017; distance searches of
    patients start from it.
    What to do: enter the ZIP code of every site in the United States.
    False positives: published records and studies that began earlier are left alone, because public copies lack the
    codes of some industry trials; other countries need none.
    Source: PRS protocol definitions, Facility ZIP, https://clinicaltrials.gov/policy/protocol-definitions#FacilityZip
    """
    if _is_recent_draft(ctx):
        sites = locations.items()
        yield _lack([site for site in sites if _has_no_zip(site.value)], len(sites), "zip", "ZIP code")
