"""PER: how the names of officials are written, and how many lead the study."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from lint.api import NOTE, STRICT, WARNING, Context, Edit, Fix, Node, Problem, bad, good, pattern, rule
from lint.rules.readers.names import written_differently
from lint.rules.readers.organisations import plain_name
from lint.rules.readers.people import is_person, name_parts

_MODULE = "$.protocolSection.contactsLocationsModule"
_O = "contactsLocationsModule.overallOfficials"
_C = "contactsLocationsModule.centralContacts"
_R = "sponsorCollaboratorsModule.responsibleParty"
_POINTER = "/protocolSection/contactsLocationsModule/overallOfficials"
_LEADS = "PRINCIPAL_INVESTIGATOR"
_MANY = 4


def _official(name: str, role: str = _LEADS) -> dict[str, str]:
    return {"name": name, "affiliation": "Example University Hospital", "role": role}


def _investigator(name: str) -> dict[str, str]:
    return {"type": _LEADS, "investigatorFullName": name, "investigatorTitle": "Professor",
            "investigatorAffiliation": "Example University Hospital"}  # fmt: skip


def _has_several_names(section: dict[str, Any]) -> bool:
    """Say whether names that differ stand in two of the three places that are compared."""
    module = section.get("contactsLocationsModule") or {}
    party = (section.get("sponsorCollaboratorsModule") or {}).get("responsibleParty") or {}
    investigator = party.get("investigatorFullName")
    officials, contacts = module.get("overallOfficials"), module.get("centralContacts")
    if bool(officials) + bool(contacts) + bool(investigator) < 2:
        return False
    names = {(person.get("name") or "").partition(",")[0] for person in (*(officials or ()), *(contacts or ()))}
    names.add(investigator or "")
    return len(names - {""}) > 1


@rule(
    "PER003",
    "name-variant-of-same-person",
    severity=NOTE,
    at="$.protocolSection",
    when=_has_several_names,
    examples=[
        bad({_O: [_official("Anna Berg, MD")], _R: _investigator("Berg Anna"), _C: None},
            path="/protocolSection/sponsorCollaboratorsModule/responsibleParty/investigatorFullName"),
        bad({_O: [_official("Fangyu Wang, MD")], _C: [{"name": "F Wang"}]},
            path="/protocolSection/contactsLocationsModule/centralContacts/0/name"),
        bad({_O: [_official("Shi Hui Chen")], _R: _investigator("Shihui Chen"), _C: None}, note="joined"),
        bad({_O: [_official("Dominique Forrest")], _C: [{"name": "Dominque Forrest"}]}, note="a slip: a warning"),
        good(),
        good({_O: [_official("Anna Berg, MD, PhD")], _R: _investigator("Anna Berg"), _C: None}, note="degrees"),
        good({_O: [_official("Anna M Berg")], _R: _investigator("Anna Maria Berg"), _C: [{"name": "Anna Berg"}]},
             note="the registry keeps only the initial of a middle name in some places"),
        good({_O: [_official("José Ñandú"), _official("Jose Nandu"), _official("Eda Kalaycı"),
                   _official("Eda Kalayci")], _C: None}, note="accents; equal names are for PER001"),
        good({_O: [_official("Joanna Smith"), _official("Joanne Smith", "STUDY_CHAIR")], _C: None},
             note="two officials are two people"),
        good({_O: [_official("Anna Berg")], _C: [{"name": "Per Berg"}, {"name": "A Holm"}]}, note="relatives; others"),
    ],
)  # fmt: skip
def name_variant_of_same_person(section: Node, ctx: Context) -> Iterator[Problem]:
    """The name of one person is written in two ways.

    Why: nobody can find the person under both names; a study of trial records could not resolve 13 % of the names.
    What to do: write the name in one way throughout, the given name first and in full.
    False positives: names are compared between the officials, the responsible party and the central contacts, not
    among the officials; titles, degrees, accents, middle names and their initials make no difference, and names that
    share only a part are those of relatives. Another spelling is a warning, another order or form a note.
    Source: https://doi.org/10.1371/journal.pone.0228003; PRS protocol definitions, Investigator Name,
    https://clinicaltrials.gov/policy/protocol-definitions#RespPartyInvestigatorName
    """
    reported = set()
    for (place, name), (other_place, other) in combinations(_people(section), 2):
        if place.path[2] == other_place.path[2]:
            continue
        way = written_differently(name, other)
        pair = frozenset((name_parts(name), name_parts(other))) if way else None
        if pair and pair not in reported:
            reported.add(pair)
            yield other_place.problem(
                f"'{other}' is probably '{name}', {way}",
                hint="write the name in one way throughout, the given name first and in full",
                related=[place],
                severity=WARNING if way == "spelled otherwise" else None,
            )


def _people(section: Node) -> list[tuple[Node, str]]:
    module = section.child("contactsLocationsModule")
    places = [official.child("name") for official in module.items("overallOfficials")]
    places.append(section.child("sponsorCollaboratorsModule", "responsibleParty", "investigatorFullName"))
    places += [contact.child("name") for contact in module.items("centralContacts")]
    return [(place, place.text()) for place in places[:40] if place.value and is_person(place.text())]


def _leaders(officials: list[dict[str, str]]) -> int:
    return sum(official.get("role") == _LEADS for official in officials)


@rule(
    "PER011",
    "many-principal-investigators",
    severity=NOTE,
    profiles=STRICT,
    at=_MODULE + ".overallOfficials",
    when=lambda officials: len(officials) >= _MANY and _leaders(officials) >= _MANY,
    examples=[
        bad({_O: [_official(name) for name in ("Anna Berg", "Per Holm", "Li Wang", "Ida Lund")]}, path=_POINTER),
        bad({_O: [_official(name) for name in ("A Berg", "P Holm", "L Wang", "I Lund", "M Keller")]}, path=_POINTER),
        good(),
        good({_O: [_official("Anna Berg"), _official("Per Holm"), _official("Li Wang")]},
             note="three, as in grants of several institutions"),
        good({_O: [_official("Anna Berg"), _official("Per Holm", "STUDY_CHAIR"), _official("Li Wang"),
                   _official("Ida Lund", "STUDY_DIRECTOR")]}, note="other roles"),
        good({_O: [_official(name) for name in ("Anna Berg", "Anna Berg, MD", "Per Holm", "Li Wang")]},
             note="one of them twice; see PER001"),
    ],
)  # fmt: skip
def many_principal_investigators(officials: Node, ctx: Context) -> Iterator[Problem]:
    """Four or more people are named as the principal investigator of the whole study.

    Why: one person answers for the study; investigators of single sites belong to their sites.
    What to do: keep those who lead the study, and list the others as investigators of their sites.
    False positives: two or three are common, as in grants to several institutions; people who are listed twice count
    once. Some study groups have a leader in every group.
    Source: PRS protocol definitions, Official's Role, https://clinicaltrials.gov/policy/protocol-definitions#OverallOfficialRole
    """
    leading = [one for one in officials.items() if one.get("role") == _LEADS]
    leaders = {name_parts(one.text("name")) for one in leading}
    together = len({plain_name(one.text("affiliation")) for one in leading}) == 1
    others = (
        "give the others the role that they have" if together else "list the others as investigators of their sites"
    )
    if len(leaders) >= _MANY:
        yield officials.problem(
            f"{len(leaders)} people are named as the principal investigator of the study",
            hint=f"keep those who lead the whole study, and {others}",
        )


_last_first = pattern(r"([^\W\d_]{2,}), ([^\W\d_]{3,}(?: [^\W\d_]{2,})?)")
_NO_GIVEN_NAMES = (
    "doctor master professor prof lecturer investigator student director postgraduate docent resident fellow nurse "
    "candidate assistant associate senior bachelor consultant specialist physician doctoral dr md phd msc ass drs mph "
    "research chief head sponsor mbbs pharmd ing pharmacist statistician coordinator"
)
_TITLES = frozenset(_NO_GIVEN_NAMES.split())


def _is_oddly_cased(name: str) -> bool:
    return name.islower() or (name.isupper() and any(len(part) > 3 for part in name_parts(name)))


def _as_usual(name: str) -> str:
    """Write the words of a name large, but not the degrees behind it."""
    head, comma, degrees = name.partition(",")
    if comma and degrees.strip().lower() not in _TITLES and len(name_parts(head)) == 1:
        head, comma, degrees = f"{degrees.strip()} {head}", "", ""
    return " ".join(word.title() if word.isalpha() or "-" in word else word for word in head.split()) + comma + degrees


@rule(
    "PER017",
    "name-case-or-order",
    severity=NOTE,
    at=_MODULE + ".overallOfficials[*].name",
    fixable=True,
    when=lambda name: _is_oddly_cased(name) or "," in name,
    examples=[
        bad({_O: [_official("WANG FANGYU")]}, path=_POINTER + "/0/name"),
        bad({_O: [_official("anna berg, md")]}),
        bad({_O: [_official("Berg, Anna")]}, note="surname first, with a comma"),
        good(),
        good({_O: [_official("Jan van der Berg, MD"), _official("Mary McDonald"), _official("Anna BERG, PhD"),
                   _official("L. de la Cruz")]}, note="particles, Mc, and the surname in capitals"),
        good({_O: [_official("Berg, MD"), _official("Anna Berg, RN, PhD"), _official("Anna Berg, Professor")]},
             note="degrees and titles; a single name is for PER008"),
        good({_O: [_official("UCB CARES"), _official("GSK"), _official("ICD CSD")]},
             note="no person, see PER006; short words may be abbreviations"),
        good({_O: [_official("王芳")]}, note="a script without capitals"),
    ],
)  # fmt: skip
def name_case_or_order(name: Node, ctx: Context) -> Iterator[Problem]:
    """The name of an official is written in one case throughout, or with the surname first.

    Why: the registry shows it so, and programs that compare names see another person.
    What to do: write the given name first, and each word with one capital.
    False positives: a surname in capitals behind a given name, particles, and degrees behind the comma are left alone,
    and so are capitals of up to three letters, which may be an abbreviation.
    Source: PRS protocol definitions, Overall Study Officials, https://clinicaltrials.gov/policy/protocol-definitions#StudyOfficials
    """
    text = name.text()
    if len(name_parts(text)) < 2 or not is_person(text):
        return
    swapped = _last_first().fullmatch(text)
    if _is_oddly_cased(text):
        what = f"is written in {'capitals' if text.isupper() else 'small letters'} throughout"
    elif swapped and swapped[2].split()[0].lower() not in _TITLES and not swapped[2].isupper():
        what = "begins with the surname"
    else:
        return
    usual = _as_usual(text)
    fix = Fix(f"write '{usual}'", (Edit(name.path, usual),)) if usual != text else None
    yield name.problem(f"'{text}' {what}", hint="write the given name first, each word with one capital", fix=fix)
