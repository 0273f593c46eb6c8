"""Cities, countries and postal codes."""

import pytest

from lint.rules.readers.cities import is_elsewhere
from lint.rules.readers.countries import country_code, registry_name, similar_country
from lint.rules.readers.us_states import states, states_of_zip


@pytest.mark.parametrize(("city", "country"), [("Nanjing", "Japan"), ("OSAKA", "China"), ("Dublin", "United Kingdom")])
def test_a_large_city_in_the_wrong_country(city, country):
    assert is_elsewhere(city, country)


@pytest.mark.parametrize(
    ("city", "country"),
    [("Nanjing", "China"), ("Paris", "United States"), ("Nowhere", "Japan"), ("Nanjing", "Atlantis"), ("", "")],
)
def test_a_city_that_is_right_or_unknown(city, country):
    assert not is_elsewhere(city, country)


@pytest.mark.parametrize(
    ("earlier", "present"),
    [("Korea, Republic of", "South Korea"), ("Russian Federation", "Russia"), ("Turkey", "Turkey (Türkiye)")],
)
def test_earlier_and_present_names_mean_one_country(earlier, present):
    assert country_code(earlier) == country_code(present) != ""


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("USA", "United States"),
        ("viet  nam", "Vietnam"),
        ("Türkiye", "Turkey (Türkiye)"),
        ("JAPAN", "Japan"),
        ("X", ""),
    ],
)
def test_other_names_lead_to_the_name_of_the_registry(name, right):
    assert registry_name(name) == right


@pytest.mark.parametrize(("name", "right"), [("Switzerlnad", "Switzerland"), ("Niger", ""), ("Atlantis", "")])
def test_a_slip_leads_to_the_only_similar_name(name, right):
    assert similar_country(name) == right


@pytest.mark.parametrize(
    ("code", "expected"),
    [("02114", ("Massachusetts",)), ("00926", ("Puerto Rico",)), ("75504", ("Arkansas", "Texas")), ("21", ())],
)
def test_postal_codes_belong_to_states(code, expected):
    assert states_of_zip(code) == expected


def test_all_states_have_codes():
    assert len(states()) == 54 + len(["military post"])
