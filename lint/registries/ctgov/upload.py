"""Records as they are sent to the registry: the XML for uploads (PRS), and the registry's history in a like form.

Where their elements go is said by ``upload_fields.txt`` and ``history_fields.txt``, by the names of the registry's
ProtocolRecordSchema.xsd; here is what one line of a table cannot say.
"""

from __future__ import annotations

import re

from lint.paths import Path, value_at
from lint.registries.ctgov import upload_losses as losses
from lint.registries.ctgov.upload_results import HANDLERS
from lint.registries.ctgov.words import code_of, codes, whole_number, yes_or_no
from lint.registries.ctgov.xmlfields import Handler, Reading, is_blank, line_of, table
from lint.registries.xmltree import Draft, Element, Group

_ROLES_MASKED = {
    "masked_subject": "PARTICIPANT",
    "masked_caregiver": "CARE_PROVIDER",
    "masked_investigator": "INVESTIGATOR",
    "masked_assessor": "OUTCOMES_ASSESSOR",
}
_MASKING = ("NONE", "SINGLE", "DOUBLE", "TRIPLE", "QUADRUPLE")
_INFO_TYPES = {
    "ipd_info_type_protocol": "STUDY_PROTOCOL",
    "ipd_info_type_sap": "SAP",
    "ipd_info_type_icf": "ICF",
    "ipd_info_type_csr": "CSR",
    "ipd_info_type_analytic_code": "ANALYTIC_CODE",
}
_DESIGN_WORDS = (
    ("primaryPurpose", "PrimaryPurpose"),
    ("allocation", "DesignAllocation"),
    ("interventionModel", "InterventionalAssignment"),
    ("observationalModel", "ObservationalModel"),
    ("timePerspective", "DesignTimePerspective"),
)
_MASKING_WORD = re.compile(
    r"(open label|(?:single|double|triple|quadruple) (?:blind|masked))(?: \((.*)\))?", re.IGNORECASE
)


def read_upload(study: Element) -> Draft:
    """Read a study of an upload file.

    One that is marked as partial keeps in the registry what it leaves out, so that absence proves nothing.
    """
    draft = Draft(study, "upload", losses.UPLOAD_NOT_SHOWN)
    draft.partial = yes_or_no(study.attributes.get("partial_upload", "")) is True
    if draft.partial:
        message = "This is a partial upload: what it leaves out stays as the registry has it, and is not checked."
        draft.note("SRC013", message, "Upload the whole record, or check it after the upload as well.", study)
    _note_contradictions(draft)
    return _read(draft, "upload_fields")


def read_history(study: Element) -> Draft:
    """Read a version of a study as the registry's history gives it."""
    draft = _read(Draft(study, "history", losses.HISTORY_NOT_SHOWN), "history_fields")
    released = value_at(draft.data, ("protocolSection", "statusModule", "lastUpdateSubmitDate"), "")
    if released < losses.FDAAA:
        draft.not_shown = (*draft.not_shown, *losses.NOT_ASKED_YET)
    return draft


def _read(draft: Draft, fields: str) -> Draft:
    study = draft.study
    reading = Reading(draft, _HANDLERS | HANDLERS)
    reading.read(draft.root.group("protocolSection", study), study, table(fields))
    for child in study.children:
        if child.name in ("result", "clinical_result") and not is_blank(child):
            draft.root.put("hasResults", True, child)
            reading.read(draft.root.group("resultsSection", child), child, table("results_fields"))
            if yes_or_no(child.attributes.get("partialUpload", "")) is True:
                draft.not_shown = (*draft.not_shown, ("resultsSection",))
    _name_interventions_in_arms(draft)
    return draft


def _note_contradictions(draft: Draft) -> None:
    """Compare what an upload says twice and a record in canonical shape only once."""
    study = draft.study
    arms = len(study.all("arm_group"))
    for number in (*study.all("study_design", "interventional_design", "number_of_arms"),
                   *study.all("study_design", "observational_design", "number_of_groups")):  # fmt: skip
        stated = whole_number(line_of(number))
        if arms and isinstance(stated, int) and stated != arms:
            message = (
                f"{number.name} is {stated}, but {arms} {'arm group is' if arms == 1 else 'arm groups are'} given."
            )
            draft.note("SRC033", message, "Correct the number, or complete the arm groups.", number)
    for design in study.all("study_design", "interventional_design"):
        open_label, masked = _who_is_masked(design)
        if open_label and masked:
            names = ", ".join(answer.name for _, answer in masked)
            message = f"no_masking is answered with yes, and so is {names}; the study was read as masked."
            draft.note("SRC033", message, "Answer no_masking with no, or the roles.", open_label)


