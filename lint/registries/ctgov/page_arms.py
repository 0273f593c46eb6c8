"""The arms and interventions of a page.

An arm is its label, perhaps a description, "Group Type X", then its interventions, each a name,
"Intervention Type X" and perhaps a description. So a line after an "Intervention Type" may be
that intervention's description or the next arm's label. The section "Interventions", where
each stands as name, description, type, tells which; without it the arms tell as far as they repeat
an intervention, and else the look of the lines decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lint.registries.ctgov.page_draft import Draft
from lint.registries.ctgov.page_fields import PROTOCOL
from lint.registries.ctgov.page_text import Section, Text

_MODULE = (PROTOCOL, "armsInterventionsModule")
_ARM_GROUPS = (*_MODULE, "armGroups")
_INTERVENTIONS = (*_MODULE, "interventions")
_ARM_TYPE = "Group Type"
_INTERVENTION_TYPE = "Intervention Type"
_LONGEST_LABEL = 100

_Descriptions = dict[str, set[tuple[str, ...]]]
"""The descriptions, as lines, that interventions of a name are known to have."""


@dataclass(slots=True)
class _Intervention:
    name: Text
    type: Text
    description: list[Text] = field(default_factory=list)


@dataclass(slots=True)
class _Arm:
    """``header`` is the label, then the description; ``type`` is the value behind "Group Type"."""

    place: Text
    header: list[Text]
    type: Text | None = None
    interventions: list[_Intervention] = field(default_factory=list)

    def gets(self, intervention: _Intervention, *, by_name: bool) -> bool:
        """Say whether the arm has an intervention; of several with its name, by its description, too."""
        wanted = [line.text for line in intervention.description]
        return any(
            one.name.text == intervention.name.text and (by_name or [line.text for line in one.description] == wanted)
            for one in self.interventions
        )


def read_arms(draft: Draft, arms: Section, interventions: Section) -> None:
    """Read both sections; interventions come from the arms where the page has no section for them."""
    listed = list(_listed(draft, interventions))
    known: _Descriptions = {}
    for intervention in listed or _repeated(arms.lines):
        lines = tuple(line.text for line in intervention.description)
        known.setdefault(intervention.name.text, set()).add(lines)
    groups = _ArmsReader(draft, arms, known).read()
    if not listed:
        listed = _unique(intervention for arm in groups for intervention in arm.interventions)
    for arm in groups:
        _put_arm(draft, arm)
    for intervention in listed:
        is_only = sum(other.name.text == intervention.name.text for other in listed) == 1
        _put_intervention(draft, intervention, [arm for arm in groups if arm.gets(intervention, by_name=is_only)])


def _listed(draft: Draft, section: Section) -> Iterator[_Intervention]:
    run: list[Text] = []
    for line in section.lines:
        kind = line.after(_INTERVENTION_TYPE)
        if kind is None:
            run.append(line)
        elif run:
            yield _Intervention(run[0], kind, run[1:])
            run = []
        else:
            draft.stray([line], section.heading)
    draft.stray(run, section.heading)


def _repeated(lines: list[Text]) -> Iterator[_Intervention]:
    """Yield the interventions whose description ends for certain, not being the last of an arm."""
    run: list[Text] = []
    open_one: tuple[Text, Text] | None = None
    for line in lines:
        kind = line.after(_INTERVENTION_TYPE)
        if kind is not None and run:
            if open_one:
                yield _Intervention(*open_one, run[:-1])
            open_one, run = (run[-1], kind), []
        elif line.after(_ARM_TYPE) is not None:
            open_one, run = None, []
        else:
            run.append(line)
    if open_one:
        yield _Intervention(*open_one, run)


def _unique(interventions: Iterator[_Intervention]) -> list[_Intervention]:
    found: dict[tuple[str, str], _Intervention] = {}
    for intervention in interventions:
        found.setdefault((intervention.type.text, intervention.name.text), intervention)
    return list(found.values())


class _ArmsReader:
    """Goes through the lines of the section once, keeping the run of lines since the last type line."""

    def __init__(self, draft: Draft, section: Section, known: _Descriptions) -> None:
        self._draft = draft
        self._section = section
        self._known = known
        self._typed = any(line.after(_ARM_TYPE) is not None for line in section.lines)
        self._run: list[Text] = []
        self._open: _Intervention | None = None
        self._arms: list[_Arm] = []

    def read(self) -> list[_Arm]:
        for line in self._section.lines:
            arm_type, intervention_type = line.after(_ARM_TYPE), line.after(_INTERVENTION_TYPE)
            if arm_type is not None:
                self._begin_arm(line, arm_type)
            elif intervention_type is not None:
                self._begin_intervention(line, intervention_type)
            else:
                self._run.append(line)
        bare = [] if self._arms or self._open else _bare_groups(self._run)
        self._arms += [_Arm(header[0], header) for header in bare]
        self._end_run([] if bare else self._run)
        return self._arms

    def _begin_arm(self, line: Text, kind: Text) -> None:
        header = self._split(self._run)
        self._arms.append(_Arm((header or [line])[0], header, kind))
        if not header:
            self._draft.note(line, "belongs to an arm whose label is not on the page.")
        self._run, self._open = [], None

    def _begin_intervention(self, line: Text, kind: Text) -> None:
        if not self._run:
            self._draft.stray([line], self._section.heading)
            return
        before = self._run[:-1]
        if self._typed:
            self._end_run(before)
        elif header := self._split(before):
            self._arms.append(_Arm(header[0], header))
        self._open = _Intervention(self._run[-1], kind)
        if self._arms:
            self._arms[-1].interventions.append(self._open)
        else:
            self._draft.stray([self._run[-1], line], self._section.heading)
        self._run = []

    def _end_run(self, run: list[Text]) -> None:
        """Take lines after which no arm begins: they describe the intervention before them."""
        if self._open:
            self._open.description = run
        else:
            self._draft.stray(run, self._section.heading)

    def _split(self, run: list[Text]) -> list[Text]:
        """Give an intervention the leading lines that describe it; return those of the next arm."""
        if self._open is None:
            return run
        at = _description_size(run, self._known.get(self._open.name.text, set()))
        self._open.description = run[:at]
        return run[at:]


def _bare_groups(run: list[Text]) -> list[list[Text]]:
    """Return the groups of a section without types and interventions, if it is clear where each begins.

    A label is no sentence, and every group but a lone one has a sentence behind its label.
    """
    groups: list[list[Text]] = []
    for line in run:
        if _is_sentence(line.text) and groups:
            groups[-1].append(line)
        else:
            groups.append([line])
    is_clear = len(groups) == 1 or all(len(group) > 1 for group in groups)
    return groups if is_clear and not (run and _is_sentence(run[0].text)) else []


def _description_size(run: list[Text], candidates: set[tuple[str, ...]]) -> int:
    """Return how many leading lines describe the intervention before them."""
    texts = tuple(line.text for line in run)
    for lines in sorted(candidates, key=len, reverse=True):
        if texts[: len(lines)] == lines:
            return len(lines)
    return next((at for at, line in enumerate(run) if not _is_sentence(line.text)), 0)


def _is_sentence(text: str) -> bool:
    return text.endswith(".") or len(text) > _LONGEST_LABEL


def _put_arm(draft: Draft, arm: _Arm) -> None:
    item = draft.add(_ARM_GROUPS, arm.place)
    if arm.header:
        draft.put_text((*item, "label"), arm.header[0])
        draft.put_prose((*item, "description"), arm.header[1:])
    if arm.type and arm.type.text not in ("", "-"):
        draft.put_text((*item, "type"), arm.type)
    for at, intervention in enumerate(arm.interventions):
        draft.put_text((*item, "interventionNames", at), intervention.name, _prefix(intervention.type.text))


def _prefix(kind: str) -> str:
    """Return how the record writes an intervention type before the name: "Dietary Supplement: "."""
    return kind.replace("_", " ").title() + ": " if kind else ""


def _put_intervention(draft: Draft, intervention: _Intervention, arms: list[_Arm]) -> None:
    item = draft.add(_INTERVENTIONS, intervention.name)
    if intervention.type.text:
        draft.put_text((*item, "type"), intervention.type)
    draft.put_text((*item, "name"), intervention.name)
    draft.put_prose((*item, "description"), intervention.description)
    for at, label in enumerate(arm.header[0] for arm in arms if arm.header):
        draft.put_text((*item, "armGroupLabels", at), label)
