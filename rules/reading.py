"""SRC: reading the input. The readers raise these before any rule looks at a record."""

from __future__ import annotations

from collections.abc import Sequence

from lint.api import ERROR, NOTE, WARNING, Rule, Severity, bad, declare, good

_CLEAN = '{"protocolSection": {"identificationModule": {"nctId": "NCT09900001"}}}'
_WHOLE = (
    '{"protocolSection": {"identificationModule": {}, "statusModule": {"statusVerifiedDate": "2024-05"}, '
    '"sponsorCollaboratorsModule": {"leadSponsor": {"name": "Example University Hospital"}}, "descriptionModule": {}, '
    '"conditionsModule": {}, "designModule": {"studyType": "OBSERVATIONAL"}, "eligibilityModule": {}}}'
)
_YAML = "protocolSection:\n  identificationModule:\n    nctId: NCT09900001\n"
_PAGE = (
    "Exampline in Adults\n\nNCT ID: NCT09900001\n\nBasic Information\n\nRecruitment Status\n\nRECRUITING\n\n"
    "Study Classification\n\nINTERVENTIONAL\n"
)
_JSON = "RFC 8259, The JavaScript Object Notation, https://www.rfc-editor.org/rfc/rfc8259"


def _identification(inside: str) -> str:
    return f'{{"protocolSection": {{"identificationModule": {{{inside}}}}}}}'


def _reading(code: str, name: str, doc: str, *sources: str, severity: Severity = ERROR,
             clean: Sequence[str] = (_CLEAN,)) -> Rule:  # fmt: skip
    """Declare a rule of the readers; ``sources`` are inputs that it flags."""
    examples = [bad(source=source) for source in sources] + [good(source=source) for source in clean]
    return declare(code, name, doc, severity=severity, raised_by="reader", examples=examples)


UNREADABLE_FILE = declare(
    "SRC001",
    "unreadable-file",
    """The input cannot be opened.

    Why: what was not read was not checked, so it must not pass for clean; the exit code is 2.
    What to do: correct the path, ask for the right to read the file, or name a file in place of a device.
    Source: reasons of the operating system, https://docs.python.org/3/library/errno.html
    """,
    severity=ERROR,
    raised_by="reader",
)

BROKEN_JSON = _reading(
    "SRC002",
    "broken-json",
    f"""The text breaks the grammar of JSON.

    Why: no program can read the record; the place of the break and what belongs there are shown.
    What to do: correct that place, or save the file again from the program that it came from.
    False positives: comments and commas after the last item are allowed in some dialects, not in JSON.
    Source: {_JSON}
    """,
    '{"protocolSection": {"identificationModule": {},}}',
    '{"protocolSection": {"statusModule": {"overallStatus": None}}}',
)

TRUNCATED_INPUT = _reading(
    "SRC003",
    "truncated-input",
    f"""The text ends in the middle of a record.

    Why: a download or a copy was cut off, and nobody knows what is missing.
    What to do: download or save the file again.
    Source: {_JSON}
    """,
    '{"protocolSection": {"identificationModule": {"nctId": "NCT099',
    "protocolSection: {statusModule: [",
)

NOT_A_RECORD = _reading(
    "SRC004",
    "not-a-record",
    """The input is something else than a study record.

    Why: a list of numbers or a table row of another database has none of the fields that are checked.
    What to do: download the record as JSON (on a study's page: Download, JSON) and check that.
    Source: the study structure of the registry, https://clinicaltrials.gov/data-api/about-api/study-data-structure
    """,
    '["NCT09900001", "NCT09900002"]',
    '{"nct_id": "NCT09900001", "brief_title": "Exampline"}',
    "Dear colleague, here is the study.",
)

WRONG_ENCODING = _reading(
    "SRC005",
    "wrong-encoding",
    f"""The text is not in UTF-8.

    Why: letters with accents and special characters are lost or turn into others.
    What to do: save the file with the encoding UTF-8.
    Source: {_JSON}#section-8.1
    """,
    _identification('"briefTitle": "Schl\udce4frig"'),
    clean=(_identification('"briefTitle": "Schläfrig"'),),
)

BYTE_ORDER_MARK = _reading(
    "SRC006",
    "byte-order-mark",
    f"""The file begins with a byte order mark.

    Why: some editors write these three invisible bytes, and JSON does not allow them: other programs may
    refuse the file.
    What to do: save the file as UTF-8 without BOM. The record is checked all the same.
    Source: {_JSON}#section-8.1
    """,
    "\ufeff" + _CLEAN,
    severity=NOTE,
)

