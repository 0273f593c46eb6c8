"""Making rules and their examples: the functions that ``lint.api`` offers to rule authors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lint.model import Check, Confidence, Example, Judge, Rule, Severity

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
HIGH, MEDIUM, LOW = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW

EVERY = ("minimal", "submission", "audit", "strict")
"""The record cannot be read or contradicts itself."""
SUBMISSION = ("submission", "audit", "strict")
"""A registry reviewer would send the record back; the default of rules."""
DRAFT = ("submission", "strict")
"""Decidable only before publication: public copies hide what the rule looks at."""
AUDIT = ("audit", "strict")
"""Only of interest for published records, such as timeliness."""
STRICT = ("strict",)


def bad(patch: Mapping[str, Any] | None = None, *, base: str = "interventional", path: str | None = None,
        note: str = "", as_of: str = "2024-06-30", source: str | None = None,
        also: Sequence[Mapping[str, Any]] = ()) -> Example:  # fmt: skip
    """An example that the rule must flag, at ``path`` (a JSON Pointer) if given; ``also`` are further records."""
    return Example(True, patch or {}, base, path, note, as_of, source, tuple(also))


def good(patch: Mapping[str, Any] | None = None, *, base: str = "interventional", note: str = "",
         as_of: str = "2024-06-30", source: str | None = None,
         also: Sequence[Mapping[str, Any]] = ()) -> Example:  # fmt: skip
    """An example that the rule must leave alone."""
    return Example(False, patch or {}, base, None, note, as_of, source, tuple(also))


def rule(
    code: str,
    name: str,
    *,
    severity: Severity,
    at: str | Sequence[str],
    confidence: Confidence = HIGH,
    profiles: tuple[str, ...] = SUBMISSION,
    tags: tuple[str, ...] = (),
    when: Callable[[Any], Any] | None = None,
    fixable: bool = False,
    examples: Sequence[Example] = (),
) -> Callable[[Check], Rule]:
    """Turn a function into a rule. Its docstring is the rule's page.

    ``at`` are place patterns: member names and ``[*]``, as in
    ``$.protocolSection.armsInterventionsModule.armGroups[*]``; ``$`` is the whole record.
    ``when`` is a cheap test of the plain value there; where it fails the function is not called.
    """
    places = (at,) if isinstance(at, str) else tuple(at)

    def decorate(check: Check) -> Rule:
        return Rule(code, name, severity, confidence, profiles, tags, places, check,
                    when=when, doc=check.__doc__ or "", fixable=fixable, examples=tuple(examples),
                    origin=check.__module__)  # fmt: skip

    return decorate


def across(
    code: str,
    name: str,
    *,
    severity: Severity,
    facts: Check,
    at: str | Sequence[str] = "$.protocolSection",
    copies: bool = False,
    confidence: Confidence = HIGH,
    profiles: tuple[str, ...] = SUBMISSION,
    tags: tuple[str, ...] = (),
    when: Callable[[Any], Any] | None = None,
    examples: Sequence[Example] = (),
) -> Callable[[Judge], Rule]:
    """Turn a function that judges facts of several records into a rule. Its docstring is the rule's page.

    ``facts`` is called like the function of any rule, with each node at ``at`` and the context of the record,
    and yields facts in place of problems: few and small, as those of all records are kept until the last was
    read. The decorated function gets the facts that share a key, of at least two records, ordered by the ids of
    the records, and yields clashes::

        @across("HSE002", "grant-twice", severity=NOTE, facts=_grants)
        def grant_twice(facts: Sequence[Fact]) -> Iterator[Clash]:
            first, *others = facts
            for fact in others:
                yield fact.clash(f"{first.whose} has the same grant", related=[first])

    A record that stands in two files is judged once, by its first copy, unless ``copies``.
    """
    places = (at,) if isinstance(at, str) else tuple(at)

    def decorate(judge: Judge) -> Rule:
        return Rule(code, name, severity, confidence, profiles, tags, places, facts, when=when,
                    doc=judge.__doc__ or "", examples=tuple(examples), kind="across", origin=judge.__module__,
                    judge=judge, copies=copies)  # fmt: skip

    return decorate


def text_rule(
    code: str,
    name: str,
    *,
    severity: Severity,
    pattern: str,
    fields: tuple[str, ...],
    confidence: Confidence = HIGH,
    profiles: tuple[str, ...] = SUBMISSION,
    tags: tuple[str, ...] = (),
    fixable: bool = False,
    examples: Sequence[Example] = (),
) -> Callable[[Check], Rule]:
    """Turn a function that judges one match of a pattern into a rule.

    The engine decides how to find the matches: all patterns are tried at once over the joined
    text of the fields, and only those that hit are run for their places. Patterns use the
    common ground of ``re`` and RE2: ASCII classes written out (``[0-9A-Za-z]``), no look-around,
    no back-references. A match never spans two fields.
    """

    def decorate(check: Check) -> Rule:
        return Rule(code, name, severity, confidence, profiles, tags, fields, check, pattern,
                    doc=check.__doc__ or "", fixable=fixable, examples=tuple(examples),
                    kind="text", origin=check.__module__)  # fmt: skip

    return decorate


def declare(
    code: str,
    name: str,
    doc: str,
    *,
    severity: Severity,
    raised_by: str,
    confidence: Confidence = HIGH,
    profiles: tuple[str, ...] = EVERY,
    tags: tuple[str, ...] = (),
    fixable: bool = False,
    examples: Sequence[Example] = (),
) -> Rule:
    """Describe a rule that the readers, the schema check or the engine itself raises."""
    return Rule(code, name, severity, confidence, profiles, tags, doc=doc, fixable=fixable,
                examples=tuple(examples), kind=raised_by)  # fmt: skip
