"""One uniform message for every optional dependency that is missing."""

from __future__ import annotations

import importlib
from types import ModuleType

from .errors import MissingDependencyError


def optional_import(module: str, extra: str, purpose: str) -> ModuleType:
    """Import an optional dependency where it is used.

    Args:
        module: dotted name of the module, such as ``"h5py"``.
        extra: the extra of this package that installs it.
        purpose: what it is needed for, to be read after "needed to".

    Returns:
        The module.

    Raises:
        MissingDependencyError: the module is not installed.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        name = module.partition(".")[0]
        raise MissingDependencyError(
            f"{name} is needed to {purpose}: install it with  python -m pip install 'peterweyl[{extra}]'"
        ) from error
