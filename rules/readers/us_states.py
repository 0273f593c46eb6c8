"""Which postal codes belong to which state of the United States."""

from __future__ import annotations

from functools import lru_cache

_PREFIXES = """
Alabama 350-369; Alaska 995-999; Arizona 850-865; Arkansas 716-729 755; California 900-961; Colorado 800-816;
Connecticut 060-069; Delaware 197-199; District of Columbia 200-205 569; Florida 320-349; Georgia 300-319 398-399;
Hawaii 967-968; Idaho 832-838; Illinois 600-629; Indiana 460-479; Iowa 500-528; Kansas 660-679; Kentucky 400-427;
Louisiana 700-714; Maine 039-049; Maryland 206-219; Massachusetts 010-027 055; Michigan 480-499; Minnesota 550-567;
Mississippi 386-397; Missouri 630-658; Montana 590-599; Nebraska 680-693; Nevada 889-898; New Hampshire 030-038;
New Jersey 070-089; New Mexico 870-884; New York 005 063 100-149; North Carolina 270-289; North Dakota 580-588;
Ohio 430-459; Oklahoma 730-749; Oregon 970-979; Pennsylvania 150-196; Rhode Island 028-029; South Carolina 290-299;
South Dakota 570-577; Tennessee 370-385; Texas 733 750-799 885; Utah 840-847; Vermont 050-059; Virginia 201 220-246;
Washington 980-994; West Virginia 247-268; Wisconsin 530-549; Wyoming 820-831; Puerto Rico 006-007 009;
Virgin Islands 008; Guam 969; military post 090-098 340 962-966
"""
"""By the first three digits."""


@lru_cache(maxsize=1)
def _states_of_prefixes() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for entry in " ".join(_PREFIXES.split()).split("; "):
        words = entry.split()
        ranges = [word for word in words if word[0].isdigit()]
        state = " ".join(words[: len(words) - len(ranges)])
        for one in ranges:
            first, _, last = one.partition("-")
            for number in range(int(first), int(last or first) + 1):
                table[f"{number:03}"] = (*table.get(f"{number:03}", ()), state)
    return table


@lru_cache(maxsize=1)
def states() -> frozenset[str]:
    """Return the names of the states whose postal codes are known."""
    return frozenset(state for found in _states_of_prefixes().values() for state in found)


def states_of_zip(code: str) -> tuple[str, ...]:
    """Return the states that a postal code belongs to; () if nobody knows.

    Nobody knows where a code belongs that has lost its leading zero or has a digit too many.

    >>> states_of_zip("02114")
    ('Massachusetts',)
    >>> states_of_zip("2114")
    ()
    """
    digits = len(code.replace("-", "").replace(" ", ""))
    return _states_of_prefixes().get(code[:3], ()) if digits in (5, 9) else ()
