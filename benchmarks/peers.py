"""Measure ``lint run`` with everything on against tools that check less, on the same records in one run.

    python -m pip install ".[bench]"
    npm install --prefix FOLDER ajv-cli ajv-formats @stoplight/spectral-cli
    python -m benchmarks.peers --npm FOLDER [--count 600] [--rounds 5] [--records RECORDS.jsonl[.gz]]

check-jsonschema and ajv-cli validate against the schema that ``lint run`` uses, spectral-cli has ten rules of ours
(``benchmarks/peers/spectral.yaml``) and no schema. The limit is what any linter must do: parse a record and touch
each of its strings. Without ``--records`` the records are those of ``lint generate``, a third of them with a flaw.

Every round runs every tool on one record and on all. The seconds of the processor, of a tool with all its processes,
are what other work on the machine changes least. A further record costs what all cost less what one costs.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from itertools import starmap
from pathlib import Path
from typing import NamedTuple, TypeAlias

from benchmarks.run import RECORDS, prepare
from lint import __version__
from lint.synthetic import AS_OF, make

RULESET = Path(__file__).with_name("peers") / "spectral.yaml"
OURS, OURS_ON_TWO, LIMIT = "lint run --jobs 1", "lint run --jobs 2", "limit"
TARGETS = {"check-jsonschema": 12.0, "ajv-cli": 3.0, "spectral-cli": 12.0, LIMIT: 0.25}
"""How many times as fast as these ``lint run`` is to be."""
TOUCH = """
import sys, orjson
def touch(value):
    if isinstance(value, str):
        return 1
    if isinstance(value, dict):
        return sum(map(touch, value.values()))
    return sum(map(touch, value)) if isinstance(value, list) else 0
print(sum(touch(orjson.loads(open(file, "rb").read())) for file in sys.argv[1:]))
"""


Said: TypeAlias = "subprocess.CompletedProcess[str]"


class Tool(NamedTuple):
    """A program: the words of its command for some files, and how to tell from what it says what it found."""

    version: str
    command: Callable[[Sequence[str]], list[str]]
    found: Callable[[Said], str]


class Spent(NamedTuple):
    """Seconds by the clock and seconds of the processor."""

    wall: float
    cpu: float


class Figures(NamedTuple):
    """What a tool takes: seconds for one record and for all, and seconds of the processor for a further one."""

    one: Spent
    many: Spent
    least: Spent
    further: float


def our_tool(jobs: int, as_of: str) -> Tool:
    command = [sys.executable, "-m", "lint", "run", "--no-cache", "--jobs", str(jobs), "--as-of", as_of]
    command += ["--format", "jsonl"]

    def found(said: Said) -> str:
        return f"{sum(text.startswith('{') for text in said.stdout.splitlines()):,} findings"

    return Tool(__version__, lambda files: [*command, *files], found)


def limit() -> Tool:
    command = [sys.executable, "-c", TOUCH]

    def found(said: Said) -> str:
        return f"{int(said.stdout):,} strings"

    return Tool(f"orjson {version('orjson')}", lambda files: [*command, *files], found)


def check_jsonschema(_npm: str) -> Tool | None:
    beside = os.path.dirname(sys.executable)
    program = shutil.which("check-jsonschema", path=beside)
    if program is None:
        return None
    command = [program, "--output-format", "json", "--schemafile", "schema.json"]

    def found(said: Said) -> str:
        return f"{len(json.loads(said.stdout)['errors']):,} breaches of the schema"

    return Tool(version("check-jsonschema"), lambda files: [*command, *files], found)


def ajv(npm: str) -> Tool | None:
    program = of_npm("ajv", npm)
    if program is None:
        return None
    command = [program, "validate", "--spec=draft2020", "-c", "ajv-formats", "--strict=false"]
    command += ["--all-errors", "--errors=line", "-s", "schema.json"]

    def found(said: Said) -> str:
        lists = [json.loads(text) for text in said.stderr.splitlines() if text.startswith('[{"instancePath"')]
        return f"{sum(map(len, lists)):,} breaches of the schema"

    return Tool(
        version_in_package(program), lambda files: [*command, *(word for file in files for word in ("-d", file))], found
    )


def spectral(npm: str) -> Tool | None:
    program = of_npm("spectral", npm)
    if program is None:
        return None
    command = [program, "lint", "--quiet", "--format", "json", "--ruleset", str(RULESET)]

    def found(said: Said) -> str:
        return f"{len(json.loads(said.stdout)):,} findings of 10 rules"

    return Tool(version_in_package(program), lambda files: [*command, *files], found)


PEERS: dict[str, Callable[[str], Tool | None]] = {
    "check-jsonschema": check_jsonschema,
    "ajv-cli": ajv,
    "spectral-cli": spectral,
}


def of_npm(name: str, npm: str) -> str | None:
    return shutil.which(name, path=os.path.join(npm, "node_modules", ".bin")) or shutil.which(name)


def version_in_package(program: str) -> str:
    """Return the version of the npm package that a program belongs to."""
    files = (parent / "package.json" for parent in Path(program).resolve().parents)
    return str(next(json.loads(file.read_text("utf-8"))["version"] for file in files if file.exists()))


def spent(command: list[str], folder: str) -> Spent:
    """Run a command and return what it and the processes that it started took."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def what_is_found(tool: Tool, files: list[str], folder: str) -> str:
    """Run a tool once and say what it found, so that it is clear that it did its work."""
    done = subprocess.run(tool.command(files), cwd=folder, capture_output=True, text=True, check=False)
    try:
        return tool.found(done)
    except ValueError:
        sys.exit(f"{tool.command([])[0]} did not do its work: {done.stderr[:500]}")


