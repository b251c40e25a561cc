"""Types of numbers as files store them, the ones that NumPy lacks included, and how their bytes become arrays."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from math import prod
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from .faults import Malformed, quote

Array = NDArray[Any]
ByteOrder = Literal["<", ">"]


@dataclass(frozen=True)
class StoredType:
    """A type of numbers in a file.

    Attributes:
        name: NumPy's word for it, or the word of ``ml_dtypes`` where NumPy has none, such as ``"bfloat16"``.
        raw: the NumPy type through which its bytes are seen.
        loaded: the type of the array that is handed out.
        decode: turns an array of ``raw`` into one of ``loaded``; None where they are the same.
    """

    name: str
    raw: np.dtype[Any]
    loaded: np.dtype[Any]
    decode: Callable[[Array], Array] | None = field(default=None, repr=False)

    @property
    def itemsize(self) -> int:
        """Bytes of one number in the file."""
        return self.raw.itemsize

    def ordered(self, byte_order: ByteOrder) -> StoredType:
        """The same type with its bytes in a given order."""
        raw = self.raw.newbyteorder(byte_order)
        return StoredType(self.name, raw, raw if self.decode is None else self.loaded, self.decode)

    def allocation(self, shape: tuple[int, ...]) -> int:
        """Bytes that have to be allocated for an array of this type, beyond the file's own bytes."""
        return 0 if self.decode is None else prod(shape) * self.loaded.itemsize

    def array(
        self,
        data: memoryview,
        shape: tuple[int, ...],
        *,
        offset: int = 0,
        strides: tuple[int, ...] | None = None,
        order: Literal["C", "F"] = "C",
    ) -> Array:
        """An array over bytes of a file, without copying where NumPy has the type.

        Args:
            data: the bytes; the caller has checked that they hold the array.
            shape: shape of the array.
            offset: where it begins, in numbers.
            strides: distance of neighbours along each axis, in numbers; by default the array is contiguous.
            order: the order of a contiguous array.
        """
        if not prod(shape):
            return np.empty(shape, self.loaded)
        steps = None if strides is None else tuple(step * self.itemsize for step in strides)
        raw: Array = np.ndarray(shape, self.raw, data, offset * self.itemsize, steps, order)
        return np.require(raw, requirements="A") if self.decode is None else np.asarray(self.decode(raw))


def _decode_bool(raw: Array) -> Array:
    """Every byte but zero is true: a byte of 2 in a bool array would not behave as one."""
    return np.not_equal(raw, 0)


def _decode_bfloat16(raw: Array) -> Array:
    """Bfloat16 is the upper half of a float32."""
    widened: Array = np.left_shift(raw, np.uint32(16), dtype=np.uint32)
    return widened.view(np.float32)


def _decode_complex32(raw: Array) -> Array:
    """A pair of half-precision numbers, kept together by a view as one 4-byte item."""
    half = np.dtype(np.float16).newbyteorder(raw.dtype.byteorder)
    halves = raw.copy(order="C")[..., np.newaxis].view(half)
    return halves.astype(np.float32).view(np.complex64)[..., 0]


@dataclass(frozen=True, slots=True)
class _Float8:
    """An 8-bit floating-point format: ``special`` says which codes are no numbers."""

    exponent_bits: int
    bias: int
    special: Literal["ieee", "finite", "unsigned zero"]

    def value(self, code: int) -> float:
        mantissa_bits = 7 - self.exponent_bits
        sign = -1.0 if code & 0x80 else 1.0
        exponent = (code & 0x7F) >> mantissa_bits
        mantissa = code & ((1 << mantissa_bits) - 1)
        if self.special == "ieee" and exponent == (1 << self.exponent_bits) - 1:
            return float("nan") if mantissa else sign * float("inf")
        if self.special == "finite" and code & 0x7F == 0x7F:
            return float("nan")
        if self.special == "unsigned zero" and code == 0x80:
            return float("nan")
        lead = 1 if exponent else 0
        return sign * (lead + mantissa / (1 << mantissa_bits)) * 2.0 ** (max(exponent, 1) - self.bias)


_FLOAT8 = {
    "float8_e4m3fn": _Float8(4, 7, "finite"),
    "float8_e5m2": _Float8(5, 15, "ieee"),
    "float8_e4m3fnuz": _Float8(4, 8, "unsigned zero"),
    "float8_e5m2fnuz": _Float8(5, 16, "unsigned zero"),
}


@cache
def _float8_table(name: str) -> Array:
    """The values of all 256 codes, as float32."""
    if name == "float8_e8m0fnu":
        values = [2.0 ** (code - 127) for code in range(255)] + [float("nan")]
    else:
        values = [_FLOAT8[name].value(code) for code in range(256)]
    table = np.array(values, dtype=np.float32)
    table.flags.writeable = False
    return table


def _float8_decoder(name: str) -> Callable[[Array], Array]:
    return lambda raw: _float8_table(name)[raw]


NATIVE_NAMES = (
    *("uint8", "uint16", "uint32", "uint64", "int8", "int16", "int32", "int64"),
    *("float16", "float32", "float64", "complex64", "complex128"),
)

STORED_TYPES: dict[str, StoredType] = {
    **{name: StoredType(name, np.dtype(name), np.dtype(name)) for name in NATIVE_NAMES},
    "bool": StoredType("bool", np.dtype(np.uint8), np.dtype(np.bool_), _decode_bool),
    "bfloat16": StoredType("bfloat16", np.dtype("<u2"), np.dtype(np.float32), _decode_bfloat16),
    "complex32": StoredType("complex32", np.dtype("<u4"), np.dtype(np.complex64), _decode_complex32),
    **{
        name: StoredType(name, np.dtype(np.uint8), np.dtype(np.float32), _float8_decoder(name))
        for name in (*_FLOAT8, "float8_e8m0fnu")
    },
}


def named_dtype(code: str) -> np.dtype[Any]:
    """The NumPy type of a code out of a file, such as ``"<f4"``."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # codes that NumPy is about to drop
            return np.dtype(code)
    except (TypeError, ValueError, SyntaxError, OverflowError) as error:
        raise Malformed(f"the type {quote(code)} is not known") from error


class NotNumbers(Malformed):
    """An array in a file has entries that are no numbers."""


def stored_type(dtype: np.dtype[Any]) -> StoredType:
    """The stored type that NumPy's own type describes; anything but numbers is refused.

    Args:
        dtype: a type read from a file's header.
    """
    if dtype.fields is not None or dtype.subdtype is not None or dtype.kind not in "biufc":
        hint = ""
        if dtype.kind == "V" and dtype.itemsize <= 2 and dtype.fields is None:
            hint = "; bfloat16 and float8 lose their type in this format: convert to float32 before saving"
        elif dtype.kind == "O":
            hint = "; Python objects would have to be unpickled, which can run code"
        raise NotNumbers(f"expected an array of numbers, got the type {quote(str(dtype))}{hint}")
    if dtype.kind == "b":
        return STORED_TYPES["bool"]
    return StoredType(dtype.newbyteorder("=").name, dtype, dtype)
