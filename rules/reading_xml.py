"""SRC: reading records that come as XML. The readers raise these before any rule looks at a record."""

from __future__ import annotations

from lint.api import ERROR, WARNING, Rule, Severity, bad, declare, good

_XML = "Extensible Markup Language (XML) 1.0, https://www.w3.org/TR/xml/"
_INSIDE = (
    "<id_info><org_study_id>EX-1</org_study_id><nct_id>NCT09900001</nct_id></id_info><brief_title>Exampline in Adults"
    "</brief_title>"
)
_CLEAN = f"<clinical_study>{_INSIDE}</clinical_study>"
_UPLOAD = (
    "<study_collection><clinical_study><id_info><org_name>ExampleU</org_name><org_study_id>EX-1</org_study_id></id_info>"
    "<study_design><interventional_design>{}</interventional_design></study_design>"
    "<arm_group><arm_group_label>Exampline</arm_group_label></arm_group></clinical_study></study_collection>"
)


def _reading(code: str, name: str, doc: str, *sources: str, severity: Severity = ERROR,
             clean: tuple[str, ...] = (_CLEAN,)) -> Rule:  # fmt: skip
    """Declare a rule of the readers; ``sources`` are inputs that it flags, ``clean`` such that it leaves alone."""
    examples = [*(bad(source=source) for source in sources), *(good(source=source) for source in clean)]
    return declare(code, name, doc, severity=severity, raised_by="reader", examples=examples)


BROKEN_XML = _reading(
    "SRC030",
    "broken-xml",
    f"""The text breaks the grammar of XML.

    Why: no program can read the document from that place on. The records before it were checked, no others.
    What to do: correct the place that is shown; an ampersand in a text is written &amp; and a less-than sign &lt;.
    Source: {_XML}#sec-well-formed
    """,
    f"<clinical_study>{_INSIDE}<brief_summary>Salt & water</brief_summary></clinical_study>",
    f"<all>{_CLEAN}<clinical_study></all>",
)

XML_DECLARATIONS = _reading(
    "SRC031",
    "xml-declarations",
    """An XML document brings declarations of its own, such as entities.

    Why: a few lines of entities can stand for billions of characters or for files of the reader's computer, so
    they are not followed. The registry's files have none.
    What to do: delete the part in square brackets after <!DOCTYPE, and write out what its names stand for.
    Source: improper restriction of XML entities, https://cwe.mitre.org/data/definitions/776.html
    """,
    f'<!DOCTYPE clinical_study [<!ENTITY a "aaa">]>{_CLEAN}',
)

XML_ELEMENT_NOT_UNDERSTOOD = _reading(
    "SRC032",
    "xml-element-not-understood",
    """An element of an XML record is not known, so what it says was not checked.

    Why: nothing of a record may be dropped without a word.
    What to do: look whether the name is misspelt or the element stands in the wrong place.
    Source: the structure of records of the registry, https://clinicaltrials.gov/data-api/about-api/study-data-structure
    """,
    f"<clinical_study>{_INSIDE}<brief_tittle>Exampline</brief_tittle></clinical_study>",
    severity=WARNING,
)

UPLOAD_CONTRADICTS_ITSELF = _reading(
    "SRC033",
    "upload-contradicts-itself",
    """An upload file says one thing twice, and differently: how many arms there are, or whether anybody is masked.

    Why: the registry stores both answers or refuses the file, and readers do not know which one holds.
    What to do: correct the answer that is wrong.
    False positives: only files for the upload are looked at, as no other form says these things twice; a number of arms
    is compared only where arms are given.
    Source: Number of Arms and Masking, https://clinicaltrials.gov/policy/protocol-definitions#StudyDesign
    """,
    _UPLOAD.format("<number_of_arms>2</number_of_arms>"),
    _UPLOAD.format("<no_masking>Yes</no_masking><masked_subject>Yes</masked_subject>"),
    severity=WARNING,
    clean=(
        _UPLOAD.format(
            "<no_masking>Yes</no_masking><masked_subject>No</masked_subject><number_of_arms>1</number_of_arms>"
        ),
    ),
)
