"""Weights from any framework's file, or from live arrays: bounded readers that execute nothing.

``load_weights`` opens a file, ``tensor_infos`` lists what is in it, ``select`` finds a tensor by name, glob, regular
expression or number, ``as_array`` and ``combine_pairs`` bring arrays to the types that the core works in.
"""

from __future__ import annotations

from .arrays import as_array, combine_pairs
from .limits import DEFAULT_MEMORY_LIMIT
from .loading import load_weights, tensor_infos
from .mapping import TensorInfo, Weights
from .selection import TensorNotFoundError, matching, select
from .source_file import WeightsFileNotFoundError

__all__ = [
    "DEFAULT_MEMORY_LIMIT",
    "TensorInfo",
    "TensorNotFoundError",
    "Weights",
    "WeightsFileNotFoundError",
    "as_array",
    "combine_pairs",
    "load_weights",
    "matching",
    "select",
    "tensor_infos",
]


def __dir__() -> list[str]:
    return __all__
