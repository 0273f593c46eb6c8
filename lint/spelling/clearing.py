"""Makes a lexicon in which words are marked that cannot be slips, so that runs need not find that out again."""

from __future__ import annotations

import os
from collections.abc import Mapping
from tempfile import TemporaryDirectory
from typing import Any

from lint.spelling.lexicon import Entry, Lexicon
from lint.spelling.lexicon_file import lexicon_bytes
from lint.spelling.score import read_weights
from lint.spelling.speller import Speller


def cleared_lexicon(entries: Mapping[str, Entry], about: Mapping[str, Any]) -> bytes:
    """Return the file of a lexicon as ``lexicon_bytes`` does, with its clear words marked."""
    weights = read_weights()
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        file = os.path.join(folder, "words.bin")
        with open(file, "wb") as unmarked:
            unmarked.write(lexicon_bytes({word: entry._replace(clear=False) for word, entry in entries.items()}, about))
        speller = Speller(Lexicon(file), weights=weights)
        clear = {word for word, _ in speller.lexicon.words() if speller.suspicion(word) is None}
    marked = {word: entry._replace(clear=word in clear) for word, entry in entries.items()}
    return lexicon_bytes(marked, {**about, "weights": weights.mark})
