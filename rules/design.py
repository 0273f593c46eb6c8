"""DES: allocation and masking, against the model and the arms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lint.api import ERROR, EVERY, WARNING, Context, Edit, Fix, Node, Problem, Severity, bad, good, rule
from lint.rules.readers.facts import FINAL_RULE, study_facts
from lint.rules.readers.interventions import is_placebo

_DESIGN = "$.protocolSection.designModule.designInfo"
_POINTER = "/protocolSection/designModule/designInfo"
_ARMS = "armsInterventionsModule.armGroups"
_D, _M = "designModule.designInfo", "designModule.designInfo.maskingInfo"
_OLD = {"statusModule.startDateStruct": {"date": "2013-05"}}
_ONE_ARM: dict[str, Any] = {
    _ARMS: [{"label": "Exampline", "type": "EXPERIMENTAL", "interventionNames": ["Drug: Exampline"]}],
    "armsInterventionsModule.interventions[1]": None,
}


def _remedy(count: int) -> str:
    """Say how to resolve an allocation in a single-group study, by how many arms there are."""
    if count > 1:
        return (
            f"there are {count} arms: if participants are divided among them, correct the interventionModel; if "
            "everyone gets the same, merge the arms and set allocation to NA"
        )
    return "set allocation to NA, or correct the model and enter the other arms if there are several groups"


def _milder_if_old(ctx: Context) -> Severity | None:
    return None if ctx.memo(study_facts).began_on_or_after(FINAL_RULE) else WARNING


@rule(
    "DES001",
    "allocation-na-multi-arm",
    severity=WARNING,
    at=_DESIGN,
    examples=[
        bad({_D + ".allocation": "NA"}, path=_POINTER + "/allocation"),
        bad({_D + ".allocation": "NA", _D + ".interventionModel": "CROSSOVER"}),
        good(),
        good({_D + ".allocation": "NON_RANDOMIZED"}),
        good(
            {_D + ".allocation": "NA", _D + ".interventionModel": "SEQUENTIAL"}, note="dose cohorts one after another"
        ),
        good({_D + ".allocation": "NA", _D + ".interventionModel": "SINGLE_GROUP"}, note="see ARM002"),
    ],
)
def allocation_na_multi_arm(design: Node, ctx: Context) -> Iterator[Problem]:
    """Allocation is NA although there are several arms.

    Why: readers need to know whether chance or choice decided who got what.
    What to do: choose RANDOMIZED if chance assigns participants to arms, NON_RANDOMIZED if
    anything else does.
    False positives: sequential studies may enter cohorts of one population as arms; single-group
    studies are ARM002.
    Source: PRS protocol definitions, Allocation,
    https://clinicaltrials.gov/policy/protocol-definitions#IntAllocation
    """
    if design.get("allocation") != "NA" or design.get("interventionModel") in ("SINGLE_GROUP", "SEQUENTIAL"):
        return
    arms = ctx.node(_ARMS)
    if len(arms.value or ()) > 1:
        yield design.problem(
            f"allocation is NA, which is for one arm, but there are {len(arms.value)} arms",
            "allocation",
            hint="choose RANDOMIZED if chance assigns participants to arms, NON_RANDOMIZED if anything else does",
            related=[arms],
        )


@rule(
    "DES002",
    "allocation-set-single-group",
    severity=ERROR,
    profiles=EVERY,
    at=_DESIGN,
    examples=[
        bad({_D + ".interventionModel": "SINGLE_GROUP", _D + ".allocation": "NON_RANDOMIZED"},
            path=_POINTER + "/allocation"),
        bad({_D + ".interventionModel": "SINGLE_GROUP"}, path=_POINTER + "/allocation"),
        bad({**_ONE_ARM, _D + ".allocation": "NON_RANDOMIZED"}, path=_POINTER + "/allocation"),
        bad({**_OLD, _D + ".interventionModel": "SINGLE_GROUP", _D + ".allocation": "NON_RANDOMIZED"},
            note="a warning for older studies"),
        good(),
        good({_D + ".interventionModel": "SINGLE_GROUP", _D + ".allocation": "NA"}),
        good({_D + ".interventionModel": "SINGLE_GROUP", _D + ".allocation": None}, note="absent; see SCH004"),
    ],
)  # fmt: skip
def allocation_set_single_group(design: Node, ctx: Context) -> Iterator[Problem]:
    """A single-group study has an allocation.

    Why: allocation says how participants are assigned to arms; with one group there is nothing
    to assign.
    What to do: set allocation to NA, or correct the intervention model or the arms if there are
    several groups.
    False positives: studies that began before 18 January 2017, when the value NA was not asked
    for, are a warning. A randomised study with a single arm is DES003.
    Source: PRS protocol definitions, Allocation,
    https://clinicaltrials.gov/policy/protocol-definitions#IntAllocation
    """
    allocation = design.get("allocation")
    if allocation not in ("RANDOMIZED", "NON_RANDOMIZED"):
        return
    arms = ctx.node(_ARMS)
    lone = len(arms.value or ()) == 1
    if lone and allocation == "RANDOMIZED":
        return
    if design.get("interventionModel") == "SINGLE_GROUP":
        reason, related = "interventionModel is SINGLE_GROUP", design.child("interventionModel")
    elif lone:
        reason, related = "only one arm is listed", arms
    else:
        return
    yield design.problem(
        f"allocation is {allocation}, but {reason}, so there is nothing to allocate",
        "allocation",
        hint=_remedy(len(arms.value or ())),
        related=[related],
        severity=_milder_if_old(ctx),
    )


@rule(
    "DES003",
    "randomized-single-arm",
    severity=ERROR,
    profiles=EVERY,
    at=_DESIGN,
    examples=[
        bad(_ONE_ARM, path=_POINTER + "/allocation"),
        bad({**_ONE_ARM, _D + ".interventionModel": "CROSSOVER"}, note="a crossover study entered as one arm"),
        bad({**_ONE_ARM, _D + ".interventionModel": "SINGLE_GROUP"}),
        good(),
        good({_ARMS: None}, note="arms that are not listed at all; see SCH003"),
    ],
)
def randomized_single_arm(design: Node, ctx: Context) -> Iterator[Problem]:
    """A study with one arm is called randomised.

    Why: chance cannot assign participants to one arm; other arms are missing, or the study is
    not randomised.
    What to do: enter the other arms; in a crossover study every sequence of treatments is an arm.
    If there is one arm, set allocation to NA.
    False positives: records that list no arms are left alone.
    Source: PRS protocol definitions, Allocation,
    https://clinicaltrials.gov/policy/protocol-definitions#IntAllocation
    """
    if design.get("allocation") != "RANDOMIZED":
        return
    arms = ctx.node(_ARMS)
    if len(arms.value or ()) == 1:
        crossover = design.get("interventionModel") == "CROSSOVER"
        yield design.problem(
            "allocation is RANDOMIZED, but only one arm is listed, so there is nothing to randomise to",
            "allocation",
            hint=f"enter {'the other sequences of treatments as' if crossover else 'the other'} arms, "
            "or set allocation to NA if there is one",
            related=[arms, design.child("interventionModel")],
        )


_LEVELS = {"SINGLE": 1, "DOUBLE": 2, "TRIPLE": 3, "QUADRUPLE": 4}
_NAMES = {count: level for level, count in _LEVELS.items()}


@rule(
    "DES004",
    "masking-none-with-roles",
    severity=ERROR,
    profiles=EVERY,
    at=_DESIGN + ".maskingInfo",
    examples=[
        bad({_M + ".masking": "NONE"}, path=_POINTER + "/maskingInfo/masking"),
        bad({_M + ".whoMasked": None}, path=_POINTER + "/maskingInfo"),
        bad({**_OLD, _M + ".whoMasked": None}, note="a warning for older studies"),
        good(),
        good({_M: {"masking": "NONE"}}),
    ],
)  # fmt: skip
def masking_none_with_roles(masking: Node, ctx: Context) -> Iterator[Problem]:
    """An open study names masked roles, or a masked study names none.

    Why: one of the two is wrong, and readers judge the risk of bias by them.
    What to do: choose who is masked; the level follows from the number of roles.
    False positives: roles were optional before 18 January 2017; a masked study that began
    before and names none is a warning.
    Source: PRS protocol definitions, Masking,
    https://clinicaltrials.gov/policy/protocol-definitions#IntMasking
    """
    level, roles = masking.get("masking"), masking.get("whoMasked") or ()
    if level == "NONE" and roles:
        yield masking.problem(
            f"masking is NONE, but {' and '.join(roles)} {'is' if len(roles) == 1 else 'are'} said to be masked",
            "masking",
            hint="remove the roles, or choose the level that fits them",
            related=[masking.child("whoMasked")],
        )
    elif level in _LEVELS and not roles:
        yield masking.problem(
            f"masking is {level}, but nobody is said to be masked",
            hint="choose the roles that are masked (participant, care provider, investigator, outcomes assessor)",
            missing="whoMasked",
            severity=_milder_if_old(ctx),
        )


@rule(
    "DES005",
    "masking-level-count-mismatch",
    severity=ERROR,
    profiles=EVERY,
    at=_DESIGN + ".maskingInfo",
    fixable=True,
    examples=[
        bad({_M + ".masking": "TRIPLE"}, path=_POINTER + "/maskingInfo/masking"),
        bad({_M + ".whoMasked": ["PARTICIPANT"]}, path=_POINTER + "/maskingInfo/masking"),
        good(),
        good({_M: {"masking": "SINGLE", "whoMasked": ["OUTCOMES_ASSESSOR"]}}),
        good({_M + ".whoMasked": None}, note="no roles at all; see DES004"),
    ],
)  # fmt: skip
def masking_level_count_mismatch(masking: Node, ctx: Context) -> Iterator[Problem]:
    """The level of masking is not the number of masked roles.

    Why: SINGLE, DOUBLE, TRIPLE and QUADRUPLE mean one, two, three and four roles.
    What to do: choose the level that fits the roles, or add the role that is missing.
    False positives: none; studies without roles are DES004.
    Source: PRS protocol definitions, Masking,
    https://clinicaltrials.gov/policy/protocol-definitions#IntMasking
    """
    level, roles = masking.get("masking"), set(masking.get("whoMasked") or ())
    if level not in _LEVELS or len(roles) not in _NAMES or _LEVELS[level] == len(roles):
        return
    right = _NAMES[len(roles)]
    number = "role is" if len(roles) == 1 else "roles are"
    yield masking.problem(
        f"masking is {level}, but {len(roles)} {number} masked: {', '.join(sorted(roles))}",
        "masking",
        hint=f"write {right}, or add or remove a role",
        related=[masking.child("whoMasked")],
        fix=Fix(f"write {right}", (Edit((*masking.path, "masking"), right),), safe=True),
    )


def _includes_placebo(design: Node, ctx: Context) -> bool:
    """Say whether everyone gets a placebo beside the treatment: nobody is randomised, and a text speaks of it."""
    if design.get("allocation") == "RANDOMIZED":
        return False
    module = ctx.node("armsInterventionsModule")
    texts = [place.text(key) for place in (*module.items("armGroups"), *module.items("interventions"))
             for key in ("label", "name", "description")]  # fmt: skip
    return any(map(is_placebo, texts))


@rule(
    "DES006",
    "masked-single-arm",
    severity=WARNING,
    at=_DESIGN,
    examples=[
        bad(_ONE_ARM, path=_POINTER + "/maskingInfo/whoMasked"),
        bad({**_ONE_ARM, _M: {"masking": "SINGLE", "whoMasked": ["CARE_PROVIDER"]}}),
        good(),
        good({**_ONE_ARM, _M: {"masking": "SINGLE", "whoMasked": ["OUTCOMES_ASSESSOR"]}},
             note="an assessor can be masked to the time or the side"),
        good({**_ONE_ARM, _M: {"masking": "NONE"}}),
        good({**_ONE_ARM, _D + ".interventionModel": "CROSSOVER"}, note="the order of treatments can be masked"),
        good({**_ONE_ARM, _D + ".allocation": "NA",
              "armsInterventionsModule.interventions[0].description": "Placebo, and Exampline a week later."},
             note="the one treatment includes a placebo"),
    ],
)  # fmt: skip
def masked_single_arm(design: Node, ctx: Context) -> Iterator[Problem]:
    """Participants or care providers of a study with one arm are masked.

    Why: where everyone gets the same treatment, nobody can be kept from knowing which it is.
    What to do: set masking to NONE, or enter the arms that are missing.
    False positives: masked assessors and investigators, crossover studies, and placebos that are
    part of what everyone gets (food challenges, run-ins) are left alone.
    Source: PRS protocol definitions, Masking,
    https://clinicaltrials.gov/policy/protocol-definitions#IntMasking
    """
    masked = [role for role in design.get("maskingInfo", "whoMasked") or () if role in ("PARTICIPANT", "CARE_PROVIDER")]
    arms = ctx.node(_ARMS) if masked else None
    if arms is None or len(arms.value or ()) != 1 or design.get("interventionModel") == "CROSSOVER":
        return
    if design.get("maskingInfo", "masking") != "NONE" and not _includes_placebo(design, ctx):
        verb = "is" if len(masked) == 1 else "are"
        yield design.problem(
            f"only one arm is listed, but {' and '.join(masked)} {verb} said to be masked",
            "maskingInfo",
            "whoMasked",
            hint="if everyone gets the same, nobody can be kept from knowing it: leave out these roles, or enter the "
            "arms that are missing; assessors may still be masked",
            related=[arms],
        )
