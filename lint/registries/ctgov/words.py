"""Values as people and older forms write them, turned into those of API v2: labels, dates, yes and no.

What is not understood comes back as it was, so that the schema can say what is wrong with it.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import Any

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_YES_NO = {
    "yes": True, "y": True, "true": True, "accepts healthy volunteers": True,
    "no": False, "n": False, "false": False,
}  # fmt: skip
_WRITTEN_DATE = re.compile(r"([A-Za-z]{3,9})\.? +(?:([0-9]{1,2})(?:st|nd|rd|th)?,? +)?([0-9]{4})")
_US_MINUTE = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4}) +([0-9]{2}:[0-9]{2})")
_IN_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*\Z")


def code_of(enumeration: str, text: str) -> str:
    """Return the code of a label of an enumeration (``Status``, ``Phase``; see ``codes.txt``), else the text.

    Case, blanks and punctuation do not count, nor what stands in brackets at the end.
    """
    known = codes()[enumeration]
    for words in (text, _IN_BRACKETS.sub("", text)):
        code = known.get(_folded(words))
        if code:
            return code
    return text


def yes_or_no(text: str) -> bool | str:
    """Read yes and no, in the words that forms have for them."""
    return _YES_NO.get(text.strip().casefold(), text)


def whole_number(text: str) -> int | str:
    """Read a whole number, with or without commas between thousands."""
    digits = text.strip()
    if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+", digits):
        digits = digits.replace(",", "")
    return int(digits) if re.fullmatch(r"[0-9]{1,18}", digits) else text


def iso_date(text: str) -> str:
    """Turn ``January 2013`` into ``2013-01`` and ``January 5, 2013`` into ``2013-01-05``."""
    match = _WRITTEN_DATE.fullmatch(text.strip())
    if not match:
        return text.strip()
    word, day, year = match.groups()
    month = next((at for at, name in enumerate(_MONTHS, 1) if name.startswith(word.lower())), 0)
    if not month:
        return text
    return f"{year}-{month:02}" + (f"-{int(day):02}" if day else "")


def iso_minute(text: str) -> str:
    """Turn ``09/11/2018 10:36`` (month first) into ``2018-09-11T10:36``."""
    match = _US_MINUTE.fullmatch(text.strip())
    return f"{match[3]}-{match[1]}-{match[2]}T{match[4]}" if match else text


def read_value(kind: str, text: str) -> Any:
    """Read a text as a kind of value: ``boolean``, ``integer``, ``date``, ``minute`` or an enumeration."""
    reader = _READERS.get(kind)
    return reader(text) if reader else code_of(kind, text)


_READERS = {"boolean": yes_or_no, "integer": whole_number, "date": iso_date, "minute": iso_minute}


@lru_cache(maxsize=1)
def codes() -> dict[str, dict[str, str]]:
    """Return the codes of each enumeration by their words, reduced to letters and digits."""
    found: dict[str, dict[str, str]] = {}
    name = ""
    with open(os.path.join(os.path.dirname(__file__), "codes.txt"), encoding="utf-8") as file:
        for line in file:
            if line.startswith(" "):
                code, *words = line.strip().split(" | ")
                found[name].update({_folded(word): code for word in (code, *words)})
            else:
                name = line.strip()
                found[name] = {}
    return found


def _folded(text: str) -> str:
    return re.sub(r"[^0-9a-z]+", "", text.lower())
