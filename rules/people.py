"""PER: officials, contacts and the responsible party, against each other."""

from __future__ import annotations

from collections.abc import Iterator

from lint.api import (
    ERROR,
    EVERY,
    NOTE,
    WARNING,
    Context,
    Edit,
    Fix,
    Node,
    Problem,
    bad,
    good,
    pattern,
    rule,
)
from lint.rules.readers.people import differ_by_a_slip, is_person, may_be_same_person, name_parts

_OFFICIALS = "$.protocolSection.contactsLocationsModule.overallOfficials"
_PARTY = "$.protocolSection.sponsorCollaboratorsModule.responsibleParty"
_O = "contactsLocationsModule.overallOfficials"
_R = "sponsorCollaboratorsModule.responsibleParty"
_O_POINTER = "/protocolSection/contactsLocationsModule/overallOfficials"
_R_POINTER = "/protocolSection/sponsorCollaboratorsModule/responsibleParty"
_INVESTIGATORS = ("PRINCIPAL_INVESTIGATOR", "SPONSOR_INVESTIGATOR")
_HOSPITAL = "Example University Hospital"


def _official(name: str, affiliation: str = _HOSPITAL, role: str = "STUDY_DIRECTOR") -> dict[str, str]:
    return {"name": name, "affiliation": affiliation, "role": role}


def _investigator(name: str, title: str = "Professor") -> dict[str, str]:
    return {"type": "PRINCIPAL_INVESTIGATOR", "investigatorFullName": name, "investigatorTitle": title,
            "investigatorAffiliation": _HOSPITAL}  # fmt: skip


@rule(
    "PER001",
    "duplicate-official",
    severity=ERROR,
    profiles=EVERY,
    at=_OFFICIALS,
    examples=[
        bad({_O: [_official("Fangyu Wang, MD/PhD", "Nanjing University"),
                  _official("Fangyu Wang, MD", "Nanjin University")]}, path=_O_POINTER + "/1"),
        bad({_O: [_official("Anna Berg, MD"), _official("BERG Anna")]}, path=_O_POINTER + "/1", note="order and case"),
        good(),
        good({_O: [_official("Anna Berg, MD"), _official("Ana Berg, MD")]}, note="two names"),
        good({_O: [_official("Li Wang", "Nanjing University"), _official("Li Wang", "Fudan Hospital Shanghai")]},
             note="a common name at two institutions is two people"),
        bad({_O: [_official("Anna Berg, MD"), _official("Anna Berg", role="PRINCIPAL_INVESTIGATOR")]},
            path=_O_POINTER + "/1", note="two roles are a note"),
        good({_O: [_official("Medical Director"), _official("Medical Director")]}, note="no person; see PER006"),
    ],
)  # fmt: skip
def duplicate_official(officials: Node, ctx: Context) -> Iterator[Problem]:
    """One person is listed twice among the overall officials.

    Why: readers and programs count two people where there is one, and two entries that differ
    leave open which is right.
    What to do: keep one entry, with the right affiliation.
    False positives: people of one name at clearly different institutions are not reported; a person
    with two roles is a note, because chair and investigator may be one person.
    Source: PRS protocol definitions, Overall Study Officials, https://clinicaltrials.gov/policy/protocol-definitions#StudyOfficials
    """
    if len(officials.value) < 2:
        return
    seen: dict[frozenset[str], list[Node]] = {}
    for official in officials.items():
        parts = name_parts(official.text("name"))
        if len(parts) < 2 or not is_person(official.text("name")):
            continue
        earlier = seen.setdefault(frozenset(parts), [])
        first = next((one for one in earlier if _same_place(one, official)), None)
        earlier.append(official)
        if first is None:
            continue
        role, other_role = official.text("role"), first.text("role")
        if role != other_role:
            yield official.problem(
                f"'{official.text('name')}' is listed twice among the overall officials, as {other_role} and as {role}",
                hint="keep one entry if the person is to be named once, with the role that matters most",
                related=[first],
                severity=NOTE,
            )
            continue
        here, there = official.text("affiliation"), first.text("affiliation")
        conflict = f"; the affiliation is '{there}' there and '{here}' here" if here != there else ""
        yield official.problem(
            f"'{official.text('name')}' is listed twice among the overall officials{conflict}",
            hint="keep one entry for each person",
            related=[first],
        )


def _same_place(one: Node, other: Node) -> bool:
    """Say whether two officials may work at one place: equal, similar, contained or missing affiliations."""
    first, second = one.text("affiliation").casefold(), other.text("affiliation").casefold()
    return first in second or second in first or differ_by_a_slip(first, second)


