"""DES008: the phase that the title names, against the coded one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lint.api import NOTE, WARNING, Context, Node, Problem, bad, good, pattern, rule

_TITLE = "$.protocolSection.identificationModule.officialTitle"
_T, _PHASES = "identificationModule.officialTitle", "designModule.phases"
_POINTER = "/protocolSection/designModule/phases"

_NAMED = pattern(
    r"(?i)\bphases?[ -]{0,2}(iv|i{1,3}|[0-4])[abc]?"
    r"(?: ?(?:/|-|\u2013|and|to|&) ?(?:phase ?)?(iv|i{1,3}|[0-4])[abc]?)?\b"
)
_OTHER_USE = pattern(
    r"(?i)extension|follow|roll-?over|long[- ]term|parent|previous|prior\b|earlier|complet|induction|consolidat|"
    r"maintenance|luteal|follicular|rehabilitat|treatment phase|phase [0-9iv]+ of\b|two[- ]phase|phase-locked|"
    r"data from|based on|pooled|in an? phase"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_CODED = {"EARLY_PHASE1": {0, 1}, "PHASE1": {1}, "PHASE2": {2}, "PHASE3": {3}, "PHASE4": {4}}


def _named_phases(title: str) -> set[int]:
    """Return the phases that a title gives to this study; empty if it may speak of others."""
    if _OTHER_USE().search(title):
        return set()
    return {
        _ROMAN.get(group.lower()) or int(group)
        for match in _NAMED().finditer(title)
        for group in match.groups()
        if group
    }


def _words(phases: Sequence[int]) -> str:
    return f"phase {'/'.join(map(str, phases))}"


@rule(
    "DES008",
    "phase-title-mismatch",
    severity=WARNING,
    at=_TITLE,
    when=lambda title: "hase" in title or "HASE" in title,
    examples=[
        bad({_T: "A Phase II Trial of Exampline in Chronic Migraine", _PHASES: ["PHASE3"]}, path=_POINTER),
        bad({_T: "A Phase 3 Trial of Exampline in Chronic Migraine"}),
        bad({_T: "A Phase 1b/2 Trial of Exampline in Chronic Migraine"}, note="a note: one of the two agrees"),
        good({_T: "A Phase IIa Trial of Exampline in Chronic Migraine"}),
        good({_T: "A Phase 2/3 Trial of Exampline in Chronic Migraine", _PHASES: ["PHASE2", "PHASE3"]}),
        good({_T: "Extension of a Phase 3 Trial of Exampline in Chronic Migraine"}, note="the phase of the parent"),
        good({_T: "Exampline in the Luteal Phase 2 Days Before Menstruation"}, note="a phase of something else"),
        good({_T: "A Phase 2, 3-arm Trial of Exampline in Chronic Migraine"}, note="the other number counts arms"),
        good({_T: "A Phase 2 Trial of a Headache Diary", _PHASES: ["NA"]}, note="NA is for trials without phases"),
    ],
)  # fmt: skip
def phase_title_mismatch(title: Node, ctx: Context) -> Iterator[Problem]:
    """The official title names another phase than the one that is coded.

    Why: titles are copied from earlier trials, and searches by phase find what is coded.
    What to do: correct the phase, or the title.
    False positives: Roman and Arabic numbers and letters behind them (IIa) count alike; follow-up studies that name
    the phase of their parent and phases of treatment (induction) are left alone, as is NA. Where one of two phases
    agrees, it is a note.
    Source: PRS protocol definitions, Study Phase, https://clinicaltrials.gov/policy/protocol-definitions#StudyPhase
    """
    phases = ctx.get(_PHASES) or ()
    coded = set().union(*(_CODED.get(phase, ()) for phase in phases))
    named = _named_phases(title.value) if coded else set()
    if named and named != coded and not (0 in coded and named <= coded):
        yield ctx.node(_PHASES).problem(
            f"the phase is {' and '.join(phases)}, but the official title says {_words(sorted(named))}",
            hint="choose the phase that the title names, or correct the title",
            related=[title],
            severity=NOTE if named & coded else None,
        )
