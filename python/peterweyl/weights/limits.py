"""The bounds that every reader keeps: what a file may ask for before anything is allocated for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from .faults import Malformed, quote

DEFAULT_MEMORY_LIMIT = 4 * 2**30

# More tensors than one file of any published model has; models of more are cut into shards.
MAX_TENSORS = 65_536

# The rank that every supported NumPy can represent.
MAX_RANK = 32

# Characters of a name that is joined from parts: a long part could be repeated for every tensor below it.
MAX_NAME = 2_000

# Nesting of containers (dictionaries, groups, structs) in a file.
MAX_DEPTH = 64


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may use.

    Attributes:
        memory: bytes that may be allocated for one tensor, or for one block that must be unpacked whole.
    """

    memory: int = DEFAULT_MEMORY_LIMIT


def checked_name(name: str) -> str:
    """A name that was joined from parts, bounded in length."""
    if len(name) > MAX_NAME:
        raise Malformed(f"a tensor's name has more than {MAX_NAME:,} characters: {quote(name)}")
    return name


def checked_naturals(values: Sequence[object], what: str) -> tuple[int, ...]:
    """Non-negative integers of at most 63 bits out of a file, not more of them than an array has axes."""
    if len(values) > MAX_RANK:
        raise Malformed(f"{what} has {len(values)} axes, more than the {MAX_RANK} that NumPy can hold")
    naturals: list[int] = []
    for value in values:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**63:
            raise Malformed(f"{what} has {quote(value)} where a non-negative integer was expected")
        naturals.append(value)
    return tuple(naturals)


def checked_shape(shape: Sequence[object], what: str = "shape") -> tuple[int, ...]:
    """A shape out of a file, of no more elements than an address can count."""
    axes = checked_naturals(shape, what)
    # Bytes of the widest type, counted as NumPy does: an axis of length 0 does not make the others small.
    if 16 * prod(max(axis, 1) for axis in axes) >= 2**63:
        raise Malformed(f"{what} {axes} has more elements than any memory")
    return axes
