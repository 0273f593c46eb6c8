"""``lint schema``: print a JSON Schema."""

from __future__ import annotations

import sys

import click
import orjson

from lint.cli.streams import speak_utf8
from lint.errors import UsageError, did_you_mean
from lint.schema import load_schema

SCHEMAS = {
    "record": "ctgov-v2",
    "config": "config",
    "rules": "rules",
    "rule-pack": "rule-pack",
    "findings": "findings",
}


@click.command("schema")
@click.argument("name", metavar="|".join(SCHEMAS))
def command(name: str) -> None:
    """Print a JSON Schema.

    'record' is that of a registry record, 'config' of the configuration file, 'rule-pack' of
    YAML rules of your own; 'rules' and 'findings' describe what 'lint rules' and 'lint run'
    print with --format json.
    """
    if name not in SCHEMAS:
        raise UsageError(f"there is no schema '{name}'", did_you_mean(name, SCHEMAS))
    speak_utf8(sys.stdout)
    sys.stdout.write(orjson.dumps(load_schema(SCHEMAS[name]), option=orjson.OPT_INDENT_2).decode() + "\n")
