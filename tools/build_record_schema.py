"""Build ``schemas/ctgov-v2.schema.json`` from the registry's own definitions.

    python tools/build_record_schema.py DEFINITIONS_FOLDER

The folder holds the field list of API v2 (``ctgov-v2-field-metadata.json``), its enumerations
(``ctgov-v2-enums.json``) and the table of data elements with requirements and limits
(``data-elements.tsv``). Titles and descriptions are ours (``record_fields.txt``), as are the
corrections (``record_tables.yaml``). The output depends on nothing else.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "schemas" / "ctgov-v2.schema.json"
TABLES = yaml.safe_load((HERE / "record_tables.yaml").read_text("utf-8"))
FINAL_RULE = "2017-01-18"
FIELD_PAGE = "https://clinicaltrials.gov/data-api/about-api/study-data-structure"

# ``$`` alone would accept a final line break in Python, not in ECMA-262; with the look-ahead both refuse it.
END = r"(?!\n)$"
MONTH, DAY = "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
UNITS = "(Year|Month|Week|Day|Hour|Minute)s?"
NCT_NUMBER = {"type": "string", "pattern": f"^NCT[0-9]{{8}}{END}", "x-reported-by": "IDN001"}
SIMPLE_TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "markup": {"type": "string"},
    "boolean": {"type": "boolean"},
    "integer": {"type": "integer", "minimum": 0},
    "long": {"type": "integer", "minimum": 0},
    "number": {"type": "number", "minimum": 0},
    "latitude": {"type": "number", "minimum": -90, "maximum": 90},
    "longitude": {"type": "number", "minimum": -180, "maximum": 180},
    "PartialDate": {
        "type": "string",
        "pattern": f"^[0-9]{{4}}-{MONTH}(-{DAY})?{END}",
        "x-expects": "a date as YYYY-MM-DD or YYYY-MM",
    },
    "NormalizedDate": {
        "type": "string",
        "pattern": f"^[0-9]{{4}}-{MONTH}-{DAY}{END}",
        "x-expects": "a date as YYYY-MM-DD",
    },
    "DateTimeMinutes": {
        "type": "string",
        "pattern": f"^[0-9]{{4}}-{MONTH}-{DAY}T([01][0-9]|2[0-3]):[0-5][0-9]{END}",
        "x-expects": "a date and time as YYYY-MM-DDTHH:MM",
    },
    "NormalizedTime": {
        "type": "string",
        "pattern": f"^[0-9]+ {UNITS}{END}",
        "x-expects": "a whole number and a unit, such as '18 Years'",
    },
}
PHASE_COMBINATIONS = [
    ["NA"], ["EARLY_PHASE1"], ["PHASE1"], ["PHASE2"], ["PHASE3"], ["PHASE4"],
    ["PHASE1", "PHASE2"], ["PHASE2", "PHASE3"], ["PHASE2", "PHASE1"], ["PHASE3", "PHASE2"],
]  # fmt: skip


class Definitions:
    """What the input folder and the hand-written tables say."""

    def __init__(self, folder: Path) -> None:
        self.fields = json.loads((folder / "ctgov-v2-field-metadata.json").read_text("utf-8"))
        self.enums = json.loads((folder / "ctgov-v2-enums.json").read_text("utf-8"))
        with (folder / "data-elements.tsv").open(encoding="utf-8", newline="") as file:
            self.elements = {row["v2_path"]: row for row in csv.DictReader(file, delimiter="\t")}
        self.words: dict[str, tuple[str, str]] = {}
        for line in (HERE / "record_fields.txt").read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                key, title, description = (part.strip() for part in line.split(" | ", 2))
                self.words[key] = title, description


def enumeration(name: str, values: list[str]) -> dict[str, Any]:
    """The schema of an enumeration, with the labels that people see."""
    labels = {value: value.replace("_", " ").title() for value in values} | TABLES["labels"].get(name, {})
    schema: dict[str, Any] = {"type": "string", "enum": values, "x-labels": {value: labels[value] for value in values}}
    if name in TABLES["legacy"]:
        schema["x-legacy"] = {"enum": TABLES["legacy"][name]}
    return schema


def study_types(text: str) -> list[str]:
    return [part.strip().upper().replace(" ", "_") for part in text.split(";") if part.strip()]


def web_address(source: str) -> str:
    found = re.search(r"https://[^ ;]+", source)
    return found.group() if found else "https://prsinfo.clinicaltrials.gov/definitions.html"


def condition(text: str) -> str | None:
    """The condition of a requirement without remarks on how it was found out."""
    remarks = ("sample", "XSD", "local", "CTRP", "records", "(known)", "absent)")
    parts = [part for part in text.split("; ") if part and not any(remark in part for remark in remarks)]
    return "; ".join(parts) or None


def requirements(path: str, row: dict[str, str]) -> Iterator[dict[str, Any]]:
    """What the registry requires of a field, corrected by hand, as ``x-required`` annotations."""
    corrections = TABLES["checked"].get(path, [{}])
    if row["required"] == "no" and corrections == [{}]:
        return
    since = re.search(r">= ([0-9]{4}-[0-9]{2}-[0-9]{2})", row["effective_date"])
    table: dict[str, Any] = {
        "when": "final-rule" if "§" in row["symbol"] else row["required"],
        "studyTypes": study_types(row["study_types"]),
        "since": since.group(1) if since else None,
        "dateOf": None,
        "condition": condition(row["condition"]),
        "source": web_address(row["source"]),
    }
    if since:
        table["dateOf"] = "primary completion" if "primary completion" in row["effective_date"] else "study start"
        table["since"] = FINAL_RULE
    for correction in corrections:
        yield {key: value for key, value in (table | correction).items() if value is not None}


def limit(path: str, row: dict[str, str]) -> dict[str, Any]:
    """The character limit of a field; it counts what the registrant typed, without markdown escapes."""
    printed = re.match(r"[0-9]+", row["max_chars"])
    most = TABLES["limits"][path] if path in TABLES["limits"] else int(printed.group()) if printed else None
    if most is None:
        return {}
    found: dict[str, Any] = {"x-max-chars": most, "x-max-chars-source": web_address(row["source"])}
    if path in TABLES["limit_unless"]:
        found["x-max-chars-unless"] = TABLES["limit_unless"][path]
    return found


def value_schema(field: dict[str, Any], path: str, data: Definitions) -> dict[str, Any]:
    """The schema of one value of a field: of its items, if it is a list."""
    kind = field["type"].removesuffix("[]")
    if kind in data.enums:
        return enumeration(kind, data.enums[kind])
    if kind in SIMPLE_TYPES:
        return dict(NCT_NUMBER if field["name"] in ("nctId", "nctIdAliases") else SIMPLE_TYPES[kind])
    children = field.get("children", []) + TABLES["extra_fields"].get(kind, [])
    properties = {child["name"]: field_schema(child, path, kind, field["name"], data) for child in children}
    return {"type": "object", "x-type": kind, "properties": properties, "additionalProperties": False}


def field_schema(field: dict[str, Any], above: str, owner: str, parent: str, data: Definitions) -> dict[str, Any]:
    """The schema of a field with everything that is known about it."""
    many = field["type"].endswith("[]")
    path = f"{above}.{field['name']}".removeprefix(".") + ("[]" if many else "")
    short = path.removeprefix("protocolSection.")
    row = data.elements.get(path, {"required": "no", "max_chars": "", "source": ""})
    words = data.words.get(f"{parent}.{field['name']}") or data.words[f"{owner}.{field['name']}"]
    link = field.get("dedLink", {}).get("url", FIELD_PAGE)
    schema: dict[str, Any] = {
        "title": words[0],
        "description": words[1],
        "x-definition": TABLES["definitions"].get(short) or TABLES["definitions"].get(short.rpartition(".")[0]) or link,
    }
    required = list(requirements(short, row))
    if required:
        schema["x-required"] = required
    value = value_schema(field, path, data)
    many_limit = limit(short, row) if value["type"] == "string" else {}
    if not many:
        return schema | many_limit | value
    schema |= {"type": "array", "items": value | many_limit}
    if field["type"] == "Phase[]":
        schema["enum"] = PHASE_COMBINATIONS
    return schema


def share(schema: dict[str, Any]) -> dict[str, Any]:
    """Move objects that occur several times into ``$defs``, smallest first."""
    shared: dict[str, Any] = {}
    counts: dict[str, int] = {}
    texts: dict[str, str] = {}

    def core(node: dict[str, Any]) -> str:
        return json.dumps({key: node[key] for key in ("type", "properties", "additionalProperties")})

    def objects(node: Any) -> Iterator[dict[str, Any]]:
        if isinstance(node, dict):
            for value in node.values():
                yield from objects(value)
            if "x-type" in node:
                yield node

    nodes = list(objects(schema))
    for node in nodes:
        counts[core(node)] = counts.get(core(node), 0) + 1
    originals = [(node, core(node)) for node in nodes]
    for node, text in originals:
        kind = node.pop("x-type")
        if counts[text] < 2:
            continue
        if text not in texts:
            number = sum(name.rstrip("0123456789") == kind for name in shared)
            texts[text] = kind + (str(number + 1) if number else "")
            shared[texts[text]] = {key: node[key] for key in ("type", "properties", "additionalProperties")}
        for key in ("type", "properties", "additionalProperties"):
            del node[key]
        node["$ref"] = f"#/$defs/{texts[text]}"
    return schema | {"$defs": dict(sorted(shared.items()))}


def build(data: Definitions) -> dict[str, Any]:
    """The schema of a whole record."""
    record = {"name": "", "type": "Study", "children": data.fields}
    study = value_schema(record, "", data)
    del study["x-type"]
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Clinical study record",
        "description": (
            "A record of ClinicalTrials.gov as its API version 2 gives it. 'x-definition' links to the registry's "
            "definition of a field; 'x-required' says when the registry requires it and which rule reports its "
            "absence, 'blankRule' which one a blank value; 'x-max-chars' is the number of characters that may be "
            "typed, counted without the backslashes "
            "that the API puts before punctuation; 'x-labels' are the words that people see for a code; 'x-legacy' "
            "are values that cannot be entered any more; 'x-expects' says in words what a pattern asks for, or "
            "'x-reported-by' which rule says that a text does not match it."
        ),
    }
    return share(head | study | {"required": ["protocolSection"]})


def main() -> None:
    schema = build(Definitions(Path(sys.argv[1])))
    TARGET.write_text(json.dumps(schema, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
