"""INT: other names of interventions, and doses that differ between an arm and what it gets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from lint.api import (
    MEDIUM,
    NOTE,
    WARNING,
    Context,
    Edit,
    Fix,
    Node,
    Problem,
    Span,
    bad,
    good,
    pattern,
    rule,
    unescape,
)
from lint.rules.readers.interventions import read_names, without_type
from lint.rules.readers.labels import folded

_MODULE = "$.protocolSection.armsInterventionsModule"
_INTERVENTIONS = "/protocolSection/armsInterventionsModule/interventions"
_I, _A = "armsInterventionsModule.interventions", "armsInterventionsModule.armGroups"


@rule(
    "INT008",
    "other-name-redundant",
    severity=NOTE,
    at=_MODULE + ".interventions[*].otherNames",
    fixable=True,
    examples=[
        bad({_I + "[0].otherNames": ["exampline"]}, path=_INTERVENTIONS + "/0/otherNames/0"),
        bad({_I + "[0].otherNames": ["EX-12", "Exampline."]}, path=_INTERVENTIONS + "/0/otherNames/1"),
        bad({_I + "[0].otherNames": ["Placebo"]}, note="the name of another intervention"),
        good(),
        good({_I + "[0].otherNames": ["acetylsalicylic acid"]}),
        good({_I + "[0].otherNames": ["Exampline hydrochloride"]}, note="says more than the name"),
    ],
)  # fmt: skip
def other_name_redundant(names: Node, ctx: Context) -> Iterator[Problem]:
    """Another name of an intervention is its name, or that of another intervention.

    Why: other names are there to find the intervention by its brand, code or synonym; a copy finds nothing, and the
    name of another intervention finds the wrong one.
    What to do: remove the copy; remove the name of the other intervention unless the two are one.
    False positives: names that add anything (a salt, a form) are left alone; case and punctuation do not count.
    Source: CDISC USDM conformance rules, DDF00079, https://www.cdisc.org/ddf
    """
    entries = [name for _, name in ctx.memo(read_names)]
    position = names.path[-2]
    for index, written in enumerate(names.value):
        name = folded(unescape(written))
        if not name or name not in entries:
            continue
        own = entries[position] == name if isinstance(position, int) else False
        whose = "the intervention itself" if own else "another intervention"
        edit = Fix(f"remove '{written}'", (Edit((*names.path, index), remove=True),), safe=own)
        yield names.problem(
            f"'{written}' is listed as another name, but is the name of {whose}",
            index,
            hint="remove it" if own else "remove it, or merge the two interventions if they are one",
            fix=edit,
        )


_DOSE = pattern(r"(?i)[0-9]{1,6}(?:[.,][0-9]{1,6})? ?(mg|mcg|\u00b5g|g|iu)\b")
_RELATIVE = pattern(r"^ ?(?:/|per\b|\u00b7)")
_COUNTS = pattern(
    r"(?i)\b(?:twice|thrice|two|three|four|[2-9] ?x|x ?[2-9]|b\.?i\.?d|t\.?i\.?d|daily dose|divided|total)\b"
)
_MIXED = pattern(
    r"(?i)\b(?:with|plus|combin[a-z]*|placebo|equivalent|titrat[a-z]*|then|followed|increas[a-z]*|capsules|tablets|or)\b|\+"
)


class _Dose(NamedTuple):
    text: str
    unit: str
    amount: float
    span: Span


def _only_dose(text: str) -> _Dose | None:
    """Return the dose of a text that names exactly one, as an absolute amount; else None."""
    found = list(_DOSE().finditer(text))
    if len({match[0].lower() for match in found}) != 1 or _MIXED().search(text):
        return None
    match = found[0]
    before = text[: match.start()].rstrip()
    if _RELATIVE().search(text[match.end() :]) or before.endswith(("-", "/", ".", ",")) or before[-1:].isdigit():
        return None
    amount = match[0][: -len(match[1])].strip().replace(",", ".")
    return _Dose(match[0], match[1].lower(), float(amount), match.span())


def _has_arm_of_its_own(module: dict[str, Any]) -> bool:
    return bool(module.get("interventions")) and any(_own_interventions(module))


def _own_interventions(module: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """Yield the index of each described arm with a single intervention that no other arm gets, and its name."""
    arms = module.get("armGroups") or ()
    given = [name for arm in arms for name in arm.get("interventionNames") or ()]
    for index, arm in enumerate(arms):
        names: list[str] = arm.get("interventionNames") or []
        if len(names) == 1 and arm.get("description") and given.count(names[0]) == 1:
            yield index, names[0]


@rule(
    "INT009",
    "intervention-text-dose-conflict",
    severity=WARNING,
    confidence=MEDIUM,
    at=_MODULE,
    when=_has_arm_of_its_own,
    examples=[
        bad({_A + "[0].description": "One tablet of 10 mg every morning.",
             _I + "[0].description": "Tablet of 20 mg taken by mouth every morning."},
            path="/protocolSection/armsInterventionsModule/armGroups/0/description"),
        bad({_A + "[0].description": "One capsule of 14.55 g a day.", _I + "[0].description": "14.5 g a day."}),
        good(),
        good({_A + "[0].description": "10 mg every morning.", _I + "[0].description": "10mg once a day."}),
        good({_A + "[0].description": "10 mg twice a day.", _I + "[0].description": "20 mg a day."},
             note="two times ten"),
        good({_A + "[0].description": "10 mg for a week, then 20 mg.", _I + "[0].description": "20 mg a day."},
             note="several doses in one arm"),
        good({_A + "[0].description": "Exampline with 100 mg of ibuprofen.", _I + "[0].description": "20 mg a day."},
             note="the dose of another drug"),
        good({_A + "[0].description": "14.55 g a day.", _I + "[0].description": "14.5 5 g a day."},
             note="a number torn apart by a blank"),
        good({_A + "[0].description": "2 mg per kg.", _I + "[0].description": "100 mg a day."}, note="by weight"),
    ],
)  # fmt: skip
def intervention_text_dose_conflict(module: Node, ctx: Context) -> Iterator[Problem]:
    """The dose in the description of an arm differs from that of the only intervention that it gets.

    Why: nobody can tell which of the two was given.
    What to do: correct the dose that is wrong, or tick the other intervention for the arm.
    False positives: only arms with a single intervention, and interventions of a single arm, are compared, and only
    where each text names exactly one dose in the same unit; doses by weight, counts (twice, two tablets), titration,
    and texts that speak of a second drug are left alone.
    Source: PRS Major Comments, https://prsinfo.clinicaltrials.gov/MajorComments.html
    """
    for index, name in _own_interventions(module.value):
        arm = module.child("armGroups", index)
        said = _only_dose(arm.get("description"))
        given = _only_entry(name, module) if said else None
        dose = _only_dose(given.get("description") or "") if given else None
        if said is None or given is None or dose is None or said.unit != dose.unit or said.amount == dose.amount:
            continue
        if bool(_COUNTS().search(arm.get("description"))) == bool(_COUNTS().search(given.get("description"))):
            yield arm.problem(
                f"'{said.text}' is the dose of arm '{arm.text('label')}', but intervention '{given.text('name')}', "
                f"which it gets, is described with {dose.text}",
                "description",
                hint="correct the dose that is wrong, or tick the intervention that the arm really gets",
                span=said.span,
                related=[given.child("description")],
            )


def _only_entry(name: str, module: Node) -> Node | None:
    """Return the intervention that an arm names, unless several or none have this name."""
    entries = [one for one in module.items("interventions") if one.get("name") == without_type(name)]
    return entries[0] if len(entries) == 1 else None
