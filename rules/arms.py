"""ARM: arms and groups, against the design and against their interventions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lint.api import (
    ERROR,
    EVERY,
    MEDIUM,
    NOTE,
    WARNING,
    Context,
    Node,
    Problem,
    bad,
    good,
    pattern,
    rule,
)
from lint.rules.readers.arms import indistinct, listed, read_arms, same_treatment
from lint.rules.readers.interventions import is_placebo, without_type

_MODULE = "$.protocolSection.armsInterventionsModule"
_ARMS = "/protocolSection/armsInterventionsModule/armGroups"
_MODEL = "designModule.designInfo.interventionModel"
_MODEL_POINTER = "/protocolSection/designModule/designInfo/interventionModel"
_SEVERAL_ARMS = ("PARALLEL", "CROSSOVER", "FACTORIAL")
_COMPARATORS = ("ACTIVE_COMPARATOR", "PLACEBO_COMPARATOR", "SHAM_COMPARATOR")
_ONE_ARM: dict[str, Any] = {
    "armsInterventionsModule.armGroups": [
        {"label": "Exampline", "type": "EXPERIMENTAL", "interventionNames": ["Drug: Exampline"]}
    ],
    "armsInterventionsModule.interventions[1]": None,
}
_SINGLE_GROUP = {_MODEL: "SINGLE_GROUP", "designModule.designInfo.allocation": "NA"}


def _which_is_wrong(ctx: Context, count: int) -> str:
    """Say what the record itself suggests: that the model is wrong, or that the arms are."""
    if count == 1:
        return "call the only arm EXPERIMENTAL, or choose PARALLEL and enter the arm that it is compared with"
    if any(len(arms) == count for arms, _ in ctx.memo(indistinct)):
        return (
            f"{_all(count)} get the same interventions and some do not differ at all, so one arm of type EXPERIMENTAL "
            "with allocation NA is probably meant: merge the arms"
        )
    if any(len(arms) == count for arms in ctx.memo(same_treatment)):
        return (
            f"{_all(count)} get the same interventions, but differ in title or description: if these are doses or "
            "cohorts one after another choose SEQUENTIAL, if they run side by side PARALLEL; if everyone gets the "
            "same, merge them into one arm"
        )
    if ctx.get("designModule.designInfo.allocation") in ("RANDOMIZED", "NON_RANDOMIZED"):
        return (
            "the arms get different interventions and there is an allocation, so the model is probably wrong: choose "
            "PARALLEL, or CROSSOVER if everyone gets all treatments, or SEQUENTIAL for one cohort after another"
        )
    return (
        "if participants get only one of these treatments, choose PARALLEL, or SEQUENTIAL for one cohort after "
        "another; if everyone gets all of them, merge the arms into one"
    )


def _all(count: int) -> str:
    return "both arms" if count == 2 else f"all {count} arms"


@rule(
    "ARM001",
    "arm-type-conflict-single-group",
    severity=ERROR,
    profiles=EVERY,
    at=_MODULE,
    examples=[
        bad(_SINGLE_GROUP, path=_MODEL_POINTER),
        bad({**_ONE_ARM, **_SINGLE_GROUP, "armsInterventionsModule.armGroups[0].type": "ACTIVE_COMPARATOR"},
            note="a lone comparator is a warning"),
        good(),
        good({**_ONE_ARM, **_SINGLE_GROUP}),
        good({**_SINGLE_GROUP, "armsInterventionsModule.armGroups[0].type": None,
              "armsInterventionsModule.armGroups[1].type": None}, note="arms from before there were types"),
    ],
)  # fmt: skip
def arm_type_conflict_single_group(module: Node, ctx: Context) -> Iterator[Problem]:
    """A single-group study has comparator arms or arms of several types.

    Why: in a single-group study every participant gets the same treatment, so there is nothing
    that a comparator could be compared with.
    What to do: correct the intervention model (PARALLEL, SEQUENTIAL, CROSSOVER) if the arms are
    real; merge the arms and call the one that remains EXPERIMENTAL if they are not.
    False positives: one lone ACTIVE_COMPARATOR arm is common; it is a warning. Old records, from
    before there were arm types, are left alone.
    Source: PRS protocol definitions, Arm Type, https://clinicaltrials.gov/policy/protocol-definitions#ArmType
    """
    if ctx.get(_MODEL) != "SINGLE_GROUP":
        return
    typed = [arm for arm in module.items("armGroups") if arm.get("type")]
    kinds = sorted({arm.get("type") for arm in typed})
    if len(kinds) < 2 and not any(kind in _COMPARATORS for kind in kinds):
        return
    arms = "the arms are" if len(typed) > 1 else "the only arm is"
    yield ctx.node(_MODEL).problem(
        f"interventionModel is SINGLE_GROUP, but {arms} of type {' and '.join(kinds)}",
        hint=_which_is_wrong(ctx, len(typed)),
        related=[arm.child("type") for arm in typed],
        severity=WARNING if kinds == ["ACTIVE_COMPARATOR"] and len(typed) == 1 else None,
    )


@rule(
    "ARM002",
    "single-group-multiple-arms",
    severity=ERROR,
    profiles=EVERY,
    at=_MODULE,
    examples=[
        bad(_SINGLE_GROUP, path=_ARMS),
        bad({**_SINGLE_GROUP, "armsInterventionsModule.armGroups[0].type": None,
             "armsInterventionsModule.armGroups[1].type": None}, note="arms from before there were types"),
        good(),
        good({**_ONE_ARM, **_SINGLE_GROUP}),
        good({_MODEL: "SEQUENTIAL"}, note="dose cohorts one after another are several arms"),
    ],
)  # fmt: skip
def single_group_multiple_arms(module: Node, ctx: Context) -> Iterator[Problem]:
    """A single-group study has several arms.

    Why: the registry defines a single group as a trial with one arm; either the model is wrong
    or the arms are, and reviewers send such records back.
    What to do: if participants are divided among the arms, choose PARALLEL, CROSSOVER or
    FACTORIAL; for dose escalation and other cohorts one after another choose SEQUENTIAL; if
    everyone gets the same, merge the arms into one.
    False positives: none by definition; cohorts that are entered as arms need the model SEQUENTIAL.
    Source: PRS protocol definitions, Interventional Study Model,
    https://clinicaltrials.gov/policy/protocol-definitions#IntDesign
    """
    if ctx.get(_MODEL) != "SINGLE_GROUP":
        return
    arms = ctx.memo(read_arms)
    if len(arms) > 1:
        yield module.problem(
            f"interventionModel is SINGLE_GROUP, which means one arm, but there are {len(arms)} arms: {listed(arms)}",
            "armGroups",
            hint=_which_is_wrong(ctx, len(arms)),
            related=[ctx.node(_MODEL)],
        )


_NOT_TELLING = pattern(
    r"(?i)p(?:la|al)[cs]{1,2}e?[bv]{1,2}[oa]s?|\b(?:arm|group|control|controls|controlled|comparator|matched|matching|"
    r"only|treatment|drug|oral|tablets?|capsules?|for|to|the|of|dose|once|twice|daily|weekly|qd|bid|qw|[a-z]|[ivx]+)\b|"
    r"[^a-z]+"
)


def _only_placebo(arm: Node) -> bool:
    """Say whether title and interventions of an arm speak of a placebo and of nothing else."""
    texts = [arm.get("label") or "", *(arm.get("interventionNames") or ())]
    placebos = ["placebo" in text.casefold() for text in texts]
    if not any(placebos) or not all(placebos[1:]):
        return False
    return not any(_NOT_TELLING().sub("", without_type(text)) for text in texts)


_DOSE = pattern(r"(?i)[0-9] ?(?:mg|mcg|\u00b5g|ug|g|ml|iu|units?)\b")


def _gives_drug(arm: Node, module: Node) -> bool:
    """Say whether the descriptions give doses and do not speak of a placebo: then only a name is wrong."""
    texts = [arm.text("description"), *(one.text("description") for one in _given_in(arm, module))]
    return any(map(_DOSE().search, texts)) and not any(map(is_placebo, texts))


def _given_in(arm: Node, module: Node) -> list[Node]:
    names = {without_type(name) for name in arm.get("interventionNames") or ()}
    return [one for one in module.items("interventions") if one.get("name") in names]


def _speaks_of_placebo(arm: Node, module: Node) -> bool:
    names = {without_type(name) for name in arm.get("interventionNames") or ()}
    if any(map(is_placebo, [arm.text("label"), arm.text("description"), *names])):
        return True
    given = _given_in(arm, module)
    return any(is_placebo(text) for one in given for text in (one.text("description"), *(one.get("otherNames") or ())))


@rule(
    "ARM008",
    "placebo-arm-mistyped",
    severity=ERROR,
    confidence=MEDIUM,
    at=_MODULE + ".armGroups[*]",
    examples=[
        bad({"armsInterventionsModule.armGroups[1].type": "EXPERIMENTAL",
             "armsInterventionsModule.armGroups[1].label": "Placebo qw"}, path=_ARMS + "/1/type"),
        bad({"armsInterventionsModule.armGroups[0].type": "PLACEBO_COMPARATOR"}, path=_ARMS + "/0/type"),
        good(),
        good({"armsInterventionsModule.armGroups[1].type": "ACTIVE_COMPARATOR",
              "armsInterventionsModule.armGroups[1].label": "Placebo + Ibuprofen"}, note="an add-on to a drug"),
        good({"armsInterventionsModule.armGroups[1].type": "EXPERIMENTAL", _MODEL: "CROSSOVER"},
             note="a period of a crossover study"),
        good({"armsInterventionsModule.armGroups[1].label": "Control",
              "armsInterventionsModule.armGroups[1].description": "Infusion of 250 ml isotonic saline.",
              "armsInterventionsModule.armGroups[1].interventionNames": ["Drug: Isotonic fluid"],
              "armsInterventionsModule.interventions[1].name": "Isotonic fluid"}, note="saline can be the placebo"),
        good({"armsInterventionsModule.armGroups[1].type": "ACTIVE_COMPARATOR",
              "armsInterventionsModule.armGroups[1].label": "Saline",
              "armsInterventionsModule.armGroups[1].interventionNames": ["Drug: Saline"],
              "armsInterventionsModule.interventions[1].name": "Saline"}, note="saline can be the treatment"),
        good({"armsInterventionsModule.armGroups[1].type": "ACTIVE_COMPARATOR",
              "armsInterventionsModule.armGroups[1].description": "Ibuprofen 400 mg once a day.",
              "armsInterventionsModule.interventions[1].description": "Ibuprofen 400 mg once a day."},
             note="the title is wrong, not the type"),
    ],
)  # fmt: skip
def placebo_arm_mistyped(arm: Node, ctx: Context) -> Iterator[Problem]:
    """A placebo arm is not called one, or an arm without any placebo is.

    Why: searches for placebo-controlled trials rest on the type of the arms.
    What to do: choose PLACEBO_COMPARATOR for an arm that gets placebo alone; for usual care or
    another treatment choose ACTIVE_COMPARATOR, for nothing NO_INTERVENTION; or name the placebo
    among the interventions.
    False positives: arms that get a placebo beside an active treatment, crossover studies, and
    anything that may serve as a placebo (saline, vehicle, sham) are left alone, as are arms of
    that name that are described with the dose of a drug; where a placebo may merely have gone
    unmentioned, it is a note.
    Source: PRS protocol definitions, Arm Type, https://clinicaltrials.gov/policy/protocol-definitions#ArmType
    """
    kind = arm.get("type")
    if kind == "PLACEBO_COMPARATOR":
        module = ctx.node("armsInterventionsModule")
        if arm.get("interventionNames") and not _speaks_of_placebo(arm, module):
            yield arm.problem(
                f"arm '{arm.text('label')}' is of type PLACEBO_COMPARATOR, but nothing in it is said to be a placebo",
                "type",
                hint="name the placebo, or choose ACTIVE_COMPARATOR (or NO_INTERVENTION) if there is none",
                related=[arm.child("interventionNames")],
                severity=NOTE,
            )
    elif kind and kind != "SHAM_COMPARATOR" and ctx.get(_MODEL) != "CROSSOVER" and _only_placebo(arm):
        if _gives_drug(arm, ctx.node("armsInterventionsModule")):
            return
        yield arm.problem(
            f"arm '{arm.text('label')}' gets a placebo only, but its type is {kind}",
            "type",
            hint="choose PLACEBO_COMPARATOR",
            related=[arm.child("label")],
        )


@rule(
    "ARM015",
    "multi-arm-model-with-one-arm",
    severity=ERROR,
    at=_MODULE,
    examples=[
        bad(_ONE_ARM, path=_MODEL_POINTER),
        bad({_MODEL: "FACTORIAL"}, note="fewer than four arms of a factorial study are a warning"),
        good(),
        good({**_ONE_ARM, _MODEL: "SEQUENTIAL"}, note="one arm with one cohort after another"),
        good({"armsInterventionsModule.armGroups": None}, note="arms that are not listed at all are another matter"),
    ],
)
def multi_arm_model_with_one_arm(module: Node, ctx: Context) -> Iterator[Problem]:
    """The intervention model compares arms, but there are too few.

    Why: parallel, crossover and factorial studies need two arms and more (factorial ones four:
    each treatment alone, both, neither), or nobody can see what is compared.
    What to do: enter the arms that are missing, or choose SINGLE_GROUP. In a crossover study
    every sequence of treatments is an arm.
    False positives: sequential studies may have one arm; a factorial study with two or three
    arms is a warning, because incomplete factorials exist.
    Source: PRS protocol definitions, Interventional Study Model,
    https://clinicaltrials.gov/policy/protocol-definitions#IntDesign
    """
    model = ctx.get(_MODEL)
    if model not in _SEVERAL_ARMS:
        return
    count = len(module.get("armGroups") or ())
    if count == 1:
        hint = "enter the other sequences of treatments as arms" if model == "CROSSOVER" else "enter the other arms"
        yield ctx.node(_MODEL).problem(
            f"interventionModel is {model}, but only one arm is listed",
            hint=f"{hint}, or choose SINGLE_GROUP if there is only one",
            related=[module.child("armGroups")],
        )
    elif count in (2, 3) and model == "FACTORIAL":
        yield ctx.node(_MODEL).problem(
            f"interventionModel is FACTORIAL, which takes four arms, but {count} are listed",
            hint="enter every combination of the treatments, or choose PARALLEL",
            related=[module.child("armGroups")],
            severity=WARNING,
        )


_SAYS_NOTHING = pattern(
    r"(?i)^(?:(?:treatment|study|experimental|control|intervention|test|active|patient|comparator)s? ?)?"
    r"(?:(?:arms?|groups?|cohorts?|parts?) ?)?[-# ]{0,2}(?:[0-9]{1,2}|[a-z]|i{1,3}|iv|v)?[.:]?$"
)
_NOT_A_WORD_MORE = pattern(
    r"(?i)^(?:n/?a|none|(?:control|treatment|study|experimental|intervention|active)? ?(?:group|arm|cohort)?s?)[. ]*$"
)


def _says_nothing(arm: dict[str, Any]) -> bool:
    """Say whether neither title nor description of an arm tells anything of it."""
    label = arm.get("label")
    if not label or arm.get("type") == "NO_INTERVENTION" or _SAYS_NOTHING().search(label) is None:
        return False
    return _NOT_A_WORD_MORE().search(arm.get("description") or "none") is not None


@rule(
    "ARM013",
    "arm-label-uninformative",
    severity=NOTE,
    at=_MODULE + ".armGroups",
    when=lambda arms: len(arms) > 1 and any(map(_says_nothing, arms)),
    examples=[
        bad({"armsInterventionsModule.armGroups[0].label": "1",
             "armsInterventionsModule.armGroups[0].description": None}, path=_ARMS + "/0/label"),
        bad({"armsInterventionsModule.armGroups[1].label": "Control group",
             "armsInterventionsModule.armGroups[1].description": "Control."}, path=_ARMS + "/1/label"),
        good(),
        good({"armsInterventionsModule.armGroups[0].label": "Group A"}, note="masked, but described"),
        good({"armsInterventionsModule.armGroups[0].label": "Exampline 50 mg",
              "armsInterventionsModule.armGroups[0].description": None}),
        good({"armsInterventionsModule.armGroups[1]": {"label": "Control", "type": "NO_INTERVENTION"},
              "armsInterventionsModule.interventions[1]": None}),
        good({**_ONE_ARM, **_SINGLE_GROUP, "armsInterventionsModule.armGroups[0].label": "Arm 1"}, note="the only arm"),
    ],
)  # fmt: skip
def arm_label_uninformative(groups: Node, ctx: Context) -> Iterator[Problem]:
    """The title of an arm is a mere number, letter or word such as group, and nothing describes the arm.

    Why: tables of results show the title alone; readers then do not know what the participants got.
    What to do: name the treatment or the group in the title, or describe it.
    False positives: short titles are fine where a description tells the arm from the others, as in masked trials that
    are under way; single arms and arms that get nothing are left alone.
    Source: PRS protocol definitions, Arm Title, https://clinicaltrials.gov/policy/protocol-definitions#ArmGroupLabel
    """
    found = [arm for arm in groups.items() if _says_nothing(arm.value)]
    titles = [f"'{arm.text('label')}'" for arm in found]
    shown = " and ".join(filter(None, [", ".join(titles[:-1]), titles[-1]]))
    yield found[0].problem(
        f"{shown} {'is' if len(found) == 1 else 'are'} all that title and description say of "
        f"{'an arm' if len(found) == 1 else f'{len(found)} arms'}",
        "label",
        hint="name the treatment or the group in the title, or describe it",
        related=[arm.child("label") for arm in found[1:]],
    )
