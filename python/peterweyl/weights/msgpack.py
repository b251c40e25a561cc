"""Flax's and JAX's msgpack files, decoded here: the arrays in them are views of the file, nothing is executed."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import prod
from typing import Any

import numpy as np

from .dtypes import STORED_TYPES, Array, StoredType
from .faults import Malformed, quote
from .limits import MAX_DEPTH, Limits, checked_shape
from .mapping import Tensor, TensorInfo, buffer_tensor
from .nested import NestedTensor, tensors_of
from .source_file import WeightsFile

MAX_VALUES = 400_000

# Flax's extension types: an array, a complex number, a NumPy scalar.
ARRAY_EXTENSION = 1
COMPLEX_EXTENSION = 2
SCALAR_EXTENSION = 3

# Flax cuts arrays of more than 1 GiB into chunks.
CHUNKED_MARK = "__msgpack_chunked_array__"


class MsgpackReader:
    """Reads what ``flax.serialization.to_bytes`` writes; names of nested dictionaries are joined by dots."""

    name = "msgpack"
    title = "a Flax checkpoint (.msgpack)"
    extensions = (".msgpack", ".flax")

    def recognises(self, file: WeightsFile) -> bool:
        """Whether the file begins with a dictionary whose first key is text, or with an array of Flax's."""
        head = bytes(file.data[:8])
        skip = 1 if 0x81 <= head[0] <= 0x8F else {0xDE: 3, 0xDF: 5}.get(head[0], 0)
        key = head[skip] if 0 < skip < len(head) else 0
        is_map = 0xA0 <= key <= 0xBF or key in (0xD9, 0xDA)
        extension = {0xC7: 2, 0xC8: 3, 0xC9: 5}.get(head[0], len(head))
        return is_map or (extension < len(head) and head[extension] == ARRAY_EXTENSION)

    def read(self, file: WeightsFile, limits: Limits) -> Iterable[Tensor]:
        """The arrays, over bytes of the file."""
        decoder = _Decoder(file.data)
        value = decoder.value(0)
        if decoder.position != len(file.data):
            raise Malformed(f"its content ends at byte {decoder.position:,} of {len(file.data):,}")
        return tensors_of(value)


@dataclass(frozen=True, slots=True)
class MsgpackArray(NestedTensor):
    """An array of Flax's: shape, name of the type, bytes."""

    stored: StoredType
    shape: tuple[int, ...]
    data: memoryview

    def tensor(self, name: str) -> Tensor:
        """The tensor, over the bytes in the file."""
        return buffer_tensor(name, self.data, self.stored, self.shape)


@dataclass(frozen=True, slots=True)
class ChunkedArray(NestedTensor):
    """A large array in pieces, which are joined when it is asked for."""

    shape: tuple[int, ...]
    chunks: tuple[MsgpackArray, ...]

    def tensor(self, name: str) -> Tensor:
        """The tensor; its pieces must fill its shape."""
        parts = [chunk.tensor(f"{name}.chunks.{index}") for index, chunk in enumerate(self.chunks)]
        if not parts or any(a.info.stored_dtype != b.info.stored_dtype for a, b in pairwise(parts)):
            raise Malformed(f"tensor {quote(name)} is cut into chunks of no type, or of several")
        held = sum(prod(part.info.shape) for part in parts)
        if held != prod(self.shape):
            raise Malformed(
                f"tensor {quote(name)} of shape {self.shape} is cut into chunks of {held:,} numbers in all"
            )
        info = TensorInfo(name, self.shape, parts[0].info.stored_dtype, parts[0].info.dtype)
        return Tensor(info, lambda: self._joined(parts), 2 * info.nbytes)

    def _joined(self, parts: list[Tensor]) -> Array:
        return np.concatenate([part.load().reshape(-1) for part in parts]).reshape(self.shape)


