"""Flaws of texts, outcomes and eligibility criteria."""

from __future__ import annotations

from random import Random
from typing import Any

from lint.synthetic.planting import at, drop, get, plants, put

_SUMMARY = ("descriptionModule", "briefSummary")
_DETAILS = ("descriptionModule", "detailedDescription")
_CRITERIA = ("eligibilityModule", "eligibilityCriteria")
_PRIMARY = ("outcomesModule", "primaryOutcomes")
_SECONDARY = ("outcomesModule", "secondaryOutcomes")

Record = dict[str, Any]


def _end_of_a_word(rng: Random, text: str) -> int:
    """Return where a word of five small letters or more ends."""
    ends, at_end = [], -1
    for word in text.split(" "):
        at_end += len(word) + 1
        if len(word) >= 5 and word.isalpha() and word.islower():
            ends.append(at_end)
    return rng.choice(ends)


@plants("TXT011")
def misspelling(rng: Random, record: Record) -> str | None:
    """Swap, drop or double a letter amid a word that is common in such texts."""
    text = get(record, *_DETAILS)
    common = [
        word
        for word in ("participants", "treatment", "analysis", "difference", "visit", "statistician")
        if f" {word} " in text
    ]
    if not common:
        return None
    word = rng.choice(common)
    place = rng.randrange(2, len(word) - 2)
    slips = (
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        word[:place] + word[place + 1 :],
        word[:place] + word[place] + word[place:],
    )
    slip = rng.choice([slip for slip in slips if slip != word] or [word[:3] + word[4:]])
    return put(record, text.replace(f" {word} ", f" {slip} ", 1), *_DETAILS)


@plants("TXT013")
def word_twice(rng: Random, record: Record) -> str | None:
    text = get(record, *_DETAILS)
    for word in rng.sample(("the", "of", "and", "to", "in"), 5):
        if f" {word} " in text:
            return put(record, text.replace(f" {word} ", f" {word} {word} ", 1), *_DETAILS)
    return None


@plants("TXT016")
def blank_missing(rng: Random, record: Record) -> str | None:
    text = get(record, *_DETAILS)
    places = [at for at in range(len(text) - 1) if text[at : at + 2] == ". " and text[at + 3].islower()]
    place = rng.choice(places)
    return put(record, text[: place + 1] + text[place + 2 :], *_DETAILS)


@plants("TXT017")
def blank_before_a_stop(rng: Random, record: Record) -> str | None:
    text = get(record, *_DETAILS)
    place = rng.choice([at for at in range(len(text) - 1) if text[at] in ".," and text[at + 1] == " "])
    return put(record, text[:place] + " " + text[place:], *_DETAILS)


@plants("TXT006")
def damaged_characters(rng: Random, record: Record) -> str | None:
    damaged = rng.choice(("participantâ€™s", "â€“", "Ã©"))
    return put(record, get(record, *_DETAILS) + f" The age was 18 {damaged} 65 years.", *_DETAILS)


@plants("TXT007")
def html_in_text(rng: Random, record: Record) -> str | None:
    tag = rng.choice(("<br>", "<p>", "<li>", "&nbsp;"))
    return put(record, get(record, *_DETAILS) + f" {tag} Visits are free.", *_DETAILS)


@plants("TXT020")
def invisible_character(rng: Random, record: Record) -> str | None:
    text = get(record, *_SUMMARY)
    end = _end_of_a_word(rng, text)
    return put(record, text[:end] + rng.choice(("\u200b", "\u00ad", "\x0b")) + text[end:], *_SUMMARY)


@plants("TXT001")
def short_summary(rng: Random, record: Record) -> str | None:
    return put(record, rng.choice(("A study.", "See protocol.", "Drug trial")), *_SUMMARY)


@plants("TXT003")
def placeholder(rng: Random, record: Record) -> str | None:
    return put(record, rng.choice(("TBD", "N/A", "To be determined")), *_DETAILS)


@plants("TXT004")
def summary_twice(rng: Random, record: Record) -> str | None:
    return put(record, get(record, *_SUMMARY), *_DETAILS)


