"""One hash for everything that decides what is found in a record, but for the record and the day.

Two runs of the same hash find the same, on whatever machine. It is taken from the contents of files,
never from their dates or from where they lie.
"""

from __future__ import annotations

import os
import site
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from importlib import import_module
from types import ModuleType

from lint import __version__
from lint.config import Settings
from lint.engine import Plan
from lint.rulebook import PLUGIN_GROUP

LIBRARIES = ("google-re2", "jsonschema", "jsonschema-rs", "orjson", "pyyaml", "rapidfuzz")
"""The libraries whose versions can change what is found."""

_PARTS = ("lint", "lint.rules", "lint.schemas")


def ruleset_hash(plan: Plan, settings: Settings, *, local_code: bool) -> str:
    """Return the hash of the rules of a run, of what grades them, and of the code that runs them.

    ``settings`` say where rules of one's own, dictionaries and the lexicon lie. Where Python of others
    takes part (``local_code`` and a plugin, or a Python file among the rules), so does everything that is
    installed and every module that is loaded from elsewhere.
    """
    hashed = blake2b(digest_size=16)
    own_rules = [file for path in settings.rules for file in _rule_files(path)]
    words: list[Iterable[object]] = [
        (__version__, sys.implementation.name, sys.version),
        _versions(),
        [_package()],
        _contents(own_rules),
        _contents([*settings.dictionary_files, *filter(None, [settings.lexicon])]),
        sorted(settings.dictionary),
        _choices(plan),
    ]
    if local_code:
        plugins = list(_plugins())
        words.append(plugins)
        if plugins or any(file.endswith(".py") for file in own_rules):
            words += [_installed(), _loaded_from_elsewhere()]
    for part in words:
        _add(part, hashed)
        hashed.update(b";")
    return hashed.hexdigest()


def _add(words: Iterable[object], hashed: blake2b) -> None:
    for word in words:
        raw = word if isinstance(word, bytes) else str(word).encode("utf-8", "surrogateescape")
        hashed.update(b"%d:" % len(raw))
        hashed.update(raw)


def _choices(plan: Plan) -> Iterator[object]:
    """Yield what was chosen for the run."""
    yield from (plan.profile, int(plan.min_severity), plan.excerpts, plan.replacements, plan.debug, plan.schema_engine)
    yield sorted(plan.rules)
    yield sorted((code, int(severity)) for code, severity in plan.severities.items())
    for override in plan.overrides:
        yield sorted(override.scope.rules)
        yield override.scope[1:]
        yield override.severity


def _versions() -> Iterator[str]:
    from importlib.metadata import PackageNotFoundError, version

    for name in LIBRARIES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            continue


@lru_cache(maxsize=1)
def _package() -> bytes:
    """Return one hash of this package, taken once: what is installed later is not what this process has loaded."""
    hashed = blake2b(digest_size=16)
    _add(_files_of_package(), hashed)
    return hashed.digest()


def _files_of_package() -> Iterator[str | bytes]:
    """Yield name and bytes of every file of this package, of its rules and of its schemas."""
    folders = {name: _folder_of(import_module(name)) for name in _PARTS}
    for part, top in folders.items():
        for folder, inner, files in os.walk(top):
            inner[:] = sorted(
                name for name in inner if name != "__pycache__" and os.path.join(folder, name) not in folders.values()
            )
            for name in sorted(files):
                yield f"{part}/{os.path.relpath(os.path.join(folder, name), top)}".replace(os.sep, "/")
                yield _bytes_of(os.path.join(folder, name))


def _rule_files(path: str) -> list[str]:
    """Return the files that are rules, or could be, of a file or folder that the settings name."""
    if not os.path.isdir(path):
        return [path]
    return [os.path.join(path, name) for name in sorted(os.listdir(path)) if name.endswith((".py", ".yaml", ".yml"))]


def _plugins() -> Iterator[str | bytes]:
    """Yield what each plugin is called, and the files of the package that it comes from."""
    from importlib.metadata import entry_points

    for point in sorted(entry_points(group=PLUGIN_GROUP)):
        yield f"{point.name} = {point.value}"
        top = sys.modules.get(point.value.partition(":")[0].partition(".")[0])
        if top is not None:
            yield from _contents(_code_of(top))


def _code_of(module: ModuleType) -> list[str]:
    """Return the files of a module, or of everything in it if it is a package."""
    folders: Sequence[str] = list(getattr(module, "__path__", ()))
    if not folders:
        return [module.__file__] if module.__file__ else []
    found = [os.path.join(top, name) for start in folders for top, _, names in os.walk(start) for name in names]
    return sorted(file for file in found if not file.endswith(".pyc"))


def _installed() -> list[str]:
    """Return name and version of everything that is installed, as folders are called by it."""
    names: set[str] = set()
    for folder in sys.path:
        if os.path.isdir(folder or "."):
            names.update(name for name in os.listdir(folder or ".") if name.endswith((".dist-info", ".egg-info")))
    return sorted(names)


def _loaded_from_elsewhere() -> Iterator[str | bytes]:
    """Yield name and bytes of the modules that are neither Python's, nor installed, nor of this package."""
    installed = (*sysconfig.get_paths().values(), *site.getsitepackages(), site.getusersitepackages())
    known = [os.path.join(folder, "") for folder in (*installed, *map(_folder_of, _parts()))]
    modules: Mapping[str, ModuleType] = dict(sys.modules)
    for name in sorted(modules):
        file = getattr(modules[name], "__file__", None)
        if name != "__main__" and file and not file.startswith(tuple(known)):
            yield name
            yield _bytes_of(file)


def _parts() -> list[ModuleType]:
    return [import_module(name) for name in _PARTS]


def _folder_of(module: ModuleType) -> str:
    return os.path.dirname(os.path.abspath(module.__file__ or ""))


def _contents(files: Iterable[str]) -> Iterator[str | bytes]:
    """Yield name, without its folder, and bytes of some files."""
    for file in files:
        yield os.path.basename(file)
        yield _bytes_of(file)


def _bytes_of(file: str) -> bytes:
    with open(file, "rb") as handle:
        return handle.read()