def measure(tools: dict[str, Tool], files: list[str], folder: str, rounds: int) -> dict[str, Figures]:
    """Run each tool in each round, on one record and on all."""
    one: dict[str, list[Spent]] = {name: [] for name in tools}
    many: dict[str, list[Spent]] = {name: [] for name in tools}
    for _ in range(rounds):
        for name, tool in tools.items():
            one[name].append(spent(tool.command(files[:1]), folder))
            many[name].append(spent(tool.command(files), folder))
    return {name: figures(one[name], many[name], len(files)) for name in tools}


def figures(one: list[Spent], many: list[Spent], count: int) -> Figures:
    alone, all_of_them = (Spent(*map(statistics.median, zip(*rounds))) for rounds in (one, many))
    least = Spent(*map(min, zip(*many)))
    return Figures(alone, all_of_them, least, (all_of_them.cpu - alone.cpu) / (count - 1))


def table_of_times(tools: dict[str, Tool], seen: dict[str, Figures], found: dict[str, str], count: int) -> list[str]:
    def row(name: str, took: Figures) -> str:
        cells = (
            name,
            tools[name].version,
            f"{took.one.cpu * 1000:.0f}",
            f"{took.many.wall:.2f} ({took.least.wall:.2f})",
            f"{took.many.cpu:.2f} ({took.least.cpu:.2f})",
            f"{took.further * 1e6:,.0f}",
            found[name],
        )
        return line(cells)

    heads = (
        "", "version", "one record, ms of processor", f"{count} records, s by the clock: median (least)",
        "s of processor", "a further record, µs of processor", "found",
    )  # fmt: skip
    return [line(heads), line(["---"] * len(heads)), *starmap(row, seen.items())]


def table_of_ratios(seen: dict[str, Figures], count: int) -> list[str]:
    """Say how many times as fast as each other one ``lint run`` is."""
    ours, on_two = seen[OURS], seen[OURS_ON_TWO]

    def row(name: str, target: float) -> str:
        if name not in seen:
            return line([name, "not installed", *[""] * 3, f"{target:g}", "not measured"])
        peer = seen[name]
        by_clock, on_both = peer.many.wall / ours.many.wall, peer.many.wall / on_two.many.wall
        further = peer.further / ours.further
        met = (further if name == LIMIT else max(by_clock, on_both)) >= target
        ratios = (by_clock, on_both, peer.many.cpu / ours.many.cpu, further)
        return line([name, *(f"{ratio:.2f}" for ratio in ratios), f"{target:g}", "yes" if met else "no"])

    heads = (
        "`lint run` is so many times as fast as", f"{count} records by the clock", "the same with --jobs 2",
        "by the processor", "a further record, by the processor", "target", "met",
    )  # fmt: skip
    return [line(heads), line(["---"] * len(heads)), *starmap(row, TARGETS.items())]


def line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def machine() -> str:
    node = shutil.which("node")
    done = subprocess.run([node, "--version"], capture_output=True, text=True, check=True) if node else None
    return (
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"node {done.stdout.strip() if done else 'not installed'}, load {os.getloadavg()[0]:.1f} before the run"
    )


def made_records(file: Path, count: int) -> None:
    with open(file, "w", encoding="utf-8") as lines:
        lines.writelines(f"{json.dumps(made.record)}\n" for made in make(count, seed=1, flaws=1 / 3))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--npm", default=".", help="the folder that the npm packages were installed to")
    parser.add_argument("--records", help="a JSONL file of registry records, may be gzipped")
    parser.add_argument("--as-of", default=AS_OF.isoformat(), help="today's date for lint run")
    parser.add_argument("--count", type=int, default=RECORDS)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    peers = {name: find(os.path.abspath(options.npm)) for name, find in PEERS.items()}
    tools = {LIMIT: limit(), OURS: our_tool(1, options.as_of), OURS_ON_TWO: our_tool(2, options.as_of)}
    tools |= {name: tool for name, tool in peers.items() if tool}
    with tempfile.TemporaryDirectory() as scratch:
        if not options.records:
            made_records(Path(scratch, "made.jsonl"), options.count)
        folder = Path(scratch, "work")
        folder.mkdir()
        lines = prepare(options.records or os.path.join(scratch, "made.jsonl"), str(folder), options.count)
        files = sorted(os.path.join("records", name) for name in os.listdir(folder / "records"))
        print(f"{len(files)} records of {sum(map(len, lines)) / len(lines) / 1024:.1f} KB on average; "
              f"{machine()}; {options.rounds} rounds\n", flush=True)  # fmt: skip
        found = {name: what_is_found(tool, files, str(folder)) for name, tool in tools.items()}
        seen = measure(tools, files, str(folder), options.rounds)
    print("\n".join([*table_of_times(tools, seen, found, len(files)), "", *table_of_ratios(seen, len(files))]))


if __name__ == "__main__":
    main()
