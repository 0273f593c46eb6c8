"""RES: the participants of the baseline table against the eligibility criteria and the countries of the sites."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lint.api import MEDIUM, NOTE, WARNING, Context, Node, Problem, bad, good, pattern, rule
from lint.rules.readers.ages import age_in_years
from lint.rules.readers.countries import country_code
from lint.rules.readers.measures import BASELINE_MEASURES, values
from lint.rules.readers.reasons import says_later

_PATH = "/resultsSection/baselineCharacteristicsModule/measures/"
_MEASURES = "resultsSection.baselineCharacteristicsModule.measures"
_AGE = _MEASURES + "[0].classes[0].categories[0].measurements"
_MALE = _MEASURES + "[1].classes[0].categories[1].measurements"
_OLDEST = 120


def _mean_age(measure: Any) -> bool:
    return (
        measure.get("title") in ("Age, Continuous", "Age Continuous", "Age")
        and measure.get("paramType") in ("MEAN", "MEDIAN")
        and (measure.get("unitOfMeasure") or "").casefold().strip() in ("years", "year")
    )


@rule(
    "RES091",
    "baseline-age-outside-limits",
    severity=WARNING,
    at=BASELINE_MEASURES,
    when=_mean_age,
    examples=[
        bad({_AGE + "[1].value": "80.2"}, base="results", path=_PATH + "0/classes/0/categories/0/measurements/1/value"),
        bad({_AGE + "[0].value": "4.2"}, base="results"),
        bad({_AGE + "[0].value": "420", "eligibilityModule.maximumAge": None}, base="results"),
        good(base="results"),
        good({_AGE + "[0].value": "75.6"}, base="results", note="people of 75 are 75 until their next birthday"),
        good({_AGE + "[0].value": "88.0", "eligibilityModule.maximumAge": None}, base="results", note="no limit"),
        good({_AGE + "[0].value": "7.5", "eligibilityModule.minimumAge": "6 Months"}, base="results"),
        good({_AGE + "[0].value": "NA"}, base="results"),
        good({_AGE + "[0].value": "80.2", _MEASURES + "[0].description": "Age at entry into the follow-up"},
             base="results"),
        good({_AGE + "[0].value": "80.2", _MEASURES + "[0].description": "Mean age at Year 9"}, base="results"),
        bad({_AGE + "[0].value": "80.2", _MEASURES + "[0].description": "Age in years, grouped by year 1 class"},
            base="results", note="no later time"),
        good({_MEASURES + "[0].title": "Age at Onset", _AGE + "[0].value": "12"}, base="results"),
    ],
)  # fmt: skip
def baseline_age_outside_limits(measure: Node, ctx: Context) -> Iterator[Problem]:
    """The mean or median age of a group lies outside the age limits of the study.

    Why: if the average participant was not eligible by age, the age or the limits are wrong.
    What to do: correct the age, its unit, or the age limits of the protocol.
    False positives: limits in other units than years are not compared; a limit of 75 years includes the whole 76th
    year of life; values that are not given are left alone, as are ages at a follow-up, as the description says.
    Source: PRS major comments (information inconsistent with other parts of the record),
    https://prsinfo.clinicaltrials.gov/MajorComments.html
    """
    limits = ctx.get("eligibilityModule") or {}
    youngest = age_in_years(limits.get("minimumAge") or "") or 0
    limit = age_in_years(limits.get("maximumAge") or "")
    oldest = _OLDEST if limit is None else limit
    outside = [
        value
        for value in values(measure)
        if value.number is not None
        and not youngest <= value.number < oldest + 1
        and not (value.number == 0 and not value.analysed)
    ]
    if outside and not says_later().search(measure.text("description")):
        stated = f"the study takes participants from {youngest}" + (f" to {limit} years" if limit else " years")
        related = [ctx.node("eligibilityModule").child(name) for name in _LIMITS if name in limits]
        yield outside[0].node.problem(
            f"the {measure.text('paramType').lower()} age is {outside[0].node.get('value')} years, but {stated}",
            "value",
            hint="correct the age, its unit, or the age limits of the protocol",
            related=[*related, *(value.node for value in outside[1:])],
        )


_CATEGORIES = {"<=18 years": (0, 18), "Between 18 and 65 years": (18, 64), ">=65 years": (65, _OLDEST)}
"""The registry's categories of age, and which years of age belong to each."""
_YOUNG = _MEASURES + "[3]"


