"""RES: the participant flow, its sums, and what design, enrolment and arms say about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lint.api import ERROR, EVERY, LOW, NOTE, STRICT, WARNING, Context, Node, Problem, bad, good, pattern, rule
from lint.rules.readers.labels import folded
from lint.rules.readers.reasons import says_who_left
from lint.rules.readers.results import FLOW, Count, Period, flow, participants, shown_group

_PATH = "/resultsSection/participantFlowModule/periods/0/"
_PERIOD = "resultsSection.participantFlowModule.periods[0]"
_MILESTONES = _PERIOD + ".milestones"
_REASONS = _PERIOD + ".dropWithdraws[0].reasons"
_LATER = "resultsSection.participantFlowModule.periods[1]"


def _not_completed(period: Period, group: str, started: Count) -> Count | None:
    """Return how many of a group did not complete, worked out where the record does not say it."""
    stated = period.reached("NOT COMPLETED").get(group)
    completed = period.reached("COMPLETED").get(group)
    if stated is not None or completed is None:
        return stated
    return Count(started.number - completed.number, completed.node)


def _gave_reasons(period: Period, group: str) -> tuple[float, Node | None]:
    """Return how many of a group left for a reason that is given, and the first of these numbers."""
    given = [counts[group] for _, counts in period.reasons if group in counts]
    return sum(count.number for count in given), given[0].node if given else None


@rule(
    "RES001",
    "participant-flow-does-not-add-up",
    severity=ERROR,
    profiles=EVERY,
    at=FLOW,
    when=lambda module: "periods" in module,
    examples=[
        bad({_MILESTONES + "[1].achievements[0].numSubjects": "27"}, base="results",
            path=_PATH + "milestones/0/achievements/0/numSubjects", note="30 started, 27 completed, 2 did not"),
        bad({_MILESTONES + "[2]": None, _MILESTONES + "[1].achievements[0].numSubjects": "31"}, base="results",
            path=_PATH + "milestones/0/achievements/0/numSubjects", note="more completed than started"),
        bad({_REASONS + "[0].numSubjects": "1"}, base="results", path=_PATH + "dropWithdraws/0/reasons/0/numSubjects"),
        bad({_REASONS + "[1].numSubjects": "3", _MILESTONES + "[2]": None}, base="results"),
        good(base="results"),
        good({_MILESTONES + "[3]": {"type": "Received the First Dose", "achievements": [
              {"groupId": "FG000", "numSubjects": "29"}]}}, base="results", note="a further milestone"),
        good({_MILESTONES + "[0].achievements[0].numUnits": "60"}, base="results", note="other units"),
        good({_PERIOD + ".dropWithdraws": None}, base="results", note="reasons are optional"),
        good({_LATER: {"title": "Extension", "milestones": [
              {"type": "STARTED", "achievements": [{"groupId": "FG000", "numSubjects": "28"}]},
              {"type": "COMPLETED", "achievements": [{"groupId": "FG000", "numSubjects": "28"}]}]}}, base="results"),
    ],
)  # fmt: skip
def participant_flow_does_not_add_up(module: Node, ctx: Context) -> Iterator[Problem]:
    """The participants who started a period are not those who completed it and those who did not.

    Why: every later denominator rests on the participant flow; one of the numbers is wrong.
    What to do: correct the numbers, or give a reason for everybody who did not complete.
    False positives: further milestones and units other than participants are left alone; every period is added up on
    its own, so that participants may come back later; reasons are looked at only where the group has one.
    Source: PRS major comments, https://clinicaltrials.gov/policy/results-definitions#Result_ParticipantFlow
    """
    study = ctx.memo(flow)
    for period in study.periods:
        for group, started in period.reached("STARTED").items():
            title = shown_group(study.titles.get(group, ""))
            left = _not_completed(period, group, started)
            completed = period.reached("COMPLETED").get(group)
            if left is None or completed is None:
                continue
            if left.number < 0 or started.number != completed.number + left.number:
                yield started.node.problem(
                    f"{participants(started.number)} of {title} started, but {completed.number:g} completed"
                    + (f" and {left.number:g} did not" if left.number >= 0 else ""),
                    hint="correct the number that is wrong; everybody who started either completed or did not",
                    related=[completed.node, left.node],
                )
                continue
            given, first = _gave_reasons(period, group)
            if first is not None and given != left.number:
                yield first.problem(
                    f"the reasons not completed account for {participants(given)} of {title}, but {left.number:g} did"
                    " not complete",
                    hint="give a reason for everybody who did not complete the period, and for nobody else",
                    related=[left.node],
                )


@rule(
    "RES002",
    "started-differs-from-enrolment",
    severity=WARNING,
    at=FLOW,
    when=lambda module: "periods" in module and not module.get("preAssignmentDetails"),
    examples=[
        bad({"designModule.enrollmentInfo.count": 64}, base="results",
            path=_PATH + "milestones/0"),
        bad({_MILESTONES + "[0].achievements[0].numSubjects": "28",
             _MILESTONES + "[1].achievements[0].numSubjects": "26"}, base="results"),
        good(base="results"),
        good({"designModule.enrollmentInfo.count": 64, "resultsSection.participantFlowModule.preAssignmentDetails":
              "Four participants withdrew before they were assigned."}, base="results"),
        good({"designModule.enrollmentInfo.count": 64, "resultsSection.participantFlowModule.recruitmentDetails":
              "Of 64 participants, four were excluded before randomisation."}, base="results",
             note="explained with the recruitment"),
        good({"designModule.enrollmentInfo.count": 64,
              _MILESTONES + "[0].achievements[0].comment": "Four withdrew before treatment."}, base="results"),
        good({"designModule.enrollmentInfo.count": 64, _LATER: {"title": "Phase 2", "milestones": [
              {"type": "STARTED", "achievements": [{"groupId": "FG000", "numSubjects": "4"}]}]}}, base="results",
             note="four others in the second period"),
        good({"designModule.enrollmentInfo": {"count": 64, "type": "ESTIMATED"}}, base="results"),
        good({_LATER: {"title": "Second treatment of a crossover", "milestones": [
              {"type": "STARTED", "achievements": [{"groupId": "FG000", "numSubjects": "28"}]}]}}, base="results",
             note="only the first period counts"),
    ],
)  # fmt: skip
def started_differs_from_enrolment(module: Node, ctx: Context) -> Iterator[Problem]:
    """Another number of participants started than were enrolled, and nothing says why.

    Why: readers cannot tell what became of the others; the registry returns such results.
    What to do: correct the enrolment or the number that started, or explain the difference in the pre-assignment
    details (for example how many withdrew before assignment).
    False positives: any pre-assignment details count as the explanation, as do recruitment details that speak of
    people who were excluded or withdrew, and a comment on the numbers that does; the first period is compared
    (crossover, extension), all groups where they start first (stages) or all periods (phases), and only an actual
    enrolment.
    Source: PRS major comments, https://clinicaltrials.gov/policy/results-definitions#PreAssignDetails
    """
    enrolment = ctx.get("designModule.enrollmentInfo") or {}
    count, periods = enrolment.get("count"), ctx.memo(flow).periods
    started = periods[0].reached("STARTED") if periods else {}
    total = sum(one.number for one in started.values())
    if not started or count is None or enrolment.get("type") == "ESTIMATED" or total == count:
        return
    comments = [ctx.root.child(*one.node.path[:-1]).text("comment") for one in started.values()]
    told = [module.text("recruitmentDetails"), *comments]
    counted_otherwise = count in (_joined_later(periods), _begun(periods))
    if counted_otherwise or any(map(says_who_left().search, told)):
        return
    first = next(iter(started.values())).node
    yield Node(None, first.path[:-3]).problem(
        f"{count} participants were enrolled, but {total:g} started, and no pre-assignment details say why",
        hint="correct one of the numbers, or explain the difference in the pre-assignment details",
        related=[ctx.node("designModule.enrollmentInfo.count"), *(one.node for one in started.values())],
    )


def _begun(periods: Sequence[Period]) -> float:
    """Count those who started any period, each time anew: a later one may be for other participants."""
    return sum(sum(one.number for one in period.reached("STARTED").values()) for period in periods)


def _joined_later(periods: Sequence[Period]) -> float:
    """Count those who started in any period, each group where it starts first (stage 2, phase II)."""
    begun: dict[str, float] = {}
    for period in periods:
        for group, one in period.reached("STARTED").items():
            begun[group] = begun.get(group) or one.number
    return sum(begun.values())


_sequence = pattern(r"(?i)\bthen\b|sequence|cross-?over|followed by|\bfirst\b|→|->")


_told = pattern(
    r"(?i)\bno (?:participant|patient|subject)|\bdid not\b|\bnot (?:enrol|open|initiat|start)"
    r"|\bpooled|\bcombined|\bclosed|\bwith (?:and|or) without\b|\beither\b|\bregardless"
)


@rule(
    "RES012",
    "fewer-results-groups-than-arms",
    severity=NOTE,
    confidence=LOW,
    profiles=STRICT,
    at=FLOW + ".groups",
    examples=[
        bad({"armsInterventionsModule.armGroups[2]": {"label": "Exampline 100 mg", "type": "EXPERIMENTAL"}},
            base="results", path="/resultsSection/participantFlowModule/groups"),
        bad({"resultsSection.participantFlowModule.groups": [{"id": "FG000", "title": "All Participants"}]},
            base="results"),
        good(base="results"),
        good({"armsInterventionsModule.armGroups[1]": None}, base="results", note="a group for each dose"),
        good({"resultsSection.participantFlowModule.groups": [{"id": "FG000", "title": "Exampline, Then Placebo"}]},
             base="results", note="sequences of a crossover"),
        good({"designModule.designInfo.interventionModel": "CROSSOVER",
              "resultsSection.participantFlowModule.groups": [{"id": "FG000", "title": "Everybody"}]}, base="results"),
        good({"resultsSection.participantFlowModule.groups[0].title": "Verum"}, base="results", note="a renamed arm"),
        good({"armsInterventionsModule.armGroups[2]": {"label": "Exampline 100 mg", "type": "EXPERIMENTAL"},
              "resultsSection.participantFlowModule.preAssignmentDetails": "The arm of 100 mg was not opened."},
             base="results", note="explained"),
        good({"armsInterventionsModule.armGroups[2]": {"label": "Placebo After Treatment", "type": "EXPERIMENTAL"},
              "resultsSection.participantFlowModule.groups[1].description":
              "Participants with and without earlier treatment who took placebo."}, base="results",
             note="the group says whom it joins"),
        good({"armsInterventionsModule.armGroups[2]": {"label": "Exampline After EX-2", "type": "EXPERIMENTAL"},
              "resultsSection.participantFlowModule.groups[0].title": "Exampline After EX-1 or EX-2"}, base="results",
             note="the title says whom it joins"),
    ],
)  # fmt: skip
def fewer_results_groups_than_arms(groups: Node, ctx: Context) -> Iterator[Problem]:
    """The participant flow has fewer groups than the protocol has arms.

    Why: the flow has to show every arm to which participants were assigned; pooled arms hide how many of each left.
    What to do: give each arm a group of its own, also one without participants; or correct the arms.
    False positives: more groups than arms are usual (doses, cohorts, strata); crossover studies, which are reported
    by sequence, are left alone; titles are not compared, since arms are often renamed; texts of the flow that speak
    of arms without participants, or of pooled ones, count as the reason. Dose-escalation and extension arms are still
    taken for missing groups now and then.
    Source: ClinicalTrials.gov results data elements, Participant Flow Arm/Group Information,
    https://clinicaltrials.gov/policy/results-definitions#PopFlowArmGroup
    """
    arms = ctx.node("armsInterventionsModule.armGroups").items()
    shown = groups.items()
    if not 0 < len(shown) < len(arms) or ctx.get("designModule.designInfo.interventionModel") == "CROSSOVER":
        return
    texts = [one.text("title") for one in shown] + [one.text("label") for one in arms]
    module = ctx.root.child("resultsSection", "participantFlowModule")
    told = [module.text("preAssignmentDetails"), module.text("recruitmentDetails")]
    told += [one.text("description") for one in shown]
    if any(" or " in one.text("title") for one in shown):
        return
    if any(_sequence().search(text) for text in texts) or any(_told().search(text) for text in told):
        return
    titles = {folded(one.text("title")) for one in shown}
    yield groups.problem(
        f"the protocol has {len(arms)} arms, but the participant flow only {len(shown)}"
        f" group{'s' if len(shown) > 1 else ''}",
        hint="give every arm a group of its own in the participant flow, or correct the arms",
        related=[arm.child("label") for arm in arms if folded(arm.text("label")) not in titles],
    )
