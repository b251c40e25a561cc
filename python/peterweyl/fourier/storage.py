"""Plans in files: npz archives of plain arrays, versioned; nothing in them is executed."""

from __future__ import annotations

import json
import os
from typing import Any, Final

import numpy as np

from .. import _core
from ..errors import ArgumentError

__all__ = ["read_header", "read_plan", "write_plan"]

_FORMAT: Final = "peterweyl Fourier plan"
_VERSION: Final = 1
_TOLERANCE: Final = 1e-11


def write_plan(path: str | os.PathLike[str], irreps: _core.AdaptedIrreps, header: dict[str, Any]) -> None:
    """Write the irreps along their chain, with a header of plain JSON."""
    structure, values, elements = irreps.pack()
    document = {"format": _FORMAT, "version": _VERSION, "irreps": irreps.method, **header}
    with open(path, "wb") as file:
        np.savez(
            file,
            header=np.frombuffer(json.dumps(document).encode(), np.uint8),
            structure=structure,
            values=values,
            elements=elements,
        )


def read_header(path: str | os.PathLike[str]) -> dict[str, Any]:
    """The header of a file that :func:`write_plan` wrote."""
    try:
        with np.load(path, allow_pickle=False) as archive:
            header = json.loads(archive["header"].astype(np.uint8).tobytes())
    except (ValueError, KeyError, EOFError) as error:
        raise ArgumentError(
            f"path: expected a file written by FourierPlan.save, got {path}: {error}"
        ) from None
    if not isinstance(header, dict) or header.get("format") != _FORMAT:
        raise ArgumentError(f"path: expected a file written by FourierPlan.save, got {path}")
    if header.get("version") != _VERSION:
        raise ArgumentError(f"path: expected version {_VERSION} of the format, got {header.get('version')}")
    return header


def read_plan(path: str | os.PathLike[str], group: _core.Group, method: str) -> _core.AdaptedIrreps:
    """The irreps in a file, checked to be well formed and to be representations of the group."""
    with np.load(path, allow_pickle=False) as archive:
        try:
            structure = np.ascontiguousarray(archive["structure"], np.uint32)
            values = np.ascontiguousarray(archive["values"], np.complex128)
            elements = np.ascontiguousarray(archive["elements"], np.uint32)
        except (KeyError, ValueError, TypeError) as error:
            raise ArgumentError(f"path: expected the arrays of a Fourier plan in {path}: {error}") from None
    irreps = _core.AdaptedIrreps.unpack(group, structure, values, elements, method)
    if not irreps.residual <= _TOLERANCE:
        raise ArgumentError(
            f"path: expected irreps of this very group, its elements in this order; those in {path} miss its "
            f"products by {irreps.residual:.1e}"
        )
    return irreps
