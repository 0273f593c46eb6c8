"""TXT011 and TXT012: words that are none, and words that the record itself spells in two ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lint.api import (
    NOTE,
    WARNING,
    Context,
    Edit,
    Fix,
    Node,
    Path,
    Problem,
    Related,
    Span,
    bad,
    good,
    rule,
    value_at,
)
from lint.rules.readers.varieties import varieties
from lint.rules.readers.words import Misspelling, Place, Slip, misspellings, places_of, record_words, slips

_REFERRING = (
    "$.protocolSection.armsInterventionsModule.armGroups[*].interventionNames[*]",
    "$.protocolSection.armsInterventionsModule.interventions[*].armGroupLabels[*]",
)
"""Texts that repeat a label or name and must change with it."""

_SUMMARY = "descriptionModule.briefSummary"
_CRITERIA = "eligibilityModule.eligibilityCriteria"
_INTERVENTION = "armsInterventionsModule.interventions"


_S_POINTER = "/protocolSection/descriptionModule/briefSummary"


@rule(
    "TXT011",
    "misspelling",
    severity=WARNING,
    at="$.protocolSection",
    fixable=True,
    examples=[
        bad({_SUMMARY: "Participants with diabetes are randomly assingned to exampline or placebo for 24 weeks."},
            path=_S_POINTER),
        bad({f"{_INTERVENTION}[0].name": "autologous mesenchymal stem cells",
             f"{_INTERVENTION}[1].name": "autologous msenchymal stem cells"},
            path="/protocolSection/armsInterventionsModule/interventions/1/name"),
        bad({_CRITERIA: "Inclusion Criteria:\n\n* Cirrhosis with refractory ascite"},
            path="/protocolSection/eligibilityModule/eligibilityCriteria"),
        bad({_SUMMARY: "The effect ofponatinib is measured after 24 weeks in adults with chronic migraine."},
            path=_S_POINTER, note="a blank is missing"),
        bad({_SUMMARY: "The reaction of the immunesystem to exampline is measured in adults with chronic migraine."},
            path=_S_POINTER, note="two common words"),
        bad({_SUMMARY: "The halflife of exampline is measured in adults with chronic migraine."},
            path=_S_POINTER, note="a hyphen is missing"),
        bad({_SUMMARY: "Adults who refuse to participateSevere migraine is treated with exampline in this study."},
            path=_S_POINTER, note="a line end is lost"),
        bad({"contactsLocationsModule.locations[0].facility": "Example Univeristy Hospital"},
            path="/protocolSection/contactsLocationsModule/locations/0/facility", note="an organisation"),
        good(),
        good({_SUMMARY: "Child-Pugh class and BMSCs as in Kharaziha et al., 2009; enrolment is at Jinling Hospital."},
             note="names, abbreviations, British spelling"),
        good({_SUMMARY: "Breathwork and a transplantable pump of LifeScan are part of a WorkGroup for plasmablasts."},
             note="compounds and brands"),
        good({_SUMMARY: "Exampline, zolmitriptan and rizatriptan are triptans; anulus, reagin and Ussing chambers."},
             note="rare words that are right"),
        good({_SUMMARY: "Los pacientes con diabetes se asignan al azar a un grupo de tratamiento o de control."},
             note="another language"),
        good({_SUMMARY: "See https://example.org/assingned, assingned@example.org and doi:10/assingned for more."},
             note="addresses"),
        good({"contactsLocationsModule.overallOfficials[0]": {
            "name": "Anna Univeristy, MD", "affiliation": "Example Fund", "role": "STUDY_CHAIR"}}, note="a person"),
    ],
)  # fmt: skip
def misspelling(section: Node, ctx: Context) -> Iterator[Problem]:
    """A word is none: it is a slip of the keyboard away from a word that many more records use.

    Why: a search for the right word does not find the record, and readers trust the text less.
    What to do: correct the word. If it is right, put it under ``dictionary`` in the configuration;
    'lint lexicon explain WORD' says what is known of it.
    False positives: that a word is in no dictionary proves nothing here. Counted are how much more
    often the registry uses the similar word, how the two differ, of what parts the word is made and
    how it stands in the record. Persons, citations, addresses, codes and texts in other languages
    are left alone. A rare word one letter from a common one can still be reported, about one in twenty.
    With the profile ``strict`` less certain words are reported as notes.
    Source: PRS quality control review criteria (spelling), https://clinicaltrials.gov/policy/protocol-definitions
    """
    mended = {slip.word for slip in ctx.memo(slips)}
    for found in ctx.memo(misspellings):
        yield _misspelling_problem(found, ctx, fixable=found.word not in mended)


def _misspelling_problem(found: Misspelling, ctx: Context, *, fixable: bool) -> Problem:
    """Word a misspelling; where the record spells the word in two ways, TXT012 offers the correction."""
    place = found.places[0]
    paths = _distinct(one.path for one in found.places)
    right = _like(place.form, found.verdict.right)
    return Node(None, place.path).problem(
        _evidence(found, place, right, ctx),
        hint=f"write '{right}' if that is the word that is meant",
        related=[Related(path, "the same spelling") for path in paths[1:]],
        span=place.span,
        fix=_fix(found.word, found.verdict.right, ctx, paths) if fixable else None,
        severity=None if found.verdict.sure else NOTE,
    )


def _evidence(found: Misspelling, place: Place, right: str, ctx: Context) -> str:
    """Say what is wrong with a word, and how that is known."""
    _, verdict, places = found
    times = ctx.memo(record_words).times(verdict.right)
    if " " in verdict.right:
        message = f"'{place.form}' is probably two words, '{right}'"
    elif "-" in verdict.right:
        message = f"'{place.form}' probably lacks a hyphen, '{right}'"
    elif times:
        message = f"'{place.form}' is probably a misspelling of '{right}', which stands {_times(times)} in this record"
    else:
        message = (
            f"'{place.form}' is probably a misspelling of '{right}': of the studies counted, "
            f"{verdict.right_studies:,.0f} have that word and {verdict.studies:,.0f} this one"
        )
    return message + _places(places)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _places(places: Sequence[Place]) -> str:
    return f"; it is written so in {len(places)} places" if len(places) > 1 else ""


@rule(
    "TXT012",
    "inconsistent-spelling-in-record",
    severity=WARNING,
    at="$.protocolSection",
    fixable=True,
    examples=[
        bad(
            {
                f"{_INTERVENTION}[0].name": "autologous mesenchymal stem cells",
                f"{_INTERVENTION}[1].name": "autologous msenchymal stem cells",
            },
            path="/protocolSection/armsInterventionsModule/interventions/1/name",
        ),
        bad(
            {
                "contactsLocationsModule.overallOfficials[0].affiliation": "Nanjing University",
                "contactsLocationsModule.locations[0].facility": "Nanjing University Hospital",
                "contactsLocationsModule.overallOfficials[1]": {
                    "name": "Anna Berg, MD", "affiliation": "Nanjin University", "role": "STUDY_CHAIR"},
            },
            path="/protocolSection/contactsLocationsModule/overallOfficials/1/affiliation",
        ),
        bad({_SUMMARY: "Exampline prevents attacks. Examplien is a tablet. Exampline is safe and cheap."},
            path="/protocolSection/descriptionModule/briefSummary",
            note="an unknown word beside a more frequent one"),
        bad({_SUMMARY: "Participants with a tumour are randomised; the tumor is measured every four weeks after that."},
            path="/protocolSection/descriptionModule/briefSummary", note="British and American spelling mixed"),
        good(),
        good({_SUMMARY: "Bone marrow of the patients is examined as Morrow et al. did; marrow is drawn twice."},
             note="an author"),
        good({_SUMMARY: "It is given for epicondylitis, like other epicondylitis; some call it epicondylosis."},
             note="two names of diseases"),
        good({_CRITERIA: "Inclusion Criteria:\n\n* Refractory ascite\n* Ascites"}, note="singular and plural"),
        good({_SUMMARY: "Prednisolone replaces prednisone and fluprednisolone in participants with tumours."},
             note="two drugs of one family"),
        good({_SUMMARY: "The BMSCs are given after the MSCs; both are counted by mXELIRI and XELIRI criteria."},
             note="abbreviations"),
        good({_SUMMARY: "The intranodal and the intranasal vaccine, the prefibrotic and the profibrotic state."},
             note="relatives that differ at their beginning"),
        good({_SUMMARY: "Participants with a tumour are randomised; the tumours are characterized by imaging."},
             note="the British spell some words with a z as well"),
        good({"contactsLocationsModule.locations[0].facility": "Saint Parkerville Hospital",
              "contactsLocationsModule.locations[1]": {
                  "facility": "Saint Markerville Clinic", "city": "Bern", "country": "Switzerland"}},
             note="two places of similar name"),
        good({"armsInterventionsModule.interventions[0].otherNames": ["Exampline", "Examplene", "Examplinum"]},
             note="the other names of a drug are near twins by nature"),
    ],
)  # fmt: skip
def inconsistent_spelling(section: Node, ctx: Context) -> Iterator[Problem]:
    """One word is spelled in two ways in the record, and one of them is probably a slip.

    Why: a search for the right word does not find the record, and the record itself shows which
    word was meant. Only a word that few registry records use is held against a word of the same
    record that many use, or that stands there far more often.
    What to do: correct the word, in all the places that are named.
    False positives: inflections, prefixed forms, regional spellings, abbreviations, words with
    capitals inside, drug synonyms, persons, citations and addresses are left alone; a name of a
    place counts only beside the same words as its twin. A rare real word one letter from a common
    one (scares, scores) can still be reported.
    With the profile ``strict`` a record that mixes British and American spelling gets one note.
    Source: PRS quality control review criteria (spelling), https://clinicaltrials.gov/policy/protocol-definitions
    """
    for slip in ctx.memo(slips):
        yield _slip_problem(slip, ctx)
    if ctx.profile == "strict":
        yield from _mixed_varieties(ctx)


def _slip_problem(slip: Slip, ctx: Context) -> Problem:
    place = slip.places[0]
    paths = _distinct(one.path for one in slip.places)
    right = _like(place.form, slip.model)
    times = _times(slip.model_count)
    return Node(None, place.path).problem(
        f"'{place.form}' is probably a misspelling of '{right}', which stands {times} in this record"
        + _places(slip.places),
        hint=f"write '{right}' if that is the word that is meant",
        related=[Related(path, "the same spelling") for path in paths[1:]]
        + [Related(slip.model_place.path, "the other spelling")],
        span=place.span,
        fix=_fix(slip.word, slip.model, ctx, paths),
    )


def _fix(word: str, right: str, ctx: Context, paths: list[Path]) -> Fix:
    referring = [path for path, text in ctx.texts(_REFERRING) if any(_whole_words(text, word))]
    edits = tuple(
        Edit(path, _corrected(value_at(ctx.record, path), word, right)) for path in _distinct([*paths, *referring])
    )
    return Fix(f"replace '{word}' by '{right}'", edits)


def _corrected(text: str, word: str, right: str) -> str:
    parts, done = [], 0
    for start, end in _whole_words(text, word):
        parts += [text[done:start], _like(text[start:end], right)]
        done = end
    return "".join([*parts, text[done:]])


def _whole_words(text: str, word: str) -> Iterator[Span]:
    """Yield where a lower-case ASCII word stands as a whole in a text, in any letter case.

    Compiling an expression for each word would take longer than all else that is done with it.
    """
    folded = text.lower() if text.isascii() else text.translate(_LOWER)
    start = folded.find(word)
    while start >= 0:
        end = start + len(word)
        if not (_is_word(folded[start - 1 : start]) or _is_word(folded[end : end + 1])):
            yield start, end
        start = folded.find(word, end)


_LOWER = str.maketrans({chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)})


def _is_word(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char == "_")


def _like(written: str, word: str) -> str:
    """Write a lower-case word, or two that the other runs together, with the capitals of another."""
    first, _, second = word.partition(" ")
    if first + second == written.lower():
        return f"{written[: len(first)]} {written[len(first) :]}" if second else written
    if written.isupper():
        return word.upper()
    return word.capitalize() if written[0].isupper() else word


def _distinct(paths: Iterable[Path]) -> list[Path]:
    return list(dict.fromkeys(paths))


def _mixed_varieties(ctx: Context) -> Iterator[Problem]:
    """Yield one note if ordinary words are spelled the British way here and the American there."""
    british, american = (_first_written(ctx, words) for words in varieties())
    if british and american:
        yield Node(None, british.path).problem(
            f"'{british.form}' is British spelling, but '{american.form}' in this record is American",
            hint="keep to one of the two",
            related=[Related(american.path, "the American spelling")],
            span=british.span,
            severity=NOTE,
        )


def _first_written(ctx: Context, words: frozenset[str]) -> Place | None:
    """Return the first place where one of the words stands in lower case, outside of names."""
    for word in sorted(ctx.memo(record_words).types & words):
        for place in places_of(ctx, word):
            if place.form == word and not place.in_name:
                return place
    return None
