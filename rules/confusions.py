"""TXT018: real words that stand for others, known by the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint.api import MEDIUM, NOTE, Context, Edit, Fix, Match, Problem, bad, good, pattern, text_rule, value_at
from lint.rules.readers.fields import EVERY_TEXT, is_prose

_SUMMARY = "descriptionModule.briefSummary"
_S_POINTER = "/protocolSection/descriptionModule/briefSummary"

_PHRASES = (
    "(?:[Tt]he|[Aa]n|[Aa]ny|[Nn]o|significant|beneficial|[Ii]ts|[Tt]heir) affects? (?:of|on|and)",
    "(?:[Aa]dverse|[Ss]ide) affects?",
    "[Tt]o access the (?:safety|efficacy|effects?|effectiveness|impact|physical|adequacy|quality|life|severity)",
    "[Tt]o [Aa]sses",
    "[Aa]sses (?:the|whether|if)",
    "(?:[Rr]ang(?:e|es|ing)|[Oo]btained|[Dd]ifferent) form (?:the|a|each|all|every|their|[0-9])",
    "[Hh]ear failure",
    "[Aa]t (?:lease|lest|list) (?:[0-9]|one|two|three|four|five|six|once|twice)",
    "(?:[Ll]ess|[Mm]ore|[Gg]reater|[Oo]lder) then (?:or|one|two|three|four|five|six|[0-9])",
    "(?:[0-9]|[Oo]ne|[Ss]ix) moths?",
    "(?:[Cc]ontrolled|[Cc]linical|[Pp]rospective|[Tt]his) [Tt]rails?",
    "trail period",
    "[Ss]ever (?:pain|infections?|hypertension|liver|renal|cardiac|heart|an(?:a)?emia|asthma|COVID)",
    "[Cc]omplimentary (?:therap(?:y|ies)|treatments?|medicines?)",
    "[Pp]rinciple [Ii]nvestigators?",
    "(?:[Vv]ocal|[Ss]pinal) [Cc]hords?",
    "[Pp]rostrate (?:cancer|Cancer|carcinoma|gland|specific)",
    "morality rates?",
    "morbidity and morality",
    "casual (?:relationship|association|inference|effect)s?",
    "metal illness",
    "[Bb]rest (?:cancer|Cancer|feeding)",
    "[Ss]leep [Dd]air(?:y|ies)",
    "[Pp]erformance statue",
    "medical stuff",
    "which dose not",
    "[Ss]ingle does",
    "have lead to",
    "[Pp]erspective (?:cohort|observational)",
    "[Tt]he rational for",
    "diseased donors?",
    "patients sing (?:the |an? )?informed",
    "[Ww]ill than be",
    "(?:[Kk]now|regardless) weather",
    "[Hh]eathy",
    "[Mm]yocardial [Ii]nfractions?",
    "anti-asthmatic mediations?",
    "life[ -]threating",
    "during the curse",
    "normalized ration",
    "medical personal to",
    "[Ll]umber (?:spine|puncture|disc|discs|disk|spinal|fusion|pain|lordosis|vertebra|region|stenosis)",
    "the extend of",
    "[Cc]hanges? form [Bb]aseline",
    "[Rr]ather then",
    "(?:[Ll]ess|[Mm]ore|[Gg]reater) that (?:or equal|[0-9])",
    "[Ll]oos(?:e|ing) (?:weight|consciousness)",
    "(?:[Mm]ay|[Mm]ight|[Cc]ould|[Cc]an) effect (?:the|their|your|its)",
    "[Ww]eather or not",
    "[Ss]tatically significant",
    "[Pp]atience (?:who|were|receiving|undergoing)",
    "[Ll]oss of conscience",
    "[Aa]ffective contracepti(?:on|ves?)",
    "[Pp]ubic [Hh]ealth",
    "[Hh]eath (?:care|status|insurance|survey|questionnaire|professionals?)",
)
"""Each was right wherever it was found, if it was (the last nine were not); see ``benchmarks/spelling/RESULTS.md``."""

_MEANT = {
    "affect": "effect", "affects": "effects", "access": "assess", "asses": "assess", "form": "from", "hear": "heart",
    "lease": "least", "lest": "least", "list": "least", "then": "than", "moth": "month", "moths": "months",
    "trail": "trial", "trails": "trials", "sever": "severe", "complimentary": "complementary",
    "principle": "principal", "chord": "cord", "chords": "cords", "prostrate": "prostate", "morality": "mortality",
    "casual": "causal", "metal": "mental", "brest": "breast", "dairy": "diary", "dairies": "diaries",
    "statue": "status", "stuff": "staff", "dose": "does", "does": "dose", "lead": "led",
    "perspective": "prospective", "rational": "rationale", "diseased": "deceased", "sing": "sign", "than": "then",
    "weather": "whether", "heathy": "healthy", "infraction": "infarction",
    "infractions": "infarctions", "mediation": "medication", "mediations": "medications",
    "threating": "threatening", "curse": "course", "ration": "ratio", "personal": "personnel", "lumber": "lumbar",
    "extend": "extent", "that": "than", "loose": "lose", "loosing": "losing", "effect": "affect",
    "statically": "statistically", "patience": "patients", "conscience": "consciousness", "affective": "effective",
    "pubic": "public", "heath": "health",
}  # fmt: skip
_WORD = pattern("[A-Za-z]+")
_PSYCHIATRY = pattern(
    r"\b(?:mood|emotion|psych|depress|schizo|mental|bipolar|autis|personality|borderline|anxiety)", re.IGNORECASE
)


@text_rule(
    "TXT018",
    "confused-word",
    severity=NOTE,
    confidence=MEDIUM,
    pattern=r"\b(?:" + "|".join(_PHRASES) + r")\b",
    fields=EVERY_TEXT,
    fixable=True,
    examples=[
        bad({_SUMMARY: "The investigators will study the affect and influence of exampline in adults with migraine."},
            path=_S_POINTER),
        bad({_SUMMARY: "The score can range form 0 to 27; the principle investigator decides about everybody."}),
        bad({_SUMMARY: "Adults with lumber disc prolapse are followed up for 6 moths in this controlled trail."}),
        bad({"eligibilityModule.eligibilityCriteria": "Exclusion:\n\n* Sever hypertension, less then 6 days"}),
        bad({_SUMMARY: "Adults with migraine who loose weight; exampline may effect the number of headache days."}),
        good(),
        good({_SUMMARY: "Depression changes the affect of participants and the effects of exampline on their mood."},
             note="affect is a noun in psychiatry"),
        good({_SUMMARY: "A proof of principle study: positive and negative affect and mood, casual dress."}),
        good({_SUMMARY: "Trail Making Test, cow moths, lumber workers; they can access the chatbot; then two more. "
              "Loose clothes, to effect a change, more that is new, patience will help, the pubic bone."},
             note="the same words, used rightly"),
    ],
)  # fmt: skip
def confused_word(match: Match, ctx: Context) -> Iterator[Problem]:
    """A word stands for another that sounds or looks like it: "the affect of" for "the effect of".

    Why: no spelling check finds it, and it can turn the meaning round.
    What to do: write the word that is meant.
    False positives: only phrases in which the word was wrong wherever they were found count; "affect"
    is left alone where the record is about the mind.
    Source: PRS quality control review criteria, https://clinicaltrials.gov/policy/protocol-definitions
    """
    if not is_prose(match.path) and not match[0].startswith(_CERTAIN):
        return
    word = next(word for word in _WORD().findall(match[0]) if word.lower() in _MEANT)
    right = _MEANT[word.lower()]
    if right.startswith("effect") and _PSYCHIATRY().search(match.text):
        return
    right = right.capitalize() if word[0].isupper() else right
    yield match.problem(
        f"'{match[0]}' probably means '{right}', not '{word}'",
        hint=f"write '{right}' if it is meant",
        fix=_fix(match, word, right, ctx),
    )


_CERTAIN = ("Brest", "brest", "Lumber", "lumber")
"""Words that are wrong in names of conditions as well."""


def _fix(match: Match, word: str, right: str, ctx: Context) -> Fix | None:
    written = value_at(ctx.record, match.path)
    if match[0] not in written:
        return None
    mended = re.sub(rf"\b{word}\b", right, match[0], count=1)
    return Fix(f"replace '{word}' by '{right}'", (Edit(match.path, written.replace(match[0], mended)),))