def _of_ages(*numbers: str) -> dict[str, Any]:
    rows = [
        {"title": title, "measurements": [{"groupId": "BG000", "value": count}]}
        for title, count in zip(_CATEGORIES, numbers)
    ]
    return {
        _YOUNG: {"title": "Age, Categorical", "paramType": "COUNT_OF_PARTICIPANTS", "classes": [{"categories": rows}]}
    }


@rule(
    "RES115",
    "baseline-age-category-outside-limits",
    severity=WARNING,
    at=BASELINE_MEASURES,
    when=lambda measure: measure.get("title") == "Age, Categorical",
    examples=[
        bad(_of_ages("2", "20", "8") | {"eligibilityModule.minimumAge": "21 Years"}, base="results",
            path=_PATH + "3/classes/0/categories/0/measurements/0/value"),
        bad(_of_ages("0", "20", "10") | {"eligibilityModule.maximumAge": "60 Years"}, base="results",
            path=_PATH + "3/classes/0/categories/2/measurements/0/value"),
        bad(_of_ages("0", "20", "10") | {"eligibilityModule.minimumAge": "65 Years"}, base="results"),
        good(_of_ages("2", "20", "8"), base="results", note="people of 18 are 18 or younger"),
        good(_of_ages("0", "20", "10") | {"eligibilityModule.maximumAge": "65 Years"}, base="results"),
        good(_of_ages("0", "30", "0") | {"eligibilityModule.minimumAge": "21 Years"}, base="results"),
        good(_of_ages("27", "3", "0") | {"eligibilityModule.maximumAge": "18 Years"}, base="results"),
        good(_of_ages("30", "0", "0") | {"eligibilityModule.minimumAge": "6 Months"}, base="results"),
    ],
)  # fmt: skip
def baseline_age_category_outside_limits(measure: Node, ctx: Context) -> Iterator[Problem]:
    """The baseline table counts participants of an age at which the study takes nobody.

    Why: either the age limits or the table is wrong.
    What to do: correct the age limits of the protocol or the numbers.
    False positives: only the registry's own categories are judged, and only if no year of a category lies within the
    limits; limits in other units than years are not compared.
    Source: PRS major comments (information inconsistent with other parts of the record),
    https://prsinfo.clinicaltrials.gov/MajorComments.html
    """
    limits = ctx.get("eligibilityModule") or {}
    youngest = age_in_years(limits.get("minimumAge") or "") or 0
    oldest = age_in_years(limits.get("maximumAge") or "") or _OLDEST
    for value in values(measure):
        low, high = _CATEGORIES.get(value.category, (0, _OLDEST))
        if (value.number or 0) > 0 and (high < youngest or low > oldest):
            yield value.node.problem(
                f"{value.node.get('value')} participants are '{value.category}', but the study takes participants from"
                f" {youngest}" + (f" to {oldest} years" if oldest < _OLDEST else " years"),
                "value",
                hint="correct the age limits of the protocol, or the numbers",
                related=[ctx.node("eligibilityModule").child(name) for name in _LIMITS if name in limits],
            )
            return


_LIMITS = ("minimumAge", "maximumAge")

_OTHER_SEX = {"FEMALE": "male", "MALE": "female"}
_partners = pattern(
    r"(?i)\bpartners?\b|\bspous|\bcouples?\b|\bwife|\bwives|\bhusband|infant|newborn|mother|father|donor|caregiver"
)


@rule(
    "RES099",
    "baseline-sex-against-eligibility",
    severity=WARNING,
    at=BASELINE_MEASURES,
    when=lambda measure: (measure.get("title") or "").startswith(("Sex", "Gender")),
    examples=[
        bad({"eligibilityModule.sex": "FEMALE"}, base="results",
            path=_PATH + "1/classes/0/categories/1/measurements/0/value"),
        bad({"eligibilityModule.sex": "MALE"}, base="results"),
        good(base="results"),
        good({"eligibilityModule.sex": "FEMALE", _MALE + "[0].value": "0", _MALE + "[1].value": "0",
              _MALE + "[2].value": "0"}, base="results"),
        good({"eligibilityModule.sex": "FEMALE", "eligibilityModule.eligibilityCriteria":
              "Inclusion Criteria:\n\n* Women with chronic migraine and their partners"}, base="results",
             note="partners take part"),
    ],
)  # fmt: skip
def baseline_sex_against_eligibility(measure: Node, ctx: Context) -> Iterator[Problem]:
    """The baseline table counts participants of a sex that the study does not take.

    Why: either the sex that is eligible or the table is wrong.
    What to do: correct the eligibility or the numbers.
    False positives: studies whose criteria, summary or baseline table speak of partners, infants, parents or donors
    are left alone.
    Source: PRS major comments (information inconsistent with other parts of the record),
    https://prsinfo.clinicaltrials.gov/MajorComments.html
    """
    excluded = _OTHER_SEX.get(ctx.get("eligibilityModule.sex") or "")
    if excluded is None:
        return
    found = [
        one for one in values(measure) if (one.number or 0) > 0 and _says_sex(measure, one.row, one.category, excluded)
    ]
    texts = [ctx.get("eligibilityModule.eligibilityCriteria"), ctx.get("descriptionModule.briefSummary"),
             measure.get("description"), measure.get("populationDescription")]  # fmt: skip
    if found and not any(_partners().search(text) for text in texts if text):
        eligible = ctx.get("eligibilityModule.sex").lower()
        yield found[0].node.problem(
            f"{found[0].node.get('value')} participants are {excluded}, but only {eligible} participants are eligible",
            "value",
            hint="correct the sex that is eligible, or the numbers",
            related=[ctx.node("eligibilityModule.sex"), *(one.node for one in found[1:])],
        )


