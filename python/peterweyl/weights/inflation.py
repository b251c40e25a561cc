"""Decompression that is bounded before it begins: sizes are checked first, and no more comes out than was declared."""

from __future__ import annotations

import zlib

from .faults import Malformed
from .limits import Limits

# What inflates to more than this many times its size, and to more than this many bytes, is taken for a bomb.
MAX_COMPRESSION_RATIO = 100
MAX_COMPRESSIBLE_BYTES = 64 * 2**20

# zlib copies the input that it did not come to, so a prefix is fed by pieces.
PIECE = 2**16


def check_inflation(what: str, stored: int, declared: int, limits: Limits) -> None:
    """Refuse to unpack what is too large, or suspiciously larger than the bytes it is unpacked from.

    Args:
        what: the block, for the message.
        stored: its bytes in the file.
        declared: its bytes once unpacked, as the file says.
        limits: the limits of the call.
    """
    if declared > limits.memory:
        raise Malformed(f"{what} unpacks to {declared:,} bytes, more than memory_limit={limits.memory:,}")
    if declared > MAX_COMPRESSIBLE_BYTES and declared > MAX_COMPRESSION_RATIO * stored:
        raise Malformed(
            f"{what} unpacks from {stored:,} to {declared:,} bytes, more than {MAX_COMPRESSION_RATIO} times its size: "
            "this looks like a decompression bomb (if it is not, save it again without compression)"
        )


def inflate(packed: memoryview, length: int, window_bits: int, what: str) -> bytes:
    """Unpack a deflate stream up to a length; whatever lies beyond it is left alone.

    Args:
        packed: the stream.
        length: bytes to unpack at most; fewer come back where the stream ends before.
        window_bits: zlib's word for the kind of stream: negative for a bare one.
        what: the block, for the message.
    """
    stream = zlib.decompressobj(window_bits)
    pieces: list[bytes] = []
    missing = length
    position = 0
    try:
        while missing > 0 and position < len(packed) and not stream.eof:
            pieces.append(stream.decompress(packed[position : position + PIECE], missing))
            missing -= len(pieces[-1])
            position += PIECE
    except zlib.error as error:
        raise Malformed(f"{what}: its compressed bytes are damaged ({error})") from error
    return b"".join(pieces)
