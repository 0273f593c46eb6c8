"""Feed mutated and byte-corrupted records to the linter and see that it neither crashes nor loses one.

    python tools/fuzz.py [--count 10000] [--seed 1] FILE ...

FILE are records to start from (JSON, JSONL, YAML or page text). A mutation changes the parsed
record (wrong types, odd values, members removed, renamed, doubled); a corruption changes the
bytes. After each, every rule is run. Prints how the inputs ended and exits with 1 on a traceback,
a crashed rule or an input that gave neither a record nor a finding.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

from lint.engine import Plan, lint_item
from lint.model import Record
from lint.rulebook import load_rulebook
from lint.sources import read_bytes

ODD_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 10**30, 1e300, "", " ", "\\-", "\x00", "NA", "2013-02-30", "0000-00", "9999-12-31",
    "2013-05", [], {}, [None], [[]], [{}], ["x", 3, None], {"": {}}, "\u202e\u200b", "é" * 400, "Inclusion Criteria:",
    "x" * 40_000, {"a": {"b": {"c": []}}}, "18 Years", "-5 Months", "999999999 Years", "Drug: ", "NCT00000000",
)  # fmt: skip


def _places(value: Any, found: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in items:
        found.append((value, key))
        _places(member, found)
    return found


def mutate(record: Any, random: random.Random) -> None:
    """Change one to five places of a parsed record."""
    for _ in range(random.randint(1, 5)):
        places = _places(record, [])
        if not places:
            return
        container, key = random.choice(places)
        other, other_key = random.choice(places)
        action = random.randrange(6)
        if action == 0:
            container[key] = random.choice(ODD_VALUES)
        elif action == 1:
            del container[key]
        elif action == 2 and isinstance(container, dict):
            container[random.choice((str(key)[::-1], "", key + "x", "/~"))] = container.pop(key)
        elif action == 3:
            container[key] = json.loads(json.dumps(other[other_key]))
        elif action == 4:
            container[key] = [container[key], container[key]]
        elif isinstance(container[key], str) and container[key]:
            text = container[key]
            cut = random.randrange(len(text))
            container[key] = text[:cut] + random.choice(("", "\n\n", "\\", " ,", "1x106", "é", "\t")) + text[cut:]


def corrupt(raw: bytes, random: random.Random) -> bytes:
    """Flip, cut, insert or double bytes in one to eight places."""
    data = bytearray(raw)
    for _ in range(random.randint(1, 8)):
        if not data:
            break
        at = random.randrange(len(data))
        action = random.randrange(5)
        if action == 0:
            data[at] = random.randrange(256)
        elif action == 1:
            del data[at : at + random.randint(1, 200)]
        elif action == 2:
            data[at:at] = random.choice(
                (b"\xff", b"{", b"]", b'"', b"\\u", b"\xef\xbb\xbf", b"\x00", b"[" * 300, b"NaN", b"\r")
            )
        elif action == 3:
            data[at:at] = data[at : at + 300]
        elif random.random() < 0.2:
            del data[at:]
    return bytes(data)


def outcome_of(raw: bytes, plan: Plan) -> str:
    """Lint some bytes and say how it ended: clean, findings, unreadable, or what went wrong."""
    try:
        outcomes = [lint_item(item, plan) for item in read_bytes(raw, "fuzz.json")]
    except Exception:
        return "traceback\n" + traceback.format_exc()
    crashed = [f.message for outcome in outcomes for f in outcome.findings if f.code == "LNT900"]
    if crashed:
        return "crashed rule\n" + "\n".join(crashed)
    if not outcomes or any(outcome.unreadable and not outcome.findings for outcome in outcomes):
        return "lost"
    if any(outcome.unreadable for outcome in outcomes):
        return "unreadable"
    return "findings" if any(outcome.findings for outcome in outcomes) else "clean"


def full_plan() -> Plan:
    """Return a plan with every built-in rule."""
    book = load_rulebook(local_code=False)
    return Plan({rule.code: rule for rule in book.rules}, date(2026, 11, 1), "strict", excerpts=True, debug=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--count", type=int, default=10_000, help="inputs of each kind")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    plan = full_plan()
    raws = []
    for file in options.files:
        with open(file, "rb") as handle:
            raws.append(handle.read())
    parsed = [item.data for raw in raws for item in read_bytes(raw, "start") if isinstance(item, Record)]

    def mutated(chance: random.Random) -> bytes:
        record = json.loads(json.dumps(chance.choice(parsed)))
        mutate(record, chance)
        return json.dumps(record, indent=chance.choice((None, 2))).encode()

    kinds: dict[str, Callable[[random.Random], bytes]] = {
        "mutated": mutated,
        "corrupted": lambda chance: corrupt(chance.choice(raws), chance),
    }
    bad = 0
    for kind, make in kinds.items():
        seen: Counter[str] = Counter()
        for number in range(options.count):
            raw = make(random.Random(f"{options.seed}{kind}{number}"))
            outcome = outcome_of(raw, plan)
            first, _, detail = outcome.partition("\n")
            seen[first] += 1
            if first in ("traceback", "crashed rule", "lost"):
                bad += 1
                if bad <= 10:
                    print(f"{kind} {number}: {first}\n{detail}")
        print(f"{options.count} {kind}: " + ", ".join(f"{count} {name}" for name, count in sorted(seen.items())))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
