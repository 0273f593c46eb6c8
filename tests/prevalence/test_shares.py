"""The Wilson interval against published figures, and what must hold of any."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint.prevalence.shares import Z, share_of


@pytest.mark.parametrize(
    ("hit", "records", "low", "high"),
    # Newcombe 1998, https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E, table I, method 3
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_published_intervals(hit, records, low, high):
    share = share_of(hit, records)
    assert (round(share.low, 4), round(share.high, 4)) == (low, high)


@given(st.integers(1, 10**7), st.data())
def test_the_ends_are_where_the_score_test_rejects(records, data):
    hit = data.draw(st.integers(0, records))
    share = share_of(hit, records)
    assert 0 <= share.low <= share.share <= share.high <= 1
    for end in (share.low, share.high):
        if 0 < end < 1:
            assert abs(share.share - end) == pytest.approx(Z * (end * (1 - end) / records) ** 0.5, rel=1e-4, abs=1e-9)
    other = share_of(records - hit, records)
    assert (1 - other.high, 1 - other.low) == pytest.approx((share.low, share.high), abs=1e-9)


def test_of_no_records_there_is_no_share():
    assert share_of(0, 0) is None