def _says_sex(measure: Node, row: int, category: str, sex: str) -> bool:
    title = category or measure.text("classes", row, "title")
    return title.casefold().rstrip("s") == sex


_PARTS = {"CN": {"HK", "MO", "TW"}, "US": {"PR", "GU", "VI"}, "FR": {"GP", "GF", "MQ", "RE"}}
"""Territories that may be counted under a country."""


def _enrolled_in(country: str, count: str) -> dict[str, Any]:
    row = {"title": country, "categories": [{"measurements": [{"groupId": "BG000", "value": count}]}]}
    return {_MEASURES + "[3]": {"title": "Region of Enrollment", "classes": [row]}}


@rule(
    "RES095",
    "region-of-enrolment-without-site",
    severity=NOTE,
    confidence=MEDIUM,
    at=BASELINE_MEASURES,
    when=lambda measure: measure.get("title") == "Region of Enrollment",
    examples=[
        bad(_enrolled_in("Austria", "30"), base="results", path=_PATH + "3/classes/0"),
        bad({_MEASURES + "[3]": {"title": "Region of Enrollment", "classes": [
              {"categories": [{"title": "Germany", "measurements": [{"groupId": "BG000", "value": "30"}]}]}]}},
            base="results", path=_PATH + "3/classes/0"),
        good(base="results"),
        good(_enrolled_in("Switzerland", "30"), base="results"),
        good(_enrolled_in("Asia", "30"), base="results", note="a region that is no country"),
        good(_enrolled_in("Korea, Republic of", "9") | {"contactsLocationsModule.locations[0].country": "South Korea"},
             base="results", note="a former name"),
        good(_enrolled_in("Taiwan", "9") | {"contactsLocationsModule.locations[0].country": "China"}, base="results"),
        good(_enrolled_in("Austria", "0"), base="results", note="nobody"),
        good(_enrolled_in("Austria", "30") | {"contactsLocationsModule.locations": None}, base="results"),
    ],
)  # fmt: skip
def region_of_enrolment_without_site(measure: Node, ctx: Context) -> Iterator[Problem]:
    """Participants were enrolled in a country in which the study has no site.

    Why: either a site is missing in the record, which readers look for, or the table is wrong.
    What to do: add the sites of that country, or correct the region.
    False positives: only countries are compared, by any name that the registry uses or used, and territories are
    counted under their country; regions without
    participants and records without sites are left alone.
    Source: ClinicalTrials.gov results data elements, Region of Enrollment,
    https://clinicaltrials.gov/policy/results-definitions#BaselineMeasureType
    """
    locations = ctx.get("contactsLocationsModule.locations") or ()
    sites = {country_code(one.get("country") or "") for one in locations}
    if not sites or "" in sites:
        return
    for whole, parts in _PARTS.items():
        sites |= parts if whole in sites else set()
    without: dict[str, Node] = {}
    for value in values(measure):
        place = measure.child("classes", value.row)
        name = place.text("title") or value.category
        if country_code(name) not in (*sites, "") and (value.number or 0) > 0:
            without.setdefault(name, place)
    if without:
        names = ", ".join(f"'{name}'" for name in without)
        yield next(iter(without.values())).problem(
            f"participants were enrolled in {names}, but the record has no site there",
            hint="add the sites of that country, or correct the region of enrollment",
            related=[ctx.node("contactsLocationsModule.locations")],
        )
