import pytest

from lint.errors import RuleError
from lint.places import collect_texts, merge, parse_place


def test_one_walk_finds_every_listened_place():
    trie = merge([("$", "root"), ("$.a[*].b", "b"), ("$.a[*]", "item"), ("$.c", "c")])
    found = []
    trie.visit({"a": [{"b": 1}, {}, 5], "c": None}, (), found)
    assert sorted((name, path) for name, _, path in found) == [
        ("b", ("a", 0, "b")),
        ("item", ("a", 0)),
        ("item", ("a", 1)),
        ("item", ("a", 2)),
        ("root", ()),
    ]


@pytest.mark.parametrize("pattern", ["a", "$..a", "$.a[0]", "$.a[?(@.b)]", "$['a']", "$.a[*"])
def test_other_jsonpath_is_refused(pattern):
    with pytest.raises(RuleError, match="place pattern"):
        parse_place(pattern)


def test_texts_are_collected_with_escapes_undone():
    assert collect_texts({"a": ["18\\~65", "", 3, "b"]}, ("$.a[*]",)) == [(("a", 0), "18~65"), (("a", 3), "b")]