class _Decoder:
    """Decodes one value after another; depth, number of values and every length are checked."""

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.position = 0
        self.values = 0

    def value(self, depth: int) -> Any:
        self.values += 1
        if self.values > MAX_VALUES or depth > MAX_DEPTH:
            raise Malformed(
                f"it has more than {MAX_VALUES:,} values, or is nested more than {MAX_DEPTH} deep"
            )
        code = self.take(1)[0]
        if code <= 0x7F:
            return code
        if code <= 0x8F:
            return self.dictionary(code & 0x0F, depth)
        if code <= 0x9F:
            return self.sequence(code & 0x0F, depth)
        if code <= 0xBF:
            return self.text(code & 0x1F)
        if code >= 0xE0:
            return code - 0x100
        handler = _HANDLERS.get(code)
        if handler is None:
            raise Malformed(f"byte {self.position - 1:,} is {code:#04x}, which begins no value")
        return handler(self, depth)

    def take(self, length: int) -> memoryview:
        if length > len(self.data) - self.position:
            raise Malformed(f"it asks for {length:,} bytes where {len(self.data) - self.position:,} are left")
        start = self.position
        self.position += length
        return self.data[start : self.position]

    def number(self, layout: str) -> Any:
        return struct.unpack(layout, self.take(struct.calcsize(layout)))[0]

    def text(self, length: int) -> str:
        try:
            return str(self.take(length), "utf-8")
        except UnicodeDecodeError as error:
            raise Malformed("text in it is not valid UTF-8") from error

    def sequence(self, length: int, depth: int) -> list[Any]:
        return [self.value(depth + 1) for _ in range(self.counted(length))]

    def dictionary(self, length: int, depth: int) -> Any:
        result: dict[Any, Any] = {}
        for _ in range(self.counted(2 * length) // 2):
            key = self.value(depth + 1)
            if not isinstance(key, (str, int)) or key in result:
                raise Malformed(f"a dictionary in it has the key {quote(key)}, which is no text, or twice")
            result[key] = self.value(depth + 1)
        return _chunked(result) if CHUNKED_MARK in result else result

    def counted(self, length: int) -> int:
        if length > len(self.data) - self.position:
            raise Malformed(
                f"it says that {length:,} values follow where {len(self.data) - self.position:,} bytes are left"
            )
        return length

    def extension(self, length: int, depth: int) -> Any:
        kind = self.number("b")
        content = self.take(length)
        if kind in (ARRAY_EXTENSION, SCALAR_EXTENSION):
            return _array(_Decoder(content).value(depth + 1))
        if kind == COMPLEX_EXTENSION:
            return None  # a lone number, never a tensor
        raise Malformed(f"it has an extension of type {kind}, which is not one of Flax's")


def _array(value: Any) -> MsgpackArray:
    if not isinstance(value, list) or len(value) != 3 or not isinstance(value[0], list):
        raise Malformed("an array in it is not made of a shape, a type and bytes")
    shape, name, data = value
    # Written with a Flax of long ago, the type's name is bytes.
    word = bytes(name[:64]).decode("latin-1") if isinstance(name, memoryview) else name
    if not isinstance(word, str) or word not in STORED_TYPES:
        raise Malformed(f"an array in it has the type {quote(word)}, which is not known")
    if not isinstance(data, memoryview):
        raise Malformed("an array in it has no bytes")
    return MsgpackArray(STORED_TYPES[word].ordered("<"), checked_shape(shape, "an array's shape"), data)


def _chunked(value: dict[Any, Any]) -> ChunkedArray:
    """Flax writes the tuples of shape and chunks as dictionaries with the keys "0", "1", ..."""
    shape, chunks = _tuple(value.get("shape")), _tuple(value.get("chunks"))
    if not all(isinstance(chunk, MsgpackArray) for chunk in chunks):
        raise Malformed("an array in it is cut into chunks that are no arrays")
    return ChunkedArray(checked_shape(shape, "a chunked array's shape"), tuple(chunks))


def _tuple(value: Any) -> list[Any]:
    if isinstance(value, dict) and list(value) == [str(index) for index in range(len(value))]:
        return list(value.values())
    if isinstance(value, list):
        return value
    raise Malformed("an array in it is cut into chunks without a shape or an order")


def _sized(layout: str, method: Callable[[_Decoder, int, int], Any]) -> Callable[[_Decoder, int], Any]:
    return lambda decoder, depth: method(decoder, decoder.number(layout), depth)


def _fixed(length: int) -> Callable[[_Decoder, int], Any]:
    return lambda decoder, depth: decoder.extension(length, depth)


def _scalar(layout: str) -> Callable[[_Decoder, int], Any]:
    return lambda decoder, depth: decoder.number(layout)


_UNSIGNED = (">B", ">H", ">I", ">Q")

_HANDLERS: dict[int, Callable[[_Decoder, int], Any]] = {
    0xC0: lambda decoder, depth: None,
    0xC2: lambda decoder, depth: False,
    0xC3: lambda decoder, depth: True,
    **{0xC4 + i: _sized(_UNSIGNED[i], lambda decoder, length, depth: decoder.take(length)) for i in range(3)},
    **{0xC7 + i: _sized(_UNSIGNED[i], _Decoder.extension) for i in range(3)},
    0xCA: _scalar(">f"),
    0xCB: _scalar(">d"),
    **{0xCC + i: _scalar(layout) for i, layout in enumerate(_UNSIGNED)},
    **{0xD0 + i: _scalar(layout.lower()) for i, layout in enumerate(_UNSIGNED)},
    **{0xD4 + i: _fixed(1 << i) for i in range(5)},
    **{0xD9 + i: _sized(_UNSIGNED[i], lambda decoder, length, depth: decoder.text(length)) for i in range(3)},
    **{0xDC + i: _sized(_UNSIGNED[i + 1], _Decoder.sequence) for i in range(2)},
    **{0xDE + i: _sized(_UNSIGNED[i + 1], _Decoder.dictionary) for i in range(2)},
}
