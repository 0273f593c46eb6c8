"""INT: interventions, their names and what is said about them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lint.api import ERROR, MEDIUM, NOTE, WARNING, Context, Node, Problem, bad, good, pattern, rule, unescape
from lint.rules.readers.arms import Arm, listed, read_arms
from lint.rules.readers.facts import FINAL_RULE, study_facts
from lint.rules.readers.interventions import is_placebo, read_names, without_type
from lint.rules.readers.labels import folded, twins

_LIST = "$.protocolSection.armsInterventionsModule.interventions"
_INTERVENTIONS = "/protocolSection/armsInterventionsModule/interventions"
_I, _A = "armsInterventionsModule.interventions", "armsInterventionsModule.armGroups"
_STEM_CELLS = "autologous bone marrow mesenchymal stem cells transplantation"
_TABLET = "Tablet of 50 mg taken by mouth once a day for 24 weeks."


def _named(
    *names: str, kinds: tuple[str, ...] = ("DRUG", "DRUG", "DRUG"), texts: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Interventions of some names, types and descriptions, all given in one arm."""
    texts = texts or (_TABLET,) * len(names)
    given = [{"type": kind, "name": name, "description": text} for kind, name, text in zip(kinds, names, texts)]
    return {_I: given, _A: [{"label": "Everyone", "type": "EXPERIMENTAL"}]}


@rule(
    "INT002",
    "duplicate-intervention",
    severity=ERROR,
    at=_LIST,
    examples=[
        bad(_named("Aspirin", "aspirin"), path=_INTERVENTIONS + "/1/name"),
        bad(_named("Aspirin", "Aspirin", texts=("Tablet of 100 mg a day", "Tablet of 300 mg a day")),
            note="two doses under one name are a warning"),
        good(),
        good(_named("Oxygen", "Oxygen", kinds=("DRUG", "DEVICE")), note="two types are another matter"),
    ],
)  # fmt: skip
def duplicate_intervention(interventions: Node, ctx: Context) -> Iterator[Problem]:
    """An intervention is listed twice.

    Why: counts of interventions are wrong, and arms that refer to a name cannot say which entry
    they mean.
    What to do: keep one entry and tick all arms that get it; if the entries differ, in dose or
    route, say so in their names.
    False positives: one name with two types is not reported; entries with different descriptions
    are a warning, because they may be meant as two.
    Source: PRS protocol definitions, Interventions,
    https://clinicaltrials.gov/policy/protocol-definitions#Interventions
    """
    names = ctx.memo(read_names)
    if len(set(names)) == len(names):
        return
    for name in dict.fromkeys(names):
        same = [interventions.child(index) for index, other in enumerate(names) if other == name]
        if not name[1] or len(same) < 2:
            continue
        differ = ctx.partial or len({one.text("description") for one in same}) > 1
        yield same[-1].problem(
            f"'{same[-1].text('name')}' is the name of {len(same)} interventions of the same type",
            "name",
            hint="list it once and write doses and schedules into the descriptions of the arms, or say in the names "
            "how they differ" if differ
            else "keep one of them and tick all arms that get it",
            related=[one.child("name") for one in same[:-1]],
            severity=WARNING if differ else None,
        )  # fmt: skip