DUPLICATE_KEY = _reading(
    "SRC007",
    "duplicate-key",
    f"""A member name stands twice in one object.

    Why: nearly every program keeps one value and drops the other without a word.
    What to do: keep the right one; delete the other.
    Source: {_JSON}#section-4
    """,
    _identification('"acronym": "EXA", "acronym": "EXB"'),
    _YAML + "    nctId: NCT09900002\n",
)

LONE_SURROGATE = _reading(
    "SRC008",
    "lone-surrogate",
    f"""A text holds half of a character.

    Why: a program cut a character outside the basic plane (an emoji, a rare sign) in two; what is left cannot be
    stored as text.
    What to do: write the character again. It is shown as U+FFFD.
    Source: {_JSON}#section-8.2
    """,
    _identification('"briefTitle": "Exampline \\ud83d"'),
    clean=(_identification('"briefTitle": "Exampline \\ud83d\\ude00"'),),
)

NOT_A_NUMBER = _reading(
    "SRC009",
    "not-a-number",
    f"""NaN or Infinity stands in the place of a value.

    Why: data tools write NaN for "nothing"; JSON does not know it, and many programs refuse the whole file.
    What to do: leave the member out when there is no value.
    False positives: the text "NaN" in quotes is a text and is left alone.
    Source: {_JSON}#section-6
    """,
    _identification('"acronym": NaN'),
    clean=(_identification('"acronym": "NaN"'),),
)

NUMBER_OUT_OF_RANGE = _reading(
    "SRC010",
    "number-out-of-range",
    f"""A number is too large to be kept exactly.

    Why: programs store it rounded, or not at all; identifiers lose their last digits this way.
    What to do: correct the number; put identifiers in quotes.
    Source: {_JSON}#section-6
    """,
    '{"protocolSection": {"designModule": {"enrollmentInfo": {"count": 123456789012345678901234567890}}}}',
    severity=WARNING,
)

TOO_DEEP = _reading(
    "SRC011",
    "too-deep",
    f"""Objects and lists are nested too deep.

    Why: a registry record is about ten levels deep; hundreds of levels are damage or an attack.
    What to do: check where the file comes from and export the record again.
    Source: {_JSON}#section-9
    """,
    "[" * 300 + "]" * 300,
)

WRAPPED_RECORD = _reading(
    "SRC012",
    "wrapped-record",
    """The record lies inside another structure.

    Why: it was found and checked, but other programs look for "protocolSection" at the top.
    What to do: save the record as the registry's API gives it.
    False positives: lists of records and the "studies" list of the API are the registry's own and are left alone.
    Source: the registry's API, https://clinicaltrials.gov/data-api/api
    """,
    f'{{"study": {_CLEAN}}}',
    severity=WARNING,
    clean=(_CLEAN, f'{{"studies": [{_CLEAN}]}}', f"[{_CLEAN}]"),
)

PARTIAL_RECORD = _reading(
    "SRC013",
    "partial-record",
    """The record carries only chosen fields.

    Why: modules or fields that every record has are absent, so this is an excerpt: what is missing is not checked.
    What to do: export the whole record to have it checked in full.
    Source: the parameter "fields" of the registry's API, https://clinicaltrials.gov/data-api/api
    """,
    _CLEAN,
    severity=NOTE,
    clean=(_WHOLE,),
)

BOXED_VALUE = _reading(
    "SRC014",
    "boxed-value",
    """A list of one was written as its only entry, or a single value as a list.

    Why: programs that turn records into tables or XML and back lose the difference; other programs will not
    find the value.
    What to do: export the record again without changing its shape. It was read as it was meant.
    Source: the study structure of the registry, https://clinicaltrials.gov/data-api/about-api/study-data-structure
    """,
    '{"protocolSection": {"conditionsModule": {"conditions": "Migraine"}}}',
    severity=WARNING,
    clean=('{"protocolSection": {"conditionsModule": {"conditions": ["Migraine"]}}}',),
)

EMPTY_INPUT = _reading(
    "SRC015",
    "empty-input",
    """The input holds no record at all.

    Why: an empty file is a failed download or a wrong path far more often than a result.
    What to do: check that the right file was saved.
    Source: the registry's API, https://clinicaltrials.gov/data-api/api
    """,
    "",
    "{}",
    '{"studies": []}',
)

TOO_LARGE = declare(
    "SRC016",
    "too-large",
    """The input is larger than can be held in memory, or what is packed becomes far more than it is.

    Why: without limits one file could stop the computer: some thousand bytes can unpack to terabytes.
    What to do: split the file, or save it as JSONL: one record a line, read one at a time. Where the data are right,
    raise the limit by the option that the message names.
    Source: decompression bombs, https://cwe.mitre.org/data/definitions/409.html
    """,
    severity=ERROR,
    raised_by="reader",
)

