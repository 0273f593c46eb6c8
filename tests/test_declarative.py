import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint.declarative import compile_fragment, fill, load_pack
from lint.errors import RuleError
from lint.testing import check_examples, failures

names = st.sampled_from(["a", "b", "c"])
scalars = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "a", "ab", "12"])
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


@given(fragments, values)
def test_compiled_fragments_agree_with_the_reference(fragment, value):
    reference = jsonschema.Draft202012Validator(fragment).is_valid(value)
    assert compile_fragment(fragment)(value) == reference


def test_an_unknown_keyword_is_refused_by_name():
    with pytest.raises(RuleError, match="uniqueItems"):
        compile_fragment({"properties": {"a": {"uniqueItems": True}}})


def test_messages_show_the_values_of_the_place():
    value = {"a": {"b": "x"}, "list": ["p", "q"], "objects": [{}, {}]}
    assert fill("{a.b} {list} {objects} {none}", value) == "x p, q 2 nothing"


PACK = """
rules:
  - code: ABC001
    name: keywords-missing
    severity: note
    at: $.protocolSection.conditionsModule
    summary: The record has no keywords.
    then: {required: [keywords]}
    missing: keywords
    message: the record has no keywords
    why: People search by them.
    fix: Add some.
    source: house style
    examples:
      bad: [{conditionsModule.keywords: null}]
      good: [{}]
"""


def test_a_pack_becomes_rules_whose_examples_run(tmp_path):
    file = tmp_path / "pack.yaml"
    file.write_text(PACK)
    (rule,) = load_pack(str(file))
    assert (rule.code, rule.kind, rule.summary) == ("ABC001", "yaml", "The record has no keywords.")
    check_examples([rule])


def test_an_example_that_does_not_behave_is_named(tmp_path):
    file = tmp_path / "pack.yaml"
    file.write_text(PACK.replace("bad: [{conditionsModule.keywords: null}]", "bad: [{}]"))
    assert "ABC001 example 0" in failures(load_pack(str(file))[0])[0]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("severity: note", "severity: fatal", "rules/0/severity"),
        ("then:", "thn:", "thn"),
        ("ABC001", "abc1", "rules/0/code"),
        ("{required: [keywords]}", "{requird: [keywords]}", "requird"),
        ("$.protocolSection.conditionsModule", "conditions", "place pattern"),
        ("rules:", "rules: [", "is not YAML"),
    ],
)
def test_a_wrong_pack_is_refused_with_its_place(tmp_path, old, new, words):
    file = tmp_path / "pack.yaml"
    file.write_text(PACK.replace(old, new, 1))
    with pytest.raises(RuleError, match=words):
        load_pack(str(file))
