"""The wire format of protocol buffers, as far as weights need it: one field after another, every length checked."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .faults import Malformed

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5

MAX_VARINT_BYTES = 10
MAX_FIELDS = 500_000


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a message.

    Attributes:
        number: its number in the message's definition.
        wire_type: how it is written.
        integer: its value where it is a varint, else 0.
        bytes: its bytes where it is written as bytes or fixed-width, else empty.
    """

    number: int
    wire_type: int
    integer: int
    bytes: memoryview


def fields(message: memoryview, limit: int = MAX_FIELDS) -> Iterator[Field]:
    """The fields of a message in their order, so many at most; nested messages are left as bytes."""
    position = 0
    for _ in range(limit):
        if position == len(message):
            return
        tag, position = _varint(message, position)
        wire_type = tag & 7
        integer, length = 0, 0
        if wire_type == VARINT:
            integer, position = _varint(message, position)
        elif wire_type == BYTES:
            length, position = _varint(message, position)
        elif wire_type in (FIXED32, FIXED64):
            length = 4 if wire_type == FIXED32 else 8
        else:
            raise Malformed(f"byte {position:,} begins a field of the unknown kind {wire_type}")
        if length > len(message) - position:
            raise Malformed(f"a field asks for {length:,} bytes where {len(message) - position:,} are left")
        yield Field(tag >> 3, wire_type, integer, message[position : position + length])
        position += length
    raise Malformed(f"a message has more than {limit:,} fields")


def _varint(data: memoryview, position: int) -> tuple[int, int]:
    value = 0
    for index, byte in enumerate(data[position : position + MAX_VARINT_BYTES]):
        value |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            return value, position + index + 1
    raise Malformed(f"the number at byte {position:,} does not end")


def unsigned_to_signed(value: int) -> int:
    """The signed reading of a 64-bit number."""
    return struct.unpack("<q", struct.pack("<Q", value & (2**64 - 1)))[0]  # type: ignore[no-any-return]


def packed_varints(data: memoryview) -> NDArray[np.int64]:
    """The numbers of a packed repeated field, modulo 2^64 and read as signed."""
    raw = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(raw < 0x80)
    if len(raw) and (not len(ends) or ends[-1] != len(raw) - 1):
        raise Malformed("the last number of a packed field does not end")
    starts = np.concatenate([[0], ends[:-1] + 1]).astype(np.int64) if len(ends) else ends
    lengths = ends - starts + 1
    if len(ends) and lengths.max() > MAX_VARINT_BYTES:
        raise Malformed("a number of a packed field does not end")
    values = np.zeros(len(ends), np.uint64)
    for index in range(int(lengths.max(initial=0))):
        longer = lengths > index
        digits = (raw[starts[longer] + index] & 0x7F).astype(np.uint64)
        values[longer] |= digits << np.uint64(7 * index)
    return values.view(np.int64)
