"""registry-lint: a data-quality linter for clinical-trial registry records."""

from lint._mount import mount

__version__ = "0.1.0"

mount("schemas")
mount("rules")
