"""Arrays of any framework as NumPy arrays of the four types that the core works in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..errors import ArgumentError
from .dtypes import Array
from .faults import clip

# Whole types of NumPy that the core takes as they are.
WORKING_TYPES = ("float32", "float64", "complex64", "complex128")

# What ``isbuiltin`` of a NumPy type says where another package has added the type.
EXTENSION_TYPE = 2


def is_live_array(value: object) -> bool:
    """Whether a value is an array of some framework, told by the protocols it offers and not by its type."""
    return not isinstance(value, (str, bytes, Mapping)) and any(
        hasattr(value, protocol) for protocol in ("__array__", "__array_interface__", "__dlpack__", "detach")
    )


def to_numpy(value: Any, name: str) -> Array:
    """The numbers of a live array as a NumPy array, without importing the framework it belongs to.

    Args:
        value: a NumPy, torch, JAX, CuPy or other array, on any device, of any shape and type of numbers.
        name: what to call it in a message.

    Returns:
        A NumPy array; a view where the framework can share its memory. Types that NumPy lacks, such as bfloat16,
        come back as float32.

    Raises:
        ArgumentError: the framework cannot hand over its numbers.
    """
    try:
        array = _exported(value)
    except Exception as error:  # whatever a framework raises, the caller's argument is at fault
        raise ArgumentError(
            f"{name}: expected an array of numbers, got {type(value).__name__}, which gives none: {error}"
        ) from error
    if array.dtype.isbuiltin == EXTENSION_TYPE:
        return _from_extension_type(array, name)
    if array.dtype.kind not in "biufc":
        raise ArgumentError(f"{name}: expected an array of numbers, got the type {clip(str(array.dtype))}")
    return array


def _exported(value: Any) -> Array:
    if isinstance(value, np.ndarray):
        return value
    if hasattr(value, "detach"):
        # torch: off the graph, off the device, and lazily conjugated or negated numbers made real.
        value = value.detach().cpu()
        for step in ("to_dense", "resolve_conj", "resolve_neg"):
            if hasattr(value, step):
                value = getattr(value, step)()
        try:
            return np.asarray(value.numpy())
        except TypeError:  # a type that NumPy lacks, such as bfloat16
            return np.asarray(value.float().numpy())
    if hasattr(value, "__cuda_array_interface__") and hasattr(value, "get"):
        return np.asarray(value.get())
    if hasattr(value, "__array__") or hasattr(value, "__array_interface__"):
        return np.asarray(value)
    if hasattr(value, "__dlpack__"):
        return np.from_dlpack(value)
    return np.asarray(value)


def _from_extension_type(array: Array, name: str) -> Array:
    """Types that another package adds to NumPy (ml_dtypes: JAX's bfloat16 and float8) say how to become float32."""
    try:
        return array.astype(np.float32)
    except (TypeError, ValueError) as error:
        raise ArgumentError(f"{name}: expected an array of numbers, got the type {array.dtype}") from error


def as_array(x: Any, name: str = "weights") -> Array:
    """Bring an array of any framework to one of the types that the core works in, and refuse what is no finite number.

    Args:
        x: an array of any framework, or nested sequences of numbers; any shape, byte order and memory layout.
        name: what to call it in a message.

    Returns:
        An array of float32, float64, complex64 or complex128 in native byte order: those types are kept, without
        copying where possible; integers, booleans and half precision become float64; wider types are rounded.

    Raises:
        ArgumentError: the entries are no numbers, or one is NaN or infinite; the message says which is the first.

    Example:
        >>> import numpy as np
        >>> from peterweyl.weights import as_array
        >>> as_array(np.eye(2, dtype=">i4")).dtype
        dtype('float64')
        >>> as_array([[1.0, float("nan")]], name="W")
        Traceback (most recent call last):
            ...
        peterweyl.errors.ArgumentError: W[0, 1]: expected finite numbers, got nan
    """
    array = to_numpy(x, name)
    if isinstance(array, np.ma.MaskedArray) and np.any(array.mask):
        raise ArgumentError(
            f"{name}: expected an array without masked entries, got {np.sum(array.mask):,} of them"
        )
    array = np.asarray(array)
    if array.dtype.newbyteorder("=").name in WORKING_TYPES:
        working = array.dtype.newbyteorder("=")
    else:
        working = np.dtype(np.complex128 if array.dtype.kind == "c" else np.float64)
    with np.errstate(over="ignore"):  # what overflows is reported below, as infinite
        result = array.astype(working, copy=False)
    finite = np.isfinite(result)
    if not finite.all():
        first = np.unravel_index(int(np.argmin(finite)), finite.shape)
        position = ", ".join(str(int(index)) for index in first)
        at = f"[{position}]" if position else ""
        raise ArgumentError(f"{name}{at}: expected finite numbers, got {result[first]}")
    return result


def combine_pairs(array: Any, axis: int) -> Array:
    """Join real and imaginary parts that lie next to each other on an axis of length 2.

    Args:
        array: real numbers, of any shape with length 2 along ``axis``: the real part first.
        axis: the axis of the pairs, negative from the end.

    Returns:
        A complex array without that axis: complex64 from float32, complex128 from anything else.

    Raises:
        ArgumentError: there is no such axis, its length is not 2, or the numbers are complex already.

    Example:
        >>> from peterweyl.weights import combine_pairs
        >>> combine_pairs([[1.0, 2.0], [0.0, -1.0]], axis=-1)
        array([1.+2.j, 0.-1.j])
    """
    parts = as_array(array, "array")
    if not -parts.ndim <= axis < parts.ndim:
        raise ArgumentError(f"axis={axis}: expected an axis of an array of shape {parts.shape}")
    if parts.shape[axis] != 2:
        raise ArgumentError(
            f"axis={axis}: expected an axis of length 2, for real and imaginary parts, got shape {parts.shape}"
        )
    if parts.dtype.kind == "c":
        raise ArgumentError(
            f"array: expected real numbers in pairs, got {parts.dtype}, which is complex already"
        )
    real, imaginary = np.moveaxis(parts, axis, 0)
    joined = np.empty(real.shape, np.result_type(parts.dtype, np.complex64))
    joined.real = real
    joined.imag = imaginary
    return joined
