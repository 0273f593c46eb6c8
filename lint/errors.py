"""What can go wrong outside the records: usage, configuration, rules that do not load."""

from __future__ import annotations


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
