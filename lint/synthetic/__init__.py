"""Made-up registry records for tests of scale and recall: plausible, seeded, nobody's data."""

from lint.synthetic import (
    flaws_analyses,
    flaws_arms,
    flaws_criteria,
    flaws_design,
    flaws_people,
    flaws_protocol,
    flaws_registration,
    flaws_reported,
    flaws_results,
    flaws_sites,
    flaws_texts,
    flaws_wording,
)
from lint.synthetic.planting import PLANTERS
from lint.synthetic.records import MOST, make_record
from lint.synthetic.registry import Made, make
from lint.synthetic.study import AS_OF

__all__ = [
    "AS_OF", "MOST", "PLANTERS", "Made", "flaws_analyses", "flaws_arms", "flaws_criteria", "flaws_design",
    "flaws_people", "flaws_protocol", "flaws_registration", "flaws_reported", "flaws_results", "flaws_sites",
    "flaws_texts", "flaws_wording", "make", "make_record",
]  # fmt: skip
