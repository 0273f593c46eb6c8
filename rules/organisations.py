"""ORG: names of organisations, against each other."""

from __future__ import annotations

from collections.abc import Iterator

from lint.api import ERROR, EVERY, WARNING, Context, Edit, Fix, Node, Problem, bad, good, rule
from lint.rules.readers.fields import EVERY_TEXT, is_name
from lint.rules.readers.organisations import MisspeltName, misspelt_names
from lint.rules.readers.words import slips

_SPONSORS = "$.protocolSection.sponsorCollaboratorsModule"
_C = "sponsorCollaboratorsModule.collaborators"
_POINTER = "/protocolSection/sponsorCollaboratorsModule/collaborators"


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace(",", " ").replace(".", " ").split())


@rule(
    "ORG001",
    "near-duplicate-organisation-name",
    severity=WARNING,
    at="$.protocolSection",
    examples=[
        bad(
            {
                "contactsLocationsModule.overallOfficials": [
                    {"name": "Fangyu Wang", "affiliation": "Nanjing University", "role": "STUDY_DIRECTOR"},
                    {"name": "Anna Berg", "affiliation": "Nanjin University", "role": "STUDY_CHAIR"},
                ],
                "contactsLocationsModule.locations[0].city": "Nanjing",
                "contactsLocationsModule.locations[0].facility": "Nanjing General Hospital",
            },
            path="/protocolSection/contactsLocationsModule/overallOfficials/1/affiliation",
        ),
        bad(
            {
                "sponsorCollaboratorsModule.leadSponsor.name": "Nanjin Medical University",
                _C: [{"name": "Nanjing Medical University"}, {"name": "Nanjing General Hospital"}],
                "contactsLocationsModule.locations[0].city": "Nanjing",
            },
            path="/protocolSection/sponsorCollaboratorsModule/leadSponsor/name",
        ),
        good(),
        good({f"{_C}": [{"name": "University of Miami"}, {"name": "Miami University"}]}, note="two schools"),
        bad({_C: [{"name": "Example Univeristy Hospital"}]}, path=_POINTER + "/0/name", note="a sponsor misspelt"),
        good({f"{_C}": [{"name": "Examples University Hospital"}]}, note="a plural, or another one"),
        good({f"{_C}": [{"name": "Markerville Campus Hospital"}, {"name": "Parkerville Campus Clinic"}]}),
    ],
)  # fmt: skip
def near_duplicate_organisation_name(section: Node, ctx: Context) -> Iterator[Problem]:
    """One organisation stands in the record under two names that differ in a letter or two.

    Why: counts by sponsor or site see two organisations.
    What to do: correct the name that is wrong.
    False positives: the names must be equal but for one word that the registry hardly knows;
    sister campuses and turned-round names are left alone.
    Source: PRS protocol definitions, Sponsor, https://clinicaltrials.gov/policy/protocol-definitions#LeadSponsor
    """
    reported = set()
    for found in [*_by_words(ctx), *misspelt_names(ctx)]:
        if found.path not in reported:
            reported.add(found.path)
            yield Node(None, found.path).problem(
                f"'{found.name}' is probably the same organisation as '{found.other}'",
                hint="correct the name that is wrong",
                related=[Node(None, found.other_path)],
            )


def _by_words(ctx: Context) -> Iterator[MisspeltName]:
    """Yield the names that hold a slip of a word which the record has in another name."""
    candidates = [slip for slip in ctx.memo(slips) if any(place.in_name for place in slip.places)]
    if not candidates:
        return
    named = [(path, text) for path, text in ctx.texts(EVERY_TEXT) if is_name(path)]
    names = {_folded(text): (path, text) for path, text in reversed(named)}
    for slip in candidates:
        for place in slip.places:
            right = _folded(place.text).replace(slip.word, slip.model)
            if place.in_name and right in names:
                yield MisspeltName(place.path, place.text, *names[right])


@rule(
    "ORG002",
    "sponsor-listed-as-collaborator",
    severity=ERROR,
    profiles=EVERY,
    at=_SPONSORS,
    fixable=True,
    examples=[
        bad({_C: [{"name": "Example University Hospital", "class": "OTHER"}]}, path=_POINTER + "/0/name"),
        bad({_C: [{"name": "Migraine Fund"}, {"name": "Migraine  fund."}]}, path=_POINTER + "/1/name",
            note="one collaborator twice"),
        good(),
        good({_C: [{"name": "Example University"}, {"name": "Migraine Fund"}]}, note="the parent of the sponsor"),
    ],
)  # fmt: skip
def sponsor_listed_as_collaborator(module: Node, ctx: Context) -> Iterator[Problem]:
    """The sponsor is listed among the collaborators, or a collaborator is listed twice.

    Why: collaborators are the other organisations that support the study.
    What to do: remove the entry.
    False positives: only equal names count; a parent organisation may collaborate.
    Source: PRS protocol definitions, Collaborators, https://clinicaltrials.gov/policy/protocol-definitions#Collaborators
    """
    if not module.value.get("collaborators"):
        return
    collaborators = module.items("collaborators")
    sponsor = module.child("leadSponsor", "name")
    seen = {_folded(sponsor.text()): sponsor} if sponsor.text() else {}
    for collaborator in collaborators:
        name = collaborator.text("name")
        if not name:
            continue
        first = seen.setdefault(_folded(name), collaborator.child("name"))
        if first.path == (*collaborator.path, "name"):
            continue
        what = "is the sponsor as well" if first is sponsor else "is listed as a collaborator twice"
        yield collaborator.problem(
            f"'{name}' {what}", "name", hint="remove it from the collaborators", related=[first],
            fix=Fix("remove the collaborator", (Edit(collaborator.path, remove=True),)),
        )  # fmt: skip
