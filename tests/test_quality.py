"""What rules/quality.tsv claims, and that it claims something for every rule."""

import pytest

from lint.quality import measured_quality
from lint.rulebook import load_rulebook

BOOK = load_rulebook(local_code=False)
QUALITY = measured_quality()
BARS = {"error": 0.95, "warning": 0.90, "note": 0.80}


def test_there_is_a_row_for_every_rule_and_no_other():
    assert set(QUALITY) == set(BOOK.by_code)


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.code)
def test_a_rule_is_right_often_enough(rule):
    quality = QUALITY[rule.code]
    assert min(quality.hits, 20) <= quality.read
    assert quality.right <= quality.read <= quality.hits
    allowed = (1 - BARS[quality.graded]) * quality.read + 1e-9
    assert quality.read - quality.right <= (allowed if quality.read >= 20 else max(1, allowed))
    assert quality.hits or quality.remark