@rule(
    "PER002",
    "official-affiliation-conflict",
    severity=WARNING,
    at="$.protocolSection",
    examples=[
        bad({_O: [_official("Li Wang, MD", "Nanjing University"), _official("Li Wang, MD", "Nanjin University")]},
            path=_O_POINTER + "/1/affiliation"),
        bad({_O: [_official("Anna Berg, MD", "Exampel University Hospital")], _R: _investigator("Anna Berg")},
            path=_R_POINTER + "/investigatorAffiliation"),
        good(),
        good({_O: [_official("Anna Berg, MD"), _official("Anna Berg, MD", role="STUDY_CHAIR")]}, note="equal"),
        good({_O: [_official("Anna Berg, MD", "Department of Neurology")], _R: _investigator("Anna Berg")},
             note="department and university"),
        good({_O: [_official("Anna Berg, MD", "Université de Montréal"),
                   _official("Anna Berg, MD", "Universite de Montreal", role="STUDY_CHAIR")]}, note="accents"),
    ],
)  # fmt: skip
def official_affiliation_conflict(section: Node, ctx: Context) -> Iterator[Problem]:
    """The affiliation of one person is spelled in two ways.

    Why: two affiliations that differ in a letter or two are a slip, and the person can be found
    under only one of them.
    What to do: correct the wrong spelling.
    False positives: affiliations that differ by more are usually a department and its university;
    they are left alone, and so are left-out accents.
    Source: PRS protocol definitions, Affiliation, https://clinicaltrials.gov/policy/protocol-definitions#OverallOfficialAffiliation
    """
    officials = section.get("contactsLocationsModule", "overallOfficials") or ()
    party = section.child("sponsorCollaboratorsModule", "responsibleParty")
    affiliations = {official.get("affiliation") for official in officials} | {party.get("investigatorAffiliation")}
    if len(affiliations - {None}) < 2:
        return
    named = [
        (name_parts(official.text("name")), official.child("affiliation"))
        for official in section.items("contactsLocationsModule", "overallOfficials")
    ]
    if party.get("investigatorAffiliation"):
        named.append((name_parts(party.text("investigatorFullName")), party.child("investigatorAffiliation")))
    for number, (person, affiliation) in enumerate(named):
        for other_person, other in named[:number]:
            if person and person == other_person and differ_by_a_slip(affiliation.text(), other.text()):
                yield affiliation.problem(
                    f"'{affiliation.text()}' differs from '{other.text()}', which the same person has elsewhere",
                    hint="correct the spelling that is wrong",
                    related=[other],
                )
                break


@rule(
    "PER004",
    "responsible-pi-not-among-officials",
    severity=WARNING,
    at=_PARTY,
    examples=[
        bad({_R: _investigator("Shihui"), _O: [_official("Fangyu Wang, MD/PhD")]}, path=_R_POINTER),
        bad({_R: {**_investigator("Anna Berg"), "type": "SPONSOR_INVESTIGATOR"},
             _O: [_official("Per Holm", role="PRINCIPAL_INVESTIGATOR"), _official("Li Wang")]}),
        good(),
        good({_R: _investigator("Maria Keller")}),
        good({_R: _investigator("M. Keller, Prof.")}, note="an initial and a title"),
        good({_R: _investigator("Keller Maria Anna")}, note="another order, one name more"),
        good({_R: _investigator("Anna Berg"), _O: None}, note="officials are optional"),
        good({_R: _investigator("Anna Berg"), _O: [_official("Medical Director")]}, note="no person; see PER006"),
    ],
)  # fmt: skip
def responsible_pi_not_among_officials(party: Node, ctx: Context) -> Iterator[Problem]:
    """The responsible party is an investigator who is not among the overall officials.

    Why: who is responsible for the study as its investigator should be named as its official, too;
    otherwise one of the two names is outdated or the roles are mixed up.
    What to do: add the investigator to the officials, or correct the responsible party.
    False positives: officials are optional, so a record without any is left alone; initials, order,
    titles and left-out names make no difference. Where nobody else is named as the principal
    investigator it is a note, because a study may have a chair or a director beside its investigator.
    Source: PRS protocol definitions, Responsible Party, https://clinicaltrials.gov/policy/protocol-definitions#RespParty
    """
    if party.get("type") not in _INVESTIGATORS:
        return
    name = party.text("investigatorFullName")
    officials = ctx.node("contactsLocationsModule.overallOfficials")
    people = [one for one in officials.items() if is_person(one.text("name"))]
    parts = name_parts(name)
    if not parts or not people or any(may_be_same_person(parts, name_parts(one.text("name"))) for one in people):
        return
    listed = list(dict.fromkeys(one.text("name") for one in people[:3]))
    those = f"the overall officials are {'; '.join(listed)}" if listed[1:] else f"the overall official is {listed[0]}"
    another_leads = any(one.get("role") == "PRINCIPAL_INVESTIGATOR" for one in people)
    yield party.problem(
        f"'{name}' is the responsible {party.get('type').replace('_', ' ').lower()}, but {those}",
        hint="add the investigator to the overall officials, or correct the name that is wrong or outdated",
        related=[officials],
        severity=None if another_leads else NOTE,
    )


