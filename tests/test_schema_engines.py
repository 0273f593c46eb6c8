import copy
import json
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from lint import schema
from lint.fragments import holds
from lint.schema_store import checkable_record_schema

ROOT = Path(__file__).parent.parent
FILES = ("rules/minimal/interventional.json", "tests/records/observational.json", "tests/records/results.json")
BASES = [json.loads((ROOT / file).read_text("utf-8")) for file in FILES]


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of a record, the root left out."""
    found: list[tuple[Any, ...]] = [path] if path else []
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in members:
        found += places(value, (*path, key))
    return found


ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 10**20), st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20), st.builds(list), st.builds(dict), st.builds(lambda: ["PHASE1", "PHASE3"]),
    st.just("x" * 40000),
    st.sampled_from(["Randomised", "2019-03\n", "2019-02-30", "٢٠١٩-٠٣", "18 years", "18 Years\n", "NCT00000000\n"]),
    st.sampled_from([1.0, 30.0, 1e300, 10**30, -(10**30), True, "ECT", "LOG_MEAN"]),
)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """A record with one to three members replaced, removed, renamed or added."""
    base = draw(st.sampled_from(BASES))
    data = copy.deepcopy(base)
    for _ in range(draw(st.integers(1, 3))):
        *steps, last = draw(st.sampled_from(places(data) or [("protocolSection",)]))
        parent = data
        for step in steps:
            parent = parent[step]
        action = draw(st.sampled_from(["replace", "remove", "rename", "add", "repeat"]))
        if action == "replace" or last not in (parent if isinstance(parent, dict) else range(len(parent))):
            parent[last] = draw(ODD)
        elif action == "remove":
            del parent[last]
        elif action == "repeat" and isinstance(parent, list):
            parent.append(copy.deepcopy(parent[last]))
        elif isinstance(parent, dict):
            name = draw(st.sampled_from(["briefTitel", "type", "x", "", "a/b~c"]))
            parent[name] = parent.pop(last) if action == "rename" else draw(ODD)
    return data


@settings(max_examples=300, deadline=None)
@given(mutated())
def test_both_engines_find_the_same_places_and_keywords(data: Any) -> None:
    fast = Counter(schema.faults(data, engine="fast"))
    assert fast == Counter(schema.faults(data, engine="reference"))
    assert schema.check(data) == schema.check(data, engine="reference")
    record_schema = checkable_record_schema()
    assert holds(record_schema, data, record_schema["$defs"]) == (not fast)


@settings(max_examples=300, deadline=None)
@given(mutated())
def test_what_is_left_has_the_types_of_the_schema_and_can_be_judged(data: Any) -> None:
    result = schema.check(data)
    clean = schema.usable(data, result)
    assert not schema.check(clean).unusable
    for _, problem in (*result.problems, *schema.required_problems(clean)):
        assert problem.message
    for code, _ in result.problems:
        assert code[:3] in ("SCH", "ENU")