@rule(
    "INT003",
    "near-duplicate-intervention-name",
    severity=WARNING,
    at=_LIST,
    examples=[
        bad(_named(_STEM_CELLS, _STEM_CELLS.replace("mes", "ms")), path=_INTERVENTIONS + "/1/name"),
        bad(_named(_STEM_CELLS.replace("mes", "ms"), _STEM_CELLS), path=_INTERVENTIONS + "/0/name",
            note="the misspelt one comes first"),
        good(),
        good(_named("Prednisone", "Prednisolone"), note="two drugs"),
        good(_named("Hydralazine", "Hydroxyzine"), note="two drugs"),
        good(_named("Influenza vaccine strain A1", "Influenza vaccine strain A2"), note="two strains"),
        good(_named("Prednisone", "Prednisome", kinds=("DRUG", "DEVICE")), note="two types"),
    ],
)  # fmt: skip
def near_duplicate_intervention_name(interventions: Node, ctx: Context) -> Iterator[Problem]:
    """The names of two interventions of one type differ by one letter.

    Why: it is nearly always one intervention, entered a second time with a slip.
    What to do: correct the word that is named; if both entries are the same treatment, keep one
    and tick all arms that get it.
    False positives: one of the two words must be known and the other not, or the record itself
    must show which is the slip; so drugs that sound alike, doses and strains are left alone.
    Source: PRS protocol definitions, Intervention Name,
    https://clinicaltrials.gov/policy/protocol-definitions#InterventionName
    """
    names = ctx.memo(read_names)
    for index, (kind, name) in enumerate(names):
        for before, (other_kind, other) in enumerate(names[:index]):
            found = twins(ctx, name, other) if kind == other_kind and name != other else None
            if found is None:
                continue
            wrong, right = (index, before) if found.word in name.split() else (before, index)
            yield interventions.child(wrong, "name").problem(
                f"'{found.word}' is the only difference between two names of interventions, the other says "
                f"'{found.model}'",
                hint=f"write '{found.model}'; if both are the same treatment, keep one and tick all arms that get it",
                related=[interventions.child(right, "name")],
            )


_SELF_EXPLAINING = pattern(
    r"(?i)no (?:intervention|treatment)|questionnaire|survey|interview|observation|usual care|standard (?:of )?care|"
    r"laboratory|biomarker|sampl|collection|follow[- ]?up|quality[- ]of[- ]life"
)
_PRODUCTS = ("DRUG", "BIOLOGICAL", "DEVICE", "DIETARY_SUPPLEMENT", "COMBINATION_PRODUCT", "GENETIC", "RADIATION")


@rule(
    "INT004",
    "intervention-description-missing",
    severity=ERROR,
    at=_LIST + "[*]",
    examples=[
        bad({_I + "[1].description": None}, path=_INTERVENTIONS + "/1"),
        bad({_I + "[1].description": None, "statusModule.startDateStruct": {"date": "2013-05"}},
            note="a note for older studies, because the arm gives specifics"),
        bad({_I + "[1].description": None, _A + "[1].description": "Placebo.",
             "statusModule.startDateStruct": {"date": "2013-05"}}, note="a warning for older studies"),
        bad({_I + "[1].description": None, _A + "[1].description": "Placebo.",
             "descriptionModule.detailedDescription": "Adults take 10 mg of exampline or one tablet of placebo a day.",
             "statusModule.startDateStruct": {"date": "2013-05"}}, note="a note, as the description tells"),
        bad({_I + "[0].description": "Exampline."}, path=_INTERVENTIONS + "/0/description",
            note="a note: the name once more"),
        good(),
        good({_I + "[0].description": "50 mg once a day"}, note="short but complete"),
        good({_I + "[0]": {"type": "OTHER", "name": "Quality-of-life questionnaire"}}, note="explains itself"),
        good({_I + "[0]": {"type": "OTHER", "name": "No intervention"}}, note="nothing to describe"),
        good({_I + "[0]": {"type": "DRUG", "name": "No intervention", "description": "No intervention."}}),
    ],
)  # fmt: skip
def intervention_description_missing(intervention: Node, ctx: Context) -> Iterator[Problem]:
    """An intervention has no description, or one that only repeats its name.

    Why: nobody can repeat or compare a treatment that is not described; the registry asks for it
    in studies that start on or after 18 January 2017.
    What to do: for a drug write form, dose, frequency and duration; for others what is done, by
    whom, how often.
    False positives: in older studies and in expanded access it is a warning, or a note if the name,
    all arms that get it or a sentence of the study's description give specifics; questionnaires,
    observation and "no intervention" explain themselves; a description that repeats the name is a
    note, and only for drugs, devices and other products.
    Source: PRS protocol definitions, Intervention Description,
    https://clinicaltrials.gov/policy/protocol-definitions#InterventionDescription
    """
    description, name = intervention.get("description") or "", intervention.text("name")
    if not description.strip():
        if not name or _SELF_EXPLAINING().search(name):
            return
        facts = ctx.memo(study_facts)
        required = facts.study_type != "EXPANDED_ACCESS" and facts.began_on_or_after(FINAL_RULE)
        yield intervention.problem(
            f"intervention '{name}' has no description",
            hint="write what is given or done: form, dose, frequency, duration",
            missing="description",
            severity=None if required else NOTE if _specified_elsewhere(intervention, ctx) else WARNING,
        )
    elif intervention.get("type") in _PRODUCTS and _alike(description, name) and not _SELF_EXPLAINING().search(name):
        yield intervention.problem(
            f"the description of intervention '{name}' only repeats its name",
            "description",
            hint="write what is given or done: form, dose, frequency, duration",
            severity=NOTE,
        )