@rule(
    "PER006",
    "official-not-a-person",
    severity=WARNING,
    at=_OFFICIALS,
    examples=[
        bad({_O: [_official("Clinical Trial Management")]}, path=_O_POINTER + "/0/name"),
        bad({_O: [_official("MD")]}, path=_O_POINTER + "/0/name", note="a degree without a name"),
        bad({_O: [_official("Call 1-555 Mon to Fri")]}, path=_O_POINTER + "/0/name"),
        good(),
        good({_O: [_official("Eric Simpson, MD")]}),
        good({_O: [_official("Anna Care, Director"), _official("John Doctor"), _official("Mary Hospitalier")]},
             note="surnames"),
    ],
)  # fmt: skip
def official_not_a_person(officials: Node, ctx: Context) -> Iterator[Problem]:
    """An overall official is a job, a department or a company instead of a person.

    Why: nobody can ask a job title; one official in six of the registry is no person.
    What to do: name the person who leads the study scientifically.
    False positives: some sponsors do this by policy; waive the rule for them. Only words that
    no surname consists of count.
    Source: https://doi.org/10.1371/journal.pone.0228003; PRS protocol definitions, Overall Study Officials,
    https://clinicaltrials.gov/policy/protocol-definitions#StudyOfficials
    """
    for official in officials.items():
        name = official.text("name")
        if name and not is_person(name):
            yield official.problem(
                f"'{name}' is named as an overall official, but is not a person",
                "name",
                hint="name the person who is responsible for the study scientifically",
            )


_JOINED = pattern(r"\b(MD|M\.D\.?|PhD|Ph\.D\.?|MPH|MSc|MBA|DO)(?: ?/ ?|-|,)(MD|M\.D\.?|PhD|Ph\.D\.?|MPH|MSc|MBA)\b")
_TITLE = pattern(
    r"\b(?:(?:Associate|Assistant|Assoc|Asst?|Prim|PD)\b\.? ?)?"
    r"(?:Prof(?:essor)?|Dr(?!\.? ?[Mm]ed\b)|(?<![a-z] )Doctor)\b(?!,? ?(?:of|in)\b)\.?(?: [Dd]r\b(?!\.? ?[Mm]ed\b)\.?)?"
)


@rule(
    "PER007",
    "degree-format",
    severity=NOTE,
    at=_OFFICIALS,
    fixable=True,
    examples=[
        bad({_O: [_official("Fangyu Wang, MD/PhD")]}, path=_O_POINTER + "/0/name"),
        bad({_O: [_official("Prof. Anna Berg")]}, path=_O_POINTER + "/0/name"),
        good(),
        good({_O: [_official("Fangyu Wang, MD, PhD"), _official("Anna Berg, M.D."), _official("Per Holm, DNP, RN")]}),
        good({_O: [_official("Anna Profeta"), _official("Ahmed MD Ali"), _official("John Doctor")]}, note="surnames"),
        good({_O: [_official("Anna Berg, MD PhD"), _official("Per Holm, Dr. med.")]}, note="degrees as usual"),
    ],
)  # fmt: skip
def degree_format(officials: Node, ctx: Context) -> Iterator[Problem]:
    """The degrees of an official are joined, or a title stands with the name.

    Why: the registry keeps name and degree apart; joined degrees and titles in the name prevent
    that the same person is recognised in other records.
    What to do: write degrees behind the name, with a comma before each: "Fangyu Wang, MD, PhD";
    leave out "Dr." and "Prof.".
    False positives: other degrees, degrees with full stops, degrees with a blank between them
    ("MD PhD") and doctorates that are named so ("Dr. med.") are left alone.
    Source: PRS protocol definitions, Overall Study Officials, https://clinicaltrials.gov/policy/protocol-definitions#StudyOfficials
    """
    by_name: dict[str, list[Node]] = {}
    for official in officials.items():
        if official.get("name"):
            by_name.setdefault(official.text("name"), []).append(official.child("name"))
    for name, places in by_name.items():
        joined = _JOINED().search(name) if any(mark in name for mark in ("/", "-", ",M", ",P")) else None
        if joined:
            mended = name[: joined.start()] + f"{joined[1]}, {joined[2]}" + name[joined.end() :]
            edits = tuple(Edit(place.path, mended) for place in places)
            yield places[0].problem(
                f"'{name}' joins two degrees", hint=f"write '{mended}'", related=places[1:],
                span=joined.span(), fix=Fix("put a comma between the degrees", edits, safe=True),
            )  # fmt: skip
        elif any(word in name for word in ("Prof", "Dr", "Doctor")) and (title := _TITLE().search(name)):
            hint = f"leave out '{title[0]}', or write the degree in its place, such as MD or PhD"
            yield places[0].problem(f"'{name}' contains a title", hint=hint, related=places[1:], span=title.span())


