"""Makes ``lint.rules`` and ``lint.schemas`` importable from a checkout.

In a wheel both folders lie inside the package and nothing is to be done. In a checkout or an
editable install they are its neighbours, because packages called ``rules`` and ``schemas``
at the top of site-packages would collide with other people's.
"""

from __future__ import annotations

import os
import sys
from importlib.util import module_from_spec, spec_from_file_location

_HERE = os.path.dirname(os.path.abspath(__file__))


def mount(name: str) -> None:
    """Register the neighbouring folder as ``lint.<name>`` unless the package holds it."""
    folder = os.path.join(os.path.dirname(_HERE), name)
    full_name = f"lint.{name}"
    if full_name in sys.modules or os.path.isdir(os.path.join(_HERE, name)):
        return
    spec = spec_from_file_location(full_name, os.path.join(folder, "__init__.py"), submodule_search_locations=[folder])
    if spec is None or spec.loader is None:
        raise ImportError(f"{full_name} is missing: neither in the package nor at {folder}")
    module = module_from_spec(spec)
    sys.modules[full_name] = module
    spec.loader.exec_module(module)
    setattr(sys.modules["lint"], name, module)
