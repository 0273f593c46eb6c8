"""XRC: names of people, sites and organisations that records of one sponsor write in several ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from lint.api import LOW, MEDIUM, NOTE, STRICT, Clash, Context, Fact, Node, across, bad, good
from lint.rules.readers.names import written_differently
from lint.rules.readers.organisations import is_own_name, is_shortened, is_slip, legal_forms, plain_name, rare_words
from lint.rules.readers.people import is_person, name_parts

_OFFICIALS = "contactsLocationsModule.overallOfficials"
_LOCATIONS = "contactsLocationsModule.locations"
_SPONSOR = "sponsorCollaboratorsModule.leadSponsor.name"
_COLLABORATORS = "sponsorCollaboratorsModule.collaborators"
_P = "/protocolSection/"


def _sponsor(section: Node) -> str:
    return section.text("sponsorCollaboratorsModule", "leadSponsor", "name").casefold()


def _variants(facts: Sequence[Fact], differ: Callable[[str, str], str]) -> Iterator[Clash]:
    """Find names that are variants of another: one without abbreviation, more frequent, of known words, or longer.

    The name is the first value of a fact; ``differ`` says how two names of one bearer differ, else "".
    """
    by_name: dict[str, list[Fact]] = {}
    for fact in facts:
        by_name.setdefault(str(fact.values[0]), []).append(fact)
    if len(by_name) < 2:
        return
    records = {name: len({fact.sequence for fact in those}) for name, those in by_name.items()}
    usual: dict[str, tuple[str, str]] = {}
    better = sorted(by_name, key=lambda name: (is_shortened(name), -records[name], rare_words(name), -len(name)))
    for one, other in combinations(better, 2):
        if other not in usual and one not in usual:
            way = differ(one, other)
            if way:
                usual[other] = one, way
    for name, (model, way) in usual.items():
        example = by_name[model][0]
        told = {example.sequence}
        for fact in by_name[name]:
            if fact.sequence not in told:
                told.add(fact.sequence)
                yield fact.clash(
                    f"'{name}' here and '{model}' in {example.whose} are probably one, {way}",
                    hint="write the name in one way in all records",
                    related=[example],
                )


def _people(section: Node, ctx: Context) -> Iterator[Fact]:
    """Yield the officials and the investigator who answers, under the sponsor and their initials."""
    sponsor = _sponsor(section)
    places = [official.child("name") for official in section.items("contactsLocationsModule", "overallOfficials")]
    places.append(section.child("sponsorCollaboratorsModule", "responsibleParty", "investigatorFullName"))
    for place in places:
        name = place.text()
        parts = name_parts(name)
        if len(parts) > 1 and is_person(name):
            initials = sorted((parts[0][0], parts[-1][0]))
            yield place.fact(f"{sponsor}|{''.join(initials)}", name)


def _official(name: str) -> dict[str, object]:
    return {_OFFICIALS: [{"name": name, "affiliation": "Example University", "role": "PRINCIPAL_INVESTIGATOR"}]}


@across(
    "XRC008",
    "person-name-varies",
    severity=NOTE,
    confidence=MEDIUM,
    facts=_people,
    examples=[
        bad(_official("Anna Berg, MD"), also=[_official("Berg Anna")],
            path=_P + "contactsLocationsModule/overallOfficials/0/name"),
        bad(_official("Giulia Fontana"), also=[_official("Giulia Fontanna")], note="a slip"),
        good(_official("Anna Berg, MD"), also=[_official("Anna M. Berg"), _official("Dr. Anna Berg")],
             note="degrees and middle names make no difference"),
        good(_official("Anna Berg"), also=[_official("Anna Holm"), _official("Per Berg")], note="other people"),
        good(_official("Anna Berg"), also=[{**_official("Berg Anna"), _SPONSOR: "Another Sponsor"}]),
    ],
)  # fmt: skip
def person_name_varies(facts: Sequence[Fact]) -> Iterator[Clash]:
    """Records of one sponsor write the name of one person in several ways.

    Why: programs count two people; a list of an investigator's studies is incomplete.
    What to do: write the name in one way in all records, the given name first and in full.
    False positives: degrees, accents and middle names make no difference; two people may share a name but for a letter.
    The spelling of most records counts as the right one.
    Source: https://doi.org/10.1371/journal.pone.0228003; PRS protocol definitions, Overall Study Officials,
    https://clinicaltrials.gov/policy/protocol-definitions#StudyOfficials
    """
    yield from _variants(facts, written_differently)


def _sites(section: Node, ctx: Context) -> Iterator[Fact]:
    """Yield the facilities under their sponsor, country and city."""
    sponsor = _sponsor(section)
    for location in section.items("contactsLocationsModule", "locations"):
        facility, city = location.get("facility"), location.get("city")
        if facility and city and is_own_name(facility):
            key = f"{sponsor}|{location.get('country')}|{city.casefold()}"
            yield location.child("facility").fact(key, facility)


def _site(name: str, city: str = "Basel") -> dict[str, object]:
    return {_LOCATIONS: [{"facility": name, "city": city, "country": "Switzerland"}]}


@across(
    "XRC014",
    "site-name-varies",
    severity=NOTE,
    profiles=STRICT,
    facts=_sites,
    examples=[
        bad(_site("University Hospital Basel"), also=[_site("Univ. Hospital, Basel")],
            path=_P + "contactsLocationsModule/locations/0/facility"),
        bad(_site("Markerville Clinic"), also=[_site("Markervile Clinic")], note="a slip"),
        good(_site("University Hospital Basel"), also=[_site("Markerville Clinic")]),
        good(_site("Basel Clinic"), also=[_site("Basel CLINIC")], note="capitals make no difference"),
        bad(_site("Markerville Hosp. Clinic"), also=[_site("Markerville Hospital Clinic")],
            note="the abbreviation is reported, whichever was first"),
        good(_site("Site 143"), also=[_site("Site #143")], note="a number, no name"),
        good(_site("Investigational Site"), also=[_site("Investigationl Site")], note="no name of a site"),
        good(_site("Example Site 12"), also=[_site("Example Site 13")], note="numbers tell sites apart"),
        good(_site("University Hospital Basel"), also=[_site("Univ. Hospital, Basel", "Bern")], note="another city"),
    ],
)  # fmt: skip
def site_name_varies(facts: Sequence[Fact]) -> Iterator[Clash]:
    """Records of one sponsor write the name of one site in several ways.

    Why: programs count two sites, and searches by the name find a part of its studies.
    What to do: write the name in one way in all records.
    False positives: only within one city; the names must be equal but for abbreviations, punctuation, the order
    of the words, or a letter or two. A name that is spelled out, else the spelling of most records, counts as the
    right one.
    Source: PRS protocol definitions, Facility Name, https://clinicaltrials.gov/policy/protocol-definitions#Facility
    """
    yield from _variants(facts, _differ)


def _organisations(section: Node, ctx: Context) -> Iterator[Fact]:
    places = [one.child("name") for one in section.items("sponsorCollaboratorsModule", "collaborators")]
    for place in (section.child("sponsorCollaboratorsModule", "leadSponsor", "name"), *places):
        if place.text():
            yield place.fact(plain_name(place.text()), place.text())


@across(
    "XRC015",
    "organisation-name-varies",
    severity=NOTE,
    confidence=LOW,
    profiles=STRICT,
    facts=_organisations,
    examples=[
        bad({_SPONSOR: "University of Example"}, also=[{_COLLABORATORS: [{"name": "Example Univ."}]}],
            path=_P + "sponsorCollaboratorsModule/collaborators/0/name"),
        bad({_SPONSOR: "Specimen Therapeutics, Inc."}, also=[{_SPONSOR: "Specimen Therapeutics Inc"}]),
        good(also=[{}]),
        good({_SPONSOR: "Specimen Inc."}, also=[{_SPONSOR: "Specimen GmbH"}], note="two firms of a group"),
        good({_SPONSOR: "Example Medical Center"}, also=[{_SPONSOR: "Example University Medical Center"}]),
    ],
)  # fmt: skip
def organisation_name_varies(facts: Sequence[Fact]) -> Iterator[Clash]:
    """Sponsors and collaborators of several records are one organisation, whose name is written in several ways.

    Why: counts by sponsor see two organisations, and searches find a part of its studies.
    What to do: choose the organisation from the registry's list where it has one, or write its name in one way.
    False positives: the names must be equal but for abbreviations, punctuation, the order of the words, and a legal
    form that one of them leaves out; a group may have given two of its firms names as similar as that.
    The spelling of most records counts as the right one.
    Source: PRS protocol definitions, Collaborators, https://clinicaltrials.gov/policy/protocol-definitions#Collaborators
    """
    yield from _variants(facts, _differ_as_firms)


def _differ(one: str, other: str) -> str:
    if one.casefold() == other.casefold():
        return ""
    if plain_name(one) == plain_name(other):
        return "written otherwise"
    return "spelled otherwise" if is_slip(one, other) else ""


def _differ_as_firms(one: str, other: str) -> str:
    """Firms of different legal forms are two, such as that of the United States and the parent."""
    forms, others = legal_forms(one), legal_forms(other)
    return "" if forms and others and forms != others else _differ(one, other)
