"""REG: what U.S. law asks for around registration and results, as far as a record shows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lint.api import (
    AUDIT,
    ERROR,
    LOW,
    MEDIUM,
    NOTE,
    WARNING,
    Context,
    Node,
    Problem,
    bad,
    good,
    months_later,
    rule,
)
from lint.rules.readers.facts import DATA_SHARING, FINAL_RULE, study_facts
from lint.rules.readers.regulated import late_by_law
from lint.rules.readers.timeline import REGISTRATION_LAW, timeline

_STATUS = "$.protocolSection.statusModule"
_PATH = "/protocolSection/statusModule/"
_REGULATED = {
    "oversightModule.isFdaRegulatedDrug": True,
    "contactsLocationsModule.locations[0].country": "United States",
    "statusModule.startDateStruct": {"date": "2022-06-01", "type": "ACTUAL"},
}
_CERTIFIED = {
    "statusModule.primaryCompletionDateStruct": {"date": "2020-02-10", "type": "ACTUAL"},
    "statusModule.dispFirstSubmitDate": "2021-08-01",
}
_DOCUMENT = {"typeAbbrev": "Prot", "hasProtocol": True, "hasSap": False, "hasIcf": False, "date": "2020-12-14"}


@rule(
    "REG002",
    "registered-more-than-21-days-late",
    severity=WARNING,
    confidence=LOW,
    profiles=AUDIT,
    at=_STATUS,
    when=lambda status: "startDateStruct" in status and "studyFirstSubmitDate" in status,
    examples=[
        bad(_REGULATED, path=_PATH + "studyFirstSubmitDate"),
        bad({**_REGULATED, "statusModule.startDateStruct": {"date": "2022-11"}}),
        good(),
        good({**_REGULATED, "statusModule.startDateStruct": {"date": "2023-01-02"}}, note="within 21 days"),
        good({**_REGULATED, "oversightModule.isFdaRegulatedDrug": False}, note="the law does not apply"),
        good({**_REGULATED, "designModule.phases": ["PHASE1"]}),
        good({**_REGULATED, "contactsLocationsModule.locations[0].country": "China"}),
        good({**_REGULATED, "statusModule.startDateStruct": {"date": "2016-06-01", "type": "ACTUAL"}}),
        good(
            {**_REGULATED, "statusModule.completionDateStruct": {"date": "2022-12", "type": "ACTUAL"}},
            note="registered after its end, which REG011 says",
        ),
    ],
)
def registered_late(status: Node, ctx: Context) -> Iterator[Problem]:
    """What is probably an applicable trial was registered more than 21 days after its start.

    Why: U.S. law asks for registration within 21 days of the enrolment of the first participant.
    What to do: nothing can be done about it now, unless a date is wrong.
    False positives: whether a trial is applicable cannot be seen from outside; looked at are the studies that REG003
    looks at. A month stands for any of its days. A study that was registered after its end is for REG011.
    Source: 42 CFR 11.24, https://www.ecfr.gov/current/title-42/section-11.24
    """
    late = late_by_law(ctx)
    if late is not None:
        start, registered, due = late
        yield registered.problem(
            f"the study was registered on {registered} and began on {start}; if this is an applicable clinical trial, "
            f"it was to be registered by {due}",
            hint="correct the date that is wrong; if both are right, nothing more can be done",
            related=[start],
        )


@rule(
    "REG007",
    "delay-certificate-late",
    severity=NOTE,
    profiles=AUDIT,
    at=_STATUS + ".dispFirstSubmitDate",
    examples=[
        bad(_CERTIFIED, path=_PATH + "dispFirstSubmitDate"),
        bad({**_CERTIFIED, "statusModule.primaryCompletionDateStruct": {"date": "2020-03", "type": "ACTUAL"}}),
        good(),
        good({**_CERTIFIED, "statusModule.dispFirstSubmitDate": "2021-02-10"}, note="within the year"),
        good({**_CERTIFIED, "statusModule.primaryCompletionDateStruct": {"date": "2020-08", "type": "ACTUAL"}},
             note="within the year, if late in the month"),
        good({**_CERTIFIED, "statusModule.primaryCompletionDateStruct": {"date": "2005-11", "type": "ACTUAL"}},
             note="before the law"),
    ],
)  # fmt: skip
def delay_certificate_late(_: Node, ctx: Context) -> Iterator[Problem]:
    """A certificate of delay or request for extension was first submitted over a year after the primary completion.

    Why: either delays results only if it is submitted before they are due.
    What to do: nothing can be done about it now, unless the primary completion date is wrong.
    False positives: the primary completion date may have been moved after the certificate.
    Source: 42 CFR 11.44, https://www.ecfr.gov/current/title-42/section-11.44
    """
    primary = ctx.memo(timeline).primary_completion
    certificate = ctx.node("statusModule").date("dispFirstSubmitDate")
    if primary is None or certificate is None or primary.date.first < REGISTRATION_LAW:
        return
    if certificate.certainly_after(months_later(primary.date.last, 12)):
        yield certificate.problem(
            f"a certificate of delay or a request for extension was first submitted on {certificate}, more than 12 "
            f"months after the primary completion date {primary}",
            hint="correct the primary completion date if it is wrong; otherwise nothing more can be done",
            related=[primary],
        )


@rule(
    "REG008",
    "results-without-protocol-or-sap",
    severity=ERROR,
    confidence=MEDIUM,
    at="$",
    when=lambda record: bool(record.get("hasResults") and record.get("resultsSection")),
    examples=[
        bad({"documentSection": None}, base="results"),
        bad({"documentSection.largeDocumentModule.largeDocs": [_DOCUMENT]}, base="results", note="no analysis plan"),
        good(base="results"),
        good({"documentSection.largeDocumentModule": {"noSap": True, "largeDocs": [_DOCUMENT]}}, base="results",
             note="the sponsor says that there is no analysis plan"),
        good({"documentSection": None, "statusModule.primaryCompletionDateStruct": {"date": "2017-01-10"}},
             base="results"),
        good({"documentSection": None, "statusModule.startDateStruct": {"date": "2015-02"},
              "statusModule.primaryCompletionDateStruct": {"date": "2017-01"}}, base="results"),
        good(),
    ],
)  # fmt: skip
def results_without_documents(record: Node, ctx: Context) -> Iterator[Problem]:
    """Results are shown, but no protocol or no statistical analysis plan was uploaded.

    Why: trials completed from 18 January 2017 on have to add both documents to their results.
    What to do: upload the protocol with its amendments and the analysis plan, or state that there is none.
    False positives: a statement that no analysis plan exists counts; observational studies and earlier ones are
    left alone.
    Source: 42 CFR 11.48, https://www.ecfr.gov/current/title-42/section-11.48
    """
    primary = ctx.memo(timeline).primary_completion
    if primary is None or primary.date.first < FINAL_RULE or not ctx.memo(study_facts).interventional:
        return
    module = record.get("documentSection", "largeDocumentModule") or {}
    documents = module.get("largeDocs") or []
    absent = []
    if not any(one.get("hasProtocol") for one in documents):
        absent.append("protocol")
    if not module.get("noSap") and not any(one.get("hasSap") for one in documents):
        absent.append("statistical analysis plan")
    if absent and ctx.shown("documentSection"):
        yield primary.problem(
            f"the study has results and was completed on {primary}, but no {' and no '.join(absent)} was uploaded",
            hint="upload the document, or state that there is no analysis plan",
        )


_FLAGS = {
    "isFdaRegulatedDrug": "Studies a U.S. FDA-regulated Drug Product",
    "isFdaRegulatedDevice": "Studies a U.S. FDA-regulated Device Product",
}


@rule(
    "REG009",
    "fda-flags-missing",
    severity=ERROR,
    at="$.protocolSection",
    when=lambda protocol: not _FLAGS.keys() <= (protocol.get("oversightModule") or {}).keys(),
    examples=[
        bad({"oversightModule.isFdaRegulatedDrug": None}, path="/protocolSection/oversightModule"),
        bad({"oversightModule": None}, path="/protocolSection"),
        good(),
        good({"oversightModule": None, "statusModule.startDateStruct": {"date": "2016-05", "type": "ACTUAL"},
              "statusModule.studyFirstSubmitDate": "2016-01-10"}, note="before the answers were asked for"),
        good({"oversightModule": None}, base="observational", note="optional for observational studies"),
        good({"oversightModule": None, "statusModule.overallStatus": "WITHHELD"}),
    ],
)  # fmt: skip
def fda_flags_missing(protocol: Node, ctx: Context) -> Iterator[Problem]:
    """It is not said whether a drug or device is studied that the FDA regulates.

    Why: without both answers nobody can tell which rules of U.S. law apply; studies everywhere have to give them.
    What to do: answer yes or no to both questions; no, where no such product is studied.
    False positives: asked of interventional studies that began on or after 18 January 2017.
    Source: PRS protocol definitions, Studies a U.S. FDA-regulated Drug Product,
    https://clinicaltrials.gov/policy/protocol-definitions#FDADrugProduct
    """
    facts = ctx.memo(study_facts)
    if not facts.interventional or facts.withheld or not facts.began_on_or_after(FINAL_RULE):
        return
    module = protocol.get("oversightModule")
    absent = [name for name in _FLAGS if name not in (module or {})]
    node = protocol.child("oversightModule") if module is not None else protocol
    questions = "' and to '".join(_FLAGS[name] for name in absent)
    yield node.problem(
        f"the answer to '{questions}' is missing",
        hint="answer yes or no; studies that began on or after 18 January 2017 need both answers",
        missing=absent[0] if module is not None else "oversightModule",
    )


@rule(
    "REG010",
    "expanded-access-link",
    severity=WARNING,
    at=_STATUS + ".expandedAccessInfo",
    when=lambda info: bool(info.get("hasExpandedAccess")),
    examples=[
        bad({"statusModule.expandedAccessInfo": {"hasExpandedAccess": True}},
            path=_PATH + "expandedAccessInfo"),
        bad({"statusModule.expandedAccessInfo": {"hasExpandedAccess": True, "nctId": "NCT09900001"}},
            path=_PATH + "expandedAccessInfo/nctId"),
        good(),
        good({"statusModule.expandedAccessInfo": {"hasExpandedAccess": True, "nctId": "NCT09900099"}}),
        good({"statusModule.expandedAccessInfo": {"nctId": "NCT09900099"}}),
    ],
)  # fmt: skip
def expanded_access_link(info: Node, ctx: Context) -> Iterator[Problem]:
    """Expanded access is available, but its record is not named, or the study names itself.

    Why: patients who cannot join the trial look for the way to the treatment in that record.
    What to do: enter the NCT number of the expanded access record.
    False positives: the record of the expanded access may not have a number yet.
    Source: PRS protocol definitions, Availability of Expanded Access,
    https://clinicaltrials.gov/policy/protocol-definitions#HasExpandedAccess
    """
    number = info.text("nctId")
    if not number:
        yield info.problem(
            "expanded access is available, but the NCT number of its record is missing",
            hint="enter the NCT number of the expanded access record",
            missing="nctId",
        )
    elif number == ctx.get("identificationModule.nctId"):
        yield info.problem(
            f"'{number}' is given as the record of expanded access, but it is this study's own number",
            "nctId",
            hint="enter the NCT number of the expanded access record",
        )


@rule(
    "REG014",
    "data-sharing-statement-missing",
    severity=WARNING,
    at="$.protocolSection",
    when=lambda protocol: "ipdSharing" not in (protocol.get("ipdSharingStatementModule") or {}),
    examples=[
        bad({"ipdSharingStatementModule": None}, path="/protocolSection"),
        bad({"ipdSharingStatementModule": {"description": "To be decided."}},
            path="/protocolSection/ipdSharingStatementModule"),
        good(),
        good({"ipdSharingStatementModule": {"ipdSharing": "NO"}}),
        good({"ipdSharingStatementModule": None}, base="observational", note="journals ask trials only"),
        good({"ipdSharingStatementModule": None, "statusModule.startDateStruct": {"date": "2018-06"}}),
        good({"ipdSharingStatementModule": None, "statusModule.overallStatus": "WITHDRAWN"}),
    ],
)  # fmt: skip
def data_sharing_statement_missing(protocol: Node, ctx: Context) -> Iterator[Problem]:
    """A trial with a start date in 2019 or later does not say whether its data will be shared.

    Why: journals that follow the ICMJE publish such trials only with a data-sharing plan in their registration.
    What to do: answer yes or no, and describe the plan.
    False positives: the registry itself does not ask for it; observational studies, withdrawn ones and those that
    began earlier are left alone.
    Source: ICMJE, data sharing,
    https://www.icmje.org/recommendations/browse/publishing-and-editorial-issues/clinical-trial-registration.html
    """
    facts = ctx.memo(study_facts)
    exempt = facts.withheld or facts.status == "WITHDRAWN"
    if not facts.interventional or exempt or not facts.began_on_or_after(DATA_SHARING):
        return
    module = protocol.get("ipdSharingStatementModule")
    node = protocol.child("ipdSharingStatementModule") if module is not None else protocol
    yield node.problem(
        f"the study has a start date in {_year(facts.began.first)}, but nothing says whether its data will be shared",
        hint="answer the question on sharing individual participant data, which journals ask of trials since 2019",
        missing="ipdSharing" if module is not None else "ipdSharingStatementModule",
    )


def _year(day: date) -> int:
    return day.year


@rule(
    "REG016",
    "documents-not-distinguished",
    severity=WARNING,
    at="$.documentSection.largeDocumentModule.largeDocs",
    when=lambda documents: len(documents) > 1,
    examples=[
        bad({"documentSection.largeDocumentModule.largeDocs": [_DOCUMENT, _DOCUMENT]}, base="results",
            path="/documentSection/largeDocumentModule/largeDocs/1"),
        bad({"documentSection.largeDocumentModule.largeDocs": [
            {**_DOCUMENT, "label": "Study Protocol"}, {**_DOCUMENT, "label": "study protocol "}]}, base="results"),
        good(base="results"),
        good({"documentSection.largeDocumentModule.largeDocs": [
            {**_DOCUMENT, "label": "Study Protocol: Part A"}, {**_DOCUMENT, "label": "Study Protocol: Part B"}]},
            base="results"),
        good({"documentSection.largeDocumentModule.largeDocs": [_DOCUMENT, {**_DOCUMENT, "date": "2022-01-05"}]},
             base="results", note="two versions with their dates"),
    ],
)  # fmt: skip
def documents_not_distinguished(documents: Node, ctx: Context) -> Iterator[Problem]:
    """Two uploaded documents of one type carry the same label and date.

    Why: readers cannot tell which of them is which.
    What to do: give each a subtitle, or remove the one that was replaced.
    False positives: versions of different dates are left alone.
    Source: results definitions, Document Upload, https://clinicaltrials.gov/policy/results-definitions#DocumentUploadInfo
    """
    seen: dict[tuple[str, str, str], Node] = {}
    for document in documents.items():
        kind, label = document.text("typeAbbrev"), document.text("label")
        key = (kind, label.lower(), document.text("date"))
        first = seen.setdefault(key, document)
        if first is not document and kind:
            shown = f"the label '{label}'" if label else "no label"
            yield document.problem(
                f"two documents of the type {kind} have {shown} and the same date",
                hint="give each a subtitle, or remove the one that was replaced",
                related=[first],
            )
