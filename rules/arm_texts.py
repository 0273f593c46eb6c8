"""ARM: titles and descriptions of arms, against each other and against other texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Any

from lint.api import ERROR, EVERY, MEDIUM, NOTE, WARNING, Context, Node, Problem, bad, good, pattern, rule, unescape
from lint.rules.readers.arms import Arm, indistinct, listed, read_arms, same_treatment
from lint.rules.readers.facts import study_facts
from lint.rules.readers.interventions import without_type
from lint.rules.readers.labels import cut_off, folded, twins

_ARM_GROUPS = "$.protocolSection.armsInterventionsModule.armGroups"
_ARMS = "/protocolSection/armsInterventionsModule/armGroups"
_A = "armsInterventionsModule.armGroups"
_I = "armsInterventionsModule.interventions"
_STEM_CELLS = "autologous bone marrow mesenchymal stem cells transplantation"


def _titled(*titles: str, name: str = "Exampline") -> dict[str, Any]:
    """Two and more arms of one treatment with some titles."""
    return {
        _A: [{"label": title, "type": "EXPERIMENTAL", "interventionNames": [f"Drug: {name}"]} for title in titles],
        _I: [{"type": "DRUG", "name": name, "armGroupLabels": list(titles)}],
    }


def _described(*descriptions: str | None, titles: Sequence[str] = ("Group 1", "Group 2", "Group 3")) -> dict[str, Any]:
    """Two and more arms of one treatment with some descriptions."""
    patch = _titled(*titles[: len(descriptions)])
    for arm, description in zip(patch[_A], descriptions):
        if description is not None:
            arm["description"] = description
    return patch


@rule(
    "ARM003",
    "duplicate-arm-label",
    severity=ERROR,
    profiles=EVERY,
    at=_ARM_GROUPS,
    examples=[
        bad({_A + "[0].label": "Group A", _A + "[1].label": "group a"}, path=_ARMS + "/1/label", note="case"),
        bad({_A + "[0].label": "Group A", _A + "[1].label": "Group A"}, path=_ARMS + "/1/label"),
        bad({_A + "[0].label": "Sequence", _A + "[1].label": "Sequence",
             "designModule.designInfo.interventionModel": "CROSSOVER"}, note="sequences need a name each"),
        good(),
        good({_A + "[0].label": "Group A", _A + "[1].label": "Group B"}),
        good({_A + "[0].label": "HBV+", _A + "[1].label": "HBV-"}, note="signs tell arms apart"),
    ],
)  # fmt: skip
def duplicate_arm_label(groups: Node, ctx: Context) -> Iterator[Problem]:
    """Several arms have the same title.

    Why: interventions, outcomes and results refer to arms by their titles; two arms of one title
    cannot be told apart.
    What to do: give every arm its own title, such as the treatment or the order of treatments.
    False positives: case, blanks and punctuation do not count, but signs do (HBV+ and HBV-).
    Source: PRS protocol definitions, Arm Title, https://clinicaltrials.gov/policy/protocol-definitions#ArmLabel
    """
    titles = [arm.title for arm in ctx.memo(read_arms)]
    if len(set(titles)) == len(titles):
        return
    for title in dict.fromkeys(titles):
        same = [groups.child(index, "label") for index, other in enumerate(titles) if other == title]
        if title and len(same) > 1:
            written = list(dict.fromkeys(place.text() for place in same))
            yield same[-1].problem(
                f"{len(same)} arms have the same title '{written[0]}'"
                if len(written) == 1
                else f"the titles '{written[0]}' and '{written[1]}' of two arms are the same but for case, blanks or "
                "punctuation",
                hint="give every arm its own title",
                related=same[:-1],
            )


@rule(
    "ARM004",
    "near-duplicate-arm-label",
    severity=WARNING,
    at=_ARM_GROUPS,
    examples=[
        bad(_titled(_STEM_CELLS, "mesenchymal stem cells transplantation", "stem cells transplantation",
                    name=_STEM_CELLS),
            path=_ARMS + "/1/label", note="every title is the end of the one before"),
        bad({_A + "[0].label": "Intervention group", _A + "[1].label": "Intervenion group"}, path=_ARMS + "/1/label"),
        bad({_A + "[0].label": "Propranolol 10 mg", _A + "[1].label": "Propanolol 10 mg"}, path=_ARMS + "/1/label"),
        good(),
        good(_titled("MSC 1e6/kg", "MSC 5e6/kg"), note="doses"),
        good(_titled("Arm 1", "Arm 2"), note="numbers"),
        good(_titled("Exampline after lunch group A", "Exampline after lunch group B"), note="letters"),
        good(_titled("Children With Food Allergy", "Parents of Children With Food Allergy"), note="two populations"),
        good({_A + "[0].label": "Prednisone group", _A + "[1].label": "Prednisolone group"}, note="two drugs"),
        good({_A + "[0].label": "Exampline once a day", _A + "[1].label": "Ibuprofen and Exampline once a day"},
             note="an add-on"),
    ],
)  # fmt: skip
def near_duplicate_arm_label(groups: Node, ctx: Context) -> Iterator[Problem]:
    """The title of an arm is a cut or misspelt copy of another one.

    Why: readers cannot tell whether two arms or two spellings of one arm are meant.
    What to do: say in every title what is special about the arm (treatment, dose, population).
    False positives: titles that differ in a number, a single letter, a sign or a word such as
    "with" are left alone; so are cut titles unless what was cut is part of the name of an
    intervention that both arms get, and pairs of words that are both well known.
    Source: PRS protocol definitions, Arm Title, https://clinicaltrials.gov/policy/protocol-definitions#ArmLabel
    """
    arms = ctx.memo(read_arms)
    for group in ctx.memo(same_treatment):
        yield from _cut_titles(groups, group)
    for index, arm in enumerate(arms):
        for earlier in arms[:index]:
            found = twins(ctx, arm.title, earlier.title)
            if found:
                place = groups.child(arm.position if found.word in arm.title.split() else earlier.position, "label")
                other = groups.child(earlier.position if place.path[-2] == arm.position else arm.position, "label")
                yield place.problem(
                    f"'{found.word}' is the only difference to the title of another arm, which says '{found.model}'",
                    hint="correct the spelling, and say in the titles how the arms differ",
                    related=[other],
                )


def _cut_titles(groups: Node, arms: list[Arm]) -> Iterator[Problem]:
    """Yield one problem for all titles that are cut copies of others in a group of arms."""
    idle, titles = arms[0].words_of_names, [arm.title.split() for arm in arms]
    cut = [arm for arm, title in zip(arms, titles) if any(cut_off(title, other, idle) for other in titles)]
    if not cut:
        return
    full = max(arms, key=lambda arm: len(arm.title))
    yield groups.child(cut[0].position, "label").problem(
        f"{listed(cut)} only {'repeats' if len(cut) == 1 else 'repeat'} a part of '{full.label}', the title of "
        "another arm with the same interventions",
        hint="say in every title what is special about the arm, or merge the arms",
        related=[groups.child(arm.position, "label") for arm in arms if arm is not cut[0]],
    )


@rule(
    "ARM005",
    "duplicate-arm-description",
    severity=WARNING,
    at=_ARM_GROUPS,
    examples=[
        bad(_described("Tablets every morning.", _STEM_CELLS, _STEM_CELLS), path=_ARMS + "/2/description"),
        bad({**_described("One tablet a day.", "One tablet a day.", titles=("Old", "New")),
             _A + "[1].type": "ACTIVE_COMPARATOR"}, note="a note, because the titles differ"),
        good(),
        bad({**_titled("Early Biopsy", "Late Biopsy", name="Early or Late Biopsy"), _A + "[0].description": "Biopsy.",
             _A + "[1].description": "Biopsy."}, note="a note, because the titles differ"),
        good(_described("One tablet a day.", "One tablet a day.", titles=("Children", "Adults")),
             note="cohorts that are treated alike, told apart by their titles"),
        good({**_described("One tablet a day.", "One tablet a day.", titles=("Patients", "Healthy Volunteers")),
              _A + "[1].type": "ACTIVE_COMPARATOR"}, note="two kinds of patients who are treated alike"),
        good(_described("One tablet a day.", "Two tablets a day.")),
        good({_A + "[0].description": "One masked tablet a day.", _A + "[1].description": "One masked tablet a day."},
             note="what is masked shares the wording on purpose; the interventions differ"),
        good(_described("One masked tablet a day.", "One masked tablet a day.",
                        titles=("Exampline 10 mg", "Exampline 20 mg")), note="the dose stands in the title"),
        good(_described("", "")),
    ],
)  # fmt: skip
def duplicate_arm_description(groups: Node, ctx: Context) -> Iterator[Problem]:
    """Several arms have the same description.

    Why: descriptions are there to tell the arms apart.
    What to do: describe what is done in this arm: treatment, dose, schedule, population.
    False positives: arms with different interventions, arms whose titles give a dose, the
    number of a cohort or a kind of patients, and arms of one type whose titles tell them apart
    (cohorts that are treated alike) may share the wording; where arms of several types do so,
    or the name of the intervention holds both titles, it is a note.
    Source: PRS protocol definitions, Arm Description,
    https://clinicaltrials.gov/policy/protocol-definitions#ArmDescription
    """
    arms = ctx.memo(read_arms)
    described = [(arm.description, arm.names, arm.entries) for arm in arms if arm.description]
    if len(set(described)) == len(described):
        return
    for said in dict.fromkeys(described):
        same = [arm for arm in arms if (arm.description, arm.names, arm.entries) == said]
        if len(same) < 2 or all(arm.says_dose or arm.says_population for arm in same):
            continue
        own = len({arm.own_words for arm in same}) == len(same)
        told_apart = own or all(not one.title_words <= two.title_words for one, two in permutations(same, 2))
        if not own or len({groups.get(arm.position, "type") for arm in same}) > 1:
            yield groups.child(same[-1].position, "description").problem(
                f"{len(same)} arms have the same description: {listed(same)}",
                hint="describe how each arm differs from the others",
                related=[groups.child(arm.position, "description") for arm in same[:-1]],
                severity=NOTE if told_apart else None,
            )


@rule(
    "ARM006",
    "arms-with-identical-interventions",
    severity=WARNING,
    confidence=MEDIUM,
    at=_ARM_GROUPS,
    examples=[
        bad(_described("Infusion via the liver artery.", _STEM_CELLS, _STEM_CELLS),
            path=_ARMS + "/0/interventionNames"),
        bad(_described(None, None)),
        good(),
        good(_described("One tablet of 50 mg a day.", "One tablet of 100 mg a day."), note="dose in the description"),
        good(_described(None, None, titles=("Patients With Migraine", "Healthy Volunteers")), note="two populations"),
        good(_described(None, None, titles=("Children", "Adults")), note="two ages"),
        good({**_described(None, None), "designModule.designInfo.interventionModel": "CROSSOVER"},
             note="the order of treatments differs"),
        good(_described("Exampline, then a pause.", "A pause, then Exampline."), note="the order counts"),
        good(_titled("Splint", "Exercise", name="Splint and exercise"), note="each title names a part"),
        good({**_titled("Arm 1", "Arm 2"),
              _I: [{"type": "DRUG", "name": "Exampline", "description": f"{dose} mg", "armGroupLabels": [arm]}
                   for arm, dose in (("Arm 1", 5), ("Arm 2", 10))]},
             note="two interventions of one name, each described for its arm"),
    ],
)  # fmt: skip
def arms_with_identical_interventions(groups: Node, ctx: Context) -> Iterator[Problem]:
    """Several arms get exactly the same interventions, and no text says what differs.

    Why: arms that do not differ cannot be compared; usually an intervention is ticked too often,
    or one arm was entered several times.
    What to do: tick only what each arm gets; write doses, schedules and populations into the
    descriptions; or merge the arms.
    False positives: arms whose titles or descriptions differ in anything but the names of the
    interventions and numbers of arms (doses, populations, order) are left alone, as are arms that
    are listed by different interventions of one name (INT002), crossover and observational studies.
    Source: PRS protocol definitions, Arm Information, https://clinicaltrials.gov/policy/protocol-definitions#Arms
    """
    found = ctx.memo(indistinct)
    if not found or not ctx.memo(study_facts).interventional:
        return
    if ctx.get("designModule.designInfo.interventionModel") == "CROSSOVER":
        return
    for arms, alike in found:
        yield groups.child(arms[0].position, "interventionNames").problem(
            f"{len(arms)} arms get exactly the same interventions, and no text says how {listed(alike)} differ",
            hint="tick only what each arm gets and say in the descriptions what differs (dose, schedule, population); "
            "if nothing does, one arm of type EXPERIMENTAL is enough",
            related=[groups.child(arm.position, "interventionNames") for arm in arms[1:]],
        )


_LEVEL = pattern(
    r"(?i)\b(?:low|medium|middle|mid|high|lower|higher|lowest|highest)[- ](?:dos|volume|frequency|intensity)|"
    r"\bdos(?:e|ing)[- ](?:level|cohort|group|[0-9a-d]\b)|titrat"
)
_AMOUNT = pattern(r"(?i)[0-9] ?(?:mg|mcg|\u00b5g|ug|g|kg|ml|iu|%|units?|cells|hz|min|x ?10)|10\^|[0-9]e[0-9]")


def _undescribed(groups: list[dict[str, Any]]) -> bool:
    return len(groups) > 1 and sum(not group.get("description") for group in groups) > 1


@rule(
    "ARM012",
    "arm-description-missing",
    severity=WARNING,
    confidence=MEDIUM,
    at=_ARM_GROUPS,
    when=_undescribed,
    examples=[
        bad(_described(None, None, titles=("Low dose group", "High dose group")), path=_ARMS + "/0"),
        bad(_described(None, None, titles=("Exampline dose level 1", "Exampline dose level 2"))),
        good(),
        good(_described("5 mg a day.", "10 mg a day.", titles=("Low dose group", "High dose group"))),
        good(_described(None, None, titles=("Exampline 5 mg", "Exampline 10 mg")), note="the titles give the doses"),
        good(_described(None, None, titles=("Children", "Adults")), note="two populations"),
        good(_described(None, titles=("Low dose group",)), note="a single arm"),
        good({_A + "[0].description": None, _A + "[1].description": None}, note="the interventions differ"),
        good(base="observational"),
    ],
)  # fmt: skip
def arm_description_missing(groups: Node, ctx: Context) -> Iterator[Problem]:
    """Arms that get the same in several doses or steps do not say in which.

    Why: the registry asks for a description wherever it is needed to tell arms apart; a low and a high dose of what is
    listed once cannot be repeated.
    What to do: write dose, form, frequency and duration into the description of every arm.
    False positives: a description is needed only where several arms list the same interventions and their titles speak
    of doses or levels without an amount; amounts in titles, dose escalation, populations, single arms and observational
    studies are left alone. Arms that nothing tells apart are ARM006.
    Source: PRS protocol definitions, Arm Description,
    https://clinicaltrials.gov/policy/protocol-definitions#ArmDescription
    """
    if not ctx.memo(study_facts).interventional:
        return
    alike = {arm.position for _, arms in ctx.memo(indistinct) for arm in arms}
    for arms in ctx.memo(same_treatment):
        silent = [
            arm
            for arm in arms
            if not arm.description
            and arm.position not in alike
            and _LEVEL().search(arm.label)
            and not _AMOUNT().search(arm.label)
        ]
        if len(silent) > 1:
            yield groups.child(silent[0].position).problem(
                f"{listed(silent)} get the same interventions in several doses or steps, but no description says which",
                hint="write dose, form, frequency and duration into the description of every arm",
                missing="description",
                related=[groups.child(arm.position) for arm in silent[1:]],
            )


_OPENING, _SLACK = 4, 4
"""Texts are compared only if they begin with the same characters and are nearly of one length."""


@rule(
    "ARM014",
    "arm-text-copies-other-field",
    severity=WARNING,
    at=_ARM_GROUPS,
    examples=[
        bad({_A + "[0].description": "Exampline"}, path=_ARMS + "/0/description", note="the title once more"),
        bad({_A + "[0].description": "Exampline Versus Placebo in Adults With Chronic Migraine"}),
        bad(_titled("Exampline", "Group 2"), path=_ARMS + "/0/label",
            note="what both arms get is no title for one of them"),
        good(),
        good({_A + "[0].description": "Exampline 50 mg once a day"}),
        good(_titled("Exampline", "Exampline in children"), note="the other title says what differs"),
        good(note="the only arm with an intervention may have its name"),
        good({_A + "[1]": {"label": "Observation", "type": "NO_INTERVENTION", "description": "Observation."}}),
        good({_A + "[0].interventionNames": ["Drug: Exampline", "Drug: Placebo"],
              _A + "[1].interventionNames": ["Drug: Exampline", "Drug: Placebo"]},
             note="two titles that name one treatment each tell the arms apart"),
    ],
)  # fmt: skip
def arm_text_copies_other_field(groups: Node, ctx: Context) -> Iterator[Problem]:
    """The description of an arm only repeats a title or a name, or its title fits other arms too.

    Why: the copy adds nothing; readers look here for what is done in this arm.
    What to do: write dose, form, frequency and duration into the description, and into the title
    what tells the arm from the others.
    False positives: arms of type NO_INTERVENTION are left alone; where all interventions of the
    arm have a description of their own, the copy is a note. An arm may have the name of its
    intervention as title; only where another arm gets exactly the same, and no title says more
    than these names, it is reported.
    Source: PRS protocol definitions, Arm Description,
    https://clinicaltrials.gov/policy/protocol-definitions#ArmDescription
    """
    for arm, copied in _copies(ctx):
        if groups.get(arm.position, "type") == "NO_INTERVENTION":
            continue
        yield groups.child(arm.position, "description").problem(
            f"the description of arm '{arm.label}' only repeats {copied}",
            hint="say what is done in this arm: dose, form, frequency, duration"
            if ctx.memo(study_facts).interventional
            else "say who belongs to this group and what is observed or done",
            severity=NOTE if _described_elsewhere(arm, ctx) else None,
        )
    for arms in ctx.memo(same_treatment):
        yield from _named_like_all(groups, arms)


def _copies(ctx: Context) -> Iterator[tuple[Arm, str]]:
    """Yield arms whose description is a copy, each with what it is copied from."""
    study, arms = ctx.node("identificationModule"), ctx.memo(read_arms)
    texts = {
        study.get("officialTitle"): "the official title of the study",
        study.get("briefTitle"): "the brief title of the study",
        **{arm.label: "the title of an arm" for arm in arms},
        **{one.get("name"): "the name of an intervention" for one in ctx.get(_I) or ()},
    }
    sizes: dict[str, list[int]] = {}
    for text in filter(None, texts):
        sizes.setdefault(text[:_OPENING].casefold(), []).append(len(text))
    known: dict[str, str] = {}
    for arm in arms:
        size = len(arm.description)
        if any(abs(size - other) <= _SLACK for other in sizes.get(arm.description[:_OPENING].casefold(), ())):
            known = known or {folded(unescape(text)): what for text, what in texts.items() if text}
            copied = folded(unescape(arm.description))
            if copied in known:
                yield arm, "this title" if copied == arm.title else known[copied]


def _described_elsewhere(arm: Arm, ctx: Context) -> bool:
    """Say whether every intervention of the arm has a description that is more than its name."""
    names = {without_type(name) for name in arm.names}
    given = [one for one in ctx.get(_I) or () if one.get("name") in names]
    return bool(given) and all(folded(one.get("description") or "") not in ("", folded(one["name"])) for one in given)


def _named_like_all(groups: Node, arms: list[Arm]) -> Iterator[Problem]:
    """Yield the title that only names what several arms get, none of which has a title that says more."""
    names = {without_type(name).casefold() for name in arms[0].names}
    named = [arm for arm in arms if arm.label.casefold() in names]
    if len(named) != 1 or any(arm.own_words for arm in arms):
        return
    yield groups.child(named[0].position, "label").problem(
        f"the title '{named[0].label}' only repeats the name of an intervention, which {len(arms)} arms get alike",
        hint="say in the title what tells this arm from the others",
    )
