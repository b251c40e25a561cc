"""MATLAB's ``.mat`` files of version 5 (``save -v6`` and ``-v7``): matrices of numbers, also in structs and cells."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from math import prod

import numpy as np

from .dtypes import STORED_TYPES, Array, ByteOrder
from .faults import Malformed, quote
from .inflation import check_inflation, inflate
from .limits import MAX_DEPTH, MAX_TENSORS, Limits, checked_name, checked_shape
from .mapping import Tensor, TensorInfo, unreadable_tensor
from .source_file import WeightsFile

HEADER_LENGTH = 128
TEXT_MAGIC = b"MATLAB 5.0"
VERSION = 0x0100
TAG_LENGTH = 8

# Kinds of elements that are no plain numbers, and the flags of a matrix, from the published description of the format.
MATRIX, COMPRESSED = 14, 15
CELL, STRUCT, SPARSE, OTHER = 1, 2, 5, 0
LOGICAL_FLAG, COMPLEX_FLAG = 0x0200, 0x0800

NUMBER_KINDS = {
    1: "i1",
    2: "u1",
    3: "i2",
    4: "u2",
    5: "i4",
    6: "u4",
    7: "f4",
    9: "f8",
    12: "i8",
    13: "u8",
}
CLASS_NAMES = {
    6: "float64",
    7: "float32",
    8: "int8",
    9: "uint8",
    10: "int16",
    11: "uint16",
    12: "int32",
    13: "uint32",
    14: "int64",
    15: "uint64",
}

# Enough of a compressed matrix for its flags, dimensions and name.
PREFIX_LENGTH = 1_024


class MatlabReader:
    """Reads ``.mat`` files of version 5; fields of structs are joined by dots, cells numbered from 0."""

    name = "matlab"
    title = "a MATLAB file (.mat)"
    extensions = (".mat",)

    def recognises(self, file: WeightsFile) -> bool:
        """Whether the file begins with MATLAB's text and a version that is not HDF5."""
        return file.starts_with(TEXT_MAGIC) or bytes(file.data[124:128]) in (b"\0\x01IM", b"\x01\0MI")

    def read(self, file: WeightsFile, limits: Limits) -> Iterator[Tensor]:
        """The matrices; of compressed ones only the headers are unpacked, unless they are structs or cells."""
        if len(file.data) < HEADER_LENGTH:
            raise Malformed(f"expected a header of {HEADER_LENGTH} bytes, got a file of {len(file.data)}")
        mark = bytes(file.data[126:128])
        if mark not in (b"IM", b"MI"):
            raise Malformed(f"its mark of the byte order must be IM or MI, got {quote(mark)}")
        order: ByteOrder = "<" if mark == b"IM" else ">"
        (version,) = struct.unpack_from(f"{order}H", file.data, 124)
        if version != VERSION:
            raise Malformed(f"its version must be {VERSION:#06x}, got {version:#06x}")
        for element in _elements(file.data[HEADER_LENGTH:], order):
            if element.kind == COMPRESSED:
                yield from _Packed(element.data, order, limits).tensors()
            elif element.kind == MATRIX:
                yield from _matrix_tensors(element.data, order, "", 0)


@dataclass(frozen=True, slots=True)
class _Element:
    """One element of a file or of a matrix.

    Attributes:
        kind: what its bytes are.
        data: its bytes.
        end: where the next element begins.
    """

    kind: int
    data: memoryview
    end: int


