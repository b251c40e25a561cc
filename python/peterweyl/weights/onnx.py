"""ONNX models: the initializers, out of the protobuf wire format; the graph is not looked at, nothing is executed."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

import numpy as np

from ..errors import WeightsFormatError
from .dtypes import STORED_TYPES, Array, StoredType
from .faults import Malformed, quote
from .limits import MAX_TENSORS, Limits, checked_shape
from .mapping import Tensor, TensorInfo, buffer_tensor
from .protobuf import BYTES, Field, fields, packed_varints, unsigned_to_signed
from .source_file import WeightsFile, neighbour, open_file

# Field numbers of the messages, from the published onnx.proto.
MODEL_IR_VERSION, MODEL_GRAPH = 1, 7
GRAPH_INITIALIZER = 5
TENSOR_DIMS, TENSOR_TYPE, TENSOR_NAME, TENSOR_RAW = 1, 2, 8, 9
TENSOR_EXTERNAL, TENSOR_LOCATION = 13, 14
ENTRY_KEY, ENTRY_VALUE = 1, 2
EXTERNAL_LOCATION = 1

# A tensor has a dozen fields, and one for each dimension.
MAX_TENSOR_FIELDS = 256

TYPE_NAMES = {
    1: "float32",
    2: "uint8",
    3: "int8",
    4: "uint16",
    5: "int16",
    6: "int32",
    7: "int64",
    9: "bool",
    10: "float16",
    11: "float64",
    12: "uint32",
    13: "uint64",
    14: "complex64",
    15: "complex128",
    16: "bfloat16",
    17: "float8_e4m3fn",
    18: "float8_e4m3fnuz",
    19: "float8_e5m2",
    20: "float8_e5m2fnuz",
    24: "float8_e8m0fnu",
}

# Where numbers of each type are that are not raw: in float_data, double_data, int64_data, uint64_data or int32_data.
FLOAT_DATA, DOUBLE_DATA, INT32_DATA, INT64_DATA, UINT64_DATA = 4, 10, 5, 7, 11
FIXED_FIELDS = {
    "float32": FLOAT_DATA,
    "complex64": FLOAT_DATA,
    "float64": DOUBLE_DATA,
    "complex128": DOUBLE_DATA,
}
VARINT_FIELDS = {"int64": INT64_DATA, "uint32": UINT64_DATA, "uint64": UINT64_DATA}


class OnnxReader:
    """Reads ``.onnx``; tensors are the graph's initializers, also those kept in files beside it."""

    name = "onnx"
    title = "an ONNX model (.onnx)"
    extensions = (".onnx",)

    def recognises(self, file: WeightsFile) -> bool:
        """Whether the file begins with a small version number and another field of a model."""
        head = bytes(file.data[:3])
        # Tags of fields 2 to 8 and 14 of a model, as protobuf writes them.
        return (
            len(head) == 3
            and head[0] == 0x08
            and 0 < head[1] < 64
            and head[2] in b"\x12\x1a\x22\x28\x32\x3a\x42\x72"
        )

    def read(self, file: WeightsFile, limits: Limits) -> Iterator[Tensor]:
        """The initializers; numbers stay in the file where it holds them raw."""
        graphs = [field.bytes for field in fields(file.data) if field.number == MODEL_GRAPH]
        if not graphs:
            raise Malformed("the model has no graph")
        neighbours: dict[str, memoryview] = {}
        count = 0
        for field in fields(graphs[-1]):
            if field.number == GRAPH_INITIALIZER:
                count += 1
                if count > MAX_TENSORS:
                    raise Malformed(f"more than {MAX_TENSORS:,} initializers")
                yield _tensor(file.path, field.bytes, neighbours)
        if not count:
            raise Malformed("its graph has no initializers: it holds no tensors")


