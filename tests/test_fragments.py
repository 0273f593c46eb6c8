import jsonschema
import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint import pace
from lint.errors import RuleError
from lint.fragments import check_keywords, holds
from lint.rulebook import load_rulebook
from lint.testing import check_examples

names = st.sampled_from(["a", "b", "c"])
scalars = st.none() | st.booleans() | st.integers(-3, 3) | st.floats(-2, 2) | st.sampled_from(["", "a", "ab", "12"])
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3), max_leaves=8
)
leaf_fragments = st.one_of(
    st.booleans(),
    st.builds(
        lambda kind: {"type": kind},
        st.sampled_from(["object", "array", "string", "boolean", "null", "integer", "number"]),
    ),
    st.builds(lambda value: {"const": value}, scalars),
    st.builds(lambda options: {"enum": options}, st.lists(scalars, min_size=1, max_size=3)),
    st.builds(lambda required: {"required": required}, st.lists(names, max_size=2, unique=True)),
    st.builds(
        lambda key, n: {key: n},
        st.sampled_from(["minItems", "maxItems", "minLength", "maxLength", "minimum", "maximum"]),
        st.integers(0, 3),
    ),
    st.just({"pattern": "^[0-9]+"}),
)
fragments = st.recursive(
    leaf_fragments,
    lambda inner: st.one_of(
        st.builds(lambda members: {"properties": members}, st.dictionaries(names, inner, max_size=2)),
        st.builds(lambda key, one: {key: one}, st.sampled_from(["items", "contains", "not"]), inner),
        st.builds(
            lambda key, several: {key: several},
            st.sampled_from(["allOf", "anyOf"]),
            st.lists(inner, min_size=1, max_size=2),
        ),
    ),
    max_leaves=5,
)


def fast(fragment, value):
    options = jsonschema_rs.RegexOptions()
    return jsonschema_rs.Draft202012Validator(fragment, pattern_options=options).is_valid(value)


@given(fragments, values)
def test_both_ways_agree_with_the_reference(fragment, value):
    reference = jsonschema.Draft202012Validator(fragment).is_valid(value)
    assert holds(fragment, value) == reference
    assert fast(fragment, value) == reference


def test_an_unknown_keyword_is_refused_by_name():
    with pytest.raises(RuleError, match="uniqueItems"):
        check_keywords({"properties": {"a": {"uniqueItems": True}}})


@pytest.mark.parametrize("pattern", [r"\d", r"[\w]", r"^\S+$", "(?=a)", "a(?!b)", "(?<=a)b", "(?<!a)b", r"(a)\1"])
def test_what_programs_read_differently_or_slowly_is_refused(pattern):
    with pytest.raises(RuleError, match=r"different things|looks around"):
        check_keywords({"not": {"items": {"pattern": pattern}}})


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("^a$", "a\n"), (r"\bopen", "\u00e9open"), ("(?i)k", "\u212a"), ("(?:b|a$)", "a\n"), (r"a\$", "a$\n")],
)
def test_patterns_mean_the_same_in_both_ways(pattern, text):
    assert holds({"pattern": pattern}, text) == fast({"pattern": pattern}, text)


@pytest.mark.parametrize("rule", [rule for rule in load_rulebook().rules if rule.kind == "yaml"], ids=lambda r: r.code)
def test_every_example_of_a_pack_is_judged_the_same_in_a_long_run(rule, monkeypatch):
    monkeypatch.setattr(pace, "LONG", -1)
    check_examples([rule])
