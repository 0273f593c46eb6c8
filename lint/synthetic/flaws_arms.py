"""Flaws of arms, interventions and conditions."""

from __future__ import annotations

from random import Random
from typing import Any

from lint.synthetic.planting import arms, at, get, plants, put

_ARMS = ("armsInterventionsModule", "armGroups")
_DRUGS = ("armsInterventionsModule", "interventions")
_CONDITIONS = ("conditionsModule", "conditions")
_OFFICIAL_TITLE = ("identificationModule", "officialTitle")

Record = dict[str, Any]


def relabel(record: Record, place: int, label: str) -> str:
    """Give an arm another title, also where interventions name it; return the pointer to the title."""
    old = arms(record)[place]["label"]
    arms(record)[place]["label"] = label
    for drug in get(record, *_DRUGS):
        drug["armGroupLabels"] = [label if name == old else name for name in drug["armGroupLabels"]]
    return at(*_ARMS, place, "label")


def rename(record: Record, place: int, name: str, kind: str = "DRUG") -> str:
    """Give an intervention another name and type, also where arms name it; return the pointer to the name."""
    drug = get(record, *_DRUGS, place)
    old, new = f"Drug: {drug['name']}", f"{kind.capitalize()}: {name}"
    for arm in arms(record):
        arm["interventionNames"] = [new if named == old else named for named in arm["interventionNames"]]
    drug["name"], drug["type"] = name, kind
    return at(*_DRUGS, place, "name")


def unreported(record: Record, least: int = 1, most: int = 9) -> int:
    """Return the number of arms of a trial without results if it has that many, else 0."""
    count = 0 if "resultsSection" in record else len(arms(record))
    return count if least <= count <= most else 0


@plants("ARM001")
def comparator_alone(rng: Random, record: Record) -> str | None:
    if len(arms(record)) != 1:
        return None
    return put(record, "ACTIVE_COMPARATOR", *_ARMS, 0, "type") and at(*_ARMS)


@plants("ARM004")
def label_misspelt(rng: Random, record: Record) -> str | None:
    if not unreported(record, 3):
        return None
    label = arms(record)[0]["label"]
    cut = rng.randrange(2, 5)
    return relabel(record, 1, label[:cut] + label[cut + 1 :])


@plants("ARM008")
def placebo_called_experimental(rng: Random, record: Record) -> str | None:
    count = len(arms(record))
    kind = rng.choice(("EXPERIMENTAL", "ACTIVE_COMPARATOR"))
    return put(record, kind, *_ARMS, count - 1, "type") if count > 1 else None


@plants("ARM010")
def something_without_intervention(rng: Random, record: Record) -> str | None:
    count = len(arms(record))
    return put(record, "NO_INTERVENTION", *_ARMS, rng.randrange(count - 1), "type") if count > 2 else None


@plants("ARM013")
def label_says_nothing(rng: Random, record: Record) -> str | None:
    if not unreported(record, 2):
        return None
    del arms(record)[0]["description"]
    return relabel(record, 0, rng.choice(("1", "A", "Group", "Arm 1")))


@plants("ARM014")
def description_is_the_title(rng: Random, record: Record) -> str | None:
    groups = arms(record)
    return put(record, get(record, "identificationModule", "briefTitle"), *_ARMS, 0, "description") if groups else None


@plants("ARM017")
def more_arms_in_the_title(rng: Random, record: Record) -> str | None:
    title, count = get(record, *_OFFICIAL_TITLE), len(arms(record))
    if count < 2:
        return None
    stated = rng.choice(("Four-arm", "4-arm") if count != 4 else ("Two-arm", "Three-arm"))
    put(record, title.replace("A Randomized,", f"A Randomized, {stated},"), *_OFFICIAL_TITLE)
    return at(*_ARMS)


@plants("ARM020")
def label_with_type(rng: Random, record: Record) -> str | None:
    if not unreported(record):
        return None
    return relabel(record, 0, f"{rng.choice(('Experimental', 'EXPERIMENTAL'))}: {arms(record)[0]['label']}")


@plants("ARM021")
def control_called_experimental(rng: Random, record: Record) -> str | None:
    count = unreported(record, 2)
    if not count:
        return None
    relabel(record, count - 1, rng.choice(("Control", "Control group", "Usual care")))
    return put(record, "EXPERIMENTAL", *_ARMS, count - 1, "type")


