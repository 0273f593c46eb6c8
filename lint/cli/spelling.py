"""The speller of a run: its lexicon, the project's own words, words learnt from the records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from lint.config import Settings
from lint.errors import ConfigError
from lint.model import Record


def choose_speller(settings: Settings) -> None:
    """Let all rules of this process judge words as the settings say. Raises ConfigError for a file."""
    from lint.spelling import Speller, use_speller
    from lint.spelling.lexicon import SHIPPED, Lexicon

    if not (settings.dictionary or settings.dictionary_files or settings.lexicon):
        use_speller(None)
        return
    own = {word.lower() for word in settings.dictionary}
    for file in settings.dictionary_files:
        own.update(_words_of(file))
    use_speller(Speller(Lexicon(settings.lexicon or SHIPPED), own))


def _words_of(file: str) -> Iterator[str]:
    """Yield the words of a file: one a line, ``#`` begins a comment."""
    try:
        with open(file, encoding="utf-8") as lines:
            for line in lines:
                yield from line.partition("#")[0].lower().split()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"the dictionary '{file}' cannot be read: {error}", "check 'dictionary-files'") from error


def learnt_words(paths: Sequence[str], others: int, input_format: str | None, beside: Sequence[str]) -> tuple[str, ...]:
    """Return the doubtful words of the records at some paths that stand in so many other records as well."""
    from lint.api import Context
    from lint.rules.readers.words import doubtful_words

    counts: Counter[str] = Counter()
    for record in records_of(paths, input_format, beside):
        counts.update(Context(record.data, date.today()).memo(doubtful_words))  # noqa: DTZ011 (no rule is run)
    return tuple(sorted(word for word, count in counts.items() if count > others))


def records_of(paths: Iterable[str], input_format: str | None, beside: Sequence[str]) -> Iterator[Record]:
    """Yield the records of files and folders that have the form of one; what cannot be read is passed over."""
    from lint import schema
    from lint.sources import discover, read

    for file in discover(list(paths), input_format=input_format, beside=beside):
        for item in read(file, input_format=input_format):
            if isinstance(item, Record):
                checked = schema.check(item.data, engine="fast")
                yield item._replace(data=schema.usable(item.data, checked))