def _elements(data: memoryview, order: ByteOrder) -> Iterator[_Element]:
    """The elements one after another."""
    position = 0
    for _ in range(4 * MAX_TENSORS):
        if position >= len(data):
            return
        if position + TAG_LENGTH > len(data):
            raise Malformed("an element's tag is cut short")
        kind, length = struct.unpack_from(f"{order}2I", data, position)
        start = position + TAG_LENGTH
        if kind >> 16:  # up to four bytes are packed into the tag
            kind, length, start = kind & 0xFFFF, kind >> 16, position + 4
            if length > 4:
                raise Malformed(f"a small element says it has {length} bytes")
            position += TAG_LENGTH
        else:
            position = start + (length if kind == COMPRESSED else -(-length // 8) * 8)
        if start + length > len(data):
            raise Malformed(f"an element asks for {length:,} bytes where {len(data) - start:,} are left")
        yield _Element(kind, data[start : start + length], position)
    raise Malformed("it has more elements than any file of weights")


@dataclass(frozen=True, slots=True)
class _Matrix:
    """A matrix's header.

    Attributes:
        kind: its class: numbers, struct, cell, ...
        flags: whether it is complex or logical.
        shape: its dimensions.
        name: its name; empty inside of structs and cells.
        content: what follows the header, as elements.
    """

    kind: int
    flags: int
    shape: tuple[int, ...]
    name: str
    content: memoryview

    @classmethod
    def parse(cls, data: memoryview, order: ByteOrder) -> _Matrix:
        parts = _elements(data, order)
        first = next(parts, None)
        if first is None or len(first.data) != 8:
            raise Malformed("a matrix has no flags")
        (flags, _) = struct.unpack(f"{order}2I", first.data)
        kind = flags & 0xFF
        if kind not in CLASS_NAMES and kind not in (CELL, STRUCT, SPARSE):
            # Text, functions and objects, whose headers may be different: they hold no weights.
            return cls(OTHER, 0, (), "", data[:0])
        lengths, name = next(parts, None), next(parts, None)
        if lengths is None or name is None or len(lengths.data) % 4:
            raise Malformed("a matrix has no dimensions or no name")
        axes = struct.unpack(f"{order}{len(lengths.data) // 4}i", lengths.data)
        text = bytes(name.data).decode("utf-8", "replace")
        return cls(
            kind, flags, checked_shape(axes, f"matrix {quote(text)}: its shape"), text, data[name.end :]
        )

    @property
    def info_types(self) -> tuple[str, np.dtype[np.generic]]:
        """The type of its numbers by name, and of the array."""
        if self.flags & LOGICAL_FLAG and not self.flags & COMPLEX_FLAG:
            return "bool", np.dtype(np.bool_)
        base = STORED_TYPES[CLASS_NAMES[self.kind]].loaded
        loaded = np.result_type(base, np.complex64) if self.flags & COMPLEX_FLAG else base
        return loaded.name, loaded

    def blocks(self, order: ByteOrder) -> list[Array]:
        """Its numbers as they lie in the file, by columns: real parts, and the imaginary ones of a complex matrix."""
        blocks = [self._numbers(part.kind, part.data, order) for part in _elements(self.content, order)]
        wanted = 2 if self.flags & COMPLEX_FLAG else 1
        if len(blocks) != wanted:
            raise Malformed(
                f"matrix {quote(self.name)} has {len(blocks)} blocks of numbers, expected {wanted}"
            )
        return blocks

    def array(self, order: ByteOrder) -> Array:
        """Its numbers in the type of its class: MATLAB stores them in a narrower one where they fit."""
        _, loaded = self.info_types
        blocks = self.blocks(order)
        if len(blocks) == 1:
            return blocks[0].astype(loaded, copy=False)
        joined = np.empty(self.shape, loaded, order="F")
        joined.real, joined.imag = blocks
        return joined

    def _numbers(self, kind: int, data: memoryview, order: ByteOrder) -> Array:
        if kind not in NUMBER_KINDS:
            raise Malformed(
                f"matrix {quote(self.name)} has an element of kind {kind} where numbers were expected"
            )
        dtype = np.dtype(order + NUMBER_KINDS[kind])
        if len(data) != prod(self.shape) * dtype.itemsize:
            raise Malformed(
                f"matrix {quote(self.name)} of shape {self.shape} needs {prod(self.shape):,} numbers of {dtype.name}, "
                f"got {len(data):,} bytes"
            )
        return (
            np.ndarray(self.shape, dtype, data, order="F") if data else np.empty(self.shape, dtype, order="F")
        )


def _matrix_tensors(data: memoryview, order: ByteOrder, name: str, depth: int) -> Iterator[Tensor]:
    """The tensors of a matrix that is there in full; text and functions are left out."""
    if depth > MAX_DEPTH:
        raise Malformed(f"structs and cells are nested more than {MAX_DEPTH} deep")
    if not data:  # an empty cell
        return
    matrix = _Matrix.parse(data, order)
    name = name or matrix.name
    if not name:  # what objects refer to; no variable of the user's
        return
    if matrix.kind in CLASS_NAMES:
        matrix.blocks(order)  # shows that its numbers are there
        yield _number_tensor(name, matrix, lambda: matrix.array(order), 0)
    elif matrix.kind == SPARSE:
        yield unreadable_tensor(
            name, matrix.shape, "float64", "is sparse, which is not read: save full(x) instead"
        )
    elif matrix.kind in (STRUCT, CELL):
        for label, part in _members(matrix, order):
            yield from _matrix_tensors(part, order, checked_name(f"{name}.{label}"), depth + 1)


def _number_tensor(name: str, matrix: _Matrix, load: Callable[[], Array], unpacked: int) -> Tensor:
    stored_name, loaded = matrix.info_types
    info = TensorInfo(name, matrix.shape, stored_name, loaded)
    return Tensor(info, load, unpacked + info.nbytes)


def _members(matrix: _Matrix, order: ByteOrder) -> Iterator[tuple[str, memoryview]]:
    """Labels and matrices in a cell array or a struct; the elements of an array of structs are numbered."""
    parts = _elements(matrix.content, order)
    count = prod(matrix.shape)
    labels = [""]
    if matrix.kind == STRUCT:
        labels = _field_names([part.data for part in islice(parts, 2)], order)
    numbered = matrix.kind == CELL or count > 1
    position = 0
    for part in parts:
        if part.kind != MATRIX or position >= count * len(labels):
            raise Malformed(
                f"{quote(matrix.name)} has more, or other, parts than its shape {matrix.shape} says"
            )
        index, column = divmod(position, len(labels))
        yield ".".join(filter(None, (str(index) if numbered else "", labels[column]))), part.data
        position += 1
    if position != count * len(labels):
        raise Malformed(
            f"{quote(matrix.name)} has {position:,} of the parts that its shape {matrix.shape} says"
        )


def _field_names(parts: list[memoryview], order: ByteOrder) -> list[str]:
    if len(parts) < 2 or len(parts[0]) != 4:
        raise Malformed("a struct does not say how long the names of its fields are")
    (width,) = struct.unpack(f"{order}i", parts[0])
    names = bytes(parts[1])
    if width <= 0 or len(names) % width:
        raise Malformed("a struct's names of fields are cut short")
    starts = range(0, len(names), width)
    return [names[start : start + width].partition(b"\0")[0].decode("utf-8", "replace") for start in starts]


@dataclass(frozen=True, slots=True)
class _Packed:
    """A compressed matrix."""

    data: memoryview
    order: ByteOrder
    limits: Limits

    def tensors(self) -> Iterator[Tensor]:
        prefix = memoryview(self._inflate(PREFIX_LENGTH))
        if len(prefix) < TAG_LENGTH:
            raise Malformed("a compressed element is cut short")
        kind, length = struct.unpack_from(f"{self.order}2I", prefix)
        if kind != MATRIX:
            return
        size = TAG_LENGTH + int(length)
        check_inflation("a compressed matrix", len(self.data), size, Limits(max(size, 1)))
        matrix = _Matrix.parse(prefix[TAG_LENGTH:], self.order) if len(prefix) < size else self._whole(size)
        if matrix.kind in CLASS_NAMES and matrix.name:
            yield _number_tensor(matrix.name, matrix, lambda: self._whole(size).array(self.order), size)
        elif matrix.kind != OTHER:
            yield from _matrix_tensors(self._unpacked(size), self.order, "", 0)

    def _whole(self, size: int) -> _Matrix:
        return _Matrix.parse(self._unpacked(size), self.order)

    def _unpacked(self, size: int) -> memoryview:
        check_inflation("a compressed matrix", len(self.data), size, self.limits)
        unpacked = self._inflate(size)
        if len(unpacked) != size:
            raise Malformed(f"a compressed matrix unpacks to {len(unpacked):,} bytes, expected {size:,}")
        return memoryview(unpacked)[TAG_LENGTH:]

    def _inflate(self, length: int) -> bytes:
        return inflate(self.data, length, zlib.MAX_WBITS, "a compressed matrix")