def _specified_elsewhere(intervention: Node, ctx: Context) -> bool:
    """Say whether the name of an intervention, every arm that gets it or the study's description says what is done."""
    if _specific(intervention.text("name")) or _specified_in_description(intervention, ctx):
        return True
    arms = _arms_with(intervention, ctx)
    return bool(arms) and all(_specific(arm.description) or _specific(arm.label) for arm in arms)


def _specified_in_description(intervention: Node, ctx: Context) -> bool:
    """Say whether a sentence of the study's description names an intervention with an amount or a schedule."""
    longest = max(_WORD().findall(intervention.text("name").lower()), key=len, default="")
    stem = "radi" if intervention.get("type") == "RADIATION" else longest[:_STEM]
    text = " ".join(ctx.get(f"descriptionModule.{name}") or "" for name in ("briefSummary", "detailedDescription"))
    sentences = _SENTENCE_END().split(text.lower())
    return bool(stem) and any(stem in sentence and _AMOUNT().search(sentence) for sentence in sentences)


_STEM = 7
"""So many letters of a name tell it in its other forms, too."""
_WORD = pattern("[a-z]{5,}")
_AMOUNT = pattern(
    r"\b(?:days?|weeks?|months?) -?[0-9]|[0-9] ?(?:m?c?gy|m?c?g|\u00b5g|ml|iu|units?|hours?|minutes?|days?|weeks?|"
    r"months?|cycles|courses|times)\b|\b(?:once|twice|daily|weekly|monthly|every (?:[0-9]|day|week|month|other))\b"
)
_SENTENCE_END = pattern(r"[.;:] |\n")


def _alike(description: str, name: str) -> bool:
    return abs(len(description) - len(name)) <= 3 and folded(unescape(description)) == folded(name)


_NUMBER = pattern("[0-9]")
_DETAIL = pattern(
    r"(?i)\b(?:daily|weekly|monthly|nightly|hourly|annual|vein|granules?|demand|once|twice|thrice|one|two|three|four|every|each|per|"
    r"tablets?|capsules?|pills?|orally|oral|mouth|po|iv|i\.v|sc|im|bid|qd|tid|intra[a-z]+|infus[a-z]+|inject[a-z]+|"
    r"subcut[a-z]+|inhal[a-z]+|topical[a-z]*|transderm[a-z]+|cream|gel|ointment|spray|drops?|eye ?drops|patch|patches|"
    r"syrup|solution|powder|suspension|supposit[a-z]+|vaginal[a-z]*|rectal[a-z]*|nasal[a-z]*|sublingual[a-z]*|"
    r"nebul[a-z]+|depot|sr|xr|(?:extended|sustained|slow|modified|immediate)[- ]release|previous|"
    r"bolus|mouthwash|lozenge|sachets?|implant[a-z]*|dos[ei][a-z]*|titrat[a-z]+|escalat[a-z]+|days?|weeks?|"
    r"months?|years?|hours?|minutes?|cycles?|single|standard|usual|routine|conventional|label|prescri[a-z]+|"
    r"guidelines?|protocol|according|physicians?|investigators?|practice|instructions?)\b"
)
"""Any word about dose, form, frequency or duration, or about who decides on them."""


