"""ARM: arms and groups, against each other and against the design."""

from __future__ import annotations

from collections.abc import Iterator

from lint.api import ERROR, EVERY, Context, Node, Problem, bad, good, rule

_COMPARATORS = ("ACTIVE_COMPARATOR", "PLACEBO_COMPARATOR", "SHAM_COMPARATOR")


@rule(
    "ARM001",
    "arm-type-conflict-single-group",
    severity=ERROR,
    profiles=EVERY,
    at="$.protocolSection.armsInterventionsModule",
    examples=[
        bad(
            {
                "designModule.designInfo.interventionModel": "SINGLE_GROUP",
                "designModule.designInfo.allocation": "NA",
            },
            path="/protocolSection/designModule/designInfo/interventionModel",
        ),
        good(),
        good({"designModule.designInfo.interventionModel": "SINGLE_GROUP",
              "armsInterventionsModule.armGroups": [{"label": "Exampline", "type": "EXPERIMENTAL"}]}),
    ],
)  # fmt: skip
def arm_type_conflict_single_group(module: Node, ctx: Context) -> Iterator[Problem]:
    """A single-group study has comparator arms or arms of several types.

    Why: in a single-group study every participant gets the same treatment, so there is nothing
    that a comparator could be compared with.
    What to do: correct the intervention model (PARALLEL, SEQUENTIAL, CROSSOVER) if the arms are
    real; merge the arms and call the one that remains EXPERIMENTAL if they are not.
    False positives: one lone ACTIVE_COMPARATOR arm is common in older records; it is a warning.
    Source: PRS protocol definitions, Arm Type, https://clinicaltrials.gov/policy/protocol-definitions#ArmGroupType
    """
    if ctx.get("designModule.designInfo.interventionModel") != "SINGLE_GROUP":
        return
    typed = [arm for arm in module.items("armGroups") if arm.get("type")]
    comparators = [arm for arm in typed if arm.get("type") in _COMPARATORS]
    kinds = sorted({arm.get("type") for arm in typed})
    if comparators or len(kinds) > 1:
        yield ctx.node("designModule.designInfo.interventionModel").problem(
            f"interventionModel is SINGLE_GROUP, but the arms are of type {', '.join(kinds)}",
            hint="choose the model that fits the arms, or merge the arms into one",
            related=[arm.child("type") for arm in typed],
        )