@plants("TXT008")
def lost_superscript(rng: Random, record: Record) -> str | None:
    return put(
        record,
        get(record, *_DETAILS) + f" The dose of cells is {rng.randrange(1, 9)}x10{rng.randrange(5, 9)} per kg.",
        *_DETAILS,
    )


@plants("TXT009")
def title_in_capitals(rng: Random, record: Record) -> str | None:
    return put(record, get(record, "identificationModule", "briefTitle").upper(), "identificationModule", "briefTitle")


@plants("TXT018")
def word_for_another(rng: Random, record: Record) -> str | None:
    slip = rng.choice(("to study the affect of the treatment", "the affect of the tablets on sleep"))
    return put(record, get(record, *_SUMMARY) + f" It is also described what is known on {slip}.", *_SUMMARY)


@plants("TXT024")
def payment(rng: Random, record: Record) -> str | None:
    return put(
        record,
        get(record, *_DETAILS) + f" Participants receive a payment of ${rng.randrange(20, 90)} for each visit.",
        *_DETAILS,
    )


@plants("TXT025")
def mail_address_in_text(rng: Random, record: Record) -> str | None:
    return put(
        record, get(record, *_SUMMARY) + f" Write to nurse{rng.randrange(9)}@example.org to take part.", *_SUMMARY
    )


@plants("TXT029")
def instruction_left(rng: Random, record: Record) -> str | None:
    return put(
        record,
        get(record, *_DETAILS) + f" [{rng.choice(('Insert', 'Describe', 'Specify'))} the method of randomization here]",
        *_DETAILS,
    )


@plants("OUT001")
def no_primary_outcome(rng: Random, record: Record) -> str | None:
    if "resultsSection" in record:
        return None
    drop(record, *_PRIMARY)
    return at("outcomesModule")


@plants("OUT002")
def no_time_frame(rng: Random, record: Record) -> str | None:
    return drop(record, *_PRIMARY, 0, "timeFrame")


@plants("OUT003")
def empty_time_frame(rng: Random, record: Record) -> str | None:
    words = ("Throughout the study", "End of study", "Through study completion", "At the end of the study")
    return put(record, rng.choice(words[:2]), *_PRIMARY, 0, "timeFrame")


@plants("OUT004")
def number_as_time_frame(rng: Random, record: Record) -> str | None:
    return put(record, str(rng.randrange(2, 60)), *_PRIMARY, 0, "timeFrame")


@plants("OUT005")
def field_as_measure(rng: Random, record: Record) -> str | None:
    return put(record, rng.choice(("Safety", "Efficacy", "Quality of life")), *_PRIMARY, 0, "measure")


@plants("OUT006")
def outcome_twice(rng: Random, record: Record) -> str | None:
    outcomes = get(record, *_SECONDARY)
    if not outcomes:
        return None
    outcomes.append(dict(rng.choice(outcomes)))
    return at(*_SECONDARY, len(outcomes) - 1)


@plants("OUT007")
def primary_and_secondary(rng: Random, record: Record) -> str | None:
    outcomes = get(record, *_SECONDARY)
    if not outcomes:
        return None
    outcomes.append(dict(get(record, *_PRIMARY, 0)))
    return at(*_SECONDARY, len(outcomes) - 1)


@plants("OUT019")
def measure_called_primary(rng: Random, record: Record) -> str | None:
    measure = get(record, *_PRIMARY, 0, "measure")
    return put(record, f"{rng.choice(('Primary outcome', 'Primary endpoint'))}: {measure}", *_PRIMARY, 0, "measure")


@plants("ELG001")
def no_criteria(rng: Random, record: Record) -> str | None:
    return put(
        record, rng.choice(("Please see the protocol.", "See publication.", "Please contact the site.")), *_CRITERIA
    )


@plants("ELG002")
def heading_lost(rng: Random, record: Record) -> str | None:
    text = get(record, *_CRITERIA)
    lost = rng.choice(("Inclusion Criteria:\n\n", "Exclusion Criteria:\n\n"))
    return put(record, text.replace(lost, "", 1), *_CRITERIA)


