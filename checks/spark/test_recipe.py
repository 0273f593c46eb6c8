"""The recipe of docs/distributed.md on a real Spark, which needs Java, pyspark and pandas; run on demand."""

import json
import os
import re
import sys
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from lint.batch import lint_batch
from lint.testing import minimal_record, patched

PAGE = Path(__file__).parent.parent.parent / "docs" / "distributed.md"
SINGLE_GROUP = {"designModule.designInfo.interventionModel": "SINGLE_GROUP"}


@pytest.fixture(scope="module")
def spark():
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    yield session
    session.stop()


def test_the_recipe_gives_what_one_process_gives(spark):
    texts = [(f"{n}.json", json.dumps(patched(minimal_record(), SINGLE_GROUP if n % 2 else {}))) for n in range(200)]
    texts.append(("broken.json", "{"))
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    names = {"records": spark.createDataFrame(texts, "file string, record string").repartition(4)}
    exec(code, names)
    checked = {row["file"]: row for row in names["checked"].collect()}
    assert len(checked) == len(texts) and not checked["broken.json"]["is_record"]
    expected = list(lint_batch(texts, as_of="2026-11-01", config="profile: audit"))
    for row in expected:
        found = checked[row["file"]]
        assert [found[name] for name in ("record", "errors", "warnings", "notes")] == [
            row[name] for name in ("record", "errors", "warnings", "notes")
        ]
        assert [one.asDict() for one in found["findings"]] == [
            {name: one[name] for name in ("code", "severity", "message", "hint", "path", "line")}
            for one in row["findings"]
        ]
    assert names["findings"].count() == sum(len(row["findings"]) for row in expected) > 100