@rule(
    "INT005",
    "drug-without-dose-or-schedule",
    severity=NOTE,
    confidence=MEDIUM,
    at=_LIST,
    examples=[
        bad({_I + "[0].description": "Exampline will be given.", _A + "[0].description": "Gets exampline."},
            path=_INTERVENTIONS + "/0/description"),
        bad({_I: [{"type": "BIOLOGICAL", "name": "Stem cells", "armGroupLabels": ["A", "B"]}],
             _A: [{"label": "A", "type": "EXPERIMENTAL", "description": "1x106 cells per kg, once"},
                  {"label": "B", "type": "EXPERIMENTAL", "description": "Transplantation"}]},
            path=_INTERVENTIONS + "/0", note="the dose stands in one arm only"),
        good(),
        good({_I + "[0].description": "Exampline will be given."}, note="dose in the arm"),
        good({_I + "[0].description": "Exampline SR", _A + "[0].description": "Depot exampline"}, note="a form"),
        good({_I + "[0].description": "Gene therapy that was given in a previous study."}, note="not given here"),
        good({_I + "[0].description": "Dose escalation until the limit is found."}, note="dose finding"),
        good({_I + "[0].description": "Masked treatment at the dose that the protocol assigns."}, note="masked dose"),
        good({_I + "[1].description": "Looks and tastes the same.", _A + "[1].description": "Placebo."},
             note="a placebo has no dose of its own"),
    ],
)  # fmt: skip
def drug_without_dose_or_schedule(interventions: Node, ctx: Context) -> Iterator[Problem]:
    """Nothing is said on dose, form, frequency or duration of a drug or biological.

    Why: these specifics make a treatment repeatable; they are missing in about half of all records.
    What to do: write form, dose, frequency and duration into the description of the intervention.
    False positives: every number and every word of dose, route, schedule or of who decides on
    them counts, in the intervention or its arm; placebos, dose finding and observational studies
    are left alone. Where the description is missing altogether (INT004), it is reported only if
    one arm gives specifics and another does not.
    Source: PRS protocol definitions, Intervention Description,
    https://clinicaltrials.gov/policy/protocol-definitions#InterventionDescription
    """
    bare = [index for index, one in enumerate(interventions.value) if _lacks_specifics(one)]
    if not bare or not ctx.memo(study_facts).interventional:
        return
    found = {index: _silent_arms(interventions.child(index), ctx) for index in bare}
    places = [interventions.child(index) for index, arms in found.items() if arms]
    if places:
        names = [f"'{place.text('name')}'" for place in places[:3]] + (["others"] if len(places) > 3 else [])
        given = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
        silent = {arm.position: arm for arms in found.values() for arm in arms}.values()
        groups = ctx.node(_A)
        yield places[0].problem(
            f"{given} {'is' if len(names) == 1 else 'are'} given without a word on dose, form, frequency "
            f"or duration, at least in {'arm' if len(silent) == 1 else 'arms'} {listed(list(silent), most=2)}",
            *(["description"] if places[0].get("description") else []),
            hint="write them into the description of the intervention, or of the arm where arms differ",
            related=[*places[1:], *(groups.child(arm.position, "description") for arm in silent if arm.description)],
            missing="" if places[0].get("description") else "description",
        )


def _lacks_specifics(intervention: Any) -> bool:
    """Say whether a drug or biological is neither described with any detail nor explains itself."""
    if intervention.get("type") not in ("DRUG", "BIOLOGICAL"):
        return False
    name, description = intervention.get("name") or "", intervention.get("description") or ""
    if not name or _specific(description) or _specific(name):
        return False
    return not is_placebo(name) and not _SELF_EXPLAINING().search(name)


def _specific(text: str) -> bool:
    return _NUMBER().search(text) is not None or _DETAIL().search(text) is not None


def _arms_with(intervention: Node, ctx: Context) -> list[Arm]:
    """Return the arms that get an intervention, whichever side refers to the other."""
    labels, name = [unescape(label) for label in intervention.get("armGroupLabels") or ()], intervention.get("name")
    return [
        arm for arm in ctx.memo(read_arms) if arm.label in labels or name in [without_type(one) for one in arm.names]
    ]


def _silent_arms(intervention: Node, ctx: Context) -> list[Arm]:
    """Return the arms that get an intervention without a detail, if that proves anything."""
    arms = _arms_with(intervention, ctx)
    silent = [arm for arm in arms if not _specific(arm.description) and not _specific(arm.label)]
    described = bool(intervention.get("description"))
    return silent if described or len(silent) < len(arms) else []
