"""``load_weights``: one door for files and for live arrays."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any, overload

from ..errors import ArgumentError
from .arrays import is_live_array, to_numpy
from .dtypes import Array
from .expression import evaluate, looks_like_expression
from .faults import Malformed
from .formats import open_weights
from .limits import DEFAULT_MEMORY_LIMIT, MAX_DEPTH, Limits
from .mapping import SINGLE_NAME, Tensor, TensorInfo, Weights, array_tensor
from .selection import matching, select

LIVE_FORMAT = "live"


@overload
def load_weights(
    source: Any, tensor: None = None, *, memory_limit: int = DEFAULT_MEMORY_LIMIT
) -> Weights: ...


@overload
def load_weights(source: Any, tensor: str | int, *, memory_limit: int = DEFAULT_MEMORY_LIMIT) -> Array: ...


def load_weights(
    source: Any, tensor: str | int | None = None, *, memory_limit: int = DEFAULT_MEMORY_LIMIT
) -> Weights | Array:
    """Load weights from a file of any of the known formats, or from live arrays of any framework.

    Formats are told by content. Nothing in a file is executed, sizes are checked before memory is allocated, and
    tensors are read when they are asked for, as views of the file where NumPy has their type. Types that NumPy lacks
    (bfloat16, float8) are decoded to float32, exactly. Names of nested containers are joined by dots (HDF5: by
    slashes); a source that names nothing (``.npy``, a table of text, a bare array) has the one name ``"array"``.

    Args:
        source: a path; or an array of any framework; or a mapping of such arrays, nested or not.
        tensor: the one tensor to return: a name, a glob, ``"re:"`` and a regular expression, or a number (see
            ``select``), or an expression such as ``"W_x @ W[:256]"`` or ``"re + 1j * im"``; None for all of them.
        memory_limit: bytes that may be allocated for one tensor, or for one block that must be unpacked whole.

    Returns:
        Without ``tensor`` an immutable mapping from names to read-only arrays, with ``info`` for names, shapes and
        types that costs no reading; with it the read-only array.

    Raises:
        WeightsFormatError: the file is damaged, of no known format, or needs more than ``memory_limit``.
        WeightsFileNotFoundError: there is no such file; also a ``FileNotFoundError``.
        UnsafeCheckpointError: the file asks for code to be run.
        TensorNotFoundError: no tensor fits; the message lists near misses.
        ArgumentError: several tensors fit, or the source is neither a path nor arrays.
        MissingDependencyError: the format needs a package that is not installed.

    Example:
        >>> import numpy as np
        >>> from peterweyl.weights import load_weights
        >>> weights = load_weights({"embed": {"W_E": np.eye(3)}, "unembed": {"W_U": np.ones((3, 2))}})
        >>> list(weights)
        ['embed.W_E', 'unembed.W_U']
        >>> weights.info["embed.W_E"].shape
        (3, 3)
        >>> load_weights(weights, "*.W_U").shape
        (3, 2)
        >>> load_weights(weights, "embed.W_E[:2] @ unembed.W_U").tolist()
        [[1.0, 1.0], [1.0, 1.0]]
    """
    if isinstance(memory_limit, bool) or not isinstance(memory_limit, int) or memory_limit <= 0:
        raise ArgumentError(f"memory_limit: expected a positive number of bytes, got {memory_limit!r}")
    weights = _open(source, Limits(memory_limit))
    if tensor is None:
        return weights
    if isinstance(tensor, str) and not matching(weights, tensor) and looks_like_expression(tensor):
        array = evaluate(weights, tensor, memory_limit)
        array.flags.writeable = False
        return array
    return weights[select(weights, tensor)]


def tensor_infos(source: Any) -> tuple[TensorInfo, ...]:
    """List the tensors of a source without reading their numbers.

    Args:
        source: as for ``load_weights``.

    Returns:
        Name, shape, stored type, type after loading and size of each tensor, in the order of the source.

    Raises:
        Error: as for ``load_weights``.

    Example:
        >>> import numpy as np
        >>> from peterweyl.weights import tensor_infos
        >>> [(info.name, info.shape, info.stored_dtype) for info in tensor_infos(np.eye(2, dtype="float16"))]
        [('array', (2, 2), 'float16')]
    """
    return tuple(load_weights(source).info.values())


def _open(source: Any, limits: Limits) -> Weights:
    if isinstance(source, Weights):
        return source
    if isinstance(source, (str, os.PathLike)):
        return open_weights(source, limits)
    if not is_live_array(source) and not isinstance(source, Mapping):
        hint = "; give its state_dict()" if hasattr(source, "state_dict") else ""
        raise ArgumentError(
            f"source: expected a path, an array or a mapping of arrays, got {type(source).__name__}{hint}"
        )
    try:
        return Weights(_live_tensors(source), "", LIVE_FORMAT, "live arrays", limits)
    except Malformed as fault:
        raise ArgumentError(f"source: {fault}") from None


def _live_tensors(source: Any, name: str = "", depth: int = 0) -> Iterator[Tensor]:
    """Arrays in nested mappings, named by their keys; other values, such as numbers of steps, are left out."""
    if is_live_array(source):
        array = to_numpy(source, name or "source")
        yield array_tensor(name or SINGLE_NAME, array, _stored_name(source, array))
    elif isinstance(source, Mapping):
        if depth > MAX_DEPTH:
            raise Malformed(f"its mappings are nested more than {MAX_DEPTH} deep")
        for key, value in source.items():
            yield from _live_tensors(value, f"{name}.{key}" if name else str(key), depth + 1)


def _stored_name(source: Any, array: Array) -> str:
    """The framework's own word for the type, such as bfloat16, without its prefix."""
    dtype = getattr(source, "dtype", array.dtype)
    return str(getattr(dtype, "name", dtype)).rpartition(".")[2]
