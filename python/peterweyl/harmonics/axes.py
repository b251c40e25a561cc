"""Axes by name: ``"group neuron"``, ``"(a b) d"``, and the positions on an axis that are elements of the group."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import ArgumentError

__all__ = ["GROUP_AXIS", "PAIR_AXIS", "named_axes", "selected_positions"]

Array = NDArray[Any]

#: The name of the axis over the elements of the group, unless ``axis`` names another one.
GROUP_AXIS = "group"
#: The name of an axis of length 2 that holds real and imaginary parts.
PAIR_AXIS = "pair"

_TERM = re.compile(r"\s*(?:\(([^()]*)\)|([A-Za-z_]\w*))\s*")
_NAME = re.compile(r"[A-Za-z_]\w*")


def __dir__() -> list[str]:
    return __all__


def _parsed(pattern: str) -> list[list[str]]:
    terms: list[list[str]] = []
    position = 0
    while position < len(pattern):
        match = _TERM.match(pattern, position)
        if match is None:
            raise ArgumentError(
                f"axes={pattern!r}: expected names such as 'group neuron', with brackets round those that share an "
                f"axis, as in '(a b) d'; got {pattern[position:]!r}"
            )
        names = [match[2]] if match[2] else match[1].split()
        if not names or not all(_NAME.fullmatch(name) for name in names):
            raise ArgumentError(f"axes={pattern!r}: expected names inside the brackets, got ({match[1]})")
        terms.append(names)
        position = match.end()
    flat = [name for term in terms for name in term]
    if len(set(flat)) != len(flat):
        raise ArgumentError(f"axes={pattern!r}: expected different names, one of them is used twice")
    return terms


def named_axes(array: Array, pattern: str, lengths: Mapping[str, int | None]) -> tuple[Array, list[str]]:
    """Take the axes of an array apart by a pattern.

    Args:
        array: any array.
        pattern: one name an axis, brackets round names that share one, the last of them running fastest.
        lengths: what is known of the lengths.

    Returns:
        The array with one axis a name, and the names.

    Example:
        >>> import numpy as np
        >>> from peterweyl.harmonics.axes import named_axes
        >>> array, names = named_axes(np.zeros((36, 5)), "(a group) neuron", {"group": 6})
        >>> array.shape, names
        ((6, 6, 5), ['a', 'group', 'neuron'])
    """
    terms = _parsed(pattern)
    if len(terms) != array.ndim:
        raise ArgumentError(
            f"axes={pattern!r}: expected {array.ndim} axes for shape {array.shape}, got {len(terms)}"
        )
    known = {PAIR_AXIS: 2, **{name: length for name, length in lengths.items() if length is not None}}
    shape: list[int] = []
    for term, length in zip(terms, array.shape, strict=True):
        if len(term) == 1:
            shape.append(length)
            continue
        unknown = [name for name in term if name not in known]
        rest = prod(known[name] for name in term if name in known)
        if len(unknown) > 1:
            # Two names for two elements of the group: both have its order.
            root = round((length / rest) ** (1 / len(unknown)))
            if rest * root ** len(unknown) != length:
                raise ArgumentError(
                    f"axes={pattern!r}: the lengths of {', '.join(unknown)} in an axis of length {length} "
                    "are not determined"
                )
            shape.extend(known.get(name, root) for name in term)
            continue
        if length % rest or (not unknown and rest != length):
            raise ArgumentError(
                f"axes={pattern!r}: expected a multiple of {rest} along ({' '.join(term)}), got length {length}"
            )
        shape.extend(known.get(name, length // rest) for name in term)
    return array.reshape(shape), [name for term in terms for name in term]


def selected_positions(rows: Any, length: int) -> NDArray[np.int64]:
    """The positions on the axis of the group that are elements.

    Args:
        rows: None for all, a slice, its text such as ``"0:113"``, or the positions themselves.
        length: of the axis.

    Example:
        >>> from peterweyl.harmonics.axes import selected_positions
        >>> selected_positions("0:3", 5).tolist(), selected_positions([4, 0], 5).tolist()
        ([0, 1, 2], [4, 0])
    """
    if rows is None:
        return np.arange(length)
    if isinstance(rows, str):
        match = re.fullmatch(r"(-?\d*):(-?\d*)(?::(-?\d+))?", rows.strip())
        if match is None or match[3] == "0":
            raise ArgumentError(f"rows={rows!r}: expected a slice such as '0:113'")
        rows = slice(*(int(part) if part else None for part in match.groups(default="")))
    if isinstance(rows, slice):
        try:
            return np.arange(length)[rows]
        except (TypeError, ValueError) as error:
            raise ArgumentError(f"rows={rows!r}: expected a slice of integers") from error
    positions = np.asarray(rows)
    if positions.ndim != 1 or positions.dtype.kind not in "iu":
        raise ArgumentError(f"rows: expected a slice or a list of positions, got {rows!r}")
    if positions.size and not (-length <= positions.min() and positions.max() < length):
        raise ArgumentError(f"rows: expected positions on an axis of length {length}, got {rows!r}")
    return positions.astype(np.int64)
