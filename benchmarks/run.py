"""Measure start-up and speed, as ratios against named peers and against the limit.

    python -m pip install ".[bench]"
    python benchmarks/run.py RECORDS.jsonl[.gz] [--rounds 5]

Every round runs every case once, so that a machine whose speed drifts changes all of them
alike; medians and ratios of medians are printed as Markdown. The limit is what any linter must do:
parse a record and touch each of its strings once. check-jsonschema and the loop over
``jsonschema`` validate against the same schema and check no rule.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from typing import Any

import orjson

from lint.engine import Plan, lint_item
from lint.rulebook import load_rulebook
from lint.schema import load_schema
from lint.sources import read

RECORDS = 600
JSONSCHEMA_LOOP = """
import json, sys
from jsonschema import Draft202012Validator
validator = Draft202012Validator(json.load(open(sys.argv[1])))
for file in sys.argv[2:]:
    list(validator.iter_errors(json.load(open(file))))
"""


def touch(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(map(touch, value.values()))
    if isinstance(value, list):
        return sum(map(touch, value))
    return 0


def whole_process(command: list[str], cwd: str) -> Callable[[], float]:
    def run() -> float:
        start = time.perf_counter()
        subprocess.run(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        return time.perf_counter() - start

    return run


def timed(work: Callable[[], object]) -> Callable[[], float]:
    def run() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return run


def medians(cases: dict[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    for case in cases.values():
        case()
    seen: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds):
        for name, case in cases.items():
            seen[name].append(case())
    return {name: statistics.median(times) for name, times in seen.items()}


def scripts() -> str:
    return os.path.dirname(sys.executable)


def process_cases(folder: str) -> dict[str, dict[str, Callable[[], float]]]:
    files = [os.path.join("records", name) for name in sorted(os.listdir(os.path.join(folder, "records")))]
    lint_command = [os.path.join(scripts(), "lint"), "run", "--no-cache", "--output", os.devnull]
    peer = [os.path.join(scripts(), "check-jsonschema"), "--schemafile", "schema.json"]
    loop = [sys.executable, "-c", JSONSCHEMA_LOOP, "schema.json"]
    one = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "lint run": [*lint_command, files[0]],
        "jsonschema loop": [*loop, files[0]],
        "check-jsonschema": [*peer, files[0]],
    }
    many = {
        "lint run": [*lint_command, "records"],
        "jsonschema loop": [*loop, *files],
        "check-jsonschema": [*peer, *files],
    }
    return {
        "one record": {name: whole_process(command, folder) for name, command in one.items()},
        f"{len(files)} records": {name: whole_process(command, folder) for name, command in many.items()},
    }


def core_cases(lines: list[bytes], folder: str) -> dict[str, Callable[[], float]]:
    book = load_rulebook(local_code=False)
    stream = os.path.join(folder, "records.jsonl")

    def plan(codes: Callable[[str], bool]) -> Plan:
        rules = {rule.code: rule for rule in book.rules if "submission" in rule.profiles and codes(rule.code)}
        return Plan(rules | {"LNT900": book.by_code["LNT900"]}, date(2026, 11, 1))

    everything, schema_only = plan(lambda code: True), plan(lambda code: code[:3] in ("SRC", "SCH", "ENU"))

    def run(chosen: Plan) -> None:
        for item in read(stream):
            lint_item(item, chosen)

    return {
        "limit: parse and touch every string": timed(lambda: [touch(orjson.loads(line)) for line in lines]),
        "read only": timed(lambda: [None for _ in read(stream)]),
        "read and schema": timed(lambda: run(schema_only)),
        "read, schema and all rules": timed(lambda: run(everything)),
    }


def prepare(source: str, folder: str, count: int = RECORDS) -> list[bytes]:
    """Write the first records of a JSONL file to a folder, as files, as JSONL, and with them their schema."""
    with gzip.open(source, "rb") if source.endswith(".gz") else open(source, "rb") as handle:
        lines = [line.rstrip() for _, line in zip(range(count), handle)]
    os.mkdir(os.path.join(folder, "records"))
    for number, line in enumerate(lines):
        with open(os.path.join(folder, "records", f"{number:04}.json"), "w", encoding="utf-8") as file:
            json.dump(orjson.loads(line), file, indent=2, ensure_ascii=False)
    with open(os.path.join(folder, "records.jsonl"), "wb") as handle:
        handle.write(b"\n".join(lines) + b"\n")
    with open(os.path.join(folder, "schema.json"), "w", encoding="utf-8") as file:
        json.dump(load_schema("ctgov-v2"), file)
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", help="a JSONL file of registry records, may be gzipped")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines = prepare(options.records, folder)
        size = sum(map(len, lines)) / len(lines) / 1024
        packages = ", ".join(
            f"{name} {version(name)}" for name in ("orjson", "jsonschema-rs", "jsonschema", "check-jsonschema")
        )
        print(f"{len(lines)} records of {size:.1f} KB on average; {platform.machine()}, {os.cpu_count()} cores, "
              f"Python {platform.python_version()}; {packages}; {options.rounds} rounds\n")  # fmt: skip
        for title, cases in process_cases(folder).items():
            found = medians(cases, options.rounds)
            print(f"| {title}, whole process | ms | `lint run` is |\n|---|---|---|")
            for name, seconds in found.items():
                print(f"| {name} | {seconds * 1000:.0f} | {found['lint run'] / seconds:.2f}x its time |")
            print()
        found = medians(core_cases(lines, folder), options.rounds)
        limit = found["limit: parse and touch every string"]
        print("| in process, one core | records/s | of the limit |\n|---|---|---|")
        for name, seconds in found.items():
            print(f"| {name} | {len(lines) / seconds:.0f} | {limit / seconds:.2f} |")


if __name__ == "__main__":
    main()
