import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint.paths import from_pointer, nearest_existing, to_pointer, value_at

documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=20,
)


def every_path(document, path=()):
    yield path
    if isinstance(document, dict):
        for name, member in document.items():
            yield from every_path(member, (*path, name))
    elif isinstance(document, list):
        for index, item in enumerate(document):
            yield from every_path(item, (*path, index))


@given(documents)
def test_a_pointer_leads_back_to_its_path(document):
    for path in every_path(document):
        assert from_pointer(to_pointer(path), document) == path
        assert nearest_existing(document, path) == path


@given(documents, st.text(max_size=3))
def test_the_nearest_existing_place_of_a_missing_member_is_its_parent(document, name):
    for path in every_path(document):
        missing = object()
        if value_at(document, (*path, name), missing) is missing:
            assert nearest_existing(document, (*path, name, 0)) == path


def test_pointers_escape_slash_and_tilde():
    assert to_pointer(("a/b", 0, "~")) == "/a~1b/0/~0"


@pytest.mark.parametrize("pointer", ["a", "/b", "/a/9", "/a/0/x"])
def test_a_pointer_that_leads_nowhere_is_refused(pointer):
    with pytest.raises(ValueError):
        from_pointer(pointer, {"a": [1]})
