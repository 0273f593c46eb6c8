"""ARM and INT: how arms and interventions refer to each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lint.api import ERROR, EVERY, Context, Edit, Fix, Node, Problem, bad, good, rule
from lint.rules.readers.facts import study_facts
from lint.rules.readers.interventions import TYPE_LABELS, without_type
from lint.rules.readers.labels import folded

_MODULE = "$.protocolSection.armsInterventionsModule"
_ARMS = "/protocolSection/armsInterventionsModule/armGroups"
_INTERVENTIONS = "/protocolSection/armsInterventionsModule/interventions"
_A, _I = "armsInterventionsModule.armGroups", "armsInterventionsModule.interventions"


@rule(
    "ARM011",
    "arm-without-intervention",
    severity=ERROR,
    at=_MODULE + ".armGroups[*]",
    examples=[
        bad({"armsInterventionsModule.armGroups[0].interventionNames": None,
             "armsInterventionsModule.interventions[0].armGroupLabels": ["Placebo"]}, path=_ARMS + "/0"),
        bad({"armsInterventionsModule.armGroups[1].interventionNames": None,
             "armsInterventionsModule.interventions[1]": None}, path=_ARMS + "/1", note="the placebo is not listed"),
        good(),
        good({"armsInterventionsModule.armGroups[1].interventionNames": None,
              "armsInterventionsModule.armGroups[1].type": "NO_INTERVENTION",
              "armsInterventionsModule.interventions[1]": None}),
        good({"armsInterventionsModule.armGroups[1].interventionNames": None,
              "armsInterventionsModule.armGroups[1].type": "OTHER",
              "armsInterventionsModule.interventions[1]": None}, note="an arm that is only watched"),
        good({"armsInterventionsModule.armGroups[0].interventionNames": None}, base="observational"),
        good({"armsInterventionsModule.armGroups[0].interventionNames": None,
              "armsInterventionsModule.armGroups[1].interventionNames": None},
             note="the source refers from the interventions to the arms only"),
    ],
)  # fmt: skip
def arm_without_intervention(arm: Node, ctx: Context) -> Iterator[Problem]:
    """An arm lists no intervention although others do.

    Why: a reader cannot know what the participants of the arm get.
    What to do: tick the interventions of the arm; if it gets none, choose NO_INTERVENTION.
    False positives: groups of observational studies, arms of type OTHER (natural history) and
    records with a single arm, for which the registry does not ask, are left alone, as are
    interventions that name the arm themselves.
    Source: PRS protocol definitions, Arm or Group/Interventional Cross-Reference,
    https://clinicaltrials.gov/policy/protocol-definitions#CrossReference
    """
    if arm.get("interventionNames") or arm.get("type") in (None, "NO_INTERVENTION", "OTHER"):
        return
    module = ctx.node("armsInterventionsModule")
    linked = [label for one in module.items("interventions") for label in one.get("armGroupLabels") or ()]
    if not linked or arm.get("label") in linked or not ctx.memo(study_facts).interventional:
        return
    if len(module.items("armGroups")) > 1:
        yield arm.problem(
            f"arm '{arm.text('label')}' is of type {arm.get('type')}, but lists no intervention",
            hint="tick the interventions that the arm gets, or choose NO_INTERVENTION",
            missing="interventionNames",
        )


def _shown_name(intervention: Any) -> str:
    """Return the name of an intervention as arms refer to it."""
    kind = TYPE_LABELS.get(intervention.get("type"))
    name = intervention.get("name") or ""
    return f"{kind}: {name}" if kind else name


def _reference(problem: Node, value: str, names: list[str], what: str) -> Problem:
    """Make a problem of a reference to something that is not there, with a fix if only its writing is off."""
    near = [name for name in names if folded(name) == folded(value)]
    if len(near) == 1:
        fix = Fix(f"write '{near[0]}'", (Edit(problem.path, near[0]),), safe=True)
        return problem.problem(f"'{value}' is written differently from {what} '{near[0]}'",
                               hint=f"write it as '{near[0]}'", fix=fix)  # fmt: skip
    return problem.problem(f"'{value}' names no {what} of this record", hint=f"correct it, or add the {what}")


@rule(
    "ARM018",
    "arm-intervention-link-broken",
    severity=ERROR,
    profiles=EVERY,
    at=_MODULE,
    fixable=True,
    examples=[
        bad({_I + "[0].armGroupLabels": ["Exampline "]}, path=_INTERVENTIONS + "/0/armGroupLabels/0", note="a blank"),
        bad({_A + "[0].interventionNames": ["Drug: Examplin"]}, path=_ARMS + "/0/interventionNames/0"),
        bad({_I + "[1].armGroupLabels": ["Exampline", "Placebo"]}, path=_ARMS + "/0", note="the lists disagree"),
        bad({_A + "[0].interventionNames": ["Drug: Exampline", "Drug: Placebo"]}, path=_INTERVENTIONS + "/1"),
        good(),
        good({_A + "[0].interventionNames": ["Exampline"]}, note="no type before the name"),
        good({_A + "[0].interventionNames": None, _A + "[1].interventionNames": None},
             note="a source that refers in one direction only"),
        good({_I: [{"type": "DRUG", "name": "Exampline"}, {"type": "DRUG", "name": "Placebo"}]},
             note="a source that refers in the other direction only"),
    ],
)  # fmt: skip
def arm_intervention_link_broken(module: Node, ctx: Context) -> Iterator[Problem]:
    """An arm refers to an intervention that is not there, or the other way round, or only one of both refers.

    Why: programs join arms and interventions by these names; a broken reference loses the
    treatment of the arm.
    What to do: write the name exactly as it is entered, and tick the pair on both sides.
    False positives: names with and without the type before them count as the same; differences
    in case and blanks can be mended by the program; a source that refers in one direction only
    is left alone.
    Source: PRS protocol definitions, Arm or Group/Interventional Cross-Reference,
    https://clinicaltrials.gov/policy/protocol-definitions#CrossReference
    """
    groups, interventions = module.get("armGroups") or (), module.get("interventions") or ()
    named = {(arm.get("label"), name) for arm in groups for name in arm.get("interventionNames") or ()}
    shown = [(_shown_name(one), one.get("armGroupLabels") or ()) for one in interventions]
    labelled = {(label, name) for name, labels in shown for label in labels}
    if named == labelled:
        return
    arms, given = module.items("armGroups"), module.items("interventions")
    yield from _unknown_names(arms, given)
    yield from _unknown_labels(arms, given)
    if named and labelled:
        yield from _one_sided(arms, given)


def _unknown_names(arms: list[Node], given: list[Node]) -> Iterator[Problem]:
    shown = [_shown_name(one.value) for one in given]
    accepted = {*shown, *(one.get("name") for one in given)}
    for arm in arms:
        for name in arm.items("interventionNames"):
            if given and name.value not in accepted:
                yield _reference(name, name.value, shown, "intervention")


def _unknown_labels(arms: list[Node], given: list[Node]) -> Iterator[Problem]:
    labels = [arm.get("label") or "" for arm in arms]
    for one in given:
        for label in one.items("armGroupLabels"):
            if arms and label.value not in labels:
                yield _reference(label, label.value, labels, "arm")


def _one_sided(arms: list[Node], given: list[Node]) -> Iterator[Problem]:
    """Yield pairs of an arm and an intervention of which only one refers to the other."""
    for one in given:
        refers = {folded(label) for label in one.get("armGroupLabels") or ()}
        name = folded(one.get("name") or "")
        for arm in arms:
            referred = {folded(without_type(text)) for text in arm.get("interventionNames") or ()}
            title, tail = arm.get("label") or "", f"'{one.get('name')}'"
            if name in referred and folded(title) not in refers:
                yield one.problem(
                    f"{tail} does not list arm '{title}', which lists it as its intervention",
                    hint="tick the pair on both sides, or on none", related=[arm.child("interventionNames")],
                )  # fmt: skip
            elif folded(title) in refers and name not in referred:
                yield arm.problem(
                    f"arm '{title}' does not list {tail}, which is said to be given in this arm",
                    hint="tick the pair on both sides, or on none", related=[one.child("armGroupLabels")],
                )  # fmt: skip


@rule(
    "INT011",
    "intervention-not-in-any-arm",
    severity=ERROR,
    at=_MODULE + ".interventions[*]",
    examples=[
        bad({_I + "[2]": {"type": "DRUG", "name": "Ibuprofen", "description": "400 mg as needed, once a day."}},
            path=_INTERVENTIONS + "/2"),
        bad({_A + "[1].interventionNames": None, _A + "[1].type": "NO_INTERVENTION", _I + "[1].armGroupLabels": None},
            path=_INTERVENTIONS + "/1"),
        good(),
        good({_I + "[0].armGroupLabels": None}, note="the arm refers to it"),
        good({_A: None, _I + "[0].armGroupLabels": None, _I + "[1].armGroupLabels": None}, note="old record, no arms"),
        good({"armsInterventionsModule.interventions": [{"type": "DRUG", "name": "Triptans"}]},
             base="observational", note="an exposure"),
        good({_I + "[0].armGroupLabels": None, _I + "[1].armGroupLabels": None,
              _A + "[0].interventionNames": None, _A + "[1].interventionNames": None},
             note="a source without any references"),
    ],
)  # fmt: skip
def intervention_not_in_any_arm(intervention: Node, ctx: Context) -> Iterator[Problem]:
    """An intervention is listed that no arm gets.

    Why: it is either left over, or an arm lacks part of its treatment.
    What to do: tick the arms that get it, or remove it.
    False positives: records without arms or without any reference, and exposures of
    observational studies, are left alone.
    Source: PRS protocol definitions, Arm or Group/Interventional Cross-Reference,
    https://clinicaltrials.gov/policy/protocol-definitions#CrossReference
    """
    if intervention.get("armGroupLabels") or not intervention.get("name") or not ctx.memo(study_facts).interventional:
        return
    arms = ctx.node("armsInterventionsModule").items("armGroups")
    named = [without_type(name) for arm in arms for name in arm.get("interventionNames") or ()]
    if named and intervention.get("name") not in named:
        yield intervention.problem(
            f"'{intervention.text('name')}' is listed as an intervention, but no arm gets it",
            hint="tick the arms that get it, or remove it",
            missing="armGroupLabels",
        )
