"""NumPy arrays, ``.npy``: the header is parsed here, as a literal of bounded length, and nothing is ever unpickled."""

from __future__ import annotations

import ast
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from .dtypes import NotNumbers, StoredType, named_dtype, stored_type
from .faults import Malformed, quote
from .limits import Limits, checked_shape
from .mapping import SINGLE_NAME, Tensor, buffer_tensor
from .source_file import WeightsFile

MAGIC = b"\x93NUMPY"

# NumPy itself refuses to parse a longer header; plain arrays need about a hundred bytes.
MAX_HEADER = 10_000

# The magic, two bytes of version, and a length of two or four bytes.
MAX_PREAMBLE = 12


@dataclass(frozen=True, slots=True)
class NpyHeader:
    """What the header of an array says.

    Attributes:
        dtype: the type of its entries; None for a structured one.
        shape: its shape.
        fortran_order: whether the first axis varies fastest.
        length: bytes of the header, after which the numbers begin.
    """

    dtype: np.dtype[Any] | None
    shape: tuple[int, ...]
    fortran_order: bool
    length: int

    @property
    def stored(self) -> StoredType:
        """The type of its numbers; raises NotNumbers where it has none."""
        if self.dtype is None:
            raise NotNumbers("expected an array of numbers, got a structured array")
        return stored_type(self.dtype)

    def tensor(self, name: str, data: memoryview) -> Tensor:
        """The tensor whose numbers are these bytes."""
        return buffer_tensor(name, data, self.stored, self.shape, "F" if self.fortran_order else "C")


def parse_header(data: memoryview) -> NpyHeader:
    """Parse the header of an array.

    Args:
        data: the array's bytes, or as many of them as hold the header.
    """
    if data[: len(MAGIC)] != MAGIC or len(data) < MAX_PREAMBLE:
        raise Malformed(f"an array must begin with {MAGIC!r} and its header, got {quote(data, 16)}")
    wide = data[6] >= 2
    (length,) = struct.unpack_from("<I" if wide else "<H", data, 8)
    start = 12 if wide else 10
    if data[6] not in (1, 2, 3):
        raise Malformed(f"version {data[6]} of the array format is not known")
    if length > MAX_HEADER:
        raise Malformed(f"the array's header says it has {length:,} bytes, more than {MAX_HEADER:,}")
    if start + length > len(data):
        raise Malformed(f"the array's header of {length:,} bytes is cut short")
    try:
        header = ast.literal_eval(
            str(data[start : start + length], "utf-8" if data[6] == 3 else "latin-1").strip()
        )
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError) as error:
        raise Malformed(
            f"the array's header is not a dictionary of literals: {quote(data[start : start + length])}"
        ) from error
    if not isinstance(header, dict) or set(header) != {"descr", "fortran_order", "shape"}:
        raise Malformed("the array's header must have the keys descr, fortran_order and shape, and no others")
    descr, fortran_order, shape = header["descr"], header["fortran_order"], header["shape"]
    if not isinstance(shape, tuple) or not isinstance(fortran_order, bool):
        raise Malformed("the array's header must give a tuple as shape and a bool as fortran_order")
    dtype = named_dtype(descr) if isinstance(descr, str) else None
    return NpyHeader(dtype, checked_shape(shape), fortran_order, start + length)


class NpyReader:
    """Reads ``.npy``; the only tensor has the name ``"array"``."""

    name = "npy"
    title = "a NumPy array (.npy)"
    extensions = (".npy",)

    def recognises(self, file: WeightsFile) -> bool:
        """Whether the file begins with NumPy's magic."""
        return file.starts_with(MAGIC)

    def read(self, file: WeightsFile, limits: Limits) -> Iterator[Tensor]:
        """The one array; its bytes are shown, not copied."""
        header = parse_header(file.data)
        yield header.tensor(SINGLE_NAME, file.data[header.length :])
