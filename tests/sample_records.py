"""Small records in files."""

import json

from lint.testing import minimal_record, patched

SINGLE_GROUP = {"designModule.designInfo.interventionModel": "SINGLE_GROUP"}
"""ARM001 and DES002 flag a record with this."""


def write(path, patch):
    path.write_text(json.dumps(patched(minimal_record(), patch), indent=2), encoding="utf-8")
