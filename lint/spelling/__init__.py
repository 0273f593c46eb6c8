"""Misspellings: what the registry and general word lists know of a word, and what was probably meant.

Membership in a dictionary is not the signal: most words of trial records that no dictionary has
are right. The signal is a rare word a slip or two from a word that the registry uses far more often.
"""

from lint.spelling.score import Standing
from lint.spelling.speller import Speller, Verdict, current_speller, use_speller

__all__ = ["Speller", "Standing", "Verdict", "current_speller", "use_speller"]
