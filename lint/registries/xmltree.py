"""Records that come as XML: the elements of one, and the record that is made from them, with its places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from lint.paths import ROOT, Path


class Element:
    """An element of an XML document.

    ``name`` is without its prefix. ``text`` is the character data directly inside, references resolved;
    "" where there is none but the white space between children. ``start`` is the byte of the file (as
    UTF-8) at which the start tag begins, ``stop`` that at which the content ends.
    """

    __slots__ = ("attributes", "children", "name", "start", "stop", "text")

    def __init__(self, name: str, attributes: Mapping[str, str], start: int) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Element] = []
        self.text = ""
        self.start = start
        self.stop = start

    def all(self, *names: str) -> list[Element]:
        """Return the elements reached by following names downwards, in document order."""
        found = [self]
        for name in names:
            found = [child for one in found for child in one.children if child.name == name]
        return found

    def first(self, *names: str) -> Element | None:
        """Return the first element reached by following names downwards."""
        return next(iter(self.all(*names)), None)

    def walk(self) -> Iterator[Element]:
        """Yield this element and all below it, in document order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(element.children)


class Place(NamedTuple):
    """Where a value of the record is written: in the text of an element, or in an attribute of it."""

    element: Element
    attribute: str = ""


class Remark(NamedTuple):
    """Something about an element that the user should know, under the code of a rule."""

    code: str
    message: str
    hint: str
    element: Element


class Draft:
    """A record in canonical shape under construction from the elements of one study.

    ``form`` names the form that it comes in; ``not_shown`` are the paths that this form cannot carry (as in
    ``Record``), and ``partial`` says that what it leaves out proves nothing. ``places`` says where each value
    and container is written; ``repeated`` are elements that were read but stand for no value of their own;
    ``remarks`` is what was noticed.
    """

    def __init__(self, study: Element, form: str, not_shown: tuple[Path, ...] = ()) -> None:
        self.study = study
        self.form = form
        self.not_shown = not_shown
        self.partial = False
        self.data: dict[str, Any] = {}
        self.places: dict[Path, Place] = {ROOT: Place(study)}
        self.repeated: list[Element] = []
        self.remarks: list[Remark] = []

    def note(self, code: str, message: str, hint: str, element: Element) -> None:
        """Remark on an element."""
        self.remarks.append(Remark(code, message, hint, element))

    @property
    def root(self) -> Group:
        """The record itself, as the group to begin with."""
        return Group(self, None, self.data, ROOT, self.study)


class Group:
    """An object of the record under construction; it appears in the record with its first value."""

    __slots__ = ("_data", "_draft", "_element", "_parent", "path")

    def __init__(
        self, draft: Draft, parent: Group | None, data: dict[str, Any], path: Path, element: Element | None
    ) -> None:
        self._draft = draft
        self._parent = parent
        self._data = data
        self.path = path
        self._element = element

    def put(self, name: str, value: Any, element: Element, attribute: str = "") -> None:
        """Set a member; it is written in an element or, if named, in an attribute of that element."""
        self._appear(element)
        self._data[name] = value
        path = (*self.path, name)
        self._draft.places[path] = Place(element, attribute)

    def group(self, name: str, element: Element | None = None) -> Group:
        """Return the object at a member, new or not; it stands at an element, else at its first value."""
        return Group(self._draft, self, self._data.get(name, {}), (*self.path, name), element)

    def add(self, name: str, element: Element) -> Group:
        """Append an object to the list at a member and return it."""
        items = self._list(name, element)
        path = (*self.path, name, len(items))
        items.append({})
        self._draft.places[path] = Place(element)
        return Group(self._draft, None, items[-1], path, element)

    def append(self, name: str, value: Any, element: Element, attribute: str = "") -> None:
        """Append a plain value to the list at a member."""
        items = self._list(name, element)
        path = (*self.path, name, len(items))
        self._draft.places[path] = Place(element, attribute)
        items.append(value)

    def also(self, element: Element | None) -> None:
        """Say that an element was read although it stands for no value of its own."""
        if element is not None:
            self._draft.repeated.append(element)

    def get(self, name: str) -> Any:
        """Return what a member was set to, or None."""
        return self._data.get(name)

    def _list(self, name: str, element: Element) -> list[Any]:
        if name not in self._data:
            self.put(name, [], element)
        items: list[Any] = self._data[name]
        return items

    def _appear(self, element: Element) -> None:
        if self._parent is not None:
            if not self._data:
                self._parent.put(str(self.path[-1]), self._data, self._element or element)
            self._parent = None
