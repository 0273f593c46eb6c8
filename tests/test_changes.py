import copy

from hypothesis import given
from hypothesis import strategies as st
from sample_findings import PLAIN

from lint.changes import Changes, compare
from lint.model import Outcome, Record, RelatedPlace
from lint.sources.text import TextLocator
from lint.testing import minimal_record, patched

names = st.sampled_from(["a", "b", "label"])
values = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2) | st.sampled_from(["x", "y"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)


@given(values, values)
def test_nothing_changed_exactly_when_the_versions_are_equal(old, new):
    changed = compare(old, new)
    assert (changed.values or changed.lists) or repr(sorted_deep(old)) == repr(sorted_deep(new))
    assert compare(old, copy.deepcopy(old)) == ([], [])


def sorted_deep(value):
    if isinstance(value, dict):
        return {name: sorted_deep(value[name]) for name in sorted(value)}
    if isinstance(value, list):
        items = [sorted_deep(item) for item in value]
        labels = [item.get("label") if isinstance(item, dict) else item for item in items]
        return sorted(items, key=repr) if len({*map(repr, labels)}) == len(labels) else items
    return value


def kept(old_patch, new_patch, *findings, known=()):
    old, new = (patched(minimal_record(), patch) for patch in (old_patch, new_patch))
    outcome = Outcome(findings, 1, record="NCT09900001")
    earlier = Record(old, "a.json", 0, TextLocator(""))
    changes = Changes({"NCT09900001": earlier}, lambda record: known)
    return changes.apply(outcome, Record(new, "a.json", 0, TextLocator(""))).findings


def test_findings_stay_where_their_place_or_a_related_one_changed():
    at = PLAIN._replace(path="/protocolSection/designModule/phases", related=())
    near = at._replace(related=(RelatedPlace("/protocolSection/designModule/enrollmentInfo/count", 1, 1, ""),))
    change = {"designModule.enrollmentInfo.count": 7}
    assert kept({}, change, at) == ()
    assert kept({}, change, near) == (near,)
    assert kept({}, {"designModule.phases": ["PHASE4"]}, at) == (at,)
    around = at._replace(path="/protocolSection/designModule")
    assert kept({}, change, around) == (around,)
    assert kept({}, change, around, known=(around,)) == ()
    assert kept({}, change, near, known=(near,)) == (near,)


def test_an_item_put_in_front_leaves_the_others_unchanged():
    arms = minimal_record()["protocolSection"]["armsInterventionsModule"]["armGroups"]
    second = PLAIN._replace(path="/protocolSection/armsInterventionsModule/armGroups/1/label", related=())
    first = PLAIN._replace(path="/protocolSection/armsInterventionsModule/armGroups/0/label", related=())
    more = {"armsInterventionsModule.armGroups": [{"label": "New"}, *arms]}
    assert kept({}, more, first, second) == (first,)


def test_an_item_less_concerns_the_list_and_not_what_is_left():
    arms = minimal_record()["protocolSection"]["armsInterventionsModule"]["armGroups"]
    place = "/protocolSection/armsInterventionsModule/armGroups"
    whole, item = (PLAIN._replace(path=path, related=()) for path in (place, f"{place}/0"))
    assert kept({}, {"armsInterventionsModule.armGroups": arms[:1]}, whole, item) == (whole,)


def test_a_new_record_keeps_all_its_findings():
    outcome = Outcome((PLAIN,), 1, record="NCT09999999")
    assert Changes({}, lambda record: ()).apply(outcome, Record({}, "a", 0, TextLocator(""))) == outcome