def _tensor(path: str, message: memoryview, neighbours: dict[str, memoryview]) -> Tensor:
    parts = list(fields(message, MAX_TENSOR_FIELDS))
    name = next((str(part.bytes, "utf-8", "replace") for part in parts if part.number == TENSOR_NAME), "")
    code = next((part.integer for part in parts if part.number == TENSOR_TYPE), 0)
    if code not in TYPE_NAMES:
        raise Malformed(f"tensor {quote(name)} has the type number {code}, which is not read")
    stored = STORED_TYPES[TYPE_NAMES[code]].ordered("<")
    lengths = [length for part in parts if part.number == TENSOR_DIMS for length in _integers(part)]
    shape = checked_shape(lengths, f"tensor {quote(name)}: its shape")
    if any(part.number == TENSOR_LOCATION and part.integer == EXTERNAL_LOCATION for part in parts):
        return buffer_tensor(name, _external(path, name, parts, neighbours), stored, shape)
    raw = next((part.bytes for part in parts if part.number == TENSOR_RAW), None)
    if raw is not None:
        return buffer_tensor(name, raw, stored, shape)
    return _typed_tensor(name, parts, stored, shape)


def _integers(part: Field) -> list[int]:
    """A repeated integer, packed or not."""
    if part.wire_type == BYTES:
        # Cut off far beyond the rank that an array can have, which is refused.
        return [int(value) for value in packed_varints(part.bytes[: 16 * 64])]
    return [unsigned_to_signed(part.integer)]


def _typed_tensor(name: str, parts: list[Field], stored: StoredType, shape: tuple[int, ...]) -> Tensor:
    """Numbers that are not raw but in a field for their type; only an array of them is ever allocated."""
    if stored.name in FIXED_FIELDS:
        blocks = [part.bytes for part in parts if part.number == FIXED_FIELDS[stored.name]]
        return buffer_tensor(
            name, blocks[0] if len(blocks) == 1 else memoryview(b"".join(blocks)), stored, shape
        )
    wanted = VARINT_FIELDS.get(stored.name, INT32_DATA)
    packed = [part.bytes for part in parts if part.number == wanted and part.wire_type == BYTES]
    held = sum(int(np.count_nonzero(np.frombuffer(block, np.uint8) < 0x80)) for block in packed)
    if held != prod(shape):
        raise Malformed(f"tensor {quote(name)} of shape {shape} needs {prod(shape):,} numbers, got {held:,}")

    def load() -> Array:
        numbers = (
            np.concatenate([packed_varints(block) for block in packed]) if packed else np.empty(0, np.int64)
        )
        # Half precision and the like are kept as their bits.
        raw: Array = numbers.astype(f"<i{stored.itemsize}").view(np.uint8)
        return stored.array(raw.data.cast("B"), shape)

    # The decoder works on several arrays of 64-bit numbers.
    return Tensor(TensorInfo(name, shape, stored.name, stored.loaded), load, 64 * held)


def _external(path: str, name: str, parts: list[Field], neighbours: dict[str, memoryview]) -> memoryview:
    """Bytes of a file beside the model."""
    entries: dict[str, str] = {}
    for part in parts:
        if part.number == TENSOR_EXTERNAL:
            entry = {field.number: str(field.bytes, "utf-8", "replace") for field in fields(part.bytes)}
            entries[entry.get(ENTRY_KEY, "")] = entry.get(ENTRY_VALUE, "")
    location = entries.get("location", "")
    try:
        if location not in neighbours:
            neighbours[location] = open_file(neighbour(path, location.removeprefix("./"))).data
        data = neighbours[location]
        offset = int(entries.get("offset", "0"))
        length = int(entries["length"]) if "length" in entries else len(data) - offset
    except WeightsFormatError as error:
        raise Malformed(f"tensor {quote(name)} is in another file: {error}") from error
    except ValueError:
        raise Malformed(
            f"tensor {quote(name)} is in {quote(location)}, outside of the model's folder, or at no valid offset"
        ) from None
    if not 0 <= offset <= offset + length <= len(data):
        raise Malformed(
            f"tensor {quote(name)} is at bytes {quote(offset)} to {quote(offset + length)} of {quote(location)}, "
            f"which has {len(data):,}"
        )
    return data[offset : offset + length]
