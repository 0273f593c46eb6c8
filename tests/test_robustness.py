"""Whatever comes in, every input ends in a record or a finding, and no built-in rule crashes."""

import json
import random
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import fuzz  # noqa: E402

from lint.testing import minimal_record  # noqa: E402

PLAN = fuzz.full_plan()
STARTS = [
    json.dumps(minimal_record(base), indent=2).encode() for base in ("interventional", "observational", "results")
]
STARTS.append((ROOT / "examples/NCT01854125.v2.json").read_bytes())
GOOD_ENDS = ("clean", "findings", "unreadable")


@pytest.mark.parametrize("seed", range(300))
def test_mutated_records(seed):
    chance = random.Random(seed)
    record = json.loads(chance.choice(STARTS))
    fuzz.mutate(record, chance)
    assert fuzz.outcome_of(json.dumps(record).encode(), PLAN) in GOOD_ENDS


@pytest.mark.parametrize("seed", range(300))
def test_corrupted_bytes(seed):
    chance = random.Random(seed)
    page = (ROOT / "examples/NCT01854125.page.txt").read_bytes()
    raw = fuzz.corrupt(chance.choice([*STARTS, page, b"\n".join(b" ".join(start.split()) for start in STARTS)]), chance)
    assert fuzz.outcome_of(raw, PLAN) in GOOD_ENDS
