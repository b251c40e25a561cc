"""Safetensors: the header is parsed and checked here, the numbers are views of the mapped file."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from math import prod
from typing import Any

from .dtypes import STORED_TYPES, StoredType
from .faults import Malformed, quote
from .json_text import parse_json
from .limits import MAX_TENSORS, Limits, checked_shape
from .mapping import Tensor, buffer_tensor
from .source_file import WeightsFile

# The format's own limit on the length of its header.
MAX_HEADER = 100_000_000

LENGTH = struct.Struct("<Q")

TYPE_NAMES = {
    "BOOL": "bool",
    **{
        f"{sign}{bits}": f"{word}{bits}"
        for sign, word in (("U", "uint"), ("I", "int"))
        for bits in (8, 16, 32, 64)
    },
    "F16": "float16",
    "BF16": "bfloat16",
    "F32": "float32",
    "F64": "float64",
    "C64": "complex64",
    "C128": "complex128",
    "F8_E4M3": "float8_e4m3fn",
    "F8_E5M2": "float8_e5m2",
    "F8_E8M0": "float8_e8m0fnu",
    "F8_E4M3FNUZ": "float8_e4m3fnuz",
    "F8_E5M2FNUZ": "float8_e5m2fnuz",
}


class SafetensorsReader:
    """Reads one ``.safetensors`` file."""

    name = "safetensors"
    title = "a safetensors file"
    extensions = (".safetensors",)

    def recognises(self, file: WeightsFile) -> bool:
        """Whether a header of a length that fits into the file begins where it should."""
        if bytes(file.data[8:9]) != b"{":
            return False
        (length,) = LENGTH.unpack_from(file.data)
        # A header that is too long is this reader's to report, where the name says what the file should be.
        return LENGTH.size + int(length) <= len(file.data) or file.extension in self.extensions

    def read(self, file: WeightsFile, limits: Limits) -> Iterator[Tensor]:
        """The tensors in the order of the header, without reading their numbers."""
        if len(file.data) < LENGTH.size:
            raise Malformed(
                f"expected a header length of {LENGTH.size} bytes, got a file of {len(file.data)}"
            )
        (length,) = LENGTH.unpack_from(file.data)
        if length > MAX_HEADER:
            raise Malformed(
                f"the header says it has {length:,} bytes, more than the format's limit of {MAX_HEADER:,}"
            )
        if LENGTH.size + length > len(file.data):
            raise Malformed(
                f"the header says it has {length:,} bytes, the file has {len(file.data):,} in all"
            )
        header = parse_json(file.data[LENGTH.size : LENGTH.size + length], "the header")
        header.pop("__metadata__", None)
        if len(header) > MAX_TENSORS:
            raise Malformed(f"the header has {len(header):,} tensors, more than {MAX_TENSORS:,}")
        body = file.data[LENGTH.size + length :]
        entries = {name: _entry(name, value, len(body)) for name, value in header.items()}
        _check_cover(entries, len(body))
        for name, (stored, shape, begin, end) in entries.items():
            yield buffer_tensor(name, body[begin:end], stored, shape)


Entry = tuple[StoredType, tuple[int, ...], int, int]


def _entry(name: str, value: Any, available: int) -> Entry:
    if not isinstance(value, dict) or set(value) != {"dtype", "shape", "data_offsets"}:
        raise Malformed(f"tensor {quote(name)} must have a dtype, a shape and data_offsets, and nothing else")
    type_name, shape, offsets = value["dtype"], value["shape"], value["data_offsets"]
    if not isinstance(type_name, str) or type_name not in TYPE_NAMES:
        raise Malformed(
            f"tensor {quote(name)} has the type {quote(type_name)}, which is not one of {', '.join(TYPE_NAMES)}"
        )
    if not isinstance(shape, list):
        raise Malformed(f"tensor {quote(name)} must have a list as its shape, got {quote(shape)}")
    if (
        not isinstance(offsets, list)
        or len(offsets) != 2
        or not all(type(offset) is int for offset in offsets)
    ):
        raise Malformed(f"tensor {quote(name)} must have two integers as its data_offsets")
    begin, end = offsets
    if not 0 <= begin <= end <= available:
        raise Malformed(
            f"tensor {quote(name)} lies at bytes {quote(begin)} to {quote(end)}, the file has {available:,} of them"
        )
    stored = STORED_TYPES[TYPE_NAMES[type_name]].ordered("<")
    axes = checked_shape(shape, f"tensor {quote(name)}: its shape")
    if prod(axes) * stored.itemsize != end - begin:
        raise Malformed(
            f"tensor {quote(name)} of shape {axes} and type {type_name} needs {prod(axes) * stored.itemsize:,} bytes, "
            f"its data_offsets give {end - begin:,}"
        )
    return stored, axes, begin, end


def _check_cover(entries: dict[str, Entry], available: int) -> None:
    """The format demands that tensors cover the data without overlap, gap or rest."""
    reached = 0
    for name, (_, _, begin, end) in sorted(entries.items(), key=lambda item: item[1][2:]):
        if begin < reached:
            raise Malformed(
                f"tensor {quote(name)} overlaps another one: it begins at byte {begin:,}, before {reached:,}"
            )
        if begin > reached:
            raise Malformed(f"bytes {reached:,} to {begin:,} of the data belong to no tensor")
        reached = end
    if reached != available:
        raise Malformed(
            f"the tensors end at byte {reached:,} of the data, the file has {available:,} bytes of it"
        )
