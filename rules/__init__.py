"""The rules that ship, one module or YAML pack per family.

``MODULES`` and ``PACKS`` name what is loaded. A rule module imports ``lint.api`` and the readers
of this package, nothing else of the engine.
"""

MODULES = (
    "arm_links",
    "arm_texts",
    "arms",
    "conditions",
    "dates",
    "design",
    "eligibility",
    "eligibility_limits",
    "enrolment",
    "identifiers",
    "interventions",
    "linter",
    "locations",
    "organisations",
    "outcomes",
    "people",
    "reading",
    "references",
    "regulatory",
    "schema_codes",
    "spelling",
    "status",
    "structure",
    "text",
    "text_damage",
    "text_slips",
)
PACKS = (
    "arms",
    "conditions",
    "data_sharing",
    "design",
    "enrolment",
    "identifiers",
    "locations",
    "people",
    "references",
    "text",
)

FAMILIES = {
    "LNT": "The linter itself",
    "SRC": "Reading the input",
    "SCH": "Schema and required elements",
    "ENU": "Enumerations",
    "ARM": "Arms",
    "INT": "Interventions",
    "DES": "Design consistency",
    "ENR": "Enrolment",
    "DAT": "Dates and status timeline",
    "REG": "Regulatory and timeliness",
    "OUT": "Outcomes",
    "ELG": "Eligibility",
    "PER": "People and contacts",
    "ORG": "Organisations",
    "LOC": "Locations",
    "IDN": "Identifiers",
    "REF": "References and links",
    "TXT": "Text quality",
    "CND": "Conditions and keywords",
    "IPD": "Sharing of individual participant data",
}
