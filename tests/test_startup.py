"""What a clean run imports. Each of these costs as much as linting a record, or more."""

import json
import os
import subprocess
import sys

from lint.testing import minimal_record

HEAVY = {
    "yaml", "jsonschema", "jsonschema_rs", "orjson", "hashlib", "tabulate", "pathspec", "rapidfuzz", "re2", "rich",
    "tomllib", "tomli",
    "importlib.metadata", "difflib", "tempfile", "csv", "zoneinfo", "asyncio", "concurrent",
    "multiprocessing", "http", "urllib.request", "logging", "unittest", "pydoc",
    "shutil", "bz2", "lzma", "pickle",
    "lint.registries.xmltree", "lint.registries.ctgov.classic", "lint.registries.ctgov.words",
    "lint.testing", "lint.quality", "lint.cli.rules", "lint.cli.explain", "lint.reports.full", "lint.reports.json",
}  # fmt: skip

PROGRAM = """
import atexit, sys
atexit.register(lambda: print(*sorted(sys.modules), file=sys.stderr))
sys.argv = ["lint", "run", "one.json", "--quiet", "--as-of", "2024-06-30"]
from lint.cli.main import main
main()
"""


def test_a_clean_run_imports_little(tmp_path):
    (tmp_path / "one.json").write_text(json.dumps(minimal_record()))
    path = os.pathsep.join(entry for entry in sys.path if entry)
    env = {**os.environ, "PYTHONPATH": path, "GITHUB_ACTIONS": ""}
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    bare = subprocess.run(
        [sys.executable, "-c", "import sys; print(*sys.modules)"], cwd=tmp_path, env=env, capture_output=True, text=True
    )
    imported = set(done.stderr.split()) - set(bare.stdout.split())
    assert "lint.engine" in imported
    assert imported & HEAVY == set()
