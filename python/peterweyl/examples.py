"""The small trained networks that come with the package: what they are and where their files lie.

The files and ``examples.json``, which describes them, were written by the scripts in ``docs/examples``.
"""

from __future__ import annotations

import copy
import difflib
import functools
import json
from importlib import resources
from pathlib import Path
from typing import Any

from .errors import ArgumentError

__all__ = ["description", "names", "path"]


def __dir__() -> list[str]:
    return __all__


def _data() -> Path:
    return Path(str(resources.files(__package__))) / "data"


@functools.cache
def _descriptions() -> dict[str, dict[str, Any]]:
    manifest = json.loads((_data() / "examples.json").read_text(encoding="utf-8"))
    return {entry["name"]: entry for entry in manifest["examples"]}


def _entry(name: str) -> dict[str, Any]:
    entries = _descriptions()
    if name not in entries:
        near = difflib.get_close_matches(name, entries, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise ArgumentError(f"name: expected one of {', '.join(entries)}, got {name!r}{hint}")
    return entries[name]


def names() -> tuple[str, ...]:
    """Names of the networks, in alphabetical order.

    Examples:
        >>> from peterweyl import examples
        >>> examples.names()[:2]
        ('composition_s4', 'composition_s4_untrained')
    """
    return tuple(sorted(_descriptions()))


def path(name: str) -> Path:
    """The file with the weights of a network.

    Args:
        name: one of `names()`.

    Returns:
        The path of a ``.safetensors``, ``.npz`` or ``.pt`` file.

    Raises:
        ArgumentError: there is no such network.
    """
    file: str = _entry(name)["file"]
    return _data() / file


def description(name: str) -> dict[str, Any]:
    """What is known about a network.

    Args:
        name: one of `names()`.

    Returns:
        A new dictionary: ``name``, ``title``, ``group`` (the spec of the group), ``architecture``,
        ``harmonic`` (``"yes"``, ``"mostly"`` or ``"no"``), ``tensors`` (for every one its ``role``: ``block``,
        ``left``, ``right`` or ``out``, its ``shape``, ``dtype`` and ``group_axis``, the axis that runs over
        the elements), ``seed``, ``steps``, ``loss``, ``figures`` (reached in training, measured by the
        script), ``file``, and ``script`` and ``command`` that made it.

    Raises:
        ArgumentError: there is no such network.
    """
    return copy.deepcopy(_entry(name))
