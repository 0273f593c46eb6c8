"""``lint lexicon``: build a lexicon for the speller, say what it knows."""

from __future__ import annotations

import os

import click

from lint.cli.planning import load_settings
from lint.cli.spelling import choose_speller, records_of
from lint.errors import UsageError
from lint.spelling import Speller, Standing, current_speller
from lint.spelling.lexicon import NONE, PLAIN, RARE, RIGHT, SHIPPED, Lexicon

_LEVELS = {
    NONE: "stands in no general word list",
    RARE: "stands in large word lists only",
    PLAIN: "stands in general word lists",
    RIGHT: "is listed as right although it looks like a slip",
}


@click.group("lexicon")
def command() -> None:
    """Build a lexicon for the speller, or ask what it knows."""


@command.command("build")
@click.argument("records", nargs=-1, required=True)
@click.option("--output", "-o", metavar="FILE", required=True, help="The file to write.")
@click.option("--fresh", is_flag=True, help="Count these records only, without the counts of the lexicon that ships.")
def build(records: tuple[str, ...], output: str, fresh: bool) -> None:
    """Count the words of records and write a lexicon.

    Word lists are taken from the lexicon that ships, and its counts too unless --fresh is given: give it
    where RECORDS are many thousands. The same records give the same file. Name it in the
    configuration: 'lexicon: FILE'.
    """
    from lint.rules.readers.words import spelling_texts
    from lint.spelling.clearing import cleared_lexicon
    from lint.spelling.counting import Counts

    counts, base = Counts(), Lexicon()
    for record in records_of(records, None, ()):
        counts.add(*spelling_texts(record.data))
    if not counts.total:
        raise UsageError(f"there is no record in {', '.join(records)}", "name files or folders with records")
    studies = counts.total + (0 if fresh else int(base.about["studies"]))
    about = {
        "name": os.path.basename(output),
        "studies": int(base.about["studies"]) if studies > int(base.about["studies"]) else studies,
        "sources": [*base.about["sources"], f"words of {counts.total:,} further studies"]
        if not fresh
        else [f"words of {counts.total:,} studies", *base.about["sources"][1:]],
    }
    data = cleared_lexicon(counts.entries(base, fresh=fresh), about)
    with open(output, "wb") as file:
        file.write(data)
    click.echo(f"{output}: words of {counts.total:,} studies, {len(data):,} bytes")


@command.command("info")
@click.argument("file", required=False)
def info(file: str | None) -> None:
    """Say what a lexicon is made of: FILE, or the one that the configuration names, or the one that ships."""
    lexicon = Lexicon(file) if file else _speller().lexicon
    about = lexicon.about
    click.echo(f"{'the lexicon that ships' if lexicon.file == SHIPPED else lexicon.file}: {about['name']}")
    click.echo(f"  {about['words']:,} words, {about['frequent']:,} of them frequent; counts scaled to "
               f"{about['studies']:,} studies")  # fmt: skip
    for source in about["sources"]:
        click.echo(f"  {source}")


@command.command("explain")
@click.argument("word")
def explain(word: str) -> None:
    """Say what is known of a WORD, and whether and why it would be reported in a sentence.

    The record around it counts as well: a word with capitals, beside names or in several places is
    reported less often, one whose correction stands in the same record more often.
    """
    word = word.lower()
    if not (word.isascii() and word.isalpha()):
        raise UsageError(f"'{word}' is not a word of the letters a to z", "only those are checked")
    speller = _speller()
    entry = speller.lexicon.find(word)
    click.echo(f"'{word}' {_LEVELS[entry.level]}.")
    click.echo(f"  {entry.studies:,.0f} of {speller.lexicon.about['studies']:,} studies use it, "
               f"{entry.names:,.0f} have it in names of organisations and places.")  # fmt: skip
    if word in speller.own:
        click.echo("  It is one of your own words and never reported.")
        return
    for right, features in sorted(speller.candidates(word)):
        model = speller.lexicon.find(right)
        parts = ((value * speller.weights.features.get(name, 0.0), name) for name, value in features.items())
        grounds = sorted((part for part in parts if abs(part[0]) >= 0.5 and part[1] != "constant"), reverse=True)
        click.echo(f"  '{right}' is near and stands in {model.studies:,.0f} studies: "
                   + ", ".join(f"{name} {number:+.1f}" for number, name in grounds))  # fmt: skip
    click.echo(f"  {_verdict(word, speller)}")


def _verdict(word: str, speller: Speller) -> str:
    def nowhere(_word: str) -> int:
        return 0

    for strict in (False, True):
        verdict = speller.judge(word, Standing(nowhere), strict=strict)
        if verdict:
            where = " with the profile 'strict'" if strict else ""
            return f"It is reported{where}: '{verdict.right}' is probably meant."
    name = speller.judge(word, Standing(nowhere, name=True))
    if name:
        return f"It is reported in names of organisations and places: '{name.right}' is probably meant."
    return "It is not reported."


def _speller() -> Speller:
    choose_speller(load_settings(None, False, {}))
    return current_speller()
