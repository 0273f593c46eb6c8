"""What can go wrong outside the records: usage, configuration, rules that do not load."""

from __future__ import annotations

from collections.abc import Iterable


class LintError(Exception):
    """A fault that ends the run with exit code 2 and one clear line.

    ``hint`` says what to do about it.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class UsageError(LintError):
    """A command, option or value that the program does not know."""


class ConfigError(LintError):
    """A configuration file that cannot be read or says something unknown."""


class RuleError(LintError):
    """A rule, rule pack or plugin that does not load or contradicts itself."""


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return a hint naming the known word nearest to an unknown one.

    Without a near one the hint is ``otherwise``, or the list of all known words.
    """
    from difflib import get_close_matches

    words = list(known)
    near = get_close_matches(word, words, 1) or get_close_matches(word.lower(), words, 1)
    return f"did you mean '{near[0]}'?" if near else otherwise or f"known are {', '.join(words)}"
