"""The arms of a record: what they are called, what they get, whether anything tells them apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from lint.api import Context, pattern, unescape
from lint.rules.readers.interventions import without_type
from lint.rules.readers.labels import folded

_ORDINAL = pattern(r"\b(?:arm|group)s? ?(?:[0-9]{1,2}|[a-z]|[ivx]+)?\b|^(?:[0-9]{1,2}|[a-z]|[ivx]+)$")


class Arm(NamedTuple):
    """An arm or group: its position, its title as written and folded, what it lists as interventions."""

    position: int
    label: str
    title: str
    description: str
    names: tuple[str, ...]
    entries: tuple[int, ...] = ()
    """Which interventions list the arm, where several have one name: only that tells what it gets."""

    @property
    def words_of_names(self) -> frozenset[str]:
        """The words of the names of what the arm gets."""
        return frozenset(word for name in self.names for word in folded(unescape(without_type(name))).split())

    @property
    def title_words(self) -> frozenset[str]:
        """The words of the title that are no numbers of arms."""
        return frozenset(_ORDINAL().sub("", self.title).split())

    @property
    def own_words(self) -> frozenset[str]:
        """The words of the title that are neither numbers of arms nor names of what the arm gets."""
        return self.title_words - self.words_of_names

    @property
    def says_dose(self) -> bool:
        """Whether the title names a dose, a cohort or another number that is not that of the arm."""
        return any(word in _DOSES or any(map(str.isdigit, word)) for word in self.own_words)

    @property
    def says_population(self) -> bool:
        """Whether the title names a kind of participants."""
        return not self.own_words.isdisjoint(_POPULATIONS)


_POPULATION_WORDS = (
    "patient patients subject subjects participants healthy volunteers adult adults child children adolescents infants "
    "male males female females men women phenotype genotype carriers risk naive mild moderate severe"
)
_POPULATIONS = frozenset(_POPULATION_WORDS.split())
_DOSES = frozenset(["dose", "doses", "dosing", "high", "low", "medium", "middle", "level"])


def read_arms(ctx: Context) -> list[Arm]:
    """Read the arms of the record; use it as ``ctx.memo(read_arms)``."""
    groups: list[dict[str, Any]] = ctx.get("armsInterventionsModule.armGroups") or []
    namesakes = _namesakes(ctx)
    arms = []
    for index, group in enumerate(groups):
        label = unescape(group.get("label") or "").strip()
        names = tuple(sorted(group.get("interventionNames") or ()))
        entries = tuple(at for at, labels in namesakes if group.get("label") in labels) if namesakes else ()
        arms.append(Arm(index, label, folded(label), (group.get("description") or "").strip(), names, entries))
    return arms


def _namesakes(ctx: Context) -> list[tuple[int, Sequence[str]]]:
    """Return positions and arms of the interventions that share their name with a differently described one."""
    given: list[dict[str, Any]] = ctx.get("armsInterventionsModule.interventions") or []
    if len({one.get("name") for one in given}) == len(given):
        return []
    texts: dict[Any, set[Any]] = {}
    for one in given:
        texts.setdefault(one.get("name"), set()).add(one.get("description"))
    return [(at, one.get("armGroupLabels") or ()) for at, one in enumerate(given) if len(texts[one.get("name")]) > 1]


def same_treatment(ctx: Context) -> list[list[Arm]]:
    """Return the groups of arms that list exactly the same interventions; use it with ``ctx.memo``."""
    arms = ctx.memo(read_arms)
    if len({arm.names for arm in arms}) == len(arms):
        return []
    by_names: dict[tuple[tuple[str, ...], tuple[int, ...]], list[Arm]] = {}
    for arm in arms:
        if arm.names:
            by_names.setdefault((arm.names, arm.entries), []).append(arm)
    return [group for group in by_names.values() if len(group) > 1]


def indistinct(ctx: Context) -> list[tuple[list[Arm], list[Arm]]]:
    """Return groups of arms of the same treatment, each with those that no text tells from another.

    Words of a title count unless they are numbers of arms or names of the interventions; two
    titles that each name another part of the treatment tell arms apart. Use it with ``ctx.memo``.
    """
    found = []
    for arms in ctx.memo(same_treatment):
        by_words: dict[frozenset[str], list[Arm]] = {}
        for arm in arms:
            by_words.setdefault(arm.own_words, []).append(arm)
        alike = [arm for same in by_words.values() if len(same) > 1 for arm in _described_alike(same)]
        if alike:
            found.append((arms, sorted(alike)))
    return found


def _described_alike(arms: list[Arm]) -> list[Arm]:
    """Return those of some arms whose description is that of another one, and whose title is part of its title."""
    said = [(arm, arm.title_words, folded(unescape(arm.description))) for arm in arms]
    return [
        arm
        for arm, words, text in said
        if any(
            other is not arm and text == theirs and (words <= title or title <= words) for other, title, theirs in said
        )
    ]


def listed(arms: Sequence[Arm], most: int = 4) -> str:
    """Return the titles of some arms in quotes, at most so many of them."""
    titles = [f"'{arm.label}'" for arm in arms[:most]]
    if len(arms) > most:
        titles.append(f"{len(arms) - most} more")
    return " and ".join([", ".join(titles[:-1]), titles[-1]]) if len(titles) > 1 else titles[0]
