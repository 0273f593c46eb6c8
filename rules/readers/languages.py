"""Whether a text is in a language other than English, by its small words."""

from __future__ import annotations

import re

_SMALL_WORDS = (
    "de la el los las del y en con para por una un que der die das und mit von ist ein eine des les et une dans pour "
    "avec le du au il della per nel che dei do da em uma og af med til och het een van voor av som att hos zur zum"
)
_SMALL_ENGLISH_WORDS = "the of and to in with for is are be will or by that on as from at this was were"
_OTHERS = frozenset(_SMALL_WORDS.split())
_ENGLISH = frozenset(_SMALL_ENGLISH_WORDS.split())
_FEWEST_WORDS = 4
_FEWEST_SMALL_WORDS = 2


def is_foreign(text: str) -> bool:
    """Say whether a text has more small words of other languages than English ones, and two at least."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    others = sum(word in _OTHERS for word in words)
    if others < _FEWEST_SMALL_WORDS or len(words) < _FEWEST_WORDS:
        return False
    return others > sum(word in _ENGLISH for word in words)
