"""Compile the built-in YAML rule packs to the JSON twins that a run reads.

    python tools/compile_packs.py [--check]

Besides, every place that a rule subscribes to is checked against the record schema: a place
that can never exist is an error.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from lint.declarative import digest, parse_pack

PACKS = Path(__file__).parent.parent / "rules" / "packs"


def compiled(pack: Path) -> str:
    raw = pack.read_bytes()
    twin = {"made-from": digest(raw), "rules": parse_pack(raw, pack.name)}
    return json.dumps(twin, indent=1, ensure_ascii=False) + "\n"


def main() -> int:
    check = "--check" in sys.argv[1:]
    stale = []
    for pack in sorted(PACKS.glob("*.yaml")):
        twin = pack.with_suffix(".json")
        text = compiled(pack)
        if not twin.exists() or twin.read_text(encoding="utf-8") != text:
            stale.append(twin.name)
            if not check:
                twin.write_text(text, encoding="utf-8")
    if stale:
        print(("stale: " if check else "written: ") + ", ".join(stale))
    return 1 if stale and check else 0


if __name__ == "__main__":
    sys.exit(main())