@rule(
    "PER008",
    "single-token-name",
    severity=WARNING,
    at=[_PARTY + ".investigatorFullName", _OFFICIALS + "[*].name"],
    examples=[
        bad({_R: _investigator("Shihui"), _O: None}, path=_R_POINTER + "/investigatorFullName"),
        bad({_O: [_official("Keller, MD")]}, path=_O_POINTER + "/0/name"),
        good(),
        good({_R: _investigator("Shi Hui"), _O: None}),
        good({_O: [_official("Berg, Anna, MD"), _official("王芳"), _official("Novartis")]},
             note="surname first; a name without blanks; no person"),
        good({_O: [_official("Jianhua Ma, MD")]}, note="a surname like a degree"),
        good({_O: [_official("Suharto, MD")], "contactsLocationsModule.locations[0].country": "Indonesia"},
             note="many Indonesians have one name"),
        good({_R: {**_investigator("Suharti"), "investigatorAffiliation": "Universitas Indonesia"}, _O: None},
             note="the same without a site"),
    ],
)  # fmt: skip
def single_token_name(name: Node, ctx: Context) -> Iterator[Problem]:
    """The name of a person consists of one word.

    Why: with only the family name or only the given name the person cannot be found.
    What to do: give both names; separate them where they have run together.
    False positives: names in scripts that write no blanks, studies in Indonesia, where one name
    is common, and names that are no persons' are left alone.
    Source: PRS protocol definitions, Investigator Name, https://clinicaltrials.gov/policy/protocol-definitions#RespPartyInvestigatorName
    """
    text = name.text()
    if len(name_parts(text)) != 1 or not text.isascii() or not is_person(text):
        return
    countries = {place.get("country") for place in ctx.node("contactsLocationsModule.locations").items()}
    affiliation = ctx.get("sponsorCollaboratorsModule.responsibleParty.investigatorAffiliation") or ""
    if "Indonesia" in countries or "Indonesia" in affiliation:
        return
    found = "holds only one name" if " " in text else "is one word"
    yield name.problem(
        f"'{text}' {found}, not a given name and a family name",
        hint="give both names, with a blank between them",
    )


@rule(
    "PER009",
    "responsible-party-incomplete",
    severity=ERROR,
    profiles=EVERY,
    at=_PARTY,
    examples=[
        bad({_R: {"type": "PRINCIPAL_INVESTIGATOR", "investigatorFullName": "Maria Keller",
                  "investigatorAffiliation": "Example University Hospital"}}, path=_R_POINTER),
        bad({_R: {**_investigator("Maria Keller", ""), "type": "SPONSOR_INVESTIGATOR"}}, note="an empty title"),
        good(),
        good({_R: _investigator("Maria Keller")}),
        good({_R: {"type": "PRINCIPAL_INVESTIGATOR", "oldNameTitle": "Maria Keller, Professor",
                   "oldOrganization": "Example University Hospital"}}, note="the form before 2011"),
    ],
)  # fmt: skip
def responsible_party_incomplete(party: Node, ctx: Context) -> Iterator[Problem]:
    """The responsible party is an investigator without name, title or affiliation.

    Why: the registry requires all three for a principal investigator or sponsor-investigator.
    What to do: fill in what is missing.
    False positives: records in the form before 2011 keep name and organisation elsewhere.
    Source: PRS protocol definitions, Responsible Party, https://clinicaltrials.gov/policy/protocol-definitions#RespParty
    """
    if party.get("type") not in _INVESTIGATORS or party.get("oldNameTitle") or party.get("oldOrganization"):
        return
    for member, what in (("investigatorFullName", "name"), ("investigatorTitle", "title"),
                         ("investigatorAffiliation", "affiliation")):  # fmt: skip
        if not party.text(member):
            role = party.get("type").replace("_", " ").lower()
            hint = f"give the {what} of the investigator"
            yield party.problem(f"the responsible {role} has no {what}", hint=hint, missing=member)