@plants("INT003")
def name_misspelt(rng: Random, record: Record) -> str | None:
    if not unreported(record, 3):
        return None
    name = get(record, *_DRUGS, 0, "name")
    cut = rng.randrange(2, 5)
    return rename(record, 1, name[:cut] + name[cut + 1 :])


@plants("INT005")
def no_dose(rng: Random, record: Record) -> str | None:
    if not unreported(record, 1, 1):
        return None
    drug = get(record, *_DRUGS, 0, "name").split()[0]
    relabel(record, 0, drug)
    rename(record, 0, drug)
    arms(record)[0]["description"] = f"Participants get {drug.lower()}."
    get(record, *_DRUGS, 0)["description"] = f"{drug} will be given."
    return at(*_DRUGS, 0)


@plants("INT006")
def vaccine_as_a_drug(rng: Random, record: Record) -> str | None:
    if not unreported(record, 1, 1):
        return None
    rename(record, 0, rng.choice(("Influenza vaccine", "Quality-of-life questionnaire", "Pneumococcal vaccine")))
    return at(*_DRUGS, 0, "type")


@plants("INT008")
def other_name_is_the_name(rng: Random, record: Record) -> str | None:
    drugs = get(record, *_DRUGS)
    if not drugs:
        return None
    name = drugs[0]["name"]
    return put(record, [rng.choice((name, name.lower(), f"{name}."))], *_DRUGS, 0, "otherNames") and at(
        *_DRUGS, 0, "otherNames", 0
    )


@plants("INT009")
def two_doses(rng: Random, record: Record) -> str | None:
    if len(arms(record)) != 1:
        return None
    put(record, f"Film-coated tablet of {rng.choice((15, 30, 75))} mg, taken once a day.", *_DRUGS, 0, "description")
    dose = arms(record)[0]["label"].split(" ", 1)[1]
    put(record, f"One tablet of {dose} by mouth every morning.", *_ARMS, 0, "description")
    return at(*_ARMS, 0, "description")


@plants("INT012")
def brand_name(rng: Random, record: Record) -> str | None:
    name = rng.choice(("Lipitor", "Viagra 50 mg", "Humira"))
    return rename(record, 0, name) if unreported(record, 1, 1) else None


@plants("INT013")
def nothing_as_an_intervention(rng: Random, record: Record) -> str | None:
    count = unreported(record, 2)
    return rename(record, count - 1, rng.choice(("No intervention", "None"))) if count else None


@plants("INT014")
def name_says_nothing(rng: Random, record: Record) -> str | None:
    return rename(record, 0, rng.choice(("Study drug", "Treatment"))) if unreported(record, 1, 1) else None


@plants("INT015")
def name_with_type(rng: Random, record: Record) -> str | None:
    drugs = get(record, *_DRUGS) if unreported(record) else None
    return rename(record, 0, f"Drug: {drugs[0]['name']}") if drugs else None


@plants("INT016")
def placebo_of_another_type(rng: Random, record: Record) -> str | None:
    count = unreported(record, 2)
    if not count:
        return None
    rename(record, count - 1, rng.choice(("Placebo", "Placebo tablet")), "OTHER")
    return at(*_DRUGS, count - 1, "type")


def _add_condition(record: Record, name: str) -> str:
    conditions = get(record, *_CONDITIONS)
    conditions.append(name)
    return at(*_CONDITIONS, len(conditions) - 1)


@plants("CND002")
def measure_as_a_condition(rng: Random, record: Record) -> str | None:
    return _add_condition(record, rng.choice(("Quality of Life", "Child-Pugh Score", "Cognitive Function")))


@plants("CND003")
def drug_as_a_condition(rng: Random, record: Record) -> str | None:
    groups = arms(record)
    return _add_condition(record, get(record, *_DRUGS, 0, "name")) if groups else None


@plants("CND006")
def two_diseases_in_one(rng: Random, record: Record) -> str | None:
    return _add_condition(record, rng.choice(("Diabetes, Obesity", "Obesity and Type 2 Diabetes")))


@plants("CND009")
def any_disease(rng: Random, record: Record) -> str | None:
    return _add_condition(record, rng.choice(("Disease", "Surgery")))


@plants("CND012")
def patients_as_a_condition(rng: Random, record: Record) -> str | None:
    name = get(record, *_CONDITIONS, 0)
    return _add_condition(record, rng.choice((f"{name} Patients", "Randomized Controlled Trial")))
