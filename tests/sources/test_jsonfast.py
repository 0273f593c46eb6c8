import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lint.sources.jsonfast import fast_load, plain_load

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6)
documents = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
)
ODD = [
    "-0", "-0.0", "1E5", " [1] ", "\ufeff1", "1e999", "[1,]", '{"a":1,"a":2}', '{"a":{"b":1,"b":1}}', "[NaN]",
    "[-Infinity]", '"\x01"', '"\x7f"', "01", "", "[" * 254 + "]" * 254, "[" * 255 + "]" * 255,
    "[" * 5000 + "]" * 5000, '"\\/"', "1.", "-", "\x0c1", "1 2", '{"a":1}{', "123456789012345678901", '"\\x"',
]  # fmt: skip


def outcome(load, raw):
    try:
        return repr(load(raw))
    except ValueError:
        return "refused"


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_both_ways_take_and_refuse_the_same(text):
    raw = text.encode()
    assert outcome(plain_load, raw) == outcome(fast_load, raw)


@settings(max_examples=300)
@given(documents, st.integers(0, 200), st.binary(max_size=2))
def test_whatever_both_ways_take_they_read_alike(document, place, damage):
    raw = json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")
    for text in (raw, raw[:place] + damage + raw[place:]):
        plain = outcome(plain_load, text)
        fast = outcome(fast_load, text)
        assert plain == fast or "refused" in (plain, fast)


def test_a_fraction_of_many_digits_is_left_to_the_careful_way():
    raw = b'{"a": 0.0010882487911487728}'
    assert plain_load(raw) == {"a": 0.0010882487911487728}
    assert outcome(fast_load, raw) == "refused"


def test_escapes_by_number_are_left_to_the_fast_way():
    assert outcome(plain_load, b'"\\u00e9"') == "refused"
    assert fast_load(b'"\\u00e9"') == "\u00e9"
