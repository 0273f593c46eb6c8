"""The data that travels through the linter: rules, problems, findings, records, places.

Nothing here reads or writes anything. Lines and columns count from 1, columns in
characters (Unicode code points); ends are exclusive.

Annotations are evaluated here: a named tuple would compile each one that is kept as text, 2 ms of every start.
"""

import enum
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol, TypeAlias

from lint.paths import ROOT, Path


class Severity(enum.IntEnum):
    """How bad a finding is; a higher value is worse."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        return self.name.lower()


class Confidence(enum.IntEnum):
    """How often a rule is right; independent of how bad its findings are."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3

    @property
    def label(self) -> str:
        return self.name.lower()


PROFILES = ("minimal", "submission", "audit", "strict")
"""The profiles from the most lenient to the most demanding; ``submission`` is the default."""


class Region(NamedTuple):
    """A stretch of a source file. Lines and columns count from 1; the end is exclusive."""

    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


Span = tuple[int, int]
"""Start and end (exclusive) of characters inside a string value of a record."""


class Locator(Protocol):
    """Finds places of one record in the file that it was read from, on demand."""

    def locate(self, path: Path, span: Span | None = None) -> Region:
        """Return where the value at ``path`` stands, or the characters ``span`` of it.

        A path that does not exist gives the place of the nearest existing parent. For a
        member that exists the region is that of its value; a container's region may be
        its opening bracket only.
        """
        ...

    def source_line(self, line: int) -> str | None:
        """Return the text of a line of the file, without its line end; None if out of reach."""
        ...


class Related(NamedTuple):
    """Another place that a problem is about."""

    path: Path
    message: str = ""


class Edit(NamedTuple):
    """One change of a fix: set or remove the value at a path.

    ``remove`` deletes the member or list item; otherwise ``value`` takes its place.
    """

    path: Path
    value: Any = None
    remove: bool = False


class Fix(NamedTuple):
    """A change that would mend a finding. ``safe`` means the meaning cannot change."""

    description: str
    edits: tuple[Edit, ...]
    safe: bool = False


class Problem(NamedTuple):
    """What a rule found: a place in the record and a sentence about it.

    ``missing`` names the member that is absent below ``path``. ``span`` narrows a string
    value down to characters of it, counted in the text as rules see it (API markdown
    escapes undone). ``severity`` is given only where the rule grades a case more mildly
    than its own severity, for example for records older than the requirement.
    """

    path: Path
    message: str
    hint: str = ""
    related: tuple[Related, ...] = ()
    span: Span | None = None
    missing: str = ""
    fix: Fix | None = None
    severity: Severity | None = None


class SourceProblem(NamedTuple):
    """What is wrong with an input before any rule looks at it (codes ``SRCnnn``).

    ``unreadable`` says that no record could be read here, which makes the exit code 2.
    """

    code: str
    message: str
    hint: str = ""
    region: Region = Region()
    unreadable: bool = False
    path: Path = ROOT


class Ignore(NamedTuple):
    """A comment in a file that waives the findings of some rules on a line, with its reason."""

    line: int
    codes: tuple[str, ...]
    reason: str


class Record(NamedTuple):
    """One record of an input, in the canonical shape (ClinicalTrials.gov API v2).

    ``data`` is the canonical record; ``file`` the name to show; ``number`` its position in
    the file from 0; ``problems`` what was found while reading it. ``partial`` marks an export
    that carries only chosen fields, so that absence proves nothing; ``not_shown`` lists paths
    that the form it came in cannot carry (a rendered page has no outcomes), ``*`` standing for any
    position. ``ignores`` are the waivers in its comments.
    """

    data: dict[str, Any]
    file: str
    number: int
    locator: Locator
    form: str = "json"
    problems: tuple[SourceProblem, ...] = ()
    partial: bool = False
    not_shown: tuple[Path, ...] = ()
    ignores: tuple[Ignore, ...] = ()


class Failure(NamedTuple):
    """An input, or a part of one, that gave no record."""

    file: str
    problem: SourceProblem
    locator: Locator | None = None


class Example(NamedTuple):
    """A record, made by a patch over a minimal one, that a rule must flag or leave alone.

    ``also`` are the patches of further records, for rules over several: each record has a number
    of its own. ``patch`` maps dotted paths (``designModule.designInfo.allocation``,
    ``armsInterventionsModule.armGroups[0].label``; ``protocolSection`` may be left out) to
    values; None removes the member. ``base`` names the minimal record. ``path`` is the JSON
    Pointer at which a flagged example must be flagged, where given. ``as_of`` is today's date
    for it. ``source`` is the raw text of an input, for rules about reading; the patch is then
    unused.
    """

    flagged: bool
    patch: Mapping[str, Any] = {}
    base: str = "interventional"
    path: str | None = None
    note: str = ""
    as_of: str = "2024-06-30"
    source: str | None = None
    also: tuple[Mapping[str, Any], ...] = ()