BROKEN_YAML = _reading(
    "SRC017",
    "broken-yaml",
    """The text breaks the grammar of YAML, or uses a part of it that records never need.

    Why: tags can start programs, and names that are no texts are read differently by every program.
    What to do: correct the place that is shown; quote texts with a colon, delete tags (they begin with !).
    Source: YAML 1.2.2, https://yaml.org/spec/1.2.2/
    """,
    "protocolSection:\n  briefTitle: Exampline: a trial\n",
    "protocolSection: !!python/object:os.system x\n",
    clean=(_YAML,),
)

YAML_ALIAS_EXPANSION = _reading(
    "SRC018",
    "yaml-alias-expansion",
    """Aliases of a YAML file repeat more values than any record has.

    Why: a few lines of aliases can stand for billions of values and fill the memory.
    What to do: write the values out.
    Source: YAML 1.2.2, section 7.1, https://yaml.org/spec/1.2.2/#71-alias-nodes
    """,
    "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    + "".join(f"{name}: &{name} [{', '.join(['*' + below] * 10)}]\n" for below, name in zip("abcdefg", "bcdefgh"))
    + "protocolSection: {}\n",
    clean=(_YAML, "x: &x NCT09900001\nprotocolSection: {identificationModule: {nctId: *x}}\n"),
)

BROKEN_PACKING = _reading(
    "SRC019",
    "broken-packing",
    """A packed file, an archive or a member of one is damaged or ends too early.

    Why: what was read before the break, and what stands in other members, was checked; the rest is lost.
    What to do: download or pack the file again.
    Source: RFC 1952, the gzip file format, https://www.rfc-editor.org/rfc/rfc1952, and the zip file format,
    https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
    """,
    "\x1f\udc8b\x08 and no more",
    "PK\x03\x04 and no more",
)

OTHER_FORMAT = _reading(
    "SRC020",
    "other-format",
    """The input is in a format that is not read: HTML, CSV, PDF, XML of other kinds, encrypted archives and others.

    Why: it may hold a record, but not in a shape that can be checked with exact places.
    What to do: download the record as JSON; unpack archives; copy the text of a web page into a file.
    Source: the downloads of the registry, https://clinicaltrials.gov/data-api/about-api/study-data-structure
    """,
    '<?xml version="1.0"?>\n<clinical_study rank="1"></clinical_study>\n',
    "NCT Number,Study Title,Study Status\nNCT09900001,Exampline,RECRUITING\n",
    "%PDF-1.7\n",
)

PAGE_LINE_NOT_UNDERSTOOD = _reading(
    "SRC021",
    "page-line-not-understood",
    """A line of a study page was not understood, so what it says was not checked.

    Why: a page is laid out for readers; nothing of it may be dropped without a word.
    What to do: look whether the line belongs to the record; the JSON download has no such doubts.
    False positives: advertisements and menus between the parts of a page.
    Source: the registry's study pages, https://clinicaltrials.gov/
    """,
    _PAGE + "\nNumber of Elephants\n\n12\n",
    severity=NOTE,
    clean=(_PAGE,),
)

COMMENT_WITHOUT_REASON = _reading(
    "SRC022",
    "waiver-comment-unclear",
    """A comment begins like a waiver but names no rule or no reason, so it is not followed.

    Why: a finding that is left out without a reason cannot be judged by the next reader.
    What to do: write the rule and the reason, as in "# lint: ignore ARM002 both arms are cohorts of one group".
    False positives: text that looks like a comment inside of a value is left alone.
    Source: YAML 1.2.2, section 6.6, Comments, https://yaml.org/spec/1.2.2/#66-comments
    """,
    _YAML + "# lint: ignore ARM001\n",
    _YAML + "# lint: disable everything\n",
    severity=WARNING,
    clean=(_YAML + "# lint: ignore ARM001 agreed with the sponsor\n", _YAML + "# see ARM001\n"),
)

RECORD_STOPPED_THE_PROGRAM = declare(
    "SRC023",
    "record-stopped-the-program",
    """A record could not be checked, because the process that checked it was stopped twice.

    Why: what was not checked must not pass for clean; the exit code is 2.
    What to do: check the input alone; if memory is short, use fewer jobs or split the file.
    Source: the limits of the operating system, https://man7.org/linux/man-pages/man7/signal.7.html
    """,
    severity=ERROR,
    raised_by="reader",
)
