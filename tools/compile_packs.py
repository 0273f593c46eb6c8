"""Write the twins that a run reads: of the built-in YAML rule packs and of the record schema.

python tools/compile_packs.py [--check]
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lint.declarative import parse_pack
from lint.schema_store import RECORD, checkable, load_schema, schema_bytes, schema_file
from lint.twins import twin_of

PACKS = Path(__file__).parent.parent / "rules" / "packs"


def twins() -> Iterator[tuple[Path, str]]:
    """Yield the path of every twin and what belongs in it."""
    for pack in sorted(PACKS.glob("*.yaml")):
        raw = pack.read_bytes()
        yield pack.with_suffix(".json"), written(twin_of(parse_pack(raw, pack.name), raw))
    schema = checkable(load_schema(RECORD))
    file = Path(schema_file(RECORD)).with_name(f"{RECORD}.twin.json")
    yield file, written(twin_of(schema, schema_bytes(RECORD)))


def written(twin: dict[str, Any]) -> str:
    return json.dumps(twin, indent=1, ensure_ascii=False) + "\n"


def main() -> int:
    check = "--check" in sys.argv[1:]
    stale = []
    for file, text in twins():
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            stale.append(file.name)
            if not check:
                file.write_text(text, encoding="utf-8")
    if stale:
        print(("stale: " if check else "written: ") + ", ".join(stale))
    return 1 if stale and check else 0


if __name__ == "__main__":
    sys.exit(main())
