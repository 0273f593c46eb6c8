"""Made-up records: clean, the same for the same numbers, and with flaws that are found where they were planted."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.recall import findings_in, is_found
from lint.engine import Plan
from lint.rulebook import load_rulebook
from lint.synthetic import AS_OF, PLANTERS, make, make_record

BOOK = load_rulebook(local_code=False)
PLAN = Plan({rule.code: rule for rule in BOOK.rules if "submission" in rule.profiles}, AS_OF)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 999_999))
def test_a_made_up_record_is_clean(seed, number):
    assert [
        (finding.code, finding.path, finding.message) for finding in findings_in(make_record(seed, number), PLAN)
    ] == []


@given(st.integers(0, 10**6), st.integers(0, 1000), st.integers(1, 5))
def test_a_record_depends_on_its_number_alone(seed, first, count):
    whole = [made.record for made in make(count, seed=seed, first=first, flaws=0.5)]
    assert whole == [next(make(1, seed=seed, first=first + at, flaws=0.5)).record for at in range(count)]


@pytest.mark.parametrize("code", sorted(PLANTERS))
def test_what_is_planted_is_found(code):
    for made in make(5, seed=8, flaws=1.0, codes=[code]):
        assert made.code == code
        assert is_found(findings_in(made.record, PLAN), code, made.path), (made.path, findings_in(made.record, PLAN))


def test_records_have_the_size_of_real_ones():
    sizes = sorted(len(json.dumps(make_record(5, number), separators=(",", ":"))) for number in range(1500))
    assert 9_000 < sum(sizes) / len(sizes) < 20_000
    assert sizes[-15] > 2 * sizes[len(sizes) // 2]
