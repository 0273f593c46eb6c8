"""TXT: claims, payments and personal data, which have no place in the texts of a record."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lint.api import ERROR, MEDIUM, NOTE, STRICT, Context, Match, Problem, bad, good, pattern, text_rule
from lint.rules.readers.fields import EVERY_TEXT
from lint.rules.readers.places import places_from_first

_SUMMARY = "descriptionModule.briefSummary"
_DETAILS = "descriptionModule.detailedDescription"
_CRITERIA = "eligibilityModule.eligibilityCriteria"
_P = "/protocolSection/"
_STUDIED = ("descriptionModule", "eligibilityModule", "armsInterventionsModule", "outcomesModule")
_SENTENCE_END = pattern(r"[.!?](?: |$)|\n")
_STATEMENT_END = pattern(r"[.!?](?: |$)|\n|;|, (?:and|while|whereas) ")


def _sentence(text: str, start: int, end: int, ending: re.Pattern[str] | None = None) -> str:
    """Return the sentence that a span stands in, behind the span only as far as an ``ending``."""
    ends = [found.end() for found in _SENTENCE_END().finditer(text, max(0, start - 600), start)]
    following = (ending or _SENTENCE_END()).search(text, end)
    return text[ends[-1] if ends else max(0, start - 600) : following.start() if following else len(text)]


_CLAIM = (
    r"safe and effective|proven (?:to be )?(?:very |highly )?(?:safe|effective|superior|beneficial)"
    r"|[Bb]reakthrough (?:digital |new )?(?:treatment|therap|drug|device|method)"
    r"|(?:was|were|been) (?:confirmed|proven|proved)"
)
_EFFECT = pattern(r"\b(?:[Ee]ffects?|[Ii]mpact|[Ee]fficacy|[Ee]ffectiveness|[Ss]afety) [a-zA-Z ,-]{0,60}$")
_STATED = pattern(r"\b(?:is|are) (?:very )?$")
_QUESTION = pattern(
    r"(?i)\b(?:whether|if|determine|evaluat|assess|learn|find out|see how|show|demonstrat|confirm that|data to"
    r"|hypothes|may|might|could|would|should|expect|aim|objective|purpose|goal|designation|not|no|never|only|limited|lack"
    r"|unclear|until|question|believe|suggest|established|such as|et al|trials?|stud(?:y|ies))"
    r"|\[[0-9]|\([0-9][0-9 ,;–-]*\)|\([^)]*(?:19|20)[0-9]{2}|[a-z.)][0-9]{1,2}$"
)


@text_rule(
    "TXT023",
    "promotional-or-outcome-claim",
    severity=NOTE,
    confidence=MEDIUM,
    profiles=STRICT,
    pattern=_CLAIM,
    fields=EVERY_TEXT,
    examples=[
        bad({_SUMMARY: "Exampline is safe and effective in migraine. It is compared with placebo in 120 adults."},
            path=_P + "descriptionModule/briefSummary"),
        bad({_DETAILS: "The immunomodulatory impact of stem cells on the liver was confirmed. Adults are treated."}),
        bad({_DETAILS: "The impact of stem cells on the liver was confirmed, and several clinical studies used them."}),
        bad({_SUMMARY: "Exampline is a breakthrough therapy. It is compared with placebo in adults with migraine."}),
        good(),
        good({_SUMMARY: "This study will find out whether exampline is safe and effective in adults with migraine."},
             note="the question of the study"),
        good({_DETAILS: "Exampline has been proven to be effective in acute attacks [4-6]."}, note="with a citation"),
        good({_DETAILS: "Exampline is the only proven effective drug of its class."}, note="background"),
        good({_DETAILS: "Exampline was granted Breakthrough Therapy designation by the FDA."}, note="a legal term"),
        good({_DETAILS: "Exampline has not been proven effective in children. Migraine was confirmed by a doctor."}),
    ],
)  # fmt: skip
def promotional_claim(match: Match, ctx: Context) -> Iterator[Problem]:
    """A description says without a source that a treatment works, or praises it.

    Why: patients decide on it; what the study is to find out must not be promised, and the registry's
    reviewers send conclusions back.
    What to do: say what is not known yet ("may"), or name the publication that the statement rests on.
    False positives: questions and aims of the study, statements with a citation or about earlier trials,
    denials and designations of an agency are left alone.
    Source: PRS Major Comments (results or conclusions in free text), https://prsinfo.clinicaltrials.gov/MajorComments.html
    """
    if (
        match.path[1] == "descriptionModule"
        and _is_claim(match)
        and not _QUESTION().search(_sentence(match.text, *match.span, _STATEMENT_END()))
    ):
        start, end = match.span
        while match.text[end : end + 1].isalpha():
            end += 1
        yield match.problem(
            f"'{match.text[start:end]}' is a claim, and no source is given for it",
            hint="say what is not known yet, or name the publication that it rests on",
            span=(start, end),
        )


def _is_claim(match: Match) -> bool:
    """Say whether an effect is confirmed, and whether something is safe and effective, not only may be."""
    before = match.text[max(0, match.span[0] - 80) : match.span[0]]
    if match[0].startswith(("was", "were", "been")):
        return _EFFECT().search(before) is not None
    return not match[0].startswith("safe") or _STATED().search(before) is not None


_MONEY = r"[$€£] ?[0-9]|[0-9] ?(?:[Dd]ollars|[Ee]uros?|USD|EUR|GBP|€|£)|[Gg]ift (?:card|voucher|certificate)"
_money = pattern(_MONEY)
_PAID = pattern(
    r"(?i)\b(?:compensat|remunerat|honorari|reimburs|will be paid|are paid|be given|will receive|receives?\b|payment)"
)
_PARTICIPANTS = pattern(
    r"(?i)\b(?:participants?|subjects?|patients?|volunteers?|they|you|parents|caregivers?|students)\b"
)
_OTHER_MONEY_WORDS = "(?i)incentiv|financ|contingency|reward|subsid|econom|food|grocer|lotter|cost"
_OTHER_MONEY = pattern(_OTHER_MONEY_WORDS)
_STUDIED_PAYMENT = pattern(_OTHER_MONEY_WORDS + "|cash|voucher|money|payment|income|gift card")


@text_rule(
    "TXT024",
    "payment-information",
    severity=ERROR,
    pattern=_MONEY,
    fields=EVERY_TEXT,
    examples=[
        bad({_DETAILS: "Participants receive $50 for each visit."}, path=_P + "descriptionModule/detailedDescription"),
        bad({_CRITERIA: "Inclusion Criteria:\n\n* Chronic migraine\n\nPatients will be paid 20 euros a visit"}),
        bad({_DETAILS: "Participants receive a payment of $35 for each visit."}),
        bad({_DETAILS: "A dose costs $100. Participants receive $50 for each visit."}, note="behind another amount"),
        bad({_DETAILS: "Participants receive $25 for their travel expenses."}, note="a note: expenses"),
        good(),
        good({_DETAILS: "A dose costs $100, and patients are treated for 24 weeks."}, note="the cost of a treatment"),
        good({_DETAILS: "Participants receive $10 as a weekly incentive.",
              "armsInterventionsModule.interventions[0].name": "Financial Incentive"}, note="the intervention"),
        good({"armsInterventionsModule.interventions[0].description": "Half of the participants receive a gift card."},
             note="the intervention, whatever its name"),
        good({"outcomesModule.secondaryOutcomes[0].description": "Costs in USD: patients are paid 1000 USD at most."},
             note="an economic outcome"),
    ],
)  # fmt: skip
def payment_information(match: Match, ctx: Context) -> Iterator[Problem]:
    """A text says what participants are paid.

    Why: the registry does not permit it; a reviewer sends the record back.
    What to do: delete the amount; payments belong in the consent form.
    False positives: the sentence must speak of participants and of paying them, in the descriptions or the criteria;
    studies whose titles or interventions are about money, and the costs of treatments, are left alone; what is given
    for expenses is a note.
    Source: PRS Major Comments (payment of participants), https://prsinfo.clinicaltrials.gov/MajorComments.html
    """
    if match.path[1] not in ("descriptionModule", "eligibilityModule"):
        return
    places = places_from_first(match, _money(), _is_payment)
    if places and not _STUDIED_PAYMENT().search(_about(ctx)):
        shown = " ".join(_sentence(match.text, *places[0].span()).split())
        yield match.problem(
            f"'{shown if len(shown) <= 120 else shown[:120] + ' ...'}' says what participants are paid",
            hint="delete the amount; payments belong in the consent form",
            span=places[0].span(),
            severity=NOTE if _EXPENSES().search(shown) else None,
        )


_EXPENSES = pattern(r"(?i)travel|expense|reimburs|transport|parking")


def _is_payment(place: re.Match[str]) -> bool:
    sentence = _sentence(place.string, *place.span())
    return bool(_PAID().search(sentence) and _PARTICIPANTS().search(sentence) and not _OTHER_MONEY().search(sentence))


def _about(ctx: Context) -> str:
    interventions = ctx.get("armsInterventionsModule.interventions") or ()
    names = [one.get("name") or "" for one in interventions]
    return " ".join([ctx.node("identificationModule.briefTitle").text(), *names])


_PERSONAL = r"@[A-Za-z0-9-]{2,40}\.[A-Za-z]{2}|[0-9]{2,4}\)?[ .-][0-9]{3,4}[ .-][0-9]{2,4}\b"
_BY_PHONE = pattern(r"(?i)\b(?:call|phone|tel|telephone|mobile|fax|contact)[a-z.: ]{0,30}[+(]{0,2}(?:[0-9]{1,3}[ -])?$")


@text_rule(
    "TXT025",
    "personal-data",
    severity=ERROR,
    pattern=_PERSONAL,
    fields=EVERY_TEXT,
    examples=[
        bad({_DETAILS: "Those who are interested write to maria.keller@example.org."},
            path=_P + "descriptionModule/detailedDescription"),
        bad({_CRITERIA: "Inclusion Criteria:\n\n* Chronic migraine (call Maria 555-0100-100)"}),
        good(),
        good({_DETAILS: "A nurse will call 24 hours later; doses are 10-20-30 mg, rated @ 5."}, note="other numbers"),
        good({"ipdSharingStatementModule.accessCriteria": "Requests go to data@example.org."},
             note="where data are asked for"),
        good({_DETAILS: "The telephone interview has 36 items, and the line of help has the number 116."}),
    ],
)  # fmt: skip
def personal_data(match: Match, ctx: Context) -> Iterator[Problem]:
    """An e-mail address or a telephone number stands in a text on the study.

    Why: it stays public for good, also when the person has left; the registry has fields for contacts,
    which it hides when recruitment ends.
    What to do: delete it, and enter the person as a contact.
    False positives: only the description, eligibility, arms and outcomes count; the data-sharing statement
    says rightly where to ask. A number must follow a word such as "call" and have three groups of digits.
    Source: PRS protocol definitions, Contacts, https://clinicaltrials.gov/policy/protocol-definitions#Contacts
    """
    is_address = match[0].startswith("@")
    before = match.text[max(0, match.span[0] - 60) : match.span[0]]
    if match.path[1] not in _STUDIED or not (before[-1:].isalnum() if is_address else _BY_PHONE().search(before)):
        return
    kind = "an e-mail address" if is_address else "a telephone number"
    yield match.problem(
        f"{kind} stands in the text, where it stays public for good",
        hint="delete it here, and enter the person as a contact",
    )
