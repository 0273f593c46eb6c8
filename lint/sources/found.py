"""What the readers of single forms hand to ``read``: records found, and how they are placed."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from lint.model import Ignore, Locator, Region, SourceProblem, Span
from lint.paths import ROOT, Path, value_at
from lint.registries.ctgov.recognise import Sighting, describe, find_records

_DOWNLOAD = (
    "Feed records as the registry's API v2 gives them: JSON with a 'protocolSection' "
    "(on a study's page: Download, JSON)."
)


_CLASSIC_WRAPPERS = ("FullStudiesResponse", "FullStudies", "FullStudy", "Study")


class Found(NamedTuple):
    """A record in canonical shape with its locator and what was noticed on the way.

    ``form`` is named where it is not that of the whole input; ``partial`` is said where the input says so itself.
    """

    data: dict[str, Any]
    locator: Locator
    problems: tuple[SourceProblem, ...] = ()
    not_shown: tuple[Path, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    form: str = ""
    partial: bool = False


class Unread(NamedTuple):
    """A problem in the place of a record; the locator can at least show lines."""

    problem: SourceProblem
    locator: Locator | None = None


Item = Found | Unread


class InnerLocator:
    """The locator of a record that lies at a path inside a document.

    ``bare`` records are protocol sections alone: the first step of their paths is not written.
    """

    def __init__(self, outer: Locator, path: Path, *, bare: bool) -> None:
        self.outer = outer
        self._path = path
        self._bare = bare

    def locate(self, path: Path, span: Span | None = None) -> Region:
        """Return the place of a value of the record."""
        if self._bare and path[:1] != ("protocolSection",):
            return self.outer.locate(self._path)
        return self.outer.locate((*self._path, *path[self._bare :]), span)

    def source_line(self, line: int) -> str | None:
        """Return a line of the document."""
        return self.outer.source_line(line)


def sort_out(document: Any, locator: Locator, problems: Sequence[SourceProblem] = ()) -> Iterator[Item]:
    """Yield the records of a parsed document and what stands where a record belongs.

    The problems of the document go with the record that they lie in, else with the first.
    """
    sightings = find_records(document)
    if not sightings:
        yield from (Unread(problem, locator) for problem in problems)
        yield Unread(not_a_record(document, locator.locate(ROOT)), locator)
        return
    is_wrapped = any(_needs_word(sighting) for sighting in sightings)
    for sighting, own in zip(sightings, _share(problems, sightings)):
        if sighting.data is None:
            stray = value_at(document, sighting.path)
            yield Unread(not_a_record(stray, locator.locate(sighting.path)), locator)
            continue
        inner: Locator = locator
        if sighting.path or sighting.bare:
            inner = InnerLocator(locator, sighting.path, bare=sighting.bare)
        found = Found(sighting.data, inner)
        if sighting.classic:
            found = _classic(found, value_at(document, sighting.path))
        if is_wrapped:
            own.append(wrapped(sighting.path, found.locator.locate(ROOT), bare=sighting.bare))
            is_wrapped = False
        yield found._replace(problems=tuple(own))


def _classic(found: Found, study: dict[str, Any]) -> Found:
    """Return a record of the classic API with the way back to the study that it was read from."""
    from lint.registries.ctgov.classic import ClassicLocator
    from lint.registries.ctgov.classic_losses import NOT_SHOWN

    return found._replace(locator=ClassicLocator(found.locator, study), not_shown=NOT_SHOWN, form="classic")


def _share(problems: Sequence[SourceProblem], sightings: Sequence[Sighting]) -> list[list[SourceProblem]]:
    """Give each problem to the record that it lies in, with its path as seen from there."""
    shares: list[list[SourceProblem]] = [[] for _ in sightings]
    first = next((at for at, sighting in enumerate(sightings) if sighting.data is not None), 0)
    for problem in problems:
        owner, path = first, ROOT
        for at, (root, data, bare, _) in enumerate(sightings):
            if data is not None and problem.path[: len(root)] == root:
                owner, path = at, problem.path[len(root) :]
                path = ("protocolSection", *path) if bare else path
        shares[owner].append(problem._replace(path=path))
    return shares


def _needs_word(sighting: Sighting) -> bool:
    """Say whether a record lies elsewhere than the registry's API and this program put it."""
    if sighting.classic:
        return any(isinstance(step, str) and step not in _CLASSIC_WRAPPERS for step in sighting.path)
    is_usual = len(sighting.path) < 2 and all(isinstance(step, int) for step in sighting.path)
    return sighting.bare or not (is_usual or sighting.path[:-1] == ("studies",))


def wrapped(path: Path, region: Region, *, bare: bool = False) -> SourceProblem:
    """Make the problem for a record that was taken out of a wrapper."""
    inside = " → ".join(f"'{step}'" for step in path if isinstance(step, str))
    message = f"The record lies inside {inside}; it was taken out and checked."
    if bare:
        message = "This is the inside of a 'protocolSection' alone; it was checked as such."
    hint = "Other programs may not find it there: save the record as the registry gives it."
    return SourceProblem("SRC012", message, hint, region)


def with_problems(items: Iterable[Item], problems: Sequence[SourceProblem]) -> Generator[Item, None, Any]:
    """Yield items, the problems of the whole file going with the first; return as ``items``."""
    if not problems:
        return (yield from items)
    iterator = iter(items)
    first = next(iterator, None)
    if isinstance(first, Found):
        first = first._replace(problems=(*problems, *first.problems))
    else:
        locator = first.locator if first else None
        yield from (Unread(problem, locator) for problem in problems)
    if first is not None:
        yield first
    return (yield from iterator)


def not_a_record(value: Any, region: Region) -> SourceProblem:
    """Make the problem for something that stands where a record belongs."""
    if value in ({}, []) or (isinstance(value, dict) and value.get("studies") == []):
        empty = f"Here is {describe(value)}, so there is no record to check."
        return SourceProblem("SRC015", empty, _DOWNLOAD, region, unreadable=True)
    message = f"This is no study record: it looks like {describe(value)}."
    return SourceProblem("SRC004", message, _DOWNLOAD, region, unreadable=True)
