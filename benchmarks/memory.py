"""Measure the peak memory of ``lint run`` for large inputs of every container.

python benchmarks/memory.py FOLDER [--megabytes 500] [--members 50000] [--jobs 2] [-- --schema-only]

Writes the inputs to FOLDER, lints each in a process of its own and prints a table.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from time import monotonic

from lint.testing import minimal_record, patched

SIZE = 18_000
"""Bytes of a record, as in the registry."""
PROGRAM = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True, text=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([done.returncode, peak, done.stderr.strip().splitlines()[-1:]]))
"""


def records() -> Iterator[str]:
    """Yield ever new records of registry-like size."""
    chance = random.Random(1)
    words = ("participants", "receive", "exampline", "or", "placebo", "once", "a", "day", "at", "the", "study", "site")
    number = 0
    while True:
        number += 1
        text = " ".join(chance.choices(words, k=SIZE // 6)).capitalize()
        patch = {"identificationModule.nctId": f"NCT{number:08d}", "descriptionModule.detailedDescription": f"{text}."}
        yield json.dumps(patched(minimal_record(), patch))


def write_jsonl(file: Path, count: int) -> None:
    with open(file, "w", encoding="utf-8") as out:
        out.writelines(f"{record}\n" for record in islice(records(), count))


def write_gzip(file: Path, count: int) -> None:
    with gzip.open(file, "wt", encoding="utf-8", compresslevel=1) as out:
        out.writelines(f"{record}\n" for record in islice(records(), count))


def write_list(file: Path, count: int) -> None:
    with open(file, "w", encoding="utf-8") as out:
        for number, record in enumerate(islice(records(), count)):
            out.write(f"{',' if number else '['}{record}")
        out.write("]")


def write_zip(file: Path, count: int) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number, record in enumerate(islice(records(), count)):
            archive.writestr(f"NCT{number // 10_000:04d}xxxx/NCT{number:08d}.json", record)


def write_nested(file: Path, count: int) -> None:
    """Write a zip archive with one zip archive inside."""
    inner = file.with_suffix(".inner")
    write_zip(inner, count)
    with zipfile.ZipFile(file, "w") as archive:
        archive.write(inner, "inner.zip")
    inner.unlink()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--megabytes", type=int, default=500)
    parser.add_argument("--members", type=int, default=50_000)
    parser.add_argument("--jobs", default="2")
    parser.add_argument("lint", nargs="*", help="more words for lint run, behind --")
    given = parser.parse_args()
    lines = given.megabytes * 1_000_000 // SIZE
    inputs: dict[str, tuple[Callable[[Path, int], None], int]] = {
        "all.jsonl": (write_jsonl, lines),
        "all.jsonl.gz": (write_gzip, lines),
        "list.json": (write_list, lines),
        "bulk.zip": (write_zip, given.members),
        "nested.zip": (write_nested, given.members),
    }
    given.folder.mkdir(parents=True, exist_ok=True)
    print("| input | MB | records | jobs | seconds | peak MB of a process |\n|---|---|---|---|---|---|")
    for name, (write, count) in inputs.items():
        file = given.folder / name
        if not file.exists():
            write(file, count)
        command = [sys.executable, "-m", "lint", "run", str(file), "--jobs", given.jobs, "--output", "/dev/null"]
        started = monotonic()
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, *command, "--exit-zero", *given.lint],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        code, peak, said = json.loads(done.stdout)
        if code:
            print(f"lint run {name} ended with {code}: {said}", file=sys.stderr)
            return 1
        megabytes = file.stat().st_size // 1_000_000
        print(
            f"| {name} | {megabytes:,} | {count:,} | {given.jobs} | {monotonic() - started:.0f} | {peak / 1024:.0f} |",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
