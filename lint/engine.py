"""One record and a plan in, findings out. Pure: reads no clock, no file, no configuration."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from time import perf_counter
from typing import Any, NamedTuple

from lint import schema
from lint.api import Context, Match, Node
from lint.fingerprints import fingerprint
from lint.fragments import Fragment
from lint.model import (
    Fact,
    FactRow,
    Failure,
    Finding,
    Fix,
    Outcome,
    Problem,
    Record,
    Region,
    RelatedPlace,
    Replacement,
    Rule,
    Severity,
    SourceProblem,
)
from lint.overrides import Override
from lint.packrules import PackRules
from lint.paths import ROOT, Path, nearest_existing, to_pointer, value_at
from lint.places import merge
from lint.registries.ctgov.recognise import record_id
from lint.textgate import TextGroup
from lint.waivers import by_comments

CRASHED = "LNT900"


class Plan:
    """What to check and how to grade it: the rules of one run, ready for use. Not to be changed.

    ``rules`` are those switched on; ``severities`` what the configuration sets in place of a
    rule's own severity. ``excerpts`` asks for the source line of every finding; ``debug`` for
    the traceback of a crashed rule; ``replacements`` for fixes as changes of the text, too.
    ``schema_engine`` is ``fast`` or ``reference``. ``timings``, if given, takes the seconds that
    each rule took; what rules share counts for the first of them.

    Rules are code, which does not travel to another process: there ``remake``, if set, makes the plan
    again. A plan without it cannot be pickled.
    """

    def __init__(
        self,
        rules: Mapping[str, Rule],
        as_of: date,
        profile: str = "submission",
        severities: Mapping[str, Severity] | None = None,
        overrides: tuple[Override, ...] = (),
        min_severity: Severity = Severity.NOTE,
        excerpts: bool = False,
        debug: bool = False,
        replacements: bool = False,
        schema_engine: str = "fast",
        timings: dict[str, float] | None = None,
    ) -> None:
        self.rules = rules
        self.as_of = as_of
        self.profile = profile
        self.severities = severities or {}
        self.overrides = overrides
        self.min_severity = min_severity
        self.excerpts = excerpts
        self.debug = debug
        self.replacements = replacements
        self.schema_engine = schema_engine
        self.timings = timings
        self.remake: Callable[[], Plan] | None = None
        running = [rule for rule in rules.values() if rule.check]
        if timings is not None:
            running = [_timed(rule, timings) for rule in running]
        self.packs = PackRules(rule for rule in running if isinstance(rule.when, Fragment))
        functions = [rule for rule in running if not rule.pattern and not isinstance(rule.when, Fragment)]
        self.places = merge((place, rule) for rule in functions for place in rule.at)
        by_fields: dict[tuple[str, ...], list[Rule]] = {}
        for rule in running:
            if rule.pattern:
                by_fields.setdefault(rule.at, []).append(rule)
        self.texts = tuple(TextGroup(at, group) for at, group in by_fields.items())

    def __reduce__(self) -> tuple[Callable[[], Plan], tuple[()]]:
        if self.remake is None:
            raise TypeError("a plan travels only if it can be made again")
        return self.remake, ()


class Hit(NamedTuple):
    """A problem and its rule; ``region`` is given for what was found while reading.

    ``mark`` is the fingerprint of what only several records show, ``related`` the places in the others.
    """

    rule: Rule
    problem: Problem
    region: Region | None = None
    related: tuple[RelatedPlace, ...] = ()
    mark: str = ""


class Found(NamedTuple):
    """What the rules found in a record, and what those over several records keep of it."""

    hits: list[Hit]
    facts: list[FactRow]


def lint_item(item: Record | Failure, plan: Plan) -> Outcome:
    """Check one record, or turn a failure to read one into its finding."""
    if isinstance(item, Failure):
        return _failed(item, plan)
    hits = [
        Hit(plan.rules[one.code], Problem(one.path, one.message, one.hint), one.region)
        for one in item.problems
        if one.code in plan.rules
    ]
    found, holds = _schema_and_rules(item, plan)
    line = item.locator.locate(ROOT).line if found.facts else 1
    outcome = conclude(item, plan, hits + found.hits, record_id(item.data))
    return outcome._replace(
        records=1,
        holds=holds,
        facts=tuple(found.facts),
        line=line,
    )


def conclude(record: Record, plan: Plan, hits: list[Hit], identifier: str) -> Outcome:
    """Turn what was found in a record into an outcome: findings graded, located and held against its comments."""
    findings, suppressed = _graded(record, plan, hits, identifier)
    outcome = Outcome(
        findings,
        suppressed=suppressed,
        crashes=sum(finding.code == CRASHED for finding in findings),
        unreadable=any(problem.unreadable for problem in record.problems),
        file=record.file,
        record=identifier,
        title=_text(record, "identificationModule", "briefTitle"),
        sponsor=_text(record, "sponsorCollaboratorsModule", "leadSponsor", "name"),
        registered=_text(record, "statusModule", "studyFirstSubmitDate"),
        form=record.form if record.not_shown else "",
        sponsor_class=_text(record, "sponsorCollaboratorsModule", "leadSponsor", "class"),
        study_type=_text(record, "designModule", "studyType"),
        status=_text(record, "statusModule", "overallStatus"),
        posted=_text(record, "statusModule", "studyFirstPostDateStruct", "date"),
        has_results="resultsSection" in record.data,
    )
    return by_comments(outcome, record.ignores) if record.ignores else outcome


def _text(record: Record, *steps: str) -> str:
    value = value_at(record.data, ("protocolSection", *steps))
    return value if isinstance(value, str) else ""


def _failed(failure: Failure, plan: Plan) -> Outcome:
    """A failure is always reported: nothing that could not be read may pass for clean."""
    problem = failure.problem
    rule = plan.rules.get(problem.code)
    findings = (_source_finding(rule, problem, failure, plan),) if rule else ()
    return Outcome(findings, unreadable=problem.unreadable, file=failure.file)


def _source_finding(rule: Rule, problem: SourceProblem, failure: Failure, plan: Plan) -> Finding:
    region = problem.region
    excerpt = failure.locator.source_line(region.line) if plan.excerpts and failure.locator else None
    return Finding(
        rule.code, rule.name, plan.severities.get(rule.code, rule.severity), rule.confidence,
        problem.message, problem.hint, "", failure.file,
        region.line, region.column, region.end_line, region.end_column, to_pointer(problem.path),
        fingerprint=fingerprint(rule.code, "", failure.file, (), None, problem.message),
        url=rule.url, excerpt=excerpt,
    )  # fmt: skip


def _schema_and_rules(record: Record, plan: Plan) -> tuple[Found, tuple[date, date]]:
    """Return what is found in a record, and the first and the last day on which that is found."""
    checked = schema.check(record.data, engine=plan.schema_engine)
    hits = [Hit(plan.rules[code], problem) for code, problem in checked.problems if code in plan.rules]
    data = schema.usable(record.data, checked)
    required = schema.required_problems(
        data, partial=record.partial, not_shown=record.not_shown, public=_is_public(record, plan)
    )
    found = Found([Hit(plan.rules[code], problem) for code, problem in required if code in plan.rules], [])
    ctx = Context(data, plan.as_of, plan.profile, form=record.form, partial=record.partial, not_shown=record.not_shown)
    _run_rules(found, ctx, plan)
    unusable = [path for path, _ in checked.unusable]
    hits += [hit for hit in found.hits if _proven(hit.problem, ctx, unusable)]
    return _decided(Found(hits, found.facts), record), ctx.holds


def _is_public(record: Record, plan: Plan) -> bool:
    """Say whether the record is a published copy, in which the registry hides some of what it requires."""
    if plan.profile == "audit" or not record.not_shown:
        return plan.profile == "audit"
    from lint.registries.forms import is_published

    return is_published(record.form)


def _decided(found: Found, record: Record) -> Found:
    """Leave out what rules found that cannot be decided in the form that the record came in."""
    if not record.not_shown:
        return found
    from lint.registries.forms import undecided

    skipped = undecided(record.form)
    hits = [hit for hit in found.hits if hit.rule.code not in skipped]
    return Found(hits, [fact for fact in found.facts if fact[0] not in skipped])


def _proven(problem: Problem, ctx: Context, unusable: list[Path]) -> bool:
    """A member is missing only if the input could show it and no unusable value stands there."""
    if not problem.missing:
        return True
    path = (*problem.path, problem.missing)
    return ctx.shown(*path) and path not in unusable


def _run_rules(found: Found, ctx: Context, plan: Plan) -> None:
    for rule, value, path in plan.packs.broken(ctx.record):
        _check(found, rule, Node(value, path), ctx, plan)
    subscribed: list[tuple[Rule, Any, Path]] = []
    plan.places.visit(ctx.record, ROOT, subscribed)
    for rule, value, path in subscribed:
        try:
            concerned = rule.when is None or rule.when(value)
        except Exception as error:
            found.hits.append(crash(rule, error, path, plan))
            continue
        if concerned:
            _check(found, rule, Node(value, path), ctx, plan)
    for group in plan.texts:
        for rule, match in group.matches(ctx):
            _check(found, rule, match, ctx, plan)


def _check(found: Found, rule: Rule, subject: Node | Match, ctx: Context, plan: Plan) -> None:
    """Add what a rule finds; if it crashes, that is what is found."""
    try:
        for problem in rule.check(subject, ctx) or ():  # type: ignore[misc]
            if isinstance(problem, Problem):
                found.hits.append(Hit(rule, problem))
            elif isinstance(problem, Fact) and rule.judge:
                found.facts.append((rule.code, problem.key, problem.path, problem.values))
            else:
                raise TypeError(f"it yielded {type(problem).__name__} instead of a problem")
    except Exception as error:
        found.hits.append(crash(rule, error, subject.path, plan))


def _timed(rule: Rule, timings: dict[str, float]) -> Rule:
    """Return a rule that adds the seconds which its functions take to some timings; fragments are not timed."""

    def clocked(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*subject: Any) -> Any:
            started = perf_counter()
            try:
                given = function(*subject)
                return list(given) if isinstance(given, Iterator) else given
            finally:
                timings[rule.code] = timings.get(rule.code, 0.0) + perf_counter() - started

        return call

    when = clocked(rule.when) if rule.when and not isinstance(rule.when, Fragment) else rule.when
    return rule._replace(check=rule.check and clocked(rule.check), when=when)


def crash(rule: Rule, error: Exception, path: Path, plan: Plan) -> Hit:
    """Report a rule that raised. LNT900 cannot be switched off: an absent rule is no clean record."""
    detail = f"{type(error).__name__}: {error}"
    if plan.debug:
        import traceback

        detail = "".join(traceback.format_exception(type(error), error, error.__traceback__)).rstrip()
    message = f"rule {rule.code} ({rule.name}) crashed here and found nothing: {detail}"
    hint = f"report this to the author of the rule ({rule.origin}); all other rules were run"
    return Hit(plan.rules[CRASHED], Problem(path, message, hint))


def _graded(record: Record, plan: Plan, hits: list[Hit], identifier: str) -> tuple[tuple[Finding, ...], int]:
    """Turn hits into sorted findings and count those that the configuration suppresses."""
    findings: list[Finding] = []
    seen: set[tuple[object, ...]] = set()
    prints: dict[str, int] = {}
    suppressed = 0
    for hit in hits:
        rule, problem = hit.rule, hit.problem
        key = (rule.code, problem.path, problem.span, problem.message)
        if key in seen:
            continue
        seen.add(key)
        severity: Severity | None = plan.severities.get(rule.code) or problem.severity or rule.severity
        for override in plan.overrides:
            if override.covers(rule, record.file, identifier, problem.path):
                severity = override.severity
        if severity is None:
            suppressed += 1
        elif severity >= plan.min_severity or rule.code == CRASHED:
            findings.append(_located(record, plan, hit, severity, identifier, prints))
    findings.sort(key=lambda f: (f.line, f.column, f.code, f.path, f.message))
    return tuple(findings), suppressed


def _located(
    record: Record, plan: Plan, hit: Hit, severity: Severity, identifier: str, prints: dict[str, int]
) -> Finding:
    rule, problem, region, related, mark = hit
    path = problem.path if mark else nearest_existing(record.data, problem.path)
    region = region or record.locator.locate(path, problem.span)
    for other in problem.related:
        there = record.locator.locate(other.path)
        related += (RelatedPlace(to_pointer(other.path), there.line, there.column, other.message),)
    mark = mark or fingerprint(
        rule.code, identifier, record.file, problem.path, record.data, problem.missing,
        problem.span, [value_at(record.data, other.path) for other in problem.related],
    )  # fmt: skip
    prints[mark] = prints.get(mark, 0) + 1
    if prints[mark] > 1:
        mark = f"{mark}-{prints[mark]}"
    return Finding(
        rule.code, rule.name, severity, rule.confidence, problem.message, problem.hint,
        identifier, record.file,
        region.line, region.column, region.end_line, region.end_column, to_pointer(path),
        related, problem.fix, mark, rule.url,
        record.locator.source_line(region.line) if plan.excerpts else None,
        _replacements(record, problem.fix) if plan.replacements and problem.fix else (),
    )  # fmt: skip


def _replacements(record: Record, fix: Fix) -> tuple[Replacement, ...]:
    from lint.edits import replacements

    return replacements(record, fix.edits)