def _who_is_masked(design: Element) -> tuple[Element | None, list[tuple[str, Element]]]:
    """Return the yes to "no masking", if given, and the roles that are masked with the answers that say so."""
    answers = {child.name: child for child in design.children if yes_or_no(line_of(child)) is True}
    masked = [(role, answers[name]) for name, role in _ROLES_MASKED.items() if name in answers]
    return answers.get("no_masking"), masked


def _masking(design: Group, element: Element) -> None:
    """Who is masked, from one yes or no each."""
    info = design.group("designModule").group("designInfo").group("maskingInfo")
    open_label, masked = _who_is_masked(element)
    for role, answer in masked:
        info.append("whoMasked", role, answer)
    if masked:
        info.put("masking", _MASKING[len(masked)], masked[0][1])
    elif open_label:
        info.put("masking", "NONE", open_label)


def _duration(design: Group, element: Element) -> None:
    """For how long participants of a patient registry are followed, a number and a unit apart."""
    quantity, unit = (element.first(f"target_duration_{part}") for part in ("quantity", "units"))
    if quantity and line_of(quantity):
        duration = f"{line_of(quantity)} {line_of(unit).capitalize()}".strip()
        design.group("designModule").put("targetDuration", duration, quantity)


def _person(group: Group, element: Element) -> None:
    """A name, given in its parts."""
    parts = [line_of(element.first(f"{part}_name")) for part in ("first", "middle", "last")]
    name = ", ".join(filter(None, (" ".join(filter(None, parts)), line_of(element.first("degrees")))))
    last = element.first("last_name") or element
    if name:
        group.put("name", name, last)


def _contact(group: Group, element: Element) -> None:
    _person(group, element)
    group.put("role", "CONTACT", element)


def _in_role(group: Group, element: Element) -> None:
    group.put("role", "CONTACT", element)


def _info_types(statement: Group, element: Element) -> None:
    """What is shared beside the data, from one yes or no each."""
    for child in element.children:
        if child.name in _INFO_TYPES and yes_or_no(child.text) is True:
            statement.group("ipdSharingStatementModule").append("infoTypes", _INFO_TYPES[child.name], child)


def _reference(group: Group, element: Element) -> None:
    """A citation, which may be one of the study's results."""
    answer = element.first("is_results_ref")
    is_result = answer is not None and yes_or_no(answer.text) is True
    group.put("type", "RESULT" if is_result else "BACKGROUND", answer or element)


def _background(group: Group, element: Element) -> None:
    group.put("type", "BACKGROUND", element)


def _result(group: Group, element: Element) -> None:
    group.put("type", "RESULT", element)


def _design(protocol: Group, element: Element) -> None:
    """One of the words that described a design before each had a field of its own; some have none now."""
    word = line_of(element)
    info = protocol.group("designModule").group("designInfo")
    masking = _MASKING_WORD.fullmatch(word)
    if masking:
        roles = [code_of("WhoMasked", role.strip()) for role in (masking[2] or "").split(",") if role.strip()]
        for role in roles:
            info.group("maskingInfo").append("whoMasked", role, element)
        code = _MASKING[len(roles)] if 0 < len(roles) < len(_MASKING) else code_of("DesignMasking", masking[1])
        info.group("maskingInfo").put("masking", code, element)
        return
    for name, enumeration in _DESIGN_WORDS:
        code = code_of(enumeration, word.removesuffix(" Study"))
        if code in codes()[enumeration].values():
            info.put(name, code, element)
            return


def _name_interventions_in_arms(draft: Draft) -> None:
    """Tell each arm its interventions, as the registry does: the form says it with the interventions only."""
    module = draft.data.get("protocolSection", {}).get("armsInterventionsModule", {})
    path = ("protocolSection", "armsInterventionsModule")
    for at, arm in enumerate(module.get("armGroups", ())):
        for number, one in enumerate(module.get("interventions", ())):
            labels = one.get("armGroupLabels", ())
            if arm.get("label") in labels and one.get("name"):
                kind = one.get("type", "").replace("_", " ").title()
                names = arm.setdefault("interventionNames", [])
                label = (*path, "interventions", number, "armGroupLabels", labels.index(arm["label"]))
                place = draft.places[label]
                here: Path = (*path, "armGroups", at, "interventionNames")
                draft.places.setdefault(here, place)
                item: Path = (*here, len(names))
                draft.places[item] = place
                names.append(f"{kind}: {one['name']}" if kind else one["name"])


_HANDLERS: dict[str, Handler] = {
    "background": _background,
    "contact": _contact,
    "design": _design,
    "duration": _duration,
    "in_role": _in_role,
    "info_types": _info_types,
    "masking": _masking,
    "person": _person,
    "reference": _reference,
    "result": _result,
}