@plants("ELG003")
def heading_twice(rng: Random, record: Record) -> str | None:
    text = get(record, *_CRITERIA)
    heading = rng.choice(("Inclusion Criteria:\n\n", "Exclusion Criteria:\n\n"))
    return put(record, text.replace(heading, heading * 2, 1), *_CRITERIA)


@plants("ELG004")
def empty_bullet(rng: Random, record: Record) -> str | None:
    text = get(record, *_CRITERIA)
    return put(record, text.replace("\n* ", "\n* \n* ", rng.randrange(1, 3)), *_CRITERIA)


@plants("ELG006")
def another_age(rng: Random, record: Record) -> str | None:
    text = get(record, *_CRITERIA)
    least = int(get(record, "eligibilityModule", "minimumAge").split()[0])
    other = rng.choice([age for age in (16, 21, 25, 30, 50) if age != least])
    stated = rng.choice((f"* Age of {other} years or older", f"* Aged {other} to 65 years", f"* Age ≥ {other} years"))
    return put(record, text.replace("Inclusion Criteria:\n\n", f"Inclusion Criteria:\n\n{stated}\n", 1), *_CRITERIA)


@plants("ELG007")
def ages_upside_down(rng: Random, record: Record) -> str | None:
    least = get(record, "eligibilityModule", "minimumAge")
    put(record, get(record, "eligibilityModule", "maximumAge"), "eligibilityModule", "minimumAge")
    return put(record, least, "eligibilityModule", "maximumAge")


@plants("ELG010")
def wanted_and_excluded(rng: Random, record: Record) -> str | None:
    text = get(record, *_CRITERIA)
    head, tail = text.split("\n\nExclusion Criteria:\n\n")
    line = rng.choice([line for line in tail.split("\n") if line.startswith("* ")])
    return put(record, f"{head}\n{line}\n\nExclusion Criteria:\n\n{tail}", *_CRITERIA)


@plants("ELG011")
def criterion_twice(rng: Random, record: Record) -> str | None:
    text = get(record, *_CRITERIA)
    line = rng.choice([line for line in text.split("\n") if line.startswith("* ")])
    return put(record, text.replace(line, f"{line}\n{line}", 1), *_CRITERIA)


@plants("ELG012")
def impossible_limit(rng: Random, record: Record) -> str | None:
    limit = rng.choice(("* Hemoglobin below 90 g/dL", "* Platelet count below 10 /µL", "* Creatinine above 200 mg/dL"))
    return put(record, f"{get(record, *_CRITERIA)}\n{limit}", *_CRITERIA)


@plants("ELG016")
def criteria_break_off(rng: Random, record: Record) -> str | None:
    return put(
        record,
        f"{get(record, *_CRITERIA)}\n* {rng.choice(('Known allergy to the', 'Known allergy to', 'Treatment with'))}",
        *_CRITERIA,
    )


@plants("ELG018")
def wrong_age_groups(rng: Random, record: Record) -> str | None:
    return put(record, rng.choice((["CHILD", "ADULT", "OLDER_ADULT"], ["ADULT"])), "eligibilityModule", "stdAges")


@plants("SCH003")
def required_left_out(rng: Random, record: Record) -> str | None:
    places = (
        ("descriptionModule", "briefSummary"),
        ("identificationModule", "briefTitle"),
        ("eligibilityModule", "sex"),
        ("statusModule", "overallStatus"),
    )
    return drop(record, *rng.choice(places))


@plants("SCH006")
def empty_field(rng: Random, record: Record) -> str | None:
    return put(record, rng.choice(("", "  ")), "identificationModule", "acronym")


@plants("SCH005")
def too_long(rng: Random, record: Record) -> str | None:
    title = get(record, "identificationModule", "briefTitle")
    return put(record, title + " and its long-term effects" * 12, "identificationModule", "briefTitle")


@plants("SCH002")
def unknown_member(rng: Random, record: Record) -> str | None:
    return put(record, "yes", "descriptionModule", rng.choice(("breifSummary", "summary", "notes")))


@plants("SCH001")
def wrong_kind(rng: Random, record: Record) -> str | None:
    count = get(record, "designModule", "enrollmentInfo", "count")
    return put(record, rng.choice((str(count), [count])), "designModule", "enrollmentInfo", "count")
