"""The forms of a record that cannot carry all of it: what each loses, and which rules cannot be decided then."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import NamedTuple

from lint.registries.losses import Loss

ALL_APPLIED = "All rules are applied. What a record of this form does not show is not missed in it."
"""What is said of a form whose records may carry what others leave out."""


class RecordForm(NamedTuple):
    """A form of record by its name in ``Record.form``: what it is called, and its losses.

    ``unpublished`` says that it is what goes to the registry, to be judged by what the registry asks for today;
    ``varying`` that one of its records may carry what another leaves out, so that no rule is left out for all.
    """

    name: str
    title: str
    losses: tuple[Loss, ...]
    unpublished: bool = False
    varying: bool = False


@lru_cache(maxsize=1)
def lossy_forms() -> dict[str, RecordForm]:
    """Return the forms with losses by name."""
    from lint.registries.ctgov import classic_losses as classic
    from lint.registries.ctgov import classic_xml_losses as classic_xml
    from lint.registries.ctgov import page_losses as page
    from lint.registries.ctgov import upload_losses as upload

    forms = (
        RecordForm("classic", "the registry's classic API", classic.LOSSES),
        RecordForm("classic-xml", "the registry's classic XML", classic_xml.LOSSES),
        RecordForm("classic-xml-2016", "the registry's classic XML from before 2017", classic_xml.OLD_LOSSES),
        RecordForm("upload", "the file that is uploaded to the registry", upload.UPLOAD, unpublished=True),
        RecordForm("history", "a version of a record's history", upload.HISTORY),
        RecordForm("page", "the text of a study's page", page.LOSSES, varying=True),
    )
    return {form.name: form for form in forms}


def is_published(form: str) -> bool:
    """Say whether a form is one in which the registry gives away what it shows to everybody."""
    known = lossy_forms().get(form)
    return known is not None and not known.unpublished


@lru_cache(maxsize=1)
def _undecided() -> dict[str, dict[str, tuple[str, ...]]]:
    """Read ``undecided.txt``, which ``tools/build_forms.py`` makes from the examples of the rules."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    name = ""
    with open(os.path.join(os.path.dirname(__file__), "undecided.txt"), encoding="utf-8") as file:
        for line in file:
            if line.startswith(" "):
                code, *places = line.split()
                found[name][code] = tuple(places)
            else:
                name = line.strip()
                found[name] = {}
    return found


def undecided(form: str) -> dict[str, tuple[str, ...]]:
    """Return the codes of the rules that a form cannot decide, each with the signs of the losses to blame."""
    return _undecided().get(form, {})


def reasons(form: str, code: str) -> list[str]:
    """Say why a form cannot decide a rule."""
    places = undecided(form).get(code, ())
    return [loss.reason for loss in lossy_forms()[form].losses if loss.sign in places]
