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

    @property
    def words_of_names(self) -> frozenset[str]:
        """The words of the names of what the arm gets."""
        return frozenset(word for name in self.names for word in folded(unescape(without_type(name))).split())

    @property
    def own_words(self) -> frozenset[str]:
        """The words of the title that are neither numbers of arms nor names of what the arm gets."""
        return frozenset(_ORDINAL().sub("", self.title).split()) - self.words_of_names

    @property
    def says_dose(self) -> bool:
        """Whether the title names a dose, a cohort or another number that is not that of the arm."""
        return any(word in _DOSES or any(map(str.isdigit, word)) for word in self.own_words)


_DOSES = frozenset(["dose", "doses", "dosing", "high", "low", "medium", "middle", "level"])


def read_arms(ctx: Context) -> list[Arm]:
    """Read the arms of the record; use it as ``ctx.memo(read_arms)``."""
    groups: list[dict[str, Any]] = ctx.get("armsInterventionsModule.armGroups") or []
    arms = []
    for index, group in enumerate(groups):
        label = unescape(group.get("label") or "").strip()
        names = tuple(sorted(group.get("interventionNames") or ()))
        arms.append(Arm(index, label, folded(label), (group.get("description") or "").strip(), names))
    return arms


def same_treatment(ctx: Context) -> list[list[Arm]]:
    """Return the groups of arms that list exactly the same interventions; use it with ``ctx.memo``."""
    arms = ctx.memo(read_arms)
    if len({arm.names for arm in arms}) == len(arms):
        return []
    by_names: dict[tuple[str, ...], list[Arm]] = {}
    for arm in arms:
        if arm.names:
            by_names.setdefault(arm.names, []).append(arm)
    return [group for group in by_names.values() if len(group) > 1]


def indistinct(ctx: Context) -> list[tuple[list[Arm], list[Arm]]]:
    """Return groups of arms of the same treatment, each with those that no text tells from another.

    Words of a title count unless they are numbers of arms or names of the interventions, words of
    a description unless they are such names. Use it with ``ctx.memo``.
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
    """Return those of some arms that have a description of the same words as another one."""
    names = arms[0].words_of_names
    said = [(arm, folded(unescape(arm.description)).split()) for arm in arms]
    return [
        arm
        for arm, words in said
        if any(other is not arm and _same_words(words, theirs, names) for other, theirs in said)
    ]


def _same_words(one: list[str], other: list[str], names: frozenset[str]) -> bool:
    """Say whether two texts consist of the same words beside some names; another order of them counts."""
    if one == other:
        return True
    return set(one) - names == set(other) - names and sorted(one) != sorted(other)


def listed(arms: Sequence[Arm], most: int = 4) -> str:
    """Return the titles of some arms in quotes, at most so many of them."""
    titles = [f"'{arm.label}'" for arm in arms[:most]]
    if len(arms) > most:
        titles.append(f"{len(arms) - most} more")
    return " and ".join([", ".join(titles[:-1]), titles[-1]]) if len(titles) > 1 else titles[0]
