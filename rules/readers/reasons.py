"""Words with which the texts of results say why a number is what it is."""

from __future__ import annotations

from lint.api import pattern

says_no_data = pattern(
    r"(?i)\bnot (?:be |been )?(?:collect|analy|done|perform|assess|measur|avail|report|evaluat|conduct|calculat|record)"
    r"|\bnot? (?:longer )?(?:determin|poss|appl)|\bno (?:data|participant|subject|patient|analys|longer)"
    r"|insufficient|terminat|withdr|because|\bdue to|unable|cancel"
)
"""There are no data, or why there are none."""

says_who_left = pattern(
    r"(?i)\bnot\b|exclu|screen|fail|withdr|declin|ineligib|lost|consent|unable|no data|died|dropp|discontinu"
)
"""Some did not begin, or did not go on."""

says_who_counts = pattern(
    r"(?i)population|at least one dose|intent[- ]to|\bITT\b|analy[sz]|withdr|missing|dropp|restricted|subset|subgroup"
    r"|\bamong|per[- ]protocol|complete[rd]|evaluable|\ball (?:randomi|treated)|\b(?:who|were|been) (?:randomi|treated)"
    r"|\b(?:eligible|treated) (?:and|patients|participants|subjects)|\bonly (?:participants|patients|subjects|those)"
)
"""Who of all participants was looked at."""

says_as_treated = pattern(r"(?i)recei|treated|safety|actual|dose|switch|cross")
"""Participants are counted by the treatment that they got, not by the one that they were assigned to."""

says_moved = pattern(r"(?i)titrat|at the time of (?:the )?(?:event|onset)")
"""Participants are counted where they were at a time, after they had moved between groups."""

says_later = pattern(
    r"(?i)follow-?up|extension|long-term|\b(?:at|after|in) (?:study )?(?:month|year)s? [1-9]"
    r"|\b(?:months|years) (?:after|later)\b"
)
"""Participants were looked at some time after they had entered the study."""

says_joined = pattern(r"(?i)extension|roll(?:ed)?[- ]?over|open[- ]label (?:period|phase|part)")
"""Others joined a group later, in an extension."""

says_not_analysable = pattern(r"(?i)\b(?:no|not|never|without|ineligible)\b")
"""A reason for not completing that leaves nothing to analyse: never treated, no data."""

_people = pattern(
    r"(?i)\b(?:n ?= ?([0-9]+)|([0-9]+) (?:[a-z-]+ ){0,2}"
    r"(?:participants?|patients?|subjects?|people|persons?|women|men|children|infants?|adults?|volunteers?|were|was|had"
    r"|completed|received|underwent)\b)"
)


def counts_of_people(text: str) -> list[str]:
    """Return the figures that are said of people (28 patients were, N=28), not dates or doses."""
    return [first or second for first, second in _people().findall(text)]