class Fact(NamedTuple):
    """What a rule over several records keeps of one of them: values and their place, under a key.

    Facts of one rule with the same key are judged together once all records have been read. The
    rule gives the key, the path and the values; the rest tells the record: its id, and the file and
    the line at which it begins. ``sequence`` counts the records of a run.
    """

    key: str
    path: Path
    values: tuple[str | int | float, ...] = ()
    record: str = ""
    file: str = ""
    line: int = 1
    sequence: int = 0

    @property
    def whose(self) -> str:
        """What messages call the record: its id, else its file."""
        return self.record or self.file

    def clash(
        self, message: str, *, hint: str = "", related: Iterable["Fact"] = (), severity: Severity | None = None
    ) -> "Clash":
        """Say what is wrong at the place of this fact, in view of facts of other records."""
        return Clash(self, message, hint, tuple(related), severity)


class Clash(NamedTuple):
    """What a rule over several records found: the fact at fault, a sentence, the facts it clashes with.

    ``severity`` is given only where the rule grades a case more mildly than its own severity.
    """

    fact: Fact
    message: str
    hint: str = ""
    related: tuple[Fact, ...] = ()
    severity: Severity | None = None


Check = Callable[[Any, Any], Iterable["Problem | Fact"]]
Judge = Callable[[Sequence[Fact]], Iterable[Clash]]


class Rule(NamedTuple):
    """A rule as the engine knows it, whatever it was written in.

    ``at`` are the places that it subscribes to; ``check`` is called with the node of each and
    the context of the record. ``pattern`` makes it a text rule: ``check`` is then called with
    each match in the fields below ``at``. ``when`` is a cheap test of the plain value: ``check``
    is only called where it holds. ``judge`` makes it a rule over several records: ``check`` then
    yields facts, and ``judge`` is called with those that share a key, ordered by the ids of their
    records; of a record that was read twice it gets the first copy, unless ``copies``. Rules
    without a check are raised by the engine, by the schema or by the readers. ``doc`` is the text
    with the sections Why, What to do, False positives and Source.
    """

    code: str
    name: str
    severity: Severity
    confidence: Confidence = Confidence.HIGH
    profiles: tuple[str, ...] = ("submission", "audit", "strict")
    tags: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    check: Check | None = None
    pattern: str = ""
    when: Callable[[Any], Any] | None = None
    doc: str = ""
    fixable: bool = False
    examples: Iterable[Example] = ()
    kind: str = "python"
    origin: str = ""
    judge: Judge | None = None
    copies: bool = False

    @property
    def family(self) -> str:
        return self.code.rstrip("0123456789")

    @property
    def summary(self) -> str:
        """The first sentence of the rule's documentation."""
        return " ".join(self.doc.strip().partition("\n\n")[0].split())

    @property
    def url(self) -> str | None:
        """Where the rule's first source can be read."""
        start = self.doc.find("https://", self.doc.rfind("Source:"))
        if start < 0:
            return None
        return self.doc[start:].split(None, 1)[0].rstrip(".,;)")


class RelatedPlace(NamedTuple):
    """A related place of a finding, located; ``file`` is given where it is another than the finding's."""

    path: str
    line: int
    column: int
    message: str
    file: str = ""


class Replacement(NamedTuple):
    """A stretch of a file and the text to put in its place; nothing is put in where it is empty."""

    region: Region
    text: str


class Finding(NamedTuple):
    """A problem with its rule, its severity and its exact place: what reports show.

    ``path`` is a JSON Pointer into the canonical record; ``record`` the record's id (its NCT
    number, else the organisation's id), empty if it has none. ``replacements`` make the fix in the file.
    """

    code: str
    name: str
    severity: Severity
    confidence: Confidence
    message: str
    hint: str
    record: str
    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    path: str
    related: tuple[RelatedPlace, ...] = ()
    fix: Fix | None = None
    fingerprint: str = ""
    url: str | None = None
    excerpt: str | None = None
    replacements: tuple[Replacement, ...] = ()


class Waived(NamedTuple):
    """A finding that is not reported: ``by`` is ``waiver`` or ``baseline``, ``reason`` what a waiver says."""

    finding: Finding
    by: str
    reason: str = ""


FactRow: TypeAlias = tuple[str, str, tuple[str | int, ...], tuple[str | int | float, ...]]
"""The code of a rule, and the key, path and values of a fact."""


class Outcome(NamedTuple):
    """What linting one record, or failing to read one, gave.

    ``file``, ``record`` (its id), ``title``, ``sponsor`` and ``registered`` (a date) tell what was
    looked at, also where nothing was found, and so do the class of the ``sponsor``, the
    ``study_type``, the overall ``status`` (codes of the registry), the date on which the study was
    first ``posted``, and ``has_results``. ``waived`` are findings that a waiver or the baseline
    takes out of the report, with why. ``holds`` is the first and the last day, taken as today, for
    which the rules find this. ``form`` names the form of the record if that cannot carry all of one.
    ``facts`` are for the rules over several records, ``line`` is where the record begins; both are
    empty if no such rule is switched on.
    """

    findings: tuple[Finding, ...]
    records: int = 0
    suppressed: int = 0
    crashes: int = 0
    unreadable: bool = False
    file: str = ""
    record: str = ""
    title: str = ""
    sponsor: str = ""
    registered: str = ""
    waived: tuple[Waived, ...] = ()
    holds: tuple[date, date] = (date.min, date.max)
    form: str = ""
    sponsor_class: str = ""
    study_type: str = ""
    status: str = ""
    posted: str = ""
    has_results: bool = False
    facts: tuple[FactRow, ...] = ()
    line: int = 1
